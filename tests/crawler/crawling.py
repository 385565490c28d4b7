"""What crawl tests share: the command run as a user runs it, and what the archive then holds."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from storage.tables import core as t
from storage.tables.database import database_url, engine_of
from tests.portals import Portal

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed."""

    exit_code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out.lstrip().startswith("{"), self.out + self.err
        return json.loads(self.out)


def environment(archive: Path, url: str = "") -> dict[str, str]:
    """The environment of a user who works on that archive."""
    return {**os.environ, "DUIZHANG_ARCHIVE": str(archive), "DUIZHANG_DATABASE_URL": url}


def duizhang(archive: Path, *words: str, url: str = "", seconds: float = 120) -> Said:
    """The command as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "crawler.cli", *words],
        env=environment(archive, url),
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def source_file(folder: Path, place: Portal, name: str = "portal") -> str:
    """The path of the portal's source file."""
    path = folder / f"{name}.toml"
    path.write_text(place.source_toml, encoding="utf-8")
    return str(path)


def rows_of(archive: Path, table: str, url: str = "") -> list[dict[str, Any]]:
    """Every row of a derived table."""
    engine = engine_of(database_url(archive, url), read_only=True)
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(select(t.DERIVED.tables[table])).mappings()]
    engine.dispose()
    return rows


def postings_in(archive: Path, url: str = "") -> set[tuple[str, str, str]]:
    """Channel, title and minute of publication (Beijing time) of every posting."""
    return {
        (
            row["channel"],
            row["title"],
            f"{row['published'].astimezone(CHINA):%Y-%m-%d %H:%M}" if row["published"] else "",
        )
        for row in rows_of(archive, "postings", url)
    }
