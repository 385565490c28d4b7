"""A report's table beside the archive's: claim by claim with its finding, the sums under their totals."""

from dataclasses import asdict
from typing import Any

from crawler.show import Format, Sheet, Speech, show, show_json
from storage.query_reports import ClaimRow, FindingRow, ReportRow

COLUMNS = ("claim", "text", "count", "archive", "verdict", "reason")
SHOWN = ("claim", "text", "count", "archive", "verdict")  # the reasons follow as sentences: no terminal is that wide

VERDICTS = {
    "consistent": "相符 consistent",
    "overclaimed": "多报 overclaimed",
    "underclaimed": "少报 underclaimed",
    "unverifiable": "无法核实 unverifiable",
    "sum_adds_up": "合计相符 sum adds up",
    "sum_differs": "合计不符 sum differs",
}


def show_reports(reports: tuple[ReportRow, ...], speech: Speech) -> None:
    """Every report in the format asked for; JSON has all findings, table and CSV the headlines and the sums."""
    if speech.format is Format.JSON:
        found = [asdict(report) | {"accuses": report.accuses} for report in reports]
        show_json({"rows": found, "total": len(found)}, speech.out)
        return
    if speech.format is Format.CSV:
        rows = tuple((report.id, *row) for report in reports for row in _lines(report))
        show(Sheet(("report", *COLUMNS), rows, len(rows)), speech)
        return
    for report in reports:
        _show_table(report, speech)


def _show_table(report: ReportRow, speech: Speech) -> None:
    rows = tuple(_lines(report))
    name = f"{report.name} ({report.year or '?'}, {report.issuer or '?'}) : {report.source}"
    notes = (
        *(f"[{row[0]}] {row[-1]}" for row in rows),
        f"报告 report {report.id}: duizhang show {report.id}",
    )
    show(Sheet(COLUMNS, rows, len(rows), name=name, notes=notes, in_table=SHOWN), speech)


def _lines(report: ReportRow) -> list[tuple[Any, ...]]:
    return [row for claim in report.claims for row in _rows(claim)]


def _rows(claim: ClaimRow) -> list[tuple[Any, ...]]:
    about = "约 about " if claim.approximate else ""
    indent = "  " * claim.depth
    number = str(claim.number + 1)
    return [
        (number, indent + claim.text, f"{about}{claim.count}", _held(claim.headline), *_said(claim.headline)),
        *((f"{number}Σ", f"{indent}分项合计 sum of parts", "", _held(one), *_said(one)) for one in claim.sums),
    ]


def _said(finding: FindingRow) -> tuple[str, str]:
    return VERDICTS[finding.verdict], finding.reason


def _held(finding: FindingRow) -> str:
    """The interval of what the archive holds: one number, two, or a lower bound; "-" where it holds nothing of it."""
    if finding.low is None or (finding.verdict == "unverifiable" and finding.low == finding.high == 0):
        return "-"
    if finding.high is None:
        return f">= {finding.low}"
    return str(finding.low) if finding.low == finding.high else f"{finding.low} - {finding.high}"
