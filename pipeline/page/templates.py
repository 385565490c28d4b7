"""Addresses and requests with gaps that are filled from the fields of a row or page: /detail/{id}.html."""

import json
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from pipeline.values.dates import read_date

# {infoid}; {categorynum:6}: its first six characters; {categorynum:-3}: without its last three;
# {infodate:day}: 20140603; {pc|招标编号}: the first of these that there is.
_GAP = re.compile(r"\{(\w{1,60}(?:\|\w{1,60}){0,5})(?::(-?\d{1,2}|day))?\}")


def gaps_in(template: str) -> list[str]:
    """The names that a template asks for, in its order."""
    return [name for gap in _GAP.finditer(template) for name in gap[1].split("|")]


def filled(template: str, fields: Mapping[str, str], zone: ZoneInfo) -> str | None:
    """The template with every gap filled, None when a field is missing or empty. Names match in any case."""
    return _filled(template, fields, zone, quoted=False)


def filled_json(template: str, fields: Mapping[str, str], zone: ZoneInfo) -> str | None:
    """As filled, for a template that is JSON text with its gaps inside of strings."""
    return _filled(template, fields, zone, quoted=True)


def _filled(template: str, fields: Mapping[str, str], zone: ZoneInfo, *, quoted: bool) -> str | None:
    known = {name.lower(): value for name, value in reversed(list(fields.items()))} | dict(fields)
    values: list[str] = []
    for gap in _GAP.finditer(template):
        value = next((_cut(one, gap[2] or "", zone) for name in gap[1].split("|") if (one := _of(known, name))), "")
        if not value:
            return None
        values.append(json.dumps(value, ensure_ascii=False)[1:-1] if quoted else value)
    waiting = iter(values)
    return _GAP.sub(lambda _: next(waiting), template)


def _of(fields: Mapping[str, str], name: str) -> str:
    return fields.get(name) or fields.get(name.lower(), "")


def _cut(value: str, how: str, zone: ZoneInfo) -> str:
    if how == "day":
        when = read_date(value, zone)
        return f"{when.moment.astimezone(zone):%Y%m%d}" if when else ""
    return value[: int(how)] if how else value
