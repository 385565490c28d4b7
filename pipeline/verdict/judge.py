"""A claim set against what the archive holds: proved, refuted, or honestly neither."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.count.media import Medium
from pipeline.count.slices import Counting, Held, Scope, Slice, hull
from pipeline.model import Claim, ClaimSum, Definition, Finding, Interval, Report, Verdict
from pipeline.verdict.allowed import allowed
from pipeline.verdict.coincidences import ObservedSection, equalities
from pipeline.verdict.mapping import ClaimMapping
from pipeline.verdict.rules import UNSURE
from pipeline.verdict.sums import sum_findings
from pipeline.verdict.words import Told, counting_words, exact_words, unspoken_reason, verdict_reason

__all__ = ["Holdings", "allowed", "headline", "sum_findings", "terms_of", "verdict_within", "verify"]

Holdings = Callable[[Counting], Held]

_SUMS = frozenset({Verdict.SUM_ADDS_UP, Verdict.SUM_DIFFERS})
_ACCUSING = frozenset({Verdict.OVERCLAIMED, Verdict.UNDERCLAIMED})


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the claims of a report are judged by: how each is mapped, what is held, the sections of the portal."""

    mappings: tuple[ClaimMapping, ...]
    holdings: Holdings
    sections: tuple[ObservedSection, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """The sections' names by key."""
        return {section.key: section.name for section in self.sections}


@dataclass(frozen=True, slots=True)
class _Counted:
    """One admissible way of counting, and what it gives."""

    place: int  # index of the reading
    counting: Counting
    held: Held


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the parts that make up a claim hold together, each read in any of its ways."""

    interval: Interval
    known: bool  # False: some part cannot be looked up; it is somewhere within the whole


@dataclass(frozen=True, slots=True)
class _Looked:
    """All admissible ways of counting a claim; a total is also the sum of the parts that its report lists."""

    counted: list[_Counted]
    parts: _Parts | None

    @property
    def seen(self) -> list[_Counted]:
        """The ways of counting of which anything was observed."""
        return [one for one in self.counted if one.held.observed]

    @property
    def interval(self) -> Interval:
        """Around all ways of counting."""
        found = [one.held.interval for one in self.seen or self.counted]
        return hull([*found, self.parts.interval] if self.parts is not None and self.parts.known else found)


def verify(report: Report, grounds: Grounds) -> tuple[Finding, ...]:
    """For every claim first its headline finding, then one per admissible way of counting; then the sums."""
    claims = (finding for index in range(len(report.claims)) for finding in _of_claim(index, report, grounds))
    return (*claims, *sum_findings(report))


def headline(findings: tuple[Finding, ...], claim: int) -> Finding:
    """The one finding to show for a claim: the first that is not about a sum."""
    return next(finding for finding in findings if finding.claim == claim and finding.verdict not in _SUMS)


def verdict_within(right: Interval, found: Interval) -> Verdict:
    """What is proved when the true number lies between the ends of `found` and the claim is right for `right`.

    An unknown hole leaves room for any larger number, so only an underclaim can be proved then.
    """
    if right.high is not None and found.low > right.high:
        return Verdict.UNDERCLAIMED
    if found.high is None:
        return Verdict.UNVERIFIABLE
    return Verdict.OVERCLAIMED if found.high < right.low else Verdict.CONSISTENT


def _of_claim(index: int, report: Report, grounds: Grounds) -> Iterator[Finding]:
    claim, mapping = report.claims[index], grounds.mappings[index]
    if not mapping.readings:
        yield Finding(index, Verdict.UNVERIFIABLE, unspoken_reason(claim, mapping))
        return
    looked = _looked(index, report, grounds)
    yield _headline(index, claim, mapping, looked, grounds)
    for one in looked.counted:
        yield _single(index, claim, one, grounds.names)


def _headline(index: int, claim: Claim, mapping: ClaimMapping, looked: _Looked, grounds: Grounds) -> Finding:
    right, seen = allowed(claim), looked.seen
    verdict = _over_readings(right, looked)
    unsure = verdict in _ACCUSING and mapping.confidence < UNSURE
    shown = _shown(right, looked.counted)
    exact = next((one for one in seen if _is_exact(right, one.held)), None)
    told = Told(claim, shown.counting, shown.held, looked.interval, mapping, names=grounds.names, unsure=unsure)
    verdict = Verdict.UNVERIFIABLE if unsure else verdict
    return Finding(
        index,
        verdict,
        verdict_reason(told, verdict, exact.counting if exact else None),
        shown.counting.definition,
        looked.interval,
        shown.held.count,
        shown.counting.void,
        shown.place,
        exact_words(exact.counting, grounds.names) if exact else "",
        tuple(equalities(claim, shown.counting, grounds.holdings, grounds.sections)) if seen else (),
    )


def _over_readings(right: Interval, looked: _Looked) -> Verdict:
    """One reading that fits is enough; an accusation must hold under every reading, whatever is admitted in it."""
    readings: dict[int, list[Interval]] = {}
    for one in looked.seen:
        readings.setdefault(one.place, []).append(one.held.interval)
    verdicts = {verdict_within(right, hull(intervals)) for intervals in readings.values()}
    if verdicts and looked.parts is not None:
        verdict = verdict_within(right, looked.parts.interval)
        fits = verdict is Verdict.CONSISTENT and not looked.parts.known
        verdicts.add(Verdict.UNVERIFIABLE if fits else verdict)
    if Verdict.CONSISTENT in verdicts:
        return Verdict.CONSISTENT
    return next(iter(verdicts)) if len(verdicts) == 1 else Verdict.UNVERIFIABLE


def _shown(right: Interval, counted: list[_Counted]) -> _Counted:
    """What the headline counts: the first definition, in the reading that fits best, else in the plainest."""
    first = counted[0].counting
    alike = [one for one in counted if (one.counting.definition, one.counting.void) == (first.definition, first.void)]
    fitting = [one for one in alike if one.held.observed and _is_exact(right, one.held)]
    near = [one for one in alike if verdict_within(right, one.held.interval) is Verdict.CONSISTENT]
    return (*fitting, *near, *alike)[0]


def _is_exact(right: Interval, held: Held) -> bool:
    return right.low <= held.count and (right.high is None or held.count <= right.high)


def _single(index: int, claim: Claim, one: _Counted, names: Mapping[str, str]) -> Finding:
    """What this way of counting alone would say."""
    verdict = verdict_within(allowed(claim), one.held.interval) if one.held.observed else Verdict.UNVERIFIABLE
    words = counting_words(one.counting, one.held, verdict, names)
    counting = one.counting
    return Finding(
        index, verdict, words, counting.definition, one.held.interval, one.held.count, counting.void, one.place
    )


# --- what is held ----------------------------------------------------------------------------------------------------


def _countings(index: int, report: Report, grounds: Grounds) -> list[_Counted]:
    """Every admissible way of counting; without void ones only where there are any."""
    mapping = grounds.mappings[index]
    found: list[_Counted] = []
    for definition in mapping.definitions:
        for place, reading in enumerate(mapping.readings):
            last: Held | None = None
            for void in mapping.void:
                counting = Counting(reading, definition, void)
                held = _held(index, report, grounds, counting)
                if last is None or held.count != last.count:
                    found.append(_Counted(place, counting, held))
                last = held
    return found


def _looked(index: int, report: Report, grounds: Grounds) -> _Looked:
    counted = _countings(index, report, grounds)
    alone = _Looked(counted, None)
    whole = _whole_of(index, report)
    if whole is None or not alone.seen:
        return alone
    looked = [_looked(part, report, grounds) for part in whole.parts]
    found = [one.interval for one in looked if one.seen]
    known = len(found) == len(looked)
    found += [] if known else [Interval(0, alone.interval.high)]
    highs = [one.high for one in found if one.high is not None]
    high = sum(highs) if len(highs) == len(found) else None
    return _Looked(counted, _Parts(Interval(sum(one.low for one in found), high), known))


def _held(index: int, report: Report, grounds: Grounds, counting: Counting) -> Held:
    """What the archive holds; of a claim about all media only a lower bound, unless its parts are all held."""
    terms, open_ended = terms_of(index, report, grounds.mappings, counting)
    held = [grounds.holdings(term) for term in terms]
    return replace(held[0], open_ended=open_ended) if len(held) == 1 else _together(held)


def terms_of(
    index: int, report: Report, mappings: Sequence[ClaimMapping], counting: Counting
) -> tuple[tuple[Counting, ...], bool]:
    """What is added up for a claim counted so; True beside it when the claim also covers what nobody observed."""
    if counting.reading.scope is not Scope.EVERYWHERE:
        return (counting,), False
    if parts := _parts(index, report, mappings, counting.reading):
        return tuple(_part_counting(part, counting) for part in _once(parts, counting)), False
    return (replace(counting, reading=replace(counting.reading, scope=Scope.PORTAL)),), True


def _part_counting(part: Slice, counting: Counting) -> Counting:
    if part.scope is Scope.REGISTER:
        return Counting(part, Definition.POSTINGS)
    return Counting(part, counting.definition) if part.scope is Scope.BESIDE else replace(counting, reading=part)


def _once(parts: Sequence[Slice], counting: Counting) -> list[Slice]:
    """The parts; where a content counts once, the lists of one period as one, without what the portal says, too."""
    if counting.definition is not Definition.DOCUMENTS:
        return list(parts)
    found = [part for part in parts if part.scope is not Scope.REGISTER]
    media: dict[tuple[int, int], tuple[Medium, ...]] = {}
    for part in parts:
        if part.scope is Scope.REGISTER:
            period = part.since, part.until
            media[period] = tuple(dict.fromkeys((*media.get(period, ()), *part.media)))
    return found + [Slice(Scope.BESIDE, *period, media=kinds) for period, kinds in media.items()]


def _parts(index: int, report: Report, mappings: Sequence[ClaimMapping], reading: Slice) -> list[Slice]:
    """The slices of the parts that make up the whole claim, empty when one of them cannot be looked up."""
    whole = _whole_of(index, report)
    if whole is None:
        return []
    parts = [mappings[part].readings for part in whole.parts]
    if not all(parts) or any(part[0].scope is Scope.EVERYWHERE for part in parts):
        return []
    return [next((one for one in part if one.buckets == reading.buckets), part[0]) for part in parts]


def _whole_of(index: int, report: Report) -> ClaimSum | None:
    """The sum whose parts make up the claim, None where its report lists none or examples alone; a single part that
    states the same number makes it up, too."""
    found = (one for one in report.sums if one.total == index and one.exhaustive and index not in one.parts)
    own = [place for place, claim in enumerate(report.claims) if claim.parent == index and not claim.kind]
    if len(own) == 1 and report.claims[own[0]].count == report.claims[index].count:
        return ClaimSum(index, (own[0],), report.claims[index].count, 0)
    return next(found, None)


def _together(parts: list[Held]) -> Held:
    """What was not observed may hold anything: it adds nothing below and everything above."""
    observed = [part for part in parts if part.observed]
    return Held(
        sum(part.count for part in observed),
        tuple(hole for part in observed for hole in part.holes),
        tuple(doubt for part in observed for doubt in part.doubts),
        bool(observed),
        len(observed) < len(parts) or any(part.open_ended for part in observed),
    )
