"""Certificates of coverage as people read them: what was stated, seen and held, and every hole by name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from pipeline.coverage.holes import ANY_YEAR, HINTS
from pipeline.model import Certainty, Hole
from storage.counts.coverage import hole_of
from storage.tables import core as t


@dataclass(frozen=True, slots=True)
class Asked:
    """What certificates are narrowed to; None: not at all."""

    source: str | None = None
    year: int | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was observed of a channel in a year; year 0: of the channel as a whole."""

    source: str
    channel: str
    year: int
    stated_total: int | None
    stated_pages: int | None
    walked: int | None
    seen: int
    held: int
    drift: int | None
    first_observed: datetime | None
    last_observed: datetime | None
    verdict: str
    holes: tuple[Hole, ...]
    hints: tuple[Hole, ...]


def certificates(connection: Connection, asked: Asked) -> tuple[Certificate, ...]:
    """The certificates in order of source, channel and year, the channel as a whole first.

    A hole of the whole channel stands in its own certificate, a hole or hint of one year in that year's.
    """
    c = t.coverage.c
    rows = select(t.coverage).order_by(c.source, c.channel, c.year)
    holes = select(t.holes).order_by(t.holes.c.source, t.holes.c.channel, t.holes.c.year, t.holes.c.number)
    for name, value in (("source", asked.source), ("channel", asked.channel)):
        if value is not None:
            rows, holes = rows.where(c[name] == value), holes.where(t.holes.c[name] == value)
    if asked.year is not None:
        years = [ANY_YEAR, asked.year]
        rows, holes = rows.where(c.year.in_(years)), holes.where(t.holes.c.year.in_(years))
    named: dict[tuple[str, str, int], list[Hole]] = {}
    for row in connection.execute(holes).mappings():
        named.setdefault((row["source"], row["channel"], row["year"]), []).append(hole_of(dict(row)))
    return tuple(
        _certificate(dict(row), named.get((row["source"], row["channel"], row["year"]), []))
        for row in connection.execute(rows).mappings()
    )


def source_hints(connection: Connection, asked: Asked) -> tuple[Hole, ...]:
    """Hints about a source as a whole: numbers that are missing between its index numbers."""
    h = t.holes.c
    rows = select(t.holes).where(h.channel == "").order_by(h.source, h.year, h.number)
    if asked.source is not None:
        rows = rows.where(h.source == asked.source)
    if asked.year is not None:
        rows = rows.where(h.year == asked.year)
    return tuple(hole_of(dict(row)) for row in connection.execute(rows).mappings())


def is_open(found: Certificate) -> bool:
    """True when something is missing that no later walk has closed."""
    return found.verdict == Certainty.HOLES


def _certificate(row: dict[str, object], holes: list[Hole]) -> Certificate:
    return Certificate(
        **row,  # type: ignore[arg-type]  # the columns are the fields
        holes=tuple(hole for hole in holes if hole.kind not in HINTS),
        hints=tuple(hole for hole in holes if hole.kind in HINTS),
    )
