"""Finding the rows of a listing on a page nobody has described: which of its lists of links is the listing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import islice

from lxml import etree

from pipeline.listing.blocks import Block, BlockRow, blocks_in, follows, words_in
from pipeline.listing.candidates import RowLink, candidates_in
from pipeline.listing.row_text import date_of, lead_of, texts_of
from pipeline.model import Lead
from pipeline.page.opened import Page

_MOST = 40  # lists that are looked at closely; a page with more has the listing among its largest
_SAMPLE = 20  # rows of a list that are enough to judge it
# The share of the page's most open link below which a list is a side box. Not absolute: an unclosed <div class=nav>
# takes the whole page in.
_SIDE = 0.31
_DATED_SAMPLE = 8  # rows whose dates are looked for before the choice
_ROW_LINKS = 3  # of one row: its title, its category, its file
_DEEPEST = 400  # ancestors that are compared; a real page has 30

_BESIDE = re.compile(r"热点|热门|热文|排行|推荐|相关|猜你|友情链接|快速")
_NEWEST = re.compile(r"最新|近期")
_MORE = re.compile(r"更多|more", re.IGNORECASE)
_FILE = re.compile(r"/(?:index|list|default)?(?:_\d+)?\.\w+$|/(?:index|list)(?:_\d+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowsFound:
    """The rows of a page, and whether their place in it leaves no doubt that they are the listing."""

    leads: tuple[Lead, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class _PlacedBlock:
    """A list and what can be said of it without reading its rows' dates."""

    block: Block
    articles: float  # share of rows whose address has an article's shape
    own: float  # share of rows that lie in the channel's folder
    length: float  # of the titles, 1 for 25 characters and more
    weight: float
    by_pager: bool

    def score(self, dated: float) -> float:
        """How much the list looks like the page's listing. The weights were set on 55 composed and 3 real listings."""
        quality = 0.3 + self.articles + 1.5 * dated + self.length + self.own
        position = (2.5 if self.by_pager else 1.0) * (1.6 if self.own > 0.5 else 1.0)
        size = float(min(len(self.block.rows), _SAMPLE)) ** 0.6
        return float(quality * size * position * self.weight)


@dataclass(frozen=True, slots=True)
class _Scored:
    block: Block
    score: float
    sure: bool


@dataclass(frozen=True, slots=True)
class PortalHost:
    """What is known of a listing before looking at it."""

    base: str  # what its links are relative to
    channel: str  # the listing's address: notices often lie below it
    name: str  # the channel's: a heading that bears it is the listing's own
    article: re.Pattern[str]  # addresses of the dialect's notices


def rows_in(page: Page, site: PortalHost, pager: etree._Element | None) -> RowsFound:
    """The rows of the list that is the page's listing; none when no list looks like one."""
    candidates = candidates_in(page, site.base, site.article)
    blocks = nlargest(_MOST, blocks_in(candidates), key=_promise)
    open_weight = _SIDE * max((candidate.weight for candidate in candidates), default=1.0)
    heights = _heights(pager)
    lowest = min((_height(block.top, heights) for block in blocks), default=_DEEPEST)
    best: _Scored | None = None
    for block in blocks:
        place = _place(block, site, by_pager=_height(block.top, heights) == lowest < _DEEPEST)
        if place.weight > open_weight and (best is None or place.score(1.0) > best.score):
            scored = _scored(place)
            best = scored if scored is not None and (best is None or scored.score > best.score) else best
    if best is None:
        return RowsFound((), False)
    block = _completed(best.block, candidates)
    rows = [*_pinned(block, blocks), *block.rows]
    return RowsFound(tuple(_leads(rows)), best.sure)


def folder_of(url: str) -> str:
    """The folder of a listing's own notices: /zbgg/ of /zbgg/index_2.jhtml and of /zbgg.jhtml; "" at the root."""
    path = url.partition("?")[0]
    start = path.find("/", 8)
    if start < 0:
        return ""
    folder = path[start:]
    folder = _FILE.sub("/", folder) if _FILE.search(folder) else re.sub(r"(?:_\d+)?\.\w+$", "/", folder)
    return "" if folder in {"", "/"} else folder.rstrip("/") + "/"


def _promise(block: Block) -> float:
    rows = block.rows[:_SAMPLE]
    return sum((2 if row.link.article else 1) * row.link.weight * min(len(row.link.title) + 2, 20) for row in rows)


def _heights(pager: etree._Element | None) -> dict[etree._Element, int]:
    if pager is None:
        return {}
    return {above: height for height, above in enumerate(islice(pager.iterancestors(), _DEEPEST))}


def _height(element: etree._Element, heights: dict[etree._Element, int]) -> int:
    """How far above the pager the element's and the pager's branches meet."""
    if not heights:
        return _DEEPEST
    if element in heights:
        return heights[element]
    return next((heights[above] for above in islice(element.iterancestors(), _DEEPEST) if above in heights), _DEEPEST)


def _place(block: Block, site: PortalHost, *, by_pager: bool) -> _PlacedBlock:
    rows = block.rows[:_SAMPLE]
    folder = folder_of(site.channel)
    return _PlacedBlock(
        block,
        articles=sum(row.link.article for row in rows) / len(rows),
        own=sum(folder in row.link.url for row in rows) / len(rows) if folder else 0.0,
        length=sum(min(len(row.link.title), 25) for row in rows) / len(rows) / 25,
        weight=min(row.link.weight for row in rows) * _heading_weight(block, site.name),
        by_pager=by_pager,
    )


def _scored(place: _PlacedBlock) -> _Scored | None:
    """The list with its score, None when it cannot be a listing of notices."""
    rows = place.block.rows[:_DATED_SAMPLE]
    dated = sum(bool(date_of(text)) for text in texts_of(rows)) / len(rows)
    shaped = place.own > 0.5 or (place.articles > 0.5 and place.length > 0.28)
    if not dated and not shaped:
        return None
    return _Scored(place.block, place.score(dated), place.by_pager or place.own > 0.5)


def _heading_weight(block: Block, name: str) -> float:
    """Less for a list under a heading of a side box; a link to "more" says that the list is only its beginning."""
    heading = _heading(block.top)
    if _MORE.search(heading):
        return 0.2
    if name and name in heading:
        return 1.0
    if _BESIDE.search(heading):
        return 0.2
    return 0.6 if _NEWEST.search(heading) else 1.0


def _heading(top: etree._Element) -> str:
    """What stands just before a list, or before the box that holds only it."""
    element: etree._Element | None = top
    for _ in range(3):
        if element is None or element.tag == "body":
            return ""
        before = element.getprevious()
        if before is not None and (words := words_in(before)):
            return words if len(words) <= 20 else ""
        element = element.getparent()
    return ""


def _completed(block: Block, candidates: Iterable[RowLink]) -> Block:
    """The list with the rows whose link is reached by other tags or has no article's shape, in their place."""
    have = {row.element for row in block.rows}
    tag = block.rows[0].element.tag
    parents = {row.element.getparent() for row in block.rows}
    taken = {row.link.element for row in block.rows}
    extra: dict[etree._Element, RowLink] = {}
    links: dict[etree._Element, int] = {}
    for candidate in candidates:
        if candidate.element in taken:
            continue
        row = next((above for above in _up(candidate.element) if above.getparent() in parents), None)
        if row is None or row in have or row.tag != tag:
            continue
        links[row] = links.get(row, 0) + 1
        if row not in extra or (candidate.article, len(candidate.title)) > (extra[row].article, len(extra[row].title)):
            extra[row] = candidate
    # Beside the only row of a last page, a box with a list of its own is no row.
    extra = {row: link for row, link in extra.items() if links[row] <= _ROW_LINKS}
    if not extra or tag in {"a", "span"}:
        return block
    whole = {row.element: row for row in block.rows} | {
        element: BlockRow(element, link) for element, link in extra.items()
    }
    ordered = [
        whole[child]
        for parent in dict.fromkeys(row.element.getparent() for row in block.rows)
        if parent is not None
        for child in parent
        if child in whole
    ]
    return replace(block, rows=ordered)


def _up(element: etree._Element) -> Iterable[etree._Element]:
    yield element
    yield from islice(element.iterancestors(), 8)


def _pinned(block: Block, blocks: list[Block]) -> list[BlockRow]:
    """Rows kept on top (置顶) in an element of their own just before the list."""
    known = {row.link.url for row in block.rows}
    for other in blocks:
        if other is block or not all(row.link.article and row.link.weight > 0.1 for row in other.rows):
            continue
        if any(follows(one, block.top) for one in _up(other.last)) and not _side_heading(other):
            return [row for row in other.rows if row.link.url not in known]
    return []


def _side_heading(block: Block) -> str:
    """The heading of a list, when it is one of a side box."""
    heading = _heading(block.top)
    return heading if _BESIDE.search(heading) or _MORE.search(heading) else ""


def _leads(rows: list[BlockRow]) -> Iterable[Lead]:
    seen: set[str] = set()
    for row, text in zip(rows, texts_of(rows), strict=True):
        lead = lead_of(row, text)
        if lead.url not in seen:
            seen.add(lead.url)
            yield lead
