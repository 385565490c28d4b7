"""Tender facts as rows: of every posting what it states, and what contradicts itself in it as problems."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from pipeline.model import NoticeType
from pipeline.tender.facts import Fact, FactName, FactPlace, Tender
from storage.notices.captures_at_hand import Shelf
from storage.notices.write import PostingsDone, Saying
from storage.tables import core as t
from storage.tables.facts import facts
from storage.tables.upsert import chunks, delete_in, rows_in, upsert

_STEP = "tender"


def store_tenders(connection: Connection, written: PostingsDone, gone: Iterable[str], shelf: Shelf) -> None:
    """The facts of the written postings and the contradictions in them, in place of what stood there before.

    What a notice states depends on its type, which a person may have decided: the row has the type in force.
    """
    rows: list[dict[str, Any]] = []
    problems: dict[tuple[str, str], dict[str, Any]] = {}
    for posting in written.postings:
        told = written.told[posting["id"]]
        tender = shelf.tender(told.capture["id"], told.notice, NoticeType(posting["notice_type"]))
        rows += fact_rows(posting["id"], tender)
        problems.update(((row["capture"], row["reason"]), row) for row in _problems(told, posting["channel"], tender))
    _store_facts(connection, [*gone, *written.told], rows)
    delete_in(connection, t.problems.c.capture, written.captures, t.problems.c.step == _STEP)
    upsert(connection, t.problems, list(problems.values()))


def fact_rows(posting: str, tender: Tender) -> list[dict[str, Any]]:
    """The facts of a posting in their order."""
    return [
        {
            "posting": posting,
            "number": number,
            "name": fact.name.value,
            "value": fact.value,
            "kind": fact.kind,
            "grp": fact.group,
            "place": fact.place.value,
            "start": fact.start,
            "end": fact.end,
            "rule": fact.rule,
        }
        for number, fact in enumerate(tender.facts, 1)
    ]


def _problems(told: Saying, channel: str, tender: Tender) -> list[dict[str, Any]]:
    row = told.capture
    where = {"capture": row["id"], "source": row["source"], "channel": channel, "url": row["url"]}
    return [{"step": _STEP, "reason": reason, **where} for reason in tender.contradictions]


def _store_facts(connection: Connection, postings: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """The rows in place of what these postings stated before; nothing is written where they are the same."""
    new: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        new.setdefault(row["posting"], []).append(row)
    old: dict[str, list[Mapping[str, Any]]] = {}
    for one in rows_in(connection, select(facts).order_by(facts.c.number), facts.c.posting, postings):
        old.setdefault(one.posting, []).append(dict(one._mapping))
    differing = [posting for posting in {*old, *new} if old.get(posting, []) != new.get(posting, [])]
    delete_in(connection, facts.c.posting, differing)
    for part in chunks([row for posting in sorted(differing) for row in new.get(posting, ())]):
        upsert(connection, facts, part)


def facts_of(
    connection: Connection, postings: Iterable[str], names: Iterable[FactName] = tuple(FactName)
) -> dict[str, tuple[Fact, ...]]:
    """The facts of postings by the posting's id, in the order of the notice; those that state none are left out."""
    found: dict[str, list[Fact]] = {}
    named = select(facts).where(facts.c.name.in_([name.value for name in names]))
    for row in rows_in(connection, named.order_by(facts.c.posting, facts.c.number), facts.c.posting, postings):
        found.setdefault(row.posting, []).append(_fact(row))
    return {posting: tuple(own) for posting, own in found.items()}


def _fact(row: Any) -> Fact:
    name, place = FactName(row.name), FactPlace(row.place)
    return Fact(name, row.value, row.start, row.end, place, row.kind, row.grp, row.rule)
