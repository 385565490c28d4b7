"""The files that a page hangs on its text."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from pipeline.model import Attachment
from pipeline.page.element_names import CHROME
from pipeline.page.outline import ElementMark, Outline
from pipeline.values.text import squeeze

_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|7z|wps|et|dps|ofd|txt|csv|rtf|tif|tiff|dwg|gz|tar|ceb|xls[bm])$", re.IGNORECASE
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp)$", re.IGNORECASE)
_ENDPOINT = re.compile(
    r"/(?:\w*down(?:load)?(?:file|attach\w*)?|file_?down\w*|attachment\w*|attach|get_?file|downloadattachurl)"
    r"(?:\.(?:jspx?|do|action|ashx|aspx|php|html?))?(?:[/;]|$)",
    re.IGNORECASE,
)
# Most links are none; this tells without taking the address apart.
_PERHAPS = re.compile(r"\.\w{2,4}$|\.\w{2,4}[?#&;]|down|attach|file", re.IGNORECASE)
_PAGE = re.compile(r"\.[sj]?html?$|\.(?:com|cn|net|org|gov)/?$", re.IGNORECASE)
_LONGEST_ADDRESS, _LONGEST_NAME = 2_000, 300  # characters


def attachments_in(outline: Outline, base: str, start: int) -> tuple[Attachment, ...]:
    """The files linked from line `start` on outside navigation, each once, in order."""
    found: dict[str, Attachment] = {}
    for link in outline.links:
        if link.line < start or _in_chrome(link, outline):
            continue
        if (attachment := attachment_of(link.element, base)) and attachment.url not in found:
            found[attachment.url] = attachment
    return tuple(found.values())


def _in_chrome(link: ElementMark, outline: Outline) -> bool:
    return link.node >= 0 and bool(outline.nodes[link.node].marks & CHROME)


def attachment_of(link: etree._Element, base: str) -> Attachment | None:
    """The file that a link leads to, None when it leads to a page."""
    href = (link.get("href") or "").strip()
    if not href or _PAGE.search(href) or not _PERHAPS.search(href):
        return None
    text = squeeze("".join(_some(link.itertext(), _LONGEST_NAME)))
    return file_at(href, base, text, link.get("title") or "")


def file_at(href: str, base: str, text: str, title: str = "") -> Attachment | None:
    """The file at an address, None when the address is a page's or none at all."""
    if len(href) > _LONGEST_ADDRESS:
        return None
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return None  # http://[x
    if parts.scheme not in {"http", "https"} or not _leads_to_a_file(parts.path, parts.query, text):
        return None
    name = text or squeeze(title) or unquote(parts.path.rsplit("/", 1)[-1])
    return Attachment(url, name[:_LONGEST_NAME])


def _leads_to_a_file(path: str, query: str, text: str) -> bool:
    if _FILE.search(path) or _FILE.search(query):
        return True
    # A picture is an attachment when it is offered by name, not shown.
    if _PICTURE.search(path):
        return bool(_PICTURE.search(text) or "附" in text)
    return bool(_ENDPOINT.search(path) and (query or path[-1].isdigit() or _FILE.search(text)))


def _some(pieces: Iterable[str | bytes], enough: int) -> Iterable[str]:
    size = 0
    for piece in pieces:
        yield str(piece)
        size += len(piece)
        if size > enough:
            return
