"""The day of publication is never that of a step of the procedure: that would move a notice into another year."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.article import read_notice
from pipeline.model import Capture, Kind, Lead, Notice, Visit
from tests.storage.deriving import SOURCE

BODY = "<p>甲县乙路工程施工评标工作已经结束，现将评标结果公示如下，第一中标候选人为丙建筑有限公司。</p>" * 3


def read(ending: str, listed: str = "") -> Notice:
    """A page whose only dates stand at the end of its text."""
    lead = Lead("http://portal.test/zb/1.jhtml", "甲县乙路工程施工中标候选人公示", listed)
    page = (
        "<html><head><meta charset='utf-8'><title>甲县乙路工程施工中标候选人公示</title></head><body>"
        f"<h1>甲县乙路工程施工中标候选人公示</h1><div class='content'>{BODY}{ending}</div></body></html>"
    )
    visit = Visit("portal", "zb", Kind.NOTICE, lead.url, lead, run="")
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return read_notice(Capture(visit, datetime(2015, 1, 9, tzinfo=UTC), 200, headers, page.encode(), "a" * 32), SOURCE)


OTHER_DAYS = [
    "<p>公示期：2014年12月30日</p>",
    "<p>公示时间：2015年1月2日</p>",
    "<p>开标时间：2014年12月29日</p>",
    "<p>自2014年12月30日起至2015年1月2日止</p>",
    "<p>2014年12月30日至2015年1月2日</p>",
    "<table><tr><td>公示开始时间</td><td>2014-12-30</td></tr><tr><td>公示结束时间</td><td>2015-01-02</td></tr></table>",
]


@pytest.mark.parametrize("ending", OTHER_DAYS)
def test_a_step_of_the_procedure_is_no_day_of_publication(ending: str) -> None:
    """Days of publicity and of opening, labelled, spanning or in a table's cells, leave a silent page undated."""
    assert read(ending).published is None


@pytest.mark.parametrize("ending", OTHER_DAYS)
def test_the_list_speaks_for_such_a_page(ending: str) -> None:
    """The list's day stands, whatever days of the procedure the page names."""
    published = read(ending, "2014-12-28").published
    assert published is not None
    assert published.astimezone(SOURCE.zone).date().isoformat() == "2014-12-28"


def test_a_signature_is_read() -> None:
    """The date that ends the text, on a line of its own below the issuer, is the day where all else is silent."""
    published = read("<p>甲县住房和城乡建设局</p><p>2014年12月28日</p>").published
    assert published is not None
    assert published.astimezone(SOURCE.zone).date().isoformat() == "2014-12-28"


TITLE = "丁县第二幼儿园扩建工程施工招标公告"
WORDS = "<p>丁县第二幼儿园扩建工程已由丁县发展改革委批准建设，建设资金来自财政，现面向社会公开招标，欢迎投标。</p>" * 3
LINK = '<a href="/zbgg/{}.html">戊县第{}小学操场改造工程施工招标公告</a>'


def shown(head: str = "", info: str = "", foot: str = "", listed: str = "2014-06-04", title: str = TITLE) -> Notice:
    """A page with something above its heading, between heading and text, or below, and what its list shows."""
    page = (
        f"<html><head><meta charset='utf-8'><title>{title}-丁县建设网</title></head><body>"
        f"<div class='top'><a href='/'>首页</a></div>{head}<div class='main'><h1>{title}</h1>{info}"
        f"<div class='text'>{WORDS}</div></div>{foot}</body></html>"
    )
    visit = Visit("portal", "zb", Kind.NOTICE, "http://portal.test/zb/2.jhtml", run="")
    visit = replace(visit, lead=Lead(visit.url, TITLE, listed))
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return read_notice(Capture(visit, datetime(2020, 1, 9, tzinfo=UTC), 200, headers, page.encode(), "a" * 32), SOURCE)


def day(notice: Notice) -> str:
    return notice.published.astimezone(SOURCE.zone).date().isoformat() if notice.published else ""


ELSEWHERE = {
    "updated": {"foot": "<div class='footer'>更新时间：2019-03-04 版权所有 丁县建设网</div>"},
    "updated_date": {"foot": "<div>网站更新日期：2019年3月4日</div><div>ICP备1号</div>"},
    "last_updated": {"foot": "<div class='b'><p>最后更新：2019-03-04</p><p>技术支持：某某科技</p></div>"},
    "site_updated": {"foot": "<p>本站更新：2019/03/04</p>"},
    "built": {"foot": "<div id='x'><p>网站建于2009年5月1日</p><p>主办：丁县建设局</p></div>"},
    "built_on": {"foot": "<table><tr><td>建站时间：2009-05-01</td></tr><tr><td>版权所有</td></tr></table>"},
    "published_by_the_site": {"foot": "<div><div>发布日期：2009-05-01</div><div>Copyright © 丁县建设网</div></div>"},
    "opened": {"foot": "<p>本网站开通时间：2009-05-01</p>"},
    "bare_in_a_foot": {"foot": "<div><p>2009-05-01</p><p>网站标识码 0000000000</p></div>"},
    "unmarked_update": {"foot": "<p>更新时间：2019-03-04</p>"},
    "clock_above": {"head": "<div>今天是2019年3月4日 <span>设为首页</span></div>"},
    "update_above": {"head": "<div><p>更新时间：2019-03-04</p><p>设为首页</p></div>"},
    "list_behind": {
        "foot": f"<div><ul><li>{LINK.format(1, 1)}</li><li>2018-01-02</li><li>{LINK.format(2, 2)}</li></ul></div>"
    },
    "labelled_list_behind": {
        "foot": f"<div><dl><dt>{LINK.format(1, 1)}</dt><dd>发布时间：2018-01-02</dd></dl></div>",
    },
    "table_before": {"head": f"<table><tr><td>{LINK.format(1, 1)}</td><td>2018-01-02</td></tr></table>"},
    "labelled_list_before": {"head": f"<div><p>{LINK.format(1, 1)}</p><p>发布日期：2018-01-02</p></div>"},
    "boxed_between": {
        "info": f"<ul><li>{LINK.format(1, 1)}<br>2018-01-02</li><li>{LINK.format(2, 2)}<br>2018-01-03</li></ul>"
    },
    "later_than_the_capture": {"info": "<div>发布时间：2041-06-04</div>"},
}
TITLES = [
    "2015年3月5日丁县环城路工程开标延期公告",
    "丁县第三水厂招标公告（2016-08-09）",
    "丁县第三水厂招标公告[2016/8/9]",
    "丁县二〇一六年八月九日第三批建设工程施工招标公告",
    "关于2015年03月05日丁县环城路工程流标的公告",
    "丁县环城路工程2016.08.09答疑公告",
]


@pytest.mark.parametrize("listed", ["2014-06-04", ""])
@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_day_elsewhere_on_the_page_is_no_day_of_publication(place: str, listed: str) -> None:
    """Days of the site, of other notices and of the future are none: the list's stands, and without it none does."""
    assert day(shown(**ELSEWHERE[place], listed=listed)) == listed


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("crumb", ["", "<div>您的位置：首页 &gt; 招标公告 &gt; {}</div>", "<p>{}</p>"])
def test_a_day_in_the_heading_is_part_of_the_title(title: str, crumb: str) -> None:
    """However it is spelled and wherever the title is repeated, the list's day stands; without it there is none."""
    for listed in ("2014-06-04", ""):
        assert day(shown(head=crumb.format(title), title=title, listed=listed)) == listed


BESIDE = [
    "<div>发布时间：2014-06-03</div>",
    "<div>来源：<a href='/'>丁县公共资源交易服务中心</a> 发布日期：2014年6月3日</div>",
    "<table><tr><td>公开日期</td><td>2014-06-03</td></tr></table>",
    "<h4>公布时间：2014-06-03 10:00 浏览次数：5</h4>",
    "<p>信息时间：2014/6/3</p><p><a href='#'>打印本页</a><a href='#'>分享到新浪微博</a></p>",
]


@pytest.mark.parametrize("info", BESIDE)
def test_a_labelled_day_beats_the_list(info: str) -> None:
    """A day that the page itself calls that of publication, next to the text, stands before the list's."""
    assert day(shown(info=info)) == "2014-06-03"
    assert (
        day(shown(foot=info if "<table" not in info else "", info="" if "<table" not in info else info)) == "2014-06-03"
    )


@pytest.mark.parametrize(
    "info", ["<div>2014-06-03</div>", "<p>更新时间：2014-06-03</p>", "<p>时间：2014年6月3日 来源：甲</p>"]
)
def test_the_list_beats_a_day_without_a_label(info: str) -> None:
    """An unlabelled day below the heading is taken where the list is silent, and only there."""
    assert day(shown(info=info)) == "2014-06-04"
    assert day(shown(info=info, listed="")) == "2014-06-03"


@pytest.mark.parametrize("info", ["<div class='info'>2014-06-04 18:19</div>", "<p>2014年6月4日 18:19</p>"])
def test_the_minute_of_the_lists_own_day_is_the_pages(info: str) -> None:
    """A list that shows the day alone does not take away the minute that the page shows of that day."""
    published = shown(info=info, listed="2014-06-04").published
    assert published is not None
    assert published.astimezone(SOURCE.zone).isoformat() == "2014-06-04T18:19:00+08:00"


@pytest.mark.parametrize("thing", ["网站改版升级", "平台运行维护", "系统上线技术支持"])
def test_a_notice_about_a_site_is_no_box_of_the_site(thing: str) -> None:
    """Words that speak of a site are no sign of its footer where they are the title's own."""
    title = f"丁县{thing}项目招标公告"
    table = f"<tr><td>标题</td><td>{title}</td></tr><tr><td>发布日期</td><td>2014-06-03 10:32</td></tr>"
    published = shown(head=f"<table class='table'>{table}</table>", title=title).published
    assert published is not None
    assert published.astimezone(SOURCE.zone).isoformat() == "2014-06-03T10:32:00+08:00"


def test_page_and_list_far_apart_is_a_doubt() -> None:
    """Whichever stands, days more than a month apart and days of the future are said, and days near each other not."""
    (doubt,) = shown(info="<div>发布时间：2012-06-03</div>").doubts
    assert "2012-06-03" in doubt
    assert "2014-06-04" in doubt
    (doubt,) = shown(info="<div>2012-06-03</div>").doubts
    assert "2012-06-03" in doubt
    assert any("2041-06-04" in doubt for doubt in shown(info="<div>发布时间：2041-06-04</div>").doubts)
    assert shown(info="<div>发布时间：2014-06-03</div>").doubts == ()
    assert shown().doubts == ()
