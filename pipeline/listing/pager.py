"""The strip under a listing that says how long it is and leads on: 共 41 条 1/3 页 首页 下一页."""

import re
from collections.abc import Iterable
from itertools import islice
from math import ceil
from typing import cast

from lxml import etree

from pipeline.listing.candidates import is_navigation
from pipeline.model import Stated
from pipeline.page.links import pieces, target_of, words_of
from pipeline.page.opened import Page
from pipeline.values.text import narrow

_MOST = 60  # elements that are named like a pager; hostile pages name all of them so
_LONGEST = 800  # characters; a drop-down of 55 page numbers has 500
_MARKED = etree.XPath(
    "//*[contains(@class,'pag') or contains(@id,'pag') or contains(@class,'Pag') or contains(@id,'Pag')"
    " or contains(@class,'fenye') or contains(@class,'fy') or contains(@class,'turn') or contains(@class,'quotes')]"
)
_SCRIPTS = etree.XPath("//script[contains(.,'createPageHTML') or contains(.,'countPage')]")
_TEXTS = etree.XPath(
    "//text()[not(parent::script or parent::style or parent::a or parent::title)]", smart_strings=False
)

_NEXT = frozenset(
    ("下一页", "下页", "后一页", "后页", "下一頁", "下頁", "下1页", "next", "nextpage", ">", "›", "»", "＞", "→")
)
_TURNING = _NEXT | {"上一页", "上页", "前一页", "尾页", "末页", "最后一页", "上一頁", "末頁", "prev", "previous"}
_BRACKETS = "[]()【】（）|&"
_IS_PAGER = re.compile(
    r"下一?[页頁]|上一?[页頁]|[尾末]页|createPageHTML|共\d+[页条]|\d/\d+页?$|^\D{0,6}1\D{0,3}2\D{0,3}3"
)

_TOTALS = (
    re.compile(
        r"(?:共|合计|总计|总共|计)[有计到:]?(\d{1,9})(?:条|篇|则|项|件|个?记录|笔|个信息|records?)", re.IGNORECASE
    ),
    re.compile(
        r"(?:总条数|总记录数?|记录总数|信息总数|总数|总共记录|共有记录|记录数|总计):?(\d{1,9})(?!\d*页(?!次|码))"
    ),
    re.compile(r"(\d{1,9})条(?:记录|信息|数据)"),
)
_PAGES = (
    re.compile(r"共[有计:]?(\d{1,7})页"),
    re.compile(r"(?:总页数|页数|共有页数):?(\d{1,7})"),
    re.compile(r"(?<!\d)\d{1,7}页?/共?(\d{1,7})页"),
    re.compile(r"页(?:次|码)?:?\d{1,7}/(\d{1,7})"),
    re.compile(r"/(\d{1,7})页"),
)
_PAGES_IN_PAGER = re.compile(r"(?<![\d/-])\d{1,7}/(\d{1,7})(?![\d/-])")
# Outside of a pager "共 3 条" may be three roads in a title: the words of a pager must stand beside it.
_BESIDE = re.compile(r"页|记录")

_APART = re.compile(r" (?!\d)|(?<!\d) ")
_CALL = re.compile(r"createPageHTML\s*\(([^()]{0,300})\)")
_COUNT_PAGE = re.compile(r"(?<![\w.])(?:countPage|pageCount|totalPages?|pagecount)\s*[=:]\s*[\"']?(\d{1,7})(?![\w.])")
_LAYPAGE = re.compile(r"(?<![\w.])count\s*:\s*[\"']?(\d{1,9})[\"']?\s*,")
_LIMIT = re.compile(r"(?<![\w.])limit\s*:\s*[\"']?(\d{1,4})(?!\d)")


def pager_of(page: Page) -> etree._Element | None:
    """The last element of the page that turns pages, None when there is none."""
    numbered = None
    for link in reversed(list(page.html.iter("a"))):
        words = "".join(words_in(link).split()).lower().strip(_BRACKETS)
        if words in _TURNING:
            return _around(link)
        if numbered is None and words.isdecimal() and len(words) <= 4 and _is_numbered(link):
            numbered = _around(link)
    if numbered is not None:
        return numbered
    marked = None
    for element in cast(list[etree._Element], _MARKED(page.html))[-_MOST:]:
        if (marked is None or not _holds(marked, element)) and _is_pager(element):
            marked = element
    if marked is not None:
        return marked
    scripts = cast(list[etree._Element], _SCRIPTS(page.html)) if "createPageHTML" in page.text else []
    return scripts[-1] if scripts else None


def _is_numbered(link: etree._Element) -> bool:
    """True for a link among other page numbers: [1] 2 3."""
    strip = link.getparent()
    if strip is not None and len(strip) == 1:
        strip = strip.getparent()
    if strip is None:
        return False
    numbers = [words for child in islice(strip, 40) if (words := words_in(child).strip(_BRACKETS + " ")).isdecimal()]
    return len(numbers) > 1 and len(set(numbers)) == len(numbers)


def words_in(element: etree._Element) -> str:
    """The first characters of an element's text."""
    return "".join(pieces(element, 20))


def _holds(one: etree._Element, other: etree._Element) -> bool:
    return one in islice(other.iterancestors(), 6)


def _is_pager(element: etree._Element) -> bool:
    text = closed(pieces(element, _LONGEST + 1))
    return len(text) <= _LONGEST and _IS_PAGER.search(text) is not None


def _around(link: etree._Element) -> etree._Element:
    """The largest small element around a page-turning link that has no other links than those that turn pages."""
    element = link
    for _ in range(5):
        above = element.getparent()
        if above is None or above.tag in {"body", "html"} or len("".join(pieces(above, _LONGEST + 1))) > _LONGEST:
            break
        if not all(is_navigation(words) or not words for words in map(words_in, islice(above.iter("a"), 100))):
            break
        element = above
    return element


def closed(texts: Iterable[str]) -> str:
    """Without white space and thousands separators, in narrow characters: 共 1,182 页 is 共1182页.

    Two numbers that only white space keeps apart stay two: 记录数:33 1/4.
    """
    return re.sub(r"(?<=\d),(?=\d{3})", "", narrow(_APART.sub("", " ".join("".join(texts).split()))))


def stated_by(page: Page, pager: etree._Element | None) -> Stated:
    """What the page says of the listing's length: in its script, its pager, else anywhere beside a pager's words."""
    scripted = stated_in_scripts(page.text)
    if pager is None:
        written = stated_in(closed(cast(list[str], _TEXTS(page.html))), _BESIDE)
    else:
        text = closed(pieces(pager, 4 * _LONGEST))
        written = stated_in(text)
        if written.pages is None and (found := _PAGES_IN_PAGER.search(text)):
            written = Stated(written.total, int(found[1]))
    if written == Stated() and pager is not None and scripted == Stated():
        written = stated_in(closed(cast(list[str], _TEXTS(page.html))), _BESIDE)
    total = written.total if written.total is not None else scripted.total
    return Stated(total, written.pages if written.pages is not None else scripted.pages)


def stated_in(text: str, beside: re.Pattern[str] | None = None) -> Stated:
    """Total and pages written in a text without white space."""
    return Stated(_first(_TOTALS, text, beside), _first(_PAGES, text, None))


def _first(patterns: tuple[re.Pattern[str], ...], text: str, beside: re.Pattern[str] | None) -> int | None:
    for pattern in patterns:
        for found in pattern.finditer(text):
            around = text[max(0, found.start() - 20) : found.start()] + text[found.end() - 1 : found.end() + 20]
            if beside is None or found[1] == "0" or beside.search(around):
                return int(found[1])
    return None


def stated_in_scripts(text: str) -> Stated:
    """Total and pages from the calls with which TRS and layui draw their pagers."""
    if call := called(text):
        return Stated(None, call[0])
    if "countPage" in text or "ageCount" in text or "otalPage" in text or "pagecount" in text:
        found = _COUNT_PAGE.search(text)
        if found:
            return Stated(None, int(found[1]))
    if "laypage" in text and (count := _LAYPAGE.search(text)):
        limit = _LIMIT.search(text, count.start() - min(count.start(), 300), count.end() + 300)
        total = int(count[1])
        return Stated(total, ceil(total / int(limit[1])) if limit and int(limit[1]) else None)
    return Stated()


def called(text: str) -> tuple[int, str, str] | None:
    """Pages, file name and extension of a createPageHTML call; names are "" when the call has none."""
    if "createPageHTML" not in text:
        return None
    for call in _CALL.finditer(text):
        arguments = [argument.strip() for argument in call[1].split(",")]
        quoted = [argument[0] in "'\"" for argument in arguments if argument]
        numbers: list[int] = []
        for index, argument in enumerate(arguments):
            bare = argument.strip("'\" ")
            if bare.isascii() and bare.isdigit() and len(bare) <= 7:
                numbers.append(int(bare))
            elif numbers and quoted[index : index + 1] == [True] and index + 1 < len(arguments):
                return numbers[-2 if len(numbers) > 1 else 0], bare, arguments[index + 1].strip("'\" ")
        if numbers:
            return numbers[0], "", ""
    return None


def next_links(root: etree._Element) -> list[etree._Element]:
    """The elements that say "next page", whether or not they lead anywhere."""
    found = []
    for element in root.iter("a", "span", "li", "input"):
        if element.tag != "a" and len(element):
            continue
        words = (element.get("value") or "") if element.tag == "input" else words_in(element)
        if _says_next(element, "".join(words.split()).lower()):
            found.append(element)
    return found


def _says_next(element: etree._Element, words: str) -> bool:
    if len(words) > 12:
        return False
    if words.strip("[]()【】") in _NEXT or words.strip("[]()>»›|&") in _NEXT:
        return True
    if element.tag != "a" or words.isdigit():
        return False
    named = (element.get("title") or "").strip() in {"下一页", "下页"} or element.get("rel") == "next"
    return named or (not words and "next" in (element.get("class") or "").lower().split())


def numbered_links(pager: etree._Element, base: str) -> dict[int, str]:
    """The pager's page numbers, each with its address."""
    links: dict[int, str] = {}
    for element in pager.iter("a", "option"):
        words = words_of(element).strip("[]()第页 ")
        if words.isascii() and words.isdigit() and len(words) <= 6:
            url = target_of(element, base)
            if url:
                links.setdefault(int(words), url)
    return links
