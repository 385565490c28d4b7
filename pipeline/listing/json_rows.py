"""The rows of a JSON list answer, found by shape: objects with a title and with a date, an address or an id."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from re import Pattern
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from pipeline.listing.json_lists import JsonList, lists_in, plain, size_around, stated_around
from pipeline.model import Stated, Unreadable
from pipeline.page.links import target_of, words_of
from pipeline.page.opened import tree_of
from pipeline.values.dates import read_date
from pipeline.values.text import squeeze, visible

# Field names without _ and - in lower case; earlier patterns are surer.
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:title|headline|subject|biaoti|bt)$",
        r"^(?:notice|bulletin|info|article|doc|news|gonggao|announcement|gg|content)(?:title|name)s?$",
        r"titles?\d?$|ggmc$",
        r"^(?:tender)?project(?:name)?$|xmmc$|(?:project|section|xiangmu|biaoduan)name$|^name$",
    )
)
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:show|display|infodatepx)(?:date|time)?(?:str|format)?$",
        r"^(?:str)?(?:publish|pub|release|issue|fabu|fb|bulletin|notice|announce|gg)[a-z]*(?:time|date|day|rq|sj|shijian|riqi|str)[a-z]*$",
        r"^(?:web|post|info|send|input|add|online|receive)(?:time|date)[a-z]*$|^(?:tm|time|date|rq|sj|riqi|day)$",
        r"^(?:create|created|gmtcreate|insert|syn|sync)[a-z]*(?:time|date|at)[a-z]*$|(?:time|date|riqi|shijian)$",
    )
)
# A deadline, an opening, a change say nothing of publication.
_OTHER_DAYS = re.compile(
    r"(?<!s)end|dead|close|stop|expir|jiezhi|jieshu|jzsj|open|kaibiao|kbsj|update|modif|valid|until|begin"
)
_LINKS = re.compile(r"url$|link$|^link|href$|^href|address$|path$|^url|detail|page$")
_NO_LINKS = re.compile(r"img|image|pic|photo|logo|icon|thumb|file|attach|download|video|source|home|site|api|cover")
_ADDRESS = re.compile(r"(?:https?:)?//\S+|[\w.?/=&%#!;:,@+~$*()-]{0,2000}")
_LEADS_ON = re.compile(r"^(?:https?:)?//|^[./#]|\.(?:s?html?|jhtml|aspx?|jsp|do|action|php)\b", re.IGNORECASE)
_IDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:id|guid|uuid)$",
        r"^(?:info|article|notice|news|bulletin|content|doc|manuscript|gonggao|row|data|announcement|publish)(?:id|guid|uuid)$",
        r"(?:id|guid|uuid)$",
        r"(?:code|bianhao|number|bh|no)$",
    )
)
_NO_IDS = re.compile(
    r"user|categ|site|channel|parent|type|area|region|city|dept|org|creat|unit|plat|class|status|section"
)
_LABELS = re.compile(
    r"(?:categ\w*|informationtype|noticetype|bulletintype|infotype|stage)(?:name|text)$|^type(?:name|text)?$"
)
_SUMMARIES = re.compile(r"content|summary|abstract|html|body|detail|remark|intro")
_FEW = 4  # characters of the shortest title: 中标公告
_LONGEST_TITLE, _LONGEST_VALUE = 500, 20_000
_TAG = re.compile(r"<[a-zA-Z/!]")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?|/Date\(\d{1,14}\S{0,6}\)/")
_CUT = re.compile(r"(?:…+|\.{2,}|⋯)$")
_ROOT = "http://a.invalid/"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LIST_NAMES = frozenset(("rows", "records", "list", "data", "table", "items", "obj", "result", "content", "datalist"))


@dataclass(frozen=True, slots=True)
class Columns:
    """Which fields of the rows hold what; in the order in which they are asked, () where nothing does."""

    titles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JsonRow:
    """A row as the portal's own page would show it; `href` as written, "" when it has none."""

    title: str
    published: str
    href: str
    id: str
    label: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JsonRows:
    """The rows of an answer and what it says of its list."""

    rows: tuple[JsonRow, ...]
    stated: Stated
    size: int | None  # rows of a page, as the answer states them


def rows_of_json(answer: Any, told: Mapping[str, str], zone: ZoneInfo) -> JsonRows:
    """The answer's list of notices; `told` names fields (title, date, id) and the list's place (rows).

    Raises Unreadable when no list is one of notices and none is an empty one.
    """
    found = [one for one in lists_in(answer) if "rows" not in told or one.path == told["rows"]]
    scored = [(one, columns) for one in found if one.rows and (columns := columns_of(one.rows, told)) is not None]
    if scored:
        chosen, columns = max(scored, key=_likeness)
        rows = tuple(row for fields in chosen.rows if (row := _row(fields, columns, zone)).title)
        return JsonRows(rows, stated_around(chosen), size_around(chosen))
    empty = [one for one in found if not one.rows and _is_named_list(one, told)]
    if not empty or any(stated_around(one).total for one in found if one.rows):
        raise Unreadable(_silence(answer))
    return JsonRows((), stated_around(empty[0]), None)


def _is_named_list(one: JsonList, told: Mapping[str, str]) -> bool:
    return "rows" in told or one.path == "" or plain(one.path.rpartition(".")[2]) in _LIST_NAMES


def _silence(answer: Any) -> str:
    said = next(
        (
            squeeze(value)[:100]
            for name, value in (answer.items() if isinstance(answer, dict) else ())
            if plain(str(name)) in {"msg", "message", "info", "error", "errmsg"} and isinstance(value, str)
        ),
        "",
    )
    return f"the JSON answer has no list of notices{f'; it says: {said}' if said else ''}"


def _likeness(scored: tuple[JsonList, Columns]) -> tuple[int, int]:
    one, columns = scored
    told = bool(columns.dates) * 2 + bool(columns.links) + bool(columns.ids)
    return told, len(one.rows)


def columns_of(rows: Sequence[Mapping[str, str]], told: Mapping[str, str]) -> Columns | None:
    """What the fields of the rows hold, None when these are no rows of notices."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = {name: [row.get(name, "")[:_LONGEST_VALUE] for row in rows] for name in names}
    links = tuple(name for name in names if _are_links(name, cells[name]))
    titles = _named(told.get("title"), names) or _titles(names, cells)
    dates = _named(told.get("date"), names) or _dates(names, cells)
    ids = _named(told.get("id"), names) or _by_pattern(names, _IDS, lambda name: _are_ids(name, cells[name]))
    labels = tuple(name for name in names if _LABELS.search(plain(name)) and _are_labels(cells[name]))
    titles = tuple(name for name in titles if name not in labels[:1] or name == told.get("title"))
    if not titles or not (dates or links or ids):
        return None
    return Columns(titles, dates, links, ids, labels)


def _named(name: str | None, names: Sequence[str]) -> tuple[str, ...]:
    return (name,) if name is not None and name in names else ()


def _by_pattern(names: Sequence[str], patterns: Sequence[Pattern[str]], fits: Callable[[str], bool]) -> tuple[str, ...]:
    """The names that a pattern finds and that fit, the surest pattern's first."""
    found = (name for pattern in patterns for name in names if pattern.search(plain(name)))
    return tuple(name for name in dict.fromkeys(found) if fits(name))


def _titles(names: Sequence[str], cells: Mapping[str, list[str]]) -> tuple[str, ...]:
    named = _by_pattern(names, _TITLES, lambda name: _mostly(cells[name], _is_title))
    if named:
        return named
    worded = [name for name in names if not _SUMMARIES.search(plain(name)) and _mostly(cells[name], _is_wordy)]
    return tuple(sorted(worded, key=lambda name: -len(set(cells[name])) * sum(map(len, cells[name])))[:1])


def _dates(names: Sequence[str], cells: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The fields of publication; of two that are equally sure, the one that is written for people first."""
    fit = [name for name in names if not _OTHER_DAYS.search(plain(name)) and _mostly(cells[name], _is_day)]
    written = [name for name in fit if not _mostly(cells[name], _is_epoch)]
    ordered = [
        name
        for patterns in (_DATES[:-1], _DATES[-1:])
        for group in (written, fit)
        for pattern in patterns
        for name in group
        if pattern.search(plain(name))
    ]
    return tuple(dict.fromkeys(ordered))


def _mostly(values: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return sum(map(fits, values)) * 2 > len(values)


def _is_title(value: str) -> bool:
    return _FEW <= len(value) <= _LONGEST_VALUE and not value.isdigit()


def _is_wordy(value: str) -> bool:
    return 8 <= len(value) <= _LONGEST_TITLE and _CHINESE.search(value) is not None


def _is_epoch(value: str) -> bool:
    return _EPOCH.fullmatch(value[:40]) is not None


def _is_day(value: str) -> bool:
    return 8 <= len(value) <= 40 and any(map(str.isdigit, value[:20]))


def _are_links(name: str, values: Sequence[str]) -> bool:
    """Addresses, of which each row has its own; a row may have none."""
    key = plain(name)
    if not _LINKS.search(key) or _NO_LINKS.search(key):
        return False
    filled = [value for value in values if value]
    given = [value for value in filled if _ADDRESS.fullmatch(value) and _LEADS_ON.search(value)]
    return len(given) * 2 > len(filled) and len(set(given)) * 2 > len(given)


def _are_ids(name: str, values: Sequence[str]) -> bool:
    """Values of which no two rows have the same; a row may have none."""
    given = [value for value in values if value]
    return bool(given) and _NO_IDS.search(plain(name)) is None and len(set(given)) == len(given)


def _are_labels(values: Sequence[str]) -> bool:
    return _mostly(values, lambda value: 2 <= len(value) <= 14 and _CHINESE.search(value) is not None)


def _row(fields: Mapping[str, str], columns: Columns, zone: ZoneInfo) -> JsonRow:
    title, href = "", ""
    for name in columns.titles:
        title, href = _cleaned(fields.get(name, ""))
        if title:
            break
    links = (value for name in columns.links if (value := fields.get(name, "")))
    published = (written for name in columns.dates if (written := _written(fields.get(name, ""), zone)))
    return JsonRow(
        title=title,
        published=next(published, ""),
        href=next(links, href),
        id=next((value for name in columns.ids if (value := fields.get(name, ""))), ""),
        label=next((value for name in columns.labels if (value := _cleaned(fields.get(name, ""))[0])), ""),
        fields=fields,
    )


def _cleaned(value: str) -> tuple[str, str]:
    """A title without its markup (<em>, <font>, a whole link), and the address that the link has."""
    value = value[:_LONGEST_VALUE]
    if "<" not in value and "&" not in value:
        return squeeze(value)[:_LONGEST_TITLE], ""
    if not _TAG.search(value):
        return squeeze(unescape(value))[:_LONGEST_TITLE], ""
    try:
        root = tree_of(f"<div>{value}</div>")
    except Unreadable:
        return "", ""
    link = next((one for one in root.iter("a", "span", "p") if one.get("href") or one.get("onclick")), None)
    words = visible(words_of(root))
    if link is None:
        return words[:_LONGEST_TITLE], ""
    given = squeeze(link.get("title") or "")
    whole = given if _CUT.search(words) and given.startswith(_CUT.sub("", words)) else words
    return (whole or given)[:_LONGEST_TITLE], _href(link)


def _href(link: etree._Element) -> str:
    """The link's address as written, else the one that its script opens, from the portal's root."""
    target = target_of(link, _ROOT)
    written = (link.get("href") or "").strip()
    if target is None:
        return ""
    return target.removeprefix(_ROOT[:-1]) if not written or written[:11].lower() == "javascript:" else written


def _written(value: str, zone: ZoneInfo) -> str:
    """A date as people read it: an epoch in the portal's own time."""
    value = squeeze(value)[:60]
    when = read_date(value, zone) if _is_epoch(value) else None
    if when is None:
        return value
    local = when.moment.astimezone(zone)
    return f"{local:%Y-%m-%d}" if when.precision == "day" else f"{local:%Y-%m-%d %H:%M:%S}"
