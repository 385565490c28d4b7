"""A composed notice, mutated as reposts are and as other announcements are: the first are one, the second never."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.likeness import compare
from pipeline.likeness.compare import Likeness, Sameness
from pipeline.likeness.compared_parts import DAY_STEP, keys_of, said_in
from pipeline.model import Notice
from pipeline.values.traditional import SIMPLIFIED

WIDE = str.maketrans("0123456789:().,-", "０１２３４５６７８９：（）．，－")
TRADITIONAL = {simple: trad for trad, simple in SIMPLIFIED.items() if chr(simple) not in "干后里面只斗系云表占复发几台"}


@dataclass(frozen=True)
class Facts:
    """What a composed notice states; every field must differ for another announcement."""

    county: str = "甲县"
    road: str = "乙路"
    lot: str = "二"
    number: str = "JX2014-0603"
    amount: int = 4658773
    day: int = 23
    winner: str = "丁市宏远建筑工程有限公司"


def award(facts: Facts) -> Notice:
    """An award notice of several sections, as portals lay it out."""
    name = f"{facts.county}{facts.road}道路改造工程（{facts.lot}标段）施工"
    text = (
        f"{name}于2014年6月{facts.day}日9时30分在{facts.county}公共资源交易中心开标，经评标委员会评审，现将中标结果公告如下：\n"
        f"一、项目编号：{facts.number}\n二、建设规模：道路全长1.25公里，路基宽7.5米，配套给排水管网2100米。\n"
        f"三、中标人：{facts.winner}\n四、中标价：{facts.amount}.00元，工期180日历天，质量合格。\n"
        f"五、项目经理：王某，注册编号：川251060801234。\n"
        f"六、评标委员会成员：李某、张某、赵某、钱某、孙某。公示期3日，对结果有异议的，请在公示期内以书面形式向招标人提出。\n"
        f"招标人：{facts.county}住房和城乡建设局，联系人：周某，电话：0891-1234567\n2014年6月25日"
    )
    return Notice("here", "zhb", "http://here.test/1.html", f"{name}中标结果公告", DAY, text=text)


DAY = datetime(2014, 6, 24, 16, tzinfo=UTC)  # 25 June in China
BASE = award(Facts())
Change = Callable[[Notice], Notice]


def told(change: Callable[[str], str]) -> Change:
    return lambda notice: replace(notice, text=change(notice.text))


def titled(change: Callable[[str], str]) -> Change:
    return lambda notice: replace(notice, title=change(notice.title))


def everywhere(change: Callable[[str], str]) -> Change:
    return lambda notice: replace(notice, title=change(notice.title), text=change(notice.text))


def swapped(old: str, new: str) -> Change:
    assert old in BASE.title + BASE.text, old
    return everywhere(lambda text: text.replace(old, new))


REPOSTS: dict[str, Change] = {
    "nothing": lambda notice: notice,
    "width": everywhere(lambda text: text.translate(WIDE)),
    "white space": told(lambda text: text.replace("\n", "\n\u3000\u3000").replace("，", " ， ")),
    "split digits": told(lambda text: re.sub(r"(\d)(\d)", "\\1 \\2", text)),
    "punctuation": told(lambda text: text.replace("，", ",").replace("。", ".").replace("：", ":")),
    "glued dates": told(lambda text: re.sub(r"(\d{4})年(\d{1,2})月(\d{1,2})日", r"\1\2\3日", text)),
    "dates with dashes": told(lambda text: re.sub(r"(\d{4})年(\d{1,2})月(\d{1,2})日", r"\1-0\2-\3", text)),
    "clock": told(lambda text: text.replace("9时30分", "9:30")),
    "separators": told(lambda text: text.replace("4658773.00", "4,658,773.00")),
    "cents": told(lambda text: text.replace("4658773.00", "4658773")),
    "myriads": told(lambda text: text.replace("4658773.00元", "465.8773万元")),
    "other telephone": told(lambda text: text.replace("0891-1234567", "13900000001")),
    "no telephone": told(lambda text: text.replace("电话：0891-1234567", "")),
    "day of the repost": told(lambda text: text.replace("2014年6月25日", "2014年6月26日")),
    "header": told(
        lambda text: f"当前位置：首页 > 中标公示\n{BASE.title}\n发布时间：2014-06-26 来源：某网 浏览次数：17\n" + text
    ),
    "footer": told(lambda text: text + "\n【打印】【关闭】\n上一篇：丙县桥梁中标公告\n下一篇：无"),
    "heading": told(lambda text: "中标结果公告\n" + text),
    "traditional script": everywhere(lambda text: text.translate(TRADITIONAL)),
    "portal before the title": titled(lambda title: "【某某交易网】" + title),
    "district before the title": titled(lambda title: "[甲县]" + title),
    "agency before the title": titled(lambda title: "某某招标代理有限公司关于" + title),
    "province before the title": titled(lambda title: "西藏自治区丙市" + title),
    "brackets in the title": titled(lambda title: title.replace("（", "(").replace("）", ")")),
    "lot in digits": titled(lambda title: title.replace("二标段", "2标段")),
    "shorter title": titled(lambda title: title.replace("中标结果公告", "中标公告")),
}
OTHERS: dict[str, Change] = {
    "lot": swapped("二标段", "三标段"),
    "lot in the title": titled(lambda title: title.replace("二标段", "三标段")),
    "round": everywhere(lambda text: text.replace("标段）施工", "标段）施工（第二次）")),
    "stage": titled(lambda title: title.replace("中标结果", "中标候选人")),
    "tender": titled(lambda title: title.replace("中标结果", "招标")),
    "correction": titled(lambda title: title + "更正公告"),
    "correction in a bracket": titled(lambda title: title + "[第1次变更]"),
    "corrected within": told(lambda text: text + "\n更正：工期改为二百天。"),
    "second publication": lambda notice: replace(
        notice, title=notice.title + "（第2次公示）", text=notice.text.replace("宏远", "宏达")
    ),
    "service": swapped("标段）施工", "标段）监理"),
    "service in the title": titled(lambda title: title.replace("）施工", "）施工监理")),
    "project": swapped("乙路", "丙路"),
    "county": swapped("甲县", "戊县"),
    "number": swapped("JX2014-0603", "JX2014-0604"),
    "amount": swapped("4658773", "4658778"),
    "a digit lost": swapped("4658773", "465877"),
    "a digit more": swapped("1.25公里", "11.25公里"),
    "point": swapped("1.25公里", "12.5公里"),
    "opening": swapped("6月23日", "6月28日"),
    "year": swapped("2014年6月23日", "2013年6月23日"),
    "duration": swapped("180日历天", "120日历天"),
    "winner": swapped("宏远", "宏达"),
    "manager": swapped("项目经理：王某", "项目经理：吴某"),
    "whole year later": lambda notice: replace(
        everywhere(lambda text: text.replace("2014", "2015"))(notice), published=datetime(2015, 6, 24, 16, tzinfo=UTC)
    ),
}


def likeness(one: Notice, two: Notice) -> Likeness:
    """The decision, which is the same in either order."""
    found = compare(said_in(one), said_in(two))
    assert compare(said_in(two), said_in(one)) == found
    return found


def elsewhere(notice: Notice) -> Notice:
    return replace(notice, source="there", url="http://there.test/a/9.html")


@pytest.mark.parametrize("name", REPOSTS)
def test_a_repost_on_another_portal_is_the_same(name: str) -> None:
    """What portals change when they post again does not make another announcement, and the reason is told."""
    again = replace(elsewhere(REPOSTS[name](BASE)), published=DAY + timedelta(days=1))
    found = likeness(BASE, again)
    assert (found.verdict, bool(found.reason)) == (Sameness.SAME, True), found.reason


ON_ONE_PORTAL = sorted(REPOSTS.keys() - {"shorter title"})


@pytest.mark.parametrize("name", ON_ONE_PORTAL)
def test_a_repost_on_the_same_portal_is_the_same(name: str) -> None:
    """The same holds within a portal: a list that shows one notice twice counts one document."""
    again = replace(REPOSTS[name](BASE), url="http://here.test/2.html", published=DAY + timedelta(days=1))
    assert likeness(BASE, again).verdict is Sameness.SAME, likeness(BASE, again).reason


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("place", [elsewhere, lambda notice: replace(notice, url="http://here.test/2.html")])
def test_what_must_differ_is_never_merged(name: str, place: Change) -> None:
    """Another lot, round, stage, service, project, number, amount, day or name is another announcement."""
    found = likeness(BASE, place(OTHERS[name](BASE)))
    assert found.verdict is Sameness.DIFFERENT, found.reason


@pytest.mark.parametrize("repost", REPOSTS)
@pytest.mark.parametrize("name", OTHERS)
def test_no_mutation_hides_what_differs(name: str, repost: str) -> None:
    """Reformatted by another portal, another announcement is still another one."""
    found = likeness(BASE, elsewhere(REPOSTS[repost](OTHERS[name](BASE))))
    assert found.verdict is not Sameness.SAME, found.reason


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_changed_character_of_a_figure_is_never_the_same(data: st.DataObject) -> None:
    """Whichever digit changes, of a code, an amount, a length or a date, except a telephone's: not one announcement."""
    contact = BASE.text.index("0891")
    places = [n for n, char in enumerate(BASE.text) if char.isdigit() and not contact <= n < contact + 12]
    # The last line is the day of publication, which a repost changes.
    place = data.draw(st.sampled_from([n for n in places if n < BASE.text.rindex("\n")]))
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != BASE.text[place]]))
    other = replace(BASE, text=BASE.text[:place] + digit + BASE.text[place + 1 :])
    assert likeness(BASE, elsewhere(other)).verdict is Sameness.DIFFERENT


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(REPOSTS)), min_size=2, max_size=3, unique=True))
def test_several_changes_of_layout_at_once_stay_the_same(names: list[str]) -> None:
    """Portals change more than one thing."""
    again = BASE
    for name in names:
        again = REPOSTS[name](again)
    again = replace(elsewhere(again), published=DAY + timedelta(days=1))
    assert likeness(BASE, again).verdict is not Sameness.DIFFERENT, likeness(BASE, again).reason


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(REPOSTS)), st.integers(0, 2))
def test_a_repost_shares_a_key(name: str, days: int) -> None:
    """Whatever is merged is found: one of the keys of two reposts is equal, or a day or two apart."""
    again = replace(elsewhere(REPOSTS[name](BASE)), published=DAY + timedelta(days=days))
    one, two = keys_of(said_in(BASE)), keys_of(said_in(again))
    near = one.name and two.name and (one.name - two.name) / DAY_STEP in range(-2, 3)
    assert one.text == two.text or near


def test_excerpts_of_one_notice_on_two_portals_are_one_and_on_one_portal_doubtful() -> None:
    """Aggregators cut anywhere; one portal shows two lots under one title."""
    head = replace(BASE, text="甲县乙路道路改造工程（二标段）施工，招标人为甲县住房和城乡建设局，资金来源为财政资金。")
    text = "公示期3日，评标委员会成员李某张某赵某，联系人周某，地址某街某号，邮编见附件。"
    tail = replace(head, url="http://here.test/2.html", text=text)
    assert likeness(head, elsewhere(tail)).verdict is Sameness.SAME
    assert likeness(head, tail).verdict is Sameness.DOUBTFUL


def test_a_title_alone_is_enough_on_another_portal_only() -> None:
    """Without a text, a name that tells whose project it is decides between portals, nothing within one."""
    silent = replace(BASE, text="", url="http://here.test/2.html")
    assert likeness(BASE, elsewhere(silent)).verdict is Sameness.SAME
    assert likeness(BASE, silent).verdict is Sameness.DOUBTFUL
    anyone = replace(BASE, title="监控系统升级中标公告", text="")
    assert likeness(anyone, elsewhere(anyone)).verdict is not Sameness.SAME


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_get_one_verdict_in_either_order(one: str, two: str, title: str, other: str) -> None:
    """Nothing that a portal sends makes the comparison fail or depend on the order."""
    likeness(replace(BASE, title=title, text=one), elsewhere(replace(BASE, title=other, text=two)))
