"""The full-text index on PostgreSQL: a GIN index on the single characters and pairs of each posting."""

from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    MetaData,
    String,
    Table,
    Text,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from storage.search.places import place
from storage.search.terms import IndexEntry, pairs

SEARCH = MetaData()

search_map = Table(
    "search_map",
    SEARCH,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("posting", String, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("grams", ARRAY(Text), nullable=False),
    # The pending list of a GIN index is read by every query until a vacuum: off.
    Index("search_grams", "grams", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
)


def create(connection: Connection) -> None:
    """Makes the index's table where it is missing."""
    SEARCH.create_all(connection)


def drop(connection: Connection) -> None:
    """Removes the index."""
    SEARCH.drop_all(connection)


def replace(connection: Connection, entries: Sequence[IndexEntry]) -> None:
    """The index says of these postings what the entries say."""
    postings = [entry.posting for entry in entries]
    rows = connection.execute(select(search_map.c.posting, search_map.c.id).where(search_map.c.posting.in_(postings)))
    placed = place(connection, search_map, entries, {row.posting: row.id for row in rows})
    remove(connection, postings)
    if placed:
        connection.execute(insert(search_map), [{"id": new.id, **_row(new.entry)} for new in placed])


def remove(connection: Connection, postings: Sequence[str]) -> None:
    """The index knows nothing of these postings."""
    connection.execute(delete(search_map).where(search_map.c.posting.in_(postings)))


def count(connection: Connection, words: Sequence[str], tags: Sequence[str]) -> int:
    """How many postings have all the words and tags."""
    return connection.execute(select(func.count()).select_from(search_map).where(_having(words, tags))).scalar_one()


def newest(connection: Connection, words: Sequence[str], tags: Sequence[str], window: tuple[int, int]) -> list[str]:
    """The ids of a window (how many, after how many) of the hits, newest first."""
    hits = select(search_map.c.posting).where(_having(words, tags)).order_by(search_map.c.id.desc())
    return list(connection.execute(hits.limit(window[0]).offset(window[1])).scalars())


def ranked(connection: Connection, words: Sequence[str], tags: Sequence[str], window: tuple[int, int]) -> list[str]:
    """The ids of a window of the newest 10,000 hits: all words in the title first, short titles before long ones."""
    recent = select(search_map.c.id, search_map.c.posting, search_map.c.title).where(_having(words, tags))
    recent_hits = recent.order_by(search_map.c.id.desc()).limit(10_000).subquery()
    in_title = and_(*(recent_hits.c.title.contains(word, autoescape=True) for word in words))
    order = (case((in_title, 0), else_=1), func.length(recent_hits.c.title), recent_hits.c.id.desc())
    hits = select(recent_hits.c.posting).order_by(*order).limit(window[0]).offset(window[1])
    return list(connection.execute(hits).scalars())


def _row(entry: IndexEntry) -> dict[str, object]:
    return {"posting": entry.posting, "title": entry.title, "text": entry.text, "grams": _grams(entry)}


def _grams(entry: IndexEntry) -> list[str]:
    grams = {*entry.title, *entry.text, *pairs(entry.title), *pairs(entry.text), *entry.tags}
    return sorted(gram for gram in grams if not gram.isspace())


def _having(words: Sequence[str], tags: Sequence[str]) -> ColumnElement[bool]:
    wanted = [*tags]
    for word in words:
        wanted.extend([word] if len(word) == 1 else pairs(word)[:-1])
    # A pair is in the index exactly when it is in the posting; a longer word's pairs may stand apart.
    longer = [word for word in words if len(word) > 2]
    return and_(search_map.c.grams.contains(wanted), *(_contains(word) for word in longer))


def _contains(word: str) -> ColumnElement[bool]:
    columns = (search_map.c.title, search_map.c.text)
    return or_(*(column.contains(word, autoescape=True) for column in columns))
