"""Which entry of an answer is the notice: one address may answer with all notices of a project."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.listing.json_lists import flat, plain
from pipeline.listing.json_rows import columns_of
from pipeline.model import Lead, Unreadable
from pipeline.values.dates import When, read_date
from pipeline.values.text import folded

_TEXTS = ("txt", "text", "content", "html", "body", "detail")
_DEEPEST = 6
_MOST = 2000
_LONGEST = 500
_BEGINNING = 8  # characters of a cut title that tell it from the project's other notices


def chosen_from(answer: Any, lead: Lead, zone: ZoneInfo) -> Any:
    """The entry that is the listing's notice, by title, then by time; the answer itself when it holds one article.

    An answer that no listing led to is left as it is: there is nothing to choose by.
    Raises Unreadable when it holds several and none or more than one of them is the listing's.
    """
    entries = _entries(answer)
    if len(entries) < 2 or not (lead.title or lead.published):
        return answer
    rows = [flat(entry) for entry in entries]
    named = [at for at, row in enumerate(rows) if any(_is_same(value, lead.title) for value in row.values())]
    if len(named) == 1:
        return entries[named[0]]
    columns = columns_of(rows, {})
    days = [_first(row, columns.dates if columns else ()) for row in rows]
    timed = [at for at in named or range(len(rows)) if _is_same_time(days[at], lead.published, zone)]
    if len(timed) == 1:
        return entries[timed[0]]
    which = "more than one" if timed else "none"
    raise Unreadable(f"the answer holds {len(entries)} notices, and {which} of them is the listing's by title and time")


def _first(row: dict[str, str], names: Sequence[str]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _entries(answer: Any) -> Sequence[dict[str, Any]]:
    """The objects of the first list of articles: each with a field that is named as a text."""
    level = [answer]
    for _ in range(_DEEPEST):
        inner: list[Any] = []
        for value in level[:_MOST]:
            if isinstance(value, list):
                found = [one for one in value[:_MOST] if isinstance(one, dict)]
                if found and all(_has_text(one) for one in found):
                    return found
                inner.extend(found)
            elif isinstance(value, dict):
                inner.extend(one for one in value.values() if isinstance(one, dict | list))
        level = inner
    return ()


def _has_text(entry: dict[str, Any]) -> bool:
    return any(
        isinstance(value, str) and value.strip() and plain(str(name)).endswith(_TEXTS) for name, value in entry.items()
    )


def _is_same(title: str, listed: str) -> bool:
    if not title or len(title) > _LONGEST:
        return False
    one, other = folded(title).rstrip(".…"), folded(listed).rstrip(".…")
    if not one or not other:
        return False
    cut = folded(title) != one or folded(listed) != other
    shorter = min(len(one), len(other))
    return one == other or (cut and shorter >= _BEGINNING and one[:shorter] == other[:shorter])


def _is_same_time(written: str, listed: str, zone: ZoneInfo) -> bool:
    """Equal as exactly as both say it."""
    one, other = read_date(written, zone), read_date(listed, zone)
    if one is None or other is None:
        return False
    form = "%Y-%m-%d" if "day" in {one.precision, other.precision} else "%Y-%m-%d %H:%M"
    return _local(one, zone, form) == _local(other, zone, form)


def _local(when: When, zone: ZoneInfo, form: str) -> str:
    return when.moment.astimezone(zone).strftime(form)
