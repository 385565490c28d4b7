"""What a pack says of its surroundings: the certificate of coverage, and what people decided about its rows."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from pipeline.classify.review import ReviewKind
from pipeline.coverage.holes import ANY_YEAR
from pipeline.coverage.words import VERDICTS, hole_words
from pipeline.model import Certainty
from storage.evidence.rows import Rows, moment_said
from storage.queries.coverage import Asked, Certificate, certificates, source_hints
from storage.tables.reviews import reviews

SCHEMA = "duizhang.coverage/1"


def coverage_files(connection: Connection, source: str, as_of: str) -> Iterator[tuple[str, bytes]]:
    """The source's certificates as JSON and as text."""
    asked = Asked(source)
    found, hints = certificates(connection, asked), source_hints(connection, asked)
    said = {"schema": SCHEMA, "as_of": as_of, "source": source, "certificates": [asdict(one) for one in found]}
    said["hints"] = [asdict(one) for one in hints]
    yield "coverage.json", (json.dumps(said, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()
    lines = [f"覆盖证明 certificate of coverage: {source}, 截至 as of {as_of}", ""]
    for one in found:
        lines += [_line(one), *(f"  {hole_words(hole)}" for hole in (*one.holes, *one.hints))]
    lines += [hole_words(hint) for hint in hints]
    yield "coverage.txt", ("\n".join(" ".join(line.split("\n")) for line in lines) + "\n").encode()


def _line(one: Certificate) -> str:
    year = one.year if one.year != ANY_YEAR else "全部 all"
    stated = "-" if one.stated_total is None else one.stated_total
    held = f"门户自报 stated {stated}, 列出 listed {one.seen}, 存有 held {one.held}"
    return f"{one.channel} {year}: {held}; {VERDICTS[Certainty(one.verdict)]}"


def reviews_touching(connection: Connection, rows: Rows, report: str) -> list[dict[str, Any]]:
    """Every decision about the rows and about how the report's claims are read, oldest first.

    All decisions are read: people made them, so there are few.
    """
    c = reviews.c
    found = connection.execute(select(reviews).order_by(c.at, c.id)).mappings().all()
    about = {row["id"]: row["subject"].split(" ") for row in found}
    among = rows.ids(sorted({id_ for row in found if row["kind"] != ReviewKind.MAPPING for id_ in about[row["id"]]}))
    names = ("kind", "subject", "value", "by", "at", "note")
    return [
        {name: row[name] for name in names}
        for row in found
        if (row["kind"] == ReviewKind.MAPPING and about[row["id"]][0] == report)
        or (row["kind"] != ReviewKind.MAPPING and not among.isdisjoint(about[row["id"]]))
    ]


def _plain(value: Any) -> str:
    return moment_said(value) if isinstance(value, datetime) else str(value)
