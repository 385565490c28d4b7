"""`duizhang`: the command line, put together from the modules of crawler/commands."""

import sqlite3
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import typer
from sqlalchemy.exc import SQLAlchemyError
from typer.core import TyperGroup

from crawler.config import WrongUse
from crawler.show.sheets import one_line
from pipeline.source.file import SourceError
from storage.archive.disk import OutOfSpace
from storage.archive.faults import WORDS, DatabaseFault, fault_of
from storage.export.postings import ExportRefused
from storage.export.sql import SqlRefused
from storage.search.terms import QueryRefused

REFUSALS = (WrongUse, SourceError, QueryRefused, SqlRefused, ExportRefused)
FAULTS = (DatabaseFault, SQLAlchemyError, sqlite3.Error, OutOfSpace, OSError)

# Which module of crawler/commands has a command, in the order of the help. All of them take a second to import: a
# command waits for its own alone.
COMMANDS = {
    "demo": "demo",
    "sources": "portal.sources",
    "crawl": "crawl",
    "derive": "derive",
    "recount": "derive",
    "counts": "look.counts",
    "explain": "look.explain",
    "review": "review",
    "coverage": "look.coverage",
    "verify": "verify",
    "register": "verify",
    "report": "report",
    "search": "look.search",
    "show": "look.record",
    "history": "look.history",
    "export": "look.export",
    "sql": "look.sql",
    "status": "status",
    "alerts": "alerts",
    "check": "check",
    "service": "service",
}


class Sentences(TyperGroup):
    """Commands whose refusals are one sentence and exit code 2; a fault of the database has a code of its own."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command that was given."""
        try:
            return super().invoke(ctx)
        except REFUSALS as refusal:
            typer.echo(f"duizhang: {one_line(refusal)}", err=True)
            raise typer.Exit(2) from None
        except FAULTS as error:
            fault = fault_of(error)
            if fault is None and not isinstance(error, SQLAlchemyError):
                raise
            said = WORDS[fault] if fault else "数据库无法读取 the database cannot be read"
            typer.echo(f"duizhang: {said} ({one_line(getattr(error, 'orig', None) or error)})", err=True)
            raise typer.Exit(fault or 2) from None  # never 1, which is a finding


def application(word: str = "") -> typer.Typer:
    """The command with the part that has this word; with all its parts for any other."""
    app = typer.Typer(
        cls=Sentences,
        name="duizhang",
        help="对账：保存建设门户网站的公开信息，核对年报数字 Archive a portal's publications and prove their number.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(lambda: None)  # else Typer takes a single command for the whole program
    for name in (COMMANDS[word],) if word in COMMANDS else dict.fromkeys(COMMANDS.values()):
        import_module(f"crawler.commands.{name}").register(app)
    return app


def main() -> None:
    """The program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show Chinese still gets an answer
    application(sys.argv[1] if len(sys.argv) > 1 else "")()


if __name__ == "__main__":
    main()
