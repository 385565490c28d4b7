"""Chains as exports and commands read them: the notices of one project in order of time, each with its facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection, select

from pipeline.tender.facts import Fact
from storage.notices.facts import facts_of
from storage.queries.postings import Filters, condition
from storage.tables.chains import chain_members
from storage.tables.core import postings
from storage.tables.upsert import chunks

AT_ONCE = 100  # chains in memory


@dataclass(frozen=True, slots=True)
class ChainNotice:
    """One posting of a chain with what it states; postings of one `document` are the same announcement."""

    posting: str
    document: str
    capture: str
    source: str
    channel: str
    url: str
    title: str
    published: datetime | None  # UTC
    published_on: date | None  # day in the source's zone
    notice_type: str
    region: str  # six digits, "" when none is named
    void: bool
    lot: str
    round: int
    process: str
    after: str
    linked_to: str
    why: str
    supersedes: tuple[str, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """One lot in one round of tendering; lot "" is the project as a whole, or the only lot."""

    key: str  # 16 hex digits; the same after every rebuild of the same archive
    lot: str
    round: int
    after: str  # key of the failed process that this one repeats, "" for none
    notices: tuple[ChainNotice, ...]  # in order of time


@dataclass(frozen=True, slots=True)
class Chain:
    """All notices of one project, across channels and portals, in order of time."""

    id: str
    notices: tuple[ChainNotice, ...]

    @property
    def processes(self) -> tuple[Process, ...]:
        """The lots and rounds in the order in which they were first heard of."""
        found: dict[str, list[ChainNotice]] = {}
        for notice in self.notices:
            found.setdefault(notice.process, []).append(notice)
        return tuple(Process(key, own[0].lot, own[0].round, own[0].after, tuple(own)) for key, own in found.items())


def chains(connection: Connection, filters: Filters) -> Iterator[Chain]:
    """Every chain with at least one posting that passes the filters, whole, in the order of their ids."""
    passing = select(chain_members.c.chain).join(postings, postings.c.id == chain_members.c.posting)
    wanted = passing.where(condition(postings, filters)).distinct()
    ids = sorted(connection.scalars(wanted))
    for some in chunks(ids, AT_ONCE):
        yield from _chains(connection, some)


def _chains(connection: Connection, ids: Sequence[str]) -> Iterator[Chain]:
    member, posting = chain_members.c, postings.c
    own = {"facts", "posting", "supersedes"} | set(member.keys())
    columns = [posting[field.name] for field in fields(ChainNotice) if field.name not in own]
    rows = connection.execute(
        select(*member, *columns)
        .join(postings, posting.id == member.posting)
        .where(member.chain.in_(ids))
        .order_by(member.chain, member.number)
    ).all()
    stated = facts_of(connection, [row.posting for row in rows])
    found: dict[str, list[ChainNotice]] = {}
    for row in rows:
        values = {field.name: row._mapping[field.name] for field in fields(ChainNotice) if field.name != "facts"}
        values["supersedes"] = tuple(row.supersedes.split())
        found.setdefault(row.chain, []).append(ChainNotice(**values, facts=stated.get(row.posting, ())))
    for id_, notices in found.items():
        yield Chain(id_, tuple(notices))
