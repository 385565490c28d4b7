"""Tables that a portal's text has flattened: every cell a line of its own, heads first, then the rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.tender.labels.cells import CellGrid, TextCell
from pipeline.tender.labels.inline import inline_in
from pipeline.tender.labels.naming import Label
from pipeline.tender.labels.roles import PEOPLE, Role
from pipeline.tender.labels.shapes import CHECKED, fits, rank_of

_KEYS = frozenset(
    (Role.INDEX, Role.RANK, Role.LOT, Role.CANDIDATE, Role.SUPPLIER, Role.WINNER, Role.NAME, Role.PERSON, Role.LOT_NAME)
) | {Role.PLAN_NO, Role.PROJECT_NO}
_NO_FACTS = frozenset((Role.OTHER, Role.RECORD, Role.SCORES, Role.REJECTED))
_NUMBERED = re.compile(r"^\s?(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]|\d{1,2}[、.．](?!\d))")
_HEADING = re.compile(r"(?:(?:采购|招标|中标|代理|供应|成交|投标).{1,8}|项目|基本)(?:基本)?(?:信息|情况)$")
_COUNTERS = frozenset((Role.INDEX, Role.RANK))
_MOST_STRANGE = 8  # heads that no list of labels knows, between the known ones and the first row's number
_OVER = re.compile(r"(?:情况|信息|公告|公示|结果)$")
_LONGEST_HEAD = 24  # characters
_LEAST_FILLED = 0.6  # of a row: empty cells leave no line
_MOST_CELLS = 400  # of a flattened table
_SPARE = 6  # cells that a row may have more than its head: one cut in two by layout

FlatRow = tuple[TextCell | None, ...]


@dataclass(frozen=True, slots=True)
class FlatTable:
    """The heads of a flattened table, its rows as wide as they are, and how many cells all took."""

    heads: tuple[Label, ...]
    rows: tuple[FlatRow, ...]
    cells: int


def heads_table(run: Sequence[TextCell]) -> bool:
    """Whether labels after each other may head a flattened table: three or more, one of them to tell its rows by."""
    labels = [cell.label for cell in run if cell.label is not None and cell.label.rank is None]
    roles = [label.role for label in labels]
    counted = next((number for number, role in enumerate(roles) if role in _COUNTERS), 0)
    heading = roles[:1] == [Role.OTHER] and (_NUMBERED.match(run[0].text) or _OVER.search(run[0].text))
    if heading or (counted and set(roles[:counted]) == {Role.OTHER}):
        return False  # headings above the table's own head
    known = sum(label.role not in _NO_FACTS for label in labels)
    return len(labels) >= 3 and known >= 2 and any(label.role in _KEYS for label in labels)


def flat_table(grid: CellGrid, at: int, run: Sequence[TextCell]) -> FlatTable | None:
    """The table that the run of labels at the cell numbered `at` heads; None where no rows of its width follow."""
    heads, used = _heads([*run, *_strange(grid, at + len(run), run)])
    width = len(heads)
    data: list[TextCell] = []
    for cell in grid.cells[at + used : at + used + _MOST_CELLS]:
        if cell.row in grid.rows or _ends(cell, data, width):
            break
        data.append(cell)
    if len(data) < max(2, width * _LEAST_FILLED) or any(_HEADING.match(label.words) for label in heads):
        return None
    rows = [_placed(heads, row) for row in _split(data, width) if any(cell.text for cell in row)]
    return FlatTable(heads, tuple(rows), used + len(data))


def _strange(grid: CellGrid, at: int, run: Sequence[TextCell]) -> Sequence[TextCell]:
    """Heads after the known ones of a table that counts its rows: all up to the first row's number."""
    if run[0].label is None or run[0].label.role not in _COUNTERS or run[-1].label is None or run[-1].label.rank:
        return ()
    after = grid.cells[at : at + _MOST_STRANGE]
    first = next((number for number, cell in enumerate(after) if rank_of(cell.text) == 1), 0)
    between = after[:first]
    return between if all(len(cell.text) <= _LONGEST_HEAD and not cell.colon for cell in between) else ()


def _heads(run: Sequence[TextCell]) -> tuple[tuple[Label, ...], int]:
    """The labels over the columns, and how many cells they took. 第一名 at the end is the first row's already."""
    labels: list[Label] = []
    for cell in run:
        if cell.label is not None and cell.label.rank is not None and labels:
            break
        labels.append(cell.label or Label(Role.OTHER, cell.text))
    out: list[Label] = []
    owner: Role | None = None
    for label, after in zip(labels, [*labels[1:], None], strict=False):
        if label.role in PEOPLE and after is not None and after.role is Role.PERSON:
            owner = label.role
            continue
        out.append(replace(label, role=owner) if label.role is Role.PERSON and owner else label)
    return tuple(out), len(labels)


def _ends(cell: TextCell, data: list[TextCell], width: int) -> bool:
    """A label after the rows. 达到招标文件的要求 ends like one and is a value inside a begun row."""
    if cell.label is None:
        begun = len(data) % width == 0
        if begun and len(data) >= width and _NUMBERED.match(cell.text):
            return True
        return any(begun or inline.label.role not in _NO_FACTS for inline in inline_in(cell))
    if cell.label.rank is not None:
        return _opens_text(cell, data)
    return cell.colon or cell.label.role is not Role.OTHER or len(data) % width == 0


def _opens_text(cell: TextCell, data: list[TextCell]) -> bool:
    """Whether 第一中标候选人 begins what is said after the table, its rows being counted already."""
    return cell.colon or bool(data and cell.label and cell.label.rank == 1)


def _split(data: list[TextCell], width: int) -> list[list[TextCell]]:
    """The rows: a new one at every next rank or number, else every `width` cells."""
    if not data:
        return []
    marks = _marks(data)
    if marks and (len(marks) > 1 or len(data) != width):
        edges = [*marks, len(data)]
        return [data[edges[n] : edges[n + 1]][: width + _SPARE] for n in range(len(marks))]
    if len(data) % width == 0:
        return [data[at : at + width] for at in range(0, len(data), width)]
    return [data[: width + _SPARE]]


def _marks(data: list[TextCell]) -> list[int]:
    """Where rows begin: 1, 2, 3 … or 第一名, 第二名 …, each the next of the one before, the first at the start."""
    marks: list[int] = []
    for at, cell in enumerate(data):
        if (marks or at == 0) and rank_of(cell.text) == len(marks) + 1:
            marks.append(at)
    return marks


def may_stand(head: Label, cell: TextCell) -> bool:
    """Whether nothing speaks against the cell under that head."""
    return head.role not in CHECKED or fits(head.role, cell.text)


def _placed(heads: Sequence[Label], row: list[TextCell]) -> FlatRow:
    """The row's cells under the heads; where cells were lost or cut, only those that fit what a head says."""
    if len(row) == len(heads) or (len(row) > len(heads) and all(map(may_stand, heads, row))):
        return tuple(row[: len(heads)])
    out: list[TextCell | None] = []
    at = 0
    for head in heads:
        found = next((number for number in range(at, len(row)) if fits(head.role, row[number].text)), None)
        out.append(None if found is None else row[found])
        at = at if found is None else found + 1
    return tuple(out)
