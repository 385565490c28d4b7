"""Search over composed titles beside LIKE: the same rows, by how long the slowest of twenty queries takes."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, func, select

from storage.search.index import Hits, Order, Wish, create_index, index, search
from storage.tables import core as t
from storage.tables.upsert import chunks, upsert
from tests.bench.figures import Figure, table
from tests.bench.rows import database, postings

SHORT = ("公告", "中标", "招标公告", "候选人", "施工", "监理", "答疑", "补遗", "流标", "拉萨")
LONG = ("中标候选人公示", "招标文件补遗公告", "第777号", "拉萨 中标结果", "公告 施工 招标", "没有的词语")
_REPEATS = 5


def measure(count: int) -> list[Figure]:
    """The 95th percentile of milliseconds, wall: a query is waited for."""
    with database() as engine:
        begin = time.process_time()
        with engine.begin() as connection:
            create_index(connection)
            for rows in chunks(postings(count), 2000):
                upsert(connection, t.postings, rows)
                index(connection, [(row["id"], row["title"], row["text"]) for row in rows])
        rate = count / (time.process_time() - begin)
        with engine.connect() as connection:
            return [
                Figure(f"search {count:,} titles", "rows and index written", rate, "rows/s"),
                *_queries(connection, count),
            ]


def _queries(connection: Connection, count: int) -> list[Figure]:
    for query in (*SHORT, *LONG):
        _check(connection, query)
    stage = f"search {count:,} titles"
    newest, ranked = Wish(), Wish(order=Order.RELEVANCE)
    short = _p95(SHORT, lambda query: search(connection, query, newest))
    scan = _p95(SHORT, lambda query: _scanned(connection, query))
    every = _p95((*SHORT, *LONG), lambda query: search(connection, query, newest))
    best = _p95((*SHORT, *LONG), lambda query: search(connection, query, ranked))
    return [
        Figure(stage, "2 to 4 characters, newest first", short, "ms p95", budget=5, at_most=True),
        Figure(stage, "any query with its exact count", every, "ms p95", budget=20, at_most=True),
        Figure(stage, "by relevance", best, "ms p95", budget=100, at_most=True),
        Figure(stage, "LIKE, 2 to 4 characters", scan, "ms p95", "LIKE", scan / short),
    ]


def _check(connection: Connection, query: str) -> None:
    found = search(connection, query)
    total = _scanned(connection, query)
    if found.total != total:
        raise AssertionError(f"{query!r}: {found.total} hits where LIKE finds {total}")


def _scanned(connection: Connection, query: str) -> int:
    like = [t.postings.c.title.contains(word) for word in query.split()]
    return connection.scalar(select(func.count()).select_from(t.postings).where(*like)) or 0


def _p95(queries: Sequence[str], ask: Callable[[str], Hits | int]) -> float:
    took = []
    for query in [*queries] * _REPEATS:
        begin = time.perf_counter()
        ask(query)
        took.append(1000 * (time.perf_counter() - begin))
    return sorted(took)[int(0.95 * len(took))]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_search", description=__doc__)
    parser.add_argument("--titles", type=int, default=100_000, help="1000000: the size of the budgets")
    sys.stdout.write(table(measure(parser.parse_args().titles)) + "\n")


if __name__ == "__main__":
    main()
