"""A reader's own SELECT reads and changes nothing, on both databases, within its limits."""

import sqlite3
from time import monotonic

import pytest
from sqlalchemy import Engine, func, select

from storage.database import engine_of
from storage.search import create_index, index
from storage.sql import SqlLimits, SqlRefused, run_sql
from storage.tables import postings
from tests.conftest import database_file
from tests.storage.rows import posting, store

LIMITS = SqlLimits(rows=10, seconds=5)


@pytest.fixture
def reader(engine: Engine, url: str):
    with engine.begin() as connection:
        rows = [posting("01"), posting("02", "乙市桥梁施工")]
        store(connection, *rows)
        create_index(connection)
        index(connection, [(row["id"], row["title"], row["text"]) for row in rows])
    reader = engine_of(url, read_only=True)
    yield reader
    reader.dispose()


READING = [
    "SELECT id FROM postings ORDER BY id",
    "  -- why\n select id from postings order by id ;",
    "/* why */ WITH p AS (SELECT id FROM postings) SELECT id FROM p ORDER BY 1",
    "VALUES ('01'), ('02')",
]


def test_reading_statements_give_rows(reader: Engine) -> None:
    """SELECT, WITH and VALUES give their rows."""
    for statement in READING:
        found = run_sql(reader, statement, LIMITS)
        assert (found.rows, found.cut) == ((("01",), ("02",)), False), statement


def test_explain_and_an_empty_result(reader: Engine) -> None:
    """EXPLAIN explains; no rows still have their columns."""
    assert run_sql(reader, "EXPLAIN SELECT 1", LIMITS).rows
    found = run_sql(reader, "SELECT id, title FROM postings WHERE id = 'no'", LIMITS)
    assert (found.columns, found.rows) == (("id", "title"), ())


REFUSED = [
    "DELETE FROM postings",
    "WITH gone AS (SELECT 1) DELETE FROM postings",
    "INSERT INTO cursors VALUES ('x', 1)",
    "UPDATE postings SET title = ''",
    "DROP TABLE postings",
    "CREATE TABLE x (y int)",
    "CREATE TEMP TABLE x (y int)",
    "SELECT 1; DELETE FROM postings",
    "SELECT 1; SELECT 2",
    "EXPLAIN ANALYZE DELETE FROM postings",
    "ATTACH 'x.sqlite' AS x",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA query_only = OFF",
    "BEGIN",
    "COPY postings TO PROGRAM 'true'",
    "SET TRANSACTION READ WRITE",
    "SELECT load_extension('x')",
    "VACUUM INTO 'x.sqlite'",
    "SELECT no_such FROM postings",
    "SELECT * FROM no_such",
    "SELECT FROM WHERE",
    "nonsense",
    "",
    "--",
    "/* select",
    "SELECT '\x00'",
    "SELECT '\ud800'",
]


def test_anything_else_is_refused_in_one_sentence(reader: Engine) -> None:
    """What would change, open or configure something, and every mistake, is refused; nothing changes."""
    for statement in REFUSED:
        with pytest.raises(SqlRefused) as refusal:
            run_sql(reader, statement, LIMITS)
        assert str(refusal.value).splitlines() == [str(refusal.value)], statement
    with reader.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(postings)) == 2


def test_explaining_a_change_changes_nothing(reader: Engine) -> None:
    """EXPLAIN of a change is refused or only explained."""
    with pytest.raises(SqlRefused):
        run_sql(reader, "EXPLAIN ANALYZE UPDATE postings SET title = ''", LIMITS)
    with reader.connect() as connection:
        assert "" not in set(connection.scalars(select(postings.c.title)))


COUNTING = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT "


def test_rows_beyond_the_limit_are_cut_visibly(reader: Engine) -> None:
    """Not more rows than the limit, and the cut is said; a result of just the limit is not cut."""
    found = run_sql(reader, COUNTING + "n FROM c LIMIT 100", LIMITS)
    assert (len(found.rows), found.cut) == (10, True)
    assert not run_sql(reader, COUNTING + "n FROM c LIMIT 10", LIMITS).cut


def test_time_is_limited(reader: Engine) -> None:
    """A statement that runs on is stopped near its time."""
    begun = monotonic()
    with pytest.raises(SqlRefused, match=r"stopped after 0\.3 seconds"):
        run_sql(reader, COUNTING + "max(n) FROM c", SqlLimits(10, 0.3))
    assert monotonic() - begun < 5


def test_the_index_can_be_read(sqlite_url: str) -> None:
    """SQLite's full-text table is readable, and its special commands are not."""
    engine = engine_of(sqlite_url)
    with engine.begin() as connection:
        store(connection, posting("01"))
        create_index(connection)
        index(connection, [("01", "招标公告", "")])
    assert run_sql(engine, "SELECT count(*) FROM search_words WHERE search_words MATCH '招标'", LIMITS).rows == ((1,),)
    engine.dispose()


def test_a_huge_value_is_refused(sqlite_url: str) -> None:
    """One value cannot take the machine's memory."""
    engine = engine_of(sqlite_url)
    with pytest.raises(SqlRefused, match="too big"):
        run_sql(engine, "SELECT zeroblob(2000000000)", LIMITS)
    engine.dispose()


def test_schema_questions_are_answered(sqlite_url: str) -> None:
    """The pragmas that only describe tables work."""
    engine = engine_of(sqlite_url)
    assert ("postings",) in run_sql(engine, "SELECT name FROM pragma_table_list", SqlLimits(1000, 5)).rows
    engine.dispose()
    assert sqlite3.connect(database_file(sqlite_url)).close() is None
