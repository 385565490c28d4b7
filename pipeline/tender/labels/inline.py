"""Labels inside a line: 联系人：甲 联系电话：乙, and texts whose layout has glued a label to the value before it."""

import re
from dataclasses import dataclass

from pipeline.tender.labels.cells import TextCell
from pipeline.tender.labels.naming import Label, label_of
from pipeline.tender.labels.roles import Role
from pipeline.values.text import no_space


@dataclass(frozen=True, slots=True)
class Inline:
    """A label inside a line, where it begins, and its value [start:end) in the notice's text."""

    label: Label
    begin: int
    start: int
    end: int


_COLON = re.compile(r"(?<!\d)[：:](?!//)|(?<=\d)[：:](?!//|\d\d(?!\d))")
_HARD = re.compile(r"[。；;，,！!？?【】{}《》|｜、]")
_PIECE = re.compile(r"[^\s]{1,60}")
_LONGEST = 40  # characters before a colon in which its label is looked for
_MOST = 80  # colons of one line that are looked at
_GLUED = 12  # characters of a label that stands right behind another one's value
_LEAST_GLUED, _SHORTEST = 4, 3
_SHORT = frozenset((Role.BUYER, Role.WINNER))
_GLUED_OTHER = 8  # characters from which on a label of something else may be one of ours behind other words
_NEGATED = re.compile(r"[未非不无各原][^\s]{0,2}$")
# 投标报价：设计费：…；施工费：… is one price of several parts.
_PRICED = frozenset((Role.PRICE, Role.AWARD, Role.CAP, Role.BUDGET, Role.INVESTMENT, Role.LOT_BUDGET))
_VAGUE = frozenset((Role.OTHER, Role.NAME, Role.PERSON, Role.INDEX, Role.LOT, Role.RANK))
_RANKED = re.compile(
    r"(?P<label>第[一二三四五六七八九十\d]{1,2}(?:名|(?:中标|成交)?候选(?:人|单位|供应商)))\s{0,3}[;；,，、\s]\s{0,3}"
)
_SECTION_NUMBER = re.compile(r"(?<=[^\s（(第])[一二三四五六七八九十]{1,2}、")


def inline_in(cell: TextCell) -> list[Inline]:
    """The labels of a line with their values, in order; a value ends where the next label begins."""
    text = cell.text
    found: list[tuple[Label, int, int]] = []
    past = 0
    if (ranked := _RANKED.match(text)) and (label := label_of(ranked["label"])) is not None:
        found.append((label, 0, ranked.end()))
    for number, colon in enumerate(_COLON.finditer(text)):
        if number == _MOST:
            break
        hit = _label_before(text, past, colon.start())
        if hit is not None and not (hit[0].role is Role.FEE and found and found[-1][0].role in _PRICED):
            found.append((hit[0], hit[1], colon.end()))
        past = colon.end()
    out = []
    for at, (label, begin, start) in enumerate(found):
        end = found[at + 1][1] if at + 1 < len(found) else len(text)
        cut = _SECTION_NUMBER.search(text, start, end) if label.role is not Role.OTHER else None
        first, last = _stripped(text, start, cut.start() if cut else end)
        out.append(Inline(label, cell.start + begin, cell.start + first, cell.start + last))
    return out


def _label_before(text: str, past: int, colon: int) -> tuple[Label, int] | None:
    """The label that ends at the colon, and where it begins; `past` is where the colon before ends."""
    low = max(past, colon - _LONGEST)
    hard = max((match.end() for match in _HARD.finditer(text, low, colon)), default=low)
    hard = _after_open_bracket(text, hard, colon)
    pieces = [(match.start(), match[0]) for match in _PIECE.finditer(text, hard, colon)]
    if hard == past and past and len(pieces) == 1 and (glued := _glued(text, hard, colon)):
        return glued
    best: tuple[Label, int] | None = None
    words = ""
    for start, piece in reversed(pieces):
        if words and len(no_space(piece)) > 3 and best is not None:
            break
        words = piece + words
        if len(words) > _LONGEST:
            break
        if (label := label_of(words)) is not None and (
            best is None or label.role not in _VAGUE or best[0].role in _VAGUE
        ):
            best = (label, start)
    if pieces and (best is None or (best[0].role is Role.OTHER and len(best[0].words) >= _GLUED_OTHER)):
        return _glued(text, pieces[-1][0], colon) or best
    return best


def _after_open_bracket(text: str, low: int, high: int) -> int:
    """Where the last bracket opens that is not closed before `high`: 甲（证书编号：, not 标段（包）编号：."""
    depth = 0
    for at in range(high - 1, low - 1, -1):
        depth += (text[at] in "）)") - (text[at] in "（(")
        if depth < 0:
            return at + 1
    return low


def _glued(text: str, low: int, colon: int) -> tuple[Label, int] | None:
    """The longest end of a run that is a label of a fact: AB-12采购项目名称."""
    for begin in range(max(low, colon - _GLUED), colon - _SHORTEST + 1):
        label = label_of(text[begin:colon]) if "一" <= text[begin] <= "龥" else None
        short = colon - begin < _LEAST_GLUED
        if label is None or (short and label.role not in _SHORT):
            continue
        if label.role not in _VAGUE and not _NEGATED.search(text[max(low, begin - 3) : begin]):
            return label, begin
    return None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n\r\u3000\xa0":
        start += 1
    while end > start and text[end - 1] in " \t\n\r\u3000\xa0":
        end -= 1
    return start, end
