"""The rows that make the difference: what one admissible way of counting a claim counts and another does not."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from sqlalchemy import ColumnElement, Connection, Select, and_, collate, false, func, not_, or_, select

from pipeline.count.slices import BEGINNING, Scope, Slice
from pipeline.count.tally import Days, ends_of
from pipeline.model import Source, State
from pipeline.verdict.person import slice_read
from storage.counts.totals import Tallies
from storage.queries.postings import PostingRow
from storage.tables import core as t
from storage.tables.mappings import mappings

LARGEST = 1000  # rows of all groups together


@dataclass(frozen=True, slots=True)
class Difference:
    """Postings that one way of counting has and another has not; the total may exceed the rows."""

    kind: str  # see KINDS
    words: str  # "Chinese / English"
    counted: bool  # the headline counts them
    total: int
    rows: tuple[PostingRow, ...]


KINDS = {
    "reposts": ("内容与另一条相同的(按内容计不计)", "that say what another posting says (documents leave them out)"),
    "copies": (
        "同一网页在另一栏目中的(按网页计不计)",
        "of a page that stands in another section (pages leave them out)",
    ),
    "void": ("标为作废的", "marked as void"),
    "withdrawn": ("已撤下的", "withdrawn since"),
    "near_end": ("期初期末数日内发布的", "dated in the period, within days of its ends"),
    "beyond_end": ("期外数日内发布的", "dated outside the period, within days of its ends"),
    "late": ("期满后才首次见到的", "dated in the period, first seen after it"),
    "only_this_reading": ("仅在所示读法之内的", "only in the reading shown"),
    "other_reading": ("仅在另一读法之内的", "only in another reading of the claim"),
}
_NOT_COUNTED = frozenset({"beyond_end", "other_reading"})


def differences_of(
    connection: Connection, source: Source, claim: tuple[str, int], limit: int = LARGEST
) -> tuple[Difference, ...]:
    """The groups of rows that could be counted otherwise, for a claim (report, number) about the portal, else none."""
    report, number = claim
    row = connection.execute(
        select(mappings.c.readings, t.findings.c.reading)
        .join(t.findings, and_(mappings.c.report == t.findings.c.report, mappings.c.claim == t.findings.c.claim))
        .where(mappings.c.report == report, mappings.c.claim == number, t.findings.c.number == 0)
    ).first()
    if row is None or not row.readings:
        return ()
    readings = [replace(slice_read(one), scope=Scope.PORTAL) for one in row.readings if one["scope"] != Scope.REGISTER]
    if not readings:
        return ()
    found: list[Difference] = []
    left = limit
    for kind, condition in _conditions(Tallies(connection, source), readings, row.reading):
        group = _group(connection, kind, and_(t.postings.c.source == source.key, condition), left)
        left -= len(group.rows)
        if group.total:
            found.append(group)
    return tuple(found)


def _conditions(tallies: Tallies, readings: list[Slice], shown: int) -> Iterator[tuple[str, ColumnElement[bool]]]:
    p = t.postings.c
    reading = readings[shown]
    within = in_slice(reading)
    representative = p.id.in_(select(t.documents.c.posting))
    yield "reposts", and_(within, not_(representative))
    yield "copies", and_(within, _is_copy(tallies.connection))
    yield "void", and_(within, p.void.is_(True))
    yield "withdrawn", and_(within, p.id.in_(_withdrawn()))
    ends = ends_of(reading)
    anytime = in_slice(replace(reading, since=BEGINNING, until=999912))
    yield "near_end", and_(within, _dated(ends.inside))
    yield "beyond_end", and_(anytime, _dated(ends.outside))
    late = [and_(p.channel == channel, p.first_seen > since) for channel, since in tallies.watched(reading)]
    yield "late", and_(within, p.published_on < ends.inside[0].first, or_(false(), *late))
    for other in (one for number, one in enumerate(readings) if number != shown):
        yield "only_this_reading", and_(within, not_(in_slice(other)))
        yield "other_reading", and_(in_slice(other), not_(within))


def in_slice(reading: Slice) -> ColumnElement[bool]:
    """The condition over postings that a reading comes to; undated ones are in none."""
    p = t.postings.c
    month = p.year * 100 + p.month
    terms = [month >= max(reading.since, 1), month <= reading.until]
    terms += [p.year >= reading.since // 100, p.year <= reading.until // 100]  # what the index knows
    chosen = (
        (p.channel, reading.channels),
        (p.bucket, reading.buckets),
        (p.notice_type, reading.types),
        (p.area, reading.areas),
    )
    terms += [column.in_([str(value) for value in values]) for column, values in chosen if values]
    return and_(*terms)


def _dated(spans: tuple[Days, ...]) -> ColumnElement[bool]:
    day = t.postings.c.published_on
    return or_(*(and_(day >= span.first, day <= span.last) for span in spans))


def _withdrawn() -> Select[tuple[str]]:
    s = t.states.c
    last = select(s.posting, func.max(s.number).label("number")).group_by(s.posting).subquery()
    newest = select(s.posting).join(last, and_(last.c.posting == s.posting, last.c.number == s.number))
    return newest.where(s.state.in_([State.GONE.value, State.UNLISTED.value]))


def _is_copy(connection: Connection) -> ColumnElement[bool]:
    """Another posting of the page stands before it, as pipeline.count.representative decides among dated ones."""
    p, other = t.postings.c, t.postings.alias("other")
    o = other.c
    channel, own_channel, id_, own_id = (
        collate(column, "C") if connection.dialect.name == "postgresql" else column
        for column in (o.channel, p.channel, o.id, p.id)
    )
    earlier = or_(
        o.published_on < p.published_on,
        and_(
            o.published_on == p.published_on,
            or_(channel < own_channel, and_(channel == own_channel, id_ < own_id)),
        ),
    )
    return select(o.id).where(o.source == p.source, o.key == p.key, earlier).exists()


def _group(connection: Connection, kind: str, condition: ColumnElement[bool], limit: int) -> Difference:
    p = t.postings.c
    total = connection.scalar(select(func.count()).select_from(t.postings).where(condition)) or 0
    columns = [p[field.name] for field in fields(PostingRow)]
    wanted = select(*columns).where(condition).order_by(p.published_on, p.id).limit(max(0, limit))
    rows = tuple(PostingRow(**row._mapping) for row in connection.execute(wanted)) if total and limit > 0 else ()
    return Difference(kind, " / ".join(KINDS[kind]), kind not in _NOT_COUNTED, total, rows)
