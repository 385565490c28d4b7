"""Engine of the archive's database: SQLite beside the WARC files by default, PostgreSQL by URL."""

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


def engine_of(url: str, *, read_only: bool = False) -> Engine:
    """An engine; SQLite in WAL mode with a long busy time-out, read-only by the database itself when asked for."""
    if not url.startswith("sqlite"):
        options = "-c default_transaction_read_only=on" if read_only else ""
        return create_engine(url, pool_pre_ping=True, connect_args={"options": options} if options else {})
    engine = create_engine(url, connect_args={"timeout": 60})

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
