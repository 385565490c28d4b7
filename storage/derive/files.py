"""Files that stand for the body of a notice or are a report: which wait to be read, and what those read say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, select, tuple_

from pipeline.model import Kind, Quality, Unreadable
from pipeline.page.file_kind import DocumentText
from pipeline.page.opened import decoded
from storage.archive import Archive
from storage.tables import core as t
from storage.tables.documents import document_texts
from storage.tables.upsert import upsert

AT_ONCE = 16  # files read in one transaction
ReadDocument = Callable[[bytes], DocumentText]  # raises Unreadable; crawler/run/files.py reads in a child process


@dataclass(frozen=True, slots=True)
class FilesRead:
    """What must be derived again because files of it were read."""

    notices: dict[str, set[str]]  # keys by source
    reports: list[tuple[str, int, int]]  # where their captures lie
    any: bool  # False: nothing waits any more


def read_waiting(connection: Connection, archive: Archive, read: ReadDocument) -> FilesRead:
    """Some of the files that wait, read and kept, so that none waits twice."""
    some = _rows(connection, [waiting.limit(AT_ONCE) for waiting in (_thin(), _reports())])
    digests = {row["digest"]: row for row in some}
    rows = _rows(connection, [waiting.where(t.captures.c.digest.in_(digests)) for waiting in (_thin(), _reports())])
    found = {digest: _read(archive, row, read) for digest, row in digests.items()}
    upsert(connection, document_texts, list(found.values()))
    touched: dict[str, set[str]] = {}
    reports: list[tuple[str, int, int]] = []
    problems: list[dict[str, Any]] = []
    for row in rows:
        if row["kind"] == Kind.REPORT:
            reports.append((row["warc"], row["position"], row["length"]))
        else:
            touched.setdefault(row["source"], set()).add(row["notice_key"])
            if reason := found[row["digest"]]["problem"]:
                where = {name: row[name] for name in ("source", "channel", "url")}
                problems.append({"capture": row["id"], "step": "document", "reason": reason, **where})
    upsert(connection, t.problems, problems)
    return FilesRead(touched, reports, bool(rows))


def text_of_digest(connection: Connection, digest: str) -> str | None:
    """What a file says; None when it was not read. Raises Unreadable when it could not be."""
    found = connection.execute(select(document_texts).where(document_texts.c.digest == digest)).mappings().first()
    if found is None:
        return None
    if found["problem"]:
        raise Unreadable(found["problem"])
    return str(found["text"])


def _thin() -> Select[Any]:
    """Captured files of postings whose page only points to them, that were not yet read."""
    c, p, a = t.captures.c, t.postings.c, t.attachments.c
    kinds = [Kind.ATTACHMENT.value, Kind.NOTICE.value]  # a list may link the file itself
    # Few postings are thin and all captures are many: joined outright, a database without statistics begins at these.
    files = select(p.source, a.key).join(t.attachments, a.posting == p.id).where(p.thin.is_(True))
    return _unread().where(tuple_(c.source, c.key).in_(files), c.kind.in_(kinds))


def _reports() -> Select[Any]:
    """Reports that are files and were not yet read."""
    return _unread().where(t.captures.c.document.is_(True))


def _unread() -> Select[Any]:
    c = t.captures.c
    read = select(document_texts.c.digest).where(document_texts.c.digest == c.digest).exists()
    return select(t.captures).where(and_(c.quality == Quality.GOOD.value, ~read)).order_by(c.id)


def _rows(connection: Connection, waiting: Iterable[Select[Any]]) -> list[dict[str, Any]]:
    return [dict(row) for one in waiting for row in connection.execute(one).mappings()]


def _read(archive: Archive, row: Mapping[str, Any], read: ReadDocument) -> dict[str, Any]:
    capture = archive.read(row["warc"], row["position"], row["length"])
    try:
        found = read(decoded(capture.body, capture.header("content-encoding")))
    except Unreadable as problem:
        return {"digest": row["digest"], "kind": "", "text": "", "problem": str(problem)}
    return {"digest": row["digest"], "kind": found.kind, "text": found.text, "problem": ""}
