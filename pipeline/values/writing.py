"""Dates, amounts and decimals in one writing, whichever a portal chose, without what may change in a repost."""

import re
from datetime import date

# Contacts change without the announcement changing. A digit stands before what must not precede it: engines skip to it.
_PHONE = re.compile(r"(?:1(?<!\d1)[3-9]\d{9}|0(?<!\d0)(?:0{7,10}|\d{2,3}-?\d{7,8}))(?=20\d\d[年./\-]\d|\D|$)")
# Seven or eight digits may be an amount: only after a word for telephones are they none.
_PHONED = re.compile(r"(电话|传真|手机|联系方式|热线)([a-z\u4e00-\u9fff]{0,6})\d{7,8}(?=20\d\d[年./\-]\d|\D|$)")
_POSTED = re.compile(r"(?:发布|发表|信息|更新|上传)(?:时间|日期)(?:20\d{3,10}日)?(?:\d{1,2}:\d{2})?")
_CLOCK = r"(?:(\d{1,2})[时:点](?:(\d{1,2})分?)?(?::?\d{2}秒?)?)?"
_DATE = re.compile(rf"(20\d\d)[年./\-](\d{{1,2}})[月./\-](\d{{1,2}})日?{_CLOCK}")
_AMOUNT = re.compile(r"(\d{1,12})(?:\.(\d{1,8}))?(万)?(?=万?元)")
_DECIMAL = re.compile(r"\.(?<=\d\.)(\d{0,12}?)0{1,12}(?!\d)")


def canonical(body: str, days: frozenset[date] = frozenset()) -> str:
    """The body with dates, amounts and decimals in one writing, without telephones and the days of publication."""
    text = _DATE.sub(_date, _PHONED.sub(r"\1\2", _PHONE.sub("", body)))
    for day in days:
        text = re.sub(rf"(?<!\d){day.year}{day.month}{day.day}日", "", text)
    text = _AMOUNT.sub(_amount, _POSTED.sub("", text))
    return _DECIMAL.sub(lambda found: f".{found[1]}" if found[1] else "", text)


def _date(found: re.Match[str]) -> str:
    """2025年01月24日 as 2025124日, as it reads where a layout lost the marks; with its time 20251241030日."""
    clock = f"{int(found[4])}{int(found[5] or 0):02}" if found[4] else ""
    return f"{int(found[1])}{int(found[2])}{int(found[3])}{clock}日"


def _amount(found: re.Match[str]) -> str:
    whole, part = found[1], (found[2] or "")
    if found[3]:
        whole, part = whole + part[:4].ljust(4, "0"), part[4:]
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")
