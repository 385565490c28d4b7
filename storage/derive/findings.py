"""Every report's claims set against the counts as they stand, with the mapping of each; made anew with every derive."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, select

from pipeline.classify.review import Review, ReviewKind
from pipeline.model import Finding, Report, Source
from pipeline.report.found import is_of_portal
from pipeline.verdict import mappings_of, verify
from pipeline.verdict.coincidences import ObservedSection
from pipeline.verdict.judge import Grounds, Holdings
from pipeline.verdict.mapping import ClaimMapping
from pipeline.verdict.person import decided
from storage.counts.slices import holdings
from storage.derive.reports import stored_report
from storage.notices.reviews import in_force
from storage.service.alerts import moment_of, tell_findings
from storage.tables import core as t
from storage.tables.mappings import mappings
from storage.tables.upsert import upsert


def refresh_findings(connection: Connection, sources: Mapping[str, Source]) -> None:
    """Every report's claims set against the counts as they stand now."""
    connection.execute(delete(t.findings))
    connection.execute(delete(mappings))
    decisions, at = _decisions(connection), moment_of(connection)
    look: dict[str, Holdings] = {}
    for row in connection.execute(select(t.reports).order_by(t.reports.c.id)).mappings().all():
        source = sources.get(row["source"])
        if source is None:
            continue
        if source.key not in look:
            look[source.key] = holdings(connection, source)
        report = stored_report(connection, dict(row))
        mapped = _mapped(dict(row), report, source, decisions)
        sections = tuple(ObservedSection(channel.key, channel.name) for channel in source.channels)
        findings = verify(report, Grounds(mapped, look[source.key], sections))
        upsert(connection, mappings, [_mapping_row(row["id"], one) for one in mapped])
        upsert(connection, t.findings, _finding_rows(row["id"], findings))
        tell_findings(connection, dict(row), report, findings, at)


def mapped_claims_of(
    connection: Connection, row: Mapping[str, Any], report: Report, source: Source
) -> tuple[ClaimMapping, ...]:
    """How each claim of the report with that row is read: as proposed, or as a person decided."""
    return _mapped(row, report, source, _decisions(connection))


def _mapped(
    row: Mapping[str, Any], report: Report, source: Source, decisions: Mapping[str, Mapping[int, Review]]
) -> tuple[ClaimMapping, ...]:
    """Whoever brings a report says whose it is; of one that a crawl found only the names tell."""
    own = not row["posting"] or is_of_portal(report.issuer, source)
    return decided(mappings_of(report, source, own=own), report, decisions.get(row["id"], {}))


def _decisions(connection: Connection) -> dict[str, dict[int, Review]]:
    """People's mappings by report and claim number."""
    found: dict[str, dict[int, Review]] = {}
    for (report, claim), review in in_force(connection, ReviewKind.MAPPING).items():
        found.setdefault(report, {})[int(claim)] = review
    return found


def _mapping_row(report: str, mapping: ClaimMapping) -> dict[str, Any]:
    return {**asdict(mapping), "report": report}


def _finding_rows(report: str, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    numbers: dict[int, int] = {}
    for finding in findings:
        number = numbers[finding.claim] = numbers.get(finding.claim, -1) + 1
        rows.append({"report": report, "claim": finding.claim, "number": number, **_values(finding)})
    return rows


def _values(finding: Finding) -> dict[str, Any]:
    interval = finding.interval
    return {
        "definition": finding.definition.value if finding.definition else None,
        "verdict": finding.verdict.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "count": finding.count,
        "void": finding.void,
        "reading": finding.reading,
        "exact": finding.exact,
        "observed": list(finding.observed),
        "reason": finding.reason,
    }
