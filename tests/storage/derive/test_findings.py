"""Findings from the tables: what is held under each way of counting, what is in doubt, what a crawl found, alerts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from pipeline.count.slices import Counting, DoubtKind, Scope, Slice, year_slice
from pipeline.model import Bucket, ChannelEnd, Definition, KeyArea, Kind, NoticeType, Outcome, RunEnd, RunStart
from pipeline.source.file import source_of
from storage.archive import Archive
from storage.counts.slices import holdings
from storage.derive.run import derive, rebuild
from storage.queries.difference import differences_of
from storage.queries.reports import report_rows
from storage.service.alerts import AlertKind, alert_rows, mark_seen, unseen
from storage.tables import core as t
from storage.tables.alerts import alerts
from tests.storage.deriving import BEGIN, DECLARATION, archive_of, article, capture, lead, listing
from tests.storage.rows import posting, store

ALPHA = source_of("alpha", DECLARATION.replace('key = "zb"', 'key = "zbgg"'))
YEAR = year_slice(Scope.PORTAL, 2014)
WATCHED = datetime(2014, 6, 1, tzinfo=UTC)
AFTER = datetime(2015, 1, 2, 4, tzinfo=UTC)


def coverage_row(channel: str, year: int, **values: Any) -> dict[str, Any]:
    row = {"source": "alpha", "channel": channel, "year": year, "seen": 1, "held": 1, "verdict": "clean"}
    return row | {"first_observed": WATCHED, "last_observed": AFTER} | values


def prepared(engine: Engine, *rows: dict[str, Any]) -> None:
    """An archive of `alpha` whose two sections were walked, before and after the end of 2014."""
    with engine.begin() as connection:
        store(connection, *rows)
        connection.execute(insert(t.coverage), [coverage_row(key, 0) for key in ("zbgg", "zhb")])
        pages = {"run": "r", "source": "alpha", "channel": "zbgg", "page": 1, "rows": 1}
        connection.execute(
            insert(t.listings),
            [{**pages, "capture": f"l{n}", "fetched_at": at} for n, at in enumerate((WATCHED, AFTER))],
        )


def doubts(engine: Engine, reading: Slice) -> dict[DoubtKind, tuple[int, int]]:
    with engine.connect() as connection:
        held = holdings(connection, ALPHA)(Counting(reading, Definition.POSTINGS))
    return {doubt.kind: (doubt.less, doubt.more) for doubt in held.doubts}


def count(
    engine: Engine, reading: Slice = YEAR, definition: Definition = Definition.POSTINGS, *, void: bool = True
) -> int:
    with engine.connect() as connection:
        return holdings(connection, ALPHA)(Counting(reading, definition, void)).count


def test_slices_of_the_cube(engine):
    """Months, sections, types and areas narrow; a cumulative slice has all years; undated ones are in none."""
    prepared(
        engine,
        posting("a", day="2014-03-05"),
        posting("b", day="2014-07-05", channel="zhb", notice_type="award_result", area="credit", areas="credit"),
        posting("c", day="2013-07-05"),
        posting("d", day=None),
    )
    assert count(engine) == 2
    assert count(engine, Slice(Scope.PORTAL, 0, 201412)) == 3
    assert count(engine, Slice(Scope.PORTAL, 201401, 201403)) == 1
    assert count(engine, Slice(Scope.PORTAL, 201401, 201412, channels=("zhb",))) == 1
    assert count(engine, Slice(Scope.PORTAL, 201401, 201412, types=(NoticeType.AWARD_RESULT,))) == 1
    assert count(engine, Slice(Scope.PORTAL, 201401, 201412, areas=(KeyArea.CREDIT,))) == 1


def test_void_ones_are_left_out_where_they_stand(engine):
    """Without void ones a page and a document count less only where the void posting stands for them."""
    prepared(
        engine,
        posting("a", document="d1"),
        posting("b", document="d1", void=True, day="2014-06-04"),
        posting("c", void=True),
    )
    assert [count(engine, definition=one) for one in Definition] == [3, 3, 2]
    assert [count(engine, definition=one, void=False) for one in Definition] == [1, 1, 1]


def test_days_around_the_end_of_the_year(engine):
    """Three days on either side may belong to the other year; further ones do not."""
    days = ("2014-01-03", "2014-01-04", "2014-12-28", "2014-12-29", "2015-01-03", "2015-01-04", "2013-12-31")
    prepared(engine, *(posting(f"p{day}", day=day) for day in days))
    assert doubts(engine, YEAR)[DoubtKind.YEARS_END] == (2, 2)


def test_late_ones_only_where_somebody_watched(engine):
    """First seen days after a list was read after the year is late, in a section that was watched before its end."""
    prepared(
        engine,
        posting("a", first_seen=AFTER + timedelta(days=9)),
        posting("b", first_seen=AFTER + timedelta(hours=9)),
        posting("c", channel="zhb", first_seen=AFTER + timedelta(days=9)),
    )
    assert doubts(engine, YEAR)[DoubtKind.LATE] == (1, 0)
    with engine.begin() as connection:
        connection.execute(update(t.coverage).values(first_observed=AFTER))
    assert DoubtKind.LATE not in doubts(engine, YEAR)


def test_withdrawn_ones(engine):
    """What is gone or unlisted now may not have been counted; what came back was."""
    prepared(engine, posting("a"), posting("b"), posting("c"))
    state = {"source": "alpha", "since": AFTER, "decided": AFTER, "capture": "", "run": "r", "reason": ""}
    steps = (("a", 1, "gone"), ("b", 1, "gone"), ("b", 2, "present"), ("c", 1, "unlisted"))
    with engine.begin() as connection:
        connection.execute(
            insert(t.states), [{**state, "posting": id_, "number": n, "state": word} for id_, n, word in steps]
        )
    assert doubts(engine, YEAR)[DoubtKind.WITHDRAWN] == (2, 0)


def test_doubtful_categories(engine):
    """中标公示 alone may be either kind, an undecidable one any, an undecided one may fall under any line."""
    prepared(
        engine,
        posting("a", notice_type="award_candidates"),
        posting("b", notice_type="award_notice_unspecified"),
        posting("c", notice_type="undecidable", bucket="undecided"),
        posting("d", area="affordable_housing", areas="affordable_housing,credit"),
    )
    candidates = Slice(Scope.PORTAL, 201401, 201412, types=(NoticeType.AWARD_CANDIDATES,))
    assert doubts(engine, candidates)[DoubtKind.CATEGORY] == (0, 2)
    tenders = year_slice(Scope.PORTAL, 2014, (Bucket.TENDER_AND_AWARD,))
    assert doubts(engine, tenders)[DoubtKind.CATEGORY] == (0, 1)
    credit = Slice(Scope.PORTAL, 201401, 201412, areas=(KeyArea.CREDIT,))
    assert doubts(engine, credit)[DoubtKind.SEVERAL_AREAS] == (0, 1)


# --- the whole way: captures in, findings out -------------------------------------------------------------------------

PARTS = DECLARATION.replace('name = "测试门户"', 'name = "某市建设网"')
OWN = source_of("portal", PARTS)
PUBLISHED = [(f"/zb/{n}.jhtml", f"甲县第{n}号路工程招标公告", f"2014-06-{n:02}") for n in range(1, 21)]
REPORT_TITLE = "某市住房和城乡建设局2014年政府信息公开工作年度报告"
REPORT_BODY = "2014年,我局通过某市建设网发布招标公告{}条。按照规定,现将本局信息公开工作情况报告如下。"


def pages(count: int = 20, minute: int = 0) -> list[Any]:
    """A walk of the list of tenders, and its notices."""
    rows = PUBLISHED[:count]
    walk = [capture(Kind.LISTING, "/zb/index.jhtml", listing(rows, len(rows)), minute)]
    for n, (path, title, day) in enumerate(rows, 1):
        body = f"{title}：经批准，现对第{n}号路{n * 1000}平方米路面工程进行公开招标，投标截止时间另行通知。"
        walk.append(capture(Kind.NOTICE, path, article(title, day, body), minute + n, lead=lead(path, title, day)))
    return walk


def report_page(claimed: int, minute: int = 50) -> Any:
    path = "/zhb/900.jhtml"
    page = article(REPORT_TITLE, "2015-01-04", REPORT_BODY.format(claimed))
    return capture(Kind.NOTICE, path, page, minute, channel="zhb", lead=lead(path, REPORT_TITLE, "2015-01-04"))


def walked(root: Path, captures: list[Any], rows: int = 20) -> Archive:
    """An archive of one run that walked the list of tenders to its end."""
    archive, name = Archive(root), "20150105T010000Z-portal-000000"
    ends = (ChannelEnd("zb", True, "last page (1)", 1, rows, rows, 1), ChannelEnd("zhb", True, "empty", 1, 0, 0, 1))
    with archive.writer(RunStart(name, "portal", BEGIN, "full", PARTS)) as writer:
        for one in captures:
            writer.add(one)
        writer.end(RunEnd(name, BEGIN + timedelta(hours=1), Outcome.COMPLETE, "walked", ends))
    return archive


@pytest.fixture
def found(engine: Engine, tmp_path: Path):
    archive = archive_of(tmp_path / "a", [[*pages(), report_page(20)]], PARTS)
    derive(engine, archive)
    return archive


def test_a_report_that_a_crawl_found_is_verified_by_itself(engine, found):
    """An annual report among the notices becomes a report without a command, and is announced once."""
    with engine.connect() as connection:
        (report,) = report_rows(connection)
        (told,) = alert_rows(connection)
    assert report.posting
    assert (report.year, report.issuer) == (2014, "某市住房和城乡建设局")
    claim = report.claims[0]
    assert (claim.count, claim.headline.count) == (20, 20)
    assert claim.mapping is not None
    assert claim.mapping.readings[0].channels == ("zb",)
    assert told.kind == AlertKind.REPORT_FOUND


def test_a_rebuild_finds_the_same_and_raises_nothing(engine, found):
    """The kept memory of what was told outlives a rebuild."""
    with engine.connect() as connection:
        before = report_rows(connection)
    rebuild(engine, found)
    with engine.connect() as connection:
        assert report_rows(connection) == before
        assert len(alert_rows(connection, every=True)) == 1


def test_a_changed_finding_raises_one_alert(engine, tmp_path):
    """Two more notices of the year: the interval moves, which is told once; seen alerts are not shown again."""
    archive = archive_of(tmp_path / "a", [[*pages(18), report_page(20)]], PARTS)
    derive(engine, archive)
    with engine.begin() as connection:
        assert mark_seen(connection) == 1
    started = BEGIN + timedelta(days=1)
    with archive.writer(RunStart("20150106T010000Z-portal-000001", "portal", started, "full", PARTS)) as writer:
        for one in pages(20, 100):
            writer.add(one)
    derive(engine, archive)
    with engine.begin() as connection:
        (told,) = alert_rows(connection)
        assert told.kind == AlertKind.FINDING_CHANGED
        assert "20条" in told.zh
        assert unseen(connection) == 1
        assert mark_seen(connection, [told.id]) == 1
        assert alert_rows(connection) == ()
        assert len(connection.execute(select(alerts)).all()) == 2


def test_a_revised_report_takes_the_earlier_ones_place(engine, tmp_path):
    """The newest capture of a report's page is the report; a rebuild, which sees both at once, agrees."""
    archive = archive_of(tmp_path / "a", [[*pages(), report_page(20)], [report_page(25, 60)]], PARTS)
    derive(engine, archive)
    with engine.connect() as connection:
        assert [claim.count for report in report_rows(connection) for claim in report.claims] == [25]


def test_the_same_report_under_two_coverages(engine, tmp_path):
    """Thirty claimed and twenty held: overclaimed where the list was walked to its end, else unverifiable."""
    derive(engine, walked(tmp_path / "a", [*pages(), report_page(30)]))
    with engine.connect() as connection:
        (whole,) = report_rows(connection)
        claim = whole.claims[0].headline
        assert (claim.verdict, claim.low, claim.high) == ("overclaimed", 20, 20), claim.reason
    broken = archive_of(tmp_path / "b", [[*pages(), report_page(30)]], PARTS)
    rebuild(engine, broken)
    with engine.connect() as connection:
        (holed,) = report_rows(connection)
        assert (holed.claims[0].headline.verdict, holed.claims[0].headline.high) == ("unverifiable", None)


def test_the_rows_that_make_the_difference(engine, tmp_path):
    """Reposts, void ones and rows near the year's end can be opened, with totals, and no more than asked for."""
    again = ("/zb/99.jhtml", PUBLISHED[0][1], "2014-12-30")
    body = f"{again[1]}：经批准，现对第1号路1000平方米路面工程进行公开招标，投标截止时间另行通知。"
    repost = capture(Kind.NOTICE, again[0], article(again[1], again[2], body), 40, lead=lead(*again))
    archive = archive_of(tmp_path / "a", [[*pages(), repost, report_page(21)]], PARTS)
    derive(engine, archive)
    with engine.connect() as connection:
        (report,) = report_rows(connection)
        groups = {one.kind: one for one in differences_of(connection, OWN, (report.id, 0))}
        few = differences_of(connection, OWN, (report.id, 0), limit=1)
    assert report.claims[0].headline.count == 21
    assert groups["near_end"].total == 1
    assert [row.url for row in groups["near_end"].rows] == ["http://portal.test/zb/99.jhtml"]
    assert sum(len(one.rows) for one in few) == 1
