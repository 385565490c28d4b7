"""The words that portals label a tender's facts with, and what each of them names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.tender.labels.roles import Role
from pipeline.tender.labels.vocabulary import NOT_LABELS, OTHERS, WORDS
from pipeline.values.numbers import number_of
from pipeline.values.text import narrow, no_space


@dataclass(frozen=True, slots=True)
class Label:
    """A label as read: its role, the unit in its brackets, the rank that it names, its own words."""

    role: Role
    words: str
    unit: str = ""  # "元", "万元", "%", "元/%" ...
    rank: int | None = None


_TABLE = re.compile("|".join(f"(?P<r{number}>{words})" for number, (_, words) in enumerate(WORDS)))

_TWO_THINGS = re.compile(r"公司|[^\s]{3}[ \u3000]{2,}[^\s]{3}")  # a name with a label behind it

# Traditional forms in labels, one character for one.
_SIMPLE = str.maketrans(
    "標價編號項總額採購單聯繫電話時間開結應選據發評審質經負責監證書數萬億圓資預算報設勘圍條規稱機構業務員點區縣屬執來確認範內區過優驗國際後從報層參與築樓設備類別稅價遞齡長",
    "标价编号项总额采购单联系电话时间开结应选据发评审质经负责监证书数万亿圆资预算报设勘围条规称机构业务员点区县属执来确认范内区过优验国际后从报层参与筑楼设备类别税价递龄长",
)
_NUMBERING = re.compile(
    r"^(?:第?[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?(?:[、.．:：)）]|(?=[一-龥]))(?:\d{1,2}[.、．]?){0,3}\s?|[★▲●■◆※*·①-⑩\-—>》]{1,3}|[（(]\d{1,2}[）)])"
)
_BRACKETS = re.compile(r"[（(\[【]([^（）()\[\]【】]{0,24})[）)\]】]")
_UNIT = re.compile(
    r"(?:人民币)?(?:单位[:：])?([亿百千万]{0,2}元(?:[/／][^\s、,，或]{1,6})?|[%％‰])(?:[、或/]([%％]|元))?"
)
_PREFIXES = re.compile(r"^(?:原公告的?|原|本次|本|该|其|现|关于)(?=[一-龥]{3})")
_RANKED = re.compile(
    r"^(?:推荐(?:的)?)?(?:排名)?第([一二三四五六七八九十]|\d{1,2})(?:名|位|顺位|顺序)?(?:的)?((?:预?中标|成交|中选|定标)?(?:人|单位|供应商)?(?:侯|候)选(?:人|单位|供应商|方)?|(?:预?中标|成交|中选)(?:人|单位|供应商)|中标排序|排序)?(?:供应商|单位|人|公司|企业)?(?:名称|为|是)?$"
    r"|^(?:中标|成交|中选|定标)?(?:侯|候)选(?:人|单位|供应商)(?:第)?([一二三四五六七八九十]|\d{1,2})(?:名|位)?(?:单位|公司|企业|供应商)?(?:名称|为)?$"
    r"|^(?:中标|成交)?(?:侯|候)选(?:人|单位|供应商)?\s?[（(]?第([一二三四五六七八九十]|\d{1,2})名[）)]?(?:单位)?(?:名称)?$"
)
_SENTENCE = re.compile(r"[。，；！？]|\d{5}")
_LONGEST = 40  # characters of a label with its numbering and brackets


@lru_cache(maxsize=4096)
def label_of(text: str) -> Label | None:
    """What the text labels when it is nothing but a label, None when it is something else.

    White space inside (招 标 人), numbering before (2.1, 一、) and brackets ((如有), （元）) do not matter.
    """
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return None
    plain = no_space(narrow(text)).translate(_SIMPLE).rstrip(":;").lstrip("([【<>》·*")
    plain = _NUMBERING.sub("", plain, count=1) if not plain.startswith("第") else plain
    words, unit = _without_brackets(plain)
    if not words or len(words) > 24:
        return None
    if ranked := _ranked(words):
        return ranked
    for form in dict.fromkeys((words, _PREFIXES.sub("", words), _PREFIXES.sub("", _PREFIXES.sub("", words)))):
        if form in NOT_LABELS:
            return None
        if role := _role(form):
            return Label(role, words, unit)
    if (
        OTHERS.search(words)
        and not _TWO_THINGS.search(text)
        and not re.search(r"\d|[。，,；;“”《》]", words)
        and len(words) <= 18
    ):
        return Label(Role.OTHER, words, unit)
    return None


def _role(words: str) -> Role | None:
    found = _TABLE.fullmatch(words)
    return WORDS[int((found.lastgroup or "")[1:])][0] if found else None


def _ranked(words: str) -> Label | None:
    if not (found := _RANKED.match(words)):
        return None
    rank = number_of(found[1] or found[3] or found[4])
    return Label(Role.CANDIDATE, words, rank=rank) if rank else None


def _without_brackets(text: str) -> tuple[str, str]:
    """The words without what stands in brackets, and the unit that a bracket names."""
    unit = ""
    for found in _BRACKETS.finditer(text):
        if (match := _UNIT.fullmatch(found[1])) and not unit:
            unit = match[1] + (f"/{match[2]}" if match[2] else "")
        elif "%" in found[1] and "元" in found[1]:
            unit = "元/%"
    kept = _BRACKETS.sub("", text)
    # 招标(采购)人 and 成交（中标）金额 are words with a bracket in them; a label that is all bracket is none.
    return kept.strip(" :、*"), unit.replace("％", "%").replace("／", "/")
