"""Full text, right for one-, two- and n-character words: the same postings that a scan of title and text would find.

Derive calls `index` for every posting that it writes, after the posting's row and in the same transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Protocol, TypeVar

from sqlalchemy import Connection, select

from storage.queries.postings import PostingRow, posting_rows
from storage.search import postgres as search_postgres
from storage.search import sqlite as search_sqlite
from storage.search.terms import ANYWHERE, Facts, IndexEntry, folded, is_findable, words_of
from storage.tables.core import postings

Row = TypeVar("Row")


class Order(StrEnum):
    """In which order hits come."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which of the hits are wanted, and how sorted."""

    limit: int = 20
    offset: int = 0
    order: Order = Order.NEWEST
    facts: Facts = ANYWHERE


@dataclass(frozen=True, slots=True)
class Hits:
    """The exact number of postings found, and a window of them."""

    total: int
    rows: tuple[PostingRow, ...]


class Engine(Protocol):
    """What a database's own module does."""

    def create(self, connection: Connection) -> None: ...
    def drop(self, connection: Connection) -> None: ...
    def replace(self, connection: Connection, entries: Sequence[IndexEntry]) -> None: ...
    def remove(self, connection: Connection, postings: Sequence[str]) -> None: ...
    def count(self, connection: Connection, words: Sequence[str], tags: Sequence[str]) -> int: ...
    def newest(
        self, connection: Connection, words: Sequence[str], tags: Sequence[str], window: tuple[int, int]
    ) -> list[str]: ...
    def ranked(
        self, connection: Connection, words: Sequence[str], tags: Sequence[str], window: tuple[int, int]
    ) -> list[str]: ...


ENGINES: dict[str, Engine] = {"sqlite": search_sqlite, "postgresql": search_postgres}


def create_index(connection: Connection) -> None:
    """Makes the index's tables where they are missing."""
    _engine(connection).create(connection)


def drop_index(connection: Connection) -> None:
    """Removes the index."""
    _engine(connection).drop(connection)


def index(connection: Connection, rows: Iterable[tuple[str, str, str]]) -> None:
    """The index holds these postings (id, title, text) as given, with the date and facts that their rows have."""
    for batch in _batches(rows):
        _engine(connection).replace(connection, _entries(connection, {row[0]: row for row in batch}))


def remove(connection: Connection, ids: Iterable[str]) -> None:
    """The index holds none of these postings."""
    for batch in _batches(ids):
        _engine(connection).remove(connection, batch)


def search(connection: Connection, query: str, wish: Wish = Wish()) -> Hits:
    """The postings with every word of the query in title or text. Raises QueryRefused for a query without a word."""
    words = words_of(query)
    if not is_findable(words):
        return Hits(0, ())
    tags, window = wish.facts.tags, (wish.limit, wish.offset)
    engine = _engine(connection)
    find = engine.newest if wish.order is Order.NEWEST else engine.ranked
    ids = find(connection, words, tags, window)
    return Hits(engine.count(connection, words, tags), posting_rows(connection, ids))


def _engine(connection: Connection) -> Engine:
    return ENGINES[connection.dialect.name]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, 2000)):
        yield batch


def _entries(connection: Connection, rows: dict[str, tuple[str, str, str]]) -> list[IndexEntry]:
    facts = select(postings.c.id, postings.c.published, postings.c.source, postings.c.year, postings.c.bucket)
    return [
        IndexEntry(
            posting=row.id,
            published=row.published,
            title=folded(rows[row.id][1]),
            text=folded(rows[row.id][2]),
            tags=Facts(row.source, row.year or 0, row.bucket).tags,
        )
        for row in connection.execute(facts.where(postings.c.id.in_(rows)).order_by(postings.c.id))
    ]
