"""The only writer of derived tables: captures in, rows out. A rebuild is the same work from the beginning."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, text

from pipeline.count.definitions import document_cells
from pipeline.model import Capture, Kind, RunEnd, RunStart, Source
from pipeline.reading import Reading, read_capture
from pipeline.source.file import source_of
from storage.archive import Archive
from storage.archive.declarations import declared
from storage.archive.folder import Damage, Entry
from storage.counts import cube as counting
from storage.counts.coverage import refresh_coverage
from storage.counts.registered import refresh_registered
from storage.derive import captures as ingest
from storage.derive.captures import RecordPlace, Touched
from storage.derive.decisions import keep_reviews
from storage.derive.events import settle_some, touch
from storage.derive.files import ReadDocument, read_waiting
from storage.derive.findings import refresh_findings
from storage.derive.found_reports import store_found
from storage.derive.reports import store_brought
from storage.derive.schema import make_derived, mark_whole
from storage.derive.staleness import Remade, is_stale, made_with, remade
from storage.notices import documents as near
from storage.notices.captures_at_hand import Shelf
from storage.notices.chains import refresh_chains
from storage.notices.facts import store_tenders
from storage.notices.removals import refresh_states
from storage.notices.write import PostingsDone, store_notices, write_notices
from storage.queries.explain import ChangedCounts, changed_since
from storage.search import index as search
from storage.tables import core as t
from storage.tables.events import in_step
from storage.tables.upsert import upsert

BATCH = 128  # records in one transaction: 4 MB of 31 KB pages in memory
_DERIVE_LOCK = 0x64757A68  # any number that is ours alone among the database's advisory locks


@dataclass(slots=True)
class Derived:
    """What a derive did."""

    captures: int = 0
    postings: int = 0
    damages: list[Damage] = field(default_factory=list)
    remade: Remade | None = None  # why the tables are made anew, when they are
    changed: ChangedCounts | None = None  # what came of it, once all is made and the time was told


Row = dict[str, Any]
Records = list[Entry | Damage]
Batches = Iterator[tuple[Records, list[Reading]]]
# Reads the captures of batches of records in their order, the next while one is stored (bring/readers.py).
Read = Callable[[Iterator[Records], Mapping[str, Source]], Batches]


def read_here(batches: Iterator[Records], sources: Mapping[str, Source]) -> Batches:
    """Every batch with the readings of its captures, read by this process when it is asked for."""
    for batch in batches:
        yield batch, [read_capture(capture, sources[capture.visit.source]) for capture in captures_of(batch, sources)]


@dataclass(frozen=True, slots=True)
class Readers:
    """How captures are read, and files: without a reader of files those wait for a derive that has one."""

    captures: Read = read_here
    files: ReadDocument | None = None


HERE = Readers()


def captures_of(batch: Records, sources: Mapping[str, Source]) -> list[Capture]:
    """The captures among records whose source is declared."""
    records = [entry.record for entry in batch if isinstance(entry, Entry)]
    return [record for record in records if isinstance(record, Capture) and record.visit.source in sources]


def derive(
    engine: Engine,
    archive: Archive,
    progress: Callable[[Derived], None] = lambda _: None,
    read: Readers = HERE,
    now: datetime | None = None,
) -> Derived:
    """Everything in the archive that is not yet in the tables, batch by batch; a killed derive goes on where it was.

    `now` is when what is found becomes known; without it that waits for the next derive that is told the time.
    A source whose newest declaration, or whose readers, are not those that its rows were made with: all is made anew.
    `progress` hears of that before anything is read, and of every batch.
    """
    done = Derived()
    with engine.begin() as connection:
        sources, cursors = _begin(connection, archive, done)
    if done.remade:
        progress(done)
    reached = dict(cursors)
    for batch, readings in read.captures(_batches(archive, cursors, sources), sources):
        with engine.begin() as connection:
            store_entries(connection, archive, sources, (batch, readings), done)
        reached.update((entry.warc, entry.next_position) for entry in batch if isinstance(entry, Entry))
        progress(done)
    if read.files:
        _read_files(engine, archive, sources, read.files, done)
    with engine.begin() as connection:
        lock(connection)
        refresh_coverage(connection, sources)
        refresh_states(connection, sources)
        refresh_registered(connection, sources)
        refresh_findings(connection, sources)
        _note_whole(connection, reached)
    _settle(engine, sources, reached, now)
    if done.remade and now is not None:
        with engine.connect() as connection:
            last = connection.scalar(select(in_step.c.last_event))
            done.changed = None if last is None else changed_since(connection, last)
    return done


def _begin(connection: Connection, archive: Archive, done: Derived) -> tuple[dict[str, Source], dict[str, int]]:
    """The sources to read with, and how far each file is derived: nowhere after what made the tables is another."""
    lock(connection)
    sources = declared(connection, archive)
    if is_stale(connection, sources):
        make_derived(connection)
    done.remade = remade(connection, sources)
    cursors = {row.warc: row.position for row in connection.execute(select(t.cursors))}
    if not cursors:
        connection.execute(delete(t.whole))  # all that follows is the making of a generation
    upsert(connection, t.readers, [{"source": key, "digest": made_with(one)} for key, one in sources.items()])
    return sources, cursors


def _note_whole(connection: Connection, reached: Mapping[str, int]) -> None:
    """The generation is whole, unless a rebuild began meanwhile: then the cursors are not those that were reached."""
    now = {row.warc: row.position for row in connection.execute(select(t.cursors))}
    if all(now.get(warc, 0) >= position for warc, position in reached.items()):
        mark_whole(connection)


def _read_files(
    engine: Engine, archive: Archive, sources: Mapping[str, Source], read: ReadDocument, done: Derived
) -> None:
    """The files that wait, some at a time: their notices written again, their reports read."""
    waiting = True
    while waiting:
        with engine.begin() as connection:
            lock(connection)
            files = read_waiting(connection, archive, read)
            waiting = files.any
            for key in files.notices.keys() & sources.keys():
                done.postings += _store_touched(connection, sources[key], files.notices[key], Shelf(archive, {}))
            store_brought(connection, (archive.read(*place) for place in files.reports), sources)


def _settle(engine: Engine, sources: Mapping[str, Source], reached: Mapping[str, int], now: datetime | None) -> None:
    """The events of what this derive touched, and those before it that were killed or not told the time."""
    waiting = True
    while now is not None and waiting:
        with engine.begin() as connection:
            lock(connection)
            waiting = settle_some(connection, sources, reached, now)


def _batches(archive: Archive, cursors: Mapping[str, int], sources: dict[str, Source]) -> Iterator[Records]:
    """The records that wait. A crawl that began after this derive declares its source as its first record."""
    entries = archive.entries(cursors)
    while batch := list(islice(entries, BATCH)):
        for entry in batch:
            if isinstance(entry, Entry) and isinstance(entry.record, RunStart) and entry.record.source not in sources:
                sources[entry.record.source] = source_of(entry.record.source, entry.record.source_text)
        yield batch


def rebuild(
    engine: Engine,
    archive: Archive,
    progress: Callable[[Derived], None] = lambda _: None,
    read: Readers = HERE,
    now: datetime | None = None,
) -> Derived:
    """All derived tables dropped and made again from the WARC files."""
    with engine.begin() as connection:
        lock(connection)
        make_derived(connection)
    return derive(engine, archive, progress, read, now)


def store_entries(
    connection: Connection,
    archive: Archive,
    sources: Mapping[str, Source],
    batch: tuple[Records, list[Reading]],
    done: Derived,
) -> None:
    """A batch of records with the readings of its captures, stored in the caller's transaction."""
    lock(connection)
    readings = {reading.capture.id: reading for reading in batch[1]}
    read: list[tuple[RecordPlace, Reading]] = []
    cursors: dict[str, int] = {}
    for entry in batch[0]:
        if isinstance(entry, Damage):
            done.damages.append(entry)
            ingest.note_damage(connection, entry)
            continue
        cursors[entry.warc] = entry.next_position
        match entry.record:
            case RunStart() as start:
                ingest.start_run(connection, start)
            case RunEnd() as end:
                ingest.end_run(connection, end)
            case Capture() as capture:
                read.append((RecordPlace(entry.warc, entry.position, entry.length), readings[capture.id]))
    store_read(connection, archive, sources, read, done)
    ingest.keep_cursors(connection, cursors)


def store_read(
    connection: Connection,
    archive: Archive,
    sources: Mapping[str, Source],
    read: list[tuple[RecordPlace, Reading]],
    done: Derived,
) -> None:
    """Readings turned into rows: what a crawl does as it goes and a rebuild does afterwards."""
    touched = Touched()
    ingest.store_readings(connection, read, sources, touched)
    keep_reviews(connection, [one.capture for _, one in read], sources, touched)
    shelf = Shelf.of(archive, [reading for _, reading in read])
    for key, keys in touched.keys.items():
        done.postings += _store_touched(connection, sources[key], keys, shelf)
    brought = [one.capture for _, one in read if one.capture.visit.kind in {Kind.REPORT, Kind.REGISTER}]
    store_brought(connection, brought, sources)
    done.captures += len(read)


def lock(connection: Connection) -> None:
    """One derive at a time, until the transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # Python's driver would begin only with the first write
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _DERIVE_LOCK})


def _store_touched(connection: Connection, source: Source, touched: set[str], shelf: Shelf) -> int:
    written = write_notices(connection, source, touched, shelf)
    before = counting.cells_of_keys(connection, source.key, written.keys)
    stood = near.documents_before(connection, source.key, written.keys)
    documents = set(stood.values())
    touch(connection, source.key, written.keys, documents)
    before += document_cells(counting.postings_of_documents(connection, documents))
    changed = _store(connection, source, written, shelf)
    homes = near.documents_after(connection, source.key, _to_compare(connection, written, changed), stood)
    others = near.documents_now(homes) - documents  # of postings that nothing else is said about
    touch(connection, source.key, (), others)
    untold = counting.postings_of_documents(connection, others)
    just_written = {row["id"] for row in changed}
    before += document_cells(row for row in untold if row["id"] not in just_written)
    near.move(connection, homes)
    documents |= others | {home.after for home in homes.values()}
    members = counting.postings_of_documents(connection, documents)
    counting.write_documents(connection, documents, members)
    after = counting.cells_of_keys(connection, source.key, written.keys) + document_cells(members)
    counting.shift_counts(connection, before, after)
    touch(connection, source.key, written.keys, documents)
    return len(changed)


def _to_compare(connection: Connection, written: PostingsDone, changed: list[Row]) -> list[Row]:
    """The postings that say something else, and those about which people decided something, perhaps just now."""
    decided = near.decided_about(connection, (row["id"] for row in written.postings))
    known = {row["id"] for row in changed}
    return changed + [row for row in written.postings if row["id"] in decided - known]


def _store(connection: Connection, source: Source, written: PostingsDone, shelf: Shelf) -> list[Row]:
    changed, gone = store_notices(connection, source.key, written)
    store_found(connection, source, written, gone)
    store_tenders(connection, written, gone, shelf)
    refresh_chains(connection, [row["id"] for row in changed], gone)
    search.remove(connection, gone)
    search.index(connection, ((row["id"], row["title"], row["text"]) for row in changed))
    return changed
