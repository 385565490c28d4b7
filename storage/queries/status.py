"""How the archive is: each source's last run, the jobs, the last recount, sizes; and what is wrong, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select, text

from pipeline.model import BROUGHT, EXIT_CODES, FROM_OTHERS, Definition, Kind, Outcome, Quality
from pipeline.source.file import SourceError, source_of
from storage.archive import Archive
from storage.service.job_runs import AHEAD, planned
from storage.tables.core import UtcDateTime, captures, counts, cursors, job_runs, problems, recounts, runs

_GRACE = timedelta(hours=1)  # a job queues behind others; the crawl's own time limit is the service's business
_LONGEST = timedelta(hours=24)
_WEEK = timedelta(days=7)  # the rarest job of the service (crawler/service/jobs.py)
_SILENT = timedelta(days=31)  # as far as the service's look-back reads again: what came and went before is lost


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source's last run and what it has; `wrong` is empty when it is healthy."""

    source: str
    run: str
    started: datetime
    ended: datetime | None
    scope: str
    outcome: str | None
    reason: str | None
    postings: int
    problems: int
    wrong: str


@dataclass(frozen=True, slots=True)
class JobStatus:
    """A job's last run, and when it is due next; `wrong` is empty when it is healthy."""

    job: str
    due: datetime | None
    started: datetime | None
    ended: datetime | None
    exit_code: int | None
    planned: datetime | None
    wrong: str


@dataclass(frozen=True, slots=True)
class Recount:
    """The last comparison of the maintained counts with a full recount."""

    at: datetime
    agreed: bool
    wrong: str


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an archive; `wrong` collects every reason why it is not healthy."""

    archive: str
    sources: tuple[SourceStatus, ...]
    jobs: tuple[JobStatus, ...]
    recount: Recount | None
    database_bytes: int
    warc_bytes: int
    warc_files: int
    wrong: tuple[str, ...]


def status(
    connection: Connection, archive: Path, now: datetime, rhythm: Callable[[str], timedelta] = lambda _: _WEEK
) -> Status:
    """The state of the archive as of now; `rhythm` says how far apart two runs of a planned job are."""
    sources, jobs, recount = _sources(connection, archive, now), _jobs(connection, now, rhythm), _recount(connection)
    wrong = [f"source {row.source}: {row.wrong}" for row in sources if row.wrong]
    wrong += [f"job {row.job}: {row.wrong}" for row in jobs if row.wrong]
    wrong += [f"recount: {recount.wrong}"] if recount and recount.wrong else []
    wrong += _underived(connection, archive)
    sizes = [file.stat().st_size for file in sorted((archive / "warc").glob("*.warc.gz*")) if file.is_file()]
    database = _database_bytes(connection)
    return Status(str(archive), sources, jobs, recount, database, sum(sizes), len(sizes), tuple(wrong))


def _underived(connection: Connection, archive: Path) -> list[str]:
    """WARC files of ended runs with records that no table knows: a derive is due, or one was killed."""
    reached = {row.warc: row.position for row in connection.execute(select(cursors))}
    waiting = len(list(Archive(archive).waiting(reached)))
    return [f"{waiting} WARC files wait for `duizhang derive`"] if waiting else []


def _sources(connection: Connection, archive: Path, now: datetime) -> tuple[SourceStatus, ...]:
    ahead = runs.c.started > now + AHEAD  # by a wrong clock: it may not hide what was crawled since
    order = (ahead, runs.c.started.desc(), runs.c.id.desc())
    latest = func.row_number().over(partition_by=runs.c.source, order_by=order)
    # A run that only brought a report or a list, or what others saved, says nothing about the portal today.
    crawls = and_(runs.c.scope.not_in(BROUGHT), *(~runs.c.scope.startswith(one) for one in FROM_OTHERS))
    ranked = select(runs, latest.label("rank")).where(crawls).subquery()
    cube = select(counts.c.source, func.sum(counts.c.n)).where(counts.c.definition == Definition.POSTINGS.value)
    held = _tally(connection, cube.group_by(counts.c.source))
    odd = _tally(connection, select(problems.c.source, func.count()).group_by(problems.c.source))
    return tuple(
        SourceStatus(
            source=row.source,
            run=row.id,
            started=row.started,
            ended=row.ended,
            scope=row.scope,
            outcome=row.outcome,
            reason=row.reason,
            postings=held.get(row.source, 0),
            problems=odd.get(row.source, 0),
            wrong="; ".join(_wrong_source(connection, archive, row, now)),
        )
        for row in connection.execute(select(ranked).where(ranked.c.rank == 1).order_by(ranked.c.source))
    )


def _wrong_source(connection: Connection, archive: Path, run: Row[Any], now: datetime) -> list[str]:
    is_killed = run.outcome is None and Archive(archive).is_abandoned(run.id)
    wrong = (
        "被中断,未写结束 the last run did not end: it was killed, or the disk was full" if is_killed else "",
        _wrong_run(run.outcome, run.reason, now - run.started),
        _wrong_time(run.started, now),
        _silent(run, now),
    )
    return [*filter(None, wrong), *_unexpected(connection, run, now)]


def _silent(run: Row[Any], now: datetime) -> str:
    days = (now - run.started).days
    return f"已 {days} 天未采集 the last crawl began {days} days ago: crawl again" if days > _SILENT.days else ""


def _wrong_time(moment: datetime, now: datetime) -> str:
    if moment <= now + AHEAD:
        return ""
    return f"时钟有误 the last run is dated {moment:%Y-%m-%d %H:%M} UTC, ahead of now: a clock was or is wrong"


def _unexpected(connection: Connection, run: Row[Any], now: datetime) -> list[str]:
    """What the source file's [expect] table finds odd about the source's last run and last whole year."""
    if not run.source_file:
        return []
    try:
        source = source_of(run.source, run.source_file)
    except SourceError as error:
        return [str(error)]
    expect, c = source.expect, captures.c
    pages = connection.scalar(
        select(func.count()).where(c.run == run.id, c.kind == Kind.NOTICE.value, c.quality == Quality.GOOD.value)
    )
    unread = connection.scalar(
        select(func.count(func.distinct(c.id)))
        .join(problems, problems.c.capture == c.id)
        .where(c.run == run.id, problems.c.step == "read")
    )
    year = now.astimezone(source.zone).year - 1
    held = connection.scalar(
        select(func.coalesce(func.sum(counts.c.n), 0)).where(
            counts.c.definition == Definition.POSTINGS.value, counts.c.source == run.source, counts.c.year == year
        )
    )
    found = []
    if pages and (unread or 0) > expect.unreadable_at_most * pages:
        found.append(f"{unread} of {pages} pages could not be read, expected at most {expect.unreadable_at_most:.0%}")
    if (held or 0) < expect.rows_per_year_at_least:
        found.append(f"{held} postings in {year}, expected at least {expect.rows_per_year_at_least}")
    return found


def _wrong_run(outcome: str | None, reason: str | None, age: timedelta) -> str:
    if outcome is None:
        return f"the last run has not ended for {_hours(age)}: it was killed or hangs" if age > _LONGEST else ""
    if EXIT_CODES[Outcome(outcome)] == 0:
        return ""
    return f"the last run ended {outcome}: {reason}" if reason else f"the last run ended {outcome}"


def _jobs(connection: Connection, now: datetime, rhythm: Callable[[str], timedelta]) -> tuple[JobStatus, ...]:
    order = job_runs.c.id.desc()  # not by due times: a clock may have run ahead
    earlier = func.lead(job_runs.c.due, type_=UtcDateTime()).over(partition_by=job_runs.c.job, order_by=order)
    latest = func.row_number().over(partition_by=job_runs.c.job, order_by=order)
    ranked = select(job_runs, earlier.label("earlier"), latest.label("rank")).subquery()
    last = {row.job: row for row in connection.execute(select(ranked).where(ranked.c.rank == 1))}
    plan = planned(connection)
    return tuple(
        _job_status(job, last.get(job), plan.get(job), _wrong_plan(job, last, plan, rhythm(job), now), now)
        for job in sorted(last.keys() | plan.keys())
    )


def _job_status(job: str, row: Row[Any] | None, due: datetime | None, plan: str, now: datetime) -> JobStatus:
    if row is None:
        return JobStatus(job, None, None, None, None, due, plan)
    return JobStatus(job, row.due, row.started, row.ended, row.exit_code, due, _wrong_job(row, now) or plan)


def _wrong_plan(
    job: str, last: Mapping[str, Row[Any]], plan: Mapping[str, datetime], rhythm: timedelta, now: datetime
) -> str:
    if due := plan.get(job):
        if due + _GRACE < now:
            return f"逾期未运行 overdue: planned for {_hours(now - due)} ago, and it has not run"
        if due > now + rhythm + _GRACE:
            return (
                f"计划有误 planned only for {due:%Y-%m-%d %H:%M} UTC, further ahead than two runs are apart: "
                "a clock was wrong; start the service anew"
            )
        return ""
    row = last[job]
    # Without a plan, what is known is how far apart the last two runs were due; what is planned no more is not missed.
    if not plan and row.earlier is not None and now > row.due + abs(row.due - row.earlier) + _GRACE:
        return f"overdue: last due {_hours(now - row.due)} ago, and {_hours(row.due - row.earlier)} before that"
    return ""


def _wrong_job(row: Row[Any], now: datetime) -> str:
    if wrong := _wrong_time(max(row.due, row.started), now):
        return wrong
    if row.ended is None:
        age = now - row.started
        return f"running for {_hours(age)}: it was killed or hangs" if age > _LONGEST else ""
    return f"the last run exited with {row.exit_code}" if row.exit_code != 0 else ""


def _recount(connection: Connection) -> Recount | None:
    last = connection.execute(select(recounts).order_by(recounts.c.id.desc()).limit(1)).first()
    if last is None:
        return None
    wrong = "" if last.agreed else f"the full recount differs from the maintained counts: {last.differences}"
    return Recount(last.at, last.agreed, wrong)


def _tally(connection: Connection, pairs: Select[Any]) -> dict[str, int]:
    return {name: int(n) for name, n in connection.execute(pairs)}


def _hours(age: timedelta) -> str:
    return f"{age.total_seconds() / 3600:.1f} h"


def _database_bytes(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")))
    return int(connection.scalar(text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")))
