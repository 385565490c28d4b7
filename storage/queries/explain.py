"""Counts as they were known on a day, and the events between two days: the one is the sum of the other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, func, select

from pipeline.count.explain import Cause
from pipeline.count.standing import Standing, standing_of
from pipeline.model import Definition
from storage.queries.counts import COLUMNS, Axis, CountRow, Counts, counts_by
from storage.queries.postings import Filters
from storage.tables import core as t
from storage.tables.events import events, known, settled, unsettled


@dataclass(frozen=True, slots=True)
class Since:
    """From when on the counts of a source are known, and when they were last brought up to date."""

    source: str
    since: datetime
    at: datetime
    first: date | None  # the day of its first event


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event, with what it does to the count that was asked for: +1, -1, or 0 when it counts there as before."""

    seq: int
    day: date
    cause: Cause
    difference: int
    posting: str
    source: str
    published_on: date | None
    title: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class CauseRow:
    """All events of one cause between two days, and what they add up to."""

    cause: Cause
    events: int
    added: int
    removed: int

    @property
    def difference(self) -> int:
        return self.added - self.removed


@dataclass(frozen=True, slots=True)
class Explained:
    """Two counts and the events between: `left_over` is what the events do not explain, and must be 0."""

    first: int
    last: int
    causes: tuple[CauseRow, ...]
    rows: tuple[EventRow, ...]
    left_over: int


@dataclass(frozen=True, slots=True)
class ChangedCount:
    """How many postings of a source, year and bucket are known now and were before, and the causes of the change."""

    source: str
    year: int
    bucket: str
    before: int
    after: int
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class ChangedCounts:
    """The counts that events changed, in order, and the days between whose ends `explained` tells why; None on the
    day on which counts became known at all."""

    counts: tuple[ChangedCount, ...] = ()
    days: tuple[date, date] | None = None


def known_since(connection: Connection, source: str | None = None) -> tuple[Since, ...]:
    """The sources whose counts are known, in order."""
    rows = select(settled).order_by(settled.c.source)
    if source is not None:
        rows = rows.where(settled.c.source == source)
    first = select(events.c.source, func.min(events.c.day)).group_by(events.c.source)
    days = {row[0]: row[1] for row in connection.execute(first)}
    return tuple(Since(row.source, row.since, row.at, days.get(row.source)) for row in connection.execute(rows))


def waiting(connection: Connection) -> int:
    """How many postings a derive has touched whose events are not written yet."""
    return int(connection.scalar(select(func.count()).select_from(unsettled)) or 0)


def last_event(connection: Connection) -> int:
    """The number of the newest event, 0 before the first."""
    return int(connection.scalar(select(func.max(events.c.seq))) or 0)


def changed_since(connection: Connection, event: int) -> ChangedCounts:
    """The counts of postings by source, year and bucket that the events after that one changed."""
    moved: dict[tuple[str, int, str], int] = defaultdict(int)
    causes: dict[tuple[str, int, str], dict[Cause, None]] = defaultdict(dict)
    days: set[date] = set()
    for row in connection.execute(select(events).where(events.c.seq > event).order_by(events.c.seq)):
        for text, sign in ((row.before, -1), (row.after, 1)):
            if text is not None and row.before != row.after:
                standing = standing_of(text)
                cell = row.source, standing.year, standing.bucket
                moved[cell] += sign
                causes[cell][Cause(row.cause)] = None
                days.add(row.day)
    axes = (Axis.SOURCE, Axis.YEAR, Axis.BUCKET)
    now = {row.values: row.n for row in counts_by(connection, axes, Filters(), Definition.POSTINGS).rows}
    counts = tuple(
        ChangedCount(*cell, now.get(cell, 0) - n, now.get(cell, 0), tuple(causes[cell]))
        for cell, n in sorted(moved.items())
        if n
    )
    first = connection.scalar(select(func.min(events.c.day)))
    is_told = bool(days) and first is not None and first < min(days)
    return ChangedCounts(counts, (min(days) - timedelta(days=1), max(days)) if is_told else None)


def counts_as_of(
    connection: Connection, axes: Sequence[Axis], filters: Filters, definition: Definition, day: date
) -> Counts:
    """The counts as they were known at the end of that day, along the axes in their order."""
    axes = tuple(dict.fromkeys(axes))
    found: Counter[tuple[str | int, ...]] = Counter()
    for source, standing, n in _as_of(connection, filters, day):
        if standing.counts_as(definition) and is_within(source, standing, filters):
            found[tuple(_value(axis, source, standing) for axis in axes)] += n
    columns = [COLUMNS[axis] for axis in axes]
    rows = tuple(_row(columns, values, n, filters) for values, n in sorted(found.items()) if n)
    return Counts(definition, axes, rows, sum(row.n for row in rows))


def _row(columns: Sequence[str], values: tuple[str | int, ...], n: int, filters: Filters) -> CountRow:
    narrowed: dict[str, Any] = dict(zip(columns, values, strict=True))
    return CountRow(values, n, replace(filters, **narrowed))


def ids_as_of(connection: Connection, filters: Filters, definition: Definition, day: date) -> list[str]:
    """The postings that the count of that day adds up."""
    last = select(func.max(events.c.seq)).where(_until(filters, day)).group_by(events.c.posting)
    rows = connection.execute(
        select(events.c.posting, events.c.source, events.c.after)
        .where(events.c.seq.in_(last), events.c.after.is_not(None))
        .order_by(events.c.posting)
    )
    return [row.posting for row in rows if _counts(row.source, row.after, filters, definition)]


def explained(
    connection: Connection, filters: Filters, definition: Definition, days: tuple[date, date], limit: int = 1000
) -> Explained:
    """Why a count differs between the ends of two days: the causes with their sums, and the first events in order."""
    first = counts_as_of(connection, (), filters, definition, days[0]).total
    last = counts_as_of(connection, (), filters, definition, days[1]).total
    tally: dict[Cause, list[int]] = {}
    rows: list[EventRow] = []
    for row in _events(connection, filters, definition, days):
        sums = tally.setdefault(row.cause, [0, 0, 0])
        sums[0] += 1
        sums[1] += row.difference > 0
        sums[2] += row.difference < 0
        if len(rows) < limit:
            rows.append(row)
    causes = tuple(CauseRow(cause, *tally[cause]) for cause in Cause if cause in tally)
    left_over = last - first - sum(one.difference for one in causes)
    return Explained(first, last, causes, tuple(rows), left_over)


def is_within(source: str, standing: Standing, filters: Filters) -> bool:
    """Whether a standing is in the slice that the filters cut out."""
    values = {name: source if name == "source" else getattr(standing, name) for name in filters.given}
    return values == filters.given


def ledger_differences(connection: Connection) -> list[dict[str, Any]]:
    """Cells in which the events, what is remembered and the maintained counts disagree; empty is the good answer.

    Where postings wait for their events nothing is compared: they are what would differ.
    """
    if waiting(connection):
        return []
    remembered = connection.execute(
        select(known.c.source, known.c.standing, func.count())
        .where(known.c.standing.is_not(None))
        .group_by(known.c.source, known.c.standing)
    )
    kept = _cube((row[0], standing_of(row[1]), int(row[2])) for row in remembered)
    summed = _cube(_as_of(connection, Filters(), date.max))
    columns = ("definition", "source", "year", "month", "bucket", "channel", "notice_type", "area", "region")
    rows = connection.execute(select(*(t.counts.c[name] for name in columns), t.counts.c.n)).all()
    counted = Counter({tuple(row[:-1]): row[-1] for row in rows})
    cells = sorted(cell for cell in kept | summed | counted if not kept[cell] == summed[cell] == counted[cell])
    return [
        {**dict(zip(columns, cell, strict=True)), "known": kept[cell], "events": summed[cell], "counts": counted[cell]}
        for cell in cells
    ]


def _cube(standings: Iterator[tuple[str, Standing, int]]) -> Counter[tuple[Any, ...]]:
    found: Counter[tuple[Any, ...]] = Counter()
    for source, standing, n in standings:
        for definition in Definition:
            if standing.counts_as(definition):
                found[(definition.value, source, *standing.place)] += n
    return found


def _as_of(connection: Connection, filters: Filters, day: date) -> Iterator[tuple[str, Standing, int]]:
    """Every standing that postings took up to that day, with how many took it less how many left it."""
    found: Counter[tuple[str, str]] = Counter()
    sides: tuple[tuple[Column[Any], int], ...] = ((events.c.after, 1), (events.c.before, -1))
    for column, sign in sides:
        rows = connection.execute(
            select(events.c.source, column, func.count())
            .where(_until(filters, day), column.is_not(None))
            .group_by(events.c.source, column)
        )
        for source, text, n in rows:
            found[source, text] += sign * int(n)
    for (source, text), n in found.items():
        if n:
            yield source, standing_of(text), n


def _events(
    connection: Connection, filters: Filters, definition: Definition, days: tuple[date, date]
) -> Iterator[EventRow]:
    """The events after the first day up to the second that concern the slice, oldest first."""
    c = events.c
    between = and_(_until(filters, days[1]), c.day > days[0])
    rows = select(events, known.c.published_on, known.c.title).outerjoin(known, known.c.posting == c.posting)
    for row in connection.execute(rows.where(between).order_by(c.seq)):
        before = _counts(row.source, row.before, filters, definition)
        after = _counts(row.source, row.after, filters, definition)
        if before or after:
            told = (row.posting, row.source, row.published_on, row.title or "", row.before, row.after)
            yield EventRow(row.seq, row.day, Cause(row.cause), after - before, *told)


def _counts(source: str, text: str | None, filters: Filters, definition: Definition) -> bool:
    if text is None:
        return False
    standing = standing_of(text)
    return standing.counts_as(definition) and is_within(source, standing, filters)


def _until(filters: Filters, day: date) -> ColumnElement[bool]:
    until = events.c.day <= day
    return until if filters.source is None else and_(until, events.c.source == filters.source)


def _value(axis: Axis, source: str, standing: Standing) -> str | int:
    value: str | int = source if axis is Axis.SOURCE else getattr(standing, COLUMNS[axis])
    return value
