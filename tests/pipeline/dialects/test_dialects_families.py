# ruff: noqa: E501 (markup reads best as portals write it: on one line)
"""How Hanweb, Epoint and ASP.NET portals show their lists and are asked for the next page."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from pipeline.article.layouts import GENERIC
from pipeline.dialects import DIALECTS
from pipeline.dialects._paging import Turn
from pipeline.follow import read_listing
from pipeline.model import Bucket, Capture, Channel, Kind, Listing, Source, Stated, Unreadable, Visit
from pipeline.page.opened import Page
from pipeline.source.family import guess_dialect
from tests.pipeline.captures import follow

HOME = "http://www.portal.example/"
DAY = datetime(2026, 1, 2, tzinfo=UTC)


def source_of(dialect: str, path: str, **params: str) -> Source:
    channel = Channel("zb", "招标公告", HOME + path, Bucket.TENDER_AND_AWARD, params=tuple(params.items()))
    return Source("p", "甲市门户", HOME, dialect, (channel,))


def first_of(source: Source) -> Visit:
    return DIALECTS[source.dialect].first(source, source.channels[0])


def capture(body: str, source: Source, visit: Visit | None = None) -> Capture:
    return Capture(visit or first_of(source), DAY, 200, (), body.encode())


def listing_of(body: str, source: Source, visit: Visit | None = None) -> Listing:
    return read_listing(capture(body, source, visit), source)


def query(visit: Visit) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(visit.url).query, keep_blank_values=True))


# --- Hanweb ----------------------------------------------------------------------------------------------------------

RECORD = "<record><![CDATA[<li><a href='/art/2026/1/{n}/art_7_{n}.html' title='乙县{n}号道路工程招标公告'>乙县{n}号道路…</a><b>2026-01-0{n}</b></li>]]></record>"
SENT = "col:1,appid:1,webid:5,path:'/',columnid:7,sourceContentType:1,unitid:'88',webname:'甲市',permissiontype:0"


def datastore(amount: int, total: int) -> str:
    records = "".join(RECORD.format(n=n) for n in range(1, amount + 1))
    return f"<datastore><totalrecord>{total}</totalrecord><totalpage>9</totalpage><recordset>{records}</recordset></datastore>"


def column(store: str) -> str:
    script = f"jpage({{perPage:2,proxyUrl:'/module/web/jpage/dataproxy.jsp',ajaxParam:{{{SENT}}}}})"
    return f"<html><body><script type='text/xml'>{store}</script><script>{script}</script></body></html>"


def test_hanweb_rows_come_from_the_datastore() -> None:
    """Records are rows with whole titles; the rows stated are the list's; pages are left out, for we ask for spans."""
    found = listing_of(column(datastore(2, 41)), source_of("hanweb", "col/col7/index.html"))
    assert [(lead.url, lead.title, lead.published) for lead in found.leads] == [
        (f"{HOME}art/2026/1/{n}/art_7_{n}.html", f"乙县{n}号道路工程招标公告", f"2026-01-0{n}") for n in (1, 2)
    ]
    assert found.stated == Stated(41, None)


def test_hanweb_asks_the_proxy_as_the_page_would() -> None:
    """A post with the span of rows in its address and what the script names in its form; then the span after it."""
    source = source_of("hanweb", "col/col7/index.html")
    second = listing_of(column(datastore(2, 41)), source).next
    assert second
    assert urlsplit(second.url).path == "/module/web/jpage/dataproxy.jsp"
    assert query(second) == {"startrecord": "3", "endrecord": "8", "perpage": "2"}
    assert dict(second.form or ()) == {
        "col": "1", "appid": "1", "webid": "5", "path": "/", "columnid": "7", "sourceContentType": "1", "unitid": "88",
        "webname": "甲市", "permissiontype": "0",
    }  # fmt: skip
    third = listing_of(datastore(3, 41), source, second).next
    assert third
    assert (query(third)["startrecord"], query(third)["endrecord"], third.form) == ("6", "11", second.form)
    assert listing_of(datastore(3, 5), source, second).next is None


def test_hanweb_parameters_in_a_link_are_asked_for_by_get() -> None:
    """<nextgroup> links the proxy with all parameters; the source file's own come before the page's."""
    page = column(datastore(2, 41)).replace(
        "<recordset>", "<nextgroup><![CDATA[<a href=\"/module/web/jpage/dataproxy.jsp?page=1&amp;appid=1&amp;webid=5&amp;columnid=7&amp;unitid=88\"></a>]]></nextgroup><recordset>"
    )  # fmt: skip
    found = listing_of(page, source_of("hanweb", "col/col7/index.html", unitid="99")).next
    assert found
    assert found.form is None
    assert {"columnid": "7", "webid": "5", "unitid": "99", "startrecord": "3"}.items() <= query(found).items()


def test_hanweb_shells_lead_on_to_the_proxy() -> None:
    """A page without rows is not an empty list: its first rows are asked for where its script asks."""
    source = source_of("hanweb", "col/col7/index.html")
    (visit,) = follow(capture(column(""), source), source)
    assert (visit.kind, visit.page, visit.hops, query(visit)["startrecord"]) == (Kind.LISTING, 1, 1, "1")
    assert follow(capture(column("<datastore><totalrecord>0</totalrecord></datastore>"), source), source) == ()


@pytest.mark.parametrize(
    "body", ["<record>" * 20_000, "<record><![CDATA[" * 9000, "<datastore>" + "<record></record>" * 9000]
)
def test_hanweb_hostile_datastores(body: str) -> None:
    """Broken records are refused or skipped in the time that their length allows."""
    with pytest.raises(Unreadable):
        listing_of(f"<datastore>{body}</datastore>", source_of("hanweb", "col/col7/index.html"))


# --- Epoint ----------------------------------------------------------------------------------------------------------


def records(start: int, amount: int) -> list[dict[str, str]]:
    return [
        {"title": f"<em>乙县</em>{n}号桥梁工程", "webdate": f"2026-01-01 {n // 60 % 24:02}:{n % 60:02}:00", "linkurl": f"/jyxx/{n}.html"}
        for n in range(start, start - amount, -1)
    ]  # fmt: skip


def found(total: int, start: int, amount: int) -> str:
    return json.dumps({"result": {"totalcount": total, "records": records(start, amount), "categorys": [{"categoryname": "交易信息", "count": "9"}]}})  # fmt: skip


SEARCH = source_of("epoint", "jyxx/trade.html", categorynum="001001")


def test_epoint_posts_its_search() -> None:
    """With a categorynum the search service is asked for everything of it, newest first."""
    visit = first_of(SEARCH)
    body = json.loads(visit.json)
    assert visit.url == f"{HOME}inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
    assert (body["pn"], body["condition"][0]["equal"], body["sort"]) == (0, "001001", '{"webdate":"0"}')
    one = listing_of(found(45, 45, 20), SEARCH)
    assert one.leads[0].title == "乙县45号桥梁工程"
    assert one.next
    assert json.loads(one.next.json) == body | {"pn": 20}
    last = replace(one.next, page=3, json=visit.json.replace('"pn": 0', '"pn": 40'))
    assert listing_of(found(45, 5, 5), SEARCH, last).next is None


def test_epoint_offsets_go_by_what_was_shown() -> None:
    """A service that shows ten where twenty are asked for is asked for the eleventh."""
    second = listing_of(found(45, 45, 10), SEARCH).next
    assert second
    assert json.loads(second.json)["pn"] == 10


def test_epoint_cuts_a_deep_list_by_date() -> None:
    """Before the depth that the service refuses, the search goes on from the last row's moment; its part states no total."""
    source = source_of("epoint", "jyxx/trade.html", categorynum="001001", cap="40")
    deep = replace(first_of(source), page=2, json=first_of(source).json.replace('"pn": 0', '"pn": 20'))
    older = listing_of(found(900, 880, 20), source, deep).next
    assert older
    body = json.loads(older.json)
    assert (body["pn"], body["edt"], older.page) == (0, "2026-01-01 14:21:00", 3)
    assert body["time"][0]["endTime"] == body["edt"]
    part = listing_of(found(861, 861, 20), source, older)
    assert part.stated == Stated()
    assert part.next
    assert json.loads(part.next.json)["pn"] == 20


def test_epoint_says_why_a_list_is_cut_off() -> None:
    """More rows of one moment than the service shows cannot be reached, and neither can rows that it counts and never shows."""
    source = source_of("epoint", "jyxx/trade.html", categorynum="001001", cap="20")
    same = json.dumps({"result": {"totalcount": 900, "records": [row | {"webdate": "2026-01-01 00:00:00", "linkurl": f"/{n}.html"} for n, row in enumerate(records(20, 20))]}})  # fmt: skip
    older = listing_of(same, source).next
    assert older
    stuck = listing_of(same, source, older)
    assert (stuck.next, "one moment" in stuck.capped) == (None, True)
    silent = listing_of(
        json.dumps({"result": {"totalcount": 900, "records": []}}), SEARCH, replace(first_of(SEARCH), page=7)
    )
    assert (silent.next, "900" in silent.capped) == (None, True)


def test_epoint_pages_are_numbered() -> None:
    """Without a categorynum the pages themselves are read, and ?pageing=n is the next."""
    rows = "".join(
        f"<li><a href='/jyxx/001/20260101/aaaa-bbbb-000{n}.html'>乙县{n}号桥梁工程招标公告</a><span>2026-01-01</span></li>"
        for n in range(5)
    )
    one = listing_of(f"<ul>{rows}</ul><div class='page'>1/3页</div>", source_of("epoint", "jyxx/about.html"))
    assert one.next
    assert one.next.url == f"{HOME}jyxx/about.html?pageing=2"


# --- ASP.NET ---------------------------------------------------------------------------------------------------------

CELLS = "".join(
    f"<tr><td><a href='Show.aspx?id={n}'>乙县{n}号桥梁工程招标公告</a></td><td>2026-01-0{n}</td></tr>"
    for n in range(1, 6)
)
FORM = """<form method="post" action="./List.aspx?t=1" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEP+dA==">
<input type="hidden" name="__EVENTVALIDATION" value="/wEW"><input type="hidden" name="__EVENTTARGET" value="">
<input type="text" name="key" value="桥"><input type="submit" name="search" value="查询"><input type="checkbox" name="all">
<select name="area"><option value="1">甲</option><option value="2" selected>乙</option></select>
<table>{cells}</table><div class="pager">{pager}</div></form>"""


def clicked(pager: str, number: int = 1) -> Visit | None:
    source = source_of("aspnet", "List.aspx")
    visit = replace(first_of(source), page=number)
    return listing_of(f"<html><body>{FORM.format(cells=CELLS, pager=pager)}</body></html>", source, visit).next


PAGER = "共3页 <span>1</span> <a href=\"javascript:__doPostBack('ctl00$P','2')\">2</a> <a href=\"javascript:__doPostBack(&#39;ctl00$P&#39;,&#39;2&#39;)\">下一页</a>"


def test_aspnet_posts_the_form_back() -> None:
    """All that a browser sends of the form, with the control and its argument; no button that nobody pressed."""
    visit = clicked(PAGER)
    assert visit
    assert (visit.url, visit.page) == (f"{HOME}List.aspx?t=1", 2)
    assert dict(visit.form or ()) == {
        "__VIEWSTATE": "/wEP+dA==", "__EVENTVALIDATION": "/wEW", "__EVENTTARGET": "ctl00$P", "__EVENTARGUMENT": "2",
        "key": "桥", "area": "2",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pager", "number", "expected"),
    [
        ("<a href=\"javascript:__doPostBack('G','Page$Next')\">下一页</a> 共3页", 1, ("G", "Page$Next")),
        ("<span>1</span> <a href=\"javascript:__doPostBack('G','Page$2')\">2</a>", 1, ("G", "Page$2")),
        ("<a href=\"javascript:__doPostBack('lbtNext','')\">下一页</a>", 1, ("lbtNext", "")),
        ("共9页 <a href=\"javascript:__doPostBack('P','1')\">首页</a> <a href=\"javascript:__doPostBack('P','9')\">尾页</a>", 4, ("P", "5")),
        ("共3页 <a href=\"javascript:__doPostBack('P','1')\">首页</a> <a disabled='disabled'>下一页</a>", 3, None),
        ("共3页 <a href=\"javascript:__doPostBack('P','3')\">下一页</a>", 3, None),
    ],
)  # fmt: skip
def test_aspnet_controls_that_turn_the_page(pager: str, number: int, expected: tuple[str, str] | None) -> None:
    """AspNetPager, GridView and link buttons; after the last page there is none."""
    visit = clicked(pager, number)
    form = dict(visit.form or ()) if visit else {}
    assert (form.get("__EVENTTARGET"), form.get("__EVENTARGUMENT")) == (expected or (None, None))


def test_aspnet_buttons_and_links() -> None:
    """A button is posted under its own name; a pager that links pages is followed like any other."""
    button = clicked("<input type='submit' name='btnNext' value='下一页'>共3页")
    assert dict((button.form if button else None) or ())["btnNext"] == "下一页"
    linked = clicked("<a href='List.aspx?page=2'>下一页</a>")
    assert linked
    assert (linked.url, linked.form) == (f"{HOME}List.aspx?page=2", None)


def test_aspnet_page_n_by_the_pattern_of_the_others() -> None:
    """Behind a page that could not be read the walk goes on from the one before it."""
    source = source_of("aspnet", "List.aspx")
    page = Page(f"{HOME}List.aspx", "text/html", f"<html><body>{FORM.format(cells=CELLS, pager=PAGER)}</body></html>")
    visit = DIALECTS["aspnet"].nth_page(Turn(page, first_of(source), source, GENERIC), 3)
    assert visit
    assert (visit.page, dict(visit.form or ())["__EVENTARGUMENT"]) == (3, "3")


# --- all -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "<a href=\"javascript:openDetail('{n}', 2)\">{t}</a>",
        "<a onclick='return openDetail({n},2)'>{t}</a>",
        "<a href='javascript:void(0)' onclick=\"view('{n}')\">{t}</a>",
    ],
)
@pytest.mark.parametrize("dialect", ["jeecms", "aspnet", "epoint", "hanweb"])
def test_script_links_lead_where_the_source_file_says(dialect: str, link: str) -> None:
    """openDetail('7') is an address once a template says which."""
    rows = "".join(
        f"<li>{link.format(n=n, t=f'乙县{n}号桥梁工程招标公告')}<i>2026-01-0{n}</i></li>" for n in range(1, 6)
    )
    leads = listing_of(f"<ul>{rows}</ul>", source_of(dialect, "zb.html", link="/detail/{1}.html")).leads
    assert [lead.url for lead in leads] == [f"{HOME}detail/{n}.html" for n in range(1, 6)]


@pytest.mark.parametrize(
    ("dialect", "body"),
    [
        ("hanweb", column(datastore(2, 41))),
        ("epoint", "<script>var categorynum='001001';</script><a href='?pageing=2'>2</a>"),
        ("aspnet", FORM.format(cells=CELLS, pager=PAGER)),
        ("json_api", "<html><body><div id=app></div><script src=/js/chunk-vendors.8a7f.js></script></body></html>"),
    ],
)
def test_a_family_betrays_itself(dialect: str, body: str) -> None:
    """The family is the first guess for its own page."""
    assert guess_dialect(Page(HOME, "text/html", body))[0][0] == dialect
