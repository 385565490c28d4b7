"""Front ends that fill their pages from a JSON interface: rows found by shape, pages asked for by GET or POST."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from pipeline.dialects._asking import PAGE_NAMES, ROW_NAMES, SIZE_NAMES, asking_for, first_request, number_in, told_of
from pipeline.dialects._paging import Turn
from pipeline.listing import rows_of_json
from pipeline.listing.json_rows import JsonRow, JsonRows
from pipeline.model import Channel, Kind, Lead, Listing, Source, Stated, Unreadable, Visit
from pipeline.page.opened import Page
from pipeline.page.templates import filled, filled_json
from pipeline.values.urls import absolute

_BODY = '{"current": 1, "size": 20}'  # what MyBatis-Plus front ends post


def first(source: Source, channel: Channel) -> Visit:
    """The channel's first page."""
    return first_request(source, channel, _BODY if dict(channel.params).get("method", "").upper() == "POST" else "")


def listing(turn: Turn) -> Listing:
    """The whole list answer, with how its rows are opened. Raises Unreadable when it is no list of notices."""
    visit, source = turn.visit, turn.source
    found = found_in(turn.page, visit, source)
    leads, opened = rows_of(found, visit, source)
    following = next_request(found, visit, source) if found.rows else None
    return Listing(leads, following, found.stated, opened)


def found_in(page: Page, visit: Visit, source: Source) -> JsonRows:
    """The rows of the answer. Raises Unreadable when it has none and states some, or is no list."""
    if not page.is_json:
        raise Unreadable("the list's answer is no JSON")
    found = rows_of_json(page.json, told_of(source, visit), source.zone)
    if not found.rows and found.stated.total and visit.page == 1:
        raise Unreadable(f"the list states {found.stated.total} rows and shows none")
    if found.stated.total is not None and found.stated.total < len(found.rows):
        # A count of pages, or of something else: no total of this list.
        return replace(found, stated=Stated(None, found.stated.pages))
    return found


def rows_of(
    found: JsonRows, visit: Visit, source: Source, usual: str = ""
) -> tuple[tuple[Lead, ...], tuple[Visit, ...]]:
    """The rows as leads, and the visits that open them where their own address does not answer.

    `usual`: the template of the family's addresses, for rows without one.
    """
    told = told_of(source, visit)
    leads: list[Lead] = []
    opened: list[Visit] = []
    for row in found.rows:
        url = _address(row, source, told.get("link", ""), usual)
        if url is None:
            continue
        lead = Lead(url, row.title, row.published, row.label)
        leads.append(lead)
        if "article" in told and (opening := _opening(row, lead, visit, source, told)):
            opened.append(opening)
    if found.rows and not leads:
        raise Unreadable('the rows have neither an address nor an id; the source file must say how: link = "…"')
    return tuple(leads), tuple(opened)


def _address(row: JsonRow, source: Source, link: str, usual: str) -> str | None:
    """The page of the row: as the source file builds it, as the row links it, else a stable one of its id."""
    href = (filled(link, row.fields, source.zone) if link else "") or row.href
    href = href or (filled(usual, row.fields, source.zone) if usual else "") or ""
    if not href and row.id:
        href = f"#/detail?id={quote(row.id, safe='')}"
    return absolute(source.home, href)


def _opening(row: JsonRow, lead: Lead, visit: Visit, source: Source, told: Mapping[str, str]) -> Visit | None:
    """The question for the row's text; None for a row without what it asks for, which has an address of its own."""
    href = filled(told["article"], row.fields, source.zone)
    url = absolute(source.home, href) if href else None
    body = filled_json(told.get("article_body", ""), row.fields, source.zone)
    if url is not None and body is not None:
        return replace(visit, kind=Kind.NOTICE, url=url, lead=lead, page=1, form=None, json=body, hops=0)
    if row.href:
        return None
    names = ", ".join(row.fields)
    raise Unreadable(f"a row lacks what article = {told['article']!r} asks for; its fields: {names}"[:300])


def nth_page(turn: Turn, number: int) -> Visit | None:
    """The request of page n, whatever the answer at hand says."""
    try:
        found = rows_of_json(turn.page.json, told_of(turn.source, turn.visit), turn.source.zone)
    except Unreadable:
        found = JsonRows((), Stated(), None)
    return request_of(found, turn.visit, turn.source, number)


def next_request(found: JsonRows, visit: Visit, source: Source) -> Visit | None:
    """The request of the page after this one, None where the answer says that there is none."""
    start = first(source, channel_of(source, visit))
    if not _goes_on(found, visit.page, found.size or _asked_size(start)):
        return None
    return request_of(found, visit, source, visit.page + 1)


def request_of(found: JsonRows, visit: Visit, source: Source, number: int) -> Visit | None:
    """The request of that page of the visit's channel, None where its size would have to be known and is not."""
    start = first(source, channel_of(source, visit))
    told = told_of(source, visit).get("page", "")
    page, row = number_in(start, PAGE_NAMES, told), number_in(start, ROW_NAMES, told)
    if told and page and page[0].rpartition(".")[2].lower() in ROW_NAMES:
        page = None
    if page or (told and row is None):
        path, at = page or (told, 1)
        asked = asking_for(start, path, at + number - 1)
    elif row and (size := found.size or _asked_size(start) or len(found.rows)):
        asked = asking_for(start, row[0], row[1] + (number - 1) * size)
    elif row:
        return None
    else:
        raise Unreadable('the source file must say which parameter numbers the pages: params = { page = "…" }')
    return replace(asked, page=number, run=visit.run)


def _asked_size(start: Visit) -> int | None:
    found = number_in(start, SIZE_NAMES)
    return found[1] if found and found[1] else None


def _goes_on(found: JsonRows, page: int, size: int | None) -> bool:
    """Whether the answer, by its own count or by being full, has a page after it."""
    stated, shown = found.stated, len(found.rows)
    if stated.pages is not None and page < stated.pages:
        return True
    if stated.total is not None:
        # A portal may show fewer rows than it is asked for: then only what it shows says how far the page goes.
        return page * shown < stated.total and (page - 1) * (size or shown) + shown != stated.total
    return stated.pages is None and (size is None or shown >= size)


def channel_of(source: Source, visit: Visit) -> Channel:
    """The channel that the visit belongs to. Raises Unreadable when the source file has none of that key."""
    channel = source.channel(visit.channel)
    if channel is None:
        raise Unreadable(f"{source.key} declares no channel {visit.channel!r}")
    return channel
