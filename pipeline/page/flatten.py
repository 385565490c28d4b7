"""Markup brought into the shape that the parser takes: not deeper than it goes, without what only weighs."""

import re

DEEPEST = 500  # elements that are kept from the root on, and again from the innermost; libxml2 stops at 2,048
HEAVY = 2_000_000  # bytes from which on a page is looked through for what only weighs
LARGEST = 8_000_000  # characters of a page that can be read: parsed, one takes ten times its length in memory

# Elements whose end may be left out close each other and never pile up.
_ENDLESS = ("p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "html", "head", "body")
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
_LOOSE = frozenset((*_ENDLESS, *_VOID))
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})((?:[\s/][^<>]{0,2000})?)>")
_EMBEDDED = re.compile(rb"data:[a-z]{1,20}/[a-z0-9.+-]{1,40};base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)


def flattened(text: str) -> str:
    """The text without the tags of elements that lie deep and hold deep ones; the outermost and the innermost stay."""
    tags = [tag for tag in _TAG.finditer(text) if tag[2].lower() not in _LOOSE and not tag[3].endswith("/")]
    dropped = _in_the_middle([bool(tag[1]) for tag in tags])
    kept = []
    at = 0
    for tag, drop in zip(tags, dropped, strict=True):
        if drop:
            kept.append(text[at : tag.start()])
            at = tag.end()
    return "".join([*kept, text[at:]])


def _in_the_middle(closing: list[bool]) -> list[bool]:
    """For each tag, opening or closing, whether its element is as far from the root as from its own innermost."""
    pair = list(range(len(closing)))
    height = [0] * len(closing)
    depth = [0] * len(closing)
    open_ones: list[int] = []

    def close(at: int) -> None:
        element = pair[at] = open_ones.pop()
        if open_ones:
            height[open_ones[-1]] = max(height[open_ones[-1]], height[element] + 1)

    for at, closes in enumerate(closing):
        if not closes:
            depth[at] = len(open_ones)
            open_ones.append(at)
        elif open_ones:
            close(at)
    while open_ones:
        close(open_ones[-1])
    return [min(depth[element], height[element]) >= DEEPEST for element in pair]


def lightened(content: bytes) -> bytes:
    """A heavy page without the pictures that are written into it; any other page as it is."""
    return _EMBEDDED.sub(b"data:,", content) if len(content) > HEAVY else content
