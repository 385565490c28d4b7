"""A reader's own SELECT reads and changes nothing, on both databases, within its limits."""

import sqlite3
from time import monotonic

import pytest
from sqlalchemy import Engine, func, select

from storage.export.sql import SqlLimits, SqlRefused, run_sql
from storage.search.index import create_index, index
from storage.tables import core as t
from storage.tables.core import postings
from storage.tables.database import engine_of
from tests.conftest import database_file
from tests.storage.rows import posting, store

LIMITS = SqlLimits(rows=10, seconds=5)
RESERVED = {"end", "start", "first", "last"}


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


DOUBLING = "WITH RECURSIVE c(x) AS (SELECT 'xxxxxxxxxx' UNION ALL SELECT x || x FROM c) SELECT x FROM c LIMIT 40"
BOMBS = {
    "sqlite": (
        "SELECT hex(zeroblob(100000000))",
        "SELECT group_concat(a.text || b.text || hex(zeroblob(4000000))) FROM postings AS a, postings AS b",
        DOUBLING,
    ),
    "postgresql": (
        "SELECT repeat('x', 20000000)",
        "SELECT string_agg(text, '') FROM (" + DOUBLING.replace("40", "21") + ") AS y(text)",
        DOUBLING,
    ),
}


def test_a_row_that_is_too_large_is_refused(reader: Engine) -> None:
    """However a row of more than five million bytes comes about, it is refused in a sentence and takes no memory."""
    for statement in BOMBS[reader.dialect.name]:
        with pytest.raises(SqlRefused, match="too big"):
            run_sql(reader, statement, SqlLimits(1000, 20))


def test_the_whole_answer_is_bounded(reader: Engine) -> None:
    """Rows of 50,000 bytes are given up to ten million bytes, and that there are more is said."""
    long = {"sqlite": "printf('%50000d', n)", "postgresql": "to_char(n, '9' || (SELECT string_agg('x', '') FROM b))"}
    numbers = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5000), b AS "
    several = "(SELECT 1 FROM c AS one, (SELECT 1 FROM c LIMIT 10) AS ten)"
    statement = f"{numbers}{several} SELECT {long[reader.dialect.name]} FROM c LIMIT 1000"
    found = run_sql(reader, statement, SqlLimits(1_000_000, 30))
    assert found.full
    assert 150 < len(found.rows) <= 200


CALLS = {
    "sqlite": ("randomblob(10)", "sqlite_source_id()", "fts5_source_id()", "LOAD_EXTENSION('x')"),
    "postgresql": (
        *(
            "pg_read_file('/etc/passwd')",
            "pg_sleep(0)",
            "set_config('a.b', 'c', true)",
        ),
        *("query_to_xml('SELECT 1', true, true, '')", "pg_advisory_lock(1)", "lo_import('/etc/passwd')"),
        *('"pg_sleep"(0)', "PG_CATALOG . PG_SLEEP /* why */ (0)", 'U&"pg\\005fsleep"(0)', "pg_terminate_backend(1)"),
    ),
}


def test_functions_with_effects_are_not_called(reader: Engine) -> None:
    """What reads files, waits, locks or configures is no function of a reader, however it is written."""
    for call in CALLS[reader.dialect.name]:
        with pytest.raises(SqlRefused, match=r"not allowed|not authorized"):
            run_sql(reader, f"SELECT {call}", LIMITS)


def test_every_column_can_be_read(reader: Engine) -> None:
    """No table's or column's name is mistaken for a function that is not on the list."""
    for table in (*t.DERIVED.tables.values(), *t.KEPT.tables.values()):
        columns = ", ".join(f'"{name}"' for name in table.c.keys())  # noqa: SIM118
        named = ", ".join(f"{table.name}.{column.name}" for column in table.c if column.name not in RESERVED)
        run_sql(reader, f"SELECT {columns} FROM {table.name}", LIMITS)
        run_sql(reader, f"SELECT {named} FROM {table.name}", LIMITS)


ORDINARY = (
    "SELECT source, count(*), min(length(title)), max(upper(title)) FROM postings GROUP BY source HAVING count(*) > 0",
    "SELECT id, row_number() OVER (PARTITION BY source ORDER BY id) FROM postings WHERE title LIKE '%施工(一期)%'",
    "SELECT coalesce(nullif(trim(title), ''), '无题'), round(1.5), substr(title, 1, 2) FROM postings -- why (not)",
    "SELECT CASE WHEN id IN ('01') THEN 1 ELSE 2 END, CAST(id AS integer), replace(title, '招', '') FROM postings;",
    "SELECT a.id FROM postings AS a JOIN postings AS b USING (id) WHERE EXISTS (SELECT 1) ORDER BY 1 DESC LIMIT 1",
)


def test_ordinary_questions_are_answered(reader: Engine) -> None:
    """Counting, grouping, windows, patterns, cases and joins."""
    for statement in ORDINARY:
        run_sql(reader, statement, LIMITS)


def test_schema_questions_are_answered(sqlite_url: str) -> None:
    """The pragmas that only describe tables work."""
    engine = engine_of(sqlite_url)
    assert ("postings",) in run_sql(engine, "SELECT name FROM pragma_table_list", SqlLimits(1000, 5)).rows
    engine.dispose()
    assert sqlite3.connect(database_file(sqlite_url)).close() is None
