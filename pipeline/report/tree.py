"""Which claim of a report is part of which, and what adds up."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.model import Claim, ClaimSum
from pipeline.report.numbers import Counted
from pipeline.report.text import even_quote
from pipeline.report.words import CUT, INTRODUCED, MARK, PUBLISH, STRONG, channel_named

NEAR = 0.1  # a list within a tenth of its total claims to be the whole of it (44 reports: the wrong one is 1 % off)
SMALLEST = 10  # a smaller total is met by chance too easily
_MOST_CUTS = 3  # ways in which one total is cut: by subject, by medium, by office
_OTHER = re.compile("其[他它]")
_NEARBY = 2  # paragraphs: many pages break every sentence into one
_LONGEST_RUN = 40  # claims; the longest list in 44 labelled reports has eight


@dataclass(slots=True)
class Level:
    """An open list: its parent claim (None: a verb without a number), its bracket depth, its items so far."""

    parent: int | None
    depth: int
    whole: int = 0
    closes: bool = False  # at a semicolon, because its total is itself an item between semicolons
    bare: bool = False  # its first item has no verb of publication
    of_media: bool = False  # one of its items names a medium or is the rest of a list: 通过…网, 微博, 其他方式
    total: int = 0
    largest: int = 0
    items: int = 0


class OpenLists:
    """The lists that are open where the reader stands."""

    def __init__(self) -> None:
        self.levels: list[Level] = []

    def clear(self) -> None:
        """Close every list, as the end of a sentence does."""
        self.levels.clear()

    def open(self, parent: int | None, found: Counted, *, whole: int = 0, between_semicolons: bool = False) -> None:
        """A list under the parent starts with this item; `whole` is what its items may reach, 0 for unknown."""
        self.levels.append(Level(parent, found.depth, whole, between_semicolons and not found.semicolon))

    def settle(self, found: Counted) -> None:
        """Close the lists that this item does not belong to any more."""
        while self.levels and self._left(self.levels[-1], found):
            self.levels.pop()

    def _left(self, level: Level, found: Counted) -> bool:
        if found.depth < level.depth:
            return True
        if not level.items:
            return False
        if found.semicolon and (level.closes or (level.bare and _of_its_own(found))):
            return True
        if _is_full(level) and found.count:
            return True
        return not level.of_media and INTRODUCED.match(found.clause) is not None

    def holds(self, found: Counted) -> bool:
        """True when the item stands in an open list; one without a unit only under a counted total."""
        return bool(self.levels) and (found.unit is not None or self.levels[-1].parent is not None)

    def parent_of(self, found: Counted) -> int | None:
        """The total in whose list the item stands, no deeper in brackets than its parts; None for none."""
        return self.levels[-1].parent if self.levels and found.depth == self.levels[-1].depth else None

    def take(self, found: Counted) -> int | None:
        """Put the item on the innermost open list and return that list's parent."""
        if not self.levels:
            return None
        level = self.levels[-1]
        clause = _unmarked(found.clause)
        if not level.items:
            level.bare = PUBLISH.search(clause) is None
        level.of_media = level.of_media or _names_a_medium(clause)
        level.total += found.count
        level.largest = max(level.largest, found.count)
        level.items += 1
        return level.parent


def _is_full(level: Level) -> bool:
    """True when the parts have reached their total, or one of them is larger than it: what follows is no part."""
    return level.whole > 0 and (level.total == level.whole or level.largest > level.whole)


def _names_a_medium(clause: str) -> bool:
    return bool(INTRODUCED.match(clause) or _OTHER.search(clause) or channel_named(clause))


def _of_its_own(found: Counted) -> bool:
    """True when the clause says where and that something was published: it starts anew behind a semicolon."""
    return bool(STRONG.search(found.clause)) and channel_named(found.clause) != ""


def _unmarked(clause: str) -> str:
    mark = MARK.match(clause)
    return clause[mark.end() :].lstrip(",:") if mark else clause


def opens_list(found: Counted) -> bool:
    """True when 其中, 包括, 按…分 … stand between the previous counted thing and this one."""
    before = found.before
    inside = before.startswith("(") and ")" not in before and not _COMPARED.match(before)
    return inside or bool(MARK.search(before) or CUT.search(before))


_COMPARED = re.compile(r"\((?:(?:19|20)[0-9]{2}年|上年|去年|同期|同比|比|较)")


def adopted(claims: Sequence[Claim], paragraphs: Sequence[int]) -> list[Claim]:
    """The claims with the parents that arithmetic proves: a run that sums exactly to a total beside it."""
    tree = list(claims)
    children: dict[int, list[int]] = {}
    for index, claim in enumerate(tree):
        if claim.parent is not None:
            children.setdefault(claim.parent, []).append(index)
    for index, claim in enumerate(claims):
        if not claim.kind and claim.count >= SMALLEST:
            own = children.get(index, [])
            for _ in range(_MOST_CUTS):
                found = _adoptable(tree, index, own, paragraphs)
                for part in found:
                    tree[part] = replace(tree[part], parent=index)
                own = sorted({*own, *found})
    return tree


def _adoptable(tree: list[Claim], total: int, own: list[int], paragraphs: Sequence[int]) -> list[int]:
    wanted = tree[total].count
    held = sum(tree[index].count for index in own)
    if held == wanted and tree[total].parent is not None:
        return []
    after = (own[-1] if own else total) + 1
    run = _free_run(tree, total, range(after, min(after + _LONGEST_RUN, len(tree))), paragraphs)
    found = _reaching(tree, run, wanted - held)
    if len(found) + len(own) >= 2 and found:
        return found
    found = _reaching(tree, run, wanted)  # the same total cut in a second way: by subject, then by office
    if len(found) >= 2 or own or tree[total].parent is not None:
        return found if len(found) >= 2 else []
    run = _free_run(tree, total, range(total - 1, max(-1, total - _LONGEST_RUN), -1), paragraphs)
    found = _reaching(tree, run, wanted)  # 300条, 200条, 总计500条
    return found if len(found) >= 2 else []


def _free_run(tree: list[Claim], total: int, indices: range, paragraphs: Sequence[int]) -> list[int]:
    """The claims without a parent that stand next to each other near the total, of its year."""
    run: list[int] = []
    near = paragraphs[total]
    for index in indices:
        claim = tree[index]
        if abs(paragraphs[index] - near) > _NEARBY or (run and claim.year != tree[total].year):
            break
        if claim.year != tree[total].year:
            continue  # last year's number stands between a total and its parts
        near = paragraphs[index]
        if claim.parent is None and not claim.kind:
            run.append(index)
    return run


def _reaching(tree: list[Claim], run: list[int], wanted: int) -> list[int]:
    if wanted <= 0:
        return []
    for length, reached in enumerate(accumulate(tree[index].count for index in run), start=1):
        if reached >= wanted:
            return run[:length] if reached == wanted else []
    return []


def kept(claims: Sequence[Claim], dropped: Set[int]) -> list[Claim]:
    """The claims but for the dropped ones in reading order, parents pointing where they pointed."""
    order = sorted(
        (index for index in range(len(claims)) if index not in dropped), key=lambda index: claims[index].start
    )
    place = {index: position for position, index in enumerate(order)}
    return [
        replace(claims[index], parent=None if (parent := claims[index].parent) is None else place.get(parent))
        for index in order
    ]


def sums_among(claims: Sequence[Claim], incomplete: Set[int] = frozenset()) -> tuple[ClaimSum, ...]:
    """Every total with its parts; where a total is cut in two ways, one sum each.

    `incomplete`: where the totals end whose lists hold what is no publication: a sum that differs proves nothing.
    """
    children: dict[int, list[int]] = {}
    for index, claim in enumerate(claims):
        if claim.parent is not None and not claim.kind:
            children.setdefault(claim.parent, []).append(index)
    return tuple(
        found
        for total, parts in sorted(children.items())
        for group in _partitions(claims, total, parts)
        if (found := _sum(claims, total, group, incomplete)) is not None
    )


def _partitions(claims: Sequence[Claim], total: int, parts: list[int]) -> list[list[int]]:
    reached = list(accumulate(claims[index].count for index in reversed(parts)))
    wanted = claims[total].count
    if reached[-1] != wanted and wanted in reached[:-1]:
        cut = len(parts) - reached.index(wanted) - 1
        return [parts[:cut], parts[cut:]]
    return [parts]


def _sum(claims: Sequence[Claim], total: int, parts: list[int], incomplete: Set[int]) -> ClaimSum | None:
    reached, wanted = sum(claims[index].count for index in parts), claims[total].count
    if len(parts) < 2 and reached <= wanted:
        return None
    others = any(_OTHER.search(even_quote(claims[index].text)) for index in parts)
    closed = others or abs(reached - wanted) <= NEAR * wanted
    exhaustive = len(parts) >= 2 and closed and (reached == wanted or claims[total].end not in incomplete)
    return ClaimSum(total, tuple(parts), reached, reached - wanted, exhaustive, _overlapping(claims, total, parts))


def _overlapping(claims: Sequence[Claim], total: int, parts: list[int]) -> bool:
    """True when every part is of a medium of its own and none is larger than the total."""
    media = [claims[index].channel for index in parts]
    fits = all(claims[index].count <= claims[total].count for index in parts)
    return fits and len(parts) >= 2 and len(set(media)) == len(media)
