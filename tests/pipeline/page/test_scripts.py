"""Links that a page's own small scripts make, and pages of a list that a form asks for."""

import time

import pytest

from pipeline.dialects._forms import submitted, turning_scripts
from pipeline.model import Kind, Visit
from pipeline.page.links import target_of
from pipeline.page.opened import Page

URL = "http://a.example/web/list.jsp?lm=01"
VISIT = Visit("s", "c", Kind.LISTING, URL)


def _page(body: str) -> Page:
    return Page(URL, "text/html", f"<html><body>{body}</body></html>")


def _targets(body: str) -> list[str | None]:
    page = _page(body)
    return [target_of(element, URL) for element in page.html.iter("a", "li")]


@pytest.mark.parametrize(
    ("script", "link", "address"),
    [
        ("function see(id){window.open('/d.jsp?id='+id);}", "onclick=\"see('7')\"", "http://a.example/d.jsp?id=7"),
        ("function see(id){location.href='/d/'+id+'.html';}", "href='javascript:see(7)'", "http://a.example/d/7.html"),
        (
            "var ctx='/x';var see=function(id,t){window.location=ctx+'/d.do?id='+id+'&t='+t;}",
            "onclick=\"see('7','2')\"",
            "http://a.example/x/d.do?id=7&t=2",
        ),
        ("function see(id){window.open('/d.jsp?id='+other);}", "onclick=\"see('7')\"", None),
        ("function see(id){window.open('/d.jsp?id='+id*2);}", "onclick=\"see('7')\"", None),
        ("function see(id){alert(id);}", "onclick=\"see('7')\"", None),
        ("function see(id){window.open('/d.jsp?id='+id);}", 'onclick="see(this.id)"', None),
    ],
)
def test_a_call_opens_what_the_function_makes_of_its_arguments(script: str, link: str, address: str | None) -> None:
    """A link leads where the page's own function leads when only texts and arguments take part, else nowhere."""
    assert _targets(f"<script>{script}</script><a {link}>甲</a>") == [address]


@pytest.mark.parametrize(
    ("script", "links"),
    [
        ("document.write('<a href=\"/1.html\">甲</a>');", ["http://a.example/1.html"]),
        (
            "var t='甲乙丙';var u='/1.html';if(t.length>2)t=t.substr(0,2)+'…';"
            "document.write('<a href=\"'+u+'\">'+t+'</a>');",
            ["http://a.example/1.html"],
        ),
        ("if(a==1)document.write('<a href=\"/1.html\">甲</a>');", []),
        ("for(;;)document.write('<a href=\"/1.html\">甲</a>');", []),
        ("document.write('<a href=\"/'+n+'.html\">甲</a>');", []),
        ("document.write('<a href=\"/1.html\">');document.write(a?'甲':'乙');", []),
    ],
)
def test_a_link_that_a_script_writes_from_texts_alone_is_a_link(script: str, links: list[str]) -> None:
    """What is written under a condition, in a loop or from what is not known is not read."""
    assert _targets(f"<div><script>{script}</script></div>") == links


_FORM = (
    "<form name='q' action='/search'><input name='keyword'></form><form name='f' method='{method}' action='/list'>"
    "<input type='hidden' name='kind' value='zb'><input type='hidden' name='{field}' value='1'>"
    "<input type='checkbox' name='all' value='1'><select name='size'><option>10</option><option selected>20</option>"
    "</select><a id='next' {call}>下一页</a></form>"
)


def _asked(method: str, field: str, call: str, script: str = "") -> Visit | None:
    page = _page(f"<script>{script}</script>" + _FORM.format(method=method, field=field, call=call))
    return submitted(page, VISIT, turning_scripts(list(page.html.iter("a")), None), 2)


def test_a_pager_that_submits_a_form_is_submitted() -> None:
    """The form of the page's number is sent with it, by the method that it names; unticked boxes are left out."""
    script = "function go(n){document.f.nr.value=n;document.f.submit();}"
    posted = _asked("post", "nr", "href='javascript:go(2)'", script)
    assert posted is not None
    assert (posted.url, posted.page) == ("http://a.example/list", 2)
    assert posted.form == (("kind", "zb"), ("nr", "2"), ("size", "20"))
    got = _asked("get", "nr", "href='javascript:go(2)'", script)
    assert got is not None
    assert (got.url, got.form) == ("http://a.example/list?kind=zb&nr=2&size=20", None)


def test_a_function_of_another_file_is_taken_to_submit_the_form_with_a_page_number() -> None:
    """Nobody sees what the function does; a form with a field for the page's number is there for nothing else."""
    posted = _asked("post", "page.currentPage", "onclick='toPage(2)'")
    assert posted is not None
    assert dict(posted.form or ())["page.currentPage"] == "2"


@pytest.mark.parametrize(
    ("field", "call", "script"),
    [
        ("pageNo", "href='/list?pageNo=2'", ""),
        ("pageNo", "onclick='go(2)'", "function go(n){location.href='x_'+n+'.html';}"),
        ("kind2", "onclick='toPage(2)'", ""),
    ],
)
def test_a_form_that_no_script_submits_is_left_alone(field: str, call: str, script: str) -> None:
    """Links, functions that go to an address and forms without a page's number make no visit."""
    assert _asked("post", field, call, script) is None


@pytest.mark.parametrize(
    "body",
    [
        "<script>" + "function a(b){location.href=" * 20_000 + "</script><a onclick='a(1)'>x</a>",
        "<script>function a(b){location.href='/'+b}</script>" + "<a onclick=\"a('1')" + "a(" * 400 + '">x</a>' * 3_000,
        ("<script>href " + "document.write(" * 120 + "</script>") * 300,
        "<script>href document.write(" + "'+" * 900 + "</script>",
        "<script>" + "var a='" * 50_000 + "</script><a onclick='a(1)'>location</a>",
        "<form><input name=page value=1>" * 20_000 + "<a onclick='go(2)'>下一页</a>",
    ],
)
def test_hostile_scripts_take_little_time(body: str) -> None:
    """A page of up to a megabyte of script is read in seconds, whatever it says."""
    start = time.process_time()
    page = _page(body)
    links = list(page.html.iter("a"))
    submitted(page, VISIT, turning_scripts(links[:50], None), 2)
    assert time.process_time() - start < 5
