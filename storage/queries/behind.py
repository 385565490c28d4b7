"""What stands behind a report's findings: the rows that make the difference, the holes, the archive as it is now."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from pipeline.count.slices import Counting, Scope
from pipeline.model import Definition, Hole, Source
from pipeline.verdict.judge import Holdings
from pipeline.verdict.person import slice_read
from storage.counts.slices import holdings
from storage.queries.difference import Difference, differences_of
from storage.queries.reports import ClaimRow, ReportRow
from storage.tables import core as t
from storage.tables.mappings import mappings


@dataclass(frozen=True, slots=True)
class Behind:
    """Of one claim: the groups of rows that could be counted otherwise, and what was not observed."""

    differences: tuple[Difference, ...]
    holes: tuple[Hole, ...]


@dataclass(frozen=True, slots=True)
class AtHand:
    """Where the report is kept, and the state of the archive that it is set against."""

    url: str
    digest: str  # SHA-256 of the report's bytes, "" when the archive does not hold them
    fetched_at: datetime | None
    warc: str
    captures: int
    last_capture: datetime | None  # of the whole archive


def behind_of(connection: Connection, source: Source, report: ReportRow, limit: int) -> tuple[Behind, ...]:
    """One for each claim, in their order; `limit` rows of each claim are shown, the totals are of all."""
    look = holdings(connection, source)
    return tuple(_behind(connection, source, (report, claim, limit), look) for claim in report.claims)


def _behind(connection: Connection, source: Source, asked: tuple[ReportRow, ClaimRow, int], look: Holdings) -> Behind:
    report, claim, limit = asked
    if claim.mapping is None or not claim.mapping.readings:
        return Behind((), ())
    found = differences_of(connection, source, (report.id, claim.number), limit)
    wanted = select(mappings.c.readings).where(mappings.c.report == report.id, mappings.c.claim == claim.number)
    readings = [slice_read(one) for one in connection.execute(wanted).scalar_one()]
    # Of a claim about all media the portal is what can have holes that the archive knows of.
    parts = [replace(one, scope=Scope.PORTAL) if one.scope is Scope.EVERYWHERE else one for one in readings]
    held = [look(Counting(one, Definition.POSTINGS)) for one in parts]
    return Behind(found, tuple(dict.fromkeys(hole for one in held for hole in one.holes)))


def kept_of(connection: Connection, report: ReportRow) -> AtHand:
    """The capture that the report was read from, and how far the archive has come."""
    c = t.captures.c
    row = connection.execute(select(c.url, c.digest, c.fetched_at, c.warc).where(c.id == report.id)).first()
    n, last = connection.execute(select(func.count(), func.max(c.fetched_at))).one()
    last = last if isinstance(last, datetime) else None
    return AtHand(row.url, row.digest, row.fetched_at, row.warc, n, last) if row else AtHand("", "", None, "", n, last)
