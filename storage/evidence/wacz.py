"""Writes a WACZ file: every entry uncompressed and with the same time, so that the same content is the same bytes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self
from zipfile import ZipFile

from pipeline.evidence.container import About, Member, datapackage
from storage.evidence.check import digest_text, zip_entry


class Sink(Protocol):
    """Where the bytes of an entry go."""

    size: int

    def write(self, data: bytes) -> int:
        """Takes all of them."""


class _Counted:
    """An entry that is being written, with its digest so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self.size = 0
        self.sum = sha256()
        self._file = file

    def write(self, data: bytes) -> int:
        self._file.write(data)
        self.sum.update(data)
        self.size += len(data)
        return len(data)


class WaczWriter:
    """A new file, that stands under its name when it is finished and leaves nothing behind when it is not."""

    def __init__(self, path: Path, created: str) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._created = created
        self._zip = ZipFile(self._part, "w")
        self._members: list[Member] = []

    @contextmanager
    def entry(self, path: str) -> Iterator[Sink]:
        """The next file of the container; one at a time, of less than 2 GB."""
        with self._zip.open(zip_entry(path, 0, self._created), "w") as file:
            counted = _Counted(file)
            yield counted
        self._members.append(Member(path, counted.sum.hexdigest(), counted.size))

    def add(self, path: str, content: bytes) -> None:
        """A small file of the container."""
        with self.entry(path) as sink:
            sink.write(content)

    def finish(self, about: About) -> str:
        """Writes the digests; gives the SHA-256 of datapackage.json, which stands for the whole."""
        package = datapackage(about, self._members)
        self._zip.writestr(zip_entry("datapackage.json", 0, self._created), package)
        self._zip.writestr(zip_entry("datapackage-digest.json", 0, self._created), digest_text(package))
        self._zip.close()
        return sha256(package).hexdigest()

    @property
    def unfinished(self) -> Path:
        """Where the file is until it is published."""
        return self._part

    def publish(self) -> None:
        """Gives the finished file its name."""
        self._part.replace(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._part.unlink(missing_ok=True)
