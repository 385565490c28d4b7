"""JEECMS: x/index.jhtml, x/index_2.jhtml … (or x.jhtml, x_2.jhtml); notices are x/<id>.jhtml."""

import re

from pipeline.dialects._paging import Turn

ARTICLE = re.compile(r"/\d+(?:_\d+)?\.jhtml(?:[;?]|$)")
_FILE = re.compile(r"([^/]*)\.(\w+)$")


def page_url(turn: Turn, number: int) -> str | None:
    """Page n has _n before its extension; a folder's page is index.jhtml."""
    address, mark, query = turn.visit.url.partition("?")
    address = address.partition(";")[0].partition("#")[0]
    found = _FILE.search(address[address.find("/", 8) :]) if address.find("/", 8) > 0 else None
    if found is None:
        return f"{address.rstrip('/')}/index_{number}.jhtml{mark}{query}"
    stem = found[1].removesuffix(f"_{turn.visit.page}") if turn.visit.page > 1 else found[1]
    return f"{address[: -len(found[0])]}{stem}_{number}.{found[2]}{mark}{query}"
