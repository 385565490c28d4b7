"""JEECMS: x/index.jhtml, x/index_2.jhtml … (or x.jhtml, x_2.jhtml); notices are x/<id>.jhtml."""

import re

from pipeline.dialects._paging import Turn, first_visit, leads_in, next_visit, total_in
from pipeline.model import Channel, Layout, Lead, Source, Stated, Visit
from pipeline.page.opened import Page

_ARTICLE = re.compile(r"/\d+(?:_\d+)?\.jhtml(?:[;?]|$)")
_FILE = re.compile(r"([^/]*)\.(\w+)$")


def first(source: Source, channel: Channel) -> Visit:
    """The channel's first page."""
    return first_visit(source, channel)


def leads(page: Page, visit: Visit, source: Source, layout: Layout) -> tuple[Lead, ...]:
    """The rows of a listing page."""
    return leads_in(page, visit, source, layout, _ARTICLE)


def next_page(page: Page, visit: Visit, source: Source, layout: Layout) -> Visit | None:
    """The listing's next page, None after its last."""
    return next_visit(Turn(page, visit, source, layout), page_url)


def stated_total(page: Page, visit: Visit, source: Source, layout: Layout) -> Stated:
    """Rows and pages as the pager states them (共a条 b/c页)."""
    return total_in(page, layout)


def page_url(turn: Turn, number: int) -> str | None:
    """Page n has _n before its extension; a folder's page is index.jhtml."""
    address, mark, query = turn.visit.url.partition("?")
    address = address.partition(";")[0].partition("#")[0]
    found = _FILE.search(address[address.find("/", 8) :]) if address.find("/", 8) > 0 else None
    if found is None:
        return f"{address.rstrip('/')}/index_{number}.jhtml{mark}{query}"
    stem = found[1].removesuffix(f"_{turn.visit.page}") if turn.visit.page > 1 else found[1]
    return f"{address[: -len(found[0])]}{stem}_{number}.{found[2]}{mark}{query}"
