"""The rows of the office's own lists behind a claim, and the captures behind them."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection, Select, literal, select, union

from pipeline.count.media import Medium
from pipeline.count.slices import Slice
from pipeline.register.count import SHORTEST_TITLE, Publication, in_slice
from pipeline.verdict.terms import is_register
from storage.evidence.check import REGISTER
from storage.evidence.rows import Lines
from storage.evidence.wacz import Sink
from storage.tables.registered import registered, registered_postings, registered_scans


def captures_besides(report: str, source: str, *, with_lists: bool) -> Select[tuple[str]]:
    """The ids of the report's capture and, where a claim asks for them, of the lists and the files that they name."""
    ids = [select(literal(report).label("id"))]
    if with_lists:
        c, scan = registered.c, registered_scans.c
        mine = select(c.id).where(c.source == source)
        ids += [select(c.capture).where(c.source == source), select(scan.capture).where(scan.registered.in_(mine))]
    found = union(*ids).subquery()
    return select(found.c[0]).where(found.c[0] != "")


def write_register(sink: Sink, connection: Connection, source: str, slices: Sequence[Slice]) -> int:
    """One line for each row of a list that is in a slice; gives how many. Lists are typed by people, so they are few.

    Rows of one `publication` count once under postings and pages, rows of one `content` once under documents.
    """
    lines, number = Lines(sink, REGISTER), 0
    c = registered.c
    linked = select(registered_postings.c.registered)
    columns = (c.id, c.medium, c.kind, c.title, c.published_on, c.evidence, c.capture, c.sheet, c.row)
    rows = select(*columns, c.medium_key, c.title_key, c.id.in_(linked).label("on_portal"))
    for row in connection.execute(rows.where(c.source == source).order_by(c.published_on, c.capture, c.sheet, c.row)):
        one = Publication(Medium(row.kind), row.medium_key, row.title_key, row.published_on, bool(row.on_portal))
        inside = [str(n) for n, part in enumerate(slices, 1) if is_register(part) and in_slice([one], part)]
        if inside:
            cells = [row.id, row.medium, row.kind, row.title, row.published_on, row.evidence]
            cells += ["yes" if row.on_portal else "no", *_keys(one), " ".join(inside), row.capture, row.sheet, row.row]
            lines.write(cells)
            number += 1
    return number


def _keys(one: Publication) -> tuple[str, str]:
    """Equal for what counts once, as pipeline.register.count.counted has it."""
    publication = f"{one.medium_key}\n{one.title_key}\n{one.published_on}"
    content = one.title_key if len(one.title_key) >= SHORTEST_TITLE else publication
    first, second = (sha256(key.encode("utf-8", "replace")).hexdigest()[:32] for key in (publication, content))
    return first, second
