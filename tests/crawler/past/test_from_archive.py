"""`crawl --from-archive`: a dead portal read from a web archive, pywb itself and the Wayback protocol."""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.past.cdx import replay_of
from crawler.replica.server import Answer, Request, serving
from pipeline.model import Capture
from storage.archive import Archive
from tests.crawler.crawling import duizhang, environment, postings_in, rows_of
from tests.crawler.past.foreign import (
    SITE,
    SOURCE,
    TRUTH,
    Foreign,
    article,
    dead_portal,
    listing,
    pywb_of,
    source_of_the_past,
)


@pytest.fixture
def programs() -> Path:
    """The programs of pywb's own virtual environment."""
    if not (folder := os.environ.get("DUIZHANG_PYWB")):
        pytest.skip("DUIZHANG_PYWB is not set: `make pywb` builds the environment to replay in")
    return Path(folder).resolve() / "bin"


def captures_in(archive):
    return [entry.record for entry in Archive(archive).entries() if isinstance(entry.record, Capture)]


def test_a_dead_portal_in_pywb(tmp_path, programs):
    """From a real pywb come the postings that it saved, with the times of the captures and where they are replayed."""
    warc = dead_portal(Foreign(tmp_path / "saved.warc.gz")).done()
    source = source_of_the_past(tmp_path)
    with pywb_of(programs, tmp_path / "replay", warc) as place:
        words = ["crawl", source, "--from-archive", f"{place}/cdx", "--years", "2012-2014", "--format=json"]
        first = duizhang(tmp_path / "a", *words)
        again = duizhang(tmp_path / "a", *words)
    assert (first.exit_code, first.json["outcome"]) == (0, "complete"), first.err
    assert postings_in(tmp_path / "a") == TRUTH
    assert first.json["numbers"]["captures"] == 9  # the list's two states, two more pages; five notices, one of each
    assert (again.json["numbers"].get("captures", 0), again.json["numbers"]["known"]) == (0, 9)
    captures = {capture.visit.url: capture for capture in captures_in(tmp_path / "a")}
    notice = captures[f"{SITE}/zbgg/301.jhtml"]
    assert f"{notice.fetched_at:%Y-%m-%dT%H:%M:%SZ}" == "2014-06-01T02:02:00Z"
    assert notice.origin == f"{place}/20140601020200id_/{SITE}/zbgg/301.jhtml"
    assert notice.body == article("丙县周转房建设项目施工招标公告", "2014-05-20")


def test_pywb_holds_nothing_of_the_portal(tmp_path, programs):
    """An archive without a page of the portal gives an empty run that is suspicious, not an error."""
    warc = Foreign(tmp_path / "saved.warc.gz")
    warc.page("http://elsewhere.example/", "2013-05-01T02:00:00Z", b"<html>x</html>")
    with pywb_of(programs, tmp_path / "replay", warc.done()) as place:
        said = duizhang(tmp_path / "a", "crawl", source_of_the_past(tmp_path), "--from-archive", f"{place}/cdx")
    assert said.exit_code == 13, said.err


ARRAY = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
TITLES = {n: f"甲县第{n}小学教学楼工程施工招标公告" for n in range(1, 8)}


@dataclass
class Wayback:
    """A server that speaks Wayback's CDX protocol in answers of few rows, and is busy at times."""

    pages: dict[tuple[str, str], tuple[int, bytes, str]]  # (timestamp, url) -> status, body, digest
    rows: int = 4
    asked: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)  # timestamps that are answered with 429 once

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request.target)
        if request.path == "/cdx/search/cdx":
            return self.index({name: value[0] for name, value in parse_qs(urlsplit(request.target).query).items()})
        found = re.fullmatch(r"/web/(\d{14})id_/(.*)", request.target)
        assert found
        if found[1] in self.busy:
            self.busy.remove(found[1])
            return Answer(b"slow down", 429, headers=(("Retry-After", "1"),))
        if (found[1], found[2]) not in self.pages:
            return Answer("<html>本馆没有这个网页</html>".encode(), 404)
        status, body, _ = self.pages[found[1], found[2]]
        headers = (("Memento-Datetime", "x"), ("X-Archive-Orig-Server", "Apache-Coyote/1.1"))
        if status == 302:
            headers += (("Location", f"/web/20130101000000id_/{SITE}/zbgg/6.jhtml"),)
        return Answer(body, status, headers=headers)

    def index(self, asked: dict[str, str]) -> Answer:
        assert (asked["url"], asked["matchType"], asked["output"]) == ("past.example", "host", "json")
        lines = [
            ["example,past)/", stamp, url, "text/html", str(status), digest, "1"]
            for (stamp, url), (status, _, digest) in sorted(self.pages.items(), key=lambda one: (one[0][1], one[0][0]))
            if asked["from"] <= stamp < asked["to"]
        ]
        start = int(asked.get("resumeKey", "0"))
        shown = lines[start : start + self.rows]
        more = [[], [str(start + self.rows)]] if start + self.rows < len(lines) else []
        return Answer(json.dumps([list(ARRAY), *shown, *more]).encode(), content_type="application/json")


def wayback() -> Wayback:
    rows = [(f"/zbgg/{n}.jhtml", title, f"2012-0{n}-01") for n, title in TITLES.items()]
    pages = {
        ("20120801000000", f"{SITE}/zbgg/index.jhtml"): (200, listing(*rows[:4], said="共 4 条 1/1页"), "A"),
        ("20120802000000", f"{SITE}/zbgg/index.jhtml"): (200, listing(*rows[:4], said="共 4 条 1/1页"), "A"),
        ("20130801000000", f"{SITE}/zbgg/index.jhtml"): (200, listing(*rows, said="共 7 条 1/1页"), "B"),
        ("20190801000000", f"{SITE}/zbgg/index.jhtml"): (404, b"gone", "C"),
    }
    for n, title in TITLES.items():
        pages[f"2012100{n}000000", f"{SITE}/zbgg/{n}.jhtml"] = (200, article(title, f"2012-0{n}-01"), f"N{n}")
    pages["20121005000000", f"{SITE}/zbgg/5.jhtml"] = (302, b"", "N5")
    pages["20130301000000", f"{SITE}/zbgg/4.jhtml"] = (503, b"busy", "X")  # a failure beside a good capture
    return Wayback(pages)


def source_with(tmp_path: Path, **manners: str) -> str:
    path = tmp_path / "past.toml"
    lines = "".join(f"{name} = {value}\n" for name, value in manners.items())
    path.write_text(SOURCE.replace("delay_seconds = 0\n", f"delay_seconds = 0\n{lines}"), encoding="utf-8")
    return str(path)


def test_the_wayback_protocol(tmp_path):
    """Long answers are asked for piece by piece; each state of a page is fetched once; redirects lead to the page."""
    archive = wayback()
    archive.busy.append("20121003000000")
    with serving(archive) as base:
        words = ["crawl", source_of_the_past(tmp_path), "--from-archive", f"{base}/cdx/search/cdx", "--years"]
        said = duizhang(tmp_path / "a", *words, "2012-2013", "--format=json")
    assert (said.exit_code, said.err) == (0, "")
    titles = {title for _, title, _ in postings_in(tmp_path / "a")}
    assert titles == set(TITLES.values()) - {TITLES[5]}  # 5 leads to 6
    fetched = [target.split("/")[2] for target in archive.asked if target.startswith("/web/")]
    expected = ["20120801000000id_", "20130801000000id_", *(f"2012100{n}000000id_" for n in TITLES)]
    assert sorted(fetched) == sorted([*expected, "20121003000000id_"])  # the busy one twice
    assert sum(target.startswith("/cdx") for target in archive.asked) == 3
    first = next(one for one in captures_in(tmp_path / "a") if one.visit.url.endswith("/1.jhtml"))
    assert (first.header("server"), first.header("memento-datetime")) == ("Apache-Coyote/1.1", "")


def test_an_interrupted_look_goes_on(tmp_path):
    """What the archive did not give makes the run partial; the next run asks only for that."""
    archive = wayback()
    missing = {place: page for place, page in archive.pages.items() if place[0] == "20121002000000"}
    source = source_with(tmp_path, retries="0")
    with serving(archive) as base:
        words = ["crawl", source, "--from-archive", f"{base}/cdx/search/cdx", "--years", "2012-2013", "--format=json"]
        archive.busy.append("20121002000000")
        said = duizhang(tmp_path / "a", *words)
        assert (said.exit_code, said.json["outcome"]) == (10, "partial")
        assert "1 captures could not be had" in said.json["reason"]
        archive.asked.clear()
        said = duizhang(tmp_path / "a", *words)
    assert said.exit_code == 0
    ((stamp, url),) = missing
    assert [target for target in archive.asked if target.startswith("/web/")] == [f"/web/{stamp}id_/{url}"]


def test_an_archive_that_goes_down(tmp_path):
    """After many captures in a row that the archive does not give the run ends, partial, and can be repeated."""
    archive = wayback()
    rows = [(f"/zbgg/{n}.jhtml", f"乙县第{n}中学教学楼工程施工招标公告", "2012-01-01") for n in range(100, 140)]
    archive.pages["20120901000000", f"{SITE}/zbgg/index.jhtml"] = (200, listing(*rows), "Z")
    for n in range(100, 140):
        archive.pages[f"20120905000{n}", f"{SITE}/zbgg/{n}.jhtml"] = (200, b"", f"Z{n}")
        archive.busy.append(f"20120905000{n}")
    archive.rows = 1000
    source = source_with(tmp_path, retries="0")
    with serving(archive) as base:
        words = ["crawl", source, "--from-archive", f"{base}/cdx/search/cdx", "--years", "2012-2013", "--format=json"]
        said = duizhang(tmp_path / "a", *words)
    assert (said.exit_code, said.json["outcome"]) == (10, "partial")
    assert "stopped after 10 in a row" in said.json["reason"]
    assert len(archive.busy) == 30


def test_stopping_leaves_a_last_record(tmp_path):
    """SIGTERM ends the run as interrupted; the next one goes on."""
    archive = wayback()
    source = source_with(tmp_path)

    def answer(request: Request) -> Answer:
        given = archive(request)
        return replace(given, delay=60.0) if request.path.startswith("/web/20121003") else given

    with serving(answer) as base:
        words = ["crawl", source, "--from-archive", f"{base}/cdx/search/cdx", "--years", "2012-2013"]
        command = [sys.executable, "-m", "crawler.cli", *words]
        with subprocess.Popen(command, env=environment(tmp_path / "a"), stdout=subprocess.DEVNULL) as child:
            while not any("20121003" in target for target in archive.asked):
                time.sleep(0.05)
            child.terminate()
            assert child.wait(60) == 14
    (run,) = rows_of(tmp_path / "a", "runs")
    assert run["outcome"] == "interrupted"
    assert len(postings_in(tmp_path / "a")) == 2
    with serving(archive) as base:
        words[3] = f"{base}/cdx/search/cdx"
        assert duizhang(tmp_path / "a", *words).exit_code == 0


def test_private_addresses_are_refused(tmp_path):
    """A web archive on a private address is not asked unless somebody allows it."""
    archive = wayback()
    source = source_with(tmp_path)
    Path(source).write_text(Path(source).read_text().replace("allow_private_addresses = true", ""))
    with serving(archive) as base:
        words = ["crawl", source, "--from-archive", f"{base}/cdx/search/cdx"]
        said = duizhang(tmp_path / "a", *words)
        assert (said.exit_code, archive.asked) == (2, [])
        assert "private address" in said.err
        assert duizhang(tmp_path / "a", *words, "--allow-private").exit_code == 0


@pytest.mark.parametrize(
    ("cdx", "replay"),
    [
        ("https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web"),
        ("http://localhost:8080/past/cdx", "http://localhost:8080/past"),
        ("http://localhost:8080/past-cdx", "http://localhost:8080/past"),
    ],
)
def test_replay_beside_the_index(cdx, replay):
    """Where an archive replays follows from its CDX server's address, as Wayback and pywb document them."""
    assert replay_of(cdx) == replay
