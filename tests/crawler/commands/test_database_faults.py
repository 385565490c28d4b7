"""A database that cannot answer says so in one sentence with a code of its own, in every command; never with 1."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from crawler.cli import application
from storage.archive.faults import fault_of
from storage.tables.database import engine_of
from tests.crawler.crawling import duizhang, environment, source_file
from tests.portals import portal, world_of
from tests.storage.derive.test_findings import pages, walked

OUT_OF_SPACE, LOCKED, DAMAGED, READ_ONLY, UNREACHABLE, NOT_WHOLE = 15, 17, 18, 19, 20, 21

READING = (
    ("counts",),
    ("counts", "--open"),
    ("explain", "2014", "--from", "2015-01-01"),
    ("coverage",),
    ("review",),
    ("search", "施工"),
    ("show", "a1b2c3"),
    ("history", "a1b2c3"),
    ("export", "csv", "out.csv"),
    ("sql", "SELECT count(*) FROM postings"),
    ("status",),
    ("alerts",),
)
WRITING = (("derive",), ("derive", "--rebuild"), ("recount",), ("verify", "--all"), ("alerts", "--seen", "all"))


def said(archive: Path, *words: str, url: str = "") -> tuple[int, str]:
    """How a command ended in this process, and what it printed; a traceback fails the test."""
    result = CliRunner().invoke(application(), [*words, "--archive", str(archive)], env={"DUIZHANG_DATABASE_URL": url})
    assert result.exception is None or isinstance(result.exception, SystemExit), (words, result.exc_info)
    return result.exit_code, result.output


def each_says(code: int, sentence: str, commands: tuple[tuple[str, ...], ...], archive: Path, url: str = "") -> None:
    for words in commands:
        found, output = said(archive, *words, url=url)
        assert (found, sentence in output) == (code, True), (words, output)
        assert output.count("duizhang: ") == 1, output


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twenty tenders of 2014, derived."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "archive"
    place.mkdir()
    walked(place, pages())
    assert said(place, "derive")[0] == 0
    return place


def database(archive: Path) -> Path:
    return archive / "duizhang.sqlite"


def test_a_locked_database(archive: Path) -> None:
    """While another process writes, reading goes on and writing waits as long as the URL says, then ends with 17."""
    url = f"sqlite:///{database(archive)}?timeout=0.2"
    holds = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN EXCLUSIVE');"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holds, database(archive)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        each_says(LOCKED, "数据库被另一进程占用", WRITING, archive, url)
        assert said(archive, "counts", url=url)[0] == 0
        assert duizhang(archive, "derive", url=url).exit_code == LOCKED
        holder.communicate("")
    assert said(archive, "derive", url=url)[0] == 0


@pytest.mark.parametrize("junk", [b"\0", b"\xa5"])
def test_a_damaged_database(archive: Path, junk: bytes) -> None:
    """Pages that were overwritten are a damaged database in every command that meets one."""
    with closing(sqlite3.connect(database(archive))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("PRAGMA page_size").fetchone()
    content = database(archive).read_bytes()
    database(archive).write_bytes(content[:page] + junk * (len(content) - page))
    each_says(DAMAGED, "数据库已损坏", READING, archive)
    each_says(DAMAGED, "数据库已损坏", WRITING, archive)


def test_a_database_cut_short(archive: Path) -> None:
    """Half a file, as a copy that was broken off leaves it, is a damaged database."""
    with closing(sqlite3.connect(database(archive))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.truncate(database(archive), database(archive).stat().st_size // 2)
    for words in READING:
        code, output = said(archive, *words)
        assert code in {0, 2, DAMAGED}, (words, output)  # whether it meets the missing half or not
    assert said(archive, "counts")[0] == DAMAGED


def as_anybody() -> list[str]:
    """The beginning of a command by which root, too, is bound by the permissions of files."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root writes where it may not")
    gone = "-dac_override,-dac_read_search,-fowner"
    return ["setpriv", f"--bounding-set={gone}", f"--inh-caps={gone}"]


@pytest.fixture
def sealed(archive: Path) -> Iterator[Callable[..., tuple[int, str]]]:
    """The archive where nobody may write, and a way to run commands there."""
    for folder in (archive / "warc", archive):
        for file in folder.iterdir():
            file.chmod(0o555 if file.is_dir() else 0o444)
        folder.chmod(0o555)

    def run(*words: str) -> tuple[int, str]:
        command = [*as_anybody(), sys.executable, "-m", "crawler.cli", *words]
        done = subprocess.run(command, env=environment(archive), capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout + done.stderr

    yield run
    for folder in (archive, archive / "warc"):
        folder.chmod(0o755)


def test_a_read_only_archive_is_read(archive: Path, sealed: Callable[..., tuple[int, str]]) -> None:
    """An archive on a medium that cannot be written answers as before; what would write says why it cannot, code 19."""
    before = sorted(archive.iterdir())
    assert sealed("counts", "--format", "csv") == (0, "year,bucket,n\n2014,tender_and_award,20\n")
    assert sealed("sql", "SELECT count(*) FROM postings", "--format", "csv")[1].split() == ["count(*)", "20"]
    for words in (("derive",), ("recount",), ("verify", "--all")):
        code, output = sealed(*words)
        assert (code, "Traceback" in output) == (READ_ONLY, False), (words, output)
        assert "不可写" in output
    assert sorted(archive.iterdir()) == before


def test_a_server_that_is_gone(archive: Path) -> None:
    """A PostgreSQL that does not answer is one sentence and 20, in reading and writing commands."""
    pytest.importorskip("psycopg")
    url = "postgresql://nobody@127.0.0.1:1/none"
    each_says(UNREACHABLE, "连不上数据库", (("counts",), ("status",), ("derive",), ("verify", "--all")), archive, url)


@pytest.mark.postgres
def test_a_server_that_goes(archive: Path, postgres_url: str) -> None:
    """A connection that the server ends is a fault of the database, not a mistake."""
    assert said(archive, "derive", url=postgres_url)[0] == 0
    engine = engine_of(postgres_url)
    ends = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
    with pytest.raises(Exception, match=r"terminat|closed") as gone, engine.connect() as connection:
        connection.execute(text(ends))
    engine.dispose()
    assert fault_of(gone.value) == UNREACHABLE


def test_no_room_for_the_tables(archive: Path) -> None:
    """A derive whose tables find no room ends with 15; status stays unhealthy until a derive was whole."""

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))

    command = [sys.executable, "-m", "crawler.cli", "derive", "--rebuild"]
    done = subprocess.run(
        command, env=environment(archive), capture_output=True, encoding="utf-8", preexec_fn=little, check=False
    )
    assert done.returncode == OUT_OF_SPACE, done.stderr
    assert "磁盘已满" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of less than a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", disk], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("no file system can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_crawl_onto_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    """The tables of a crawl find no room: exit 15 and unhealthy, also with room again, until a whole crawl."""
    with portal(world_of(set()), "jeecms-lines") as place:
        file, archive = source_file(tmp_path, place), small_disk / "archive"
        crawled = duizhang(archive, "crawl", file)
        assert crawled.exit_code == OUT_OF_SPACE, crawled.out + crawled.err
        assert duizhang(archive, "status").exit_code not in {0, 2}
        subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
        assert duizhang(archive, "status").exit_code not in {0, 2}
        assert duizhang(archive, "crawl", file).exit_code == 0
    healthy = duizhang(archive, "status")
    assert healthy.exit_code == 0, healthy.out + healthy.err


def test_a_killed_rebuild_gives_no_numbers(archive: Path) -> None:
    """After kill -9 of a rebuild every reading command refuses with 21, until a derive was whole; then all is there."""
    before = said(archive, "counts", "--format", "json")
    command = [sys.executable, "-m", "crawler.cli", "derive", "--rebuild"]
    child = subprocess.Popen(command, env=environment(archive), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    with closing(sqlite3.connect(f"{database(archive).as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        while connection.execute("SELECT count(*) FROM whole").fetchone()[0]:
            assert time.monotonic() < deadline
            assert child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    each_says(NOT_WHOLE, "数据表尚未重建完毕", (*READING, ("recount",)), archive)
    assert said(archive, "derive")[0] == 0
    assert said(archive, "counts", "--format", "json") == before


def test_files_derived_up_to_a_place_wait(archive: Path) -> None:
    """A WARC file that is derived only up to a position waits for a derive, though its name is known."""
    with closing(sqlite3.connect(database(archive))) as connection, connection:
        connection.execute("UPDATE cursors SET position = (SELECT max(position + length) FROM captures)")
    assert "1 WARC files wait" in said(archive, "status")[1]
    said(archive, "derive")
    assert "WARC files wait" not in said(archive, "status")[1]
