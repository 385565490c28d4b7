"""Which part of the archive a claim speaks of, one way of counting it, and what is held of it."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.count.media import Medium
from pipeline.model import Bucket, Definition, Hole, Interval, KeyArea, NoticeType


class Scope(StrEnum):
    """Where the publications of a claim would be found."""

    PORTAL = "portal"  # postings of the source
    REGISTER = "register"  # the office's own lists of what it published in other media
    BESIDE = "beside"  # of these what no posting of the portal says, too
    EVERYWHERE = "everywhere"  # the portal and media that nobody observed


BEGINNING = 0  # a slice that begins with the first publication


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the archive. What is left empty is not narrowed: all channels, all buckets …

    `since` and `until` are months as numbers, both included: 201401 to 201412 is the year 2014.
    """

    scope: Scope
    since: int
    until: int
    channels: tuple[str, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    types: tuple[NoticeType, ...] = ()
    areas: tuple[KeyArea, ...] = ()
    media: tuple[Medium, ...] = ()  # of a register

    @property
    def is_year(self) -> bool:
        """True for one whole calendar year."""
        return self.since % 100 == 1 and self.until == self.since + 11


def year_slice(scope: Scope, year: int, buckets: tuple[Bucket, ...] = ()) -> Slice:
    """A whole calendar year."""
    return Slice(scope, year * 100 + 1, year * 100 + 12, buckets=buckets)


@dataclass(frozen=True, slots=True)
class Counting:
    """One way of counting a slice: under a definition, what the portal marks as void (作废) counted or not."""

    reading: Slice
    definition: Definition
    void: bool = True


class DoubtKind(StrEnum):
    """Why a count could fairly be another one although everything was observed."""

    YEARS_END = "years_end"  # dated within days of where the period begins or ends
    LATE = "late"  # dated within the period, yet it was not there for days after the period's end
    WITHDRAWN = "withdrawn"  # gone, or no longer listed
    MERGES = "merges"  # postings of which it is not sure that they say the same
    CATEGORY = "category"  # its type, area or line rests on a doubtful rule
    SEVERAL_AREAS = "several_areas"  # about several key areas, counted under the first


@dataclass(frozen=True, slots=True)
class Doubt:
    """By how many fewer or more publications the slice could fairly hold."""

    kind: DoubtKind
    less: int
    more: int


@dataclass(frozen=True, slots=True)
class Held:
    """What the archive holds of a slice under one way of counting."""

    count: int
    holes: tuple[Hole, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    observed: bool = True  # False: nothing of it was ever looked at, or no register was brought
    open_ended: bool = False  # True: it includes media that nobody observed

    @property
    def interval(self) -> Interval:
        """From what is surely in the slice to everything that holes and doubts leave room for."""
        low = max(0, self.count - sum(doubt.less for doubt in self.doubts))
        sizes = [hole.missing_at_most for hole in self.holes]
        known = [size for size in sizes if size is not None]
        if self.open_ended or len(known) < len(sizes):
            return Interval(low, None)
        return Interval(low, self.count + sum(known) + sum(doubt.more for doubt in self.doubts))


def hull(intervals: list[Interval]) -> Interval:
    """The smallest interval around several."""
    highs = [one.high for one in intervals if one.high is not None]
    return Interval(min(one.low for one in intervals), max(highs) if len(highs) == len(intervals) else None)


ALL_BUT_NOTICES = tuple(bucket for bucket in Bucket if bucket is not Bucket.NOTICE)
