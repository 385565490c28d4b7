"""Which notices are of one project, in which lot and round, and what takes the place of what."""

import random
from datetime import date, timedelta

import pytest

from pipeline.classify.decide import lot_of, round_of, type_of_title
from pipeline.likeness.chain_steps import ChainStep, lots_in, steps_of
from pipeline.likeness.chains import Trace, grouped
from pipeline.likeness.project import core_of, name_form, number_form, numbers_in_title, round_of_number

BEGIN = date(2014, 6, 3)
SCHOOL = "甲县中学综合楼"


def notice(title: str, day: int = 0, id_: str = "", **said: str) -> Trace:
    """What a posting with that title is recognised by, `day` days after the first."""
    number = said.get("number", "")
    return Trace(
        posting=id_ or f"{day:04} {title}",
        source=said.get("source", "portal"),
        notice_type=type_of_title(title)[0],
        day=BEGIN + timedelta(days=day),
        fingerprint=said.get("text", f"{title} {day}"),
        title=title,
        cores=tuple(filter(None, (core_of(title), core_of(said.get("name", ""))))),
        numbers=tuple(filter(None, (number_form(number), *numbers_in_title(title)))),
        others=(),
        buyer=name_form(said.get("buyer", "")),
        region=said.get("region", ""),
        lot=lot_of(title),
        round=round_of(title) or round_of_number(number),
    )


def are_one(one: Trace, other: Trace) -> bool:
    return len(grouped([one, other])) == 1


def course(*traces: Trace) -> list[ChainStep]:
    """The steps of notices that are of one project."""
    ((members, links),) = grouped(traces)
    return steps_of(members, links)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲县中学综合楼施工招标公告", "甲县中学综合楼工程中标候选人公示"),
        ("甲县中学综合楼建设项目施工招标公告", "关于甲县中学综合楼建设项目施工延期开标的公告"),
        ("[甲县]甲县中学综合楼项目（二标段）（第二次）招标公告", "甲县中学综合楼项目二标段二次招标中标结果公示"),
        ("甲县中学综合楼工程招标公告", "甲县中学综合楼工程答疑纪要（二）"),
        ("西藏自治区甲县中学综合楼工程招标公告", "甲县中学综合楼工程招标公告变更公告[第2次变更]"),
        ("甲縣中學綜合樓工程招標公告", "甲县中学综合楼工程废标公告"),
        ("2014年度甲县公路养护工程招标公告", "2014年甲县公路养护工程中标公告"),
        ("某某咨询有限公司关于甲县中学综合楼项目的公开招标公告", "甲县中学综合楼项目合同公告"),
        ("甲县中学综合楼工程（JXZX-2014-018）招标公告", "甲县中学综合楼工程中标公示 项目编号：JXZX-2014-018"),
    ],
)
def test_names_are_one_without_stage_lot_and_round(one: str, other: str) -> None:
    """What editors add and stages differ in does not belong to the project's name."""
    assert core_of(one) == core_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲县中学综合楼施工招标公告", "甲县中学综合楼监理招标公告"),
        ("甲县一中综合楼施工招标公告", "甲县二中综合楼施工招标公告"),
        ("甲县道路一期工程招标公告", "甲县道路二期工程招标公告"),
        ("2014年甲县公路养护工程招标公告", "2015年甲县公路养护工程招标公告"),
        ("第三次全国土地调查项目招标公告", "第二次全国土地调查项目招标公告"),
        ("四川省人民医院设备采购公告", "贵州省人民医院设备采购公告"),
        ("甲县东街道路工程招标公告", "甲县西街道路工程招标公告"),
    ],
)
def test_siblings_have_other_names(one: str, other: str) -> None:
    """The same template for another place, year, phase or service is another project."""
    assert core_of(one) != core_of(other)
    assert not are_one(notice(one, buyer="甲县教育局"), notice(other, 20, buyer="甲县教育局"))


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("藏建招〔2014〕012号", "藏建招-2014-012"),
        ("藏建招[2014]012 号", "藏建招-2014-012"),
        ("ＪＸＺＸ－２０１４－０１８", "JXZX-2014-018"),
        ("YCA020032-202502-01（2）", "YCA020032-202502-01"),
        ("JXZX-2014-018（第二次）", "JXZX-2014-018"),
        ("无", ""),
        ("/", ""),
        ("详见招标文件", ""),
        ("20140603", ""),
        ("2014", ""),
        ("ZJWS2014", ""),
        ("000000", ""),
        ("XXXX-2014-001", ""),
    ],
)
def test_numbers_have_one_form(written: str, form: str) -> None:
    """Widths, brackets and the round do not belong to a number; placeholders and mere years are none."""
    assert number_form(written) == form


def test_the_round_at_a_numbers_end() -> None:
    """…(2) and …（第三次） name the round."""
    numbers = ["YCA020032-202502-01(2)", "JXZX-2014-018（第三次）", "JXZX-2014-018", "JXZX-018(重新招标)"]
    assert [round_of_number(number) for number in numbers] == ["2", "3", "", "re"]


def test_a_number_links_whatever_the_title() -> None:
    """A correction that is called nothing but that belongs to the tender with its number."""
    tender = notice(f"{SCHOOL}施工招标公告", number="JXZX-2014-018")
    assert are_one(tender, notice("更正公告（一）", 9, number="jxzx-2014-018", source="other"))


def test_a_number_of_everybody_links_nothing() -> None:
    """An example from a form, under four unrelated names, is no number."""
    names = ["甲县中学综合楼", "乙市滨河路照明", "丙镇污水管网", "丁州医院设备"]
    traces = [notice(f"{name}招标公告", day, number="ABCD-2014-0001") for day, name in enumerate(names)]
    assert len(grouped(traces)) == 4


def test_a_number_under_another_name_is_a_mistake() -> None:
    """Two projects that have nothing but a number in common, and two years of one purchase, stay apart."""
    one = notice("甲县中学综合楼招标公告", number="JXZX-2014-018")
    assert not are_one(one, notice("乙市滨河路照明招标公告", 3, number="JXZX-2014-018"))
    yearly = notice("2014年甲县公路养护招标公告", number="GL-YH-2014")
    assert not are_one(yearly, notice("2015年甲县公路养护招标公告", 365, number="GL-YH-2014"))


def test_an_investment_code_is_shared_by_tenders() -> None:
    """Works and supervision of one investment project carry its code and stay two projects here."""
    code = "2403-540102-04-01-123456"
    assert not are_one(
        notice(f"{SCHOOL}施工招标公告", number=code, buyer="甲县教育局"),
        notice(f"{SCHOOL}监理招标公告", number=code, buyer="甲县教育局"),
    )


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ({"number": "SZ-2014-012"}, {"number": "SZ-2014-077"}),
        ({"buyer": "甲县教育局", "region": ""}, {"buyer": "乙市交通局"}),
        ({"region": "540102"}, {"region": "540202"}),
    ],
)
def test_an_equal_name_with_something_against_it(said: dict[str, str], more: dict[str, str]) -> None:
    """Other numbers of one series, another buyer, another place: two projects with one name."""
    name = "办公楼维修改造及室外附属"
    assert not are_one(notice(f"{name}招标公告", **said), notice(f"{name}中标公告", 30, **more))


def test_next_years_purchase_is_another() -> None:
    """The same name a year later, called for anew, is another procedure; the awards go to their own year."""
    traces = [
        notice("甲县教育局办公用品采购公告", 0, "a1"),
        notice("甲县教育局办公用品中标公告", 40, "a2"),
        notice("甲县教育局办公用品采购公告", 365, "b1"),
        notice("甲县教育局办公用品中标公告", 410, "b2"),
    ]
    assert sorted([one.posting for one in members] for members, _ in grouped(traces)) == [["a1", "a2"], ["b1", "b2"]]


def test_what_the_title_names_besides_the_project_tells() -> None:
    """The text names the school; desks, supervision and works for it are three tenders."""
    name = {"name": "甲县中学综合楼建设项目", "buyer": "甲县教育局"}
    works = notice("甲县中学综合楼建设项目施工招标公告", **name)
    assert are_one(works, notice("甲县中学综合楼建设项目中标公告", 30, **name))
    assert not are_one(works, notice("甲县中学综合楼建设项目监理中标公告", 30, **name))
    assert not are_one(works, notice("甲县中学综合楼课桌椅采购中标公告", 30, **name))


def test_a_third_notice_brings_no_rivals_together() -> None:
    """Two projects with one name and two numbers, and a notice without a number: it joins one, they stay apart."""
    traces = [
        notice("办公楼维修改造及室外附属招标公告", 0, "a", number="SZ-2014-012", buyer="甲县教育局"),
        notice("办公楼维修改造及室外附属中标公告", 25, "c", buyer="甲县教育局"),
        notice("办公楼维修改造及室外附属招标公告", 60, "b", number="SZ-2014-077", buyer="甲县教育局"),
    ]
    assert sorted([one.posting for one in members] for members, _ in grouped(traces)) == [["a", "c"], ["b"]]


def test_lots_of_a_project_are_one_chain() -> None:
    """Sibling lots, numbered -01 and -02, are lots of one project, each its own process."""
    steps = course(
        notice(f"{SCHOOL}招标公告", 0, number="JXZX-201406"),
        notice(f"{SCHOOL}（一标段）中标候选人公示", 30, number="JXZX-201406-01"),
        notice(f"{SCHOOL}（二标段）中标候选人公示", 30, number="JXZX-201406-02"),
        notice(f"{SCHOOL}（二标段）中标结果公告", 40, number="JXZX-201406-02"),
    )
    assert [(step.lot, step.round) for step in steps] == [("", 1), ("1", 1), ("2", 1), ("2", 1)]
    assert len({step.process for step in steps}) == 3
    assert steps[3].supersedes == (steps[2].posting,)
    assert steps[0].why == steps[0].linked_to == ""
    assert all(step.linked_to and step.why for step in steps[1:])


def test_a_failed_round_is_followed_by_a_new_process() -> None:
    """A termination ends a round: the next call for tenders, marked or not, is a new process after the failed one."""
    for again in ("招标公告", "（第二次）招标公告", "重新招标公告"):
        steps = course(
            notice(f"{SCHOOL}招标公告", 0),
            notice(f"{SCHOOL}招标更正公告", 5),
            notice(f"{SCHOOL}流标公告", 30),
            notice(f"{SCHOOL}{again}", 45, text="again"),
            notice(f"{SCHOOL}中标候选人公示", 70),
            notice(f"{SCHOOL}中标结果公告", 76),
            notice(f"{SCHOOL}合同公告", 90),
        )
        assert [step.round for step in steps] == [1, 1, 1, 2, 2, 2, 2]
        assert {step.after for step in steps[3:]} == {steps[0].process}
        assert {step.after for step in steps[:3]} == {""}
        assert steps[1].supersedes == (steps[0].posting,)
        assert steps[5].supersedes == (steps[4].posting,)


def test_a_repost_is_in_the_round_of_what_it_repeats() -> None:
    """The first call, posted late by another portal after the termination, opens no new round."""
    steps = course(
        notice(f"{SCHOOL}招标公告", 0, text="one"),
        notice(f"{SCHOOL}流标公告", 30),
        notice(f"{SCHOOL}招标公告", 31, text="one", source="other"),
    )
    assert [step.round for step in steps] == [1, 1, 1]


def test_a_correction_amends_what_its_title_names() -> None:
    """更正 of the candidates, of the result or of the call: each takes the place of words of its own kind."""
    steps = course(
        notice(f"{SCHOOL}招标公告", 0, "call"),
        notice(f"{SCHOOL}更正公告", 3, "of call"),
        notice(f"{SCHOOL}中标候选人公示", 20, "candidates"),
        notice(f"{SCHOOL}中标候选人公示更正公告", 21, "of candidates"),
        notice(f"{SCHOOL}中标结果公告", 26, "result"),
        notice(f"{SCHOOL}中标结果公告更正公告", 27, "of result"),
        notice(f"{SCHOOL}招标公告变更公告", 28, "late"),
    )
    amended = {step.posting: step.supersedes for step in steps}
    assert amended["of call"] == ("call",)
    assert amended["of candidates"] == ("candidates",)
    assert amended["of result"] == ("result",)
    assert amended["late"] == ("call",)


def test_every_posting_of_a_superseded_announcement_is_named() -> None:
    """What stands on two portals is superseded on both."""
    steps = course(
        notice(f"{SCHOOL}中标候选人公示", 20, "a", text="candidates"),
        notice(f"{SCHOOL}中标候选人公示", 21, "b", text="candidates", source="other"),
        notice(f"{SCHOOL}中标结果公告", 26, "c"),
    )
    assert steps[2].supersedes == ("a", "b")


def test_order_never_matters() -> None:
    """Whatever the order in which the notices come, the chains and their courses are the same."""
    names = ["甲县中学综合楼", "乙市滨河路照明", "甲县中学综合楼监理"]
    stages = ["招标公告", "更正公告", "流标公告", "二次招标公告", "中标候选人公示", "中标结果公告"]
    traces = [notice(f"{name}{stage}", 10 * n, buyer="甲县教育局") for name in names for n, stage in enumerate(stages)]

    def all_steps(some: list[Trace]) -> list[ChainStep]:
        steps = (step for members, links in grouped(some) for step in steps_of(members, links))
        return sorted(steps, key=lambda step: step.posting)

    expected = all_steps(traces)
    assert len({step.chain for step in expected}) == 3
    for seed in range(8):
        shuffled = traces[:]
        random.Random(seed).shuffle(shuffled)
        assert all_steps(shuffled) == expected


def test_ranges_of_lots() -> None:
    """1-3 and 2,5 are several lots; nonsense is one."""
    assert lots_in("1-3") == {"1", "2", "3"}
    assert lots_in("2,5") == {"2", "5"}
    assert lots_in("A") == {"A"}
    assert lots_in("1-999999999") == {"1-999999999"}
    assert lots_in("") == set()


def test_hostile_titles_take_no_time() -> None:
    """No title makes the forms slow."""
    for title in ("(" * 50_000, "第一次" * 30_000, "A-" * 50_000, "标段" * 40_000, "[" + "a" * 90_000):
        core_of(title), number_form(title), numbers_in_title(title), round_of_number(title)
