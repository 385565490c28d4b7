"""Dates in listing rows, as written: cheap patterns that only tell what looks like one."""

import re
from itertools import pairwise

_YEAR = r"(?:19|20)\d\d"
_FULL = rf"{_YEAR}\s?[-/.年]\s?\d{{1,2}}\s?[-/.月]\s?\d{{1,2}}日?(?:\s?[T ]?\s?\d{{1,2}}:\d\d(?::\d\d)?)?"
_SHORT = r"(?:\d\d[-/.年]\s?)?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s\d{1,2}:\d\d)?"
_OPEN, _CLOSE = r"[\[(（【〔|\-—\s]*", r"[\])）】〕|\s]*"
_NAME = r"(?:(?:发布|公布|公告|更新|公示|录入|添加|上传)?(?:时间|日期|于)?\s?[:：]?\s?)?"
FULL = re.compile(rf"(?<![\d.])({_FULL})(?!\d)")
_ALONE = re.compile(rf"{_OPEN}{_NAME}{_OPEN}({_FULL}|{_SHORT}){_CLOSE}")
_MONTH = re.compile(rf"{_OPEN}({_YEAR})\s?[-/.年]\s?(\d{{1,2}})月?{_CLOSE}")
_YEAR_ALONE = re.compile(rf"{_OPEN}({_YEAR})年?{_CLOSE}")
_DAY = re.compile(r"(\d{1,2})日?")
_MONTH_DAY = re.compile(r"\d{1,2}[-/.月]\d{1,2}日?")
_OTHER_DAY = re.compile(r"(?:截止|截至|开标|报名|投标|递交|有效期|结束)\S{0,6}\s*$")
_TRAILING = re.compile(rf"\s*[\[(（【]\s*({_FULL}|{_SHORT})\s*[\])）】]$")
_LONGEST = 120  # characters of a text node that is looked at


def is_date(text: str) -> bool:
    """True when the text is a date and nothing else, complete or not (06-03, 2014年6月)."""
    return len(text) <= 40 and any(pattern.fullmatch(text) for pattern in (_ALONE, _MONTH, _YEAR_ALONE))


def date_among(texts: list[str]) -> str:
    """The first date among the texts of a row, as written; parts in elements of their own are put together."""
    for index, text in enumerate(texts):
        if not any(character.isdigit() for character in text[:_LONGEST]):
            continue
        alone = _ALONE.fullmatch(text[:60])
        if alone and not _is_other(texts, index) and _is_whole(alone[1], texts, index):
            return alone[1]
        if not alone and (found := FULL.search(text[:_LONGEST])) and not _OTHER_DAY.search(text[: found.start()]):
            return found[1]
    return _in_parts(texts)


def without_date(title: str) -> tuple[str, str]:
    """The title without a date in brackets at its end, and that date ("" when there is none)."""
    found = _TRAILING.search(title[-40:])
    if found is None:
        return title, ""
    return title[: len(title) - (len(title[-40:]) - found.start())], found[1]


def _is_other(texts: list[str], index: int) -> bool:
    """True for a deadline or an opening: a date that says nothing of publication."""
    return index > 0 and _OTHER_DAY.search(texts[index - 1][-12:]) is not None


def _is_whole(date: str, texts: list[str], index: int) -> bool:
    """False for a month and day whose year stands in the next or previous text."""
    if not _MONTH_DAY.fullmatch(date):
        return True
    beside = texts[max(0, index - 1) : index] + texts[index + 1 : index + 2]
    return not any(_YEAR_ALONE.fullmatch(text[:20]) for text in beside)


def _in_parts(texts: list[str]) -> str:
    for one, other in pairwise(texts):
        if len(one) > 20 or len(other) > 20:
            continue
        for month, day in ((one, other), (other, one)):
            if (written := _MONTH.fullmatch(month)) and (of_month := _DAY.fullmatch(day)):
                return f"{written[1]}-{written[2]}-{of_month[1]}"
            if (year := _YEAR_ALONE.fullmatch(month)) and _MONTH_DAY.fullmatch(day):
                return f"{year[1]}-{re.sub('[/.月]', '-', day.rstrip('日'))}"
    return ""
