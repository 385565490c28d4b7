"""`verify` and `register`: a report's numbers set against the archive, and lists of what never was on the portal."""

import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from crawler.bring.deriving import brought_up_to_date
from crawler.bring.mappings import Decision, confirmed, decide_mappings, typed
from crawler.bring.open_archive import Books, books, bring, new_run
from crawler.bring.reports import (
    capture_of_file,
    capture_of_posting,
    fetch_report,
    list_held,
    report_held,
    source_meant,
)
from crawler.bring.scans import rows_listed, scans_of
from crawler.commands.alerts import waiting_words
from crawler.commands.options import ArchiveOption, SourceOption
from crawler.config import WrongUse, config_of
from crawler.show.papers import ForceOption, LanguageOption, OutOption, PaperLanguage
from crawler.show.reports import ReportFormat, Showing, write_reports
from crawler.show.reports_table import show_differences
from crawler.show.sheets import Format, Speech, one_line
from pipeline.model import Kind
from storage.archive.declarations import declared
from storage.evidence.pack import write_evidence
from storage.queries.brought import problems_of
from storage.queries.difference import differences_of
from storage.queries.registered import kept_of_list
from storage.queries.reports import ReportRow, report_rows

ReportsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[REPORT…]", help="文件、网址、信息或报告编号 a file, an address, a posting's or report's id"
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="重新核对全部报告 all reports in the archive once more")]
RowsOption = Annotated[
    int | None,
    typer.Option("--rows", min=1, metavar="CLAIM", help="列出造成差异的信息 the rows that make the difference"),
]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="CLAIM=JSON|KEY=VALUE,…",
        help="改口径 read a claim so: 3=channel=zbgg,year=2014,void=no; keys scope, channel, bucket, type, area, year, "
        "period, until, definition, void",
    ),
]
ConfirmOption = Annotated[
    list[int] | None, typer.Option("--confirm", metavar="CLAIM", help="确认口径 confirm how a claim is read")
]
ReportFormatOption = Annotated[ReportFormat, typer.Option("--format", help="输出格式 output format")]
EvidenceOption = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        metavar="OUT.wacz|OUT.zip",
        help="写出证据包 write the report's evidence pack, that anyone can check (docs/evidence.md)",
    ),
]
ByOption = Annotated[str, typer.Option("--by", help="谁决定的 who decides; needed by --map and --confirm")]
ListArgument = Annotated[
    Path,
    typer.Argument(
        metavar="CSV|XLSX",
        help="列: 日期,媒体,标题,类别,证据,扫描件 columns date,medium,title,kind,evidence,scan (a file's name)",
    ),
]


def verify(
    reports: ReportsArgument = None,
    source: SourceOption = None,
    every: AllOption = False,
    rows: RowsOption = None,
    mapped: MapOption = None,
    confirm: ConfirmOption = None,
    by: ByOption = "",
    evidence: EvidenceOption = None,
    form: ReportFormatOption = ReportFormat.TABLE,
    lang: LanguageOption = PaperLanguage.CHINESE,
    out: OutOption = None,
    force: ForceOption = False,
    archive: ArchiveOption = None,
) -> None:
    """核对年报数字 Set a report's numbers against the archive; exit code 1 when one is found to be wrong."""
    if not reports and not every:
        raise WrongUse("name a report, or give --all for those in the archive")
    decisions = (*map(typed, mapped or ()), *map(confirmed, confirm or ()))
    _check(reports, decisions, by, asks_of_one=bool(rows is not None or evidence))
    if rows is not None and (form.is_paper or out):
        raise WrongUse("--rows is shown as table, csv or json on the terminal; html and markdown have the rows in them")
    config = config_of(os.environ, archive)
    with books(config) as here:
        brought_up_to_date(here)
        ids = tuple(_bring_report(here, report, source) for report in reports or [])
        brought_up_to_date(here)
        decide_mappings(here, ids, decisions, by)
        with here.engine.connect() as connection:
            found = report_rows(connection, ids)
            wrong = problems_of(connection, ids)
            _say(wrong)
            meant = declared(connection, here.archive)
            if rows is None:
                write_reports(connection, found, meant, Showing(form, lang, config.language, out, force))
                if form is ReportFormat.TABLE and (waiting := waiting_words(here.engine)):
                    typer.echo(waiting)
            else:
                claim = found[0].id, _number(found[0], rows)
                speech = Speech(sys.stdout, Format(form.value), config.language)
                show_differences(differences_of(connection, meant[found[0].source], claim), speech)
            if evidence:
                _pack(connection, here, (ids[0], evidence), form)
    raise typer.Exit(1 if wrong or any(report.accuses for report in found) else 0)


def _check(reports: list[str] | None, decisions: tuple[Decision, ...], by: str, *, asks_of_one: bool) -> None:
    if (decisions or asks_of_one) and len(reports or ()) != 1:
        raise WrongUse("--rows, --map, --confirm and --evidence speak of one report: name it")
    if decisions and not by.strip():
        raise WrongUse("say who decides by --by NAME")


def _pack(connection: Connection, here: Books, asked: tuple[str, Path], form: ReportFormat) -> None:
    """Writes the pack and says its seal, beside what is for programs."""
    made = write_evidence(connection, here.archive, *asked)
    for line in (
        f"证据包 evidence {made.path}: {made.rows} 行 rows, {made.captures} 次抓取 captures",
        f"封印 seal (请记下或公布 note it down or publish it) sha256:{made.seal}",
        f"核对 check: python -m zipfile -e {made.path} pack && python -I pack/evidence/check.py {made.path}",
    ):
        typer.echo(line, err=form is not ReportFormat.TABLE)


def _number(report: ReportRow, shown: int) -> int:
    """The claim by the number that tables show. Raises WrongUse when there is none."""
    if shown > len(report.claims):
        raise WrongUse(f"the report has {len(report.claims)} claims, not {shown}")
    return shown - 1


def register_list(file: ListArgument, source: SourceOption = None, archive: ArchiveOption = None) -> None:
    """登记网站以外的公开 Bring a list of publications in other media (newspaper, radio, WeChat), with their files."""
    config = config_of(os.environ, archive)
    with books(config) as here:
        meant = source_meant(here, source)
        start = new_run(meant, "register", datetime.now(UTC))
        capture = capture_of_file(file, start, Kind.REGISTER)
        brought_up_to_date(here)
        if held := list_held(here, capture, meant):
            typer.echo("清单及其文件已登记过,没有变化 the list and its files were registered before: nothing changes")
        else:
            # The files before the list that names them: where it is derived, they are known.
            bring(here.archive, start, chain(scans_of(capture, meant), [capture]))
            brought_up_to_date(here)
        with here.engine.connect() as connection:
            kept = kept_of_list(connection, held or capture.id)
            wrong = problems_of(connection, (held or capture.id,))
    listed = len(rows_listed(capture, meant))
    _say(wrong)
    typer.echo(
        f"{listed} 条已登记 publications registered, {len(wrong)} 行有问题 rows with a problem ({held or capture.id})"
    )
    typer.echo(
        f"其中 {kept.on_portal} 条门户上也有 also on the portal; "
        f"{listed - kept.rows} 条在其他清单中也有,只登记一次 also in other lists, registered once; "
        f"{kept.with_files} 条有凭证文件 with their files, {kept.without_evidence} 条没有任何凭证 without any evidence"
    )
    raise typer.Exit(1 if wrong else 0)


def _bring_report(here: Books, report: str, source: str | None) -> str:
    """The capture of the report, in the archive afterwards; the same file twice is one report."""
    if held := report_held(here, report, source):
        return held
    meant = source_meant(here, source)
    if report.startswith(("http://", "https://")):
        return fetch_report(here, report, meant)
    start = new_run(meant, "report", datetime.now(UTC))
    path = Path(report)
    capture = capture_of_file(path, start, Kind.REPORT) if path.is_file() else capture_of_posting(here, report, start)
    bring(here.archive, start, [capture])
    return capture.id


def _say(wrong: Iterable[str]) -> None:
    for reason in wrong:
        typer.echo(f"duizhang: {one_line(reason)}", err=True)


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("verify")(verify)
    app.command("register")(register_list)
