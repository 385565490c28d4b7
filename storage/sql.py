"""A reader's own SELECT, kept from changing anything by the database itself, with a time and a row limit."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from string import ascii_letters
from threading import Event, Timer
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

LARGEST = 50_000_000  # bytes of one value: SELECT zeroblob(2000000000) would take the machine's memory
_OPENINGS = ("select", "with", "values", "explain", "table", "show")  # COPY … TO PROGRAM counts as reading
_READ_PRAGMAS = {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "data_version"}
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_BLANK = " \t\r\n("
_STEPS = 10_000  # of SQLite's machine between two looks at the clock: about 0.2 ms


class SqlRefused(Exception):
    """A statement that was not, or not wholly, run; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class SqlLimits:
    """How many rows are shown, how many seconds may pass."""

    rows: int = 1000
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class SqlRows:
    """What a statement gave; `cut` when there are more rows than the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool


def run_sql(engine: Engine, statement: str, limits: SqlLimits) -> SqlRows:
    """The rows of one reading statement. Raises SqlRefused for anything else, for an error and when time is up."""
    if _first_word(statement) not in _OPENINGS:
        raise SqlRefused("only one reading statement is run: SELECT, WITH, VALUES or EXPLAIN")
    if _UNSENDABLE.search(statement):
        raise SqlRefused("the statement has a character that no database takes")
    if engine.dialect.name == "postgresql":
        return _on_postgres(engine, statement, limits)
    return _on_sqlite(str(engine.url.database), statement, limits)


def _first_word(statement: str) -> str:
    rest = statement.lstrip(_BLANK)
    while rest.startswith(("--", "/*")):
        rest = rest.partition("\n" if rest.startswith("--") else "*/")[2].lstrip(_BLANK)
    return rest[: len(rest) - len(rest.lstrip(ascii_letters))].lower()


def _on_sqlite(path: str, statement: str, limits: SqlLimits) -> SqlRows:
    with closing(
        sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    ) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        connection.set_authorizer(_authorize)
        with _time_limit(connection, limits.seconds) as is_over:
            try:
                cursor = connection.execute(statement)
                rows = list(islice(cursor, limits.rows + 1))
            except (sqlite3.Error, sqlite3.Warning, MemoryError) as error:
                raise SqlRefused(_sentence(str(error), limits, is_over.is_set())) from None
    return _cut(tuple(column[0] for column in cursor.description or ()), rows, limits)


def _authorize(action: int, first: str | None, second: str | None, *_where: str | None) -> int:
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if second == "load_extension" else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first in _READ_PRAGMAS:
        return sqlite3.SQLITE_OK
    # Asked when a virtual table declares its columns; a real change is refused by SQLite itself and by mode=ro.
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


@contextmanager
def _time_limit(connection: sqlite3.Connection, seconds: float) -> Iterator[Event]:
    is_over = Event()
    timer = Timer(seconds, is_over.set)
    connection.set_progress_handler(is_over.is_set, _STEPS)
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()


def _on_postgres(engine: Engine, statement: str, limits: SqlLimits) -> SqlRows:
    """Read only for the transaction, and prepared, which PostgreSQL refuses to do with two statements at once."""
    with engine.connect() as connection:
        try:
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text(f"SET LOCAL statement_timeout = {int(limits.seconds * 1000)}"))
            raw: Any = connection.connection.driver_connection
            with raw.cursor() as cursor:
                rows = list(islice(cursor.stream(statement), limits.rows + 1))
                columns = _columns(raw, cursor)
        except _postgres_errors(engine) as error:
            raise SqlRefused(_sentence(str(error), limits, "statement timeout" in str(error))) from None
        finally:
            connection.invalidate()  # a cut stream leaves the connection in the middle of an answer
    return _cut(columns, rows, limits)


def _columns(connection: Any, cursor: Any) -> tuple[str, ...]:
    if cursor.description:
        return tuple(column.name for column in cursor.description)
    described = connection.pgconn.describe_prepared(b"")  # a stream without rows does not say its columns
    return tuple(described.fname(place).decode() for place in range(described.nfields))


def _postgres_errors(engine: Engine) -> tuple[type[Exception], ...]:
    driver: Any = engine.dialect.dbapi
    return (driver.Error, SQLAlchemyError)


def _sentence(error: str, limits: SqlLimits, is_over: bool) -> str:
    if is_over:
        return f"stopped after {limits.seconds:g} seconds"
    return f"the database refuses: {' '.join(error.split())}"


def _cut(columns: tuple[str, ...], rows: list[Any], limits: SqlLimits) -> SqlRows:
    return SqlRows(columns, tuple(tuple(row) for row in rows[: limits.rows]), len(rows) > limits.rows)
