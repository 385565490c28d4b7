"""The arithmetic that a report states beside its sums, recomputed: shares, growth, ratios, averages."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import Check, Claim
from pipeline.report.applications import applications_in
from pipeline.report.text import EvenText

_VAGUE = r"(?P<vague>大约|约|近|接近|超过|超|逾|达到?|为|了)*"
_PERCENT = r"(?P<number>[0-9]{1,4}(?:\.[0-9]{1,4})?) ?(?P<unit>%|个百分点)"
# 占…的12%: only where the words between name nothing but the total that the list stands under.
_SHARE = re.compile(
    r"[,(、;]?(?:所占|占|占到)(?:比(?:例|重)?|了)?(?:本|全)?(?:年度?|月)?(?:主动)?(?:公开|发布)?(?:政府|政务)?(?:信息|文件)?"
    rf"(?:总数|总量|总条数|总体|总|比例|比重|全部)?(?:信息)?(?:的|比例|比重)?{_VAGUE}{_PERCENT}"
)
_UP = r"(?P<way>增长|增加|上升|提高|增|升|下降|减少|降低|降|减)"
_BEFORE = (
    r"(?:同比|环比|较|比|与)(?P<base>(?:(?:19|20)[0-9]{2}|上一?|去|前一)?(?:年度?|月|季度)?)(?:同期)?(?:相比)?"
    r"[^,;:。0-9]{0,6}?,?"
)
_GROWTH = re.compile(rf"{_BEFORE}{_UP}(?:了|率为|幅度为)?{_VAGUE}{_PERCENT}")
_DIFFERENCE = re.compile(
    rf"{_BEFORE}{_UP}了?{_VAGUE}(?P<number>[0-9]{{1,9}})(?P<unit>条|件|篇|则|期)"
    rf"(?:,(?:同比)?{_UP.replace('way', 'way2')}"
    r"(?:了|率为|幅度为)?(?P<percent>[0-9]{1,4}(?:\.[0-9]{1,4})?) ?%)?"
)
_RATIO = re.compile(
    r"(?:是|为|相当于)(?P<base>(?:(?:19|20)[0-9]{2}|上一?|去)年)[^,;:。0-9]{0,20}的?(?P<vague>约|近|大约)?"
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})?)(?P<unit>倍)"
)
_AVERAGE = re.compile(
    r"(?P<every>[月周日天]均|平均每[月周日天]|季均)[^,;:。0-9]{0,10}?(?P<vague>约|近|大约|超过|达)?"
    r"(?P<number>[0-9]{1,7}(?:\.[0-9]{1,3})?)(?P<more>余|多)?(?P<unit>条|件|篇)"
)
# Months, weeks and days in a year, the fewest and the most: working days are days, too.
_IN_A_YEAR = {"月": (12, 12), "季": (4, 4), "周": (48, 53), "日": (240, 366), "天": (240, 366)}
_FALLING = re.compile("下降|减|降")
_REACH = 60  # characters behind a claim in which a sentence still speaks of it


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with its place in the even text, and what follows it up to the next claim or the sentence's end."""

    index: int
    end: int
    behind: str


@dataclass(frozen=True, slots=True)
class _Case:
    """What the checks need of the report."""

    prose: EvenText
    original: str
    claims: Sequence[Claim]
    known: dict[tuple[str, str, str], Claim | None]


def checks_in(prose: EvenText, original: str, claims: Sequence[Claim]) -> tuple[Check, ...]:
    """Every stated share, growth, ratio, average and balance that can be recomputed from the report, in reading order.

    Rounding and truncation to the stated digits never fail, and 约, 近, 余 widen what is allowed."""
    case = _Case(prose, original, claims, _known(claims))
    found = [check for told in _told(case) for check in _checks_of(told, case)]
    return tuple(sorted((*found, *applications_in(original, prose)), key=lambda check: check.start))


def _told(case: _Case) -> Iterator[_Told]:
    spots = sorted((claim.end, index) for index, claim in enumerate(case.claims) if not claim.kind)
    starts = sorted(claim.start for claim in case.claims)
    for end, index in spots:
        here = case.prose.place(end - 1) + 1
        later = bisect_right(starts, end - 1)
        limit = here + _REACH
        if later < len(starts):
            limit = min(limit, case.prose.place(starts[later]))
        yield _Told(index, here, re.split("[。!?\n]", case.prose.text[here:limit], maxsplit=1)[0])


def _checks_of(told: _Told, case: _Case) -> Iterator[Check]:
    for reader in (_share, _growth, _difference, _ratio, _average):
        if (check := reader(told, case)) is not None:
            yield check


def _share(told: _Told, case: _Case) -> Check | None:
    claim = case.claims[told.index]
    found = _SHARE.match(told.behind)
    if found is None or claim.parent is None or found["unit"] != "%":
        return None
    whole = case.claims[claim.parent]
    if not whole.count:
        return None
    value = Decimal(100 * claim.count) / whole.count
    vague = claim.approximate or whole.approximate or _is_vague(found)
    holds = _near(value, Decimal(found["number"]), vague=vague)
    words = f"{claim.count}÷{whole.count}={value:.2f}%"
    return _check("share", found, told, case, _Sum((claim.count, whole.count), words, f"{found['number']}%", holds))


def _growth(told: _Told, case: _Case) -> Check | None:
    found = _GROWTH.search(told.behind)
    if found is None or found["unit"] != "%" or "环比" in found[0]:
        return None
    claim, base = case.claims[told.index], _base(told.index, found["base"], case)
    if base is None or not base.count:
        return None
    value = Decimal(100 * (claim.count - base.count)) / base.count
    stated = _signed(found["way"], Decimal(found["number"]))
    holds = _near(value, stated, vague=claim.approximate or base.approximate or _is_vague(found))
    words = f"({claim.count}-{base.count})÷{base.count}={value:.2f}%"
    return _check("growth", found, told, case, _Sum((claim.count, base.count), words, f"{stated}%", holds))


def _difference(told: _Told, case: _Case) -> Check | None:
    """比上年增加412条,增长14.3%: against last year's number where the report states it, else against itself."""
    found = _DIFFERENCE.search(told.behind)
    if found is None:
        return None
    claim, base = case.claims[told.index], _base(told.index, found["base"], case)
    more = _signed(found["way"], Decimal(found["number"]))
    vague = claim.approximate or _is_vague(found)
    if base is not None:
        holds = vague or base.approximate or claim.count - base.count == more
        words = f"{claim.count}-{base.count}={claim.count - base.count}"
        return _check("growth", found, told, case, _Sum((claim.count, base.count), words, str(more), holds))
    before = claim.count - more
    if not found["percent"] or before <= 0:
        return None
    value, stated = 100 * more / before, _signed(found["way2"], Decimal(found["percent"]))
    words = f"{more}÷({claim.count}-({more}))={value:.2f}%"
    numbers = (claim.count, int(more))
    return _check("growth", found, told, case, _Sum(numbers, words, f"{stated}%", _near(value, stated, vague=vague)))


def _ratio(told: _Told, case: _Case) -> Check | None:
    found = _RATIO.search(told.behind)
    claim = case.claims[told.index]
    base = _base(told.index, found["base"], case) if found else None
    if found is None or base is None or not base.count:
        return None
    value = Decimal(claim.count) / base.count
    holds = _near(value, Decimal(found["number"]), vague=claim.approximate or base.approximate or _is_vague(found))
    words = f"{claim.count}÷{base.count}={value:.2f}"
    return _check("ratio", found, told, case, _Sum((claim.count, base.count), words, f"{found['number']}倍", holds))


def _average(told: _Told, case: _Case) -> Check | None:
    found = _AVERAGE.search(told.behind)
    claim = case.claims[told.index]
    if found is None or len(claim.year) != 4:
        return None
    every = found["every"].replace("平均每", "")[0]
    fewest, most = _IN_A_YEAR[every]
    stated, slack = Decimal(found["number"]), Decimal(1)
    if claim.approximate or found["vague"] or found["more"]:
        slack = max(slack, stated / 5)
    holds = Decimal(claim.count) / most - slack < stated < Decimal(claim.count) / fewest + slack
    words = f"{claim.count}÷{most}={Decimal(claim.count) / most:.2f}"
    return _check("average", found, told, case, _Sum((claim.count, most), words, found["number"], holds))


def _base(index: int, named: str, case: _Case) -> Claim | None:
    """The report's own number of the year compared with: the claim just before, else the only one of its kind."""
    claim = case.claims[index]
    if not re.fullmatch("[0-9]{4}", claim.year):
        return None
    year = named[:4] if named[:4].isdigit() else str(int(claim.year) - 1)
    before = case.claims[index - 1] if index else None
    if before is not None and (before.year, before.kind, before.unit) == (year, claim.kind, claim.unit):
        return before
    return case.known.get((year, claim.kind, _broad(claim)))


def _known(claims: Sequence[Claim]) -> dict[tuple[str, str, str], Claim | None]:
    """The claims by year, kind and what they are about; None where the report states two numbers."""
    known: dict[tuple[str, str, str], Claim | None] = {}
    for claim in claims:
        key = (claim.year, claim.kind, _broad(claim))
        other = known.setdefault(key, claim)
        if other is not None and other.count != claim.count:
            known[key] = None
    return known


_TOTAL = re.compile("合计|信息(?:发布|公开)?[数总]?量")


def _broad(claim: Claim) -> str:
    """The category, one word for all that means the whole."""
    return "合计" if _TOTAL.search(claim.category) else claim.category


def _signed(way: str, number: Decimal) -> Decimal:
    return -number if _FALLING.search(way) else number


def _is_vague(found: re.Match[str]) -> bool:
    return bool(re.search("约|近|超|逾", found[0]))


def _near(value: Decimal, stated: Decimal, *, vague: bool) -> bool:
    """True when the stated number is the value rounded or cut to its digits, or near enough for 约."""
    exponent = stated.as_tuple().exponent
    slack = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if vague:
        slack = max(slack, Decimal(1), abs(stated) / 10)
    return abs(value - stated) < slack


@dataclass(frozen=True, slots=True)
class _Sum:
    """A calculation: its numbers, how it reads, what the report states, whether that is so."""

    numbers: tuple[int, ...]
    words: str
    stated: str
    holds: bool


def _check(kind: str, found: re.Match[str], told: _Told, case: _Case, done: _Sum) -> Check:
    start = case.prose.origin(told.end + found.start() + len(found[0]) - len(found[0].lstrip(",(、; ")))
    end = case.prose.origin(told.end + found.end() - 1) + 1
    outcome = ("相符", "holds") if done.holds else ("不符", "does not hold")
    reason = (
        f"{done.words},报告称{done.stated}:{outcome[0]} / {done.words}, the report states {done.stated}: {outcome[1]}"
    )
    text = case.original[start:end]
    numbers = (*map(str, done.numbers), done.stated)
    return Check(kind, text, start, end, numbers, done.holds, reason, told.index)
