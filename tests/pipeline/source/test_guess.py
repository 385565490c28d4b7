"""The CMS family that a page betrays, by the signs of domain.md."""

import pytest

from pipeline.page.opened import Page
from pipeline.source.family import guess_dialect


@pytest.mark.parametrize(
    ("text", "url", "dialect"),
    [
        ('<a href="/zbgg/1024.jhtml">x</a>', "", "jeecms"),
        ('<script>createPageHTML(3, 0, "index", "html");</script>', "", "trs"),
        ("<a href='./202009/t20200901_1.html'>x</a>", "", "trs"),
        ("<a href='/art/2014/6/3/art_1_2.html'>x</a>", "", "hanweb"),
        ("<datastore><totalrecord>41</totalrecord></datastore>", "", "hanweb"),
        ('<a href="/jyxx/001001/?pageing=2">x</a>', "", "epoint"),
        ('{"result":{"records":[]}}', "/inteligentsearch/rest/inteligentSearch/getFullTextDataNew", "epoint"),
        ('<input type="hidden" name="__VIEWSTATE" value="x">', "", "aspnet"),
        ('<a href="/xz/publish-notice!tenderNoticeView.do?PAGE=2">x</a>', "", "struts"),
        ('{"data":{"total":3,"rows":[]}}', "/api/list", "json_api"),
    ],
)
def test_signs(text, url, dialect):
    """Each family's own sign names it before any other."""
    assert guess_dialect(Page(f"http://portal.example{url}", "", text))[0][0] == dialect


@pytest.mark.parametrize("text", ["", "<html><p>x</p></html>", "\x00", "{", "a/" * 100_000, "![" * 100_000])
def test_no_sign(text):
    """A page without a sign is not guessed, however odd and long."""
    assert guess_dialect(Page("http://portal.example/", "", text)) == []
