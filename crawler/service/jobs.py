"""What an unattended archive has to do, and when: jobs are values, so that a schedule can be read and tested."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.model import Source

HOUR = 3600.0

# Two sources start this far apart, so that one machine is not asked for everything in the same minute.
_STAGGER = timedelta(minutes=7)


@dataclass(frozen=True, slots=True)
class Job:
    """A command of duizhang, when it is due and how long it may take, in plain values: the job store pickles them."""

    id: str
    source: str  # "" for the whole archive; what has one source never runs at the same time
    command: tuple[str, ...]
    cron: tuple[tuple[str, str], ...]  # the fields of APScheduler's CronTrigger
    timezone: str
    limit_seconds: float
    since_days: int | None = None  # adds --since with the day that many days before the run's
    grace_seconds: float = 30.0  # from SIGTERM to SIGKILL: to finish the pages in flight and close the WARC file
    module: str = "crawler.cli"


_WEEKLY = {"sweep", "check"}  # of the jobs below, by their first word


def rhythm_of(identity: str) -> timedelta:
    """How far apart two runs of that job of `jobs_for` are due."""
    return timedelta(days=7 if identity.split(" ", 1)[0] in _WEEKLY else 1)


def arguments_at(job: Job, now: datetime) -> tuple[str, ...]:
    """What the interpreter is asked to run at that time: the job's module, its command, the day since when."""
    if job.since_days is None:
        return (job.module, *job.command)
    since = now.astimezone(ZoneInfo(job.timezone)).date() - timedelta(days=job.since_days)
    return (job.module, *job.command, "--since", since.isoformat())


def jobs_for(sources: Mapping[str, Source], first_at: time = time(2, 10)) -> tuple[Job, ...]:
    """All jobs of an archive; sources by what `duizhang crawl` calls them, a key or a file."""
    crawls = [
        job for number, (name, source) in enumerate(sources.items()) for job in _crawls(name, source, number, first_at)
    ]
    zone = next((source.timezone for source in sources.values()), "Asia/Shanghai")
    return (*crawls, *_housekeeping(zone, first_at))


def _crawls(name: str, source: Source, number: int, first_at: time) -> tuple[Job, ...]:
    key, zone, crawl = source.key, source.timezone, ("crawl", name)
    first, second, third = (number * _STAGGER + timedelta(hours=hours) for hours in (0, 2, 4))
    return (
        # Yesterday's late postings carry yesterday's date: two days, not one.
        Job(f"crawl {key}", key, crawl, _daily(first_at, first), zone, 3 * HOUR, since_days=2),
        # Publications arrive late and backdated (lessons.md 4).
        Job(f"look back {key}", key, crawl, _daily(first_at, second), zone, 6 * HOUR, since_days=31),
        # A sweep of 20,000 pages at two seconds each takes eleven hours.
        Job(f"sweep {key}", key, (*crawl, "--full"), _sundays(first_at, third), zone, 23 * HOUR),
    )


def _housekeeping(zone: str, first_at: time) -> tuple[Job, ...]:
    def job(name: str, command: tuple[str, ...], cron: tuple[tuple[str, str], ...], hours: int) -> Job:
        return Job(name, "", command, cron, zone, hours * HOUR)

    return (
        job("derive", ("derive",), _daily(first_at, timedelta(hours=5)), 6),
        job("recount", ("recount",), _daily(first_at, timedelta(hours=5, minutes=30)), 2),
        job("verify", ("verify", "--all"), _daily(first_at, timedelta(hours=6)), 2),
        job("check", ("check",), _sundays(first_at, timedelta(hours=6, minutes=30)), 12),
    )


def _daily(first_at: time, later: timedelta) -> tuple[tuple[str, str], ...]:
    minutes = (first_at.hour * 60 + first_at.minute + int(later.total_seconds()) // 60) % (24 * 60)
    return (("hour", str(minutes // 60)), ("minute", str(minutes % 60)))


def _sundays(first_at: time, later: timedelta) -> tuple[tuple[str, str], ...]:
    return (("day_of_week", "sun"), *_daily(first_at, later))
