"""Every markup crawled with every fault, twice: what was lost, what was invented, what was asked for that must not be.

Three portals per markup, for not all faults can be had at once: pages that misbehave, lists that move, lists that lie.
A second run follows each first one, for some faults last a whole run.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bench_crawl import environment
from tests.bench.child import Cost, run
from tests.crawler.crawling import CHINA, postings_in, rows_of, source_file
from tests.portals import MARKUPS, Portal, faults_for, portal, world_of
from tests.portals.faults import FAULTS, QUIET
from tests.portals.faults.answers import ANSWERS

CHARSETS = frozenset({"gbk_as_utf8", "utf8_as_gb2312"})
PACE = "delay_seconds = 0\nconcurrency = 16\n"
ROUNDS = {
    "pages": QUIET - CHARSETS | ANSWERS,
    "moving": frozenset({"growing", "sticky", "days_other", "no_next", "robots_busy"}),
    "lying": frozenset({"total_too_large", "beyond_last", "days_missing", "dead_page_once", "gbk_as_utf8"}),
    "outage": frozenset({"outage", "shrinking", "days_short", "utf8_as_gb2312"}),
}


@dataclass(frozen=True, slots=True)
class Soaked:
    """What came of one portal."""

    markup: str
    faults: str
    outcomes: str
    expected: int
    lost: int
    found: int
    spurious: int
    wrong_removals: int
    trespasses: int  # requests to a foreign, private or disallowed address
    pages: int
    cpu: float  # milliseconds of the first run for a page archived
    megabytes: float

    @property
    def good(self) -> bool:
        return not (self.lost or self.spurious or self.wrong_removals or self.trespasses)


def soak(markup: str, name: str, faults: frozenset[str], folder: Path) -> Soaked:
    """The portal with these faults crawled twice."""
    fitting = faults_for(MARKUPS[markup].dialect, faults)
    with portal(world_of(fitting), markup) as place:
        file = Path(source_file(folder, place))
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("delay_seconds = 0\n", PACE), encoding="utf-8")
        costs = [_crawl(file, folder) for _ in range(2)]
        expected = set(_truth(place))
        late, trespasses = place.scene.late, len(place.trapped) + _forbidden(place)
    found = postings_in(folder / "archive")
    runs = sorted(rows_of(folder / "archive", "runs"), key=lambda row: row["started"])
    states = [row for row in rows_of(folder / "archive", "states") if row["state"] == "gone"]
    pages = max(1, runs[0]["numbers"]["captures"])
    return Soaked(
        markup, name, " ".join(str(row["outcome"]) for row in runs),
        len(expected), len(expected - found), len(found), sum(title not in late for _, title, _ in found - expected),
        len(states), trespasses, pages, 1000 * costs[0].cpu / pages, max(cost.megabytes for cost in costs),
    )  # fmt: skip


def _crawl(file: Path, folder: Path) -> Cost:
    command = [sys.executable, "-m", "crawler.cli", "crawl", str(file), "--archive", str(folder / "archive")]
    return run(command, folder, environment())


def _truth(place: Portal) -> Iterator[tuple[str, str, str]]:
    """What existed when the crawl began and can be read."""
    for one in place.truth.postings:
        if one.readable:
            yield one.channel, one.title, f"{one.published.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _forbidden(place: Portal) -> int:
    return sum(hit.target in place.truth.forbidden for hit in place.hits)


def table(soaked: list[Soaked]) -> str:
    """One line for each portal."""
    head = "markup", "faults", "recall", "precision", "spurious", "gone", "trespass", "ms/page", "MB", "outcomes"
    lines = [head]
    for one in soaked:
        recall = f"{100 * (one.expected - one.lost) / one.expected:.1f} %"
        precision = f"{100 * (one.found - one.spurious) / max(1, one.found):.1f} %"
        counts = str(one.spurious), str(one.wrong_removals), str(one.trespasses)
        figures = f"{one.cpu:.0f}", f"{one.megabytes:.0f}"
        lines.append((one.markup, one.faults, recall, precision, *counts, *figures, one.outcomes))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def soak_all(markups: list[str], rounds: dict[str, frozenset[str]], folder: Path) -> list[Soaked]:
    """Every markup with every round of faults, each in a folder of its own."""
    soaked = []
    for markup in markups:
        for name, faults in rounds.items():
            (here := folder / f"{markup}-{name}").mkdir()
            soaked.append(soak(markup, name, faults, here))
    return soaked


def main() -> int:
    """Prints the table; 1 when anything was lost or invented."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak_faults", description=__doc__)
    parser.add_argument("--markup", action="append", choices=sorted(MARKUPS))
    chosen = parser.parse_args().markup or sorted(MARKUPS)
    untried = set(FAULTS) - frozenset().union(*ROUNDS.values())
    with tempfile.TemporaryDirectory() as folder:
        soaked = soak_all(chosen, {"none": frozenset(), **ROUNDS}, Path(folder))
    sys.stdout.write(table(soaked) + f"\nnot in any round: {', '.join(sorted(untried))}\n")
    return 0 if all(one.good for one in soaked) else 1


if __name__ == "__main__":
    sys.exit(main())
