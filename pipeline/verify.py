"""A claim set against what the archive holds: proved, refuted, or honestly neither."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pipeline.claim_slices import Held, Scope, Slice, slices_of
from pipeline.model import Claim, ClaimSum, Definition, Finding, Interval, Report, Verdict
from pipeline.verify_words import both_reason, sum_reason, unspoken_reason, verdict_reason

TOLERANCE = 0.1  # what 约, 近 and 余 may leave out; convention of this project, no law defines the words
_OPEN_ENDED = ("以上", "超", "逾", "不少于")


Holdings = Callable[[Slice, Definition], Held]


@dataclass(frozen=True, slots=True)
class _Case:
    """A report, what the archive holds, and the whole sums by their total."""

    report: Report
    holdings: Holdings
    sums: dict[int, ClaimSum]


def verify(report: Report, holdings: Holdings) -> tuple[Finding, ...]:
    """For every claim first its headline finding, then those per definition and reading; then the sums."""
    case = _Case(report, holdings, {one.total: one for one in reversed(report.sums) if one.exhaustive})
    claims = (finding for index in range(len(report.claims)) for finding in _of_claim(index, case))
    return (*claims, *sum_findings(report))


def headline(findings: tuple[Finding, ...], claim: int) -> Finding:
    """The one finding to show for a claim: the first that is not about a sum."""
    return next(
        finding
        for finding in findings
        if finding.claim == claim and finding.verdict not in {Verdict.SUM_ADDS_UP, Verdict.SUM_DIFFERS}
    )


def allowed(claim: Claim) -> Interval:
    """The true numbers under which the claim is right: 121余 is 121 to 134, 百余 is 100 to 199, 近300 is 270 to 300."""
    count = claim.count
    slack = int(count * TOLERANCE)
    if claim.lower_bound:
        if any(word in claim.text for word in _OPEN_ENDED):
            return Interval(count, None)
        return Interval(count, count + max(slack + 1, _last_place(count) - 1))
    if claim.approximate:
        return Interval(count - slack, count if "近" in claim.text else count + slack)
    return Interval(count, count)


def _last_place(count: int) -> int:
    """100 for 2300: the 余 after a round number stands for anything below its last written place."""
    place = 1
    while count and count % (place * 10) == 0:
        place *= 10
    return place


def verdict_of(claim: Claim, held: Held) -> Verdict:
    """What is proved. An unknown hole leaves room for any larger number, so only an underclaim can be proved then."""
    right, found = allowed(claim), held.interval
    if not held.observed:
        return Verdict.UNVERIFIABLE
    if right.high is not None and found.low > right.high:
        return Verdict.UNDERCLAIMED
    if found.high is None:
        return Verdict.UNVERIFIABLE
    return Verdict.OVERCLAIMED if found.high < right.low else Verdict.CONSISTENT


def _of_claim(index: int, case: _Case) -> Iterator[Finding]:
    claim = case.report.claims[index]
    readings = slices_of(index, case.report)
    if not readings:
        yield Finding(index, Verdict.UNVERIFIABLE, unspoken_reason(claim))
        return
    definitions = (Definition.POSTINGS,) if readings[0].scope is Scope.REGISTER else tuple(Definition)
    found = [_finding(index, case, reading, definition) for definition in definitions for reading in readings]
    if len(readings) > 1:
        yield _of_both(claim, found[0], found[1])
    yield from found


def _finding(index: int, case: _Case, reading: Slice, definition: Definition) -> Finding:
    claim = case.report.claims[index]
    held = _held(index, case, reading, definition)
    verdict = verdict_of(claim, held)
    return Finding(index, verdict, verdict_reason(claim, verdict, reading, definition, held), definition, held.interval)


def _held(index: int, case: _Case, reading: Slice, definition: Definition) -> Held:
    """What the archive holds; of a claim about all media only a lower bound, unless its parts are all held."""
    if reading.scope is not Scope.EVERYWHERE:
        return case.holdings(reading, definition)
    if parts := _parts(index, case, reading):
        return _together([case.holdings(part, _counted_by(part, definition)) for part in parts])
    portal = case.holdings(replace(reading, scope=Scope.PORTAL), definition)
    return replace(portal, interval=Interval(portal.interval.low, None))


def _counted_by(part: Slice, definition: Definition) -> Definition:
    return Definition.POSTINGS if part.scope is Scope.REGISTER else definition


def _parts(index: int, case: _Case, reading: Slice) -> list[Slice]:
    """The slices of the parts that make up the whole claim, empty when one of them cannot be looked up."""
    if index not in case.sums:
        return []
    parts = [slices_of(part, case.report) for part in case.sums[index].parts]
    if not all(parts) or any(part[0].scope is Scope.EVERYWHERE for part in parts):
        return []
    return [next((one for one in part if one.buckets == reading.buckets), part[0]) for part in parts]


def _together(parts: list[Held]) -> Held:
    """What was not observed may hold anything: it adds nothing below and everything above."""
    observed = [part for part in parts if part.observed]
    highs = [part.interval.high for part in observed]
    bounded = [high for high in highs if high is not None]
    whole = len(bounded) == len(parts)
    interval = Interval(sum(part.interval.low for part in observed), sum(bounded) if whole else None)
    return Held(interval, tuple(hole for part in parts for hole in part.holes), bool(observed))


def _of_both(claim: Claim, whole: Finding, without: Finding) -> Finding:
    """An accusation must hold under both readings of a portal's total; one that fits is enough to be consistent."""
    verdicts = {whole.verdict, without.verdict}
    if verdicts == {Verdict.UNVERIFIABLE} or whole.interval is None or without.interval is None:
        return whole
    fitting = without if without.verdict is Verdict.CONSISTENT and whole.verdict is not Verdict.CONSISTENT else whole
    verdict = fitting.verdict if len(verdicts) == 1 or Verdict.CONSISTENT in verdicts else Verdict.UNVERIFIABLE
    reason = both_reason(claim, verdict, whole.interval, without.interval)
    return replace(fitting, verdict=verdict, reason=reason)


def sum_findings(report: Report) -> tuple[Finding, ...]:
    """Does each total equal its parts? A list that does not claim to be whole may only not exceed its total."""
    return tuple(found for one in report.sums if (found := _of_sum(one, report)) is not None)


def _of_sum(one: ClaimSum, report: Report) -> Finding | None:
    low, high = _reach(one, report)
    total = allowed(report.claims[one.total])
    over = total.high is not None and low > total.high
    if not one.exhaustive and not over:
        return None
    differs = one.difference != 0 and (over or (high is not None and high < total.low))
    verdict = Verdict.SUM_DIFFERS if differs else Verdict.SUM_ADDS_UP
    reason = sum_reason(one, report, verdict)
    return Finding(one.total, verdict, reason, interval=Interval(one.parts_sum, one.parts_sum))


def _reach(one: ClaimSum, report: Report) -> tuple[int, int | None]:
    """The least and the most that the parts can add up to, given their 约 and 余."""
    ranges = [allowed(report.claims[part]) for part in one.parts]
    highs = [part.high for part in ranges if part.high is not None]
    return sum(part.low for part in ranges), sum(highs) if len(highs) == len(ranges) else None
