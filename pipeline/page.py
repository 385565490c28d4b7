"""A capture opened for reading: content encoding, charset, then HTML or JSON."""

import json
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from bs4 import UnicodeDammit
from lxml import etree
from parsel import Selector

from pipeline.model import Capture, Unreadable

LARGEST = 64_000_000  # decoded bytes; a bigger one is a decompression bomb or no page (lessons.md 14)

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """A capture's content as text, with lazily parsed HTML and JSON. `url` is where it was found."""

    url: str
    content_type: str
    text: str

    @cached_property
    def html(self) -> etree._Element:
        """The root element; comments and processing instructions are gone. Raises Unreadable on an empty page."""
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        # lxml stops at NUL, and refuses other C0 controls in some places: portals send both inside text.
        clean = _CONTROLS.sub(" ", self.text)
        try:
            root = etree.fromstring(clean.encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError as error:
            raise Unreadable(f"the HTML cannot be parsed: {error}") from None
        if root is None:
            raise Unreadable("the page is empty")
        return root

    @cached_property
    def select(self) -> Selector:
        """parsel's selector over the same tree, for a layout's CSS."""
        return Selector(root=self.html)

    @cached_property
    def base(self) -> str:
        """What relative links are relative to: <base href>, else the page's own address."""
        for element in self.html.iter("base"):
            if href := (element.get("href") or "").strip():
                return urljoin(self.url, href)
        return self.url

    @cached_property
    def is_json(self) -> bool:
        """True when the content parses as a JSON object or array, whatever its type header says."""
        return self.text.lstrip()[:1] in {"{", "["} and self.json is not None

    @cached_property
    def json(self) -> Any:
        try:
            return json.loads(self.text)
        except ValueError:
            return None


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def open_page(capture: Capture) -> Page:
    """The capture's content, decoded. Raises Unreadable for a body that is damaged, too large or not text."""
    content = decoded(capture.body, capture.header("content-encoding"))
    return Page(capture.visit.url, capture.header("content-type"), text_of(content, capture.header("content-type")))


def decoded(body: bytes, encoding: str) -> bytes:
    """The body without its content encoding. Raises Unreadable on damage or a decompression bomb."""
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        body = _inflate(body, name)
    return body


def _inflate(body: bytes, name: str) -> bytes:
    if name == "identity" or not body:
        return body
    if name in {"gzip", "x-gzip"}:
        # Some portals declare gzip and send the page plain.
        return _bounded(body, 31) if body[:2] == b"\x1f\x8b" else body
    if name == "deflate":
        return _bounded(body, 15 if body[0] & 0x0F == 8 and not (body[0] << 8 | body[1]) % 31 else -15)
    raise Unreadable(f"content encoding {name!r} is not one that we asked for")


def _bounded(body: bytes, window: int) -> bytes:
    stream = zlib.decompressobj(window)
    try:
        content = stream.decompress(body, LARGEST)
    except zlib.error as error:
        raise Unreadable(f"the compressed body is damaged: {error}") from None
    if stream.unconsumed_tail:
        raise Unreadable(f"the body unpacks to more than {LARGEST} bytes")
    if not stream.eof:
        raise Unreadable("the compressed body ends too early")
    return content


def text_of(content: bytes, content_type: str = "") -> str:
    """The text. Declarations are often wrong here: strict UTF-8, then strict GB18030 (libraries.md 6), then the rest."""
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace")
    for name in ("utf-8", "gb18030"):
        if name == "gb18030" and _declares_big5(content, content_type):
            name = "big5hkscs"
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    declared = _declared(content, content_type)
    dammit = UnicodeDammit(content, [name for name in (declared, "utf-8") if name], is_html=True)
    return dammit.unicode_markup or content.decode("utf-8", "replace")


def _declared(content: bytes, content_type: str) -> str:
    found = _DECLARED.search(content_type.encode("latin-1", "replace")) or _DECLARED.search(content[:2048])
    return found[1].decode("ascii", "replace").lower() if found else ""


def _declares_big5(content: bytes, content_type: str) -> bool:
    return _declared(content, content_type).startswith("big5")
