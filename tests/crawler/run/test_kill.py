"""Crawls that are killed with SIGKILL at a random moment, and crawled again."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.crawler.crawling import duizhang, environment, postings_in, rows_of, source_file
from tests.portals import faults_for, portal, world_of

KILLS = int(os.environ.get("DUIZHANG_KILLS", "2"))  # `make soak` asks for 20
FAULTS = faults_for("jeecms") - {"gbk_as_utf8", "utf8_as_gb2312", "unavailable", "throttled"}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, set[tuple[str, str, str]]]:
    """How many requests a whole crawl makes, and what it derives."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with portal(world_of(FAULTS), "jeecms-lines") as place:
        duizhang(folder / "a", "crawl", source_file(folder, place))
        return len(place.hits), postings_in(folder / "a")


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_crawl_is_made_good_by_the_next(
    number: int, undisturbed: tuple[int, set[tuple[str, str, str]]], tmp_path: Path
) -> None:
    """After kill -9 at any moment the next crawl derives the same postings, and no WARC damage is left."""
    whole, expected = undisturbed
    chance = random.Random(number)
    with portal(world_of(FAULTS), "jeecms-lines") as place:
        file = source_file(tmp_path, place)
        command = [sys.executable, "-m", "crawler.cli", "crawl", file]
        child = subprocess.Popen(command, env=environment(tmp_path / "a"), stdout=subprocess.DEVNULL)
        deadline, moment = time.monotonic() + 60, chance.randrange(1, whole)
        while len(place.hits) < moment and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.05)
        child.kill()
        child.wait()
        said = duizhang(tmp_path / "a", "crawl", file)
    assert said.exit_code == 0, said.out + said.err
    assert postings_in(tmp_path / "a") == expected
    files = sorted((tmp_path / "a" / "warc").glob("*.warc.gz*"))
    assert [file.name for file in files if file.name.endswith(".open")] == []
    check = subprocess.run(["warcio", "check", *files], capture_output=True, env=_with_scripts(), check=False)
    assert check.returncode == 0, check.stdout
    assert duizhang(tmp_path / "a", "check").exit_code == 0
    assert duizhang(tmp_path / "a", "recount").exit_code == 0
    assert {row["scope"] for row in rows_of(tmp_path / "a", "runs")} == {"full"}


def _with_scripts() -> dict[str, str]:
    """The environment in which the tools of this Python are found."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
