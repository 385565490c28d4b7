"""Verdicts: what is proved, what is refuted, and what coverage and doubts do not allow to say."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.count.slices import Counting, Doubt, DoubtKind, Held, Scope, hull
from pipeline.model import (
    Bucket,
    Channel,
    Claim,
    Definition,
    Finding,
    Hole,
    Interval,
    NoticeType,
    Report,
    Source,
    Verdict,
)
from pipeline.report import claims_in
from pipeline.verdict import mappings_of, verify
from pipeline.verdict.coincidences import ObservedSection
from pipeline.verdict.judge import Grounds, allowed, headline, sum_findings, verdict_within

TEXT = (
    "某市住房和城乡建设局2019年政府信息公开工作年度报告\n"
    "2019年,局共主动公开政府信息1230条,包括:通过某市建设网公开公告通知1200条,其中:行业动态200条,"
    "招标公告中标公示等信息960条,图片新闻40条;通过报纸、电台公开信息30余条。\n"
)
REPORT = claims_in(TEXT)
TOTAL, PORTAL, NEWS, TENDERS, PICTURES, PAPERS = range(6)
BUCKETS = {Bucket.INDUSTRY_NEWS: 200, Bucket.TENDER_AND_AWARD: 960, Bucket.LIVELIHOOD_PICTURES: 40, Bucket.NOTICE: 50}
KEYS = dict(zip(("hydt", "jyxx", "tpxw", "ggtz"), BUCKETS, strict=True))
SOURCE = Source(
    "s",
    "某市建设网",
    "http://portal.test/",
    "jeecms",
    (
        Channel("hydt", "行业动态", "http://portal.test/hydt/", Bucket.INDUSTRY_NEWS),
        Channel("tpxw", "图片新闻", "http://portal.test/tpxw/", Bucket.LIVELIHOOD_PICTURES),
        Channel("jyxx", "交易信息", "http://portal.test/jyxx/", Bucket.TENDER_AND_AWARD),
        Channel("ggtz", "公告通知", "http://portal.test/ggtz/", Bucket.NOTICE),
    ),
)
SECTIONS = tuple(ObservedSection(channel.key, channel.name) for channel in SOURCE.channels)


def holdings(
    *,
    missing: int | None = 0,
    register: int | None = None,
    observed: bool = True,
    less: int = 0,
    doubts: tuple[Doubt, ...] = (),
) -> Callable[[Counting], Held]:
    """An archive with the postings of BUCKETS in 2019; pages are one fewer per bucket."""

    def held(asked: Counting) -> Held:
        reading = asked.reading
        if reading.scope is Scope.REGISTER:
            return Held(register or 0, observed=register is not None)
        feeding = [KEYS[key] for key in reading.channels or KEYS]
        buckets = [bucket for bucket in feeding if not reading.buckets or bucket in reading.buckets]
        if reading.types:  # every section holds what its name says
            tenders = NoticeType.TENDER_NOTICE in reading.types
            buckets = [bucket for bucket in buckets if (bucket is Bucket.TENDER_AND_AWARD) is tenders]
        count = sum(BUCKETS.get(bucket, 0) - (asked.definition is Definition.PAGES) for bucket in buckets) - less
        holes = () if missing == 0 else (Hole("s", "jyxx", 2019, "listed pages could not be read", missing),)
        return Held(count, holes, doubts, observed)

    return held


def found_in(report: Report, look: Callable[[Counting], Held], **changes: float) -> tuple[Finding, ...]:
    mappings = tuple(replace(one, **changes) for one in mappings_of(report, SOURCE))
    return verify(report, Grounds(mappings, look, SECTIONS))


def of(look: Callable[[Counting], Held], claim: int) -> Finding:
    return headline(found_in(REPORT, look), claim)


def test_equal_count_is_consistent():
    """A claim that equals the count of a closed archive is consistent."""
    assert {of(holdings(), claim).verdict for claim in (NEWS, TENDERS, PICTURES)} == {Verdict.CONSISTENT}


def test_definitions_may_disagree():
    """A claim can be right counting postings and wrong counting pages; each definition has its finding."""
    single = [one for one in found_in(REPORT, holdings()) if one.claim == NEWS][1:]
    assert {finding.definition: finding.verdict for finding in single} == {
        Definition.POSTINGS: Verdict.CONSISTENT,
        Definition.PAGES: Verdict.OVERCLAIMED,
        Definition.DOCUMENTS: Verdict.CONSISTENT,
    }


def test_a_definition_that_fits_forbids_the_accusation():
    """Right counting pages alone is not overclaimed; the sentence says under which definition it is exactly right."""
    report = claims_in("2019年,我局网站发布行业动态199条。", 2019)
    found = headline(found_in(report, holdings()), 0)
    assert (found.verdict, found.interval) == (Verdict.CONSISTENT, Interval(199, 200))
    assert "counting pages" in found.exact
    assert "it would be exactly right" in found.reason


def test_portal_total_is_read_with_and_without_notices():
    """公告通知1200条 names the portal's total; 1250 with the channel 公告通知 and 1200 without: one reading fits."""
    found = of(holdings(), PORTAL)
    assert (found.verdict, found.count, found.reading) == (Verdict.CONSISTENT, 1200, 1)
    single = [one for one in found_in(REPORT, holdings()) if one.claim == PORTAL][1:]
    postings = [one for one in single if one.definition is Definition.POSTINGS]
    assert [one.interval for one in postings] == [Interval(1250, 1250), Interval(1200, 1200)]
    assert [one.verdict for one in postings] == [Verdict.UNDERCLAIMED, Verdict.CONSISTENT]


def test_portal_total_between_its_two_readings_is_no_accusation():
    """Fewer without notices and more with them: neither over- nor underclaimed."""
    assert of(holdings(less=20), PORTAL).verdict is Verdict.UNVERIFIABLE


def test_both_readings_short_is_overclaimed():
    """When even with notices too little is found, the total is overclaimed."""
    assert of(holdings(less=100), PORTAL).verdict is Verdict.OVERCLAIMED


def test_hole_of_known_size_widens_the_interval():
    """Five unread pages may be the five that are missing."""
    found = of(holdings(missing=5, less=5), NEWS)
    assert (found.verdict, found.interval) == (Verdict.CONSISTENT, Interval(194, 200))
    assert "at most 5" in found.reason


def test_hole_of_unknown_size_forbids_overclaimed():
    """An open hole may hide anything: too little found proves nothing, too much still does."""
    assert of(holdings(missing=None, less=50), NEWS).verdict is Verdict.UNVERIFIABLE
    assert of(holdings(missing=None, less=-50), NEWS).verdict is Verdict.UNDERCLAIMED


def test_a_doubt_widens_both_ways():
    """What was withdrawn may not have counted, what is undecided may have: neither is an accusation."""
    doubts = (Doubt(DoubtKind.WITHDRAWN, 3, 0), Doubt(DoubtKind.CATEGORY, 0, 4))
    assert of(holdings(doubts=doubts, less=-3), NEWS).verdict is Verdict.CONSISTENT
    assert of(holdings(doubts=doubts, less=4), NEWS).verdict is Verdict.CONSISTENT
    assert of(holdings(doubts=doubts, less=-5), NEWS).verdict is Verdict.UNDERCLAIMED
    assert of(holdings(doubts=doubts, less=5), NEWS).verdict is Verdict.OVERCLAIMED
    assert "3 withdrawn since, 4 of a doubtful category" in of(holdings(doubts=doubts), NEWS).reason


def test_nothing_observed_is_unverifiable():
    """Without coverage every claim that needs the archive is unverifiable."""
    assert {of(holdings(observed=False), claim).verdict for claim in range(6)} == {Verdict.UNVERIFIABLE}


def test_an_unsure_mapping_accuses_nobody():
    """Where it is not sure what a claim speaks of, a number that differs is unverifiable; one that fits stands."""
    wrong = headline(found_in(REPORT, holdings(less=100), confidence=0.3), NEWS)
    assert wrong.verdict is Verdict.UNVERIFIABLE
    assert "not sure that the report means this part" in wrong.reason
    assert headline(found_in(REPORT, holdings(), confidence=0.3), NEWS).verdict is Verdict.CONSISTENT


def test_newspapers_need_a_register():
    """Without the office's list newspaper publications are unverifiable; with it the list is proved, and it says so."""
    assert of(holdings(), PAPERS).verdict is Verdict.UNVERIFIABLE
    found = of(holdings(register=31), PAPERS)
    assert (found.verdict, found.interval) == (Verdict.CONSISTENT, Interval(31, 31))
    assert "proves the list, not the publication" in found.reason
    assert of(holdings(register=12), PAPERS).verdict is Verdict.OVERCLAIMED


def test_total_of_all_media_needs_all_its_parts():
    """The portal alone bounds a total from below; portal and register together decide it."""
    assert of(holdings(), TOTAL).verdict is Verdict.UNVERIFIABLE
    found = of(holdings(register=30), TOTAL)
    assert (found.verdict, found.count) == (Verdict.CONSISTENT, 1230)
    assert of(holdings(less=-100), TOTAL).verdict is Verdict.UNDERCLAIMED


def test_sums_are_findings_with_their_arithmetic():
    """A sum with a vague part adds up taking the written number."""
    reasons = {one.claim: one for one in sum_findings(REPORT)}
    assert reasons[PORTAL].verdict is Verdict.SUM_ADDS_UP
    assert "200+960+40=1200" in reasons[PORTAL].reason
    assert reasons[TOTAL].verdict is Verdict.SUM_ADDS_UP
    assert "taking 30 for 30余条" in reasons[TOTAL].reason


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("发布信息350条,其中公告57条,标讯信息82条,新闻信息240条。", [Verdict.SUM_DIFFERS]),
        ("公开信息410条,其中资金信息61条,许可信息17条。", []),
        ("公开信息21条,其中向网站推送信息40条。", [Verdict.SUM_DIFFERS]),
        ("发布信息约1000条,其中动态类信息约620条,公告类信息约400条。", [Verdict.SUM_ADDS_UP]),
    ],
)
def test_which_sums_are_judged(text, verdicts):
    """A list of examples is not judged unless it exceeds its total; vague numbers are given their room."""
    assert [one.verdict for one in sum_findings(claims_in(text, 2019))] == verdicts


def test_what_the_archive_cannot_speak_of_says_why():
    """A number of another medium is unverifiable, and the sentence names the medium."""
    report = claims_in("2019年,微信公众号发布信息120条。", 2019)
    found = headline(found_in(report, holdings()), 0)
    assert found.verdict is Verdict.UNVERIFIABLE
    assert "微信登记表" in found.reason
    assert "register of WeChat" in found.reason
    board = headline(found_in(claims_in("2019年,我局通过内网公开信息120条。", 2019), holdings()), 0)
    assert "internal_oa" in board.reason


def test_total_without_parts_is_bounded_from_below_only():
    """The portal's count can prove that a number for all media is too small, nothing else."""
    found = headline(found_in(claims_in("2019年,我局公开信息900条。"), holdings()), 0)
    assert found.verdict is Verdict.UNDERCLAIMED
    assert found.interval is not None
    assert found.interval.high is None
    much = claims_in("2019年,我局公开信息9000条。")
    assert headline(found_in(much, holdings()), 0).verdict is Verdict.UNVERIFIABLE


def test_parts_that_cannot_be_looked_up_leave_the_lower_bound():
    """A whole sum with a part in an unobserved medium bounds its total from below only."""
    report = claims_in("2019年,我局公开信息1250条,其中网站公开信息1200条,微信公众号公开信息50条。")
    found = headline(found_in(report, holdings(less=100)), 0)
    assert found.interval is not None
    assert found.interval.high is None
    assert found.verdict is Verdict.UNVERIFIABLE


def test_many_holes_are_counted():
    """A reason names three holes and counts the rest."""
    holes = tuple(Hole("s", f"c{number}", 2019, "not walked", None) for number in range(5))
    assert "c2: not walked (size unknown), and 2 more" in of(lambda _: Held(0, holes), NEWS).reason


# --- what a number happens to equal -----------------------------------------------------------------------------------


def told(look: Callable[[Counting], Held], count: int) -> str:
    report = claims_in(f"2019年,局门户网站发布信息{count}条。", 2019)
    return " ".join(headline(found_in(report, look), 0).observed)


def yearly(asked: Counting) -> Held:
    """300 in 2019 of which 4 void and 10 reposts, 250 in 2018; the sections 行业动态 40 and all else 260."""
    reading = asked.reading
    if reading.channels:
        return Held(40 if reading.channels == ("hydt",) else 65)
    year = 300 - (10 if asked.definition is Definition.DOCUMENTS else 0) - (0 if asked.void else 4)
    return Held({201901: year, 201801: 250, 0: 900}.get(reading.since, 0))


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (250, "that of the same months of 2018"),
        (900, "the cumulative one of all years up to 2019"),
        (300, "includes 4 marked as void; without them it is 296"),
        (300, "includes 10 reposts; counting the same content once it is 290"),
        (260, "the count without the section 行业动态 (hydt: 40)"),
    ],
)
def test_what_a_number_happens_to_equal_is_observed(count, words):
    """Last year's number, the cumulative one, void ones or reposts counted, a section left out: said, not accused."""
    assert words in told(yearly, count)


def test_nothing_is_observed_by_chance():
    """A number that equals nothing else, and one too small to tell anything, are left without observation."""
    assert told(yearly, 277) == ""
    assert told(lambda _: Held(3), 4) == ""


# --- vague words ------------------------------------------------------------------------------------------------------


def claim(count: int, text: str = "", *, approximate: bool = False, lower: bool = False) -> Claim:
    return Claim(text or f"信息{count}条", 0, 1, "", "portal", "合计", count, "条", approximate, lower, "2019")


@pytest.mark.parametrize(
    ("one", "interval"),
    [
        (claim(121), Interval(121, 121)),
        (claim(121, approximate=True, lower=True), Interval(121, 134)),
        (claim(100, "百余条", approximate=True, lower=True), Interval(100, 199)),
        (claim(80_000, "8万余条", approximate=True, lower=True), Interval(80_000, 89_999)),
        (claim(300, "近300条", approximate=True), Interval(270, 300)),
        (claim(300, "约300条", approximate=True), Interval(270, 330)),
        (claim(300, "300条以上", approximate=True, lower=True), Interval(300, None)),
        (claim(0), Interval(0, 0)),
    ],
)
def test_what_vague_words_allow(one, interval):
    """余 stands for at most the next written place or a tenth; 约 for a tenth either way; 近 never for more."""
    assert allowed(one) == interval


# --- properties -------------------------------------------------------------------------------------------------------

ACCUSING = {Verdict.OVERCLAIMED, Verdict.UNDERCLAIMED}
SIZES = st.integers(0, 60)
DOUBTS = st.builds(Doubt, st.sampled_from(DoubtKind), SIZES, SIZES)
HOLES = st.builds(lambda size: Hole("s", "c", 2019, "a hole", size), st.none() | SIZES)


@given(st.integers(0, 5000), st.integers(0, 5000), st.none() | st.integers(0, 5000))
def test_no_accusation_beyond_what_was_observed(count, low, more):
    """An overclaim needs an upper end below the claim, an underclaim a lower end above it."""
    high = None if more is None else low + more
    verdict = verdict_within(allowed(claim(count)), Interval(low, high))
    assert (verdict is Verdict.UNDERCLAIMED) == (low > count)
    assert (verdict is Verdict.OVERCLAIMED) == (high is not None and high < count)
    assert (verdict is Verdict.CONSISTENT) == (high is not None and low <= count <= high)


@given(st.integers(-300, 300), st.lists(DOUBTS, max_size=3), st.lists(HOLES, max_size=2), DOUBTS | HOLES)
def test_a_hole_or_a_doubt_more_never_accuses(less, doubts, holes, more):
    """Whatever was found: with one more hole or doubt no finding becomes an accusation, and no accusation another."""

    def look(extra: Doubt | Hole | None) -> Callable[[Counting], Held]:
        added = (tuple(doubts), tuple(holes))
        if isinstance(extra, Doubt):
            added = ((*doubts, extra), tuple(holes))
        if isinstance(extra, Hole):
            added = (tuple(doubts), (*holes, extra))
        plain = holdings(less=less)
        return lambda asked: replace(plain(asked), doubts=added[0], holes=added[1])

    before, after = found_in(REPORT, look(None)), found_in(REPORT, look(more))
    for index in range(len(REPORT.claims)):
        was, now = headline(before, index).verdict, headline(after, index).verdict
        assert now == was or now not in ACCUSING


@given(st.integers(0, 400), SIZES, SIZES)
def test_wider_coverage_sharpens(truth, seen, unseen):
    """Observing what was hidden moves the interval into the one before, so that a verdict once proved stays."""
    before = Held(truth - min(seen, truth), (Hole("s", "c", 2019, "a hole", min(seen, truth) + unseen),)).interval
    after = Held(truth, (Hole("s", "c", 2019, "a hole", unseen),)).interval
    assert hull([before, after]) == before


@given(
    st.text("公开信息门户网站条件其中,。;报纸广播0123456789余约2019年累计截至一季度", max_size=200),
    st.none() | st.integers(0, 9),
)
def test_every_claim_has_exactly_one_headline(text, missing):
    """Whatever a report says, each claim's first finding is its headline, and sums come after all claims."""
    report = claims_in(text, 2019)
    findings = found_in(report, holdings(missing=missing))
    sums = len(sum_findings(report))
    shown = findings[: len(findings) - sums]
    assert {finding.claim for finding in shown} == set(range(len(report.claims)))
    assert all(headline(findings, n) is next(f for f in shown if f.claim == n) for n in range(len(report.claims)))
    assert all(" / " in finding.reason for finding in findings)


MEDIA = "2016年,我局主动公开政府信息{}条。其中,通过政府网站公开{}条,通过政务微博公开{}条,通过政务微信公开{}条。"


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        ((500, 480, 300, 170), Verdict.SUM_ADDS_UP),
        ((500, 200, 150, 150), Verdict.SUM_ADDS_UP),
        ((500, 520, 30, 20), Verdict.SUM_DIFFERS),
        ((500, 200, 150, 100), Verdict.SUM_DIFFERS),
    ],
)
def test_media_may_exceed_their_total_together(numbers, verdict):
    """The same publication in several media counts once in the total: too many parts are no error, too few are, and no
    medium has more than the total."""
    found = sum_findings(claims_in("某局2016年政府信息公开工作年度报告\n" + MEDIA.format(*numbers)))
    assert [one.verdict for one in found] == [verdict]
