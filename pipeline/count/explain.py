"""Why a posting counts otherwise than before: the causes of events, found from what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pipeline.count.standing import standing_of

# A portal's people enter what they published with the day before's date; that is no backdating.
_ENTERED_LATE = timedelta(days=2)


class Cause(StrEnum):
    """What an event comes from."""

    FIRST_CRAWL = "first_crawl"
    PUBLISHED = "published"
    LATE = "late"
    BACKDATED = "backdated"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    MOVED = "moved"
    REDATED = "redated"
    REVISED = "revised"
    RECLASSIFIED = "reclassified"
    READER = "reader"
    REVIEWED = "reviewed"
    MERGED = "merged"
    SPLIT = "split"
    REPRESENTED = "represented"
    RENAMED = "renamed"
    LOST = "lost"


MEANING = {
    Cause.FIRST_CRAWL: "首次见到,此前没有走完过该栏目的列表,何时上网不知 first known; its list had not been walked "
    "whole before, so it may have been there all along",
    Cause.PUBLISHED: "新公开 published since its list was last walked whole, and not in an earlier walk",
    Cause.LATE: "年后出现,日期在上一年或更早 appeared after the year's end with a date inside the year: an earlier "
    "walk of the whole list did not show it",
    Cause.BACKDATED: "倒填日期 carries a day before a walk of the whole list that did not show it",
    Cause.WITHDRAWN: "门户已撤下,仍计入 withdrawn by the portal; what was published still counts",
    Cause.RETURNED: "重新出现 there again",
    Cause.MOVED: "网页换了地址 found at another address",
    Cause.REDATED: "门户改了日期 its page or list states another day",
    Cause.REVISED: "门户改了内容 its page or list says something else",
    Cause.RECLASSIFIED: "来源文件改了 the source file was changed",
    Cause.READER: "程序读法改了 the program reads the same captures otherwise",
    Cause.REVIEWED: "人工复核 a person decided",
    Cause.MERGED: "并入相同内容的另一条 found to say the same as another one",
    Cause.SPLIT: "与另一条分开 no longer taken for the same as another one",
    Cause.REPRESENTED: "同一网页或内容改由另一条代表 another posting now stands for its page or document, "
    "or this one for another",
    Cause.RENAMED: "标识改了,一减一加,数目不变 its identity changed: one less and one more, the count is the same",
    Cause.LOST: "档案中已无其内容 the archive no longer holds it as a posting",
}


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a posting. No standing: it is none (any more)."""

    standing: str | None
    key: str
    document: str
    capture: str
    reviewed: str  # the rule of a person's decision about its category, "" without one


@dataclass(frozen=True, slots=True)
class WholeWalk:
    """A walk of a channel's whole list that missed nothing."""

    started: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What happened besides since the last time: to the program, the source file, by people, on the portal."""

    readers: bool = False  # the readers are others
    declared: bool = False  # the source file is another
    anew: bool = False  # the tables were made anew
    paired: bool = False  # a person decided about a pair of which this posting is one
    answers: bool = False  # a vanished one: the archive still holds its page, now as that of another posting
    appeared: Cause = Cause.FIRST_CRAWL  # of a new one: as `appeared` tells


def appeared(seen: datetime, published: date | None, walks: Sequence[WholeWalk], zone: ZoneInfo) -> Cause:
    """How a posting that was first seen then came: what no whole walk missed before may have been there all along."""
    earlier = [walk for walk in walks if walk.ended <= seen]
    if not earlier:
        return Cause.FIRST_CRAWL
    began = max(walk.started for walk in earlier).astimezone(zone).date()
    if published is None or published >= began:
        return Cause.PUBLISHED
    if published.year < seen.astimezone(zone).year:
        return Cause.LATE
    return Cause.BACKDATED if published < began - _ENTERED_LATE else Cause.PUBLISHED


def cause_of(before: Memory | None, after: Memory | None, told: Circumstances) -> Cause:
    """Why the standing of a posting differs; None stands for no memory, and for no posting."""
    if before is None or before.standing is None:
        return _reading(told) or (told.appeared if before is None else Cause.RETURNED)
    if after is None or after.standing is None:
        return _reading(told) or (Cause.MOVED if told.answers else Cause.LOST)
    if before.reviewed != after.reviewed:
        return Cause.REVIEWED
    if cause := _reading(told):
        return cause
    old, new = standing_of(before.standing), standing_of(after.standing)
    if old.place == new.place:
        return _represents(before, after, told)
    if told.anew and before.capture == after.capture:
        return Cause.READER
    return Cause.REDATED if (old.year, old.month) != (new.year, new.month) else Cause.REVISED


def _reading(told: Circumstances) -> Cause | None:
    if told.readers:
        return Cause.READER
    return Cause.RECLASSIFIED if told.declared else None


def _represents(before: Memory, after: Memory, told: Circumstances) -> Cause:
    """The place is the same, so what it stands for differs."""
    if told.paired:
        return Cause.REVIEWED
    if before.key != after.key:
        return Cause.MOVED
    if before.document == after.document:
        return Cause.REPRESENTED
    gained = standing_of(after.standing or "").document and not standing_of(before.standing or "").document
    return Cause.SPLIT if gained else Cause.MERGED
