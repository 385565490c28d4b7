"""`duizhang show ID --field`: a value down to the bytes, proved by cutting them out of the archive."""

import gzip
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from crawler.cli import application
from pipeline.model import Capture, Kind
from storage.derive.run import derive
from storage.tables import core as t
from storage.tables.database import engine_of
from tests.storage.deriving import archive_of, article, capture, lead

TITLE = "甲县中学综合楼施工中标结果公告"
BODY = (
    "项目名称：甲县中学综合楼施工|项目编号：JXZX-2014-0018|招标人：甲县教育局|"
    "经评标委员会评审，中标人为某某建筑工程有限公司，中标价：<b>1,2</b>34,567.80 元，工期180日历天。|"
    "公示期内无异议，特此公告。"
)
PARTED = "乙县桥梁施工中标结果公告"


def encoded(one: Capture, charset: str, *, packed: bool) -> Capture:
    """The same page in another charset, as a server that compresses sends it."""
    body = one.body.decode().replace("charset='utf-8'", f"charset='{charset}'").encode(charset)
    headers: tuple[tuple[str, str], ...] = (("Content-Type", f"text/html; charset={charset}"),)
    if packed:
        headers = (*headers, ("Content-Encoding", "gzip"))
    return replace(one, body=gzip.compress(body) if packed else body, headers=headers)


def ran(root: Path, *arguments: str, code: int = 0) -> bytes:
    result = CliRunner().invoke(application(), [*arguments, "--archive", str(root)], env={"DUIZHANG_DATABASE_URL": ""})
    assert result.exit_code == code, result.output
    return result.stdout_bytes


def rows(root: Path, posting: str, field: str) -> list[dict]:
    found = json.loads(ran(root, "show", posting, "--field", field, "--format", "json"))
    assert found["total"] == len(found["rows"])
    return found["rows"]


def derived(root: Path, url: str, captures: list[Capture]) -> dict[str, str]:
    """The archive of the captures derived; ids of its postings by title."""
    archive = archive_of(root, [captures])
    engine = engine_of(url)
    derive(engine, archive)
    with engine.connect() as connection:
        found = {row.title: row.id for row in connection.execute(select(t.postings.c.title, t.postings.c.id))}
    engine.dispose()
    return found


def cut(root: Path, place: dict) -> str:
    """What the proof's bytes say: the captured body, unpacked where it came packed."""
    body = ran(root, "show", place["capture"], "--bytes")
    if place["encoding"]:
        body = gzip.decompress(body)
    return body[place["start"] : place["end"]].decode(place["charset"])


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_field_is_proved_by_the_captured_bytes(tmp_path: Path, sqlite_url: str, charset: str, packed: bool) -> None:
    """The bytes that a field names, cut out of the body that `show --bytes` writes, are the words of its quote."""
    page = capture(
        Kind.NOTICE, "/zhb/5.jhtml", article(TITLE, "2014-08-01 09:30", BODY), 1, "zhb", lead("/zhb/5.jhtml", TITLE)
    )
    (posting,) = derived(tmp_path, sqlite_url, [encoded(page, charset, packed=packed)]).values()
    (award,) = rows(tmp_path, posting, "award")
    assert award["value"] == "1234567.80"
    (place,) = award["places"]
    assert place["charset"] == charset
    assert place["encoding"] == ("gzip" if packed else "")
    shown = cut(tmp_path, place).replace("<b>", "").replace("</b>", "")
    assert "".join(shown.split()) == "".join(award["quote"].split())
    assert "1,234,567.80" in shown
    assert award["before"].endswith("中标价：")
    (winner,) = rows(tmp_path, posting, "winner")
    assert cut(tmp_path, winner["places"][0]) == "某某建筑工程有限公司" == winner["value"]
    (published,) = rows(tmp_path, posting, "published")
    assert cut(tmp_path, published["places"][0]) == "2014-08-01 09:30"
    (title,) = rows(tmp_path, posting, "title")
    assert {cut(tmp_path, one) for one in title["places"]} == {TITLE}


def test_the_printed_command_proves_it(tmp_path: Path, sqlite_url: str) -> None:
    """The proof of a compressed page, typed into a shell, prints the words."""
    page = capture(
        Kind.NOTICE, "/zhb/5.jhtml", article(TITLE, "2014-08-01", BODY), 1, "zhb", lead("/zhb/5.jhtml", TITLE)
    )
    (posting,) = derived(tmp_path, sqlite_url, [encoded(page, "utf-8", packed=True)]).values()
    (winner,) = rows(tmp_path, posting, "winner")
    command = winner["proofs"][0].replace("duizhang", f"{sys.executable} -c 'from crawler.cli import main; main()'")
    command = command.replace("--bytes", f"--bytes --archive {tmp_path}")
    printed = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=True)
    assert printed.stdout.decode() == "某某建筑工程有限公司"
    assert winner["proofs"][0] in ran(tmp_path, "show", posting, "--field", "winner").decode()


def test_words_of_a_further_page_stand_in_its_capture(tmp_path: Path, sqlite_url: str) -> None:
    """A notice in two parts: what the second page states is cut out of the second page."""
    first = article(
        PARTED, "2014-07-02", "一、招标概况：本项目已按规定完成评审。", "<a href='/zhb/4_2.jhtml'>下一页</a>"
    )
    second = article(PARTED, "2014-07-02", "二、中标人：丙县路桥有限公司|中标价：980000元")
    row = lead("/zhb/4.jhtml", PARTED, "2014-07-02")
    pages = [
        capture(Kind.NOTICE, "/zhb/4.jhtml", first, 1, "zhb", row),
        capture(Kind.PART, "/zhb/4_2.jhtml", second, 2, "zhb", row, page=2),
    ]
    (posting,) = derived(tmp_path, sqlite_url, pages).values()
    (winner,) = rows(tmp_path, posting, "winner")
    (place,) = winner["places"]
    assert place["url"] == "http://portal.test/zhb/4_2.jhtml"
    assert cut(tmp_path, place) == "丙县路桥有限公司"


def test_a_title_of_the_list_alone_is_said_to_be_from_there(tmp_path: Path, sqlite_url: str) -> None:
    """What the page does not say has no bytes: the answer names where it came from and guesses nothing."""
    text = "<p>中标人：某某建筑工程有限公司，特此公告，公示三天。</p>"
    page = f"<html><body><div class='x-main-news-content'>{text}</div></body></html>"
    one = capture(Kind.NOTICE, "/zhb/6.jhtml", page, 1, "zhb", lead("/zhb/6.jhtml", TITLE, "2014-08-02"))
    (posting,) = derived(tmp_path, sqlite_url, [one]).values()
    (title,) = rows(tmp_path, posting, "title")
    assert title["places"] == []
    assert "taken from the listing" in title["note"]
    (published,) = rows(tmp_path, posting, "published")
    assert published["places"] == []
    assert "2014-08-02" in published["note"]


def test_unknown_fields_and_other_records_are_wrong_use(tmp_path: Path, sqlite_url: str) -> None:
    """A field that does not exist is named with those that do; a capture states no fields; nothing stated is said."""
    page = capture(
        Kind.NOTICE, "/zhb/5.jhtml", article(TITLE, "2014-08-01", BODY), 1, "zhb", lead("/zhb/5.jhtml", TITLE)
    )
    (posting,) = derived(tmp_path, sqlite_url, [page]).values()
    ran(tmp_path, "show", posting, "--field", "bogus", code=2)
    ran(tmp_path, "show", page.id, "--field", "award", code=2)
    assert "not stated" in ran(tmp_path, "show", posting, "--field", "bid_deadline").decode()
