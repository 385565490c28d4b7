"""The full-text index on SQLite: a contentless FTS5 table of character pairs, searched by phrases."""

import zlib
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    select,
)
from sqlalchemy import text as sql

from storage.search.places import place
from storage.search.terms import IndexEntry

SEARCH = MetaData()

_BETWEEN = "\x1f"  # white space to str.split, so that no folded text contains it

# `said` is what the index was told: a contentless table forgets only what is repeated to it word by word.
search_map = Table(
    "search_map",
    SEARCH,
    Column("id", Integer, primary_key=True),
    Column("posting", String, nullable=False, unique=True),
    Column("said", LargeBinary, nullable=False),
)

# `marks` holds a posting's single characters and its tags.
_CREATE = """CREATE VIRTUAL TABLE IF NOT EXISTS search_words
    USING fts5(title, text, marks, content='', tokenize='unicode61 remove_diacritics 0')"""
_MAP = "INSERT INTO search_map(id, posting, said) VALUES (?, ?, ?)"
_SAY = "INSERT INTO search_words(rowid, title, text, marks) VALUES (?, ?, ?, ?)"
_UNMAP = "DELETE FROM search_map WHERE id = ?"
_UNSAY = "INSERT INTO search_words(search_words, rowid, title, text, marks) VALUES ('delete', ?, ?, ?, ?)"
_COUNT = sql("SELECT count(*) FROM search_words WHERE search_words MATCH :match")
_NEWEST = sql("""SELECT posting FROM
    (SELECT rowid AS place FROM search_words WHERE search_words MATCH :match ORDER BY rowid DESC LIMIT :n OFFSET :skip)
    JOIN search_map ON id = place ORDER BY place DESC""")
# Ranking all hits of a very common word takes 910 ms at a million titles (performance.md): the newest must do.
_RANKED = sql("""SELECT posting FROM
    (SELECT rowid AS place, bm25(search_words, 10.0, 1.0, 0.0) AS score FROM search_words
     WHERE search_words MATCH :match AND rowid >= coalesce(
        (SELECT rowid FROM search_words WHERE search_words MATCH :match ORDER BY rowid DESC LIMIT 1 OFFSET :ranked), 0)
     ORDER BY score, place DESC LIMIT :n OFFSET :skip)
    JOIN search_map ON id = place ORDER BY score, place DESC""")


class Row(NamedTuple):
    """What the index was told of a posting, and under which number."""

    id: int
    posting: str
    said: bytes


def create(connection: Connection) -> None:
    """Makes the index's tables where they are missing."""
    SEARCH.create_all(connection)
    connection.execute(sql(_CREATE))


def drop(connection: Connection) -> None:
    """Removes the index."""
    connection.execute(sql("DROP TABLE IF EXISTS search_words"))
    SEARCH.drop_all(connection)


def replace(connection: Connection, entries: Sequence[IndexEntry]) -> None:
    """The index says of these postings what the entries say."""
    old = {row.posting: row for row in _rows(connection, [entry.posting for entry in entries])}
    placed = place(connection, search_map, entries, {posting: row.id for posting, row in old.items()})
    new = [Row(place_.id, place_.entry.posting, _said(place_.entry)) for place_ in placed]
    changed = [row for row in new if row != old.get(row.posting)]
    _forget(connection, [old[row.posting] for row in changed if row.posting in old])
    _learn(connection, changed)


def remove(connection: Connection, postings: Sequence[str]) -> None:
    """The index knows nothing of these postings."""
    _forget(connection, _rows(connection, postings))


def count(connection: Connection, words: Sequence[str], tags: Sequence[str]) -> int:
    """How many postings have all the words and tags."""
    return int(connection.execute(_COUNT, {"match": _match(words, tags)}).scalar_one())


def newest(connection: Connection, words: Sequence[str], tags: Sequence[str], window: tuple[int, int]) -> list[str]:
    """The ids of a window (how many, after how many) of the hits, newest first."""
    parameters = {"match": _match(words, tags), "n": window[0], "skip": window[1]}
    return list(connection.execute(_NEWEST, parameters).scalars())


def ranked(connection: Connection, words: Sequence[str], tags: Sequence[str], window: tuple[int, int]) -> list[str]:
    """The ids of a window of the newest 10,000 hits, by BM25 with the title weighing ten times the text."""
    parameters = {"match": _match(words, tags), "n": window[0], "skip": window[1], "ranked": 10_000 - 1}
    return list(connection.execute(_RANKED, parameters).scalars())


def _rows(connection: Connection, postings: Sequence[str]) -> list[Row]:
    statement = select(search_map.c.id, search_map.c.posting, search_map.c.said)
    return [Row(*row) for row in connection.execute(statement.where(search_map.c.posting.in_(postings)))]


# FTS5 writes a segment whenever a number is lower than the one before: 216 us a posting unsorted, 130 sorted.
def _forget(connection: Connection, rows: Sequence[Row]) -> None:
    if rows:
        connection.exec_driver_sql(_UNSAY, [_terms(row) for row in sorted(rows)])
        connection.exec_driver_sql(_UNMAP, [(row.id,) for row in rows])


def _learn(connection: Connection, rows: Sequence[Row]) -> None:
    if rows:
        connection.exec_driver_sql(_MAP, [tuple(row) for row in sorted(rows)])
        connection.exec_driver_sql(_SAY, [_terms(row) for row in sorted(rows)])


def _said(entry: IndexEntry) -> bytes:
    words = _BETWEEN.join((entry.title, entry.text, " ".join(entry.tags))).encode()
    # Compressing a title costs 28 us and saves nothing.
    return b"z" + zlib.compress(words, 1) if len(words) > 1000 else b"=" + words


def _terms(row: Row) -> tuple[int, str, str, str]:
    words = zlib.decompress(row.said[1:]) if row.said[:1] == b"z" else row.said[1:]
    title, text, tags = words.decode().split(_BETWEEN)
    in_title, in_text = [_CODES[character] for character in title], [_CODES[character] for character in text]
    marks = " ".join(sorted({*in_title, *in_text}))
    return row.id, _pairs(in_title), _pairs(in_text), f"{marks} {tags}"


def _match(words: Sequence[str], tags: Sequence[str]) -> str:
    return " AND ".join([*(_phrase(word) for word in words), *(f'"{tag}"' for tag in tags)])


def _phrase(word: str) -> str:
    codes = [_CODES[character] for character in word]
    return f'"{codes[0]}"' if len(codes) == 1 else f'"{_pairs(codes)}"'


def _pairs(codes: Sequence[str]) -> str:
    return " ".join(map(str.__add__, codes, codes[1:]))


class _Codes(dict[str, str]):
    """Each character as a run of letters and digits that unicode61 keeps; two codes together are no other code."""

    def __missing__(self, character: str) -> str:
        plain = "一" <= character <= "龥" or character in "0123456789abcdefghijklmnopqrstuvwyz"
        code = self[character] = character if plain else f"x{ord(character):x}x"
        return code


_CODES = _Codes()
