"""Appends captures to WARC files so that whatever add() has returned for outlives the process."""

import os
import re
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from pipeline.model import Capture, RunEnd, RunStart
from storage.archive.disk import full_disk_noticed, lock, sync_folder
from storage.archive.http import escaped
from storage.archive.records import Origin, ending, exchange, opening

OPEN = ".open"  # the suffix of a file that is being written, or whose writer was killed
SUFFIX = ".warc.gz"
ROTATE_AT = 1_000_000_000  # bytes; the WARC guidelines recommend about 1 GB

_RUN = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,199}")
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a capture is kept: the bytes of its own record, without its request."""

    capture: str
    warc: str  # file name, without ".open"
    position: int
    length: int


class Writer:
    """Writes one run's captures; holds the lock of its file until it is closed."""

    def __init__(self, folder: Path, start: RunStart, user_agent: str = "", rotate_at: int = ROTATE_AT) -> None:
        if not _RUN.fullmatch(start.run):
            raise ValueError(f"run {start.run!r} is no file name")
        self._folder = folder
        self._start = start
        self._user_agent = escaped(user_agent)
        self._rotate_at = rotate_at
        self._number = 0  # of the run's files
        self._ended = False
        folder.mkdir(parents=True, exist_ok=True)
        self._begin(start.started)

    def add(self, capture: Capture) -> Stored:
        """Hands the capture to the operating system; it gets an id when it has none. Raises OutOfSpace."""
        if not capture.id:
            capture = replace(capture, id=uuid4().hex)
        elif not _ID.fullmatch(capture.id):
            raise ValueError(f"{capture.id!r} is no capture id")
        self._make_ready(capture.fetched_at)
        request, record = exchange(capture, self._origin)
        position = self._size + len(request)
        self._append(request + record)
        return Stored(capture.id, self._name, position, len(record))

    def end(self, end: RunEnd) -> None:
        """Writes how the run ended. Raises OutOfSpace."""
        self._make_ready(end.ended)
        self._append(ending(end, self._origin))

    def sync(self) -> None:
        """Makes what was added last through a power cut. Raises OutOfSpace."""
        with full_disk_noticed():
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Gives the file its final name; a second call does nothing. Raises OutOfSpace, then repair() finishes it."""
        self._ended = True
        if not self._file.closed:
            self._finish()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _make_ready(self, at: datetime) -> None:
        if self._ended:
            raise ValueError(f"the writer of {self._start.run} is closed")
        if not self._file.closed and self._size >= self._rotate_at:
            self._number += 1
            self._finish()
        if self._file.closed:  # now, or earlier when the disk had no room to begin
            self._begin(at)

    def _begin(self, at: datetime) -> None:
        self._name = self._start.run + (f"-{self._number:04}" if self._number else "") + SUFFIX
        self._file = _created(self._folder, self._name)
        self._size = 0
        self._origin = Origin(uuid4(), self._user_agent)
        fields = [("software", software()), ("filename", self._name)]
        try:
            sync_folder(self._folder)
            self._append(opening(self._start, self._origin, at, fields))
        except BaseException:
            self._file.close()
            (self._folder / (self._name + OPEN)).unlink()
            raise

    def _append(self, members: bytes) -> None:
        with full_disk_noticed():
            self._take_back()
            rest = memoryview(members)
            while rest:
                rest = rest[self._file.write(rest) :]
        self._size += len(members)

    def _take_back(self) -> None:
        """Cuts off what a failed or interrupted write left: nothing may follow a torn record."""
        if self._file.tell() != self._size:
            self._file.truncate(self._size)
            self._file.seek(self._size)

    def _finish(self) -> None:
        try:
            with full_disk_noticed():
                self._take_back()
                os.fsync(self._file.fileno())
                (self._folder / (self._name + OPEN)).rename(self._folder / self._name)
                sync_folder(self._folder)
        finally:
            self._file.close()


def _created(folder: Path, name: str) -> FileIO:
    if (folder / name).exists():
        raise FileExistsError(f"{folder / name} exists: a run has one writer")
    path = folder / (name + OPEN)
    while True:
        file = FileIO(path, "x")
        if lock(file, path, wait=True):
            return file
        file.close()  # repair() took the new file for a dead one and removed it


def software() -> str:
    """This program and its version, as files name what wrote them."""
    try:
        return f"duizhang/{version('duizhang')}"
    except PackageNotFoundError:
        return "duizhang (from a checkout)"
