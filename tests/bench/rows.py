"""Composed postings as rows, and a database of a benchmark's own."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from storage.derive.schema import upgrade
from storage.tables.database import database_url, engine_of
from tests.bench.composed import titles
from tests.storage.rows import SEEN, posting

BUCKETS = ("tender_and_award", "industry_news", "livelihood_pictures", "notice")


def postings(count: int) -> Iterator[dict[str, Any]]:
    """Postings of ten years in every bucket, with composed titles."""
    chance = random.Random(2014)
    for number, title in enumerate(titles(count)):
        moment = SEEN - timedelta(minutes=5 * (count - number) % 5_000_000)
        day = f"{moment.date():%Y-%m-%d}"
        at = {"published": moment, "bucket": chance.choice(BUCKETS), "text": ""}
        yield posting(f"{number:016x}", title, day, **at)


@contextmanager
def database() -> Iterator[Engine]:
    """A new SQLite database with the newest schema."""
    with TemporaryDirectory() as folder:
        engine = engine_of(database_url(Path(folder)))
        upgrade(engine)
        yield engine
        engine.dispose()
