"""The HTTP messages inside WARC records: replay tools can serve them, and a capture comes back unchanged."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import quote, urlencode, urlsplit

from pipeline.model import Visit
from storage.archive.warc import Broken

Headers = tuple[tuple[str, str], ...]

# Replay tools undo neither transfer encoding nor a wrong length; warcio and pywb keep the original header like this.
ORIGINAL = "X-Archive-Orig-"

_REASONS = {status.value: status.phrase for status in HTTPStatus}
_TOKEN = "!#$&'*+.^_`|~-"  # RFC 9110 5.6.2, with letters and digits; without % which escapes here
_ODD_NAME = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_ODD_VALUE = re.compile(r"[^\t\x20-\x7e\x80-\xff]")
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F))).replace("%", "")
_NOT_IN_URI = re.compile(r"[^!#-;=?-\[\]_a-z~]")  # RFC 3986, and the % of what is escaped already


def escaped(text: str) -> str:
    """The text on one line of printable ASCII."""
    return quote(text, _PRINTABLE, errors="replace")


def uri_of(url: str) -> str:
    """The address with everything percent-escaped that no URI may contain."""
    return _NOT_IN_URI.sub(lambda found: quote(found[0], "", errors="replace"), url)


def response_head(status: int, headers: Headers, size: int) -> tuple[bytes, list[tuple[int, str, str]]]:
    """Status line and headers of a body of that size; by number the headers that HTTP could only carry escaped."""
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, '')}"]
    odd = []
    for number, (name, value) in enumerate(headers):
        if not name or _ODD_NAME.search(name) or _ODD_VALUE.search(value):
            odd.append((number, name, value))
            lines += _lines(quote(name, _TOKEN, errors="replace") or "_", escaped(value), size)
        else:
            lines += _lines(name, value, size)
    return "\r\n".join([*lines, "", ""]).encode("latin-1"), odd


def _lines(name: str, value: str, size: int) -> list[str]:
    lower = name.lower()
    if lower == "content-length" and value != str(size):
        return [f"{ORIGINAL}{name}: {value}", f"Content-Length: {size}"]
    if lower == "transfer-encoding" or name.startswith(ORIGINAL):
        return [f"{ORIGINAL}{name}: {value}"]
    return [f"{name}: {value}"]


def response_in(block: bytes, odd: Sequence[tuple[int, str, str]]) -> tuple[int, Headers, bytes]:
    """Status, headers and body as they were received. Raises Broken."""
    head, end, body = block.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    version, _, status = first.partition(" ")
    code = status.partition(" ")[0]
    if not end or not version.startswith("HTTP/") or not (code.isascii() and code.isdigit()):
        raise Broken("the block is not an HTTP response")
    headers = _headers_in(lines)
    for number, name, value in odd:
        if not 0 <= number < len(headers):
            raise Broken(f"there is no header {number}")
        headers[number] = (name, value)
    return int(code), tuple(headers), body


def _headers_in(lines: list[str]) -> list[tuple[str, str]]:
    headers = []
    length_follows = False  # ours, after the original one
    for line in lines:
        if length_follows:
            length_follows = False
            continue
        name, _, value = line.partition(": ")
        if name.startswith(ORIGINAL):
            name = name.removeprefix(ORIGINAL)
            length_follows = name.lower() == "content-length"
        headers.append((name, value))
    return headers


def request_block(uri: str, user_agent: str, visit: Visit) -> tuple[bytes, bytes]:
    """Head and body of the request as far as a visit knows it: method, path, host, who asks, what is posted."""
    form = visit.form
    try:
        parts = urlsplit(uri)
    except ValueError:  # a bracketed host that is no address
        parts = urlsplit("")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    is_get = form is None and not visit.json
    lines = [f"{'GET' if is_get else 'POST'} {path} HTTP/1.1", f"Host: {parts.netloc.rpartition('@')[2]}"]
    if user_agent:
        lines.append(f"User-Agent: {user_agent}")
    body = visit.json.encode("utf-8", "replace")
    if form is not None:
        body = urlencode(form, errors="replace").encode("ascii")
    if not is_get:
        kind = "application/json" if form is None else "application/x-www-form-urlencoded"
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("ascii"), body
