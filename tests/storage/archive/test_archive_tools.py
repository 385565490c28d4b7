"""What others built to read WARC files reads ours: warcio checks, FastWARC parses, pywb indexes and replays."""

import gzip
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from pipeline.model import Kind, Outcome, RunEnd
from storage.archive import Archive
from tests.storage.archive.test_archive import BEGIN, PAGE, RUN, START, VISIT

HTML = "<html><head><title>某路工程施工招标公告</title></head><body><p>公告</p></body></html>".encode()
CHUNKED = replace(
    PAGE,
    headers=(
        ("Content-Type", "text/html;charset=UTF-8"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("X-Title", "名\r\nvalue"),
    ),
    body=gzip.compress(HTML, mtime=0),
)
WRONG_LENGTH = replace(
    PAGE,
    visit=replace(VISIT, url="http://www.example.cn/公告 列表?页=1&<b>", form=(("page", "2"), ("标题", "招标 & 投标"))),
    headers=(("content-length", "3"), ("na me", "x")),
    body=HTML,
    truncated=True,
    failure="length: more than 3 bytes",
)
BROUGHT = replace(
    PAGE,
    visit=replace(VISIT, kind=Kind.REPORT, url="file:///home/clerk/报告.txt"),
    headers=(("Content-Type", "text/plain"),),
    body=b"",
)


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """A file with every kind of record."""
    archive = Archive(tmp_path)
    view_state = replace(VISIT, form=(("__VIEWSTATE", "dDwt" * 30_000),))
    with archive.writer(START, user_agent="duizhang/0 (+mailto:名@example.cn)") as writer:
        writer.add(CHUNKED)
        writer.add(WRONG_LENGTH)
        writer.add(replace(PAGE, status=999, body=b"", headers=()))
        writer.add(replace(PAGE, fetched_at=BEGIN.replace(second=50), status=0, headers=(), body=b"", failure="拒绝"))
        writer.add(BROUGHT)
        writer.add(replace(PAGE, visit=replace(view_state, url="http://www.example.cn/list.aspx")))
        writer.add(replace(PAGE, visit=replace(VISIT, url="http://www.example.cn/big.doc"), body=bytes(20_000_000)))
        writer.end(RunEnd(RUN, BEGIN, Outcome.COMPLETE, ""))
    return archive.folder / f"{RUN}.warc.gz"


def test_warcio_check(warc: Path) -> None:
    """warcio finds every digest right."""
    command = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", str(warc)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("digest pass") == 16
    assert "no digest" not in done.stdout


def test_warcio_reads_what_the_portal_sent(warc: Path) -> None:
    """warcio gives the decoded page, both cookies and no header that a value smuggled in."""
    with warc.open("rb") as file:
        record = next(record for record in ArchiveIterator(file) if record.rec_type == "response")
        assert record.content_stream().read() == HTML
    names = [name for name, _ in record.http_headers.headers]
    assert [value for name, value in record.http_headers.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert names[2] == "X-Archive-Orig-Transfer-Encoding"
    assert "Transfer-Encoding" not in names
    assert len(names) == len(CHUNKED.headers)
    assert record.rec_headers.get_header("WARC-Date") == "2014-12-31T16:00:00.123456Z"
    assert record.rec_headers.get_header("WARC-Target-URI") == "http://www.example.cn/zbgg/1.jhtml"


def test_warcio_reads_what_we_asked(warc: Path) -> None:
    """A request is next to its response and says method, path, host, who asks and the form, in legal characters."""
    with warc.open("rb") as file:
        found = [
            (record.rec_headers, record.http_headers, record.content_stream().read())
            for record in ArchiveIterator(file)
        ]
    kinds = [fields.get_header("WARC-Type") for fields, _, _ in found]
    assert kinds[:6] == ["warcinfo", "metadata", "request", "response", "request", "response"]
    fields, http, body = found[4]
    assert http.protocol == "POST"
    assert http.statusline == "/%E5%85%AC%E5%91%8A%20%E5%88%97%E8%A1%A8?%E9%A1%B5=1&%3Cb%3E HTTP/1.1"
    assert http.get_header("Host") == "www.example.cn"
    assert http.get_header("User-Agent") == "duizhang/0 (+mailto:%E5%90%8D@example.cn)"
    assert body == b"page=2&%E6%A0%87%E9%A2%98=%E6%8B%9B%E6%A0%87+%26+%E6%8A%95%E6%A0%87"
    assert fields.get_header("WARC-Concurrent-To") == found[5][0].get_header("WARC-Record-ID")
    assert found[5][0].get_header("WARC-Truncated") == "length"
    assert found[5][1].get_header("X-Archive-Orig-content-length") == "3"
    assert found[5][1].get_header("Content-Length") == str(len(HTML))


def test_fastwarc(warc: Path) -> None:
    """FastWARC parses every record, HTTP included, and finds every digest right."""
    with warc.open("rb") as file:
        found = []
        for record in FastIterator(file, parse_http=False):
            found.append(record.record_type)
            assert record.verify_block_digest()
    assert len(found) == 16
    assert found.count(WarcRecordType.response) == 5
    with warc.open("rb") as file:
        pages = [record for record in FastIterator(file, record_types=WarcRecordType.response) if record.is_http]
    assert len(pages) == 5


def test_fastwarc_payload(warc: Path) -> None:
    """FastWARC finds the digest of every page right."""
    with warc.open("rb") as file:
        for record in FastIterator(file, record_types=WarcRecordType.response):
            assert record.verify_payload_digest()


@pytest.fixture
def pywb() -> Path:
    """The programs of pywb's own virtual environment."""
    if not (folder := os.environ.get("DUIZHANG_PYWB")):
        pytest.skip("DUIZHANG_PYWB is not set: `make pywb` builds the environment to replay in")
    return Path(folder).resolve() / "bin"


def test_pywb_index(warc: Path, pywb: Path) -> None:
    """pywb's index has each page once, with the digest that the archive states, and no failure in a page's place."""
    done = subprocess.run([pywb / "cdx-indexer", "-p", "-j", warc], capture_output=True, text=True, check=True)
    found = [json.loads(line[line.index("{") :]) for line in done.stdout.splitlines()]
    pages = [one for one in found if one["url"] == "http://www.example.cn/zbgg/1.jhtml"]
    assert [one["status"] for one in pages] == ["200", "999"]
    assert pages[0]["digest"] == "sha256:" + b32encode(sha256(CHUNKED.body).digest()).decode()
    assert sum(one["url"].endswith("/list.aspx") for one in found) == 1


@pytest.fixture
def replay(warc: Path, pywb: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a pywb that replays the file."""
    folder = tmp_path / "replay"
    folder.mkdir()
    for arguments in (["init", "ours"], ["add", "ours", str(warc)]):
        subprocess.run([pywb / "wb-manager", *arguments], cwd=folder, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(pywb / "wayback"), "-p", str(port), "-b", "127.0.0.1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/ours"
        finally:
            server.kill()


def test_pywb_replay(replay: str) -> None:
    """pywb shows the page as it was, although a later visit to it failed."""
    with urllib.request.urlopen(f"{replay}/20141231160100id_/http://www.example.cn/zbgg/1.jhtml", timeout=60) as answer:
        body = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        assert body == HTML
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{replay}/20141231160100id_/http://www.example.cn/never", timeout=60)
