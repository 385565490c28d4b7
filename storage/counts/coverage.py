"""What was observed of every source's channels: kept as rows, made anew from runs, captures, lists and postings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select

from pipeline.coverage.gaps import quiet_months, serial_gaps
from pipeline.coverage.holes import ANY_YEAR, Observed, certainty_of, drift_allowed, holes_of
from pipeline.model import Channel, Coverage, Definition, Hole, HoleKind, Source
from storage.counts.list_requests import listings_of, observations
from storage.notices.moves import resolve
from storage.tables import core as t
from storage.tables.upsert import upsert

Tally = Mapping[tuple[str, int], int]  # by channel and year


@dataclass(frozen=True, slots=True)
class _SumOfRows:
    """What the rows of a source add up to."""

    held: Mapping[tuple[str, int, int], int]  # postings by channel, year and month; year 0: no date
    linked: Tally  # distinct pages that lists linked
    spans: Mapping[str, Any]  # first and last time that a list was read, by channel


def refresh_coverage(connection: Connection, sources: Mapping[str, Source]) -> None:
    """Every channel's coverage and holes as the archive has them now."""
    connection.execute(delete(t.coverage))
    connection.execute(delete(t.holes))
    for _, source in sorted(sources.items()):
        seen = _SumOfRows(
            _held(connection, source.key), _linked(connection, source.key), listings_of(connection, source.key)
        )
        unread = _unread(connection, source.key)
        observed = observations(connection, source)
        found = [
            hole
            for channel in source.channels
            for hole in _holes(observed[channel.key], unread.get(channel.key, {}), seen)
        ]
        numbers = connection.scalars(
            select(t.postings.c.index_number).where(t.postings.c.source == source.key, t.postings.c.index_number != "")
        )
        _store_holes(connection, [*found, *serial_gaps(source.key, numbers)])
        rows = [row for channel in source.channels for row in _rows(observed[channel.key], found, seen)]
        upsert(connection, t.coverage, rows)


def coverages(connection: Connection, source: Source, channels: Iterable[Channel], year: int) -> list[Coverage]:
    """What every channel's certificate of a year says that can hide publications."""
    return [_coverage(connection, source.key, channel.key, year) for channel in channels]


def hole_of(row: Mapping[str, Any]) -> Hole:
    """The hole that a row keeps."""
    names = ("source", "channel", "year", "reason", "missing_at_most", "since", "until", "closed")
    return Hole(**{name: row[name] for name in names}, kind=HoleKind(row["kind"]))


def _coverage(connection: Connection, source: str, channel: str, year: int) -> Coverage:
    c, h = t.coverage.c, t.holes.c
    found = connection.execute(select(t.coverage).where(c.source == source, c.channel == channel)).mappings()
    rows = {row["year"]: row for row in found}
    if ANY_YEAR not in rows:
        hole = Hole(source, channel, year, "no run has walked this list to its end", None)
        return Coverage(source, channel, year, None, 0, (hole,))
    hiding = or_(h.missing_at_most.is_(None), h.missing_at_most > 0)
    holes = connection.execute(
        select(t.holes)
        .where(h.source == source, h.channel == channel, h.year.in_([ANY_YEAR, year]), hiding)
        .order_by(h.year, h.number)
    ).mappings()
    held = rows[year]["held"] if year in rows else 0
    named = tuple(hole_of(dict(row)) for row in holes)
    return Coverage(source, channel, year, rows[ANY_YEAR]["stated_total"], held, named)


def _holes(observed: Observed, unread: Mapping[int, Sequence[str]], seen: _SumOfRows) -> list[Hole]:
    channel = observed.channel
    undated = seen.held.get((channel, ANY_YEAR, 0), 0)
    months = {(year, month): n for (of, year, month), n in seen.held.items() if of == channel and year}
    told = Observed(
        **{
            name: getattr(observed, name)
            for name in ("source", "channel", "zone", "attempts", "whole", "last", "archived")
        },
        unread=unread,
        undated=undated,
    )
    return [*holes_of(told), *quiet_months(observed.source, channel, months)]


def _store_holes(connection: Connection, found: Iterable[Hole]) -> None:
    numbers: dict[tuple[str, int | None], int] = {}
    rows = []
    for hole in found:
        place = hole.channel, hole.year
        numbers[place] = numbers.get(place, 0) + 1
        rows.append({**asdict(hole), "kind": hole.kind.value, "number": numbers[place]})
    upsert(connection, t.holes, rows)


def _rows(observed: Observed, found: Iterable[Hole], seen: _SumOfRows) -> list[dict[str, Any]]:
    channel = observed.channel
    mine = [hole for hole in found if hole.channel == channel]
    held: dict[int, int] = {}
    for (of, year, _), n in seen.held.items():
        if of == channel:
            held[year] = held.get(year, 0) + n
    linked = {year: n for (of, year), n in seen.linked.items() if of == channel}
    years = {ANY_YEAR} | held.keys() | linked.keys() | {hole.year or ANY_YEAR for hole in mine}
    return [_row(observed, year, mine, (held, linked), seen.spans.get(channel)) for year in sorted(years)]


def _row(
    observed: Observed, year: int, mine: list[Hole], tallies: tuple[Mapping[int, int], Mapping[int, int]], span: Any
) -> dict[str, Any]:
    """A year's row; that of year 0 is about the channel as a whole."""
    held, linked = tallies
    whole = observed.whole if year == ANY_YEAR else None
    stated = whole.stated if whole else None
    return {
        "source": observed.source,
        "channel": observed.channel,
        "year": year,
        "stated_total": stated,
        "stated_pages": whole.stated_pages if whole else None,
        "walked": whole.rows if whole else None,
        "seen": sum(linked.values()) if year == ANY_YEAR else linked.get(year, 0),
        "held": sum(held.values()) if year == ANY_YEAR else held.get(year, 0),
        "drift": drift_allowed(stated) if stated is not None else None,
        "first_observed": span[0] if span else None,
        "last_observed": span[1] if span else None,
        "verdict": certainty_of(hole for hole in mine if year == ANY_YEAR or hole.year in {ANY_YEAR, year}).value,
    }


def _held(connection: Connection, source: str) -> dict[tuple[str, int, int], int]:
    c = t.counts.c
    rows = connection.execute(
        select(c.channel, c.year, c.month, func.sum(c.n))
        .where(c.definition == Definition.POSTINGS.value, c.source == source)
        .group_by(c.channel, c.year, c.month)
    )
    return {(channel, year, month): int(n) for channel, year, month, n in rows if n}


def _linked(connection: Connection, source: str) -> dict[tuple[str, int], int]:
    c = t.leads.c
    year = func.coalesce(func.extract("year", c.published_on), ANY_YEAR)
    rows = connection.execute(
        select(c.channel, year, func.count()).where(c.source == source, c.listed).group_by(c.channel, year)
    )
    return {(channel, int(year)): n for channel, year, n in rows}


def _unread(connection: Connection, source: str) -> dict[str, dict[int, list[str]]]:
    """Listed pages that gave no posting, by channel and the year that the list dates them in."""
    lead, posting = t.leads.c, t.postings.c
    same = (posting.source == lead.source) & (posting.channel == lead.channel) & (posting.key == lead.key)
    missing = connection.execute(
        select(lead.channel, lead.key, lead.url, lead.published_on)
        .outerjoin_from(t.leads, t.postings, same)
        .where(lead.source == source, posting.id.is_(None))
        .order_by(lead.channel, lead.key)
    ).all()
    if not missing:
        return {}
    targets = resolve(connection, source, {row.key for row in missing})
    held = {
        (row.channel, row.key)
        for row in connection.execute(select(posting.channel, posting.key).where(posting.source == source))
    }
    found: dict[str, dict[int, list[str]]] = {}
    for row in missing:
        if (row.channel, targets[row.key]) not in held:
            year = row.published_on.year if row.published_on else ANY_YEAR
            found.setdefault(row.channel, {}).setdefault(year, []).append(row.url)
    return found
