"""Rows of postings written by storage.upsert beside sqlite3's executemany, and a derive that changes nothing."""

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from pipeline.model import RunStart
from pipeline.reading import read_capture
from storage.archive import Archive
from storage.derive.captures import RecordPlace
from storage.derive.run import BATCH, Derived, store_read
from storage.tables import core as t
from storage.tables.upsert import chunks, upsert
from tests.bench.composed import SOURCE, pages
from tests.bench.figures import Figure, table
from tests.bench.rows import database, postings


def measure(count: int, notices: int = 1024) -> list[Figure]:
    """Rows a CPU second into the same table with the same indexes, and microseconds for an unchanged notice."""
    rows = list(postings(count))
    ours, raw = count / _ours(rows), count / _raw(rows)
    stage = f"store {count:,} postings"
    return [
        Figure(stage, "storage.tables.upsert", ours, "rows/s", "raw sqlite3", ours / raw, 0.4),
        Figure(stage, "raw sqlite3 executemany", raw, "rows/s"),
        Figure(f"derive {notices:,} notices again", "unchanged", _unchanged(notices), "CPU us/notice"),
    ]


def _ours(rows: list[dict[str, Any]]) -> float:
    with database() as engine:
        begin = process_time()
        for chunk in chunks(rows, BATCH):
            with engine.begin() as connection:
                upsert(connection, t.postings, chunk)
        took = process_time() - begin
        with engine.connect() as connection:
            _check(connection.scalar(select(func.count()).select_from(t.postings)), len(rows))
    return took


def _raw(rows: list[dict[str, Any]]) -> float:
    """The same values as the driver takes them, turned into tuples outside the time measured."""
    dialect = sqlite.dialect()
    indexes = sorted(t.postings.indexes, key=lambda one: str(one.name))
    statements: list[DDLElement] = [CreateTable(t.postings), *map(CreateIndex, indexes)]
    bind = [_processor(column.type.bind_processor(dialect)) for column in t.postings.c]
    names = [column.name for column in t.postings.c]
    values = [tuple(turn(row[name]) for turn, name in zip(bind, names, strict=True)) for row in rows]
    insert = f"INSERT OR REPLACE INTO postings VALUES ({', '.join('?' * len(names))})"
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "raw.sqlite")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        for statement in statements:
            connection.execute(str(statement.compile(dialect=dialect)))
        begin = process_time()
        for chunk in chunks(values, BATCH):
            connection.executemany(insert, chunk)
            connection.commit()
        took = process_time() - begin
        _check(connection.execute("SELECT count(*) FROM postings").fetchone()[0], len(rows))
        connection.close()
    return took


def _processor(turn: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    return turn or (lambda value: value)


def _unchanged(notices: int) -> float:
    """Readings stored a second time: nothing may be written, all has to be compared."""
    composed = pages(notices)
    run = RunStart("20150101T000000Z-bench-000000", SOURCE.key, composed[0].capture.fetched_at, "full", "")
    with tempfile.TemporaryDirectory() as folder, database() as engine:
        archive = Archive(Path(folder))
        with archive.writer(run) as writer:
            kept = [(writer.add(one.capture), one.capture) for one in composed]
        read = [
            (RecordPlace(stored.warc, stored.position, stored.length), read_capture(capture, SOURCE))
            for stored, capture in kept
        ]
        done = Derived()
        for changed in (notices, 0):
            done.postings = 0
            begin = process_time()
            for batch in chunks(read, BATCH):
                with engine.begin() as connection:
                    store_read(connection, archive, {SOURCE.key: SOURCE}, batch, done)
            took = process_time() - begin
            _check(done.postings, changed)
    return 1e6 * took / notices


def _check(found: object, expected: int) -> None:
    if found != expected:
        raise AssertionError(f"{found} rows where {expected} are expected: nothing is measured")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_store", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    sys.stdout.write(table(measure(parser.parse_args().rows)) + "\n")


if __name__ == "__main__":
    main()
