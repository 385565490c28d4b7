"""What notices state about their tender: composed notices through the reader that derive uses."""

import time

import pytest

from pipeline.article import read_notice
from pipeline.model import Notice, NoticeType
from pipeline.tender import tender_of
from pipeline.tender.facts import FactName, FactPlace, Tender, candidates_of
from tests.pipeline.captures import capture, source
from tests.pipeline.tender.tender_cases import CASES

# What a layout does not decide: told apart in tests of their own.
_BESIDES = frozenset((FactName.DURATION_TEXT, FactName.PROJECT_NO_ALT))


def read(text: str, kind: NoticeType = NoticeType.AWARD_RESULT, title: str = "甲县某某工程公告") -> Tender:
    return tender_of(Notice("a", "b", "http://a.example/", title, None, text=text), kind)


def stated(tender: Tender) -> list[str]:
    return sorted(
        f"{fact.name}{f'[{fact.group}]' if fact.group else ''}={fact.value}"
        for fact in tender.facts
        if fact.name not in _BESIDES
    )


@pytest.mark.parametrize(
    ("title", "kind", "text", "facts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_layouts(title: str, kind: NoticeType, text: str, facts: tuple[str, ...]) -> None:
    """The same facts come out of rows, columns, flattened tables, lines, sentences and titles."""
    if title.startswith("甲縣"):
        facts = (*facts, "project_name=甲縣某某工程中標")
    assert stated(read(text, kind, title)) == sorted(facts)


@pytest.mark.parametrize(("title", "kind", "text"), [case[1:4] for case in CASES], ids=[case[0] for case in CASES])
def test_places(title: str, kind: NoticeType, text: str) -> None:
    """The words at a fact's place state its value: names as written but for white space, digits for figures."""
    for fact in read(text, kind, title).facts:
        words = "".join((text if fact.place is FactPlace.TEXT else title)[fact.start : fact.end].split())
        assert words
        if fact.name in (FactName.BUYER, FactName.WINNER, FactName.CANDIDATE, FactName.PROJECT_NO, FactName.AGENCY):
            assert words == fact.value


def test_table_of_a_page() -> None:
    """From a page's markup to the candidates: colspan and rowspan keep the columns apart."""
    page = capture(
        "<html><head><title>某某道路工程中标候选人公示</title></head><body>"
        "<h1>某某道路工程中标候选人公示</h1><div class='content'>"
        "<p>某某道路工程评标已结束，现将评标委员会推荐的中标候选人公示如下，公示期三日，欢迎监督。</p><table>"
        "<tr><td colspan=2>中标候选人名称</td><td><p>甲路桥<br>有限公司</p></td><td>乙路桥有限公司</td></tr>"
        "<tr><td colspan=2>投标报价(元/%)</td><td>1000000.00</td><td>1100000.00</td></tr>"
        "<tr><td rowspan=2>拟派人员</td><td>项目经理</td><td>张三四,一级建造师</td><td>李四五,一级建造师</td></tr>"
        "<tr><td>安全员</td><td>王五六</td><td>赵六七</td></tr></table>"
        "<p>招标人：甲县交通运输局</p></div></body></html>",
        "某某道路工程中标候选人公示",
    )
    notice = read_notice(page, source())
    assert "投标报价(元/%)\t\t1000000.00\t1100000.00" in notice.text
    assert "\t安全员\t王五六\t赵六七" in notice.text
    found = candidates_of(tender_of(notice, NoticeType.AWARD_CANDIDATES))
    assert [(one.name, one.price, one.project_manager) for one in found] == [
        ("甲路桥有限公司", "1000000.00", "张三四"),
        ("乙路桥有限公司", "1100000.00", "李四五"),
    ]


@pytest.mark.parametrize(
    "price",
    [
        "中标价：3.5%",
        "中标价（%）：65.4",
        "中标金额：折扣率85%",
        "中标价：按收费标准的50%计取",
        "中标价：投标总价不超过480万元",
        "中标价：123.4元/工日",
        "成交金额：1200000元/年",
        "中标价（元）：1",
        "中标价（元）：0.00",
        "中标价：1.46元",
        "中标价：/",
        "中标价：设计费27万元；施工费下浮3.21%",
        "中标价：建安工程费：2345678.90元、设计费：100000.00元",
        "中标价：大写：壹佰万元整 小写：1200000.00元",
        "中标单价（元/吨）：356000.00",
        "代理服务费（元）：12345",
        "履约保证金：100000元",
    ],
)
def test_what_is_no_award(price: str) -> None:
    """A rate, unit price, cap, placeholder, part, fee or contradicted amount is never the award."""
    assert not read(f"中标人：甲建设有限公司\n{price}").value(FactName.AWARD)


def test_parts_and_rates() -> None:
    """Parts without a total and rates are kept as such."""
    tender = read("中标人：甲建设有限公司\n中标价：设计费27万元；施工费下浮率3.21%")
    assert [fact.value for fact in tender.all(FactName.AWARD_PART)] == ["270000"]
    assert [fact.value for fact in tender.all(FactName.AWARD_RATE)] == ["3.21%"]


def test_total_beside_parts() -> None:
    """A total is the award even where parts, unit prices and taxes stand around it."""
    text = "中标人：甲建设有限公司\n中标价：单价为6500元/吨，总价为2005600元（大写：贰佰万零伍仟陆佰元），税率13%"
    assert read(text).value(FactName.AWARD) == "2005600"


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("中标人：甲有限公司\n中标价：大写：壹佰万元整 小写：1200000.00元", {FactName.AWARD}, "capitals"),
        ("中标人：甲建设有限公司\n中标价：100000元\n中标人：乙建设有限公司", {FactName.WINNER}, "two winners"),
        ("中标人：甲建设有限公司\n中标价：100000元\n中标金额：200000元", {FactName.AWARD}, "several amounts"),
        ("中标人：甲建设有限公司\n中标价（元）：1", {FactName.AWARD}, "placeholder"),
    ],
)
def test_contradictions(text: str, names: set[FactName], words: str) -> None:
    """What contradicts itself is withheld and said in a sentence."""
    tender = read(text)
    assert not any(tender.value(name) for name in names)
    assert any(words in sentence for sentence in tender.contradictions)


def test_signed_before_published() -> None:
    """A signature before the stated day of publication is said; the stated day stays."""
    tender = read("发布日期：2014年6月5日\n中标人：甲建设有限公司\n甲县水利局\n2014年6月3日")
    assert tender.value(FactName.PUBLISH_DATE) == "2014-06-05"
    assert tender.contradictions == ("signed 2014-06-03, published 2014-06-05",)


@pytest.mark.parametrize("words", ["中标候选人排名不分先后", "推荐3名中标候选人，不标明排序", "定标候选人公示"])
def test_no_ranks(words: str) -> None:
    """Where the text disowns an order, the numbers of its rows are no ranks."""
    text = f"{words}\n名次\t第一名\t第二名\n中标候选人名称\t甲建设有限公司\t乙建设有限公司"
    found = candidates_of(read(text, NoticeType.AWARD_CANDIDATES))
    assert [one.rank for one in found] == [None, None]
    assert len(found) == 2


def test_others_are_no_candidates() -> None:
    """Firms in tables of earlier works, of scores and of rejected bids are no candidates, their sums no prices."""
    text = (
        "中标候选人名称\t甲建设有限公司\t乙建设有限公司\n投标报价(元)\t1000000.00\t1100000.00\n"
        "业绩\t单位名称\t项目名称\t合同金额（万元）\t项目负责人\n\t甲建设有限公司\t某项目\t1234.56\t张三四\n"
        "\t丙建设有限公司\t某某项目\t345.67\t李四五\n否决投标情况\n单位名称\t投标报价\n丁建设有限公司\t900000.00"
    )
    found = candidates_of(read(text, NoticeType.AWARD_CANDIDATES))
    assert [(one.name, one.price) for one in found] == [
        ("甲建设有限公司", "1000000.00"),
        ("乙建设有限公司", "1100000.00"),
    ]


@pytest.mark.parametrize("kind", [NoticeType.TENDER_NOTICE, NoticeType.AWARD_CANDIDATES, NoticeType.TERMINATION])
def test_no_winner_before_the_award(kind: NoticeType) -> None:
    """Only a notice of an award names a winner and what it is paid."""
    tender = read("中标人：详见公告\n中标人：甲建设有限公司\n中标价：100000元", kind)
    assert not tender.value(FactName.WINNER)
    assert not tender.value(FactName.AWARD)


def test_demands_are_no_facts() -> None:
    """What a tender notice asks of bidders names no person, no firm and no earlier contract."""
    text = (
        "项目负责人：具备注册二级建造师资格\n项目经理：须有有效的安全生产考核合格证\n投标人业绩：单项合同金额不低于1300万元\n"
        "招标人：（单位章）\n招标代理机构：/\n招标人代表：张三"
    )
    assert stated(read(text, NoticeType.TENDER_NOTICE, "某某")) == []


def test_bidders_are_no_candidates() -> None:
    """A record of opened bids lists bidders; nobody has recommended them."""
    text = "序号\t投标人名称\t投标报价（元）\n1\t甲建设有限公司\t1000000.00\n2\t乙建设有限公司\t1010000.00"
    assert not read(text, NoticeType.BID_OPENING_RECORD).all(FactName.CANDIDATE)


def test_lot_budget_before_the_whole() -> None:
    """Of a lot's and the project's budget, the lot's is the one that bids stand against; the other is kept."""
    text = (
        "预算金额：7,000,123.50元\n序号\n包号\n包名称\n包预算（元）\n1\nA-2\n第二标段\n2345678\n合同履行期限：30日历天"
    )
    tender = read(text, NoticeType.TENDER_NOTICE)
    assert tender.value(FactName.BUDGET) == "2345678"
    assert [fact.value for fact in tender.all(FactName.BUDGET_ALT)] == ["7000123.50"]


HOSTILE = {
    "no breaks": "招标人：" * 20_000,
    "labels only": "招标人\n" * 20_000,
    "rows": "供应商名称\t中标金额（元）\n" + "甲有限公司\t100000\n" * 5_000,
    "cells": "\t".join(["招标人"] * 20_000),
    "empty cells": "\t" * 100_000,
    "brackets": "（" * 100_000,
    "bars": "招标人 | \n\n" * 15_000,
    "ranks": "".join(f"第{number % 9 + 1}名：甲{number}有限公司\n" for number in range(5_000)),
    "dates": "公示期：2014年6月3日至" * 15_000,
    "one word": "甲" * 100_000,
    "lines": "\n" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", [NoticeType.AWARD_CANDIDATES, NoticeType.AWARD_RESULT, NoticeType.TENDER_NOTICE])
def test_hostile(text: str, kind: NoticeType) -> None:
    """No text keeps the reader longer than its size explains: 100,000 characters in seconds, not minutes."""
    begun = time.perf_counter()
    tender = tender_of(Notice("a", "b", "http://a.example/", "A1-" * 300 + "甲县工程公告" * 50, None, text=text), kind)
    assert all(0 <= fact.start <= fact.end for fact in tender.facts)
    assert time.perf_counter() - begun < 10
