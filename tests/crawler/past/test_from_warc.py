"""`crawl --from-warc`: what other tools saved is read by the same readers, once, with its own times and origin."""

import gzip
import shutil
import subprocess

import pytest

from pipeline.model import Capture
from storage.archive import Archive
from tests.crawler.crawling import duizhang, postings_in, rows_of, source_file
from tests.crawler.past.foreign import SITE, TRUTH, Foreign, article, dead_portal, listing, source_of_the_past
from tests.portals import CHANNELS, portal, world_of


def captures_in(archive):
    return [entry.record for entry in Archive(archive).entries() if isinstance(entry.record, Capture)]


def test_what_wget_saved_is_what_a_crawl_finds(tmp_path):
    """A portal mirrored by `wget --warc-file` gives the postings that the portal has."""
    if not (wget := shutil.which("wget")):
        pytest.skip("wget is not installed")
    with portal(world_of(), "jeecms-lines") as place:
        source = source_file(tmp_path, place)
        starts = [place.base_url + place.scene.entry(channel) for channel in place.scene.world.channels]
        options = ["--quiet", "--recursive", "--level=inf", f"--warc-file={tmp_path}/made", f"-P{tmp_path}/mirror"]
        subprocess.run([wget, *options, *starts], check=False, timeout=60)
        truth = {(one.channel, one.title, f"{one.published:%Y-%m-%d %H:%M}") for one in place.truth.postings}
    said = duizhang(tmp_path / "a", "crawl", source, "--from-warc", str(tmp_path / "made.warc.gz"))
    assert (said.exit_code, said.err) == (0, "")
    assert postings_in(tmp_path / "a") == truth


def test_every_capture_of_a_dead_portal(tmp_path):
    """Lists and notices are found through holes, by the numbers of list pages and the addresses of notices."""
    warc = dead_portal(Foreign(tmp_path / "saved.warc.gz")).done()
    said = duizhang(tmp_path / "a", "crawl", source_of_the_past(tmp_path), "--from-warc", str(warc), "--format=json")
    assert (said.exit_code, said.json["outcome"]) == (0, "complete")
    assert postings_in(tmp_path / "a") == TRUTH
    numbers = said.json["numbers"]
    # 2 captures of page 1, pages 2 and 4; 101 twice, 301, 90, 70, 555.
    assert (numbers["listing"], numbers["notice"], numbers["captures"]) == (4, 6, 10)
    assert (numbers["lists_not_linked"], numbers["notices_not_listed"], numbers["no_channel"]) == (1, 1, 1)
    # Page 3 and the first page of 行业动态; notice 102.
    assert (numbers["listing_not_saved"], numbers["notice_not_saved"]) == (2, 1)
    assert "3 linked pages were never saved; 1 notices belong to no channel" in said.json["reason"]
    assert [row["closed"] for row in said.json["rows"]] == [False, False]


def test_times_and_origin_are_the_savers(tmp_path):
    """A capture keeps the time at which it was saved, and says in which file and record it is."""
    warc = Foreign(tmp_path / "saved.warc.gz")
    body = article("甲县第一小学教学楼工程施工招标公告", "2012-02-20")
    record = warc.page(f"{SITE}/zbgg/101.jhtml", "2012-03-01T02:01:00Z", body)
    warc.again(f"{SITE}/zbgg/101.jhtml", "2014-06-01T02:01:00Z", "2012-03-01T02:01:00Z", body)
    duizhang(tmp_path / "a", "crawl", source_of_the_past(tmp_path), "--from-warc", str(warc.done()))
    first, again = captures_in(tmp_path / "a")
    assert f"{first.fetched_at:%Y-%m-%dT%H:%M:%SZ}" == "2012-03-01T02:01:00Z"
    assert f"{again.fetched_at:%Y-%m-%dT%H:%M:%SZ}" == "2014-06-01T02:01:00Z"
    assert first.origin == f"saved.warc.gz {record}"
    assert again.origin.startswith("saved.warc.gz ")
    assert again.origin.endswith(f"its content from {record}")
    assert first.body == again.body == body


def test_the_same_file_twice_adds_nothing(tmp_path):
    """A file, or a copy of it under another name, is taken once; a rebuild gives the same postings."""
    warc = dead_portal(Foreign(tmp_path / "saved.warc.gz")).done()
    copy = shutil.copy(warc, tmp_path / "copy.warc.gz")
    source = source_of_the_past(tmp_path)
    duizhang(tmp_path / "a", "crawl", source, "--from-warc", str(warc))
    held = sorted(row["id"] for row in rows_of(tmp_path / "a", "captures"))
    said = duizhang(tmp_path / "a", "crawl", source, str(warc), str(copy), "--format=json")
    assert said.json["numbers"].get("captures", 0) == 0
    assert sorted(row["id"] for row in rows_of(tmp_path / "a", "captures")) == held
    assert duizhang(tmp_path / "a", "derive", "--rebuild").exit_code == 0
    assert postings_in(tmp_path / "a") == TRUTH


@pytest.mark.parametrize("form", ["plain", "one-piece"])
def test_other_packings(tmp_path, form):
    """A file that is not packed, or packed as one piece, holds the same."""
    warc = dead_portal(Foreign(tmp_path / "saved.warc", gzip=False)).done()
    if form == "one-piece":
        (tmp_path / "saved.warc.gz").write_bytes(gzip.compress(warc.read_bytes()))
        warc = tmp_path / "saved.warc.gz"
    said = duizhang(tmp_path / "a", "crawl", source_of_the_past(tmp_path), "--from-warc", str(warc))
    assert said.exit_code == 0, said.err
    assert postings_in(tmp_path / "a") == TRUTH


def test_years(tmp_path):
    """Only what was saved in the years asked for is taken."""
    warc = dead_portal(Foreign(tmp_path / "saved.warc.gz")).done()
    source = source_of_the_past(tmp_path)
    duizhang(tmp_path / "a", "crawl", source, "--from-warc", str(warc), "--years", "2013-2014")
    assert {capture.fetched_at.year for capture in captures_in(tmp_path / "a")} == {2013, 2014}
    assert duizhang(tmp_path / "a", "crawl", source, str(warc), "--years", "14").exit_code == 2


def test_damage_is_named_and_passed_over(tmp_path):
    """Behind a damaged record reading goes on, and the run is partial and says where the damage is."""
    warc = dead_portal(Foreign(tmp_path / "saved.warc.gz")).done()
    content = bytearray(warc.read_bytes())
    second = content.index(b"\x1f\x8b\x08", 10)
    content[second + 40 : second + 60] = bytes(20)
    warc.write_bytes(content)
    said = duizhang(tmp_path / "a", "crawl", source_of_the_past(tmp_path), "--from-warc", str(warc), "--format=json")
    assert (said.exit_code, said.json["outcome"]) == (10, "partial")
    assert f"damaged: saved.warc.gz at {second}" in said.json["reason"]
    assert len(postings_in(tmp_path / "a")) >= len(TRUTH) - 1


def test_chunked_and_compressed_pages(tmp_path):
    """The transfer encoding is undone, the content encoding is kept as it was on the wire."""
    body = gzip.compress(article("甲县第一小学教学楼工程施工招标公告", "2012-02-20"), mtime=0)
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    warc = Foreign(tmp_path / "saved.warc.gz")
    more = (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))
    warc.page(f"{SITE}/zbgg/101.jhtml", "2012-03-01T02:01:00Z", chunked, headers=more)
    duizhang(tmp_path / "a", "crawl", source_of_the_past(tmp_path), "--from-warc", str(warc.done()))
    (capture,) = captures_in(tmp_path / "a")
    assert (capture.body, capture.header("content-encoding")) == (body, "gzip")
    assert len(postings_in(tmp_path / "a")) == 1


def test_a_redirect_leads_to_the_page(tmp_path):
    """A saved redirect is followed within the file."""
    warc = Foreign(tmp_path / "saved.warc.gz")
    title = "甲县第一小学教学楼工程施工招标公告"
    warc.page(f"{SITE}/zbgg/index.jhtml", "2012-03-01T02:00:00Z", listing(("/old/5.jhtml", title, "2012-02-20")))
    moved = (("Location", "/zbgg/105.jhtml"),)
    warc.page(f"{SITE}/old/5.jhtml", "2012-03-01T02:00:01Z", b"", "301 Moved Permanently", moved)
    warc.page(f"{SITE}/zbgg/105.jhtml", "2012-03-01T02:00:02Z", article(title, "2012-02-20"))
    said = duizhang(tmp_path / "a", "crawl", source_of_the_past(tmp_path), "--from-warc", str(warc.done()))
    assert said.exit_code == 0
    assert postings_in(tmp_path / "a") == {("zbgg", title, "2012-02-20 09:30")}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"filedesc://x.arc 0.0.0.0 20120301000000 text/plain 76\n1 0 X\n", "ARC"),
        (gzip.compress(b"filedesc://x.arc 0.0.0.0 20120301000000 text/plain 76\n1 0 X\n"), "ARC"),
        (b"<html></html>", "no WARC file"),
        (b"", "no WARC file"),
        (b"\x1f\x8b\x08garbage that is no gzip", "cannot be read"),
    ],
    ids=["arc", "packed-arc", "html", "empty", "bad-gzip"],
)
def test_other_files_are_refused(tmp_path, content, words):
    """What is no WARC file is refused in one sentence, and leaves no run."""
    path = tmp_path / "saved.warc.gz"
    path.write_bytes(content)
    said = duizhang(tmp_path / "a", "crawl", source_of_the_past(tmp_path), "--from-warc", str(path))
    assert said.exit_code == 2
    assert words in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("look", ["aspnet", "json_api-post"])
def test_what_was_posted_is_found_again(tmp_path, look):
    """Lists that are turned and notices that are loaded by POST come from a file as they came from the portal."""
    with portal(world_of(channels=CHANNELS[1:3]), look) as place:
        source = source_file(tmp_path, place)
        assert duizhang(tmp_path / "live", "crawl", source).exit_code == 0
    (warc,) = (tmp_path / "live" / "warc").glob("*.warc.gz")
    said = duizhang(tmp_path / "a", "crawl", source, "--from-warc", str(warc))
    assert said.exit_code == 0, said.err
    assert postings_in(tmp_path / "a") == postings_in(tmp_path / "live") != set()
