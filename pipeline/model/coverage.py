"""What was observed of a section and year, and what was not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HoleKind(StrEnum):
    """Why a part was not observed."""

    UNWALKED = "unwalked"  # no walk has reached the end of the list, or the last one did not
    PAGE_UNREAD = "page_unread"
    CAPPED = "capped"  # the portal cuts the list off
    SHORTFALL = "shortfall"  # the list shows fewer rows than it states
    DRIFT = "drift"  # the same, within what a list that moves explains
    OUTAGE = "outage"  # we asked and no list came
    DOWNTIME = "downtime"  # we did not ask
    UNREAD = "unread"  # listed pages that gave no posting
    UNDATED = "undated"
    ARCHIVED = "archived"  # the list is what a web archive happened to save
    SERIAL_GAP = "serial_gap"  # a hint: numbers missing between index numbers that are held
    QUIET_MONTH = "quiet_month"  # a hint: nothing in a month in which other years have something


class Certainty(StrEnum):
    """What the certificate of a channel and year comes to."""

    CLEAN = "clean"
    DRIFT = "drift"
    CLOSED = "closed"  # there were holes, and a later walk of the whole list closed them
    HOLES = "holes"


class State(StrEnum):
    """What became of a posting; what was published counts, whatever became of it."""

    PRESENT = "present"
    UNLISTED = "unlisted"  # its page answers, the lists no longer link it
    MOVED = "moved"  # its page is found at another address than before
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Hole:
    """A part of a channel and year that was not observed, and why."""

    source: str
    channel: str
    year: int | None
    reason: str
    missing_at_most: int | None  # None: nobody knows how much
    kind: HoleKind = HoleKind.UNWALKED
    since: datetime | None = None
    until: datetime | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was observed of a source, channel and year."""

    source: str
    channel: str
    year: int | None
    stated: int | None
    seen: int
    holes: tuple[Hole, ...] = ()
