"""Portals, declarations and reports drawn at random: who counts honestly is never accused, who counts too much is."""

import random
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.count.slices import Counting, Doubt, DoubtKind, Held
from pipeline.count.tally import Tally, added_up, types_undecided
from pipeline.model import NOT_TENDERING, TENDERING, Bucket, Channel, Line, NoticeType, Source, Verdict
from pipeline.report import claims_in
from pipeline.source.default_lines import HOUSING_LINES
from pipeline.verdict import mappings_of, verify
from pipeline.verdict.judge import Grounds, headline

_B, _T = Bucket, NoticeType
ACCUSING = {Verdict.OVERCLAIMED, Verdict.UNDERCLAIMED}
CALLS = (_T.TENDER_NOTICE, _T.CORRECTION, _T.PREQUALIFICATION, _T.CLARIFICATION, _T.TERMINATION)
AWARDS = (_T.AWARD_RESULT, _T.AWARD_CANDIDATES, _T.AWARD_NOTICE_UNSPECIFIED)
# What a section of that name feeds in the eyes of anybody, and what stands in it.
SECTIONS: dict[str, tuple[Bucket, tuple[NoticeType, ...]]] = {
    "招标公告": (_B.TENDER_AND_AWARD, CALLS),
    "工程招标": (_B.TENDER_AND_AWARD, CALLS),
    "中标公示": (_B.TENDER_AND_AWARD, AWARDS),
    "招投标信息": (_B.TENDER_AND_AWARD, (*CALLS, *AWARDS)),
    "公告通知": (_B.NOTICE, (_T.NOTICE, _T.TENDER_NOTICE, _T.AWARD_RESULT)),
    "通知公告": (_B.NOTICE, (_T.NOTICE, _T.TENDER_NOTICE)),
    "行业动态": (_B.INDUSTRY_NEWS, (_T.INDUSTRY_NEWS, _T.AWARD_RESULT)),
    "工作动态": (_B.INDUSTRY_NEWS, (_T.INDUSTRY_NEWS,)),
    "图片新闻": (_B.LIVELIHOOD_PICTURES, (_T.PICTURES,)),
    "建设成就": (_B.LIVELIHOOD_PICTURES, (_T.PICTURES, _T.INDUSTRY_NEWS)),
    "政策解读": (_B.UNDECIDED, (_T.NOTICE,)),
    "曝光台": (_B.UNDECIDED, (_T.UNDECIDABLE,)),
}
WORDS = {
    _B.TENDER_AND_AWARD: ("招标公告中标公示等行业信息", "招标中标信息", "招投标信息", "招标公告、中标公示等信息"),
    _B.INDUSTRY_NEWS: ("行业动态", "工作动态", "动态信息"),
    _B.LIVELIHOOD_PICTURES: ("图片新闻", "图文信息", "专栏图文信息"),
    _B.NOTICE: ("公告通知", "通知公告"),
}
WHOLE = ("通过丁市建设网公开公告通知{}条,", "通过门户网站公开信息{}条,", "我局门户网站共发布各类信息{}条,")


@dataclass(frozen=True)
class Portal:
    """Sections by key, and what stands in each by type."""

    names: dict[str, str]
    posted: dict[tuple[str, NoticeType], int]

    def feeding(self, bucket: Bucket) -> list[str]:
        return [key for key, name in self.names.items() if SECTIONS[name][0] is bucket]

    def count(self, keys: list[str] | None = None, types: tuple[NoticeType, ...] = tuple(NoticeType)) -> int:
        return sum(n for (key, kind), n in self.posted.items() if (keys is None or key in keys) and kind in types)


def portal_of(chance: random.Random) -> Portal:
    names = {f"c{n}": name for n, name in enumerate(chance.sample([*SECTIONS], chance.randrange(3, 8)))}
    kinds = [(key, kind) for key, name in names.items() for kind in SECTIONS[name][1] if chance.random() < 0.8]
    return Portal(names, {place: chance.randrange(1, 300) for place in kinds})


def declared(chance: random.Random, portal: Portal) -> Source:
    """Any declaration, also a mistaken one: sections under any line, lines of any sections, buckets or types."""
    buckets = {
        key: SECTIONS[name][0] if chance.random() < 0.6 else chance.choice([*Bucket])
        for key, name in portal.names.items()
    }
    channels = tuple(Channel(key, name, f"http://p.test/{key}/", buckets[key]) for key, name in portal.names.items())
    return Source("s", "丁市建设网", "http://p.test/", "jeecms", channels, lines=lines_of(chance, portal))


def lines_of(chance: random.Random, portal: Portal) -> tuple[Line, ...]:
    if chance.random() < 0.6:
        return chance.choice(((), HOUSING_LINES))
    found = []
    for name, words in (("招标中标", ("招标", "中标")), ("动态", ("动态",)), ("合计", ("公告通知", "网站"))):
        some = tuple(chance.sample([*portal.names], chance.randrange(1, len(portal.names))))
        ways = {"channels": some, "buckets": (chance.choice([*Bucket]),), "types": tuple(chance.sample([*_T], 3))}
        way = chance.choice([*ways])
        found.append(Line(name, name, words, **{way: ways[way]}))  # type: ignore[arg-type]
    return tuple(found)


Parts = list[tuple[str, int]]


def honest(chance: random.Random, portal: Portal) -> tuple[Parts, int]:
    """The lines that a clerk counts in one way or another, and their total."""
    anywhere = chance.random() < 0.5  # tendering by its kind wherever it stands, all else without it
    counts = {
        _B.TENDER_AND_AWARD: portal.count(types=TENDERING)
        if anywhere
        else portal.count(portal.feeding(_B.TENDER_AND_AWARD))
    }
    for bucket in (_B.INDUSTRY_NEWS, _B.LIVELIHOOD_PICTURES, _B.NOTICE):
        kinds = NOT_TENDERING if anywhere and bucket is not _B.LIVELIHOOD_PICTURES else tuple(_T)
        counts[bucket] = portal.count(portal.feeding(bucket), kinds)
    told = [(bucket, n) for bucket, n in counts.items() if n and (bucket is not _B.NOTICE or chance.random() < 0.6)]
    chance.shuffle(told)
    parts = [(chance.choice(WORDS[bucket]), n) for bucket, n in told]
    notices = portal.feeding(_B.NOTICE)
    wholes = (portal.count(), portal.count([key for key in portal.names if key not in notices]))
    stated = sum(n for _, n in parts)
    return parts, chance.choice([stated, stated, *(whole for whole in wholes if whole >= stated)])


def verdicts(parts: Parts, total: int, whole: str, portal: Portal, source: Source) -> list[Verdict]:
    """The verdicts on the total and its parts, of a portal that was read whole."""
    told = ",".join(f"{words}{n}条" for words, n in parts)
    report = claims_in(
        f"丁市住房和城乡建设局2019年政府信息公开工作年度报告\n2019年,{whole.format(total)}其中:{told}。\n"
    )
    assert [claim.count for claim in report.claims] == [total, *(n for _, n in parts)]
    tallies = [tally(source, place, n) for place, n in portal.posted.items()]

    def held(asked: Counting) -> Held:
        types = types_undecided(asked.reading)
        open_ = sum(one.n for one in tallies if one.bucket == _B.UNDECIDED and one.notice_type in types)
        doubts = (Doubt(DoubtKind.CATEGORY, 0, open_),) if open_ else ()
        return Held(added_up(asked.reading, tallies), doubts=doubts)

    found = verify(report, Grounds(mappings_of(report, source), held))
    return [headline(found, claim).verdict for claim in range(len(report.claims))]


def tally(source: Source, place: tuple[str, NoticeType], n: int) -> Tally:
    channel = source.channel(place[0])
    assert channel is not None
    tender = channel.bucket is _B.UNDECIDED and place[1] not in NOT_TENDERING
    return Tally(201906, _B.TENDER_AND_AWARD if tender else channel.bucket, *place, "", n)


SEEDS = st.integers(0, 10**9)
MANY = settings(max_examples=150, deadline=None)


@given(SEEDS)
@MANY
def test_an_honest_report_is_never_accused(seed: int) -> None:
    """By section or by kind, the total as the lines' sum or the portal's: under no declaration is a number too much."""
    chance = random.Random(seed)
    portal = portal_of(chance)
    parts, total = honest(chance, portal)
    for _ in range(3 if parts else 0):
        source, whole = declared(chance, portal), chance.choice(WHOLE)
        assert ACCUSING.isdisjoint(verdicts(parts, total, whole, portal, source)), (parts, total, whole)


@given(SEEDS)
@MANY
def test_what_is_above_every_reading_is_always_found(seed: int) -> None:
    """More than the whole portal holds, in each line and in the total, is an overclaim under every declaration."""
    chance = random.Random(seed)
    portal = portal_of(chance)
    parts, _ = honest(chance, portal)
    too_much = portal.count() + 4
    source = declared(chance, portal)
    if parts:
        told = [(words, too_much) for words, _ in parts]
        found = verdicts(told, too_much * len(told), chance.choice(WHOLE), portal, source)
        assert found == [Verdict.OVERCLAIMED] * (1 + len(told))


def test_a_small_excess_over_the_widest_reading_is_mostly_found() -> None:
    """Where the file declares what the names say, 2 % or 3 more than any reading holds is found in 95 of 100 lines."""
    found: list[bool] = []
    for seed in range(300):
        chance = random.Random(seed)
        portal = portal_of(chance)
        parts, _ = honest(chance, portal)
        channels = [
            Channel(key, name, f"http://p.test/{key}/", SECTIONS[name][0]) for key, name in portal.names.items()
        ]
        source = Source("s", "丁市建设网", "http://p.test/", "jeecms", tuple(channels))
        if parts:
            told = [(words, over(portal, words)) for words, _ in parts]
            verdict = verdicts(told, sum(n for _, n in told), WHOLE[1], portal, source)
            found += [one is Verdict.OVERCLAIMED for one in verdict[1:]]
    assert len(found) > 500
    assert sum(found) >= 0.95 * len(found), f"{sum(found)} of {len(found)}"


def over(portal: Portal, words: str) -> int:
    """A little more than the widest way of counting the line, with what stands under no line and may belong to it."""
    bucket = next(bucket for bucket, own in WORDS.items() if words in own)
    kinds = (*TENDERING, _T.UNDECIDABLE) if bucket is _B.TENDER_AND_AWARD else NOT_TENDERING
    widest = portal.count(portal.feeding(bucket)) + portal.count(portal.feeding(_B.UNDECIDED), kinds)
    if bucket is _B.TENDER_AND_AWARD:
        widest = max(widest, portal.count(types=kinds))
    return widest + max(3, round(0.02 * widest))
