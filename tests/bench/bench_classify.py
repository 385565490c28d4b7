"""type_of_title() and all of classify() on composed titles, beside one alternation of the endings, without reasons."""

import argparse
import re
import sys
from datetime import UTC, datetime
from time import process_time

from crawler.replica.words import title_forms
from pipeline.classify import classify
from pipeline.classify.decide import type_of_title
from pipeline.model import Notice, NoticeType
from tests.bench.composed import HOME, SOURCE, titles
from tests.bench.figures import Figure, table

_ENDINGS = re.compile(
    "|".join(sorted((form.removeprefix("{name}") for _, form in title_forms().values()), key=len, reverse=True))
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
    types = [type_of_title(notice.title) for notice in notices]
    typed = count / (process_time() - begin)
    if any(kind is NoticeType.UNDECIDABLE for kind, _ in types):
        raise AssertionError("a title has no type: nothing is measured")
    begin = process_time()
    matched = sum(_ENDINGS.search(notice.title) is not None for notice in notices)
    regex = count / (process_time() - begin)
    if matched != count:
        raise AssertionError(f"{count - matched} titles do not match: nothing is measured")
    stage = f"classify {count:,} titles"
    return [
        Figure(stage, "type, with its rule", typed, "titles/s", budget=250_000),
        Figure(stage, "type, areas, bucket, lot, round, with their rules", ours, "titles/s"),
        Figure(stage, "one regex, no rule", regex, "titles/s", "one regex", typed / regex),
    ]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_classify", description=__doc__)
    parser.add_argument("--titles", type=int, default=100_000)
    sys.stdout.write(table(measure(parser.parse_args().titles)) + "\n")


if __name__ == "__main__":
    main()
