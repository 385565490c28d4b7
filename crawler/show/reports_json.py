"""Verified reports as JSON: the schema of docs/json.md."""

from dataclasses import asdict
from typing import Any

from storage.queries.behind import AtHand
from storage.queries.reports import ReportRow

SCHEMA = "duizhang.verify/1"  # raised when a key changes its meaning


def reports_json(reports: tuple[ReportRow, ...], kept: tuple[AtHand, ...], program: str) -> dict[str, Any]:
    """All claims with their mappings and findings, the archive that they are set against, and the program."""
    rows = [_report(report) | {"archive": asdict(place)} for report, place in zip(reports, kept, strict=True)]
    return {"schema": SCHEMA, "program": program, "total": len(rows), "rows": rows}


def _report(report: ReportRow) -> dict[str, Any]:
    """The report's record, each claim with the command that lists the rows behind its finding."""
    said = asdict(report)
    for claim in said["claims"]:
        claim["rows"] = f"duizhang verify {report.id} --rows {claim['number'] + 1} --format json"
    return said | {"accuses": report.accuses}
