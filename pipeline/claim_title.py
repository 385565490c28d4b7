"""Whose report it is, and of which year or month."""

import re
from collections import Counter
from dataclasses import dataclass

_HEAD = 6000  # characters: title, metadata table and first paragraphs

_TITLE = re.compile(
    r"(?P<issuer>[^\n|,。:;!?()#0-9]{0,40})(?<![0-9])(?P<year>(?:19|20)[0-9]{2})年?(?:(?P<month>[0-9]{1,2})月份?)?度?"
    r"[^\n|,。:;]{0,16}?(?:信息\n?公开|政务\n?公开|政府网站)[^|,。:;]{0,16}?(?:报告|年报|情况|总结)"
)
_PERIOD = re.compile(r"(?:统计期限|统计时限|时间范围|数据|期限|时限)[^\n。]{0,12}?((?:19|20)[0-9]{2})年1月")
_TABLE = re.compile(r"统计表\n?[^0-9]{0,6}((?:19|20)[0-9]{2})年")
_SINCE = re.compile(r"自((?:19|20)[0-9]{2})年1月1日")
# The year of the sentences that count something.
_COUNTING = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年(?!来|以来|前)(?=[^\n。;]{0,60}?[0-9百千]余?(?:条|件|篇|期))")
_ORGAN = re.compile(
    r"(?:政府|厅|局|委|办|办公室|委员会|院|会|处|机关|区|县|市|镇|乡|街道|办事处|中心|公司|国资委|学校|站|所|队)$"
)
_BEFORE_ISSUER = re.compile(r"^.*?(?:标题|信息名称|名称|题目)")
_PUBLISHER = re.compile(r"(?:发布机构|发布单位|公开机构|发文机关|信息来源|来源)[:|]*([^\n|,。:;()#0-9]{2,40})")


@dataclass(frozen=True, slots=True)
class Title:
    """What a report says of itself; year None and issuer "" where it is silent."""

    year: int | None
    period: str  # "2014", "2024-03", "" when no year is stated
    issuer: str


def title_of(text: str, year: int | None) -> Title:
    """The report's year (the given one when given) and issuer, from its title, its period or its first count."""
    head = text[:_HEAD]
    title = next((found for found in _TITLE.finditer(head) if not year or found["year"] == str(year)), None)
    stated = year or (int(title["year"]) if title else _year_in(head))
    month = title["month"] if title and stated == int(title["year"]) else None
    period = f"{stated}-{int(month):02}" if month else str(stated or "")
    return Title(stated, period, _issuer(head, title["issuer"] if title else ""))


def _year_in(head: str) -> int | None:
    for pattern in (_PERIOD, _SINCE, _TABLE):
        if found := pattern.search(head):
            return int(found[1])
    counting = Counter(int(found[1]) for found in _COUNTING.finditer(head))
    return max(counting, key=lambda year: (counting[year], year)) if counting else None


def _issuer(head: str, named: str) -> str:
    named = re.sub(r"关于$", "", _BEFORE_ISSUER.sub("", named)).strip()
    if _ORGAN.search(named):
        return named
    found = _PUBLISHER.search(head)
    return found[1].strip() if found and _ORGAN.search(found[1].strip()) else ""
