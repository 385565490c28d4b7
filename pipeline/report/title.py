"""Whose report it is, and of which year, half, quarter or month."""

import re
from collections import Counter
from dataclasses import dataclass, replace

_HEAD = 6000  # characters: title, metadata table and first paragraphs

PART_OF_YEAR = re.compile(r"第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年")
_TITLE = re.compile(
    r"(?P<issuer>[^\n|,。:;!?()#0-9《]{0,40})(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?:[-—–~至]{1,2}(?P<until>20[0-9]{2})学)?年?度?"
    r"(?:(?P<month>[0-9]{1,2})月份?|(?P<part>第?[一二三四1-4]季度|[上下]半年))?度?"
    r"[^\n|,。:;]{0,16}?(?:信息\n?公开|政务\n?公开|政府网站|政务信息)[^|,。:;]{0,16}?(?:报告|年报|情况|总结)"
)
_HEADLINE = re.compile(
    r"\A[^\n。]{0,24}?(?<![0-9])((?:19|20)[0-9]{2})年[^\n。,;]{0,24}?(?:公开|发布)[^\n。,;]{0,24}(?:\n|\Z)"
)
_PERIOD = re.compile(r"(?:统计期限|统计时限|时间范围|数据|期限|时限)[^\n。]{0,12}?((?:19|20)[0-9]{2})年1月")
_TABLE = re.compile(r"统计表\n?[^0-9]{0,6}((?:19|20)[0-9]{2})年")
_SINCE = re.compile(r"自((?:19|20)[0-9]{2})年1月1日")
# The year of the sentences that count something.
_COUNTING = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年(?!来|以来|前)(?=[^\n。;]{0,60}?[0-9百千万]余?(?:条|件|篇|期))")
_ORGAN = re.compile(
    r"(?:政府|厅|局|委|办|办公室|委员会|院|会|处|机关|区|县|市|镇|乡|街道|办事处|中心|公司|国资委|学校|大学|学院|医院|站|所|队)$"
)
_GOVERNMENT = re.compile(r"(?:人民政府|政府|街道|街道办事处|[省市县区州盟旗乡镇])$")
_OWN_GOVERNMENT = re.compile(r"我[省市县区州盟旗乡镇]|本[市县区乡镇]|全[省市县区州乡镇](?!局|系统)")
_OWN_OFFICE = re.compile(r"我[局厅委院办处]|本[局厅委]|全局")
_BEFORE_ISSUER = re.compile(r"^.*?(?:标题|信息名称|名称|题目)|^.*(?:年报|[>›»])|^(?:来源|当前位置|首页)[^一-龥]*")
_PUBLISHER = re.compile(r"(?:发布机构|发布单位|公开机构|发文机关|信息来源|来源)[:|]*([^\n|,。:;()#0-9]{2,40})")

_TITLE_LINE = re.compile(
    r"^ ?[^\n|,。:;!?()#0-9《>]{2,40}(?:19|20)[0-9]{2}年?度?[^\n|,。:;]{0,12}?(?:信息|政务)公开[^\n|,。:;]{0,12}?"
    r"(?:报告|年报|总结) ?$",
    re.MULTILINE,
)
_MOST_REPORTS = 60
_SHORTEST = 40  # characters of a report below its title

_ADDRESS = re.compile(r"https?://[!-{}~]{4,400}")
_NAMED_IN_ADDRESS = re.compile(
    r"fbtime=((?:19|20)[0-9]{2})(?![0-9])|(?<![0-9])(20[0-9]{2})n(?:b|d|_|ian)|nb/(20[0-9]{2})/"
)
# Article 50 of the regulation: published by 31 March of the following year.
_REPORT_SECTION = re.compile(r"(?:nb|ndbg|report)[a-z0-9_/]{0,40}/(20[0-9]{2})-?(0[1-3])(?![0-9]{5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """What a report says of itself; year None and issuer "" where it is silent."""

    year: int | None
    period: str  # "2014", "2024-03", "2023-Q1", "2023-H2", "2015-2016"; "" when no year is stated
    issuer: str
    government: bool = False  # a government's or a township's own report, not a department's


def part_of_year(found: re.Match[str]) -> str:
    """Q1 to Q4, H1 or H2."""
    if found["half"]:
        return "H1" if found["half"] == "上" else "H2"
    return f"Q{'一二三四1234'.index(found['quarter']) % 4 + 1}"


def address_in(text: str) -> str:
    """The web address in the first lines, "" when there is none: saved pages begin with it."""
    found = _ADDRESS.search(text[:600])
    return found[0] if found else ""


def title_of(text: str, year: int | None, url: str = "") -> Title:
    """The report's year (the given one when given) and issuer, from its title, its period, its counts, its address."""
    head = text[:_HEAD]
    title = next((found for found in _TITLE.finditer(head) if not year or found["year"] == str(year)), None)
    stated = year or (int(title["until"] or title["year"]) if title else _year_in(head) or _year_of_address(url))
    issuer = _issuer(head, title["issuer"] if title else "")
    return Title(stated, _period(title, stated), issuer, _is_government(head, issuer))


def titles_of(text: str, year: int | None, url: str = "") -> list[tuple[int, Title]]:
    """The report's title, and of a page that holds several reports each one with where it starts.

    A title is a line of its own. Navigation lists the reports of other years: a title with hardly a text is no report.
    """
    lines = list(_TITLE_LINE.finditer(text))[:_MOST_REPORTS]
    if len(lines) < 2:
        return [(0, title_of(text, year, url))]
    ends = [*(line.start() for line in lines[1:]), len(text)]
    whole = [line for line, end in zip(lines, ends, strict=True) if end - line.end() >= _SHORTEST]
    if not whole:
        return [(0, title_of(text, year, url))]
    told = [_own_title(text, line, year) for line in whole]
    return list(zip([0, *(line.start() for line in whole[1:])], told, strict=True))


def _own_title(text: str, line: re.Match[str], year: int | None) -> Title:
    own = title_of(line[0], year)
    return replace(own, government=_is_government(text[line.start() : line.start() + _HEAD], own.issuer))


def _period(title: re.Match[str] | None, stated: int | None) -> str:
    if title is None or stated is None or stated != int(title["until"] or title["year"]):
        return str(stated or "")
    if title["until"]:
        return f"{title['year']}-{title['until']}"
    if title["month"]:
        return f"{stated}-{int(title['month']):02}"
    part = PART_OF_YEAR.search(title["part"] or "")
    return f"{stated}-{part_of_year(part)}" if part else str(stated)


def _year_in(head: str) -> int | None:
    for pattern in (_HEADLINE, _PERIOD, _SINCE, _TABLE):
        if found := pattern.search(head):
            return int(found[1])
    counting = Counter(int(found[1]) for found in _COUNTING.finditer(head))
    return max(counting, key=lambda year: (counting[year], year)) if counting else None


def _year_of_address(url: str) -> int | None:
    """The year that the address names, else the one before the months in which such reports are due."""
    if named := _NAMED_IN_ADDRESS.search(url[:1000]):
        return int(next(filter(None, named.groups())))
    due = _REPORT_SECTION.search(url[:1000])
    return int(due[1]) - 1 if due else None


def _is_government(head: str, issuer: str) -> bool:
    if issuer:
        return _GOVERNMENT.search(issuer) is not None
    own = len(_OWN_GOVERNMENT.findall(head))
    return own > len(_OWN_OFFICE.findall(head))


def _issuer(head: str, named: str) -> str:
    named = re.sub(r"关于$", "", _BEFORE_ISSUER.sub("", named)).strip()
    if _ORGAN.search(named):
        return named
    found = _PUBLISHER.search(head)
    return found[1].strip() if found and _ORGAN.search(found[1].strip()) else ""
