"""`duizhang`: the command line, put together from the modules of crawler/commands."""

import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup

from crawler.commands import (
    alerts,
    check,
    counts,
    coverage,
    crawl,
    demo,
    derive,
    explain,
    export,
    history,
    report,
    review,
    search,
    service,
    show,
    sources,
    sql,
    status,
    verify,
)
from crawler.config import WrongUse
from crawler.show import one_line
from pipeline.source_file import SourceError
from storage.export import ExportRefused
from storage.search_terms import QueryRefused
from storage.sql import SqlRefused

REFUSALS = (WrongUse, SourceError, QueryRefused, SqlRefused, ExportRefused)

REGISTER: tuple[Callable[[typer.Typer], None], ...] = (
    demo.register,
    sources.register,
    crawl.register,
    derive.register,
    counts.register,
    explain.register,
    review.register,
    coverage.register,
    verify.register,
    report.register,
    search.register,
    show.register,
    history.register,
    export.register,
    sql.register,
    status.register,
    alerts.register,
    check.register,
    service.register,
)


class Sentences(TyperGroup):
    """Commands whose refusals are one sentence and exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command that was given."""
        try:
            return super().invoke(ctx)
        except REFUSALS as refusal:
            typer.echo(f"duizhang: {one_line(refusal)}", err=True)
            raise typer.Exit(2) from None


def application() -> typer.Typer:
    """The command with all its parts."""
    app = typer.Typer(
        cls=Sentences,
        name="duizhang",
        help="对账：保存建设门户网站的公开信息，核对年报数字 Archive a portal's publications and prove their number.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for register in REGISTER:
        register(app)
    return app


def main() -> None:
    """The program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show Chinese still gets an answer
    application()()


if __name__ == "__main__":
    main()
