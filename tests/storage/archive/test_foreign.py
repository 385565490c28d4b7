"""WARC files of others, record by record: what was posted, what repeats, and bytes that are damaged in any way."""

import random
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders

from pipeline.model import Kind, Unreadable, Visit
from pipeline.values.urls import visit_key
from storage.archive.foreign import Refused, WarcFiles
from tests.crawler.past.foreign import SITE, Foreign, article, dead_portal


def files_of(tmp_path, *paths, most=1_000_000) -> WarcFiles:
    return WarcFiles(paths, lambda url: url.startswith(SITE), most, tmp_path / "unpacked")


def visit(url: str) -> Visit:
    return Visit("past", "zbgg", Kind.NOTICE, url)


@pytest.mark.parametrize("order", ["request-first", "response-first"])
def test_what_was_posted_tells_answers_apart(tmp_path, order):
    """Answers to POSTs at one address have the keys of the visits that would post the same."""
    warc = Foreign(tmp_path / "saved.warc.gz")
    url = f"{SITE}/list.aspx"
    for body, kind in (
        (b"page=2&name=%E7%94%B2", "application/x-www-form-urlencoded"),
        (b'{"page":3}', "application/json"),
    ):
        response = warc.writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(b"<html>answer</html>"),
            http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"),
        )
        request = warc.writer.create_warc_record(
            url,
            "request",
            payload=BytesIO(body),
            http_headers=StatusAndHeaders("/list.aspx HTTP/1.1", [("Content-Type", kind)], protocol="POST"),
            warc_headers_dict={"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")},
        )
        for record in (request, response) if order == "request-first" else (response, request):
            warc.writer.write_record(record)
    keys = {one.key for one in files_of(tmp_path, warc.done()).saved()}
    form = Visit("", "", Kind.LISTING, url, form=(("page", "2"), ("name", "甲")))
    assert keys == {visit_key(form), visit_key(Visit("", "", Kind.LISTING, url, json='{"page":3}'))}


def test_a_revisit_of_another_file(tmp_path):
    """A record that repeats one of another file has its content; without that file it is counted, not guessed."""
    body = article("甲县第一小学教学楼工程施工招标公告", "2012-02-20")
    url = f"{SITE}/zbgg/101.jhtml"
    first, second = Foreign(tmp_path / "1.warc.gz"), Foreign(tmp_path / "2.warc.gz")
    first.page(url, "2012-03-01T02:01:00Z", body)
    second.again(url, "2014-06-01T02:01:00Z", "2012-03-01T02:01:00Z", body)
    paths = first.done(), second.done()
    both = files_of(tmp_path, *paths)
    old, new = sorted(both.saved(), key=lambda one: one.at)
    assert both.capture(new, visit(url)).body == both.capture(old, visit(url)).body == body
    assert both.capture(new, visit(url)).fetched_at == datetime(2014, 6, 1, 2, 1, tzinfo=UTC)
    alone = files_of(tmp_path, paths[1])
    assert (alone.saved(), alone.unresolved) == ([], 1)


def test_what_is_too_large_is_said_to_be(tmp_path):
    """A page above the source's limit is kept as oversize, not cut and not left out."""
    warc = Foreign(tmp_path / "saved.warc.gz")
    url = f"{SITE}/zbgg/101.jhtml"
    warc.page(url, "2012-03-01T02:01:00Z", b"x" * 5000)
    files = files_of(tmp_path, warc.done(), most=1000)
    (one,) = files.saved()
    capture = files.capture(one, visit(url))
    assert (capture.status, capture.body) == (0, b"")
    assert capture.failure.startswith("oversize: ")


def test_content_that_changed_since_is_refused(tmp_path):
    """A record whose content does not have the digest that it states is not read."""
    warc = Foreign(tmp_path / "saved.warc", gzip=False)
    url = f"{SITE}/zbgg/101.jhtml"
    warc.page(url, "2012-03-01T02:01:00Z", article("甲县第一小学教学楼工程施工招标公告", "2012-02-20"))
    path = warc.done()
    path.write_bytes(path.read_bytes().replace("第一小学".encode(), "第二小学".encode()))
    files = files_of(tmp_path, path)
    (one,) = files.saved()
    with pytest.raises(Unreadable, match="digest"):
        files.capture(one, visit(url))


def hurt(content: bytes, chance: random.Random) -> bytes:
    """The file with a bit turned, its end lost, a piece replaced, or a piece lost."""
    damaged = bytearray(content)
    at = chance.randrange(len(damaged))
    match chance.randrange(4):
        case 0:
            damaged[at] ^= 1 << chance.randrange(8)
        case 1:
            del damaged[at:]
        case 2:
            damaged[at : at + 200] = chance.randbytes(chance.randrange(400))
        case 3:
            del damaged[at : at + chance.randrange(500)]
    return bytes(damaged)


def read_all(files: WarcFiles) -> None:
    for one in files.saved():
        with suppress(Unreadable):
            files.capture(one, visit(one.url))


@pytest.mark.parametrize("gzip", [True, False], ids=["packed", "plain"])
def test_damaged_anywhere(tmp_path, gzip, capfd):
    """Whatever was done to a file, it is refused or read as far as it goes; nothing else is raised."""
    content = dead_portal(Foreign(tmp_path / "saved.warc.gz", gzip=gzip)).done().read_bytes()
    chance = random.Random(20141231)
    path = tmp_path / "damaged.warc.gz"
    for _ in range(60):
        path.write_bytes(hurt(content, chance))
        with suppress(Refused):
            read_all(files_of(tmp_path, path))
    assert "Traceback" not in capfd.readouterr().err
