"""Exports hold every posting with all columns, never a formula, and appear whole or not at all."""

import csv
import json
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from storage.export import postings as exports
from storage.export.cells import CUT, XLSX_LONGEST, in_spreadsheet, in_xlsx
from storage.export.postings import COLUMNS, ExportFormat, ExportRefused, export
from storage.queries.postings import Filters
from storage.tables.core import postings
from tests.storage.rows import posting, store

FORMULAS = [
    '=HYPERLINK("http://x.test")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    " \n =1",
    "\x01=1",
]
HOSTILE = "=cmd|' /C calc'!A0"


@pytest.fixture
def connection(engine: Engine):
    with engine.begin() as connection:
        store(
            connection,
            posting("01", HOSTILE, text='第一行\n"第二行",\x1b[31m'),
            posting("02", day=None, title="无日期"),
            posting("03", day="2013-02-01", void=True),
        )
        yield connection


def test_csv_holds_all_columns_and_opens_in_excel(connection: Connection, tmp_path: Path) -> None:
    """UTF-8 with a byte-order mark, a heading, every column, oldest first, the undated last."""
    out = tmp_path / "out.csv"
    assert export(connection, ExportFormat.CSV, out, Filters()) == 3
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS) == [column.name for column in postings.c]
    assert [row["id"] for row in rows] == ["03", "01", "02"]
    assert rows[1]["title"] == "'" + HOSTILE
    assert rows[1]["text"] == '第一行\n"第二行",[31m'
    assert (rows[1]["capture"], rows[1]["type_rule"]) == ("c01", "title: 招标公告")
    assert (rows[1]["published"], rows[2]["published"]) == ("2014-06-03T00:00:00+00:00", "")


def test_json_lines_are_verbatim(connection: Connection, tmp_path: Path) -> None:
    """One object a line with every value as it is."""
    out = tmp_path / "out.jsonl"
    export(connection, ExportFormat.JSONL, out, Filters(year=2014))
    (line,) = out.read_text(encoding="utf-8").splitlines()
    row = json.loads(line)
    assert (row["title"], row["text"]) == (HOSTILE, '第一行\n"第二行",\x1b[31m')
    assert (row["void"], row["year"], row["index_valid"]) == (False, 2014, None)


def test_xlsx_holds_strings_and_no_formula(connection: Connection, tmp_path: Path) -> None:
    """A cell that begins like a formula is a string, a number a number, and no link is made."""
    out = tmp_path / "out.xlsx"
    assert export(connection, ExportFormat.XLSX, out, Filters()) == 3
    sheet = openpyxl.load_workbook(out)["postings"]
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert (rows[1]["title"].value, rows[1]["title"].data_type) == (HOSTILE, "s")
    assert (rows[1]["year"].value, rows[0]["void"].value, rows[2]["published"].value) == (2014, True, None)
    with ZipFile(out) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b"<hyperlink" not in xml


def test_further_sheets_take_what_one_cannot(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows beyond a sheet's last go on in another, each with the heading."""
    monkeypatch.setattr(exports, "ROWS_PER_SHEET", 2)
    out = tmp_path / "out.xlsx"
    export(connection, ExportFormat.XLSX, out, Filters())
    book = openpyxl.load_workbook(out)
    assert [[row[0].value for row in sheet] for sheet in book] == [["id", "03", "01"], ["id", "02"]]
    assert book.sheetnames == ["postings", "postings 2"]


def test_an_empty_export_is_a_file(connection: Connection, tmp_path: Path) -> None:
    """No postings: a file all the same, in every format."""
    for form in ExportFormat:
        assert export(connection, form, tmp_path / form, Filters(year=1999)) == 0
        assert (tmp_path / form).exists()


def test_a_file_that_exists_is_not_replaced_unasked(connection: Connection, tmp_path: Path) -> None:
    """Without force the old file stays, with it the new one takes its place."""
    out = tmp_path / "out.csv"
    out.write_text("mine")
    with pytest.raises(ExportRefused, match="exists already"):
        export(connection, ExportFormat.CSV, out, Filters())
    assert out.read_text() == "mine"
    assert export(connection, ExportFormat.CSV, out, Filters(), force=True) == 3
    assert out.read_text(encoding="utf-8-sig").startswith("id,")


def test_a_failed_export_leaves_nothing(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When writing fails there is neither a file nor a part of one."""

    def fail(value: object) -> object:
        raise OSError("disk full")

    monkeypatch.setattr(exports, "in_spreadsheet", fail)
    with pytest.raises(OSError, match="disk full"):
        export(connection, ExportFormat.CSV, tmp_path / "out.csv", Filters())
    assert list(tmp_path.glob("*out*")) == []


@pytest.mark.parametrize("text", FORMULAS)
def test_no_csv_cell_starts_a_formula(text: str) -> None:
    """= + - @ tab and return, full width too and behind white space, get an apostrophe before them."""
    assert in_spreadsheet(text).startswith("'")


@pytest.mark.parametrize("text", ["甲县公告", "1-2", "a=b", "", "（一）", "《通知》"])
def test_ordinary_cells_stay(text: str) -> None:
    """Text that is no formula is not changed."""
    assert in_spreadsheet(text) == text


@given(st.text())
def test_any_text_makes_a_harmless_cell(text: str) -> None:
    """Whatever the text, the cell does not begin with a sign, and has only characters that XML can have."""
    cell = in_spreadsheet(text)
    assert cell.strip()[:1] not in set("=+-@＝＋－＠") | {"\0"}
    assert "\x1b" not in in_xlsx(text)


@pytest.mark.parametrize("text", ["甲" * 40_000, "🏗" * 20_000])
def test_a_cell_that_is_too_long_is_cut_visibly(text: str) -> None:
    """Excel's limit counts UTF-16 units; the cut is marked."""
    cell = in_xlsx(text)
    assert len(cell.encode("utf-16-le")) // 2 in {XLSX_LONGEST, XLSX_LONGEST - 1}
    assert cell.endswith(CUT)
    assert in_xlsx("甲" * XLSX_LONGEST) == "甲" * XLSX_LONGEST
