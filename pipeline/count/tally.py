"""What a slice takes from counted places, and the days around its ends."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.count.slices import BEGINNING, Slice
from pipeline.model import TENDERING, Bucket, NoticeType

NEAR_YEARS_END = 3  # days: an office counts by the day of its decision or upload, New Year's holiday lies between
_NEAR_MONTHS_END = 1  # day, for periods shorter than a year; both are conventions of this project


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stand at a place of the cube, region left out; the month as a number, 201401, 0 without a date."""

    month: int
    bucket: str
    channel: str
    notice_type: str
    area: str
    n: int


def added_up(reading: Slice, tallies: Iterable[Tally]) -> int:
    """How many of the tallies' publications are in the slice; undated ones are in none."""
    since, until = max(reading.since, 1), reading.until
    channels, buckets, types, areas = map(frozenset, (reading.channels, reading.buckets, reading.types, reading.areas))
    return sum(
        one.n
        for one in tallies
        if since <= one.month <= until
        and (not buckets or one.bucket in buckets)
        and (not channels or one.channel in channels)
        and (not types or one.notice_type in types)
        and (not areas or one.area in areas)
    )


@dataclass(frozen=True, slots=True)
class Days:
    """Two days, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Ends:
    """The days around a period's ends: within it, which may belong outside, and outside, which may belong in it."""

    inside: tuple[Days, ...]
    outside: tuple[Days, ...]


def ends_of(reading: Slice) -> Ends:
    """The days near the ends of the slice's period; a beginning without a date has none."""
    near = timedelta(days=NEAR_YEARS_END if _is_long(reading) else _NEAR_MONTHS_END)
    day = timedelta(days=1)
    last = last_day(reading)
    inside, outside = [Days(last - near + day, last)], [Days(last + day, last + near)]
    if reading.since != BEGINNING:
        first = date(reading.since // 100, reading.since % 100, 1)
        inside.append(Days(first, first + near - day))
        outside.append(Days(first - near, first - day))
    return Ends(tuple(inside), tuple(outside))


def _is_long(reading: Slice) -> bool:
    return reading.since == BEGINNING or reading.until - reading.since >= 11


def last_day(reading: Slice) -> date:
    """The period's last day."""
    year, month = divmod(reading.until, 100)
    return date(year, month, monthrange(year, month)[1])


_AWARDS = frozenset({NoticeType.AWARD_CANDIDATES, NoticeType.AWARD_RESULT, NoticeType.AWARD_NOTICE_UNSPECIFIED})
_OPEN = NoticeType.AWARD_NOTICE_UNSPECIFIED  # 中标公示 alone: candidates or a result


def doubtful_out(reading: Slice) -> frozenset[NoticeType]:
    """Types in the slice whose postings may be of another type."""
    asked = frozenset(reading.types)
    return frozenset({_OPEN}) if _OPEN in asked and not asked >= _AWARDS else frozenset()


def doubtful_in(reading: Slice) -> frozenset[NoticeType]:
    """Types outside the slice whose postings may be of a type in it."""
    asked = frozenset(reading.types)
    if not asked:
        return frozenset()
    found = {NoticeType.UNDECIDABLE} | ({_OPEN} if asked & _AWARDS else set())
    return frozenset(found) - asked


def types_undecided(reading: Slice) -> tuple[NoticeType, ...]:
    """The types of postings under no line that may belong to the slice; none where it takes no line or the undecided.

    Tendering is known by its type wherever it stands, so what is of another type is under no line of tendering.
    """
    if not reading.buckets or Bucket.UNDECIDED in reading.buckets:
        return ()
    possible = (NoticeType.UNDECIDABLE, *TENDERING) if set(reading.buckets) == {Bucket.TENDER_AND_AWARD} else NoticeType
    return tuple(one for one in possible if not reading.types or one in reading.types or one is NoticeType.UNDECIDABLE)
