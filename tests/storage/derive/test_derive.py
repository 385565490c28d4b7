"""Captures into tables: the same whatever the order, the batches and the database."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from pipeline.model import Capture, Kind
from storage.counts.cube import differences
from storage.derive import run as module
from storage.derive.run import derive, rebuild
from storage.tables import core as t
from tests.storage.deriving import DECLARATION, archive_of, article, capture, lead, listing, tables_of

ROOT = Path(__file__).parents[3]
TENDER = "甲县中学综合楼施工招标公告"
TEXT = "一、招标条件：本项目已批准建设，资金已落实，招标人为甲县教育局。|二、项目概况：建设地点在甲县，工期180日历天。"
RESULT = "甲县中学综合楼施工中标结果公告"
RESULT_TEXT = (
    "经评标委员会评审，甲县中学综合楼施工的中标人为某某建筑工程有限公司，中标价为120万元。|公示期内无异议，特此公告。"
)


def scene() -> list[Capture]:
    """Two channels, a shared page, a repost, a moved page, a page in two parts, a revision, an unreadable page."""
    rows = [("/zb/1.jhtml", TENDER, "2014-06-03"), ("/zb/2.jhtml", TENDER, "2014-06-09")]
    rows += [("/zb/3.jhtml", "乙县道路施工招标公告", "2014-07-01"), ("/zb/4.jhtml", "丙县桥梁招标公告", "2014-07-02")]
    rows += [("/zb/9.jhtml", "丁县公园招标公告", "2014-07-05")]
    moved, parted = lead(*rows[2]), lead(*rows[3])
    return [
        capture(Kind.LISTING, "/zb/index.jhtml", listing(rows, 5), 0),
        capture(
            Kind.LISTING, "/zhb/index.jhtml", listing([rows[0], ("/zhb/5.jhtml", RESULT, "2014-08-01")], 2), 1, "zhb"
        ),
        capture(Kind.NOTICE, "/zb/1.jhtml", article(TENDER, "2014-06-03 10:00", TEXT), 2, lead=lead(*rows[0])),
        capture(Kind.NOTICE, "/zb/2.jhtml", article(TENDER, "2014-06-09 09:00", TEXT), 3, lead=lead(*rows[1])),
        capture(Kind.NOTICE, "/zb/3.jhtml", "", 4, lead=moved, status=302, headers=(("Location", "/zb/33.jhtml"),)),
        capture(
            Kind.NOTICE,
            "/zb/33.jhtml",
            article("乙县道路施工招标公告", "2014-07-01", TEXT + "|三、乙县道路"),
            5,
            lead=moved,
            hops=1,
        ),
        capture(
            Kind.NOTICE,
            "/zb/4.jhtml",
            article(
                "丙县桥梁招标公告",
                "2014-07-02",
                TEXT + "|三、丙县桥梁",
                "<div class='page'><a href='/zb/4_2.jhtml'>下一页</a></div>",
            ),
            6,
            lead=parted,
        ),
        capture(
            Kind.PART,
            "/zb/4_2.jhtml",
            article("丙县桥梁招标公告", "2014-07-02", "四、第二页的内容写明了投标保证金的数额和递交方式。"),
            7,
            lead=parted,
            page=2,
        ),
        capture(
            Kind.NOTICE,
            "/zhb/5.jhtml",
            article(RESULT, "2014-08-01", RESULT_TEXT),
            8,
            "zhb",
            lead("/zhb/5.jhtml", RESULT),
        ),
        capture(Kind.NOTICE, "/zb/9.jhtml", "<html><body><div></div></body></html>", 9, lead=lead(*rows[4])),
        capture(
            Kind.NOTICE,
            "/zhb/5.jhtml",
            article(RESULT, "2014-08-01", RESULT_TEXT + "|更正：工期改为二百天。"),
            60,
            "zhb",
            lead("/zhb/5.jhtml", RESULT),
        ),
    ]


def count(engine: Engine, definition: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.sum(t.counts.c.n)).where(t.counts.c.definition == definition))


def test_counts_follow_their_definitions(engine: Engine, tmp_path: Path) -> None:
    """A page in two channels is two postings and one page; a repost is one document; parts and moves add nothing."""
    derive(engine, archive_of(tmp_path, [scene()]))
    with engine.connect() as connection:
        postings = {(row.channel, row.key): row for row in connection.execute(select(t.postings))}
    assert sorted(postings) == [
        ("zb", "portal.test/zb/1.jhtml"),
        ("zb", "portal.test/zb/2.jhtml"),
        ("zb", "portal.test/zb/33.jhtml"),
        ("zb", "portal.test/zb/4.jhtml"),
        ("zhb", "portal.test/zb/1.jhtml"),
        ("zhb", "portal.test/zhb/5.jhtml"),
    ]
    assert (count(engine, "postings"), count(engine, "pages"), count(engine, "documents")) == (6, 5, 4)
    assert "投标保证金的数额" in postings["zb", "portal.test/zb/4.jhtml"].text
    assert postings["zhb", "portal.test/zhb/5.jhtml"].revisions == 2
    assert "工期改为二百天" in postings["zhb", "portal.test/zhb/5.jhtml"].text


def test_a_day_that_page_and_list_tell_otherwise_is_a_problem_that_names_the_page(
    engine: Engine, tmp_path: Path
) -> None:
    """A page a year from its list, and one of the future, stand with the right day and one doubt each, also anew."""
    pages = [
        capture(
            Kind.NOTICE, "/zb/71.jhtml", article("甲县一桥公告", "2013-06-03", "桥。"), 1, lead=lead("/zb/71.jhtml")
        ),
        capture(
            Kind.NOTICE, "/zb/72.jhtml", article("甲县二桥公告", "2051-06-03", "桥。"), 2, lead=lead("/zb/72.jhtml")
        ),
        capture(
            Kind.NOTICE, "/zb/73.jhtml", article("甲县三桥公告", "2014-06-04", "桥。"), 3, lead=lead("/zb/73.jhtml")
        ),
    ]
    archive = archive_of(tmp_path, [pages])
    for make in (derive, rebuild):
        make(engine, archive)
        with engine.connect() as connection:
            days = connection.execute(select(t.postings.c.title, t.postings.c.published_on)).all()
            told = connection.execute(select(t.problems.c.url, t.problems.c.step, t.problems.c.capture)).all()
        assert {title: str(day) for title, day in days} == {
            "甲县一桥公告": "2013-06-03",
            "甲县二桥公告": "2014-06-03",
            "甲县三桥公告": "2014-06-04",
        }
        assert {(row.url[-8:], row.step) for row in told} == {("71.jhtml", "doubt"), ("72.jhtml", "doubt")}
        assert {row.capture for row in told} == {pages[0].id, pages[1].id}


def test_an_unreadable_page_is_a_problem_that_names_its_capture(engine: Engine, tmp_path: Path) -> None:
    """Nothing that cannot be read disappears: the capture and the reason are a row."""
    captures = scene()
    derive(engine, archive_of(tmp_path, [captures]))
    with engine.connect() as connection:
        found = [(row.capture, row.step, row.url) for row in connection.execute(select(t.problems))]
    assert found == [(captures[9].id, "read", "http://portal.test/zb/9.jhtml")]


@pytest.mark.parametrize("seed", range(4))
def test_order_and_batches_never_matter(
    engine: Engine, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any order of the captures, in any batches, over any number of files, gives the same tables."""
    monkeypatch.setattr(module, "BATCH", 100)
    derive(engine, archive_of(tmp_path / "straight", [scene()]))
    runs = {"captures", "runs"}  # where a record lies differs by construction
    expected = tables_of(engine, {"cursors", *runs})
    shuffled = scene()
    random.Random(seed).shuffle(shuffled)
    monkeypatch.setattr(module, "BATCH", 1 + seed)
    rebuild(engine, archive_of(tmp_path / "shuffled", [shuffled[:5], shuffled[5:]]))
    assert tables_of(engine, {"cursors", *runs}) == expected


def test_rebuild_gives_the_same_tables(engine: Engine, tmp_path: Path) -> None:
    """Derived bit by bit as runs came, or anew from the WARC files: equal, and a second derive changes nothing."""
    captures = scene()
    archive = archive_of(tmp_path, [captures[:4]])
    derive(engine, archive)
    archive_of_more = archive_of(tmp_path / "more", [captures[:4], captures[4:]])
    for name in archive_of_more.files():
        if name not in archive.files():
            (archive_of_more.folder / name).rename(archive.folder / name)
    derive(engine, archive)
    step_by_step = tables_of(engine, ())
    derive(engine, archive)
    assert tables_of(engine, ()) == step_by_step
    rebuild(engine, archive)
    assert tables_of(engine, ()) == step_by_step


def test_a_rebuild_under_another_hash_seed_is_the_same(tmp_path: Path) -> None:
    """No table depends on the order of a set: processes with other hash seeds make the same rows."""
    # Two spellings of one duration: a set of them begins with either.
    twice = "一、工期：90日历天。|二、计划工期：90天（日历天）。|三、建设工期：九十日历天。|四、施工工期：90个日历天。"
    rows = [(f"/zb/{n}0.jhtml", f"甲县{name}小学操场施工招标公告", "2014-06-03") for n, name in enumerate("东西南北")]
    pages = [
        capture(Kind.NOTICE, row[0], article(row[1], row[2], twice + f"|五、{row[1]}"), 20 + n, lead=lead(*row))
        for n, row in enumerate(rows)
    ]
    archive_of(tmp_path, [scene(), pages])
    said = {
        subprocess.run(
            [sys.executable, "-m", "tests.storage.derive.rebuilding_process", str(tmp_path)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
    assert "duration_days" in said.pop().decode()


def test_maintained_counts_agree_with_a_recount(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cube that is kept in step, batch by batch, is the cube that a full recount gives."""
    monkeypatch.setattr(module, "BATCH", 2)
    derive(engine, archive_of(tmp_path, [scene()]))
    with engine.connect() as connection:
        assert count(engine, "postings") == 6
        assert differences(connection) == []


def test_a_changed_declaration_reads_the_archive_anew(engine: Engine, tmp_path: Path) -> None:
    """The newest archived declaration is what all captures are read with; its pace alone changes nothing."""
    captures = scene()
    archive = archive_of(tmp_path, [captures])
    derive(engine, archive)
    changed = DECLARATION.replace(
        'key = "zhb"\nname = "中标公告"\npath = "/zhb/index.jhtml"\nbucket = "tender_and_award"',
        'key = "zhb"\nname = "动态"\npath = "/zhb/index.jhtml"\nbucket = "industry_news"',
    )
    assert changed != DECLARATION
    late = archive_of(tmp_path / "late", [[], []], changed)
    (late.folder / late.files()[1]).rename(archive.folder / late.files()[1])
    derive(engine, archive)
    with engine.connect() as connection:
        buckets = {(row.channel, row.bucket) for row in connection.execute(select(t.postings))}
    assert buckets == {("zb", "tender_and_award"), ("zhb", "industry_news")}


def test_a_capture_that_is_no_page_never_becomes_a_notice(engine: Engine, tmp_path: Path) -> None:
    """A block page after a good one leaves the posting as it was and is a problem of its own."""
    captures = scene()[:3]
    blocked = replace(captures[2], status=503, fetched_at=captures[2].fetched_at.replace(hour=9), id="f" * 32)
    derive(engine, archive_of(tmp_path, [[*captures, blocked]]))
    with engine.connect() as connection:
        rows = connection.execute(select(t.postings.c.capture, t.postings.c.revisions)).all()
        problems = connection.execute(select(t.problems.c.capture, t.problems.c.step)).all()
    assert [tuple(row) for row in rows] == [(captures[2].id, 1), (captures[2].id, 1)]
    assert [tuple(row) for row in problems] == [("f" * 32, "judge")]
