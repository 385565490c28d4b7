"""An update of the program, or of a source file: announced, resumable, and ended by which counts changed, and why."""

import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.crawler.crawling import Said, duizhang, environment, rows_of

OLD = Path(__file__).parents[2] / "storage" / "old_archives" / "60e9b84.tar.xz"
DECLARATION = """
name = "测试门户"
home = "http://portal.test/"
dialect = "jeecms"

[[channels]]
key = "zb"
name = "招标公告"
path = "/zb/index.jhtml"
bucket = "notice"

[[channels]]
key = "zhb"
name = "中标公告"
path = "/zhb/index.jhtml"
bucket = "tender_and_award"
"""
# `duizhang derive` in batches of four records, killed by the kernel once eight captures are read.
KILLED = """
import os, sys
from crawler.run import announcing
from storage.derive import run
run.BATCH = 4
heard = announcing.Announcer.__call__
def killing(self, done):
    heard(self, done)
    if done.captures >= 8:
        os.kill(os.getpid(), 9)
announcing.Announcer.__call__ = killing
sys.argv = ["duizhang", "derive"]
from crawler.cli import main
main()
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive that an earlier program made: 3 notices, 27 tenders and awards of 2014."""
    with tarfile.open(OLD) as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path / "archive"


def derived(archive: Path, language: str, *words: str, monkeypatch: pytest.MonkeyPatch) -> Said:
    monkeypatch.setenv("DUIZHANG_LANGUAGE", language)
    return duizhang(archive, "derive", *words)


@pytest.mark.parametrize(
    ("language", "beginning", "end"),
    [
        ("zh", "程序已更新，整个存档重新读一遍；", "重读完毕（程序已更新）：没有计数改变。"),
        ("en", "The program changed: the whole archive is read anew.", "Read anew (the program changed): no count"),
    ],
)
def test_an_update_of_the_program_is_announced_and_ends_with_a_sentence(
    archive: Path, language: str, beginning: str, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sentences in the one language asked for, on standard error; the second derive has nothing to say."""
    first = derived(archive, language, monkeypatch=monkeypatch)
    said = first.err.splitlines()
    assert first.exit_code == 0
    assert [said[0].startswith(beginning), said[-1].startswith(end)] == [True, True]
    assert derived(archive, language, monkeypatch=monkeypatch).err == ""


def test_another_source_file_names_each_count_that_it_changed(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence has the counts before and after, the cause, and the command that lists the postings."""
    duizhang(archive, "derive")
    before = {(row["bucket"], row["channel"]): 0 for row in rows_of(archive, "postings")}
    for row in rows_of(archive, "postings"):
        before[row["bucket"], row["channel"]] += 1
    in_zb = before["tender_and_award", "zb"]
    file = tmp_path / "portal.toml"
    file.write_text(DECLARATION, encoding="utf-8")
    said = derived(archive, "en", str(file), monkeypatch=monkeypatch).err
    after = duizhang(archive, "counts", "--by", "bucket", "--format", "json").json
    now = {row["bucket"]: row["n"] for row in after["rows"]}
    assert "A source file changed: the whole archive is read anew." in said
    assert f"portal notices in 2014 3 -> {now['notice']} (classified otherwise)" in said
    assert f"portal tenders and awards in 2014 27 -> {now['tender_and_award']} (classified otherwise)" in said
    assert 0 < now["notice"] - 3 <= in_zb


def test_a_killed_one_goes_on_and_says_in_the_end_what_an_undisturbed_one_says(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after eight captures: what waits is announced again, every row is there once, the sentence is the same."""
    whole = tmp_path / "whole"
    subprocess.run(["cp", "-r", str(archive), str(whole)], check=True)
    undisturbed = derived(whole, "en", monkeypatch=monkeypatch)
    command = [sys.executable, "-c", KILLED]
    ended = subprocess.run(command, env=environment(archive), capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert duizhang(archive, "counts").exit_code != 0  # half an archive gives no number
    rest = derived(archive, "en", monkeypatch=monkeypatch)
    assert 0 < int(rest.out.split()[0]) <= int(undisturbed.out.split()[0]) - 8
    assert rest.err.splitlines() == undisturbed.err.splitlines()
    for table in ("postings", "documents", "counts"):
        assert sorted(map(repr, rows_of(archive, table))) == sorted(map(repr, rows_of(whole, table)))


def test_a_first_derive_and_new_captures_are_no_update(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was never known cannot change: without the database nothing is announced."""
    for file in archive.glob("duizhang.sqlite*"):
        file.unlink()
    assert derived(archive, "zh", monkeypatch=monkeypatch).err == ""
