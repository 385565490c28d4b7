"""Hints of what may be missing: gaps between index numbers, and months without items beside those of other years."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from pipeline.model import Hole, HoleKind
from pipeline.values.text import narrow, no_space

_SERIAL = re.compile(r"(.{1,60}?)[/_-]((?:19|20)\d\d)[-_/]?(\d{3,7})", re.DOTALL)
# Fewer held numbers show no sequence; one of which most is missing runs through papers that are not on the portal.
_FEWEST = 3
_NAMED = 10  # gaps that a hint names
# A month is told when other years would let expect so much in it: with less, chance alone leaves months empty.
_EXPECTED = 2.0
_OTHER_YEARS = 2


def serial_of(index_number: str) -> tuple[str, int, int, int] | None:
    """Issuer, year, serial number and its width of an index number such as K3984687-7/2015-00053; None without them."""
    found = _SERIAL.fullmatch(no_space(narrow(index_number))) if len(index_number) <= 80 else None
    return (found[1], int(found[2]), int(found[3]), len(found[3])) if found else None


def serial_gaps(source: str, index_numbers: Iterable[str]) -> list[Hole]:
    """One hint for each issuer and year between whose held numbers others are missing."""
    held: dict[tuple[str, int], dict[int, int]] = {}
    for number in index_numbers:
        if found := serial_of(number):
            held.setdefault(found[:2], {})[found[2]] = found[3]
    hints = []
    for (issuer, year), serials in sorted(held.items()):
        ordered = sorted(serials)
        gaps = [(one + 1, other - 1) for one, other in pairwise(ordered) if other - one > 1]
        missing = sum(last - first + 1 for first, last in gaps)
        if len(ordered) < _FEWEST or not gaps or missing > len(ordered):
            continue
        width = max(serials.values())
        named = ", ".join(_range(first, last, width) for first, last in gaps[:_NAMED])
        more = " …" if len(gaps) > _NAMED else ""
        reason = f"{issuer}/{year}: {missing} numbers are missing between those held: {named}{more}"
        hints.append(Hole(source, "", year, reason, 0, HoleKind.SERIAL_GAP))
    return hints


def quiet_months(source: str, channel: str, months: Mapping[tuple[int, int], int]) -> list[Hole]:
    """One hint for each month of an otherwise active year without items, where the other years have some in it."""
    active: dict[int, dict[int, int]] = {}
    for (year, month), n in months.items():
        if n:
            active.setdefault(year, {})[month] = n
    return [
        Hole(source, channel, year, _quiet_reason(year, month, here), 0, HoleKind.QUIET_MONTH)
        for year in sorted(active)
        for month in _inner_months(year, active)
        if (here := [other.get(month, 0) for at, other in sorted(active.items()) if at != year])
        and month not in active[year]
        and len(here) >= _OTHER_YEARS
        and all(here)
        and sum(here) >= _EXPECTED * len(here)
    ]


def _inner_months(year: int, active: Mapping[int, Mapping[int, int]]) -> range:
    """The months of an active year between the channel's first item and its last."""
    others = [len(held) for at, held in active.items() if at != year]
    if not others or 2 * len(active[year]) * len(others) < sum(others):
        return range(0)  # a year of few months is no year beside the others
    first = 1 if min(active) < year else min(active[year])
    last = 12 if max(active) > year else max(active[year])
    return range(first, last + 1)


def _quiet_reason(year: int, month: int, here: list[int]) -> str:
    return f"nothing in {year}-{month:02}, where {len(here)} other years have {min(here)} to {max(here)}"


def _range(first: int, last: int, width: int) -> str:
    return f"{first:0{width}}" if first == last else f"{first:0{width}}-{last:0{width}}"
