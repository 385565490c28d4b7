"""`duizhang verify` and `duizhang alerts` as they are typed: a person's mapping, the rows behind, what was told."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawler.cli import application
from tests.storage.derive.test_findings import pages, report_page, walked


def ran(archive: Path, *arguments: str, code: int = 0):
    environment = {"DUIZHANG_DATABASE_URL": "", "DUIZHANG_LANGUAGE": "both"}
    result = CliRunner().invoke(application(), [*arguments, "--archive", str(archive)], env=environment)
    assert result.exit_code == code, result.output
    return result


def answer(archive: Path, *arguments: str, code: int = 0) -> dict:
    return json.loads(ran(archive, *arguments, "--format", "json", code=code).stdout)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Twenty tenders of 2014 and a crawled report that claims thirty."""
    walked(tmp_path, [*pages(), report_page(30)])
    ran(tmp_path, "derive")
    return tmp_path


def report_id(archive: Path) -> str:
    return answer(archive, "verify", "--all", code=1)["rows"][0]["id"]


def test_the_json_has_mapping_interval_and_definitions(archive):
    """One object per report; each claim with its mapping, its interval, its ways of counting, its rows' command."""
    found = answer(archive, "verify", "--all", code=1)
    assert found["schema"] == "duizhang.verify/1"
    (report,) = found["rows"]
    (claim,) = report["claims"]
    head = claim["findings"][0]
    assert (head["verdict"], head["count"], head["low"], head["high"]) == ("overclaimed", 20, 20, 20)
    assert claim["mapping"]["readings"][0]["channels"] == ["zb"]
    assert {one["definition"] for one in claim["findings"]} == {"postings", "pages", "documents"}
    assert claim["rows"].startswith(f"duizhang verify {report['id']} --rows 1")
    assert report["accuses"]


def test_a_persons_mapping_is_kept_through_a_rebuild(archive):
    """A claim read as a person says so is verified so, names the person, and stays so after a rebuild."""
    report = report_id(archive)
    typed = ("verify", report, "--map", "1=channel=zb,year=2013", "--by", "甲")
    for arguments in (typed, ("verify", report)):
        (claim,) = answer(archive, *arguments, code=1)["rows"][0]["claims"]
        assert (claim["mapping"]["by"], claim["mapping"]["confidence"]) == ("甲", 1.0)
        assert claim["findings"][0]["count"] == 0
        ran(archive, "derive", "--rebuild")


def test_a_confirmed_mapping_says_who(archive):
    """--confirm keeps the proposal as it stands, with a name."""
    report = report_id(archive)
    output = ran(archive, "verify", report, "--confirm", "1", "--by", "乙", code=1).stdout
    assert "由乙确认 confirmed by 乙" in output


@pytest.mark.parametrize(
    "arguments",
    [
        ("--map", "1=channel=none,year=2013", "--by", "甲"),
        ("--map", "channel=zb", "--by", "甲"),
        ("--map", "9=channel=zb", "--by", "甲"),
        ("--map", "1=year=2013"),
        ("--confirm", "7", "--by", "甲"),
        ("--rows", "9"),
    ],
)
def test_a_mapping_that_says_nothing_is_refused(archive, arguments):
    """Unknown sections, claims that are not there, nobody's name: exit code 2 and a sentence."""
    assert "duizhang:" in ran(archive, "verify", report_id(archive), *arguments, code=2).output


def test_the_rows_that_make_the_difference_are_listed(archive):
    """--rows gives groups with totals; of twenty plain tenders in June nothing makes a difference."""
    found = answer(archive, "verify", report_id(archive), "--rows", "1", code=1)
    assert (found["rows"], found["groups"], found["total"]) == ([], [], 0)


def test_the_same_file_twice_is_one_report(archive, tmp_path):
    """A file whose content is in the archive as a report is that report: decisions about it stay with it."""
    file = tmp_path / "report.txt"
    file.write_text("某市住房和城乡建设局2014年政府信息公开工作年度报告\n门户网站发布招标公告20条。", encoding="utf-8")
    ids = {answer(archive, "verify", str(file))["rows"][0]["id"] for _ in range(2)}
    assert len(ids) == 1


def test_alerts_are_told_until_they_are_seen(archive):
    """A crawled report is announced by alerts and status, marked as seen, and listed with --all afterwards."""
    # The composed crawl is of 2015: an archive without one since is not healthy.
    assert "1 条提醒未阅" in ran(archive, "status", code=1).stdout
    (alert,) = answer(archive, "alerts")["rows"]
    assert alert["kind"] == "report_found"
    ran(archive, "alerts", "--seen", str(alert["id"]))
    assert answer(archive, "alerts")["rows"] == []
    assert len(answer(archive, "alerts", "--all")["rows"]) == 1
    assert "duizhang:" in ran(archive, "alerts", "--seen", "x", code=2).output
