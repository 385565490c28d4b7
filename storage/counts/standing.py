"""How postings count now: their standings, from the tables that derive keeps in step."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from pipeline.classify.review import BY_REVIEW
from pipeline.count.definitions import representative
from pipeline.count.standing import standing_text
from storage.tables import core as t
from storage.tables.upsert import rows_in

_PLACE = ("year", "month", "bucket", "channel", "notice_type", "area", "region")
_ROW = [
    t.postings.c[name]
    for name in ("id", "source", "key", "document", "published_on", "title", "capture", "type_rule", "first_seen")
] + [t.postings.c[name] for name in _PLACE]


def standings(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What `known` is to remember of each of these postings that is there, with when it was first captured, by id."""
    rows = list(connection.execute(select(*_ROW).where(t.postings.c.id.in_(ids))).mappings())
    pages = _pages(connection, rows)
    documents = _documents(connection, sorted({row["document"] for row in rows}))
    return {row["id"]: _remembered(row, pages, documents) for row in rows}


def _remembered(row: Any, pages: set[str], documents: set[str]) -> dict[str, Any]:
    id_, rule = row["id"], row["type_rule"]
    return {
        "posting": id_,
        "source": row["source"],
        "standing": standing_text(row, page=id_ in pages, document=id_ in documents),
        "published_on": row["published_on"],
        "title": row["title"],
        "key": row["key"],
        "document": row["document"],
        "capture": row["capture"],
        "reviewed": rule if rule.startswith(BY_REVIEW) else "",
        "first_seen": row["first_seen"],
    }


def _pages(connection: Connection, rows: Sequence[Any]) -> set[str]:
    """The postings that represent the pages of these rows."""
    c = t.postings.c
    keys: dict[str, set[str]] = {}
    for row in rows:
        keys.setdefault(row["source"], set()).add(row["key"])
    members: dict[tuple[str, str], list[Any]] = {}
    for source, wanted in keys.items():
        named = select(c.id, c.key, c.channel, c.published_on).where(c.source == source)
        for row in rows_in(connection, named, c.key, wanted):
            members.setdefault((source, row.key), []).append(row._mapping)
    return {(same[0] if len(same) == 1 else representative(same))["id"] for same in members.values()}


def _documents(connection: Connection, ids: Sequence[str]) -> set[str]:
    c = t.documents.c
    return {row.posting for row in rows_in(connection, select(c.posting), c.id, ids)}
