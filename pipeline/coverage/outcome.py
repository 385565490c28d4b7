"""A run's outcome, decided by evidence: how the walks ended, what the captures were."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.listing.walk import SHORT_ROWS, SHORT_SHARE, is_short
from pipeline.model import ChannelEnd, Outcome, Quality

# What a page is by itself: no later run and no patience makes a notice of it.
_ODD = {
    Quality.ABSENT: "do not exist",
    Quality.WRONG_TYPE: "are no pages",
    Quality.OVERSIZE: "are too large",
}
_GREEN = {Quality.GOOD, Quality.REDIRECT, *_ODD}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a run saw. `listings` and `pages`: the last quality of every listing page and of every other page."""

    channels: tuple[ChannelEnd, ...]
    listings: Mapping[Quality, int] = field(default_factory=dict)
    pages: Mapping[Quality, int] = field(default_factory=dict)
    unread: int = 0  # visits that were due and not made
    never_asked: int = 0  # listed pages that the archive lacks and that the run passed over
    unreadable: int = 0  # good captures that no reader understood
    shortened: bool = False
    stopped: str = ""  # why somebody stopped the run: a signal, a time limit
    full_disk: bool = False
    faults: tuple[str, ...] = ()  # mistakes of the program itself, in words
    gave_up: str = ""  # why the portal was left alone before everything was visited
    earlier: Mapping[str, int] = field(default_factory=dict)  # by channel: rows that its lists had in earlier runs
    tolerances: Mapping[str, tuple[float, int]] = field(default_factory=dict)  # by channel: share, rows


def outcome_of(seen: Evidence) -> tuple[Outcome, str]:
    """The outcome and its reason in words."""
    if seen.full_disk:
        return Outcome.OUT_OF_SPACE, "the disk is full"
    if seen.stopped:
        return Outcome.INTERRUPTED, seen.stopped
    if whole := _whole_site(seen):
        return whole
    if broken := _broken(seen):
        return Outcome.PARTIAL, "; ".join(broken)
    if not seen.channels:
        return Outcome.COMPLETE, "what was asked for was visited"
    if not any(channel.rows for channel in seen.channels):
        return _empty(seen)
    if emptied := _emptied(seen):
        return Outcome.PARTIAL, "; ".join(emptied)
    drift = _drift(seen)
    return (
        (Outcome.COMPLETE_WITH_DRIFT, "; ".join(drift)) if drift else (Outcome.COMPLETE, "every list walked to its end")
    )


def _whole_site(seen: Evidence) -> tuple[Outcome, str] | None:
    """Blocked or under maintenance: no list was read, and these are why."""
    if any(channel.rows for channel in seen.channels):
        return None
    counted = Counter(seen.listings)
    for quality, outcome in ((Quality.BLOCKED, Outcome.BLOCKED), (Quality.MAINTENANCE, Outcome.MAINTENANCE)):
        if counted[quality] and counted[quality] == counted.total():
            return outcome, f"all {counted.total()} listing pages came back as {quality}"
    return None


def _broken(seen: Evidence) -> list[str]:
    reasons = [f"the program failed {len(seen.faults)} times: {seen.faults[0]}"] if seen.faults else []
    reasons += [f"the portal was left alone: {seen.gave_up}"] if seen.gave_up else []
    for end in seen.channels:
        if not end.closed:
            reasons.append(f"{end.channel}: {'; '.join(end.holes) or end.reason}")
        elif missing := _missing(end, seen):
            reasons.append(f"{end.channel}: states {end.stated_total} rows, {end.rows} seen, {missing} missing")
    for quality, n in sorted(seen.pages.items()):
        if quality not in _GREEN and n:
            reasons.append(f"{n} pages came back as {quality}")
    if seen.unread:
        reasons.append(f"{seen.unread} pages were not visited")
    elif seen.never_asked:
        reasons.append(f"{seen.never_asked} listed pages are not held and were not asked for")
    return reasons


def _missing(end: ChannelEnd, seen: Evidence) -> int:
    """How many rows are missing when that is a hole, 0 when it is drift or the walk was meant to be short."""
    stated = end.stated_total or 0
    share, rows = seen.tolerances.get(end.channel, (SHORT_SHARE, SHORT_ROWS))
    short = not seen.shortened and is_short(stated, stated - end.rows, share, rows)
    return stated - end.rows if short else 0


def _emptied(seen: Evidence) -> list[str]:
    """Lists that are empty now and were not in earlier runs: no portal withdraws all of a section."""
    return [
        f"{end.channel}: its list is empty now and had {seen.earlier[end.channel]} rows before"
        for end in seen.channels
        if not end.rows and seen.earlier.get(end.channel)
    ]


def _drift(seen: Evidence) -> list[str]:
    reasons = [
        f"{end.channel}: states {end.stated_total} rows, {end.rows} seen"
        for end in seen.channels
        if not seen.shortened and end.stated_total is not None and end.stated_total != end.rows
    ]
    for quality, said in _ODD.items():
        if n := seen.pages.get(quality, 0):
            reasons.append(f"{n} listed pages {said}")
    if seen.unreadable:
        reasons.append(f"{seen.unreadable} pages could not be read")
    return reasons


def _empty(seen: Evidence) -> tuple[Outcome, str]:
    """Nothing was listed. Only lists that say so themselves, and that had nothing before, are expected to be empty."""
    if emptied := _emptied(seen):
        return Outcome.EMPTY_SUSPICIOUS, "; ".join(emptied)
    if all(end.closed for end in seen.channels):
        return Outcome.EMPTY_EXPECTED, "every list says that it is empty"
    return Outcome.EMPTY_SUSPICIOUS, "no list had a row, and not all of them say that they are empty"
