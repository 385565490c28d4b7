"""The two standard tables of disclosure reports, in the layouts in which pages show them."""

import pytest

from pipeline.report import claims_in


def counts(text: str) -> list[int]:
    return [claim.count for claim in claims_in(text, 2020).claims]


TABLE_2019 = (
    "二、主动公开政府信息情况\n第二十条第(一)项 | |||\n信息内容 | 本年新\n制作数量 | 本年新公开数量 | 对外公开总数量"
    " |\n"
    "规章 | 0 | | 3 |\n规范性文件 | 11 | ||\n第二十条第(五)项 | |||\n行政许可 | 40 | 2 | 38 |\n"
)


def test_national_table():
    """Only 第二十条第(一)项 counts publications; an empty cell moves no number to another column."""
    report = claims_in(TABLE_2019, 2020)
    assert [(claim.count, claim.category, claim.kind) for claim in report.claims] == [
        (0, "规章/本年新制作数量", "table_cell"),
        (3, "规章/对外公开总数量", "table_cell"),
        (11, "规范性文件/本年新制作数量", "table_cell"),
    ]


@pytest.mark.parametrize("separator", ["\n\n", " ", "\t", " |\n"])
def test_national_table_of_2021_in_every_layout(separator):
    """One cell a line, blanks, tabs or pipes between the cells: the same cells."""
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    text = "第二十条第(一)项\n" + separator.join([*head, "规章", "1", "2", "3", "行政规范性文件", "4", "5", "6"])
    text += "\n第二十条第(五)项\n行政许可 9\n"
    assert [(claim.count, claim.category.split("/")[1]) for claim in claims_in(text, 2022).claims] == [
        (1, "本年制发件数"),
        (2, "本年废止件数"),
        (3, "现行有效件数"),
        (4, "本年制发件数"),
        (5, "本年废止件数"),
        (6, "现行有效件数"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "依据第二十条第(一)项规定公开。",
        "第二十条第(一)项\n信息内容\n",
        "第二十条第(一)项 | 规章 | 本年 | 12.5% |",
        "政府信息公开情况统计表\n",
        "政府信息公开情况统计表\n主动公开政府信息数 | 条 | |\n收到申请数 | 件 | 5 |\n",
        "政府信息公开情况统计表\n主动公开政府信息数 | 条 | |\n回应解读次数 | 次 | 5 |\n",
    ],
)
def test_tables_without_a_filled_cell(text):
    """A table's name, an empty table and the numbers of other rows state nothing."""
    assert counts(text) == []


def test_cells_that_leave_no_trace_of_their_column():
    """Two numbers under three headings and no borders: the row is known, the columns are not."""
    text = "第二十条第(一)项\n信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n规章\n1\n2\n"
    assert [claim.category for claim in claims_in(text, 2020).claims] == ["规章", "规章"]


def test_statistics_table():
    """The table of 2014 to 2018: filled cells of section one, channels under the total, set against the text."""
    text = (
        "2015年,我局公开政府信息1356条。\n政府信息公开情况统计表\n统 计 指 标 | 单位 | 统计数 |\n"
        "一、主动公开情况 | —— | |\n"
        "(一)主动公开政府信息数\n(不同渠道和方式公开相同信息计1条) | 条 | 1356 |\n"
        "其中:主动公开规范性文件数 | 条 | 12 |\n"
        "制发规范性文件总数 | 件 | |\n1.政府公报公开政府信息数 | 条 | 0 |\n2.政府网站公开政府信息数 | 条 | 1300 |\n"
        "三、依申请公开情况 | |\n(一)收到申请数 | 件 | 5 |\n"
    )
    report = claims_in(text, 2015)
    assert [(claim.count, claim.category, claim.parent) for claim in report.claims if claim.kind] == [
        (1356, "合计", None),
        (12, "规范性文件", 1),
        (0, "政府公报", 1),
        (1300, "政府网站", 1),
    ]
    assert [(one.total, one.parts, one.difference) for one in report.sums] == [(1, (0,), 0)]


@pytest.mark.parametrize(
    ("heads", "names"),
    [
        (("本年新", "本年新", "对外公开总数量"), ("", "", "对外公开总数量")),
        (("本年新制作数量", "本年新公", "对外公"), ("本年新制作数量", "", "")),
        (("制发件数", "本年废止件数", "现行有效件数"), ("", "本年废止件数", "现行有效件数")),
        (("", "本年废止件数", "现行有效件数"), ("", "", "")),
        (("", "", ""), ("", "", "")),
    ],
)
@pytest.mark.parametrize("separator", [" | ", "\n"])
def test_a_column_whose_head_is_cut_gets_no_other_name(separator, heads, names):
    """Every number keeps its place; a column whose head lost characters is named after its row alone."""
    rows = (("信息内容", *heads), ("规章", "1", "2", "33"), ("行政规范性文件", "4", "5", "66"))
    text = "第二十条第(一)项\n" + "".join(separator.join(row) + separator.rstrip(" ") + "\n" for row in rows)
    claims = claims_in(text + "第二十条第(五)项\n行政许可 9\n", 2022).claims
    assert [claim.count for claim in claims] == [1, 2, 33, 4, 5, 66]
    said = ["/".join(filter(None, (row, name))) for row in ("规章", "行政规范性文件") for name in names]
    assert [claim.category for claim in claims] == said


@pytest.mark.parametrize(
    "remark", ["(不同渠道和方式公开相同信息计 1 条)", "(相同信息计 1 条)", "（按条目计， 1 次计 1 件）"]
)
@pytest.mark.parametrize("row", ["{remark} | 条 | 361 |", "{remark}\n361", "\n{remark} | 361 |"])
def test_a_remark_in_brackets_is_no_cell(row, remark):
    """What a row's label says in brackets of how to count is not what was counted."""
    rows = f"主动公开政府信息数{row.format(remark=remark)}\n政府网站公开政府信息数 | 条 | 300 |\n"
    text = f"政府信息公开情况统计表\n(2015年度)\n{rows}"
    assert counts(text) == [361, 300]
