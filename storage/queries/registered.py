"""Read-only selects about registered publications: counts by medium, the rows behind them, what became of a list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, extract, func, select

from pipeline.count.media import Medium
from pipeline.model import Definition
from pipeline.register.count import Publication, counted
from storage.tables.registered import registered, registered_postings, registered_scans


class RegisterAxis(StrEnum):
    """What the counts of a register can be split by."""

    SOURCE = "source"
    YEAR = "year"
    MONTH = "month"
    KIND = "kind"  # media.Medium
    MEDIUM = "medium"  # by its name, as written


class Proof(StrEnum):
    """What stands behind a registered row."""

    FILE = "file"  # a file that it names is in the archive
    NOTED = "noted"  # words only
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """What rows are narrowed to; None: not at all."""

    source: str | None = None
    year: int | None = None
    month: int | None = None
    kind: Medium | None = None


@dataclass(frozen=True, slots=True)
class RegisteredRow:
    """A registered publication as lists show it."""

    id: str
    published_on: date
    kind: str
    medium: str
    title: str
    source: str
    evidence: str
    proof: Proof
    on_portal: int  # postings of the portal that say the same
    capture: str  # the list
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """Counts along some axes; the total may be less than their sum where one content stands in several media."""

    definition: Definition
    axes: tuple[RegisterAxis, ...]
    rows: tuple[tuple[tuple[str | int, ...], int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class KeptList:
    """What became of the rows of one list that no other list stands for."""

    rows: int
    on_portal: int
    with_files: int
    without_evidence: int


def registered_by(
    connection: Connection, axes: Sequence[RegisterAxis], filters: RegisterFilters, definition: Definition
) -> RegisterCounts:
    """How many publications the lists hold under a definition, whichever and however many lists they stand in."""
    axes = tuple(dict.fromkeys(axes))
    groups: dict[tuple[str | int, ...], list[Publication]] = defaultdict(list)
    everything: list[Publication] = []
    c = registered.c
    columns = (c.source, c.kind, c.medium, c.medium_key, c.title_key, c.published_on)
    for row in connection.execute(_narrowed(select(*columns), filters)):
        one = Publication(Medium(row.kind), row.medium_key, row.title_key, row.published_on, on_portal=False)
        groups[tuple(_PLACES[axis](row) for axis in axes)].append(one)
        everything.append(one)
    rows = tuple((place, counted(found, definition)) for place, found in sorted(groups.items()))
    return RegisterCounts(definition, axes, rows, counted(everything, definition))


_PLACES = {
    RegisterAxis.SOURCE: lambda row: row.source,
    RegisterAxis.YEAR: lambda row: row.published_on.year,
    RegisterAxis.MONTH: lambda row: row.published_on.month,
    RegisterAxis.KIND: lambda row: row.kind,
    RegisterAxis.MEDIUM: lambda row: row.medium,
}


def registered_rows(
    connection: Connection, filters: RegisterFilters, limit: int
) -> tuple[int, tuple[RegisteredRow, ...]]:
    """How many publications the lists have, and the newest of them."""
    c = registered.c
    total = connection.scalar(_narrowed(select(func.count(c.id)), filters)) or 0
    wanted = _narrowed(_rows(), filters).order_by(c.published_on.desc(), c.medium, c.id).limit(limit)
    return total, tuple(_row(row) for row in connection.execute(wanted))


def kept_of_list(connection: Connection, capture: str) -> KeptList:
    """What became of the rows of the list of that capture."""
    c = registered.c
    rows = [_row(row) for row in connection.execute(_rows().where(c.capture == capture))]
    return KeptList(
        len(rows),
        sum(row.on_portal > 0 for row in rows),
        sum(row.proof is Proof.FILE for row in rows),
        sum(row.proof is Proof.NONE for row in rows),
    )


def _rows() -> Select[Any]:
    c, link, scan = registered.c, registered_postings.c, registered_scans.c
    linked = select(func.count()).where(link.registered == c.id).scalar_subquery()
    files = select(func.count()).where(scan.registered == c.id, scan.capture != "").scalar_subquery()
    columns = (c.id, c.published_on, c.kind, c.medium, c.title, c.source, c.evidence, c.capture, c.sheet, c.row)
    return select(*columns, linked.label("on_portal"), files.label("files"))


def _row(row: Any) -> RegisteredRow:
    values = dict(row._mapping)
    files = values.pop("files")
    proof = Proof.FILE if files else Proof.NOTED if values["evidence"] else Proof.NONE
    return RegisteredRow(**values, proof=proof)


def _narrowed(wanted: Select[Any], filters: RegisterFilters) -> Select[Any]:
    c = registered.c
    given = (
        (c.source, filters.source),
        (c.kind, filters.kind.value if filters.kind else None),
        (extract("year", c.published_on), filters.year),
        (extract("month", c.published_on), filters.month),
    )
    return wanted.where(*(column == value for column, value in given if value is not None))
