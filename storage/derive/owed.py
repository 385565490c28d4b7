"""What a crawl need not fetch again, and what it still owes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select

from pipeline.model import Kind, Lead, Quality, State, Visit
from pipeline.values.urls import visit_key
from storage.tables import core as t
from storage.tables.upsert import chunks, rows_in

# Answers that are no page and that nothing wrong with the line explains: they are asked for again, but not twice on one
# day. A portal may publish the list first and the article later.
_SETTLED = (Quality.DISALLOWED, Quality.OVERSIZE, Quality.REDIRECT)
ASK_AGAIN = timedelta(hours=20)
NO_ROBOTS = "robots.txt could not be had"  # in the failure of a visit that was not made for that reason


def known_keys(connection: Connection, source: str, now: datetime) -> set[str]:
    """Keys of pages that we hold, of addresses that lead to them, and of those that were no page a short while ago."""
    c = t.captures.c
    # An absence that the status does not say, and a robots.txt that could not be had, may be over with the next run.
    absent = and_(c.quality == Quality.ABSENT.value, c.status != 200)
    refused = c.quality.in_([quality.value for quality in _SETTLED]) & c.failure.not_like(f"%{NO_ROBOTS}%")
    file = and_(c.quality == Quality.WRONG_TYPE.value, c.kind == Kind.ATTACHMENT.value)
    settled = and_(or_(absent, refused, file), c.fetched_at > now - ASK_AGAIN)
    listed = case((c.kind == Kind.NOTICE.value, c.notice_key), else_=c.key)
    held = select(c.key, listed).where(
        c.source == source,
        c.kind.in_([Kind.NOTICE.value, Kind.PART.value, Kind.ATTACHMENT.value]),
        or_(c.quality == Quality.GOOD.value, settled),
    )
    # A notice that an interface answers with is held under its listed page's key as well.
    keys = {key for row in connection.execute(held) for key in row}
    sent = t.moves.c
    order = select(sent.key, sent.to_key).where(sent.source == source).order_by(sent.seen, sent.to_key)
    moves = {row.key: row.to_key for row in connection.execute(order)}  # the newest of several
    return keys | {key for key in moves if _leads_into(key, moves, keys)}


def _leads_into(key: str, moves: dict[str, str], held: set[str]) -> bool:
    seen = {key}
    while (key := moves.get(key, "")) and key not in seen:
        if key in held:
            return True
        seen.add(key)
    return False


def owed(connection: Connection, source: str, channels: Iterable[str], known: set[str]) -> list[Visit]:
    """Visits that captures and listings ask for and that no earlier run made, in the order in which they are wanted."""
    names = list(channels)
    leads = {
        (row.channel, row.key): Lead(row.url, row.title, row.published, row.label)
        for row in connection.execute(
            select(t.leads)
            .where(and_(t.leads.c.source == source, t.leads.c.channel.in_(names)))
            .order_by(t.leads.c.key)
        )
    }
    visits = [
        Visit(source, channel, Kind.NOTICE, lead.url, lead)
        for (channel, key), lead in leads.items()
        if key not in known and "#" not in key  # a route is asked for as its list said: `wanted` has it
    ]
    wanted = select(t.wanted).where(and_(t.wanted.c.source == source, t.wanted.c.channel.in_(names)))
    for row in connection.execute(wanted.order_by(t.wanted.c.notice_key, t.wanted.c.part, t.wanted.c.key)):
        if row.key not in known:
            form = tuple((name, value) for name, value in row.form) if row.form is not None else None
            lead = leads.get((row.channel, row.notice_key))
            visits.append(Visit(source, row.channel, Kind(row.kind), row.url, lead, row.part, form, row.json, row.hops))
    return visits


def never_asked(connection: Connection, source: str, channels: Iterable[str], run: str, known: set[str]) -> list[str]:
    """Addresses that lists of the channels link, of pages that we do not hold and that the run did not ask for."""
    lead, c = t.leads.c, t.captures.c
    asked = {key for row in connection.execute(select(c.key, c.notice_key).where(c.run == run)) for key in row}
    rows = connection.execute(
        select(lead.key, lead.url).where(lead.source == source, lead.channel.in_(list(channels))).distinct()
    )
    return [row.url for row in rows if row.key not in known and row.key not in asked]


def walked_channels(connection: Connection, source: str) -> set[str]:
    """Channels whose list some run has walked to its end: only these may be walked short."""
    ends = connection.scalars(
        select(t.runs.c.channels).where(t.runs.c.source == source, t.runs.c.channels.is_not(None))
    )
    return {key for channels in ends for key, end in channels.items() if end["closed"]}


def listed_rows(connection: Connection, source: str) -> dict[str, int]:
    """How many pages each channel's lists have ever linked."""
    lead = t.leads.c
    rows = connection.execute(
        select(lead.channel, func.count()).where(lead.source == source, lead.listed).group_by(lead.channel)
    )
    return {row[0]: row[1] for row in rows}


def unreadable(connection: Connection, run: str) -> int:
    """Captures of the run that came back good and that no reader understood."""
    c = t.captures.c
    steps = ["open", "list", "read"]
    return (
        connection.scalar(
            select(func.count(func.distinct(c.id)))
            .join(t.problems, t.problems.c.capture == c.id)
            .where(c.run == run, t.problems.c.step.in_(steps))
        )
        or 0
    )


# Silent corrections come soon after a publication (docs/decisions): a page is read again this long after its first
# capture, each time once, whenever the next run comes.
REVISITS = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
TOLERANCE = timedelta(hours=4)  # a daily run does not begin at the same minute every day
_FINE = (Quality.GOOD.value, Quality.UNCHANGED.value)
_ANSWERS = (*_FINE, Quality.ABSENT.value, Quality.REDIRECT.value)


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page to be read again, and the header fields to ask with."""

    visit: Visit
    conditions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page that a posting was read from, as far as its next revisit goes."""

    key: str
    channel: str
    first: datetime
    answered: datetime  # by a page, by 304, or by saying that there is none
    fine: datetime  # by a page or by 304
    state: State
    decided: datetime | None

    @property
    def missing(self) -> bool:
        return self.answered > self.fine


def revisits(
    connection: Connection, source: str, channels: Iterable[str], now: datetime, *, every: bool = False
) -> list[Revisit]:
    """Pages that are due again: by the window after their first capture, or because they were missing last time.

    With pages that were missing one that was not is asked for, to tell a removal from an outage.
    """
    held = _held(connection, source, list(channels))
    due = [one for one in held if every or _is_due(one, now)]
    fine = [one for one in held if not one.missing]
    if due and fine and all(one.missing for one in due):
        due.append(max(fine, key=lambda one: (one.fine, one.key)))
    return _visits(connection, source, due)


def _is_due(page: _ReadPage, now: datetime) -> bool:
    passed = [page.first + after - TOLERANCE for after in REVISITS if page.first + after - TOLERANCE <= now]
    if passed and page.answered < passed[-1]:
        return True
    if page.missing and page.state is not State.GONE:
        return page.answered <= now - ASK_AGAIN
    return page.state is State.UNLISTED and page.decided is not None and page.answered < page.decided


def _held(connection: Connection, source: str, channels: list[str]) -> list[_ReadPage]:
    """One for each page of the channels' postings."""
    answered = _last(connection, source, _ANSWERS)
    fine = _last(connection, source, _FINE)
    states = {
        row.posting: (State(row.state), row.decided)
        for row in connection.execute(
            select(t.states.c.posting, t.states.c.state, t.states.c.decided)
            .where(t.states.c.source == source)
            .order_by(t.states.c.posting, t.states.c.number)
        )
    }
    p = t.postings.c
    rows = connection.execute(
        select(p.id, p.key, p.channel, p.first_seen)
        .where(p.source == source, p.channel.in_(channels))
        .order_by(p.key, p.channel.desc())
    )
    pages = {}
    for row in rows:
        state, decided = states.get(row.id, (State.PRESENT, None))
        seen = row.first_seen
        pages[row.key] = _ReadPage(
            row.key, row.channel, seen, answered.get(row.key, seen), fine.get(row.key, seen), state, decided
        )
    return list(pages.values())


def _last(connection: Connection, source: str, qualities: Iterable[str]) -> dict[str, datetime]:
    c = t.captures.c
    rows = connection.execute(
        select(c.key, func.max(c.fetched_at, type_=t.UtcDateTime()))
        .where(c.source == source, c.kind == Kind.NOTICE.value, c.quality.in_(list(qualities)))
        .group_by(c.key)
    )
    return {row[0]: row[1] for row in rows}


def _visits(connection: Connection, source: str, due: Iterable[_ReadPage]) -> list[Revisit]:
    channel_of = {one.key: one.channel for one in due}
    c, wanted = t.captures.c, t.wanted.c
    found: dict[str, Revisit] = {}
    for chunk in chunks(sorted(channel_of)):
        rows = connection.execute(
            select(c.key, c.url, c.notice_key, c.etag, c.modified)
            .where(c.source == source, c.kind == Kind.NOTICE.value, c.quality == Quality.GOOD.value, c.key.in_(chunk))
            .order_by(c.fetched_at, c.id)
        ).all()
        names = sorted({row.notice_key for row in rows} | set(chunk))
        leads = _leads(connection, source, names)
        more = connection.execute(select(t.wanted).where(wanted.source == source, wanted.notice_key.in_(names))).all()
        posted = {row.key: row for row in more if row.kind == Kind.NOTICE.value}
        parted = {row.notice_key for row in more if row.kind == Kind.PART.value}
        for row in rows:  # the newest of a page stands
            channel = channel_of[row.key]
            lead = leads.get((channel, row.notice_key)) or leads.get((channel, row.key))
            visit = _visit(Visit(source, channel, Kind.NOTICE, row.url, lead), row.key, posted)
            if visit is not None:
                found[row.key] = Revisit(visit, () if row.notice_key in parted else _conditions(row.etag, row.modified))
    return [found[key] for key in sorted(found)]


def _visit(plain: Visit, key: str, posted: Mapping[str, Any]) -> Visit | None:
    """The visit that fetches the page of that key; None when what was posted for it is not known."""
    if visit_key(plain) == key:
        return plain
    if (row := posted.get(key)) is None:
        return None
    form = tuple((name, value) for name, value in row.form) if row.form is not None else None
    return replace(plain, form=form, json=row.json)


def _leads(connection: Connection, source: str, keys: Iterable[str]) -> dict[tuple[str, str], Lead]:
    rows = rows_in(connection, select(t.leads).where(t.leads.c.source == source), t.leads.c.key, keys)
    return {(row.channel, row.key): Lead(row.url, row.title, row.published, row.label) for row in rows}


def _conditions(etag: str, modified: str) -> tuple[tuple[str, str], ...]:
    """Header fields that a portal's own validators can be sent back in; none for what no header may contain."""
    fields = (("If-None-Match", etag), ("If-Modified-Since", modified))
    return tuple((name, value) for name, value in fields if value.isascii() and value.isprintable() and value)
