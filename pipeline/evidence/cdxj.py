"""Lines of a CDXJ index, as WACZ files carry one: sortable address, 14-digit time, JSON of where the record is."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

_LONGEST = 4096  # characters of what was posted; cdxj-indexer cuts there, too
_DEFAULT_PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True, slots=True)
class Indexed:
    """One record of a WARC file as an index names it."""

    url: str  # as in WARC-Target-URI: ASCII
    date: str  # WARC-Date
    mime: str
    status: str
    digest: str  # WARC-Payload-Digest
    filename: str
    offset: int
    length: int
    posted: str = ""  # what a POST carried, form-encoded; "" for a GET


def sort_key(url: str) -> str:
    """The address from its host's last label on, in lower case and with its parameters in order (SURT).

    As warcio.js makes it, whose replayweb.page looks pages up by it.
    """
    try:
        parts = urlsplit(url.lower())
        port = str(parts.port or "")
    except ValueError:
        return url.lower()
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url.lower()
    host = parts.hostname
    labels = host.split(".")
    if len(labels) > 2 and labels[0].startswith("www") and (len(labels[0]) == 3 or labels[0][3:].isdigit()):
        labels = labels[1:]
    shown = f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else ""
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{','.join(reversed(labels))}{shown}){parts.path or '/'}{query}"


def index_line(one: Indexed) -> str:
    """The line without its end; several of them in order are an index."""
    address = one.url
    said = {"url": one.url, "mime": one.mime, "status": one.status, "digest": one.digest}
    said |= {"length": str(one.length), "offset": str(one.offset), "filename": one.filename}
    if one.posted:
        address += ("&" if "?" in address else "?") + "__wb_method=POST&" + one.posted
        said |= {"method": "POST", "requestBody": one.posted}
    return f"{sort_key(address)} {moment(one.date)} {json.dumps(said)}"


def moment(date: str) -> str:
    """The 14 digits of a WARC date, to the second."""
    return "".join(filter(str.isdigit, date))[:14]


def posted_words(form: Iterable[Iterable[str]] | None, text: str) -> str:
    """What a visit posted, a form or JSON, as an index carries it, form-encoded; "" for a GET.

    As cdxj-indexer flattens JSON: the innermost names with their values, a name that comes again with its number.
    """
    if form is not None:
        pairs: list[tuple[str | bytes, object]] = [(name, value) for name, value in form]
        return urlencode(pairs, errors="replace")[:_LONGEST] or "_="
    if not text:
        return ""
    try:
        leaves = list(_leaves(json.loads(text)))
    except (ValueError, RecursionError):
        return "_="
    met: dict[str, int] = {}
    pairs = []
    for name, value in leaves:
        met[name] = met.get(name, 0) + 1
        pairs.append((name if met[name] == 1 else f"{name}.{met[name]}_", value))
    return urlencode(pairs, errors="replace")[:_LONGEST] or "_="


def _leaves(said: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(said, dict):
        for inner, value in said.items():
            yield from _leaves(value, inner)
    elif isinstance(said, list):
        for value in said:
            yield from _leaves(value, name)
    elif name:
        yield name, str(said)
