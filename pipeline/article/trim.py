"""The first and the last line of a text: what stands around it inside its block is cut off."""

import re
from dataclasses import dataclass

from pipeline.article.body import AFTER, BEFORE, FURNITURE, SIGNED
from pipeline.page.element_names import CHROME, HIDDEN
from pipeline.page.outline import Outline, TextLine

_ATTACHED = re.compile(r"(?:相关)?附件(?:信息|下载|列表)?[:：]?")
_SIZE = re.compile(r"[（(]?[\d.]{1,8}\s?[KMG]?B?[）)]?", re.IGNORECASE)
# The portal's own foot, where the table that lays the page out keeps it in the block of the text.
_FOOT = re.compile(r"ICP备\s?\d|公网安备|网站标识码|版权所有", re.IGNORECASE)
_KEEPER = re.compile(
    r"(?:主办|承办|协办|网站(?:维护|管理|建设|支持)|技术支持|维护)\S{0,4}[:：].{0,80}|Copyright.{0,80}", re.IGNORECASE
)
_FOOT_LINES = 6
_BUTTONS = re.compile(r"(?:[\[【(（]?\s?(?:打印|关闭|返回)[^\s。；]{0,8}[\]】)）]?[>»\s]{0,3}){1,4}$")


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines that hold title and metadata: at the head of a text all of them are cut, at its end those of `tail`."""

    head: frozenset[int]
    tail: frozenset[int]


def trimmed(outline: Outline, start: int, end: int, furniture: Furniture) -> tuple[int, int]:
    """The range without title, metadata and furniture at both ends."""
    lines = outline.lines
    end = _above_foot(lines, start, _cut(lines, start, end))
    while end > start and (end - 1 in furniture.tail or (not _in_row(lines, end - 1) and _ends(lines[end - 1]))):
        end -= 1
    while start < end and (start in furniture.head or (not _in_row(lines, start) and _begins(lines[start]))):
        start += 1
    return start, end


def without_buttons(text: str) -> str:
    """The text without 【打印】【关闭】 at its end, inside the last paragraph."""
    return text[:-60] + _BUTTONS.sub("", text[-60:])


def _in_row(lines: list[TextLine], number: int) -> bool:
    """Whether the line is a cell of a table's row: a lone / or 60 says something there."""
    return lines[number].break_ == "\t" or (number + 1 < len(lines) and lines[number + 1].break_ == "\t")


def _cut(lines: list[TextLine], start: int, end: int) -> int:
    """Where, in the later half, the page turns to other things, or to nothing but links to files."""
    total = sum(len(lines[number].text) for number in range(start, end))
    read = 0
    for number in range(start, end):
        text = lines[number].text
        if read * 2 > total and len(text) < 120 and _turns(lines, number, end):
            return number
        read += len(text)
    return end


def _above_foot(lines: list[TextLine], start: int, end: int) -> int:
    """Where the portal's foot begins, when the last lines are one."""
    low = max(start, end - _FOOT_LINES)
    foot = next((at for at in range(low, end) if len(lines[at].text) < 200 and _FOOT.search(lines[at].text)), end)
    while start < foot < end and _KEEPER.fullmatch(lines[foot - 1].text):
        foot -= 1
    return foot


def _turns(lines: list[TextLine], number: int, end: int) -> bool:
    text = lines[number].text
    return bool(AFTER.match(text) or (_ATTACHED.fullmatch(text) and _only_links(lines, number + 1, end)))


def _only_links(lines: list[TextLine], start: int, end: int) -> bool:
    return start < end and all(
        line.linked * 2 > len(line.text) or _SIZE.fullmatch(line.text) for line in lines[start:end]
    )


def _ends(line: TextLine) -> bool:
    text = line.text
    return bool(line.marks & (CHROME | HIDDEN)) or (
        len(text) < 80 and bool(FURNITURE.fullmatch(text) or AFTER.match(text) or SIGNED.fullmatch(text))
    )


def _begins(line: TextLine) -> bool:
    text = line.text
    return bool(line.marks & (CHROME | HIDDEN)) or (
        len(text) < 200
        and bool(line.linked * 5 >= len(text) * 4 or FURNITURE.fullmatch(text[:80]) or BEFORE.match(text))
    )
