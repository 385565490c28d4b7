"""The sentences of findings, Chinese and English: the numbers, the definition, the doubts and the holes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.count.slice_words import reading_words
from pipeline.count.slices import Counting, Doubt, DoubtKind, Held, Scope
from pipeline.model import Claim, ClaimSum, Definition, Hole, Interval, Report, Verdict
from pipeline.verdict.mapping import ClaimMapping

DEFINITIONS = {
    Definition.POSTINGS: ("按条目计", "counting postings (each notice in each section)"),
    Definition.PAGES: ("按网页计", "counting pages (each page once)"),
    Definition.DOCUMENTS: ("按内容计(内容相同的计一条)", "counting documents (the same content once)"),
}
_OUTCOMES = {
    Verdict.CONSISTENT: ("与报告相符", "the claim is consistent with it"),
    Verdict.OVERCLAIMED: ("少于报告所称,报告多报", "fewer than claimed: overclaimed"),
    Verdict.UNDERCLAIMED: ("已多于报告所称,报告少报", "already more than claimed: underclaimed"),
    Verdict.UNVERIFIABLE: ("无法证实也无法否定", "the claim is neither proved nor refuted"),
}
_DOUBTS = {
    DoubtKind.YEARS_END: ("期初期末前后数日内发布的", "dated within days of the period's ends"),
    DoubtKind.LATE: ("期满后才出现、日期在期内的", "dated in the period, yet put up only after it"),
    DoubtKind.WITHDRAWN: ("已撤下的", "withdrawn since"),
    DoubtKind.MERGES: ("是否重复存疑的", "perhaps reposts"),
    DoubtKind.CATEGORY: ("类别存疑的", "of a doubtful category"),
    DoubtKind.SEVERAL_AREAS: ("涉及多个领域的", "about several key areas"),
}
_SHOWN = 3  # holes named in a sentence; the rest are counted


@dataclass(frozen=True, slots=True)
class Told:
    """What a headline's sentence speaks of."""

    claim: Claim
    counting: Counting
    held: Held
    interval: Interval  # over all that is admissible
    mapping: ClaimMapping
    names: Mapping[str, str]  # of sections, by key
    unsure: bool = False  # the number does not fit, but neither is it sure what the claim speaks of


def claimed_words(claim: Claim) -> tuple[str, str]:
    """The claimed number with its vagueness, in both languages."""
    unit = claim.unit or ""
    if claim.lower_bound:
        return f"{claim.count}余{unit}", f"{claim.count} or somewhat more"
    return (
        (f"约{claim.count}{unit}", f"about {claim.count}")
        if claim.approximate
        else (f"{claim.count}{unit}", str(claim.count))
    )


def unspoken_reason(claim: Claim, mapping: ClaimMapping) -> str:
    """Why the archive cannot speak of a claim."""
    zh, en = claimed_words(claim)
    if mapping.rule == "no year":
        return f"报告称{zh},但未说明年份,无法核对 / the report states {en} for no single year, which cannot be checked"
    return (
        f"报告称{zh}(渠道:{claim.channel or '未说明'},依据:{mapping.rule}),档案中没有与之对应的部分,无法核对 / "
        f"the report states {en} (channel: {claim.channel or 'none named'}; {mapping.rule}); "
        "no part of the archive corresponds to it"
    )


def exact_words(counting: Counting, names: Mapping[str, str]) -> str:
    """A way of counting, Chinese / English."""
    return " / ".join(_counting(counting, names))


def counting_words(counting: Counting, held: Held, verdict: Verdict, names: Mapping[str, str]) -> str:
    """What one way of counting alone gives."""
    zh, en = _counting(counting, names)
    if not held.observed:
        missing_zh, missing_en = _unobserved(counting)
        return f"{zh}:{missing_zh} / {en}: {missing_en}"
    found_zh, found_en = _found_words(held, held.interval)
    outcome_zh, outcome_en = _OUTCOMES[verdict]
    caveat_zh, caveat_en = _caveat(counting, held)
    return f"{zh},{found_zh},{outcome_zh}{caveat_zh} / {en}, {found_en}: {outcome_en}{caveat_en}"


def verdict_reason(told: Told, verdict: Verdict, exact: Counting | None) -> str:
    """Claim, reading, definition, what was found, the interval and why, what follows; one sentence per language."""
    zh, en = claimed_words(told.claim)
    what_zh, what_en = _counting(told.counting, told.names)
    if not told.held.observed:
        missing_zh, missing_en = _unobserved(told.counting)
        return f"报告称{zh};{what_zh}:{missing_zh} / the report states {en}; {what_en}: {missing_en}"
    found_zh, found_en = _found_words(told.held, told.interval)
    outcome_zh, outcome_en = _outcome(told, verdict)
    caveat_zh, caveat_en = _caveat(told.counting, told.held)
    why_zh, why_en = _why(told.held)
    exact_zh, exact_en = _exactly(told, exact)
    return (
        f"报告称{zh};{what_zh},{found_zh},{outcome_zh}{exact_zh}{why_zh}{caveat_zh} / "
        f"the report states {en}; {what_en}, {found_en}: {outcome_en}{exact_en}{why_en}{caveat_en}"
    )


def _counting(counting: Counting, names: Mapping[str, str]) -> tuple[str, str]:
    zh, en = reading_words(counting.reading, names)
    if counting.reading.scope is Scope.REGISTER and counting.definition is not Definition.DOCUMENTS:
        return zh, en
    of_zh, of_en = DEFINITIONS[counting.definition]
    void_zh, void_en = ("", "") if counting.void else (",不含作废", ", without void ones")
    return f"{zh},{of_zh}{void_zh}", f"{en}, {of_en}{void_en}"


def _unobserved(counting: Counting) -> tuple[str, str]:
    if counting.reading.scope is Scope.REGISTER:
        return "没有登记表,无法核对", "no register was brought, so it cannot be checked"
    return "档案中没有观察到任何部分,无法核对", "nothing of it was observed, so it cannot be checked"


def _found_words(held: Held, interval: Interval) -> tuple[str, str]:
    zh, en = f"查到{held.count}条", f"{held.count} found"
    if interval.high is None:
        return f"{zh}(至少{interval.low}条,上限未知)", f"{en} (at least {interval.low}, with no upper bound known)"
    if interval.low == interval.high == held.count:
        return zh, en
    return (
        f"{zh}(各种可采用的算法下为{interval.low}至{interval.high}条)",
        f"{en} ({interval.low} to {interval.high} over all admissible ways of counting)",
    )


def _outcome(told: Told, verdict: Verdict) -> tuple[str, str]:
    if told.unsure:
        return (
            "数字不符,但尚不能确定报告所指是这一部分,无法定论",
            "the numbers differ, yet it is not sure that the report means this part, so nothing is concluded",
        )
    if verdict is Verdict.UNVERIFIABLE and told.interval.high is not None:
        return "介于几种读法之间,无法证实也无法否定", "it lies between the readings: neither proved nor refuted"
    return _OUTCOMES[verdict]


def _exactly(told: Told, exact: Counting | None) -> tuple[str, str]:
    """The way of counting that fits, where it is not the one shown."""
    if exact is None or exact == told.counting:
        return "", ""
    zh, en = _counting(exact, told.names)
    return f";若{zh}则恰好相符", f"; it would be exactly right as {en}"


def _caveat(counting: Counting, held: Held) -> tuple[str, str]:
    if counting.reading.scope is Scope.REGISTER:
        return ";登记表由报告单位自行提供,只证明有此清单,不证明确已刊播", (
            "; a register is the office's own list: it proves the list, not the publication"
        )
    if held.open_ended:
        return ";报告所称还包括未被观察的渠道", "; the claim also covers media that were not observed"
    return "", ""


def _why(held: Held) -> tuple[str, str]:
    """The doubts and holes behind an interval."""
    doubts = [doubt for doubt in held.doubts if doubt.less or doubt.more]
    zh = "、".join(f"{_DOUBTS[one.kind][0]}{_size(one)}条" for one in doubts)
    en = ", ".join(f"{_size(one)} {_DOUBTS[one.kind][1]}" for one in doubts)
    holes_zh, holes_en = (_holes(held.holes, zh=chinese) for chinese in (True, False))
    return (f";存疑:{zh}" if zh else "") + holes_zh, (f"; in doubt: {en}" if en else "") + holes_en


def _size(doubt: Doubt) -> int:
    return max(doubt.less, doubt.more)


def _holes(holes: tuple[Hole, ...], *, zh: bool) -> str:
    if not holes:
        return ""
    named = [f"{hole.channel or hole.source}: {hole.reason}{_hidden(hole, zh=zh)}" for hole in holes[:_SHOWN]]
    if more := len(holes) - len(named):
        named.append(f"另有{more}处" if zh else f"and {more} more")
    return (";缺口:" if zh else "; holes: ") + ("、" if zh else ", ").join(named)


def _hidden(hole: Hole, *, zh: bool) -> str:
    if hole.missing_at_most is None:
        return "(数量未知)" if zh else " (size unknown)"
    return f"(至多{hole.missing_at_most}条)" if zh else f" (at most {hole.missing_at_most})"


class _How(StrEnum):
    """In which way a sum is right."""

    EXACTLY = "exactly"
    ABOUT = "about"
    OVERLAPPING = "overlapping"


_SUMS_UP = {
    _How.EXACTLY: ("相符", "adds up"),
    _How.ABOUT: ("在约数范围内相符", "adds up within the approximation"),
    _How.OVERLAPPING: (
        "超出总数,但不同渠道公开的相同信息只计1条,不作差错",
        "more than the total, which is no error: the same publication in several media counts once in it",
    ),
}


def _how(one: ClaimSum) -> _How:
    if one.difference > 0 and one.overlapping:
        return _How.OVERLAPPING
    return _How.ABOUT if one.difference else _How.EXACTLY


def sum_reason(one: ClaimSum, report: Report, verdict: Verdict) -> str:
    """The arithmetic of a sum, with the approximations taken."""
    parts = [report.claims[part] for part in one.parts]
    total = report.claims[one.total]
    sides = f"{'+'.join(str(part.count) for part in parts)}={one.parts_sum}"
    taken = [part for part in (*parts, total) if part.approximate]
    note_zh = "".join(f"(以{part.count}计{claimed_words(part)[0]})" for part in taken)
    note_en = "".join(f" (taking {part.count} for {claimed_words(part)[0]})" for part in taken)
    if verdict is Verdict.SUM_ADDS_UP:
        outcome_zh, outcome_en = _SUMS_UP[_how(one)]
    else:
        outcome_zh, outcome_en = f"相差{one.difference:+}", f"differs by {one.difference:+}"
    return (
        f"分项 {sides},总数 {total.count}:{outcome_zh}{note_zh} / "
        f"parts {sides}, total {total.count}: {outcome_en}{note_en}"
    )
