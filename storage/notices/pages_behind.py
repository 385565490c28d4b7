"""The captures that a posting was read from: its own page and the newest of each further page or frame."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from pipeline.model import Kind, Quality
from storage.notices.moves import resolve
from storage.tables import core as t
from storage.tables.upsert import rows_in


def pages_behind(connection: Connection, posting: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of the captures table, the notice's own page first, its parts in their order."""
    c = t.captures.c
    own = connection.execute(select(t.captures).where(c.id == posting["capture"])).mappings().one()
    aliases = resolve(connection, posting["source"], {posting["key"]})
    newest: dict[str, dict[str, Any]] = {}
    parts = select(t.captures).where(c.source == posting["source"], c.kind == Kind.PART.value)
    good = parts.where(c.quality == Quality.GOOD.value).order_by(c.fetched_at, c.id)
    for row in rows_in(connection, good, c.notice_key, (key for key in aliases if aliases[key] == posting["key"])):
        newest[row.key] = dict(row._mapping)
    return [dict(own), *sorted(newest.values(), key=lambda row: (row["part"], row["key"]))]
