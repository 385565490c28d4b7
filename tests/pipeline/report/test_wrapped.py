"""A line break never changes a finding: reports broken into lines of any width are read like the unbroken ones."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.model import Bucket, Channel, Report, Source, Verdict
from pipeline.report import claims_in
from pipeline.report.text import even_text
from pipeline.verdict import mappings_of
from pipeline.verdict.judge import sum_findings
from tests.pipeline.report.composed_labels import labelled

FOLDER = Path(__file__).with_name("composed_reports")
WIDTHS = range(10, 61, 3)
# Before lines of one width were known as such 0.78 and 0.76; what is left is broken inside addresses and numbers.
COMPOSED = 0.98
GOLD = 0.97
SOURCE = Source(
    "s",
    "某市建设网",
    "http://portal.test/",
    "jeecms",
    (
        Channel("zbgg", "招标公告", "http://portal.test/zbgg/", Bucket.TENDER_AND_AWARD),
        Channel("hydt", "行业动态", "http://portal.test/hydt/", Bucket.INDUSTRY_NEWS),
        Channel("ggtz", "通知公告", "http://portal.test/ggtz/", Bucket.NOTICE),
    ),
)
REPORT = (
    "丙市住房和城乡建设局2019年政府信息公开工作年度报告\n"
    "一、概述\n"
    "2019年,丙市住房和城乡建设局认真贯彻落实有关规定,健全工作制度,完善公开内容,加强队伍建设,各项工作有序开展。\n"
    "(一)主动公开情况\n"
    "全年通过丙市建设网主动公开政府信息2460条,其中:行业动态信息310条,招标公告、中标公示等信息2100条,图片新闻50条。"
    "上半年通过门户网站发布招标公告1180条。截至2019年12月31日,门户网站累计发布中标候选人公示信息730条。\n"
    "二、存在的问题\n"
    "一是公开的及时性有待加强;二是个别科室重视不够。\n"
)


def wrapped(text: str, width: int) -> str:
    """Every line cut after so many characters, wherever that is."""
    lines = text.split("\n")
    return "\n".join(line[at : at + width] for line in lines for at in range(0, max(1, len(line)), width))


def filled(text: str, width: int) -> str:
    """Lines of at most so many characters that break no number, as a word processor fills them."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in re.findall(r"[0-9][0-9,.]*|[A-Za-z]+|.", paragraph):
            if line and len(line) + len(word) > width:
                lines.append(line)
                line = ""
            line += word
        lines.append(line)
    return "\n".join(lines)


def read(text: str) -> tuple[object, ...]:
    """All that is read of a report but for the places of its quotes."""
    report = claims_in(text)
    claims = [
        (
            (one.count, one.unit, one.approximate, one.lower_bound, one.year, one.kind),
            (one.channel, one.category, one.subject, one.parent),
        )
        for one in report.claims
    ]
    readings = [(one.readings, one.confidence) for one in mappings_of(report, SOURCE)]
    return report.year, report.issuer, claims, report.sums, readings


def differing(report: Report) -> int:
    return sum(one.verdict is Verdict.SUM_DIFFERS for one in sum_findings(report))


def share_equal(texts: Iterable[str]) -> float:
    """The share of texts and widths that are read like the text itself; none may bring an accusation."""
    equal = total = 0
    for text in texts:
        unbroken, accused = read(text), differing(claims_in(text))
        for width in WIDTHS:
            broken = wrapped(text, width)
            assert differing(claims_in(broken)) <= accused, (text[:40], width)
            equal += read(broken) == unbroken
            total += 1
    return equal / total


@pytest.mark.parametrize("width", range(10, 61))
@pytest.mark.parametrize("breaker", [wrapped, filled])
def test_a_wrapped_report_is_the_report(breaker, width):
    """Claims, tree, sums and mapping of a report are the same at every width, with and without broken numbers."""
    assert read(breaker(REPORT, width)) == read(REPORT)


def test_composed_reports_are_read_alike_at_every_width():
    """What a person composes is read alike whatever the width; no break makes a sum differ."""
    reports = [one.text for file in sorted(FOLDER.glob("*.txt")) for one in labelled(file.read_text(encoding="utf-8"))]
    assert share_equal(reports) >= COMPOSED


def test_published_reports_are_read_alike_at_every_width(gold):
    """So are the reports that offices published."""
    reports = [file.read_text(encoding="utf-8") for file in sorted((gold / "reports").glob("*.txt"))]
    assert share_equal(reports) >= GOLD


def test_a_break_inside_a_word_of_the_quote_changes_no_mapping():
    """招\\n标公告 is 招标公告: the mapping reads the words that the reader of claims read."""
    title = "丙市住房和城乡建设局2019年政府信息公开工作年度报告"
    text = f"{title}\n2019年我局认真开展工作,通过丙市门户网站发布招标公告120条。"
    broken = text.replace("招标公告", "招\n标公告")
    assert read(broken)[2:] == read(text)[2:]
    assert mappings_of(claims_in(broken), SOURCE)[0].readings[0].channels == ("zbgg",)


@pytest.mark.parametrize("number", ["12\n08", "1,2\n08", "1\n,208", "1208"])
def test_a_number_broken_in_a_cell_is_no_other_number(number):
    """A cell whose number a line break divides is read whole or not at all."""
    rows = f"主动公开政府信息数 | 条 | {number} |\n政府网站公开政府信息数 | 条 | 900 |\n"
    text = f"政府信息公开情况统计表\n(2017年度)\n{rows}"
    assert {one.count for one in claims_in(text).claims} in ({1208, 900}, {900})


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n二、主动公开情况\n三、依申请公开情况",
        "门户网站发布236条\n微信公众号发布45条\n政务微博发布112条",
        "某县住房和城乡建设局\n2019年政府信息公开工作年度报告\n我局认真开展工作。",
        "全年公开信息120条。\n召开会议4次。\n举办培训班2期。",
    ],
)
def test_what_is_a_line_of_its_own_stays_one(text):
    """Headings, items, cells, a title and sentences on lines of their own are not run together."""
    assert even_text(text).text == text
