"""A report's claims as a pack tells them: findings with their terms, and which rows are listed for each."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, select

from pipeline.count.definitions import MEANING
from pipeline.count.slices import Slice
from pipeline.model import Report, Source
from pipeline.verdict.judge import allowed
from pipeline.verdict.rules import UNSURE
from pipeline.verdict.terms import Way, is_register, slice_said, slices_of, way_said, ways_of
from storage.counts.slices import holdings
from storage.counts.totals import Tallies
from storage.derive.findings import mapped_claims_of
from storage.derive.reports import stored_report
from storage.evidence.rows import moment_said
from storage.queries.reports import SUMS, ClaimRow, FindingRow, ReportRow
from storage.tables import core as t


@dataclass(frozen=True, slots=True)
class PackedClaim:
    """One claim: its JSON, the slices that its rows come from, and the files that list them ("": none)."""

    said: Mapping[str, Any]
    slices: tuple[Slice, ...]
    rows: str
    register: str


def shared() -> dict[str, Any]:
    """What all findings of all reports rest on."""
    meaning = {definition.value: words for definition, words in MEANING.items()}
    return {"definitions": meaning, "unsure_below": UNSURE}


def claims_told(connection: Connection, report: ReportRow, source: Source) -> tuple[PackedClaim, ...] | None:
    """Every claim; None when a stored finding is not what the tables give now."""
    row = dict(connection.execute(select(t.reports).where(t.reports.c.id == report.id)).mappings().one())
    stored = stored_report(connection, row)
    mapped = mapped_claims_of(connection, row, stored, source)
    look, tallies = holdings(connection, source), Tallies(connection, source)
    found = []
    for claim in report.claims:
        ways = {way.place: way for way in ways_of(claim.number, stored, mapped, look)}
        used = [_way(one, ways) for one in claim.findings[1:] if one.verdict not in SUMS]
        if any(way is None for way in used):
            return None
        found.append(_told(claim, stored, tuple(way for way in used if way), tallies))
    return tuple(found)


def _way(finding: FindingRow, ways: Mapping[tuple[int, str, bool], Way]) -> Way | None:
    """The way of counting that the finding is about, when it still gives what was found."""
    way = ways.get((finding.reading, str(finding.definition), finding.void))
    return way if way and way.count == finding.count else None


def _told(claim: ClaimRow, stored: Report, ways: tuple[Way, ...], tallies: Tallies) -> PackedClaim:
    slices = slices_of(ways)
    number = f"{claim.number + 1:04}"
    rows = f"rows/claim-{number}.csv" if any(not is_register(one) for one in slices) else ""
    register = f"rows/claim-{number}-register.csv" if any(is_register(one) for one in slices) else ""
    right = allowed(stored.claims[claim.number])
    said = asdict(claim)
    by_place = {way.place: way for way in ways}
    said["findings"] = [
        asdict(one) | (way_said(by_place[_place(one)], slices) if n and one.verdict not in SUMS else {})
        for n, one in enumerate(claim.findings)
    ]
    said |= {"right": {"low": right.low, "high": right.high}, "rows": rows, "register": register}
    said["slices"] = [slice_said(n, one, _late_after(one, tallies)) for n, one in enumerate(slices, 1)]
    return PackedClaim(said, slices, rows, register)


def _place(finding: FindingRow) -> tuple[int, str, bool]:
    return finding.reading, str(finding.definition), finding.void


def _late_after(reading: Slice, tallies: Tallies) -> dict[str, str]:
    if is_register(reading):
        return {}
    return {channel: moment_said(since) for channel, since in tallies.watched(reading)}
