"""Notices whose page only points to a file, and reports that are files: read once, derived the same in every order."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, select

from pipeline.model import Capture, Kind, Visit
from pipeline.page.file_text import document_text
from storage.archive import Archive
from storage.derive.files import read_waiting
from storage.derive.run import Readers, derive, rebuild
from storage.tables import core as t
from storage.tables.database import engine_of
from tests.pipeline.page.document_files import docx, pdf
from tests.storage import rows
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


def test_looking_for_files_that_wait_begins_at_the_few_that_could(sqlite_url: str, tmp_path: Path) -> None:
    """No statement of it goes through all captures or postings: each loop has a page, a posting, a digest or a flag."""
    engine = engine_of(sqlite_url)
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, values, *_: asked.append((sql, values)))
    with engine.connect() as connection:
        read_waiting(connection, Archive(tmp_path), document_text)
        plans = [
            str(step.detail)
            for sql, values in list(asked)
            if "FROM captures" in sql
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    engine.dispose()
    loops = [plan for plan in plans if re.match("(SCAN|SEARCH) (captures|postings|attachments|document_texts)", plan)]
    few = ("SCAN postings USING INDEX postings_thin", "SCAN captures USING INDEX captures_document")
    keyed = ("(source=? AND key=?)", "(posting=?)", "(digest=?)")
    assert loops
    assert [loop for loop in loops if not loop.startswith(few) and not loop.endswith(keyed)] == []


def test_what_a_planner_needs_is_written_when_a_database_closes(sqlite_url: str) -> None:
    """A SQLite database that was written knows how its rows are spread, without anybody asking for it."""
    engine = engine_of(sqlite_url)
    with engine.begin() as connection:
        connection.execute(insert(t.postings), [rows.posting(f"p{n}") for n in range(300)])
        connection.execute(select(t.postings.c.id).where(t.postings.c.document == "dp1")).all()
    engine.dispose()
    engine = engine_of(sqlite_url, read_only=True)
    with engine.connect() as connection:
        known = connection.exec_driver_sql("SELECT DISTINCT tbl FROM sqlite_stat1").scalars().all()
    engine.dispose()
    assert "postings" in known
