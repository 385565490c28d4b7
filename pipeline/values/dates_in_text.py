"""Days and times as notices write them, cut over lines or not, in the source's own zone."""

import re
from dataclasses import dataclass
from datetime import date

from pipeline.values.numbers import number_of

_S = r"[\s\u3000]{0,3}"
_YEAR = rf"(?P<year>(?:1{_S}9|2{_S}0){_S}\d{_S}\d)"
_CJK = rf"{_S}年{_S}(?P<month>\d{_S}\d?){_S}月{_S}(?P<day>\d{_S}\d?){_S}[日号]"
_DASH = r"\s?[-/.．－]\s?(?P<m2>\d{1,2})\s?[-/.．－]\s?(?P<d2>\d{1,2})(?!\d)"
_CLOCK = (
    rf"(?:{_S}[（(]?(?:星期|周)[一二三四五六日天][）)]?)?{_S}T?(?P<half>上午|下午|凌晨|中午|晚上)?{_S}"
    rf"(?P<hour>\d{_S}\d?){_S}(?:[:：时點点])(?:{_S}(?P<minute>\d{_S}\d|\d(?=\s?分)))?{_S}(?:[:：]{_S}\d\d|分)?(?:\d\d秒)?"
)
_NUMERAL = "〇零○Oo0一二三四五六七八九"
_UNITS = "一二三四五六七八九十"
_WORDS = (
    rf"(?P<words>[一二]{_S}(?:[{_NUMERAL}]{_S}){{3}}年{_S}[{_UNITS}]{{1,2}}{_S}月{_S}[{_UNITS}廿卅]{{1,3}}{_S}[日号])"
)
_DATE = re.compile(rf"(?<!\d)(?:{_YEAR}(?:{_CJK}|{_DASH})(?:{_CLOCK})?|{_WORDS})")
_SHORT = re.compile(rf"{_S}(?P<month>\d{_S}\d?){_S}(?:月|[-/.]){_S}(?P<day>\d{_S}\d?){_S}[日号]?(?!\d)(?:{_CLOCK})?")
_DAY_ONLY = re.compile(rf"{_S}(?P<day>\d{_S}\d?){_S}[日号](?:{_CLOCK})?")
_TO = re.compile(
    r"\s{0,3}(?:[（(][^（）()]{0,12}[）)])?\s{0,3}(?:起|开始)?\s{0,3}(?:至|到|—{1,2}|-{1,2}|–|~|～|－{1,2}|起至)\s{0,3}"
)
_ROUND = {ord(char): "〇" for char in "Oo0零○"} | {ord("廿"): "二十", ord("卅"): "三十"}
_AFTERNOON = frozenset(("下午", "晚上"))


@dataclass(frozen=True, slots=True)
class Day:
    """A day, with a clock time where one is written: 2014-06-03 or 2014-06-03T09:30."""

    text: str
    start: int
    end: int

    @property
    def day(self) -> str:
        return self.text[:10]


def dates_in(text: str, start: int = 0, end: int | None = None) -> list[Day]:
    """Every whole date between start and end."""
    stop = len(text) if end is None else end
    return [day for match in _DATE.finditer(text, start, stop) if (day := _day(match)) is not None]


def first_date(text: str, start: int, end: int) -> Day | None:
    match = _DATE.search(text, start, end)
    return _day(match) if match else None


def range_in(text: str, start: int, end: int) -> tuple[Day, Day] | None:
    """The first "from … to …"; the second may leave out its year, or its year and month."""
    for match in _DATE.finditer(text, start, end):
        first = _day(match)
        if first is None or not (to := _TO.match(text, match.end(), end)):
            continue
        second = _day(whole) if (whole := _DATE.match(text, to.end(), end)) else _shortened(text, to.end(), end, first)
        if second is not None:
            return first, second
    return None


def _shortened(text: str, at: int, end: int, first: Day) -> Day | None:
    year, month = first.text[:4], first.text[5:7]
    if match := _SHORT.match(text, at, end):
        return _built(match, year, match["month"], match["day"])
    if match := _DAY_ONLY.match(text, at, end):
        return _built(match, year, month, match["day"])
    return None


def _day(match: re.Match[str]) -> Day | None:
    if match["words"]:
        return _in_words(match)
    return _built(match, match["year"], match["month"] or match["m2"], match["day"] or match["d2"])


def _in_words(match: re.Match[str]) -> Day | None:
    """二〇一四年六月三日."""
    plain = "".join(match["words"].split()).translate(_ROUND)
    parts = [number_of(part) for part in re.split("[年月日号]", plain)[:3]]
    try:
        found = date(*(part or 0 for part in parts))
    except ValueError:
        return None
    return Day(found.isoformat(), match.start(), match.end())


def _built(match: re.Match[str], year: str, month: str, day: str) -> Day | None:
    try:
        found = date(_int(year), _int(month), _int(day))
    except ValueError:
        return None
    return Day(found.isoformat() + _clock(match), match.start(), match.end())


def _clock(match: re.Match[str]) -> str:
    if not match["hour"]:
        return ""
    hour, minute = _int(match["hour"]), _int(match["minute"] or "0")
    if match["half"] in _AFTERNOON and hour < 12:
        hour += 12
    return f"T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def _int(digits: str) -> int:
    return int("".join(digits.split()))
