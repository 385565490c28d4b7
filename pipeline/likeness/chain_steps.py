"""The course of one project: to which lot and round each notice belongs, and what it takes the place of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from pipeline.likeness.chains import ChainLink, Trace
from pipeline.model import NoticeType

_T = NoticeType
# Within one day; a portal publishes them in this order.
_ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            *(_T.PLAN, _T.PREQUALIFICATION, _T.PREQUALIFICATION_RESULT, _T.TENDER_NOTICE, _T.SINGLE_SOURCE),
            *(_T.CLARIFICATION, _T.ADDENDUM, _T.CORRECTION, _T.POSTPONEMENT, _T.SUSPENSION, _T.BID_OPENING_RECORD),
            *(_T.AWARD_CANDIDATES, _T.AWARD_NOTICE_UNSPECIFIED, _T.OBJECTION, _T.AWARD_RESULT, _T.AWARD_CHANGE),
            *(_T.CONTRACT, _T.TERMINATION),
        )
    )
}
_OPENING = frozenset({_T.TENDER_NOTICE, _T.PREQUALIFICATION, _T.SINGLE_SOURCE})
_CANDIDATES = frozenset({_T.AWARD_CANDIDATES})
_RESULTS = frozenset({_T.AWARD_RESULT, _T.AWARD_NOTICE_UNSPECIFIED, _T.AWARD_CHANGE})
_AMENDING = frozenset({_T.CORRECTION, _T.ADDENDUM, _T.CLARIFICATION, _T.POSTPONEMENT})
# What an amendment amends, by the words of its title; without any of them the call for tenders.
_AMENDED = (
    (re.compile("候选人|侯选人|评标结果|评审结果"), _CANDIDATES),
    (re.compile("合同"), frozenset({_T.CONTRACT})),
    (re.compile("(?:中标|成交|中选|采购|招标)(?:人|供应商)?(?:结果|公告|公示)|结果公[告示]"), _RESULTS),
    (re.compile(""), _OPENING),
)
_REPLACED = {
    _T.AWARD_RESULT: _CANDIDATES,
    _T.AWARD_NOTICE_UNSPECIFIED: _CANDIDATES,
    _T.AWARD_CHANGE: _RESULTS | _CANDIDATES,
    _T.AWARD_CANDIDATES: _CANDIDATES,  # 第2次公示
}
_CALLS = re.compile("招标公告|采购公告|磋商公告|谈判公告|询价公告|比选公告|招标文件|采购文件")
_MOST_LOTS = 200  # of a range: 1-4


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A posting in the course of its project; empty texts where there is nothing to name."""

    posting: str
    chain: str
    number: int  # in order of time, from 1
    lot: str
    round: int
    process: str
    after: str
    linked_to: str
    why: str
    supersedes: tuple[str, ...]


def steps_of(traces: Sequence[Trace], links: Sequence[ChainLink]) -> list[ChainStep]:
    """The postings of one project in their course; the same in whatever order they come."""
    ordered = sorted(traces, key=_when)
    chain = _digest("chain", min(traces, key=lambda one: one.place_in_time).posting)
    course = _Course(ordered, _only_lot(ordered))
    rounds = list(course.rounds())
    lots = [course.lot_of(trace) for trace in ordered]
    met = sorted(set(zip(lots, rounds, strict=True)))
    shown = _recognised(ordered, links)
    return [
        ChainStep(
            posting=trace.posting,
            chain=chain,
            number=number,
            lot=lot,
            round=round_,
            process=_process(chain, lot, round_),
            after=_process_before(chain, lot, round_, met),
            linked_to=shown[trace.posting][0],
            why=shown[trace.posting][1],
            supersedes=_superseded(ordered[: number - 1], rounds, trace, (lot, round_)),
        )
        for number, (trace, lot, round_) in enumerate(zip(ordered, lots, rounds, strict=True), 1)
    ]


def lots_in(lot: str) -> frozenset[str]:
    """The single lots that a lot's text names: "1-4" and "2,5" are several."""
    found: set[str] = set()
    for part in filter(None, lot.split(",")):
        first, dash, last = part.partition("-")
        if dash and first.isdecimal() and last.isdecimal() and int(first) <= int(last) <= int(first) + _MOST_LOTS:
            found.update(str(number) for number in range(int(first), int(last) + 1))
        else:
            found.add(part)
    return frozenset(found)


def _when(trace: Trace) -> tuple[bool, object, int, str]:
    undated, day, posting = trace.place_in_time
    return undated, day, _ORDER.get(trace.notice_type, len(_ORDER)), posting


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def _process(chain: str, lot: str, round_: int) -> str:
    return _digest("process", chain, lot, str(round_))


def _process_before(chain: str, lot: str, round_: int, met: Sequence[tuple[str, int]]) -> str:
    """The process of the round before, of this lot or else of the project as a whole."""
    earlier = [(one == lot, number, one) for one, number in met if number < round_ and one in {lot, ""}]
    if not earlier:
        return ""
    _, number, one = max(earlier)
    return _process(chain, one, number)


def _only_lot(traces: Sequence[Trace]) -> str:
    """The one lot that the call for tenders names, when no notice names another: it is meant where none is named."""
    named = {trace.lot for trace in traces if trace.lot}
    called = {trace.lot for trace in traces if trace.notice_type in _OPENING}
    return next(iter(named)) if len(named) == 1 and called == named else ""


@dataclass(slots=True)
class _Course:
    """The rounds so far, by lot; lot "" stands for all of them."""

    traces: Sequence[Trace]
    only: str
    current: dict[str, int] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def lot_of(self, trace: Trace) -> str:
        return trace.lot or self.only

    def rounds(self) -> Iterator[int]:
        """The round of each notice, in their order; a repost is in the round of what it repeats."""
        of_text: dict[str, int] = {}
        for trace in self.traces:
            lot = self.lot_of(trace)
            if trace.fingerprint not in of_text:
                of_text[trace.fingerprint] = self._round(trace, lot)
                self._note(trace, lot, of_text[trace.fingerprint])
            yield of_text[trace.fingerprint]

    def _round(self, trace: Trace, lot: str) -> int:
        known = max(self.current.get(lot, 0), self.current.get("", 0))
        if trace.round.isdecimal():
            return int(trace.round)
        opens = trace.notice_type in _OPENING
        has_failed = bool(self.failed & {lot, ""})
        if trace.round:  # 重新招标 without a number
            return max(2, known + 1) if opens and (has_failed or known < 2) else max(2, known)
        return known + 1 if opens and has_failed else max(1, known)

    def _note(self, trace: Trace, lot: str, round_: int) -> None:
        self.current[lot] = max(round_, self.current.get(lot, 0))
        if trace.notice_type is _T.TERMINATION:
            self.failed.add(lot)
        elif trace.notice_type in _OPENING:
            self.failed -= {lot} if lot else set(self.failed)


def _recognised(traces: Sequence[Trace], links: Sequence[ChainLink]) -> dict[str, tuple[str, str]]:
    """By which other notice each was recognised, and why: an earlier one before a later, then the surest link."""
    place = {trace.posting: number for number, trace in enumerate(traces)}
    found: dict[str, list[tuple[bool, int, int, str, str]]] = {}
    for link in links:
        for own, other in ((link.one, link.other), (link.other, link.one)):
            later = place[other] > place[own]
            found.setdefault(own, []).append((later, -link.strength, place[other], other, link.why))
    first = traces[0].posting
    best = {own: min(ways)[3:] for own, ways in found.items() if own != first}
    return {
        trace.posting: (best[trace.posting][0], best[trace.posting][1]) if trace.posting in best else ("", "")
        for trace in traces
    }


def _superseded(
    earlier: Sequence[Trace], rounds: Sequence[int], trace: Trace, where: tuple[str, int]
) -> tuple[str, ...]:
    """The postings of the newest earlier announcement whose words the notice changes or replaces."""
    kinds = _replaced(trace)
    lot, round_ = where
    target = ""
    found: list[str] = []
    for one, number in reversed(list(zip(earlier, rounds, strict=False))):
        if one.notice_type not in kinds or number != round_ or one.fingerprint == trace.fingerprint:
            continue
        if not _share_a_lot(one.lot, lot):
            continue
        if not target:
            target = one.fingerprint
        if one.fingerprint == target:
            found.append(one.posting)
    return tuple(sorted(found))


def _replaced(trace: Trace) -> frozenset[NoticeType]:
    if trace.notice_type not in _AMENDING:
        return _REPLACED.get(trace.notice_type, frozenset())
    if _CALLS.search(trace.title) and not _CANDIDATES_NAMED.search(trace.title):
        return _OPENING
    return next(kinds for words, kinds in _AMENDED if words.search(trace.title))


_CANDIDATES_NAMED = _AMENDED[0][0]


def _share_a_lot(one: str, other: str) -> bool:
    return not one or not other or bool(lots_in(one) & lots_in(other))
