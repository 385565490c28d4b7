"""Notices that a batch said something about, read again from all of their captures: postings, revisions, documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from pipeline.classify import classify
from pipeline.likeness import fingerprint
from pipeline.likeness.fingerprint import document_id
from pipeline.likeness.revisions import said_of
from pipeline.model import Category, Kind, Lead, Notice, Quality, Source, Unreadable
from pipeline.places.regions import region_of
from pipeline.values.urls import earlier_key, key_of
from storage.notices.bodies import Body, Texts, body_of, texts_of
from storage.notices.captures_at_hand import Shelf
from storage.notices.moves import resolve, sent_to
from storage.notices.reviews import apply_reviews
from storage.notices.rows import decided_row, said_row
from storage.tables import core as t
from storage.tables.upsert import delete_in, rows_in, upsert


@dataclass(frozen=True, slots=True)
class Saying:
    """What one capture of a notice, with its parts, said in one channel."""

    capture: Mapping[str, Any]
    notice: Notice
    category: Category
    fingerprint: str
    body: Body
    said: str  # equal as long as nothing changed that is no counter, token or time of generation


@dataclass(slots=True)
class PostingsDone:
    """What came out for a source's touched notices."""

    postings: list[dict[str, Any]]
    revisions: list[dict[str, Any]]
    attachments: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    keys: set[str]  # every key under which these notices are or were known
    captures: set[str]
    told: dict[str, Saying] = field(default_factory=dict)  # by posting: what its row was made from


def posting_id(source: str, channel: str, key: str) -> str:
    """16 hex digits: the same posting has the same after every rebuild."""
    return sha256("\n".join((source, channel, key)).encode()).hexdigest()[:16]


def write_notices(connection: Connection, source: Source, touched: set[str], shelf: Shelf) -> PostingsDone:
    """The rows that the touched notices of a source give now; nothing is stored yet."""
    aliases = resolve(connection, source.key, touched)
    keys = set(aliases)
    by_target: dict[str, set[str]] = {}
    for key, target in aliases.items():
        by_target.setdefault(target, set()).add(key)
    leads = _by_target(_select(connection, t.leads, t.leads.c.key, source.key, keys), "key", aliases)
    held = _captures(connection, source.key, keys)
    texts = texts_of(connection, held)
    captures = _by_target(held, "notice_key", aliases)
    written = PostingsDone([], [], [], [], keys, set())
    # Where the portal sends readers of what it withdrew: no list links it, no notice moved there.
    landings = sent_to(connection, source.key, set(by_target) - leads.keys())
    for target in sorted(by_target.keys() - landings):
        known = _Known(target, by_target[target], leads.get(target, ()), captures.get(target, ()), texts)
        _write_notice(written, source, known, shelf)
    apply_reviews(connection, source, written.postings)
    return written


def told_by(connection: Connection, source: Source, posting: Mapping[str, Any], shelf: Shelf) -> list[Saying]:
    """What the captures of a posting said, oldest first, read anew from the archive."""
    aliases = resolve(connection, source.key, {posting["key"]})
    names = {key for key, target in aliases.items() if target == posting["key"]}
    leads = _select(connection, t.leads, t.leads.c.key, source.key, names)
    captures = _captures(connection, source.key, names)
    known = _Known(posting["key"], names, leads, captures, texts_of(connection, captures))
    channel = str(posting["channel"])
    return _tell(source, channel, _channels(known).get(channel), known, shelf)[0]


@dataclass(frozen=True, slots=True)
class _Known:
    """All that the archive holds about one notice."""

    key: str  # where it was last found
    names: set[str]  # every key that it is or was found under
    leads: Sequence[Mapping[str, Any]]
    captures: Sequence[Mapping[str, Any]]
    texts: Texts  # what its files say

    @property
    def pages(self) -> list[Mapping[str, Any]]:
        """The captures of the notice itself, at whatever address, oldest first."""
        return [row for row in self.captures if row["kind"] == Kind.NOTICE and row["notice_key"] in self.names]


def _write_notice(written: PostingsDone, source: Source, known: _Known, shelf: Shelf) -> None:
    pages = known.pages
    written.captures |= {row["id"] for row in known.captures}
    if not pages:
        return
    channels = _channels(known)
    for channel in sorted(channels):
        told, problems = _tell(source, channel, channels[channel], known, shelf)
        written.problems += problems
        if told:
            first = _first_key(known, pages, channel)
            ids = [posting_id(source.key, channel, key) for key in (first, earlier_key(first))]
            row = {"id": ids[0], "channel": channel, "key": known.key, "earlier": ids[1] if ids[1] != ids[0] else ""}
            _write_posting(written, source, row, told, pages)


def _channels(known: _Known) -> dict[str, Mapping[str, Any] | None]:
    """The channels that the notice stands in, each with the row that lists it there."""
    channels: dict[str, Mapping[str, Any] | None] = {row["channel"]: None for row in known.pages}
    channels.update({row["channel"]: row for row in sorted(known.leads, key=_lead_order)})
    return channels


def _first_key(known: _Known, pages: Sequence[Mapping[str, Any]], channel: str) -> str:
    """Where the channel's notice was first found: a posting that moves keeps its identity."""
    linked = {row["key"] for row in known.leads if row["channel"] == channel}
    found = next((row for row in pages if row["channel"] == channel or row["notice_key"] in linked), pages[0])
    return str(found["notice_key"])


def _lead_order(lead: Mapping[str, Any]) -> tuple[Any, ...]:
    return lead["listed"], lead["last_seen"], lead["key"]


def _tell(
    source: Source,
    channel: str,
    lead: Mapping[str, Any] | None,
    known: _Known,
    shelf: Shelf,
) -> tuple[list[Saying], list[dict[str, Any]]]:
    """What the captures said, oldest first, and a problem for each that could not be read."""
    pages, captures = known.pages, known.captures
    told: list[Saying] = []
    problems: list[dict[str, Any]] = []
    arrived = None  # when it came to where it is, if it was elsewhere before
    for n, row in enumerate(pages):
        until = pages[n + 1]["fetched_at"] if n + 1 < len(pages) else None
        if n and row["notice_key"] != pages[n - 1]["notice_key"]:
            arrived = row["fetched_at"]
        parts = _parts(captures, (arrived, until))
        if n and not parts and (row["digest"], row["key"]) == (pages[n - 1]["digest"], pages[n - 1]["key"]):
            continue  # byte for byte the same page
        try:
            notice = shelf.read(source, row, _told(lead), channel, parts)
        except Unreadable as problem:
            problems.append(_problem(row, channel, str(problem)))
            continue
        problems += [_problem(row, channel, doubt, "doubt") for doubt in notice.doubts]
        body = body_of(notice, captures, _until_changed(pages, n), known.texts)
        notice = body.notice
        notice = replace(notice, region=region_of(notice.title, notice.issuer, notice.text[:2000]))
        label = lead["label"] if lead else ""
        said = said_of(notice) if len(pages) > 1 else ""
        told.append(Saying(row, notice, classify(notice, source, label), fingerprint(notice), body, said))
    return told, problems


def _until_changed(pages: Sequence[Mapping[str, Any]], n: int) -> Any:
    """When the page was first captured with other content than its n-th capture has; None: never since."""
    content = pages[n]["digest"], pages[n]["key"]
    return next((row["fetched_at"] for row in pages[n + 1 :] if (row["digest"], row["key"]) != content), None)


def _parts(captures: Sequence[Mapping[str, Any]], between: tuple[Any, Any]) -> list[Mapping[str, Any]]:
    """The newest capture of each part that was made before the notice's next one, in the parts' order."""
    since, until = between
    newest = {
        row["key"]: row
        for row in captures
        if row["kind"] == Kind.PART
        and (until is None or row["fetched_at"] < until)
        and (since is None or row["fetched_at"] >= since)
    }
    return sorted(newest.values(), key=lambda row: (row["part"], row["key"]))


def _told(lead: Mapping[str, Any] | None) -> Lead | None:
    return Lead(lead["url"], lead["title"], lead["published"], lead["label"]) if lead else None


def _problem(row: Mapping[str, Any], channel: str, reason: str, step: str = "read") -> dict[str, Any]:
    where = {"source": row["source"], "channel": channel, "url": row["url"]}
    return {"capture": row["id"], "step": step, "reason": reason, **where}


def _write_posting(
    written: PostingsDone, source: Source, named: dict[str, str], told: list[Saying], pages: Sequence[Mapping[str, Any]]
) -> None:
    posting = named["id"]
    revisions = [one for n, one in enumerate(told) if not n or one.said != told[n - 1].said]
    now = written.told[posting] = told[-1]
    written.postings.append(
        {
            "source": source.key,
            **named,
            **said_row(now.notice, source),
            **decided_row(now.category),
            "thin": now.body.thin,
            "text_from": now.body.text_from,
            "fingerprint": now.fingerprint,
            "document": document_id(source.key, now.fingerprint),  # until documents.py has compared it
            "capture": now.capture["id"],
            "revisions": len(revisions),
            "first_seen": pages[0]["fetched_at"],
            "last_seen": pages[-1]["fetched_at"],
        }
    )
    written.revisions += [
        {
            "posting": posting,
            "number": n,
            "capture": one.capture["id"],
            "seen_at": one.capture["fetched_at"],
            "fingerprint": one.fingerprint,
            "title": one.notice.title,
        }
        for n, one in enumerate(revisions, 1)
    ]
    written.attachments += [
        {"posting": posting, "number": n, "url": file.url, "key": key_of(file.url), "name": file.name}
        for n, file in enumerate(now.notice.attachments, 1)
    ]


def store_notices(connection: Connection, source: str, written: PostingsDone) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows put in place of what stood there; gives back the postings that changed and the ids that are gone."""
    old = {row["id"]: row for row in _select(connection, t.postings, t.postings.c.key, source, written.keys)}
    gone = sorted(set(old) - {row["id"] for row in written.postings})
    changed = [row for row in written.postings if not _same(old.get(row["id"]), row)]
    ids = [row["id"] for row in changed]
    delete_in(connection, t.attachments.c.posting, gone + ids)
    delete_in(connection, t.revisions.c.posting, gone + ids)
    delete_in(connection, t.postings.c.id, gone)
    delete_in(connection, t.problems.c.capture, written.captures, t.problems.c.step.in_(("read", "doubt")))
    upsert(connection, t.postings, changed)
    kept = set(ids)
    upsert(connection, t.revisions, [row for row in written.revisions if row["posting"] in kept])
    upsert(connection, t.attachments, [row for row in written.attachments if row["posting"] in kept])
    problems = {(row["capture"], row["reason"]): row for row in written.problems}
    upsert(connection, t.problems, list(problems.values()))
    return changed, gone


def _same(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> bool:
    return old is not None and all(old[name] == value for name, value in new.items() if name != "document")


def _select(connection: Connection, table: Any, column: Any, source: str, keys: Iterable[str]) -> list[dict[str, Any]]:
    rows = rows_in(connection, select(table).where(table.c.source == source), column, keys)
    return [dict(row._mapping) for row in rows]


def _captures(connection: Connection, source: str, keys: set[str]) -> list[dict[str, Any]]:
    """The good captures of notices, their parts and their files, oldest first."""
    rows = _select(connection, t.captures, t.captures.c.notice_key, source, keys)
    kinds = {Kind.NOTICE.value, Kind.PART.value, Kind.ATTACHMENT.value}
    good = [row for row in rows if row["quality"] == Quality.GOOD and row["kind"] in kinds]
    return sorted(good, key=lambda row: (row["fetched_at"], row["id"]))


def _by_target(
    rows: Iterable[dict[str, Any]], column: str, aliases: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(aliases[row[column]], []).append(row)
    return found
