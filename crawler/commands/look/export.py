"""`export`: postings as files, tender procedures as OCDS."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import (
    ArchiveOption,
    AreaOption,
    BucketOption,
    ChannelOption,
    MonthOption,
    Opened,
    RegionOption,
    SourceOption,
    TypeOption,
    YearOption,
    filters_of,
    opened,
)
from crawler.config import WrongUse
from crawler.show.sheets import Format
from pipeline.model import Source
from pipeline.source.file import OCID_PREFIX
from storage.archive import Archive
from storage.archive.declarations import declared
from storage.export.ocds import OcdsFiles, export_ocds
from storage.export.postings import ExportFormat
from storage.export.postings import export as write_file
from storage.export.procedures import Publisher
from storage.queries.postings import Filters


class OutputFormat(StrEnum):
    """What can be written."""

    CSV = ExportFormat.CSV.value
    JSONL = ExportFormat.JSONL.value
    XLSX = ExportFormat.XLSX.value
    OCDS = "ocds"


FormatArgument = Annotated[
    OutputFormat,
    typer.Argument(help="csv (Excel) | jsonl (原文 verbatim) | xlsx | ocds (招标过程 procedures, OCDS 1.1)"),
]
OutArgument = Annotated[Path, typer.Argument(help="输出文件 file to write", dir_okay=False)]
ForceOption = Annotated[bool, typer.Option("--force", help="覆盖已有文件 replace an existing file")]
RecordsOption = Annotated[
    Path | None, typer.Option("--records", help="ocds: 另写记录 a second file, of records with compiled releases")
]
LinesOption = Annotated[bool, typer.Option("--lines", help="ocds: 每行一个 one release or record a line, no package")]
PrefixOption = Annotated[
    str,
    typer.Option("--prefix", help="ocds: 试用前缀 ocid prefix instead of the source files', for a trial: ocds-abc123"),
]


@dataclass(frozen=True, slots=True)
class _Ocds:
    """The options that only OCDS has."""

    records: Path | None
    lines: bool
    prefix: str


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
    records: RecordsOption = None,
    lines: LinesOption = False,
    prefix: PrefixOption = "",
    force: ForceOption = False,
    archive: ArchiveOption = None,
) -> None:
    """导出信息 Export postings with all columns, no cell a formula; or procedures as OCDS releases and records."""
    filters = filters_of(source, channel, bucket, notice_type, area, region, year, month)
    only_ocds = _Ocds(records, lines, prefix)
    if export_format is not OutputFormat.OCDS and only_ocds != _Ocds(None, False, ""):
        raise WrongUse("--records, --lines and --prefix belong to `export ocds`")
    with opened(archive, Format.TABLE) as here:
        if export_format is OutputFormat.OCDS:
            told = _ocds(here, OcdsFiles(out, records, lines, force), filters, prefix)
        else:
            n = write_file(here.connection, ExportFormat(export_format.value), out, filters, force=force)
            told = f"已导出 {n} 条 {n} postings written to {out}"
    typer.echo(told, err=True)


def _ocds(here: Opened, wanted: OcdsFiles, filters: Filters, prefix: str) -> str:
    sources = declared(here.connection, Archive(here.config.archive))
    written = export_ocds(here.connection, wanted, filters, _publishers(sources, prefix))
    return (
        f"已导出 {written.procedures} 个招标过程、{written.releases} 次发布 "
        f"{written.procedures} procedures, {written.releases} releases written to {wanted.out}"
    )


def _publishers(sources: Mapping[str, Source], prefix: str) -> dict[str, Publisher]:
    if prefix and not OCID_PREFIX.fullmatch(prefix):
        raise WrongUse(f"{prefix!r} is no ocid prefix: it is ocds- and six small letters or digits, as ocds-abc123")
    return {key: Publisher(source.name, source.zone, prefix or source.ocid_prefix) for key, source in sources.items()}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("export")(export)
