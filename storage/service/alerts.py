"""What a person has to hear of: findings that changed, and reports that a crawl found. Kept, and told once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from pipeline.model import Finding, Report, Verdict
from pipeline.verdict.judge import headline
from storage.tables import core as t
from storage.tables.alerts import alerts, told_verdicts
from storage.tables.reviews import reviews
from storage.tables.upsert import upsert


class AlertKind(StrEnum):
    """What happened."""

    FINDING_CHANGED = "finding_changed"
    REPORT_FOUND = "report_found"


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert as it is kept."""

    id: int
    at: datetime
    kind: str
    subject: str
    zh: str
    en: str
    seen: bool


_ZH = {
    Verdict.CONSISTENT: "相符",
    Verdict.OVERCLAIMED: "多报",
    Verdict.UNDERCLAIMED: "少报",
    Verdict.UNVERIFIABLE: "无法核实",
}
_ACCUSING = frozenset({Verdict.OVERCLAIMED, Verdict.UNDERCLAIMED})


def tell_findings(
    connection: Connection, row: Mapping[str, Any], report: Report, findings: tuple[Finding, ...], at: datetime
) -> None:
    """An alert for every claim whose verdict or interval is another than the last one told; remembers what is found.

    What is found for the first time is no change; a report that a crawl found is announced once, by itself.
    """
    c = told_verdicts.c
    told = {one.start: one for one in connection.execute(select(told_verdicts).where(c.report == row["id"]))}
    now = {claim.start: headline(findings, n) for n, claim in enumerate(report.claims)}
    numbers = {claim.start: n for n, claim in enumerate(report.claims)}
    raised: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for start, finding in now.items():
        value = _value(finding)
        before = told.get(start)
        if before is not None and (before.verdict, before.low, before.high) == value:
            continue
        changed.append({"report": row["id"], "start": start, **dict(zip(_VALUES, value, strict=True)), "at": at})
        if before is not None:
            raised.append(_changed(row, report.claims[numbers[start]].text, numbers[start], (before, finding)))
    if row["posting"] and not told and now:
        raised.insert(0, _found(row, list(now.values())))
    _raise(connection, raised, at)
    upsert(connection, told_verdicts, changed)


_VALUES = ("verdict", "low", "high")


def _value(finding: Finding) -> tuple[str, int | None, int | None]:
    interval = finding.interval
    return finding.verdict.value, interval.low if interval else None, interval.high if interval else None


def _changed(row: Mapping[str, Any], quote: str, number: int, change: tuple[Any, Finding]) -> dict[str, Any]:
    before, finding = change
    verdict, low, high = _value(finding)
    old_zh, new_zh = (_ZH[Verdict(one)] for one in (before.verdict, verdict))
    was, is_ = _range(before.low, before.high), _range(low, high)
    quote = " ".join(quote.split())[:80]
    return {
        "kind": AlertKind.FINDING_CHANGED.value,
        "subject": f"{row['id']} {number}",
        "zh": f"{row['name']}:“{quote}”的结论由{old_zh}({was})变为{new_zh}({is_})",
        "en": f'{row["name"]}: the finding on "{quote}" went from {before.verdict} ({was}) to {verdict} ({is_})',
    }


def _found(row: Mapping[str, Any], findings: Sequence[Finding]) -> dict[str, Any]:
    wrong = sum(finding.verdict in _ACCUSING for finding in findings)
    return {
        "kind": AlertKind.REPORT_FOUND.value,
        "subject": row["id"],
        "zh": f"抓取到年度报告 {row['name']}:已核对{len(findings)}个数字,其中{wrong}个多报或少报",
        "en": f"a crawl found the annual report {row['name']}: {len(findings)} numbers checked, {wrong} of them wrong",
    }


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return "-"
    return f">= {low}" if high is None else str(low) if low == high else f"{low} - {high}"


def _raise(connection: Connection, raised: list[dict[str, Any]], at: datetime) -> None:
    if raised:
        connection.execute(insert(alerts), [{**one, "at": at, "seen": False} for one in raised])


def moment_of(connection: Connection) -> datetime:
    """When the newest thing that findings rest on happened: a run, or a person's decision. No clock is asked."""
    r = t.runs.c
    runs = connection.scalar(select(func.max(func.coalesce(r.ended, r.started))))
    decided = connection.scalar(select(func.max(reviews.c.at)))
    return max((one for one in (_aware(runs), _aware(decided)) if one), default=datetime.fromtimestamp(0, UTC))


def _aware(moment: Any) -> datetime | None:
    """SQLite gives the text of a coalesced time, without its type."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment is None:
        return None
    at: datetime = moment
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def alert_rows(connection: Connection, *, every: bool = False, limit: int = 1000) -> tuple[Alert, ...]:
    """The alerts that nobody has seen, or all, newest first."""
    wanted = select(alerts).order_by(alerts.c.id.desc()).limit(limit)
    if not every:
        wanted = wanted.where(alerts.c.seen.is_(False))
    return tuple(Alert(**row._mapping) for row in connection.execute(wanted))


def unseen(connection: Connection) -> int:
    """How many alerts nobody has seen."""
    return connection.scalar(select(func.count()).select_from(alerts).where(alerts.c.seen.is_(False))) or 0


def mark_seen(connection: Connection, ids: Iterable[int] | None = None) -> int:
    """Marks these alerts as seen, all when none are named; gives back how many were not yet."""
    marked = update(alerts).where(alerts.c.seen.is_(False)).values(seen=True)
    if ids is not None:
        marked = marked.where(alerts.c.id.in_(list(ids)))
    return connection.execute(marked).rowcount
