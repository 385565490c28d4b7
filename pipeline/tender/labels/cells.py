"""A notice's text as cells: the lines of running text, the cells of rows, and what flattened tables left of theirs."""

import re
from dataclasses import dataclass

from pipeline.tender.labels.naming import Label, label_of
from pipeline.tender.labels.roles import Role

# Some portals' texts write | after every cell of a table that they have flattened.
_BAR = re.compile(r"[ \t\u3000]*(?:(?<=[\s])[|｜]|[|｜](?=\s|$))[ \t\u3000]*")
_BLANK = " \t\r\u3000\xa0\u200b\ufeff？"
_JOINED = re.compile(r"^[\s\u3000]{0,4}[：:](?!//)")
_LABEL_TAIL = re.compile(r"^[（(][^（）()]{1,12}[）)]\s?[：:]?$")  # (元） on a line of its own
_SPLIT_NUMBER = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})$")
_SPLIT_REST = re.compile(r"^[.．、]")
_PUNCTUATION = re.compile(r"^[.．、，,。·\-—_\s]{1,4}$")
_CUT_HEAD = 4  # characters of a label's first half: 拟任 above 项目经理
_MOST_CELLS = 40_000


@dataclass(frozen=True, slots=True)
class TextCell:
    """What stands at [start:end) of the text. `row` numbers lines; a line of a table has several cells."""

    start: int
    end: int
    text: str
    row: int
    column: int
    label: Label | None  # where the cell is nothing but a label
    colon: bool  # a label that ends in a colon: its value cannot be a label


@dataclass(frozen=True, slots=True)
class CellGrid:
    """All cells in the order of the text, and for each row of several cells where it begins and ends among them."""

    text: str
    cells: tuple[TextCell, ...]
    rows: dict[int, tuple[int, int]]  # of a row with several cells: the range of its cells

    def row_of(self, cell: TextCell) -> tuple[TextCell, ...]:
        """The cells of a table's row, () where the cell is a line by itself."""
        span = self.rows.get(cell.row)
        return self.cells[span[0] : span[1]] if span else ()


def grid_of(text: str) -> CellGrid:
    """The cells of a text; empty ones only where the text shows that there is one (tabs, bars)."""
    spans = _merged(text, _Lines(text).read())[:_MOST_CELLS]
    cells: list[TextCell] = []
    rows: dict[int, tuple[int, int]] = {}
    for start, end, row, column in spans:
        words = text[start:end]
        label = label_of(words) if words else None
        cells.append(TextCell(start, end, words, row, column, label, words.endswith(("：", ":"))))
        first = rows[row][0] if row in rows else len(cells) - 1
        rows[row] = (first, len(cells))
    return CellGrid(text, tuple(cells), {row: span for row, span in rows.items() if span[1] - span[0] > 1})


_Span = tuple[int, int, int, int]  # start, end, row, column


class _Lines:
    """The pass over the lines: what was found, the number of the row, and whether a bar was the last thing seen."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[_Span] = []
        self.row = 0
        self.closed = False

    def read(self) -> list[_Span]:
        at = 0
        for line in _lines(self.text):
            if "\t" in line:
                self._cells(at, line)
            elif "|" in line or "｜" in line:
                self._barred(at, line)
            else:
                self._whole(at, line)
            at += len(line) + 1
        return self.found

    def _cells(self, at: int, line: str) -> None:
        for column, piece in enumerate(line.split("\t")):
            self.found.append((*_stripped(self.text, at, at + len(piece)), self.row, column))
            at += len(piece) + 1
        self.row += 1
        self.closed = False

    def _whole(self, at: int, line: str) -> None:
        start, end = _stripped(self.text, at, at + len(line))
        if start < end and not _PUNCTUATION.match(self.text[start : min(end, start + 5)]):
            self._add(start, end)
            self.closed = False

    def _barred(self, at: int, line: str) -> None:
        """A bar closes a cell; two bars with nothing between hold an empty one."""
        edges = [0, *(edge for match in _BAR.finditer(line) for edge in match.span()), len(line)]
        for number in range(0, len(edges), 2):
            start, end = _stripped(self.text, at + edges[number], at + edges[number + 1])
            last = number + 2 >= len(edges)
            if start < end:
                self._add(start, end)
                self.closed = not last
            elif not last:
                if self.closed:
                    self._add(start, start)
                self.closed = True

    def _add(self, start: int, end: int) -> None:
        self.found.append((start, end, self.row, 0))
        self.row += 1


_LONG_LINE = 160  # characters: with a line as long, a text of few lines has lost its line breaks
_MOST_LINES, _LEAST_LABELS = 3, 4


def _lines(text: str) -> list[str]:
    """The lines; where only spaces are left of them, what stands between spaces. Each is followed by one character."""
    if text.count("\n") < _MOST_LINES and len(text) > _LONG_LINE and "\t" not in text:
        pieces = text.replace("\n", " ").replace("\u3000", " ").replace("\xa0", " ").split(" ")
        if sum(label_of(piece) is not None for piece in pieces if piece) >= _LEAST_LABELS:
            return pieces
    return text.split("\n")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def _merged(text: str, spans: list[_Span]) -> list[_Span]:
    """A label that layout has cut: a colon, a unit in brackets or .采购人 at the head of the next line."""
    out: list[_Span] = []
    for span in spans:
        if out and _continues(text, out[-1], span):
            start, _, row, column = out[-1]
            out[-1] = (start, span[1], row, column)
        else:
            out.append(span)
    return out


def _continues(text: str, above: _Span, below: _Span) -> bool:
    if above[3] or below[3] or above[0] == above[1] or below[0] == below[1] or below[0] - above[1] > 60:
        return False
    head, words = text[above[0] : above[1]], text[below[0] : min(below[1], below[0] + 20)]
    if "|" in text[above[1] : below[0]] or len(head) > 40:
        return False
    if _JOINED.match(words):
        return not re.search(r"[。；：:]", head)
    if _SPLIT_REST.match(words):
        return bool(_SPLIT_NUMBER.match(head))
    if len(head) <= _CUT_HEAD and (whole := label_of(head + words)) and whole.role is not Role.OTHER:
        rest = label_of(words)
        if (rest is None or rest.role in (whole.role, Role.OTHER, Role.NAME)) and label_of(head) is None:
            return True
    return bool(_LABEL_TAIL.match(text[below[0] : below[1]][:20])) and label_of(head) is not None
