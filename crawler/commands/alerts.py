"""`alerts`: what a person has to hear of, and that it was heard."""

import os
from dataclasses import fields
from typing import Annotated

import typer
from sqlalchemy import Engine

from crawler.bring.open_archive import books
from crawler.commands.options import ArchiveOption, FormatOption, opened
from crawler.config import WrongUse, config_of
from crawler.show.sheets import Format, sheet_of, show
from storage.service.alerts import Alert, alert_rows, mark_seen, unseen

COLUMNS = tuple(field.name for field in fields(Alert))
SeenOption = Annotated[
    list[str] | None, typer.Option("--seen", metavar="ID|all", help="标为已阅 mark as seen, all of them by 'all'")
]
EveryOption = Annotated[bool, typer.Option("--all", help="已阅的也列出 those that were seen as well")]


def alerts(
    seen: SeenOption = None,
    every: EveryOption = False,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """提醒 Findings that changed and reports that a crawl found, newest first."""
    if seen:
        _mark(seen, archive)
        return
    with opened(archive, form) as here:
        found = alert_rows(here.connection, every=every)
        show(sheet_of(COLUMNS, found, len(found)), here.speech)


def waiting_words(engine: Engine) -> str:
    """How many alerts nobody has seen, "" for none."""
    with engine.connect() as connection:
        waiting = unseen(connection)
    return f"{waiting} 条提醒未阅 alerts not seen: duizhang alerts" if waiting else ""


def _mark(seen: list[str], archive: ArchiveOption) -> None:
    ids = None if seen == ["all"] else [_id(one) for one in seen]
    with books(config_of(os.environ, archive)) as here, here.engine.begin() as connection:
        marked = mark_seen(connection, ids)
    typer.echo(f"{marked} 条已阅 marked as seen")


def _id(text: str) -> int:
    if not text.isdecimal():
        raise WrongUse(f"{text!r} is no alert: give its number, or 'all'")
    return int(text)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("alerts")(alerts)
