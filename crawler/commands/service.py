"""`service`: the archive goes on by itself."""

import logging
import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import ArchiveOption
from crawler.config import Config, WrongUse, config_of
from crawler.run.source_files import load_source, shipped_keys
from crawler.service.jobs import jobs_for
from crawler.service.lead import Stop, serve
from pipeline.model import Source
from pipeline.source.file import SourceError
from storage.derive.schema import upgrade
from storage.service.job_runs import crawled_sources
from storage.tables.database import database_url, engine_of


def service(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE|FILE.toml", help="来源 sources; none: all that were crawled before"),
    ] = None,
    daily_at: Annotated[
        str, typer.Option("--daily-at", help="每日开始时间(来源所在时区) when the first crawl of a day begins there")
    ] = "02:10",
    archive: ArchiveOption = None,
) -> None:
    """无人值守:定时采集、复核 Crawl, derive, recount and verify on schedule, until SIGTERM or Ctrl-C."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = config_of(os.environ, archive)
    config.archive.mkdir(parents=True, exist_ok=True)
    root = config.archive.resolve()
    url = database_url(root, config.database_url)
    jobs = jobs_for(_sources(sources or _crawled(config, url)), _time(daily_at))
    stop = Stop()
    stop.listen()
    serve(root, url, jobs, stop)


def _sources(names: list[str]) -> dict[str, Source]:
    """Sources by what a child process is told; a file by its whole path."""
    try:
        loaded = {str(Path(name).resolve()) if name.endswith(".toml") else name: load_source(name) for name in names}
    except SourceError as error:
        raise WrongUse(str(error)) from None
    keys = [source.key for source in loaded.values()]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise WrongUse(f"来源重复 the same source twice: {', '.join(sorted(twice))}")
    return loaded


def _crawled(config: Config, url: str) -> list[str]:
    engine = engine_of(url)
    upgrade(engine)
    with engine.connect() as connection:
        names = crawled_sources(connection)
    engine.dispose()
    if not names:
        raise WrongUse(f"档案为空,请指明来源 nothing was crawled into {config.archive} yet: name the sources to crawl")
    if own := set(names) - set(shipped_keys()):
        raise WrongUse(f"请指明这些来源的文件 name all sources, and the files of these: {', '.join(sorted(own))}")
    return names


def _time(daily_at: str) -> time:
    try:
        return datetime.strptime(daily_at, "%H:%M").replace(tzinfo=UTC).time()
    except ValueError:
        raise WrongUse(f"--daily-at {daily_at!r}: 应为 it must be HH:MM") from None


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("service")(service)
