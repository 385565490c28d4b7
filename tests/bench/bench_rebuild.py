"""`duizhang derive --rebuild` of a crawl's archive: its rate beside the bare crawl's, and where its time goes."""

import argparse
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import Any

from sqlalchemy import func, select

from storage.archive import Archive
from storage.derive import captures as ingest
from storage.derive import run as derive
from storage.derive.schema import upgrade
from storage.notices import write as postings
from storage.search import index as search
from storage.tables import core as t
from storage.tables.database import database_url, engine_of
from tests.bench.bench_crawl import QUICK, Crawled, environment
from tests.bench.bench_crawl import measure as measure_crawl
from tests.bench.child import run
from tests.bench.figures import Figure, table

PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    "read": ((derive, "read_capture"),),
    "classify": ((postings, "classify"), (postings, "region_of"), (postings, "fingerprint")),
    "search index": ((search, "index"), (search, "remove")),
    "rows of captures": ((ingest, "store_readings"),),
    "rows of postings": ((derive, "store_notices"),),
}


def measure(archive: Path, bare: Crawled, folder: Path) -> list[Figure]:
    """The command's rate on a copy of the WARC files alone, and the shares of a second rebuild in this process."""
    folder.mkdir()
    shutil.copytree(archive / "warc", folder / "archive" / "warc")
    command = [sys.executable, "-m", "crawler.cli", "derive", "--rebuild", "--archive", str(folder / "archive")]
    cost = run(command, folder, environment())
    rows, held = _rows_in(folder / "archive"), _rows_in(archive)
    if cost.exit_code or rows != held or not rows["postings"]:
        raise AssertionError(f"the rebuild ended with {cost.exit_code} and {rows}; the crawl had {held}")
    rate = rows["captures"] / cost.cpu
    stage = f"rebuild {rows['captures']:,} captures"
    figure = Figure(stage, "with title and text index", rate, "pages/CPU s", "bare crawl", rate * bare.cpu / 1000, 3.0)
    return [figure, Figure(stage, "most resident", cost.megabytes, "MB"), *_shares(stage, folder / "archive")]


def _rows_in(archive: Path) -> dict[str, int]:
    engine = engine_of(database_url(archive), read_only=True)
    with engine.connect() as connection:
        rows = {
            one.name: connection.scalar(select(func.count()).select_from(one)) or 0 for one in t.DERIVED.sorted_tables
        }
    engine.dispose()
    return {name: rows[name] for name in ("captures", "postings", "documents", "counts", "leads", "attachments")}


def _shares(stage: str, archive: Path) -> list[Figure]:
    engine = engine_of(database_url(archive))
    upgrade(engine)
    spent: defaultdict[str, float] = defaultdict(float)
    begin = process_time()
    with _timed(spent):
        derive.rebuild(engine, Archive(archive))
    whole = process_time() - begin
    engine.dispose()
    spent["records from WARC, counts, the rest"] = whole - sum(spent.values())
    return [
        Figure(stage, f"share: {name}", 100 * took / whole, "%")
        for name, took in sorted(spent.items(), key=lambda part: -part[1])
    ]


@contextmanager
def _timed(spent: defaultdict[str, float]) -> Iterator[None]:
    kept = [(module, name, getattr(module, name)) for places in PARTS.values() for module, name in places]
    for part, places in PARTS.items():
        for module, name in places:
            setattr(module, name, _clocked(getattr(module, name), part, spent))
    try:
        yield
    finally:
        for module, name, function in kept:
            setattr(module, name, function)


def _clocked(function: Callable[..., Any], part: str, spent: defaultdict[str, float]) -> Callable[..., Any]:
    def clocked(*arguments: Any, **named: Any) -> Any:
        begin = process_time()
        try:
            return function(*arguments, **named)
        finally:
            spent[part] += process_time() - begin

    return clocked


def main() -> None:
    """Crawls first, to have an archive and a rate to compare with; prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_rebuild", description=__doc__)
    parser.add_argument("--scale", type=float, default=QUICK)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _, bare = measure_crawl(parser.parse_args().scale, folder)
        figures = measure(folder / "ours" / "archive", bare, folder / "rebuild")
    sys.stdout.write(table(figures) + "\n")


if __name__ == "__main__":
    main()
