"""Registered publications after every derive: which of their files are held, and which of them the portal has, too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select

from pipeline.count.media import Medium
from pipeline.model import Kind, Quality, Source
from pipeline.register.count import SHORTEST_TITLE, Listed, Publication
from pipeline.register.read import title_key
from pipeline.register.scans import Outside, address_of
from storage.tables import core as t
from storage.tables.registered import registered, registered_postings, registered_scans
from storage.tables.upsert import delete_in, rows_in, upsert

STEP = "register_scan"
NEAR = timedelta(days=7)  # a portal shows within a week what a newspaper prints; convention of this project


def refresh_registered(connection: Connection, sources: Mapping[str, Source]) -> None:
    """The files and the postings of every registered row, made anew; a publication in several lists is one row."""
    connection.execute(delete(registered_scans))
    connection.execute(delete(registered_postings))
    connection.execute(delete(t.problems).where(t.problems.c.step == STEP))
    _keep_scans(connection)
    for key in connection.scalars(select(registered.c.source).distinct().order_by(registered.c.source)).all():
        if key in sources:
            _keep_postings(connection, sources[key])


def listed_publications(connection: Connection, source: str) -> Listed:
    """What the lists of a source hold, whichever list a publication stands in."""
    c, p, held = registered.c, t.problems.c, t.captures.c
    linked = select(registered_postings.c.registered)
    columns = (c.kind, c.medium_key, c.title_key, c.published_on, c.id.in_(linked).label("on_portal"))
    rows = connection.execute(select(*columns).where(c.source == source))
    found = tuple(
        Publication(Medium(row.kind), row.medium_key, row.title_key, row.published_on, bool(row.on_portal))
        for row in rows
    )
    # A list that is brought again, corrected, speaks for itself: what was wrong with it before is no hole any more.
    later = t.captures.alias("later").c
    # From each of the few problems to its capture and on by the page: captures alone are as many as the archive is old.
    again = select(later.id).where(
        held.id == p.capture,
        later.source == held.source,
        later.key == held.key,
        later.kind == held.kind,
        later.url == held.url,
        later.fetched_at > held.fetched_at,
    )
    unread = select(func.count()).where(p.source == source, p.step == "register", ~again.correlate(t.problems).exists())
    return Listed(found, connection.scalar(unread) or 0)


def _keep_scans(connection: Connection) -> None:
    c, held = registered.c, t.captures.c
    rows = connection.execute(
        select(registered, held.url, held.run, held.fetched_at).join(t.captures, held.id == c.capture)
    ).mappings()
    found = [dict(row) for row in rows]
    files = _files_of(connection, {row["run"] for row in found if row["scans"]})
    best: dict[tuple[Any, ...], str] = {}
    for row in sorted(found, key=lambda row: _rank(row, files)):
        best.setdefault((row["source"], row["medium_key"], row["title_key"], row["published_on"]), row["id"])
    standing = set(best.values())
    delete_in(connection, c.id, {row["id"] for row in found} - standing)
    named = [row for row in found if row["scans"] and row["id"] in standing]
    kept: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    for row in named:
        for number, name in enumerate(row["scans"], 1):
            capture, wrong = _file(files, row, name)
            kept.append({"registered": row["id"], "number": number, "name": name, "capture": capture})
            if wrong:
                problems.append(_problem(row, name, wrong))
    upsert(connection, registered_scans, kept)
    upsert(connection, t.problems, list({(one["capture"], one["reason"]): one for one in problems}.values()))


def _rank(row: Mapping[str, Any], files: Mapping[tuple[str, str], tuple[str, str]]) -> tuple[Any, ...]:
    """Of rows that say the same, the one with a file stands before one with words and one without, then the first."""
    with_file = any(_file(files, row, name)[0] for name in row["scans"])
    return not with_file, not row["evidence"], row["fetched_at"], row["capture"], row["sheet"], row["row"]


def _files_of(connection: Connection, runs: Iterable[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """By run and address: the capture of a file and what is wrong with it."""
    held = t.captures.c
    found: dict[tuple[str, str], tuple[str, str]] = {}
    scans = select(held.id, held.run, held.url, held.quality, held.failure).where(held.kind == Kind.SCAN.value)
    for row in rows_in(connection, scans, held.run, runs):
        is_held = row.quality == Quality.GOOD.value
        found[row.run, row.url] = (row.id, "") if is_held else ("", row.failure or str(row.quality))
    return found


def _file(files: Mapping[tuple[str, str], tuple[str, str]], row: Mapping[str, Any], name: str) -> tuple[str, str]:
    try:
        address = address_of(row["url"], name)
    except Outside as refusal:
        return "", str(refusal)
    return files.get((row["run"], address), ("", "it was not brought with the list"))


def _problem(row: Mapping[str, Any], name: str, wrong: str) -> dict[str, Any]:
    place = f"{row['sheet']} row {row['row']}".strip()
    reason = f"{place}: 缺凭证文件 without its file {name!r}: {wrong}"
    return {
        "capture": row["capture"],
        "step": STEP,
        "reason": reason,
        "source": row["source"],
        "channel": "",
        "url": row["url"],
    }


def _keep_postings(connection: Connection, source: Source) -> None:
    """Postings with the title of a registered publication, at most NEAR from it."""
    c = registered.c
    wanted: dict[str, list[tuple[str, date]]] = {}
    for row in connection.execute(select(c.id, c.title_key, c.published_on).where(c.source == source.key)):
        if len(row.title_key) >= SHORTEST_TITLE:
            wanted.setdefault(row.title_key, []).append((row.id, row.published_on))
    found = [
        {"registered": id_, "posting": posting, "days": (day - on).days}
        for posting, key, day in _titled(connection, source, [on for rows in wanted.values() for _, on in rows])
        for id_, on in wanted.get(key, ())
        if abs(day - on) <= NEAR
    ]
    upsert(connection, registered_postings, found)


def _titled(connection: Connection, source: Source, days: Sequence[date]) -> Iterator[tuple[str, str, date]]:
    """Id, title's key and day of the source's postings within NEAR of any of the days."""
    p = t.postings.c
    for first, last in _spans(days):
        since, until = (datetime.combine(day, time(), source.zone).astimezone(UTC) for day in (first, last))
        within = and_(p.published >= since, p.published < until + timedelta(days=1))
        # Not a bare column: SQLite would take an index that begins with it and read the whole source.
        rows = select(p.id, p.title, p.published_on).where(p.source.concat("") == source.key, within)
        for row in connection.execute(rows.execution_options(yield_per=1000)):
            yield row.id, title_key(row.title), row.published_on


def _spans(days: Sequence[date]) -> list[tuple[date, date]]:
    """The stretches of time that lie within NEAR of any of the days, without overlaps, in order."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        first, last = day - NEAR, day + NEAR
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found
