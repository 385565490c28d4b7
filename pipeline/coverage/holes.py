"""What was observed of a channel and year, what is missing, how much that can hide, and how far a count is trusted.

Every hole's size is decided here and nowhere else: the certificate and the verification of reports read the same ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from pipeline.coverage.windows import Attempt, Window, windows_of
from pipeline.listing.walk import SHORT_ROWS, SHORT_SHARE, is_short
from pipeline.model import Certainty, Hole, HoleKind

ANY_YEAR = 0
_NAMED = 5  # pages that a reason names by their address
# A search engine's own limit of results (Elasticsearch: index.max_result_window is 10,000): a total of just that many
# is where it stops counting.
_CAP = 10_000
# Hints: they name something to look at and widen no interval. An issuer's numbers run through sections and papers that
# are no part of a portal, and a month without publications is no fault.
HINTS = frozenset({HoleKind.SERIAL_GAP, HoleKind.QUIET_MONTH})


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page of a list in one run: its rows, or None and why there are none."""

    page: int
    rows: int | None
    why: str = ""
    absent: bool = False  # the portal says that there is no such page


@dataclass(frozen=True, slots=True)
class Walked:
    """How one run walked the list."""

    run: str
    started: datetime
    closed: bool
    reason: str
    stated: int | None
    stated_pages: int | None
    rows: int
    sheets: tuple[ListedPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Observed:
    """What the archive knows of one channel."""

    source: str
    channel: str
    zone: ZoneInfo
    attempts: tuple[Attempt, ...] = ()  # runs that asked for its list, oldest first
    whole: Walked | None = None  # the last walk of the whole list that reached its end
    last: Walked | None = None  # the last walk of the whole list
    archived: str = ""  # the web archive that all of its lists were taken from
    unread: Mapping[int, Sequence[str]] = field(default_factory=dict)  # by year: listed pages that gave no posting
    undated: int = 0  # postings without any date


def holes_of(seen: Observed) -> list[Hole]:
    """Everything that is missing of a channel, named; a hole with a time of its own stands in every year of it."""
    holes = [*_windows(seen), *_walk(seen), *_size(seen)]
    for year, urls in sorted(seen.unread.items()):
        named = ", ".join(urls[:_NAMED]) + (" …" if len(urls) > _NAMED else "")
        reason = f"{len(urls)} listed pages gave no posting: {named}"
        holes.append(Hole(seen.source, seen.channel, year, reason, len(urls), HoleKind.UNREAD))
    if seen.undated:
        reason = f"{seen.undated} postings carry no date"
        holes.append(Hole(seen.source, seen.channel, ANY_YEAR, reason, seen.undated, HoleKind.UNDATED))
    return holes


def certainty_of(holes: Iterable[Hole]) -> Certainty:
    """What the certificate comes to: its worst hole decides, hints decide nothing."""
    told = [hole for hole in holes if hole.kind not in HINTS]
    if any(not hole.closed and hole.kind is not HoleKind.DRIFT for hole in told):
        return Certainty.HOLES
    if any(hole.kind is HoleKind.DRIFT for hole in told):
        return Certainty.DRIFT
    return Certainty.CLOSED if told else Certainty.CLEAN


def drift_allowed(stated: int) -> int:
    """By how many rows a walk may fall short of the stated total before that is a hole."""
    return max(SHORT_ROWS, ceil(SHORT_SHARE * stated)) - 1


def _windows(seen: Observed) -> Iterable[Hole]:
    """Times without any list: what came and went meanwhile is unknown, all else a later whole walk has shown."""
    for window in windows_of(seen.attempts):
        yield from _in_years(seen, window, None if not window.closed else 0)


def _walk(seen: Observed) -> Iterable[Hole]:
    """What the last walk of the whole list missed; where an earlier one reached the end, only what is newer."""
    if seen.archived:
        reason = f"the list is what {seen.archived} happened to save"
        return [Hole(seen.source, seen.channel, ANY_YEAR, reason, None, HoleKind.ARCHIVED)]
    last = seen.last
    # An outage hides only what is newer than an earlier whole walk; without one it hides everything.
    if last is None or (seen.whole is None and not _shows_rows(last)):
        why = f": {last.reason}" if last else ""
        reason = f"no run has walked this list to its end{why}"
        return [Hole(seen.source, seen.channel, ANY_YEAR, reason, None, HoleKind.UNWALKED)]
    if last.closed or not _shows_rows(last):
        return []  # a run that read nothing is an outage
    since = seen.whole.started if seen.whole else None
    named = _unread_pages(last) or [
        (HoleKind.UNWALKED, f"the walk of {last.run} did not reach the end: {last.reason}", None)
    ]
    holes: list[Hole] = []
    for kind, reason, size in named:
        window = Window(kind, since or last.started, last.started, reason)
        holes += (
            _in_years(seen, window, size)
            if since
            else [Hole(seen.source, seen.channel, ANY_YEAR, reason, size, kind, last.started, last.started)]
        )
    return holes


def _shows_rows(walk: Walked) -> bool:
    return any(sheet.rows is not None for sheet in walk.sheets)


def _unread_pages(walk: Walked) -> list[tuple[HoleKind, str, int | None]]:
    """The pages of a broken walk that brought no rows: one in the middle hides no more than the largest page has.

    A page beyond the last that the list promises is where it ends, and nothing is missing there.
    """
    read = {sheet.page: sheet.rows for sheet in walk.sheets if sheet.rows is not None}
    promised = walk.stated_pages
    missed = [one for one in walk.sheets if one.rows is None and not (promised and one.page > promised)]
    last = max(read)
    cut = next((one for one in missed if one.absent and one.page > last), None)
    of = f" of {promised}" if promised else ""
    found: list[tuple[HoleKind, str, int | None]] = []
    for sheet in missed:
        if sheet.absent and sheet.page > last:
            continue
        size = max(read.values()) if _is_inside(walk, sheet.page) else None
        found.append((HoleKind.PAGE_UNREAD, f"page {sheet.page}{of} could not be read: {sheet.why}", size))
    if cut and promised:
        missing = walk.stated - walk.rows if walk.stated is not None and walk.stated > walk.rows else None
        found.append((HoleKind.CAPPED, f"the list is cut off: page {cut.page}{of} does not exist", missing))
    return found


def _is_inside(walk: Walked, page: int) -> bool:
    """True when every promised page was asked for and this one is not the last: it holds a page's rows and no more."""
    promised = walk.stated_pages
    return promised is not None and page < promised <= len({one.page for one in walk.sheets if one.page <= promised})


def _size(seen: Observed) -> Iterable[Hole]:
    """The total that the list states against the rows that it showed in its last whole walk."""
    walk = seen.whole
    if walk is None or walk.stated is None or seen.archived:
        return []
    missing = walk.stated - walk.rows
    said = f"the list states {walk.stated} rows and showed {walk.rows}"
    rows = {sheet.page: sheet.rows for sheet in walk.sheets if sheet.rows}
    full = len(rows) > 1 and rows[max(rows)] == max(rows.values())
    if missing <= 0:
        if not (full and walk.stated == walk.rows and walk.stated % _CAP == 0):
            return []
        return [_hole(seen, HoleKind.CAPPED, f"{said}: a total of just {walk.stated} is a limit", None)]
    if not is_short(walk.stated, missing):
        return [_hole(seen, HoleKind.DRIFT, f"{said}, within the drift of {drift_allowed(walk.stated)}", missing)]
    if full:
        return [_hole(seen, HoleKind.CAPPED, f"{said}: it is cut off after page {max(rows)}", missing)]
    return [_hole(seen, HoleKind.SHORTFALL, said, missing)]


def _hole(seen: Observed, kind: HoleKind, reason: str, size: int | None) -> Hole:
    return Hole(seen.source, seen.channel, ANY_YEAR, reason, size, kind)


def _in_years(seen: Observed, window: Window, size: int | None) -> list[Hole]:
    first, last = (at.astimezone(seen.zone).year for at in (window.since, window.until))
    return [
        Hole(
            seen.source, seen.channel, year, window.reason, size, window.kind, window.since, window.until, window.closed
        )
        for year in range(first, last + 1)
    ]
