"""Whether two notices that are worded differently are one announcement.

Reposts and corrections are equally similar (performance.md): only what must differ tells them apart, so everything that
can be compared is, and whatever is doubtful is two announcements.
"""

import re
from collections import Counter
from datetime import timedelta

from rapidfuzz import fuzz

from pipeline.classify import type_of_title
from pipeline.dedup import SAYS_NOTHING, body_of, fingerprint, plain
from pipeline.lots import lot_of, round_of
from pipeline.model import Notice, NoticeType
from pipeline.text import narrow

_T = NoticeType
# Of 70 hand-checked reposts none came more than two days later, of 45 later rounds none within three.
_REPOSTED_WITHIN = timedelta(days=2)
_SNIPPET = 400  # characters of a body; an aggregator's excerpt is shorter and may begin anywhere
_LONGEST = 20_000  # characters of a body that are compared: the comparison is quadratic
_LONGEST_TITLE = 400
_WORDS_BEFORE = 5  # characters before a number that tell what it is

# What a portal's editor adds to or drops from a project's name.
_ADDED = re.compile(
    r"\[[^\[\]]*\]|【[^【】]*】|\([^()]{0,60}?[A-Za-z0-9\-]{6}[^()]{0,60}\)|\(网\)|^.{2,40}?(?:公司|中心|局|厅|委员会)关于|"
    r"公开|邀请|招标|采购|竞争性|磋商|谈判|询价|中标|成交|结果|候选人|合同|公[告示]|通知|信息|项目|关于|[的()]"
)
# Works, supervision and design of one project are three tenders under almost one name.
_SERVICES = re.compile(
    "监理|设计|勘察|勘测|施工|检测|监测|测绘|测量|咨询|造价|审计|可研|可行性|总承包|设备|材料|劳务|运营|维保|评估"
)
_FIGURES = re.compile(r"\d+|[一二三四五六七八九十]{1,4}(?=[期批号年片楼次届区])")
_CODES = re.compile(r"(?=[A-Za-z\-]{1,20}\d)[A-Za-z][A-Za-z0-9\-]{5,}|\d{6,}[A-Za-z0-9\-]*")
_NUMBERED = re.compile(r"[a-z]{2,}\d{4,}[a-z0-9\-]*\d")
_NUMBERS = re.compile(r"\d+(?:[.:/\-—~、]\d+)*")
# Contacts change without the announcement changing.
_PHONE = re.compile(r"1[3-9]\d{9}|0{8,}|0\d{2,3}-?\d{7,8}")
_LABELLED = (
    re.compile(r"(?:项目|采购|招标|标段|备案)编号(?:包)?([a-z0-9\-]{6,})"),
    re.compile(r"合同编号([a-z0-9\-]{6,})"),
    re.compile(r"(?:中标|成交|合同|预算|控制价|限价)总?(?:金额|价格|价)?(?:元|万元|人民币){0,2}(\d+(?:\.\d+)?)"),
)
_EVENTS = frozenset(
    {_T.OBJECTION, _T.CORRECTION, _T.ADDENDUM, _T.CLARIFICATION, _T.POSTPONEMENT, _T.SUSPENSION, _T.TERMINATION}
)


def same_announcement(a: Notice, b: Notice) -> bool:
    """True when both say the same thing about the same lot and round at the same stage, however they are laid out."""
    if fingerprint(a) == fingerprint(b):
        return True
    if not (_days_agree(a, b) and _titles_agree(a.title[-_LONGEST_TITLE:], b.title[-_LONGEST_TITLE:])):
        return False
    return _bodies_agree(body_of(a)[:_LONGEST], body_of(b)[:_LONGEST], _likeness(a, b))


def _likeness(a: Notice, b: Notice) -> float:
    """How alike excerpts must be, in per cent: wholly on one portal, not at all under one title with a project number.

    A portal does not say the same thing twice in two ways; under one name on two portals, 50 and more was measured on
    gold/duplicates.jsonl, because the title is most of an excerpt.
    """
    if a.source == b.source:
        return 100
    title = plain(a.title)
    return 0 if title == plain(b.title) and _NUMBERED.search(title) else 45


def _days_agree(a: Notice, b: Notice) -> bool:
    return a.published is not None and b.published is not None and abs(a.published - b.published) <= _REPOSTED_WITHIN


def _titles_agree(a: str, b: str) -> bool:
    if lot_of(a) != lot_of(b) or round_of(a) != round_of(b) or not _stages_agree(a, b):
        return False
    codes, others = set(_CODES.findall(narrow(a))), set(_CODES.findall(narrow(b)))
    if codes and others and not codes & others:
        return False
    name, other = _name(a), _name(b)
    if _tokens(_SERVICES, name) != _tokens(_SERVICES, other) or _tokens(_FIGURES, name) != _tokens(_FIGURES, other):
        return False
    short, long = sorted((plain(name), plain(other)), key=len)
    # 四川省成都市第二人民医院… and 成都市第二人民医院…: what stands before a name is where it is.
    return short == long or (len(short) >= 8 and long.endswith(short))


def _stages_agree(a: str, b: str) -> bool:
    """One type, or a title without a type word beside one of a plain notice (never beside a correction)."""
    one, other = type_of_title(a)[0], type_of_title(b)[0]
    if one is other:
        return True
    return _T.UNDECIDABLE in (one, other) and not {one, other} & _EVENTS


def _name(title: str) -> str:
    return _CODES.sub("", _ADDED.sub("", narrow(title).strip()))


def _tokens(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(pattern.findall(text))


def _bodies_agree(body: str, other: str, likeness: float) -> bool:
    if min(len(body), len(other)) < SAYS_NOTHING or _statements_differ(body, other):
        return False
    if _numbers(body) == _numbers(other) and fuzz.ratio(body, other) >= 97:
        return True
    if likeness < 100 and min(len(body), len(other)) >= _SNIPPET:
        return _shared(_numbers(body), _numbers(other)) >= 0.9 and fuzz.ratio(body, other) >= 90
    return fuzz.partial_ratio(body, other) >= likeness and likeness < 100


def _statements_differ(body: str, other: str) -> bool:
    """True when both give a number under one label or after the same words, and not one of them is the same."""
    if any(_differ(set(label.findall(body)), set(label.findall(other))) for label in _LABELLED):
        return True
    placed, others = _placed_numbers(body), _placed_numbers(other)
    return any(_differ(placed[words], others[words]) for words in placed.keys() & others.keys())


def _placed_numbers(body: str) -> dict[str, set[str]]:
    placed: dict[str, set[str]] = {}
    for found in _NUMBERS.finditer(body):
        if found.start() >= _WORDS_BEFORE and not _PHONE.fullmatch(found[0]):
            placed.setdefault(body[found.start() - _WORDS_BEFORE : found.start()], set()).add(found[0])
    return placed


def _differ(one: set[str], two: set[str]) -> bool:
    """Both say something, and nothing that one says begins like the other's: excerpts are cut inside numbers."""
    if not one or not two or one & two:
        return False
    return not any(x.startswith(y) or y.startswith(x) for x in sorted(one)[:50] for y in sorted(two)[:50])


def _numbers(body: str) -> Counter[str]:
    return Counter(number for number in _NUMBERS.findall(body) if not _PHONE.fullmatch(number))


def _shared(one: Counter[str], two: Counter[str]) -> float:
    union = (one | two).total()
    return (one & two).total() / union if union else 1.0
