"""The lists in a JSON answer, each with what the answer says of its length."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.model import Stated
from pipeline.page.opened import json_of

_MOST = 200_000  # values of an answer that are looked at; a page of 100 rows of 60 fields has 6,000
_WIDEST = 200  # fields of one row
_LONGEST_ROWS = 5000  # of one answer
_OPENING = frozenset("{[")
_DEEPEST_TEXT = 3  # answers written into a field of another, which is written into a field of another

# Names without _ and - in lower case.
_TOTALS = frozenset(
    (
        *("total", "totalcount", "totalrecord", "totalrecords", "totalelements", "totalnum", "totalrow", "totalrows"),
        *("recordstotal", "recordcount", "recordtotal", "totalsize", "totalcnt", "allcount", "totalitems", "totalitem"),
        *("count", "rowcount", "itemcount", "datacount", "recordnum", "countnum"),
    )
)
# What may as well count the rows of this page alone.
_DOUBTFUL = frozenset(("rowcount", "count", "itemcount", "datacount", "recordnum", "countnum"))
_PAGES = frozenset(
    ("pages", "totalpage", "totalpages", "pagecount", "totalpagecount", "pagetotal", "totalpagenum", "countpage")
)
_SIZES = frozenset(("pagesize", "size", "limit", "rn", "perpage", "pagerows", "pagerecord"))


@dataclass(frozen=True, slots=True)
class JsonList:
    """A list of objects: where it stands, its rows as flat texts, the objects around it from the inside outwards."""

    path: str
    rows: tuple[dict[str, str], ...]
    around: tuple[Mapping[str, Any], ...]


def plain(name: str) -> str:
    """A field's name as it is compared: page_size, pageSize and PAGESIZE are one."""
    return name.replace("_", "").replace("-", "").lower()


def lists_in(answer: Any) -> Iterator[JsonList]:
    """The lists that hold objects or nothing, in the answer's order, without recursion."""
    waiting: list[tuple[str, Any, tuple[Mapping[str, Any], ...], int]] = [("", answer, (), 0)]
    taken = 0
    while waiting and taken < _MOST:
        path, value, around, texts = waiting.pop()
        taken += 1
        if isinstance(value, str) and value[:1] in _OPENING and texts < _DEEPEST_TEXT:
            value, texts = json_of(value), texts + 1
        if isinstance(value, dict):
            inner = (value, *around[:8])
            waiting.extend(
                (f"{path}.{name}".lstrip("."), one, inner, texts)
                for name, one in reversed(list(value.items())[:_WIDEST])
                if isinstance(one, dict | list) or (isinstance(one, str) and one[:1] in _OPENING)
            )
        elif isinstance(value, list):
            objects = [one for one in value[:_LONGEST_ROWS] if isinstance(one, dict)]
            if objects or not value:
                yield JsonList(path, tuple(map(flat, objects)), around)
            waiting.extend((path, one, around, texts) for one in reversed(objects[:50]))
            taken += len(objects) * 5


def flat(row: Mapping[str, Any]) -> dict[str, str]:
    """The row's texts and numbers; those of an object inside it (_source, data) stand after its own."""
    fields: dict[str, str] = {}
    for name, value in list(row.items())[:_WIDEST]:
        if (text := _text(value)) is not None:
            fields[str(name)] = text
    for value in list(row.values())[:_WIDEST]:
        if isinstance(value, dict):
            for name, inner in list(value.items())[:_WIDEST]:
                if (text := _text(inner)) is not None:
                    fields.setdefault(str(name), text)
    return fields


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    return "" if value is None else None


def stated_around(one: JsonList) -> Stated:
    """Total and pages as the objects around the list state them, the nearest first.

    A count that equals the rows of this page says nothing of the list unless it is called a total.
    """
    total = pages = None
    for owner in one.around:
        numbers = {plain(str(name)): number for name, value in owner.items() if (number := _count(value)) is not None}
        if total is None and pages is None and {"records", "total"} <= numbers.keys():
            return Stated(numbers["records"], numbers["total"])  # jqGrid: total counts pages
        if total is None:
            total = next(
                (
                    number
                    for name, number in numbers.items()
                    if name in _TOTALS and not (name in _DOUBTFUL and number == len(one.rows) > 0)
                ),
                None,
            )
        if pages is None:
            pages = next((number for name, number in numbers.items() if name in _PAGES), None)
    return Stated(total, pages)


def size_around(one: JsonList) -> int | None:
    """Rows of a page as the answer states them."""
    for owner in one.around:
        for name, value in owner.items():
            if plain(str(name)) in _SIZES and (number := _count(value)):
                return number
    return None


def _count(value: Any) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 <= value < 10**9 else None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return None
