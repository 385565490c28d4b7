"""`counts`: how many publications, under a named definition, and the postings behind a number."""

from typing import Annotated

import typer

from crawler.commands.options import (
    ArchiveOption,
    AreaOption,
    BucketOption,
    ChannelOption,
    FormatOption,
    LimitOption,
    MonthOption,
    Opened,
    RegionOption,
    SourceOption,
    TypeOption,
    YearOption,
    filters_of,
    opened,
)
from crawler.commands.postings import postings_sheet
from crawler.config import WrongUse
from crawler.show import Format, Sheet, show
from pipeline.count import MEANING
from pipeline.model import Definition
from storage.queries import postings_behind
from storage.query_counts import Axis, Counts, counts_by

UNDATED = "无日期 undated"

ByOption = Annotated[str, typer.Option("--by", help=f"按…分列 split by, comma-separated: {', '.join(Axis)}")]
DefinitionOption = Annotated[Definition, typer.Option("--definition", help="口径 what counts as one")]
OpenOption = Annotated[bool, typer.Option("--open", help="列出计入的信息 list the postings behind the count")]


def counts(
    year: YearOption = None,
    by: ByOption = "year,bucket",
    definition: DefinitionOption = Definition.POSTINGS,
    source: SourceOption = None,
    channel: ChannelOption = None,
    bucket: BucketOption = None,
    notice_type: TypeOption = None,
    area: AreaOption = None,
    region: RegionOption = None,
    month: MonthOption = None,
    open_: OpenOption = False,
    limit: LimitOption = 1000,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """按口径统计条数 Count publications under a definition; every number opens into its rows."""
    axes = axes_of(by)
    filters = filters_of(source, channel, bucket, notice_type, area, region, year, month)
    with opened(archive, form) as here:
        if open_:
            behind = postings_behind(here.connection, filters, definition, limit)
            show(postings_sheet(behind.rows, behind.total), here.speech)
        else:
            _show_counts(here, counts_by(here.connection, axes, filters, definition))


def axes_of(by: str) -> tuple[Axis, ...]:
    """The axes of a comma-separated list. Raises WrongUse for a word that is none."""
    words = [word.strip() for word in by.split(",") if word.strip()]
    for word in words:
        if word not in set(Axis):
            raise WrongUse(f"{word!r} is not something to count by: {', '.join(Axis)}")
    return tuple(Axis(word) for word in words)


def _show_counts(here: Opened, found: Counts) -> None:
    rows = [(*row.values, row.n) for row in found.rows]
    if here.speech.format is Format.TABLE:
        rows = [(*map(_readable, found.axes, row.values), row.n) for row in found.rows]
    sheet = Sheet(
        columns=(*(axis.value for axis in found.axes), "n"),
        rows=tuple(rows),
        total=found.total,
        notes=(f"合计 total {found.total}", f"口径 {found.definition} {MEANING[found.definition]}"),
        extras={"definition": found.definition.value, "meaning": MEANING[found.definition]},
        row_extras=tuple({"filter": row.filters.given} for row in found.rows),
    )
    show(sheet, here.speech)


def _readable(axis: Axis, value: str | int) -> str | int:
    if axis in {Axis.YEAR, Axis.MONTH} and value == 0:
        return UNDATED
    return "无 none" if value == "" else value


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("counts")(counts)
