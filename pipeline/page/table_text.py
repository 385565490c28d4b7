"""The text of a page's lines in which the rows of tables stay rows: cells joined by a tab, rows by a new line."""

from collections.abc import Iterator

from pipeline.page.element_names import CHROME, HIDDEN
from pipeline.page.outline import Node, Outline

_CELLS = frozenset(("td", "th"))
_UNSEEN = CHROME | HIDDEN
_MOST_LINES = 40  # of a cell: one with more is a part of the page that a table lays out, not a value
_MOST_COLUMNS = 60  # of a row as written; portals' widest score tables have about forty


def lines_as_text(outline: Outline, start: int, end: int) -> str:
    """The lines [start:end) without hidden ones and navigation.

    A row of a table is one line: a tab between its cells, one space between the parts of a cell, empty cells for what
    colspan and rowspan cover. Rows that only lay out a page (a table inside, one cell, a cell as long as a text) stay
    lines of their own.
    """
    rows = _rows(outline, start, end)
    parts: list[str] = []
    at = start
    while at < end:
        if (row := rows.get(at)) is not None:
            parts.append(row[0])
            at = row[1]
            continue
        line = outline.lines[at]
        if not line.marks & _UNSEEN:
            parts.append(line.text)
        at += 1
    return "\n".join(parts)


def _rows(outline: Outline, start: int, end: int) -> dict[int, tuple[str, int]]:
    """The rows to write as such by their first line, with the line after them."""
    found: dict[int, tuple[str, int]] = {}
    covered: dict[int, dict[int, int]] = {}  # of a table: how many further rows each column is taken
    for row, cells, holds_rows in _cells_by_row(outline.nodes):
        node = outline.nodes[row]
        taken = covered.setdefault(node.parent, {})
        width = len(cells) + len(taken)
        written = [_words(outline, cell, start, end) for cell in cells]
        placed = _placed(cells, written, taken)
        if width < 2 or holds_rows or not any(written) or _is_layout(cells):
            continue
        if node.start >= start and node.end <= end:
            found[node.start] = (placed, node.end)
    return found


def _cells_by_row(nodes: list[Node]) -> Iterator[tuple[int, list[Node], bool]]:
    """Every row with its cells, and whether a row of another table stands in it."""
    cells: dict[int, list[Node]] = {}
    row_of: list[int] = []
    outer: set[int] = set()
    for number, node in enumerate(nodes):
        above = row_of[node.parent] if node.parent >= 0 else -1
        if node.tag == "tr":
            cells[number] = []
            outer.add(above)
            row_of.append(number)
            continue
        if node.tag in _CELLS and above == node.parent and above >= 0:
            cells[above].append(node)
        row_of.append(above)
    for row, own in cells.items():
        yield row, own, row in outer


def _words(outline: Outline, cell: Node, start: int, end: int) -> str:
    lines = outline.lines[max(cell.start, start) : min(cell.end, end)]
    return " ".join(line.text for line in lines if not line.marks & _UNSEEN)


def _is_layout(cells: list[Node]) -> bool:
    return any(cell.end - cell.start > _MOST_LINES for cell in cells)


def _placed(cells: list[Node], written: list[str], taken: dict[int, int]) -> str:
    """The row with its cells in their columns; `taken` afterwards says what its rowspans cover below."""
    out: list[str] = []
    below: dict[int, int] = {}
    for cell, words in zip(cells, written, strict=True):
        _skip(out, taken, below)
        for number in range(min(cell.columns, max(1, _MOST_COLUMNS - len(out)))):
            if cell.rows > 1:
                below[len(out)] = cell.rows - 1
            out.append("" if number else words)
    _skip(out, taken, below)
    taken.clear()
    taken.update(below)
    return "\t".join(out)


def _skip(out: list[str], taken: dict[int, int], below: dict[int, int]) -> None:
    """Empty cells for the columns that rows above have taken."""
    while left := taken.get(len(out), 0):
        if left > 1:
            below[len(out)] = left - 1
        out.append("")
