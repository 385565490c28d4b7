"""Times in which a list was not observed: the portal did not answer, or nobody asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from pipeline.model import HoleKind

# The service asks once a day (docs/operations.md). A run that is half a day late has missed nothing that stays listed.
SCHEDULE = timedelta(days=1)
GRACE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run's asking for a list, from the first page asked for to the last."""

    since: datetime
    until: datetime
    read: bool  # at least one page of the list could be read
    closed: bool  # the walk ended where it was meant to
    why: str = ""  # what came instead of a list


@dataclass(frozen=True, slots=True)
class Window:
    """A time without any list; closed by a later walk that reached its end."""

    kind: HoleKind
    since: datetime
    until: datetime
    reason: str
    closed: bool = False


def windows_of(attempts: Sequence[Attempt]) -> list[Window]:
    """The outages and our own downtimes between the first attempt and the last, in their order."""
    ordered = sorted(attempts, key=lambda one: (one.since, one.until))
    done = max((one.since for one in ordered if one.closed), default=None)
    return sorted(
        [*_outages(ordered, done), *_downtimes(ordered, done)], key=lambda window: (window.since, window.kind)
    )


def _outages(attempts: Sequence[Attempt], done: datetime | None) -> list[Window]:
    found = []
    for read, group in groupby(attempts, key=lambda one: one.read):
        failed = list(group)
        if read:
            continue
        since, until = failed[0].since, max(one.until for one in failed)
        why = "; ".join(dict.fromkeys(one.why for one in failed if one.why))
        runs = "1 run" if len(failed) == 1 else f"{len(failed)} runs"
        reason = f"{runs} brought no list between {_minute(since)} and {_minute(until)}: {why or 'no answer'}"
        found.append(Window(HoleKind.OUTAGE, since, until, reason, done is not None and done > until))
    return found


def _downtimes(attempts: Sequence[Attempt], done: datetime | None) -> list[Window]:
    return [
        Window(
            HoleKind.DOWNTIME,
            before.until,
            after.since,
            f"nobody asked for the list between {_minute(before.until)} and {_minute(after.since)}",
            done is not None and done >= after.since,
        )
        for before, after in pairwise(attempts)
        if after.since - before.until > SCHEDULE + GRACE
    ]


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
