"""What became of one posting: its revisions with their texts, its states, and every answer of its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from pipeline.model import Kind, Source, State
from storage.notices.captures_at_hand import Shelf
from storage.notices.moves import resolve
from storage.notices.write import told_by
from storage.queries.records import RecordKind, matches
from storage.tables import core as t


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A revision as it was captured: number 1 is the first."""

    number: int
    seen_at: datetime
    capture: str
    url: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state of the posting, since when, and the evidence that decided it."""

    state: str
    since: datetime
    decided: datetime
    reason: str
    capture: str
    run: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What came back when the posting's page was asked for."""

    fetched_at: datetime
    quality: str
    status: int
    url: str
    capture: str
    run: str
    origin: str


@dataclass(frozen=True, slots=True)
class History:
    """Everything that is known of a posting's life."""

    posting: str
    title: str
    url: str
    state: str
    revisions: tuple[RevisionRow, ...]
    states: tuple[StateRow, ...]
    answers: tuple[AnswerRow, ...]


def history(connection: Connection, posting: str, source: Callable[[str], Source], shelf: Shelf) -> History:
    """The posting's history; texts are read anew from the captures. Raises storage.archive.Damaged, Unreadable."""
    row = connection.execute(select(t.postings).where(t.postings.c.id == posting)).mappings().one()
    states = _states(connection, posting)
    return History(
        posting,
        row["title"],
        row["url"],
        states[-1].state if states else State.PRESENT.value,
        tuple(_revisions(connection, dict(row), source(row["source"]), shelf)),
        states,
        _answers(connection, dict(row)),
    )


def _states(connection: Connection, posting: str) -> tuple[StateRow, ...]:
    c = t.states.c
    columns = (c[name] for name in StateRow.__dataclass_fields__)
    rows = connection.execute(select(*columns).where(c.posting == posting).order_by(c.number))
    return tuple(StateRow(*row) for row in rows)


def _revisions(connection: Connection, posting: Mapping[str, Any], source: Source, shelf: Shelf) -> list[RevisionRow]:
    c = t.revisions.c
    numbers = connection.execute(select(t.revisions).where(c.posting == posting["id"]).order_by(c.number)).all()
    said = {one.capture["id"]: one.notice for one in told_by(connection, source, posting, shelf)}
    return [
        RevisionRow(row.number, row.seen_at, row.capture, notice.url, row.title, notice.text)
        for row in numbers
        if (notice := said.get(row.capture)) is not None
    ]


def _answers(connection: Connection, posting: Mapping[str, Any]) -> tuple[AnswerRow, ...]:
    keys = sorted(resolve(connection, posting["source"], {posting["key"]}))
    c = t.captures.c
    found = connection.execute(
        select(c.fetched_at, c.quality, c.status, c.url, c.id, c.run, c.origin)
        .where(c.source == posting["source"], c.kind == Kind.NOTICE.value, c.key.in_(keys))
        .order_by(c.fetched_at, c.id)
    )
    return tuple(AnswerRow(*row) for row in found)


def posting_of(connection: Connection, prefix: str) -> str | None:
    """The one posting whose id is, or begins with, the given text; None for none or several."""
    found = [match for match in matches(connection, prefix) if match.kind is RecordKind.POSTING]
    return found[0].id if len(found) == 1 else None


def source_text_of(connection: Connection, source: str) -> str:
    """The newest declaration of a source that a run used."""
    c = t.runs.c
    newest = select(c.source_file).where(c.source == source, c.source_file.is_not(None))
    return connection.scalar(newest.order_by(c.started.desc(), c.id.desc()).limit(1)) or ""
