"""Notices whose page only points to a file, and reports that are files: read once, derived the same in every order."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from pipeline.documents import document_text
from pipeline.model import Capture, Kind, Visit
from storage import tables as t
from storage.derive import Readers, derive, rebuild
from tests.pipeline.document_files import docx, pdf
from tests.storage.deriving import BEGIN, archive_of, article, capture, lead, listing, tables_of

TITLE = "甲县乙路工程施工中标结果公告"
ROW = ("/zb/1.jhtml", TITLE, "2014-06-03")
SAID = ["甲县乙路工程施工已完成评标", "中标人：丙建筑有限公司", "中标价：1200000元", "公示期满无异议，特此公告"]
FILES = Readers(files=document_text)


def file_capture(path: str, body: bytes, minute: int, kind: Kind = Kind.ATTACHMENT, **more: Any) -> Capture:
    """A file as it came, asked for because of the notice."""
    visit = Visit("portal", "zb", kind, f"http://portal.test{path}", lead(*ROW), run="", **more)
    headers = (("Content-Type", "application/octet-stream"),)
    return Capture(visit, BEGIN + timedelta(minutes=minute), 200, headers, body, f"{minute:032x}")


def page(body: str, minute: int = 1) -> Capture:
    link = "<p><a href='/u/1.pdf'>公告.pdf</a></p>"
    return capture(Kind.NOTICE, "/zb/1.jhtml", article(TITLE, "2014-06-03", body, link), minute, lead=lead(*ROW))


def posting(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        return dict(connection.execute(select(t.postings)).mappings().one())


def listed() -> Capture:
    return capture(Kind.LISTING, "/zb/index.jhtml", listing([ROW], 1), 0)


def test_the_file_is_the_notice(engine: Engine, tmp_path: Path) -> None:
    """A page that says nothing but 详见附件 has the text of its file, and says which capture that is."""
    file = file_capture("/u/1.pdf", pdf("\n".join(SAID)), 2)
    derive(engine, archive_of(tmp_path, [[listed(), page("详见附件"), file]]), read=FILES)
    row = posting(engine)
    assert (row["text"].splitlines(), row["text_from"]) == (SAID, file.id)


def test_a_page_that_speaks_keeps_its_text(engine: Engine, tmp_path: Path) -> None:
    """A page with a body of its own is not replaced by its file, and the file is not read."""
    body = "一、招标条件：本项目已批准建设，资金已落实，招标人为甲县教育局。" * 16
    file = file_capture("/u/1.pdf", pdf("\n".join(SAID)), 2)
    derive(engine, archive_of(tmp_path, [[listed(), page(body), file]]), read=FILES)
    assert posting(engine)["text_from"] == ""
    with engine.connect() as connection:
        assert not connection.execute(select(t.tables_documents.document_texts)).all()


def test_order_and_rebuild_make_no_difference(engine: Engine, tmp_path: Path) -> None:
    """A file that comes in a later run than its notice, and a rebuild, give the tables of one run."""
    archive = archive_of(tmp_path, [[listed(), page("详见附件")], [file_capture("/u/1.pdf", pdf("\n".join(SAID)), 9)]])
    derive(engine, archive)  # as a crawl does, without a reader of files
    assert posting(engine)["text_from"] == ""
    derive(engine, archive, read=FILES)
    grown = tables_of(engine)
    assert posting(engine)["text"].splitlines() == SAID
    rebuild(engine, archive, read=FILES)
    assert tables_of(engine) == grown


def test_an_unreadable_file_is_a_problem(engine: Engine, tmp_path: Path) -> None:
    """A file that cannot be read leaves the notice as its page has it, and a problem that names the file's capture."""
    file = file_capture("/u/1.pdf", b"%PDF-1.4 broken", 2)
    derive(engine, archive_of(tmp_path, [[listed(), page("详见附件"), file]]), read=FILES)
    assert "详见附件" in posting(engine)["text"]
    with engine.connect() as connection:
        (row,) = connection.execute(select(t.problems).where(t.problems.c.step == "document")).mappings()
    assert row["capture"] == file.id
    assert "PDF" in row["reason"]


@pytest.mark.parametrize(
    "body",
    [
        pdf("2014年政府信息公开年度报告\n全年主动公开政府信息215条。"),
        docx("2014年政府信息公开年度报告", "全年主动公开政府信息215条。"),
    ],
)
def test_a_report_as_a_file(engine: Engine, tmp_path: Path, body: bytes) -> None:
    """A report in PDF or Word states its numbers as one in plain text does."""
    visit = Visit("portal", "", Kind.REPORT, "file:///report", run="")
    report = Capture(visit, BEGIN, 200, (), body, "f" * 32)
    archive = archive_of(tmp_path, [[report]])
    derive(engine, archive)
    derive(engine, archive, read=FILES)
    with engine.connect() as connection:
        assert connection.scalars(select(t.claims.c.count)).all() == [215]
        assert not connection.execute(select(t.problems)).all()
