"""What the archive holds of the slices that a report's claims speak of."""

from dataclasses import replace

from sqlalchemy import Connection, and_, func, select

from pipeline.claim_slices import Held, Scope, Slice
from pipeline.coverage import interval_of
from pipeline.model import Bucket, Channel, Definition, Hole, Source
from pipeline.verify import Holdings
from storage import tables as t
from storage.coverage import coverages

# The lines that the reports divide a portal's total into; 公告通知 is in it by one reading only.
_LINES = (Bucket.TENDER_AND_AWARD, Bucket.INDUSTRY_NEWS, Bucket.LIVELIHOOD_PICTURES)


def holdings(connection: Connection, source: Source) -> Holdings:
    """The look-up that verify asks for every claim."""

    def held(asked: Slice, definition: Definition) -> Held:
        if asked.scope is Scope.REGISTER:
            return _registered(connection, source.key, asked)
        return _on_portal(connection, source, asked, definition)

    return held


def _registered(connection: Connection, source: str, asked: Slice) -> Held:
    c, p = t.registered.c, t.problems.c
    rows = select(c.medium, c.title, c.published_on).where(
        c.source == source, func.extract("year", c.published_on) == asked.year
    )
    if asked.month is not None:
        rows = rows.where(func.extract("month", c.published_on) == asked.month)
    n = connection.scalar(select(func.count()).select_from(rows.distinct().subquery())) or 0
    unread = connection.scalar(select(func.count()).where(p.source == source, p.step == "register")) or 0
    holes = (
        (Hole(source, "", asked.year, f"{unread} rows of the register could not be read", unread),) if unread else ()
    )
    return Held(interval_of(n, holes), holes, observed=n > 0)


def _on_portal(connection: Connection, source: Source, asked: Slice, definition: Definition) -> Held:
    channels = [channel for channel in source.channels if _may_feed(channel, asked)]
    found = coverages(connection, source, channels, asked.year)
    held = _count(connection, source.key, asked, definition)
    holes = tuple(hole for coverage in found for hole in coverage.holes)
    holes += tuple(
        Hole(source.key, "", asked.year, f"the source file declares no section for {line}", None)
        for line in _LINES
        if (not asked.buckets or line in asked.buckets)
        and not any(_feeds(channel, line) for channel in source.channels)
    )
    if not source.whole:
        holes += (Hole(source.key, "", asked.year, "the source file does not declare all sections", None),)
    if undecided := _undecided(connection, source.key, asked, definition):
        holes += (Hole(source.key, "", asked.year, f"{undecided} postings fall under no line by any rule", undecided),)
    interval = interval_of(held, holes)
    return Held(interval, holes, observed=bool(channels) and _was_seen(connection, source.key, channels))


def _undecided(connection: Connection, source: str, asked: Slice, definition: Definition) -> int:
    """Postings of the period that may or may not belong to the lines that are asked for."""
    if not asked.buckets or Bucket.UNDECIDED in asked.buckets:
        return 0
    return _count(connection, source, replace(asked, buckets=(Bucket.UNDECIDED,)), definition)


def _may_feed(channel: Channel, asked: Slice) -> bool:
    return not asked.buckets or channel.bucket in (*asked.buckets, Bucket.UNDECIDED)


def _feeds(channel: Channel, line: Bucket) -> bool:
    return channel.bucket in {line, Bucket.UNDECIDED}


def _count(connection: Connection, source: str, asked: Slice, definition: Definition) -> int:
    c = t.counts.c
    where = [c.definition == definition.value, c.source == source, c.year == asked.year]
    if asked.month is not None:
        where.append(c.month == asked.month)
    if asked.buckets:
        where.append(c.bucket.in_([bucket.value for bucket in asked.buckets]))
    return int(connection.scalar(select(func.coalesce(func.sum(c.n), 0)).where(and_(*where))) or 0)


def _was_seen(connection: Connection, source: str, channels: list[Channel]) -> bool:
    c = t.listings.c
    seen = select(c.capture).where(c.source == source, c.channel.in_([channel.key for channel in channels])).limit(1)
    return connection.scalar(seen) is not None
