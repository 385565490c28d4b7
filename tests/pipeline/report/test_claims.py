"""Numbers of publications in reports composed here, with their lists, sums, tables and look-alikes."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Report, Verdict
from pipeline.report import claims_in
from pipeline.verdict.judge import sum_findings

REPORT = (
    "某市住房和城乡建设局2019年政府信息公开工作年度报告\n"
    "(二)主动公开情况。2019年,局共主动公开政府信息1230条,包括:通过某市建设网公开信息1200条,其中:工作动态200条,"
    "招标公告、中标公示等信息960条,图片新闻40条;通过报纸、电台公开信息30余条。\n"
    "(三)2019年共受理依申请公开信息7件,同意公开5件。\n"
)


def counts(text: str) -> list[int]:
    return [claim.count for claim in claims_in(text, 2020).claims]


def parents(text: str) -> list[int | None]:
    return [claim.parent for claim in claims_in(text, 2020).claims]


def test_a_report_comes_out_as_a_tree_with_its_sums():
    """Each part hangs under the total that it is listed under, and both sums are drawn up."""
    report = claims_in(REPORT)
    assert (report.year, report.issuer) == (2019, "某市住房和城乡建设局")
    assert [(claim.count, claim.parent, claim.channel) for claim in report.claims] == [
        (1230, None, "mixed"),
        (1200, 0, "portal"),
        (200, 1, "portal"),
        (960, 1, "portal"),
        (40, 1, "portal"),
        (30, 0, "newspaper_radio"),
    ]
    assert {(one.total, one.parts, one.difference) for one in report.sums} == {(0, (1, 5), 0), (1, (2, 3, 4), 0)}
    assert [claim.category for claim in report.claims] == [
        "合计",
        "门户合计",
        "工作动态",
        "招标公告、中标公示",
        "图片新闻",
        "报刊广播",
    ]
    last = report.claims[-1]
    assert (last.approximate, last.lower_bound, last.year, last.unit) == (True, True, "2019", "条")


@pytest.mark.parametrize("width", range(22, 45, 3))
def test_lines_broken_anywhere_change_nothing(width):
    """A PDF breaks lines inside words and numbers: the same claims and the same tree."""
    title, *paragraphs = REPORT.rstrip("\n").split("\n")
    lines = [line[start : start + width] for line in paragraphs for start in range(0, len(line), width)]
    broken = "\n".join([title, *lines, ""])
    assert (counts(broken), parents(broken)) == (counts(REPORT), parents(REPORT))


def test_a_list_on_lines_of_its_own():
    """Items after 其中 on numbered lines are parts of the total above them."""
    text = "2019年我局公开信息310条。其中:\n1.机构概况类信息6条;\n2.政策法规类信息34条;\n3.业务动态类信息270条。\n"
    assert counts(text) == [310, 6, 34, 270]
    assert parents(text) == [None, 0, 0, 0]


def test_within_belongs_to_the_total_that_can_hold_it():
    """A sentence that starts with 其中 after two totals speaks of the one that is large enough."""
    text = "发布政务类信息410条,互动类信息38条。其中发布补助资金信息61条,窗口办事信息17条。"
    assert parents(text) == [None, None, 0, 0]


def test_arithmetic_finds_parts_without_a_mark():
    """Claims that stand next to a total and sum exactly to it are its parts, before or after it."""
    assert parents("全市公开信息900条。市级部门公开信息500条,各县区公开信息400条。") == [None, 0, 0]
    assert parents("官网发布信息500条,专栏发布信息400条,总计900条。") == [2, 2, None]


def test_a_complete_list_takes_no_more_parts():
    """What follows when the parts have reached their total is no part of it."""
    text = "网站公开信息100条,其中动态类60条,公告类40条,转载信息19条。"
    assert parents(text) == [None, 0, 0, None]


def test_a_list_that_does_not_add_up_is_a_sum_with_a_difference():
    """Parts that exceed a total by a little are meant to be the whole of it."""
    (one,) = claims_in("发布信息350条,其中公告57条,标讯信息82条,新闻信息240条。").sums
    assert (one.parts_sum, one.difference, one.exhaustive) == (379, 29, True)


def test_a_partial_list_claims_nothing_about_the_rest():
    """Parts far below their total are examples."""
    (one,) = claims_in("公开信息410条,其中资金信息61条,许可信息17条。").sums
    assert (one.difference, one.exhaustive) == (-332, False)


def test_numbers_of_another_year_keep_their_year():
    """A number that the sentence gives to an earlier year is not of the report's year."""
    report = claims_in("发布信息由2018年的900条增加到2019年的1230条。", 2019)
    assert [(claim.count, claim.year) for claim in report.claims] == [(900, "2018"), (1230, "2019")]


def test_cumulative_number_holds_the_years():
    """累计 without a year beside a number with one counts all years."""
    report = claims_in("累计公开信息35000条,2011年度公开信息10000条。其中,市级6000条,县级4000条。", 2011)
    assert [(claim.year, claim.parent) for claim in report.claims] == [
        ("all", None),
        ("2011", 0),
        ("2011", 1),
        ("2011", 1),
    ]


def test_month_of_a_monthly_report():
    """A report of one month counts for that month."""
    text = "某区2024年3月份政务公开自查情况\n3月1日至3月31日,区网站公开信息59条,其中动态类50条,公告类9条。"
    assert [claim.year for claim in claims_in(text).claims] == ["2024-03", "2024-03", "2024-03"]


def test_years_since():
    """2003年以来 covers the years up to the report's."""
    assert [claim.year for claim in claims_in("2003年以来公开信息900条。", 2008).claims] == ["2003-2008"]
    assert [claim.year for claim in claims_in("比去年公开的900条信息更多。", 2008).claims] == ["2007"]


def test_offices_within_the_report():
    """An office that the clause names is the subject, and two ways of cutting a total are two sums."""
    text = (
        "2011年某市人民政府公开信息1000条。其中,政策类信息300条,业务类信息400条。"
        "市直属机关主动公开政府信息600条,各县区政府主动公开政府信息400条。"
    )
    report = claims_in(text)
    assert [claim.subject for claim in report.claims[3:]] == ["市直属机关", "各县区政府"]
    assert [(one.parts, one.difference, one.exhaustive) for one in report.sums] == [
        ((1, 2), -300, False),
        ((3, 4), 0, True),
    ]


def test_a_bracket_ends_its_list():
    """Parts in brackets belong to the number before them, what follows does not."""
    text = "发布规章20件(含修订9件,新制定7件,废止3件),公开规范性文件42件。"
    assert parents(text) == [None, 0, 0, 0, None]


def test_a_list_under_a_verb_without_a_number():
    """公开…结果,其中 opens a list that has no total."""
    assert parents("公开会议决定落实结果,其中:常务会议决定6条,专题会议决定办理9条。") == [None, None]


def test_only_the_largest_total_is_the_whole():
    """A smaller number of the same medium and year is some of it, though its words name no part."""
    report = claims_in("我局公开信息5000条。住房保障工作。全年公开信息45条。", 2019)
    assert [claim.category for claim in report.claims] == ["合计", "部分合计"]


def test_produced_is_not_published():
    """What was sorted out or made is stated with its own kind."""
    report = claims_in("各部门梳理出政府信息7000条,其中主动公开信息4000条;不予公开信息3000条。", 2008)
    assert [(claim.count, claim.kind) for claim in report.claims] == [(7000, "produced_not_published"), (4000, "")]


def test_traditional_script_with_glosses():
    """Mirrors in traditional script with pinyin glosses say the same, and quotes are what stands there."""
    text = "2016年,本鎮累計發(fā)布政務(wù)信息80條,其中計劃類(lèi)信息35條,會(huì)議報(bào)道類(lèi)信息45條。"
    report = claims_in(text)
    assert [(claim.count, claim.unit, claim.parent) for claim in report.claims] == [
        (80, "条", None),
        (35, "条", 0),
        (45, "条", 0),
    ]
    assert report.claims[1].text == "計劃類(lèi)信息35條"


ALPHABET = "公开信息条件其中,。;:()\n |0123456789百余万约第“”《》年一二(a)项规章统计表网、及\u3000\x00\ud7ff２"


@given(st.one_of(st.text(max_size=300), st.text(ALPHABET, max_size=300)))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_report_with_exact_quotes(text):
    """claims_in never raises; quotes stand where they say, parents and parts are claims, in reading order."""
    report = claims_in(text)
    assert isinstance(report, Report)
    assert all(text[claim.start : claim.end] == claim.text for claim in report.claims)
    places = range(len(report.claims))
    assert all(claim.parent is None or claim.parent in places for claim in report.claims)
    assert all(one.total in places and set(one.parts) <= set(places) for one in report.sums)
    assert [claim.start for claim in report.claims] == sorted(claim.start for claim in report.claims)


@pytest.mark.parametrize(
    "piece", ["1", "一", "(", "“", "1,", "其中", "公开信息30条。其中信息10条。", "第二十条第(一)项|规章|0|"]
)
def test_hostile_repetition_stays_readable(piece):
    """Repetition without end yields claims or none, and comes back."""
    assert isinstance(claims_in(piece * (20_000 // len(piece))), Report)


TITLE = "丙县城乡建设局2021年政府信息公开工作年度报告\n"


@pytest.mark.parametrize("order", list(permutations(("门户网站公开{}条", "微信公众号公开70条", "{other}"))))
@pytest.mark.parametrize(
    "other", ["答复群众来信9件", "受理咨询9件", "组织培训9期", "办结信访9件", "处理网民留言9条", "召开会议9次"]
)
def test_a_list_with_something_else_in_it_is_open(order, other):
    """Where a list counts what is no publication, too, its total may hold that as well: the sum proves nothing."""
    listed = ",".join(order).format(110, other=other)
    report = claims_in(f"{TITLE}2021年我局公开各类信息189条,其中{listed}。")
    assert sorted(claim.count for claim in report.claims) == [70, 110, 189]
    assert all(one.verdict is not Verdict.SUM_DIFFERS for one in sum_findings(report))
    adding_up = claims_in(f"{TITLE}2021年我局公开各类信息180条,其中{listed}。")
    assert [one.verdict for one in sum_findings(adding_up)] == [Verdict.SUM_ADDS_UP]


def test_what_is_counted_outside_of_the_list_does_not_open_it():
    """A sentence of its own, a comparison and a remark in brackets are no parts of the list."""
    listed = "2021年我局公开信息189条,其中动态110条{},公告70条{}。{}"
    for additions in (("", "", "另受理咨询9件。"), ("", ",同比增加9条", ""), ("(涉及9个栏目)", "", "")):
        report = claims_in(TITLE + listed.format(*additions))
        assert [one.verdict for one in sum_findings(report)] == [Verdict.SUM_DIFFERS], additions


LISTS = [
    ("行业动态120条", "通知公告60条", "政策文件20条"),
    ("通过县政府网站公开120条", "政务微博公开60条", "其他方式公开20条"),
    ("局网站公开150条", "微信公众号公开50条", "公示栏公开0条"),
]


@pytest.mark.parametrize("total", [200, 201, 190])
@pytest.mark.parametrize("items", LISTS)
def test_the_order_of_parts_changes_nothing(items, total):
    """The items behind 其中 in any order: the same parts, the same sum, the same verdict."""
    read = set()
    for order in permutations(items):
        report = claims_in(f"{TITLE}2021年我局主动公开信息{total}条,其中{','.join(order)}。")
        claims = frozenset((one.count, one.category, one.channel, one.parent) for one in report.claims)
        sums = frozenset((one.total, one.parts_sum, one.exhaustive, one.overlapping) for one in report.sums)
        read.add((claims, sums, tuple(one.verdict for one in sum_findings(report))))
    assert len(read) == 1
