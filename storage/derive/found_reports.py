"""Annual reports that a crawl found among the notices of its source: kept as reports, verified without a command."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from pipeline.model import Source, Unreadable
from pipeline.report import is_annual_report
from storage.derive.reports import keep_report
from storage.notices.write import PostingsDone
from storage.tables import core as t
from storage.tables.upsert import delete_in, rows_in, upsert


def store_found(connection: Connection, source: Source, written: PostingsDone, gone: Iterable[str]) -> None:
    """The reports among the written notices, in place of what these postings were as reports before.

    A page that stands in several sections is one report.
    """
    _remove(connection, [*gone, *(row["id"] for row in written.postings)])
    pages: dict[str, dict[str, Any]] = {}
    for row in sorted(written.postings, key=lambda row: row["id"]):
        if is_annual_report(row["title"]):
            pages.setdefault(row["capture"], row)
    for row in pages.values():
        place = {"id": row["capture"], "source": source.key, "name": row["url"], "posting": row["id"]}
        text = f"{row['title']}\n{row['text']}"
        try:
            keep_report(connection, text, place | {"archived_at": row["last_seen"]})
        except Unreadable as problem:
            where = {"source": source.key, "channel": row["channel"], "url": row["url"]}
            upsert(
                connection,
                t.problems,
                [{"capture": row["capture"], "step": "claims", "reason": str(problem), **where}],
            )


def _remove(connection: Connection, postings: list[str]) -> None:
    """What these postings gave as reports; nearly always nothing."""
    ids = [row.id for row in rows_in(connection, select(t.reports.c.id), t.reports.c.posting, postings)]
    delete_in(connection, t.reports.c.id, ids)
    delete_in(connection, t.claims.c.report, ids)
    delete_in(connection, t.problems.c.capture, ids, t.problems.c.step == "claims")
