"""Rows whose link is a script's call with an id: openDetail('1024') leads to what the source file says it leads to."""

import re
from itertools import islice
from zoneinfo import ZoneInfo

from lxml import etree

from pipeline.page.opened import Page
from pipeline.page.templates import filled

_MOST = 20_000  # elements with a script
_CALL = re.compile(r"(?:^|[\s;:.])(?!return\b|void\b)[A-Za-z_$][\w$]{0,60}\(([^()]{1,500})\)")
_ARGUMENT = re.compile(r"\s*(?:'([^']{0,300})'|\"([^\"]{0,300})\"|(-?[\w.]{1,100}))\s*(?:,|$)")


def with_links(page: Page, template: str, zone: ZoneInfo) -> Page:
    """The page with an address in place of each script call that fills the template: {1} is its first argument."""
    changed = Page(page.url, page.content_type, page.text)
    for element in islice(changed.html.iter(etree.Element), _MOST):
        href = element.get("href") or ""
        script = f"{element.get('onclick') or ''} {href[11:] if href[:11].lower() == 'javascript:' else ''}".strip()
        if script and (url := filled(template, arguments_of(script), zone)):
            element.set("href", url)
            if element.get("onclick") is not None:
                del element.attrib["onclick"]
    return changed


def arguments_of(script: str) -> dict[str, str]:
    """The arguments of the first call by their places, from 1."""
    call = _CALL.search(script[:1000])
    if call is None:
        return {}
    found = _ARGUMENT.finditer(call[1])
    return {str(place): one[1] or one[2] or one[3] or "" for place, one in enumerate(found, start=1)}
