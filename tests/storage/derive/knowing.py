"""What tests of events share: an archive that grows run by run, derived at a time, and its events in words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine, select

from pipeline.model import ChannelEnd, RunEnd, RunStart
from storage.archive import Archive
from storage.derive.run import derive, rebuild
from storage.tables.events import events, known
from tests.storage.deriving import BEGIN
from tests.storage.walking import ONE_CHANNEL, Run


def add(archive: Archive, run: Run, declaration: str = ONE_CHANNEL) -> None:
    """The run written to the archive as a crawl writes it; nothing is derived yet."""
    with archive.writer(RunStart(run.id, "portal", run.started, run.scope, declaration)) as writer:
        for one in run.captures:
            at = one.fetched_at + timedelta(days=run.day)
            writer.add(
                replace(
                    one,
                    visit=replace(one.visit, run=run.id),
                    fetched_at=at,
                    id=uuid5(NAMESPACE_URL, one.id + run.id).hex,
                )
            )
        ends = (ChannelEnd("zb", run.closed, run.reason, 1, run.rows, run.stated, run.pages),)
        writer.end(RunEnd(run.id, run.started + timedelta(hours=1), run.outcome, run.reason, ends))


def at(day: float) -> datetime:
    """The evening of that day of the story, UTC."""
    return BEGIN + timedelta(days=day, hours=8)


def grown(engine: Engine, root: Path, runs: Iterable[Run], declaration: str = ONE_CHANNEL) -> Archive:
    """The archive after these further runs, each derived on the evening of its day."""
    archive = Archive(root)
    for run in runs:
        add(archive, run, declaration)
        derive(engine, archive, now=at(run.day))
    return archive


def causes(engine: Engine, since: int = 0) -> list[tuple[str, str]]:
    """Title's number and cause of every event after the first ones, in order."""
    with engine.connect() as connection:
        rows = connection.execute(
            select(events.c.cause, known.c.title)
            .join(known, known.c.posting == events.c.posting)
            .where(events.c.seq > since)
            .order_by(events.c.seq)
        )
        return [(row.title, row.cause) for row in rows]


__all__ = ["add", "at", "causes", "derive", "grown", "rebuild"]
