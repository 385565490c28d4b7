"""python -m tests.bench [--full]: everything measured in one run, as one table of ratios."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import (
    bench_archive,
    bench_classify,
    bench_crawl,
    bench_near,
    bench_read,
    bench_rebuild,
    bench_search,
    bench_settle,
    bench_store,
    bench_verify,
)
from tests.bench.figures import Figure, table


def figures_of(scale: float, titles: int) -> Iterator[list[Figure]]:
    """The figures, stage by stage."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crawled, bare = bench_crawl.measure(scale, folder)
        yield crawled
        yield bench_rebuild.measure(folder / "ours" / "archive", bare, folder / "rebuild")
    yield bench_read.measure(200)
    yield _archive()
    yield bench_store.measure(20_000)
    yield bench_settle.measure(200_000 if scale == 1.0 else 20_000)
    yield bench_near.measure(titles)
    yield bench_classify.measure(titles)
    yield bench_search.measure(titles)
    yield bench_verify.measure(titles)


def _archive() -> list[Figure]:
    found = bench_archive.measure()
    write, read = found["write_mb_per_s"], found["read_mb_per_s"]
    return [
        Figure("WARC", "write", write, "MB/s", "warcio", found["write_times_warcio"], 1.4),
        Figure("WARC", "size of the files", found["size_times_warcio"], "x warcio", budget=1.05, at_most=True),
        Figure("WARC", "read", read, "MB/s", "warcio", found["read_times_warcio"]),
        Figure("WARC", "read", read, "MB/s", "fastwarc", read / found["fastwarc_read_mb_per_s"]),
    ]


def main() -> None:
    """Prints the table; progress goes to standard error."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the whole portal and a million titles")
    full = parser.parse_args().full
    found: list[Figure] = []
    for figures in figures_of(1.0 if full else bench_crawl.QUICK, 1_000_000 if full else 100_000):
        found += figures
        sys.stderr.write(f"{figures[0].stage} measured\n")
    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    main()
