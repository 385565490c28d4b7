"""One record with all its fields and what hangs on it: a posting, document, capture, run, report, registered row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, func, literal, or_, select, union_all

from storage.notices.reviews import decided_about
from storage.queries.merges import doubtful_of, elsewhere, merges_of
from storage.tables.chains import chain_members
from storage.tables.core import (
    attachments,
    captures,
    claims,
    documents,
    findings,
    postings,
    problems,
    reports,
    revisions,
    runs,
    states,
)
from storage.tables.facts import facts
from storage.tables.registered import registered, registered_postings, registered_scans

Value = str | int | float | bool | date | datetime | dict[str, Any] | list[Any] | None


class RecordKind(StrEnum):
    """What an id can name."""

    POSTING = "posting"
    DOCUMENT = "document"
    CAPTURE = "capture"
    RUN = "run"
    REPORT = "report"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Match:
    """A record whose id begins as asked."""

    kind: RecordKind
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows that hang on a record, with their columns' names."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record with every field of its row, and the rows that hang on it."""

    kind: RecordKind
    id: str
    fields: tuple[tuple[str, Value], ...]
    lists: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class CapturePlace:
    """Where a capture's bytes are."""

    warc: str
    position: int
    length: int
    digest: str


TABLES: dict[RecordKind, tuple[Table, Column[Any]]] = {
    RecordKind.POSTING: (postings, postings.c.title),
    RecordKind.DOCUMENT: (documents, documents.c.source),
    RecordKind.CAPTURE: (captures, captures.c.url),
    RecordKind.RUN: (runs, runs.c.scope),
    RecordKind.REPORT: (reports, reports.c.name),
    RecordKind.REGISTERED: (registered, registered.c.title),
}
LONGEST_LIST = 200  # rows that a person reads on a screen; `counts --open`, `sql` and `export` have no such limit


def matches(connection: Connection, prefix: str, limit: int = 20) -> tuple[Match, ...]:
    """The records whose id is the given one, else those whose id begins with it, at most `limit`."""
    if not prefix.isprintable() or not prefix:
        return ()
    exact = _matches(connection, lambda id_: id_ == prefix, limit)
    return exact or _matches(connection, _begins(connection, prefix), limit)


def record(connection: Connection, match: Match) -> ShownRecord:
    """Everything that is known of a record that `matches` found."""
    table, _ = TABLES[match.kind]
    row = connection.execute(select(table).where(table.c.id == match.id)).one()
    return ShownRecord(
        match.kind,
        match.id,
        tuple((name, value) for name, value in row._mapping.items()),
        _LISTS[match.kind](connection, match.id),
    )


def capture_behind(connection: Connection, found: ShownRecord) -> str:
    """The capture whose bytes show the record: of a registered row its first file; "" where there is none."""
    if found.kind is not RecordKind.REGISTERED:
        return str(dict(found.fields).get("capture", found.id))
    scan = registered_scans.c
    files = select(scan.capture).where(scan.registered == found.id, scan.capture != "").order_by(scan.number)
    return connection.scalar(files.limit(1)) or ""


def place_of_capture(connection: Connection, capture: str) -> CapturePlace:
    """The WARC file, position, length and digest of a capture."""
    place = select(captures.c.warc, captures.c.position, captures.c.length, captures.c.digest)
    return CapturePlace(*connection.execute(place.where(captures.c.id == capture)).one())


def _matches(
    connection: Connection, is_meant: Callable[[Column[Any]], ColumnElement[bool]], limit: int
) -> tuple[Match, ...]:
    found = union_all(
        *(
            select(literal(kind.value).label("kind"), table.c.id, title.label("title")).where(is_meant(table.c.id))
            for kind, (table, title) in TABLES.items()
        )
    ).subquery()
    rows = connection.execute(select(found).order_by(found.c.id, found.c.kind).limit(limit))
    return tuple(Match(RecordKind(row.kind), row.id, row.title) for row in rows)


def _begins(connection: Connection, prefix: str) -> Callable[[Column[Any]], ColumnElement[bool]]:
    if connection.dialect.name == "sqlite":  # LIKE would not use the index: SQLite's ignores case
        return lambda id_: and_(id_ >= prefix, id_ < f"{prefix}\U0010ffff")
    return lambda id_: id_.startswith(prefix, autoescape=True)


def _of_posting(connection: Connection, id_: str) -> tuple[Listed, ...]:
    columns = (postings.c.source, postings.c.key, postings.c.document)
    source, key, document = connection.execute(select(*columns).where(postings.c.id == id_)).one()
    of_notice = or_(captures.c.notice_key == key, captures.c.key == key)
    pages = _CAPTURES.where(captures.c.source == source, of_notice)
    siblings = _POSTINGS.where(postings.c.document == document, postings.c.id != id_)
    return (
        _listed(connection, "captures", pages.order_by(captures.c.fetched_at, captures.c.id)),
        _listed(connection, "revisions", _all(revisions, "posting", id_)),
        _listed(connection, "states", _all(states, "posting", id_)),
        _listed(connection, "attachments", _all(attachments, "posting", id_)),
        _listed(connection, "same_document", siblings.order_by(postings.c.published, postings.c.id)),
        _listed(connection, "reviews", decided_about(id_)),
        _listed(connection, "facts", _all(facts, "posting", id_)),
        _listed(connection, "chain", _chain_of(id_)),
        _listed(connection, "registered", _registered_as(id_)),
        *_likenesses(connection, document),
    )


def _registered_as(posting: str) -> Select[Any]:
    """What the office's own lists say of the posting's title in other media."""
    c, link = registered.c, registered_postings.c
    rows = select(c.id, c.published_on, c.kind, c.medium, c.title, c.capture, link.days)
    return rows.join(registered_postings, link.registered == c.id).where(link.posting == posting).order_by(c.id)


def _chain_of(posting: str) -> Select[Any]:
    """The notices of the posting's project in order of time; none for a project of one notice."""
    c, said = chain_members.c, postings.c
    chain = select(c.chain).where(c.posting == posting).scalar_subquery()
    size = select(func.count()).select_from(chain_members).where(c.chain == chain).scalar_subquery()
    told = (said.published_on, said.notice_type, c.lot, c.round, said.id, said.source, said.channel, said.title)
    links = (c.why, c.linked_to, c.supersedes, c.process, c.after, said.document)
    rows = select(c.number, *told, *links).join(postings, said.id == c.posting)
    return rows.where(c.chain == chain, size > 1).order_by(c.number)


def _of_document(connection: Connection, id_: str) -> tuple[Listed, ...]:
    same = _POSTINGS.where(postings.c.document == id_).order_by(postings.c.published, postings.c.url)
    return (_listed(connection, "postings", same), *_likenesses(connection, id_))


def _likenesses(connection: Connection, document: str) -> tuple[Listed, ...]:
    ids = connection.scalars(
        select(postings.c.id).where(postings.c.document == document).order_by(postings.c.id).limit(LONGEST_LIST)
    ).all()
    return (
        _listed(connection, "merges", merges_of(ids)),
        _listed(connection, "elsewhere", elsewhere(ids)),
        _listed(connection, "doubtful_merges", doubtful_of(ids)),
    )


def _of_capture(connection: Connection, id_: str) -> tuple[Listed, ...]:
    read = _POSTINGS.where(postings.c.capture == id_).order_by(postings.c.id)
    return (_listed(connection, "postings", read), _listed(connection, "problems", _all(problems, "capture", id_)))


def _of_run(connection: Connection, id_: str) -> tuple[Listed, ...]:
    kinds = (captures.c.channel, captures.c.kind, captures.c.quality)
    tally = select(*kinds, func.count().label("captures")).where(captures.c.run == id_).group_by(*kinds)
    in_run = select(problems).join(captures, captures.c.id == problems.c.capture).where(captures.c.run == id_)
    return (
        _listed(connection, "captures", tally.order_by(*kinds)),
        _listed(connection, "problems", in_run.order_by(problems.c.capture, problems.c.step, problems.c.reason)),
    )


def _of_report(connection: Connection, id_: str) -> tuple[Listed, ...]:
    return (
        _listed(connection, "claims", _all(claims, "report", id_)),
        _listed(connection, "findings", _all(findings, "report", id_)),
        _listed(connection, "capture", _CAPTURES.where(captures.c.id == id_)),
    )


def _of_registered(connection: Connection, id_: str) -> tuple[Listed, ...]:
    c, scan, link = registered.c, registered_scans.c, registered_postings.c
    row = connection.execute(select(registered).where(c.id == id_)).one()
    files = select(scan.number, scan.name, captures.c.id.label("capture"), captures.c.size, captures.c.digest)
    files = files.outerjoin_from(registered_scans, captures, captures.c.id == scan.capture)
    linked = _POSTINGS.add_columns(link.days).join(registered_postings, link.posting == postings.c.id)
    same = select(c.id, c.capture, c.sheet, c.row, c.title, c.evidence).where(
        c.source == row.source, c.medium_key == row.medium_key, c.title_key == row.title_key, c.id != id_
    )
    return (
        _listed(connection, "files", files.where(scan.registered == id_).order_by(scan.number)),
        _listed(connection, "on_the_portal", linked.where(link.registered == id_).order_by(postings.c.id)),
        _listed(connection, "in_lists", same.where(c.published_on == row.published_on).order_by(c.id)),
        _listed(connection, "list", _CAPTURES.where(captures.c.id == row.capture)),
    )


_LISTS = {
    RecordKind.POSTING: _of_posting,
    RecordKind.DOCUMENT: _of_document,
    RecordKind.CAPTURE: _of_capture,
    RecordKind.RUN: _of_run,
    RecordKind.REPORT: _of_report,
    RecordKind.REGISTERED: _of_registered,
}

_CAPTURES = select(
    *(captures.c[name] for name in ("id", "kind", "part", "fetched_at", "status", "quality", "failure", "url")),
    *(captures.c[name] for name in ("digest", "size", "warc", "position", "length")),
)
_POSTINGS = select(
    *(postings.c[name] for name in ("id", "published_on", "title", "url", "source", "channel", "bucket", "capture"))
)


def _all(table: Table, column: str, id_: str) -> Select[Any]:
    others = [other for other in table.primary_key.columns if other.name != column]
    return select(*(other for other in table.c if other.name != column)).where(table.c[column] == id_).order_by(*others)


def _listed(connection: Connection, name: str, rows: Select[Any]) -> Listed:
    found = connection.execute(rows.limit(LONGEST_LIST))
    return Listed(name, tuple(found.keys()), tuple(tuple(row) for row in found))
