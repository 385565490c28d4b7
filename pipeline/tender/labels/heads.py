"""The heads of a table's columns, in one row or in two, and which rows stand under them."""

import re
from dataclasses import dataclass, replace

from pipeline.tender.labels.cells import TextCell
from pipeline.tender.labels.naming import Label
from pipeline.tender.labels.roles import PEOPLE, Role

Row = tuple[TextCell, ...]
# A head that no list of labels knows, in a row where most are known.
_UNKNOWN_HEAD = re.compile(r"^[一-龥（）()/、\s]{2,14}$")
_VALUELESS = frozenset((Role.OTHER, Role.NAME, Role.PERSON, Role.INDEX))


@dataclass(frozen=True, slots=True)
class Heads:
    """What each column holds (None: nobody knows), and how many cells the heads took."""

    labels: tuple[Label | None, ...]
    cells: int


def heads_of(row: Row, below: Row, after: Row) -> Heads | None:
    """The heads that a row begins, alone or with the one below it; None where it is no row of heads.

    Heads are labels over values. Labels beside empty cells look alike, so a filled row must follow.
    """
    if not below or not _all_labels(row):
        return None
    if _all_labels(below) and after and _is_two_level(row, below) and not _all_labels(after):
        return Heads(_two_levels(row, below), len(row) + len(below)) if _holds_values(after, len(below)) else None
    if not _holds_values(below, len(row)):
        return None
    return Heads(tuple(cell.label for cell in row), len(row))


def is_record(row: Row, heads: tuple[Label | None, ...]) -> bool:
    """Whether the row holds values for the columns, not labels beside values."""
    filled = [cell for cell in row if cell.text]
    if not filled or len(row) > len(heads) + 1:
        return False
    labels = [cell for cell in filled if cell.label and cell.label.rank is None and cell.label.role not in _VALUELESS]
    return len(labels) * 2 < len(filled)


def _all_labels(row: Row) -> bool:
    filled = [cell for cell in row if cell.text]
    ranked = sum(cell.label is not None and cell.label.rank is not None for cell in filled)
    if len(filled) < 2 or ranked or len({cell.text for cell in filled}) < len(filled):
        return False
    if any(cell.colon or (cell.label is None and not _UNKNOWN_HEAD.match(cell.text)) for cell in filled):
        return False
    labels = [cell.label for cell in filled if cell.label is not None]
    facts = sum(label.role is not Role.OTHER for label in labels)
    return facts >= 1 if len(labels) == len(filled) else facts >= 2 and len(labels) * 3 >= len(filled) * 2


def _holds_values(row: Row, width: int) -> bool:
    filled = [cell for cell in row if cell.text]
    labels = sum(cell.label is not None and cell.label.rank is None for cell in filled)
    return len(filled) >= 2 and abs(len(row) - width) <= 1 and labels * 2 <= len(filled)


def _is_two_level(row: Row, below: Row) -> bool:
    return abs(len(row) - len(below)) <= 1 and (
        any(not cell.text for cell in row) or any(not cell.text for cell in below)
    )


def _two_levels(row: Row, below: Row) -> tuple[Label | None, ...]:
    """拟任项目经理 over 姓名 and 证书编号: the column of names is the manager's."""
    out: list[Label | None] = []
    above: Label | None = None
    for number, cell in enumerate(below):
        top = row[number].label if number < len(row) else None
        above = top or above
        label = cell.label or top
        if label is not None and above is not None and label.role is Role.PERSON and above.role in PEOPLE:
            label = replace(label, role=above.role)
        elif label is not None and label.role is Role.NAME and above is not None and above.role is Role.CANDIDATE:
            label = replace(label, role=Role.CANDIDATE)
        out.append(label)
    return tuple(out)
