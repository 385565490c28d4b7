"""A portal whose truth is known, and reports that lie about it in ten ways: every finding is right."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from pipeline.source.file import source_of
from storage.derive.findings import refresh_findings
from storage.derive.reports import keep_report
from storage.queries.reports import report_rows
from storage.tables import core as t
from tests.storage.rows import posting, store

DECLARATION = """
name = "某市建设网"
home = "http://portal.test/"
dialect = "jeecms"
""" + "".join(
    f'[[channels]]\nkey = "{key}"\nname = "{name}"\npath = "/{key}/index.jhtml"\nbucket = "{bucket}"\n'
    for key, name, bucket in (
        ("zbgg", "招标公告", "tender_and_award"),
        ("zhbgg", "中标公示", "tender_and_award"),
        ("hydt", "行业动态", "industry_news"),
        ("tpxw", "图片新闻", "livelihood_pictures"),
    )
)
SOURCE = source_of("alpha", DECLARATION)
# 2014: 300 tenders (of which 12 reposts and 7 void), 200 awards, 60 news, 20 pictures; 2013: 250, 150, 40, 10.
AMOUNTS = {2014: (300, 200, 60, 20), 2013: (250, 150, 40, 10)}
TYPES = {"zbgg": "tender_notice", "zhbgg": "award_result", "hydt": "industry_news", "tpxw": "pictures"}
TITLE = "某市住房和城乡建设局2014年政府信息公开工作年度报告\n"


def portal(connection, hole: int | None = 0) -> None:
    """The postings, all in June and July, and the coverage of walks to the end, but for one hole of that size."""
    rows = []
    for year, amounts in AMOUNTS.items():
        for channel, amount in zip(SOURCE.channels, amounts, strict=True):
            for n in range(amount):
                first = channel.key == "zbgg" and year == 2014
                same = n - 20 if first and 20 <= n < 32 else n
                rows.append(
                    posting(
                        f"{channel.key}{year}{n}",
                        day=f"{year}-0{6 + n % 2}-{1 + n % 28:02}",
                        channel=channel.key,
                        bucket=channel.bucket.value,
                        notice_type=TYPES[channel.key],
                        document=f"{channel.key}{year}{same}",
                        void=first and 100 <= n < 107,
                    )
                )
    store(connection, *rows)
    seen = {
        "source": "alpha",
        "seen": 1,
        "held": 1,
        "verdict": "clean",
        "first_observed": datetime(2015, 1, 9, tzinfo=UTC),
    }
    page = {"run": "r", "source": "alpha", "page": 1, "rows": 1, "fetched_at": datetime(2015, 1, 9, tzinfo=UTC)}
    for channel in SOURCE.channels:
        connection.execute(insert(t.coverage), {**seen, "channel": channel.key, "year": 0})
        connection.execute(insert(t.listings), {**page, "channel": channel.key, "capture": channel.key})
    if hole != 0:
        where = {"source": "alpha", "channel": "zbgg", "year": 2014, "number": 1, "kind": "unread", "closed": False}
        connection.execute(
            insert(t.holes), {**where, "reason": "listed pages gave no posting", "missing_at_most": hole}
        )


def headline_of(engine, text: str, hole: int | None = 0):
    with engine.begin() as connection:
        portal(connection, hole)
        place = {"id": "r1", "source": "alpha", "name": "report", "posting": "", "archived_at": datetime.now(UTC)}
        keep_report(connection, TITLE + text, place)
        refresh_findings(connection, {"alpha": SOURCE})
        (report,) = report_rows(connection)
    return report


@pytest.mark.parametrize(
    ("text", "verdict", "observed"),
    [
        ("门户网站发布招标公告390条。", "overclaimed", ""),
        ("门户网站发布招标公告200条。", "underclaimed", ""),
        ("门户网站发布招标公告250条。", "underclaimed", "that of the same months of 2013"),
        ("门户网站发布招标公告550条。", "overclaimed", "the cumulative one of all years up to 2014"),
        ("门户网站发布招标公告300条。", "consistent", "includes 7 marked as void"),
        ("门户网站发布招标公告300条。", "consistent", "includes 12 reposts"),
        ("门户网站发布信息380条。", "underclaimed", "the count without the section 中标公示"),
        ("门户网站发布信息580条。", "consistent", ""),
        ("截至2014年底,门户网站累计发布信息1030条。", "consistent", ""),
        ("上半年门户网站发布信息580条。", "overclaimed", ""),
    ],
)
def test_what_reports_say_of_a_closed_archive(engine, text, verdict, observed):
    """Too many, too few, last year's number, all years' number, void ones, reposts, a section left out, half a year."""
    head = headline_of(engine, text).claims[-1].headline
    assert head.verdict == verdict, head.reason
    assert observed in " ".join(head.observed)


@pytest.mark.parametrize(("hole", "verdict"), [(90, "consistent"), (None, "unverifiable"), (80, "overclaimed")])
def test_a_hole_that_can_explain_the_number_forbids_the_accusation(engine, hole, verdict):
    """390 claimed and 300 held: a hole of 90 or of unknown size explains it, one of 80 does not."""
    assert headline_of(engine, "门户网站发布招标公告390条。", hole).claims[-1].headline.verdict == verdict


def test_parts_that_do_not_add_up(engine):
    """The sum is judged without the archive, and its total by the archive."""
    report = headline_of(engine, "门户网站发布信息580条,其中招标公告300条、中标公示200条、行业动态60条、图片新闻40条。")
    assert [one.verdict for one in report.claims[0].sums] == ["sum_differs"]
    assert report.claims[0].headline.verdict == "consistent"
    assert report.claims[4].headline.verdict == "overclaimed"


def test_the_definition_under_which_it_is_exactly_right(engine):
    """288 is wrong counting postings and exactly right counting documents: consistent, and the sentence says so."""
    head = headline_of(engine, "门户网站发布招标公告288条。").claims[-1].headline
    assert (head.verdict, head.count) == ("consistent", 300)
    assert "counting documents" in head.exact
    assert "恰好相符" in head.reason
