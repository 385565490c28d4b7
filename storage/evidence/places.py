"""Where each capture stands in a pack that is being written: on disk, so that a large pack takes no memory."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class PackedCapture:
    """A capture's record in the pack."""

    warc: str  # file in the pack's folder `archive`
    offset: int
    length: int
    digest: str  # SHA-256 of the payload, hexadecimal


class Places:
    """A scratch database in a folder of its own, that is gone at the end."""

    def __init__(self, beside: Path) -> None:
        self._folder = TemporaryDirectory(prefix=".duizhang-evidence-", dir=beside)
        self._database = sqlite3.connect(Path(self._folder.name) / "scratch.sqlite", isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
            "CREATE TABLE captures (id PRIMARY KEY, warc, offset, length, digest) WITHOUT ROWID;"
            "CREATE TABLE postings (capture, posting, title, day, PRIMARY KEY (capture, posting)) WITHOUT ROWID;"
            "CREATE TABLE stands (posting PRIMARY KEY, words) WITHOUT ROWID;"
            "CREATE TABLE lines (line); CREATE TABLE pages (line)"
        )

    def place(self, capture: str, placed: PackedCapture) -> None:
        """Remembers where the capture is."""
        row = (capture, placed.warc, placed.offset, placed.length, placed.digest)
        self._database.execute("INSERT INTO captures VALUES (?, ?, ?, ?, ?)", row)

    def of(self, capture: str) -> PackedCapture:
        """Where the capture is. Raises KeyError when it was not placed."""
        found = self._database.execute("SELECT warc, offset, length, digest FROM captures WHERE id = ?", (capture,))
        row = found.fetchone()
        if row is None:
            raise KeyError(capture)
        return PackedCapture(*row)

    def expect(self, capture: str, posting: str, title: str, day: str) -> None:
        """Remembers what a posting says whose capture is still to come."""
        self._database.execute("INSERT INTO postings VALUES (?, ?, ?, ?)", (capture, posting, title, day))

    def expected(self, capture: str) -> list[tuple[str, str, str]]:
        """Id, title and day of the capture's postings."""
        found = "SELECT posting, title, day FROM postings WHERE capture = ? ORDER BY posting"
        return [(str(id_), str(title), str(day)) for id_, title, day in self._database.execute(found, (capture,))]

    def tell(self, posting: str, words: str) -> None:
        """Remembers which of the posting's title and day its capture says."""
        self._database.execute("INSERT OR REPLACE INTO stands VALUES (?, ?)", (posting, words))

    def told(self, posting: str) -> str:
        """What was remembered of the posting."""
        found = self._database.execute("SELECT words FROM stands WHERE posting = ?", (posting,)).fetchone()
        return str(found[0]) if found else ""

    def index(self, line: str) -> None:
        """Takes a line of the index."""
        self._database.execute("INSERT INTO lines VALUES (?)", (line,))

    def page(self, line: str) -> None:
        """Takes a line of the list of pages."""
        self._database.execute("INSERT INTO pages VALUES (?)", (line,))

    def index_lines(self) -> Iterator[str]:
        """All lines of the index in order."""
        return (str(line) for (line,) in self._database.execute("SELECT line FROM lines ORDER BY line"))

    def page_lines(self) -> Iterator[str]:
        """All lines of the list of pages, as they came."""
        return (str(line) for (line,) in self._database.execute("SELECT line FROM pages ORDER BY rowid"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        self._folder.cleanup()
