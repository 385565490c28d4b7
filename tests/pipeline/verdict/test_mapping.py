"""Which part of a portal a claim is set against: the words, the months, and a person's word in their place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classify.review import Review, ReviewKind
from pipeline.count.slices import ALL_BUT_NOTICES, Scope, Slice, year_slice
from pipeline.model import Bucket, Channel, Definition, KeyArea, Line, NoticeType, Report, Source
from pipeline.report import claims_in, is_annual_report
from pipeline.report.found import is_of_portal
from pipeline.verdict import mappings_of
from pipeline.verdict.mapping import ClaimMapping
from pipeline.verdict.person import WrongMapping, decided, mapping_kept, mapping_typed
from pipeline.verdict.rules import UNSURE, VERSION


def channel(key: str, name: str, bucket: Bucket) -> Channel:
    return Channel(key, name, f"http://portal.test/{key}/", bucket)


SOURCE = Source(
    "s",
    "某市建设网",
    "http://portal.test/",
    "jeecms",
    (
        channel("zbgg", "招标公告", Bucket.TENDER_AND_AWARD),
        channel("zbgs", "中标公示", Bucket.TENDER_AND_AWARD),
        channel("hydt", "行业动态", Bucket.INDUSTRY_NEWS),
        channel("ggtz", "通知公告", Bucket.NOTICE),
    ),
)
PLAIN = replace(SOURCE, channels=(channel("xx", "信息发布", Bucket.UNDECIDED),))
TITLE = "某市住房和城乡建设局2019年政府信息公开工作年度报告\n"


def report_of(text: str) -> Report:
    return claims_in(text)


def last(text: str, source: Source = SOURCE) -> ClaimMapping:
    return mappings_of(report_of(TITLE + "一、概述\n" + text), source)[-1]


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("门户网站“通知公告”栏目发布信息120条。", ("ggtz",)),
        ("门户网站“通知公告”发布信息120条。", ("ggtz",)),
        ("通过门户网站公开招标公告120条。", ("zbgg",)),
        ("门户网站发布信息300条,其中行业动态120条,通知公告180条。", ("ggtz",)),
    ],
)
def test_a_section_named_is_that_section(text, channels):
    """A claim that names a section of the source by its name is read as that section first."""
    mapping = last(text)
    assert mapping.readings[0].channels == channels
    assert mapping.confidence >= 0.8


def test_a_section_that_is_not_declared_is_not_replaced_by_another():
    """“政策法规”栏目 on a portal whose source has none corresponds to nothing, and the mapping says so."""
    mapping = last("门户网站“政策法规”栏目发布信息30条。")
    assert mapping.readings == ()
    assert "政策法规" in mapping.rule


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("门户网站发布招标公告120条。", (NoticeType.TENDER_NOTICE,)),
        ("门户网站发布中标候选人公示80条。", (NoticeType.AWARD_CANDIDATES,)),
        ("门户网站发布中标结果公告80条。", (NoticeType.AWARD_RESULT,)),
    ],
)
def test_a_type_named_is_read_narrowly_and_widely(text, types):
    """Without such a section the kind of notice is meant; what offices file with it is admitted as well."""
    narrow, wide = last(text, PLAIN).readings
    assert narrow.types == types
    assert set(types) < set(wide.types)


def test_a_key_area_is_a_matter_of_judgement():
    """保障性住房信息40条 is read as the area, with too little confidence to accuse anybody."""
    mapping = last("门户网站发布保障性住房信息40条。")
    assert mapping.readings[0].areas == (KeyArea.AFFORDABLE_HOUSING,)
    assert mapping.confidence < UNSURE


def test_a_line_that_the_source_declares_comes_first():
    """What an office counts under its words is data of the source; two lines with the same words are two readings."""
    lines = (
        Line("policy", "政策法规", ("政策法规",), channels=("ggtz",), types=(NoticeType.NOTICE,)),
        Line("total", "合计", ("门户网站",), buckets=tuple(Bucket)),
        Line("total_less", "合计", ("门户网站",), channels=("zbgg", "zbgs")),
    )
    source = replace(SOURCE, lines=lines)
    policy = last("门户网站发布政策法规30条。", source)
    assert policy.readings[0] == Slice(Scope.PORTAL, 201901, 201912, ("ggtz",), types=(NoticeType.NOTICE,))
    assert policy.rule.startswith("line: policy")
    total = last("门户网站发布信息900条。", source).readings
    assert [one.channels for one in total[:2]] == [(), ("zbgg", "zbgs")]
    assert set(last("门户网站发布信息900条。").readings) <= set(total)


def test_several_kinds_are_the_line_of_the_report():
    """招标公告中标公示等…信息: the line comes first, the sections that are named after it."""
    mapping = last("门户网站发布招标公告、中标公示等信息960条。")
    assert mapping.readings[0].buckets == (Bucket.TENDER_AND_AWARD,)
    assert mapping.readings[1].channels == ("zbgg", "zbgs")
    both = last("门户网站发布各类招投标公告及中标公示865条。")
    assert both.readings[0].buckets == (Bucket.TENDER_AND_AWARD,)


def test_a_total_has_two_readings():
    """A portal's total is read with and without 公告通知."""
    readings = last("门户网站发布信息900条。").readings
    assert readings == (year_slice(Scope.PORTAL, 2019), year_slice(Scope.PORTAL, 2019, ALL_BUT_NOTICES))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("2019年,门户网站发布信息900条。", [(201901, 201912)]),
        ("一季度门户网站发布信息900条。", [(201901, 201903)]),
        ("2019年上半年,通过门户网站公开信息300条。", [(201901, 201906)]),
        ("前三季度门户网站发布信息900条。", [(201901, 201909)]),
        ("1-6月门户网站发布信息900条。", [(201901, 201906)]),
        ("2019年1月1日至6月30日门户网站发布信息900条。", [(201901, 201906)]),
        ("上半年整改3处,全年门户网站发布信息900条。", [(201901, 201912)]),
        ("截至2019年底,门户网站累计发布信息9000条。", [(0, 201912)]),
        ("截至2019年6月底,门户网站累计发布信息9000条。", [(0, 201906)]),
        ("截至2019年12月31日,门户网站发布信息900条。", [(201901, 201912), (0, 201912)]),
        ("门户网站累计发布信息900条。", [(201901, 201912), (0, 201912)]),
        ("全年门户网站累计发布信息900条。", [(201901, 201912)]),
        ("2018年门户网站发布信息900条。", [(201801, 201812)]),
    ],
)
def test_the_months_of_a_claim(text, spans):
    """Quarters, halves, months, up to a day, cumulative: the words of the sentence narrow or widen the year."""
    readings = last(text).readings
    assert list(dict.fromkeys((one.since, one.until) for one in readings)) == spans


@pytest.mark.parametrize(
    ("year", "span"),
    [("2019-03", (201903, 201903)), ("2017-2019", (201701, 201912)), ("2019-Q2", (201904, 201906))],
)
def test_the_months_that_a_claim_states(year, span):
    """What the reader of reports has told apart already is taken as it is."""
    report = report_of(TITLE + "门户网站发布信息900条。")
    report = replace(report, claims=(replace(report.claims[0], year=year),))
    assert (mappings_of(report, SOURCE)[0].readings[0].since, mappings_of(report, SOURCE)[0].readings[0].until) == span


@pytest.mark.parametrize(
    "text",
    [
        "在内网公开信息120条。",
        "向市政府门户网站报送信息120条。",
        "门户网站转载信息300条。",
    ],
)
def test_what_is_not_on_this_portal_has_no_reading(text):
    """Other media, other units, what is sent to or taken from others."""
    report = report_of(TITLE + "一、概述\n" + text)
    assert all(not mapping.readings for mapping in mappings_of(report, SOURCE))


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("微信公众号发布信息120条。", [("wechat",)]),
        ("通过政务微博发布信息30条。", [("weibo",)]),
        ("召开新闻发布会3场。", [("press_conference",)]),
        ("通过报刊、电视公开信息30条。", [("newspaper", "radio", "tv", "broadcast")]),
        ("通过报纸公开信息30条。", [("newspaper",), ("newspaper", "radio", "tv", "broadcast")]),
        ("在公示栏公开信息30条。", [("notice_board",)]),
    ],
)
def test_other_media_are_looked_up_in_the_register_of_their_kind(text, media):
    """Each medium in the office's own list of that medium; 报纸 alone may still stand for all of the press."""
    (mapping, *_) = mappings_of(report_of(TITLE + "一、概述\n" + text), SOURCE)
    assert {reading.scope for reading in mapping.readings} == {Scope.REGISTER}
    assert [reading.media for reading in mapping.readings] == media
    assert mapping.definitions == (Definition.POSTINGS, Definition.DOCUMENTS)


def test_other_offices_numbers_are_not_this_portals():
    """A number that the report gives for other offices is not set against the portal."""
    report = report_of(TITLE + "门户网站发布信息900条。")
    other = replace(report, claims=(replace(report.claims[0], subject="各县区人民政府"),))
    assert mappings_of(other, SOURCE)[0].readings == ()
    shorter = replace(report, claims=(replace(report.claims[0], subject="市住房城乡建设局"),))
    assert mappings_of(shorter, SOURCE)[0].readings


def test_a_departments_report_does_not_speak_of_its_own_portal_by_the_governments():
    """政府网站 in a department's report is another portal; in a government's report it is its own."""
    text = "年政府信息公开工作年度报告\n2019年,在市政府网站公开信息120条。"
    assert mappings_of(claims_in("某市水利局2019" + text), SOURCE)[0].readings == ()
    assert mappings_of(claims_in("某市人民政府2019" + text), SOURCE)[0].readings


def test_a_report_of_another_office_accuses_nobody():
    """Of a report that a crawl found only the names tell whose it is; when they do not, nothing is accused."""
    report = report_of(TITLE + "门户网站发布信息900条。")
    assert mappings_of(report, SOURCE, own=False)[0].confidence < UNSURE


def test_table_cells():
    """The statistics table's total is of all media, its 政府网站 row of the portal; made documents are no postings."""
    text = "政府信息公开情况统计表\n(2015年度)\n主动公开政府信息数 | 条 | 900 |\n政府网站公开政府信息数 | 条 | 800 |\n"
    report = claims_in(text + "制发规范性文件总数 | 件 | 3 |\n", 2015)
    scopes = [[one.scope for one in mapping.readings][:1] for mapping in mappings_of(report, SOURCE)]
    assert scopes == [[Scope.EVERYWHERE], [Scope.PORTAL], []]


# --- a person's word --------------------------------------------------------------------------------------------------

REPORT = report_of(TITLE + "门户网站发布信息900条。")
PROPOSED = mappings_of(REPORT, SOURCE)[0]


def test_what_is_typed_replaces_the_proposal():
    """Sections, years and void as typed; what is not typed stays as proposed."""
    mapping = mapping_typed("channel=zbgg+zbgs,year=2018,void=no", PROPOSED, SOURCE)
    assert mapping.readings == (Slice(Scope.PORTAL, 201801, 201812, ("zbgg", "zbgs")),)
    assert (mapping.void, mapping.definitions, mapping.confidence) == ((False,), tuple(Definition), 1.0)
    by_json = mapping_typed('{"channel": ["zbgg", "zbgs"], "year": 2018, "void": false}', PROPOSED, SOURCE)
    assert by_json == mapping
    assert mapping_typed("until=2019-06", PROPOSED, SOURCE).readings[0].since == 0
    assert mapping_typed("period=2019-Q1..2019-05", PROPOSED, SOURCE).readings[0].until == 201905
    assert mapping_typed("bucket=notice,definition=documents", PROPOSED, SOURCE).definitions == (Definition.DOCUMENTS,)


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "colour=red", "bucket=red", "channel=none", "year=19", "void=perhaps", "{", "period=2019..2018"],
)
def test_what_is_no_mapping_is_refused(text):
    """A word that is not understood is refused, never passed over."""
    with pytest.raises(WrongMapping):
        mapping_typed(text, PROPOSED, SOURCE)


def test_a_decision_stands_by_its_quote():
    """A decision is applied to the claim that it was made about, also when claims are numbered otherwise since."""
    review = Review(ReviewKind.MAPPING, ("r", "0"), mapping_kept(PROPOSED, REPORT.claims[0]), "甲", datetime.now(UTC))
    found = decided(mappings_of(REPORT, SOURCE), REPORT, {0: review})
    assert (found[0].by, found[0].confidence, found[0].readings) == ("甲", 1.0, PROPOSED.readings)
    assert found[0].version == VERSION
    before = replace(REPORT.claims[0], text="公开信息5条", count=5)
    longer = replace(REPORT, claims=(before, REPORT.claims[0]))
    assert [one.by for one in decided(mappings_of(longer, SOURCE), longer, {0: review})] == ["", "甲"]
    other = replace(REPORT, claims=(before,))
    assert decided(mappings_of(other, SOURCE), other, {0: review})[0].by == ""


# --- reports that a crawl finds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "某市住房和城乡建设局2019年政府信息公开工作年度报告",
        "某市住建局2013年度政府信息公开年报",
        "某局政府信息公开工作2009年年度报告",
        "2020年某厅政府信息公开工作报告",
        "某县 2024 年政务公开工作情况报告",
        "某局二〇一五年政府信息公开年度报告",
    ],
)
def test_titles_of_annual_reports(title):
    """Whatever the order of its words, an annual disclosure report is known by its title."""
    assert is_annual_report(title)


@pytest.mark.parametrize(
    "title",
    [
        "关于报送2019年政府信息公开工作年度报告的通知",
        "某市政府信息公开年度报告",
        "某局2019年工作报告",
        "政府信息公开指南(2019年)",
        "2019年政府信息公开工作年度报告解读",
        "某公司2019年年度报告",
        "",
        "信息公开" * 200,
    ],
)
def test_titles_of_what_is_no_annual_report(title):
    """What is written about such reports, and reports about something else."""
    assert not is_annual_report(title)


@pytest.mark.parametrize(
    ("issuer", "portal", "own"),
    [
        ("某市住房和城乡建设局", "某市建设网", True),
        ("", "某市建设网", True),
        ("某市水利局", "某市建设网", False),
        ("某市人民政府", "某市建设网", False),
        ("某市住房和城乡建设局", "某市人民政府", False),
        ("某市人民政府", "某市人民政府", True),
        ("拉萨市住房和城乡建设局", "那曲市建设网", False),
    ],
)
def test_whose_report_it_is(issuer, portal, own):
    """A portal also shows the reports of others; only the names tell."""
    assert is_of_portal(issuer, replace(SOURCE, name=portal)) is own


@given(st.text("栏目“”公告通知招标中标一二三季度上半年截至底累计0123456789年月日-至到条,。发布网站信息", max_size=300))
def test_any_text_is_mapped(text):
    """Whatever a report says, every claim has one mapping with a confidence, and its periods are in order."""
    report = report_of(TITLE + text)
    found = mappings_of(report, SOURCE)
    assert [one.claim for one in found] == list(range(len(report.claims)))
    assert all(0 < one.confidence <= 1 for one in found)
    assert all(reading.since <= reading.until for one in found for reading in one.readings)
