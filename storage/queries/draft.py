"""What a year's report can say: figures as `verify` would count them, their rows, and the drafted text verified."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product

from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_, select

from pipeline.count.media import CHANNEL_MEDIA, Medium
from pipeline.count.slices import Counting, Held, Scope, Slice, year_slice
from pipeline.count.tally import Tally, added_up
from pipeline.coverage.holes import ANY_YEAR
from pipeline.draft.figures import (
    CHANNELS,
    NAMED_MEDIA,
    PORTAL,
    REGISTER,
    REST,
    Checked,
    Draft,
    DraftPart,
    DraftRow,
    Figure,
    Rows,
    months_of,
    parts_of_year,
    portal_slice,
    shares,
    types_of,
)
from pipeline.draft.sentences import text_of_draft
from pipeline.model import Definition, Source
from pipeline.report import claims_in
from pipeline.verdict import mappings_of, verify
from pipeline.verdict.coincidences import ObservedSection
from pipeline.verdict.judge import Grounds, Holdings, headline
from storage.counts.slices import holdings
from storage.counts.totals import Tallies
from storage.queries.difference import in_slice
from storage.queries.postings import counted_as_one
from storage.tables import core as t
from storage.tables.registered import registered

_MOST_COMMANDS = 24  # a line of more sections and types is opened by the condition in the source file


@dataclass(frozen=True, slots=True)
class AskedDraft:
    """Which year is drafted, how its publications are counted, and how many rows of each figure are listed."""

    year: int
    definition: Definition = Definition.POSTINGS
    office: str = ""
    rows: int = 200


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the figures are taken from."""

    connection: Connection
    source: Source
    asked: AskedDraft
    look: Holdings
    tallies: Tallies


def draft_of(connection: Connection, source: Source, asked: AskedDraft) -> Draft:
    """The figures of the year, each with the holes of its coverage and the first of its rows."""
    desk = _Desk(connection, source, asked, holdings(connection, source), Tallies(connection, source))
    tallies = desk.tallies.cube[asked.definition]
    parts = parts_of_year(source, asked.year, tallies)
    overlapping, left = shares(parts, tallies, asked.year)
    figures = tuple(_of_part(desk, part) for part in parts)
    portal = DraftPart(PORTAL, "门户网站", portal_slice(asked.year))
    columns = [portal.reading, *(part.reading for part in parts)]
    return Draft(
        source=source.key,
        portal_name=source.name,
        office=asked.office,
        year=asked.year,
        definition=asked.definition,
        portal=_of_part(desk, portal),
        parts=figures,
        rest=_rest(desk, parts, left) if left else None,
        registers=tuple(_registers(desk)),
        left_out=_left_out(desk),
        overlapping=overlapping,
        months=months_of(tallies, columns, asked.year),
        types=types_of(tallies, asked.year),
        void=added_up(portal.reading, desk.tallies.void[asked.definition]),
        undated=sum(tally.n for tally in tallies if not tally.month),
        known_at=_last_read(connection, source.key),
    )


def checked(connection: Connection, source: Source, draft: Draft) -> Checked:
    """The drafted text read and verified as any report is."""
    report = claims_in(text_of_draft(draft))
    sections = tuple(ObservedSection(channel.key, channel.name) for channel in source.channels)
    found = verify(report, Grounds(mappings_of(report, source), holdings(connection, source), sections))
    return Checked(report, tuple(headline(found, claim) for claim in range(len(report.claims))))


def _of_part(desk: _Desk, part: DraftPart) -> Figure:
    held = desk.look(Counting(part.reading, desk.asked.definition))
    held = replace(held, observed=held.observed or held.count > 0)
    rows = _rows(desk, in_slice(part.reading))
    return Figure(part.key, part.name, held, rows, tuple(_commands(desk, part.reading)), part.reading)


def _rest(desk: _Desk, parts: tuple[DraftPart, ...], left: int) -> Figure:
    """What no line takes. It is added up, so that no single command lists it where lines are not buckets alone."""
    under_a_line = [in_slice(part.reading) for part in parts]
    nowhere = and_(in_slice(portal_slice(desk.asked.year)), not_(or_(*under_a_line)))
    buckets = sorted({tally.bucket for tally in _unclaimed(desk, parts)})
    commands = tuple(f"{_counts(desk)} --bucket {bucket} --open" for bucket in buckets)
    return Figure(REST, "其他", Held(left), _rows(desk, nowhere), commands)


def _unclaimed(desk: _Desk, parts: tuple[DraftPart, ...]) -> Iterator[Tally]:
    year = desk.asked.year
    for tally in desk.tallies.cube[desk.asked.definition]:
        if tally.month // 100 == year and shares(parts, (tally,), year)[1]:
            yield tally


def _rows(desk: _Desk, condition: ColumnElement[bool]) -> Rows:
    p = t.postings.c
    wanted = and_(p.source == desk.source.key, condition, counted_as_one(desk.connection, desk.asked.definition))
    total = desk.connection.scalar(select(func.count()).select_from(t.postings).where(wanted)) or 0
    first = select(p.id, p.published_on, p.title, p.channel, p.url).where(wanted).order_by(p.published_on, p.id)
    rows = desk.connection.execute(first.limit(desk.asked.rows)) if desk.asked.rows else ()
    return Rows(total, tuple(DraftRow(*row) for row in rows))


def _counts(desk: _Desk) -> str:
    asked = desk.asked
    return f"duizhang counts --source {desk.source.key} --year {asked.year} --definition {asked.definition}"


def _commands(desk: _Desk, reading: Slice) -> Iterator[str]:
    """`counts` takes one value for each option: one command for each combination."""
    chosen = (
        [f" --channel {one}" for one in reading.channels],
        [f" --bucket {one}" for one in reading.buckets],
        [f" --type {one}" for one in reading.types],
        [f" --area {one}" for one in reading.areas],
    )
    options = list(product(*(one or [""] for one in chosen)))
    if len(options) > _MOST_COMMANDS:
        yield f"{_counts(desk)} --by channel,bucket,type,area"
        return
    yield from (f"{_counts(desk)}{''.join(one)} --open" for one in options)


def _registers(desk: _Desk) -> Iterator[Figure]:
    """What the office's own lists hold of the year, by kind of medium; nothing of what was not listed."""
    for channel, name in CHANNELS.items():
        reading = replace(year_slice(Scope.REGISTER, desk.asked.year), media=CHANNEL_MEDIA[channel])
        held = desk.look(Counting(reading, Definition.POSTINGS))
        if held.observed:
            rows, command = _registered_rows(desk, held.count, CHANNEL_MEDIA[channel])
            yield Figure(f"{REGISTER}{channel}", name, held, rows, (command,), reading)


def _registered_rows(desk: _Desk, total: int, media: tuple[Medium, ...]) -> tuple[Rows, str]:
    c, year = registered.c, desk.asked.year
    kinds = [medium.value for medium in media]
    wanted = select(c.id, c.published_on, c.title, c.medium).where(*_of_year(desk), c.kind.in_(kinds))
    rows = desk.connection.execute(wanted.order_by(c.published_on, c.id).limit(desk.asked.rows))
    command = (
        'duizhang sql "SELECT id, published_on, medium, title FROM registered '
        f"WHERE source = '{desk.source.key}' AND published_on BETWEEN '{year}-01-01' AND '{year}-12-31' "
        f'AND kind IN ({", ".join(repr(kind) for kind in kinds)})"'
    )
    return Rows(total, tuple(DraftRow(*row) for row in rows)), command


def _left_out(desk: _Desk) -> tuple[tuple[Medium, int], ...]:
    """How many are registered in media that no sentence of a report names, the most first."""
    c = registered.c
    rows = select(c.kind, func.count()).where(*_of_year(desk)).group_by(c.kind).order_by(func.count().desc(), c.kind)
    found = ((Medium(kind), n) for kind, n in desk.connection.execute(rows))
    return tuple((medium, n) for medium, n in found if medium not in NAMED_MEDIA)


def _of_year(desk: _Desk) -> tuple[ColumnElement[bool], ...]:
    c, year = registered.c, desk.asked.year
    return c.source == desk.source.key, c.published_on >= date(year, 1, 1), c.published_on <= date(year, 12, 31)


def _last_read(connection: Connection, source: str) -> datetime | None:
    c = t.coverage.c
    wanted = select(func.max(c.last_observed)).where(c.source == source, c.year == ANY_YEAR)
    found = connection.scalar(wanted)
    return found if isinstance(found, datetime) else None
