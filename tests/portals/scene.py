"""A test portal while it runs: its world in one markup, what is served where, what has been asked."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from crawler.replica.files import CONTENT_TYPES, doc, pdf
from crawler.replica.server import Answer, Request
from tests.portals.markup import ArticlePage, ListingPage, Markup, Page, Row, page_of
from tests.portals.world import Article, Channel, Posting, Truth, World

TYPES = CONTENT_TYPES | {"xls": "application/vnd.ms-excel"}
MORE_PAGES = 3  # of every list: it may grow while it is read

_SESSION = re.compile(r";jsessionid=[^?]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """One misbehaviour or feature. Hooks see its own articles; a fault without articles of its own sees everything."""

    about: str
    articles: int = 0  # how many are added to the world to show it
    readable: bool = True  # a reader can get a notice from them
    dialects: frozenset[str] = frozenset()  # empty: all
    shape: Callable[[Article, Article], Article] = lambda article, plain: article
    alias: Callable[["Scene", Article], str] | None = None  # the address that listings link instead of the article's
    href: Callable[["Scene", str, str, str], str] | None = None  # (scene, page it is on, target, href as it would be)
    again: Callable[["Scene", Article], str] | None = None  # a second row, linking this address
    entry: Callable[["Scene", Channel], str] | None = None  # where the source file says that a channel starts
    routes: Callable[["Scene", Article], dict[str, Page]] | None = None  # further addresses of an article
    site: Callable[["Scene"], dict[str, Page]] | None = None  # further addresses of the portal
    listed: Callable[["Scene", str, tuple[Article, ...]], tuple[Article, ...]] | None = None  # what a list links now
    sheet: Callable[["Scene", ListingPage], ListingPage] | None = None  # a page of a list before it is written
    beyond: bool = False  # pages after the last of a list answer with the last
    answer: Callable[["Scene", Request, Answer], Answer] | None = None
    manners: tuple[str, ...] = ()  # lines that the source file needs to meet it
    forbids: Callable[["Scene", Article], str] | None = None  # an address that must never be asked for


@dataclass
class Scene:
    """The portal's state; `base` and `trap` are known once both servers listen."""

    world: World
    markup: Markup
    faults: dict[str, Fault]
    base: str = ""
    trap: str = ""  # a foreign place that records who asks
    tries: Counter[str] = field(default_factory=Counter)
    routes: dict[str, Page] = field(default_factory=dict)
    owners: dict[str, Article] = field(default_factory=dict)  # target -> the article that it is the page of
    listings: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)  # titles of what was published while the portal was crawled

    def build(self) -> None:
        """Lay out what is served where."""
        self.routes["/robots.txt"] = lambda _: Answer(b"User-agent: *\nDisallow:\n", content_type="text/plain")
        self.routes |= self.markup.more(tuple(channel.key for channel in self.world.channels), self.listing)
        for channel in self.world.channels:
            self._build_listings(channel)
        for article in self.world.articles:
            self._build_article(article)
        for name, fault in self.faults.items():
            for article in self.shown_by(name):
                self.routes.update(fault.routes(self, article) if fault.routes else {})
            self.routes.update(fault.site(self) if fault.site else {})

    def _build_listings(self, channel: Channel) -> None:
        for number in range(1, self.world.pages(channel.key) + 1 + MORE_PAGES):
            target = self.markup.listing_path(channel.key, number)
            self.routes[target] = page_of(self.listing, channel.key, number)
            self.listings.add(target)

    def _build_article(self, article: Article) -> None:
        for number in range(1, article.parts + 1):
            target = self.markup.article_path(article, number)
            self.routes[target] = page_of(self.article, article, number)
            self.owners[target] = article
        if self.framed(article):
            self.routes[self.markup.frame_path(article)] = lambda _: html(self.markup.frame(article))
        for place, name in enumerate(article.attachments):
            self.routes[self.markup.file_path(article, place)] = page_of(attachment, name)

    def framed(self, article: Article) -> bool:
        return article.framed or self.markup.framed

    def shown_by(self, name: str) -> tuple[Article, ...]:
        """The articles that a fault applies to."""
        if not self.faults[name].articles:
            return self.world.articles
        return tuple(article for article in self.world.articles if article.fault == name)

    # --- pages -------------------------------------------------------------------------------------------------------

    def listing(self, key: str, number: int) -> Answer:
        """One page of a channel's listing."""
        articles = self.listed(key)
        pages = max(1, -(-len(articles) // self.world.rows))
        if number > pages:
            if not any(fault.beyond for fault in self.faults.values()):
                return absent()
            number = pages
        at = self.markup.listing_path(key, number)
        shown = articles[(number - 1) * self.world.rows : number * self.world.rows]
        rows = [Row(article, self.href(at, self.linked(article))) for article in shown]
        rows += [Row(article, self.href(at, target)) for article in shown for target in self.again(article)]
        turns = tuple(self.href(at, self.markup.listing_path(key, n)) for n in range(1, pages + 1))
        channel = next(channel for channel in self.world.channels if channel.key == key)
        page = ListingPage(channel, tuple(rows), number, turns, len(articles))
        for fault in self.faults.values():
            page = fault.sheet(self, page) if fault.sheet else page
        return html(self.markup.listing(page))

    def listed(self, key: str) -> tuple[Article, ...]:
        """What a channel's list links at this moment, newest first."""
        articles = self.world.listed(key)
        for fault in self.faults.values():
            articles = fault.listed(self, key, articles) if fault.listed else articles
        return articles

    def article(self, article: Article, number: int) -> Answer:
        """One page of an article."""
        at = self.markup.article_path(article, number)
        parts = tuple(
            self.markup.link(at, self.markup.article_path(article, part)) for part in range(1, article.parts + 1)
        )
        files = tuple(
            (name, self.markup.link(at, self.markup.file_path(article, place)))
            for place, name in enumerate(article.attachments)
        )
        frame = self.markup.link(at, self.markup.frame_path(article)) if self.framed(article) else ""
        return html(self.markup.article(ArticlePage(article, number, parts, files, frame)))

    def linked(self, article: Article) -> str:
        """The target that listings link for an article."""
        fault = self.faults.get(article.fault)
        return fault.alias(self, article) if fault and fault.alias else self.markup.article_path(article, 1)

    def again(self, article: Article) -> list[str]:
        """The targets of further rows for the same article."""
        fault = self.faults.get(article.fault)
        return [fault.again(self, article)] if fault and fault.again else []

    def href(self, at: str, target: str) -> str:
        """How a listing writes a link."""
        if not target.startswith("/"):
            return target
        written = self.markup.link(at, target)
        for fault in self.faults.values():
            written = fault.href(self, at, target, written) if fault.href else written
        return written

    # --- asking ------------------------------------------------------------------------------------------------------

    def __call__(self, request: Request) -> Answer:
        target = without_session(self.markup.route(request))
        request = replace(request, target=target)
        page = self.routes.get(target)
        answer = self.markup.dress(request, page(request) if page else absent())
        self.tries[target] += 1
        owner = self.owners.get(target)
        for name, fault in self.faults.items():
            if fault.answer and (not fault.articles or (owner and owner.fault == name)):
                answer = fault.answer(self, request, answer)
        return answer

    def entry(self, channel: Channel) -> str:
        """Where the source file says that the channel starts."""
        for fault in self.faults.values():
            if fault.entry:
                return fault.entry(self, channel)
        entry = self.markup.entry_path
        return entry(channel.key) if entry else self.markup.listing_path(channel.key, 1)

    def truth(self) -> Truth:
        """What a complete and correct crawl must find."""
        postings = tuple(
            self._posting(channel.key, article)
            for channel in self.world.channels
            for article in self.world.listed(channel.key)
        )
        stated = {channel.key: len(self.world.listed(channel.key)) for channel in self.world.channels}
        forbidden = tuple(
            fault.forbids(self, article)
            for name, fault in self.faults.items()
            if fault.forbids
            for article in self.shown_by(name)
        )
        return Truth(postings, stated, forbidden)

    def _posting(self, channel: str, article: Article) -> Posting:
        fault = self.faults.get(article.fault)
        return Posting(
            channel=channel,
            path=self.markup.article_path(article, 1),
            linked=urljoin(self.base, self.linked(article)).removeprefix(self.base),
            title=article.title,
            published=article.published,
            document=article.repeats or article.id,
            text=article.text,
            attachments=tuple(self.markup.file_path(article, place) for place in range(len(article.attachments))),
            readable=fault is None or fault.readable,
        )


def absent() -> Answer:
    """What a portal says of a page that it has not."""
    return Answer("<html><body><h1>404</h1>页面不存在</body></html>".encode(), 404)


def without_session(target: str) -> str:
    """The target as it would be without ;jsessionid."""
    return _SESSION.sub("", target)


def html(text: str) -> Answer:
    """A page in UTF-8."""
    return Answer(text.encode())


def attachment(name: str) -> Answer:
    """The file of that name."""
    suffix = name.rpartition(".")[2]
    made = {"pdf": pdf("test portal"), "doc": doc(name), "xls": xls([("序号", "名称"), ("1", name)])}
    return Answer(made[suffix], content_type=TYPES[suffix])


def xls(rows: list[tuple[str, ...]]) -> bytes:
    """A sheet that Excel opens: an HTML table under the name .xls, as portals export it."""
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{lines}</table></body></html>'.encode()
