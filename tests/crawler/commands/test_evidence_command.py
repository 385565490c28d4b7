"""`duizhang verify REPORT --evidence OUT` as it is typed, and the check that it tells to make."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawler.commands.test_verify_command import ran
from tests.storage.evidence.packing import archive_at


@pytest.fixture
def report(tmp_path: Path) -> str:
    """The id of the crawled report of an archive."""
    archive_at(tmp_path)
    ran(tmp_path, "derive")
    return str(json.loads(ran(tmp_path, "verify", "--all", "--format", "json").stdout)["rows"][0]["id"])


def test_the_pack_of_a_report_in_the_archive(tmp_path, report):
    """The pack is written, its seal told, and the command that is told checks it and gives the same seal."""
    words = ran(tmp_path, "verify", report[:12], "--evidence", str(tmp_path / "pack.wacz")).stdout
    seal = words.partition("sha256:")[2][:64]
    _, unpack, check = words.splitlines()[-1].replace(" && ", ": ").split(": ")
    for command in (unpack, check):
        program, *arguments = command.split(" ")
        assert program == "python"
        done = subprocess.run([sys.executable, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done
    assert done.stdout == f"OK, seal sha256:{seal}\n"


def test_json_stays_json(tmp_path, report):
    """What is for programs goes to standard output, the seal to standard error."""
    done = ran(tmp_path, "verify", report, "--evidence", str(tmp_path / "pack.zip"), "--format", "json")
    assert json.loads(done.stdout)["rows"][0]["id"] == report
    assert "sha256:" in done.stderr


@pytest.mark.parametrize("out", ["pack.tar", "none/pack.wacz", "there.wacz"])
def test_a_place_that_will_not_do(tmp_path, report, out):
    """Another ending, a folder that is not there, a file that is: exit code 2, a sentence, and nothing is written."""
    (tmp_path / "there.wacz").write_bytes(b"mine")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert "duizhang:" in ran(tmp_path, "verify", report, "--evidence", str(tmp_path / out), code=2).output
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "there.wacz").read_bytes() == b"mine"


def test_one_report_is_packed(tmp_path, report):
    """--all with --evidence is refused: a pack is about one report."""
    assert "duizhang:" in ran(tmp_path, "verify", "--all", "--evidence", str(tmp_path / "pack.wacz"), code=2).output
