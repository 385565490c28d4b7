"""The rest of a notice: its further pages, the frames that hold its text, its files."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from pipeline.article.attachments import attachment_of
from pipeline.listing.pager import called
from pipeline.model import Kind, Visit
from pipeline.page.element_names import CHROME, marks_of
from pipeline.page.links import pieces, words_of
from pipeline.page.opened import Page
from pipeline.values.urls import absolute, key_of

_MOST_PAGES = 300  # of one notice; the longest met was a 40-page appendix
_FEW = 120  # characters outside links: a page with fewer has its text in a frame

_FILE = re.compile(r"^(?P<folder>.*/)(?P<stem>[^/?;]+?)(?P<extension>\.\w{2,6})(?P<rest>[;?].*)?$")
_PAGE_PARAMETER = re.compile(
    r"(?<=[?&])(?:page|pageno|pagenum|pageindex|currentpage|curpage|p)=(\d{1,4})(?:&|$)", re.IGNORECASE
)
_COUNT_PAGE = re.compile(r"(?:var\s+)countPage\s*=\s*(\d{1,4})")
_TURNING = frozenset(("下一页", "上一页", "下页", "上页", "尾页", "末页", "首页", "最后一页", ">", ">>", "<", "<<"))
# Frames around a list: head, menu, foot, counters, weather.
_NO_LIST = re.compile(
    r"(?:^|[\s/_])(?:top|head|header|foot|footer|left|menu|nav|banner|bottom|login|weather|tianqi|search|count|tongji)(?![a-z])",
    re.IGNORECASE,
)
_FRAME_NAMES = frozenset(("main", "maincontent", "contentframe", "mainframe", "iframecontent"))
_NOT_TEXT = re.compile(
    r"(?:^|[/._?=&-])(?:ads?|advert\w*|nav\w*|menu|stat\w*|count\w*|tongji|hits?|weather|tianqi|login|share\w*|player|search\w*|head\w*|top"
    r"|foot\w*|bottom|left|right|banner|link\w*|comment\w*|cnzz|baidu|jiathis|blank|print|vote)(?:[/._?=&-]|\.\w+|$)",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FILE_HINT = re.compile(
    r"\.(?!s?html?\b|com\b|cn\b|php\b|aspx?\b|jsp\b|do\b)\w{2,4}(?:$|[?&])|down|attach|file", re.IGNORECASE
)


def further_pages(page: Page, visit: Visit) -> dict[int, str]:
    """The other pages of a notice's text by their order, 1 being the first after the notice itself."""
    found = _FILE.match(page.url)
    if found is None:
        return {}
    stem = re.sub(r"_\d{1,3}$", "", found["stem"]) if visit.kind is Kind.PART else found["stem"]
    shape = (f"{found['folder'].partition('://')[2]}{stem}_", found["extension"])
    base = page.base
    first_is_two = found["extension"] == ".jhtml"
    numbers: dict[int, str] = _scripted(page, found["folder"], stem, found["extension"])
    for element in page.html.iter("a"):
        href = element.get("href") or ""
        if (stem not in href and not _PAGE_PARAMETER.search(href[:2000])) or not _turns(element):
            continue
        url = absolute(base, href)
        if url is not None and (number := _number_in(url, shape, page.url)) is not None:
            numbers.setdefault(number, url)
    if numbers and not first_is_two and not called(page.text):
        # Without a dialect at hand the lowest number tells: _1 is the first further page of TRS, _2 of the others.
        first_is_two = min(numbers) >= 2 and visit.kind is Kind.NOTICE
    return {number - first_is_two: url for number, url in numbers.items() if number - first_is_two >= 1}


def _turns(element: etree._Element) -> bool:
    words = "".join("".join(pieces(element, 30)).split()).strip("[]()第页")
    return words.isdecimal() or "".join(words_of(element).split()) in _TURNING


def _number_in(url: str, shape: tuple[str, str], own: str) -> int | None:
    """The number in an address that is the notice's own with _n, or with a page parameter."""
    address = url.partition("://")[2].partition("?")[0].partition(";")[0]
    number = address.removeprefix(shape[0]).removesuffix(shape[1])
    if number.isdecimal() and len(number) <= 3 and address == f"{shape[0]}{number}{shape[1]}":
        return int(number)
    if found := _PAGE_PARAMETER.search(url[:2000]):
        same = key_of(_PAGE_PARAMETER.sub("", url[:2000]).rstrip("?&")) == key_of(
            _PAGE_PARAMETER.sub("", own[:2000]).rstrip("?&")
        )
        return int(found[1]) if same and int(found[1]) > 1 else None
    return None


def _scripted(page: Page, folder: str, stem: str, extension: str) -> dict[int, str]:
    """The pages that TRS's pager script would draw: stem_1 … stem_{n-1}."""
    call = called(page.text)
    if call and call[1] in {stem, ""}:
        count = call[0]
    elif call is None and "countPage" in page.text and (found := _COUNT_PAGE.search(page.text)):
        count = int(found[1])
    else:
        return {}
    return {number: f"{folder}{stem}_{number}{extension}" for number in range(1, min(count, _MOST_PAGES))}


def frames(page: Page, selector: str = "") -> Iterator[str]:
    """The addresses of the frames that hold the notice's text; those that the layout's selector names, if any."""
    base = page.base
    if selector:
        named = [absolute(base, element.attrib.get("src", "")) for element in page.select.css(selector)]
        yield from (url for url in named if url is not None)
        return
    bare: bool | None = None
    for element in islice(page.html.iter("iframe", "frame"), 20):
        url = absolute(base, element.get("src") or "")
        if url is None or key_of(url) == key_of(page.url) or _is_beside(element):
            continue
        names = {(element.get("id") or "").lower(), (element.get("name") or "").lower()}
        if not names.isdisjoint(_FRAME_NAMES):
            yield url
            continue
        if _NOT_TEXT.search(url.partition("://")[2].partition("/")[2]):
            continue
        if bare is None:
            bare = _is_bare(page.html)
        if bare:
            yield url


def list_frames(page: Page) -> list[str]:
    """The addresses of the frames in which a channel's page without rows of its own may show its list."""
    base = page.base
    found = []
    for element in islice(page.html.iter("iframe", "frame"), 20):
        url = absolute(base, element.get("src") or "")
        named = f"{element.get('id') or ''} {element.get('name') or ''}"
        if url is not None and not _is_beside(element) and not _NO_LIST.search(f"{named} {url.partition('?')[0]}"):
            found.append(url)
    return found


def _is_beside(element: etree._Element) -> bool:
    small = any((element.get(side) or "").rstrip("px") in {"0", "1"} for side in ("width", "height"))
    return small or _UNSEEN.search(element.get("style") or "") is not None


def _is_bare(root: etree._Element) -> bool:
    """True when the page has hardly any text outside links and scripts."""
    count = 0
    for element in root.iter(etree.Element):
        if element.tag not in {"a", "script", "style", "title", "option", "noscript"}:
            count += len((element.text or "").strip())
        count += len((element.tail or "").strip())
        if count > _FEW:
            return False
    return True


def files(page: Page) -> Iterator[str]:
    """The addresses of the files that the page offers outside its navigation."""
    base = page.base
    seen: set[str] = set()
    for element in page.html.iter("a"):
        href = element.get("href") or ""
        if not _FILE_HINT.search(href[:2000]):
            continue
        attachment = attachment_of(element, base)
        if attachment is None or attachment.url in seen or _in_navigation(element):
            continue
        if absolute(base, href) is not None:
            seen.add(attachment.url)
            yield attachment.url


def _in_navigation(element: etree._Element) -> bool:
    return any(
        above.tag in {"nav", "footer", "header", "aside"}
        or marks_of(f"{above.get('class') or ''} {above.get('id') or ''}".strip()) & CHROME
        for above in islice(element.iterancestors(), 12)
    )
