"""Whether two notices that are worded differently are one announcement, and what decided.

Reposts and corrections are equally similar (performance.md): only what must differ tells them apart, so everything that
can be compared is. What contradicts nothing but is not confirmed either is doubtful: not merged, but listed for review.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pipeline.likeness.bodies import Relation, Setting, Weighed, share_a_number, weigh
from pipeline.likeness.compared_parts import CODES, ComparedParts, stage_of, tokens
from pipeline.likeness.fingerprint import plain
from pipeline.model import NoticeType
from pipeline.values.writing import canonical

_T = NoticeType
# Of 70 hand-checked reposts none came more than two days later, of 45 later rounds none within three.
REPOSTED_WITHIN = timedelta(days=2)
_SHORT_NAME = 8  # characters; a shorter name is shared by chance

# Works, supervision and design of one project are three tenders under almost one name.
_SERVICES = re.compile(
    "监理|规划|设计|勘察|勘测|施工|检测|监测|测绘|测量|咨询|造价|审计|可研|可行性|总承包|设备|材料|劳务|运营|维保|评估|保险|拆除|装修|绿化"
)
_FIGURES = re.compile(r"\d+")
_DATED = re.compile(r"20\d{3,10}日")
_IN_NAMES = re.compile(r"\d{1,9}(?!\d{0,9}[次号]?$)")  # but for the number of a publication at the end
_TELLING = re.compile(r"[\d东西南北上中下左右内外甲乙丙丁a-z]")
_SERIAL = re.compile(r"\d{1,2}[次号]?")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_NUMBERED = re.compile(r"[a-z]{2,}\d{4,}[a-z0-9\-]*\d")
# Whose project it is: a name without an owner or a place is another's, too.
_OWNED = re.compile("[县市区乡镇村省州盟旗院校学局厂司处所站委馆厅路街]|中心|集团|银行|政府|小区|水库|公园")
_PLACE_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,30}(?:[省市区县州盟旗镇乡局厅委院校]|公司|集团|中心|政府|学校|大学)")
_EVENTS = frozenset(
    {_T.OBJECTION, _T.CORRECTION, _T.ADDENDUM, _T.CLARIFICATION, _T.POSTPONEMENT, _T.SUSPENSION, _T.TERMINATION}
)


class Sameness(StrEnum):
    """What a comparison decides."""

    SAME = "same"
    DIFFERENT = "different"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Likeness:
    """The decision about two notices and, in one short sentence, Chinese and English, what made it."""

    verdict: Sameness
    reason: str


def compare(a: ComparedParts, b: ComparedParts) -> Likeness:
    """Whether both announce the same about the same lot and round at the same stage; the same in either order."""
    a, b = sorted((a, b), key=lambda said: (said.fingerprint, said.source, said.title))
    if a.fingerprint == b.fingerprint:
        return Likeness(Sameness.SAME, "文字相同 same text")
    if reason := _titles_differ(a, b):
        return Likeness(Sameness.DIFFERENT, reason)
    stages = {stage_of(a), stage_of(b)}
    if reason := _stages_differ(stages):
        return Likeness(Sameness.DIFFERENT, reason)
    weighed = weigh(a.body, b.body, Setting(_days(a, b), stages <= _EVENTS))
    if reason := _texts_differ(weighed) or _too_far_apart(a, b, weighed) or _round_left_out(a, b, weighed):
        return Likeness(Sameness.DIFFERENT, reason)
    # Beside a correction a title without any type word is its repost only when the texts are equal.
    rules = _CONFIRMED if len(stages) == 1 or not stages & _EVENTS else _CONFIRMED[:1]
    reason = next(filter(None, (rule(a, b, weighed) for rule in rules)), "")
    return Likeness(Sameness.SAME, reason) if reason else Likeness(Sameness.DOUBTFUL, _doubt(a, b, weighed))


def may_be_one(a: ComparedParts, b: ComparedParts) -> bool:
    """False when the titles alone tell the two apart; needs no bodies."""
    return a.fingerprint == b.fingerprint or not _titles_differ(a, b)


def _days(a: ComparedParts, b: ComparedParts) -> frozenset[date]:
    return frozenset(said.day for said in (a, b) if said.day)


def _titles_differ(a: ComparedParts, b: ComparedParts) -> str:
    return next(filter(None, (check(a, b) for check in _TITLE_CHECKS)), "")


def _stages_differ(stages: set[NoticeType]) -> str:
    """One type, or a notice without any type word beside another."""
    if len(stages) == 1 or _T.UNDECIDABLE in stages:
        return ""
    return f"环节不同 stages differ: {' / '.join(sorted(stages))}"


def _texts_differ(weighed: Weighed) -> str:
    return f"内容不同 texts differ: {weighed.shown}" if weighed.relation is Relation.CONTRADICTS else ""


def _lots_differ(a: ComparedParts, b: ComparedParts) -> str:
    return f"标段不同 lots differ: {a.lot or '—'} / {b.lot or '—'}" if a.lot != b.lot else ""


def _rounds_differ(a: ComparedParts, b: ComparedParts) -> str:
    if a.round == b.round or (not (a.round and b.round) and a.source != b.source and a.day and a.day == b.day):
        return ""
    return f"轮次不同 rounds differ: {a.round or '—'} / {b.round or '—'}"


def _round_left_out(a: ComparedParts, b: ComparedParts, weighed: Weighed) -> str:
    """Rounds are weeks apart: on one day, a title without a text beside it is one that another editor cut."""
    if a.round == b.round or weighed.relation is Relation.SILENT:
        return ""
    return f"轮次不同 rounds differ: {a.round or '—'} / {b.round or '—'}"


def _codes_differ(a: ComparedParts, b: ComparedParts) -> str:
    codes, others = (set(CODES.findall(said.title)) for said in (a, b))
    return f"编号不同 numbers differ: {min(codes)} / {min(others)}" if codes and others and not codes & others else ""


def _names_differ(a: ComparedParts, b: ComparedParts) -> str:
    name, other = _names(a, b)
    if _is_one_name(name, other):
        return ""
    for label, pattern in (("服务 services", _SERVICES), ("名称中的数字 figures in the names", _IN_NAMES)):
        one, two = tokens(pattern, name.translate(_NUMERALS)), tokens(pattern, other.translate(_NUMERALS))
        if one != two:
            return f"{label}: {'、'.join(sorted(one - two)) or '—'} / {'、'.join(sorted(two - one)) or '—'}"
    if _is_close(name, other):
        return ""
    return f"名称不同 names differ: {_differing(name, other)}"


def _names(a: ComparedParts, b: ComparedParts) -> tuple[str, str]:
    """Both names, without a round that only one title has."""
    if a.round == b.round:
        return a.name, b.name
    return a.name.replace(f"{a.round}次", ""), b.name.replace(f"{b.round}次", "")


def _is_one_name(name: str, other: str) -> bool:
    short, long = sorted((name, other), key=len)
    # 四川省成都市第二人民医院… and 成都市第二人民医院…: what stands before a name is where it is.
    return short == long or (
        len(short) >= _SHORT_NAME
        and long.endswith(short)
        and bool(_PLACE_BEFORE.fullmatch(long[: len(long) - len(short)]))
    )


def _is_close(name: str, other: str) -> bool:
    """A name in short, or one without the number of the publication: enough beside an equal text only."""
    short, long = sorted((name, other), key=len)
    return bool(_SERIAL.fullmatch(long.removeprefix(short))) or _is_abbreviated(name, other)


def _is_abbreviated(name: str, other: str) -> bool:
    """甲大学附属第一医院… as 甲大附一院…: the same characters in the same order, and all that tell one from another."""
    short, long = sorted((name.translate(_NUMERALS), other.translate(_NUMERALS)), key=len)
    if len(short) < 12 or 10 * len(short) < 6 * len(long) or tokens(_TELLING, short) != tokens(_TELLING, long):
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def _differing(name: str, other: str) -> str:
    start = next((n for n, (x, y) in enumerate(zip(name, other, strict=False)) if x != y), min(len(name), len(other)))
    return f"{name[start : start + 12] or '—'} / {other[start : start + 12] or '—'}"


_TITLE_CHECKS: tuple[Callable[[ComparedParts, ComparedParts], str], ...] = (
    _lots_differ,
    _rounds_differ,
    _codes_differ,
    _names_differ,
)


def _too_far_apart(a: ComparedParts, b: ComparedParts, weighed: Weighed) -> str:
    """A later round says almost the same; only a text that is equal but for layout may come later."""
    if a.day and b.day and abs(a.day - b.day) <= REPOSTED_WITHIN:
        return ""
    if weighed.relation is Relation.EQUAL and _DATED.search(canonical(a.body, _days(a, b))):
        return ""  # a day of its own, not that of publication, tells the round
    return f"日期不同 days differ: {a.day or '—'} / {b.day or '—'}"


def _same_but_for_layout(a: ComparedParts, b: ComparedParts, weighed: Weighed) -> str:
    says_enough = len(_FIGURES.findall(a.body)) >= 3 or a.day == b.day
    return "仅版式不同 same text but for layout" if weighed.relation is Relation.EQUAL and says_enough else ""


def _one_holds_the_other(a: ComparedParts, b: ComparedParts, weighed: Weighed) -> str:
    if weighed.relation is Relation.HELD and a.day == b.day:
        return "一文包含另一文 one text holds the other whole"
    return ""


def _under_one_name_elsewhere(a: ComparedParts, b: ComparedParts, weighed: Weighed) -> str:
    """One portal does not say one thing in two ways; two portals do, under a name that tells whose project it is."""
    if a.source == b.source or not _is_one_name(*_names(a, b)):
        return ""
    if not (_is_telling(a, b) or share_a_number(a.body, b.body)):
        return ""
    return _ELSEWHERE.get(weighed.relation, "")


_ELSEWHERE = {
    Relation.EQUAL: "两个门户同名同期,文字相同 one name and day on two portals, same text but for layout",
    Relation.HELD: "两个门户同名同期,一文包含另一文 one name and day on two portals, one text holds the other",
    Relation.AGREES: "两个门户同名同期,内容不矛盾 one name and day on two portals, nothing contradicts",
    Relation.SILENT: "两个门户同名同期,一方无正文 one name and day on two portals, one without a text",
}


def _is_telling(a: ComparedParts, b: ComparedParts) -> bool:
    short = min(a.name, b.name, key=len)
    if _NUMBERED.search(plain(a.title)) and _NUMBERED.search(plain(b.title)):
        return True
    return len(short) >= _SHORT_NAME and bool(_OWNED.search(short))


_CONFIRMED: tuple[Callable[[ComparedParts, ComparedParts, Weighed], str], ...] = (
    _same_but_for_layout,
    _one_holds_the_other,
    _under_one_name_elsewhere,
)


def _doubt(a: ComparedParts, b: ComparedParts, weighed: Weighed) -> str:
    if not _is_one_name(*_names(a, b)):
        return "名称似为简称,正文不足以证实 one name seems to be short for the other, the texts do not show it"
    shown = f": {weighed.shown}" if weighed.shown else ""
    where = "同一门户" if a.source == b.source else "两个门户"
    return f"{where}同名同期,正文不足以证实 one name and day, the texts do not decide{shown}"
