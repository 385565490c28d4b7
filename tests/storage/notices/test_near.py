"""Near-duplicates in the tables: the same documents in every order, other portals change nothing, people override."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest
from sqlalchemy import Engine, func, select

from pipeline.classify.review import Review, ReviewKind, review_text, same_subject
from pipeline.model import Capture, Kind, Outcome, RunEnd, RunStart, Visit
from storage.archive import Archive
from storage.counts.cube import differences
from storage.derive import run as module
from storage.derive.run import derive, rebuild
from storage.notices import candidates as near_faces
from storage.queries.records import Match, RecordKind, record
from storage.tables import core as t
from storage.tables.likeness import doubtful_merges, faces, merges
from tests.storage.deriving import BEGIN, DECLARATION, article, lead, tables_of

PARTS = (
    "一、招标条件：本项目已由甲县发展和改革局批准建设，资金已落实，项目编号为JX2014-0{n}03。",
    "二、建设规模：道路全长{n}.25公里，路基宽7.5米，配套给排水管网2{n}00米，计划投资46587{n}3.00元。",
    "三、投标截止时间为2014年6月2{n}日9时30分，地点为甲县公共资源交易中心开标室，逾期送达的不予受理。",
    "四、联系人：周某，电话：0891-1234567",
)


def page(name: str, n: int, day: int, changed: tuple[str, str] = ("", "")) -> str:
    """A notice about a project; `changed` is what its editor wrote otherwise."""
    body = "|".join(PARTS).format(n=n).replace(*changed) if changed[0] else "|".join(PARTS).format(n=n)
    return article(f"{name}施工招标公告", f"2014-06-{day:02}", body)


def notice(source: str, path: str, body: str, minute: int, channel: str = "zb") -> Capture:
    url = f"http://{source}.test{path}"
    visit = Visit(source, channel, Kind.NOTICE, url, replace(lead(path), url=url, published=""), run="")
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    id_ = uuid5(NAMESPACE_URL, f"{source} {path} {minute} {channel}").hex
    return Capture(visit, BEGIN + timedelta(minutes=minute), 200, headers, body.encode(), id_)


def archive_in(root: Path, captures: list[Capture]) -> Archive:
    """One run for each source; the portals are declared alike."""
    archive = Archive(root)
    for number, source in enumerate(sorted({one.visit.source for one in captures})):
        started = BEGIN + timedelta(days=number)
        declaration = DECLARATION.replace("portal.test", f"{source}.test")
        with archive.writer(
            RunStart(f"{started:%Y%m%dT%H%M%SZ}-{source}-000000", source, started, "full", declaration)
        ) as w:
            for one in captures:
                if one.visit.source == source:
                    w.add(one)
            w.end(RunEnd(f"{started:%Y%m%dT%H%M%SZ}-{source}-000000", started, Outcome.COMPLETE, "walked"))
    return archive


PHONE = ("0891-1234567", "13900000001")
OTHER = ("46587", "56587")


def scene() -> list[Capture]:
    """Two portals: reposts near and exact, siblings, a crowd under one name, revisions that join and part."""
    road, bridge = "甲县乙路道路改造工程（一标段）", "甲县丙河大桥新建工程"
    captures = [
        notice("here", "/zb/1.jhtml", page(road, 1, 3), 1),
        notice("here", "/zb/2.jhtml", page(road, 1, 4, PHONE), 2),
        notice("here", "/zhb/3.jhtml", page(road, 1, 5), 3, "zhb"),
        notice("here", "/zb/4.jhtml", page(road.replace("一标段", "二标段"), 1, 3), 4),
        notice("here", "/zb/5.jhtml", page(road, 1, 3, OTHER), 5),
        notice("there", "/zb/1.jhtml", page(road, 1, 4, PHONE), 6),
        notice("there", "/zb/2.jhtml", page("某某招标公司关于" + road, 1, 4), 7),
        notice("here", "/zb/6.jhtml", page(bridge, 2, 9), 8),
        notice("here", "/zb/7.jhtml", page(bridge, 2, 9, OTHER), 9),
        notice("here", "/zb/7.jhtml", page(bridge, 2, 9, PHONE), 10),  # says the same since
        notice("here", "/zb/8.jhtml", page(bridge, 2, 10), 11),
        notice("here", "/zb/8.jhtml", page(bridge, 2, 10, ("7.5米", "9.5米")), 12),  # and this one no longer
        notice("there", "/zb/8.jhtml", page(bridge, 2, 8), 13),
    ]
    crowd = "甲县农村公路养护工程采购"
    captures += [
        notice("here", f"/zb/{20 + n}.jhtml", page(crowd, 3, 12, ("46587", f"4{n}587")), 20 + n) for n in range(6)
    ]
    captures += [notice("here", f"/zb/{30 + n}.jhtml", page(crowd, 3, 12, PHONE), 30 + n) for n in range(2)]
    return captures


@pytest.fixture(autouse=True)
def _small_crowds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_faces, "CROWD", 5)


PLACES = {"cursors", "runs", "captures"}  # where a record lies differs by construction


def documents(engine: Engine, source: str) -> set[frozenset[str]]:
    """The documents of a source as the paths of their postings."""
    found: dict[str, set[str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(select(t.postings).where(t.postings.c.source == source)):
            found.setdefault(row.document, set()).add(row.key.removeprefix(f"{source}.test").removesuffix(".jhtml"))
    return {frozenset(paths) for paths in found.values()}


def id_of(engine: Engine, source: str, path: str) -> str:
    with engine.connect() as connection:
        return connection.scalar(select(t.postings.c.id).where(t.postings.c.key == f"{source}.test{path}.jhtml"))


def test_near_reposts_of_a_source_are_one_document(engine: Engine, tmp_path: Path) -> None:
    """Reposts join, lots and other amounts do not, a revision joins or parts; counts agree with a recount."""
    derive(engine, archive_in(tmp_path, scene()))
    ours = documents(engine, "here")
    assert {frozenset({"/zb/1", "/zb/2", "/zhb/3"}), frozenset({"/zb/6", "/zb/7"})} <= ours
    assert {frozenset({path}) for path in ("/zb/4", "/zb/5", "/zb/8")} <= ours
    with engine.connect() as connection:
        assert differences(connection) == []
        linked = connection.scalar(select(func.count()).select_from(merges).where(merges.c.cross_source.is_(True)))
        assert connection.scalar(select(func.count()).select_from(t.documents)) == len(ours) + len(
            documents(engine, "there")
        )
    assert linked >= 3


@pytest.mark.parametrize("seed", range(6))
def test_order_and_batches_give_the_same_documents(
    engine: Engine, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever comes first, in batches of any size, in one derive or in two: the same tables."""
    derive(engine, archive_in(tmp_path / "straight", scene()))
    expected = tables_of(engine, PLACES)
    shuffled = scene()
    random.Random(seed).shuffle(shuffled)
    monkeypatch.setattr(module, "BATCH", 1 + 3 * (seed % 3))
    rebuild(engine, archive_in(tmp_path / "shuffled", shuffled))
    assert tables_of(engine, PLACES) == expected
    with engine.connect() as connection:
        assert differences(connection) == []


def test_another_portal_changes_no_document(engine: Engine, tmp_path: Path) -> None:
    """A portal's documents and counts are the same with and without the other one in the archive."""
    derive(engine, archive_in(tmp_path / "both", scene()))
    both = documents(engine, "here")
    counts = [row for row in tables_of(engine)["counts"] if "here" in row]
    rebuild(engine, archive_in(tmp_path / "alone", [one for one in scene() if one.visit.source == "here"]))
    assert documents(engine, "here") == both
    assert [row for row in tables_of(engine)["counts"] if "here" in row] == counts


def test_a_crowd_under_one_name_is_not_compared_by_name(engine: Engine, tmp_path: Path) -> None:
    """Many announcements of one name on one day: the name tells nothing, equal figures still do."""
    derive(engine, archive_in(tmp_path, scene()))
    ours = documents(engine, "here")
    assert frozenset({"/zb/30", "/zb/31"}) in ours
    assert all(frozenset({f"/zb/{20 + n}"}) in ours for n in range(6) if n != 6)


SAID = (
    "",
    "本公告附件为招标文件。",
    "资金来源为县级财政资金及上级补助资金，招标人为甲县住房和城乡建设局，欢迎参加投标。",
)
CHANGES = (
    ("", ""),
    PHONE,
    OTHER,
    ("7.5米", "9.5米"),
    ("周某", "吴某"),
    ("给排水管网", "及沿线给排水管网"),
    ("9时30分", "9:30"),
)


def random_scene(chance: random.Random) -> list[Capture]:
    """Twenty captures of a few notices under a few names, with and without texts, on two portals."""
    names = ("甲县乙路道路改造工程", "丙市甲县乙路道路改造工程", "甲县乙路道路改造工程监理", "甲县丙河大桥新建工程")
    found = []
    for minute in range(20):
        name, day = chance.choice(names), chance.randint(3, 6)
        silent = article(f"{name}施工招标公告", f"2014-06-{day:02}", chance.choice(SAID))
        body = silent if chance.random() < 0.35 else page(name, chance.choice((1, 1, 2)), day, chance.choice(CHANGES))
        where = chance.choice(("here", "here", "there")), f"/zb/{chance.randint(1, 14)}.jhtml"
        found.append(notice(*where, body, minute, chance.choice(("zb", "zb", "zhb"))))
    return found


@pytest.mark.parametrize("seed", [204, 205, 206])
def test_any_scene_gives_the_same_documents_in_any_order(
    engine: Engine, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever two portals post and change, doubtful pairs, crowds and chains included, order never matters."""
    monkeypatch.setattr(near_faces, "CROWD", 3)
    captures = random_scene(random.Random(seed))
    derive(engine, archive_in(tmp_path / "straight", captures))
    expected = tables_of(engine, PLACES)
    random.Random(seed).shuffle(captures)
    monkeypatch.setattr(module, "BATCH", 1 + seed % 3)
    rebuild(engine, archive_in(tmp_path / "shuffled", captures))
    assert tables_of(engine, PLACES) == expected
    with engine.connect() as connection:
        assert differences(connection) == []


def decide(archive: Archive, pair: tuple[str, str], value: str, minute: int) -> None:
    at = datetime(2026, 1, 1, 0, minute, tzinfo=UTC)
    review = Review(ReviewKind.SAME, same_subject(*pair), value, "王某", at, "看过原件")
    run = f"{at:%Y%m%dT%H%M%SZ}-here-{minute:06}"
    with archive.writer(RunStart(run, "here", at, "review", DECLARATION.replace("portal.test", "here.test"))) as writer:
        visit = Visit("here", "", Kind.REVIEW, f"urn:duizhang:review:{uuid4()}", run=run)
        writer.add(Capture(visit, at, 200, (), review_text(review).encode(), uuid4().hex))
        writer.end(RunEnd(run, at, Outcome.COMPLETE, "brought"))


def test_people_override_the_rules(engine: Engine, tmp_path: Path) -> None:
    """A pair that a person tells apart is two documents, one that he joins is one; rebuilt and taken back as well."""
    archive = archive_in(tmp_path, scene())
    derive(engine, archive)
    before = tables_of(engine)
    near, copy, amount = (id_of(engine, "here", path) for path in ("/zb/2", "/zhb/3", "/zb/5"))
    first = id_of(engine, "here", "/zb/1")
    decide(archive, (first, near), "different", 1)
    decide(archive, (first, copy), "different", 2)
    decide(archive, (near, amount), "same", 3)
    derive(engine, archive)
    assert {frozenset({"/zb/1"}), frozenset({"/zb/2", "/zb/5"}), frozenset({"/zhb/3"})} <= documents(engine, "here")
    after = tables_of(engine)
    with engine.connect() as connection:
        assert differences(connection) == []
        told = connection.execute(select(merges).where(merges.c.decided_by == "review")).one()
        assert "王某" in told.reason
    rebuild(engine, archive)
    assert tables_of(engine) == after
    for minute, pair in enumerate(((first, near), (first, copy), (near, amount)), 4):
        decide(archive, pair, "", minute)
    derive(engine, archive)
    for name in ("postings", "documents", "counts", "merges", "doubtful_merges", "faces"):
        assert tables_of(engine)[name] == before[name], name


def test_a_posting_shows_why_it_was_merged(engine: Engine, tmp_path: Path) -> None:
    """The record lists the merges with their reasons and the other portal's postings."""
    derive(engine, archive_in(tmp_path, scene()))
    with engine.connect() as connection:
        found = record(connection, Match(RecordKind.POSTING, id_of(engine, "here", "/zb/2"), ""))
        lists = {one.name: one for one in found.lists}
        document = connection.scalar(select(t.postings.c.document).where(t.postings.c.id == found.id))
        of_document = {one.name: one for one in record(connection, Match(RecordKind.DOCUMENT, document, "")).lists}
    assert any("layout" in str(row) for row in lists["merges"].rows)
    assert any("there" in row for row in lists["elsewhere"].rows)
    assert len(of_document["merges"].rows) >= 2
    assert of_document["elsewhere"].rows


def test_only_representatives_are_compared(engine: Engine, tmp_path: Path) -> None:
    """What repeats word for word is no face: a thousand copies cost one comparison."""
    copies = [notice("here", f"/zb/{n}.jhtml", page("甲县丁路工程", 1, 1 + n % 9), n) for n in range(40)]
    derive(engine, archive_in(tmp_path, copies))
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(faces)) == 1
        assert connection.scalar(select(func.count()).select_from(merges)) == 39
        assert connection.scalar(select(func.count()).select_from(doubtful_merges)) == 0
    assert len(documents(engine, "here")) == 1
