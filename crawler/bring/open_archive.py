"""The archive opened for writing: what the commands that derive, bring and recount start from."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Engine

from crawler.config import Config, WrongUse
from pipeline.model import Capture, Outcome, RunEnd, RunStart, Source
from storage.archive import Archive
from storage.derive.schema import upgrade
from storage.tables.database import database_url, engine_of


@dataclass(frozen=True, slots=True)
class Books:
    """The WARC files and an engine whose tables are of the newest shape."""

    config: Config
    archive: Archive
    engine: Engine


@contextmanager
def books(config: Config) -> Iterator[Books]:
    """The archive of the configuration, repaired and migrated. Raises WrongUse where there is none."""
    if not (config.archive / "warc").is_dir():
        raise WrongUse(f"there is no archive at {config.archive}: crawl first, or name it by --archive")
    archive = Archive(config.archive)
    archive.repair()
    engine = engine_of(database_url(config.archive, config.database_url))
    try:
        upgrade(engine)
        yield Books(config, archive, engine)
    finally:
        engine.dispose()


def new_run(source: Source, scope: str, now: datetime) -> RunStart:
    """A run of that source that begins now; its name sorts by time."""
    return RunStart(f"{now:%Y%m%dT%H%M%SZ}-{source.key}-{uuid4().hex[:6]}", source.key, now, scope, source.text)


def bring(archive: Archive, start: RunStart, captures: Iterable[Capture]) -> None:
    """What a person brought, archived as a run of its own, one capture after the other."""
    number = 0
    with archive.writer(start) as writer:
        for capture in captures:
            writer.add(capture)
            number += 1
        numbers = (("captures", number),)
        writer.end(RunEnd(start.run, datetime.now(UTC), Outcome.COMPLETE, "brought by a person", (), numbers))
