"""What a notice is called: rules of domain.md section 5, on titles composed here."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classify import classify
from pipeline.classify.decide import lot_of, round_of, type_of_title
from pipeline.classify.words import EVENTS, ORDINARY
from pipeline.model import Bucket, Channel, KeyArea, Notice, NoticeType, Source
from tests.pipeline.classify.title_cases import CASES

SOURCE = Source(
    key="here",
    name="某建设网",
    home="http://example.test/",
    dialect="jeecms",
    channels=(
        Channel("zbgg", "招标公告", "http://example.test/zbgg", Bucket.TENDER_AND_AWARD),
        Channel("zbgs", "中标公示", "http://example.test/zbgs", Bucket.TENDER_AND_AWARD),
        Channel("jyjg", "交易结果公示", "http://example.test/jyjg", Bucket.TENDER_AND_AWARD),
        Channel("hydt", "行业动态", "http://example.test/hydt", Bucket.INDUSTRY_NEWS),
        Channel("jscj", "建设成就", "http://example.test/jscj", Bucket.LIVELIHOOD_PICTURES),
        Channel("tzgg", "公告通知", "http://example.test/tzgg", Bucket.NOTICE),
        Channel("zx", "综合信息", "http://example.test/zx", Bucket.UNDECIDED),
    ),
    labels=(("答疑文件", NoticeType.CLARIFICATION),),
)


CONDITIONED = [rule for rule in EVENTS if rule.before]


def notice(title: str, channel: str = "zx", text: str = "") -> Notice:
    day = datetime(2014, 6, 3, tzinfo=UTC)
    return Notice(source="here", channel=channel, url="http://example.test/1", title=title, published=day, text=text)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于甲县乙路工程施工招标投诉的处理决定书", "objection"),
        ("丙工程中标候选人公示异议处理结果的公示", "objection"),
        ("丁项目更正及延期公告", "correction"),
        ("戊项目招标文件澄清变更公告", "correction"),
        ("己项目中标候选人公示更正", "correction"),
        ("庚项目答疑补遗文件", "addendum"),
        ("辛项目招标补充（更正）文件（一）", "addendum"),
        ("壬项目招标文件澄清函", "clarification"),
        ("癸工程施工招标延期开标公告", "postponement"),
        ("关于推迟某县供水工程投标截止时间的通知", "postponement"),
        ("关于暂停某县中学教学楼工程招标活动的公告", "suspension"),
        ("某工程招标失败公告", "termination"),
        ("某工程施工（第二次）流标公告", "termination"),
        ("关于取消某公司第一中标候选人资格并重新确定中标人的公示", "award_change"),
    ],
)
def test_events_override_wherever_they_stand(title: str, expected: str) -> None:
    """Objection, correction, addendum, clarification, postponement, suspension and termination outrank other words."""
    assert type_of_title(title)[0] == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("甲工程招标中标候选人公示", "award_candidates"),
        ("乙工程公开招标中标公告", "award_result"),
        ("丙项目询价采购成交结果公告", "award_result"),
        ("丁项目招标文件公示", "plan"),
        ("戊系统单一来源采购公告", "single_source"),
        ("戊系统单一来源采购成交公告", "award_result"),
        ("己工程施工招标资格预审公告", "prequalification"),
        ("己工程施工资格预审结果公告", "prequalification_result"),
        ("庚工程开标记录", "bid_opening_record"),
        ("辛工程中标公示", "award_notice_unspecified"),
        ("壬项目政府采购合同公告", "contract"),
        ("癸项目市场调研公告", "other"),
        ("某项目重新招标公告", "tender_notice"),
        ("某项目竞争性磋商公告项目编号：ABC-2017-001", "tender_notice"),
        ("2017年度片区检测框架招标", "tender_notice"),
    ],
)
def test_the_last_type_word_decides(title: str, expected: str) -> None:
    """Without an event word the last type word of a title is its type."""
    assert type_of_title(title)[0] == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("中标管理信息系统招标公告", "tender_notice"),
        ("建设工程中标保证保险采购公告", "tender_notice"),
        ("12345投诉处理平台建设项目招标公告", "tender_notice"),
        ("某县土地变更调查项目招标公告", "tender_notice"),
        ("某县补充耕地项目施工招标公告", "tender_notice"),
        ("污水厂澄清池设备采购招标公告", "tender_notice"),
        ("矿山植被恢复招标公告", "tender_notice"),
        ("物流标准化托盘采购公告", "tender_notice"),
        ("危废标识牌制作询价公告", "tender_notice"),
        ("信访投诉处理中心办公楼工程中标结果公告", "award_result"),
        ("合同能源管理项目招标公告", "tender_notice"),
        ("招标文件编制服务比选公告", "tender_notice"),
        ("关于加强招标公告发布管理的通知", "notice"),
        ("关于征求《某管理条例》意见的公告", "notice"),
        ("某路施工图审查结果公示", "undecidable"),
    ],
)
def test_a_type_word_inside_a_name_decides_nothing(title: str, expected: str) -> None:
    """招标, 变更, 投诉 and the like that belong to the name of a thing are vetoed."""
    assert type_of_title(title)[0] == expected


@pytest.mark.parametrize(
    ("title", "expected"), [(title, kind) for kind, titles in CASES.items() for title in titles.strip().splitlines()]
)
def test_the_wording_of_many_portals(title: str, expected: str) -> None:
    """Every way in which offices write the rare types names its type."""
    assert type_of_title(title)[0] == expected


def test_every_word_of_the_table_names_its_type() -> None:
    """No word of the table is out of reach behind another: at the end of a title it says what its rule says."""
    unconditional = [rule for rule in (*EVENTS, *ORDINARY) if rule.notice_type and not rule.after]
    words = {word: rule.notice_type for rule in unconditional if rule not in CONDITIONED for word in rule.words.split()}
    assert {word: type_of_title(f"甲采购项目乙{word}")[0] for word in words} == words


def test_traditional_script_names_the_same_type() -> None:
    """Mirrors show official titles in traditional script."""
    assert type_of_title("甲縣乙路工程招標公告變更公告")[0] is NoticeType.CORRECTION
    assert type_of_title("甲縣乙路工程中標候選人公示")[0] is NoticeType.AWARD_CANDIDATES


def test_the_rule_is_the_word_found() -> None:
    """The reason names where the word stood and which it was."""
    assert type_of_title("甲工程更正公告") == (NoticeType.CORRECTION, "title: 更正")
    assert type_of_title("甲工程") == (NoticeType.UNDECIDABLE, "none")


@pytest.mark.parametrize(
    ("title", "channel", "expected", "rule"),
    [
        ("甲小学综合楼新建工程", "zbgg", NoticeType.TENDER_NOTICE, "channel: zbgg"),
        ("乙小区道路工程", "jyjg", NoticeType.AWARD_NOTICE_UNSPECIFIED, "channel: jyjg"),
        ("丙剧院施工监理招标", "jyjg", NoticeType.AWARD_NOTICE_UNSPECIFIED, "channel: jyjg"),
        ("丁工程废标公告", "jyjg", NoticeType.TERMINATION, "title: 废标"),
        ("全区建筑工地复工检查", "hydt", NoticeType.INDUSTRY_NEWS, "channel: hydt"),
        ("新建大桥通车", "jscj", NoticeType.PICTURES, "channel: jscj"),
        ("关于表彰先进单位的决定", "tzgg", NoticeType.NOTICE, "channel: tzgg"),
        ("戊工程招标公告", "tzgg", NoticeType.TENDER_NOTICE, "title: 招标公告"),
        ("己工程", "zx", NoticeType.UNDECIDABLE, "none"),
    ],
)
def test_the_channel_is_the_prior(title: str, channel: str, expected: NoticeType, rule: str) -> None:
    """A title without a type word is what its section holds; one with a type word is what it says."""
    category = classify(notice(title, channel), SOURCE)
    assert (category.notice_type, category.type_rule) == (expected, rule)


def test_the_label_stands_between_title_and_channel() -> None:
    """The listing's label is believed before the section, the title before the label."""
    assert classify(notice("甲工程", "zbgg"), SOURCE, "答疑文件").type_rule == "label: 答疑文件"
    assert classify(notice("甲工程", "zbgg"), SOURCE, "答疑文件").notice_type is NoticeType.CLARIFICATION
    assert classify(notice("甲工程", "zbgg"), SOURCE, "流标公告").notice_type is NoticeType.TERMINATION
    assert classify(notice("甲工程合同公告", "zbgg"), SOURCE, "答疑文件").notice_type is NoticeType.CONTRACT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一中标候选人：甲公司，公示期三天", NoticeType.AWARD_CANDIDATES),
        ("中标人：甲公司，中标价：一百万元", NoticeType.AWARD_RESULT),
        ("中标候选人公示期间无异议，现确定中标人：甲公司", NoticeType.AWARD_RESULT),
        ("详见附件", NoticeType.AWARD_NOTICE_UNSPECIFIED),
    ],
)
def test_the_body_decides_a_bare_award_notice(text: str, expected: NoticeType) -> None:
    """中标公示 alone is candidates or result by its body, and nothing else is read from bodies."""
    assert classify(notice("甲工程中标公示", "zbgs", text), SOURCE).notice_type is expected
    assert classify(notice("甲工程招标公告", "zbgg", text), SOURCE).notice_type is NoticeType.TENDER_NOTICE


@pytest.mark.parametrize(
    ("channel", "text", "expected", "rule"),
    [
        (
            "zx",
            "中标候选人公示\n甲工程于六月三日开标\n第一中标候选人：甲公司",
            "award_candidates",
            "body: 中标候选人公示",
        ),
        ("zbgg", "甲工程流标公告\n投标人不足三家", "termination", "body: 流标"),
        ("zbgg", "甲工程\n一、项目名称：甲工程\n二、流标原因：投标人不足三家", "termination", "body: 流标原因"),
        ("zbgg", "一、项目名称：甲工程\n三、更正内容：\n开标时间改为六月十日", "correction", "body: 更正内容"),
        ("zx", "1．招标条件\n甲工程已批准\n3. 投标人资格要求\n4. 招标文件的获取\n", "tender_notice", None),
        ("tzgg", "1．招标条件\n甲工程已批准\n3. 投标人资格要求\n4. 招标文件的获取\n", "tender_notice", None),
        ("zx", "合同编号：甲1\n合同金额：一百元\n", "contract", "body: 合同编号, 合同金额"),
        ("zx", "投标人不足三家时按更正内容执行，流标原因另行公告", "undecidable", "none"),
        ("zx", "甲工程\n本工程招标条件已经具备", "undecidable", "none"),
        ("hydt", "中标候选人公示\n第一中标候选人：甲公司", "industry_news", "channel: hydt"),
    ],
)
def test_the_body_speaks_where_the_title_is_silent(channel: str, text: str, expected: str, rule: str | None) -> None:
    """Its own heading at the top or the labels of its form decide; words in running text do not."""
    category = classify(notice("甲工程", channel, text), SOURCE)
    assert category.notice_type == expected
    assert rule is None or category.type_rule == rule


def test_a_result_under_a_label_of_failure_is_one() -> None:
    """结果公告 does not say of what kind the result is; the portal's label 废标 does."""
    assert classify(notice("甲项目结果公告", "jyjg"), SOURCE, "废标").notice_type is NoticeType.TERMINATION
    assert classify(notice("甲项目结果公告", "jyjg"), SOURCE, "中标").notice_type is NoticeType.AWARD_RESULT


def test_a_vague_label_leaves_the_section_its_say() -> None:
    """公告 on a row says less than the section 招标公告."""
    assert classify(notice("甲工程", "zbgg"), SOURCE, "公告").type_rule == "channel: zbgg"


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("招标公告/资审公告", "tender_notice"),
        ("异常公告", "termination"),
        ("质疑投诉", "objection"),
        ("验收", "contract"),
        ("招标控制价", "other"),
        ("变更公示", "correction"),
        ("澄清答疑", "clarification"),
        ("采购意向", "plan"),
        ("工作动态", "industry_news"),
        ("政府采购", "undecidable"),
    ],
)
def test_what_a_section_promises(section: str, expected: str) -> None:
    """A section's name says what its titles without a type word are; a name of mixed content says nothing."""
    channel = Channel("c", section, "http://example.test/c", Bucket.UNDECIDED)
    source = Source("here", "某网", "http://example.test/", "jeecms", (channel,))
    assert classify(notice("甲工程", "c"), source).notice_type == expected


def test_bucket_follows_the_channel_and_area_the_subject() -> None:
    """A tender for 廉租住房 is bucket 招标 and area 保障性住房: two axes."""
    category = classify(notice("甲县廉租住房建设工程施工招标公告", "zbgg"), SOURCE)
    assert (category.bucket, category.bucket_rule) == (Bucket.TENDER_AND_AWARD, "channel: zbgg")
    assert (category.areas, category.area_rule) == ((KeyArea.AFFORDABLE_HOUSING,), "title: 廉租")


def test_areas_come_in_the_order_of_the_taxonomy() -> None:
    """Several areas are named in one fixed order, whatever the order in the title."""
    category = classify(notice("关于质量安全不良行为和资质核查的通报", "tzgg"), SOURCE)
    assert category.areas == (KeyArea.CONSTRUCTION_MARKET, KeyArea.CREDIT, KeyArea.QUALITY_SAFETY)


def test_a_safety_licence_is_market_not_safety() -> None:
    """安全生产许可 is a licence of the construction market."""
    assert classify(notice("安全生产许可证延期名单"), SOURCE).areas == (KeyArea.CONSTRUCTION_MARKET,)


def test_an_undecided_channel_takes_its_bucket_from_the_type() -> None:
    """Tender types fall under 招标公告中标公示; anything else stays undecided."""
    tender = classify(notice("甲工程中标结果公告"), SOURCE)
    assert (tender.bucket, tender.bucket_rule) == (Bucket.TENDER_AND_AWARD, "type: award_result")
    assert classify(notice("甲"), SOURCE).bucket is Bucket.UNDECIDED
    assert classify(notice("甲", channel="gone"), SOURCE).bucket is Bucket.UNDECIDED


@pytest.mark.parametrize(
    ("title", "lot"),
    [
        ("甲路工程（二标段）招标公告", "2"),
        ("甲路工程第十二标段招标公告", "12"),
        ("乙项目02包:门诊家具", "2"),
        ("乙项目包二采购公告", "2"),
        ("丙道路项目三合同段中标候选人公示", "3"),
        ("丁项目结果公告（采购包1）", "1"),
        ("戊工程Ⅱ标段", "2"),
        ("己采购（C标段）结果公告", "C"),
        ("庚水库加固工程1-4标段施工", "1-4"),
        ("辛道路№28、№29标段招标公告", "28,29"),
        ("壬治理工程-002-招标文件", "2"),
        ("癸项目（城东、城西片区）城东标段中标公告", "城东"),
        ("监理标段无标段第二次招标公告", ""),
        ("某项目总承包招标公告", ""),
        ("食品包装设备采购公告", ""),
        ("标准化厂房招标公告", ""),
        ("道路一期工程", ""),
        ("一标三实信息采集项目", ""),
        ("甲公路TJ-1标段施工招标公告", "TJ-1"),
        ("甲隧道JL2标段监理招标公告", "JL2"),
        ("甲工程（一）标段招标公告", "1"),
        ("甲工程标段（二）中标结果公告", "2"),
        ("乙工程共4个标段监理招标公告", ""),
        ("丙小区5标准化厂房招标公告", ""),
    ],
)
def test_lot(title: str, lot: str) -> None:
    """A lot is an Arabic numeral or a letter, however it is written; phases, packaging and standards are none."""
    assert lot_of(title) == lot


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("甲项目（第二次）招标公告", "2"),
        ("甲项目三次招标公告", "3"),
        ("甲项目采购公告(第二次)", "2"),
        ("甲项目采购2次结果公示", "2"),
        ("甲项目（重）中标公告", "re"),
        ("甲项目（再次）招标公告", "re"),
        ("乙变电站二次设备采购招标公告", ""),
        ("丙住宅重新粉刷工程招标公告", ""),
        ("甲项目(重新采购第1次)中标结果公示", "re"),
        ("甲项目更正公告（第二次）", ""),
        ("甲项目中标候选人公示第2次公示", ""),
        ("甲项目答疑公告第三次", ""),
        ("小区二次供水改造工程招标公告", ""),
        ("手术室二次深化建设项目", ""),
        ("第二次全国污染源普查采购公告", ""),
        ("甲项目公告（第一次）", ""),
    ],
)
def test_round(title: str, expected: str) -> None:
    """A round numbers the tendering, not the publication and not a thing called 二次."""
    assert round_of(title) == expected


@given(st.text())
def test_any_title_has_exactly_one_type(title: str) -> None:
    """Whatever stands in a title, it gets a type, a rule, a lot and a round."""
    category = classify(notice(title), SOURCE)
    assert category.notice_type in NoticeType
    assert category.type_rule
    assert (category.lot, category.round) == (lot_of(title), round_of(title))


@pytest.mark.parametrize("piece", ["关于", "取消", "延期", "（", "公示", "一、", "第二次", "合同", "\u200b"])
def test_a_monstrous_title_costs_what_its_end_costs(piece: str) -> None:
    """Of a title only the last characters are read, so a hostile one takes no time."""
    assert type_of_title(piece * 300_000) == type_of_title(piece * 3_000)
