"""Small pages that are pages: short lists, short notices in tables, channels that are frames."""

from datetime import UTC, datetime

import pytest

from pipeline.model import Bucket, Capture, Channel, Kind, Lead, Quality, Source, Visit
from pipeline.page import judge
from pipeline.page.redirects import sent_on
from pipeline.reading import read_capture

HOME = "http://a.example/"
SOURCE = Source("s", "甲", HOME, "struts", (Channel("c", "招标", f"{HOME}zb.jsp", Bucket.NOTICE),))


def _capture(body: str, kind: Kind = Kind.LISTING, lead: Lead | None = None) -> Capture:
    visit = Visit("s", "c", kind, f"{HOME}zb.jsp", lead)
    page = f"<html><head><title>招标</title></head><body>{body}</body></html>"
    return Capture(visit, datetime(2026, 1, 1, tzinfo=UTC), 200, (), page.encode(), id="0" * 32)


@pytest.mark.parametrize(
    "body",
    [
        "<select onchange=\"location.href='/zb.jsp?page='+this.value\"><option>1</select>",
        "<a href='#' onclick=\"location.href='/zb_2.jsp'\">下一页</a>",
        "<script>function to(n){location.href='/zb.jsp?page='+n;}</script>",
    ],
)
def test_what_waits_for_a_click_or_a_number_sends_nobody_on(body: str) -> None:
    """Only a script that leads to a whole address by itself moves a page."""
    assert sent_on(f"<html><body>共有0条信息{body}</body></html>", f"{HOME}zb.jsp") is None


@pytest.mark.parametrize(
    "foot", ["网站维护：信息中心", "本站由市信息中心维护", "网站维护单位 信息中心", "系统维护电话 0000"]
)
def test_who_keeps_a_site_is_no_maintenance(foot: str) -> None:
    """A foot that names the keeper of the site stands on every page."""
    assert judge(_capture(f"<p>暂无内容</p><div>{foot}</div>"))[0] is Quality.GOOD


def test_a_channel_that_is_a_frame_leads_to_its_list() -> None:
    """A page without rows whose one frame is on the portal sends the walk to it; heads do not count."""
    frames = "<iframe src='/top.jsp' name='top'></iframe><iframe src='/info.do?kind=zb'></iframe>"
    reading = read_capture(_capture(f"<div><a href='/zb.jsp'>招标公告</a></div>{frames}"), SOURCE)
    assert [(one.kind, one.url, one.hops) for one in reading.visits] == [(Kind.LISTING, f"{HOME}info.do?kind=zb", 1)]
    assert reading.problems == ()


def test_a_title_that_br_divides_is_one_title() -> None:
    """All that the title's own cell says is the title; a line of the date's cell or a number is none of it."""
    table = (
        "<table><tr><td align=center><b>关于做好甲县冬季施工管理工作<br>有关事项的通知</b></td></tr>"
        "<tr><td>发布日期：2014年6月3日</td></tr><tr><td><p>各有关单位要高度重视，认真组织落实，确保安全。</p></td></tr></table>"
    )
    notice = read_capture(_capture(table, Kind.NOTICE, Lead(f"{HOME}1.jsp", "")), SOURCE).notice
    assert notice is not None
    assert notice.title == "关于做好甲县冬季施工管理工作有关事项的通知"


def test_the_foot_of_a_page_of_one_table_is_no_text() -> None:
    """Who keeps the portal and its registration stand under every notice."""
    table = (
        "<table><tr><td>甲县乙路施工招标公告</td></tr><tr><td>发布日期：2014年6月3日</td></tr>"
        "<tr><td><p>甲县乙路施工已经批准，现进行公开招标，欢迎投标。</p></td></tr><tr><td>打印</td></tr></table>"
        "<table><tr><td>主办单位：甲县建设局<br>网站维护：信息中心<br>皖ICP备05000003号</td></tr></table>"
    )
    notice = read_capture(_capture(table, Kind.NOTICE, Lead(f"{HOME}1.jsp", "甲县乙路施工招标公告")), SOURCE).notice
    assert notice is not None
    assert notice.text == "甲县乙路施工已经批准，现进行公开招标，欢迎投标。"
