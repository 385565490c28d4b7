"""`export ocds` through the real command line, on an archive that was captured, derived and chained."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator, FormatChecker
from typer.testing import CliRunner

from crawler.cli import application
from pipeline.model import Capture, Kind
from pipeline.source.file import SourceError, source_of
from storage.archive import Archive
from storage.derive.run import derive, rebuild
from storage.export.ocds import SCHEMAS
from storage.tables.database import engine_of
from tests.storage.deriving import DECLARATION, archive_of, article, capture, lead

BODY = "一、项目名称：甲县乙路改造工程。|二、项目编号：JX-2014-07。|招标人：甲县住房和城乡建设局。"
PAGES = (
    ("/zb/1.jhtml", "甲县乙路改造工程施工招标公告", "2014-06-03", BODY + "|最高限价：1234567.89元。"),
    ("/zb/2.jhtml", "甲县乙路改造工程施工更正公告", "2014-06-05", BODY + "|原投标截止时间有变，特此更正。"),
    ("/zb/3.jhtml", "甲县乙路改造工程施工流标公告", "2014-06-24", BODY + "|因有效投标人不足三家，本次招标失败。"),
    ("/zb/4.jhtml", "甲县乙路改造工程施工第二次招标公告", "2014-07-01", BODY + "|本次为第二次招标。"),
    ("/zhb/5.jhtml", "甲县乙路改造工程施工第二次招标中标结果公告", "2014-07-30", BODY + "|中标人：丁建设有限公司。"),
)
RELEASE = Draft4Validator(
    json.loads((SCHEMAS / "release-schema.json").read_text(encoding="utf-8")), format_checker=FormatChecker()
)


def captures() -> list[Capture]:
    return [
        capture(Kind.NOTICE, path, article(title, day, body), n, path.split("/")[1], lead(path, title, day))
        for n, (path, title, day, body) in enumerate(PAGES)
    ]


@pytest.fixture
def archive(tmp_path: Path, sqlite_url: str) -> Path:
    """Five notices of one project in two rounds, of a portal that has a prefix."""
    kept = archive_of(tmp_path, [captures()], 'ocid_prefix = "ocds-abc123"\n' + DECLARATION)
    engine = engine_of(sqlite_url)
    derive(engine, kept)
    engine.dispose()
    return tmp_path


def ran(archive: Path, *arguments: str, code: int = 0) -> str:
    """What the command says."""
    result = CliRunner().invoke(
        application(), ["export", *arguments, "--archive", str(archive)], env={"DUIZHANG_DATABASE_URL": ""}
    )
    assert result.exit_code == code, result.output
    return result.output


def test_captures_become_releases_and_records(archive: Path, sqlite_url: str) -> None:
    """A failed round and the next one: two processes, linked; every release valid; a rebuild gives the same bytes."""
    out, records = archive / "releases.json", archive / "records.json"
    assert "5 releases" in ran(archive, "ocds", str(out), "--records", str(records))
    releases = json.loads(out.read_text(encoding="utf-8"))["releases"]
    for release in releases:
        RELEASE.validate(release)
    assert [release["tag"][0] for release in releases] == [
        *("tender", "tenderAmendment", "tenderUpdate", "tender", "award")
    ]
    assert releases[0]["tender"]["value"] == {"amount": 1234567.89, "currency": "CNY"}
    assert releases[0]["buyer"]["name"] == "甲县住房和城乡建设局"
    assert releases[1]["tender"]["amendments"][0]["amendsReleaseID"] == releases[0]["id"]
    (award,) = releases[4]["awards"]
    assert (award["status"], award["suppliers"][0]["name"]) == ("active", "丁建设有限公司")
    failed, again = json.loads(records.read_text(encoding="utf-8"))["records"]
    assert failed["ocid"].startswith("ocds-abc123-")
    assert failed["compiledRelease"]["tender"]["status"] == "unsuccessful"
    assert again["compiledRelease"]["relatedProcesses"][0]["identifier"] == failed["ocid"]
    before = out.read_bytes(), records.read_bytes()
    engine = engine_of(sqlite_url)
    rebuild(engine, Archive(archive))
    engine.dispose()
    ran(archive, "ocds", str(out), "--records", str(records), "--force")
    assert before == (out.read_bytes(), records.read_bytes())


def test_options_of_ocds_belong_to_ocds(archive: Path) -> None:
    """--records with csv, and a prefix that is none, are wrong use."""
    assert "belong to" in ran(archive, "csv", str(archive / "a.csv"), "--lines", code=2)
    assert "no ocid prefix" in ran(archive, "ocds", str(archive / "a.json"), "--prefix", "abc", code=2)
    ran(archive, "ocds", str(archive / "a.jsonl"), "--prefix", "ocds-trial1", "--lines")
    first = json.loads((archive / "a.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["ocid"].startswith("ocds-trial1-")


@pytest.mark.parametrize("prefix", ["abc123", "ocds-ABC123", "ocds-abc", ""])
def test_a_prefix_is_written_as_it_is_registered(prefix: str) -> None:
    """A source file with another form of prefix is refused with what would be right; the right one is read."""
    with pytest.raises(SourceError, match='ocid_prefix = "ocds-abc123"'):
        source_of("portal", f'ocid_prefix = "{prefix}"\n' + DECLARATION)
    assert source_of("portal", 'ocid_prefix = "ocds-abc123"\n' + DECLARATION).ocid_prefix == "ocds-abc123"


def test_without_a_prefix_the_refusal_says_how_to_get_one(tmp_path: Path, sqlite_url: str) -> None:
    """No prefix, no export: the sentence names the key, where to register, and --prefix."""
    engine = engine_of(sqlite_url)
    derive(engine, archive_of(tmp_path, [captures()]))
    engine.dispose()
    said = ran(tmp_path, "ocds", str(tmp_path / "a.json"), code=2)
    for word in ("ocid_prefix", "Register", "--prefix"):
        assert word in said
    assert not (tmp_path / "a.json").exists()
