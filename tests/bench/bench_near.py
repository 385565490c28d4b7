"""Near-duplicates among composed notices, stored batch by batch, beside exact hashing and MinHash of the same."""

import argparse
import hashlib
import random
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from time import process_time
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

from crawler.replica.words import counties, works
from pipeline.likeness import fingerprint
from pipeline.likeness.fingerprint import document_id, plain
from pipeline.model import Notice
from storage.notices import documents as near
from storage.tables import core as t
from storage.tables.likeness import merges
from storage.tables.upsert import chunks
from tests.bench.figures import Figure, table
from tests.bench.rows import database
from tests.storage.rows import posting

BATCH = 1000
_SCATTER = 0x9E3779B97F4A7C15
_POSTED_AGAIN = 0.03  # of projects: one notice in 13 is a repost then, one in 13 another one under the same name
CHINA = timezone(timedelta(hours=8))
HOME, AWAY = "bench", "elsewhere"
_BODY = (
    "{name}已由{county}发展和改革局批准建设，项目编号为XZ{number:07}，建设资金来自财政资金，现对该项目进行公开招标。\n"
    "二、建设规模：{scale}.{part}公里，配套给排水管网{pipes}米，最高投标限价为{amount}.00元，工期{days}日历天。\n"
    "三、投标人须具备市政公用工程施工总承包贰级及以上资质，项目经理须为注册建造师且无在建工程。\n"
    "四、招标文件获取时间为{year}年{month}月{day}日起五个工作日，投标截止时间为{year}年{month}月28日9时30分，逾期送达的不予受理。\n"
    "五、评标办法为综合评估法。联系人：{contact}某，电话：0891-{phone:07}。"
)
# What a repost changes, and what another announcement changes.
_REPOSTS: tuple[Callable[[str], str], ...] = (
    lambda body: body.replace("，", " ， ").replace("\n", "\n\u3000\u3000"),
    lambda body: body.replace("0891-", "0892-"),
    lambda body: f"当前位置：首页 > 招标公告\n发布时间：2014-06-03 来源：某网 浏览次数：17\n{body}\n【打印】【关闭】",
    lambda body: body.replace("9时30分", "9:30").replace(".00元", "元"),
)
_OTHERS: tuple[Callable[[str], str], ...] = (
    lambda body: body.replace("日历天", "0日历天", 1),
    lambda body: body.replace("28日9时30分", "29日9时30分"),
    lambda body: body.replace("贰级", "壹级"),
    lambda body: body + "\n更正：开标地点改为二楼。",
)


@dataclass(frozen=True, slots=True)
class Composed:
    """A notice and the number of the announcement that it is."""

    source: str
    title: str
    body: str
    day: date
    truth: int
    repost_of: int  # the number of the notice that it repeats; -1: none


def composed(count: int) -> Iterator[Composed]:
    """Of one project in 33 seven: three reposts, one of them elsewhere, a sibling lot, two that announce otherwise."""
    chance = random.Random(1206)
    number = 0
    while number < count:
        first = number
        name, body, day = _project(number, chance)
        title = f"{name}施工招标公告"
        near_day = day + timedelta(days=chance.randint(0, 2))
        sibling = (title.replace("一标段", "二标段"), body.replace("一标段", "二标段"))
        corrected = f"{name}施工招标更正公告"
        made = (
            Composed(HOME, title, body, day, first, -1),
            Composed(HOME, title, body, near_day, first, first),
            Composed(HOME, title, chance.choice(_REPOSTS)(body), near_day, first, first),
            Composed(AWAY, title, chance.choice(_REPOSTS)(body), near_day, first, first),
            Composed(HOME, *sibling, day, first + 4, -1),
            Composed(HOME, title, chance.choice(_OTHERS)(body), day, first + 5, -1),
            Composed(HOME, corrected, body, near_day, first + 6, -1),
        )
        made = made if chance.random() < _POSTED_AGAIN else made[:1]
        yield from made[: count - number]
        number += len(made)


def _project(number: int, chance: random.Random) -> tuple[str, str, date]:
    prefecture, county = chance.choice(counties())
    day = date(2014, 1, 1) + timedelta(days=number // 300 % 3000)
    # A number of six digits would be a code, which a name does not have.
    name = f"{prefecture}{county}第{number // 1000}村{number % 1000}号{chance.choice(works()).thing}（一标段）"
    body = _BODY.format(
        name=name,
        county=county,
        number=number,
        scale=chance.randint(1, 40),
        part=chance.randint(1, 9),
        pipes=chance.randint(200, 9000),
        amount=chance.randint(400_000, 90_000_000),
        days=chance.randint(60, 700),
        year=day.year,
        month=day.month,
        day=day.day,
        contact=chance.choice("赵钱孙李周吴郑王"),
        phone=chance.randint(2_000_000, 8_999_999),
    )
    return name, body, day


def measure(count: int) -> list[Figure]:
    """Notices a CPU second, bytes a notice, what was found and what was merged wrongly."""
    truth, repost_of = array("q"), array("q")
    with database() as engine:
        took = 0.0
        for batch in chunks(composed(count), BATCH):
            rows = [_row(len(truth) + n, one) for n, one in enumerate(batch)]
            truth.extend(one.truth for one in batch)
            repost_of.extend(one.repost_of for one in batch)
            with engine.begin() as connection:
                connection.execute(insert(t.postings), rows)
                begin = process_time()
                _store(connection, rows)
                took += process_time() - begin
        wrong, found, reposts, size = _found(engine, truth, repost_of)
    exact, minhash = count / _timed(_exact, count), _anchor(count)
    stage, ours = f"near-duplicates of {count:,} notices", count / took
    figures = [
        Figure(stage, "compared and stored", ours, "docs/s", budget=10_000),
        Figure(stage, "exact hash in memory", exact, "docs/s", "exact hash", ours / exact),
        Figure(stage, "size of the near tables", size / count, "bytes/doc", budget=500, at_most=True),
        Figure(stage, "wrong merges", wrong, "pairs", budget=0, at_most=True),
        Figure(stage, "reposts found", found / reposts, "of 1", budget=0.95),
    ]
    if minhash:
        figures.insert(2, Figure(stage, "MinHash (rensa) in memory", minhash, "docs/s", "MinHash", ours / minhash))
    return figures


def _id(number: int) -> str:
    """As scattered over an index as real ids, and read back by `_number`."""
    return f"{number * _SCATTER % 2**64:016x}"


def _number(id_: str) -> int:
    return int(id_, 16) * pow(_SCATTER, -1, 2**64) % 2**64


def _row(number: int, one: Composed) -> dict[str, Any]:
    published = datetime.combine(one.day, datetime.min.time(), CHINA) + timedelta(hours=9)
    id_, key = _id(number), f"{one.source}.test/{number}"
    notice = Notice(one.source, "zbgg", f"http://{key}", one.title, published, text=one.body)
    more = {"source": one.source, "published": published, "text": one.body, "fingerprint": fingerprint(notice)}
    return posting(
        id_,
        one.title,
        f"{one.day}",
        **more,
        key=key,
        url=notice.url,
        document=document_id(one.source, more["fingerprint"]),
    )


def _store(connection: Connection, rows: list[dict[str, Any]]) -> None:
    for source in (HOME, AWAY):
        homes = near.documents_after(connection, source, [row for row in rows if row["source"] == source], {})
        near.move(connection, homes)


def _found(engine: Engine, truth: Sequence[int], repost_of: Sequence[int]) -> tuple[int, int, int, int]:
    """Wrong merges, reposts found, reposts there are, bytes of the tables."""
    with engine.connect() as connection:
        document = {
            _number(row.id): row.document for row in connection.execute(select(t.postings.c.id, t.postings.c.document))
        }
        home: dict[str, int] = {}
        wrong = sum(home.setdefault(document[n], truth[n]) != truth[n] for n in range(len(truth)))
        found = sum(document[n] == document[first] for n, first in enumerate(repost_of) if first >= 0)
        linked: set[int] = set()
        m = merges.c
        for row in connection.execute(select(m.posting, m.with_posting).where(m.cross_source.is_(True))):
            one, other = _number(row.posting), _number(row.with_posting)
            wrong += truth[one] != truth[other]
            linked.update((one, other))
        found += sum(document[n] != document[first] and n in linked for n, first in enumerate(repost_of) if first >= 0)
        names = "'faces', 'merges', 'doubtful_merges', 'doubtful_links'"
        within = f"SELECT name FROM sqlite_master WHERE tbl_name IN ({names})"
        size = connection.scalar(text(f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({within})"))
    return wrong, found, sum(first >= 0 for first in repost_of), int(size or 0)


def _timed(work: Callable[[str], object], count: int) -> float:
    bodies = [one.title + one.body for one in composed(min(count, 100_000))]
    begin = process_time()
    for body in bodies:
        work(body)
    return (process_time() - begin) * count / len(bodies)


def _exact(body: str) -> bytes:
    return hashlib.sha256(plain(body).encode()).digest()


def _anchor(count: int) -> float | None:
    try:
        from rensa import RMinHash, RMinHashLSH
    except ImportError:  # an anchor, no dependency of ours
        return None
    index, number = RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16), iter(range(count))

    def work(body: str) -> None:
        words = plain(body)
        one = RMinHash(num_perm=128, seed=42)
        one.update([words[n : n + 3] for n in range(len(words) - 2)])
        index.query(one)
        index.insert(next(number), one)

    return count / _timed(work, count)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_near", description=__doc__)
    parser.add_argument("--notices", type=int, default=100_000)
    sys.stdout.write(table(measure(parser.parse_args().notices)) + "\n")


if __name__ == "__main__":
    main()
