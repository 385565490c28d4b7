"""What a person should decide, the most consequential for the counts first, and what people have decided."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from pipeline.classify.doubts import MOVES_COUNTS, REASONS, CategoryDoubt, contradicts, doubt_of, may_contradict
from pipeline.classify.review import ReviewKind, same_subject
from storage.notices.reviews import in_force
from storage.queries.postings import Filters, condition
from storage.tables import core as t
from storage.tables.metadata import DERIVED
from storage.tables.reviews import reviews
from storage.tables.upsert import rows_in


@dataclass(frozen=True, slots=True)
class DoubtGroup:
    """All doubts of one kind in a source, year and bucket: what a slice of the counts could change by."""

    doubt: CategoryDoubt
    source: str
    year: int  # 0: no date
    bucket: str
    n: int
    claimed: bool  # a report in the archive speaks of that year


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubtful decision, with how many share the doubt; `other` is the second posting of a pair, else ""."""

    doubt: CategoryDoubt
    n: int
    claimed: bool
    source: str
    year: int
    bucket: str
    id: str
    published_on: date | None
    title: str
    other: str
    other_published_on: date | None
    other_title: str
    reason: str
    decide: str  # the command that decides, to be completed


@dataclass(frozen=True, slots=True)
class Doubts:
    """Every group of doubts, and the first of the doubts in their order."""

    groups: tuple[DoubtGroup, ...]
    rows: tuple[DoubtRow, ...]

    @property
    def total(self) -> int:
        return sum(group.n for group in self.groups)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision that a person took; in force until a newer one about the same."""

    at: datetime
    by: str
    kind: str
    subject: str
    value: str  # "": the earlier one is taken back
    in_force: bool
    note: str
    title: str


@dataclass(slots=True)
class _Group:
    """Where the members of a group are found again."""

    n: int
    rules: set[tuple[str, str]]  # types and rules
    rows: list[Any]  # those that had to be read to be found: titles, pairs


_Key = tuple[CategoryDoubt, str, int, str]
_COLUMNS = [t.postings.c[name] for name in ("id", "source", "year", "bucket", "published_on", "title", "notice_type")]


def doubts(connection: Connection, filters: Filters, limit: int = 50) -> Doubts:
    """What is doubtful: years that a report speaks of first, then what moves a bucket or document, then by number."""
    found: dict[_Key, _Group] = {}
    _by_rule(connection, filters, found)
    _by_title(connection, filters, found)
    _by_pair(connection, filters, found)
    claimed = {tuple(row) for row in connection.execute(select(t.reports.c.source, t.reports.c.year).distinct())}
    keys = sorted(found, key=lambda key: _rank(key, found[key].n, claimed))
    groups = tuple(DoubtGroup(*key, found[key].n, (key[1], key[2]) in claimed) for key in keys)
    rows: list[DoubtRow] = []
    for group, key in zip(groups, keys, strict=True):
        if (room := limit - len(rows)) <= 0:
            break
        rows += _rows(connection, group, found[key], (filters, room))
    return Doubts(groups, tuple(rows))


def decisions(connection: Connection, limit: int = 1000) -> tuple[DecisionRow, ...]:
    """What people decided, newest first."""
    standing = {
        (kind.value, " ".join(subject)): review.at
        for kind in ReviewKind
        for subject, review in in_force(connection, kind).items()
    }
    found = connection.execute(select(reviews).order_by(reviews.c.at.desc(), reviews.c.id.desc()).limit(limit)).all()
    titles = _titles(connection, {row.subject.split(" ")[0] for row in found})
    return tuple(
        DecisionRow(
            row.at,
            row.by,
            row.kind,
            row.subject,
            row.value,
            standing.get((row.kind, row.subject)) == row.at,
            row.note,
            titles.get(row.subject.split(" ")[0], ""),
        )
        for row in found
    )


def reviewed_in(connection: Connection, filters: Filters) -> int:
    """How many postings of a slice a person has decided about."""
    subjects: set[str] = set()
    for kind in (ReviewKind.CATEGORY, ReviewKind.SAME):
        subjects.update(part for subject in in_force(connection, kind) for part in subject)
    c = t.postings.c
    counted = select(func.count()).select_from(t.postings).where(condition(t.postings, filters))
    return sum(row[0] for row in rows_in(connection, counted, c.id, subjects))


def _rank(key: _Key, n: int, claimed: set[Any]) -> tuple[Any, ...]:
    doubt, source, year, bucket = key
    return (
        (source, year) not in claimed,
        doubt not in MOVES_COUNTS,
        -n,
        list(CategoryDoubt).index(doubt),
        source,
        year,
        bucket,
    )


def _by_rule(connection: Connection, filters: Filters, found: dict[_Key, _Group]) -> None:
    c = t.postings.c
    place = (c.source, c.year, c.bucket, c.notice_type, c.type_rule)
    rows = connection.execute(select(*place, func.count()).where(condition(t.postings, filters)).group_by(*place))
    for source, year, bucket, notice_type, rule, n in rows:
        if doubt := doubt_of(notice_type, rule, bucket):
            group = found.setdefault((doubt, source, year or 0, bucket), _Group(0, set(), []))
            group.n += int(n)
            group.rules.add((notice_type, rule))


def _by_title(connection: Connection, filters: Filters, found: dict[_Key, _Group]) -> None:
    c = t.postings.c
    rules = connection.execute(select(c.notice_type, c.type_rule).where(condition(t.postings, filters)).distinct())
    for notice_type, rule in sorted((row.notice_type, row.type_rule) for row in rules if may_contradict(row.type_rule)):
        where = and_(condition(t.postings, filters), c.notice_type == notice_type, c.type_rule == rule)
        for row in connection.execute(select(*_COLUMNS).where(where, c.bucket != "undecided").order_by(c.id)):
            if doubt_of(notice_type, rule, row.bucket) is None and contradicts(notice_type, row.title):
                key = (CategoryDoubt.CHANNEL_AGAINST_TITLE, row.source, row.year or 0, row.bucket)
                group = found.setdefault(key, _Group(0, set(), []))
                group.n += 1
                group.rows.append(row)


def _by_pair(connection: Connection, filters: Filters, found: dict[_Key, _Group]) -> None:
    """Doubtful merges, under the first posting's year and bucket; pairs that a person decided about are none."""
    table = DERIVED.tables.get("doubtful_merges")
    if table is None:
        return
    decided = in_force(connection, ReviewKind.SAME)
    pairs = {
        same_subject(row.a, row.b): row.reason
        for row in connection.execute(select(table.c.a, table.c.b, table.c.reason))
    }
    wanted = sorted(pair for pair in pairs if pair not in decided)
    c = t.postings.c
    passing = select(*_COLUMNS).where(condition(t.postings, filters))
    rows = {row.id: row for row in rows_in(connection, passing, c.id, (id_ for pair in wanted for id_ in pair))}
    for a, b in wanted:
        if a in rows and b in rows:
            key = (CategoryDoubt.MERGE, rows[a].source, rows[a].year or 0, rows[a].bucket)
            group = found.setdefault(key, _Group(0, set(), []))
            group.n += 1
            group.rows.append((rows[a], rows[b], pairs[a, b]))


def _rows(connection: Connection, group: DoubtGroup, of: _Group, within: tuple[Filters, int]) -> list[DoubtRow]:
    filters, room = within
    if group.doubt is CategoryDoubt.MERGE:
        return [_pair(group, *pair) for pair in of.rows[:room]]
    if of.rows:
        return [_single(group, row) for row in of.rows[:room]]
    c = t.postings.c
    rules = or_(
        *(and_(c.notice_type == notice_type, c.type_rule == rule) for notice_type, rule in sorted(of.rules)[:200])
    )
    place = and_(c.source == group.source, func.coalesce(c.year, 0) == group.year, c.bucket == group.bucket, rules)
    newest = select(*_COLUMNS).where(condition(t.postings, filters), place)
    found = connection.execute(newest.order_by(c.published.desc().nulls_last(), c.id).limit(room))
    return [_single(group, row) for row in found]


def _single(group: DoubtGroup, row: Any) -> DoubtRow:
    shared = (group.doubt, group.n, group.claimed, group.source, group.year, group.bucket)
    reason = f"{row.notice_type}: {REASONS[group.doubt]}"
    bucket = " --bucket BUCKET" if group.doubt is CategoryDoubt.BUCKET_UNDECIDED else ""
    decide = f"duizhang review {row.id} --type TYPE{bucket}"
    return DoubtRow(*shared, row.id, row.published_on, row.title, "", None, "", reason, decide)


def _pair(group: DoubtGroup, a: Any, b: Any, reason: str) -> DoubtRow:
    shared = (group.doubt, group.n, group.claimed, group.source, group.year, group.bucket)
    decide = f"duizhang review {a.id} {b.id} --same|--different"
    told = (a.id, a.published_on, a.title, b.id, b.published_on, b.title)
    return DoubtRow(*shared, *told, reason, decide)


def _titles(connection: Connection, ids: set[str]) -> dict[str, str]:
    c = t.postings.c
    return {row.id: row.title for row in rows_in(connection, select(c.id, c.title), c.id, ids)}
