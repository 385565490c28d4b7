"""`explain`: why the count of a year differs between two days, event by event, with nothing left over."""

from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from crawler.commands.look.as_of import day_known
from crawler.commands.options import (
    ArchiveOption,
    BucketOption,
    ChannelOption,
    FormatOption,
    LimitOption,
    Opened,
    SourceOption,
    TypeOption,
    given_or_none,
    opened,
)
from crawler.config import WrongUse
from crawler.show.sheets import LOCAL, Format, Sheet, one_line, sheet_of, show
from pipeline.count.definitions import MEANING as DEFINITIONS
from pipeline.count.explain import MEANING
from pipeline.model import Definition
from storage.queries.counts import counts_by
from storage.queries.explain import CauseRow, EventRow, Explained, explained, known_since, waiting
from storage.queries.postings import Filters

EVENTS = tuple(field.name for field in fields(EventRow))
IN_TABLE = ("day", "cause", "difference", "posting", "published_on", "title", "before", "after")

YearArgument = Annotated[int, typer.Argument(metavar="YEAR", min=0, max=9999, help="年份 year; 0 = 无日期 undated")]
FromOption = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="这一天结束时 the end of this day")]
ToOption = Annotated[
    datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="到这一天结束时 to the end of this day (today)")
]
DefinitionOption = Annotated[Definition, typer.Option("--definition", help="口径 what counts as one")]


def explain(
    year: YearArgument,
    since: FromOption,
    until: ToOption = None,
    definition: DefinitionOption = Definition.POSTINGS,
    source: SourceOption = None,
    channel: ChannelOption = None,
    bucket: BucketOption = None,
    notice_type: TypeOption = None,
    limit: LimitOption = 1000,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """解释两天之间的差 Why a year's count differs between two days, event by event; exit code 1 if that fails."""
    filters = Filters(given_or_none(source), given_or_none(channel), bucket, notice_type, year=year)
    now = datetime.now(UTC)
    with opened(archive, form) as here:
        days = (day_known(here.connection, since.date(), filters.source, now), _last(here, until, filters, now))
        if days[0] > days[1]:
            raise WrongUse(f"{days[0]} is after {days[1]}")
        found = explained(here.connection, filters, definition, days, limit)
        wrong = _wrong(here, found, (filters, definition, days[1]))
        _show(here, found, (definition, days), wrong)
    raise typer.Exit(1 if wrong else 0)


def _last(here: Opened, until: datetime | None, filters: Filters, now: datetime) -> date:
    if until is not None:
        return day_known(here.connection, until.date(), filters.source, now)
    return day_known(here.connection, None, filters.source, now)


def _wrong(here: Opened, found: Explained, asked: tuple[Filters, Definition, date]) -> list[str]:
    """What the events do not explain, in words; empty is the good answer."""
    filters, definition, last = asked
    wrong = []
    if found.left_over:
        wrong.append(f"the events leave {found.left_over:+d} unexplained")
    settled = [one.at.astimezone(LOCAL).date() for one in known_since(here.connection, filters.source)]
    if not waiting(here.connection) and settled and last >= max(settled):
        counted = counts_by(here.connection, (), filters, definition).total
        if counted != found.last:
            wrong.append(f"the events add up to {found.last}, the tables count {counted}")
    return wrong


def _show(here: Opened, found: Explained, asked: tuple[Definition, tuple[date, date]], wrong: list[str]) -> None:
    definition, days = asked
    causes = [
        {**asdict(one), "cause": one.cause.value, "difference": one.difference, "meaning": MEANING[one.cause]}
        for one in found.causes
    ]
    total = sum(one.events for one in found.causes)
    extras = {
        **{"from": days[0], "to": days[1], "definition": definition.value, "meaning": DEFINITIONS[definition]},
        **{"first": found.first, "last": found.last, "left_over": found.left_over, "causes": causes, "wrong": wrong},
    }
    sheet = sheet_of(EVENTS, sorted(found.rows, key=_order), total, _notes(found, days, (definition, total), wrong))
    show(Sheet(sheet.columns, sheet.rows, total, notes=sheet.notes, extras=extras, in_table=IN_TABLE), here.speech)
    for reason in wrong:
        typer.echo(f"duizhang: {one_line(reason)}: run `duizhang recount`, and report it", err=True)


def _order(row: EventRow) -> tuple[int, int]:
    return list(MEANING).index(row.cause), row.seq


def _notes(
    found: Explained, days: tuple[date, date], asked: tuple[Definition, int], wrong: list[str]
) -> tuple[str, ...]:
    definition, total = asked
    shown = len(found.rows)
    cut = (f"共 {total} 件,列出最早的 {shown} 件 the first {shown} of {total} events are shown: --limit",)
    return (
        *(cut if shown < total else ()),
        *(_line(one) for one in found.causes),
        f"{days[0]} 时 then {found.first}, {days[1]} 时 then {found.last}: {_sum(found)}",
        "有差额未能解释 something is left over" if wrong else "无剩余 nothing is left over",
        f"口径 {definition} {DEFINITIONS[definition]}",
    )


def _line(one: CauseRow) -> str:
    return (
        f"{one.difference:+d} {one.cause} ({one.events} 件 events, +{one.added} -{one.removed}): {MEANING[one.cause]}"
    )


def _sum(found: Explained) -> str:
    terms = "".join(f" {'-' if one.difference < 0 else '+'} {abs(one.difference)}" for one in found.causes)
    return f"{found.first}{terms} = {found.last - found.left_over}"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("explain")(explain)
