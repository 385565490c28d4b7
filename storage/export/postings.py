"""Postings as CSV, JSON lines and XLSX files: streamed, safe to open in a spreadsheet, whole or not there at all."""

import csv
import json
import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Connection, RowMapping, select

from storage.export.cells import in_spreadsheet, in_xlsx
from storage.queries.postings import Filters, condition
from storage.tables.core import postings

COLUMNS = tuple(column.name for column in postings.c)
ROWS_PER_SHEET = 1_048_575  # Excel's 1,048,576 less the heading

Row = RowMapping


class ExportFormat(StrEnum):
    """What an export is written as."""

    CSV = "csv"  # UTF-8 with a byte-order mark, without which Excel reads Chinese as Latin
    JSONL = "jsonl"  # verbatim: for programs, not for spreadsheets
    XLSX = "xlsx"


class ExportRefused(Exception):
    """A file that cannot be written as asked; the message is for a person."""


def export(connection: Connection, form: ExportFormat, out: Path, filters: Filters, *, force: bool = False) -> int:
    """Writes the postings, oldest first, and gives their number. The file appears when it is whole."""
    if not out.parent.is_dir():
        raise ExportRefused(f"there is no folder {out.parent}")
    if out.exists() and not force:
        raise ExportRefused(f"{out} exists already; --force replaces it")
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        n = WRITERS[form](part, posting_stream(connection, filters))
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return n


def posting_stream(connection: Connection, filters: Filters) -> Iterator[Row]:
    """Every posting with all its columns, oldest first and the undated last; in memory a thousand at a time."""
    rows = select(postings).where(condition(postings, filters))
    rows = rows.order_by(postings.c.published.asc().nulls_last(), postings.c.id)
    yield from connection.execution_options(yield_per=1000).execute(rows).mappings()


def _write_csv(path: Path, rows: Iterator[Row]) -> int:
    n = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([in_spreadsheet(plain(row[name])) for name in COLUMNS])
            n += 1
    return n


def _write_jsonl(path: Path, rows: Iterator[Row]) -> int:
    n = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps({name: plain(row[name]) for name in COLUMNS}, ensure_ascii=False) + "\n")
            n += 1
    return n


def _write_xlsx(path: Path, rows: Iterator[Row]) -> int:
    n = 0
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), {**options, "strings_to_numbers": False, "use_zip64": True}) as book:
        sheet = _sheet(book, 1)
        for n, row in enumerate(rows, 1):
            if n > 1 and (n - 1) % ROWS_PER_SHEET == 0:
                sheet = _sheet(book, (n - 1) // ROWS_PER_SHEET + 1)
            for column, name in enumerate(COLUMNS):
                _write_cell(sheet, ((n - 1) % ROWS_PER_SHEET + 1, column), plain(row[name]))
    return n


WRITERS: dict[ExportFormat, Callable[[Path, Iterator[Row]], int]] = {
    ExportFormat.CSV: _write_csv,
    ExportFormat.JSONL: _write_jsonl,
    ExportFormat.XLSX: _write_xlsx,
}


def _sheet(book: Any, number: int) -> Any:
    sheet = book.add_worksheet("postings" if number == 1 else f"postings {number}")
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name)
    return sheet


def _write_cell(sheet: Any, place: tuple[int, int], value: str | int | bool | None) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, int):
        sheet.write_number(*place, value)
    elif value:
        sheet.write_string(*place, in_xlsx(value))


def plain(value: Any) -> Any:
    """Times and days as ISO 8601 text, times in UTC; everything else as it is."""
    return value.isoformat() if isinstance(value, date | datetime) else value
