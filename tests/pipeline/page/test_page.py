"""A capture opened for reading."""

import gzip
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Unreadable
from pipeline.page import open_page
from pipeline.page.opened import LARGEST, decoded, text_of
from tests.pipeline.captures import capture

WORDS = "甲县乙路工程施工招标公告，欢迎参加。" * 5


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", ""])
@pytest.mark.parametrize("real", ["utf-8", "gb18030", "gbk", "utf-8-sig", "utf-16"])
def test_bytes_win_over_what_they_are_called(real: str, declared: str) -> None:
    """A page reads right under every declared charset, right or wrong."""
    html = f'<meta charset="{declared}">{WORDS}'
    assert WORDS in text_of(html.encode(real), f"text/html; charset={declared}")


def test_big5_is_read_when_declared() -> None:
    """Big5 and GBK share their bytes: only a declaration tells them apart."""
    words = "公開招標公告" * 5
    assert text_of(words.encode("big5"), "text/html; charset=big5") == words


@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
def test_a_damaged_byte_costs_a_character(real: str) -> None:
    """One broken byte does not turn a whole page into another script."""
    content = WORDS.encode(real)
    damaged = content[:42] + b"\xff" + content[42:]  # between two characters
    assert WORDS[30:] in text_of(damaged, "text/html; charset=utf-8")


def test_compressed_bodies() -> None:
    """gzip, zlib's deflate and bare deflate open; a page that only claims gzip is taken as it is."""
    plain = WORDS.encode()
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(plain, mtime=0),
        "deflate": zlib.compress(plain),
        "Deflate": bare.compress(plain) + bare.flush(),
    }
    assert [decoded(body, name) for name, body in packed.items()] == [plain] * 3
    assert decoded(plain, "gzip") == plain


def test_a_bomb_is_refused() -> None:
    """A body that unpacks beyond the limit is Unreadable, not an exhausted machine."""
    with pytest.raises(Unreadable, match="unpacks to more"):
        decoded(gzip.compress(bytes(LARGEST + 1), mtime=0), "gzip")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
@given(body=st.binary(max_size=40))
def test_any_compressed_body_opens_or_is_unreadable(encoding: str, body: bytes) -> None:
    """Damage never raises anything but Unreadable."""
    for content in (body, b"\x1f\x8b" + body, b"x"):
        try:
            decoded(content, encoding)
        except Unreadable:
            continue


def test_control_characters_do_not_end_the_page() -> None:
    """lxml stops at NUL; portals send it inside text."""
    page = open_page(capture("<p>甲\x00乙\x0b丙</p>"))
    assert page.html.findtext(".//p", "").split() == ["甲", "乙", "丙"]


def test_an_answer_nested_beyond_reason_is_no_json() -> None:
    """Ten thousand brackets are neither parsed nor fatal."""
    assert not open_page(capture("[" * 100_000)).is_json


def test_base_of_links() -> None:
    """<base href> moves relative links; without one they are relative to the page."""
    page = open_page(capture('<base href="/x/"><a href="a">'))
    assert (page.base, replace(page, text="<p>").base) == ("http://www.example.gov.cn/x/", page.url)


@pytest.mark.parametrize("href", ["a://[", "//[::1", "http://[x]/", "javascript:void(0)", "http://exa mple/"])
def test_a_base_that_is_no_address_is_none(href: str) -> None:
    """What no browser could resolve against leaves links relative to the page, and stops no reader."""
    page = open_page(capture(f'<base href="{href}"><a href="a">'))
    assert page.base == page.url


def test_an_empty_page_is_unreadable() -> None:
    """No bytes, no tree."""
    with pytest.raises(Unreadable):
        _ = open_page(capture(b"")).html


@pytest.mark.parametrize("deep", [1500, 3000, 100_000])
def test_a_page_nested_deeper_than_the_parser_goes_loses_nothing(deep: int) -> None:
    """Elements too deep to matter lose their tags; what they hold, and what comes after them, stays."""
    page = open_page(capture("<div>" * deep + "甲" + "</div>" * deep + "<h1>乙</h1>"))
    assert "".join(map(str, page.html.itertext())) == "甲乙"
    assert [one.text for one in page.html.iter("h1")] == ["乙"]


def test_a_heavy_page_is_read_without_the_pictures_written_into_it() -> None:
    """30 MB of picture are no text; 30 MB of text are no page."""
    picture = '<img src="data:image/png;base64,' + "iVBORw0KGgo" * 2_700_000 + '">'
    assert "乙" in open_page(capture(f"<p>甲{picture}</p><p>乙")).text
    with pytest.raises(Unreadable, match="no page to read"):
        open_page(capture("<p>甲乙</p>" * 3_000_000))


def test_a_bomb_is_known_by_its_beginning() -> None:
    """A body that unpacks to hundreds of times its length is not unpacked to its end."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(packer.compress(bytes(1 << 20)) for _ in range(30)) + packer.flush()
    with pytest.raises(Unreadable, match="unpacks to more"):
        decoded(body, "gzip")
