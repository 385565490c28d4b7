"""`counts`: how many publications, under a named definition, and the postings behind a number."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.commands.look.as_of import day_known, later_sources
from crawler.commands.look.postings import postings_sheet
from crawler.commands.look.registered import (
    DEFAULT_BY,
    axes_of_register,
    beside_the_portal,
    filters_of_register,
    show_register_counts,
    show_registered,
)
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
from crawler.config import WrongUse
from crawler.show.sheets import Format, Sheet, show
from pipeline.count.definitions import MEANING
from pipeline.count.media import Medium
from pipeline.model import Definition
from storage.queries.counts import Axis, Counts, counts_by
from storage.queries.explain import counts_as_of, ids_as_of
from storage.queries.postings import Filters, posting_rows, postings_behind
from storage.queries.registered import RegisterAxis
from storage.queries.review import reviewed_in
from storage.tables.upsert import chunks

UNDATED = "无日期 undated"

BY = "year,bucket"
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        help=f"按…分列 split by, comma-separated: {', '.join(Axis)} (default {BY}); "
        f"of registers: {', '.join(RegisterAxis)} (default {DEFAULT_BY})",
    ),
]
RegisteredOption = Annotated[
    bool, typer.Option("--registered", help="登记清单(报刊、广播等) what `register` brought, instead of the portal")
]
MediumOption = Annotated[
    Medium | None, typer.Option("--medium", help="登记清单的媒体类别 with --registered: a kind of medium")
]
DefinitionOption = Annotated[Definition, typer.Option("--definition", help="口径 what counts as one")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="按当日所知 as it was known at the end of that day"),
]
OpenOption = Annotated[bool, typer.Option("--open", help="列出计入的信息 list the postings behind the count")]


def counts(
    year: YearOption = None,
    by: ByOption = None,
    definition: DefinitionOption = Definition.POSTINGS,
    source: SourceOption = None,
    channel: ChannelOption = None,
    bucket: BucketOption = None,
    notice_type: TypeOption = None,
    area: AreaOption = None,
    region: RegionOption = None,
    month: MonthOption = None,
    as_of: AsOfOption = None,
    registered: RegisteredOption = False,
    medium: MediumOption = None,
    open_: OpenOption = False,
    limit: LimitOption = 1000,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """按口径统计条数 Count publications under a definition; every number opens into its rows."""
    filters = filters_of(source, channel, bucket, notice_type, area, region, year, month)
    if registered or medium:
        _show_registered((filters, medium), by, definition, (archive, form), limit if open_ else 0)
        return
    axes = axes_of(BY if by is None else by)
    with opened(archive, form) as here:
        if as_of is not None:
            day = day_known(here.connection, as_of.date(), filters.source, datetime.now(UTC))
            _show_as_of(here, day, (axes, filters, definition), limit if open_ else 0)
        elif open_:
            behind = postings_behind(here.connection, filters, definition, limit)
            show(postings_sheet(behind.rows, behind.total), here.speech)
        else:
            reviewed = reviewed_in(here.connection, filters)
            notes: tuple[str, ...] = (
                (f"其中 {reviewed} 条经人工复核 of these were reviewed by a person",) if reviewed else ()
            )
            notes += beside_the_portal(here, filters)
            _show_counts(here, counts_by(here.connection, axes, filters, definition), notes, {"reviewed": reviewed})


def _show_registered(
    asked: tuple[Filters, Medium | None],
    by: str | None,
    definition: Definition,
    where: tuple[Path | None, Format],
    limit: int,
) -> None:
    filters, axes = filters_of_register(*asked), axes_of_register(DEFAULT_BY if by is None else by)
    with opened(*where) as here:
        if limit:
            show_registered(here, filters, limit)
        else:
            show_register_counts(here, axes, filters, definition)


def axes_of(by: str) -> tuple[Axis, ...]:
    """The axes of a comma-separated list. Raises WrongUse for a word that is none."""
    words = [word.strip() for word in by.split(",") if word.strip()]
    for word in words:
        if word not in set(Axis):
            raise WrongUse(f"{word!r} is not something to count by: {', '.join(Axis)}")
    return tuple(Axis(word) for word in words)


def _show_as_of(here: Opened, day: date, asked: tuple[tuple[Axis, ...], Filters, Definition], limit: int) -> None:
    """The counts of that day, or with a limit the postings that they added up."""
    axes, filters, definition = asked
    if limit:
        ids = ids_as_of(here.connection, filters, definition, day)
        rows = [row for some in chunks(ids[:limit]) for row in posting_rows(here.connection, some)]
        show(postings_sheet(rows, len(ids)), here.speech)
        return
    later = later_sources(here.connection, day, filters.source)
    notes = (f"按 {day} 当日所知 as known at the end of {day} (差异 why it differs: duizhang explain)", *later)
    _show_counts(here, counts_as_of(here.connection, axes, filters, definition, day), notes, {"as_of": day})


def _show_counts(here: Opened, found: Counts, notes: tuple[str, ...], extras: dict[str, Any]) -> None:
    rows = [(*row.values, row.n) for row in found.rows]
    if here.speech.format is Format.TABLE:
        rows = [(*map(_readable, found.axes, row.values), row.n) for row in found.rows]
    sheet = Sheet(
        columns=(*(axis.value for axis in found.axes), "n"),
        rows=tuple(rows),
        total=found.total,
        notes=(f"合计 total {found.total}", f"口径 {found.definition} {MEANING[found.definition]}", *notes),
        extras={"definition": found.definition.value, "meaning": MEANING[found.definition], **extras},
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
