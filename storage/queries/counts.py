"""Counts: sums of slices of the cube that derive maintains, each with the filter that lists its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from pipeline.model import Definition
from storage.queries.postings import Filters, condition
from storage.tables.core import counts


class Axis(StrEnum):
    """What counts can be split by: the word of the command; COLUMNS has the column."""

    SOURCE = "source"
    YEAR = "year"
    MONTH = "month"
    BUCKET = "bucket"
    CHANNEL = "channel"
    TYPE = "type"
    AREA = "area"
    REGION = "region"


COLUMNS = {axis: "notice_type" if axis is Axis.TYPE else axis.value for axis in Axis}


@dataclass(frozen=True, slots=True)
class CountRow:
    """One number, its place on the axes asked for, and the filter that lists the rows behind it."""

    values: tuple[str | int, ...]
    n: int
    filters: Filters


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one definition along some axes, and their sum."""

    definition: Definition
    axes: tuple[Axis, ...]
    rows: tuple[CountRow, ...]
    total: int


def counts_by(
    connection: Connection, axes: Sequence[Axis], filters: Filters, definition: Definition = Definition.POSTINGS
) -> Counts:
    """The counts under a definition, along the axes in their order; without axes one row."""
    axes = tuple(dict.fromkeys(axes))
    columns = [counts.c[COLUMNS[axis]] for axis in axes]
    slices = select(*columns, func.sum(counts.c.n)).where(counts.c.definition == definition.value)
    slices = slices.where(condition(counts, filters)).group_by(*columns).order_by(*columns)
    rows = tuple(_row(axes, tuple(row), filters) for row in connection.execute(slices) if row[-1])
    return Counts(definition, axes, rows, sum(row.n for row in rows))


def _row(axes: tuple[Axis, ...], values: tuple[Any, ...], filters: Filters) -> CountRow:
    *place, n = values
    narrowed = {COLUMNS[axis]: value for axis, value in zip(axes, place, strict=True)}
    return CountRow(tuple(place), int(n), replace(filters, **narrowed))
