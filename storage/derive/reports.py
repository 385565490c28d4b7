"""Reports and registers that a person brought, and reports that a crawl found: their claims and rows."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, delete, select

from pipeline.model import Capture, Check, Claim, ClaimSum, Kind, Report, Source, Unreadable
from pipeline.page import judge
from pipeline.page.file_kind import is_document
from pipeline.page.opened import decoded
from pipeline.register.read import Registered, register_in, registered_id
from pipeline.report import claims_in
from pipeline.report.source_text import report_text
from storage.derive.files import text_of_digest
from storage.tables import core as t
from storage.tables.registered import registered
from storage.tables.upsert import upsert

UNREAD = "the file has not been read yet: duizhang derive"
STEPS = ("claims", "register", "register_repeat", "register_check")


def store_brought(connection: Connection, captures: Iterable[Capture], sources: Mapping[str, Source]) -> None:
    """The rows of captured reports and registers; one that cannot be read is a problem that names it."""
    for capture in captures:
        connection.execute(delete(t.problems).where(t.problems.c.capture == capture.id, t.problems.c.step.in_(STEPS)))
        store = _store_report if capture.visit.kind is Kind.REPORT else _store_register
        try:
            store(connection, capture, sources[capture.visit.source])
        except Unreadable as problem:
            _note(connection, capture, "claims" if capture.visit.kind is Kind.REPORT else "register", [str(problem)])


def stored_report(connection: Connection, row: Mapping[str, Any]) -> Report:
    """The report as its rows keep it."""
    c = t.claims.c
    claims = connection.execute(select(t.claims).where(c.report == row["id"]).order_by(c.number)).mappings()
    names = Claim.__dataclass_fields__
    sums = [ClaimSum(**{**one, "parts": tuple(one["parts"])}) for one in row["sums"]]
    checks = [Check(**{**one, "numbers": tuple(one["numbers"])}) for one in row["checks"]]
    return Report(
        row["year"],
        row["issuer"],
        tuple(Claim(**{name: one[name] for name in names}) for one in claims),
        tuple(sums),
        tuple(checks),
    )


def _store_report(connection: Connection, capture: Capture, source: Source) -> None:
    quality, reason = judge(capture)
    if quality != "good":
        raise Unreadable(f"{quality}: {reason}")
    text = _text_of_file(connection, capture) if is_document(capture) else report_text(capture, source)
    place = {"id": capture.id, "source": source.key, "name": _name(capture.visit.url)}
    keep_report(connection, text, place | {"archived_at": capture.fetched_at, "posting": ""})


def _text_of_file(connection: Connection, capture: Capture) -> str:
    text = text_of_digest(connection, capture.digest)
    if text is None:
        raise Unreadable(UNREAD)
    return text


def keep_report(connection: Connection, text: str, place: Mapping[str, Any]) -> None:
    """The rows of a report and its claims; `place` says which it is. Raises Unreadable when it claims nothing."""
    report = claims_in(text, url=str(place["name"]))
    row = {
        **place,
        "year": report.year,
        "issuer": report.issuer,
        "sums": [asdict(one) for one in report.sums],
        "checks": [asdict(one) for one in report.checks],
    }
    upsert(connection, t.reports, [row])
    claims = [{**asdict(claim), "report": place["id"], "number": n} for n, claim in enumerate(report.claims)]
    upsert(connection, t.claims, claims)
    if not claims:
        raise Unreadable("报告没有写明公开数量 / the report states no number of publications that could be read")


def _store_register(connection: Connection, capture: Capture, source: Source) -> None:
    body = decoded(capture.body, capture.header("content-encoding"))
    register = register_in(body, source.zone, capture.fetched_at.astimezone(source.zone).date())
    rows = [_registered_row(row, capture.id, source.key) for row in register.rows]
    upsert(connection, registered, rows)
    _note(connection, capture, "register", register.problems)
    _note(connection, capture, "register_repeat", register.repeats)
    _note(connection, capture, "register_check", register.checks)


def _registered_row(row: Registered, capture: str, source: str) -> dict[str, Any]:
    said = {**asdict(row), "kind": row.kind.value, "scans": list(row.scans)}
    return {**said, "id": registered_id(capture, row.sheet, row.row), "capture": capture, "source": source}


def _note(connection: Connection, capture: Capture, step: str, reasons: Iterable[str]) -> None:
    visit = capture.visit
    where = {"capture": capture.id, "step": step, "source": visit.source, "channel": visit.channel, "url": visit.url}
    upsert(connection, t.problems, [{**where, "reason": reason} for reason in dict.fromkeys(reasons)])


def _name(url: str) -> str:
    """A file's name, a page's address."""
    return unquote(urlsplit(url).path).rpartition("/")[2] if url.startswith("file:") else url
