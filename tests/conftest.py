"""What tests share: databases of both kinds with the newest schema, and the folder of reference texts."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from storage.derive.schema import upgrade
from storage.tables.database import database_url, engine_of
from tests import postgres

# A machine that is busy with something else makes no failure.
settings.register_profile("duizhang", deadline=None)
settings.load_profile("duizhang")

pytest_plugins = ("tests.egress.plugin",)
_POSTGRES = pytest.StashKey[tuple[Path, int]]()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[_POSTGRES] = postgres.open_session()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """xdist's workers share the server of the session that started them."""
    node.workerinput["postgres"] = str(node.config.stash[_POSTGRES][0])


def pytest_unconfigure(config: pytest.Config) -> None:
    if _POSTGRES in config.stash:
        postgres.close_session(*config.stash[_POSTGRES])


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of reference texts, which are never part of this repository."""
    if not (folder := os.environ.get("DUIZHANG_GOLD")):
        pytest.skip("DUIZHANG_GOLD is not set: no reference texts to measure against")
    return Path(folder)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema, copied for every test."""
    folder = tmp_path_factory.mktemp("schema")
    engine = engine_of(database_url(folder))
    upgrade(engine)
    engine.dispose()
    return Path(engine.url.database or "")


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest, worker_id: str) -> tuple[str, str]:
    """The URL pattern of the session's PostgreSQL and the name of a database that holds the newest schema."""
    config = request.config
    folder = Path(config.workerinput["postgres"]) if hasattr(config, "workerinput") else config.stash[_POSTGRES][0]
    try:
        pattern = postgres.server_url(folder)
    except postgres.NoPostgres as reason:
        if os.environ.get("CI") or os.environ.get("DUIZHANG_REQUIRE_POSTGRES"):
            pytest.fail(f"PostgreSQL is required here: {reason}")
        pytest.skip(f"no PostgreSQL: {reason}")
    template = f"template_{worker_id}"
    _administer(pattern, f"CREATE DATABASE {template}")
    engine = create_engine(pattern.format(database=template), poolclass=NullPool)
    upgrade(engine)
    engine.dispose()
    return pattern, template


@pytest.fixture
def postgres_url(postgres_server: tuple[str, str]) -> Iterator[str]:
    """The URL of a PostgreSQL database of this test's own, with the newest schema."""
    pattern, template = postgres_server
    name = f"test_{uuid4().hex}"
    _administer(pattern, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield pattern.format(database=name)
    _administer(pattern, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """The URL of a SQLite file of this test's own, in the folder where an archive would keep it."""
    url = database_url(tmp_path)
    shutil.copyfile(sqlite_template, database_file(url))
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with the newest schema, once of each kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """A database with the newest schema, once of each kind."""
    engine = engine_of(url)
    yield engine
    engine.dispose()


def database_file(url: str) -> Path:
    """The file of a SQLite URL."""
    return Path(url.removeprefix("sqlite:///"))


def _administer(pattern: str, statement: str) -> None:
    engine = create_engine(pattern.format(database="postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
