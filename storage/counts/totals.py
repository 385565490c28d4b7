"""What the tables of a source add up to, read once for all claims of a report: the cube, and the few in doubt."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from pipeline.count.definitions import CubeCell, page_cells, posting_cells
from pipeline.count.slices import BEGINNING, Counting, Slice
from pipeline.count.tally import Days, Tally, added_up, last_day
from pipeline.coverage.holes import ANY_YEAR
from pipeline.model import Channel, Definition, Source, State
from storage.tables import core as t
from storage.tables.likeness import doubtful_merges

_WITHDRAWN = (State.GONE.value, State.UNLISTED.value)
_WALKED = timedelta(days=2)  # a walk of a large portal takes a day: what it finds was there when it began
_PLACE = [t.postings.c[name] for name in ("bucket", "channel", "notice_type", "area")]
_EVER = 999912  # a month after every other
_MONTH = func.coalesce(t.postings.c.year * 100 + t.postings.c.month, 0)


@dataclass(frozen=True)
class Tallies:
    """The counts of a source. What is read is kept: all claims are judged by one state of the tables."""

    connection: Connection
    source: Source

    def count(self, asked: Counting) -> int:
        """How many are in the slice under the definition."""
        count = added_up(asked.reading, self.cube[asked.definition])
        return count if asked.void else count - added_up(asked.reading, self.void[asked.definition])

    @cached_property
    def cube(self) -> Mapping[Definition, list[Tally]]:
        """The maintained counts, added up over regions."""
        c = t.counts.c
        place = (c.definition, c.year, c.month, c.bucket, c.channel, c.notice_type, c.area)
        rows = self.connection.execute(
            select(*place, func.sum(c.n)).where(c.source == self.source.key).group_by(*place)
        )
        found: dict[Definition, list[Tally]] = {definition: [] for definition in Definition}
        for definition, year, month, *rest in rows:
            found[Definition(definition)].append(_tally((year * 100 + month, *rest)))
        return found

    @cached_property
    def void(self) -> Mapping[Definition, list[Tally]]:
        """What is marked as void, counted under each definition where its representative stands."""
        p = t.postings.c
        names = ("id", "source", "channel", "key", "published_on", "year", "month", "bucket", "notice_type", "area")
        columns = [*(p[name] for name in names), p.region, p.document]
        rows = self.connection.execute(select(*columns).where(p.source == self.source.key, p.void.is_(True)))
        marked = [dict(row) for row in rows.mappings()]
        standing = self._representatives([row["id"] for row in marked])
        return {
            Definition.POSTINGS: _tallies_of(posting_cells(marked)),
            Definition.PAGES: _tallies_of(page_cells(marked)),
            Definition.DOCUMENTS: _tallies_of(posting_cells(row for row in marked if row["id"] in standing)),
        }

    @cached_property
    def withdrawn(self) -> list[Tally]:
        """Postings that are gone or no longer listed."""
        s, p = t.states.c, t.postings.c
        last = select(s.posting, func.max(s.number).label("number")).where(s.source == self.source.key)
        newest = last.group_by(s.posting).subquery()
        rows = (
            select(_MONTH, *_PLACE, func.count())
            .join_from(t.states, newest, and_(s.posting == newest.c.posting, s.number == newest.c.number))
            .join(t.postings, p.id == s.posting)
            .where(s.state.in_(_WITHDRAWN))
            .group_by(_MONTH, *_PLACE)
        )
        return self._tallies(rows)

    def dated(self, reading: Slice, spans: tuple[Days, ...]) -> int:
        """Postings of the slice's places, whatever its period, with a date in these days."""
        anytime = replace(reading, since=BEGINNING, until=_EVER)
        return sum(added_up(anytime, self._of_days(span)) for span in spans)

    def late(self, reading: Slice, before: date) -> int:
        """Postings dated in the slice before that day that were not there when the list was first read after its end.

        Only of sections that were observed before the period ended: a first crawl knows nothing of what came late.
        """
        watched = tuple(self.watched(reading))
        if not watched:
            return 0
        last = reading.until // 100
        years = {one.month // 100 for one in self.cube[Definition.POSTINGS]}
        wanted = [year for year in sorted(years) if reading.since // 100 <= year <= last and year]
        return sum(added_up(reading, self._arrived(year, watched, before)) for year in wanted)

    def about_also(self, reading: Slice) -> int:
        """Postings about one of the slice's key areas that are counted under another one, named before it."""
        if not reading.areas:
            return 0
        wanted = frozenset(area.value for area in reading.areas)
        rest = replace(reading, areas=())
        also = [
            tally
            for tally, areas in self._several
            if tally.area not in wanted and not wanted.isdisjoint(areas.split(","))
        ]
        return added_up(rest, also)

    def doubtful_merges(self, reading: Slice) -> int:
        """Pairs counted as two documents that may be one, with the one or the other of them in the slice."""
        return max(added_up(reading, tallies) for tallies in self._merges)

    def was_seen(self, channels: Iterable[Channel]) -> bool:
        """True when a list of one of these sections was ever read."""
        return any(channel.key in self._first_read for channel in channels)

    @cached_property
    def _merges(self) -> list[list[Tally]]:
        p, found = t.postings.c, []
        for side in (doubtful_merges.c.a, doubtful_merges.c.b):
            rows = select(_MONTH, *_PLACE, func.count()).join_from(doubtful_merges, t.postings, p.id == side)
            rows = rows.where(p.source == self.source.key)
            found.append(self._tallies(rows.group_by(_MONTH, *_PLACE)))
        return found

    @cached_property
    def _several(self) -> list[tuple[Tally, str]]:
        p = t.postings.c
        rows = (
            select(_MONTH, *_PLACE, func.count(), p.areas)
            .where(p.source == self.source.key, p.areas != p.area)
            .group_by(_MONTH, *_PLACE, p.areas)
        )
        return [(_tally(place), areas) for *place, areas in self.connection.execute(rows)]

    @cached_property
    def _first_read(self) -> dict[str, datetime]:
        """When each section's list was first read."""
        c = t.coverage.c
        rows = select(c.channel, c.first_observed).where(c.source == self.source.key, c.year == ANY_YEAR)
        return {channel: first for channel, first in self.connection.execute(rows) if first is not None}

    @cached_property
    def _days(self) -> dict[Days, list[Tally]]:
        return {}

    @cached_property
    def _reads(self) -> dict[tuple[str, datetime], datetime | None]:
        return {}

    @cached_property
    def _late(self) -> dict[tuple[int, tuple[tuple[str, datetime], ...], date], list[Tally]]:
        return {}

    def _arrived(self, year: int, watched: tuple[tuple[str, datetime], ...], before: date) -> list[Tally]:
        """Postings dated in the year before that day, first seen in a section after the time given for it."""
        asked = year, watched, before
        if asked not in self._late:
            p = t.postings.c
            late = or_(*(and_(p.channel == channel, p.first_seen > since) for channel, since in watched))
            earliest = min(since for _, since in watched)
            rows = select(_MONTH, *_PLACE, func.count()).where(
                p.source == self.source.key, p.year == year, p.first_seen > earliest, late, p.published_on < before
            )
            self._late[asked] = self._tallies(rows.group_by(_MONTH, *_PLACE))
        return self._late[asked]

    def _of_days(self, days: Days) -> list[Tally]:
        if days not in self._days:
            p = t.postings.c
            first, after = (self._midnight(day) for day in (days.first, days.last + timedelta(days=1)))
            within = and_(p.published >= first, p.published < after)
            # Not a bare column: SQLite would take an index that begins with it and read the whole source.
            own = p.source.concat("") == self.source.key
            rows = select(_MONTH, *_PLACE, func.count()).where(own, within)
            self._days[days] = self._tallies(rows.group_by(_MONTH, *_PLACE))
        return self._days[days]

    def watched(self, reading: Slice) -> Iterable[tuple[str, datetime]]:
        """Sections that were read before the period's end, each with the time from which what appears was late."""
        end = self._midnight(last_day(reading) + timedelta(days=1))
        for channel, first in sorted(self._first_read.items()):
            wanted = not reading.channels or channel in reading.channels
            if wanted and first <= end and (read := self._read_after(channel, end)):
                yield channel, read + _WALKED

    def _read_after(self, channel: str, end: datetime) -> datetime | None:
        if (channel, end) not in self._reads:
            c = t.listings.c
            after = select(func.min(c.fetched_at)).where(
                c.source == self.source.key, c.channel == channel, c.fetched_at >= end
            )
            self._reads[channel, end] = self.connection.scalar(after)
        return self._reads[channel, end]

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.source.zone).astimezone(UTC)

    def _representatives(self, ids: list[str]) -> set[str]:
        if not ids:
            return set()
        p, d = t.postings.c, t.documents.c
        rows = select(d.posting).join_from(t.documents, t.postings, p.id == d.posting)
        return set(self.connection.scalars(rows.where(p.source == self.source.key, p.void.is_(True))))

    def _tallies(self, rows: Select[Any]) -> list[Tally]:
        return [_tally(row) for row in self.connection.execute(rows)]


def _tally(row: Sequence[Any]) -> Tally:
    month, bucket, channel, notice_type, area, n = row
    return Tally(month, bucket, channel, notice_type, area, int(n))


def _tallies_of(cells: Counter[CubeCell]) -> list[Tally]:
    return [
        Tally(cell.year * 100 + cell.month, cell.bucket, cell.channel, cell.notice_type, cell.area, n)
        for cell, n in cells.items()
    ]
