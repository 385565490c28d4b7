"""What the service has to serve, and what it did: one row per job and due time, kept for good."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, and_, delete, insert, select, text, update

from pipeline.model import BROUGHT, FROM_OTHERS
from storage.tables.core import job_runs, runs

JOB_TABLE = "service_jobs"  # APScheduler's
AHEAD = timedelta(hours=1)  # the clocks of two machines differ by seconds: what is further ahead had a wrong clock


def claim_run(engine: Engine, job: str, due: datetime, now: datetime) -> int | None:
    """The new row of this job and due time, or None when it has been claimed before: a run never happens twice."""
    with engine.begin() as connection:
        same = select(job_runs.c.id, job_runs.c.started).where(job_runs.c.job == job, job_runs.c.due == due)
        if (held := connection.execute(same).first()) is not None:
            if held.started <= now + AHEAD:
                return None
            connection.execute(delete(job_runs).where(job_runs.c.id == held.id))  # of a clock that ran ahead
        claim = insert(job_runs).values(job=job, due=due, started=now).returning(job_runs.c.id)
        return int(connection.execute(claim).scalar_one())


def start_run(engine: Engine, run: int, now: datetime) -> None:
    """Notes when the child process of a claimed run really began."""
    with engine.begin() as connection:
        connection.execute(update(job_runs).where(job_runs.c.id == run).values(started=now))


def end_run(engine: Engine, run: int, now: datetime, exit_code: int | None, said: str) -> None:
    """Notes how a run ended: its exit code (None when there was none to hear) and its last words."""
    # PostgreSQL's text holds no NUL, and a crashing program prints anything.
    words = said.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    with engine.begin() as connection:
        connection.execute(
            update(job_runs).where(job_runs.c.id == run).values(ended=now, exit_code=exit_code, said=words)
        )


def abandoned_runs(engine: Engine) -> dict[int, str]:
    """The runs that have no end, with their jobs: whoever ran them was killed."""
    with engine.connect() as connection:
        rows = connection.execute(select(job_runs.c.id, job_runs.c.job).where(job_runs.c.ended.is_(None)))
        return {row.id: row.job for row in rows}


def planned(connection: Connection) -> dict[str, datetime]:
    """When the service holds each job due next; empty where none ever led."""
    if not connection.dialect.has_table(connection, JOB_TABLE):
        return {}
    rows = connection.execute(text(f"SELECT id, next_run_time FROM {JOB_TABLE} WHERE next_run_time IS NOT NULL"))
    return {row.id: datetime.fromtimestamp(row.next_run_time, UTC) for row in rows}


def crawled_sources(connection: Connection) -> list[str]:
    """The keys of all sources that were ever crawled into the archive, sorted."""
    # Bringing a report, a register or a declaration is a run too, but there is nothing in it to crawl again; nor is
    # a portal crawled because its past was taken from others: it may be dead.
    crawls = and_(runs.c.scope.not_in(BROUGHT), *(~runs.c.scope.startswith(one) for one in FROM_OTHERS))
    return list(connection.scalars(select(runs.c.source).where(crawls).distinct().order_by(runs.c.source)))
