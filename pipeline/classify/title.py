"""The notice type that a title alone names, with the rule that decided; the words are those of classify/words.py.

One expression finds event words; only where one stands its context is asked. One more, over the title read backwards,
finds the last ordinary word, which in most titles stands at the very end.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.classify.words import EVENTS, NOUNS, ORDINARY, PART_OF_A_NAME, YIELD_TO_SINGLE_SOURCE
from pipeline.model import NoticeType
from pipeline.values.text import no_space
from pipeline.values.traditional import simplified

_T = NoticeType
LONGEST = 400  # characters of a title that are read, from its end; the longest of 4,485 real ones has 268

Ruling = tuple[NoticeType, str]  # a type and the rule that decided

# Whatever NFKC or the removal of white space may change. The rest, printable ASCII, Chinese characters and the common
# Chinese marks, needs no folding, and most titles are nothing else.
_ODD = re.compile(
    "[\x00-\x20\x7f-\xb6\xb8-\u2013\u2015-\u2017\u201a\u201b\u201e-\u3000\u3003-\u3009\ua000-\U0010ffff"
    "標購項開變單詢競劃結選徵]"
)
_TRADITIONAL = re.compile("[標購項開變單詢競劃結選徵]")  # mirrors; one of these stands in every type word that differs


def folded_title(title: str) -> str:
    """The end of a title as the rules read it: NFKC, without white space, at most 400 characters."""
    # The usual brackets first: what is then folded already, most titles, is searched and not copied.
    text = title[-LONGEST:].replace("（", "(").replace("）", ")")
    if not _ODD.search(text):
        return text
    text = no_space(unicodedata.normalize("NFKC", text))
    return simplified(text) if _TRADITIONAL.search(text) else text


def type_of_title(title: str) -> Ruling:
    """The type that a title alone names and the rule that decided; UNDECIDABLE and "none" without a type word."""
    text = folded_title(title)
    return type_named(text) or type_suggested(text) or (_T.UNDECIDABLE, "none")


def type_named(text: str) -> Ruling | None:
    """The type that a word of a folded title names."""
    if "关于" in text and _REGULATES.search(text):
        return None
    ruling = _event_in(text) or _last_word_in(text)
    if ruling and ruling[0] is _T.PLAN and "意见" in ruling[1] and _ON_A_RULE.search(text):
        return None if not _OF_A_TENDER.search(text) else ruling
    return ruling


# 关于加强招标公告发布管理的通知 speaks of publications and is none.
_REGULATES = re.compile(
    r"关于(?:印发|转发|发布|加强|规范|进一步|做好|开展|贯彻|实施|推进|严格|启用|深化|组织).*(?:通知|意见|办法|方案|规定)$"
)
# 关于征求《…管理办法》意见的公告 consults on a rule, not on a tender.
_ON_A_RULE = re.compile("《|条例|规定|细则|导则|规程|(?:管理|实施|暂行|试行)办法|征求意见稿")
_OF_A_TENDER = re.compile(
    "(?:采购|招标|比选|磋商)(?:文件|项目|需求|公告|方案|技术|参数)|技术规范|规范书|评分|打分|参数"
)


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first, in which no character is tried twice."""
    below: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        below.setdefault(word[:1], []).append(word[1:])
    branches = [re.escape(first) + any_of(rest) for first, rest in below.items() if first]
    if len(branches) == 1 and "" not in below:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if '' in below else ''}" if branches else ""


# --- events ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Event:
    """A word of one event rule: where it counts, and what it then says."""

    rank: int
    counts: str  # an expression, compiled where its word is met first: most of the 216 never are
    ruling: Ruling


def _event_rules() -> dict[str, list[_Event]]:
    found: dict[str, list[_Event]] = {}
    for rank, rule in enumerate(EVENTS):
        for word in rule.words.split():
            counts = f"{rule.before}{re.escape(word)}(?={rule.after})"
            found.setdefault(word, []).append(_Event(rank, counts, (rule.notice_type, f"title: {word}")))
    return found


_compiled = cache(re.compile)
_EVENTS = _event_rules()
_EVENT_WORD = re.compile(any_of(_EVENTS))


def _event_in(text: str) -> Ruling | None:
    """What the strongest event word of a folded title says."""
    found = _EVENT_WORD.search(text)
    strongest: _Event | None = None
    while found:
        start = found.start()
        # The 更正 of a 补充(更正)文件 is no correction; the 变更 of a 中标人变更登记 may be one.
        behind = start + 1
        for event in _EVENTS[found[0]]:
            if _compiled(event.counts).match(text, start):
                behind = found.end()
                if strongest is None or event.rank < strongest.rank:
                    strongest = event
                break
        found = _EVENT_WORD.search(text, behind)
    return strongest.ruling if strongest else None


# --- ordinary words --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ordinary:
    """A word with the type that it names, None for one that only hides shorter ones."""

    notice_type: NoticeType | None
    after: re.Pattern[str] | None  # what must follow unless a notice noun does


# By the word read backwards, as everything here is: the expression starts at a title's end.
_ORDINARY = {
    word[::-1]: _Ordinary(rule.notice_type, re.compile(rule.after) if rule.after else None)
    for rule in ORDINARY
    for word in rule.words.split()
}
_LAST_WORD = re.compile(f"(?:(?:{'|'.join(noun[::-1] for noun in NOUNS)})的?)?({any_of(_ORDINARY)})")
_NAME = re.compile(PART_OF_A_NAME)
_SINGLE_WORDS = [word[::-1] for word, one in _ORDINARY.items() if one.notice_type is _T.SINGLE_SOURCE]
_SINGLE = re.compile(f"({'|'.join(_SINGLE_WORDS)})(?!{PART_OF_A_NAME})")


def _last_word_in(text: str) -> Ruling | None:
    """What the last ordinary word of a folded title says; single source outlasts the notice words after it."""
    found = _LAST_WORD.search(text[::-1])
    while found:
        word = _word_at(found, text)
        if word and word.notice_type:
            if word.notice_type in YIELD_TO_SINGLE_SOURCE and (single := _single_source_in(text)):
                return single
            return word.notice_type, f"title: {found[0][::-1]}"
        found = _LAST_WORD.search(found.string, found.end() if word else found.start() + 1)
    return None


def _word_at(found: re.Match[str], text: str) -> _Ordinary | None:
    """The word that stands there; None where it is part of a name or what must follow does not."""
    whole = _ORDINARY.get(found[0])
    word = whole or _ORDINARY[found[1]]
    behind = len(text) - found.start()
    if behind < len(text) and _NAME.match(text, behind):
        return None
    if word.after and (whole or found[0] == found[1]) and not word.after.match(text, behind):
        return None
    return word


def _single_source_in(text: str) -> Ruling | None:
    if "单" not in text and "直接" not in text:
        return None
    found = _SINGLE.search(text)
    return (_T.SINGLE_SOURCE, f"title: {found[1]}") if found else None


def rule_table() -> list[tuple[str, str, str, str]]:
    """The table for a person: order of decision, type ("" hides), words, whether what stands around them is asked."""
    events = [
        (str(rank), str(rule.notice_type), rule.words, "context" if rule.before or rule.after else "")
        for rank, rule in enumerate(EVENTS, 1)
    ]
    return events + [
        ("last", str(rule.notice_type or ""), rule.words, "context" if rule.after else "") for rule in ORDINARY
    ]


# --- endings ---------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"(?:项目|招标|采购|标段)编号[:：].*$")
# What trails behind the words of a title, read backwards: brackets, numbers, marks.
_TRAILER = re.compile(r"(?>\)[^()]{0,40}\(|\][^\[\]]{0,40}\[|[A-Za-z0-9.\-_]|[^\w()\[\]])+")
# What the bare ending of a title suggests: weaker than the section that it stands in.
ENDINGS = (
    (_T.TENDER_NOTICE, re.compile(r"(招标|询比|询价|比选|磋商|谈判|竞价|邀标)(?:项目)?[)\]】]?$")),
    (_T.PLAN, re.compile(r"(采购需求|技术规范书?|采购意向)$")),
    (
        _T.PLAN,
        re.compile(r"(?:技术规范|规范书|评分表|打分表|评分办法|采购文件|招标文件)[^《》]{0,20}?(公告|公示|通知|告)$"),
    ),
    (_T.TENDER_NOTICE, re.compile(r"(?:项目|工程|施工|监理|采购|设计|服务|设备|勘察|标段|次|[)\]】])(公告)$")),
    (_T.NOTICE, re.compile(r"(通知|通报|公告|通告|办法|规定|细则|条例|意见|决定|批复|启事)$")),
)
_TAIL = 60  # characters of an ending that the expressions read


def type_suggested(text: str) -> Ruling | None:
    """The type that the bare ending of a folded title suggests."""
    whole = _NUMBER.sub("", text) if "编号" in text else text
    trailer = _TRAILER.match(whole[::-1])
    endings = (whole, whole[: -trailer.end()]) if trailer else (whole,)
    for ending in endings:
        for notice_type, pattern in ENDINGS:
            if found := pattern.search(ending[-_TAIL:]):
                return notice_type, f"title: {found[1]}"
    # 关于某公司资质审查意见的公示; a bare 某工程公示 may be anything
    return (_T.NOTICE, "title: 公示") if text.startswith("关于") and text.endswith("的公示") else None
