# ruff: noqa: E501 (markup reads best as portals write it: on one line)
"""What to visit next: listings, redirects, the rest of a notice."""

import gzip
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.follow import read_listing
from pipeline.model import Bucket, Capture, Channel, Kind, Lead, Source, Unreadable, Visit
from tests.pipeline.captures import follow

SITE = "http://www.jianshe.example"
CHANNEL = Channel("zbgg", "招标公告", f"{SITE}/zbgg/index.jhtml", Bucket.TENDER_AND_AWARD)
SOURCE = Source("jianshe", "甲县建设网", f"{SITE}/", "jeecms", (CHANNEL,), hosts=("file.jianshe.example",))
TEXT = "<div class=content>" + "本工程已具备招标条件，现对该工程进行公开招标。" * 12 + "</div>"


def visit(kind: Kind, path: str, **more: object) -> Visit:
    lead = None if kind is Kind.LISTING else Lead(SITE + path, "甲县乙路工程招标公告", "2014-06-03")
    return Visit("jianshe", "zbgg", kind, SITE + path, lead, run="r1", **more)  # type: ignore[arg-type]


def capture(of: Visit, body: str | bytes, status: int = 200, *headers: tuple[str, str]) -> Capture:
    content = body.encode() if isinstance(body, str) else body
    return Capture(of, datetime(2014, 6, 4, tzinfo=UTC), status, (("Content-Type", "text/html"), *headers), content)


def followed(of: Visit, body: str, source: Source = SOURCE) -> list[tuple[str, str, int]]:
    visits = follow(capture(of, body), source)
    assert all(
        (one.source, one.channel, one.lead, one.run) == (of.source, of.channel, of.lead, of.run) for one in visits
    )
    return [(one.kind.value, one.url.removeprefix(SITE), one.page) for one in visits]


LISTING = visit(Kind.LISTING, "/zbgg/index.jhtml")
NOTICE = visit(Kind.NOTICE, "/zbgg/1024.jhtml")
ROWS = "<ul><li><a href='1.jhtml'>甲县乙路工程招标公告</a> 2014-06-03</li><li><a href='http://mp.weixin.example/s/1234'>政务新媒体转载公告</a> 2014-06-02</li></ul>"


def test_a_listing_leads_to_its_notices_and_its_next_page() -> None:
    """Each row on the portal becomes a visit with its lead, then comes the next page; other hosts are not visited."""
    body = f"{ROWS}<div class=pagination>共30条 1/2页 <a href=index_2.jhtml>下一页</a></div>"
    notice, following = follow(capture(LISTING, body), SOURCE)
    lead = Lead(f"{SITE}/zbgg/1.jhtml", "甲县乙路工程招标公告", "2014-06-03")
    assert notice == Visit("jianshe", "zbgg", Kind.NOTICE, lead.url, lead, run="r1")
    assert following == replace(LISTING, url=f"{SITE}/zbgg/index_2.jhtml", page=2)
    assert len(read_listing(capture(LISTING, body), SOURCE).leads) == 2


@pytest.mark.parametrize(
    "body",
    [
        "<div class=list><p>暂无信息</p></div>",
        "<div>没有找到相关的公告</div>",
        "<div class=page>共0条 1/1页</div>",
        "<div>该栏目下暂无内容</div><div class=hot><h3>热点</h3>" + ROWS.replace("1.jhtml", "/hydt/1.jhtml") + "</div>",
    ],
)
def test_an_empty_listing_is_legitimate(body: str) -> None:
    """A listing that says it has no rows has none and no next page."""
    listing = read_listing(capture(LISTING, body), SOURCE)
    assert (listing.leads, listing.next) == ((), None)


@pytest.mark.parametrize(
    "body",
    [
        "<ul class=nav><li><a href='/'>首页</a></li><li><a href='/gztz/index.jhtml'>公告通知</a></li></ul>",
        "<p>甲县住房和城乡建设局主办</p>",
        "<div style='display:none'>暂无信息</div><p>加载中</p>",
        "<script>var empty = '暂无信息';</script><div id=app></div>",
    ],
)
def test_a_listing_without_rows_is_a_problem(body: str) -> None:
    """No rows and no word of it: a broken template or a script's shell, never an empty listing."""
    with pytest.raises(Unreadable):
        read_listing(capture(LISTING, body), SOURCE)
    assert follow(capture(LISTING, body), SOURCE) == ()


def test_hidden_words_of_emptiness_do_not_hide_rows() -> None:
    """Templates carry the sentence for the empty case, unseen."""
    body = f"<div style='display:none'>所选条件下暂无信息</div>{ROWS}"
    assert len(read_listing(capture(LISTING, body), SOURCE).leads) == 2


def test_an_unknown_dialect_is_a_problem() -> None:
    """A source file may name a family that this version does not know."""
    with pytest.raises(Unreadable, match="vue"):
        read_listing(capture(LISTING, ROWS), replace(SOURCE, dialect="vue"))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_the_same_visit_elsewhere(status: int) -> None:
    """Kind, lead, page and run stay; each hop is counted; the ninth is not made, nor one to another site."""
    of = replace(NOTICE, kind=Kind.PART, page=3)
    assert follow(capture(of, "", status, ("Location", "/new/1.jhtml")), SOURCE) == (
        replace(of, url=f"{SITE}/new/1.jhtml", hops=1),
    )
    assert follow(capture(replace(of, hops=8), "", status, ("Location", "/new/1.jhtml")), SOURCE) == ()
    assert follow(capture(of, "", status, ("Location", "http://evil.example/")), SOURCE) == ()
    assert follow(capture(of, "", status), SOURCE) == ()


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<meta http-equiv=refresh content='0; url=/zbgg/list.jhtml'>", "/zbgg/list.jhtml"),
        (
            '<html><head><META content="3;URL=\'list.jhtml\'" http-equiv="Refresh"></head><p>正在跳转</p>',
            "/zbgg/list.jhtml",
        ),
        ("<script>window.location.href = './zbgg/'; </script>", "/zbgg/zbgg/"),
        ("<script>window.location='list.jhtml'</script>", "/zbgg/list.jhtml"),
        ('<script>top.location.replace("/zbgg/list.jhtml")</script>', "/zbgg/list.jhtml"),
        ("<script>if(m){location.href='/m/zbgg.html'}else{location.href='/pc/zbgg.html'}</script>", "/pc/zbgg.html"),
    ],
)
def test_pages_that_only_send_on(body: str, path: str) -> None:
    """A refresh within ten seconds and a script on a nearly empty page are redirects."""
    assert follow(capture(LISTING, body), SOURCE) == (replace(LISTING, url=SITE + path, hops=1),)


@pytest.mark.parametrize(
    "body",
    [
        f"<meta http-equiv=refresh content='300; url=/zbgg/index.jhtml'>{ROWS}",
        f"<meta http-equiv=refresh content='5; url=/zbgg/index.jhtml'>{ROWS}",
        f"<script>function go(){{ location.href='/search.jhtml' }}</script>{ROWS}{TEXT}",
        f"<!-- <meta http-equiv=refresh content='0; url=/x.jhtml'> -->{ROWS}",
        f"<noscript><meta http-equiv=refresh content='0; url=/nojs.html'></noscript>{ROWS}",
    ],
)
def test_pages_that_stay(body: str) -> None:
    """A page that reloads itself, or only could send on, is read."""
    assert [one.kind for one in follow(capture(LISTING, body), SOURCE)][:1] == [Kind.NOTICE]


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/zbgg/1024.jhtml", TEXT, []),
        (
            "/zbgg/1024.jhtml",
            TEXT
            + "<div class=pg><a href='1024_2.jhtml'>2</a><a href='1024_3.jhtml'>3</a><a href='1024_2.jhtml'>下一页</a></div>"
            "<p>下一篇：<a href='1025.jhtml'>丙县丁路工程招标公告</a></p><a href='index_2.jhtml'>2</a>",
            [("part", "/zbgg/1024_2.jhtml", 1), ("part", "/zbgg/1024_3.jhtml", 2)],
        ),
        (
            "/zbgg/201406/t20140603_98303.html",
            TEXT + '<script>createPageHTML(3, 0, "t20140603_98303", "html");</script>',
            [("part", "/zbgg/201406/t20140603_98303_1.html", 1), ("part", "/zbgg/201406/t20140603_98303_2.html", 2)],
        ),
        (
            "/zbgg/201406/t20140603_98303.html",
            TEXT + "<script>var countPage = 2//共几页\n</script>",
            [("part", "/zbgg/201406/t20140603_98303_1.html", 1)],
        ),
        (
            "/zbgg/201406/t20140603_98303.html",
            TEXT + "<a href='t20140603_98303_1.html'>下一页</a><a href='./t20140604_98304.html'>下一篇</a>",
            [("part", "/zbgg/201406/t20140603_98303_1.html", 1)],
        ),
        (
            "/v.do?id=5",
            TEXT + "<a href='v.do?id=5&page=2'>2</a><a href='v.do?id=6&page=2'>2</a>",
            [("part", "/v.do?id=5&page=2", 1)],
        ),
        ("/zbgg/1.jhtml", TEXT + "<iframe id=main src='/body/1.html'></iframe>", [("part", "/body/1.html", 1)]),
        ("/zbgg/1.jhtml", "<h1>公告</h1><iframe src='/show/9.html'></iframe>", [("part", "/show/9.html", 1)]),
        ("/zbgg/1.jhtml", TEXT + "<iframe src='/show/9.html'></iframe>", []),
        (
            "/zbgg/1.jhtml",
            "<h1>公告</h1><iframe src='/ad/top.html'></iframe><iframe src='/x.html' style='display:none'></iframe>"
            "<iframe src='http://weather.example/1.html'></iframe><iframe src='javascript:void(0)'></iframe>",
            [],
        ),
        (
            "/zbgg/1.jhtml",
            "<div class=nav><a href='/help.doc'>帮助.doc</a></div>"
            + TEXT
            + "<p>附件：<a href='./P020140603.doc'>招标文件.doc</a>"
            "<a href='P020140603.doc'>下载</a><a href='http://file.jianshe.example/2.pdf'>图纸</a><a href='http://far.example/3.pdf'>规范</a></p>",
            [("attachment", "/zbgg/P020140603.doc", 1), ("attachment", "http://file.jianshe.example/2.pdf", 2)],
        ),
    ],
)
def test_the_rest_of_a_notice(path: str, body: str, expected: list[tuple[str, str, int]]) -> None:
    """Further pages of the same article, the frame that holds the text, the files; not the next article, not adverts."""
    assert followed(visit(Kind.NOTICE, path), f"<html><body>{body}</body></html>") == expected


def test_a_part_leads_to_further_parts() -> None:
    """Page two of a notice knows of page three, under the notice's own numbering."""
    body = f"<html><body>{TEXT}<a href='1024.jhtml'>1</a><b>2</b><a href='1024_3.jhtml'>3</a><a href='1024_3.jhtml'>下一页</a></body></html>"
    assert followed(visit(Kind.PART, "/zbgg/1024_2.jhtml"), body) == [("part", "/zbgg/1024_3.jhtml", 2)]


def test_bad_captures_lead_nowhere() -> None:
    """Blocks, absences and damaged bodies ask for nothing."""
    for one in (
        capture(NOTICE, "<p>您的访问被拦截</p><iframe src=/x.html></iframe>"),
        capture(NOTICE, TEXT, 404),
        capture(NOTICE, gzip.compress(TEXT.encode())[:40], 200, ("Content-Encoding", "gzip")),
        capture(visit(Kind.ATTACHMENT, "/1.doc"), TEXT),
    ):
        assert follow(one, SOURCE) == ()


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "<ul>",
            "</ul>",
            "<li>",
            "<a href='/zbgg/7.jhtml'>",
            "</a>",
            "<a href=\"javascript:x('1')\">",
            "甲公告",
            "2014-06-03",
            "<table><tr><td>",
            "<iframe id=main src=",
            "'//[::1'>",
            "<base href='http://['>",
            "下一页",
            "共9页",
            "createPageHTML(",
            "3,'a','b')",
            "<script>",
            "暂无信息",
            "<meta http-equiv=refresh content='0;url=",
            "onclick=\"open('/1.html')\">",
            "<div ",
            "class=page>",
            "\x00",
            "&#xd800;",
            "<h1>",
            "<!--",
            "%zz",
        ]
    ),
    max_size=40,
).map("".join)


@given(
    st.one_of(st.binary(max_size=300), FRAGMENTS.map(str.encode)),
    st.sampled_from(Kind),
    st.sampled_from(["jeecms", "trs", "struts"]),
)
def test_any_bytes_are_followed_or_not(body: bytes, kind: Kind, dialect: str) -> None:
    """follow never raises; read_listing returns or raises Unreadable."""
    source = replace(SOURCE, dialect=dialect)
    one = capture(visit(kind, "/zbgg/7.jhtml"), body)
    assert all(found.url.startswith("http") for found in follow(one, source))
    with suppress(Unreadable):
        read_listing(one, source)
