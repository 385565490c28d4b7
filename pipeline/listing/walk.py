"""Walking one channel's listing to closure, whatever the list does meanwhile: what comes next, and how it ended.

A list is read from its first page to its last. Unless its own total proves that this was all of it, its beginning is
read again, for rows came or went while it was read; and where rows are still missing the whole list is, until a pass
brings nothing new. No displayed date ends a walk by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.model import ChannelEnd, Stated

# A page that brings nothing new may be a shifted list; two in a row are the end, or a trap that repeats its last page.
STALE_PAGES = 2
UNREAD_PAGES = 3  # in a row: behind one or two the list is taken to go on, behind three nobody knows
PASSES = 4  # readings of the whole list: one that still moves then is left to the next run
LONGEST = 20_000  # listing pages; a calendar trap has no end (4,000,000 rows of 20 are a portal nobody has)
BEYOND = 50  # pages further than twice what the list itself states: a trap

# lessons.md 1: a shortfall counts when it is at least 10 rows and at least 2 %.
SHORT_ROWS = 10
SHORT_SHARE = 0.02


class NextStep(StrEnum):
    """What comes after a listing page."""

    ON = "on"  # the page that this one names
    SKIP = "skip"  # the page after this one by the dialect's rule: this one names none, or could not be read
    AGAIN = "again"  # the first page
    CLOSED = "closed"
    BROKEN = "broken"


class Pass(StrEnum):
    """Why the list is being read."""

    WHOLE = "whole"
    HEAD = "head"  # its beginning again, until a page brings nothing new


@dataclass(frozen=True, slots=True)
class WalkedRow:
    """What a walk needs to know of a listing row. `words`: what it says, whatever its link."""

    key: str
    day: date | None
    known: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class WalkedPage:
    """One page of a list as read. `more`: it names a page after it. `capped`: why none is shown though there is one."""

    number: int
    rows: tuple[WalkedRow, ...]
    stated: Stated
    more: bool
    capped: str = ""


@dataclass(slots=True)
class Walk:
    """The state of one channel's walk, kept by the spider; rows are counted as distinct pages linked."""

    channel: str
    since: date | None = None
    seen: set[str] = field(default_factory=set)
    pages: int = 0  # the most that one pass has read
    stated: Stated = field(default_factory=Stated)  # the largest
    ended: NextStep = NextStep.ON
    reason: str = ""
    passes: int = 1
    holes: dict[int, tuple[int | None, str]] = field(default_factory=dict)  # from page: (to page, why); None: no end
    kind: Pass = Pass.WHOLE
    this_pass: set[str] = field(default_factory=set)
    looks: set[int] = field(default_factory=set)
    read: int = 0  # pages of this pass
    fresh: int = 0  # rows that this pass was the first to bring
    stale: int = 0
    old: int = 0
    unread: int = 0
    probing: bool = False  # the page asked for is one that no page names
    size: int = 0  # rows of a full page
    head: frozenset[str] = frozenset()  # rows of the first page when it was first read
    moved: bool = False  # the list stated another size than before

    @property
    def closed(self) -> bool:
        """True when the list was read to its end and no page of it is missing."""
        return self.ended is NextStep.CLOSED and not self.holes


def take(walk: Walk, sheet: WalkedPage) -> NextStep:
    """The page added to the walk, and what comes after it."""
    fresh = _add(walk, sheet)
    if walk.kind is Pass.HEAD:
        goes_on = fresh and sheet.more and not _trap(walk, sheet.number)
        return NextStep.ON if goes_on else _after(walk, "what came meanwhile was read")
    if not sheet.rows:
        return _stop(walk, sheet.number, f"page {sheet.number} has no rows")
    if walk.stale >= (1 if walk.probing else STALE_PAGES):
        first = sheet.number - walk.stale + 1
        return _stop(walk, first, f"page {sheet.number} repeats what came before")
    if walk.old >= STALE_PAGES:
        return _end(walk, NextStep.CLOSED, f"two pages of known rows before {walk.since}")
    if why := sheet.capped or _trap(walk, sheet.number):
        walk.holes[sheet.number + 1] = (walk.stated.pages if sheet.capped else None, why)
        return _end(walk, NextStep.BROKEN, why)
    walk.probing = not sheet.more
    if sheet.more:
        return NextStep.ON
    return NextStep.SKIP if _may_go_on(walk, sheet) else _after(walk, f"last page ({sheet.number})")


def miss(walk: Walk, number: int, why: str) -> NextStep:
    """The walk after a page that could not be read: that page is a hole, and the list goes on behind it."""
    if walk.kind is Pass.HEAD:
        return _after(walk, "its beginning could not be read again")
    if walk.stated.pages is not None and number > walk.stated.pages:
        return _after(walk, f"no page after {walk.stated.pages}, as the list states")
    walk.unread += 1
    walk.holes[number] = (number, why)
    if number == walk.stated.pages:
        return _after(walk, f"page {number} could not be read")
    if walk.unread < UNREAD_PAGES:
        walk.probing = True
        return NextStep.SKIP
    first = number - walk.unread + 1
    for page in range(first, number + 1):
        walk.holes.pop(page, None)
    walk.holes[first] = (walk.stated.pages, why)
    return _end(walk, NextStep.BROKEN, f"pages {first} to {number} could not be read")


def absent(walk: Walk, number: int) -> NextStep:
    """The walk after a page that the portal says does not exist: an end only where no page count promises it."""
    promised = walk.stated.pages is not None and number <= walk.stated.pages
    if number == 1 or (promised and (walk.stated.total is None or not _has_all(walk))):
        return miss(walk, number, "absent")
    return _after(walk, f"page {number} does not exist")


def no_way_on(walk: Walk) -> NextStep:
    """The walk where the dialect has no rule for the page that comes next."""
    if walk.unread:
        first = max(walk.holes)
        walk.holes[first] = (walk.stated.pages, walk.holes[first][1])
        return _end(walk, NextStep.BROKEN, f"page {first} could not be read, and the next one has no address")
    return _after(walk, f"last page ({walk.read})")


def is_short(stated: int, missing: int, share: float = SHORT_SHARE, rows: int = SHORT_ROWS) -> bool:
    """True when so much is missing that it is a hole and not drift."""
    return missing > 0 and missing >= rows and missing >= share * stated


def channel_end(walk: Walk) -> ChannelEnd:
    """The walk as the run's last record keeps it."""
    holes = tuple(_in_words(walk))
    reason = walk.reason or "the run ended before the list did"
    return ChannelEnd(
        walk.channel,
        walk.closed,
        "; ".join(holes) if holes and walk.ended is NextStep.CLOSED else reason,
        walk.pages,
        len(walk.seen),
        walk.stated.total,
        walk.stated.pages,
        holes,
    )


def _in_words(walk: Walk) -> Iterator[str]:
    spans: list[tuple[int, int | None, str]] = []
    for first, (last, why) in sorted(walk.holes.items()):
        if spans and spans[-1][1:] == (first - 1, why):
            spans[-1] = (spans[-1][0], last, why)
        else:
            spans.append((first, last, why))
    for first, end, why in spans:
        if end == first:
            yield f"page {first}: {why}"
        else:
            yield f"pages {first} to {end}: {why}" if end is not None else f"pages {first} and after: {why}"


def _add(walk: Walk, sheet: WalkedPage) -> bool:
    """The sheet's rows noted; True when the run had not seen one of them, in a whole pass: when the pass had not."""
    keys = {row.key for row in sheet.rows}
    look = hash(tuple(row.words for row in sheet.rows))
    # A list whose links carry another token each time looks new and says the same.
    repeated = len(sheet.rows) > 1 and look in walk.looks and all(row.words for row in sheet.rows)
    new, fresh = keys - walk.seen, bool(keys - walk.this_pass) and not repeated
    if not walk.head and sheet.number == 1:
        walk.head = frozenset(keys)
    before = walk.stated
    walk.stated = Stated(_larger(before.total, sheet.stated.total), _larger(before.pages, sheet.stated.pages))
    walk.moved = walk.moved or (walk.pages > 0 and _differs(before, sheet.stated))
    walk.read += 1
    walk.pages = max(walk.pages, walk.read)
    walk.fresh += len(new)
    walk.seen |= keys
    walk.this_pass |= keys
    walk.looks.add(look)
    walk.size = max(walk.size, len(sheet.rows))
    walk.stale = 0 if fresh else walk.stale + 1
    walk.old = walk.old + 1 if sheet.rows and all(_is_old(row, walk.since) for row in sheet.rows) else 0
    walk.unread = 0
    if walk.holes.get(sheet.number, (None, ""))[0] == sheet.number:
        del walk.holes[sheet.number]
    return bool(new) and not repeated if walk.kind is Pass.HEAD else fresh


def _differs(one: Stated, other: Stated) -> bool:
    return (other.total is not None and other.total != one.total) or (
        other.pages is not None and other.pages != one.pages
    )


def _trap(walk: Walk, number: int) -> str:
    if walk.read >= LONGEST:
        return f"stopped after {LONGEST} pages"
    if walk.stated.pages is not None and number > 2 * walk.stated.pages + BEYOND:
        return f"stopped at page {number} of {walk.stated.pages}: a trap"
    return ""


def _may_go_on(walk: Walk, sheet: WalkedPage) -> bool:
    """True where a page that names none after it is hardly the last: it is full, or rows or pages are missing."""
    if walk.since is not None or _is_proven(walk):
        return False
    if walk.stated.pages is not None and sheet.number < walk.stated.pages:
        return True
    if walk.stated.total is not None and len(walk.seen) < walk.stated.total:
        return True
    return sheet.number > 1 and len(sheet.rows) >= walk.size


def _stop(walk: Walk, first: int, reason: str) -> NextStep:
    """The end of a pass at a page that brings nothing; the pages that the list promises from there are a hole."""
    stated = walk.stated
    promised = stated.pages is not None and first <= stated.pages
    if promised and (first < (stated.pages or 0) if stated.total is None else not _has_all(walk)):
        walk.holes[first] = (stated.pages, reason)
    return _after(walk, reason)


def _after(walk: Walk, reason: str) -> NextStep:
    """The walk after a pass: closed, or the list is read again."""
    walk.reason = reason
    if walk.since is not None:
        return _end(walk, NextStep.CLOSED, reason)
    if walk.kind is Pass.WHOLE and walk.passes == 1 and not _is_proven(walk) and (walk.read > 1 or not _has_all(walk)):
        return _begin(walk, Pass.HEAD)
    lost = walk.kind is Pass.HEAD and not walk.head <= walk.this_pass
    fruitless = walk.kind is Pass.WHOLE and walk.passes > 1 and not walk.fresh
    if (lost or not _has_all(walk)) and walk.passes < PASSES and not fruitless:
        walk.passes += 1
        return _begin(walk, Pass.WHOLE)
    return _end(walk, NextStep.CLOSED, reason)


def _begin(walk: Walk, kind: Pass) -> NextStep:
    walk.kind = kind
    walk.this_pass = set()
    walk.holes = walk.holes if kind is Pass.HEAD else {}
    walk.looks = walk.looks if kind is Pass.HEAD else set()
    walk.read = walk.fresh = walk.stale = walk.old = walk.unread = 0
    walk.probing = False
    return NextStep.AGAIN


def _end(walk: Walk, step: NextStep, reason: str) -> NextStep:
    walk.ended = step
    walk.reason = reason
    return step


def _has_all(walk: Walk) -> bool:
    """True when as many rows were seen as the list states, or it states nothing."""
    return walk.stated.total is None or len(walk.seen) >= walk.stated.total


def _is_proven(walk: Walk) -> bool:
    """True when the list stated one size from its first page to its last, and that is what was seen."""
    return walk.stated.total == len(walk.seen) and not walk.moved


def _is_old(row: WalkedRow, since: date | None) -> bool:
    return since is not None and row.known and row.day is not None and row.day < since


def _larger(one: int | None, other: int | None) -> int | None:
    return max((n for n in (one, other) if n is not None), default=None)
