"""Bulk writes that say the same on SQLite and PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table, delete
from sqlalchemy.dialects import postgresql, sqlite

_INSERT: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}

T = TypeVar("T")

CHUNK = 500  # keys in one IN (...): below SQLite's 999 variables of old builds


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def rows_in(
    connection: Connection, query: Select[*tuple[Any, ...]], column: ColumnElement[Any], keys: Iterable[Any]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """The query's rows whose column is one of the keys, however many these are; each part is read whole at once, so
    that its reader may write. The query's order holds within a part of the sorted keys.
    """
    for chunk in chunks(sorted(set(keys))):
        yield from connection.execute(query.where(column.in_(chunk))).all()


def delete_in(connection: Connection, column: Column[Any], keys: Iterable[Any], *where: ColumnElement[bool]) -> None:
    """No row of the column's table has one of the keys in it afterwards, but for rows that do not fit `where`."""
    for chunk in chunks(sorted(set(keys))):
        connection.execute(delete(column.table).where(column.in_(chunk), *where))


def insert_of(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT, in the words of this database."""
    return _INSERT[connection.dialect.name](table)


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Every row stands in the table afterwards, in place of one with the same primary key."""
    if not rows:
        return
    insert = insert_of(connection, table)
    keys = [column.name for column in table.primary_key]
    values = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    statement = (
        insert.on_conflict_do_update(index_elements=keys, set_=values)
        if values
        else insert.on_conflict_do_nothing(index_elements=keys)
    )
    connection.execute(statement, rows)


def add_up(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], column: str) -> None:
    """Every row's `column` is added to that of the row with the same primary key, or starts one."""
    if not rows:
        return
    insert = insert_of(connection, table)
    keys = [key.name for key in table.primary_key]
    statement = insert.on_conflict_do_update(
        index_elements=keys, set_={column: table.c[column] + insert.excluded[column]}
    )
    connection.execute(statement, rows)
