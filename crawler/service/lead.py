"""The unattended archive: one leader fires what is due as child processes, and catches up once on what was missed."""

import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Semaphore

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from crawler.service.children import ChildEnded, ChildLimits, run_child
from crawler.service.jobs import Job, arguments_at
from crawler.service.leader import Leader, leader_of
from crawler.service.scheduler import Scheduler
from storage.derive.schema import upgrade
from storage.service.job_runs import abandoned_runs, claim_run, end_run, start_run
from storage.tables.database import engine_of

_log = logging.getLogger("duizhang.service")

_AT_ONCE = 4  # children: each takes 84 MB, and the machine has other work (libraries.md 3)
_HEARTBEAT = 0.5  # seconds between two looks at the stop signal and at the lead
_PAUSE = 5.0  # seconds until the next try after the database failed


@dataclass(slots=True)
class Stop:
    """Whether somebody asked the service to end."""

    requested: bool = False

    def listen(self) -> None:
        """From now on SIGTERM and SIGINT ask for the end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            # Nothing but an assignment: a handler may interrupt code that holds any lock.
            signal.signal(number, lambda _number, _frame: setattr(self, "requested", True))


def serve(archive: Path, url: str, jobs: tuple[Job, ...], stop: Stop) -> None:
    """Waits for the lead, leads until it is lost, and so on until the stop is asked for."""
    engine = engine_of(url)
    upgrade(engine)
    leader = leader_of(archive, url)
    environment = {**os.environ, "DUIZHANG_ARCHIVE": str(archive), "DUIZHANG_DATABASE_URL": url}
    _log.info("ready with %d jobs", len(jobs))
    while not stop.requested:
        if leader.acquire():
            try:
                Lead(engine, leader, stop, environment).run(jobs)
            except SQLAlchemyError as error:
                _log.error("the database failed, leading ends: %s", error)
                time.sleep(_PAUSE)
            leader.release()
        time.sleep(_HEARTBEAT)
    engine.dispose()


class Lead:
    """One term of leading: from getting the lead to losing it or to the stop."""

    def __init__(self, engine: Engine, leader: Leader, stop: Stop, environment: dict[str, str]) -> None:
        self._engine = engine
        self._leader = leader
        self._stop = stop
        self._environment = environment
        self._ending = False
        self._lost = False
        self._cut_short: list[str] = []
        self._places = Semaphore(_AT_ONCE)
        self._sources: dict[str, Lock] = {}

    def run(self, jobs: tuple[Job, ...]) -> None:
        """Fires what is due for as long as this process leads; ends with no child running."""
        self._sources = {job.source: Lock() for job in jobs}
        scheduler = Scheduler(self._engine, self._run_job)
        scheduler.start(paused=True)
        _log.info("leading")
        try:
            scheduler.plan(jobs)
            self._take_over(scheduler)
            scheduler.resume()
            planned_at = datetime.now(UTC)
            while not self._stop.requested and self._leader.held():
                try:
                    if datetime.now(UTC) < planned_at:
                        _log.warning("the clock was set back: what is to come is planned anew")
                        scheduler.plan(jobs)
                    planned_at = datetime.now(UTC)
                    scheduler.fire_due()
                except OperationalError as error:
                    # A long writing transaction of another process, say. What is due stays due; a run that had begun
                    # is claimed and will not begin again.
                    _log.warning("the database did not answer, once more: %s", error)
                time.sleep(_HEARTBEAT)
        finally:
            self._lost = not self._leader.held()
            self._ending = True
            scheduler.executor.shutdown()
            for identity in self._cut_short:
                scheduler.run_again(identity)
            scheduler.shutdown(wait=False)
            _log.info("no longer leading")

    def _take_over(self, scheduler: Scheduler) -> None:
        for run, job in abandoned_runs(self._engine).items():
            _log.warning("%s was abandoned by a service that was killed; once more", job)
            end_run(self._engine, run, datetime.now(UTC), None, "abandoned: the service that ran this was killed")
            scheduler.run_again(job)

    def _run_job(self, job: Job, due: datetime) -> None:
        run = claim_run(self._engine, job.id, due, datetime.now(UTC))
        if run is None:
            return
        with self._place(job.source) as free:
            if free:
                self._run_claimed(job, run)
            else:
                self._note_end(job, run, ChildEnded(None, "not begun: the service ended", cut_short=True))

    def _run_claimed(self, job: Job, run: int) -> None:
        began = datetime.now(UTC)
        start_run(self._engine, run, began)
        _log.info("%s begins", job.id)
        limits = ChildLimits(job.limit_seconds, lambda: self._ending, job.grace_seconds)
        self._note_end(job, run, run_child(arguments_at(job, began), limits, self._environment))

    def _note_end(self, job: Job, run: int, ended: ChildEnded) -> None:
        _log.info("%s ended with %s", job.id, ended.exit_code)
        if ended.cut_short:
            if self._lost:
                return  # the tables are another leader's now, who finds this run abandoned and repeats it
            self._cut_short.append(job.id)
        end_run(self._engine, run, datetime.now(UTC), ended.exit_code, ended.said)

    @contextmanager
    def _place(self, source: str) -> Iterator[bool]:
        """Waits until nothing else runs for the source and few enough run at all; False when the lead ends first."""
        got: list[Lock | Semaphore] = []
        for wanted in (self._sources[source], self._places):
            while not self._ending:
                if wanted.acquire(timeout=_HEARTBEAT):
                    got.append(wanted)
                    break
        try:
            yield len(got) == 2
        finally:
            for taken in got:
                taken.release()
