"""storage/derive/schema.py: every database reaches the same schema, once, whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, Integer, MetaData, Table, inspect, select, text

from storage.derive import schema
from storage.tables.core import DERIVED, KEPT
from storage.tables.database import database_url, engine_of


def differences(engine: Engine, metadata: MetaData) -> list[object]:
    with engine.connect() as connection:
        names = {None, *metadata.tables}
        options = {"compare_type": True, "include_name": lambda name, kind, _: kind != "table" or name in names}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def declared() -> MetaData:
    together = MetaData()
    for table in (*KEPT.sorted_tables, *DERIVED.sorted_tables):
        table.to_metadata(together)
    return together


def test_migrations_make_what_is_declared(engine):
    """After all migrations the database has every declared table, column, type and index, and no other."""
    assert differences(engine, declared()) == []
    others = set(inspect(engine).get_table_names()) - set(declared().tables) - {"alembic_version"}
    assert {name for name in others if not name.startswith("search_")} == set()


def test_upgrade_is_done_once(engine):
    """A database that is current is not touched, and nothing has to be rebuilt."""
    assert schema.is_current(engine)
    assert schema.upgrade(engine) is False


def test_the_newest_file_is_the_head_of_the_chain() -> None:
    """What reading commands take for the newest revision is the one that Alembic's chain of revisions ends in."""
    script = ScriptDirectory(str(Path(schema.__file__).parents[1] / "migrations"))
    assert schema._head() == script.get_current_head()


def test_an_old_shape_is_made_anew_and_kept_rows_stay(engine):
    """When derived tables changed shape they are made anew, empty, to be rebuilt; what is kept is untouched."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO recounts VALUES (1, '2026-01-01 00:00:00', true, '[]', 0.5)"))
        connection.execute(text("INSERT INTO cursors VALUES ('a.warc.gz', 7)"))
        connection.execute(
            text("ALTER TABLE moves DROP COLUMN to_key CASCADE")
        ) if engine.name == "postgresql" else None
        connection.execute(text("UPDATE derived_shape SET digest = 'of an earlier release'"))
    assert not schema.is_current(engine)
    assert schema.upgrade(engine) is True
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM cursors")) == 0
        assert connection.scalar(text("SELECT count(*) FROM recounts")) == 1
        assert "to_key" in {column["name"] for column in inspect(connection).get_columns("moves")}
    assert schema.is_current(engine)


def test_an_upgrade_that_fails_changes_nothing(engine, monkeypatch):
    """A migration that breaks half way leaves the database as it was."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO cursors VALUES ('a.warc.gz', 7)"))
        connection.execute(text("UPDATE derived_shape SET digest = 'of an earlier release'"))
    broken = Table("broken", MetaData(), Column("a", Integer, primary_key=True))
    monkeypatch.setattr(schema, "insert", lambda _table: select(broken))
    with pytest.raises(AttributeError):
        schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT position FROM cursors")) == 7


def test_two_commands_on_a_new_archive(tmp_path):
    """Commands that start together on a new archive wait for the one that migrates, and all find it done."""
    url = database_url(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        anew = list(pool.map(lambda _: schema.upgrade(engine_of(url)), range(4)))
    assert sorted(anew) == [False, False, False, True]
