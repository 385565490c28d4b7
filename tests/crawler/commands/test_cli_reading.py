"""The reading commands through the real command line: what they print, and their exit codes."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
import time_machine
from sqlalchemy import insert
from typer.testing import CliRunner

from crawler.cli import application
from pipeline.model import Capture, Kind, RunStart, Visit
from storage.archive import Archive
from storage.search.index import create_index, drop_index, index
from storage.tables import core as t
from storage.tables.database import engine_of
from tests.crawler.crawling import duizhang
from tests.storage.rows import capture, posting, store

HOSTILE = "\x1b[31m=cmd|' /C calc'!A0\x9b2J [bold]‮招标[/bold]"
BODY = b"\xff\xfe\x00\r\n<html>\x1b"
RUN = "20240101T000000Z-alpha-1f3a"
AT = datetime(2024, 1, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path, sqlite_url: str) -> Path:
    """An archive with a capture in WARC and four postings."""
    visit = Visit("alpha", "zbgg", Kind.NOTICE, "http://portal.test/zbgg/a1.jhtml", run=RUN)
    headers = (("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=\x1b2"))
    with Archive(tmp_path).writer(RunStart(RUN, "alpha", AT, "full", "")) as writer:
        stored = writer.add(Capture(visit, AT, 200, headers, BODY))
    rows = [
        posting("a1b2c3", capture=stored.capture, area="affordable_housing", region="540102"),
        posting("a1ffff", HOSTILE, "2015-07-01"),
        posting("b0", "乙市桥梁施工中标公示", day=None, notice_type="award_notice_unspecified"),
        posting("b1", document="db0", source="beta"),
    ]
    place = {"warc": stored.warc, "position": stored.position, "length": stored.length, "run": RUN}
    engine = engine_of(sqlite_url)
    with engine.begin() as connection:
        store(connection, *rows)
        connection.execute(insert(t.captures), capture(stored.capture, key="/zbgg/a1b2c3", notice_key="", **place))
        connection.execute(insert(t.runs), {"id": RUN, "source": "alpha", "started": AT, "ended": AT, "scope": "full"})
        connection.execute(t.runs.update().values(outcome="complete"))
        connection.execute(insert(t.cursors), {"warc": stored.warc, "position": stored.position + stored.length})
        create_index(connection)
        index(connection, [(row["id"], row["title"], row["text"]) for row in rows])
    engine.dispose()
    return tmp_path


def ran(archive: Path, *arguments: str, code: int = 0):
    result = CliRunner().invoke(
        application(), [*arguments, "--archive", str(archive)], env={"DUIZHANG_DATABASE_URL": ""}
    )
    assert result.exit_code == code, result.output
    return result


def answer(archive: Path, *arguments: str) -> dict:
    return json.loads(ran(archive, *arguments, "--format", "json").stdout)


def test_counts_as_json_open_into_rows(archive: Path) -> None:
    """Every row of the JSON has its number and the filter that lists its rows; the total is their sum."""
    found = answer(archive, "counts", "--by", "year,bucket")
    assert found["total"] == 4
    assert found["definition"] == "postings"
    assert found["rows"][0] == {
        "year": 0,
        "bucket": "tender_and_award",
        "n": 1,
        "filter": {"bucket": "tender_and_award", "year": 0},
    }
    behind = answer(archive, "counts", "--year", "0", "--open")
    assert (behind["total"], [row["id"] for row in behind["rows"]]) == (1, ["b0"])


def test_counts_for_people_say_what_was_counted(archive: Path) -> None:
    """The table is headed in two languages, names the undated and states definition and total."""
    output = ran(archive, "counts").stdout
    for words in ["年份 year", "无日期 undated", "合计 total 4", "postings v1"]:
        assert words in output
    assert (
        "年份"
        not in CliRunner()
        .invoke(application(), ["counts", "--archive", str(archive)], env={"DUIZHANG_LANGUAGE": "en"})
        .stdout
    )


def test_counts_filter_and_define(archive: Path) -> None:
    """Filters narrow, "none" finds what has no value, a definition changes what is one."""
    assert answer(archive, "counts", "--by", "", "--source", "beta")["rows"] == [{"n": 1, "filter": {"source": "beta"}}]
    assert answer(archive, "counts", "--area", "none")["total"] == 3
    assert answer(archive, "counts", "--area", "affordable_housing", "--region", "540102")["total"] == 1
    assert answer(archive, "counts", "--definition", "documents")["total"] == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["counts", "--by", "colour"],
        ["counts", "--area", "colour"],
        ["counts", "--bucket", "colour"],
        ["counts", "--month", "13"],
        ["search", "“”"],
        ["show", "zz"],
        ["show", "\udcff"],
        ["counts", "--source", "\udcff"],
        ["show", "a1"],
        ["sql", "DELETE FROM postings"],
        ["sql", "SELECT 1; SELECT 2"],
        ["export", "pdf", "out"],
        ["nonsense"],
    ],
)
def test_wrong_use_exits_with_2_and_says_why(archive: Path, arguments: list[str]) -> None:
    """What cannot be carried out ends in exit code 2 with words on the error stream, nothing on the other."""
    result = CliRunner().invoke(application(), arguments, env={"DUIZHANG_ARCHIVE": str(archive)})
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip()


@pytest.mark.parametrize(
    "arguments",
    [["counts"], ["search", "招标"], ["show", "a"], ["export", "csv", "out"], ["sql", "SELECT 1"], ["status"]],
)
def test_a_folder_without_an_archive_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """A reading command on no archive says so, exits with 2 and makes no file."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(application(), arguments, env={"DUIZHANG_ARCHIVE": "", "DUIZHANG_DATABASE_URL": ""})
    assert result.exit_code == 2
    assert "there is no archive at archive" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_none_is_named(tmp_path: Path) -> None:
    """A file that has no tables is a sentence and exit code 2; one that is no database is a damaged one, code 18."""
    (tmp_path / "duizhang.sqlite").write_bytes(b"")
    assert "no tables" in ran(tmp_path, "counts", code=2).stderr
    (tmp_path / "duizhang.sqlite").write_bytes(b"not a database, certainly not" * 99)
    assert "cannot be read" in ran(tmp_path, "counts", code=18).stderr


def test_search_finds_words_newest_first(archive: Path) -> None:
    """One-, two- and n-character words, filters and a limit; the exact count is said."""
    found = answer(archive, "search", "招标", "--limit", "1")
    assert (found["total"], [row["id"] for row in found["rows"]]) == (4, ["a1ffff"])
    assert answer(archive, "search", "桥", "施工")["rows"][0]["id"] == "b0"
    assert answer(archive, "search", "招标", "--year", "2014", "--source", "beta")["total"] == 1
    assert "4" in ran(archive, "search", "招标").stdout


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_hostile_text_does_not_steer_the_terminal(archive: Path, form: str) -> None:
    """No escape, no 8-bit control, no direction override reaches the terminal; markup is text, ids are whole."""
    output = ran(archive, "search", "calc", "--format", form).stdout
    assert not set("\x1b\x9b‮") & set(output)
    assert "[bold]" in output
    assert "a1ffff" in output


def test_csv_output_has_no_formula(archive: Path) -> None:
    """On the terminal too a CSV cell never starts a formula."""
    text = ran(archive, "sql", "SELECT '=1+1' AS x, '-2' AS y, -2 AS z", "--format", "csv").stdout
    assert list(csv.reader(io.StringIO(text))) == [["x", "y", "z"], ["'=1+1", "'-2", "-2"]]


def test_show_explains_a_posting_down_to_the_bytes(archive: Path) -> None:
    """All fields with their rules, the capture with its WARC place and both times, and the body as it came."""
    table = ran(archive, "show", "a1b2").stdout
    for words in ["title: 招标公告", "channel: zbgg", f"{RUN}.warc.gz", "duizhang show CAPTURE --bytes"]:
        assert words in table
    shown = answer(archive, "show", "a1b2")["rows"][0]
    (of_capture,) = shown["lists"]["captures"]
    assert (shown["record"], shown["type_rule"], of_capture["fetched_at"]) == (
        "posting",
        "title: 招标公告",
        "2024-01-01T00:00:00+00:00",
    )
    result = ran(archive, "show", of_capture["id"], "--bytes")
    assert result.stdout_bytes == BODY
    assert ran(archive, "show", "a1b2", "--bytes").stdout_bytes == BODY
    assert ran(archive, "show", of_capture["id"], "--headers").stdout.splitlines() == [
        "HTTP 200",
        "Content-Type: text/html",
        "Set-Cookie: a=1",
        "Set-Cookie: b=2",
    ]


def test_a_capture_that_is_lost_is_a_finding(archive: Path) -> None:
    """A damaged or missing WARC file is named, with exit code 1."""
    (file,) = (archive / "warc").iterdir()
    file.write_bytes(b"\0" * file.stat().st_size)
    assert "cannot be read from the archive" in ran(archive, "show", "a1b2", "--bytes", code=1).stderr
    file.unlink()
    assert "cannot be read from the archive" in ran(archive, "show", "a1b2", "--headers", code=1).stderr


def test_a_missing_index_is_named(archive: Path) -> None:
    """An archive whose index was dropped says so instead of finding nothing."""
    engine = engine_of(f"sqlite:///{archive / 'duizhang.sqlite'}")
    with engine.begin() as connection:
        drop_index(connection)
    engine.dispose()
    assert "search_words" in ran(archive, "search", "招标", code=2).stderr


def test_show_says_both_times(archive: Path) -> None:
    """A time is shown where the portal is and in UTC."""
    id_ = answer(archive, "show", "a1b2")["rows"][0]["capture"]
    assert "2024-01-01 08:00:00 +0800 = 2024-01-01 00:00:00 UTC" in ran(archive, "show", id_).stdout
    assert answer(archive, "show", id_)["rows"][0]["fetched_at_local"] == "2024-01-01T08:00:00+08:00"


def test_an_ambiguous_beginning_lists_the_candidates(archive: Path) -> None:
    """The candidates are named with their kind, id and title."""
    said = ran(archive, "show", "a1", code=2).stderr
    assert "posting a1b2c3 甲县乙路工程招标公告" in said
    assert "a1ffff" in said
    assert ran(archive, "show", "db0", "--kind", "document").exit_code == 0


def test_sql_gives_rows_and_says_when_it_cuts(archive: Path) -> None:
    """Columns of one name stay apart, bytes are hex, and a cut is said."""
    found = answer(archive, "sql", "SELECT 1 AS a, 2 AS a, x'00ff' AS b, NULL AS c")
    assert found == {"rows": [{"a": 1, "a_2": 2, "b": "00ff", "c": None}], "total": 1, "cut": False}
    assert answer(archive, "sql", "SELECT id FROM postings", "--limit", "2")["cut"] is True
    assert "only the first 2 rows" in ran(archive, "sql", "SELECT id FROM postings", "--limit", "2").stdout


def test_sql_shows_no_endless_cell(archive: Path) -> None:
    """A cell is shown up to 10,000 characters, and that it goes on is said beside it."""
    statement = "SELECT printf('%300000d', 1) AS a, 'b' AS b"
    table, plain = ran(archive, "sql", statement), ran(archive, "sql", statement, "--format", "csv")
    assert "过长的格只列出前 10000 字" in table.stdout
    assert "过长的格只列出前 10000 字" in plain.stderr
    assert len(plain.stdout) < 10_100
    found = answer(archive, "sql", statement)
    assert (len(found["rows"][0]["a"]), found["cut"]) == (10_001, True)


def test_sql_ends_what_nothing_interrupts(archive: Path) -> None:
    """A single step that goes on for minutes is ended with the process, soon after its time, with a sentence."""
    long = "WITH a(x) AS (SELECT replace(hex(zeroblob(2400000)), '0', 'a')) SELECT "
    search = " + ".join(["instr(x, substr(x, 1, 2000000) || 'b')"] * 20)
    begun = monotonic()
    done = duizhang(archive, "sql", f"{long} {search} FROM a", "--timeout", "0.5")
    assert (done.exit_code, done.err) == (2, "duizhang: stopped after 0.5 seconds\n")
    assert monotonic() - begun < 30


def test_export_writes_a_file_once(archive: Path) -> None:
    """The file has the filtered postings; a second export needs --force."""
    out = archive / "out.csv"
    ran(archive, "export", "csv", str(out), "--year", "2014")
    assert [row["id"] for row in csv.DictReader(out.open(encoding="utf-8-sig", newline=""))] == ["a1b2c3", "b1"]
    assert "exists already" in ran(archive, "export", "csv", str(out), code=2).stderr
    ran(archive, "export", "jsonl", str(out), "--force")
    assert len(out.read_text(encoding="utf-8").splitlines()) == 4
    assert "folder" in ran(archive, "export", "csv", str(archive / "no" / "out.csv"), code=2).stderr


def test_status_is_0_when_healthy_and_1_with_reasons(archive: Path) -> None:
    """A complete last run is healthy until a month has passed; a blocked one is named and gives exit code 1."""
    with time_machine.travel(AT + timedelta(days=31)):
        found = answer(archive, "status")
    with time_machine.travel(AT + timedelta(days=33)):
        assert "source alpha: 已 33 天未采集" in ran(archive, "status", code=1).stdout
    assert (found["healthy"], found["wrong"], found["rows"][0]["outcome"]) == (True, [], "complete")
    assert found["warc_files"] == 1
    engine = engine_of(f"sqlite:///{archive / 'duizhang.sqlite'}")
    with engine.begin() as connection:
        connection.execute(t.runs.update().values(outcome="blocked", reason="403 on every page"))
    engine.dispose()
    output = ran(archive, "status", code=1).stdout
    assert "source alpha: the last run ended blocked: 403 on every page" in output
