"""`status`: is the archive healthy, and if not, why."""

from dataclasses import asdict, fields
from datetime import UTC, datetime

import typer

from crawler.commands.alerts import waiting_words
from crawler.commands.options import ArchiveOption, FormatOption, Opened, opened
from crawler.service.jobs import rhythm_of
from crawler.show.sheets import Format, Sheet, sheet_of, show
from storage.queries.status import JobStatus, SourceStatus, Status
from storage.queries.status import status as status_of

SOURCES = tuple(field.name for field in fields(SourceStatus))
JOBS = tuple(field.name for field in fields(JobStatus))


def status(form: FormatOption = Format.TABLE, archive: ArchiveOption = None) -> None:
    """档案是否正常 Whether the archive is healthy; exit code 1 and the reasons when it is not."""
    with opened(archive, form) as here:
        found = status_of(here.connection, here.config.archive, datetime.now(UTC), rhythm_of)
        _show_status(here, found)
        if form is Format.TABLE and (waiting := waiting_words(here.engine)):
            typer.echo(waiting)
    if found.wrong:
        raise typer.Exit(1)


def _show_status(here: Opened, found: Status) -> None:
    sheet = sheet_of(SOURCES, found.sources, len(found.sources), _notes(found))
    if here.speech.format is not Format.TABLE:
        extras = asdict(found)
        show(Sheet(sheet.columns, sheet.rows, sheet.total, extras=extras | {"healthy": not found.wrong}), here.speech)
        return
    if found.jobs:
        show(sheet_of(JOBS, found.jobs, len(found.jobs)), here.speech)
    show(sheet, here.speech)


def _notes(found: Status) -> tuple[str, ...]:
    recount = f"{found.recount.at:%Y-%m-%d %H:%M} UTC" if found.recount else "从未 never"
    sizes = f"数据库 database {_megabytes(found.database_bytes)}, WARC {_megabytes(found.warc_bytes)}"
    return (
        f"档案 archive {found.archive}",
        f"{sizes} ({found.warc_files} 个文件 files)",
        f"上次复核 last recount {recount}",
        *(f"异常 wrong: {reason}" for reason in found.wrong),
        *(() if found.wrong else ("正常 healthy",)),
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("status")(status)
