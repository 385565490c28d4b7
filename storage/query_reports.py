"""Reports with their claims and findings, as people read them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from pipeline.model import Verdict
from storage import tables as t

SUMS = {Verdict.SUM_ADDS_UP.value, Verdict.SUM_DIFFERS.value}
ACCUSING = {Verdict.OVERCLAIMED.value, Verdict.UNDERCLAIMED.value, Verdict.SUM_DIFFERS.value}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as it is stored."""

    claim: int
    number: int
    definition: str | None
    verdict: str
    low: int | None
    high: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its headline finding first, and how deep it stands in the report's tree."""

    number: int
    depth: int
    parent: int | None
    text: str
    count: int
    unit: str | None
    approximate: bool
    year: str
    channel: str
    category: str
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
    claims: tuple[ClaimRow, ...]

    @property
    def accuses(self) -> bool:
        """True when a claim or a sum was found to be wrong."""
        return any(claim.headline.verdict in ACCUSING or _differs(claim) for claim in self.claims)


def report_rows(connection: Connection, ids: tuple[str, ...] = ()) -> tuple[ReportRow, ...]:
    """The reports of those ids, all of them when none is given, in the order in which they were archived."""
    wanted = select(t.reports).order_by(t.reports.c.archived_at, t.reports.c.id)
    if ids:
        wanted = wanted.where(t.reports.c.id.in_(ids))
    return tuple(
        ReportRow(
            row["id"],
            row["source"],
            row["name"],
            row["year"],
            row["issuer"],
            row["archived_at"],
            _claims(connection, row["id"]),
        )
        for row in connection.execute(wanted).mappings()
    )


def _claims(connection: Connection, report: str) -> tuple[ClaimRow, ...]:
    f = t.findings.c
    found: dict[int, list[FindingRow]] = {}
    for row in connection.execute(select(t.findings).where(f.report == report).order_by(f.claim, f.number)).mappings():
        values = {name: row[name] for name in FindingRow.__dataclass_fields__}
        found.setdefault(row["claim"], []).append(FindingRow(**values))
    rows = (
        connection.execute(select(t.claims).where(t.claims.c.report == report).order_by(t.claims.c.number))
        .mappings()
        .all()
    )
    parents = {row["number"]: row["parent"] for row in rows}
    names = ("number", "parent", "text", "count", "unit", "approximate", "year", "channel", "category")
    return tuple(
        ClaimRow(
            **{name: row[name] for name in names},
            depth=_depth(row["number"], parents),
            findings=tuple(found.get(row["number"], ())),
        )
        for row in rows
    )


def _depth(number: int, parents: dict[int, int | None]) -> int:
    depth = 0
    while (parent := parents.get(number)) is not None and depth < len(parents):
        number, depth = parent, depth + 1
    return depth


def _differs(claim: ClaimRow) -> bool:
    return any(finding.verdict == Verdict.SUM_DIFFERS.value for finding in claim.findings)
