"""The rows behind a claim: every posting of its slices with what it counts as, and the captures behind them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Select,
    and_,
    collate,
    false,
    func,
    or_,
    select,
)

from pipeline.count.slices import Slice
from pipeline.model import Kind, Quality
from pipeline.verdict.terms import is_register
from storage.evidence.check import COLUMNS
from storage.evidence.places import Places
from storage.evidence.wacz import Sink
from storage.export.cells import in_spreadsheet
from storage.queries.difference import in_slice
from storage.tables import core as t
from storage.tables.likeness import doubtful_merges

_AT_ONCE = 1000  # rows in memory


@dataclass(frozen=True, slots=True)
class Rows:
    """The postings of a source that a condition picks."""

    connection: Connection
    source: str
    condition: ColumnElement[bool]

    @classmethod
    def of(cls, connection: Connection, source: str, slices: Iterable[Slice]) -> "Rows":
        """Those of all the slices that are of the portal; none where there is none."""
        inside = [in_slice(one) for one in slices if not is_register(one)]
        return cls(connection, source, and_(t.postings.c.source == source, or_(false(), *inside)))

    def captures(self, besides: Select[tuple[str]]) -> Iterator[RowMapping]:
        """The captures behind the postings and `besides`, in the archive's order.

        A row has the columns of the captures table and `before`: where the record before it ends; NULL for the first.
        """
        c, p = t.captures.c, t.postings.c
        ends = func.lag(c.position + c.length).over(partition_by=c.warc, order_by=c.position)
        placed = select(t.captures, ends.label("before")).where(c.source == self.source).subquery()
        own, texts, keys = (
            select(column).where(self.condition, column != "") for column in (p.capture, p.text_from, p.key)
        )
        is_part = and_(
            placed.c.kind == Kind.PART.value, placed.c.quality == Quality.GOOD.value, placed.c.notice_key.in_(keys)
        )
        chosen = or_(placed.c.id.in_(own), placed.c.id.in_(texts), is_part, placed.c.id.in_(besides))
        rows = select(placed).where(chosen).order_by(placed.c.warc, placed.c.position)
        yield from self.connection.execute(rows.execution_options(yield_per=_AT_ONCE)).mappings()

    def titles(self) -> Iterator[RowMapping]:
        """Capture, id, title and day of every posting."""
        p = t.postings.c
        rows = select(p.capture, p.id, p.title, p.published_on).where(self.condition)
        yield from self.connection.execute(rows.execution_options(yield_per=_AT_ONCE)).mappings()

    def stream(self) -> Iterator[RowMapping]:
        """The postings with what the CSV says of them, by day."""
        p, c = t.postings.c, t.captures.c
        columns = [p[name] for name in ("id", "key", "document", "title", "published_on", "channel", "bucket", "area")]
        columns += [p.notice_type, p.void, p.first_seen, p.url, p.capture, p.year, p.month]
        behind = [c.fetched_at, c.digest, c.warc, c.position]
        rows = (
            select(*columns, *behind, _state().label("state"), self._page_by().label("page_by"), t.documents.c.posting)
            .join_from(t.postings, t.captures, c.id == p.capture)
            .join(t.documents, t.documents.c.id == p.document)
            .where(self.condition)
            .order_by(p.published_on, self._ordered(p.id))
        )
        yield from self.connection.execute(rows.execution_options(yield_per=_AT_ONCE)).mappings()

    def ids(self, asked: Sequence[str]) -> set[str]:
        """Those of the ids that are among the rows."""
        p = t.postings.c
        found: set[str] = set()
        for start in range(0, len(asked), 500):
            some = list(asked[start : start + 500])
            found.update(self.connection.scalars(select(p.id).where(self.condition, p.id.in_(some))))
        return found

    def pairs(self) -> Iterator[RowMapping]:
        """The pairs that may be one announcement and are counted as two, of which one at least is among the rows."""
        m, p = doubtful_merges.c, t.postings.c
        mine = select(p.id).where(self.condition)
        rows = select(m.a, m.b, m.reason).where(or_(m.a.in_(mine), m.b.in_(mine)))
        rows = rows.order_by(self._ordered(m.a), self._ordered(m.b))
        yield from self.connection.execute(rows.execution_options(yield_per=_AT_ONCE)).mappings()

    def _page_by(self) -> ScalarSelect[Any]:
        """The posting that stands for the page, as pipeline.count.representative decides."""
        p, other = t.postings.c, t.postings.alias("same_page").c
        undated = other.published_on.is_(None)
        first = select(other.id).where(other.source == p.source, other.key == p.key)
        order = (undated, other.published_on, self._ordered(other.channel), self._ordered(other.id))
        return first.order_by(*order).limit(1).correlate(t.postings).scalar_subquery()

    def _ordered(self, column: ColumnElement[str]) -> ColumnElement[str]:
        return collate(column, "C") if self.connection.dialect.name == "postgresql" else column


def _state() -> ScalarSelect[Any]:
    s = t.states.c
    newest = select(s.state).where(s.posting == t.postings.c.id).order_by(s.number.desc()).limit(1)
    return newest.correlate(t.postings).scalar_subquery()


class Lines:
    """CSV lines into an entry of the pack."""

    def __init__(self, sink: Sink, columns: Sequence[str]) -> None:
        self._sink, self._text = sink, io.StringIO()
        self._writer = csv.writer(self._text)
        self._sink.write(b"\xef\xbb\xbf")  # without which Excel reads Chinese as Latin
        self.write(columns)

    def write(self, cells: Sequence[Any]) -> None:
        self._writer.writerow([in_spreadsheet(cell) for cell in cells])
        self._sink.write(self._text.getvalue().encode("utf-8", "replace"))
        self._text.seek(0)
        self._text.truncate()


def write_rows(sink: Sink, rows: Rows, slices: Sequence[Slice], places: Places) -> int:
    """One line for each posting; gives how many."""
    lines, number = Lines(sink, COLUMNS), 0
    for row in rows.stream():
        placed = places.of(row["capture"])
        stands_for = {"page_by": row["page_by"], "document_by": row["posting"]}
        counts_as = ["postings", *(f"{by[:-3]}s" for by, id_ in stands_for.items() if id_ == row["id"])]
        inside = [str(number) for number, one in enumerate(slices, 1) if _has(one, row)]
        cells = [row["id"], row["key"], row["document"], row["title"], row["published_on"], row["channel"]]
        cells += [row["bucket"], row["notice_type"], row["area"], "yes" if row["void"] else "no"]
        cells += [row["state"] or "present", moment_said(row["first_seen"]), row["url"], " ".join(counts_as)]
        cells += [row["page_by"], row["posting"], " ".join(inside), row["capture"], moment_said(row["fetched_at"])]
        cells += [placed.digest, placed.warc, placed.offset, placed.length, row["warc"], row["position"]]
        lines.write([*cells, places.told(row["id"])])
        number += 1
    return number


def _has(reading: Slice, row: RowMapping) -> bool:
    """The posting is counted in the slice; as storage.queries.difference.in_slice has it in SQL."""
    month = row["year"] * 100 + row["month"]
    chosen = (("channel", reading.channels), ("bucket", reading.buckets))
    named = (("notice_type", reading.types), ("area", reading.areas))
    return (
        not is_register(reading)
        and max(reading.since, 1) <= month <= reading.until
        and all(not values or row[name] in values for name, values in (*chosen, *named))
    )


def write_pairs(sink: Sink, rows: Rows) -> None:
    """The doubtful merges that touch the rows."""
    lines = Lines(sink, ("a", "b", "reason"))
    for pair in rows.pairs():
        lines.write((pair["a"], pair["b"], pair["reason"]))


def moment_said(at: datetime) -> str:
    """A time as the pack writes it: UTC, to the microsecond, so that text sorts as time does."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
