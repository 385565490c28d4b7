"""How a CMS family numbers its listing pages and lays out its rows: one module of pure functions each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.dialects import aspnet, epoint, hanweb, jeecms, json_api, struts, trs
from pipeline.dialects._paging import Turn, by_address
from pipeline.model import Channel, Layout, Lead, Listing, Source, Stated, Visit
from pipeline.page.opened import Page

__all__ = ["DIALECTS", "Dialect", "Turn"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The questions that a listing is asked."""

    first: Callable[[Source, Channel], Visit]
    leads: Callable[[Page, Visit, Source, Layout], Iterable[Lead]]
    next_page: Callable[[Page, Visit, Source, Layout], Visit | None]
    stated_total: Callable[[Page, Visit, Source, Layout], Stated]
    nth_page: Callable[[Turn, int], Visit | None]  # page n by the family's rule, whatever the page links; None: no rule
    listing: Callable[[Page, Visit, Source, Layout], Listing] | None = None  # all at once, of answers that say more
    leads_on: Callable[[Page, Visit, Source], Visit | None] | None = None  # where a page has its rows from elsewhere


DIALECTS = {
    "aspnet": Dialect(aspnet.first, aspnet.leads, aspnet.next_page, aspnet.stated_total, aspnet.nth_page),
    "epoint": Dialect(
        epoint.first, epoint.leads, epoint.next_page, epoint.stated_total, epoint.nth_page, epoint.listing
    ),
    "hanweb": Dialect(
        hanweb.first,
        hanweb.leads,
        hanweb.next_page,
        hanweb.stated_total,
        hanweb.nth_page,
        hanweb.listing,
        hanweb.leads_on,
    ),
    "jeecms": Dialect(jeecms.first, jeecms.leads, jeecms.next_page, jeecms.stated_total, by_address(jeecms.page_url)),
    "json_api": Dialect(
        json_api.first, json_api.leads, json_api.next_page, json_api.stated_total, json_api.nth_page, json_api.listing
    ),
    "struts": Dialect(struts.first, struts.leads, struts.next_page, struts.stated_total, by_address(struts.page_url)),
    "trs": Dialect(trs.first, trs.leads, trs.next_page, trs.stated_total, by_address(trs.page_url)),
}
