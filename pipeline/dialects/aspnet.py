"""ASP.NET WebForms: every page has the list's own address and is asked for by posting its form back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast

from lxml import etree

from pipeline.dialects._paging import Turn, listing_of, next_visit, total_in
from pipeline.listing.pager import next_links, pager_of
from pipeline.model import Listing, Visit
from pipeline.page.links import words_of
from pipeline.page.opened import Page
from pipeline.values.urls import absolute, same_site

_ARTICLE = re.compile(
    r"\.(?:aspx|ashx|asp)\?(?:[^#]*&)?\w*(?:id|guid|code|no)=[^&]|/\d+\.(?:aspx|s?html?)", re.IGNORECASE
)
_CALL = re.compile(
    r"(?:__doPostBack|WebForm_PostBackOptions)\(\s*['\"]([^'\"]{1,300})['\"]\s*,\s*['\"]([^'\"]{0,100})['\"]"
)
_NUMBERED = re.compile(r"(?:Page\$)?(\d{1,6})")
_MOST_FIELDS = 500
_UNPOSTED = frozenset(("submit", "button", "image", "reset", "file"))


@dataclass(frozen=True, slots=True)
class _Call:
    """A control that turns the page when it is clicked."""

    target: str
    argument: str
    value: str = ""  # of a button, which is posted under its own name

    @property
    def number(self) -> int | None:
        found = _NUMBERED.fullmatch(self.argument)
        return int(found[1]) if found else None


def listing(turn: Turn) -> Listing:
    """The whole page."""
    return listing_of(turn, _ARTICLE, next_page)


def next_page(turn: Turn) -> Visit | None:
    """The form posted back for the next page, or the page's link to it; None after the last."""
    if not turn.layout.next and (call := _next_call(turn)):
        return _posted(turn, call, turn.visit.page + 1)
    return next_visit(turn, lambda turn, number: None)


def nth_page(turn: Turn, number: int) -> Visit | None:
    """Page n by the pager's numbered controls; None where it has none."""
    return _posted(turn, call, number) if (call := _numbered(_calls(turn.page), number)) else None


def _next_call(turn: Turn) -> _Call | None:
    number = turn.visit.page + 1
    stated = total_in(turn.page, turn.layout)
    if stated.pages is not None and number > stated.pages:
        return None
    root = _root(turn.page)
    for element in next_links(root):
        call = _call_of(element)
        if call is not None and (call.number is None or call.number >= number):
            return call
    calls = list(_calls(turn.page))
    if found := next((call for words, call in calls if words == str(number)), None):
        return found
    return _numbered(calls, number) if stated.pages is not None else None


def _root(page: Page) -> etree._Element:
    pager = pager_of(page)
    return page.html if pager is None else pager


def _calls(page: Page) -> Iterator[tuple[str, _Call]]:
    """The pager's controls with their words."""
    for element in islice(_root(page).iter("a", "span"), 200):
        if call := _call_of(element):
            yield words_of(element).strip("[]()第页 "), call


def _numbered(calls: Iterable[tuple[str, _Call]], number: int) -> _Call | None:
    """The control of page n, made after the pattern of the others."""
    for _, call in calls:
        if found := _NUMBERED.fullmatch(call.argument):
            return replace(call, argument=call.argument[: found.start(1)] + str(number))
    return None


def _call_of(element: etree._Element) -> _Call | None:
    if element.get("disabled") is not None or "disabled" in (element.get("class") or "").lower().split():
        return None
    script = f"{element.get('href') or ''} {element.get('onclick') or ''}"[:2000]
    if found := _CALL.search(script):
        return _Call(found[1], found[2])
    name = element.get("name") or ""
    return _Call(name, "", element.get("value") or "") if element.tag == "input" and name else None


def _posted(turn: Turn, call: _Call, number: int) -> Visit | None:
    """The visit that posts the page's form as a click on the control would."""
    form = _form_of(turn.page)
    action = (form.get("action") or "") if form is not None else ""
    url = absolute(turn.page.base, action) or turn.visit.url
    if not same_site(url, turn.source):
        return None
    fields = dict(_fields(turn.page.html if form is None else form))
    if call.value:
        fields[call.target] = call.value
    else:
        fields |= {"__EVENTTARGET": call.target, "__EVENTARGUMENT": call.argument}
    return replace(turn.visit, url=url, page=number, lead=None, form=tuple(fields.items()), json="", hops=0)


def _form_of(page: Page) -> etree._Element | None:
    """The form that holds the state of the page: WebForms has one."""
    forms = list(islice(page.html.iter("form"), 20))
    held = (form for form in forms if form.find(".//input[@name='__VIEWSTATE']") is not None)
    return next(held, forms[0] if forms else None)


def _fields(form: etree._Element) -> Iterator[tuple[str, str]]:
    """What a browser posts of a form whose button nobody pressed."""
    for element in islice(form.iter("input", "select", "textarea"), _MOST_FIELDS):
        name = element.get("name") or ""
        kind = (element.get("type") or "text").lower()
        if not name or element.get("disabled") is not None or kind in _UNPOSTED:
            continue
        if element.tag == "select":
            yield name, _selected(element)
        elif element.tag == "textarea":
            yield name, element.text or ""
        elif kind not in {"checkbox", "radio"}:
            yield name, element.get("value") or ""
        elif element.get("checked") is not None:
            yield name, element.get("value") or "on"


def _selected(element: etree._Element) -> str:
    options = list(islice(element.iter("option"), 500))
    chosen = next((option for option in options if option.get("selected") is not None), options[0] if options else None)
    if chosen is None:
        return ""
    return cast(str, chosen.get("value")) if chosen.get("value") is not None else words_of(chosen)
