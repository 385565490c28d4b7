"""People's decisions: kept in the archive and the table, applied at once, outliving rebuilds and a lost database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, delete, insert, select

from pipeline.classify.review import Review, ReviewKind, review_in, review_text, same_subject
from pipeline.model import Bucket, Capture, Definition, Kind, Outcome, RunEnd, RunStart, Unreadable, Visit
from storage.archive import Archive
from storage.counts.cube import differences
from storage.derive.run import derive, rebuild
from storage.notices.reviews import record_review
from storage.queries.counts import counts_by
from storage.queries.explain import ledger_differences
from storage.queries.postings import Filters
from storage.queries.review import decisions, doubts, reviewed_in
from storage.tables import core as t
from storage.tables.likeness import doubtful_merges
from storage.tables.reviews import reviews
from tests.storage.derive.knowing import at, causes
from tests.storage.deriving import DECLARATION, archive_of, article, capture, lead, tables_of
from tests.storage.rows import posting, store

MIXED = DECLARATION.replace('name = "中标公告"', 'name = "其他"').replace(
    'path = "/zhb/index.jhtml"\nbucket = "tender_and_award"', 'path = "/zhb/index.jhtml"\nbucket = "undecided"'
)
TEXT = "一、招标条件：本项目已批准建设，资金已落实，招标人为甲县教育局，工期180日历天。"


def scene(root: Path) -> Archive:
    """A tender, and a page of a section of mixed content whose title tells nothing."""
    odd = capture(
        Kind.NOTICE, "/zhb/2.jhtml", article("甲县乙路工程", "2014-06-04", TEXT + "二"), 2, "zhb", lead("/zhb/2.jhtml")
    )
    plain = capture(
        Kind.NOTICE, "/zb/1.jhtml", article("甲县中学施工招标公告", "2014-06-03", TEXT), 1, lead=lead("/zb/1.jhtml")
    )
    return archive_of(root, [[plain, odd]], MIXED)


def decide(archive: Archive, review: Review) -> None:
    """The decision archived as the command archives it."""
    run = f"{review.at:%Y%m%dT%H%M%SZ}-portal-{uuid4().hex[:6]}"
    with archive.writer(RunStart(run, "portal", review.at, "review", MIXED)) as writer:
        visit = Visit("portal", "", Kind.REVIEW, f"urn:duizhang:review:{uuid4()}", run=run)
        headers = (("Content-Type", "application/json"),)
        writer.add(Capture(visit, review.at, 200, headers, review_text(review).encode(), uuid4().hex))
        writer.end(RunEnd(run, review.at, Outcome.COMPLETE, "brought"))


def about(id_: str, value: str, day: float = 30, by: str = "王某") -> Review:
    return Review(ReviewKind.CATEGORY, (id_,), value, by, at(day), "看过原件")


def row_of(engine: Engine, channel: str = "zhb"):
    with engine.connect() as connection:
        return connection.execute(select(t.postings).where(t.postings.c.channel == channel)).one()


def test_a_decision_is_applied_at_once_and_outlives_a_rebuild(engine: Engine, tmp_path: Path) -> None:
    """Type, bucket and counts follow the decision, which is named with its day; a rebuild gives the same."""
    archive = scene(tmp_path)
    derive(engine, archive, now=at(1))
    before = row_of(engine)
    assert (before.notice_type, before.bucket) == ("undecidable", "undecided")
    decide(archive, about(before.id, "award_result"))
    derive(engine, archive, now=at(30))
    after = row_of(engine)
    assert (after.notice_type, after.type_rule) == ("award_result", "review: 王某 2015-02-04")
    assert after.bucket == "tender_and_award"
    tables = tables_of(engine)
    rebuild(engine, archive, now=at(31))
    assert tables_of(engine) == tables
    assert causes(engine)[2:] == [("甲县乙路工程", "reviewed")]
    with engine.connect() as connection:
        assert differences(connection) == []
        assert reviewed_in(connection, Filters(year=2014)) == 1
        assert len(connection.execute(select(reviews)).all()) == 1


def test_a_decision_outlives_a_lost_database(engine: Engine, tmp_path: Path) -> None:
    """With nothing but the WARC files left, the decision is in the kept table again and applied."""
    archive = scene(tmp_path)
    derive(engine, archive, now=at(1))
    id_ = row_of(engine).id
    decide(archive, about(id_, "award_result/notice"))
    decide(archive, about(id_, "contract", day=40, by="李某"))
    derive(engine, archive, now=at(41))
    tables = tables_of(engine)
    with engine.begin() as connection:
        connection.execute(delete(reviews))
    rebuild(engine, archive, now=at(50))
    assert tables_of(engine) == tables
    assert (row_of(engine).notice_type, row_of(engine).type_rule) == ("contract", "review: 李某 2015-02-14")
    with engine.connect() as connection:
        assert [one.value for one in decisions(connection)] == ["contract", "award_result/notice"]
        assert [one.in_force for one in decisions(connection)] == [True, False]


def test_a_decision_is_taken_back(engine: Engine, tmp_path: Path) -> None:
    """An empty value: what the rules say stands again."""
    archive = scene(tmp_path)
    derive(engine, archive, now=at(1))
    before = row_of(engine)
    decide(archive, about(before.id, "award_result"))
    derive(engine, archive, now=at(30))
    decide(archive, about(before.id, "", day=31))
    derive(engine, archive, now=at(31))
    assert row_of(engine) == before
    assert [cause for _, cause in causes(engine)[2:]] == ["reviewed", "reviewed"]


def test_a_bucket_that_is_named_wins(engine: Engine, tmp_path: Path) -> None:
    """A person can put a posting under a line of the report whatever its section says."""
    archive = scene(tmp_path)
    derive(engine, archive, now=at(1))
    decide(archive, about(row_of(engine, "zb").id, "notice/notice"))
    derive(engine, archive, now=at(30))
    row = row_of(engine, "zb")
    assert (row.bucket, row.bucket_rule) == (Bucket.NOTICE, "review: 王某 2015-02-04")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000,
        review_text(about("a", "colour")).encode(),
        review_text(about("a", "contract/colour")).encode(),
        review_text(about("a b", "contract")).encode(),
        review_text(about("a", "contract", by="x" * 501)).encode(),
        review_text(about("a", "contract")).replace("+00:00", "").encode(),
        review_text(Review(ReviewKind.SAME, ("a", "b"), "perhaps", "x", at(1))).encode(),
    ],
)  # fmt: skip
def test_what_is_no_decision_is_refused(body: bytes) -> None:
    """A text that keeps no decision is named as such, never half applied."""
    with pytest.raises(Unreadable):
        review_in(body)


def test_a_decision_is_read_back_as_it_was() -> None:
    """All fields come back, for every kind."""
    for review in (
        about("a", "contract/notice"),
        Review(
            ReviewKind.SAME, same_subject("b", "a"), "different", "某人", datetime(2026, 1, 1, 1, 2, 3, 4, tzinfo=UTC)
        ),
        Review(ReviewKind.MAPPING, ("c" * 32, "4"), '{"year": 2014}', "x", at(1)),
        Review(ReviewKind.CATEGORY, ("a",), "contract", "x", at(1), "", ("http://portal.test/zb/QkNE.jhtml",)),
    ):
        assert review_in(review_text(review).encode()) == review


def test_an_unreadable_decision_is_a_problem(engine: Engine, tmp_path: Path) -> None:
    """It changes nothing and names its capture."""
    archive = scene(tmp_path)
    with archive.writer(RunStart("20160101T000000Z-portal-1", "portal", at(300), "review", MIXED)) as writer:
        writer.add(Capture(Visit("portal", "", Kind.REVIEW, "urn:x"), at(300), 200, (), b"{}", "e" * 32))
    derive(engine, archive, now=at(301))
    with engine.connect() as connection:
        problems = connection.execute(select(t.problems.c.capture, t.problems.c.step)).all()
    assert [tuple(row) for row in problems] == [("e" * 32, "review")]


def test_doubts_come_in_the_order_of_what_they_move(engine: Engine) -> None:
    """Years with a report first, then what moves a line of the report, then the larger group."""
    rows = [
        *(posting(f"e{n}", f"甲县第{n}号工程公告", type_rule="title: 公告") for n in range(5)),
        *(posting(f"u{n}", "甲县乙路工程", bucket="undecided", bucket_rule="none", type_rule="none") for n in range(2)),
        *(
            posting(f"x{n}", "甲县乙路工程", "2015-02-03", type_rule="none", notice_type="undecidable")
            for n in range(9)
        ),
        posting("n1", "甲县某工程招标公告", "2014-01-01", type_rule="channel: xw", notice_type="industry_news"),
        posting("n2", "甲县召开会议", "2014-01-01", type_rule="channel: xw", notice_type="industry_news"),
        posting("r1", "甲县乙路工程", type_rule="review: 某 2015-01-01", notice_type="award_notice_unspecified"),
        posting("ok"),
        *(posting(f"p{n}", "甲县丙路工程招标公告") for n in range(3)),
    ]
    with engine.begin() as connection:
        store(connection, *rows)
        pairs = [{"a": "p0", "b": other, "reason": "dates differ"} for other in ("p1", "p2")]
        connection.execute(
            insert(doubtful_merges), [{**pair, "is_alike": False, "decided_by": "rule"} for pair in pairs]
        )
        record_review(connection, Review(ReviewKind.SAME, ("p0", "p2"), "different", "某", at(0)))
        report = {"id": "r", "source": "alpha", "name": "r", "year": 2014, "issuer": "", "sums": []}
        report |= {column.name: [] for column in t.reports.c if column.name == "checks"}
        connection.execute(insert(t.reports), report | {"archived_at": at(0)})
        found = doubts(connection, Filters(), limit=100)
        few = doubts(connection, Filters(year=2014), limit=3)
    assert [(one.doubt, one.year, one.n, one.claimed) for one in found.groups] == [
        ("bucket_undecided", 2014, 2, True),
        ("merge", 2014, 1, True),
        ("mere_ending", 2014, 5, True),
        ("channel_against_title", 2014, 1, True),
        ("type_undecidable", 2015, 9, False),
    ]
    assert found.total == len(found.rows) == 18
    (pair,) = (row for row in found.rows if row.doubt == "merge")
    assert (pair.id, pair.other, pair.reason) == ("p0", "p1", "dates differ")
    assert pair.decide == "duizhang review p0 p1 --same|--different"
    assert {row.id for row in found.rows if row.doubt == "channel_against_title"} == {"n1"}
    assert (few.total, [row.id for row in few.rows]) == (9, ["u0", "u1", "p0"])
    assert few.rows[0].decide.startswith("duizhang review u0 --type ")


def test_a_pair_that_a_person_parts_counts_twice(engine: Engine, tmp_path: Path) -> None:
    """A repost that a person calls different is a document of its own, by an event that says so; undone, it is none."""
    twice = [
        capture(
            Kind.NOTICE,
            f"/zb/{n}.jhtml",
            article("甲县中学招标公告", f"2014-06-0{n}", TEXT),
            n,
            lead=lead(f"/zb/{n}.jhtml"),
        )
        for n in (1, 2)
    ]
    archive = archive_of(tmp_path, [twice], MIXED)
    derive(engine, archive, now=at(1))
    with engine.connect() as connection:
        ids = sorted(connection.scalars(select(t.postings.c.id)))
        documents = [counts_by(connection, (), Filters(), Definition.DOCUMENTS).total]
    for number, value in enumerate(("different", ""), 2):
        decide(archive, Review(ReviewKind.SAME, same_subject(*ids), value, "王某", at(number)))
        derive(engine, archive, now=at(number))
        with engine.connect() as connection:
            documents.append(counts_by(connection, (), Filters(), Definition.DOCUMENTS).total)
            assert ledger_differences(connection) == []
            assert differences(connection) == []
    assert documents == [1, 2, 1]
    assert [cause for _, cause in causes(engine)[2:]] == ["reviewed", "reviewed"]
    tables = tables_of(engine)
    rebuild(engine, archive, now=at(9))
    assert tables_of(engine) == tables


def test_a_decision_before_its_posting_waits_for_it(engine: Engine, tmp_path: Path) -> None:
    """A decision that is read before the captures of its posting is applied when the posting is written."""
    archive = scene(tmp_path / "a")
    derive(engine, archive, now=at(1))
    id_ = row_of(engine).id
    early = about(id_, "award_result")
    early = Review(early.kind, early.subject, early.value, early.by, at(-40), early.note)
    decide(archive, early)  # its file comes first by name
    rebuild(engine, archive, now=at(30) + timedelta(hours=1))
    assert row_of(engine).notice_type == "award_result"
