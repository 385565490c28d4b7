"""crawler/service/lead.py as real processes: what is due happens once, whatever is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, select, text

from crawler.service.jobs import Job
from crawler.service.scheduler import Scheduler
from storage.tables.core import job_runs
from storage.tables.database import engine_of
from tests.egress import python_path

ROOT = Path(__file__).parents[3]

# What jobs do here instead of crawling: note that they ran, then what the argument says.
PROBE = """
import os, signal, sys, time
with open(os.environ["PROBE_FILE"], "a") as file:
    file.write(f"{sys.argv[1]} {os.getpid()}\\n")
if sys.argv[1] == "fail":
    print("卷宗 not found"); sys.exit(13)
if sys.argv[1] in ("hang", "deaf"):
    if sys.argv[1] == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("about to hang")
    time.sleep(600)
"""

SERVICE = """
import logging, sys
from pathlib import Path
from crawler.service.jobs import Job
from crawler.service.lead import Stop, serve
logging.basicConfig(level=logging.INFO, format="%(message)s")
stop = Stop()
stop.listen()
serve(Path(sys.argv[1]), sys.argv[2], eval(sys.argv[3]), stop)
"""

# The machine's clock stands five years ahead until somebody sets it right.
WRONG_CLOCK = """
import datetime, os, threading, time, time_machine
ahead = time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1800))
ahead.start()
def set_right():
    while not os.path.exists(os.environ["PROBE_FILE"] + ".right"):
        time.sleep(0.05)
    ahead.stop()
threading.Thread(target=set_right, daemon=True).start()
"""


def job(name: str, *, does: str = "", limit: float = 60, second: str = "*", **cron: str) -> Job:
    fields = {**cron, "second": second}
    return Job(name, name, (does or name,), tuple(fields.items()), "UTC", limit, grace_seconds=1, module="probe")


class Archive:
    """An archive under test, with the services that were started on it."""

    def __init__(self, folder: Path, url: str, engine: Engine) -> None:
        self.folder, self.url, self.engine = folder, url, engine
        self.services: list[subprocess.Popen[str]] = []
        (folder / "probe.py").write_text(PROBE)

    def start(self, *jobs: Job, before: str = "") -> subprocess.Popen[str]:
        """A service on this archive, as a process of its own."""
        service = subprocess.Popen(
            [sys.executable, "-c", before + SERVICE, str(self.folder), self.url, repr(jobs)],
            env={**os.environ, "PYTHONPATH": python_path(ROOT, self.folder), "PROBE_FILE": str(self.folder / "ran")},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.services.append(service)
        return service

    def ran(self) -> list[tuple[str, int]]:
        """What the jobs noted themselves: the argument and the process."""
        if not (file := self.folder / "ran").exists():
            return []
        return [(name, int(process)) for name, process in map(str.split, file.read_text().splitlines())]

    def rows(self) -> list[object]:
        """What the service noted."""
        with self.engine.connect() as connection:
            return list(connection.execute(select(job_runs).order_by(job_runs.c.id)))

    def due(self) -> dict[str, float]:
        """When the job store holds each job due, in seconds since 1970."""
        with self.engine.connect() as connection:
            return dict(connection.execute(text("SELECT id, next_run_time FROM service_jobs")).all())


@pytest.fixture
def archive(tmp_path: Path, url: str, engine: Engine) -> Iterator[Archive]:
    with archive_of(tmp_path, url, engine) as archive:
        yield archive


@contextmanager
def archive_of(folder: Path, url: str, engine: Engine) -> Iterator[Archive]:
    archive = Archive(folder, url, engine)
    try:
        yield archive
    finally:
        for service in archive.services:
            service.kill()
            service.communicate()


def until(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def alive(process: int) -> bool:
    return psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE


def end(service: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
    service.send_signal(number)
    words, _ = service.communicate(timeout=30)
    return service.returncode, words


def test_two_services_fire_once_and_the_second_takes_over(archive):
    """Of two services one fires; within seconds of its kill -9 the other does; no due time ever runs twice."""
    tick = job("tick")
    first = archive.start(tick)
    until(lambda: len(archive.ran()) >= 2)
    second = archive.start(tick)
    until(lambda: len(archive.ran()) >= 5)
    first.kill()
    before = len(archive.ran())
    until(lambda: len(archive.ran()) >= before + 2, seconds=8)
    code, words = end(second)
    assert code == 0
    assert "leading" in words
    dues = [row.due for row in archive.rows()]
    assert len(dues) == len(set(dues))
    # One tick a second while somebody led, and one more if the kill cut a run short: two schedulers make twice as many.
    assert len(archive.ran()) <= (max(dues) - min(dues)).total_seconds() + 2


def test_a_missed_run_is_made_up_for_once(archive):
    """After three days of downtime a daily job runs once, and is then due as planned."""
    daily = job("daily", second="0", minute="0", hour=str((datetime.now(UTC).hour + 12) % 24))
    assert end(ready(archive, archive.start(daily)))[0] == 0
    postpone(archive, "daily", timedelta(days=-3))
    service = archive.start(daily)
    until(lambda: any(row.ended for row in archive.rows()))
    time.sleep(1.5)
    assert end(service)[0] == 0
    assert [name for name, _ in archive.ran()] == ["daily"]
    assert 0 < archive.due()["daily"] - time.time() < 24 * 3600


def test_a_due_time_of_a_wrong_clock_is_planned_anew_at_the_start(archive):
    """After a start by a clock five years ahead, a job of every second runs again within seconds of the next start."""
    tick = job("tick")
    assert end(ready(archive, archive.start(tick)))[0] == 0
    before = len(archive.ran())
    postpone(archive, "tick", timedelta(days=1800))
    archive.start(tick)
    until(lambda: len(archive.ran()) > before)


def test_a_clock_that_is_set_back_while_leading_is_noticed(archive):
    """What was planned by a clock five years ahead is planned anew when that clock is set right."""
    service = archive.start(job("tick"), before=WRONG_CLOCK)
    until(lambda: any(due > time.time() + 86400 for due in ready(archive, service) and archive.due().values()))
    (archive.folder / "ran.right").touch()
    until(lambda: any(row.started.timestamp() < time.time() for row in archive.rows()))
    assert all(due < time.time() + 60 for due in archive.due().values())


def test_the_end_of_the_service_is_the_end_of_its_children(archive):
    """SIGTERM ends the service with 0 and no child is left; what was cut short is due again at the next start."""
    hang = job("hang", second="0", minute="0", hour="0", day="1", month="1")
    assert end(ready(archive, archive.start(hang)))[0] == 0
    postpone(archive, "hang", timedelta(days=-1))
    service = archive.start(hang)
    until(lambda: archive.ran())
    assert end(service)[0] == 0
    assert not alive(archive.ran()[0][1])
    (row,) = archive.rows()
    assert row.exit_code == -signal.SIGTERM
    assert "about to hang" in row.said
    assert archive.due()["hang"] <= time.time()


def test_sigint_ends_it_too(archive):
    """Ctrl-C is an orderly end."""
    assert end(ready(archive, archive.start(job("tick", hour="0"))), signal.SIGINT)[0] == 0


def test_a_killed_service_leaves_no_child_and_its_run_is_repeated(archive):
    """kill -9 of the service ends its children as well; the next service notes it and runs the job once more."""
    hang = job("hang", second="0", minute="0", hour="0", day="1", month="1")
    assert end(ready(archive, archive.start(hang)))[0] == 0
    postpone(archive, "hang", timedelta(days=-1))
    first = archive.start(hang)
    until(lambda: archive.ran())
    first.kill()
    until(lambda: not alive(archive.ran()[0][1]))
    archive.start(hang)
    until(lambda: len(archive.ran()) == 2)
    abandoned = archive.rows()[0]
    assert (abandoned.exit_code, "abandoned" in abandoned.said) == (None, True)


@pytest.mark.postgres
def test_a_leader_whose_connection_is_lost_stops_and_stands_again(tmp_path, postgres_url):
    """Losing the database connection is losing the lead: children end; the next to lead, here itself, repeats them."""
    engine = engine_of(postgres_url)
    with archive_of(tmp_path, postgres_url, engine) as archive:
        hang = job("hang", second="0", minute="0", hour="0", day="1", month="1")
        assert end(ready(archive, archive.start(hang)))[0] == 0
        postpone(archive, "hang", timedelta(days=-1))
        service = archive.start(hang)
        until(lambda: archive.ran())
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
        until(lambda: not alive(archive.ran()[0][1]))
        until(lambda: len(archive.ran()) == 2)
        code, words = end(service)
    engine.dispose()
    assert code == 0
    assert words.count("no longer leading") == words.count("\nleading") == 2


def test_a_hung_child_is_killed_at_its_limit_and_others_go_on(archive):
    """A child that is deaf to SIGTERM is killed after its limit and the grace; jobs of other sources run meanwhile."""
    archive.start(job("deaf", limit=1), job("tick"), job("fail"))
    until(lambda: any(row.job == "deaf" and row.ended for row in archive.rows()))
    deaf = next(row for row in archive.rows() if row.job == "deaf")
    assert deaf.exit_code == -signal.SIGKILL
    assert "about to hang" in deaf.said
    assert "its limit of 1 s" in deaf.said
    assert not alive(dict(archive.ran())["deaf"])
    assert sum(row.job == "tick" and row.exit_code == 0 for row in archive.rows()) >= 2


def test_a_job_that_fails_leaves_its_code_and_words(archive):
    """The exit code and the last words of a failed run are kept, and it is tried again when it is next due."""
    archive.start(job("fail"))
    until(lambda: sum(row.exit_code is not None for row in archive.rows()) >= 2)
    row = archive.rows()[0]
    assert row.exit_code == 13
    assert row.said == "卷宗 not found\n"
    assert row.due <= row.started <= row.ended


def postpone(archive: Archive, name: str, by: timedelta) -> None:
    """Moves the time at which a stored job is due, as if the service had been down since."""
    scheduler = Scheduler(archive.engine, lambda _job, _due: None)
    scheduler.start(paused=True)
    scheduler.modify_job(name, next_run_time=datetime.now(UTC) + by)
    scheduler.shutdown(wait=False)


def ready(archive: Archive, service: subprocess.Popen[str]) -> subprocess.Popen[str]:
    """The service once its jobs are in the store."""

    def planned() -> bool:
        with archive.engine.connect() as connection:
            tables = connection.dialect.has_table(connection, "service_jobs")
        return tables and bool(archive.due())

    until(planned)
    return service
