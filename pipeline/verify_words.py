"""The sentences of findings, Chinese and English, with the numbers, the definition and the holes in them."""

import re

from pipeline.claim_slices import Held, Scope, Slice
from pipeline.model import Bucket, Claim, ClaimSum, Definition, Hole, Interval, Report, Verdict

_DEFINITIONS = {
    Definition.POSTINGS: ("按条目计(每个栏目中的每条计一条)", "counting postings (each notice in each channel)"),
    Definition.PAGES: ("按网页计(每个网页计一条)", "counting pages (each page once)"),
    Definition.DOCUMENTS: ("按内容计(内容相同的计一条)", "counting documents (same content once)"),
}
_BUCKETS = {
    Bucket.TENDER_AND_AWARD: ("招标公告中标公示", "tenders and awards"),
    Bucket.INDUSTRY_NEWS: ("行业动态", "industry news"),
    Bucket.LIVELIHOOD_PICTURES: ("重要民生和专栏图文", "livelihood and pictures"),
    Bucket.NOTICE: ("公告通知", "notices"),
    Bucket.UNDECIDED: ("未分类", "undecided"),
}
_OUTCOMES = {
    Verdict.CONSISTENT: ("与报告相符", "the claim is consistent with it"),
    Verdict.OVERCLAIMED: ("少于报告所称,报告多报", "fewer than claimed: overclaimed"),
    Verdict.UNDERCLAIMED: ("已多于报告所称,报告少报", "already more than claimed: underclaimed"),
    Verdict.UNVERIFIABLE: (
        "上限未知,无法证实也无法否定",
        "without an upper bound it neither proves nor refutes the claim",
    ),
}
_ONE_PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
_SHOWN = 3  # holes named in a sentence; the rest are counted


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


def unspoken_reason(claim: Claim) -> str:
    """Why the archive cannot speak of a claim."""
    zh, en = claimed_words(claim)
    if not _ONE_PERIOD.fullmatch(claim.year):
        return f"报告称{zh},但未说明年份,无法核对 / the report states {en} for no single year, which cannot be checked"
    return (
        f"报告称{zh}(渠道:{claim.channel or '未说明'}),档案中没有与之对应的部分,无法核对 / "
        f"the report states {en} (channel: {claim.channel or 'none named'}); no part of the archive corresponds to it"
    )


def verdict_reason(claim: Claim, verdict: Verdict, reading: Slice, definition: Definition, held: Held) -> str:
    """Claim, reading, definition, what was found, what follows, which holes are left."""
    zh, en = claimed_words(claim)
    what_zh, what_en = _reading_words(reading, definition)
    if not held.observed:
        missing_zh, missing_en = _unobserved(reading)
        return f"报告称{zh};{what_zh}:{missing_zh} / the report states {en}; {what_en}: {missing_en}"
    found_zh, found_en = _range_words(held.interval)
    outcome_zh, outcome_en = _OUTCOMES[verdict]
    caveat_zh, caveat_en = _caveat(reading, held)
    return (
        f"报告称{zh};{what_zh},查到{found_zh},{outcome_zh}{caveat_zh}{_holes(held.holes, zh=True)} / "
        f"the report states {en}; {what_en}, {found_en} found: {outcome_en}{caveat_en}{_holes(held.holes, zh=False)}"
    )


def _reading_words(reading: Slice, definition: Definition) -> tuple[str, str]:
    period = f"{reading.year}-{reading.month:02}" if reading.month else str(reading.year)
    if reading.scope is Scope.REGISTER:
        return f"{period}年报刊广播登记表", f"register of newspapers and radio, {period}"
    zh, en = _DEFINITIONS[definition]
    if not reading.buckets:
        part_zh, part_en = "全部栏目", "all channels"
    elif Bucket.NOTICE not in reading.buckets and len(reading.buckets) > 1:
        part_zh, part_en = "不含公告通知", "without notices (公告通知)"
    else:
        part_zh, part_en = (
            sep.join(names)
            for sep, names in zip("、,", zip(*map(_BUCKETS.__getitem__, reading.buckets), strict=True), strict=True)
        )
    return f"{period}年{part_zh},{zh}", f"{period}, {part_en}, {en}"


def _unobserved(reading: Slice) -> tuple[str, str]:
    if reading.scope is Scope.REGISTER:
        return "没有登记表,无法核对", "no register was brought, so it cannot be checked"
    return "档案中没有观察到任何部分,无法核对", "nothing of it was observed, so it cannot be checked"


def _range_words(interval: Interval) -> tuple[str, str]:
    low, high = interval.low, interval.high
    if high is None:
        return f"至少{low}条", f"at least {low}"
    return (f"{low}条", str(low)) if low == high else (f"{low}至{high}条", f"{low} to {high}")


def _caveat(reading: Slice, held: Held) -> tuple[str, str]:
    if reading.scope is Scope.REGISTER:
        return ";登记表由报告单位自行提供,只证明有此清单,不证明确已刊播", (
            "; a register is the office's own list: it proves the list, not the publication"
        )
    if reading.scope is Scope.EVERYWHERE and held.interval.high is None:
        return ";报告所称还包括未被观察的渠道", "; the claim also covers media that were not observed"
    return "", ""


def _holes(holes: tuple[Hole, ...], *, zh: bool) -> str:
    if not holes:
        return ""
    named = [f"{hole.channel or hole.source}: {hole.reason}{_size(hole, zh=zh)}" for hole in holes[:_SHOWN]]
    if more := len(holes) - len(named):
        named.append(f"另有{more}处" if zh else f"and {more} more")
    return (";缺口:" if zh else "; holes: ") + ("、" if zh else ", ").join(named)


def _size(hole: Hole, *, zh: bool) -> str:
    if hole.missing_at_most is None:
        return "(数量未知)" if zh else " (size unknown)"
    return f"(至多{hole.missing_at_most}条)" if zh else f" (at most {hole.missing_at_most})"


def both_reason(claim: Claim, verdict: Verdict, whole: Interval, without: Interval) -> str:
    """What the two readings of a portal's total say together."""
    zh, en = claimed_words(claim)
    (whole_zh, whole_en), (without_zh, without_en) = _range_words(whole), _range_words(without)
    outcome_zh, outcome_en = _BOTH[verdict]
    return (
        f"报告称{zh};按条目计,含公告通知{whole_zh},不含公告通知{without_zh}:{outcome_zh} / the report states {en}; "
        f"counting postings, {whole_en} with notices (公告通知) and {without_en} without: {outcome_en}"
    )


_BOTH = {
    Verdict.CONSISTENT: ("至少一种读法与报告相符", "at least one reading agrees with the claim"),
    Verdict.OVERCLAIMED: ("两种读法均少于报告所称,报告多报", "both are fewer than claimed: overclaimed"),
    Verdict.UNDERCLAIMED: ("两种读法均多于报告所称,报告少报", "both are more than claimed: underclaimed"),
    Verdict.UNVERIFIABLE: ("尚不能证实或否定", "the claim is neither proved nor refuted"),
}


def sum_reason(one: ClaimSum, report: Report, verdict: Verdict) -> str:
    """The arithmetic of a sum, with the approximations taken."""
    parts = [report.claims[part] for part in one.parts]
    total = report.claims[one.total]
    sides = f"{'+'.join(str(part.count) for part in parts)}={one.parts_sum}"
    taken = [part for part in (*parts, total) if part.approximate]
    note_zh = "".join(f"(以{part.count}计{claimed_words(part)[0]})" for part in taken)
    note_en = "".join(f" (taking {part.count} for {claimed_words(part)[0]})" for part in taken)
    if verdict is Verdict.SUM_ADDS_UP:
        outcome_zh, outcome_en = (
            ("相符", "adds up") if not one.difference else ("在约数范围内相符", "adds up within the approximation")
        )
    else:
        outcome_zh, outcome_en = f"相差{one.difference:+}", f"differs by {one.difference:+}"
    return (
        f"分项 {sides},总数 {total.count}:{outcome_zh}{note_zh} / "
        f"parts {sides}, total {total.count}: {outcome_en}{note_en}"
    )
