"""Read-only selects about postings: the web pages, REST answers, commands and exports show these records."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, collate, func, select, true

from pipeline.model import Definition
from storage.tables.core import documents, postings


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows are narrowed to; None: not at all. Names are those of the columns."""

    source: str | None = None
    channel: str | None = None
    bucket: str | None = None
    notice_type: str | None = None
    area: str | None = None  # "": no key area
    region: str | None = None  # "": no region named
    year: int | None = None  # 0: no date
    month: int | None = None  # 0: no date

    @property
    def given(self) -> dict[str, str | int]:
        """The filters that are set, by column name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting as lists show it."""

    id: str
    published: datetime | None
    published_on: date | None
    title: str
    url: str
    source: str
    channel: str
    bucket: str
    notice_type: str
    area: str
    region: str
    year: int | None
    document: str
    capture: str


@dataclass(frozen=True, slots=True)
class Postings:
    """The exact number of postings asked for, and the first of them."""

    total: int
    rows: tuple[PostingRow, ...]


def posting_rows(connection: Connection, ids: Sequence[str]) -> tuple[PostingRow, ...]:
    """The postings of these ids, in their order."""
    found = {row.id: PostingRow(**row._mapping) for row in connection.execute(_summary().where(postings.c.id.in_(ids)))}
    return tuple(found[id_] for id_ in ids if id_ in found)


def postings_behind(
    connection: Connection, filters: Filters, definition: Definition = Definition.POSTINGS, limit: int | None = None
) -> Postings:
    """The postings that a count under a definition adds up, newest first: a page or document by its representative."""
    conditions = and_(condition(postings, filters), counted_as_one(connection, definition))
    total = connection.execute(select(func.count()).select_from(postings).where(conditions)).scalar_one()
    newest = _summary().where(conditions).order_by(postings.c.published.desc().nulls_last(), postings.c.id)
    return Postings(total, tuple(PostingRow(**row._mapping) for row in connection.execute(newest.limit(limit))))


def counted_as_one(connection: Connection, definition: Definition) -> ColumnElement[bool]:
    """The condition that leaves, of what the definition counts as one, the posting that stands for it."""
    if definition is Definition.PAGES:
        return postings.c.id.in_(_of_pages(connection))
    return postings.c.id.in_(select(documents.c.posting)) if definition is Definition.DOCUMENTS else true()


def condition(table: Table, filters: Filters) -> ColumnElement[bool]:
    """The filters over a table with their columns; year and month 0 find rows without one."""
    terms = []
    for name, value in filters.given.items():
        column = table.c[name]
        terms.append(func.coalesce(column, 0) == 0 if name in {"year", "month"} and value == 0 else column == value)
    return and_(True, *terms)


def _summary() -> Select[Any]:
    return select(*(postings.c[field.name] for field in fields(PostingRow)))


def _of_pages(connection: Connection) -> Select[tuple[str]]:
    channel, id_ = _by_code_point(connection, postings.c.channel), _by_code_point(connection, postings.c.id)
    # As pipeline.count.representative decides: the key is the same for all postings of a page.
    order = (postings.c.published_on.asc().nulls_last(), channel, id_)
    rank = func.row_number().over(partition_by=(postings.c.source, postings.c.key), order_by=order)
    ranked = select(postings.c.id, rank.label("rank")).subquery()
    return select(ranked.c.id).where(ranked.c.rank == 1)


def _by_code_point(connection: Connection, column: Column[str]) -> ColumnElement[str]:
    return collate(column, "C") if connection.dialect.name == "postgresql" else column
