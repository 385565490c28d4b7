"""Lists of publications that never were on a portal (newspaper, radio, WeChat …), as an office brings them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from zoneinfo import ZoneInfo

from pipeline.count.media import Medium, medium_of
from pipeline.likeness.fingerprint import plain
from pipeline.model import Unreadable
from pipeline.register.columns import HEADING_WITHIN, HEADINGS, Columns, columns_in
from pipeline.register.count import SHORTEST_TITLE
from pipeline.register.scans import scans_in
from pipeline.register.sheets import RegisterRow, sheets_of
from pipeline.values.dates import read_date
from pipeline.values.text import narrow, squeeze
from pipeline.values.traditional import simplified

EARLIEST = date(2008, 1, 1)  # the regulation is in force since 2008-05-01 and its first reports are of that year
_REQUIRED = ("published_on", "medium", "title")
_FOOT = re.compile(r"(?:合计|总计|小计|共计|填[表报]|制表|审核|负责人|注[:：])")


@dataclass(frozen=True, slots=True)
class Registered:
    """One publication of the list; `row` as a spreadsheet numbers it, `sheet` "" for a list that has no others."""

    sheet: str
    row: int
    medium: str  # as written
    kind: Medium
    title: str
    published_on: date
    evidence: str
    scans: tuple[str, ...]  # names of files, as written
    medium_key: str  # equal for one medium however it is written
    title_key: str  # equal for one title however it is written


@dataclass(frozen=True, slots=True)
class Register:
    """The list as read: its publications, and what is wrong with the other rows."""

    rows: tuple[Registered, ...]
    problems: tuple[str, ...]  # rows that could not be read: each may be a publication
    repeats: tuple[str, ...]  # rows that say what another one says
    checks: tuple[str, ...] = ()  # rows that count, and that somebody should look at


def registered_id(capture: str, sheet: str, row: int) -> str:
    """The id of a row of the list of that capture: 16 hex digits, the same after every rebuild."""
    return sha256(f"{capture} {sheet} {row}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def title_key(title: str) -> str:
    """Equal for one title in all its widths, spacings, punctuation and scripts."""
    return plain(simplified(narrow(title[:400])))


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    rows: dict[tuple[str, str, date], Registered] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    titles: dict[tuple[str, str], Registered] = field(default_factory=dict)

    def add(self, new: Registered) -> None:
        same = self.rows.setdefault((new.medium_key, new.title_key, new.published_on), new)
        if same is not new:
            self.repeats.append(f"{_place(new)} repeats {_place(same)}")
            return
        first = self.titles.setdefault((new.medium_key, new.title_key), new)
        if first is not new and len(new.title_key) >= SHORTEST_TITLE:
            self.checks.append(
                f"{_place(new)}: 与{_place(first)}标题相同而日期不同 has the title of {_place(first)} on another day"
            )
        if new.kind is Medium.UNKNOWN:
            self.checks.append(
                f"{_place(new)}: 看不出“{new.medium}”是哪类媒体 of no known kind; name it in a column 类别 (kind)"
            )


def register_in(body: bytes, zone: ZoneInfo, today: date) -> Register:
    """What the file lists; nothing can be published after `today`. Raises Unreadable where no sheet is a list."""
    found, lists = _Found(), 0
    for sheet in sheets_of(body):
        heading = next(
            ((n, columns) for n, row in enumerate(sheet.rows[:HEADING_WITHIN]) if (columns := columns_in(row.cells))),
            None,
        )
        if heading is None:
            found.problems.append(f"sheet {sheet.name}: no row names the columns {HEADINGS}")
            continue
        lists += 1
        for row in sheet.rows[heading[0] + 1 :]:
            _read_row(found, (sheet.name, row), heading[1], (zone, today))
    if not lists:
        raise Unreadable(f"one of the first {HEADING_WITHIN} rows must name the columns {HEADINGS}")
    return Register(tuple(found.rows.values()), tuple(found.problems), tuple(found.repeats), tuple(found.checks))


def _read_row(found: _Found, place: tuple[str, RegisterRow], columns: Columns, now: tuple[ZoneInfo, date]) -> None:
    """The row's publication, or what is wrong with it; a row that only numbers or adds up is neither."""
    sheet, row = place
    said = {name: _said(row.cells, columns.get(name, ())) for name in (*_REQUIRED, "kind", "evidence")}
    scans = scans_in(_raw(row.cells, columns.get("scan", ())))
    if (
        _FOOT.match(said["published_on"])
        or columns_in(row.cells)
        or not any((*(said[name] for name in _REQUIRED), *scans))
    ):
        return
    where = _words(sheet, row.number)
    if missing := [name for name in _REQUIRED if not said[name]]:
        found.problems.append(f"{where}: 缺 no {', '.join(missing)}")
        return
    day = _day(said["published_on"], *now)
    if isinstance(day, str):
        found.problems.append(f"{where}: {day}")
        return
    medium, title = said["medium"], said["title"]
    kind = medium_of(medium, said["kind"])
    found.add(
        Registered(
            sheet, row.number, medium, kind, title, day, said["evidence"], scans, title_key(medium), title_key(title)
        )
    )


def _day(text: str, zone: ZoneInfo, today: date) -> date | str:
    """The day, or why it is none on which the office can have published."""
    when = read_date(text, zone)
    if when is None:
        return f"{text!r} 不是日期 is no date; write it as 2014-06-03"
    day = when.moment.astimezone(zone).date()
    if day > today:
        return f"{day} 在登记之后 is later than the list itself"
    return day if day >= EARLIEST else f"{day} 早于 is before {EARLIEST}, when no office had to report"


def _said(cells: Sequence[str], places: Sequence[int]) -> str:
    return squeeze(" ".join(cells[place] for place in places if place < len(cells)))


def _raw(cells: Sequence[str], places: Sequence[int]) -> str:
    return "\n".join(cells[place] for place in places if place < len(cells))


def _place(one: Registered) -> str:
    return _words(one.sheet, one.row)


def _words(sheet: str, row: int) -> str:
    return f"{sheet} row {row}" if sheet else f"row {row}"
