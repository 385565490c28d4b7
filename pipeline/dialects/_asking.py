"""How a channel whose list comes as JSON is asked for its pages: by GET, a posted form or posted JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.model import Channel, Kind, Source, Unreadable, Visit
from pipeline.page.opened import json_of

MOST_PARAMETERS = 100
_DEEPEST = 3

# Parameter names without _ and - in lower case: what front ends call the page's number, the first row, the page's size.
PAGE_NAMES = frozenset(
    ("page", "pageno", "pagenum", "pageindex", "currentpage", "currpage", "curpage", "current", "pagenumber", "pagenow")
)
ROW_NAMES = frozenset(("pn", "start", "offset", "skip", "startindex", "startrow", "startrecord"))
SIZE_NAMES = frozenset(("size", "pagesize", "limit", "rows", "rn", "perpage", "length", "pagerows"))


def told_of(source: Source, visit: Visit) -> dict[str, str]:
    """What the source file tells the dialect about the visit's channel."""
    channel = source.channel(visit.channel)
    return dict(channel.params) if channel else {}


def first_request(source: Source, channel: Channel, body: str = "") -> Visit:
    """The channel's first page as its params describe it; `body`: what is posted when they do not say."""
    told = dict(channel.params)
    visit = Visit(source.key, channel.key, Kind.LISTING, channel.url)
    method = told.get("method", "").upper()
    if "form" in told or method == "FORM":
        form = tuple(parse_qsl(told.get("form", ""), keep_blank_values=True, max_num_fields=MOST_PARAMETERS))
        return replace(visit, form=form)
    if told.get("body") or method == "POST" or (body and method != "GET"):
        return replace(visit, json=told.get("body") or body or "{}")
    return visit


def number_in(visit: Visit, names: frozenset[str], told: str = "") -> tuple[str, int] | None:
    """The parameter of the request that is called one of the names (or `told`), and its value."""
    for path, value in _parameters(visit):
        name = path.rpartition(".")[2]
        fits = told in {path, name} if told else name.replace("_", "").replace("-", "").lower() in names
        if fits and (number := _number(value)) is not None:
            return path, number
    return None


def asking_for(visit: Visit, path: str, number: int) -> Visit:
    """The visit with another value of one parameter, wherever the request carries it."""
    if visit.json:
        return replace(visit, json=with_value(visit.json, lambda body: _put(body, path, number)))
    if visit.form is not None and (path in dict(visit.form) or path not in dict(_query(visit.url))):
        return replace(visit, form=_changed(visit.form, path, number))
    parts = urlsplit(visit.url)
    query = urlencode(_changed(tuple(_query(visit.url)), path, number))
    return replace(visit, url=urlunsplit(parts._replace(query=query)))


def with_value(text: str, change: Callable[[dict[str, Any]], None]) -> str:
    """The JSON object that the text writes, changed and written again."""
    body = json_of(text)
    if not isinstance(body, dict):
        raise Unreadable("what the list is asked with is no JSON object")
    change(body)
    return json.dumps(body, ensure_ascii=False)


def _parameters(visit: Visit) -> list[tuple[str, Any]]:
    """Every parameter of the request: those of its body or form, then those of its address."""
    posted: list[tuple[str, Any]] = []
    if visit.json and isinstance(body := json_of(visit.json), dict):
        posted = _in_body(body)
    return [*posted, *(visit.form or ()), *_query(visit.url)]


def _in_body(body: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The scalars of a JSON object by their path, the outer ones first."""
    found: list[tuple[str, Any]] = []
    level: list[tuple[str, Mapping[str, Any]]] = [("", body)]
    for _ in range(_DEEPEST):
        inner: list[tuple[str, Mapping[str, Any]]] = []
        for path, owner in level:
            for name, value in list(owner.items())[:MOST_PARAMETERS]:
                at = f"{path}.{name}" if path else str(name)
                if isinstance(value, dict):
                    inner.append((at, value))
                else:
                    found.append((at, value))
        level = inner[:MOST_PARAMETERS]
    return found


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return []


def _number(value: Any) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 <= value < 10**9 else None
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10 else None


def _changed(pairs: tuple[tuple[str, str], ...], name: str, number: int) -> tuple[tuple[str, str], ...]:
    if name not in dict(pairs):
        return (*pairs, (name, str(number)))
    return tuple((key, str(number) if key == name else value) for key, value in pairs)


def _put(body: dict[str, Any], path: str, number: int) -> None:
    *way, name = path.split(".")
    for step in way:
        inner = body.setdefault(step, {})
        if not isinstance(inner, dict):
            raise Unreadable(f"what the list is asked with has no place for {path}")
        body = inner
    body[name] = str(number) if isinstance(body.get(name), str) else number
