"""`export`: postings as files."""

from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import (
    ArchiveOption,
    AreaOption,
    BucketOption,
    ChannelOption,
    MonthOption,
    RegionOption,
    SourceOption,
    TypeOption,
    YearOption,
    filters_of,
    opened,
)
from crawler.show import Format
from storage.export import ExportFormat
from storage.export import export as write_file

FormatArgument = Annotated[ExportFormat, typer.Argument(help="csv (Excel) | jsonl (原文 verbatim) | xlsx")]
OutArgument = Annotated[Path, typer.Argument(help="输出文件 file to write", dir_okay=False)]
ForceOption = Annotated[bool, typer.Option("--force", help="覆盖已有文件 replace an existing file")]


def export(
    export_format: FormatArgument,
    out: OutArgument,
    year: YearOption = None,
    source: SourceOption = None,
    channel: ChannelOption = None,
    bucket: BucketOption = None,
    notice_type: TypeOption = None,
    area: AreaOption = None,
    region: RegionOption = None,
    month: MonthOption = None,
    force: ForceOption = False,
    archive: ArchiveOption = None,
) -> None:
    """导出信息 Export postings with all columns; in CSV and XLSX no cell is a formula."""
    filters = filters_of(source, channel, bucket, notice_type, area, region, year, month)
    with opened(archive, Format.TABLE) as here:
        n = write_file(here.connection, export_format, out, filters, force=force)
    typer.echo(f"已导出 {n} 条 {n} postings written to {out}", err=True)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("export")(export)
