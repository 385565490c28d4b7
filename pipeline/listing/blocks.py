"""Links that form one list: reached by the same tags, next to each other."""

import re
from dataclasses import dataclass
from itertools import groupby, islice, pairwise

from lxml import etree

from pipeline.listing.candidates import RowLink
from pipeline.listing.row_date import is_date
from pipeline.page.links import pieces

_ROWS = frozenset(("li", "tr", "dl", "dt"))
_LABEL = re.compile(r"[\[【〔(（<].{1,16}[\]】〕)）>][:：|]?")
_OPEN = 0.25  # links in navigation are no neighbours of links in the open, though reached by the same tags
_LIFTS = 4  # wrappers around one list of several: <div><div><ul>
_BETWEEN = 6  # elements between two lists that are one: a ruled line, a clearing <div>
_GROUP_LABEL = 24  # characters of a heading that groups rows by day or month


@dataclass(frozen=True, slots=True)
class BlockRow:
    """An element of a list and the link that makes it one."""

    element: etree._Element
    link: RowLink


@dataclass(slots=True)
class Block:
    """Rows of one list, perhaps spread over several elements of the same kind."""

    rows: list[BlockRow]
    top: etree._Element  # the (first) element that holds the rows
    last: etree._Element


def blocks_in(candidates: list[RowLink]) -> list[Block]:
    """The lists that the links form, in no particular order."""
    groups: dict[tuple[int, bool], list[RowLink]] = {}
    for candidate in candidates:
        groups.setdefault((candidate.place, candidate.weight > _OPEN), []).append(candidate)
    blocks = []
    for group in groups.values():
        rows = _rows_of(_one_per_page(group))
        parts = _without_categories([_block(parent, list(part)) for parent, part in groupby(rows, _parent_of)])
        blocks += _joined(parts)
    order = {candidate.element: index for index, candidate in enumerate(candidates)}
    return [narrow for block in blocks for narrow in _narrowed(block, candidates, order)]


def _without_categories(parts: list[Block]) -> list[Block]:
    """Where each row links its category and then its notice, the notices; the row is what holds both."""
    width = len(parts[0].rows) if parts else 0
    if not 2 <= width <= 4 or sum(len(part.rows) == width for part in parts) * 2 <= len(parts):
        return parts
    even = [part for part in parts if len(part.rows) == width]
    lengths = [sum(len(part.rows[at].link.title) for part in even) / len(even) for at in range(width)]
    longest = max(lengths)
    is_label = all(_LABEL.fullmatch(part.rows[0].link.title) for part in even)
    kept = [at for at, length in enumerate(lengths) if length * 2 > longest and not (at == 0 and is_label)]
    if len(kept) == width or (len(even) < 2 and not is_label):
        return parts
    if len(kept) > 1:
        return [_block(part.top, [part.rows[at] for at in kept]) for part in even]
    return [_block(_above(part.top), [BlockRow(part.top, part.rows[kept[0]].link)]) for part in even]


def _above(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _narrowed(block: Block, candidates: list[RowLink], order: dict[etree._Element, int]) -> list[Block]:
    """The list itself; one or two far-apart links that merely look alike become lists of one row each."""
    if len(block.rows) > 2 or not any(_holds_others(row, candidates, order) for row in block.rows):
        return [block]
    singles = [BlockRow(_single(row.link.anchor), row.link) for row in block.rows]
    return [_block(_above(row.element), [row]) for row in singles]


def _holds_others(row: BlockRow, candidates: list[RowLink], order: dict[etree._Element, int]) -> bool:
    """True when the row's element holds links of other lists, so that it is more than a row."""
    at = order[row.link.element]
    beside = candidates[max(0, at - 1) : at] + candidates[at + 1 : at + 2]
    return any(
        other.url != row.link.url
        and other.place != row.link.place
        and row.element in islice(other.element.iterancestors(), 12)
        for other in beside
    )


def _one_per_page(group: list[RowLink]) -> list[RowLink]:
    """Without category links: shapeless ones among articles, and addresses that come again in other rows."""
    articles = [candidate for candidate in group if candidate.article]
    group = articles or group
    once: list[RowLink] = []
    for candidate in group:
        if once and once[-1].url == candidate.url:
            if len(candidate.title) > len(once[-1].title):
                once[-1] = candidate
        else:
            once.append(candidate)
    uses: dict[str, int] = {}
    for candidate in once:
        uses[candidate.url] = uses.get(candidate.url, 0) + 1
    return [candidate for candidate in once if uses[candidate.url] == 1 or len(candidate.title) > 14]


def _rows_of(group: list[RowLink]) -> list[BlockRow]:
    """Each link with the largest element that holds it and no other link of the group."""
    if len(group) == 1:
        return [BlockRow(_single(group[0].anchor), group[0])]
    nearest: list[tuple[int, etree._Element] | None] = [None] * len(group)
    for index, (one, other) in enumerate(pairwise(group)):
        steps, left, right = _apart(one.anchor, other.anchor)
        before = nearest[index]
        if before is None or steps < before[0]:
            nearest[index] = steps, left
        nearest[index + 1] = steps, right
    return [BlockRow(near[1], link) for near, link in zip(nearest, group, strict=True) if near is not None]


def _apart(one: etree._Element, other: etree._Element) -> tuple[int, etree._Element, etree._Element]:
    """How far up two links of equal depth meet, and the elements on both sides just below."""
    steps = 0
    while (above := one.getparent()) is not (beside := other.getparent()) and above is not None and beside is not None:
        one, other = above, beside
        steps += 1
    return steps, one, other


def _single(element: etree._Element) -> etree._Element:
    """The row around a link that has no like: the nearest element made for rows."""
    above: etree._Element | None = element
    for _ in range(5):
        if above is None or above.tag == "body":
            break
        if above.tag in _ROWS:
            return above
        above = above.getparent()
    above = element.getparent()
    return element if above is None or above.tag in {"body", "td", "div", "html"} else above


def _parent_of(row: BlockRow) -> etree._Element:
    return _above(row.element)


def _block(parent: etree._Element, rows: list[BlockRow]) -> Block:
    return Block(rows, parent, parent)


def _joined(blocks: list[Block]) -> list[Block]:
    """Lists of the same kind that follow each other are one: portals split twenty rows into four lists of five."""
    joined: list[Block] = []
    for block in blocks:
        if joined and (below := _continues(joined[-1], block)) is not None:
            joined[-1].rows += block.rows
            joined[-1].last = below
        else:
            joined.append(block)
    return joined


def _continues(one: Block, other: Block) -> etree._Element | None:
    """The element of the second list that continues the first, None when it is another list."""
    first = one.last.getparent()
    if first is other.top and other.rows[0].element.tag == one.last.tag:
        # A last list with a single row: there the list itself is the largest element with one link.
        return other.rows[-1].element if follows(one.last, other.rows[0].element) else None
    if (
        one.top.getparent() is not None
        and one.rows[0].element.tag == other.top.tag
        and other.top.getparent() is one.top
    ):
        return other.top if follows(one.rows[-1].element, other.top) else None
    left, right = one.last, other.top
    for _ in range(_LIFTS):
        if left.tag != right.tag:
            return None
        if left.getparent() is right.getparent():
            return other.top if follows(left, right) else None
        up_left, up_right = left.getparent(), right.getparent()
        if up_left is None or up_right is None or not (_is_alone(left, up_left) and _is_alone(right, up_right)):
            return None
        left, right = up_left, up_right
    return None


def _is_alone(element: etree._Element, parent: etree._Element) -> bool:
    return len(parent) <= 4 and all(child is element or not words_in(child) for child in parent)


def follows(one: etree._Element, other: etree._Element) -> bool:
    """True when nothing readable but a day or month stands between two siblings."""
    between = one
    for _ in range(_BETWEEN):
        if (between.tail or "").strip():
            return False
        following = between.getnext()
        if following is None:
            return False
        if following is other:
            return True
        words = words_in(following)
        if words and not is_date(words):
            return False
        between = following
    return False


def words_in(element: etree._Element) -> str:
    """The element's first characters without space, enough to tell a heading from a list."""
    if element.tag in {"script", "style"}:
        return ""
    return "".join("".join(pieces(element, 200)).split())[: _GROUP_LABEL + 1]
