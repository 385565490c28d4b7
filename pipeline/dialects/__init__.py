"""How a CMS family numbers its listing pages and lays out its rows: one module of pure functions each."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.dialects import aspnet, epoint, hanweb, jeecms, json_api, struts, trs
from pipeline.dialects._paging import PageUrl, Turn, by_address, first_visit, listing_of, next_by
from pipeline.model import Channel, Listing, Source, Visit
from pipeline.page.opened import Page

__all__ = ["DIALECTS", "Dialect", "Turn"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The questions that a listing is asked."""

    listing: Callable[[Turn], Listing]
    nth_page: Callable[[Turn, int], Visit | None]  # page n by the family's rule, whatever the page links; None: no rule
    first: Callable[[Source, Channel], Visit] = first_visit
    leads_on: Callable[[Page, Visit, Source], Visit | None] | None = None  # where a page has its rows from elsewhere


def _numbered(article: re.Pattern[str], page_url: PageUrl) -> Dialect:
    """A family whose articles look like that and whose pages have an address each, by its rule."""
    return Dialect(lambda turn: listing_of(turn, article, next_by(page_url)), by_address(page_url))


DIALECTS = {
    "aspnet": Dialect(aspnet.listing, aspnet.nth_page),
    "epoint": Dialect(epoint.listing, epoint.nth_page, epoint.first),
    "hanweb": Dialect(hanweb.listing, hanweb.nth_page, leads_on=hanweb.leads_on),
    "jeecms": _numbered(jeecms.ARTICLE, jeecms.page_url),
    "json_api": Dialect(json_api.listing, json_api.nth_page, json_api.first),
    "struts": _numbered(struts.ARTICLE, struts.page_url),
    "trs": _numbered(trs.ARTICLE, trs.page_url),
}
