"""What captures say about themselves and about other pages: runs, captures, listings, leads, moves, wanted pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from pipeline.model import Capture, Kind, Lead, Quality, RunEnd, RunStart, Source
from pipeline.page.file_kind import is_document
from pipeline.reading import Reading
from pipeline.values.dates import read_date
from pipeline.values.urls import key_of, page_key, visit_key
from storage.archive.folder import Damage
from storage.notices.moves import store_moves
from storage.tables import core as t
from storage.tables.upsert import rows_in, upsert


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where in the archive a record lies; lengths and positions in bytes."""

    warc: str
    position: int
    length: int


@dataclass(slots=True)
class Touched:
    """Keys of notices that a batch said something about, per source."""

    keys: dict[str, set[str]] = field(default_factory=dict)

    def add(self, source: str, *keys: str) -> None:
        self.keys.setdefault(source, set()).update(key for key in keys if key)


def notice_key(capture: Capture) -> str:
    """The key of the notice that a capture belongs to: its own page's, or that of the row it was reached from."""
    visit = capture.visit
    if visit.kind is Kind.NOTICE or visit.lead is None:
        return "" if visit.kind is Kind.LISTING else page_key(visit)
    return key_of(visit.lead.url)


def start_run(connection: Connection, start: RunStart) -> None:
    """The run stands in the table, unended unless its end is known already."""
    row = {"id": start.run, "source": start.source, "started": start.started, "scope": start.scope}
    upsert(connection, t.runs, [{**row, "source_file": start.source_text}])


def end_run(connection: Connection, end: RunEnd) -> None:
    """The run's outcome; a run whose start was lost has none to add it to."""
    connection.execute(
        t.runs.update()
        .where(t.runs.c.id == end.run)
        .values(
            ended=end.ended,
            outcome=end.outcome.value,
            reason=end.reason,
            channels={channel.channel: asdict(channel) for channel in end.channels},
            numbers=dict(end.numbers),
        )
    )


def note_damage(connection: Connection, damage: Damage) -> None:
    """A problem that names the place: whatever stood there cannot be read any more."""
    row = {"capture": f"{damage.warc}@{damage.position}", "step": "archive", "source": "", "channel": "", "url": ""}
    upsert(connection, t.problems, [{**row, "reason": f"{damage.length} bytes: {damage.reason}"}])


def store_readings(
    connection: Connection,
    readings: Sequence[tuple[RecordPlace, Reading]],
    sources: Mapping[str, Source],
    touched: Touched,
) -> None:
    """The rows of a batch that need nothing but the capture itself; the notices that they concern go to `touched`."""
    rows = [_capture_row(place, reading) for place, reading in readings]
    upsert(connection, t.captures, rows)
    upsert(connection, t.listings, [_listing_row(reading) for _, reading in readings if reading.listing])
    moved = [_move_rows(reading) for _, reading in readings]
    store_moves(connection, [move for found in moved for move in found])
    wanted = {
        (row["source"], row["channel"], row["notice_key"], row["key"]): row
        for _, reading in readings
        for row in _wanted_rows(reading)
    }
    upsert(connection, t.wanted, list(wanted.values()))
    _store_problems(connection, [reading for _, reading in readings])
    for row, found in zip(rows, moved, strict=True):
        touched.add(row["source"], row["notice_key"], *(move["to_key"] for move in found))
    for source_key in {reading.capture.visit.source for _, reading in readings}:
        seen = [reading for _, reading in readings if reading.capture.visit.source == source_key]
        _store_leads(connection, sources[source_key], seen, touched)


def _capture_row(place: RecordPlace, reading: Reading) -> dict[str, Any]:
    capture = reading.capture
    visit = capture.visit
    return {
        "id": capture.id,
        "run": visit.run,
        "source": visit.source,
        "channel": visit.channel,
        "kind": visit.kind.value,
        "url": visit.url,
        "key": visit_key(visit),
        "notice_key": notice_key(capture),
        "part": visit.page if visit.kind is Kind.PART else 0,
        "fetched_at": capture.fetched_at,
        "status": capture.status,
        # What only sends on is no page, by whatever means it does.
        "quality": (Quality.REDIRECT if reading.moved_to else reading.quality).value,
        "failure": capture.failure,
        "digest": capture.digest,
        "size": len(capture.body),
        "warc": place.warc,
        "position": place.position,
        "length": place.length,
        "page": visit.page if visit.kind is Kind.LISTING else 0,
        "origin": capture.origin,
        "document": visit.kind is Kind.REPORT and is_document(capture),
        **_validators(reading),
    }


def _validators(reading: Reading) -> dict[str, str]:
    """What a revisit of a good page may ask with (RFC 9110, 13.1)."""
    capture = reading.capture
    if reading.quality is not Quality.GOOD or capture.visit.kind is not Kind.NOTICE:
        return {"etag": "", "modified": ""}
    return {"etag": capture.header("etag"), "modified": capture.header("last-modified")}


def _listing_row(reading: Reading) -> dict[str, Any]:
    capture, listing = reading.capture, reading.listing
    assert listing is not None
    return {
        "capture": capture.id,
        "run": capture.visit.run,
        "source": capture.visit.source,
        "channel": capture.visit.channel,
        "page": capture.visit.page,
        "fetched_at": capture.fetched_at,
        "rows": len(listing.leads),
        "stated_total": listing.stated.total,
        "stated_pages": listing.stated.pages,
    }


def _move_rows(reading: Reading) -> list[dict[str, Any]]:
    visit = reading.capture.visit
    if visit.kind is not Kind.NOTICE or not (target := reading.moved_to):
        return []
    here, there = key_of(visit.url), key_of(target)
    row = {"source": visit.source, "key": here, "to_key": there, "seen": reading.capture.fetched_at}
    return [row] if here != there else []


def _wanted_rows(reading: Reading) -> list[dict[str, Any]]:
    """What a notice still needs; of a list, the notices whose own address does not tell how to ask for them."""
    is_list = reading.capture.visit.kind is Kind.LISTING
    if not is_list and reading.capture.visit.kind not in {Kind.NOTICE, Kind.PART}:
        return []
    return [
        {
            "source": visit.source,
            "channel": visit.channel,
            "notice_key": page_key(visit) if is_list else notice_key(reading.capture),
            "key": visit_key(visit),
            "url": visit.url,
            "kind": visit.kind.value,
            "part": visit.page,
            "form": visit.form,
            "json": visit.json,
            "hops": visit.hops,
        }
        for visit in reading.visits
        if visit.kind in {Kind.NOTICE, Kind.PART, Kind.ATTACHMENT}
        and not (is_list and page_key(visit) == visit_key(visit))
    ]


def _store_problems(connection: Connection, readings: Iterable[Reading]) -> None:
    """Problems of captures as such; those of reading a notice are known only with all of its parts (postings.py)."""
    rows = {
        (problem.capture, problem.step, problem.reason): {
            "capture": problem.capture,
            "step": problem.step,
            "reason": problem.reason,
            "source": reading.capture.visit.source,
            "channel": reading.capture.visit.channel,
            "url": reading.capture.visit.url,
        }
        for reading in readings
        for problem in reading.problems
        if problem.step != "read"
    }
    upsert(connection, t.problems, list(rows.values()))


@dataclass(frozen=True, slots=True)
class _Sighting:
    channel: str
    key: str
    lead: Lead
    seen_at: datetime
    listed: bool


def _sightings(readings: Iterable[Reading]) -> Iterable[_Sighting]:
    """Every row of every listing, and the row that every other page was reached from."""
    for reading in readings:
        capture = reading.capture
        visit = capture.visit
        for lead in reversed(
            reading.listing.leads if reading.listing else ()
        ):  # of two rows for a page the first stands
            yield _Sighting(visit.channel, key_of(lead.url), lead, capture.fetched_at, listed=True)
        if visit.lead is not None and visit.kind is Kind.NOTICE:
            yield _Sighting(visit.channel, key_of(visit.lead.url), visit.lead, capture.fetched_at, listed=False)


def _store_leads(connection: Connection, source: Source, readings: list[Reading], touched: Touched) -> None:
    sightings = sorted(_sightings(readings), key=lambda one: one.seen_at)
    known = _known_leads(connection, source.key, {one.key for one in sightings})
    changed: dict[tuple[str, str], dict[str, Any]] = {}
    for one in sightings:
        place = (one.channel, one.key)
        old = known.get(place)
        row = _lead_row(source, one, old)
        if old is None or _says(row) != _says(old):
            touched.add(source.key, one.key)
        known[place] = changed[place] = row
    upsert(connection, t.leads, list(changed.values()))


def _says(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["url"], row["title"], row["published"], row["label"]


def _lead_row(source: Source, one: _Sighting, old: dict[str, Any] | None) -> dict[str, Any]:
    """The lead as last seen, with the whole span in which it was seen: the same in whatever order sightings come."""
    if old is not None and old["listed"] != one.listed:
        old = old if old["listed"] else None  # what a listing says stands over what a visit was told
        if old is not None:
            return old
    if old is not None and old["last_seen"] > one.seen_at:
        return {**old, "first_seen": min(old["first_seen"], one.seen_at)}
    when = read_date(one.lead.published, source.zone) if one.lead.published else None
    return {
        "source": source.key,
        "channel": one.channel,
        "key": one.key,
        "url": one.lead.url,
        "title": one.lead.title,
        "published": one.lead.published,
        "published_on": when.moment.astimezone(source.zone).date() if when else None,
        "label": one.lead.label,
        "listed": one.listed,
        "first_seen": min(old["first_seen"], one.seen_at) if old else one.seen_at,
        "last_seen": one.seen_at,
    }


def _known_leads(connection: Connection, source: str, keys: set[str]) -> dict[tuple[str, str], dict[str, Any]]:
    rows = rows_in(connection, select(t.leads).where(t.leads.c.source == source), t.leads.c.key, keys)
    return {(row.channel, row.key): dict(row._mapping) for row in rows}


def keep_cursors(connection: Connection, cursors: Mapping[str, int]) -> None:
    """How far the files are derived, in the transaction of what was derived; never backwards."""
    known = {
        row.warc: row.position for row in connection.execute(select(t.cursors).where(t.cursors.c.warc.in_(cursors)))
    }
    upsert(
        connection,
        t.cursors,
        [{"warc": warc, "position": max(position, known.get(warc, 0))} for warc, position in cursors.items()],
    )
