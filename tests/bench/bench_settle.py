"""What it costs to know what was known when: settling composed postings, again when nothing and when little changed."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, func, insert, select

from pipeline.model import Definition
from pipeline.source.file import source_of
from storage.derive.events import settle_some
from storage.derive.schema import upgrade
from storage.queries.explain import counts_as_of, explained
from storage.queries.postings import Filters
from storage.tables import core as t
from storage.tables.database import database_url, engine_of
from storage.tables.events import events, in_step
from tests.bench.figures import Figure, table
from tests.storage.deriving import DECLARATION
from tests.storage.rows import posting

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_SOURCES = {"alpha": source_of("alpha", DECLARATION)}


def measure(count: int, url: str = "") -> list[Figure]:
    """Milliseconds a posting; seconds of a question."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_of(url or database_url(Path(folder)))
        upgrade(engine)
        _compose(engine, count)
        stage = f"settle {count:,} postings"
        first, nothing = _settled(engine, 0), _settled(engine, 1)
        with engine.begin() as connection:
            connection.execute(t.postings.update().where(t.postings.c.month == 3).values(year=2009))
            connection.execute(in_step.delete())
        compared = _settled(engine, 2)
        asked = _asked(engine, count)
        engine.dispose()
    return [
        Figure(stage, "all new", first / count * 1000, "ms each", budget=0.1, at_most=True),
        Figure(stage, "nothing touched", nothing * 1000, "ms in all", budget=10, at_most=True),
        Figure(stage, "all compared, a twelfth changed", compared / count * 1000, "ms each", budget=0.1, at_most=True),
        *(Figure(stage, what, seconds, "s") for what, seconds in asked.items()),
    ]


def _compose(engine: Engine, count: int) -> None:
    with engine.begin() as connection:
        for rows in _rows(count):
            connection.execute(insert(t.postings), rows)
            documents = [
                {"id": row["document"], "source": "alpha", "posting": row["id"], "postings": 1} for row in rows
            ]
            connection.execute(insert(t.documents), documents)


def _rows(count: int) -> Iterator[list[dict[str, Any]]]:
    for begin in range(0, count, 5000):
        yield [
            posting(
                f"{n * 2654435761 % 2**64:016x}",
                f"甲县第{n}号工程施工招标公告",
                f"20{10 + n % 9}-{1 + n % 12:02}-{1 + n % 28:02}",
                region=f"5401{n % 60:02}",
            )
            for n in range(begin, min(count, begin + 5000))
        ]


def _settled(engine: Engine, day: int) -> float:
    begin = perf_counter()
    more = True
    while more:
        with engine.begin() as connection:
            more = settle_some(connection, _SOURCES, {}, _BEGIN + timedelta(days=day))
    return perf_counter() - begin


def _asked(engine: Engine, count: int) -> dict[str, float]:
    days, found = (date(2026, 1, 1), date(2026, 1, 3)), {}
    with engine.connect() as connection:
        if int(connection.scalar(select(func.count()).select_from(events)) or 0) <= count:
            raise AssertionError("nothing changed: nothing is measured")
        begin = perf_counter()
        counts_as_of(connection, (), Filters(year=2014), Definition.POSTINGS, days[0])
        found["counts --as-of"] = perf_counter() - begin
        begin = perf_counter()
        if explained(connection, Filters(year=2009), Definition.DOCUMENTS, days).left_over:
            raise AssertionError("something is left over")
        found["explain"] = perf_counter() - begin
    return found


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_settle", description=__doc__)
    parser.add_argument("--postings", type=int, default=20_000)
    parser.add_argument("--url", default="", help="a PostgreSQL database instead of a SQLite file")
    options = parser.parse_args()
    sys.stdout.write(table(measure(options.postings, options.url)) + "\n")


if __name__ == "__main__":
    main()
