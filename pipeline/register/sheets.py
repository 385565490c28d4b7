"""CSV and XLSX as sheets of rows of text, numbered as a spreadsheet numbers them."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from pipeline.model import Unreadable
from pipeline.page.opened import LARGEST, text_of

MOST_ROWS = 200_000  # of a sheet: no office publishes that much in a year
MOST_SHEETS = 100
_WIDEST = 200  # columns


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row that says something."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """One sheet; its name is "" where there is only one."""

    name: str
    rows: tuple[RegisterRow, ...]


def sheets_of(body: bytes) -> tuple[RegisterSheet, ...]:
    """The sheets of a workbook, or the one that a CSV is. Raises Unreadable."""
    return _xlsx(body) if body[:4] == b"PK\x03\x04" else (RegisterSheet("", _numbered(_csv(body))),)


def _numbered(table: Iterable[Iterable[Any]]) -> tuple[RegisterRow, ...]:
    rows = []
    for number, values in enumerate(table, 1):
        if number > MOST_ROWS:
            raise Unreadable(f"the list has more than {MOST_ROWS} rows")
        cells = tuple(_written(value) for value in islice(values, _WIDEST))
        if any(cell.strip() for cell in cells):
            rows.append(RegisterRow(number, cells))
    return tuple(rows)


def _csv(body: bytes) -> Iterator[list[str]]:
    text = text_of(body)
    head = text[:2000]
    delimiter = max(",;\t", key=head.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable(f"the list is no CSV: {error}") from None


def _xlsx(body: bytes) -> tuple[RegisterSheet, ...]:
    # A quarter of a second to import, in every crawl and derive, for a list that few ever bring.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(BytesIO(body)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise Unreadable(f"the workbook unpacks to more than {LARGEST} bytes")
        book = load_workbook(BytesIO(body), read_only=True, data_only=True)
        sheets = [
            (sheet.title, _numbered(sheet.iter_rows(values_only=True))) for sheet in book.worksheets[:MOST_SHEETS]
        ]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError) as error:
        raise Unreadable(f"the list is no workbook that can be read: {error}") from None
    full = [(name, rows) for name, rows in sheets if rows]
    return tuple(RegisterSheet(name if len(full) > 1 else "", rows) for name, rows in full)


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime() | date():
            return value.isoformat()[:10]
        case _:
            return str(value)
