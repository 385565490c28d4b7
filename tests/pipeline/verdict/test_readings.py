"""Portals whose sections are not the lines of the report: who counts honestly, in whatever way, is never accused."""

from collections.abc import Iterator
from itertools import product

import pytest

from pipeline.count.slices import Counting, Doubt, DoubtKind, Held
from pipeline.count.tally import Tally, added_up, types_undecided
from pipeline.model import NOT_TENDERING, TENDERING, Bucket, Channel, Line, NoticeType, Source, Verdict
from pipeline.report import claims_in
from pipeline.source.default_lines import HOUSING_LINES
from pipeline.verdict import mappings_of, verify
from pipeline.verdict.judge import Grounds, headline

ACCUSING = {Verdict.OVERCLAIMED, Verdict.UNDERCLAIMED}
NAMES = {
    "gczb": "工程招标",
    "zbgs": "中标公示",
    "ggtz": "公告通知",
    "hydt": "行业动态",
    "tpxw": "图片新闻",
    "zcfg": "政策解读",
}
PLAIN = dict(
    zip(
        NAMES,
        (
            *(Bucket.TENDER_AND_AWARD, Bucket.TENDER_AND_AWARD, Bucket.NOTICE),
            *(Bucket.INDUSTRY_NEWS, Bucket.LIVELIHOOD_PICTURES, Bucket.UNDECIDED),
        ),
        strict=True,
    )
)
DECLARED = (
    {},
    {"ggtz": Bucket.UNDECIDED},
    {"ggtz": Bucket.TENDER_AND_AWARD},
    {"zcfg": Bucket.NOTICE},
    {"zcfg": Bucket.INDUSTRY_NEWS, "ggtz": Bucket.INDUSTRY_NEWS},
    {"hydt": Bucket.UNDECIDED},
)
LINES: dict[str, tuple[Line, ...]] = {
    "none": (),
    "housing": HOUSING_LINES,
    "own sections": (
        Line("tenders", "招标公告中标公示", ("招标公告", "中标公示"), channels=("gczb", "zbgs")),
        Line("news", "行业动态", ("行业动态",), channels=("hydt",)),
    ),
    "one section": (
        Line("tenders", "招标公告中标公示", ("招标公告",), channels=("gczb",)),
        Line("total", "合计", ("公告通知", "网站"), channels=("gczb", "hydt")),
    ),
    "other buckets": (Line("tenders", "招标公告中标公示", ("招标", "中标"), buckets=(Bucket.NOTICE,)),),
}
# What stands in each section; tender notices also stand among the notices, an award among the news.
_T = NoticeType
POSTED = {
    ("gczb", _T.TENDER_NOTICE): 210,
    ("gczb", _T.CORRECTION): 14,
    ("zbgs", _T.AWARD_RESULT): 160,
    ("zbgs", _T.AWARD_CANDIDATES): 45,
    ("ggtz", _T.TENDER_NOTICE): 38,
    ("ggtz", _T.AWARD_RESULT): 11,
    ("ggtz", _T.NOTICE): 72,
    ("hydt", _T.INDUSTRY_NEWS): 90,
    ("hydt", _T.AWARD_RESULT): 3,
    ("tpxw", _T.PICTURES): 24,
    ("zcfg", _T.NOTICE): 57,
}


def counted(sections: tuple[str, ...] = (), types: tuple[NoticeType, ...] = ()) -> int:
    """What a clerk counts who looks at these sections and at these kinds."""
    return sum(
        n
        for (section, kind), n in POSTED.items()
        if (not sections or section in sections) and (not types or kind in types)
    )


BY_SECTION = (counted(("hydt",)), counted(("gczb", "zbgs")), counted(("tpxw",)))
BY_TYPE = (counted(("hydt",), NOT_TENDERING), counted(types=TENDERING), counted(("tpxw",)))
MIXED = (BY_SECTION[0], BY_TYPE[1], BY_SECTION[2])
HONEST = {
    "by section, total of the lines": (*BY_SECTION, sum(BY_SECTION)),
    "by type anywhere, total of the lines": (*BY_TYPE, sum(BY_TYPE)),
    "tenders by type, all else by section": (*MIXED, sum(MIXED)),
}


def source_of(declared: dict[str, Bucket], lines: tuple[Line, ...]) -> Source:
    buckets = PLAIN | declared
    channels = tuple(Channel(key, NAMES[key], f"http://portal.test/{key}/", buckets[key]) for key in NAMES)
    return Source("s", "丁市建设网", "http://portal.test/", "jeecms", channels, lines=lines)


def verdicts(
    numbers: tuple[int, int, int, int], source: Source, words: str = "招标公告中标公示等行业信息"
) -> list[Verdict]:
    """The verdicts on the total and the three lines that the report states."""
    news, tenders, pictures, total = numbers
    report = claims_in(
        "丁市住房和城乡建设局2019年政府信息公开工作年度报告\n"
        f"2019年,通过丁市建设网公开公告通知{total}条,其中:行业动态{news}条,{words}{tenders}条,图片新闻{pictures}条。\n"
    )
    assert [claim.count for claim in report.claims] == [total, news, tenders, pictures]
    found = verify(report, Grounds(mappings_of(report, source), lambda asked: held(asked, source)))
    return [headline(found, claim).verdict for claim in range(4)]


def held(asked: Counting, source: Source) -> Held:
    """A portal that was read whole; what falls under no line may belong to any."""
    reading = asked.reading
    count = added_up(reading, tallies(source))
    undecided = 0
    if types := types_undecided(reading):
        undecided = sum(one.n for one in tallies(source) if one.bucket == Bucket.UNDECIDED and one.notice_type in types)
    return Held(count, doubts=(Doubt(DoubtKind.CATEGORY, 0, undecided),) if undecided else ())


def tallies(source: Source) -> Iterator[Tally]:
    for (section, kind), n in POSTED.items():
        channel = source.channel(section)
        assert channel is not None
        tender = channel.bucket is Bucket.UNDECIDED and kind not in NOT_TENDERING
        yield Tally(201906, Bucket.TENDER_AND_AWARD if tender else channel.bucket, section, kind, "", n)


CASES = list(product(DECLARED, LINES))


@pytest.mark.parametrize("way", HONEST)
@pytest.mark.parametrize(("declared", "lines"), CASES)
@pytest.mark.parametrize("words", ["招标公告中标公示等行业信息", "招标中标信息", "招投标信息"])
def test_who_counts_honestly_is_not_accused(declared, lines, way, words):
    """By section, by kind wherever it stands, or as the sum of the lines: no declaration makes any of them guilty."""
    found = verdicts(HONEST[way], source_of(declared, LINES[lines]), words)
    assert ACCUSING.isdisjoint(found), dict(zip(("total", "news", "tenders", "pictures"), found, strict=True))


@pytest.mark.parametrize("total", [counted(), counted() - counted(("ggtz",)), counted() - 72])
@pytest.mark.parametrize(("declared", "lines"), CASES)
def test_a_portals_total_is_not_accused(declared, lines, total):
    """All sections, all without 公告通知, or all without what is no tender in it."""
    source = source_of(declared, LINES[lines])
    report = claims_in(f"2019年,我局门户网站发布信息{total}条。", 2019)
    found = verify(report, Grounds(mappings_of(report, source), lambda asked: held(asked, source)))
    assert headline(found, 0).verdict not in ACCUSING


@pytest.mark.parametrize(("declared", "lines"), CASES)
def test_a_true_excess_is_still_accused(declared, lines):
    """More than the whole portal holds is too much under every reading, in the lines and in their total."""
    too_many = counted() + 100
    found = verdicts((too_many, too_many, too_many, 3 * too_many), source_of(declared, LINES[lines]))
    assert found == [Verdict.OVERCLAIMED] * 4


def test_a_true_shortfall_is_still_accused():
    """Less than the least reading holds is too little."""
    assert verdicts((9, 9, 9, 27), source_of({}, ())) == [Verdict.UNDERCLAIMED] * 4


def test_a_declared_line_takes_no_reading_away():
    """[[lines]] of the source's file stand before what the words say, never in its place."""
    report = claims_in("2019年,我局门户网站发布招标公告中标公示等信息865条。", 2019)
    without = mappings_of(report, source_of({}, ()))[0].readings
    for lines in LINES.values():
        assert set(without) <= set(mappings_of(report, source_of({}, lines))[0].readings)


@pytest.mark.parametrize("words", ["招标中标信息", "招标采购中标信息", "工程招投标信息"])
def test_tenders_and_awards_are_not_awards_alone(words):
    """招标中标信息 names both: its line, its kinds in any section."""
    report = claims_in(f"2019年,我局门户网站发布{words}865条。", 2019)
    readings = mappings_of(report, source_of({}, ()))[0].readings
    assert readings[0].buckets == (Bucket.TENDER_AND_AWARD,)
    assert TENDERING in {one.types for one in readings}


def test_a_total_whose_part_cannot_be_looked_up_is_not_accused_of_too_little():
    """It may be those parts and no other section of the portal; more than the whole portal stays too much."""
    text = "2019年,我局门户网站发布信息{}条,其中行业动态{}条,干部培训类信息{}条。"
    for numbers, verdict in (((130, 90, 40), Verdict.UNVERIFIABLE), ((2600, 1300, 1300), Verdict.OVERCLAIMED)):
        report = claims_in(text.format(*numbers), 2019)
        mappings = mappings_of(report, source_of({}, ()))
        assert [bool(one.readings) for one in mappings] == [True, True, False]
        found = verify(report, Grounds(mappings, lambda asked: held(asked, source_of({}, ()))))
        assert headline(found, 0).verdict is verdict
