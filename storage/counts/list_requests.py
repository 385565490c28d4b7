"""How runs asked for each channel's list and what came back, from runs, captures and listings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from pipeline.coverage.holes import ListedPage, Observed, Walked
from pipeline.coverage.saved_pages import keeper_of
from pipeline.coverage.windows import Attempt
from pipeline.model import BROUGHT, FROM_OTHERS, Kind, Quality, Source
from storage.tables import core as t


@dataclass(slots=True)
class _Asked:
    """What a run's asking for one list brought."""

    since: datetime
    until: datetime
    bad: dict[str, int]
    read: int = 0


def observations(connection: Connection, source: Source) -> dict[str, Observed]:
    """What is known of every declared channel's list."""
    runs = connection.execute(
        select(t.runs).where(t.runs.c.source == source.key).order_by(t.runs.c.started, t.runs.c.id)
    ).all()
    asked = _asked(connection, source.key)
    origins = _origins(connection, source.key)
    brought = (*BROUGHT, *FROM_OTHERS)
    own = [run for run in runs if not run.scope.startswith(brought) and run.id not in origins.runs]
    found = {}
    for channel in source.channels:
        attempts = tuple(one for run in own if (one := _attempt(run, channel.key, asked)))
        walks = [run for run in own if channel.key in (run.channels or {}) and not run.scope.startswith("since")]
        whole = [run for run in walks if run.channels[channel.key]["closed"]]
        found[channel.key] = Observed(
            source.key,
            channel.key,
            source.zone,
            attempts,
            _walked(connection, whole[-1], channel.key) if whole else None,
            _walked(connection, walks[-1], channel.key) if walks else None,
            "" if whole else origins.only.get(channel.key, ""),
        )
    return found


def listings_of(connection: Connection, source: str) -> dict[str, tuple[datetime, datetime]]:
    """When a list of each channel was first and last read."""
    c = t.listings.c
    first, last = func.min(c.fetched_at, type_=t.UtcDateTime()), func.max(c.fetched_at, type_=t.UtcDateTime())
    rows = connection.execute(select(c.channel, first, last).where(c.source == source).group_by(c.channel))
    return {row[0]: (row[1], row[2]) for row in rows}


@dataclass(frozen=True, slots=True)
class _Origins:
    runs: frozenset[str]  # runs that took anything from a web archive or a file
    only: Mapping[str, str]  # channels all of whose lists were taken so, and from where


def _origins(connection: Connection, source: str) -> _Origins:
    c = t.captures.c
    lists = connection.execute(
        select(c.channel, c.origin).where(c.source == source, c.kind == Kind.LISTING.value).distinct()
    ).all()
    own = {channel for channel, origin in lists if not origin}
    places: dict[str, dict[str, None]] = {}
    for channel, origin in sorted(tuple(row) for row in lists):
        if channel not in own:
            places.setdefault(channel, {})[keeper_of(origin)] = None
    foreign = connection.scalars(select(c.run).where(c.source == source, c.origin != "").distinct())
    return _Origins(frozenset(foreign), {channel: ", ".join(names) for channel, names in places.items()})


def _asked(connection: Connection, source: str) -> dict[tuple[str, str], _Asked]:
    c, listing = t.captures.c, t.listings.c
    first, last = func.min(c.fetched_at, type_=t.UtcDateTime()), func.max(c.fetched_at, type_=t.UtcDateTime())
    found: dict[tuple[str, str], _Asked] = {}
    rows = connection.execute(
        select(c.run, c.channel, c.quality, first, last, func.count(), func.count(listing.capture))
        .outerjoin_from(t.captures, t.listings, listing.capture == c.id)
        .where(c.source == source, c.kind == Kind.LISTING.value)
        .group_by(c.run, c.channel, c.quality)
        .order_by(c.run, c.channel, c.quality)
    )
    for run, channel, quality, since, until, n, read in rows:
        asked = found.setdefault((run, channel), _Asked(since, until, {}))
        asked.since, asked.until = min(asked.since, since), max(asked.until, until)
        asked.read += read
        if n > read and quality != Quality.REDIRECT:
            asked.bad[quality] = n - read
    return found


def _attempt(run: Any, channel: str, asked: Mapping[tuple[str, str], _Asked]) -> Attempt | None:
    end = (run.channels or {}).get(channel)
    one = asked.get((run.id, channel))
    closed = bool(end and end["closed"])
    if one:
        why = ", ".join(f"{n} {quality}" for quality, n in sorted(one.bad.items()))
        return Attempt(one.since, one.until, one.read > 0, closed, why)
    if end:
        return Attempt(run.started, run.ended or run.started, False, closed, run.reason or end["reason"])
    return None


def _walked(connection: Connection, run: Any, channel: str) -> Walked:
    end = run.channels[channel]
    return Walked(
        run.id,
        run.started,
        end["closed"],
        end["reason"],
        end["stated_total"],
        end["stated_pages"],
        end["rows"],
        _sheets(connection, run.id, channel),
    )


def _sheets(connection: Connection, run: str, channel: str) -> tuple[ListedPage, ...]:
    """Each page of the list as the run had it at its best: a page read once is read."""
    c, listing = t.captures.c, t.listings.c
    rows: Sequence[Any] = connection.execute(
        select(c.page, c.quality, c.failure, listing.rows)
        .outerjoin_from(t.captures, t.listings, listing.capture == c.id)
        .where(c.run == run, c.channel == channel, c.kind == Kind.LISTING.value, c.quality != Quality.REDIRECT.value)
        .order_by(c.fetched_at, c.id)
    ).all()
    best: dict[int, ListedPage] = {}
    for row in rows:
        before = best.get(row.page)
        if row.rows is not None:
            best[row.page] = ListedPage(row.page, max(row.rows, (before.rows if before else 0) or 0))
        elif before is None or before.rows is None:
            why = row.failure or ("no rows are recognisable" if row.quality == Quality.GOOD else row.quality)
            best[row.page] = ListedPage(row.page, None, why, row.quality == Quality.ABSENT)
    return tuple(best[page] for page in sorted(best))
