"""The archive: WARC files in one folder, written by runs, read in order or one by one, repaired after a kill."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pipeline.model import Capture, RunEnd, RunStart
from storage.archive.disk import OutOfSpace, is_free
from storage.archive.records import meaning_of, tells_visit
from storage.archive.repair import Repair, repaired
from storage.archive.warc import Broken, Members, Torn, WarcRecord, check_digest, record_in
from storage.archive.writer import OPEN, ROTATE_AT, SUFFIX, Stored, Writer

__all__ = ["Archive", "Damage", "Damaged", "Entry", "OutOfSpace", "Repair", "Stored", "Writer"]

_READ_AHEAD = 1 << 18


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in its place. What is read next begins at next_position."""

    warc: str
    position: int
    length: int
    next_position: int
    record: RunStart | RunEnd | Capture


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes of a file that are no record any more; reading goes on behind them."""

    warc: str
    position: int
    length: int
    reason: str


class Damaged(Exception):
    """A capture cannot be read where it should be."""

    def __init__(self, warc: str, position: int, reason: str) -> None:
        super().__init__(f"{warc} at {position}: {reason}")
        self.warc = warc
        self.position = position
        self.reason = reason


class Archive:
    """The folder `warc` below the archive's root."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "warc"

    def writer(self, start: RunStart, *, user_agent: str = "", rotate_at: int = ROTATE_AT) -> Writer:
        """A new file for the run, open until the writer is closed. Raises FileExistsError for a run that has one."""
        return Writer(self.folder, start, user_agent, rotate_at)

    def files(self) -> list[str]:
        """The names of all files, those being written too, a run's in the order written."""
        if not self.folder.exists():
            return []
        names = {path.name.removesuffix(OPEN) for path in self.folder.iterdir()}
        return sorted((name for name in names if name.endswith(SUFFIX)), key=lambda name: name.removesuffix(SUFFIX))

    def starts(self, known: Container[str] = ()) -> Iterator[RunStart]:
        """How each file's run began, but for the files that are known."""
        for warc in self.files():
            if warc not in known:
                first = next(self._entries_of(warc, 0, verify=False), None)
                if isinstance(first, Entry) and isinstance(first.record, RunStart):
                    yield first.record

    def entries(self, after: Mapping[str, int] | None = None, *, verify: bool = False) -> Iterator[Entry | Damage]:
        """All records in order, in each file from the position given; stops before what is not yet whole.

        Every gzip checksum is checked; with verify every block's SHA-256 too. In a file with its final name a torn
        end is damage, in one that is being written it is the record to come.
        """
        for warc in self.files():
            yield from self._entries_of(warc, (after or {}).get(warc, 0), verify)

    def waiting(self, after: Mapping[str, int]) -> Iterator[str]:
        """The closed files without a position, and those with a record of ours behind it."""
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            rest = self._entries_of(path.name, after.get(path.name, 0), verify=False)
            if path.name not in after or any(isinstance(one, Entry) for one in rest):
                yield path.name

    def is_abandoned(self, run: str) -> bool:
        """True when a file of the run is open and nobody writes it."""
        return any(is_free(path) for path in self.folder.glob(f"*{SUFFIX}{OPEN}") if path.name.startswith(run))

    def read(self, warc: str, position: int, length: int, *, verify: bool = True) -> Capture:
        """The capture stored there. Raises Damaged when it is not there, not whole or not what was written."""
        try:
            with self._opened(warc) as file:
                file.seek(position)
                members = Members(BytesIO(file.read(length)), 0)
            capture = _next(members, verify)
            if members.position != length:
                raise Broken(f"the record has {members.position} bytes, not {length}")
        except (Broken, FileNotFoundError) as error:
            raise Damaged(warc, position, str(error)) from error
        if not isinstance(capture, Capture):
            raise Damaged(warc, position, "there is no capture")
        return capture

    def opened(self, warc: str) -> BinaryIO:
        """The file itself, whether or not its writer has closed it, for who copies records as they are."""
        return self._opened(warc)

    def repair(self, *names: str) -> list[Repair]:
        """Ends the files of killed writers, or looks through the files named: a torn end goes to the folder `torn`.

        A file whose writer lives is left alone.
        """
        chosen = names or [path.name.removesuffix(OPEN) for path in sorted(self.folder.glob(f"*{SUFFIX}{OPEN}"))]
        return [repair for name in chosen if (repair := repaired(self.folder, name))]

    def _opened(self, warc: str) -> BinaryIO:
        try:
            return (self.folder / (warc + OPEN)).open("rb", buffering=_READ_AHEAD)
        except FileNotFoundError:  # its writer has closed it
            return (self.folder / warc).open("rb", buffering=_READ_AHEAD)

    def _entries_of(self, warc: str, position: int, verify: bool) -> Iterator[Entry | Damage]:
        try:
            file = self._opened(warc)
        except FileNotFoundError:  # nothing was in it, and a repair removed it
            return
        growing = file.name.endswith(OPEN)
        with file:
            members = Members(file, position)
            while True:
                position = members.position
                try:
                    record = _next(members, verify)
                except Broken as broken:
                    if not _gone_on(members, position, growing, broken):
                        return
                    yield Damage(warc, position, members.position - position, str(broken))
                    continue
                if record is not None:
                    yield Entry(warc, position, members.position - position, members.position, record)
                elif members.position == position:
                    return


def _next(members: Members, verify: bool) -> RunStart | RunEnd | Capture | None:
    """What the next record keeps; None for one that is none of ours, and at the end, where the position stays."""
    content = members.next()
    if content is None:
        return None
    record, before = _checked(content, verify), None
    if tells_visit(record):
        content = members.next()
        if content is None:
            raise Torn("the file ends between a visit and its capture")
        record, before = _checked(content, verify), record
    return meaning_of(record, before)


def _checked(content: bytes, verify: bool) -> WarcRecord:
    record = record_in(content)
    if verify:
        check_digest(record)
    return record


def _gone_on(members: Members, position: int, growing: bool, broken: Broken) -> bool:
    """Goes behind what is broken; False where it is only the end of a file that is being written."""
    if growing and isinstance(broken, Torn):
        return False
    if members.position > position:
        return True
    return members.skip() or not growing
