"""A reader's own SELECT, kept from changing anything by the database itself, with a time and a row limit."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from string import ascii_letters
from threading import Event, Timer
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from pipeline.model import Fault
from storage.archive.faults import DatabaseFault, fault_of
from storage.tables.database import reading_uri

LARGEST = 5_000_000  # bytes of one value, and of one row: the text of a whole book
ANSWER = 10_000_000  # bytes of all rows together: a reader's patience; `export` has no such bound
_LONGEST_PATTERN = 200  # bytes of a LIKE: the time that it takes grows with every % in it
_OPENINGS = ("select", "with", "values", "explain", "table", "show")  # COPY … TO PROGRAM counts as reading
_PLAIN = {"explain", "show"}  # statements that cannot stand within another
_READ_PRAGMAS = {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "data_version"}
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_BLANK = " \t\r\n("
_STEPS = 1_000  # of SQLite's machine between two looks at the clock: 20 µs, or 2 s where each makes LARGEST bytes
# The functions that a statement may call in SQLite.
_NAMES = """
    abs avg ceil ceiling char coalesce concat concat_ws count cume_dist date datetime
    dense_rank exp first_value floor format glob group_concat hex ifnull iif instr json json_array
    json_array_length json_each json_extract json_group_array json_group_object json_object json_quote json_tree
    json_type json_valid julianday lag last_value lead length like likelihood likely ln log log10 lower ltrim match max
    median min mod nth_value ntile nullif octet_length percent_rank percentile pi pow power printf quote rank replace
    round row_number rtrim sign sqlite_version sqrt strftime string_agg substr substring sum time timediff total trim
    trunc typeof unhex unicode unixepoch unlikely upper zeroblob -> ->>
    bm25 current_date current_time current_timestamp highlight snippet
"""
_FUNCTIONS = frozenset(_NAMES.split())
# A function that is called stands in the statement by its name, whatever else of that name stands there; PostgreSQL
# declares all volatile that read files, wait, lock, configure or run text as a statement.
_CALLED = text("SELECT min(proname) FROM pg_proc WHERE provolatile = 'v' AND lower(proname) = ANY(:words)")
_WORD = re.compile(r"[\w$]+")
# PostgreSQL keeps a row that is too large to itself.
_WITHIN = (
    "SELECT * FROM (\n{statement}\n) AS answer WHERE CASE WHEN pg_column_size(answer.*) > {largest}"
    " THEN ('a row is too big: ' || pg_column_size(answer.*))::int > 0 ELSE true END"
)


class SqlRefused(Exception):
    """A statement that was not, or not wholly, run; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class SqlLimits:
    """How many rows are shown, how many seconds may pass."""

    rows: int = 1000
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class SqlRows:
    """What a statement gave; `cut` when there are more rows than the limit, `full` when there are more bytes."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool
    full: bool = False


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
    with closing(sqlite3.connect(reading_uri(Path(path)), uri=True, isolation_level=None)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _LONGEST_PATTERN)
        connection.set_authorizer(_authorize)
        with _time_limit(connection, limits.seconds) as is_over:
            try:
                cursor = connection.execute(statement)
                rows = _within(cursor, limits)
            except (sqlite3.Error, sqlite3.Warning, MemoryError) as error:
                _raise_fault(error)
                raise SqlRefused(_sentence(str(error), limits, is_over.is_set())) from None
    return _cut(tuple(column[0] for column in cursor.description or ()), rows, limits)


def _authorize(action: int, first: str | None, second: str | None, *_where: str | None) -> int:
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_OK if (second or "").lower() in _FUNCTIONS else sqlite3.SQLITE_DENY
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
            statement = _allowed(connection, statement)
            raw: Any = connection.connection.driver_connection
            with raw.cursor() as cursor:
                rows = _within(cursor.stream(statement), limits)
                columns = _columns(raw, cursor)
        except _postgres_errors(engine) as error:
            _raise_fault(error)
            raise SqlRefused(_sentence(str(error), limits, "statement timeout" in str(error))) from None
        finally:
            connection.invalidate()  # a cut stream leaves the connection in the middle of an answer
    return _cut(columns, rows, limits)


def _allowed(connection: Connection, statement: str) -> str:
    """The statement as it is sent. Raises SqlRefused when it names a function with effects."""
    words = _WORD.findall(statement.lower())
    if name := "U&" if 'u&"' in statement.lower() else connection.scalar(_CALLED, {"words": words}):
        raise SqlRefused(f"{name} is not allowed here: a reader's functions only compute")
    if _first_word(statement) in _PLAIN:
        return statement
    return _WITHIN.format(statement=statement.rstrip(_BLANK + ";"), largest=LARGEST)


def _columns(connection: Any, cursor: Any) -> tuple[str, ...]:
    if cursor.description:
        return tuple(column.name for column in cursor.description)
    described = connection.pgconn.describe_prepared(b"")  # a stream without rows does not say its columns
    return tuple(described.fname(place).decode() for place in range(described.nfields))


def _postgres_errors(engine: Engine) -> tuple[type[Exception], ...]:
    driver: Any = engine.dialect.dbapi
    return (driver.Error, SQLAlchemyError)


def _within(answer: Iterable[Any], limits: SqlLimits) -> tuple[list[Any], bool]:
    """The rows and, where there are more than the limit, one more; True when the bytes of all end them before."""
    rows: list[Any] = []
    size = 0
    for row in islice(answer, limits.rows + 1):
        size += sum(map(_size, row))
        if size > ANSWER:
            return rows, True
        rows.append(row)
    return rows, False


def _size(value: Any) -> int:
    return len(str(value).encode(errors="replace")) if not isinstance(value, bytes) else 2 * len(value)  # shown as hex


def _raise_fault(error: BaseException) -> None:
    fault = fault_of(error)
    if fault not in {None, Fault.READ_ONLY}:  # what would write is refused, on whatever database
        raise DatabaseFault(fault) from None


def _sentence(error: str, limits: SqlLimits, is_over: bool) -> str:
    if is_over:
        return f"stopped after {limits.seconds:g} seconds"
    return f"the database refuses: {' '.join(error.split())}"


def _cut(columns: tuple[str, ...], rows: tuple[list[Any], bool], limits: SqlLimits) -> SqlRows:
    found, full = rows
    return SqlRows(columns, tuple(tuple(row) for row in found[: limits.rows]), len(found) > limits.rows, full)
