"""What became of a posting: still there, no longer listed, moved or gone, by the time that evidence has lasted.

An outage removes nothing: only answers count, and an absence only from a complete run in which another page of the
portal did answer. Who calls these functions hands over no others.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from pipeline.model import State

# lessons.md 6: removed means less than 75 % good in the last 14 days.
WINDOW = timedelta(days=14)
GOOD_SHARE = 0.75
_FEWEST = 2  # answers in a row: one may be the portal's bad day


class Sign(StrEnum):
    """What was seen of a posting."""

    ANSWERS = "answers"  # its page, or 304
    ABSENT = "absent"
    LISTED = "listed"
    UNLISTED = "unlisted"  # a walk of the whole list did not show it
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One piece of evidence. The capture is "" for what a walk of the list showed."""

    at: datetime
    sign: Sign
    run: str
    capture: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Became:
    """A state, since when it has been so, and what decided it."""

    state: State
    since: datetime
    decided: Sighting
    reason: str


@dataclass(slots=True)
class _Track:
    """Good and bad answers of one kind; `bad` holds once they have lasted."""

    recent: deque[tuple[datetime, bool]] = field(default_factory=deque)
    since: datetime | None = None  # when the present row of bad ones began
    row: int = 0
    bad: bool = False

    def take(self, at: datetime, *, good: bool) -> None:
        self.recent.append((at, good))
        while len(self.recent) > 1 and self.recent[1][0] <= at - WINDOW:
            self.recent.popleft()
        if good:
            self.since, self.row, self.bad = None, 0, False
            return
        self.since = self.since or at
        self.row += 1
        self.bad = self.bad or (self.row >= _FEWEST and self._good_share(at) < GOOD_SHARE)

    def _good_share(self, now: datetime) -> float:
        """The share of the window in which the last answer was good; what lies before the first one counts as good."""
        begin, lost = now - WINDOW, timedelta()
        times = [*(at for at, _ in self.recent), now]
        for (at, good), until in zip(self.recent, times[1:], strict=True):
            if not good:
                lost += until - max(at, begin)
        return 1 - lost / WINDOW


def became(sightings: Iterable[Sighting]) -> list[Became]:
    """The states that followed one another, oldest first; a posting that never was anything but present has none."""
    page, listed = _Track(), _Track()
    found: list[Became] = []
    base, now = State.PRESENT, State.PRESENT
    for one in sorted(sightings, key=lambda seen: (seen.at, seen.sign, seen.capture)):
        _take(page, listed, one)
        if one.sign is Sign.MOVED:
            base = State.MOVED
        state = State.GONE if page.bad else State.UNLISTED if listed.bad else base
        if state is not now or (one.sign is Sign.MOVED and state is base):
            since = {State.GONE: page.since, State.UNLISTED: listed.since}.get(state) or one.at
            found.append(Became(state, since, one, _reason(state, (page, listed), one)))
            now = state
    return found


def _take(page: _Track, listed: _Track, one: Sighting) -> None:
    match one.sign:
        case Sign.ANSWERS | Sign.ABSENT:
            page.take(one.at, good=one.sign is Sign.ANSWERS)
        case Sign.LISTED | Sign.UNLISTED:
            listed.take(one.at, good=one.sign is Sign.LISTED)


def _reason(state: State, tracks: tuple[_Track, _Track], one: Sighting) -> str:
    page, listed = tracks
    match state:
        case State.GONE:
            also = f", and {listed.row} walks of the whole list did not show it" if listed.row else ""
            note = f": {one.note}" if one.note else ""
            return f"{page.row} times in a row its page was absent, for {_days(page, one)}{also}{note}"
        case State.UNLISTED:
            return f"{listed.row} walks of the whole list in a row did not show it, for {_days(listed, one)}"
        case State.MOVED:
            return one.note or "its page is found at another address than before"
        case _:
            return "its page answers and its list shows it again"


def _days(track: _Track, one: Sighting) -> str:
    return f"{(one.at - (track.since or one.at)) / timedelta(days=1):.1f} days"
