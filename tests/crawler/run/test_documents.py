"""Files read in a child process: one that kills, hangs or fills its parser costs that file and nothing else."""

import json
import os
import signal

import pytest
from typer.testing import CliRunner

from crawler.cli import application
from crawler.run.files import DocumentReader
from pipeline.model import Unreadable
from tests.pipeline.page.document_files import docx, pdf
from tests.storage.deriving import archive_of


@pytest.fixture
def reader():
    one = DocumentReader(seconds=20)
    yield one
    one.close()


def test_reads_many_in_one_child(reader):
    """The text is that of the pure reader, and the child stays for the next file."""
    assert reader(pdf("甲县公告")).text == "甲县公告"
    child = reader._child.pid
    assert reader(docx("乙县公告")).text == "乙县公告"
    assert reader._child.pid == child


def test_refusal_is_no_crash(reader):
    """A file that cannot be read is refused with its reason and the child stays."""
    with pytest.raises(Unreadable, match="before 2007"):
        reader(b"\xd0\xcf\x11\xe0")
    assert reader._child.is_alive()


def test_killed_child(reader):
    """A child that dies costs the file in hand; the next file is read by another."""
    assert reader(pdf("甲县")).text == "甲县"
    os.kill(reader._child.pid, signal.SIGSTOP)
    reader.seconds = 0.2
    with pytest.raises(Unreadable, match=r"within 0.2 s"):
        reader(pdf("乙县"))
    reader.seconds = 20
    assert reader(pdf("丙县")).text == "丙县"
    os.kill(reader._child.pid, signal.SIGKILL)
    reader._child.join()
    assert reader(pdf("丁县")).text == "丁县"


def test_memory_limit():
    """A file that needs more memory than a file may take is refused, whatever its parser does then."""
    reader = DocumentReader(seconds=20, memory=150_000_000)
    try:
        with pytest.raises(Unreadable):
            reader(b"\xef\xbb\xbf" + b"\xe7\x94\xb2" * 16_000_000)
    finally:
        reader.close()


def test_verify_reads_a_pdf(tmp_path):
    """`duizhang verify report.pdf` finds the claims that the PDF's text states, read in a child process."""
    archive_of(tmp_path / "archive", [[]])
    report = tmp_path / "report.pdf"
    report.write_bytes(pdf("甲市住建局2014年政府信息公开年度报告\n全年主动公开政府信息215条。"))
    words = ["verify", str(report), "--archive", str(tmp_path / "archive"), "--format", "json"]
    said = CliRunner().invoke(application(), words, env={"DUIZHANG_DATABASE_URL": ""})
    (found,) = json.loads(said.stdout)["rows"]
    assert [claim["count"] for claim in found["claims"]] == [215]
