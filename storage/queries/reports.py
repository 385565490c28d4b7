"""Reports with their claims, mappings and findings, as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from pipeline.count.slice_words import reading_words
from pipeline.model import Verdict
from pipeline.verdict.person import slice_read
from storage.tables import core as t
from storage.tables.mappings import mappings

SUMS = {Verdict.SUM_ADDS_UP.value, Verdict.SUM_DIFFERS.value}
ACCUSING = {Verdict.OVERCLAIMED.value, Verdict.UNDERCLAIMED.value, Verdict.SUM_DIFFERS.value}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as it is stored: number 0 is the headline, the next ones are its admissible ways of counting."""

    claim: int
    number: int
    definition: str | None
    verdict: str
    low: int | None  # the interval: of the headline over all that is admissible, else of this way of counting alone
    high: int | None  # None: no upper bound, or nothing was counted
    count: int | None  # under this definition and reading alone, without holes and doubts
    void: bool  # what is marked as void is counted
    reading: int  # index into the mapping's readings
    exact: str  # headline: the way of counting under which the claim is exactly right, "Chinese / English"
    observed: tuple[str, ...]  # headline: what the number happens to equal, each "Chinese / English"
    reason: str  # "Chinese / English"


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading of a claim; empty selections narrow nothing, months are numbers (201401), `since` 0: any time."""

    scope: str
    since: int
    until: int
    channels: tuple[str, ...]
    buckets: tuple[str, ...]
    types: tuple[str, ...]
    areas: tuple[str, ...]
    media: tuple[str, ...]  # of a register
    words: str  # "Chinese / English"


@dataclass(frozen=True, slots=True)
class MappingRow:
    """How a claim is read: the readings and definitions admitted, who says so and how sure that is."""

    version: str
    rule: str
    confidence: float
    by: str  # "": proposed by the program, confirmed by nobody
    note: str
    readings: tuple[ReadingRow, ...]
    definitions: tuple[str, ...]
    void: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """An arithmetical statement of the report, and whether its own numbers bear it out (model.Check)."""

    kind: str
    text: str
    start: int
    end: int
    numbers: tuple[str, ...]
    holds: bool
    reason: str
    claim: int | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its headline finding first, and how deep it stands in the report's tree."""

    number: int
    depth: int
    parent: int | None
    text: str
    start: int
    end: int
    count: int
    unit: str | None
    approximate: bool
    lower_bound: bool
    year: str
    channel: str
    category: str
    section: str
    article: str
    mapping: MappingRow | None  # None: the findings wait for a derive
    findings: tuple[FindingRow, ...]

    @property
    def headline(self) -> FindingRow:
        return self.findings[0]

    @property
    def sums(self) -> tuple[FindingRow, ...]:
        """What was found of the sum of its parts."""
        return tuple(finding for finding in self.findings if finding.verdict in SUMS)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report and everything that was found of it."""

    id: str
    source: str
    name: str
    year: int | None
    issuer: str
    archived_at: datetime
    posting: str  # the crawled posting that it is, "": a person brought it
    claims: tuple[ClaimRow, ...]
    checks: tuple[CheckRow, ...]

    @property
    def accuses(self) -> bool:
        """True when a claim, a sum or a calculation was found to be wrong."""
        wrong = any(claim.headline.verdict in ACCUSING or _differs(claim) for claim in self.claims)
        return wrong or not all(check.holds for check in self.checks)


def report_rows(connection: Connection, ids: tuple[str, ...] = ()) -> tuple[ReportRow, ...]:
    """The reports of those ids, all of them when none is given, in the order in which they were archived."""
    wanted = select(t.reports).order_by(t.reports.c.archived_at, t.reports.c.id)
    if ids:
        wanted = wanted.where(t.reports.c.id.in_(ids))
    return tuple(_report(connection, row) for row in connection.execute(wanted).mappings().all())


def _report(connection: Connection, row: RowMapping) -> ReportRow:
    names = ("id", "source", "name", "year", "issuer", "archived_at", "posting")
    checks = tuple(CheckRow(**{**one, "numbers": tuple(one["numbers"])}) for one in row["checks"])
    return ReportRow(**{name: row[name] for name in names}, claims=_claims(connection, row["id"]), checks=checks)


def _claims(connection: Connection, report: str) -> tuple[ClaimRow, ...]:
    found = _findings(connection, report)
    mapped = {
        row["claim"]: _mapping(row)
        for row in connection.execute(select(mappings).where(mappings.c.report == report)).mappings()
    }
    wanted = select(t.claims).where(t.claims.c.report == report).order_by(t.claims.c.number)
    rows = connection.execute(wanted).mappings().all()
    parents = {row["number"]: row["parent"] for row in rows}
    names = [field.name for field in fields(ClaimRow) if field.name not in {"depth", "mapping", "findings"}]
    return tuple(
        ClaimRow(
            **{name: row[name] for name in names},
            depth=_depth(row["number"], parents),
            mapping=mapped.get(row["number"]),
            findings=tuple(found.get(row["number"], ())),
        )
        for row in rows
    )


def _findings(connection: Connection, report: str) -> dict[int, list[FindingRow]]:
    f = t.findings.c
    found: dict[int, list[FindingRow]] = {}
    for row in connection.execute(select(t.findings).where(f.report == report).order_by(f.claim, f.number)).mappings():
        values = {field.name: row[field.name] for field in fields(FindingRow)}
        found.setdefault(row["claim"], []).append(FindingRow(**{**values, "observed": tuple(row["observed"])}))
    return found


def _mapping(row: RowMapping) -> MappingRow:
    values = {name: row[name] for name in ("version", "rule", "confidence", "by", "note")}
    readings = tuple(_reading(one) for one in row["readings"])
    return MappingRow(**values, readings=readings, definitions=tuple(row["definitions"]), void=tuple(row["void"]))


def _reading(said: Mapping[str, Any]) -> ReadingRow:
    values = {name: tuple(said[name]) for name in ("channels", "buckets", "types", "areas", "media")}
    words = " / ".join(reading_words(slice_read(said)))
    return ReadingRow(said["scope"], said["since"], said["until"], **values, words=words)


def _depth(number: int, parents: dict[int, int | None]) -> int:
    depth = 0
    while (parent := parents.get(number)) is not None and depth < len(parents):
        number, depth = parent, depth + 1
    return depth


def _differs(claim: ClaimRow) -> bool:
    return any(finding.verdict == Verdict.SUM_DIFFERS.value for finding in claim.findings)
