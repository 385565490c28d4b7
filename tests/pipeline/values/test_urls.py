"""Addresses: absolute links, one key per page, the portal's own hosts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Source
from pipeline.values.urls import absolute, earlier_key, host_of, key_of, same_site

BASE = "http://www.a.example/zbgg/index.jhtml"

SAME = (
    ("HTTP://WWW.A.example:80/Zbgg/index.jhtml", "https://a.example/Zbgg/"),
    ("http://a.example/zbgg/Index.ASPX", "http://a.example/zbgg/"),
    ("http://a.example/%4dT/%E9%99%84.doc", "http://a.example/MT/%e9%99%84.doc"),
    ("https://a.example:443/zbgg", "http://a.example/zbgg/default.aspx"),
    ("http://a.example/x.do;jsessionid=0A1B2C?b=2&a=1", "http://a.example/x.do?a=1&b=2"),
    ("http://a.example/x.do?id=7&_=1401753600000", "http://a.example/x.do?id=7"),
    ("http://a.example/x.do?id=7&utm_source=wx&PHPSESSID=q1", "http://a.example/x.do?id=7"),
    ("http://a.example/%e9%99%84.doc", "http://a.example/附.doc"),
    ("http://a.example/a/./b/../c//d.html", "http://a.example/a/c/d.html"),
    ("http://a.example/1.html#top", "http://a.example/1.html"),
    ("http://a.example/x?q=a%20b", "http://a.example/x?q=a+b"),
    ("http://a.example/v.do?id=3&sid=0a1b2c3d4e5f60718293a4b5", "http://a.example/v.do?id=3"),
)
DIFFERENT = (
    ("http://a.example:8080/x", "http://a.example/x"),
    ("http://a.example/x.do?t=5", "http://a.example/x.do?t=6"),
    ("http://a.example/#/notice?id=3", "http://a.example/#/notice?id=4"),
    ("http://a.example/p.service?sid=40766", "http://a.example/p.service?sid=40546"),
    ("http://a.example/zbgg.jhtml", "http://a.example/zbgg/index.jhtml"),
    ("http://a.example/zbgg/index_2.jhtml", "http://a.example/zbgg/index.jhtml"),
    ("http://a.example/x?id=A1", "http://a.example/x?id=a1"),
    ("http://a.example/zbgg/TXpBeE.jhtml", "http://a.example/zbgg/TXPbEe.jhtml"),
    ("http://a.example/Zbgg/1.jhtml", "http://a.example/zbgg/1.jhtml"),
    ("http://a.example/%4dT.doc", "http://a.example/mt.doc"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_key_however_linked(one: str, other: str) -> None:
    """Scheme, www., default port, session, cache buster, fragment and a folder's index name no other page."""
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_pages_have_other_keys(one: str, other: str) -> None:
    """Ports, parameters with meaning, hash routes and page numbers name other pages."""
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.A.example/Zbgg/TXpB.jhtml?Id=Ab#/Xy", "a.example/zbgg/txpb.jhtml?Id=Ab#/Xy"),
        ("http://a.example/%E9%99%84.doc", "a.example/%e9%99%84.doc"),
        ("http://a.example/ZB?q=%E9", "a.example/zb?q=%E9"),
    ],
)
def test_the_key_of_older_archives(url: str, key: str) -> None:
    """Paths had one case, all else its own: what was named so is found again; a path without capitals is the same."""
    assert earlier_key(key_of(url)) == key


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("1024.jhtml", "http://www.a.example/zbgg/1024.jhtml"),
        ("./1024.jhtml", "http://www.a.example/zbgg/1024.jhtml"),
        ("/hydt/1.jhtml", "http://www.a.example/hydt/1.jhtml"),
        ("../../../../x.html", "http://www.a.example/x.html"),
        ("?PAGE=2", "http://www.a.example/zbgg/index.jhtml?PAGE=2"),
        ("//b.example/x", "http://b.example/x"),
        (" /zbgg/\n      1024.jhtml\t", "http://www.a.example/zbgg/1024.jhtml"),
        ("1.jhtml;jsessionid=0A", "http://www.a.example/zbgg/1.jhtml;jsessionid=0A"),
        ("files\\a.doc", "http://www.a.example/zbgg/files/a.doc"),
        ("附 件.doc", "http://www.a.example/zbgg/附%20件.doc"),
        ("#/notice?id=3", "http://www.a.example/zbgg/index.jhtml#/notice?id=3"),
        ("view.do?id=1#part2", "http://www.a.example/zbgg/view.do?id=1#part2"),
    ],
)
def test_links_are_resolved(href: str, url: str) -> None:
    """Relative links follow RFC 3986; line breaks from templates are not part of them."""
    assert absolute(BASE, href) == url


@pytest.mark.parametrize(
    "href",
    [
        "",
        " ",
        "#",
        "#top",
        "javascript:void(0)",
        "JavaScript:open('/x')",
        "java\nscript:alert(1)",
        "mailto:a@b.example",
        "tel:0891",
        "data:text/html,x",
        "ftp://a.example/x",
        "http://",
        "http://[",
        "http://a b/",
        "http://a.example:99999/",
        "/" + "x" * 5000,
    ],
)
def test_what_is_no_page_is_no_address(href: str) -> None:
    """Scripts, mail, anchors, other schemes and what no browser could fetch lead nowhere."""
    assert absolute(BASE, href) is None


@pytest.mark.parametrize(
    ("base", "href"),
    [("http://a.example", "x.html"), ("http://a.example", "/x.html"), ("http://a.example?q=1", "x.html")],
)
def test_a_base_without_a_path_is_the_root(base: str, href: str) -> None:
    """A home page's address may lack its slash."""
    assert absolute(base, href) == "http://a.example/x.html"


def test_same_site_is_the_home_and_the_listed_hosts() -> None:
    """www. and scheme make no difference, other hosts and ports do."""
    source = Source("a", "甲", "http://www.a.example/", "trs", (), hosts=("zb.a.example", "b.example:8080"))
    on = ("https://a.example/x", "http://WWW.a.example:80/", "http://zb.a.example/", "http://b.example:8080/x")
    off = (
        "http://a.example:8080/",
        "http://c.example/",
        "http://b.example/",
        "http://a.example.evil/",
        "x",
        "http://[",
    )
    assert [same_site(url, source) for url in on] == [True] * len(on)
    assert [same_site(url, source) for url in off] == [False] * len(off)


def test_host_of_anything() -> None:
    """The host in lower case; "" where there is none."""
    assert [host_of(url) for url in ("http://A.example:80/x", "x", "http://[")] == ["a.example", "", ""]


ANY = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates too: JSON answers carry them


@given(ANY, ANY)
def test_any_text_has_a_key_and_resolves_or_not(base: str, href: str) -> None:
    """No address breaks a reader; a key is its own key's key only through an address."""
    key_of(href)
    url = absolute("http://a.example/" + base, href)
    assert url is None or key_of(url) == key_of(url + "#top")
