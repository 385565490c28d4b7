"""What the archive holds of the slices that a report's claims speak of: from the maintained cube and few queries."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, func, select

from pipeline.count.slices import BEGINNING, Counting, Doubt, DoubtKind, Held, Scope, Slice
from pipeline.count.tally import added_up, doubtful_in, doubtful_out, ends_of, types_undecided
from pipeline.model import Bucket, Channel, Definition, Hole, Source
from pipeline.register.count import Listed, counted, in_slice, undecided_in
from pipeline.verdict.judge import Holdings
from storage.counts.coverage import coverages
from storage.counts.registered import listed_publications
from storage.counts.totals import Tallies
from storage.tables import core as t

# The lines that the reports divide a portal's total into; 公告通知 is in it by one reading only.
_LINES = (Bucket.TENDER_AND_AWARD, Bucket.INDUSTRY_NEWS, Bucket.LIVELIHOOD_PICTURES)


def holdings(connection: Connection, source: Source) -> Holdings:
    """The look-up that verify asks for every claim; what it has read it keeps, so it speaks of one moment."""
    tallies = Tallies(connection, source)
    known: dict[Counting, Held] = {}
    lists: list[Listed] = []  # read when a claim asks for them
    observed: dict[Slice, tuple[tuple[Hole, ...], tuple[Doubt, ...], bool]] = {}

    def held(asked: Counting) -> Held:
        if asked not in known:
            known[asked] = look(asked)
        return known[asked]

    def look(asked: Counting) -> Held:
        reading = asked.reading
        if reading.scope in {Scope.REGISTER, Scope.BESIDE}:
            if not lists:
                lists.append(listed_publications(connection, source.key))
            return _registered(lists[0], source.key, asked)
        if reading not in observed:
            channels = [channel for channel in source.channels if _may_feed(channel, reading)]
            holes = tuple(dict.fromkeys(_holes(connection, source, channels, reading)))
            seen = bool(channels) and tallies.was_seen(channels)
            observed[reading] = holes, tuple(_doubts(tallies, reading)), seen
        holes, doubts, seen = observed[reading]
        merges = tallies.doubtful_merges(reading) if asked.definition is Definition.DOCUMENTS else 0
        doubts += (Doubt(DoubtKind.MERGES, merges, 0),) if merges else ()
        return Held(tallies.count(asked), holes, doubts, seen)

    return held


def _registered(listed: Listed, source: str, asked: Counting) -> Held:
    """What the lists hold; rows that could not be read, and those of no known kind, may be in the slice."""
    reading = asked.reading
    publications, undecided = in_slice(listed.publications, reading), undecided_in(listed.publications, reading)
    year = reading.until // 100
    reasons = (
        (listed.unread, "rows of the register could not be read"),
        (len(undecided), "registered rows name a medium of no known kind"),
    )
    holes = tuple(Hole(source, "", year, f"{n} {reason}", n) for n, reason in reasons if n)
    was_brought = bool(in_slice(listed.publications, replace(reading, scope=Scope.REGISTER)))
    return Held(counted(publications, asked.definition), holes, observed=was_brought)


def _holes(connection: Connection, source: Source, channels: list[Channel], reading: Slice) -> Iterator[Hole]:
    """What was not observed of the sections that may feed the slice, in the years that it touches."""
    for year in _years(connection, source.key, reading):
        for coverage in coverages(connection, source, channels, year):
            yield from coverage.holes
    if reading.channels:
        return
    year = reading.until // 100
    for line in _lines(reading):
        if not any(_feeds(channel, line) for channel in source.channels):
            yield Hole(source.key, "", year, f"the source file declares no section for {line}", None)
    if not source.whole:
        yield Hole(source.key, "", year, "the source file does not declare all sections", None)


def _years(connection: Connection, source: str, reading: Slice) -> range:
    last = reading.until // 100
    if reading.since != BEGINNING:
        return range(reading.since // 100, last + 1)
    c = t.coverage.c
    first = connection.scalar(select(func.min(c.year)).where(c.source == source, c.year > 0))
    return range(min(first or last, last), last + 1)


def _lines(reading: Slice) -> tuple[Bucket, ...]:
    """The lines that a section must be declared for, else the slice cannot be whole."""
    if reading.types and not reading.buckets:
        return (Bucket.TENDER_AND_AWARD,)
    if reading.areas:
        return ()
    return tuple(line for line in _LINES if not reading.buckets or line in reading.buckets)


def _may_feed(channel: Channel, reading: Slice) -> bool:
    if reading.channels:
        return channel.key in reading.channels
    return not reading.buckets or channel.bucket in (*reading.buckets, Bucket.UNDECIDED)


def _feeds(channel: Channel, line: Bucket) -> bool:
    return channel.bucket in {line, Bucket.UNDECIDED}


def _doubts(tallies: Tallies, reading: Slice) -> Iterator[Doubt]:
    """What could fairly be counted otherwise, whatever the definition."""
    ends = ends_of(reading)
    less, more = (tallies.dated(reading, days) for days in (ends.inside, ends.outside))
    found = [
        Doubt(DoubtKind.YEARS_END, less, more),
        Doubt(DoubtKind.LATE, tallies.late(reading, ends.inside[0].first), 0),
        Doubt(DoubtKind.WITHDRAWN, added_up(reading, tallies.withdrawn), 0),
        _of_category(tallies, reading),
        Doubt(DoubtKind.SEVERAL_AREAS, 0, tallies.about_also(reading)),
    ]
    yield from (doubt for doubt in found if doubt.less or doubt.more)


def _of_category(tallies: Tallies, reading: Slice) -> Doubt:
    postings = tallies.cube[Definition.POSTINGS]
    less = more = 0
    if out := doubtful_out(reading):
        less += added_up(replace(reading, types=tuple(sorted(out))), postings)
    if into := doubtful_in(reading):
        more += added_up(replace(reading, types=tuple(sorted(into))), postings)
    if types := types_undecided(reading):
        more += added_up(replace(reading, buckets=(Bucket.UNDECIDED,), types=types), postings)
    return Doubt(DoubtKind.CATEGORY, less, more)
