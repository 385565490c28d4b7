"""What others saved of a portal: pages by key and time, as an index of WARC files or of a web archive lists them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.model import Unreadable
from pipeline.values.urls import host_of, key_of

_NO_STATUS = "-"  # a CDX line of a record that only says "as before"
_NAMES = {"url": "original", "status": "statuscode", "mime": "mimetype"}  # pywb's words for Wayback's


@dataclass(frozen=True, slots=True)
class Saved:
    """One page as it was at one moment. `name` and `position` say where it is kept, `identity` which one it is."""

    key: str
    url: str
    at: datetime  # UTC
    status: int  # 0: the index does not say
    digest: str  # as the index states it, "" where it does not
    name: str
    position: int
    identity: str


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """From the first moment to before the second."""

    first: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        return self.first <= at < self.end


def by_key(saved: Iterable[Saved]) -> dict[str, list[Saved]]:
    """The captures of each page in the order of their times."""
    pages: dict[str, list[Saved]] = {}
    for one in sorted(saved, key=lambda one: (one.at, one.identity)):
        pages.setdefault(one.key, []).append(one)
    return pages


def distinct(captures: Sequence[Saved]) -> list[Saved]:
    """The first capture of each state that the page was in; failures only where nothing else was saved."""
    good = [one for one in captures if one.status < 400]
    seen: set[str] = set()
    chosen = []
    for one in good or captures[-1:]:
        if not one.digest or one.digest not in seen:
            chosen.append(one)
        seen.add(one.digest)
    return chosen


@dataclass(frozen=True, slots=True)
class CdxAnswer:
    """One answer of a CDX server: rows by Wayback's names, where to go on, and how many lines made no sense."""

    rows: tuple[Mapping[str, str], ...]
    resume: str = ""
    odd: int = 0


def cdx_rows(text: str) -> CdxAnswer:
    """The rows of a CDX server's JSON: Wayback's array of arrays or pywb's object per line. Raises Unreadable."""
    if text.lstrip().startswith("["):
        return _table(text)
    rows = [_object(line) for line in text.splitlines() if line.strip()]
    return CdxAnswer(tuple(row for row in rows if row), odd=sum(not row for row in rows))


def _table(text: str) -> CdxAnswer:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the CDX server's answer is no JSON: {str(error)[:200]}") from None
    if not isinstance(found, list) or not all(isinstance(row, list) for row in found):
        raise Unreadable("the CDX server's answer is no table")
    lines = [[str(cell) for cell in row] for row in found]
    resume = ""
    if len(lines) >= 2 and not lines[-2] and len(lines[-1]) == 1:  # an empty row, then the key to go on with
        resume = lines[-1][0]
        lines = lines[:-2]
    if not lines:
        return CdxAnswer((), resume)
    names = [_NAMES.get(name, name) for name in lines[0]]
    whole = [row for row in lines[1:] if len(row) == len(names)]
    rows = tuple(dict(zip(names, row, strict=True)) for row in whole)
    return CdxAnswer(rows, resume, len(lines) - 1 - len(whole))


def _object(line: str) -> dict[str, str]:
    """The line's JSON object, also behind a CDXJ line's key and timestamp; {} for what is none."""
    head, brace, rest = line.partition("{")
    try:
        found: Any = json.loads(brace + rest)
    except (ValueError, RecursionError):
        return {}
    words = head.split()
    said = {"urlkey": words[0], "timestamp": words[1]} if len(words) == 2 else {}
    return said | {_NAMES.get(name, name): str(value) for name, value in found.items()}


def saved_in(rows: Iterable[Mapping[str, str]], replay: str) -> Iterator[Saved]:
    """The rows that name an address and a time; a record that only refers to an earlier one counts as one."""
    for row in rows:
        at = moment_of(row.get("timestamp", ""))
        url = row.get("original", "")
        if at is None or not url:
            continue
        status = row.get("statuscode", _NO_STATUS)
        place = f"{replay}/{row['timestamp']}id_/{url}"
        number = int(status) if status.isascii() and status.isdigit() and len(status) == 3 else 0
        yield Saved(key_of(url), url, at, number, row.get("digest", ""), place, 0, place)


def keeper_of(origin: str) -> str:
    """Who keeps what a capture was taken from: the file, or the host of the web archive, that its origin names."""
    return host_of(origin) or origin.partition(" <urn:")[0]


def moment_of(timestamp: str) -> datetime | None:
    """The moment that a CDX timestamp of 14 digits writes, None for what is none."""
    if len(timestamp) != 14 or not (timestamp.isascii() and timestamp.isdigit()):
        return None
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def span_of(years: str) -> TimeSpan | None:
    """The span that "2012-2015" or "2014" names in Beijing's years; None for what names none."""
    first, mark, last = years.partition("-")
    ends = [first, last if mark else first]
    if not all(len(end) == 4 and end.isascii() and end.isdigit() and int(end) > 1 for end in ends):
        return None
    if ends[0] > ends[1] or int(ends[1]) >= 9999:
        return None
    eight = timedelta(hours=8)
    return TimeSpan(
        datetime(int(ends[0]), 1, 1, tzinfo=UTC) - eight, datetime(int(ends[1]) + 1, 1, 1, tzinfo=UTC) - eight
    )
