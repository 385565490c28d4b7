"""Days and times as portals write them, read as UTC moments."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.values.numbers import number_of
from pipeline.values.text import narrow, squeeze


@dataclass(frozen=True, slots=True)
class When:
    """A moment, and how exactly it was written: "day", "minute" or "second"."""

    moment: datetime  # UTC
    precision: str


# Separators may be surrounded by a little space: pages wrap each digit group in its own element.
_DAY = (
    r"(?P<year>(?:19|20)\d\d)(?: ?[-/.年_–—] ?| )(?P<month>\d{1,2}) ?[-/.月_–—] ?(?P<day>\d{1,2})"
    r"(?=\D|$|\d\d ?[:：]) ?[日号]?"
)
_CLOCK = (
    r"(?:[ T,，]{0,2}[(（\[]?(?:星期|周)[一二三四五六日天][)）\]]?)?"
    r"[ T,，]{0,2}(?P<half>上午|下午|凌晨|早上|中午|晚上|晚|[AaPp][Mm])? ?"
    r"(?P<hour>\d{1,2}) ?(?:[:：]|时|点) ?"
    r"(?:(?P<minute>\d{1,2}) ?分?(?: ?[:：]? ?(?P<second>\d{2})(?!\d) ?秒?(?:\.\d{1,9})?)?)?"
    r"(?: ?(?P<late>[AaPp][Mm])\b)?(?P<offset>Z| ?[+-]\d\d:?\d\d)?"
)
_ARABIC = re.compile(rf"(?<![\d.])(?:{_DAY})(?:{_CLOCK})?")

_NUMERAL = "〇零○Oo0Ｏ一二三四五六七八九"
_CHINESE = re.compile(
    rf"[一二][{_NUMERAL}]{{3}} ?年 ?[一二三四五六七八九十]{{1,3}} ?月 ?[一二三四五六七八九十廿卅]{{1,3}} ?[日号]?"
)
_CHINESE_RUN = re.compile(rf"[{_NUMERAL}十廿卅]+")
_CHINESE_CLOCK = 24  # characters after the day in which 上午九时三十分 ends

# What JSON answers say: 20171103, 20171103090000, epoch seconds and milliseconds, ASP.NET's /Date(…)/.
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_EPOCH = re.compile(r"(?:/Date\()?(1\d{9})(?:(\d{3})(?:[+-]\d{4})?\)/|(\d{3}))?")

# A day above or before its month, in elements of their own: "21" + "2024年02月", "06-03" + "2014".
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})日?[ /]{0,3}(?P<year>(?:19|20)\d\d) ?[-/.年] ?(?P<month>\d{1,2})月?")
_YEAR_LAST = re.compile(r"(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2})日?[ /]{1,3}(?P<year>(?:19|20)\d\d)年?")

# Java's and Gson's own forms leak into pages and answers: "Tue Jun 03 10:00:00 CST 2014", "Jun 3, 2014 10:00:00 AM".
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMED = re.compile(
    rf"(?:[A-Z][a-z]{{2}} )?(?P<name>{'|'.join(_NAMES)}) (?P<day>\d{{1,2}}),?(?: (?P<year>\d{{4}}),?)?"
    r"(?: (?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: (?P<late>[AP]M))?)?"
    r"(?: [A-Z]{3,4}(?: (?P<last>\d{4})))?"
)


def read_date(text: str, zone: ZoneInfo) -> When | None:
    """The first date that the text writes, with its time; None without a year, or when no such day exists."""
    plain = squeeze(narrow(text))
    if match := _first(plain):
        return _when(match.groupdict(), zone)
    return _whole(plain.strip("[]()【】（） "), zone)


def _first(text: str) -> re.Match[str] | None:
    arabic = _ARABIC.search(text)
    chinese = _CHINESE.search(text) if "年" in text else None
    if chinese and (arabic is None or chinese.start() < arabic.start()):
        return _in_arabic(text, chinese) or arabic
    return arabic


def _in_arabic(text: str, match: re.Match[str]) -> re.Match[str] | None:
    words = text[match.start() : match.end() + _CHINESE_CLOCK]
    return _ARABIC.match(_CHINESE_RUN.sub(lambda run: str(_numeral(run[0])), words))


def _numeral(run: str) -> int | str:
    plain = run.translate({ord(char): "〇" for char in "Oo0Ｏ"}).replace("廿", "二十").replace("卅", "三十")
    value = number_of(plain)
    return run if value is None else value


def _whole(text: str, zone: ZoneInfo) -> When | None:
    """Forms that are a date only when they are all that is written."""
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second = match.groups()
        return _when({"year": year, "month": month, "day": day, "hour": hour, "minute": minute, "second": second}, zone)
    if match := _EPOCH.fullmatch(text):
        return _epoch(int(match[1]), zone)
    if match := _DAY_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text):
        return _when(match.groupdict(), zone)
    if match := _NAMED.fullmatch(text):
        parts = match.groupdict()
        year = parts["year"] or parts["last"]
        return _when(parts | {"year": year, "month": str(1 + _NAMES.index(parts["name"]))}, zone) if year else None
    return None


def _epoch(seconds: int, zone: ZoneInfo) -> When:
    moment = datetime.fromtimestamp(seconds, UTC)
    local = moment.astimezone(zone)
    # A database that stores days answers with midnight.
    return When(moment, "second" if (local.hour, local.minute, local.second) != (0, 0, 0) else "day")


def _when(parts: dict[str, str | None], zone: ZoneInfo) -> When | None:
    try:
        day = datetime(int(parts["year"] or 0), int(parts["month"] or 0), int(parts["day"] or 0), tzinfo=zone)
    except ValueError:
        return None
    hour, minute, second = _hour(parts), int(parts.get("minute") or 0), int(parts.get("second") or 0)
    # 00:00:00 is how a database writes a day without a time; 24:00 and 9:75 are no times.
    if hour is None or hour > 23 or minute > 59 or second > 59 or (hour, minute, second) == (0, 0, 0):
        return When(day.astimezone(UTC), "day")
    moment = day.replace(hour=hour, minute=minute, second=second)
    if offset := (parts.get("offset") or "").strip():
        moment = _shifted(moment, offset)
    return When(moment.astimezone(UTC), "second" if parts.get("second") else "minute")


def _hour(parts: dict[str, str | None]) -> int | None:
    if not (digits := parts.get("hour")):
        return None
    hour, half = int(digits), (parts.get("half") or parts.get("late") or "").lower()
    if half in {"下午", "晚上", "晚", "pm"} and hour < 12:
        return hour + 12
    return 0 if half in {"上午", "凌晨", "am"} and hour == 12 else hour


def _shifted(moment: datetime, offset: str) -> datetime:
    """The wall clock read in the time zone that is written behind it."""
    if offset == "Z":
        return moment.replace(tzinfo=UTC)
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    shift = timedelta(minutes=minutes if offset[0] == "+" else -minutes)
    return moment.replace(tzinfo=UTC) - shift
