"""Verdicts: what is proved, what is refuted, and what coverage does not allow to say."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claim_slices import ALL_BUT_NOTICES, Held, Scope, Slice, slices_of
from pipeline.claims import claims_in
from pipeline.model import Bucket, Claim, Definition, Finding, Hole, Interval, Verdict
from pipeline.verify import allowed, headline, sum_findings, verdict_of, verify

TEXT = (
    "某市住房和城乡建设局2019年政府信息公开工作年度报告\n"
    "2019年,局共主动公开政府信息1230条,包括:通过某市建设网公开公告通知1200条,其中:行业动态200条,"
    "招标公告中标公示等信息960条,图片新闻40条;通过报纸、电台公开信息30余条。\n"
)
REPORT = claims_in(TEXT)
TOTAL, PORTAL, NEWS, TENDERS, PICTURES, PAPERS = range(6)
BUCKETS = {Bucket.INDUSTRY_NEWS: 200, Bucket.TENDER_AND_AWARD: 960, Bucket.LIVELIHOOD_PICTURES: 40, Bucket.NOTICE: 50}


def holdings(
    *, missing: int | None = 0, register: int | None = None, observed: bool = True, less: int = 0
) -> Callable[[Slice, Definition], Held]:
    """An archive with the postings of BUCKETS; pages are one fewer per bucket."""

    def held(reading: Slice, definition: Definition) -> Held:
        if reading.scope is Scope.REGISTER:
            return Held(Interval(register or 0, register), observed=register is not None)
        buckets = reading.buckets or tuple(BUCKETS)
        low = sum(BUCKETS.get(bucket, 0) - (definition is Definition.PAGES) for bucket in buckets) - less
        holes = () if missing == 0 else (Hole("s", "zbgg", 2019, "listed pages could not be read", missing),)
        return Held(Interval(low, None if missing is None else low + missing), holes, observed)

    return held


def of(findings: tuple[Finding, ...], claim: int) -> Finding:
    return headline(findings, claim)


def test_equal_count_is_consistent():
    """A claim that equals the count of a closed archive is consistent."""
    findings = verify(REPORT, holdings())
    assert {of(findings, claim).verdict for claim in (NEWS, TENDERS, PICTURES)} == {Verdict.CONSISTENT}


def test_definitions_may_disagree():
    """A claim can be right counting postings and wrong counting pages; each definition has its finding."""
    findings = verify(REPORT, holdings())
    assert {finding.definition: finding.verdict for finding in findings if finding.claim == NEWS} == {
        Definition.POSTINGS: Verdict.CONSISTENT,
        Definition.PAGES: Verdict.OVERCLAIMED,
        Definition.DOCUMENTS: Verdict.CONSISTENT,
    }


def test_portal_total_is_read_with_and_without_notices():
    """公告通知1200条 names the portal's total; 1250 with the channel 公告通知 and 1200 without: one reading fits."""
    findings = verify(REPORT, holdings())
    assert of(findings, PORTAL).verdict is Verdict.CONSISTENT
    assert of(findings, PORTAL).interval == Interval(1200, 1200)
    postings = [one for one in findings if one.claim == PORTAL and one.definition is Definition.POSTINGS][1:]
    assert [one.interval for one in postings] == [Interval(1250, 1250), Interval(1200, 1200)]
    assert [one.verdict for one in postings] == [Verdict.UNDERCLAIMED, Verdict.CONSISTENT]


def test_portal_total_between_its_two_readings_is_no_accusation():
    """Fewer without notices and more with them: neither over- nor underclaimed."""
    findings = verify(REPORT, holdings(less=20))
    assert of(findings, PORTAL).verdict is Verdict.UNVERIFIABLE


def test_both_readings_short_is_overclaimed():
    """When even with notices too little is found, the total is overclaimed."""
    assert of(verify(REPORT, holdings(less=100)), PORTAL).verdict is Verdict.OVERCLAIMED


def test_hole_of_known_size_widens_the_interval():
    """Five unread pages may be the five that are missing."""
    findings = verify(REPORT, holdings(missing=5, less=5))
    assert of(findings, NEWS).verdict is Verdict.CONSISTENT
    assert of(findings, NEWS).interval == Interval(195, 200)
    assert "at most 5" in of(findings, NEWS).reason


def test_hole_of_unknown_size_forbids_overclaimed():
    """An open hole may hide anything: too little found proves nothing, too much still does."""
    assert of(verify(REPORT, holdings(missing=None, less=50)), NEWS).verdict is Verdict.UNVERIFIABLE
    assert of(verify(REPORT, holdings(missing=None, less=-50)), NEWS).verdict is Verdict.UNDERCLAIMED


def test_nothing_observed_is_unverifiable():
    """Without coverage every claim that needs the archive is unverifiable."""
    findings = verify(REPORT, holdings(observed=False))
    assert {of(findings, claim).verdict for claim in range(6)} == {Verdict.UNVERIFIABLE}


def test_newspapers_need_a_register():
    """Without the office's list newspaper publications are unverifiable; with it the list is proved, and it says so."""
    assert of(verify(REPORT, holdings()), PAPERS).verdict is Verdict.UNVERIFIABLE
    found = of(verify(REPORT, holdings(register=31)), PAPERS)
    assert (found.verdict, found.interval) == (Verdict.CONSISTENT, Interval(31, 31))
    assert "proves the list, not the publication" in found.reason
    assert of(verify(REPORT, holdings(register=12)), PAPERS).verdict is Verdict.OVERCLAIMED


def test_total_of_all_media_needs_all_its_parts():
    """The portal alone bounds a total from below; portal and register together decide it."""
    assert of(verify(REPORT, holdings()), TOTAL).verdict is Verdict.UNVERIFIABLE
    found = of(verify(REPORT, holdings(register=30)), TOTAL)
    assert (found.verdict, found.interval) == (Verdict.CONSISTENT, Interval(1230, 1230))
    assert of(verify(REPORT, holdings(less=-100)), TOTAL).verdict is Verdict.UNDERCLAIMED


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
    """A number of several years and one of another medium are unverifiable with their own reasons."""
    report = claims_in("截至2019年底,网站累计发布信息9000条。2019年,微信公众号发布信息120条。", 2019)
    years, medium = verify(report, holdings())
    assert (years.verdict, medium.verdict) == (Verdict.UNVERIFIABLE, Verdict.UNVERIFIABLE)
    assert "for no single year" in years.reason
    assert "wechat" in medium.reason


def test_a_departments_report_does_not_speak_of_its_own_portal_by_the_governments():
    """政府网站 in a department's report is another portal; in a government's report it is its own."""
    text = "年政府信息公开工作年度报告\n2019年,在市政府网站公开信息120条。"
    assert slices_of(0, claims_in("某市水利局2019" + text)) == ()
    assert slices_of(0, claims_in("某市人民政府2019" + text))[0] == Slice(Scope.PORTAL, 2019)
    assert slices_of(0, claims_in("2019年,向网站报送信息120条。")) == ()


def test_total_without_parts_is_bounded_from_below_only():
    """The portal's count can prove that a number for all media is too small, nothing else."""
    report = claims_in("2019年,我局公开信息900条。")
    found = headline(verify(report, holdings()), 0)
    assert (found.verdict, found.interval) == (Verdict.UNDERCLAIMED, Interval(1250, None))
    assert headline(verify(claims_in("2019年,我局公开信息9000条。"), holdings()), 0).verdict is Verdict.UNVERIFIABLE


def test_table_cells():
    """The statistics table's total is of all media, its 政府网站 row of the portal; made documents are no postings."""
    text = "政府信息公开情况统计表\n(2015年度)\n主动公开政府信息数 | 条 | 900 |\n政府网站公开政府信息数 | 条 | 800 |\n"
    report = claims_in(text + "制发规范性文件总数 | 件 | 3 |\n", 2015)
    assert [[one.scope for one in slices_of(index, report)][:1] for index in range(3)] == [
        [Scope.EVERYWHERE],
        [Scope.PORTAL],
        [],
    ]


def test_parts_that_cannot_be_looked_up_leave_the_lower_bound():
    """A whole sum with a part in an unobserved medium bounds its total from below only."""
    report = claims_in("2019年,我局公开信息1250条,其中网站公开信息1200条,微信公众号公开信息50条。")
    assert headline(verify(report, holdings(less=100)), 0).interval == Interval(1150, None)


def test_many_holes_are_counted():
    """A reason names three holes and counts the rest."""
    holes = tuple(Hole("s", f"c{number}", 2019, "not walked", None) for number in range(5))
    findings = verify(REPORT, lambda _reading, _definition: Held(Interval(0, None), holes))
    assert "c2: not walked (size unknown), and 2 more" in of(findings, NEWS).reason


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


def test_slices():
    """A portal's total has two readings, a line one; other media, tables and several years have none."""
    portal = Slice(Scope.PORTAL, 2019)
    assert slices_of(PORTAL, REPORT) == (portal, Slice(Scope.PORTAL, 2019, None, ALL_BUT_NOTICES))
    assert slices_of(TENDERS, REPORT) == (Slice(Scope.PORTAL, 2019, None, (Bucket.TENDER_AND_AWARD,)),)
    assert slices_of(PAPERS, REPORT) == (Slice(Scope.REGISTER, 2019),)
    other = claims_in("2019年,微信公众号发布信息120条。召开新闻发布会3场。截至2019年底,网站累计发布信息9000条。")
    assert [slices_of(index, other) for index in range(3)] == [(), (), ()]


@given(st.integers(0, 5000), st.integers(0, 5000), st.none() | st.integers(0, 5000), st.booleans())
def test_one_verdict_and_no_accusation_beyond_what_was_observed(count, low, more, observed):
    """An overclaim needs an upper end below the claim, an underclaim a lower end above it."""
    high = None if more is None else low + more
    verdict = verdict_of(claim(count), Held(Interval(low, high), observed=observed))
    assert (verdict is Verdict.UNDERCLAIMED) == (observed and low > count)
    assert (verdict is Verdict.OVERCLAIMED) == (observed and high is not None and high < count)
    assert (verdict is Verdict.CONSISTENT) == (observed and high is not None and low <= count <= high)


@given(st.text("公开信息门户网站条件其中,。;报纸广播0123456789余约2019年", max_size=200), st.none() | st.integers(0, 9))
def test_every_claim_has_exactly_one_headline(text, missing):
    """Whatever a report says, each claim's first finding is its headline, and sums come after all claims."""
    report = claims_in(text, 2019)
    findings = verify(report, holdings(missing=missing))
    sums = len(sum_findings(report))
    shown = findings[: len(findings) - sums]
    assert {finding.claim for finding in shown} == set(range(len(report.claims)))
    assert all(
        of(findings, index) is next(one for one in shown if one.claim == index) for index in range(len(report.claims))
    )
    assert all(" / " in finding.reason for finding in findings)
