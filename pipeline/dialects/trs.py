"""TRS WCM: x/index.html, and page n is x/index_{n-1}.html; notices are x/yyyymm/tyyyymmdd_<id>.html."""

import re
from urllib.parse import urljoin

from pipeline.dialects._paging import Turn
from pipeline.listing.pager import called

ARTICLE = re.compile(r"/t\d{8}_\d+(?:_\d+)?\.s?html?(?:\?|$)")
_FILE = re.compile(r"/([\w.-]*?)(?:\.(s?html?|jsp))?$")
_NAME = re.compile(r"[\w-]+")


def page_url(turn: Turn, number: int) -> str | None:
    """Page n is <name>_{n-1}.<extension>, as the page's createPageHTML call names them, else as its address does."""
    address = turn.visit.url.partition("?")[0].partition("#")[0]
    found = _FILE.search(address[address.find("/", 8) :]) if address.find("/", 8) > 0 else None
    stem = (found[1] if found else "").removesuffix(f"_{turn.visit.page - 1}" if turn.visit.page > 1 else "")
    extension = (found[2] if found else "") or "html"
    call = called(turn.page.text)
    if call and _NAME.fullmatch(call[1]) and _NAME.fullmatch(call[2]):
        _, stem, extension = call
    return urljoin(address, f"{stem or 'index'}_{number - 1}.{extension}")
