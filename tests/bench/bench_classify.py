"""classify() on composed titles, beside one alternation of the same stages' words that gives no reason."""

import argparse
import re
import sys
from datetime import UTC, datetime
from time import process_time

from crawler.replica.compose import TITLES
from pipeline.classify import classify
from pipeline.model import Notice, NoticeType
from tests.bench.composed import HOME, SOURCE, titles
from tests.bench.figures import Figure, table

_ENDINGS = re.compile(
    "|".join(sorted((form.removeprefix("{name}") for form in TITLES.values()), key=len, reverse=True))
)


def measure(count: int) -> list[Figure]:
    """Titles a CPU second, each with the rule that decided."""
    published = datetime(2014, 6, 3, tzinfo=UTC)
    notices = [Notice(SOURCE.key, "zbgg", f"{HOME}{n}", title, published) for n, title in enumerate(titles(count))]
    begin = process_time()
    found = [classify(notice, SOURCE) for notice in notices]
    ours = count / (process_time() - begin)
    undecided = sum(one.notice_type is NoticeType.UNDECIDABLE or not one.type_rule for one in found)
    if undecided:
        raise AssertionError(f"{undecided} titles have no type or no rule: nothing is measured")
    begin = process_time()
    matched = sum(_ENDINGS.search(notice.title) is not None for notice in notices)
    regex = count / (process_time() - begin)
    if matched != count:
        raise AssertionError(f"{count - matched} titles do not match: nothing is measured")
    stage = f"classify {count:,} titles"
    return [
        Figure(stage, "ours, with the rule", ours, "titles/s", budget=250_000),
        Figure(stage, "one regex, no rule", regex, "titles/s", "one regex", ours / regex),
    ]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_classify", description=__doc__)
    parser.add_argument("--titles", type=int, default=100_000)
    sys.stdout.write(table(measure(parser.parse_args().titles)) + "\n")


if __name__ == "__main__":
    main()
