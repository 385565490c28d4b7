"""What became of every posting, made anew from captures, lists and runs at the end of a derive."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, delete, select

from pipeline.count.removals import Became, Sighting, Sign, became
from pipeline.model import Kind, Outcome, Quality, Source
from storage.notices.moves import resolve
from storage.tables import core as t
from storage.tables.upsert import chunks, rows_in, upsert

_COMPLETE = (Outcome.COMPLETE.value, Outcome.COMPLETE_WITH_DRIFT.value)
_FINE = (Quality.GOOD.value, Quality.UNCHANGED.value)
_LOST = (Quality.ABSENT.value, Quality.REDIRECT.value)


@dataclass(frozen=True, slots=True)
class _Walk:
    """A complete run that walked the whole list of a channel."""

    run: str
    started: datetime


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the evidence of one source's postings is read from."""

    connection: Connection
    source: str
    trusted: frozenset[str]  # runs whose absences count
    walks: Mapping[str, list[_Walk]]  # by channel, oldest first


def refresh_states(connection: Connection, sources: Mapping[str, Source]) -> None:
    """The states of all postings as the archive shows them now."""
    connection.execute(delete(t.states))
    for key in sorted(sources):
        books = _Evidence(connection, key, _trusted(connection, key), _walks(connection, key))
        listed = _last_listed(books)
        keys = _lost(books) | _moved(books) | set(listed)
        for chunk in chunks(sorted(keys)):
            upsert(connection, t.states, list(_rows(books, set(chunk), listed)))


def _trusted(connection: Connection, source: str) -> frozenset[str]:
    """Complete runs in which the portal answered with at least one of its pages: an outage removes nothing."""
    c = t.captures.c
    answered = select(c.run).where(
        c.source == source, c.kind == Kind.NOTICE.value, c.quality.in_(_FINE), c.origin == ""
    )
    complete = select(t.runs.c.id).where(t.runs.c.source == source, t.runs.c.outcome.in_(_COMPLETE))
    return frozenset(connection.scalars(complete.where(t.runs.c.id.in_(answered))))


def _walks(connection: Connection, source: str) -> dict[str, list[_Walk]]:
    found: dict[str, list[_Walk]] = {}
    runs = connection.execute(
        select(t.runs.c.id, t.runs.c.started, t.runs.c.channels)
        .where(t.runs.c.source == source, t.runs.c.outcome.in_(_COMPLETE), t.runs.c.channels.is_not(None))
        .where(~t.runs.c.scope.startswith("since"))
        .order_by(t.runs.c.started, t.runs.c.id)
    )
    taken = set(connection.scalars(select(t.captures.c.run).where(t.captures.c.origin != "").distinct()))
    for run in runs:
        for channel, end in run.channels.items():
            if end["closed"] and run.id not in taken:
                found.setdefault(channel, []).append(_Walk(run.id, run.started))
    return found


def _lost(books: _Evidence) -> set[str]:
    """Keys of pages that were absent, or sent on, at least once."""
    c = t.captures.c
    seen = select(c.key).where(c.source == books.source, c.kind == Kind.NOTICE.value, c.quality.in_(_LOST))
    return _ends(books, set(books.connection.scalars(seen.distinct())))


def _moved(books: _Evidence) -> set[str]:
    c = t.moves.c
    rows = books.connection.execute(select(c.key, c.to_key).where(c.source == books.source))
    return _ends(books, {key for row in rows for key in row})


def _ends(books: _Evidence, keys: set[str]) -> set[str]:
    return set(resolve(books.connection, books.source, keys).values())


def _last_listed(books: _Evidence) -> dict[str, dict[str, datetime]]:
    """By page and channel when a list last showed it, of those that the last walk of the whole list did not show."""
    last = {channel: walks[-1].started for channel, walks in books.walks.items()}
    c = t.leads.c
    missed: set[str] = set()
    for channel, started in sorted(last.items()):
        old = select(c.key).where(c.source == books.source, c.channel == channel, c.listed, c.last_seen < started)
        missed.update(books.connection.scalars(old))
    ends = resolve(books.connection, books.source, missed)
    found: dict[str, dict[str, datetime]] = {}
    listed = select(c.channel, c.key, c.last_seen).where(c.source == books.source, c.listed)
    for row in rows_in(books.connection, listed, c.key, ends):
        times = found.setdefault(ends[row.key], {})
        times[row.channel] = max(row.last_seen, times.get(row.channel, row.last_seen))
    missing = {
        key: {channel: at for channel, at in times.items() if channel in last and at < last[channel]}
        for key, times in found.items()
    }
    return {key: times for key, times in missing.items() if times}


def _rows(books: _Evidence, keys: set[str], listed: Mapping[str, Mapping[str, datetime]]) -> Iterable[dict[str, Any]]:
    c = t.postings.c
    postings = books.connection.execute(
        select(c.id, c.key, c.channel).where(c.source == books.source, c.key.in_(keys)).order_by(c.id)
    ).all()
    pages = _pages(books, {row.key for row in postings})
    for row in postings:
        seen = [*pages.get(row.key, ()), *_of_list(books, row.channel, listed.get(row.key, {}).get(row.channel))]
        for number, one in enumerate(became(seen), 1):
            yield _row(books, row.id, number, one)


def _row(books: _Evidence, posting: str, number: int, one: Became) -> dict[str, Any]:
    return {
        "posting": posting,
        "number": number,
        "source": books.source,
        "state": one.state.value,
        "since": one.since,
        "decided": one.decided.at,
        "capture": one.decided.capture,
        "run": one.decided.run,
        "reason": one.reason,
    }


def _of_list(books: _Evidence, channel: str, last: datetime | None) -> list[Sighting]:
    if last is None:
        return []
    missed = [walk for walk in books.walks[channel] if walk.started > last]
    return [Sighting(last, Sign.LISTED, ""), *(Sighting(walk.started, Sign.UNLISTED, walk.run) for walk in missed)]


def _pages(books: _Evidence, keys: set[str]) -> dict[str, list[Sighting]]:
    """What the pages of these postings answered, at whatever address they were known."""
    ends = resolve(books.connection, books.source, keys)
    c = t.captures.c
    rows: dict[str, list[Any]] = {}
    answers = (
        select(c.id, c.key, c.url, c.quality, c.fetched_at, c.run)
        .where(c.source == books.source, c.kind == Kind.NOTICE.value, c.origin == "")
        .where(c.quality.in_((*_FINE, *_LOST)))
    )
    for row in rows_in(books.connection, answers, c.key, ends):
        rows.setdefault(ends[row.key], []).append(row)
    return {
        key: _sightings(books, key, sorted(seen, key=lambda row: (row.fetched_at, row.id)))
        for key, seen in rows.items()
    }


def _sightings(books: _Evidence, key: str, rows: list[Any]) -> list[Sighting]:
    fine = [row for row in rows if row.quality in _FINE]
    found = [Sighting(row.fetched_at, Sign.ANSWERS, row.run, row.id) for row in fine]
    for before, after in pairwise(row for row in fine if row.quality == Quality.GOOD):
        if before.key != after.key:
            note = f"found at {after.url}, before at {before.url}"
            found.append(Sighting(after.fetched_at, Sign.MOVED, after.run, after.id, note))
    last = fine[-1].fetched_at if fine else None
    for row in rows:
        sent_away = row.quality == Quality.REDIRECT and (last is None or row.fetched_at > last)
        if row.key == key and row.run in books.trusted and (row.quality == Quality.ABSENT or sent_away):
            note = "it sends on to what is no page of its own" if sent_away else ""
            found.append(Sighting(row.fetched_at, Sign.ABSENT, row.run, row.id, note))
    return found
