"""A crawl with everything on beside bare Scrapy and `wget --warc-file`, on the same portal in one run."""

import argparse
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.replica import replica_of, replica_process, source_toml
from crawler.replica.render import article_pages, listing_pages
from tests.bench.child import Cost, run
from tests.bench.figures import Figure, table

QUICK = 0.35  # about 2,200 pages; 1 is the whole portal of performance.md's anchors
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Portal:
    """How many addresses of each kind the replica has."""

    listings: int
    articles: int  # pages of articles, further pages included
    files: int

    @property
    def linked(self) -> int:
        """What a crawler finds that follows every link from the first page: that one and the report too."""
        return self.listings + self.articles + 2


@dataclass(frozen=True, slots=True)
class Crawled:
    """One crawler's pages and what they cost."""

    name: str
    pages: int
    cost: Cost

    @property
    def cpu(self) -> float:
        """Milliseconds of CPU for a page, imports and the end of the run included."""
        return 1000 * self.cost.cpu / self.pages


def portal_at(scale: float) -> Portal:
    """What there is to crawl at that scale."""
    world = (replica := replica_of(scale)).world
    return Portal(
        sum(listing_pages(articles) for articles in world.listed.values()),
        sum(article_pages(article) for article in world.articles.values()),
        len(replica.attachments),
    )


def crawl_ours(url: str, folder: Path) -> Crawled:
    """`duizhang crawl` into folder/archive."""
    folder.mkdir(exist_ok=True)
    source = folder / "replica.toml"
    pace = "delay_seconds = 0\nconcurrency = 16"
    source.write_text(source_toml(url).replace("delay_seconds = 0", pace), encoding="utf-8")
    command = [sys.executable, "-m", "crawler.cli", "crawl", str(source), "--archive", str(folder / "archive")]
    cost = run(command, folder, environment())
    if cost.exit_code:
        raise AssertionError(f"the crawl ended with {cost.exit_code}: {_said(folder)}")
    return Crawled("ours", _responses(folder / "archive" / "warc"), cost)


def crawl_bare(url: str, folder: Path) -> Crawled:
    """Scrapy with default settings, links only."""
    folder.mkdir(exist_ok=True)
    cost = run([sys.executable, "-m", "tests.bench.bare_spider", f"{url}/"], folder, environment())
    found = re.search(r"^pages (\d+)$", _said(folder), re.MULTILINE)
    return Crawled("bare Scrapy", int(found[1]) if found else 0, cost)


def crawl_wget(url: str, folder: Path) -> Crawled:
    """wget, recursively, into a WARC file."""
    folder.mkdir(exist_ok=True)
    command = ["wget", "--quiet", "--recursive", "--level=inf", "--delete-after", "--warc-file=wget", f"{url}/"]
    cost = run(command, folder, environment())
    return Crawled("wget --warc-file", _responses(folder), cost)


def measure(scale: float, folder: Path) -> tuple[list[Figure], Crawled]:
    """The figures, and bare Scrapy's crawl to set a rebuild against; our archive is in folder/ours/archive."""
    portal = portal_at(scale)
    with replica_process(scale) as url:
        ours = _checked(crawl_ours(url, folder / "ours"), 1 + portal.listings + portal.articles + portal.files)
        # Scrapy's filter of duplicates is not told the first request: pages link to that page, and it comes twice.
        bare = _checked(crawl_bare(url, folder / "bare"), portal.linked + 1)
        wget = None
        if shutil.which("wget"):
            wget = _checked(crawl_wget(url, folder / "wget"), 1 + portal.linked + portal.files)
    return list(_figures(ours, bare, wget)), bare


def _figures(ours: Crawled, bare: Crawled, wget: Crawled | None) -> list[Figure]:
    everyone = [ours, bare, *([wget] if wget else [])]
    stage = f"crawl {ours.pages:,} pages"
    figures = [
        Figure(stage, f"{one.name}: {one.pages:,} pages, {one.pages / one.cost.wall:.0f}/s", one.cpu, "CPU ms/page")
        for one in everyone
    ]
    figures.append(Figure(stage, "ours", ours.cpu, "CPU ms/page", bare.name, bare.cpu / ours.cpu, 1.0))
    if wget:
        figures.append(Figure(stage, "ours", ours.cpu, "CPU ms/page", wget.name, wget.cpu / ours.cpu, 0.5))
    figures.append(Figure(stage, "ours, most resident", ours.cost.megabytes, "MB", budget=150, at_most=True))
    return [*figures, *(Figure(stage, f"{one.name}, most resident", one.cost.megabytes, "MB") for one in everyone[1:])]


def _checked(crawled: Crawled, expected: int) -> Crawled:
    if crawled.pages != expected:
        raise AssertionError(f"{crawled.name} fetched {crawled.pages} of {expected} pages: nothing is measured")
    return crawled


def _responses(folder: Path) -> int:
    """Pages that are there: wget asks for pictures too, which the replica has not."""
    count = 0
    for path in folder.glob("*.warc.gz*"):
        with path.open("rb") as file:
            records = ArchiveIterator(file, record_types=WarcRecordType.response)
            count += sum(1 for record in records if record.http_headers.status_code == 200)
    return count


def environment() -> dict[str, str]:
    """Ours without what the caller has set for Duizhang."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DUIZHANG_")}
    return {**clean, "PYTHONPATH": str(ROOT)}


def _said(folder: Path) -> str:
    return (folder / "said").read_text(encoding="utf-8", errors="replace")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_crawl", description=__doc__)
    parser.add_argument("--scale", type=float, default=QUICK)
    with tempfile.TemporaryDirectory() as folder:
        figures, _ = measure(parser.parse_args().scale, Path(folder))
    sys.stdout.write(table(figures) + "\n")


if __name__ == "__main__":
    main()
