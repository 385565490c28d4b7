"""crawler/service/leader.py: one leads, and losing the lock is losing the lead."""

import pytest
from sqlalchemy import text

from crawler.service.leader import leader_of
from storage.tables.database import engine_of


def test_one_leads(tmp_path, url):
    """A second one does not get the lead before the first lets go of it."""
    one, other = leader_of(tmp_path, url), leader_of(tmp_path, url)
    assert one.acquire()
    assert not other.acquire()
    assert (one.held(), other.held()) == (True, False)
    one.release()
    assert other.acquire()
    assert (one.held(), other.held()) == (False, True)
    other.release()


@pytest.mark.postgres
def test_a_lost_connection_is_a_lost_lead(tmp_path, postgres_url):
    """When the database drops the leader's connection it knows, and another can lead."""
    one, other = leader_of(tmp_path, postgres_url), leader_of(tmp_path, postgres_url)
    assert one.acquire()
    engine = engine_of(postgres_url)
    with engine.connect() as connection:
        drop = "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database"
        connection.execute(text(f"{drop} WHERE locktype = 'advisory' AND datname = current_database()"))
    engine.dispose()
    assert not one.held()
    assert other.acquire()
    other.release()


@pytest.mark.postgres
def test_no_database_no_lead(tmp_path):
    """While the database is down nobody leads, and nothing breaks."""
    assert not leader_of(tmp_path, f"postgresql+psycopg://postgres@/none?host={tmp_path}").acquire()
