"""How results are shown: a table for people, JSON for programs, CSV for spreadsheets; hostile text stays text."""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Literal, TextIO
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.config import Language
from crawler.show.headings import heading
from storage.export.cells import in_spreadsheet

LOCAL = ZoneInfo("Asia/Shanghai")  # the portals' time, whatever the reader's machine is set to
_PIPE_WIDTH = 100_000  # nothing wraps what a program or a file takes
# Terminal control (C0, DEL, C1, which holds the 8-bit CSI), direction overrides (UAX #9), lone surrogates.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Format(StrEnum):
    """What --format can be."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with stable column keys; the total may exceed the rows; extras and notes stand beside them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    name: str = ""
    notes: tuple[str, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)  # JSON only: beside rows and total
    row_extras: tuple[dict[str, Any], ...] = ()  # JSON only: more keys of each row
    in_table: tuple[str, ...] = ()  # the columns that a table shows; empty: all


@dataclass(frozen=True, slots=True)
class Speech:
    """Where and how to show."""

    out: TextIO
    format: Format
    language: Language = Language.BOTH


def show(sheet: Sheet, speech: Speech) -> None:
    """Writes the sheet in the format asked for."""
    WRITERS[speech.format](sheet, speech)


def show_json(content: Any, out: TextIO) -> None:
    """Writes JSON in which nothing can steer a terminal."""
    out.write(json_text(content))


def json_text(content: Any) -> str:
    """JSON in which nothing can steer a terminal."""
    text = json.dumps(content, ensure_ascii=False, indent=2, default=in_json)
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def in_json(value: Any) -> Any:
    """Times (UTC) and days as ISO 8601 text, other things as their text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def one_line(value: Any) -> str:
    """The value as one line of text that a terminal only shows."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M:%S %z}"
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=in_json)
    return _UNSHOWABLE.sub("", " ".join(str(value).split()))


def _write_table(sheet: Sheet, speech: Speech) -> None:
    is_terminal = speech.out.isatty()
    console = Console(file=speech.out, width=None if is_terminal else _PIPE_WIDTH, emoji=False, highlight=False)
    table = Table(title=sheet.name or None, title_justify="left", show_edge=False, pad_edge=False)
    places = [sheet.columns.index(column) for column in sheet.in_table or sheet.columns]
    for place in places:
        _add_column(table, sheet.columns[place], [row[place] for row in sheet.rows], speech.language)
    for row in sheet.rows:
        table.add_row(*(Text(one_line(row[place])) for place in places))
    console.print(table)
    for note in sheet.notes:
        console.print(Text(one_line(note)))


def _add_column(table: Table, column: str, values: list[Any], language: Language) -> None:
    is_number = bool(values) and all(isinstance(value, int | float) or value is None for value in values)
    # An id that is cut or broken cannot be copied into the next command.
    width = max((len(one_line(value)) for value in values), default=0) if column in _WHOLE else None
    title = Text(heading(column, language))
    longest = 100 if column in _LONG else None
    justify: Literal["left", "right"] = "right" if is_number else "left"
    table.add_column(title, justify=justify, overflow="fold", min_width=width, max_width=longest)


_LONG = {"value", "text"}  # whole notices: folded also where nothing else is
_WHOLE = {"id", "capture", "document", "posting", "run", "report"}


def _write_json(sheet: Sheet, speech: Speech) -> None:
    rows = [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
    for row, extra in zip(rows, sheet.row_extras, strict=False):
        row.update(extra)
    show_json({"rows": rows, "total": sheet.total, **sheet.extras}, speech.out)


def _write_csv(sheet: Sheet, speech: Speech) -> None:
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(sheet.columns)
    writer.writerows([_csv_cell(value) for value in row] for row in sheet.rows)
    speech.out.write(lines.getvalue())


def _csv_cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=in_json)
    if isinstance(value, date):
        return in_json(value)
    return in_spreadsheet(_UNSHOWABLE.sub(" ", value)) if isinstance(value, str) else value


WRITERS: dict[Format, Callable[[Sheet, Speech], None]] = {
    Format.TABLE: _write_table,
    Format.JSON: _write_json,
    Format.CSV: _write_csv,
}


def sheet_of(columns: Sequence[str], records: Sequence[Any], total: int, notes: Sequence[str] = ()) -> Sheet:
    """A sheet of frozen records: the columns are their fields."""
    rows = tuple(tuple(getattr(record, column) for column in columns) for record in records)
    return Sheet(tuple(columns), rows, total, notes=tuple(notes))
