"""A writer that is killed loses nothing that add() has returned for, and repair makes its file whole."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.model import Capture
from storage.archive import Archive
from storage.archive.folder import Entry, Stored

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("size", [3_000, 30_000, 20_000_000])
def test_kill(tmp_path: Path, size: int) -> None:
    """After SIGKILL every capture that was reported as stored is read back, before and after the repair."""
    command = [sys.executable, "-m", "tests.storage.archive.archive_writing_process", str(tmp_path), str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as writer:
        assert writer.stdout
        lines = [writer.stdout.readline()]
        assert Archive(tmp_path).repair() == []
        _wait_until_it_writes(tmp_path)
        writer.kill()
        lines += writer.stdout.read().splitlines()
    assert writer.returncode < 0
    stored = [Stored(**json.loads(line)) for line in lines if line.strip().endswith("}")]
    archive = Archive(tmp_path)
    assert len(stored) >= 1
    _all_there(archive, stored)
    before = list(archive.entries())
    (repair,) = archive.repair()
    assert repair.position >= stored[-1].position + stored[-1].length
    assert list(archive.entries()) == before
    _all_there(archive, stored)
    assert [path.name for path in archive.folder.glob("*.warc.gz*")] == [repair.warc]
    assert archive.repair() == []


def test_two_repair_at_once(tmp_path: Path) -> None:
    """Two processes that repair the same archive do it once."""
    command = [sys.executable, "-m", "tests.storage.archive.archive_writing_process", str(tmp_path), "30000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as writer:
        assert writer.stdout
        writer.stdout.readline()
        writer.kill()
    (path,) = (tmp_path / "warc").glob("*.open")
    with path.open("ab") as file:
        file.write(b"torn")
    repair = "import sys, pathlib, storage.archive as a; print(a.Archive(pathlib.Path(sys.argv[1])).repair())"
    commands = [[sys.executable, "-c", repair, str(tmp_path)]] * 3
    running = [subprocess.Popen(one, stdout=subprocess.PIPE, cwd=ROOT, text=True) for one in commands]
    said = [one.communicate()[0] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0]
    assert sum("Repair(" in one for one in said) == 1
    assert all(isinstance(entry, Entry) for entry in Archive(tmp_path).entries(verify=True))
    assert [copy.read_bytes()[-4:] for copy in (tmp_path / "warc" / "torn").iterdir()] == [b"torn"]


def _wait_until_it_writes(root: Path) -> None:
    """Until the file grows: of a write of 20 MB, SIGKILL then leaves a part."""
    (path,) = (root / "warc").glob("*.open")
    size = path.stat().st_size
    deadline = time.monotonic() + 60
    while path.stat().st_size == size and time.monotonic() < deadline:
        pass


def _all_there(archive: Archive, stored: list[Stored]) -> None:
    entries = [entry for entry in archive.entries(verify=True) if isinstance(entry, Entry)]
    assert len(entries) > len(stored)
    found = [entry.record.id for entry in entries if isinstance(entry.record, Capture)]
    assert found[: len(stored)] == [one.capture for one in stored]
    for one in stored[:: max(1, len(stored) // 20)]:
        assert archive.read(one.warc, one.position, one.length).id == one.capture
