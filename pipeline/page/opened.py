"""A capture opened for reading: content encoding, charset, then HTML or JSON."""

import json
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from bs4.dammit import EncodingDetector
from lxml import etree
from parsel import Selector

from pipeline.model import Capture, Unreadable
from pipeline.page.flatten import LARGEST as LONGEST
from pipeline.page.flatten import flattened, lightened
from pipeline.page.scripts import inline_calls, write_links
from pipeline.values.urls import absolute

LARGEST = 64_000_000  # decoded bytes; a bigger one is a decompression bomb or no page (lessons.md 14)

_TASTE = 4_000_000  # decoded bytes after which it is looked at how they came about
_BOMB = 300  # pages of markup shrink to a tenth or a twentieth, blanks to a thousandth

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_NO_TEXT = bytes({*range(32)} - {*b"\t\n\v\f\r\x1b"})
_NOISE = 0.02  # share of such bytes above which nothing was written to be read
_STRAY = 20  # such bytes that a page may have by accident, however short it is


@dataclass(frozen=True)
class Page:
    """A capture's content as text, with lazily parsed HTML and JSON. `url` is where it was found."""

    url: str
    content_type: str
    text: str

    @cached_property
    def html(self) -> etree._Element:
        """The root element, without comments; links are what their scripts make them. Raises Unreadable when empty."""
        root = tree_of(self.text)
        write_links(root, self.text)
        inline_calls(root, self.text)
        return root

    @cached_property
    def select(self) -> Selector:
        """parsel's selector over the same tree, for a layout's CSS."""
        return Selector(root=self.html)

    @cached_property
    def base(self) -> str:
        """What relative links are relative to: <base href>, else (or where that is no address) the page's own."""
        for element in self.html.iter("base"):
            if href := (element.get("href") or "").strip():
                return absolute(self.url, href) or self.url
        return self.url

    @cached_property
    def is_json(self) -> bool:
        """True when the content parses as a JSON object or array, whatever its type header says."""
        return self.text.lstrip()[:1] in {"{", "["} and self.json is not None

    @cached_property
    def json(self) -> Any:
        return json_of(self.text)


# lxml stops at NUL, and refuses other C0 controls in some places: portals send both inside text.
_CONTROLS = bytes(32 if code < 32 and code not in b"\t\n\r" else code for code in range(256))

# Includes bring ends of their own: a browser reads on, libxml2 stops. No "-" in the tag, or a comment's end were one.
_ENDS = re.compile(r"</(?:body|html)(?:\s[^<>-]{0,200})?/?>", re.IGNORECASE)


def tree_of(text: str) -> etree._Element:
    """The root element of HTML text, without comments and instructions. Raises Unreadable when it is empty."""
    text = _ENDS.sub(" ", text)  # a blank, so that what stood on both sides makes no tag
    root, whole = _parsed(text)
    if whole:
        return root
    # libxml2 stops at 2,048 nested elements, and what it has by then is not the page.
    root, whole = _parsed(flattened(text))
    if not whole:
        raise Unreadable("elements are nested deeper than the parser goes")
    return root


def _parsed(text: str) -> tuple[etree._Element, bool]:
    """The root element, and whether the parser came to the end. Raises Unreadable when there is none."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace").translate(_CONTROLS), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"the HTML cannot be parsed: {error}") from None
    if root is None:
        raise Unreadable("the page is empty")
    last = parser.error_log.last_error
    return root, last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT


def json_of(text: str) -> Any:
    """The object or array that the text writes, None when it writes none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):  # nested deeper than the parser goes: nobody's answer
        return None
    return value if isinstance(value, dict | list) else None


def _joined(url: str, href: str) -> str:
    try:
        return urljoin(url, href)
    except ValueError:  # an address that no browser could use
        return url


def open_page(capture: Capture) -> Page:
    """The capture's content, decoded. Raises Unreadable for a body that is damaged, too large or not text."""
    content = lightened(decoded(capture.body, capture.header("content-encoding")))
    _refuse_noise(content)
    text = text_of(content, capture.header("content-type"))
    if len(text) > LONGEST:
        raise Unreadable(f"a page of {len(text)} characters is no page to read")
    return Page(capture.visit.url, capture.header("content-type"), text)


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
        wrapped = body[0] & 0x0F == 8 and not int.from_bytes(body[:2]) % 31  # RFC 1950; some send RFC 1951 bare
        return _bounded(body, 15 if wrapped else -15)
    raise Unreadable(f"content encoding {name!r} is not one that we asked for")


def _bounded(body: bytes, window: int) -> bytes:
    stream = zlib.decompressobj(window)
    try:
        content = stream.decompress(body, _TASTE)
        if stream.unconsumed_tail and len(content) > _BOMB * (len(body) - len(stream.unconsumed_tail)):
            raise Unreadable(f"the body unpacks to more than {_BOMB} times its length: a decompression bomb")
        if stream.unconsumed_tail:
            content += stream.decompress(stream.unconsumed_tail, LARGEST - _TASTE)
    except zlib.error as error:
        raise Unreadable(f"the compressed body is damaged: {error}") from None
    if stream.unconsumed_tail:
        raise Unreadable(f"the body unpacks to more than {LARGEST} bytes")
    if not stream.eof:
        raise Unreadable("the compressed body ends too early")
    return content


def text_of(content: bytes, content_type: str = "") -> str:
    """The text. Declarations are often wrong here: strict UTF-8, then GB18030 (libraries.md 6)."""
    return read_as(content, content_type)[0]


def read_as(content: bytes, content_type: str = "") -> tuple[str, str, int]:
    """The text, the charset that it was read in, and the bytes of a mark before it."""
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace"), name, len(bom)
    try:
        return content.decode(), "utf-8", 0
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", "replace")
    if _is_damaged_utf8(text):
        return text, "utf-8", 0
    name = "big5hkscs" if _declared(content, content_type).startswith("big5") else "gb18030"
    return content.decode(name, "replace"), name, 0


def _is_damaged_utf8(text: str) -> bool:
    """Whether nearly all that is not ASCII made sense as UTF-8: GBK read as UTF-8 is mostly replacement characters."""
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") * 10 <= foreign


def _declared(content: bytes, content_type: str) -> str:
    if found := _DECLARED.search(content_type):
        return found[1].lower()
    return (EncodingDetector.find_declared_encoding(content[:4096], is_html=True) or "").lower()


def _refuse_noise(content: bytes) -> None:
    if content.startswith(tuple(bom for bom, _ in _BOMS)):
        return
    noise = len(content) - len(content.translate(None, _NO_TEXT))
    if noise > max(_STRAY, _NOISE * len(content)):
        raise Unreadable(f"the body is no text: {noise} of its {len(content)} bytes are control characters")
