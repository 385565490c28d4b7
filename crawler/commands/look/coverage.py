"""`coverage`: the certificate of what was observed, what is missing, and how sure a count can be."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import typer

from crawler.commands.options import (
    ArchiveOption,
    ChannelOption,
    FormatOption,
    Opened,
    SourceOption,
    YearOption,
    given_or_none,
    opened,
)
from crawler.config import WrongUse
from crawler.show.sheets import Format, Sheet, one_line, show
from pipeline.coverage.holes import ANY_YEAR
from pipeline.coverage.words import VERDICTS, hole_words
from pipeline.model import Certainty, Hole
from storage.queries.coverage import Asked, Certificate, certificates, is_open, source_hints

COLUMNS = (
    *("source", "channel", "year", "stated_total", "stated_pages", "walked", "seen", "held", "drift"),
    *("first_observed", "last_observed", "verdict"),
)
IN_TABLES = ("source", "channel", "year", "stated_total", "walked", "seen", "held", "verdict")
HOLES = ("source", "channel", "year", "kind", "reason", "since", "until", "missing_at_most", "closed")


def coverage(
    source: SourceOption = None,
    year: YearOption = None,
    channel: ChannelOption = None,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """覆盖证明 What was observed and what is missing, per channel and year; exit code 1 with holes."""
    asked = Asked(given_or_none(source), year, given_or_none(channel))
    with opened(archive, form) as here:
        found = certificates(here.connection, asked)
        if not found:
            raise WrongUse("no channel of that description is in the archive: crawl first, or see `duizhang status`")
        hints = () if asked.channel else source_hints(here.connection, asked)
        _show(here, found, hints)
    raise typer.Exit(1 if any(is_open(one) for one in found) else 0)


def _show(here: Opened, found: tuple[Certificate, ...], hints: tuple[Hole, ...]) -> None:
    is_table = here.speech.format is Format.TABLE
    rows = tuple(tuple(_cell(one, name, is_table) for name in COLUMNS) for one in found)
    extras = tuple({"holes": _as_json(one.holes), "hints": _as_json(one.hints)} for one in found)
    verdict = _worst(found)
    sheet = Sheet(
        COLUMNS,
        rows,
        len(rows),
        name="覆盖证明 certificate of coverage" if is_table else "",
        extras={"verdict": verdict.value, "hints": _as_json(hints)},
        row_extras=extras,
        in_table=IN_TABLES,
    )
    show(sheet, here.speech)
    if not is_table:
        return
    for one in found:
        for hole in (*one.holes, *one.hints):
            here.speech.out.write(one_line(hole_words(hole)) + "\n")
    for hint in hints:
        here.speech.out.write(one_line(hole_words(hint)) + "\n")
    here.speech.out.write(f"结论 verdict: {VERDICTS[verdict]}\n")


def _cell(one: Certificate, name: str, is_table: bool) -> Any:
    value = getattr(one, name)
    if is_table and name == "verdict":
        return VERDICTS[Certainty(value)]
    return "全部 all" if is_table and name == "year" and value == ANY_YEAR else value


def _worst(found: Iterable[Certificate]) -> Certainty:
    order = list(Certainty)
    return max((Certainty(one.verdict) for one in found), key=order.index)


def _as_json(holes: Iterable[Hole]) -> list[dict[str, Any]]:
    return [{name: value for name, value in asdict(hole).items() if name in HOLES} for hole in holes]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("coverage")(coverage)
