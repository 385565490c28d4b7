"""What the archive holds already of the files that people bring, and what became of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from pipeline.model import Kind, Quality
from storage.tables.core import captures, postings, problems, reports


def report_row(connection: Connection, id_: str) -> dict[str, Any] | None:
    """The row of a report; None for what could not be read as one."""
    row = connection.execute(select(reports).where(reports.c.id == id_)).mappings().first()
    return dict(row) if row else None


def reports_of_content(connection: Connection, digest: str, source: str | None) -> Sequence[str]:
    """The ids of reports that were brought as a file of that SHA-256, the oldest first."""
    own = _reports(source).join(captures, captures.c.id == reports.c.id)
    return connection.scalars(own.where(captures.c.digest == digest, reports.c.posting == "")).all()


def reports_named(connection: Connection, beginning: str, source: str | None) -> Sequence[str]:
    """The ids of reports that begin so, the oldest first."""
    return connection.scalars(_reports(source).where(reports.c.id.startswith(beginning, autoescape=True))).all()


def _reports(source: str | None) -> Select[str]:
    own = select(reports.c.id).order_by(reports.c.archived_at)
    return own if source is None else own.where(reports.c.source == source)


def list_of_content(connection: Connection, digest: str, files: Sequence[str], source: str) -> str:
    """The oldest list with that content whose files have these digests, in order; "" for none."""
    c = captures.c
    same = select(c.id, c.run).where(c.kind == Kind.REGISTER.value, c.source == source, c.digest == digest)
    for row in connection.execute(same.order_by(c.fetched_at)).all():
        held = connection.scalars(select(c.digest).where(c.run == row.run, c.kind == Kind.SCAN.value))
        if sorted(held) == list(files):
            return str(row.id)
    return ""


def report_fetched(connection: Connection, since: datetime) -> tuple[str, str]:
    """The newest good capture of a report since then, and "" or, where there is none, why."""
    c = captures.c
    wanted = select(c.id, c.quality, c.failure, c.status).where(c.kind == Kind.REPORT.value, c.fetched_at >= since)
    rows = connection.execute(wanted.order_by(c.fetched_at.desc())).all()
    good = [row.id for row in rows if row.quality == Quality.GOOD.value]
    if good:
        return str(good[0]), ""
    return "", f"{rows[0].quality} {rows[0].status or ''} {rows[0].failure}".strip() if rows else "no answer"


def problems_of(connection: Connection, ids: Iterable[str]) -> list[str]:
    """What was refused in these captures, with the step that refused it."""
    c = problems.c
    wanted = select(c.step, c.reason).where(c.capture.in_(list(ids))).order_by(c.reason)
    return [f"{row.step}: {row.reason}" for row in connection.execute(wanted)]


def postings_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, RowMapping]:
    """The rows of a few postings."""
    rows = connection.execute(select(postings).where(postings.c.id.in_(list(ids)))).mappings()
    return {row["id"]: row for row in rows}


def captures_of_postings(connection: Connection, beginning: str) -> Sequence[str]:
    """The captures of the postings whose id begins so."""
    c = postings.c
    return connection.scalars(select(c.capture).where(c.id.startswith(beginning, autoescape=True))).all()
