"""Findings of a report over a year of a million postings: seconds and memory of a process of its own."""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, insert

from crawler.replica.source import toml_of
from pipeline.count.definitions import CubeCell, document_cells, page_cells, posting_cells
from pipeline.source.file import source_of
from storage.derive.findings import refresh_findings
from storage.derive.reports import keep_report
from storage.derive.schema import upgrade
from storage.tables import core as t
from storage.tables.database import database_url, engine_of
from storage.tables.upsert import chunks
from tests.bench import child
from tests.bench.figures import Figure, table
from tests.bench.rows import BUCKETS
from tests.storage.rows import posting

ROOT = Path(__file__).parents[2]
CHANNELS = ("zbgg", "hydt", "tpxw", "ggtz")
SOURCE = source_of(
    "bench",
    toml_of(
        "某市建设网",
        "http://portal.test",
        "jeecms",
        [(key, name, f"/{key}/", bucket) for key, name, bucket in zip(CHANNELS, "招动图公", BUCKETS, strict=True)],
    ),
)
TYPES = ("tender_notice", "correction", "award_candidates", "award_result", "award_notice_unspecified", "undecidable")
TEXT = (
    "某市住房和城乡建设局2014年政府信息公开工作年度报告\n2014年,局共主动公开政府信息1230条,包括:通过某市建设网公开公告通知"
    "1200条,其中:行业动态200条,招标公告中标公示等信息960条,图片新闻40条;通过报纸、电台公开信息30余条。\n"
    "门户网站发布招标公告300条,中标候选人公示200条,保障性住房信息50条。一季度门户网站发布信息300条。\n"
    "截至2014年底,门户网站累计发布信息9000条。\n"
)


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Postings of 2014 in four sections, every tenth a repost, every thousandth void."""
    for n in range(count):
        day = date(2014, 1, 1) + timedelta(days=n * 365 // count)
        yield posting(
            f"{n:016x}",
            day=f"{day}",
            source="bench",
            channel=CHANNELS[n % 4],
            bucket=BUCKETS[n % 4],
            notice_type=TYPES[n % 6],
            area="credit" if n % 9 == 0 else "",
            areas="credit" if n % 9 == 0 else "",
            region=f"5401{n % 80:02}",
            document=f"d{n - n % 10 if n % 10 == 9 else n}",
            void=n % 1000 == 0,
            first_seen=datetime(2014, 1, 2, tzinfo=UTC) + timedelta(seconds=n * 40),
            text="",
        )


def fill(connection: Connection, count: int) -> None:
    """The rows with the cube of counts; a document's postings stand in one chunk."""
    cells: Counter[CubeCell] = Counter()
    for chunk in chunks(rows(count), 1000):
        connection.execute(insert(t.postings), chunk)
        cells += posting_cells(chunk) + page_cells(chunk) + document_cells(chunk)
    for cell_rows in chunks([{**asdict(cell), "n": n} for cell, n in cells.items()], 1000):
        connection.execute(insert(t.counts), cell_rows)
    walked = {"source": "bench", "seen": count, "held": count, "verdict": "clean"}
    walked["first_observed"] = datetime(2014, 1, 1, tzinfo=UTC)
    connection.execute(insert(t.coverage), [{**walked, "channel": key, "year": 0} for key in CHANNELS])
    read = {"run": "r", "source": "bench", "page": 1, "rows": 20, "fetched_at": datetime(2015, 1, 2, tzinfo=UTC)}
    connection.execute(insert(t.listings), [{**read, "capture": key, "channel": key} for key in CHANNELS])
    place = {"id": "r" * 32, "source": "bench", "name": "report", "posting": "", "archived_at": datetime.now(UTC)}
    keep_report(connection, TEXT, place)


def measure(count: int) -> list[Figure]:
    """Wall seconds and megabytes of one refresh of all findings, as every derive makes it."""
    with TemporaryDirectory() as folder:
        engine = engine_of(database_url(Path(folder)))
        upgrade(engine)
        with engine.begin() as connection:
            fill(connection, count)
        engine.dispose()
        command = [sys.executable, "-m", "tests.bench.bench_verify", "--refresh", folder]
        cost = child.run(command, Path(folder), {**os.environ, "PYTHONPATH": str(ROOT)})
        said = (Path(folder) / "said").read_text(encoding="utf-8")
        if cost.exit_code:
            raise AssertionError(f"the refresh failed, nothing is measured: {said}")
        seconds = float(said.split()[-1])
    stage = f"verify a year of {count:,} postings"
    return [
        Figure(stage, "findings of a report of 11 claims", seconds, "s", budget=30.0, at_most=True),
        Figure(stage, "memory of the process", cost.megabytes, "MB", budget=300.0, at_most=True),
    ]


def refresh(folder: Path) -> float:
    """Seconds that all findings take."""
    engine = engine_of(database_url(folder))
    begin = time.monotonic()
    with engine.begin() as connection:
        refresh_findings(connection, {SOURCE.key: SOURCE})
    return time.monotonic() - begin


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_verify", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--refresh", type=Path)
    asked = parser.parse_args()
    if asked.refresh:
        sys.stdout.write(f"{refresh(asked.refresh)}\n")
        return
    sys.stdout.write(table(measure(asked.rows)) + "\n")


if __name__ == "__main__":
    main()
