"""Hanweb JCMS: /col/colN/index.html holds the first rows in a datastore; the others come from dataproxy.jsp."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from pipeline.dialects._asking import told_of
from pipeline.dialects._paging import Turn, listed, next_visit, total_in
from pipeline.dialects.struts import numbered
from pipeline.listing.row_date import date_among, is_date, without_date
from pipeline.listing.row_text import title_of
from pipeline.model import Layout, Lead, Listing, Source, Stated, Unreadable, Visit
from pipeline.page.links import pieces, target_of, words_of
from pipeline.page.opened import Page, tree_of
from pipeline.values.text import squeeze
from pipeline.values.urls import absolute, same_site

_PROXY = "/module/web/jpage/dataproxy.jsp"
_ARTICLE = re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\w+\.html?(?:\?|$)|/art_\d+_\d+\.html?")
_PROXY_ADDRESS = re.compile(r"[\w./:-]{0,200}dataproxy\.jsp(?:\?([^\"'<>\s]{0,2000}))?")
_NAMES = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
_PARAMETER = re.compile(
    rf"(?<![\w.?&])[\"']?({'|'.join(_NAMES)})[\"']?\s*[:=]\s*"
    r"(?:\"([^\"<>]{0,300})\"|'([^'<>]{0,300})'|([\w%./-]{1,100}))",
    re.IGNORECASE,
)
_AROUND = 4000  # characters before and after the proxy's address in which its script names what it sends
_COUNTS = {
    "total": re.compile(r"(?:<totalrecord>|\btotalRecord[\"']?\s*[:=]\s*[\"']?)\s*(\d{1,9})", re.IGNORECASE),
    "pages": re.compile(r"(?:<totalpage>|\btotalPage[\"']?\s*[:=]\s*[\"']?)\s*(\d{1,7})", re.IGNORECASE),
    "size": re.compile(r"(?:<perpage>|\bperPage[\"']?\s*[:=]\s*[\"']?)\s*(\d{1,4})", re.IGNORECASE),
}
_COLUMN = re.compile(r"/col/col(\d+)/")
_ROWS = 20
_GROUP = 3  # pages that the family's script asks for at a time
_MOST = 2000  # records of one answer
_OPEN, _CLOSE = "<![CDATA[", "]]>"


def listing(turn: Turn) -> Listing:
    """The whole page, or answer of the proxy. Raises Unreadable when it has no rows and does not say so."""
    page = turn.page
    if "<datastore" not in page.text.lower():
        return _of_page(turn)
    records = list(records_in(page.text))
    rows = tuple(lead for record in records if (lead := _lead(record, page.base)) is not None)
    stated = Stated(_count(page, "total"), None)
    if not rows and stated.total != 0 and turn.visit.page == 1:
        raise Unreadable("the datastore has no record with a link, and does not state 0")
    return Listing(rows, _after(turn, len(records)), stated)


def leads_on(page: Page, visit: Visit, source: Source) -> Visit | None:
    """The proxy asked for the first rows, for a page that holds none itself."""
    if "dataproxy.jsp" not in page.text or "<record>" in page.text.lower() or visit.form is not None:
        return None
    if "dataproxy.jsp" in visit.url or _count(page, "total") == 0 or _ARTICLE.search(page.text[:2_000_000]):
        return None
    found = _asked(Turn(page, visit, source, Layout()), 1)
    return replace(found, page=visit.page) if found else None


def nth_page(turn: Turn, number: int) -> Visit | None:
    """The rows of the page so many after the one at hand."""
    start, count = _span(turn.visit)
    held = count or len(list(records_in(turn.page.text)))
    step = _rows_of_page(turn.page) * _GROUP
    at = start + held + (number - turn.visit.page - 1) * step
    found = _asked(turn, at) if at > 0 else None
    return replace(found, page=number) if found else None


def records_in(text: str) -> Iterator[str]:
    """The markup of each record of a datastore."""
    at, taken = 0, 0
    while taken < _MOST and (at := text.find("<record>", at)) >= 0:
        taken += 1
        end = text.find("</record>", at)
        if end < 0:
            return
        record = text[at + len("<record>") : end].strip()
        at = end
        if record.startswith(_OPEN):
            yield record.removeprefix(_OPEN).removesuffix(_CLOSE)
        else:
            yield unescape(record)


def _lead(record: str, base: str) -> Lead | None:
    """A record as a lead: its notice is the link with the most words, of an article's shape if one has that."""
    try:
        root = tree_of(f"<table>{record}</table>" if record.lstrip()[:3].lower() == "<tr" else f"<div>{record}</div>")
    except Unreadable:
        return None
    links = [(one, url) for one in root.iter(etree.Element) if (url := target_of(one, base))]
    shaped = [(one, url) for one, url in links if _ARTICLE.search(url)]
    if not links:
        return None
    link, url = max(shaped or links, key=lambda found: len(words_of(found[0])))
    texts = [words for text in pieces(root) if (words := squeeze(text))]
    inside = [words for text in pieces(link) if (words := squeeze(text))]
    title, trailing = without_date(title_of(link, inside, ""))
    if not title:
        title = max((text for text in texts if not is_date(text)), key=len, default="")
    return Lead(url, title, date_among([text for text in texts if text not in inside or is_date(text)]) or trailing)


def _of_page(turn: Turn) -> Listing:
    """A page of the family that has its rows in its HTML."""
    stated = total_in(turn.page, turn.layout)
    total = _count(turn.page, "total") if stated == Stated() else stated.total
    stated = Stated(total, stated.pages)
    found = listed(turn, _ARTICLE, stated)
    if not found.leads:
        return found
    if "dataproxy.jsp" in turn.page.text:
        return Listing(found.leads, _after(turn, len(found.leads)), Stated(total, None))
    return replace(found, next=next_visit(turn, lambda turn, number: numbered(turn, number, "pageNum")))


def _after(turn: Turn, shown: int) -> Visit | None:
    start, asked = _span(turn.visit)
    total = _count(turn.page, "total")
    at = start + shown
    if not shown or (total is not None and at > total) or (total is None and asked and shown < asked):
        return None
    return _asked(turn, at)


def _asked(turn: Turn, start: int) -> Visit | None:
    """The proxy asked for the rows from that one on, as the page's script asks for them."""
    size = _rows_of_page(turn.page) if "dataproxy" not in turn.visit.url else _told_size(turn.visit)
    span = [("startrecord", str(start)), ("endrecord", str(start + size * _GROUP - 1)), ("perpage", str(size))]
    if "dataproxy" in turn.visit.url:
        return _again(turn.visit, dict(span))
    found = _PROXY_ADDRESS.search(turn.page.text)
    told = told_of(turn.source, turn.visit)
    address = told.get("proxy") or (found[0].partition("?")[0] if found else _PROXY)
    linked = (
        dict(parse_qsl(unescape(found[1]), keep_blank_values=True, max_num_fields=50)) if found and found[1] else {}
    )
    fields = _parameters(turn, found.start() if found else 0) | {k: v for k, v in linked.items() if k != "page"}
    fields |= {name: value for name, value in told.items() if name in _NAMES}
    url = absolute(turn.page.base, address)
    if url is None or "columnid" not in fields or not same_site(url, turn.source):
        return None
    asked = replace(turn.visit, page=turn.visit.page + 1, lead=None, json="", hops=0)
    if (linked or told.get("method", "").upper() == "GET") and told.get("method", "").upper() != "POST":
        return replace(asked, url=f"{url}?{urlencode([*span, *fields.items()])}", form=None)
    return replace(asked, url=f"{url}?{urlencode(span)}", form=tuple(fields.items()))


def _again(visit: Visit, span: dict[str, str]) -> Visit:
    """The same question for other rows."""
    parts = urlsplit(visit.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)) | span
    return replace(visit, url=urlunsplit(parts._replace(query=urlencode(query))), page=visit.page + 1, hops=0)


def _parameters(turn: Turn, at: int) -> dict[str, str]:
    """What the page's script sends with each question; the column is the address's own when it does not say."""
    text = turn.page.text[max(0, at - _AROUND) : at + _AROUND]
    by_name = {name.lower(): name for name in _NAMES}
    found: dict[str, str] = {}
    for one in _PARAMETER.finditer(text):
        found.setdefault(by_name[one[1].lower()], unescape(one[2] or one[3] or one[4] or ""))
    if column := _COLUMN.search(turn.visit.url):
        found.setdefault("columnid", column[1])
    if "columnid" in found:
        found = {"col": "1", "appid": "1", "path": "/", "permissiontype": "0"} | found
    return found


def _span(visit: Visit) -> tuple[int, int]:
    """The first row that the visit asks for, and how many; 1 and 0 for the channel's own page."""
    query = dict(parse_qsl(urlsplit(visit.url).query, max_num_fields=100))
    start, end = query.get("startrecord", ""), query.get("endrecord", "")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(start + end) < 19):
        return 1, 0
    return int(start), max(int(end) - int(start) + 1, 0)


def _told_size(visit: Visit) -> int:
    size = dict(parse_qsl(urlsplit(visit.url).query, max_num_fields=100)).get("perpage", "")
    return int(size) if size.isascii() and size.isdigit() and 0 < len(size) < 5 else _ROWS


def _rows_of_page(page: Page) -> int:
    return _count(page, "size") or _ROWS


def _count(page: Page, name: str) -> int | None:
    found = _COUNTS[name].search(page.text)
    return int(found[1]) if found else None
