"""Crawls of test portals through the real command, Scrapy, WARC files and database."""

import json
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from filelock import FileLock

from crawler.replica.server import Answer, Request, serving
from storage.tables.core import DERIVED
from tests.crawler.crawling import CHINA, duizhang, environment, postings_in, rows_of, source_file
from tests.portals import MARKUPS, faults_for, portal, world_of
from tests.redteam.jeecms_sites import default_v5


def _truth(place) -> set[tuple[str, str, str]]:
    return {
        (one.channel, one.title, f"{one.published.astimezone(CHINA):%Y-%m-%d %H:%M}")
        for one in place.truth.postings
        if one.readable
    }


CHARSETS = ("gbk_as_utf8", "utf8_as_gb2312")  # a portal has one charset


# Every look in one of the charsets: a crawl costs seconds, and the charset is read the same in all of them.
@pytest.mark.parametrize(("markup", "charset"), [*zip(sorted(MARKUPS), cycle(CHARSETS), strict=False)])
def test_everything_that_can_be_read_is_found_and_nothing_else(markup: str, charset: str, tmp_path: Path) -> None:
    """Every readable posting of a misbehaving portal is derived, each once, with its title and minute; none besides."""
    faults = faults_for(MARKUPS[markup].dialect) - set(CHARSETS) | {charset}
    with portal(world_of(faults), markup) as place:
        said = duizhang(tmp_path / "a", "crawl", source_file(tmp_path, place), "--format", "json")
        expected, trapped = _truth(place), list(place.trapped)
        forbidden = [hit.target for hit in place.hits if hit.target in place.truth.forbidden]
    found = postings_in(tmp_path / "a")
    assert (expected - found, found - expected) == (set(), set()), said.out + said.err
    assert not trapped
    assert not forbidden


def test_the_second_crawl_of_an_unchanged_portal_fetches_listings_only(tmp_path: Path) -> None:
    """What is held is not fetched again: robots.txt and listing pages are all that the second run asks for."""
    faults = faults_for("jeecms") - set(CHARSETS)
    with portal(world_of(faults), "jeecms-lines") as place:
        file = source_file(tmp_path, place)
        duizhang(tmp_path / "a", "crawl", file)
        first, before = len(place.hits), rows_of(tmp_path / "a", "postings")
        said = duizhang(tmp_path / "a", "crawl", file, "--format", "json")
        listings = {row["url"] for row in rows_of(tmp_path / "a", "captures") if row["kind"] == "listing"}
        second = [place.base_url + hit.target.split(";")[0] for hit in place.hits[first:]]
    assert said.json["numbers"].get("notice", 0) == 0, said.out
    assert set(second) <= {url.split(";")[0] for url in listings} | {f"{place.base_url}/robots.txt"}
    assert rows_of(tmp_path / "a", "postings") == before


def test_a_short_walk_stops_where_all_is_known_and_old(tmp_path: Path) -> None:
    """--since walks on until two pages bring nothing that is new or recent; a first crawl is never shortened."""
    with portal(world_of(), "jeecms-lines") as place:
        file = source_file(tmp_path, place)
        first = duizhang(tmp_path / "a", "crawl", file, "--since", "2015-01-01", "--format", "json")
        second = duizhang(tmp_path / "a", "crawl", file, "--since", "2015-01-01", "--format", "json")
    pages = [{row["channel"]: row["pages"] for row in said.json["rows"]} for said in (first, second)]
    assert pages[0]["zbgg"] == 4
    assert pages[1]["zbgg"] == 2
    assert first.exit_code == second.exit_code == 0


def test_the_archive_alone_gives_the_same_tables(tmp_path: Path) -> None:
    """A copy of the WARC files and nothing else: a rebuild gives every row of every table."""
    with portal(world_of(faults_for("trs") - set(CHARSETS)), "trs-list") as place:
        duizhang(tmp_path / "a", "crawl", source_file(tmp_path, place))
    shutil.copytree(tmp_path / "a" / "warc", tmp_path / "b" / "warc")
    said = duizhang(tmp_path / "b", "derive", "--rebuild")
    assert said.exit_code == 0, said.err
    for table in sorted(DERIVED.tables):
        assert sorted(map(str, rows_of(tmp_path / "a", table))) == sorted(map(str, rows_of(tmp_path / "b", table))), (
            table
        )
    assert len(rows_of(tmp_path / "b", "postings")) > 50


def test_scrapy_and_duizhang_do_the_same(tmp_path: Path) -> None:
    """`scrapy crawl portal -a source=FILE` from a checkout derives what `duizhang crawl FILE` derives."""
    with portal(world_of({"attachments", "many_parts"}), "jeecms-lines") as place:
        file = source_file(tmp_path, place)
        duizhang(tmp_path / "a", "crawl", file)
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", f"source={file}"],
            env=environment(tmp_path / "b"),
            cwd=Path(__file__).parents[3],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert postings_in(tmp_path / "b") == postings_in(tmp_path / "a") != set()


@pytest.mark.postgres
def test_a_crawl_into_postgresql_derives_the_same(tmp_path: Path, postgres_url: str) -> None:
    """The tables do not depend on the database that holds them."""
    with portal(world_of(faults_for("jeecms") - set(CHARSETS)), "jeecms-list") as place:
        file = source_file(tmp_path, place)
        duizhang(tmp_path / "a", "crawl", file)
        said = duizhang(tmp_path / "b", "crawl", file, url=postgres_url)
    assert said.exit_code == 0, said.out + said.err
    assert postings_in(tmp_path / "b", postgres_url) == postings_in(tmp_path / "a") != set()


def test_a_private_address_is_refused_unless_the_source_allows_it(tmp_path: Path) -> None:
    """Without allow_private_addresses nothing is asked for, the refusal is archived, and the run is not green."""
    with portal(world_of(), "jeecms-lines") as place:
        file = Path(source_file(tmp_path, place))
        file.write_text(
            file.read_text(encoding="utf-8").replace("allow_private_addresses = true\n", ""), encoding="utf-8"
        )
        said = duizhang(tmp_path / "a", "crawl", str(file), "--format", "json")
    assert place.hits == []
    assert said.exit_code == 10
    captures = rows_of(tmp_path / "a", "captures")
    assert {(row["quality"], row["status"]) for row in captures} == {("disallowed", 0)}
    assert all("private address" in row["failure"] for row in captures)


def test_two_crawls_of_one_source_do_not_run_at_once(tmp_path: Path) -> None:
    """The second one says so and ends with the exit code for that."""
    with portal(world_of({"slow"}), "jeecms-lines") as place:
        file = source_file(tmp_path, place)
        (tmp_path / "a" / "locks").mkdir(parents=True)
        with FileLock(tmp_path / "a" / "locks" / "portal.lock"):
            said = duizhang(tmp_path / "a", "crawl", file)
    assert said.exit_code == 16
    assert "another crawl" in said.err
    assert place.hits == []


def test_a_stopped_crawl_says_that_it_was_interrupted(tmp_path: Path) -> None:
    """SIGTERM ends a crawl with its own outcome and exit code; what was captured stays and is derived."""
    with portal(world_of(), "jeecms-lines") as place:
        file = Path(source_file(tmp_path, place))
        file.write_text(
            file.read_text(encoding="utf-8").replace("delay_seconds = 0", "delay_seconds = 0.2"), encoding="utf-8"
        )
        child = subprocess.Popen(
            [sys.executable, "-m", "crawler.cli", "crawl", str(file), "--format", "json"],
            env=environment(tmp_path / "a"),
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        deadline = time.monotonic() + 60
        while len(place.hits) < 12 and time.monotonic() < deadline:
            time.sleep(0.05)
        child.send_signal(signal.SIGTERM)
        out, _ = child.communicate(timeout=60)
    assert child.returncode == 14
    assert json.loads(out)["outcome"] == "interrupted"
    assert [row["outcome"] for row in rows_of(tmp_path / "a", "runs")] == ["interrupted"]
    assert list((tmp_path / "a" / "warc").glob("*.open")) == []
    assert len(rows_of(tmp_path / "a", "captures")) >= 12


def test_what_cannot_be_archived_is_not_read(tmp_path: Path) -> None:
    """When the disk is full the run ends with its own outcome, and nothing is derived that no WARC record holds."""
    with portal(world_of(), "jeecms-lines") as place:
        file = source_file(tmp_path, place)
        limit = "import runpy, sys\n"
        limit += "from storage.archive import disk, writer\n"  # the WARC files alone: SQLite needs room to say so
        limit += "real = writer.Writer._append\n"
        limit += "def full(self, members):\n"
        limit += "    if self._size > 20000: raise disk.OutOfSpace('no space left on device')\n"
        limit += "    real(self, members)\n"
        limit += "writer.Writer._append = full\n"
        limit += "sys.argv = ['duizhang', 'crawl', sys.argv[1], '--format', 'json']\n"
        limit += "runpy.run_module('crawler.cli', run_name='__main__')\n"
        done = subprocess.run(
            [sys.executable, "-c", limit, file],
            env=environment(tmp_path / "a"),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 15, done.stdout + done.stderr
    assert json.loads(done.stdout)["outcome"] == "out_of_space"
    held = {row["id"] for row in rows_of(tmp_path / "a", "captures")}
    assert {row["capture"] for row in rows_of(tmp_path / "a", "postings")} <= held
    assert duizhang(tmp_path / "a", "check").exit_code == 0


def test_a_cookie_is_kept_and_nobody_else_is_asked_about_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A portal's cookie comes back with the next request; no list of domains is fetched for it, nor is that missed."""
    monkeypatch.setenv("TLDEXTRACT_CACHE", str(tmp_path / "no-list-of-an-earlier-run"))
    sent: list[str] = []
    site = default_v5()

    def answer(request: Request) -> Answer:
        sent.append(request.header("cookie"))
        return replace(site.answer(request), headers=(("Set-Cookie", "route=7a; Path=/; HttpOnly"),))

    with serving(answer) as base:
        (tmp_path / "portal.toml").write_text(site.toml(base), encoding="utf-8")
        said = duizhang(tmp_path / "a", "crawl", str(tmp_path / "portal.toml"))
    assert sent[0] == ""
    assert set(sent[1:]) == {"route=7a"}
    assert "Traceback" not in said.out + said.err
