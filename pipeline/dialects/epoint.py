"""Epoint 新点: numbered pages (?pageing=n), and a search service that is posted what it is to find.

The service answers no row beyond a depth. There the list is cut by date: the same search again, for what is not newer
than the last row that was shown.
"""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.dialects._asking import asking_for, first_request, number_in, told_of, with_value
from pipeline.dialects._paging import Turn, by_address, first_visit, listing_of, next_by
from pipeline.dialects.json_api import found_in, rows_of
from pipeline.dialects.struts import numbered
from pipeline.listing.json_rows import JsonRows
from pipeline.model import Channel, Listing, Source, Stated, Unreadable, Visit
from pipeline.page.opened import json_of
from pipeline.values.urls import absolute

_SERVICE = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
_IS_SERVICE = re.compile("fulltextdata", re.IGNORECASE)
_ARTICLE = re.compile(r"/(?:20|19)\d{6}/[\w-]{8,40}\.html?(?:\?|$)|[?&](?:info_?id|guid)=[\w-]{8}", re.IGNORECASE)
# What the family's pages call an article whose row has no address.
_ADDRESS = "/jyxx/{categorynum:6}/{categorynum}/{infodate:day}/{infoid}.html"
_ROWS = 20
_CAP = 10_000  # Elasticsearch's max_result_window, which the service sits on
_OFFSET, _SIZE = frozenset(("pn",)), frozenset(("rn",))
_EARLIEST = "1990-01-01 00:00:00"
_DAYS = ("webdate", "infodatepx", "infodate", "showdate")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d))?")


def first(source: Source, channel: Channel) -> Visit:
    """The channel's first page, or the search for its category when the source file names a categorynum."""
    told = dict(channel.params)
    service = _IS_SERVICE.search(channel.url) is not None
    if told.keys() & {"body", "form", "method"} or (service and "categorynum" not in told):
        return first_request(source, channel, "" if "pn=" in channel.url else _search("", source))
    if "categorynum" not in told:
        return first_visit(source, channel)
    url = channel.url if service else absolute(channel.url, told.get("search", _SERVICE))
    return replace(first_visit(source, channel), url=url or channel.url, json=_search(told["categorynum"], source))


def _search(category: str, source: Source) -> str:
    """What the portals' own pages post: everything of a category, newest first."""
    condition = {"fieldName": "categorynum", "equal": category, "isLike": True, "likeType": 2}
    empty = dict.fromkeys(("token", "sdt", "edt", "wd", "inc_wd", "exc_wd", "terminal", "highlights", "accuracy"), "")
    body: dict[str, Any] = empty | {
        "pn": 0,
        "rn": _ROWS,
        "fields": "title",
        "cnum": "001",
        "sort": '{"webdate":"0"}',
        "ssort": "title",
        "cl": 500,
        "condition": [condition] if category else None,
        "time": None,
        "noParticiple": "0",
        "isBusiness": "1",
    }
    return json.dumps(body, ensure_ascii=False)


def listing(turn: Turn) -> Listing:
    """The whole page, or answer of the search. Raises Unreadable when it has no rows and does not say so."""
    visit, source = turn.visit, turn.source
    if not turn.page.is_json:
        return listing_of(turn, _ARTICLE, next_by(page_url))
    found = found_in(turn.page, visit, source)
    leads, opened = rows_of(found, visit, source, _ADDRESS)
    following, capped = _after(found, visit, source)
    # A part that is cut out by date states its own size, not the list's.
    return Listing(leads, following, Stated() if _end_of(visit) else found.stated, opened, capped)


def page_url(turn: Turn, number: int) -> str | None:
    """The same address with ?pageing=n, or with what the portal calls it."""
    return numbered(turn, number, "pageing")


def nth_page(turn: Turn, number: int) -> Visit | None:
    """Page n of the numbered pages, or of the search as far as the part at hand goes."""
    if not (turn.visit.json or _IS_SERVICE.search(turn.visit.url)):
        return by_address(page_url)(turn, number)
    at, size = number_in(turn.visit, _OFFSET), number_in(turn.visit, _SIZE)
    if at is None or size is None:
        return None
    offset = at[1] + (number - turn.visit.page) * size[1]
    return replace(asking_for(turn.visit, at[0], offset), page=number) if offset >= 0 else None


def _after(found: JsonRows, visit: Visit, source: Source) -> tuple[Visit | None, str]:
    """The request after this one, or why there is none although the search has found more."""
    at, size = number_in(visit, _OFFSET), number_in(visit, _SIZE)
    if at is None:
        raise Unreadable("the search's request has no pn: the source file must give its body with pn and rn")
    end, step = at[1] + len(found.rows), size[1] if size else len(found.rows)
    total = found.stated.total
    if (total is not None and end >= total) or (total is None and len(found.rows) < max(step, 1)):
        return None, ""
    if not found.rows:
        return None, f"the search finds {total} rows and shows none after {at[1]}"
    if end + step <= _cap(source, visit):
        return replace(asking_for(visit, at[0], end), page=visit.page + 1, hops=0), ""
    return _older(found, visit, at[0])


def _cap(source: Source, visit: Visit) -> int:
    told = told_of(source, visit).get("cap", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else _CAP


def _older(found: JsonRows, visit: Visit, offset: str) -> tuple[Visit | None, str]:
    """The search from the last row's moment backwards."""
    fields = {name.lower(): value for name, value in found.rows[-1].fields.items()}
    written = next((value for name in _DAYS if (value := fields.get(name, ""))), found.rows[-1].published)
    moment = _MOMENT.match(written)
    until = f"{moment[1]} {moment[2] or '23:59:59'}" if moment else ""
    if not until or (_end_of(visit) and until >= _end_of(visit)):
        return None, f"the search shows no row after the first {number_in(visit, _OFFSET)} of one moment: {written}"[
            :200
        ]
    return replace(asking_for(_until(visit, until), offset, 0), page=visit.page + 1, hops=0), ""


def _end_of(visit: Visit) -> str:
    """The moment up to which the visit's search goes, "" for all."""
    if visit.json:
        body = json_of(visit.json)
        return str(body.get("edt") or "") if isinstance(body, dict) else ""
    return dict(parse_qsl(urlsplit(visit.url).query, max_num_fields=100)).get("edt", "")


def _until(visit: Visit, moment: str) -> Visit:
    """The same search for what is not newer than the moment."""
    if visit.json:
        span = [{"fieldName": "webdate", "startTime": _EARLIEST, "endTime": moment}]
        return replace(
            visit, json=with_value(visit.json, lambda body: body.update(sdt=_EARLIEST, edt=moment, time=span))
        )
    parts = urlsplit(visit.url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100) if pair[0] != "edt"]
    return replace(visit, url=urlunsplit(parts._replace(query=urlencode([*kept, ("edt", moment)]))))
