"""The walks of a run, one per channel: readings of listing pages in, the next visits out."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from pipeline.dialects import DIALECTS
from pipeline.follow import page_of_list
from pipeline.listing import Walk
from pipeline.listing.walk import NextStep, WalkedPage, WalkedRow, absent, channel_end, miss, no_way_on, take
from pipeline.model import Capture, Channel, ChannelEnd, Kind, Lead, Quality, Source, Visit
from pipeline.reading import Reading
from pipeline.values.dates import read_date
from pipeline.values.text import no_space
from pipeline.values.urls import key_of


class Walks:
    """Where each channel's walk stands. A walk is shortened only where an earlier one reached the end."""

    def __init__(
        self, source: Source, channels: Iterable[Channel], since: date | None, walked: Collection[str]
    ) -> None:
        self.source = source
        self._walks = {channel.key: Walk(channel.key, since if channel.key in walked else None) for channel in channels}
        self._held: dict[str, Capture] = {}  # the newest page of each list that could be read

    def first_visits(self) -> list[Visit]:
        """The first page of every channel's list."""
        return [self._first(key) for key in self._walks]

    def take(self, reading: Reading, known: Collection[str]) -> list[Visit]:
        """What a listing page leads to: its notices, and the next page while the walk goes on."""
        visit = reading.capture.visit
        walk = self._walks[visit.channel]
        if reading.listing is None:
            if reading.visits:  # led on to another address
                return list(reading.visits)
            gone = reading.quality is Quality.ABSENT
            step = absent(walk, visit.page) if gone else miss(walk, visit.page, _why(reading))
            return self._next(walk, step, reading, [])
        self._held[visit.channel] = reading.capture
        following = [one for one in reading.visits if one.kind is Kind.LISTING]
        listing = reading.listing
        rows = tuple(self._row(lead, known) for lead in listing.leads)
        step = take(walk, WalkedPage(visit.page, rows, listing.stated, more=bool(following), capped=listing.capped))
        notices = [one for one in reading.visits if one.kind is not Kind.LISTING]
        return notices + self._next(walk, step, reading, following)

    def ends(self) -> tuple[ChannelEnd, ...]:
        """How the walks ended, or that they did not."""
        return tuple(channel_end(walk) for walk in self._walks.values())

    def _next(self, walk: Walk, step: NextStep, reading: Reading, following: list[Visit]) -> list[Visit]:
        """The listing page that the step asks for; none when the walk has ended."""
        if step is NextStep.SKIP:
            if found := self._by_rule(walk.channel, reading.capture.visit):
                return [found]
            step = no_way_on(walk)
        if step is NextStep.AGAIN:
            return [self._first(walk.channel)]
        return following if step is NextStep.ON else []

    def _by_rule(self, channel: str, visit: Visit) -> Visit | None:
        """The page after the visit's by the dialect's rule, told from the newest page that could be read."""
        first = self._first(channel)
        held = self._held.get(channel) or _nothing_of(first)
        found = page_of_list(held, visit.page + 1, self.source)
        return replace(found, hops=0, run=visit.run) if found else None

    def _first(self, key: str) -> Visit:
        channel = self.source.channel(key)
        assert channel is not None
        return DIALECTS[self.source.dialect].first(self.source, channel)

    def _row(self, lead: Lead, known: Collection[str]) -> WalkedRow:
        when = read_date(lead.published, self.source.zone) if lead.published else None
        key = key_of(lead.url)
        day = when.moment.astimezone(self.source.zone).date() if when else None
        return WalkedRow(key, day, key in known, no_space(lead.title + lead.published))


def _nothing_of(visit: Visit) -> Capture:
    """A list of which no page could be read yet: its rule has the channel's address to go by."""
    return Capture(visit, datetime.min.replace(tzinfo=UTC), 0, (), b"")


def _why(reading: Reading) -> str:
    """In one word what the page is, or why a good one has no rows."""
    if reading.quality is not Quality.GOOD:
        return str(reading.quality)
    return "; ".join(problem.reason for problem in reading.problems) or reading.reason
