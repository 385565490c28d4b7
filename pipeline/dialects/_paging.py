"""What the dialects share: reading rows with or without a layout's selectors, and going on to the next page."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from re import Pattern

from parsel import Selector

from pipeline.dialects._forms import submitted, turning_scripts
from pipeline.listing import rows_in
from pipeline.listing.candidates import candidates_in
from pipeline.listing.emptiness import says_empty
from pipeline.listing.pager import closed, next_links, numbered_links, pager_of, stated_by, stated_in
from pipeline.listing.row_date import date_among
from pipeline.listing.row_text import title_of
from pipeline.listing.rows import PortalHost
from pipeline.listing.script_links import with_links
from pipeline.model import Channel, Kind, Layout, Lead, Listing, Source, Stated, Unreadable, Visit
from pipeline.page.links import target_of, words_of
from pipeline.page.opened import Page
from pipeline.values.text import squeeze
from pipeline.values.urls import absolute, key_of, same_site


@dataclass(frozen=True, slots=True)
class Turn:
    """One listing page from which a walk may go on."""

    page: Page
    visit: Visit
    source: Source
    layout: Layout


PageUrl = Callable[[Turn, int], str | None]  # a dialect's rule: the address of page n
_NO_SHAPE = re.compile(r"(?!)")
_CALLS_NEXT = re.compile(r"(?:next|turn|down|go)\w{0,20}\(\s{0,5}\)", re.IGNORECASE)


def first_visit(source: Source, channel: Channel) -> Visit:
    """The visit with which a walk of the channel begins."""
    return Visit(source.key, channel.key, Kind.LISTING, channel.url)


def listing_of(turn: Turn, article: Pattern[str], next_page: Callable[[Turn], Visit | None]) -> Listing:
    """A page that has its rows in its HTML. Raises Unreadable when it has none and does not say that it is empty."""
    found = listed(turn, article, total_in(turn.page, turn.layout))
    return replace(found, next=next_page(turn)) if found.leads else found


def listed(turn: Turn, article: Pattern[str], stated: Stated) -> Listing:
    """As listing_of, of a page that states that much, and without what comes after it."""
    leads = () if stated.total == 0 else leads_in(turn, article)
    if not leads and stated.total != 0 and not says_empty(turn.page):
        raise Unreadable("no rows are recognisable, and the page does not say that it is empty")
    return Listing(leads, None, stated)


def leads_in(turn: Turn, article: Pattern[str]) -> tuple[Lead, ...]:
    """The listing's rows, by the layout's selectors when it has them.

    Unreadable when those find nothing, and when a page shows a list of something and says that it has nothing to list.
    """
    page, visit, source, layout = turn.page, turn.visit, turn.source, turn.layout
    channel = source.channel(visit.channel)
    if channel is not None and (template := dict(channel.params).get("link", "")):
        page = with_links(page, template, source.zone)
    if layout.row:
        return _by_layout(page, layout)
    site = PortalHost(page.base, visit.url, channel.name if channel else "", article)
    found = rows_in(page, site, pager_of(page))
    if found.leads and not found.sure and says_empty(page):
        raise Unreadable("the page says that it is empty, yet shows a list that may be its own")
    return found.leads


def total_in(page: Page, layout: Layout) -> Stated:
    """What the listing says of its length."""
    if not layout.total:
        return stated_by(page, pager_of(page))
    text = closed(_values(page.select, layout.total))
    stated = stated_in(text)
    if stated == Stated() and text.isascii() and text.isdigit():
        return Stated(int(text[:9]))
    return stated


def next_visit(turn: Turn, page_url: PageUrl) -> Visit | None:
    """The next page of the listing: as linked, else by the dialect's rule as far as the page's own count goes."""
    if turn.layout.next:
        return _onward(turn, _linked(turn.page, turn.layout.next))
    base = turn.page.base
    pager = pager_of(turn.page)
    offers = next_links(turn.page.html if pager is None else pager)
    numbers = {} if pager is None else numbered_links(pager, base)
    back = {key_of(url) for number, url in numbers.items() if number <= turn.visit.page}
    urls = [url for offer in offers if (url := target_of(offer, base)) and key_of(url) not in back]
    for url in [*urls, numbers.get(turn.visit.page + 1)]:
        if found := _onward(turn, url):
            return found
    stated = total_in(turn.page, turn.layout)
    if stated.pages is not None:
        goes_on = turn.visit.page < stated.pages
    elif stated.total == 0 or offers or numbers:
        goes_on = any(_calls_page(offer.get("href"), offer.get("onclick"), turn.visit.page + 1) for offer in offers)
    else:
        goes_on = any(one.article for one in candidates_in(turn.page, base, _NO_SHAPE))
    return _nth(turn, turn.visit.page + 1, page_url) if goes_on else None


def _nth(turn: Turn, number: int, page_url: PageUrl) -> Visit | None:
    """Page n as the page's own paging form asks for it, else by the dialect's rule."""
    pager = pager_of(turn.page)
    scripts = turning_scripts(next_links(turn.page.html if pager is None else pager), pager)
    asked = submitted(turn.page, turn.visit, scripts, number)
    if asked is not None and asked.form is not None:
        return asked if same_site(asked.url, turn.source) else None
    found = _onward(turn, asked.url if asked else page_url(turn, number))
    return replace(found, page=number) if found else None


def next_by(page_url: PageUrl) -> Callable[[Turn], Visit | None]:
    """The rule that gives the next page's visit, for families whose pages have an address each."""

    def next_page(turn: Turn) -> Visit | None:
        return next_visit(turn, page_url)

    return next_page


def by_address(page_url: PageUrl) -> Callable[[Turn, int], Visit | None]:
    """The rule that gives the visit of page n, for families whose pages have an address each."""

    def nth_page(turn: Turn, number: int) -> Visit | None:
        return _nth(turn, number, page_url)

    return nth_page


def _onward(turn: Turn, url: str | None) -> Visit | None:
    """The visit of the next page, None for an address that leads nowhere new or off the portal."""
    if url is None or key_of(url) == key_of(turn.visit.url) or not same_site(url, turn.source):
        return None
    channel = turn.source.channel(turn.visit.channel)
    if channel is not None and key_of(url) == key_of(channel.url):
        return None
    return replace(turn.visit, url=url, page=turn.visit.page + 1, lead=None, form=None, hops=0)


def _calls_page(href: str | None, onclick: str | None, number: int) -> bool:
    """True for a next link that is a script call with the next page's number or none: javascript:getList(2), next()."""
    script = ((href or "") if (href or "")[:11].lower() == "javascript:" else "") + " " + (onclick or "")
    called = re.search(rf"[(,]\s*['\"]?{number}['\"]?\s*[,)]", script[:1000])
    return called is not None or _CALLS_NEXT.search(script[:1000]) is not None


def _linked(page: Page, css: str) -> str | None:
    base = page.base
    for found in page.select.css(css):
        url = absolute(base, found.get()) if "::" in css else target_of(found.root, base)
        if url is not None:
            return url
    return None


def _values(selector: Selector, css: str) -> list[str]:
    """The texts that a selector finds; without ::text or ::attr the whole text of its elements."""
    found = selector.css(css)
    return found.getall() if "::" in css else [words_of(one.root) for one in found]


def _by_layout(page: Page, layout: Layout) -> tuple[Lead, ...]:
    rows = page.select.css(layout.row)
    leads = [lead for row in rows if (lead := _strict_lead(row, page.base, layout)) is not None]
    if not leads and not says_empty(page) and total_in(page, layout).total != 0:
        found = f"{len(rows)} rows without a link" if rows else "nothing"
        raise Unreadable(f"row selector {layout.row!r} finds {found} on a page that does not say it is empty")
    return tuple(leads)


def _strict_lead(row: Selector, base: str, layout: Layout) -> Lead | None:
    if layout.link:
        links = [
            (one, absolute(base, one.get()) if "::" in layout.link else target_of(one.root, base))
            for one in row.css(layout.link)
        ]
    else:
        links = [(one, target_of(one.root, base)) for one in row.xpath("descendant-or-self::*[@href or @onclick]")]
    link, url = next(((link, url) for link, url in links if url is not None), (None, None))
    if link is None or url is None:
        return None
    if layout.title:
        title = squeeze("".join(_values(row, layout.title)))
    else:
        title = "" if isinstance(link.root, str) else title_of(link.root, [], "")
    texts = [squeeze(text) for text in row.css("::text").getall()]
    dates = [squeeze(text) for text in _values(row, layout.date)] if layout.date else [date_among(texts)]
    return Lead(url, title, next((text for text in dates if text), ""))
