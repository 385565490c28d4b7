"""Notices whose page is a shell: its script asks an interface for the body, with what the page and its address say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from pipeline.model import Kind, Source, Unreadable, Visit
from pipeline.page.links import words_of
from pipeline.page.opened import Page
from pipeline.page.templates import filled, filled_json, gaps_in
from pipeline.values.text import squeeze
from pipeline.values.urls import absolute

_FORMS = ("input", "textarea", "span", "div", "p", "td", "em", "b", "strong", "label")
_MOST_ELEMENTS = 20_000
_LONGEST = 100  # characters of a value that a page is asked with


def asked_for(page: Page, visit: Visit, source: Source) -> Visit | None:
    """The visit that brings the body of a shell, None where the source file declares none.

    Raises Unreadable when the page does not say what the interface must be told.
    """
    channel = source.channel(visit.channel)
    told = dict(channel.params) if channel else {}
    if "article" not in told:
        return None
    templates = (told["article"], told.get("article_body", ""))
    fields = fields_in(page, [name for template in templates for name in gaps_in(template)])
    href = filled(templates[0], fields, source.zone)
    body = filled_json(templates[1], fields, source.zone)
    url = absolute(source.home, href) if href else None
    if url is None or body is None:
        raise Unreadable(f"the page does not say what its body is asked for with: {' '.join(templates)}"[:300])
    return replace(visit, kind=Kind.PART, url=url, page=1, form=None, json=body, hops=0)


def fields_in(page: Page, names: list[str]) -> dict[str, str]:
    """The values that the page gives the names: in its script, its hidden fields, after a label, in its address."""
    fields: dict[str, str] = {}
    for name in dict.fromkeys(names):
        if value := _scripted(page.text, name) or _held(page, name) or _labelled(page.text, name):
            fields[name] = value
    return {**_addressed(page.url), **fields}


def _scripted(text: str, name: str) -> str:
    """var name = "…", name: '…', name = 7."""
    written = re.compile(
        rf"(?<![\w.$-])[\"']?{re.escape(name)}[\"']?\s{{0,5}}[=:]\s{{0,5}}"
        rf"(?:\"([^\"\n<>]{{1,{_LONGEST}}})\"|'([^'\n<>]{{1,{_LONGEST}}})'|(\d{{1,20}})(?![\w.]))"
    )
    found = written.search(text)
    return squeeze(unescape(found[1] or found[2] or found[3])) if found else ""


def _held(page: Page, name: str) -> str:
    """The value of the element that has the name as its id, name or class."""
    for element in islice(page.html.iter(*_FORMS), _MOST_ELEMENTS):
        if name in {element.get("id"), element.get("name"), element.get("class")} and (value := _value(element)):
            return value
    return ""


def _value(element: etree._Element) -> str:
    written = element.get("value") or element.get("data-value") or words_of(element)
    return value if 0 < len(value := squeeze(written)) <= _LONGEST else ""


def _labelled(text: str, name: str) -> str:
    """招标编号：E5400…, where nothing but white space and one closing tag stands between."""
    if name.isascii():
        return ""
    between = r"\s{0,5}[:：]\s{0,5}(?:<[^<>]{1,200}>\s{0,5}){0,2}"
    found = re.search(rf"{re.escape(name)}{between}([^\s<>&]{{1,{_LONGEST}}})", text)
    return found[1] if found else ""


def _addressed(url: str) -> Mapping[str, str]:
    """The parameters of the page's address and of its route."""
    return dict(_pairs(url))


def _pairs(url: str) -> Iterator[tuple[str, str]]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    for query in (parts.fragment.partition("?")[2], parts.query):
        try:
            yield from parse_qsl(query, max_num_fields=100)
        except ValueError:
            continue
