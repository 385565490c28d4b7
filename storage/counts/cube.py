"""The cube of counts and the documents table, kept in step with the postings in the same transaction."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from operator import attrgetter
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, delete, select

from pipeline.count.definitions import CubeCell, document_cells, page_cells, posting_cells, representative
from storage.tables import core as t
from storage.tables.upsert import add_up, delete_in, rows_in, upsert

_COUNTED = [
    t.postings.c[name]
    for name in (
        *("id", "source", "channel", "key", "published_on", "year", "month"),
        *("bucket", "notice_type", "area", "region", "document"),
    )
]
_COLUMNS = (*CubeCell.__slots__, "n")
_place = attrgetter(*CubeCell.__slots__)  # asdict copies deeply: 40 us a cell


def cells_of_keys(connection: Connection, source: str, keys: Iterable[str]) -> Counter[CubeCell]:
    """The cells in which the postings and pages of these notices stand now."""
    rows = _rows(connection, t.postings.c.key, keys, t.postings.c.source == source)
    return posting_cells(rows) + page_cells(rows)


def postings_of_documents(connection: Connection, ids: Iterable[str]) -> list[dict[str, Any]]:
    """What is counted of every posting of these documents."""
    return _rows(connection, t.postings.c.document, ids)


def write_documents(connection: Connection, ids: set[str], postings: list[dict[str, Any]]) -> None:
    """A row for every one of these documents that still has a posting, and none for the others."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in postings:
        groups.setdefault(row["document"], []).append(row)
    delete_in(connection, t.documents.c.id, ids - set(groups))
    upsert(
        connection,
        t.documents,
        [
            {"id": id_, "source": rows[0]["source"], "posting": representative(rows)["id"], "postings": len(rows)}
            for id_, rows in sorted(groups.items())
        ],
    )


def shift_counts(connection: Connection, before: Counter[CubeCell], after: Counter[CubeCell]) -> None:
    """The cube moved by the difference; cells that reach zero are gone."""
    moved = {cell: after[cell] - before[cell] for cell in after | before if after[cell] != before[cell]}
    rows = sorted((*_place(cell), n) for cell, n in moved.items())
    add_up(connection, t.counts, [dict(zip(_COLUMNS, row, strict=True)) for row in rows], "n")
    if any(n < 0 for n in moved.values()):
        connection.execute(delete(t.counts).where(t.counts.c.n == 0))


def recounted(connection: Connection) -> Counter[CubeCell]:
    """The whole cube counted anew from the postings."""
    rows = [dict(row) for row in connection.execute(select(*_COUNTED)).mappings()]
    return posting_cells(rows) + page_cells(rows) + document_cells(rows)


def maintained(connection: Connection) -> Counter[CubeCell]:
    """The cube as it stands."""
    rows = connection.execute(select(t.counts)).mappings()
    return Counter({CubeCell(**{name: row[name] for name in CubeCell.__slots__}): row["n"] for row in rows})


def differences(connection: Connection) -> list[dict[str, Any]]:
    """Cells in which the maintained count and a full recount disagree; an empty list is the good answer."""
    kept, anew = maintained(connection), recounted(connection)
    return [
        {**asdict(cell), "maintained": kept[cell], "recounted": anew[cell]}
        for cell in sorted(kept | anew, key=_place)
        if kept[cell] != anew[cell]
    ]


def _rows(
    connection: Connection, column: Column[Any], keys: Iterable[str], *where: ColumnElement[bool]
) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in rows_in(connection, select(*_COUNTED).where(*where), column, keys)]
