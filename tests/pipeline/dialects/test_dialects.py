# ruff: noqa: E501 (markup reads best as portals write it: on one line)
"""How each family numbers its listing pages, and how a walk survives what pagers do."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.article.layouts import GENERIC
from pipeline.dialects import DIALECTS, Turn
from pipeline.model import Bucket, Channel, Kind, Layout, Source, Stated, Unreadable, Visit
from pipeline.page.opened import Page

SITE = "http://www.jianshe.example"
ROWS = "".join(
    f"<li><a href='{SITE}/zbgg/{n}.jhtml' title='甲县第{n}中学教学楼工程招标公告'>甲县第{n}中学…</a><i>2014-06-0{n}</i></li>"
    for n in range(1, 6)
)


def listing(dialect: str, url: str, pager: str, number: int = 1, layout: Layout = GENERIC) -> Turn:
    channel = Channel("zbgg", "招标公告", url if number == 1 else f"{SITE}/zbgg/", Bucket.TENDER_AND_AWARD)
    source = Source("jianshe", "甲县建设网", f"{SITE}/", dialect, (channel,))
    visit = Visit("jianshe", "zbgg", Kind.LISTING, url, page=number, run="r1")
    page = Page(url, "text/html", f"<html><body><ul>{ROWS}</ul>{pager}</body></html>")
    return Turn(page, visit, source, layout)


def next_of(dialect: str, url: str, pager: str, number: int = 1) -> str | None:
    visit = DIALECTS[dialect].listing(listing(dialect, url, pager, number)).next
    if visit is None:
        return None
    assert (visit.page, visit.run, visit.channel, visit.kind) == (number + 1, "r1", "zbgg", Kind.LISTING)
    return visit.url.removeprefix(SITE)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_walk_begins_at_the_channels_address(dialect: str) -> None:
    """The first visit is the channel's own page."""
    source = listing(dialect, f"{SITE}/zbgg/", "").source
    assert DIALECTS[dialect].first(source, source.channels[0]) == Visit(
        "jianshe", "zbgg", Kind.LISTING, f"{SITE}/zbgg/"
    )


RULES = (
    ("jeecms", "/zbgg/index.jhtml", 1, "/zbgg/index_2.jhtml"),
    ("jeecms", "/zbgg/index_2.jhtml", 2, "/zbgg/index_3.jhtml"),
    ("jeecms", "/zbgg/", 1, "/zbgg/index_2.jhtml"),
    ("jeecms", "/zbgg.jhtml", 1, "/zbgg_2.jhtml"),
    ("jeecms", "/zbgg_2.jhtml", 2, "/zbgg_3.jhtml"),
    ("jeecms", "/bid_2.jhtml", 1, "/bid_2_2.jhtml"),
    ("jeecms", "/zbgg/index.jhtml;jsessionid=0A1B", 1, "/zbgg/index_2.jhtml"),
    ("jeecms", "/search/queryContents.jhtml?channelId=3541", 1, "/search/queryContents_2.jhtml?channelId=3541"),
    ("trs", "/zbgg/index.html", 1, "/zbgg/index_1.html"),
    ("trs", "/zbgg/index_1.html", 2, "/zbgg/index_2.html"),
    ("trs", "/zbgg/", 1, "/zbgg/index_1.html"),
    ("trs", "/zbgg/list.shtml", 1, "/zbgg/list_1.shtml"),
    ("trs", "/zbgg/list_7.htm", 8, "/zbgg/list_8.htm"),
    ("struts", "/xz/p!view.do?PAGE=1&type=3", 1, "/xz/p!view.do?type=3&PAGE=2"),
    ("struts", "/xz/p!view.do", 1, "/xz/p!view.do?PAGE=2"),
    ("struts", "/xz/p!view.do?pageNo=4", 4, "/xz/p!view.do?pageNo=5"),
)


@pytest.mark.parametrize(("dialect", "path", "number", "expected"), RULES)
def test_the_familys_rule_names_the_next_page(dialect: str, path: str, number: int, expected: str) -> None:
    """A page count without a usable link is enough: the rule gives the address."""
    assert next_of(dialect, SITE + path, "<div class=page>共9页</div>", number) == expected


@pytest.mark.parametrize(("dialect", "path", "number", "expected"), RULES)
def test_without_any_pager_the_rule_probes(dialect: str, path: str, number: int, expected: str) -> None:
    """A page with rows and neither count nor links is followed by the rule's next page; the walk ends on absence."""
    assert next_of(dialect, SITE + path, "", number) == expected


@pytest.mark.parametrize(
    ("pager", "number", "expected"),
    [
        ("<div class=p><a href='/zbgg/list-2-x.html'>下一页</a></div>", 1, "/zbgg/list-2-x.html"),
        ("<div class=p><a href='?p=2'>下页 &gt;&gt;</a></div>", 1, "/zbgg/index.jhtml?p=2"),
        ("<div class=p><a href='a_2.html'>&gt;</a> <a href='a_9.html'>&gt;&gt;</a></div>", 1, "/zbgg/a_2.html"),
        ("<div class=p><a class=next href='a_2.html'></a><a href='a_9.html'>末页</a></div>", 1, "/zbgg/a_2.html"),
        ("<div class=p><a>1</a><a href='a_2.html'>2</a><a href='a_3.html'>3</a></div>", 1, "/zbgg/a_2.html"),
        ("<div class=p><a href='a_1.html'>1</a><b>2</b><a href='a_3.html'>3</a></div>", 2, "/zbgg/a_3.html"),
        ("<div class=p>第2页/共5页 <a href='a_1.html'>上一页</a></div>", 2, "/zbgg/index_3.jhtml"),
        ('<div class=p>共5页 <a href="javascript:getList(2)">下一页</a></div>', 1, "/zbgg/index_2.jhtml"),
        ('<div class=p><a href="javascript:getList(2)">下一页</a></div>', 1, "/zbgg/index_2.jhtml"),
        ("<div class=p>5/5页 <a href='a_6.html'>下一页</a></div>", 5, "/zbgg/a_6.html"),
        ("<div class=p>5/5页 <a href='javascript:void(0)'>下一页</a></div>", 5, None),
        ("<div class=p><a href='#'>下一页</a></div>", 5, None),
        ("<div class=p><a href='/zbgg/index_5.jhtml'>下一页</a> 5/5</div>", 5, None),
        ("<div class=p><a href='/zbgg/'>首页</a> <a href='/zbgg/'>下一页</a></div>", 5, None),
        ("<div class=p><a href='a_4.html'>4</a><b>5</b></div>", 5, None),
        ("<div class=p><a href='a_1.html'>1</a><a href='a_1.html'>下一页</a></div>", 5, None),
        ("<div class=p>共5页 <a href='http://evil.example/2'>下一页</a></div>", 5, None),
        ("<div class=p>共 5 条 首页 上一页 下一页 尾页 1/1页</div>", 1, None),
        ("<div>共0条</div>", 1, None),
    ],
)
def test_pagers_as_portals_write_them(pager: str, number: int, expected: str | None) -> None:
    """A real link wins over the count, the count over a missing link; a dead link without a count is the end."""
    url = f"{SITE}/zbgg/index.jhtml" if number == 1 else f"{SITE}/zbgg/index_{number}.jhtml"
    assert next_of("jeecms", url, pager, number) == expected


@pytest.mark.parametrize(
    ("pager", "total", "pages"),
    [
        ("<div class=pagination>共 11 条 1/2页 首页 下一页</div>", 11, 2),
        ("<div class=pagination>…1/55页…</div>", None, 55),
        ("<div>第<em>1</em>页/共<span>500</span>页 <a href=x>下一页</a></div>", None, 500),
        ("<div class=p><span>共 23,621 条</span><a href=x>下一页</a><span>共 1182 页</span></div>", 23621, 1182),
        ("<p>总记录数：110 页次：1/19 <a href=x>尾页</a></p>", 110, 19),
        ("<p>共有<b>41</b>条记录 当前第<b>1</b>/<b>3</b>页</p>", 41, 3),
        ("<p>总页数：7</p><div class=page><a href=x>下一页</a></div>", None, 7),
        ('<script>createPageHTML(13, 0, "index", "html");</script>', None, 13),
        ("<script>createPageHTML(5,0,'list','htm')</script>", None, 5),
        ("<script>createPageHTML('page_div', 8, 0, 'index', 'shtml', 150);</script>", None, 8),
        (
            "<script>function createPageHTML(_nPageCount, _nCurrIndex){} createPageHTML(6, 1, 'index', 'html');</script>",
            None,
            6,
        ),
        ("<script>var countPage = 12//共几页\nvar currentPage = 0;//所在页从0开始</script>", None, 12),
        ("<div id=page></div><script>laypage.render({elem:'page', count: 101, limit: 20, curr: 1})</script>", 101, 6),
        ("<div>共0条</div>", 0, None),
        ("", None, None),
    ],
)
def test_stated_length(pager: str, total: int | None, pages: int | None) -> None:
    """Rows and pages are what the pager's text or the script that draws it state; silence is None."""
    assert DIALECTS["trs"].listing(listing("trs", f"{SITE}/zbgg/index.html", pager)).stated == Stated(total, pages)


def test_titles_that_count_things_state_no_length() -> None:
    """Three roads in a title are not three rows."""
    pager = "<p><a href='/zbgg/9.jhtml'>乙县共3条道路工程</a> 共5条道路</p>"
    assert DIALECTS["jeecms"].listing(listing("jeecms", f"{SITE}/zbgg/", pager)).stated == Stated()


def test_trs_takes_the_names_of_its_call() -> None:
    """The call's name and extension count, not the address's."""
    call = "<script>createPageHTML(3, 0, 'list', 'shtml')</script>"
    assert next_of("trs", f"{SITE}/zbgg/index.html", call) == "/zbgg/list_1.shtml"
    assert next_of("trs", f"{SITE}/zbgg/list_2.shtml", call.replace("0", "2"), 3) is None


def test_struts_takes_the_parameter_of_its_pager() -> None:
    """The name of the page parameter is the one that the pager's links use."""
    pager = "<div class=pagination>1/9页 <a href='?type=3&currentPage=9'>尾页</a></div>"
    assert next_of("struts", f"{SITE}/xz/p!view.do?type=3", pager) == "/xz/p!view.do?type=3&currentPage=2"


STRICT = Layout(
    until=date(2030, 1, 1),
    row="div.c1-bline",
    title=".f-left a::attr(title)",
    date=".f-right::text",
    next="a.nx::attr(href)",
    total="div.pagination",
)
STRICT_PAGE = (
    "<div class=c1-bline><div class=f-left><a href='7.jhtml' title='甲县乙路工程施工招标公告'>甲县乙路…</a></div>"
    "<div class=f-right> 2014-06-03 </div></div><div class=pagination>共11条 1/2页</div><a class=nx href='index_2.jhtml'>n</a>"
)


def strict(html: str, layout: Layout = STRICT) -> tuple[list[tuple[str, str, str]], str | None, Stated]:
    url = f"{SITE}/zbgg/index.jhtml"
    turn = replace(listing("jeecms", url, "", layout=layout), page=Page(url, "text/html", html))
    found = DIALECTS["jeecms"].listing(turn)
    leads = [(lead.url, lead.title, lead.published) for lead in found.leads]
    return leads, found.next.url if found.next else None, found.stated


def test_selectors_of_a_layout_are_used() -> None:
    """Row, title, date, next and total come from where the layout says."""
    lead = (f"{SITE}/zbgg/7.jhtml", "甲县乙路工程施工招标公告", "2014-06-03")
    assert strict(STRICT_PAGE) == ([lead], f"{SITE}/zbgg/index_2.jhtml", Stated(11, 2))


def test_a_layout_with_only_rows_finds_the_rest() -> None:
    """The link is the row's first address, the title the attribute when the text is cut, the date the first one."""
    lead = (f"{SITE}/zbgg/7.jhtml", "甲县乙路工程施工招标公告", "2014-06-03")
    assert strict(STRICT_PAGE, Layout(row="div.c1-bline"))[0] == [lead]
    onclick = "<div class=c1-bline onclick=\"window.open('/zbgg/7.jhtml')\"><b>甲县乙路工程施工招标公告</b><i>2014-06-03</i></div>"
    assert strict(onclick, Layout(row="div.c1-bline"))[0] == [lead]


def test_a_row_selector_that_finds_nothing_is_a_problem() -> None:
    """A redesign is heard of, an empty listing is not one."""
    with pytest.raises(Unreadable, match="c1-bline"):
        strict(STRICT_PAGE.replace("c1-bline", "new"))
    assert strict("<p>暂无信息</p>")[0] == []
