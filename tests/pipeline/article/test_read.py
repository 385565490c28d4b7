"""What a page says: composed pages of the common CMS families, JSON answers, frames, layouts, hostile bytes."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.article import read_notice
from pipeline.model import Attachment, Layout, Notice, Unreadable
from tests.pipeline.article.article_pages import EXAMPLES, FIRST, FOOT, NAV, PARAGRAPHS, SECOND, TEXT, TITLE, Example
from tests.pipeline.article.article_traps import TRAPS
from tests.pipeline.captures import capture, source

LHASA = ZoneInfo("Asia/Shanghai")
PAGES = EXAMPLES | TRAPS
EACH = pytest.mark.parametrize("example", PAGES.values(), ids=PAGES.keys())
SHELL = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{{}}</body></html>"


def read(html: str, title: str = "", published: str = "") -> Notice:
    """The notice on a page of a portal without layouts."""
    return read_notice(capture(html, title, published), source())


def day(notice: Notice) -> str:
    """The day of publication on the portal's own calendar."""
    assert notice.published is not None
    return notice.published.astimezone(LHASA).date().isoformat()


@EACH
def test_title(example: Example) -> None:
    """The title is the one that the page shows, without section and site."""
    assert read(example.html).title == example.title


@EACH
def test_published(example: Example) -> None:
    """The day is the publication's, not the page generator's, the document's or a deadline's."""
    assert day(read(example.html)) == example.published


@EACH
def test_text(example: Example) -> None:
    """The text is all of the article and nothing around it."""
    assert read(example.html).text == example.text


@EACH
def test_metadata(example: Example) -> None:
    """Numbers, issuer and precision are those of the metadata."""
    notice = read(example.html)
    assert {name: getattr(notice, name) for name in example.more} == example.more


def test_attachments_in_order_once_absolute() -> None:
    """Files and download endpoints around the text are attachments; pages and navigation are not."""
    links = (
        '<a href="./P020140603.doc">招标文件</a><a href="P020140603.doc">招标文件（同一份）</a>'
        '<a href="/download.jsp?id=7">清单下载</a><a href="图纸.JPG" title="图纸">图纸.JPG</a>'
        '<a href="next.html">下一页说明</a>'
        '<a href="javascript:void(0)">打印</a><a href="http://[x">坏</a>'
    )
    notice = read(
        SHELL.format(f'<div class="foot"><a href="app.zip">客户端</a></div><div class="c">{PARAGRAPHS}{links}</div>')
    )
    assert notice.attachments == (
        Attachment("http://www.example.gov.cn/zbgg/201406/P020140603.doc", "招标文件"),
        Attachment("http://www.example.gov.cn/download.jsp?id=7", "清单下载"),
        Attachment("http://www.example.gov.cn/zbgg/201406/图纸.JPG", "图纸.JPG"),
    )


VALIDITY = "<table><tr><td>索引号</td><td>000014349/2014-00001</td></tr><tr><td>{}</td><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    ("page", "void"),
    [
        (VALIDITY.format("有效性", "已废止") + PARAGRAPHS, True),
        (VALIDITY.format("是否有效", "否") + PARAGRAPHS, True),
        (VALIDITY.format("是否有效", "是") + PARAGRAPHS, False),
        (VALIDITY.format("废止日期", "2020-01-01") + PARAGRAPHS, True),
        (VALIDITY.format("废止日期", "2030-01-01") + PARAGRAPHS, False),
        (VALIDITY.format("废止日期", "") + PARAGRAPHS, False),
        (f"<div class='mark'>已废止</div><div class='c'>{PARAGRAPHS}</div>", True),
        (f"<div class='c'>{PARAGRAPHS}<p>原管理办法同时废止。</p></div>", False),
        (f"<div class='c'>{PARAGRAPHS}<script>//是否显示作废图标</script></div>", False),
    ],
)
def test_void_is_what_the_page_says_of_itself(page: str, void: bool) -> None:
    """Validity cells, past abolition days and marks count; speaking of an abolition does not."""
    assert read(SHELL.format(page)).void is void


@pytest.mark.parametrize(
    ("title", "void"),
    [
        (f"【作废】{TITLE}", True),
        (f"[已作废] {TITLE}", True),
        (f"（本公告已作废）{TITLE}", True),
        (f"{TITLE}（已废止）", True),
        (f"【重要】{TITLE}", False),
        (f"关于作废{TITLE}的通知", False),
        (f"【作废标处理办法】{TITLE}", False),
    ],
)
def test_a_stamp_at_either_end_of_the_title_is_void(title: str, void: bool) -> None:
    """Editors stamp the title, at its beginning or at its end; a word inside it is what the notice is about."""
    assert read(SHELL.replace(TITLE, title).format(PARAGRAPHS)).void is void


def test_json_answers_list_their_files() -> None:
    """Files that an answer names beside the text are attachments under their own names."""
    files = [{"fileName": "清单.xls", "fileUrl": "/f/1.xls"}, {"fileName": "图.pdf", "fileUrl": "/f/2.pdf"}]
    answer = {"data": {"title": TITLE, "content": PARAGRAPHS, "files": files}}
    notice = read_notice(capture(json.dumps(answer)), source())
    host = "http://www.example.gov.cn"
    assert notice.attachments == (Attachment(f"{host}/f/1.xls", "清单.xls"), Attachment(f"{host}/f/2.pdf", "图.pdf"))


def test_the_listing_completes_a_cut_title() -> None:
    """A page that cuts its title takes the rest from the listing, and the other way round."""
    cut = SHELL.replace(TITLE, "甲县乙路工程施…").format(PARAGRAPHS)
    assert [read(cut, TITLE).title, read(SHELL.format(PARAGRAPHS), "甲县乙路工程施…").title] == [TITLE, TITLE]


def test_the_listing_speaks_where_the_page_is_silent() -> None:
    """Title and day come from the listing when the page has none; a signature is a worse day than the listing's."""
    silent = f"<html><body><div>{PARAGRAPHS}<p>2014年5月30日</p></div></body></html>"
    notice = read(silent, TITLE, "2014-06-03")
    assert (notice.title, day(notice), day(read(silent, TITLE))) == (TITLE, "2014-06-03", "2014-05-30")


def test_a_kind_of_notice_is_no_title_beside_the_listings() -> None:
    """中标候选人公示 over a text says less than the row that led to it."""
    html = f"<div><p>中标候选人公示</p>{PARAGRAPHS}</div>"
    assert read(html, "甲县乙路工程中标候选人公示").title == "甲县乙路工程中标候选人公示"


def test_no_title_anywhere_is_unreadable() -> None:
    """Neither page nor listing: nothing is invented."""
    with pytest.raises(Unreadable, match="title"):
        read(f"<div>{PARAGRAPHS}</div>")


def test_no_body_is_unreadable() -> None:
    """A page of navigation and footer has no text to store."""
    with pytest.raises(Unreadable, match="body"):
        read(SHELL.format(f"<ul>{NAV}</ul>{FOOT}"))


def test_picture_news_has_no_text() -> None:
    """A page with a heading, a day and pictures is a notice."""
    notice = read(SHELL.format('<p>发布时间：2014-06-03</p><div class="content"><p><img src="a.jpg"></p></div>'))
    assert (notice.title, day(notice), notice.text) == (TITLE, "2014-06-03", "")


def test_the_frame_has_the_text_and_the_shell_the_title() -> None:
    """A shell with a frame keeps its title and day and takes the frame's text; a silent shell takes all from it."""
    shell = SHELL.format('<p>发布时间：2014-06-03</p><iframe name="main" src="f.html"></iframe>')
    frame = f'<html><body><div id="head">某某系统</div><div id="myPrintArea">{PARAGRAPHS}</div></body></html>'
    notice = read_notice(capture(shell), source(), [capture(frame)])
    assert (notice.title, day(notice), notice.text) == (TITLE, "2014-06-03", TEXT)
    full = SHELL.format(f'<p>发布时间：2014-06-04</p><div id="myPrintArea">{PARAGRAPHS}</div>')
    bare = capture('<html><body><iframe name="main" src="f.html"></iframe></body></html>')
    notice = read_notice(bare, source(), [capture(full)])
    assert (notice.title, day(notice), notice.text) == (TITLE, "2014-06-04", TEXT)


def test_further_pages_are_appended_in_order() -> None:
    """The text goes on over the pages of a notice."""
    pages = [capture(SHELL.format(f"<div class='TRS_Editor'><p>{text}</p></div>")) for text in (FIRST, SECOND, FIRST)]
    assert read_notice(pages[0], source(), pages[1:]).text == f"{FIRST}\n{SECOND}\n{FIRST}"


ANSWERS = [
    {"code": 200, "data": {"title": TITLE, "publishTime": 1401760805000, "content": PARAGRAPHS, "clicks": 3}},
    {"data": json.dumps({"infotitle": TITLE, "infodate": "2014-06-03 10:00:05", "infocontent": PARAGRAPHS})},
    {
        "rows": [
            {"NOTICE_NAME": TITLE, "ISSUE_TIME": "20140603100005", "BID_OPEN_TIME": "2014-07-01", "HTML": PARAGRAPHS}
        ]
    },
    {
        "node": [{"TITLE": "招标公告", "TM": "2014-06-03T10:00:05"}],
        "data": [PARAGRAPHS],
        "baseInfo": [{"NOTICE_NAME": TITLE}],
    },
    {"obj": {"bulletinName": TITLE, "bulletinIssueTime": "2014-06-03 10:00:05", "bulletinContent": TEXT}},
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_json_answers(answer: dict[str, object]) -> None:
    """Title, moment and text are found by the shape of an answer, markup or plain, whatever its nesting."""
    notice = read_notice(capture(json.dumps(answer), kind="application/json"), source())
    assert (notice.title, notice.text) == (TITLE, TEXT)
    assert (notice.published, notice.published_precision) == (datetime(2014, 6, 3, 2, 0, 5, tzinfo=UTC), "second")


def test_of_several_texts_the_listings_own() -> None:
    """One answer may hold all notices of a project: the listing's title says which one was meant."""
    rows = [
        {"title": name, "publishTime": "2014-06-03", "txt": f"<p>{name}的内容。{FIRST}</p>"}
        for name in ("甲公告", "乙公告")
    ]
    notice = read_notice(capture(json.dumps({"data": {"listData": rows}}), "乙公告"), source())
    assert notice.text.startswith("乙公告的内容")


LAID_OUT = SHELL.format(
    f'<b class="h">别的标题在此</b><i class="d">2014年6月5日</i><div class="x"><p>{SECOND}</p></div>{PARAGRAPHS}'
)


def test_selectors_are_used_where_a_layout_has_them() -> None:
    """heading, published and text of a layout beat what the generic reader would find."""
    layout = Layout(heading="b.h::text", published="i.d::text", text="div.x")
    notice = read_notice(capture(LAID_OUT), source(layout))
    assert (notice.title, day(notice), notice.text) == ("别的标题在此", "2014-06-05", SECOND)


@pytest.mark.parametrize("layout", [Layout(heading="b.no::text"), Layout(published="i.no"), Layout(text="div.no")])
def test_a_selector_that_finds_nothing_is_named(layout: Layout) -> None:
    """A template that changed is a Problem that says which selector failed."""
    with pytest.raises(Unreadable, match=r"\.no"):
        read_notice(capture(LAID_OUT), source(layout))


def test_a_published_selector_must_give_a_date() -> None:
    """A selector that hits something else is not silently passed over."""
    with pytest.raises(Unreadable, match="no date"):
        read_notice(capture(LAID_OUT), source(Layout(published="b.h")))


def test_what_is_hidden_is_not_read() -> None:
    """Hidden elements are not what the page says."""
    html = SHELL.format(f'<div class="c"><p style="display: none">隐藏的内容。</p>{PARAGRAPHS}</div>')
    assert read(html).text == TEXT


def test_words_split_over_elements_stay_whole() -> None:
    """Editors wrap parts of a word in spans: joining puts no space between them."""
    html = SHELL.format(
        "<div class='c'><p><span>自20</span><span>14</span>年1月<b>1</b>日<font>起施行，</font>特此公告。</p></div>"
    )
    assert read(html).text == "自2014年1月1日起施行，特此公告。"
