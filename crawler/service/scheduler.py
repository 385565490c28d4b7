"""APScheduler, fitted to one leader: it only fires while asked to, and its runs know when they were due."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import astuple
from datetime import UTC, datetime
from typing import Any

from apscheduler.executors.base import BaseExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import Engine

from crawler.service.jobs import Job
from storage.service.job_runs import JOB_TABLE

_log = logging.getLogger("duizhang.service")


class DueExecutor(BaseExecutor):  # type: ignore[misc]
    """Hands a job and its due time to `run`, in a thread of its own; APScheduler's own executors drop the due time."""

    def __init__(self, run: Callable[[Job, datetime], None]) -> None:
        super().__init__()
        # Never more threads than jobs: each has one instance. How many children run at once is decided elsewhere.
        self._pool = ThreadPoolExecutor(max_workers=1000)
        self._call = run

    def _do_submit_job(self, job: Any, run_times: list[datetime]) -> None:
        def done(future: Future[None]) -> None:
            if error := future.exception():
                self._run_job_error(job.id, error, error.__traceback__)
            else:
                self._run_job_success(job.id, [])

        self._pool.submit(self._call, job.func(*job.args), run_times[-1]).add_done_callback(done)

    def shutdown(self, wait: bool = True) -> None:
        """Waits for the runs under way."""
        self._pool.shutdown(wait)


class Scheduler(BaseScheduler):  # type: ignore[misc]
    """Fires when its owner calls `fire_due`, so that the owner can make sure each time that it may."""

    def __init__(self, engine: Engine, run: Callable[[Job, datetime], None]) -> None:
        self.executor = DueExecutor(run)
        super().__init__(
            jobstores={"default": SQLAlchemyJobStore(engine=engine, tablename=JOB_TABLE)},
            executors={"default": self.executor},
            # A run that was missed is made up for once, however late: the defaults forget it after one second
            # (lessons.md 11).
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def wakeup(self) -> None:
        """Nothing sleeps here."""

    def shutdown(self, wait: bool = True) -> None:
        """Ends for good."""
        super().shutdown(wait)

    def fire_due(self) -> None:
        """Submits every job that is due, once, whatever number of times it was missed."""
        self._process_jobs()

    def plan(self, jobs: tuple[Job, ...]) -> None:
        """Makes the stored jobs these: a missed run stays due, and what is to come is as the triggers say from now.

        A time to come is never taken from the store: a clock that ran ahead may have put it there (lessons.md 23).
        """
        now = datetime.now(UTC)
        stored = {job.id: job for job in self.get_jobs()}
        for identity in stored.keys() - {job.id for job in jobs}:
            self.remove_job(identity)
        for job in jobs:
            trigger = CronTrigger(**dict(job.cron), timezone=job.timezone)
            if (known := stored.get(job.id)) is None:
                self.add_job(Job, trigger, id=job.id, args=astuple(job))
                continue
            due = known.next_run_time if known.next_run_time <= now else trigger.get_next_fire_time(None, now)
            self.modify_job(job.id, trigger=trigger, args=astuple(job), next_run_time=due)

    def run_again(self, identity: str) -> None:
        """Makes a job due now, because its last run was cut short."""
        try:
            self.modify_job(identity, next_run_time=datetime.now(UTC))
        except JobLookupError:
            _log.info("%s was cut short and is no longer planned", identity)
