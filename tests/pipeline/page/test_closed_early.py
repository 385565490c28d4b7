"""Pages into which includes bring the end of a document: a browser reads on, and so do we."""

from collections.abc import Callable

import pytest

from pipeline.article import read_notice
from pipeline.evidence.spans import Body, Words
from pipeline.follow import read_listing_page
from pipeline.page import open_page
from pipeline.page.opened import tree_of
from tests.pipeline.captures import capture, source

TITLE = "乙县三桥维修加固工程施工招标公告"
FIRST = "乙县三桥维修加固工程已由乙县交通运输局批准实施，资金来自县级财政，现对施工进行公开招标。"
LAST = "投标文件应于2016年9月20日10时前递交至乙县公共资源交易中心。"
HEAD = '<html><head><meta charset="{charset}"><title>' + TITLE + "</title></head><body>"
TOP = '<div class="top"><a href="/">首页</a><a href="/zbgg/">招标公告</a></div>'
SHOWN = f"<h1>{TITLE}</h1><div>发布时间：2016-08-30</div>"
ROWS = [(f"乙县第{n}号桥梁工程招标公告", f"2016-08-{n:02d}") for n in range(1, 16)]

ENDS = {
    "plain": "</body></html>",
    "body_alone": "</body>",
    "html_alone": "</html>\n",
    "upper_case": "</BODY>\r\n</HTML>\r\n",
    "blanks": "</body \n></html\t>",
    "attributes": '</body></html lang="zh">',
    "several": "</body></html>\n</body></html>",
    "a_document_of_its_own": "</body></html><html><head><meta name='k' content='v'></head><body>",
}
SAID = ("'</html>'", '"<body></body></html>"', "/* </body></html> */ 1")  # no end: what a script says
PLACES: dict[str, Callable[[str], str]] = {
    "before": lambda end: TOP + end + SHOWN + f'<div class="c"><p>{FIRST}</p><p>{LAST}</p></div>',
    "behind_the_heading": lambda end: TOP + SHOWN + end + f'<div class="c"><p>{FIRST}</p><p>{LAST}</p></div>',
    "in_the_middle": lambda end: TOP + SHOWN + f'<div class="c"><p>{FIRST}</p>{end}<p>{LAST}</p></div>',
    "inside_a_table": lambda end: (
        TOP + SHOWN + f"<table><tr><td>{end}</td></tr><tr><td><p>{FIRST}</p><p>{LAST}</p></td></tr></table>"
    ),
    "behind": lambda end: TOP + SHOWN + f'<div class="c"><p>{FIRST}</p><p>{LAST}</p></div>' + end,
    "everywhere": lambda end: (
        end + TOP + end + SHOWN + end + f'<div class="c"><p>{FIRST}</p>{end}<p>{LAST}</p></div>{end}<p>版权所有</p>'
    ),
}


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("end", ENDS)
def test_a_notice_is_whole_wherever_an_include_ends_the_document(end: str, place: str, charset: str) -> None:
    """Title, day, text and attachments are those that a browser shows, whatever ends stand between."""
    body = PLACES[place](ENDS[end]) + '<p>附件：<a href="/f/1.doc">招标文件.doc</a></p></body></html>'
    page = (HEAD.format(charset=charset) + body).encode(charset)
    notice = read_notice(capture(page), source())
    assert notice.title == TITLE
    assert f"{notice.published:%Y-%m-%d}" == "2016-08-29"  # midnight in China, in UTC
    assert notice.text.startswith(FIRST)
    assert LAST in notice.text
    assert [file.name for file in notice.attachments] == ["招标文件.doc"]
    (span,) = Body(page).spans(Words(LAST))
    assert page[span.start : span.end].decode(charset) == LAST


@pytest.mark.parametrize("end", ENDS)
def test_a_list_is_whole(end: str) -> None:
    """All rows of a list are read, wherever ends stand between them, and what it states of its size."""
    rows = [f'<li><a href="/zbgg/{n}.jhtml">{title}</a><span>{day}</span></li>' for n, (title, day) in enumerate(ROWS)]
    html = f"{HEAD.format(charset='utf-8')}{TOP}{ENDS[end]}<ul>{''.join(rows[:6])}{ENDS[end]}{''.join(rows[6:])}</ul>"
    one = capture(f"{html}<div>共15条记录 1/1页</div></body></html>")
    listing = read_listing_page(open_page(one), one, source())
    assert [(lead.title, lead.published) for lead in listing.leads] == ROWS
    assert listing.stated.total == len(ROWS)


@pytest.mark.parametrize("said", SAID)
def test_what_a_script_or_a_comment_says_ends_nothing(said: str) -> None:
    """Scripts and comments stay what they are: neither ends, nor beginnings, of what is shown."""
    html = f"<body><script>var a = {said};</script><!-- </body></html> --><!--</html --><p>{FIRST}</p></body></html>"
    root = tree_of(html)
    assert root.xpath("string(//p)") == FIRST
    assert "".join(root.xpath("//body//text()[not(ancestor::script)]")).strip() == FIRST


@pytest.mark.parametrize("piece", ["</body ", "</html", "</html\n", "</body></html>", "<!--</html>", "</html -"])
def test_hostile_ends_take_linear_time(piece: str) -> None:
    """A page of nothing but ends, closed or not, is read or refused in seconds."""
    tree_of("<p>甲</p>" + piece * (2_000_000 // len(piece)))
