"""The schema of a database: kept tables migrate step by step, derived ones are made anew when their shape changed."""

from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Engine, column, insert, inspect, select, table, text
from sqlalchemy.schema import CreateIndex, CreateTable

from storage.search import index as search
from storage.tables.core import DERIVED, derived_shape, whole
from storage.tables.upsert import upsert

_MIGRATIONS = Path(__file__).parents[1] / "migrations"  # found from this file, so that an installed wheel has them
_VERSION = table("alembic_version", column("version_num"))
_LOCK = 0x647A5F736368656D  # "dz_schem": any number that nothing else locks


def upgrade(engine: Engine) -> bool:
    """Brings the database to the newest schema; True when the derived tables were made anew and wait for a rebuild."""
    with engine.connect() as connection:
        if _current(connection):
            return False
        connection.rollback()
        _lock(connection)
        anew = _upgrade(connection)
        connection.commit()
    return anew


def is_current(engine: Engine) -> bool:
    """Whether this program can read the database; a reading command says so instead of changing anything."""
    with engine.connect() as connection:
        return _current(connection)


def make_derived(connection: Connection) -> None:
    """The derived tables and the full-text index made anew, empty: the next derive starts from the first capture."""
    search.drop_index(connection)
    DERIVED.drop_all(connection)
    DERIVED.create_all(connection)
    search.create_index(connection)


def is_whole(connection: Connection) -> bool:
    """False while the derived tables are being made anew, and where that was killed."""
    return connection.scalar(select(whole.c.is_whole)) is not None


def mark_whole(connection: Connection) -> None:
    """From now on the derived tables are whole."""
    upsert(connection, whole, [{"is_whole": True}])


def shape_of_derived(connection: Connection) -> str:
    """A digest of the derived tables' definitions in the words of this database."""
    statements: list[CreateTable | CreateIndex] = []
    for one in DERIVED.sorted_tables:
        statements.append(CreateTable(one))
        statements.extend(CreateIndex(index) for index in sorted(one.indexes, key=lambda index: str(index.name)))
    words = "\n".join(str(statement.compile(dialect=connection.dialect)) for statement in statements)
    return sha256(words.encode()).hexdigest()


def _current(connection: Connection) -> bool:
    tables = inspect(connection)
    if not tables.has_table(derived_shape.name) or not tables.has_table(_VERSION.name):
        return False
    found = connection.scalar(select(_VERSION.c.version_num))
    return found == _head() and connection.scalar(select(derived_shape.c.digest)) == shape_of_derived(connection)


def _head() -> str:
    """The newest revision, by the numbers that their files begin with: what reads waits for no import of Alembic."""
    return max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _lock(connection: Connection) -> None:
    # Several commands may start on one new archive: the first migrates, the others wait and then find it done.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # Python's driver opens no transaction before DDL
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _upgrade(connection: Connection) -> bool:
    # Who only reads does not wait for these imports: .4 CPU seconds of every command.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))  # "%" is special to Alembic
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
    shape = shape_of_derived(connection)
    found = connection.scalar(select(derived_shape.c.digest))
    if found == shape:
        return False
    make_derived(connection)
    if found is None:
        mark_whole(connection)  # a new database: nothing was there that is missing now
    connection.execute(derived_shape.delete())
    connection.execute(insert(derived_shape).values(digest=shape))
    return True
