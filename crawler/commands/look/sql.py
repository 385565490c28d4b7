"""`sql`: a reader's own SELECT."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Annotated, Any

import typer

from crawler.commands.options import ArchiveOption, FormatOption, LimitOption, opened
from crawler.show.sheets import Format, Sheet, show
from storage.export.sql import ANSWER, SqlLimits, run_sql

CELL = 10_000  # characters of one that is shown; a table of a million takes four seconds to lay out
_PATIENCE = 3.0  # seconds: a step of 5 MB that ends by itself takes less than one

StatementArgument = Annotated[str, typer.Argument(help="SELECT, WITH, VALUES or EXPLAIN")]
TimeoutOption = Annotated[float, typer.Option("--timeout", min=0.1, max=3600, help="最多秒数 seconds at most")]


def sql(
    statement: StatementArgument,
    limit: LimitOption = 1000,
    timeout: TimeoutOption = 10.0,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """执行一条只读查询 Run one read-only statement on the archive's tables."""
    with opened(archive, form) as here:
        with _ended_by_force(timeout):
            found = run_sql(here.engine, statement, SqlLimits(limit, timeout))
        rows = tuple(tuple(_printable(value) for value in row) for row in found.rows)
        long = any(isinstance(cell, str) and len(cell) > CELL for row in rows for cell in row)
        told = (
            (found.cut, f"只列出前 {limit} 行 only the first {limit} rows are shown: --limit shows more"),
            (
                found.full,
                f"答案超过 {ANSWER} 字节,只列出前 {len(rows)} 行 only the first rows of a larger answer",
            ),
            (long, f"过长的格只列出前 {CELL} 字 a cell is shown up to that many characters"),
        )
        notes = tuple(note for is_met, note in told if is_met)
        sheet = Sheet(distinct(found.columns), rows, len(rows), notes=notes, extras={"cut": bool(notes)})
        show(sheet, here.speech)
    for note in notes if form is not Format.TABLE else ():
        typer.echo(note, err=True)


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names with a number behind those that came before, as JSON keys must differ."""
    given: dict[str, None] = {}
    for name in names:
        number, candidate = 1, name
        while candidate in given:
            number += 1
            candidate = f"{name}_{number}"
        given[candidate] = None
    return tuple(given)


def _printable(value: Any) -> Any:
    if isinstance(value, int | float | None):
        return value
    shown = value.hex() if isinstance(value, bytes) else value
    return f"{str(shown)[:CELL]}…" if len(str(shown)) > CELL else shown


@contextmanager
def _ended_by_force(seconds: float) -> Iterator[None]:
    """Ends this process when a single step of the database, which nothing interrupts, goes on after the time."""
    timer = Timer(seconds + _PATIENCE, _end, [seconds])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(seconds: float) -> None:
    os.write(2, f"duizhang: stopped after {seconds:g} seconds\n".encode())
    os._exit(2)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("sql")(sql)
