"""Pagers that submit a form: javascript:gotoPage(2) writes the number into a field and sends the form."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode, urlsplit, urlunsplit

from lxml import etree

from pipeline.dialects._asking import PAGE_NAMES
from pipeline.model import Visit
from pipeline.page.opened import Page
from pipeline.page.scripts import calls_in, functions_in
from pipeline.values.urls import absolute

_MOST_FORMS, _MOST_FIELDS, _LARGEST_FIELD = 20, 200, 2000
_NO_VALUE = frozenset(("submit", "button", "image", "reset", "file", "checkbox", "radio"))
_VALUED = re.compile(r"[.\['\"(]([\w.]{1,60})['\")\]]{0,3}\.value\s?=(?!=)")
# What JSP paging tags add to PAGE_NAMES: page.currentPage, gotoPage, toPageNo.
_NAMES = PAGE_NAMES | {"gotopage", "gopage", "topageno", "pageid", "pagecurrent", "nowpage", "p", "pg", "jumppage"}


def turning_scripts(elements: list[etree._Element], pager: etree._Element | None) -> list[str]:
    """The scripts of the elements that turn pages: of what says "next", and of whatever stands in the pager."""
    found = list(elements)
    if pager is not None:
        found += islice(pager.iter("a", "select", "input", "button", "option"), 100)
    scripts = []
    for element in found:
        href = element.get("href") or ""
        scripts += [href if href[:11].lower() == "javascript:" else "", element.get("onclick") or ""]
        scripts.append(element.get("onchange") or "")
    return [script for script in scripts if "(" in script and "void" not in script]


def submitted(page: Page, visit: Visit, scripts: list[str], number: int) -> Visit | None:
    """The visit that submits the page's paging form for that page; None when the scripts submit no such form."""
    form, name = _paging_form(page, scripts)
    if form is None:
        return None
    action = (form.get("action") or "").strip()
    url = absolute(page.base, action) if action else page.url
    if url is None:
        return None
    fields = tuple((key, str(number) if key == name else value) for key, value in _fields(form))
    if (form.get("method") or "").strip().lower() == "post":
        return replace(visit, url=url, page=number, lead=None, form=fields, json="", hops=0)
    try:
        url = urlunsplit(urlsplit(url)._replace(query=urlencode(fields), fragment=""))
    except ValueError:
        return None
    return replace(visit, url=url, page=number, lead=None, form=None, json="", hops=0)


def _paging_form(page: Page, scripts: list[str]) -> tuple[etree._Element | None, str]:
    """The form that the scripts submit and its field for the page's number."""
    forms = list(islice(page.html.iter("form"), _MOST_FORMS)) if scripts else []
    if not forms:
        return None, ""
    functions = functions_in(page.text)
    bodies = [functions[name][1] for script in scripts[:20] for name, _ in _called(script) if name in functions]
    bodies += [script for script in scripts[:20] if "submit" in script]
    # A function that stands in a file of its own is not seen; one that is seen has to submit something.
    if bodies and not any("submit" in body for body in bodies):
        return None, ""
    paths = [path for body in bodies for path in _VALUED.findall(body)]
    written = {*paths, *(path.rpartition(".")[2] for path in paths)}
    for form in forms:
        if name := next((one.get("name") for one in _controls(form) if _is_written(one, written)), ""):
            return form, str(name)
    for form in reversed(forms):
        if name := next((one.get("name") for one in _controls(form) if _is_page_field(one)), ""):
            return form, str(name)
    return None, ""


def _called(script: str) -> list[tuple[str, tuple[str, ...]]]:
    """The calls of a script; in a drop-down the argument is its value."""
    return calls_in(script.replace("this.value", "0").replace("this.options[this.selectedIndex].value", "0"))


def _is_written(control: etree._Element, written: set[str]) -> bool:
    value = (control.get("value") or "").strip()
    return (not value or value.isdecimal()) and bool(written & {control.get("name"), control.get("id")})


def _is_page_field(control: etree._Element) -> bool:
    name = (control.get("name") or "").rpartition(".")[2].replace("_", "").replace("-", "").lower()
    return name in _NAMES


def _controls(form: etree._Element) -> Iterator[etree._Element]:
    for element in islice(form.iter("input", "select"), _MOST_FIELDS):
        if element.get("name") and (element.get("type") or "").lower() not in _NO_VALUE:
            yield element


def _fields(form: etree._Element) -> Iterator[tuple[str, str]]:
    """What a browser sends of the form's hidden and text fields, each name once."""
    seen: set[str] = set()
    for element in _controls(form):
        name = element.get("name") or ""
        value = _selected(element) if element.tag == "select" else element.get("value") or ""
        if name not in seen and len(value) <= _LARGEST_FIELD:
            seen.add(name)
            yield name, value


def _selected(select: etree._Element) -> str:
    options = list(islice(select.iter("option"), 2000))
    chosen = next((option for option in options if option.get("selected") is not None), options[0] if options else None)
    return "" if chosen is None else chosen.get("value") or (chosen.text or "").strip()
