"""The text of files: what each kind gives, and what each refuses."""

import zipfile

import pytest

from pipeline.model import Unreadable
from pipeline.page.file_text import LARGEST, document_text
from tests.pipeline.page.document_files import docx, docx_with_merged_cells, pdf, xlsx, zipped


def test_pdf_lines():
    """A PDF gives its lines in order, page after page."""
    read = document_text(pdf("甲县乙路工程\n中标结果公告", "中标价：1,234.50元"))
    assert (read.kind, read.text.split("\n")) == ("pdf", ["甲县乙路工程", "中标结果公告", "中标价：1,234.50元"])


def test_word_paragraphs_and_tables():
    """A Word file gives paragraphs as lines and a table's row as cells between TABs, in the order of the text."""
    read = document_text(docx("一、总体情况", [["渠道", "条数"], ["网站", "215"]], "二、其他"))
    assert (read.kind, read.text) == ("docx", "一、总体情况\n渠道\t条数\n网站\t215\n二、其他")


def test_merged_cells_speak_once():
    """A merged cell gives its words once and holds its place in the other rows and columns."""
    assert document_text(docx_with_merged_cells()).text == "表头\t\t\n侧\t甲\t乙\n\t丙\t丁"


def test_workbook():
    """A workbook gives its rows with TABs, numbers as written, empty ends left out."""
    read = document_text(xlsx(["日期", "条数", None], ["2014-06-03", 12]))
    assert (read.kind, read.text) == ("xlsx", "日期\t条数\n2014-06-03\t12")


def test_archive_lists_and_opens():
    """An archive gives the names in it, then the text of the first file in it that can be read."""
    read = document_text(zipped({"图.bin": b"\0\1", "公告.docx": docx("甲县公告")}))
    assert (read.kind, read.text) == ("zip", "图.bin\n公告.docx\n\n甲县公告")


def test_gbk_names():
    """Names in an archive that a Chinese tool wrote in GBK are read as GBK."""
    raw = zipped({"XXXX.bin": b"\0"}, zipfile.ZIP_STORED).replace(b"XXXX", "公告".encode("gbk"))
    assert document_text(raw).text == "公告.bin"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (pdf(""), "no text"),
        (pdf("甲")[:200], "PDF"),
        (b"%PDF-1.4 nothing else", "PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "before 2007"),
        (zipped({"word/document.xml": b"<a/>"}), "Word"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "workbook"),
        (b"PK\x03\x04" + b"\0" * 50, "damaged"),
        (zipped({"bomb.txt": b"0" * (LARGEST + 1)}), "unpacks to more"),
        (b"\0\1\2\3" * 100, "not read"),
    ],
)
def test_refusals(body, reason):
    """What cannot be read is refused with a sentence that says why; nothing else is raised."""
    with pytest.raises(Unreadable, match=reason):
        document_text(body)


def test_no_entity_is_fetched():
    """A Word file that names a file of ours as an entity does not get its content."""
    body = docx("乙县")
    with zipfile.ZipFile(__import__("io").BytesIO(body)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    hostile = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    main = files["word/document.xml"].partition(b"?>")[2].replace("乙县".encode(), b"&e;")
    files["word/document.xml"] = hostile + main
    try:
        said = document_text(zipped(files)).text
    except Unreadable:
        return
    assert "root" not in said
