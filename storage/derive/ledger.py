"""A crawl's books: its WARC file, and the tables that are kept in step with it batch by batch."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from pipeline.model import Capture, Outcome, RunEnd, RunStart, Source, Visit
from pipeline.reading import Reading
from pipeline.values.urls import same_site, visit_key
from storage.archive import Archive
from storage.archive.folder import Damaged, OutOfSpace, Stored, Writer
from storage.derive.captures import RecordPlace, keep_cursors
from storage.derive.owed import (
    Revisit,
    known_keys,
    listed_rows,
    never_asked,
    owed,
    revisits,
    unreadable,
    walked_channels,
)
from storage.derive.run import BATCH, HERE, Derived, Readers, derive, lock, store_read
from storage.derive.schema import upgrade
from storage.tables.core import captures
from storage.tables.database import engine_of


class Ledger:
    """Open from the run's first record to its last. Raises filelock.Timeout while another crawl of the source runs."""

    def __init__(self, root: Path, url: str, source: Source, start: RunStart, user_agent: str = "") -> None:
        root.mkdir(parents=True, exist_ok=True)
        (root / "locks").mkdir(exist_ok=True)
        self._lock = FileLock(root / "locks" / f"{source.key}.lock", timeout=0)
        self._lock.acquire()
        self._archive = Archive(root)
        self._archive.repair()
        self._engine: Engine = engine_of(url)
        upgrade(self._engine)
        self._sources = {source.key: source}
        self._writer: Writer = self._archive.writer(start, user_agent=user_agent)
        self._source = source
        self._places: dict[str, RecordPlace] = {}
        self._buffer: list[tuple[RecordPlace, Reading]] = []
        # What the tables could not be written for: then the archive alone has the rest, and no later batch may go in.
        self.failure: SQLAlchemyError | None = None
        self.derived = Derived()

    def catch_up(self, now: datetime, progress: Callable[[Derived], None], read: Readers = HERE) -> Derived:
        """What an earlier run captured and did not live to derive, and this run's first record, in the tables."""
        return derive(self._engine, self._archive, progress, read, now)

    def known(self, now: datetime) -> set[str]:
        """Keys of pages that need not be fetched."""
        with self._engine.connect() as connection:
            return known_keys(connection, self._source.key, now)

    def owed(self, channels: list[str], known: set[str]) -> list[Visit]:
        """Visits that earlier runs left undone."""
        with self._engine.connect() as connection:
            visits = owed(connection, self._source.key, channels, known)
        return [visit for visit in visits if same_site(visit.url, self._source)]

    def revisits(self, channels: list[str], now: datetime, *, every: bool = False) -> dict[str, Revisit]:
        """Postings whose page is due to be read again, by the key of the page."""
        with self._engine.connect() as connection:
            due = revisits(connection, self._source.key, channels, now, every=every)
        return {visit_key(one.visit): one for one in due if same_site(one.visit.url, self._source)}

    def walked(self) -> set[str]:
        """Channels that were walked to their end before."""
        with self._engine.connect() as connection:
            return walked_channels(connection, self._source.key)

    def held(self, id_: str) -> Capture | None:
        """The capture of that id where an earlier run kept it and it is still whole."""
        c = captures.c
        with self._engine.connect() as connection:
            row = connection.execute(select(c.warc, c.position, c.length).where(c.id == id_)).one_or_none()
        try:
            return self._archive.read(row.warc, row.position, row.length) if row else None
        except Damaged:
            return None

    def listed(self) -> dict[str, int]:
        """How many pages each channel's lists have linked so far."""
        with self._engine.connect() as connection:
            return listed_rows(connection, self._source.key)

    def keep(self, capture: Capture) -> Stored:
        """The capture written to the archive. Raises archive.OutOfSpace."""
        stored = self._writer.add(capture)
        self._places[stored.capture] = RecordPlace(stored.warc, stored.position, stored.length)
        return stored

    def take(self, reading: Reading) -> None:
        """The reading of a kept capture, stored with the batch that it completes."""
        self._buffer.append((self._places.pop(reading.capture.id), reading))
        if len(self._buffer) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Everything taken so far is in the tables, or `failure` says why not."""
        if not self._buffer or self.failure:
            return
        self._writer.sync()
        with self._failure_noted(), self._engine.begin() as connection:
            lock(connection)
            store_read(connection, self._archive, self._sources, self._buffer, self.derived)
            keep_cursors(connection, self._derived_up_to())
        self._buffer = []

    @contextmanager
    def _failure_noted(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            self.failure = self.failure or error

    def _derived_up_to(self) -> dict[str, int]:
        """How far each file is derived: not beyond a capture that was kept and whose reading has not come."""
        ends = {place.warc: place.position + place.length for place, _ in self._buffer}
        for place in self._places.values():
            if place.warc in ends:
                ends[place.warc] = min(ends[place.warc], place.position)
        return ends

    def never_asked(self, channels: list[str], run: str, now: datetime) -> int:
        """Listed pages of the portal that the archive lacks and that the run passed over."""
        self.flush()
        if self.failure:
            return 0
        with self._engine.connect() as connection:
            known = known_keys(connection, self._source.key, now)
            urls = never_asked(connection, self._source.key, channels, run, known)
        return sum(same_site(url, self._source) for url in urls)

    def unreadable(self, run: str) -> int:
        """Good captures of the run that no reader understood."""
        self.flush()
        if self.failure:
            return 0
        with self._engine.connect() as connection:
            return unreadable(connection, run)

    def close(self, end: RunEnd, read: Readers = HERE) -> None:
        """The run's last record written and derived, files with it; its file closed under its final name.

        On a full disk the file stays open and unended: the next run's repair finishes it.
        """
        try:
            self.flush()
            self._writer.end(end)
            self._writer.close()
            with self._failure_noted():
                derive(self._engine, self._archive, read=read, now=end.ended)
        except OutOfSpace:
            if end.outcome is not Outcome.OUT_OF_SPACE:
                raise
        finally:
            self._engine.dispose()
            self._lock.release()
