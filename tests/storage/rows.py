"""Composed rows for tests of what reads the tables."""

from collections import Counter
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert

from pipeline.count.definitions import document_cells, page_cells, posting_cells, representative
from storage.tables import core as t

SEEN = datetime(2024, 1, 1, tzinfo=UTC)
BODY = "按照甲县人民政府批复，现对乙路工程进行公开招标。"


def posting(
    id_: str, title: str = "甲县乙路工程招标公告", day: str | None = "2014-06-03", **values: Any
) -> dict[str, Any]:
    """A posting's row; a day gives its date, year and month (its time is midnight in Beijing, or as given)."""
    on = date.fromisoformat(day) if day else None
    row: dict[str, Any] = dict.fromkeys((column.name for column in t.postings.c), "") | {
        "id": id_,
        "source": "alpha",
        "channel": "zbgg",
        "key": f"/zbgg/{id_}",
        "url": f"http://portal.test/zbgg/{id_}.jhtml",
        "title": title,
        "published": datetime(on.year, on.month, on.day, tzinfo=UTC) if on else None,
        "published_precision": "day",
        "published_on": on,
        "year": on.year if on else None,
        "month": on.month if on else None,
        "index_valid": None,
        "void": False,
        "thin": False,
        "notice_type": "tender_notice",
        "type_rule": "title: 招标公告",
        "bucket": "tender_and_award",
        "bucket_rule": "channel: zbgg",
        "text": BODY,
        "fingerprint": f"f{id_}",
        "document": f"d{id_}",
        "capture": f"c{id_}",
        "revisions": 1,
        "first_seen": SEEN,
        "last_seen": SEEN,
    }
    return row | values


def capture(id_: str, **values: Any) -> dict[str, Any]:
    """A capture's row."""
    row = {
        "id": id_,
        "run": "20240101T000000Z-alpha-1f3a",
        "source": "alpha",
        "channel": "zbgg",
        "kind": "notice",
        "url": "http://portal.test/zbgg/1.jhtml",
        "key": "/zbgg/1",
        "notice_key": "/zbgg/1",
        "part": 0,
        "fetched_at": SEEN,
        "status": 200,
        "quality": "good",
        "failure": "",
        "digest": "0" * 64,
        "size": 10,
        "warc": "20240101T000000Z-alpha-1f3a.warc.gz",
        "position": 100,
        "length": 200,
    }
    return row | values


def store(connection: Connection, *rows: dict[str, Any]) -> None:
    """Writes postings with their documents and the cube of counts."""
    connection.execute(insert(t.postings), list(rows))
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["document"], []).append(row)
    documents = [
        {"id": id_, "source": same[0]["source"], "posting": representative(same)["id"], "postings": len(same)}
        for id_, same in groups.items()
    ]
    connection.execute(insert(t.documents), documents)
    cells: Counter[Any] = posting_cells(rows) + page_cells(rows) + document_cells(rows)
    connection.execute(insert(t.counts), [{**asdict(cell), "n": n} for cell, n in cells.items()])
