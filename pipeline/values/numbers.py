"""Whole numbers as portals and reports write them: Arabic, Chinese, full-width, with separators and units."""

import re
from decimal import Decimal

from pipeline.values.text import narrow, no_space

_DIGITS = {
    char: value
    for value, chars in enumerate(("〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}

# The words around an approximate number: 约1.2万, 近三百, 三百余, 5千多.
_VAGUE = re.compile("[余多约近逾超共]")
_ARABIC = re.compile(r"([+-]?(?:\d{1,3}(?:[,，]\d{3}){1,5}|\d{1,15})(?:\.\d{1,8})?)([十百千万亿]{0,3})")
_LONGEST = 60  # characters; nobody writes a count longer than this


def number_of(text: str) -> int | None:
    """The one whole number that the text writes, None when it writes none or something else besides."""
    plain = _VAGUE.sub("", no_space(narrow(text)))
    if not plain or len(plain) > _LONGEST:
        return None
    if found := _ARABIC.fullmatch(plain):
        return _scaled(found[1], found[2])
    return _chinese(plain)


def _scaled(digits: str, units: str) -> int | None:
    value = Decimal(digits.replace(",", "").replace("，", ""))
    for unit in units:
        value *= _TENS.get(unit) or _MYRIADS[unit]
    return int(value) if value == value.to_integral_value() else None


def _chinese(text: str) -> int | None:
    """三百二十, 一万二千, 二〇一四 (digit by digit), 十五; None for anything else."""
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS and not digit:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (1 if digit is None else digit) * _TENS[char]
            digit = None
        elif char in _MYRIADS and (total or section or digit):
            total, section = _raised(total, section + (digit or 0), _MYRIADS[char]), 0
            digit = None
        else:
            return None
    return total + section + (digit or 0)


def _raised(total: int, section: int, unit: int) -> int:
    """一万二千亿 is 12,000 times 亿; 二亿三千万 is 二亿 and 三千万."""
    return (total + section) * unit if total < unit else total + section * unit
