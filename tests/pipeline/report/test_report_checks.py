"""What reports state about their own numbers, recomputed: in prose, in tables, in pages."""

import pytest

from pipeline.model import Check, Report
from pipeline.report import claims_in
from pipeline.report.source_text import report_text
from tests.pipeline.captures import capture, source
from tests.pipeline.report.report_pages import page


def checks(text: str, kind: str = "", year: int = 2016) -> list[Check]:
    return [check for check in claims_in(text, year).checks if kind in {"", check.kind}]


@pytest.mark.parametrize(
    ("stated", "holds"),
    [
        *[("占60%", True), ("占比59.9%", True), ("占总数的59.96%", True), ("占59.97%", True), ("占约6成", None)],
        *[("占61%", False), ("占58.9%", False), ("占约61%", True), ("占约70%", False), ("占全市公开总量的12%", None)],
    ],
)
def test_shares(stated, holds):
    """1799 of 3000 is 59.967 %: rounded or cut to any digit it holds, 约 allows a point; another whole is no check."""
    found = checks(f"公开信息3000条,其中公告类1799条,{stated};其他类1201条。", "share")
    assert [check.holds for check in found] == ([] if holds is None else [holds])


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("2015年公开信息850条,2016年公开信息1020条,同比增长20%。", True),
        ("2015年公开信息850条,2016年公开信息1020条,同比增长35%。", False),
        ("2015年公开信息1000条,2016年公开信息960条,比上年下降4%。", True),
        ("2015年公开信息1000条,2016年公开信息960条,比上年增长4%。", False),
        ("公开信息3285条,比上年增加412条,增长14.3%。", True),
        ("公开信息3285条,比上年增加412条,增长24.3%。", False),
        ("2015年公开信息850条,2016年公开信息1020条,比2015年增加170条。", True),
        ("2015年公开信息850条,2016年公开信息1020条,比2015年增加160条。", False),
        ("2015年公开信息约850条,2016年公开信息1020条,同比增长19%。", True),
    ],
)
def test_growth(text, holds):
    """增长 is set against last year's number where the report states it, or against its own difference."""
    assert [check.holds for check in checks(text, "growth")] == [holds]


@pytest.mark.parametrize(
    "text",
    [
        "公开信息1020条,同比增长20%。",
        "公开信息1020条。粮食产量同比增长20%。",
        "公开信息1020条,收到申请5件,同比增长20%。",
    ],
)
def test_growth_without_last_year_is_no_check(text):
    """A percentage whose base the report does not state cannot be recomputed."""
    assert checks(text) == []


def test_ratio_names_its_numbers():
    """2604 is 2.1 times 1240; the finding has both numbers and the stated one, in both languages."""
    (check,) = checks("公开信息由2013年的1240条增加到2014年的2604条,是2013年公开总量的1.5倍。", "ratio", 2014)
    assert (check.numbers, check.holds) == (("2604", "1240", "1.5倍"), False)
    assert check.text == "是2013年公开总量的1.5倍"
    chinese, english = check.reason.split(" / ")
    assert "2604÷1240=2.10" in chinese
    assert "1.5倍" in chinese
    assert "does not hold" in english


@pytest.mark.parametrize(
    ("average", "holds"), [("月均40条", True), ("月均50条", False), ("日均2条", True), ("周均20条", False)]
)
def test_averages(average, holds):
    """480 a year is 40 a month and, with 240 to 366 days a year, 1 to 2 a day."""
    assert [check.holds for check in checks(f"网站发布信息480条,{average}。", "average")] == [holds]


BALANCED = ((9, 2, 0, 0, 0, 0, 11), (1, 0, 0, 0, 0, 0, 1), (9, 1, 0, 0, 0, 0, 10), (1, 1, 0, 0, 0, 0, 2))
PROSE = (
    "2021年，我局<span>主动公开</span>政府信息<span>1</span><span>,286</span>条，"
    "其中：网站86<span>0</span>条，微信426条。"
)


def read(prose: str, applications: tuple[tuple[int, ...], ...]) -> Report:
    return claims_in(report_text(capture(page(prose, applications)), source()))


def test_a_page_with_real_tables():
    """Numbers split over spans are whole, an empty cell shifts nothing, section and article stay with the cell."""
    report = read(PROSE, BALANCED)
    assert (report.year, report.issuer) == (2021, "某县住房和城乡建设局")
    assert [(claim.count, claim.parent) for claim in report.claims if not claim.kind] == [
        (1286, None),
        (860, 0),
        (426, 0),
    ]
    cells = [(claim.count, claim.category) for claim in report.claims if claim.kind == "table_cell"]
    assert cells == [
        (0, "规章/本年制发件数"),
        (0, "规章/本年废止件数"),
        (0, "规章/现行有效件数"),
        (2, "行政规范性文件/本年制发件数"),
        (7, "行政规范性文件/现行有效件数"),
    ]
    assert {(claim.section, claim.article) for claim in report.claims if claim.kind} == {
        ("二、主动公开政府信息情况", "第二十条（一）")
    }


def test_applications_balance():
    """第一项加第二项之和等于第三项加第四项之和: one finding when it does, and the total row equals its parts."""
    found = read(PROSE, BALANCED).checks
    assert [(check.kind, check.holds) for check in found] == [("applications", True)] * 2
    assert ("11", "1", "10", "2") in [check.numbers for check in found]


def test_applications_out_of_balance():
    """Each column that does not balance is a finding, and so is a row whose total is not the sum of its columns."""
    new, carried, _, forward = BALANCED
    found = read(PROSE, (new, carried, (8, 1, 0, 0, 0, 0, 10), forward)).checks
    assert [check.numbers for check in found if not check.holds] == [
        ("9", "1", "8", "1"),
        ("8", "1", "0", "0", "0", "0", "10"),
    ]


def test_text_against_table():
    """The text says 13 applications, the table 11 and one carried over: they differ; 12 or 11 agree."""
    for stated, holds in ((13, False), (12, True), (11, True)):
        found = read(PROSE + f"全年共收到政府信息公开申请{stated}件。", BALANCED).checks
        assert [check.holds for check in found if check.kind == "text_and_table"] == [holds]


def test_balance_told_in_a_sentence():
    """The same balance in prose."""
    text = "公开信息9条。收到依申请公开{}件,结转上年3件;办理92件,下年度继续办理65件。"
    assert [check.holds for check in checks(text.format(154))] == [True]
    assert [check.holds for check in checks(text.format(155))] == [False]


def test_media_may_exceed_their_total():
    """One publication in two media counts once in the total: such a list is marked, another that exceeds is not."""
    (media,) = claims_in("公开信息500条,其中网站480条,微博210条,微信260条。", 2016).sums
    assert (media.difference, media.overlapping) == (450, True)
    (topics,) = claims_in("公开信息350条,其中公告57条,标讯信息82条,新闻信息240条。", 2016).sums
    assert (topics.difference, topics.overlapping) == (29, False)


@pytest.mark.parametrize(
    "piece", ["占9%", "公开信息9条,占", "同比增长", "公开信息9条,比上年增加9条,增长", "收到申请9件,结转上年"]
)
def test_hostile_repetition_comes_back(piece):
    """Repetition without end yields checks or none, every quote where it says."""
    text = piece * (40_000 // len(piece))
    assert all(text[check.start : check.end] == check.text for check in claims_in(text, 2016).checks)
