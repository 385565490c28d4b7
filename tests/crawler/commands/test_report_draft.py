"""`duizhang report draft` as it is typed: what it writes, and what `duizhang verify` then says of it."""

import json
import shlex
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from lxml import html
from typer.testing import CliRunner

from crawler.cli import application
from pipeline.model import ChannelEnd, Kind, Outcome, RunEnd, RunStart
from storage.archive import Archive
from tests.storage.derive.test_findings import pages
from tests.storage.deriving import BEGIN, DECLARATION, capture, listing

REGISTER = """日期,媒体,标题,证据
2014-03-05,某日报,棚户区改造开工建设,第3版
2014-05-06,某广播电台,质量安全月活动启动,12号
"""
SECTIONS = DECLARATION + "".join(
    f'[[channels]]\nkey = "{key}"\nname = "{name}"\npath = "/{key}/index.jhtml"\nbucket = "{bucket}"\n'
    for key, name, bucket in (("dt", "工作动态", "industry_news"), ("tp", "图片新闻", "livelihood_pictures"))
)
SUFFIXES = {"text": "txt", "markdown": "md", "html": "html", "docx": "docx"}


def walked(root: Path) -> None:
    """An archive of one run that walked the list of tenders to its end, and found the other lists empty."""
    name = "20150105T010000Z-portal-000000"
    empty = [
        capture(Kind.LISTING, f"/{key}/index.jhtml", listing([], 0), 60 + n, channel=key)
        for n, key in enumerate(("zhb", "dt", "tp"))
    ]
    ends = [ChannelEnd("zb", True, "last page (1)", 1, 20, 20, 1)]
    ends += [ChannelEnd(key, True, "empty", 1, 0, 0, 1) for key in ("zhb", "dt", "tp")]
    with Archive(root).writer(RunStart(name, "portal", BEGIN, "full", SECTIONS)) as writer:
        for one in (*pages(), *empty):
            writer.add(one)
        writer.end(RunEnd(name, BEGIN + timedelta(hours=1), Outcome.COMPLETE, "walked", tuple(ends)))


def ran(archive: Path, *arguments: str, code: int = 0):
    environment = {"DUIZHANG_DATABASE_URL": "", "DUIZHANG_LANGUAGE": "both"}
    result = CliRunner().invoke(application(), [*arguments, "--archive", str(archive)], env=environment)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Twenty tenders of 2014 on the portal and two publications that never were there."""
    root = tmp_path / "archive"
    walked(root)
    ran(root, "derive")
    (tmp_path / "list.csv").write_text(REGISTER, encoding="utf-8")
    ran(root, "register", str(tmp_path / "list.csv"))
    return root


DRAFT = ("report", "draft", "2014", "--office", "某市住房和城乡建设局")


@pytest.mark.parametrize("form", ["text", "markdown", "html", "docx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_draft_verified_as_a_report_is_consistent(archive, tmp_path, form, lang):
    """The whole file, notes and tables included, brought as a report: the section's numbers and no others."""
    file = tmp_path / f"draft.{SUFFIXES[form]}"
    ran(archive, *DRAFT, "--format", form, "--lang", lang, "--out", str(file))
    found = json.loads(ran(archive, "verify", str(file), "--format", "json").stdout)
    (report,) = found["rows"]
    assert [claim["count"] for claim in report["claims"]] == [22, 20, 20, 2]
    assert {claim["findings"][0]["verdict"] for claim in report["claims"]} == {"consistent"}
    assert (report["year"], report["issuer"]) == (2014, "某市住房和城乡建设局")


def test_the_json_opens_every_number(archive):
    """Figures with their interval, commands and rows; cells that an archive cannot know are null, never 0."""
    found = json.loads(ran(archive, *DRAFT, "--format", "json").stdout)
    assert found["schema"] == "duizhang.draft/1"
    figures = {figure["key"]: figure for figure in found["figures"]}
    assert (figures["portal"]["count"], figures["portal"]["total_rows"], len(figures["portal"]["rows"])) == (20, 20, 20)
    assert figures["notice"]["count"] is None
    cells = [cell for item in found["national_table"]["items"] for row in item["rows"] for cell in row.items()]
    assert {value for name, value in cells if name != "信息内容"} == {None}
    assert found["check"]["right"]
    assert sum(month["portal"] for month in found["months"]) == 20


def test_the_commands_of_the_notes_list_the_rows(archive):
    """Each command that a note gives is run as it stands, and lists as many rows as its number."""
    found = json.loads(ran(archive, *DRAFT, "--format", "json").stdout)
    for figure in found["figures"]:
        rows = 0
        for command in figure["commands"]:
            words = shlex.split(command)[1:]
            rows += json.loads(ran(archive, *words, "--format", "json").stdout)["total"]
        if figure["commands"]:
            assert rows == (figure["count"] or 0), figure["key"]


def test_html_needs_nothing_and_links_numbers_to_rows(archive):
    """No script, nothing fetched; the number's mark leads to its note, the note to its rows in the appendix."""
    text = ran(archive, *DRAFT, "--format", "html").stdout
    page = html.fromstring(text)
    assert not page.xpath("//script | //img | //link | //iframe | //@onclick | //@src")
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    places = set(page.xpath("//@id"))
    targets = [href[1:] for href in page.xpath("//@href")]
    assert set(targets) <= places
    assert "note-1" in targets
    assert any(one.startswith("rows-") for one in targets)
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_a_word_file_opens(archive, tmp_path):
    """The section stands in the .docx, its marks raised; there are the empty national tables."""
    file = tmp_path / "draft.docx"
    ran(archive, *DRAFT, "--format", "docx", "--out", str(file))
    document = Document(str(file))
    section = next(one for one in document.paragraphs if "共主动公开政府信息" in one.text)
    assert [run.text for run in section.runs if run.font.superscript] == ["[1]", "[2]", "[3]", "[4]"]
    national = next(table for table in document.tables if table.rows[0].cells[-1].text == "现行有效件数")
    assert [cell.text for cell in national.rows[1].cells] == ["规章", "", "", ""]


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "draft", "2014", "--source", "nobody"),
        ("report", "draft", "2014", "--format", "docx"),
        ("report", "draft", "2014", "--office", "某局\n公开信息9条"),
    ],
)
def test_wrong_use_is_a_sentence(archive, arguments):
    """A source that is not there, a Word file for a terminal, an office of two lines: exit code 2."""
    assert "duizhang:" in ran(archive, *arguments, code=2).output


def test_a_file_is_not_replaced_unasked(archive, tmp_path):
    """--out keeps what is there; --force replaces it."""
    file = tmp_path / "draft.txt"
    file.write_text("mine")
    ran(archive, *DRAFT, "--out", str(file), code=2)
    assert file.read_text() == "mine"
    ran(archive, *DRAFT, "--out", str(file), "--force")
    assert "20条" in file.read_text()


def test_a_year_of_which_nothing_is_held(archive):
    """Observed and empty: nothing to write but 0, said as such; another year's register does not count."""
    text = ran(archive, "report", "draft", "2003").stdout
    assert "主动公开政府信息0条" in text
    assert "没有这一年的登记清单" in text
