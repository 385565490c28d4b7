"""A source file's text turned into a Source, or into complaints that a person who is no programmer can act on."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import SelectorError
from parsel.csstranslator import HTMLTranslator

from pipeline.dialects import DIALECTS
from pipeline.model import Bucket, Channel, Expect, Layout, Manners, NoticeType, Source
from pipeline.source.lines import line_complaints, line_of
from pipeline.source.params import complaints_about

KEY_OF_SOURCE = "letters, digits, _ or - (for example xizang_zjt.toml)"

OCID_PREFIX = re.compile(r"ocds-[a-z0-9]{6}")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


class SourceError(Exception):
    """A source file that cannot be used; the message has one line for everything that is wrong in it."""


@dataclass(frozen=True, slots=True)
class _Key:
    """What may stand under one key of a table."""

    right: str  # what would be right, with an example
    fits: Callable[[Any], bool]
    required: bool = False


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _any_text(value: Any) -> bool:
    return isinstance(value, str)


def _selector(value: Any) -> bool:
    """Empty, or CSS that parsel can turn into XPath."""
    try:
        return isinstance(value, str) and (not value or bool(HTMLTranslator().css_to_xpath(value)))
    except SelectorError:
        return False


def _written_as(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _one_or_more(value: Any) -> bool:
    return _whole(value) and value >= 1


def _yes_no(value: Any) -> bool:
    return isinstance(value, bool)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(_text(part) for part in value)


def _day(value: Any) -> bool:
    return isinstance(value, date)


def _address(value: Any) -> bool:
    if not _text(value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _zone(value: Any) -> bool:
    try:
        return _text(value) and bool(ZoneInfo(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _table(value: Any) -> bool:
    return isinstance(value, dict)


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, dict) for part in value)


def _share(value: Any) -> bool:
    return _number(value) and value <= 1


def _one_of(names: Mapping[str, object] | list[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in names


_BUCKETS = [bucket.value for bucket in Bucket]
_TYPES = [kind.value for kind in NoticeType]

_TOP = {
    "name": _Key('the portal\'s name, for example name = "西藏自治区建设网"', _text, True),
    "home": _Key('its address with http:// or https://, for example home = "http://www.xzcs.gov.cn/"', _address, True),
    "dialect": _Key(f"one of: {', '.join(sorted(DIALECTS))}", _one_of(DIALECTS), True),
    "channels": _Key("at least one [[channels]] table with key, name, path and bucket", _tables, True),
    "timezone": _Key('a time zone, for example timezone = "Asia/Shanghai"', _zone),
    "hosts": _Key('further host names of the portal, for example hosts = ["zjt.xizang.gov.cn"]', _texts),
    "layouts": _Key("[[layouts]] tables", _tables),
    "lines": _Key("[[lines]] tables of the office's report, with key, name and what they count", _tables),
    "labels": _Key('a [labels] table, for example "中标公示" = "award_notice_unspecified"', _table),
    "manners": _Key("a [manners] table", _table),
    "expect": _Key("an [expect] table", _table),
    "verified": _Key("true or false: has somebody seen these pages answer?", _yes_no),
    "whole": _Key("true or false: are all sections of the portal that publish notices declared here?", _yes_no),
    "note": _Key("text", _any_text),
    "ocid_prefix": _Key('as registered, for example ocid_prefix = "ocds-abc123"', _written_as(OCID_PREFIX)),
}
_CHANNEL = {
    "key": _Key('a short name of letters, digits, _ and -, for example key = "zbgg"', _written_as(_KEY), True),
    "name": _Key('the section\'s name, for example name = "招标公告"', _text, True),
    "path": _Key('where its list starts, for example path = "/zbggzbgg/index.jhtml"', _text),
    "url": _Key('the whole address of its list, for example url = "http://…/index.jhtml"', _address),
    "bucket": _Key(f"one of: {', '.join(_BUCKETS)}", _one_of(_BUCKETS), True),
    "verified": _Key("true or false: has somebody seen this list answer?", _yes_no),
    "params": _Key('what the dialect must be told, for example params = { categorynum = "001001" }', _table),
    "tolerance": _Key("a share between 0 and 1, for example tolerance = 0.02", _share),
    "tolerance_rows": _Key("a whole number of rows, for example tolerance_rows = 10", _whole),
}
_SELECTOR = _Key('a CSS selector, for example row = "ul.list > li" or date = "span::text"', _selector)
_SELECTORS = ("row", "link", "title", "date", "next", "total", "heading", "published", "text", "frame")
_LINE = {
    "key": _Key('a short name of letters, digits, _ and -, for example key = "tenders"', _written_as(_KEY), True),
    "name": _Key('what the report calls the line, for example name = "招标公告中标公示"', _text, True),
    "words": _Key('words by which reports name it, for example words = ["招标公告", "中标公示"]', _texts),
    "types": _Key('notice types, for example types = ["tender_notice"]', _texts),
    "channels": _Key('keys of channels, for example channels = ["zbgg"]', _texts),
    "areas": _Key('key areas, for example areas = ["affordable_housing"]', _texts),
    "buckets": _Key('buckets of channels, for example buckets = ["industry_news"]', _texts),
}
_LAYOUT = {
    "until": _Key("a day without quotes, for example until = 2019-06-01", _day),
    "channels": _Key('keys of channels, for example channels = ["zbgg"]', _texts),
    **dict.fromkeys(_SELECTORS, _SELECTOR),
}
_MANNERS = {
    "delay_seconds": _Key("seconds between two requests, for example delay_seconds = 2.0", _number),
    "concurrency": _Key("how many requests at once, for example concurrency = 1", _one_or_more),
    "robots": _Key("true or false: obey robots.txt", _yes_no),
    "contact": _Key('an address or page where the portal\'s office reaches you, for example "mailto:…"', _any_text),
    "timeout_seconds": _Key("seconds, for example timeout_seconds = 60", _number),
    "retries": _Key("a whole number, for example retries = 3", _whole),
    "max_bytes": _Key("a whole number of bytes, for example max_bytes = 50000000", _one_or_more),
    "allow_private_addresses": _Key("true or false: may it lie on a private address (127.…, 10.…)?", _yes_no),
}
_EXPECT = {
    "unreadable_at_most": _Key("a share between 0 and 1, for example 0.02", _share),
    "rows_per_year_at_least": _Key("a whole number", _whole),
}


def source_of(key: str, text: str) -> Source:
    """The Source that the TOML text declares. Raises SourceError naming the file, the key, and what would be right."""
    file = f"{key}.toml"
    try:
        spec = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{file}: 不是有效的 TOML / this is not valid TOML: {error}") from None
    complaints = _complaints(key, spec)
    if complaints:
        raise SourceError("\n".join(f"{file}: {complaint}" for complaint in complaints))
    return Source(
        key=key,
        name=spec["name"].strip(),
        home=spec["home"].strip(),
        dialect=spec["dialect"],
        channels=tuple(_channel(table, spec["home"]) for table in spec["channels"]),
        timezone=spec.get("timezone", "Asia/Shanghai"),
        hosts=tuple(host.lower() for host in spec.get("hosts", ())),
        layouts=tuple(_layout(table) for table in spec.get("layouts", ())),
        lines=tuple(line_of(table) for table in spec.get("lines", ())),
        labels=tuple((label, NoticeType(kind)) for label, kind in spec.get("labels", {}).items()),
        manners=Manners(**spec.get("manners", {})),
        expect=Expect(**spec.get("expect", {})),
        verified=spec.get("verified", True),
        whole=spec.get("whole", True),
        note=spec.get("note", ""),
        ocid_prefix=spec.get("ocid_prefix", ""),
        text=text,
    )


def _channel(table: Mapping[str, Any], home: str) -> Channel:
    return Channel(
        key=table["key"],
        name=table["name"].strip(),
        url=urljoin(home, (table["path"] if "path" in table else table["url"]).strip()),
        bucket=Bucket(table["bucket"]),
        verified=table.get("verified", True),
        params=tuple((name, str(value)) for name, value in table.get("params", {}).items()),
        **{name: table[name] for name in ("tolerance", "tolerance_rows") if name in table},
    )


def _layout(table: Mapping[str, Any]) -> Layout:
    return Layout(**{**table, "channels": tuple(table.get("channels", ()))})


def _complaints(key: str, spec: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    if not _KEY.fullmatch(key):
        found.append(f"文件名 / file name {key!r}: use {KEY_OF_SOURCE}")
    found += _wrong("", spec, _TOP)
    sections = (
        [(f"[[channels]] {n}: ", table, _CHANNEL) for n, table in _numbered(spec.get("channels"))]
        + [(f"[[layouts]] {n}: ", table, _LAYOUT) for n, table in _numbered(spec.get("layouts"))]
        + [(f"[[lines]] {n}: ", table, _LINE) for n, table in _numbered(spec.get("lines"))]
        + [(f"[{name}] ", spec[name], keys) for name, keys in _SINGLE.items() if isinstance(spec.get(name), dict)]
    )
    for where, table, keys in sections:
        found += _wrong(where, table, keys)
    if isinstance(labels := spec.get("labels"), dict):
        found += [
            f"[labels] {label} = {kind!r}: 应为 / use one of: {', '.join(_TYPES)}"
            for label, kind in labels.items()
            if kind not in _TYPES
        ]
    return found + _channel_complaints(spec)


_SINGLE = {"manners": _MANNERS, "expect": _EXPECT}


def _numbered(tables: Any) -> list[tuple[int, Mapping[str, Any]]]:
    return list(enumerate(tables, 1)) if _tables(tables) else []


def _wrong(where: str, table: Mapping[str, Any], keys: Mapping[str, _Key]) -> list[str]:
    missing = [
        f"{where}{name}: 缺少 / missing; 应为 / write {key.right}"
        for name, key in keys.items()
        if key.required and name not in table
    ]
    unknown = [
        f"{where}{name}: 没有这个键 / there is no such key{_nearest(name, keys)}" for name in table if name not in keys
    ]
    unfit = [
        f"{where}{name} = {value!r}: 不对 / is not right; 应为 / write {keys[name].right}"
        for name, value in table.items()
        if name in keys and not keys[name].fits(value)
    ]
    return missing + unknown + unfit


def _nearest(name: str, keys: Mapping[str, _Key]) -> str:
    near = get_close_matches(name, keys, n=1)
    return f"; 是不是 / did you mean {near[0]}?" if near else f"; 可用 / known keys: {', '.join(keys)}"


def _channel_complaints(spec: Mapping[str, Any]) -> list[str]:
    """What no table can say by itself: a list's address given once, and keys that name one channel each."""
    found: list[str] = []
    seen: set[str] = set()
    for n, table in _numbered(spec.get("channels")):
        if ("path" in table) == ("url" in table):
            found.append(f"[[channels]] {n}: 应为 / give exactly one of path and url; {_CHANNEL['path'].right}")
        key = str(table.get("key", ""))
        if key in seen:
            found.append(f"[[channels]] {n}: key = {key!r}: 重复 / is used twice; give every channel a key of its own")
        seen.add(key)
    found += [
        f'[[layouts]] {n}: {name}: 需要 / has no effect without row; write row = "…", for example {_SELECTOR.right}'
        for n, table in _numbered(spec.get("layouts"))
        for name in ("link", "title", "date")
        if table.get(name) and not table.get("row")
    ]
    found += [
        f"[[channels]] {n}: {complaint}"
        for n, table in _numbered(spec.get("channels"))
        if isinstance(told := table.get("params", {}), dict)
        for complaint in complaints_about(
            str(spec.get("dialect", "")), str(table.get("path") or table.get("url") or ""), told
        )
    ]
    known = {str(table.get("key")) for _, table in _numbered(spec.get("channels"))}
    found += line_complaints([table for _, table in _numbered(spec.get("lines"))], known)
    for n, table in _numbered(spec.get("layouts")):
        names = table.get("channels", [])
        for name in names if isinstance(names, list) else []:
            if name not in known:
                found.append(
                    f"[[layouts]] {n}: channels: {name!r} is no channel; 应为 / one of: {', '.join(sorted(known))}"
                )
    return found
