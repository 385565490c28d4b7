"""One leader per archive: of several services only one fires jobs, and another takes over when it is gone.

Two schedulers on one job store fire everything twice (libraries.md 3).
"""

from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

_LOCK = 0x647A5F6C65616465  # "dz_leade": any number that nothing else locks

# A leader that the network cut off must know about it before its server gives the lock to another.
_LIVELY = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class Leader(Protocol):
    """The right to fire an archive's jobs."""

    def acquire(self) -> bool:
        """Tries to become the leader, without waiting."""

    def held(self) -> bool:
        """Whether this process still is the leader."""

    def release(self) -> None:
        """Lets another one lead."""


def leader_of(archive: Path, url: str) -> Leader:
    """The leadership of that archive: kept by PostgreSQL where that keeps the tables, else by a file lock."""
    if url.startswith("sqlite"):
        return FileLeader(archive / "service.lock")
    return PostgresLeader(create_engine(url, poolclass=NullPool, connect_args=_LIVELY))


class FileLeader:
    """The kernel gives the lock back when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._lock = FileLock(path)

    def acquire(self) -> bool:
        """Tries to become the leader, without waiting."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def held(self) -> bool:
        """Whether this process still is the leader."""
        return self._lock.is_locked

    def release(self) -> None:
        """Lets another one lead."""
        self._lock.release()


class PostgresLeader:
    """An advisory lock lives as long as its connection, so that connection is pinned; losing it is losing the lead."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def acquire(self) -> bool:
        """Tries to become the leader, without waiting."""
        try:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            leads = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _LOCK})
        except OperationalError:
            return False
        if not leads:
            connection.close()
            return False
        self._connection = connection
        return True

    def held(self) -> bool:
        """Whether this process still is the leader."""
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except OperationalError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Lets another one lead."""
        if self._connection is not None:
            self._connection.invalidate()  # closes it for good, whatever state it is in
            self._connection.close()
            self._connection = None
