"""Links as pages carry them: in href, in onclick, in a script call."""

import re
from itertools import islice

from lxml import etree

from pipeline.values.text import squeeze
from pipeline.values.urls import absolute

# window.open('/a/1.jhtml'), location.href='…', openPage("…", 800): the first quoted text that looks like an address.
_QUOTED = re.compile(r"""['"]\s*([^'"<>{}\s+]{1,500})\s*['"]""")
_ADDRESS = re.compile(r"[/?]|^\w[\w-]*\.(?:s?html?|jhtml|jspx?|aspx?|do|action|php)\b", re.IGNORECASE)


def target_of(element: etree._Element, base: str) -> str | None:
    """The address that a click on the element leads to, None when it leads nowhere."""
    href = (element.get("href") or "").strip()
    if url := absolute(base, href):
        return url
    called = href if href[:11].lower() == "javascript:" else ""
    return _called(called, base) or _called(element.get("onclick") or "", base)


def _called(script: str, base: str) -> str | None:
    for quoted in _QUOTED.finditer(script[:1000]):
        if _ADDRESS.search(quoted[1]):
            return absolute(base, quoted[1])
    return None


def words_of(element: etree._Element) -> str:
    """The element's text with single spaces; what hostile nesting would make endless is cut."""
    return squeeze("".join(pieces(element)))


def pieces(element: etree._Element, most: int = 2000) -> list[str]:
    """The element's text nodes in reading order: at most 300, with at most so many characters together."""
    if not len(element):
        return [(element.text or "")[:most]]
    texts = []
    for text in islice(element.itertext(), 300):
        texts.append(str(text)[:most])
        most -= len(text)
        if most <= 0:
            break
    return texts
