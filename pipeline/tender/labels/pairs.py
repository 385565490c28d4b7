"""Labels and their values: beside each other in a row, above each other in a column, or parted by a colon in a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.tender.labels.cells import CellGrid, TextCell
from pipeline.tender.labels.changes import is_change_head
from pipeline.tender.labels.flattened import FlatTable, flat_table, heads_table
from pipeline.tender.labels.heads import heads_of, is_record
from pipeline.tender.labels.inline import inline_in
from pipeline.tender.labels.naming import Label, label_of
from pipeline.tender.labels.roles import PEOPLE, Role


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at [start:end) of the text, and the column of its row that it stands in."""

    start: int
    end: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what it labels: several values where a row holds one for each candidate, none where it is empty."""

    label: Label
    values: tuple[Value, ...]
    section: Role | None = None  # the heading that it stands under
    record: int = -1  # of a table with heads over its columns: which of its rows; -1 elsewhere
    table: int = -1  # which table; -1 for lines

    @property
    def role(self) -> Role:
        return self.label.role


RANKS = Label(Role.RANK, "")  # of a row of ranks that nothing labels

# Headings that say whose 名称 stands below; others end what was said.
_HEADING = re.compile(r"^(?P<who>.{2,14}?)(?:单位)?(?:的)?(?:基本)?(?:信息|情况|联系方式|联系人|资料|及联系方式|名单)$")
_NOBODYS = re.compile(r"(?:联系方式|信息|(?:监督|监管)(?:部门|机构)|委员会.{0,20}名单|受理)$")
_CANDIDATES = re.compile(r"(?:侯|候)选(?:人|单位|供应商).{0,4}(?:排序|情况|信息|名单|相关内容|推荐结果)")
_WON = re.compile(r"(?:中标|成交|中选)(?:成交)?(?:人|单位|供应商)?(?:基本)?(?:信息|情况|结果|结果信息)|采购结果")
_NUMBERED = re.compile(r"^\s?(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]|\d{1,2}[、.．](?!\d))")
_SECTIONS = frozenset(
    (Role.BUYER, Role.AGENCY, Role.WINNER, Role.CANDIDATE, Role.SUPPLIER, Role.REJECTED, Role.RECORD, Role.SCORES)
)
_STICKY = frozenset((Role.REJECTED, Role.RECORD, Role.SCORES))
_REST_OF_HEADING = frozenset(("信息", "联系方式", "情况", "名单", "联系人"))
_MOST_VALUES = 14  # lines of a value below its label
_MOST_RUN = 30  # labels after each other
_LONGEST_HEADING = 30  # characters


def pairs_of(grid: CellGrid) -> list[Pair]:
    """Every label with its values, in the order of the text."""
    return list(_PairReader(grid).read())


class _PairReader:
    """One pass over the cells: where it is, and under which heading."""

    __slots__ = ("at", "cells", "grid", "section")

    def __init__(self, grid: CellGrid) -> None:
        self.grid = grid
        self.cells = grid.cells
        self.at = 0
        self.section: Role | None = None

    def read(self) -> Iterator[Pair]:
        while self.at < len(self.cells):
            cell = self.cells[self.at]
            if cell.row in self.grid.rows:
                yield from self._table()
            elif cell.label is None:
                self._head(cell)
                yield from self._line(cell)
            else:
                yield from self._labelled(cell, cell.label)

    def _line(self, cell: TextCell) -> Iterator[Pair]:
        """The labels inside a line; the last one's value may stand on the next line."""
        self.at += 1
        found = inline_in(cell)
        for number, inline in enumerate(found):
            values: tuple[Value, ...] = (Value(inline.start, inline.end),) if inline.start < inline.end else ()
            label = inline.label
            if not values and number + 1 == len(found):
                values = self._below(label, colon=True)
            if number and label.role is Role.NAME and (above := found[number - 1]).start == above.end:
                label = replace(label, role=above.label.role)  # 采购人：名称：甲局
            yield Pair(label, values, self.section)

    def _labelled(self, cell: TextCell, label: Label) -> Iterator[Pair]:
        """A line that is a label: its value stands below, or it begins the head of a table that lost its form."""
        run = self._run()
        if heads_table(run) and (table := flat_table(self.grid, self.at, run)):
            yield from self._flat_table(run, table)
            return
        self.at += 1
        if label.role is Role.PERSON:
            label = self._of_person(label)
        values = self._below(label, colon=cell.colon)
        if (not values and label.role is not Role.RECORD) or _NUMBERED.match(cell.text):
            self._head(cell)
        if label.role in _SECTIONS and not values and not label.rank:
            self.section = label.role
        yield Pair(label, values, self.section)

    def _of_person(self, label: Label) -> Label:
        """姓名 under 项目经理 is the manager's."""
        above = self.cells[self.at - 2].label if self.at >= 2 else None
        return replace(label, role=above.role if above and above.role in PEOPLE else Role.OTHER)

    def _below(self, label: Label, *, colon: bool) -> tuple[Value, ...]:
        """The lines after a label up to the next one; an empty cell is a value that was left out."""
        values: list[Value] = []
        while self.at < len(self.cells) and len(values) < _MOST_VALUES:
            cell = self.cells[self.at]
            if cell.row in self.grid.rows or self._ends_value(
                cell, first=not values, colon=colon, other=label.role is Role.OTHER
            ):
                break
            self.at += 1
            if cell.start == cell.end:
                break
            values.append(Value(cell.start, cell.end))
        return tuple(values)

    def _ends_value(self, cell: TextCell, *, first: bool, colon: bool, other: bool) -> bool:
        if cell.label is None:
            inner = inline_in(cell)
            if first and not other:
                return any(inline.label.role is not Role.OTHER and inline.begin <= cell.start + 4 for inline in inner)
            return bool(_NUMBERED.match(cell.text)) or bool(inner)
        return not (first and colon and cell.label.role is Role.OTHER and len(cell.text) > 6 and not cell.colon)

    def _run(self) -> list[TextCell]:
        """The labels in lines of their own that follow each other from here."""
        run: list[TextCell] = []
        for cell in self.cells[self.at : self.at + _MOST_RUN]:
            if cell.label is None or cell.row in self.grid.rows or cell.colon or cell.start == cell.end:
                break
            run.append(cell)
        return run

    def _flat_table(self, run: Sequence[TextCell], table: FlatTable) -> Iterator[Pair]:
        """A table whose cells each became a line: its head, then its rows."""
        self._head(run[0])
        self.at += table.cells
        for row in table.rows:
            record = next((cell.start for cell in row if cell is not None), -1)
            for label, cell in zip(table.heads, row, strict=True):
                if cell is not None:
                    yield Pair(label, (Value(cell.start, cell.end),), self.section, record, run[0].start)

    def _head(self, cell: TextCell) -> None:
        """Remembers whose section the cell opens."""
        text = cell.text.rstrip("：:")
        if len(text) > _LONGEST_HEADING or text in _REST_OF_HEADING:
            return
        role = _heading_role(text)
        if role is not None:
            self.section = role
        elif _NUMBERED.match(text) or (self.section in _STICKY and cell.label and cell.label.role is Role.CANDIDATE):
            self.section = None

    def _table(self) -> Iterator[Pair]:
        """Rows of cells from here to the next line: heads over columns, labels beside values."""
        heads: tuple[Label | None, ...] = ()
        first = self.cells[self.at].start
        while (row := self._row(0)) and self.at < len(self.cells):
            below = self._row(len(row))
            if is_change_head(row):
                heads = ()
                self.at += len(row)
                continue
            if taken := heads_of(row, below, self._row(len(row) + len(below))):
                heads = taken.labels
                self._head(next(cell for cell in row if cell.text))
                self.at += taken.cells
                continue
            self.at += len(row)
            if heads and is_record(row, heads):
                yield from self._record(heads, row, first)
                continue
            heads = ()
            self._head(next((cell for cell in row if cell.text), row[0]))
            yield from self._beside(row, first)

    def _row(self, ahead: int) -> tuple[TextCell, ...]:
        at = self.at + ahead
        return self.grid.row_of(self.cells[at]) if at < len(self.cells) else ()

    def _record(self, heads: tuple[Label | None, ...], row: tuple[TextCell, ...], table: int) -> Iterator[Pair]:
        for head, cell in zip(heads, row, strict=False):
            if head is not None and cell.text:
                value = Value(cell.start, cell.end, cell.column)
                yield Pair(head, (value,), self.section, row[0].start, table)

    def _beside(self, row: tuple[TextCell, ...], table: int) -> Iterator[Pair]:
        """Each label of the row with the filled cells up to the next one."""
        label: Label | None = None
        values: list[Value] = []
        filled = [cell for cell in row if cell.text]
        ranks = _ranks_beside(filled)
        for cell, after in zip(filled, [*filled[1:], None], strict=False):
            if cell.label is not None and not ranks and not _is_value(cell, after, values):
                if label is not None:
                    yield Pair(label, tuple(values), self.section, table=table)
                label, values = _inner(label, cell.label, values), []
            elif ranks and cell.label is not None and cell.label.rank is None:
                label = replace(cell.label, role=Role.RANK)  # 中标候选人 | 第一中标候选人 | 第二中标候选人
            elif ranks and label is None:
                label, values = RANKS, [Value(cell.start, cell.end, cell.column)]
            elif label is None:
                found = inline_in(cell)
                yield from (Pair(i.label, (Value(i.start, i.end),), self.section) for i in found if i.start < i.end)
            else:
                values.append(Value(cell.start, cell.end, cell.column))
        if label is not None:
            yield Pair(label, tuple(values), self.section, table=table)


def _ranks_beside(filled: list[TextCell]) -> bool:
    """Whether the row names ranks over columns: 第一名 | 第二名 | 第三名."""
    ranked = [number for number, cell in enumerate(filled) if cell.label is not None and cell.label.rank is not None]
    return len(ranked) >= 2 and ranked[-1] - ranked[0] + 1 == len(ranked) == len(filled) - ranked[0]


def _is_value(cell: TextCell, after: TextCell | None, values: list[Value]) -> bool:
    """Whether a cell that reads like a label of something else is a value: behind values and with none of its own."""
    plain = bool(values) and cell.label is not None and cell.label.role is Role.OTHER and not cell.colon
    return plain and (after is None or after.label is not None)


def _inner(outer: Label | None, label: Label, values: list[Value]) -> Label:
    """项目经理 | 姓名: the inner label's value is the outer's."""
    if outer is not None and not values and label.role is Role.PERSON and outer.role in PEOPLE:
        return replace(label, role=outer.role)
    return label


def _heading_role(text: str) -> Role | None:
    """Whose section a heading opens; OTHER for one that is nobody's; None for what is no heading."""
    label = label_of(text)
    if label is not None and label.role in _STICKY:
        return label.role
    words = label.words if label is not None else text
    if _CANDIDATES.search(words):
        return Role.CANDIDATE
    if _WON.fullmatch(words):
        return Role.WINNER
    if found := _HEADING.match(words):
        whose = label_of(found["who"])
        return whose.role if whose is not None and whose.role in _SECTIONS else Role.OTHER
    return Role.OTHER if _NOBODYS.search(words) else None
