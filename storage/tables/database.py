"""Engine of the archive's database: SQLite beside the WARC files by default, PostgreSQL by URL."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

SQLITE_NAME = "duizhang.sqlite"


def database_url(archive: Path, url: str = "") -> str:
    """The given URL (with psycopg as PostgreSQL's driver), else the SQLite file in the archive folder."""
    if not url:
        return f"sqlite:///{archive / SQLITE_NAME}"
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def reading_uri(path: Path) -> str:
    """How SQLite is asked for a file that is only read.

    In a folder where nobody can write, SQLite cannot make the index of its log: the file is taken for unchanging where
    it has no log.
    """
    log = path.with_name(f"{path.name}-wal")
    unchanging = not os.access(path.absolute().parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' * unchanging}"


def engine_of(url: str, *, read_only: bool = False) -> Engine:
    """An engine; SQLite in WAL mode, read-only by the database itself when asked for.

    Who finds SQLite locked waits a minute, or as many seconds as the URL says: sqlite:///FILE?timeout=5.
    """
    if not url.startswith("sqlite"):
        options = "-c default_transaction_read_only=on" if read_only else ""
        return create_engine(url, pool_pre_ping=True, connect_args={"options": options} if options else {})
    timeout = float(str(make_url(url).query.get("timeout", 60)))
    name = reading_uri(Path(make_url(url).database or ""))
    reading = (
        {"creator": lambda: sqlite3.connect(name, timeout, uri=True, check_same_thread=False)} if read_only else {}
    )
    engine = create_engine(url, connect_args={"timeout": timeout}, **reading)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
        # KiB. A crawl's process has to stay small (performance.md: 150 MB); who searches a million rows may take more.
        cursor.execute(f"PRAGMA cache_size = {-65536 if read_only else -12288}")
        cursor.close()

    if not read_only:
        event.listen(engine, "close", _optimize)
    return engine


def _optimize(connection: Any, _record: object) -> None:
    """What a planner should know of the tables is written when their writer closes; never waited for."""
    with suppress(sqlite3.Error):  # locked, read-only, full: it is only statistics
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 0")
        cursor.execute("PRAGMA analysis_limit = 400")  # rows looked at per index, as SQLite's documentation advises
        cursor.execute("PRAGMA optimize")
        cursor.close()
