"""A report's table beside the archive's: claim by claim with its finding, the sums under their totals."""

from typing import Any

from crawler.show.sheets import Format, Sheet, Speech, show
from storage.queries.difference import LARGEST, Difference
from storage.queries.reports import ClaimRow, FindingRow, MappingRow, ReportRow

COLUMNS = ("claim", "text", "count", "archive", "range", "verdict", "mapping", "confidence", "exact", "reason")
SHOWN = (
    "claim",
    "text",
    "count",
    "archive",
    "range",
    "verdict",
)  # the rest follows as sentences: no terminal is so wide
ROWS = ("kind", "counted", "id", "published_on", "title", "channel", "bucket", "notice_type", "url")

VERDICTS = {
    "consistent": "相符 consistent",
    "overclaimed": "多报 overclaimed",
    "underclaimed": "少报 underclaimed",
    "unverifiable": "无法核实 unverifiable",
    "sum_adds_up": "合计相符 sum adds up",
    "sum_differs": "合计不符 sum differs",
}


def show_reports(reports: tuple[ReportRow, ...], speech: Speech) -> None:
    """Every report as tables, or as CSV with the headlines and the sums; as JSON by show/reports_json.py."""
    if speech.format is Format.CSV:
        rows = tuple((report.id, *row) for report in reports for row in _lines(report))
        show(Sheet(("report", *COLUMNS), rows, len(rows)), speech)
        return
    for report in reports:
        _show_table(report, speech)


def show_differences(groups: tuple[Difference, ...], speech: Speech) -> None:
    """The rows that make the difference, group by group, with the groups' totals."""
    rows = tuple(
        (group.kind, group.counted, *(getattr(row, name) for name in ROWS[2:]))
        for group in groups
        for row in group.rows
    )
    total = sum(group.total for group in groups)
    totals = [{name: getattr(group, name) for name in ("kind", "words", "counted", "total")} for group in groups]
    notes = tuple(
        f"{group.kind}: {group.total} {group.words}; {'计入 counted' if group.counted else '未计入 not counted'}"
        for group in groups
    )
    show(Sheet(ROWS, rows, total, notes=notes, extras={"groups": totals, "limit": LARGEST}), speech)


def _show_table(report: ReportRow, speech: Speech) -> None:
    rows = tuple(_lines(report))
    name = f"{report.name} ({report.year or '?'}, {report.issuer or '?'}) : {report.source}"
    notes = (
        *(note for claim in report.claims for note in _notes(claim)),
        *(f"算 check {'相符 holds' if check.holds else '不符 differs'}: {check.reason}" for check in report.checks),
        f"报告 report {report.id}: duizhang show {report.id}",
    )
    show(Sheet(COLUMNS, rows, len(rows), name=name, notes=notes, in_table=SHOWN), speech)


def _notes(claim: ClaimRow) -> list[str]:
    number = claim.number + 1
    notes = [f"[{number}] {claim.headline.reason}", *(f"[{number}Σ] {one.reason}" for one in claim.sums)]
    notes += [f"[{number}] 注意 note: {one}" for one in claim.headline.observed]
    if claim.mapping and claim.mapping.readings:
        notes.append(f"[{number}] 口径 mapping: {_mapping_words(claim.mapping)}")
    return notes


def _mapping_words(mapping: MappingRow) -> str:
    """How the claim is read, by which rule, how sure that is and who confirmed it."""
    readings = " | ".join(reading.words for reading in mapping.readings)
    void = {
        (True, False): "作废计或不计 void or not",
        (True,): "含作废 void counted",
        (False,): "不含作废 without void",
    }
    who = f"由{mapping.by}确认 confirmed by {mapping.by}" if mapping.by else f"把握 confidence {mapping.confidence:.2f}"
    counted = f"{', '.join(mapping.definitions)}; {void.get(mapping.void, '')}"
    return f"{readings}; {counted} ({mapping.rule}; v{mapping.version}; {who})"


def _lines(report: ReportRow) -> list[tuple[Any, ...]]:
    return [row for claim in report.claims for row in _rows(claim)]


def _rows(claim: ClaimRow) -> list[tuple[Any, ...]]:
    about = "约 about " if claim.approximate else ""
    indent = "  " * claim.depth
    number, headline = str(claim.number + 1), claim.headline
    mapping = _mapping_words(claim.mapping) if claim.mapping and claim.mapping.readings else ""
    confidence = claim.mapping.confidence if claim.mapping else None
    shown = (count_shown(headline), range_shown(headline), VERDICTS[headline.verdict])
    said = (mapping, confidence, headline.exact, headline.reason)
    return [
        (number, indent + claim.text, f"{about}{claim.count}", *shown, *said),
        *(
            (
                f"{number}Σ",
                f"{indent}分项合计 sum of parts",
                "",
                _sum(one),
                "",
                VERDICTS[one.verdict],
                "",
                None,
                "",
                one.reason,
            )
            for one in claim.sums
        ),
    ]


def count_shown(finding: FindingRow) -> str:
    """What the headline's way of counting gives; "-" where the archive holds nothing of it."""
    if finding.count is None or (finding.verdict == "unverifiable" and finding.count == finding.high == 0):
        return "-"
    return str(finding.count)


def _sum(finding: FindingRow) -> str:
    return str(finding.low)


def range_shown(finding: FindingRow) -> str:
    """The interval over everything that is admissible; empty where it is the one number that was counted."""
    if finding.low is None or count_shown(finding) == "-":
        return ""
    if finding.high is None:
        return f">= {finding.low}"
    return "" if finding.low == finding.high == finding.count else f"{finding.low} - {finding.high}"
