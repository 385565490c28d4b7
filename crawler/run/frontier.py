"""What a run has yet to visit, has asked for, and had to ask for again."""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from crawler.run.retry import RETRIED, pause_before
from pipeline.model import Kind, Manners, Quality, Visit
from pipeline.reading import Reading
from pipeline.values.urls import visit_key

IN_FLIGHT = 32  # visits given to Scrapy at a time: the rest wait here, where they take a tenth of a request's memory

# Answers without a good one among them after which the portal is left alone: an outage or a block, not odd pages.
GIVE_UP = 40

# What the whole portal does, not one page: others wait as well.
_PORTAL = frozenset((Quality.BLOCKED, Quality.MAINTENANCE))
_NOT_GOOD = RETRIED | {Quality.ABSENT, Quality.WRONG_TYPE, Quality.OVERSIZE}

Mark = tuple[str, str, int]


class Frontier:
    """The queue of a run. `known`: keys of pages that need not be fetched, those of this run included."""

    def __init__(self, known: set[str], manners: Manners) -> None:
        self.known = known
        self.in_flight = 0
        self._manners = manners
        self._queue: deque[Visit] = deque()
        self._asked: set[Mark] = set()
        self._tries: Counter[Mark] = Counter()
        self._bad: dict[Mark, tuple[Kind, Quality]] = {}
        self._held_back = 0
        self._failed = 0  # answers in a row
        self.gave_up = ""  # why no further visit is made in this run

    def __len__(self) -> int:
        return len(self._queue)

    def add(self, visit: Visit, *, again: bool = False) -> None:
        """The visit waits its turn, unless its page is known (and not asked for again) or was asked for in this run."""
        mark = _mark(visit)
        if mark in self._asked or (mark[0] in self.known and not again):
            return
        self._asked.add(mark)
        # What belongs to a notice comes before the next notice: a killed run leaves few half ones.
        (self._queue.append if visit.kind is Kind.NOTICE and not visit.hops else self._queue.appendleft)(visit)

    @property
    def goes_on(self) -> bool:
        """True while visits wait that are to be made in this run."""
        return bool(self._queue) and not self.gave_up

    @contextmanager
    def held_back(self, quality: Quality) -> Iterator[None]:
        """While a portal that refuses everybody is given time, no other visit begins."""
        waits = quality in _PORTAL
        self._held_back += waits
        try:
            yield
        finally:
            self._held_back -= waits

    def due(self) -> Iterator[Visit]:
        """The next visits, as many as may be under way; the taker counts them as in flight."""
        while self.goes_on and not self._held_back and self.in_flight < IN_FLIGHT:
            yield self._queue.popleft()

    def judge(self, reading: Reading) -> float:
        """Notes how the visit went; gives back the seconds after which it is to be made again, 0: not in this run."""
        visit = reading.capture.visit
        mark = _mark(visit)
        self._bad.pop(mark, None)
        if reading.quality in _NOT_GOOD:
            self._bad[mark] = (visit.kind, reading.quality)
        if reading.quality is Quality.GOOD and visit.kind is not Kind.LISTING:
            self.known.add(mark[0])
        if reading.quality not in RETRIED:
            self._failed = self._failed if reading.quality is Quality.DISALLOWED else 0  # nobody was asked
            return 0.0
        self._failed += 1
        if self._failed >= GIVE_UP and not self.gave_up:
            self.gave_up = f"{self._failed} answers in a row were none, the last {reading.quality}: {reading.reason}"
        if self.gave_up:
            return 0.0
        self._tries[mark] += 1
        return pause_before(self._tries[mark], reading.capture, self._manners)

    def bad(self, *, listings: bool) -> Counter[Quality]:
        """How the pages that never came back good came back last; robots.txt is told apart from them."""
        return Counter(
            quality
            for kind, quality in self._bad.values()
            if kind is not Kind.ROBOTS and (kind is Kind.LISTING) is listings
        )


def _mark(visit: Visit) -> Mark:
    """One per page to fetch: the lists of channels may share an address, http and https a key."""
    return visit_key(visit), visit.channel if visit.kind is Kind.LISTING else "", visit.hops
