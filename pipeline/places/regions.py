"""Which place a text names: a county of Tibet, elsewhere a prefecture; codes of GB/T 2260."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.places.divisions import AREAS
from pipeline.places.forms import FORMS, Form, Trust
from pipeline.places.tibet import COUNTIES, PREFECTURES, TIBET
from pipeline.values.text import no_space

_LOOKED_AT = 2000  # characters of each text; what a notice is about stands in its first paragraphs

_NAMES = {place.code: place.name for place in (TIBET, *PREFECTURES, *COUNTIES)} | {
    area.code: area.name for area in AREAS
}

# Before a short name: no Chinese character, or a word that ends there. 中国电信萍乡分公司, 关于宜昌, 位于宜昌.
_EDGE = re.compile(
    r"(?:[^一-鿿]|[年度于在至到和与及驻网局]|公司|移动|电信|联通|铁塔|邮政|银行|石[油化]|征集|附属|中国)\Z"
)
_NEEDS_PARENT = frozenset({Trust.IN_PARENT, Trust.AT_EDGE_IN_PARENT})
_OPENING, _CLOSING = frozenset("[【"), frozenset("]】")
_LIST = frozenset("、和及与至到,，/—-~")
_NOT_TIBETS_SOUTH = frozenset("佛中鞍唐舟黄泰乐眉保象梁稷千房")

_GAP = "[^标告示人年、，。；：:;,()（）]"
# Who works everywhere: a place in such a firm's name says nothing about the project.
_SERVANT = re.compile(
    rf"{_GAP}{{0,14}}?(?:招标|招投标|采购代理|代理|咨询|造价|项目管理|工程管理|监理|建筑|建工|路桥|安装|施工|勘[察测]|设计|检测|装饰|园林)"
    rf"(?:{_GAP}{{0,8}}?公司|(?:设计)?(?:研究)?[总分]?院)"
)
# Whose seat is often where the project is, but not always; a place that helps another (对口援藏).
_ELSEWHERE = re.compile(
    rf"{_GAP}{{0,16}}?公司|{_GAP}{{0,6}}?(?:大学|学院)|[省市区]?{_GAP}{{0,6}}?(?:对口|援建|援藏|援疆|援青|援助|支援|帮扶)"
)
_SUPPLIER = re.compile(
    "(?:中标|成交|中选|入围|投标|供应|代理|候选)(?:单位|供应商|人|商|机构)?(?:名称|地址)?(?:[:：]|是|为)?$"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    form: Form


def parent_of(code: str) -> str:
    """The code of the place around: a county's prefecture, a prefecture's province; "" for anything else."""
    if code not in _NAMES or code.endswith("0000"):
        return ""
    prefecture = code[:4] + "00"
    return prefecture if code != prefecture and prefecture in _NAMES else code[:2] + "0000"


def region_of(*texts: str) -> str:
    """The code of the place that the first text which names one names, "" when none does.

    A county of Tibet by its own code, any other by its prefecture's, one of a municipality by the municipality's. Names
    that several places bear (鼓楼区) need a place around them, in their text or in what a later text names.
    """
    open_: frozenset[str] = frozenset()
    for text in texts:
        region, unsettled = _region_in(no_space(text[:_LOOKED_AT]))
        if region:
            inside = {code for code in open_ if _within(code, region)}
            return inside.pop() if len(inside) == 1 else region
        open_ = open_ or unsettled
    return ""


def _region_in(text: str) -> tuple[str, frozenset[str]]:
    """The region, and the codes of the first name that nothing in the text decides."""
    found = [mention for mention in _mentions(text) if not _is_suppliers(mention, text)]
    near = [mention for mention in found if not _ELSEWHERE.match(text, mention.end)]
    for mentions in (near, found):
        placed, unsettled = _placed(mentions)
        if placed or unsettled:
            return _settled(placed, text), unsettled
    return "", frozenset()


def _mentions(text: str) -> Iterator[_Mention]:
    position, before = 0, None
    while position < len(text) - 1:
        mention = _mention_at(text, position, before)
        if mention is None:
            position += 1
        else:
            position, before = mention.end, mention
            yield mention


def _mention_at(text: str, start: int, before: _Mention | None) -> _Mention | None:
    touching = before if before is not None and before.end == start else None
    for form in FORMS.get(text[start : start + 2], ()):
        end = start + len(form.text)
        if text.startswith(form.text, start) and form.after.match(text, end) and _trusted(form, text, start, touching):
            return _Mention(start, end, form)
    return None


def _trusted(form: Form, text: str, start: int, touching: _Mention | None) -> bool:
    if form.trust is Trust.AFTER_PARENT:
        if touching is None:
            return len(form.codes) == 1 and _stands_alone(form, text, start)
        return any(_within(a, b) for a in form.codes for b in touching.form.codes if a != b)
    if form.trust in {Trust.AT_EDGE, Trust.AT_EDGE_IN_PARENT}:
        return not start or touching is not None or _EDGE.search(text, max(0, start - 2), start) is not None
    if form.trust is Trust.IN_TIBET:
        return not start or text[start - 1] not in _NOT_TIBETS_SOUTH
    return True


def _stands_alone(form: Form, text: str, start: int) -> bool:
    """Whether it is the whole text, or all that stands in a pair of brackets, as portals mark a row's region."""
    end = start + len(form.text)
    if len(text) == len(form.text):
        return True
    return text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING


def _is_suppliers(mention: _Mention, text: str) -> bool:
    before = text[max(0, mention.start - 14) : mention.start]
    return _SERVANT.match(text, mention.end) is not None or _SUPPLIER.search(before) is not None


def _placed(mentions: Sequence[_Mention]) -> tuple[list[tuple[_Mention, str]], frozenset[str]]:
    """The mentions with the one code of each, and the codes of the first that has several or none to trust."""
    around = {next(iter(mention.form.codes)) for mention in mentions if mention.form.trust not in _NEEDS_PARENT}
    placed: list[tuple[_Mention, str]] = []
    unsettled: frozenset[str] = frozenset()
    for mention in mentions:
        code = _chosen(mention, around, placed)
        if code:
            placed.append((mention, code))
        else:
            unsettled = unsettled or mention.form.codes
    return placed, unsettled


def _chosen(mention: _Mention, around: Collection[str], placed: Sequence[tuple[_Mention, str]]) -> str:
    codes = mention.form.codes
    if len(codes) == 1 and mention.form.trust not in _NEEDS_PARENT:
        return next(iter(codes))
    touching = [code for other, code in placed[-1:] if other.end == mention.start]
    for parents in (touching, around):
        inside = {code for code in codes for parent in parents if _within(code, parent)}
        if len(inside) == 1:
            return inside.pop()
    return ""


def _settled(placed: Sequence[tuple[_Mention, str]], text: str) -> str:
    """The first place, or one inside it that is named further on; of a list of places what lies around them all."""
    region, end, listed = "", -1, False
    for mention, code in placed:
        if not region or code == region or (not listed and _within(code, region)):
            region, end = code, mention.end
        elif mention.start == end or (mention.start - end == 1 and text[end] in _LIST):
            region, end, listed = _around(region, code), mention.end, True
            if not region:
                return ""
    return region


def _within(code: str, around: str) -> bool:
    """Whether the one place is the other, or lies in it."""
    shared = 2 if around.endswith("0000") else 4
    return code == around or (around.endswith("00") and code.startswith(around[:shared]))


def _around(one: str, other: str) -> str:
    """The innermost place that contains both, "" for two provinces: 改则县、措勤县 are in 阿里地区."""
    while one and not _within(other, one):
        one = parent_of(one)
    return one
