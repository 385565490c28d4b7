"""`verify` and `register`: a report's numbers set against the archive, and lists of what never was on the portal."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection, select

from crawler.bringing import capture_of_file, capture_of_posting, fetch_report, source_meant
from crawler.commands.options import ArchiveOption, FormatOption, SourceOption
from crawler.config import WrongUse, config_of
from crawler.report_table import show_reports
from crawler.show import Format, Speech
from crawler.writing import Books, books, bring, new_run
from pipeline.model import Kind
from storage.derive import derive
from storage.query_reports import report_rows
from storage.tables import problems, registered

ReportsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[REPORT…]", help="文件、网址或信息编号 a file, an address or a posting's id"),
]
AllOption = Annotated[bool, typer.Option("--all", help="重新核对全部报告 all reports in the archive once more")]
ListArgument = Annotated[
    Path, typer.Argument(metavar="CSV|XLSX", help="列: 日期,媒体,标题,证据 columns date,medium,title,evidence")
]


def verify(
    reports: ReportsArgument = None,
    source: SourceOption = None,
    every: AllOption = False,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """核对年报数字 Set a report's numbers against the archive; exit code 1 when one is found to be wrong."""
    if not reports and not every:
        raise WrongUse("name a report, or give --all for those in the archive")
    config = config_of(os.environ, archive)
    with books(config) as here:
        derive(here.engine, here.archive)
        ids = tuple(_bring_report(here, report, source) for report in reports or [])
        derive(here.engine, here.archive)
        with here.engine.connect() as connection:
            found = report_rows(connection, ids)
            wrong = _problems(connection, ids)
    for reason in wrong:
        typer.echo(f"duizhang: {reason}", err=True)
    show_reports(found, Speech(sys.stdout, form, config.language))
    raise typer.Exit(1 if wrong or any(report.accuses for report in found) else 0)


def register_list(file: ListArgument, source: SourceOption = None, archive: ArchiveOption = None) -> None:
    """登记网站以外的公开 Bring a list of publications in newspapers and on the radio, with their evidence."""
    config = config_of(os.environ, archive)
    with books(config) as here:
        meant = source_meant(here, source)
        start = new_run(meant, "register", datetime.now(UTC))
        capture = capture_of_file(file, start, Kind.REGISTER)
        bring(here.archive, start, [capture])
        derive(here.engine, here.archive)
        with here.engine.connect() as connection:
            rows = len(connection.execute(select(registered.c.row).where(registered.c.capture == capture.id)).all())
            wrong = _problems(connection, (capture.id,))
    for reason in wrong:
        typer.echo(f"duizhang: {reason}", err=True)
    typer.echo(f"{rows} 条已登记 publications registered, {len(wrong)} 行有问题 rows with a problem ({capture.id})")
    raise typer.Exit(1 if wrong else 0)


def _bring_report(here: Books, report: str, source: str | None) -> str:
    """The capture of the report, in the archive afterwards."""
    meant = source_meant(here, source)
    if report.startswith(("http://", "https://")):
        return fetch_report(here, report, meant)
    start = new_run(meant, "report", datetime.now(UTC))
    path = Path(report)
    capture = capture_of_file(path, start, Kind.REPORT) if path.is_file() else capture_of_posting(here, report, start)
    bring(here.archive, start, [capture])
    return capture.id


def _problems(connection: Connection, ids: tuple[str, ...]) -> list[str]:
    wanted = select(problems.c.step, problems.c.reason).where(problems.c.capture.in_(ids)).order_by(problems.c.reason)
    return [f"{row.step}: {row.reason}" for row in connection.execute(wanted)]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("verify")(verify)
    app.command("register")(register_list)
