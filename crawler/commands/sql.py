"""`sql`: a reader's own SELECT."""

from typing import Annotated, Any

import typer

from crawler.commands.options import ArchiveOption, FormatOption, LimitOption, opened
from crawler.show import Format, Sheet, show
from storage.sql import SqlLimits, run_sql

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
        found = run_sql(here.engine, statement, SqlLimits(limit, timeout))
        cut = f"只列出前 {limit} 行 only the first {limit} rows are shown: --limit shows more"
        sheet = Sheet(
            columns=distinct(found.columns),
            rows=tuple(tuple(_printable(value) for value in row) for row in found.rows),
            total=len(found.rows),
            notes=(cut,) if found.cut else (),
            extras={"cut": found.cut},
        )
        show(sheet, here.speech)


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
    return value.hex() if isinstance(value, bytes) else value


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("sql")(sql)
