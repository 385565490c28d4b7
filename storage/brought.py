"""Reports and registers that a person brought: their claims and rows, and the findings of every report."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, delete, select

from pipeline.claims import claims_in
from pipeline.model import Capture, Claim, ClaimSum, Finding, Kind, Report, Source, Unreadable
from pipeline.page import decoded
from pipeline.quality import judge
from pipeline.register import register_in
from pipeline.report_text import report_text
from pipeline.verify import verify
from storage import tables as t
from storage.holdings import holdings
from storage.upsert import upsert


def store_brought(connection: Connection, captures: Iterable[Capture], sources: Mapping[str, Source]) -> None:
    """The rows of captured reports and registers; one that cannot be read is a problem that names it."""
    for capture in captures:
        store = _store_report if capture.visit.kind is Kind.REPORT else _store_register
        try:
            store(connection, capture, sources[capture.visit.source])
        except Unreadable as problem:
            _note(connection, capture, "claims" if capture.visit.kind is Kind.REPORT else "register", [str(problem)])


def refresh_findings(connection: Connection, sources: Mapping[str, Source]) -> None:
    """Every report's claims set against the counts as they stand now."""
    connection.execute(delete(t.findings))
    for row in connection.execute(select(t.reports).order_by(t.reports.c.id)).mappings():
        report = stored_report(connection, dict(row))
        source = sources.get(row["source"])
        if source is not None:
            upsert(connection, t.findings, _finding_rows(row["id"], verify(report, holdings(connection, source))))


def stored_report(connection: Connection, row: Mapping[str, Any]) -> Report:
    """The report as its rows keep it."""
    c = t.claims.c
    claims = connection.execute(select(t.claims).where(c.report == row["id"]).order_by(c.number)).mappings()
    names = Claim.__dataclass_fields__
    sums = [ClaimSum(**{**one, "parts": tuple(one["parts"])}) for one in row["sums"]]
    return Report(
        row["year"], row["issuer"], tuple(Claim(**{name: one[name] for name in names}) for one in claims), tuple(sums)
    )


def _store_report(connection: Connection, capture: Capture, source: Source) -> None:
    quality, reason = judge(capture)
    if quality != "good":
        raise Unreadable(f"{quality}: {reason}")
    report = claims_in(report_text(capture, source))
    row = {
        "id": capture.id,
        "source": source.key,
        "name": _name(capture.visit.url),
        "year": report.year,
        "issuer": report.issuer,
        "sums": [asdict(one) for one in report.sums],
        "archived_at": capture.fetched_at,
    }
    upsert(connection, t.reports, [row])
    claims = [{**asdict(claim), "report": capture.id, "number": n} for n, claim in enumerate(report.claims)]
    upsert(connection, t.claims, claims)
    if not claims:
        raise Unreadable("the report states no number of publications that could be read")


def _store_register(connection: Connection, capture: Capture, source: Source) -> None:
    register = register_in(decoded(capture.body, capture.header("content-encoding")), source.zone)
    rows = [{**asdict(row), "capture": capture.id, "source": source.key} for row in register.rows]
    upsert(connection, t.registered, rows)
    _note(connection, capture, "register", register.problems)
    _note(connection, capture, "register_repeat", register.repeats)


def _note(connection: Connection, capture: Capture, step: str, reasons: Iterable[str]) -> None:
    visit = capture.visit
    where = {"capture": capture.id, "step": step, "source": visit.source, "channel": visit.channel, "url": visit.url}
    upsert(connection, t.problems, [{**where, "reason": reason} for reason in dict.fromkeys(reasons)])


def _name(url: str) -> str:
    """A file's name, a page's address."""
    return unquote(urlsplit(url).path).rpartition("/")[2] if url.startswith("file:") else url


def _finding_rows(report: str, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for finding in findings:
        number = sum(row["claim"] == finding.claim for row in rows)
        interval = finding.interval
        rows.append(
            {
                "report": report,
                "claim": finding.claim,
                "number": number,
                "definition": finding.definition.value if finding.definition else None,
                "verdict": finding.verdict.value,
                "low": interval.low if interval else None,
                "high": interval.high if interval else None,
                "reason": finding.reason,
            }
        )
    return rows
