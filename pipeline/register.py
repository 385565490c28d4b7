"""Lists of publications that never were on a portal (newspaper, radio), as an office brings them: CSV or XLSX."""

import csv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.dates import read_date
from pipeline.model import Unreadable
from pipeline.page import LARGEST, text_of
from pipeline.text import squeeze

_NAMES = {
    "published_on": {"date", "published", "published_on", "日期", "发布日期", "刊发日期", "播出日期", "时间"},
    "medium": {"medium", "media", "媒体", "媒介", "报刊", "渠道", "载体", "刊播媒体"},
    "title": {"title", "标题", "题目", "名称", "内容"},
    "evidence": {"evidence", "证据", "凭证", "版面", "备注", "链接"},
}
_REQUIRED = ("published_on", "medium", "title")
HEADINGS = "日期,媒体,标题,证据 (date,medium,title,evidence)"


@dataclass(frozen=True, slots=True)
class Registered:
    """One publication of the list; `row` as a spreadsheet numbers it, the heading being row 1."""

    row: int
    medium: str
    title: str
    published_on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Register:
    """The list as read: its publications, and what is wrong with the other rows."""

    rows: tuple[Registered, ...]
    problems: tuple[str, ...]  # rows that could not be read: each may be a publication
    repeats: tuple[str, ...]  # rows that say what another one says


def register_in(body: bytes, zone: ZoneInfo) -> Register:
    """What the file lists. Raises Unreadable when it is no table with the columns that are needed."""
    table = _numbered(_xlsx(body) if body[:4] == b"PK\x03\x04" else _csv(body))
    columns = _columns(next(table, (0, []))[1])
    rows: dict[tuple[str, str, date], Registered] = {}
    problems: list[str] = []
    repeats: list[str] = []
    for number, cells in table:
        found = _registered(number, {name: squeeze(_cell(cells, at)) for name, at in columns.items()}, zone)
        if isinstance(found, str):
            problems.append(found)
            continue
        same = rows.setdefault((found.medium, found.title, found.published_on), found)
        if same is not found:
            repeats.append(f"row {number} repeats row {same.row}")
    return Register(tuple(rows.values()), tuple(problems), tuple(repeats))


def _registered(number: int, said: dict[str, str], zone: ZoneInfo) -> Registered | str:
    missing = [name for name in _REQUIRED if not said[name]]
    if missing:
        return f"row {number}: no {', '.join(missing)}"
    when = read_date(said["published_on"], zone)
    if when is None:
        return f"row {number}: {said['published_on']!r} is no date; write it as 2014-06-03"
    day = when.moment.astimezone(zone).date()
    return Registered(number, said["medium"], said["title"], day, said.get("evidence", ""))


def _columns(heading: Sequence[str]) -> dict[str, int]:
    words = [squeeze(cell).lower() for cell in heading]
    found = {
        name: at for name, known in _NAMES.items() for at, word in reversed(list(enumerate(words))) if word in known
    }
    if missing := [name for name in _REQUIRED if name not in found]:
        raise Unreadable(f"the first row must name the columns {HEADINGS}; missing: {', '.join(missing)}")
    return found


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _numbered(table: Iterator[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows that say something, numbered as a spreadsheet numbers them."""
    return ((number, cells) for number, cells in enumerate(table, 1) if any(cell.strip() for cell in cells))


def _csv(body: bytes) -> Iterator[Sequence[str]]:
    text = text_of(body)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable(f"the list is no CSV: {error}") from None


def _xlsx(body: bytes) -> Iterator[Sequence[str]]:
    try:
        with zipfile.ZipFile(BytesIO(body)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise Unreadable(f"the workbook unpacks to more than {LARGEST} bytes")
        book = load_workbook(BytesIO(body), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield [_written(value) for value in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError) as error:
        raise Unreadable(f"the list is no workbook that can be read: {error}") from None


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime() | date():
            return value.isoformat()[:10]
        case _:
            return str(value)
