"""crawler/service/jobs.py and crawler/service/scheduler.py: the schedule of an archive, as values."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from apscheduler.triggers.cron import CronTrigger
from typer.main import get_command

from crawler.cli import application
from crawler.service.jobs import Job, arguments_at, jobs_for, rhythm_of
from crawler.service.scheduler import Scheduler
from pipeline.model import Bucket, Channel, Source
from storage.service.job_runs import claim_run


def source(key: str, timezone: str = "Asia/Shanghai") -> Source:
    channel = Channel("a", "甲", "https://a.example/a/", Bucket.NOTICE)
    return Source(key, "甲", "https://a.example/", "trs", (channel,), timezone)


def fires(job: Job, after: datetime, times: int) -> list[datetime]:
    trigger, found = CronTrigger(**dict(job.cron), timezone=job.timezone), []
    for _ in range(times):
        after = trigger.get_next_fire_time(after, after + timedelta(seconds=1))
        found.append(after)
    return found


def named(jobs: tuple[Job, ...], name: str) -> Job:
    (found,) = [job for job in jobs if job.id == name]
    return found


def test_a_source_is_crawled_daily_looked_back_at_and_swept():
    """Every source: a daily crawl, a rolling look-back of 31 days, a weekly full sweep (lessons.md 4)."""
    jobs = jobs_for({"甲.toml": source("jia")})
    now = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # 2 March in Shanghai
    assert arguments_at(named(jobs, "crawl jia"), now) == ("crawler.cli", "crawl", "甲.toml", "--since", "2026-02-28")
    assert arguments_at(named(jobs, "look back jia"), now)[-1] == "2026-01-30"
    assert arguments_at(named(jobs, "sweep jia"), now) == ("crawler.cli", "crawl", "甲.toml", "--full")
    sweeps = fires(named(jobs, "sweep jia"), now, 2)
    assert [day.strftime("%A") for day in sweeps] == ["Sunday", "Sunday"]


def test_the_command_line_knows_every_job():
    """What the service will ask for at night is a command with options that exist."""
    commands = get_command(application()).commands
    for job in jobs_for({"xizang_zjt": source("xizang_zjt")}):
        _, name, *arguments = arguments_at(job, datetime(2026, 3, 1, tzinfo=UTC))
        assert commands[name].make_context(name, list(arguments))


def test_times_are_the_sources_own():
    """A source is visited at night where it is, whatever the service's zone."""
    jobs = jobs_for({"a": source("a"), "b": source("b", "Europe/Lisbon")}, time(1, 0))
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert fires(named(jobs, "crawl a"), now, 1)[0].astimezone(UTC) == datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
    assert fires(named(jobs, "crawl b"), now, 1)[0].astimezone(UTC) == datetime(2026, 3, 1, 1, 7, tzinfo=UTC)


def test_no_two_sources_begin_in_the_same_minute():
    """Daily crawls of a hundred sources are spread."""
    jobs = jobs_for({f"s{n}": source(f"s{n}") for n in range(100)})
    daily = [job.cron for job in jobs if job.id.startswith("crawl ")]
    assert len(set(daily)) == 100


def test_a_job_is_over_before_it_is_due_again():
    """No limit reaches to the next due time, so that one hung run cannot swallow the next (lessons.md 11)."""
    for job in jobs_for({"a": source("a")}):
        first, second = fires(job, datetime(2026, 3, 1, tzinfo=UTC), 2)
        assert timedelta(seconds=job.limit_seconds + job.grace_seconds) < second - first


@pytest.mark.parametrize("years", [-5, 5])
def test_a_time_to_come_is_never_taken_from_the_store(engine, years):
    """Planned by a clock that was five years off, a daily job is due within a day of a start by the right clock."""
    daily, now = Job("daily", "", (), (("hour", "3"),), "UTC", 60), datetime(2026, 3, 1, 12, tzinfo=UTC)
    scheduler = Scheduler(engine, lambda _job, _due: None)
    with time_machine.travel(now + timedelta(days=365 * years), tick=False):
        scheduler.start(paused=True)
        scheduler.plan((daily,))
    with time_machine.travel(now, tick=False):
        scheduler.plan((daily,))
        (found,) = scheduler.get_jobs()
    scheduler.shutdown()
    assert found.next_run_time <= datetime(2026, 3, 2, 3, tzinfo=UTC)
    assert (found.next_run_time > now) is (years > 0)  # five years ago is a missed run, and stays due


def test_the_rhythm_is_that_of_the_plan():
    """What `status` takes for the time between two runs of a job is the time between them in the schedule."""
    for job in jobs_for({"a": source("a")}):
        first, second = fires(job, datetime(2026, 3, 1, tzinfo=UTC), 2)
        assert rhythm_of(job.id) == second - first


def test_a_run_of_a_clock_that_ran_ahead_claims_nothing(engine):
    """What was noted as begun years from now does not keep the job from running when that time really comes."""
    due = datetime(2026, 3, 2, 3, tzinfo=UTC)
    assert claim_run(engine, "daily", due, due + timedelta(days=900)) is not None
    assert claim_run(engine, "daily", due, due + timedelta(seconds=1)) is not None
    assert claim_run(engine, "daily", due, due) is None


def test_planning_again_keeps_a_missed_run_and_forgets_what_is_gone(engine):
    """A restart with other jobs keeps due times of those that stay, and removes the rest; a new time is taken over."""
    stays, goes, moves = (Job(name, "", (), (("hour", "3"),), "UTC", 60) for name in ("stays", "goes", "moves"))
    missed = datetime.now(UTC) - timedelta(days=2)
    scheduler = Scheduler(engine, lambda _job, _due: None)
    scheduler.start(paused=True)
    scheduler.plan((stays, goes, moves))
    scheduler.modify_job("stays", next_run_time=missed)
    scheduler.plan((stays, Job("moves", "", (), (("hour", "5"),), "UTC", 60)))
    found = {job.id: job.next_run_time for job in scheduler.get_jobs()}
    scheduler.shutdown()
    assert found.keys() == {"stays", "moves"}
    assert found["stays"] == missed
    assert found["moves"].hour == 5
