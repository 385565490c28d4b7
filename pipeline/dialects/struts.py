"""Struts 2 portals: …!view.do?PAGE=n; notices are other actions with an id."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.dialects._paging import Turn
from pipeline.listing.pager import pager_of
from pipeline.page.links import target_of, words_of
from pipeline.page.opened import Page

ARTICLE = re.compile(r"\.(?:do|action|jspx?)(?:;[^?]*)?\?(?:[^#]*&)?\w*id=[^&]", re.IGNORECASE)
# xzzbtb.gov.cn says PAGE (domain.md); the others are what Struts tutorials and pager tags use.
_DEFAULT = "PAGE"
_NAMES = frozenset(
    (
        "page",
        "pageno",
        "pagenum",
        "pageindex",
        "currentpage",
        "curpage",
        "pagenumber",
        "topage",
        "gotopage",
        "pageing",
        "paging",
    )
)


def page_url(turn: Turn, number: int) -> str | None:
    """The same address with the page's number in the parameter that the pager, else the address itself uses."""
    return numbered(turn, number, _DEFAULT)


def numbered(turn: Turn, number: int, default: str) -> str:
    """As page_url; `default`: the parameter where neither pager nor address has one."""
    parts = urlsplit(turn.visit.url)
    query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    name = _name_in_pager(turn.page) or next((name for name, _ in query if name.lower() in _NAMES), default)
    kept = [(key, value) for key, value in query if key != name]
    return urlunsplit(parts._replace(query=urlencode([*kept, (name, str(number))]), fragment=""))


def _name_in_pager(page: Page) -> str:
    """The parameter that holds a page's number in the pager's links, "" when none does."""
    pager = pager_of(page)
    if pager is None:
        return ""
    for link in pager.iter("a"):
        url = target_of(link, page.base)
        if url is None or len(url) > 2000:
            continue
        words = words_of(link)
        for name, value in parse_qsl(urlsplit(url).query, max_num_fields=100):
            if value.isdigit() and (name.lower() in _NAMES or value == words):
                return name
    return ""
