# ruff: noqa: E501 (answers read best as portals write them: on one line)
"""Lists that come as JSON: rows found by shape, pages asked for as the request names them, texts asked for apart."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.article import read_notice
from pipeline.article.layouts import GENERIC
from pipeline.dialects import DIALECTS, Turn
from pipeline.follow import read_listing
from pipeline.model import Bucket, Capture, Channel, Kind, Lead, Listing, Source, Stated, Unreadable, Visit
from pipeline.page.opened import Page
from pipeline.values.urls import page_key, visit_key
from tests.pipeline.captures import follow

HOME = "http://jy.portal.example/"
DAY = datetime(2026, 1, 2, tzinfo=UTC)
POST = {"method": "POST", "body": '{"page": {"current": 1, "size": 3}, "type": "zb"}'}


def source_of(path: str, dialect: str = "json_api", **params: str) -> Source:
    channel = Channel("zb", "招标公告", HOME + path, Bucket.TENDER_AND_AWARD, params=tuple(params.items()))
    return Source("jy", "甲市交易中心", HOME, dialect, (channel,))


def first_of(source: Source) -> Visit:
    return DIALECTS[source.dialect].first(source, source.channels[0])


def answered(answer: object, source: Source, visit: Visit | None = None) -> Listing:
    visit = visit or first_of(source)
    return read_listing(Capture(visit, DAY, 200, (), json.dumps(answer).encode()), source)


def rows(amount: int, start: int = 1) -> list[dict[str, object]]:
    return [
        {"id": str(n), "title": f"乙县{n}号道路工程招标公告", "publishTime": "2026-01-01", "url": f"/zb/{n}.html"}
        for n in range(start, start + amount)
    ]


def test_the_list_is_found_wherever_it_stands() -> None:
    """A list of objects with title and date is the listing; a list of categories beside it is not."""
    answer = {
        "menu": [{"name": "招标公告", "code": "1"}, {"name": "中标公告", "code": "2"}],
        "d": {"x": {"y": rows(3)}},
    }
    listing = answered(answer, source_of("list?page=1"))
    assert [lead.url for lead in listing.leads] == [f"{HOME}zb/{n}.html" for n in (1, 2, 3)]
    assert {lead.published for lead in listing.leads} == {"2026-01-01"}


def test_an_answer_inside_of_a_text_is_read() -> None:
    """ASP.NET page methods answer {"d": "…"} with the list written into a text."""
    answer = {"d": json.dumps({"total": 3, "rows": rows(3)})}
    assert answered(answer, source_of("list?page=1")).stated == Stated(3, None)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"noticeTitle": "<em>甲</em>县&nbsp;桥梁工程", "publishTime": 1767196800000}, ("甲县 桥梁工程", "2026-01-01")),
        ({"noticeTitle": "甲县桥梁工程", "publishTime": "/Date(1767232800000)/"}, ("甲县桥梁工程", "2026-01-01 10:00:00")),
        ({"title": None, "projectName": "甲县桥梁工程", "deadline": "2027-01-01", "addtimeStr": "2026-01-01"},
         ("甲县桥梁工程", "2026-01-01")),
        ({"title": "甲县桥梁工程", "endTime": "2027-01-01", "createTime": "2025-01-01", "releaseDate": "2026-01-01"},
         ("甲县桥梁工程", "2026-01-01")),
        ({"gonggaoname": "<a href='/x/9.html' title='甲县桥梁工程施工招标公告'>甲县桥梁工程…</a>", "fbsj": "2026-01-01"},
         ("甲县桥梁工程施工招标公告", "2026-01-01")),
    ],
)  # fmt: skip
def test_what_a_row_says(row: dict[str, object], expected: tuple[str, str]) -> None:
    """Titles without markup and whole, the day of publication before deadlines and creation, epochs as people read them."""
    answer = {"total": 1, "list": [{"id": "9", **row}]}
    (lead,) = answered(answer, source_of("list?page=1")).leads
    assert (lead.title, lead.published) == expected


def test_where_a_rows_page_is() -> None:
    """By the source file's template, else by the row's own address, else by its id at a stable address."""
    answer = {
        "total": 1,
        "list": [{"guid": "a-9", "cat": "001002003", "title": "甲县桥梁工程", "infodate": "2026-01-01"}],
    }
    built = source_of("list?page=1", link="/jyxx/{cat:6}/{cat}/{infodate:day}/{guid}.html")
    assert answered(answer, built).leads[0].url == f"{HOME}jyxx/001002/001002003/20260101/a-9.html"
    assert answered(answer, source_of("list?page=1")).leads[0].url == f"{HOME}#/detail?id=a-9"


def test_constant_addresses_are_no_links() -> None:
    """A field that holds the same address in every row does not lead to the row."""
    found = [{**row, "url": "/project/form?id="} for row in rows(3)]
    leads = answered({"list": found}, source_of("list?page=1")).leads
    assert [lead.url for lead in leads] == [f"{HOME}#/detail?id={n}" for n in (1, 2, 3)]


def test_rows_of_two_kinds() -> None:
    """Where most rows have an id and one has an address of its own, none is lost."""
    found = [{**row, "url": None} for row in rows(9)] + [{**rows(1, 10)[0], "id": None, "url": "/other/10.html"}]
    leads = answered({"total": 10, "list": found}, source_of("list?page=1")).leads
    assert [lead.url for lead in leads][8:] == [f"{HOME}#/detail?id=9", f"{HOME}other/10.html"]


def test_rows_that_lead_nowhere_are_refused() -> None:
    """Without address, id and template nothing can be opened, and the source file must say how."""
    with pytest.raises(Unreadable, match="link"):
        answered({"list": [{"title": "甲县桥梁工程", "date": "2026-01-01"}]}, source_of("list?page=1"))


@pytest.mark.parametrize(
    ("around", "stated"),
    [
        ({"total": 7, "pages": 3}, Stated(7, 3)),
        ({"totalcount": "7"}, Stated(7, None)),
        ({"total": 3, "records": 7}, Stated(7, 3)),
        ({"RowCount": 3}, Stated(None, None)),
        ({"total": 1}, Stated(None, None)),
    ],
)
def test_what_an_answer_states(around: dict[str, object], stated: Stated) -> None:
    """Totals in whatever form; jqGrid's total counts pages; the rows of the page alone, or fewer, are no total."""
    assert answered({**around, "list": rows(3)}, source_of("list?page=1&size=3")).stated == stated


def asked_next(source: Source, answer: object) -> Visit | None:
    return answered(answer, source).next


def test_the_next_page_is_asked_for_as_the_first_was() -> None:
    """The parameter that numbers pages is counted up where the request has it: address, form, JSON, as text or number."""
    answer = {"total": 7, "list": rows(3)}
    got = asked_next(source_of("list?currPage=1&pageSize=3&type="), answer)
    form = asked_next(source_of("list", form="rows=3&pageNo=1"), answer)
    body = asked_next(source_of("list", **POST), answer)
    zero = asked_next(source_of("list?start=0&limit=3"), answer)
    told = asked_next(source_of("list?n=0&size=3", page="n"), answer)
    assert got
    assert got.url == f"{HOME}list?currPage=2&pageSize=3&type="
    assert form
    assert form.form == (("rows", "3"), ("pageNo", "2"))
    assert body
    assert json.loads(body.json) == {"page": {"current": 2, "size": 3}, "type": "zb"}
    assert zero
    assert zero.url == f"{HOME}list?start=3&limit=3"
    assert told
    assert told.url == f"{HOME}list?n=1&size=3"
    assert {got.page, form.page, body.page, zero.page, told.page} == {2}


def test_where_a_list_ends() -> None:
    """At the stated total, at the stated last page, or at a page that is not full."""
    source = source_of("list?page=1&size=3")
    third = replace(first_of(source), page=3, url=f"{HOME}list?page=3&size=3")
    assert answered({"total": 7, "list": rows(1, 7)}, source, third).next is None
    assert answered({"pages": 3, "list": rows(3, 7)}, source, third).next is None
    assert answered({"list": rows(1, 7)}, source, third).next is None
    assert answered({"list": rows(3, 7)}, source, third).next is not None
    assert answered({"total": 3, "list": rows(3)}, source).next is None


def test_a_portal_that_shows_fewer_rows_than_asked_is_walked_on() -> None:
    """Asked for 100 it shows 3: what it shows decides how far a page goes."""
    assert asked_next(source_of("list?page=1&size=100"), {"total": 7, "list": rows(3)}) is not None


def test_empty_lists_and_refusals() -> None:
    """An empty list is empty; one that states rows and shows none, and an answer without a list, are problems."""
    source = source_of("list?page=1")
    assert answered({"code": 0, "data": {"records": [], "total": 0}}, source) == Listing((), None, Stated(0, None))
    with pytest.raises(Unreadable, match="states 5"):
        answered({"data": {"records": [], "total": 5}}, source)
    with pytest.raises(Unreadable, match="系统繁忙"):
        answered({"code": 500, "msg": "系统繁忙"}, source)
    beyond = replace(first_of(source), page=9)
    assert answered({"data": {"records": [], "total": 5}}, source, beyond).leads == ()


def test_texts_that_an_interface_answers_with() -> None:
    """A row with an id is opened by asking the interface; the posting is the listed page's, the request its own."""
    source = source_of("list", **POST, article="/api/detail", article_body='{"id": "{id}"}')
    found = [{**row, "url": None} for row in rows(2)]
    answer = json.dumps({"total": 2, "list": found}).encode()
    one, two = follow(Capture(first_of(source), DAY, 200, (), answer), source)
    assert (one.kind, one.url, one.json) == (Kind.NOTICE, f"{HOME}api/detail", '{"id": "1"}')
    assert one.lead == Lead(f"{HOME}#/detail?id=1", "乙县1号道路工程招标公告", "2026-01-01")
    assert visit_key(one) != visit_key(two)
    assert page_key(one) == "jy.portal.example#/detail?id=1"


SHELL = "<html><body><div class='title-code'>招标编号：{}</div><script>var x = 1;</script><div id='txt'></div></body></html>"
ASK = {"article": "/personalitySearch/init", "article_body": '{"projectCode": "{pc|招标编号}", "sId": 22}'}


def shell(body: str, title: str, published: str = "") -> Capture:
    lead = Lead(f"{HOME}zb/7.jhtml", title, published)
    return Capture(Visit("jy", "zb", Kind.NOTICE, lead.url, lead), DAY, 200, (), body.encode())


def test_a_shell_asks_for_its_text() -> None:
    """The code is read from the page; every notice of the project asks for itself, though in the same words."""
    source = source_of("zb.jhtml", "jeecms", **ASK)
    (part,) = follow(shell(SHELL.format("E5400001"), "甲公告"), source)
    (other,) = follow(shell(SHELL.format("x") + "<script>var pc = 'E5400001'</script>", "甲"), source)
    assert (part.kind, part.url) == (Kind.PART, f"{HOME}personalitySearch/init")
    assert json.loads(part.json) == {"projectCode": "E5400001", "sId": 22} == json.loads(other.json)
    assert part.lead
    assert visit_key(replace(part, lead=replace(part.lead, url=f"{HOME}zb/8.jhtml"))) != visit_key(part)


def test_a_shell_that_does_not_say_its_code_asks_for_nothing() -> None:
    """What the page does not say is not guessed."""
    assert (
        follow(shell("<html><body><p>正在加载</p></body></html>", "甲公告"), source_of("zb.jhtml", "jeecms", **ASK))
        == ()
    )


def project(*entries: tuple[str, str]) -> bytes:
    found = [
        {"title": title, "publishTime": time, "txt": f"<p>这是{title}的正文，{time}发布，欢迎各单位参加。</p>"}
        for title, time in entries
    ]
    return json.dumps({"data": {"listData": found}}).encode()


ENTRIES = (("甲桥施工招标公告", "2026-01-01 09:00"), ("甲桥施工中标候选人公示", "2026-01-20 09:00"))


@pytest.mark.parametrize(
    ("title", "published", "which"),
    [
        ("甲桥施工中标候选人公示", "", 1),
        ("甲桥施工招标公告", "2026-01-20", 0),
        ("甲桥施工中标候选…", "2026-01-20", 1),
        ("甲桥项目", "2026-01-01", 0),
    ],
)
def test_of_a_projects_notices_the_listed_one(title: str, published: str, which: int) -> None:
    """By title, then by time; the text of the others is never added."""
    source = source_of("zb.jhtml", "jeecms", **ASK)
    notice = shell(SHELL.format("E1"), title, published)
    (asked,) = follow(notice, source)
    part = Capture(asked, DAY, 200, (), project(*ENTRIES))
    text = read_notice(notice, source, [part]).text
    assert [f"这是{entry[0]}的正文" in text for entry in ENTRIES] == [which == 0, which == 1]


def test_of_a_projects_notices_none() -> None:
    """When neither title nor time tells which one is meant, none is taken."""
    source = source_of("zb.jhtml", "jeecms", **ASK)
    notice = shell(SHELL.format("E1"), "乙路施工招标公告", "2026-03-03")
    (asked,) = follow(notice, source)
    with pytest.raises(Unreadable, match="2 notices"):
        read_notice(notice, source, [Capture(asked, DAY, 200, (), project(*ENTRIES))])


HOSTILE = (
    "[" * 5000 + "]" * 5000,
    '{"a":' * 3000 + "1" + "}" * 3000,
    json.dumps({"list": [{"title": "<" * 50_000, "date": "x" * 50_000, "id": n} for n in range(50)]}),
    json.dumps({"list": [[], {}, None, 7, {"title": {"title": {"title": []}}}]}),
    json.dumps({"list": [{"title": "{" * 5000, "url": "javascript:alert(1)", "id": "\u0000"}] * 30}),
    json.dumps({"x": [{"title": f"标题标题{n}", "date": "2026-01-01", "url": f"//evil{n}:x]/"} for n in range(3000)]}),
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("dialect", ["json_api", "epoint"])
def test_hostile_answers(dialect: str, text: str) -> None:
    """Whatever an answer holds, it is read or refused, in the time that its length allows."""
    source = source_of("list?page=1&pn=0&rn=10", dialect)
    visit = first_of(source)
    page = Page(visit.url, "application/json", text)
    try:
        for lead in DIALECTS[dialect].listing(Turn(page, visit, source, GENERIC)).leads:
            assert lead.url.startswith("http")
    except Unreadable:
        pass
