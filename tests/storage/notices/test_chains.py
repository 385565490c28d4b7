"""Facts and chains in the tables: the same after every rebuild, in any order, however they were stored."""

import random
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, insert, select, update

from pipeline.likeness import chains as rules
from pipeline.model import Capture, Kind
from pipeline.tender.facts import Fact, FactName, Tender
from storage.derive import run as derive_module
from storage.derive.run import derive, rebuild
from storage.notices import captures_at_hand as shelf
from storage.notices import chains as module
from storage.notices.chains import refresh_chains
from storage.queries.chains import chains
from storage.queries.postings import Filters
from storage.queries.records import Match, RecordKind, record
from storage.tables import core as t
from storage.tables.chains import chain_keys, chain_members
from storage.tables.facts import facts
from tests.storage.deriving import archive_of, article, capture, lead, listing, tables_of
from tests.storage.rows import posting

NAME = "甲县中学综合楼"
STEPS = [
    ("招标公告", "2014-06-03", "项目编号：JXZX-2014-018|招标人：甲县教育局|招标控制价：1300000元"),
    ("招标更正公告", "2014-06-10", "项目编号：JXZX-2014-018|招标人：甲县教育局|开标时间改为2014年7月1日。"),
    ("中标候选人公示", "2014-07-02", "项目编号：JXZX-2014-018|第一名：甲建筑有限公司，投标报价1234567元。"),
    (
        "中标结果公告",
        "2014-07-08",
        "项目编号：JXZX-2014-018|招标人：甲县教育局|中标人：甲建筑有限公司|中标价：1234567元",
    ),
]


def scene() -> list[Capture]:
    """A project in two sections, its call once more in the other one, and another project of the same template."""
    found = []
    for number, (stage, day, body) in enumerate(STEPS):
        for name in (NAME, "乙县中学综合楼"):
            path = f"/zb/{number}{int(name != NAME)}.jhtml"
            text = body.replace("JXZX-2014-018", "JXZX-2014-018" if name == NAME else "YXZX-2014-112")
            text = text.replace("甲县", name[:2])
            row = lead(path, f"{name}施工{stage}", day)
            page = article(f"{name}施工{stage}", day, text)
            found.append(capture(Kind.NOTICE, path, page, 10 * number + (name != NAME), "zb", row))
    again = lead("/zhb/again.jhtml", f"{NAME}施工招标公告", "2014-06-04")
    page = article(f"{NAME}施工招标公告", "2014-06-04", STEPS[0][2])
    found.append(capture(Kind.NOTICE, "/zhb/again.jhtml", page, 70, "zhb", again))
    return found


def test_a_derived_project_is_one_chain(engine: Engine, tmp_path: Path) -> None:
    """Call, correction, candidates and result of a project, and the call's repost, are one chain, its twin another."""
    derive(engine, archive_of(tmp_path, [scene()]))
    with engine.connect() as connection:
        found = list(chains(connection, Filters()))
        assert sorted(len(chain.notices) for chain in found) == [4, 5]
        chain = next(chain for chain in found if len(chain.notices) == 5)
        assert [str(notice.published_on) for notice in chain.notices] == [
            *("2014-06-03", "2014-06-04", "2014-06-10", "2014-07-02", "2014-07-08")
        ]
        call, repost, correction, candidates, result = chain.notices
        assert call.document == repost.document
        assert set(correction.supersedes) == {call.posting, repost.posting}
        assert result.supersedes == (candidates.posting,)
        assert "JXZX-2014-018" in result.why
        assert {fact.name: fact.value for fact in result.facts}[FactName.WINNER] == "甲建筑有限公司"
        assert len(chain.processes) == 1
        assert [one.id for one in chains(connection, Filters(channel="zhb"))] == [chain.id]
        lists = {one.name: one for one in record(connection, Match(RecordKind.POSTING, result.posting, "")).lists}
        assert [row[5] for row in lists["chain"].rows] == [notice.posting for notice in chain.notices]
        assert lists["facts"].rows


def test_a_page_in_two_sections_states_the_same(engine: Engine, tmp_path: Path) -> None:
    """Postings of one page have the same facts, each its own rows."""
    captures = scene()[:1]
    row = captures[0].visit.lead
    assert row is not None
    path = row.url.removeprefix("http://portal.test")
    rows_ = [(path, row.title, "2014-06-03"), ("/zhb/8.jhtml", "丁县公园中标公告", "2014-06-05")]
    more = capture(Kind.LISTING, "/zhb/index.jhtml", listing(rows_, 2), 1, "zhb")
    derive(engine, archive_of(tmp_path, [[*captures, more]]))
    with engine.connect() as connection:
        rows = connection.execute(select(facts).order_by(facts.c.posting, facts.c.number)).all()
    by_posting: dict[str, list[tuple]] = {}
    for row_ in rows:
        by_posting.setdefault(row_.posting, []).append(tuple(row_)[1:])
    assert len(by_posting) == 2
    first, second = by_posting.values()
    assert first == second
    assert first


@pytest.mark.parametrize("seed", range(3))
def test_order_batches_and_rebuilds_give_the_same(
    engine: Engine, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Captures in any order, in any batches, step by step or anew: equal facts and chains."""
    derive(engine, archive_of(tmp_path / "straight", [scene()]))
    skip = {"captures", "runs", "cursors"}
    expected = tables_of(engine, skip)
    shuffled = scene()
    random.Random(seed).shuffle(shuffled)
    monkeypatch.setattr(derive_module, "BATCH", 1 + seed)
    archive = archive_of(tmp_path / "shuffled", [shuffled[:4], shuffled[4:]])
    rebuild(engine, archive)
    assert tables_of(engine, skip) == expected
    monkeypatch.undo()
    rebuild(engine, archive)
    assert tables_of(engine, skip) == expected


def test_contradictions_are_problems_of_the_capture(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What contradicts itself in a notice is a row, once for a page that stands in two sections, and goes with it."""
    fact = Fact(FactName.AWARD, "1", 0, 1)
    monkeypatch.setattr("pipeline.reading.tender_of", lambda notice, kind: Tender((fact,), ("大写与小写不符",)))
    monkeypatch.setattr(shelf, "tender_of", lambda notice, kind: Tender((fact,), ("大写与小写不符",)))
    captures = scene()[:2]
    derive(engine, archive_of(tmp_path, [captures]))
    with engine.connect() as connection:
        problems = connection.execute(select(t.problems.c.capture, t.problems.c.step, t.problems.c.reason)).all()
    assert sorted(map(tuple, problems)) == sorted((one.id, "tender", "大写与小写不符") for one in captures)


# --- the incremental upkeep, against making all anew -----------------------------------------------------------------


STAGES = ("tender_notice", "correction", "termination", "award_candidates", "award_result")


def random_posting(source: random.Random, number: int) -> dict:
    """A posting of one of a few projects that are easily confused."""
    name = source.choice(["甲县中学综合楼", "甲县中学综合楼监理", "乙县中学综合楼", "办公用品", "甲县道路一标段"])
    day = f"2014-{source.randint(1, 12):02}-{source.randint(1, 28):02}"
    kind = source.choice(STAGES)
    title = f"{name}{source.choice(['招标公告', '(二次)招标公告', '中标公告', '更正公告'])}"
    text = source.choice(["same", str(number)])
    return posting(f"p{number:03}", title, day, notice_type=kind, fingerprint=f"{title} {text}", lot="", round="")


def random_facts(source: random.Random, id_: str) -> list[dict]:
    values = [
        ("project_no", source.choice(["JXZX-2014-018", "JXZX-2014-019", ""])),
        ("buyer", source.choice(["甲局", ""])),
    ]
    common = {"kind": "", "grp": 0, "place": "text", "start": 0, "end": 1, "rule": ""}
    return [
        {"posting": id_, "number": n, "name": name, "value": value, **common}
        for n, (name, value) in enumerate(values, 1)
        if value
    ]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys become too common early, so that crossing the limit is met."""
    monkeypatch.setattr(module, "MOST_SHARING", 5)
    monkeypatch.setattr(rules, "MOST_SHARING", 5)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(6))
def test_upkeep_agrees_with_making_all_anew(engine: Engine, seed: int) -> None:
    """Postings that come, change and go in batches leave the chains that all that are left give at once."""
    source = random.Random(seed)
    number = 0
    for _ in range(8):
        with engine.begin() as connection:
            known = list(connection.scalars(select(t.postings.c.id).order_by(t.postings.c.id)))
            gone = source.sample(known, min(len(known), source.randint(0, 3)))
            new = [random_posting(source, number + n) for n in range(source.randint(1, 5))]
            number += len(new)
            kept = [id_ for id_ in known if id_ not in gone]
            changed = source.sample(kept, min(len(kept), 2))
            for id_ in changed:
                row = random_posting(source, int(id_[1:]))
                connection.execute(update(t.postings).where(t.postings.c.id == id_).values(row))
            connection.execute(delete(t.postings).where(t.postings.c.id.in_(gone)))
            connection.execute(insert(t.postings), new)
            touched = [row["id"] for row in new] + changed
            connection.execute(delete(facts).where(facts.c.posting.in_([*gone, *touched])))
            for id_ in touched:
                if rows := random_facts(source, id_):
                    connection.execute(insert(facts), rows)
            refresh_chains(connection, touched, gone)
    upkept = (tables_of(engine)["chain_members"], tables_of(engine)["chain_keys"])
    with engine.begin() as connection:
        connection.execute(delete(chain_members))
        connection.execute(delete(chain_keys))
        refresh_chains(connection, list(connection.scalars(select(t.postings.c.id))), ())
    assert (tables_of(engine)["chain_members"], tables_of(engine)["chain_keys"]) == upkept
    assert upkept[0]
