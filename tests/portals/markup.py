"""What a CMS family's look consists of. Markups only write; which address a link has is decided by the scene."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crawler.replica.server import Answer, Request
from tests.portals.world import Article, Channel

Page = Callable[[Request], Answer]
Listings = Callable[[str, int], Answer]  # channel, page from 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a listing."""

    article: Article
    href: str


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One page of a listing, ready to be written."""

    channel: Channel
    rows: tuple[Row, ...]
    number: int
    turns: tuple[str, ...]  # hrefs of all its pages
    total: int

    @property
    def pages(self) -> int:
        return len(self.turns)


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of an article, ready to be written."""

    article: Article
    number: int
    parts: tuple[str, ...]  # hrefs of all its pages
    files: tuple[tuple[str, str], ...]  # name and href
    frame: str  # href of the iframe with the text, "" when the text is on the page

    @property
    def last(self) -> bool:
        return self.number == len(self.parts)


def no_more(channels: tuple[str, ...], listings: Listings) -> dict[str, Page]:
    """No addresses besides those of listings, articles and files."""
    return {}


@dataclass(frozen=True, slots=True)
class Markup:
    """One look of one dialect."""

    dialect: str
    listing_path: Callable[[str, int], str]  # channel, page from 1
    article_path: Callable[[Article, int], str]  # part from 1
    file_path: Callable[[Article, int], str]
    frame_path: Callable[[Article], str]
    listing: Callable[[ListingPage], str]
    article: Callable[[ArticlePage], str]
    frame: Callable[[Article], str]
    link: Callable[[str, str], str] = lambda at, target: target  # (page, target) -> href as the family writes it
    more: Callable[[tuple[str, ...], Listings], dict[str, Page]] = no_more  # further addresses
    framed: bool = False  # the family keeps every text in an iframe
    route: Callable[[Request], str] = lambda request: request.target  # the target that a request means, posted or not
    dress: Callable[[Request, Answer], Answer] = lambda request, answer: answer  # what the family's server adds
    entry_path: Callable[[str], str] | None = None  # where a channel starts, when that is not its first page's target
    params: Callable[[str], str] = lambda channel: ""  # what the source file tells of a channel: a TOML inline table
    states_total: bool = True  # a listing states its rows, not only its pages


def cut(title: str) -> str:
    """A title as listings cut it."""
    return title if len(title) <= 18 else f"{title[:17]}…"


def page_of(make: Callable[..., Answer], *given: Any) -> Page:
    """What is made of these arguments, whatever the request."""
    return lambda request: make(*given)


def nothing(page: ListingPage) -> str:
    """What families that do not state their rows say of an empty listing."""
    return "" if page.rows else '<p class="none">暂无信息</p>'


def paragraphs(texts: tuple[str, ...]) -> str:
    return "\n".join(f"<p>{text}</p>" for text in texts)


def files_of(page: ArticlePage) -> str:
    """The links of the attachments, under the last page of the text."""
    links = "".join(f'<p>附件：<a href="{href}">{name}</a></p>' for name, href in page.files)
    return links if page.last else ""


CONTENT_END = b'</div>\n<div class="sidebar">'


def whole(title: str, content: str, side: str = "") -> str:
    """A page with the navigation, the dated side bar and the footer that real ones have."""
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{title}</title>
<script>function today(){{return new Date().getFullYear()+"年"}}</script></head><body>
<div class="header"><a href="/">首页</a> <a href="/jgzn/about.html">机构职能</a>
<a href="/bszn/guide.html">办事指南</a></div>
<div class="content">{content}</div>
<div class="sidebar"><h3>热点</h3><ul><li><a href="/rd/about.html">办事大厅地址</a><span>2012-02-01</span></li>
<li><a href="/rd/guide.html">网上办事指南</a><span>2012-03-01</span></li></ul>{side}</div>
<div class="footer"><p>主办：测试门户　备案号：测试00000000号　建议使用1024*768以上分辨率</p></div></body></html>
"""


def relative(at: str, target: str) -> str:
    """The target as seen from the page that links it: ./ or ../ and so on."""
    path, mark, query = target.partition("?")
    seen = posixpath.relpath(path, posixpath.dirname(at.partition("?")[0])) + ("/" if path.endswith("/") else "")
    return (seen if seen.startswith("..") else f"./{seen}") + mark + query
