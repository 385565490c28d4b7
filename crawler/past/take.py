"""A portal's past, taken from what others saved of it: the same readers, with an index in the portal's place."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID, uuid5

from crawler.past.fetch import NoAnswer
from crawler.run.files import DocumentReader
from pipeline.coverage.orphans import channel_of, is_notice_like, more_pages
from pipeline.coverage.saved_pages import Saved
from pipeline.dialects import DIALECTS
from pipeline.model import Capture, Channel, ChannelEnd, Kind, Outcome, RunEnd, RunStart, Source, Unreadable, Visit
from pipeline.reading import Reading, read_capture
from pipeline.values.urls import key_of, visit_key
from storage.archive.folder import OutOfSpace
from storage.derive.ledger import Ledger
from storage.derive.run import Readers

_OURS = UUID("8f1f7c52-5b1e-4a53-9f0c-1d2c9a6f4e0b")  # any: the namespace of ids made from other archives' ids


MOST_SILENT = 10  # captures in a row that a web archive does not give: it is down, and asking on would take weeks


class Past(Protocol):
    """What somebody else saved of a portal."""

    @property
    def name(self) -> str: ...

    @property
    def pages(self) -> Mapping[str, Sequence[Saved]]:
        """The captures of each page by its key, in the order of time."""
        ...

    def capture(self, saved: Saved, visit: Visit) -> Capture:
        """The capture. Raises Unreadable or NoAnswer."""
        ...

    def gaps(self) -> list[str]:
        """What of the past could not be looked at, in words."""
        ...


@dataclass
class _Lists:
    """What was seen of a channel's lists."""

    rows: set[str] = field(default_factory=set)
    pages: int = 0
    total: int | None = None
    stated_pages: int | None = None
    first: datetime | None = None
    last: datetime | None = None

    def take(self, reading: Reading) -> None:
        """Adds a listing page that could be read."""
        assert reading.listing is not None
        at, stated = reading.capture.fetched_at, reading.listing.stated
        self.pages += 1
        self.rows.update(key_of(lead.url) for lead in reading.listing.leads)
        self.total = stated.total if stated.total is not None else self.total
        self.stated_pages = stated.pages if stated.pages is not None else self.stated_pages
        self.first, self.last = min(self.first or at, at), max(self.last or at, at)


class _Silent(Exception):
    """The web archive gives nothing any more."""


class History:
    """One run over the past: lists first, then what they lead to, then what no saved list leads to."""

    def __init__(self, source: Source, channels: Iterable[Channel], past: Past, books: tuple[Ledger, RunStart]) -> None:
        self.source = source
        self.past = past
        self.counted: Counter[str] = Counter()
        self._ledger, self._start = books
        self._lists = {channel.key: _Lists() for channel in channels}
        self._queue: deque[Visit] = deque()
        self._asked: set[tuple[str, str]] = set()
        self._walked: list[Visit] = []
        self._failed: list[str] = []
        self._silent = 0  # of them, the last ones in a row
        self._show: Callable[[int, int], None]

    def run(self, show: Callable[[int, int], None] = lambda _done, _due: None) -> RunEnd:
        """Everything that can be found is taken; how the run ended is its last record.

        `show` is told, after each capture, how many were read and how many pages are known to be due.
        """
        self._show = show
        stopped: tuple[Outcome, str] | None = None
        try:
            with suppress(_Silent):
                self._walk()
        except KeyboardInterrupt:
            stopped = Outcome.INTERRUPTED, "stopped"
        except OutOfSpace:
            stopped = Outcome.OUT_OF_SPACE, "the disk is full"
        end = self._end(stopped or self._outcome())
        with DocumentReader() as files:
            self._ledger.close(end, Readers(files=files))
        if self._ledger.failure:
            raise self._ledger.failure
        return end

    def _walk(self) -> None:
        for key in self._lists:
            channel = self.source.channel(key)
            assert channel is not None
            self._add(DIALECTS[self.source.dialect].first(self.source, channel))
        self._drain()
        while found := [one for one in more_pages(self._walked, self._untouched()) if self._add(one)]:
            self.counted["lists_not_linked"] += len(found)
            self._drain()
        self._take_orphans()
        self._drain()

    def _take_orphans(self) -> None:
        """Notices that no saved list leads to, where their address tells the channel."""
        for url in self._untouched().values():
            if not is_notice_like(url, self.source):
                continue
            channel = channel_of(url, self.source)
            if channel not in self._lists:
                self.counted["no_channel"] += 1
            elif self._add(Visit(self.source.key, channel, Kind.NOTICE, url)):
                self.counted["notices_not_listed"] += 1

    def _untouched(self) -> dict[str, str]:
        """Saved pages that nothing asked for yet: an address for each key."""
        asked = {key for key, _ in self._asked}
        return {key: saved[-1].url for key, saved in self.past.pages.items() if key not in asked}

    def _add(self, visit: Visit) -> bool:
        mark = visit_key(visit), visit.channel if visit.kind is Kind.LISTING else ""
        if mark in self._asked:
            return False
        self._asked.add(mark)
        if mark[0] not in self.past.pages:
            self.counted[f"{visit.kind}_not_saved"] += 1
            return False
        (self._queue.appendleft if visit.kind is not Kind.NOTICE else self._queue.append)(visit)
        return True

    def _drain(self) -> None:
        while self._queue:
            visit = self._queue.popleft()
            if visit.kind is Kind.LISTING:
                self._walked.append(visit)
            for saved in self.past.pages[visit_key(visit)]:
                self._take(saved, replace(visit, url=saved.url, run=self._start.run))

    def _take(self, saved: Saved, visit: Visit) -> None:
        place = visit.channel if visit.kind is Kind.LISTING else ""
        id_ = uuid5(_OURS, "\n".join((self.source.key, visit.kind, place, saved.identity))).hex
        capture = self._ledger.held(id_)
        if capture is None:
            try:
                capture = replace(self.past.capture(saved, visit), id=id_)
                self._silent = 0
            except Unreadable as problem:
                self._failed.append(str(problem))
                return
            except NoAnswer as silence:
                self._note_silence(str(silence))
                return
            reading = self._keep(capture)
        else:
            self.counted["known"] += 1
            reading = read_capture(capture, self.source)
        self.counted["read"] += 1
        self._show(self.counted["read"], len(self._queue))
        if reading.listing is not None:
            self._lists[visit.channel].take(reading)
        for following in reading.visits:
            self._add(following)

    def _note_silence(self, why: str) -> None:
        self._failed.append(why)
        self._silent += 1
        if self._silent >= MOST_SILENT:
            raise _Silent

    def _keep(self, capture: Capture) -> Reading:
        self._ledger.keep(capture)
        reading = read_capture(capture, self.source)
        self._ledger.take(reading)
        self.counted["captures"] += 1
        self.counted["bytes"] += len(capture.body)
        self.counted[capture.visit.kind] += 1
        return reading

    def _outcome(self) -> tuple[Outcome, str]:
        gaps = self.past.gaps()
        if self._failed:
            gaps.append(f"{len(self._failed)} captures could not be had: {self._failed[0]}")
        if self._silent >= MOST_SILENT:
            gaps.append(f"stopped after {MOST_SILENT} in a row with {len(self._queue)} pages due; run it again later")
        if gaps:
            return Outcome.PARTIAL, "; ".join(gaps)
        if not self.counted["read"]:
            return Outcome.EMPTY_SUSPICIOUS, f"{self.past.name} holds no page of this source that a list leads to"
        said = [f"everything that {self.past.name} holds of these lists was read"]
        never = sum(self.counted[f"{kind}_not_saved"] for kind in Kind)
        said += [f"{never} linked pages were never saved"] if never else []
        said += [f"{self.counted['no_channel']} notices belong to no channel"] if self.counted["no_channel"] else []
        return Outcome.COMPLETE, "; ".join(said)

    def _end(self, outcome: tuple[Outcome, str]) -> RunEnd:
        ends = tuple(self._channel_end(key, lists) for key, lists in self._lists.items())
        return RunEnd(self._start.run, datetime.now(UTC), *outcome, ends, tuple(sorted(self.counted.items())))

    def _channel_end(self, key: str, lists: _Lists) -> ChannelEnd:
        """Never closed: what others happened to save shows no list's end on any one day."""
        reason = f"{self.past.name} holds no page of this list"
        if lists.first and lists.last:
            days = f"{lists.first:%Y-%m-%d} to {lists.last:%Y-%m-%d}"
            reason = f"only what {self.past.name} happened to save: {lists.pages} captures of the list, {days}"
        return ChannelEnd(key, False, reason, lists.pages, len(lists.rows), lists.total, lists.stated_pages)
