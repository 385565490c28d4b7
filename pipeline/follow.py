"""What to visit next: redirects, the rows of a listing and its next page, the rest of a notice."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.article.continuation import files, frames, further_pages, list_frames
from pipeline.article.json_article import article_of_json
from pipeline.article.layouts import layout_of
from pipeline.article.one_of_many import chosen_from
from pipeline.dialects import DIALECTS, Dialect, Turn
from pipeline.model import Capture, Kind, Lead, Listing, Source, Unreadable, Visit
from pipeline.page import open_page
from pipeline.page.opened import Page
from pipeline.page.redirects import location_of, sent_on
from pipeline.page.shell import asked_for
from pipeline.values.urls import key_of, same_site

MOST_HOPS = 8

_PARTS = frozenset((Kind.NOTICE, Kind.PART))


def read_listing(capture: Capture, source: Source) -> Listing:
    """The listing that the capture shows. Raises Unreadable when it has no rows and does not say that it is empty."""
    return read_listing_page(open_page(capture), capture, source)


def read_listing_page(page: Page, capture: Capture, source: Source) -> Listing:
    """The listing that an opened page shows; like read_listing."""
    layout = layout_of(source, capture.visit.channel, capture.fetched_at)
    return _dialect_of(source).listing(Turn(page, capture.visit, source, layout))


def page_of_list(held: Capture, number: int, source: Source) -> Visit | None:
    """The visit of that page of a list by the dialect's rule, seen from a capture of another; None without a rule."""
    layout = layout_of(source, held.visit.channel, held.fetched_at)
    try:
        page = open_page(held) if held.body else Page(held.visit.url, "", "<html></html>")
        return _dialect_of(source).nth_page(Turn(page, held.visit, source, layout), number)
    except Unreadable:
        return None


def _dialect_of(source: Source) -> Dialect:
    if source.dialect not in DIALECTS:
        raise Unreadable(f"{source.key}: dialect {source.dialect!r} is none of {', '.join(DIALECTS)}")
    return DIALECTS[source.dialect]


def redirect_of(capture: Capture, source: Source) -> tuple[Visit, ...]:
    """The visit that a redirect asks for, whether by status or by a page that only sends on; none after eight."""
    target = location_of(capture)
    if target is None and 200 <= capture.status < 300:
        try:
            page = open_page(capture)
        except Unreadable:
            return ()
        target = sent_on(page.text, page.url)
    return _moved(capture, source, target)


def moved_by(page: Page, capture: Capture, source: Source) -> tuple[Visit, ...]:
    """The visit that an opened good page asks for when it only sends on; none after eight."""
    dialect = DIALECTS.get(source.dialect)
    if capture.visit.kind is Kind.LISTING and dialect is not None and dialect.leads_on is not None:
        found = dialect.leads_on(page, capture.visit, source)
        if found is not None and capture.visit.hops < MOST_HOPS:
            return (replace(found, hops=capture.visit.hops + 1),)
    return _moved(capture, source, sent_on(page.text, page.url))


def _moved(capture: Capture, source: Source, target: str | None) -> tuple[Visit, ...]:
    visit = capture.visit
    if target is None or visit.hops >= MOST_HOPS or not same_site(target, source):
        return ()
    if capture.status in {307, 308}:
        return (replace(visit, url=target, hops=visit.hops + 1),)
    # The others turn a POST into a GET (RFC 9110, 15.4).
    return (replace(visit, url=target, hops=visit.hops + 1, form=None, json=""),)


def framed_list(page: Page, capture: Capture, source: Source) -> tuple[Visit, ...]:
    """The visit of the one frame that may hold the list, of a page that shows none itself; none after eight."""
    try:
        urls = list_frames(page)
    except Unreadable:
        return ()
    own = [url for url in urls if same_site(url, source) and key_of(url) != key_of(capture.visit.url)]
    return _moved(capture, source, own[0]) if len(own) == 1 and len(set(urls)) == len(own) else ()


def rest_of(page: Page, capture: Capture, source: Source) -> tuple[Visit, ...]:
    """The further pages, frames and files of a notice or part that sends nobody on; none of any other page."""
    try:
        return tuple(_rest_of(page, capture, source)) if capture.visit.kind in _PARTS else ()
    except Unreadable:
        return ()


def visits_of(listing: Listing, visit: Visit, source: Source) -> tuple[Visit, ...]:
    """One visit for each row on the portal, then the listing's next page."""
    opened = {opening.lead: opening for opening in listing.opened}
    openings = [
        opened.get(lead)
        or replace(visit, kind=Kind.NOTICE, url=lead.url, lead=lead, page=1, form=None, json="", hops=0)
        for lead in listing.leads
    ]
    notices = [opening for opening in openings if same_site(opening.url, source)]
    return (*notices, listing.next) if listing.next else tuple(notices)


def _rest_of(page: Page, capture: Capture, source: Source) -> Iterator[Visit]:
    """Further pages, frames and files of a notice, on the portal only."""
    visit = capture.visit
    if page.is_json:
        yield from _files_of_json(page, visit, source)
        return
    if visit.kind is Kind.NOTICE and (body := asked_for(page, visit, source)) and same_site(body.url, source):
        yield body
    pages = further_pages(page, visit)
    order = max([*pages, visit.page if visit.kind is Kind.PART else 0])
    layout = layout_of(source, visit.channel, capture.fetched_at)
    parts = [*sorted(pages.items()), *enumerate(frames(page, layout.frame), start=order + 1)]
    own = key_of(visit.url)
    for number, url in parts:
        if same_site(url, source) and key_of(url) != own:
            yield replace(visit, kind=Kind.PART, url=url, page=number, form=None, json="", hops=0)
    for number, url in enumerate(files(page), start=1):
        if same_site(url, source):
            yield replace(visit, kind=Kind.ATTACHMENT, url=url, page=number, form=None, json="", hops=0)


def _files_of_json(page: Page, visit: Visit, source: Source) -> Iterator[Visit]:
    lead = visit.lead or Lead(visit.url)
    article = article_of_json(chosen_from(page.json, lead, source.zone), page.url, source.zone, lead.title)
    for number, file in enumerate(article.attachments, start=1):
        if same_site(file.url, source):
            yield replace(visit, kind=Kind.ATTACHMENT, url=file.url, page=number, form=None, json="", hops=0)
