"""A drafted section says what the archive holds, and a verifier that reads it finds nothing else."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select, update

from pipeline.draft.check import is_right, is_wrong, numbers_of
from pipeline.draft.figures import Checked, Draft
from pipeline.draft.sentences import text_of_draft
from pipeline.model import Bucket, Channel, Definition, KeyArea, Line, NoticeType, Source
from pipeline.register.read import title_key
from storage.counts.cube import recounted
from storage.derive.findings import refresh_findings
from storage.derive.reports import keep_report
from storage.queries.draft import AskedDraft, checked, draft_of
from storage.queries.reports import report_rows
from storage.tables import core as t
from storage.tables.registered import registered
from tests.storage.derive.test_lies import SOURCE, portal
from tests.storage.rows import posting, store


def listed(connection: Connection, *rows: tuple[str, str, str]) -> None:
    """Registered publications: medium, its kind, title; all of 5 March 2014."""
    day = date(2014, 3, 5)
    for n, (medium, kind, title) in enumerate(rows):
        keys = {"medium_key": medium, "title_key": title_key(title)}
        row = {"capture": "list", "sheet": "", "row": n + 2, "source": "alpha", "medium": medium, "kind": kind}
        values = {"id": f"r{n}", "title": title, "published_on": day, "evidence": "", "scans": []}
        connection.execute(insert(registered), {**row, **values, **keys})


AT = datetime(2015, 1, 9, tzinfo=UTC)
WALKED = {"source": "alpha", "year": 0, "seen": 1, "held": 1, "verdict": "clean", "first_observed": AT}
LISTED = {"run": "r", "source": "alpha", "page": 1, "rows": 1, "fetched_at": AT}
PRESS = [("某日报", "newspaper", f"棚户区改造进展之{n}") for n in range(12)]


def drafted(engine: Engine, source: Source = SOURCE, **asked: Any) -> tuple[Draft, Checked]:
    with engine.connect() as connection:
        found = draft_of(connection, source, AskedDraft(asked.pop("year", 2014), **asked))
        return found, checked(connection, source, found)


def test_the_section_names_portal_lines_and_media(engine):
    """Total, portal with its lines as reports name them, then the registered media; the sums are those of the rows."""
    with engine.begin() as connection:
        portal(connection)
        listed(connection, *PRESS, ("某局发布", "wechat", "政策图解"))
    found, tested = drafted(engine, office="某市住房和城乡建设局")
    assert text_of_draft(found).splitlines()[-1] == (
        "2014年，某市住房和城乡建设局共主动公开政府信息593条，包括：通过门户网站（某市建设网）公开信息580条，"
        "其中：招标公告中标公示500条，行业动态60条，重要民生工作和专栏图文20条；通过报刊、广播等媒体公开信息12条；"
        "通过政务微信公众号公开信息1条（网站以外的据登记清单）。"
    )
    assert is_right(found, tested), [one.reason for one in tested.findings]


@pytest.mark.parametrize("definition", list(Definition))
def test_every_number_is_a_consistent_claim_of_the_drafted_text(engine, definition):
    """Brought as a report and verified through the tables, each number is found, in its order, and consistent."""
    with engine.begin() as connection:
        portal(connection)
        listed(connection, *PRESS)
    found, _ = drafted(engine, definition=definition)
    with engine.begin() as connection:
        place = {"id": "r1", "source": "alpha", "name": "draft.txt", "posting": "", "archived_at": datetime.now(UTC)}
        keep_report(connection, text_of_draft(found), place)
        refresh_findings(connection, {"alpha": SOURCE})
        (report,) = report_rows(connection)
    assert [claim.count for claim in report.claims] == [number.count for number in numbers_of(found)]
    assert {claim.year for claim in report.claims} == {"2014"}
    assert {claim.headline.verdict for claim in report.claims} == {"consistent"}
    assert {one.verdict for claim in report.claims for one in claim.sums} <= {"sum_adds_up"}


def test_without_a_register_the_portal_stands_alone(engine):
    """No list of newspapers was brought: no total of all media is written, and none is 0."""
    with engine.begin() as connection:
        portal(connection)
    found, tested = drafted(engine)
    assert found.total is None
    assert "我单位通过门户网站（某市建设网）主动公开政府信息580条，其中：" in text_of_draft(found)
    assert "报刊" not in text_of_draft(found)
    assert is_right(found, tested)


def test_rows_and_commands_stand_behind_every_number(engine):
    """The rows of a figure are as many as it says, and its commands name source, year, definition and line."""
    with engine.begin() as connection:
        portal(connection)
        listed(connection, *PRESS)
    found, _ = drafted(engine, definition=Definition.DOCUMENTS, rows=5)
    for figure in found.figures:
        if figure.commands:
            assert figure.rows.total == (figure.count or 0)
            assert len(figure.rows.first) == min(5, figure.rows.total)
    news = next(figure for figure in found.parts if figure.key == "industry_news")
    assert news.commands == (
        "duizhang counts --source alpha --year 2014 --definition documents --bucket industry_news --open",
    )


def test_what_was_never_observed_is_left_out(engine):
    """A line for which no section is declared, or none was read, has no number: not even 0."""
    with engine.begin() as connection:
        portal(connection)
        connection.execute(t.coverage.delete().where(t.coverage.c.channel == "tpxw"))
        connection.execute(t.postings.delete().where(t.postings.c.channel == "tpxw"))
        connection.execute(t.counts.delete().where(t.counts.c.channel == "tpxw"))
    found, _ = drafted(engine)
    counts = {figure.key: figure.count for figure in found.parts}
    assert counts["livelihood_pictures"] is None
    assert counts["notice"] is None
    assert "图文" not in text_of_draft(found)


def test_a_hole_of_unknown_size_makes_a_number_unproved_and_not_wrong(engine):
    """What was found is written; its own check says that nothing of it can be proved, and contradicts nothing."""
    with engine.begin() as connection:
        portal(connection, hole=None)
    found, tested = drafted(engine)
    assert "580条" in text_of_draft(found)
    assert found.portal.held.interval.high is None
    assert not is_right(found, tested)
    assert not is_wrong(found, tested)


def test_nothing_observed_writes_nothing(engine):
    """An archive without the portal drafts no sentence."""
    found, tested = drafted(engine)
    assert numbers_of(found) == ()
    assert found.portal.count is None
    assert tested.findings == ()
    assert text_of_draft(found).count("\n") == 2


LINES = (
    Line("tenders", "招标信息", ("招标信息",), types=(NoticeType.TENDER_NOTICE,)),
    Line("awards", "中标结果", ("中标结果",), types=(NoticeType.AWARD_RESULT,)),
    Line("news", "工作动态", ("工作动态",), channels=("hydt",)),
    Line("pictures", "图片新闻", ("图片新闻",), buckets=(Bucket.LIVELIHOOD_PICTURES,)),
    Line("all", "门户网站", ("门户网站",), buckets=tuple(Bucket)),
)


def test_the_lines_of_a_source_file_are_named_as_it_names_them(engine):
    """Lines by type, section and bucket divide the portal; totals are no parts."""
    with engine.begin() as connection:
        portal(connection)
    found, tested = drafted(engine, replace(SOURCE, lines=LINES))
    assert "其中：招标信息300条，中标结果信息200条，工作动态60条，图片新闻20条。" in text_of_draft(found)
    assert is_right(found, tested), [one.reason for one in tested.findings]


def test_lines_that_share_publications_are_no_parts(engine):
    """A tender for 保障性住房 counts under both lines: each has a sentence of its own, and no sum is claimed."""
    with engine.begin() as connection:
        portal(connection)
        p = t.postings.c
        some = [row.id for row in connection.execute(select(p.id).where(p.channel == "zbgg", p.year == 2014).limit(9))]
        connection.execute(update(t.postings).where(p.id.in_(some)).values(area="affordable_housing"))
        recount(connection)
    housing = Line("housing", "保障性住房", ("保障性住房",), areas=(KeyArea.AFFORDABLE_HOUSING,))
    found, tested = drafted(engine, replace(SOURCE, lines=(*LINES, housing)))
    assert found.overlapping
    assert "通过门户网站（某市建设网）公开保障性住房信息9条。" in text_of_draft(found)
    assert "其中" not in text_of_draft(found)
    assert is_right(found, tested), [one.reason for one in tested.findings]


def recount(connection: Connection) -> None:
    """The cube made anew from the postings."""
    connection.execute(t.counts.delete())
    connection.execute(insert(t.counts), [{**asdict(cell), "n": n} for cell, n in recounted(connection).items()])


def test_undated_and_other_years_stay_out(engine):
    """A posting without a date counts in no year and is told; last year's is not this year's."""
    with engine.begin() as connection:
        portal(connection)
        store(connection, posting("u1", day=None), posting("u2", day=None))
    found, _ = drafted(engine, year=2013)
    assert found.portal.held.count == 450
    assert found.undated == 2
    assert sum(split.counts[0] for split in found.months) == 450


def test_registered_in_media_that_no_sentence_names(engine):
    """Another site and a medium of no known kind are told, and written into no sentence."""
    with engine.begin() as connection:
        portal(connection)
        listed(connection, ("某某网", "website", "改造进展"), ("某某", "unknown", "改造完成"))
    found, _ = drafted(engine)
    assert {(medium.value, n) for medium, n in found.left_out} == {("website", 1), ("unknown", 1)}
    assert found.registers == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("某市建设网", "通过门户网站（某市建设网）"),
        ("某市人民政府门户网站", "通过门户网站主动"),
        ("某某日报网", "通过门户网站主动"),
        ("某局“对账”公众号", "通过门户网站主动"),
        ("", "通过门户网站主动"),
        ("某市2014年公开信息99条网", "通过门户网站主动"),
    ],
)
def test_a_portals_name_never_changes_what_is_claimed(engine, name, said):
    """A name that speaks of another medium, or has numbers or quotes in it, is left out of the sentence."""
    with engine.begin() as connection:
        portal(connection)
    found, tested = drafted(engine, replace(SOURCE, name=name))
    assert said in text_of_draft(found)
    assert is_right(found, tested), [one.reason for one in tested.findings]


@pytest.mark.parametrize(
    "office",
    [
        "某市人民政府",
        "某县政府办公室",
        "某区城乡建设委员会",
        "某机关事务管理局",
        "某市市政公用事业发展中心",
        "某镇",
        "某街道办事处",
    ],
)
def test_whatever_the_office_is_called(engine, office):
    """Governments, offices, committees, centres: the numbers of the sentence stay the office's own."""
    with engine.begin() as connection:
        portal(connection)
        listed(connection, *PRESS)
    found, tested = drafted(engine, office=office)
    assert is_right(found, tested), [one.reason for one in tested.findings]


def test_what_no_line_takes_is_named_and_listed(engine):
    """Postings under no line are 其他, with their rows: the parts add up to the portal."""
    with engine.begin() as connection:
        portal(connection)
        store(connection, *(posting(f"x{n}", day="2014-05-05", bucket="undecided", channel="hydt") for n in range(7)))
    found, tested = drafted(engine)
    assert found.rest is not None
    assert found.rest.rows.total == found.rest.count == 7
    assert "重要民生工作和专栏图文等信息20条，其他信息7条。" in text_of_draft(found)
    assert not is_wrong(found, tested), [one.reason for one in tested.findings]


def test_what_no_line_takes_is_verified_as_the_rest(engine):
    """Where a section feeds no line, its postings are the list's 其他 for a verifier, too."""
    section = Channel("bszn", "办事指南", "http://portal.test/bszn/index.jhtml", Bucket.UNDECIDED)
    with engine.begin() as connection:
        portal(connection)
        store(connection, *(posting(f"x{n}", day="2014-05-05", bucket="undecided", channel="bszn") for n in range(7)))
        connection.execute(insert(t.coverage), {**WALKED, "channel": "bszn"})
        connection.execute(insert(t.listings), {**LISTED, "channel": "bszn", "capture": "bszn"})
    found, tested = drafted(engine, replace(SOURCE, channels=(*SOURCE.channels, section)))
    assert is_right(found, tested), [one.reason for one in tested.findings]


def test_a_line_that_is_more_than_the_section_of_its_name(engine):
    """行业动态 is a section, and its line has another one besides: 等 says so, and both stay true."""
    section = Channel("gzdt", "工作简讯", "http://portal.test/gzdt/index.jhtml", Bucket.INDUSTRY_NEWS)
    with engine.begin() as connection:
        portal(connection)
        news = {"bucket": "industry_news", "channel": "gzdt", "notice_type": "industry_news"}
        store(connection, *(posting(f"x{n}", day="2014-05-05", **news) for n in range(31)))
        connection.execute(insert(t.coverage), {**WALKED, "channel": "gzdt"})
        connection.execute(insert(t.listings), {**LISTED, "channel": "gzdt", "capture": "gzdt"})
    found, tested = drafted(engine, replace(SOURCE, channels=(*SOURCE.channels, section)))
    assert "行业动态等信息91条" in text_of_draft(found)
    assert is_right(found, tested), [one.reason for one in tested.findings]
