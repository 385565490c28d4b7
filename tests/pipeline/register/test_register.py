"""Lists as offices write them: media told by their names, headings, files that stay below the list."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.count.media import Medium, media_named, medium_of
from pipeline.model import Unreadable
from pipeline.register.columns import columns_in
from pipeline.register.read import register_in, title_key
from pipeline.register.scans import Outside, address_of, scans_in, steps_to

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2015, 1, 20)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("某日报", Medium.NEWSPAPER),
        ("《中国某某报》", Medium.NEWSPAPER),
        ("某晚报第3版", Medium.NEWSPAPER),
        ("某某报（城建版）", Medium.NEWSPAPER),
        ("某广播电视报", Medium.NEWSPAPER),
        ("建筑某某杂志", Medium.NEWSPAPER),
        ("某市广播电视台", Medium.BROADCAST),
        ("某市人民广播电台", Medium.RADIO),
        ("交通之声FM98.5", Medium.RADIO),
        ("某某卫视", Medium.TV),
        ("某市电视台新闻频道", Medium.TV),
        ("某日报网", Medium.WEBSITE),
        ("某日报客户端", Medium.NEW_MEDIA),
        ("某日报微信公众号", Medium.WECHAT),
        ("「某市住建」官方微博", Medium.WEIBO),
        ("某市人民政府公报", Medium.GAZETTE),
        ("局一楼公示栏", Medium.NOTICE_BOARD),
        ("办事大厅LED屏", Medium.LED_SCREEN),
        ("季度新闻发布会", Medium.PRESS_CONFERENCE),
        ("某日報", Medium.NEWSPAPER),
        ("工作简报", Medium.UNKNOWN),
        ("情况通报", Medium.UNKNOWN),
        ("年报", Medium.UNKNOWN),
        ("某市发布", Medium.UNKNOWN),
        ("", Medium.UNKNOWN),
    ],
)
def test_the_name_tells_the_kind(name, kind):
    """What an office prints for itself (简报, 通报) is no newspaper, and a newspaper's site is a site."""
    assert medium_of(name) is kind


@pytest.mark.parametrize(
    ("name", "said", "kind"),
    [
        ("某市发布", "微信", Medium.WECHAT),
        ("某市发布", "weibo", Medium.WEIBO),
        ("某电台", "报刊、广播", Medium.RADIO),
        ("某物", "其他", Medium.OTHER),
        ("某物", "新闻媒体", Medium.UNKNOWN),
        ("某日报", "电视", Medium.TV),
    ],
)
def test_a_persons_word_stands_over_the_name(name, said, kind):
    """A word for several kinds leaves it to the name."""
    assert medium_of(name, said) is kind


def test_a_claims_words_may_be_narrower_than_its_channel():
    """报纸 may mean newspapers alone; 媒体 means all of the press; a portal's channel means no medium."""
    assert media_named("newspaper_radio", "通过报纸公开信息")[0] == (Medium.NEWSPAPER,)
    assert len(media_named("newspaper_radio", "通过报纸等媒体公开信息")) == 1
    assert media_named("portal", "门户网站公开信息") == ()
    assert Medium.WEIBO in media_named("new_media", "通过新媒体发布")[-1]


def test_headings_as_offices_write_them():
    """Remarks in brackets, spaces inside, 渠道 beside 媒体; a title row is no heading."""
    assert columns_in(["某局2014年公开信息登记表"]) == {}
    found = columns_in(["序号", "刊 登 日 期", "媒体名称*", "渠道", "稿件标题（必填）", "版面", "备注", "扫描件"])
    expected = {"published_on": (1,), "medium": (2,), "kind": (3,), "title": (4,), "evidence": (5, 6), "scan": (7,)}
    assert found == expected


@pytest.mark.parametrize(
    "name", ["../a", "/a", "\\a", "C:\\a", "~/a", "a/../../b", "file:///a", "http://x/a", "", ".", "a\x00b", "x" * 500]
)
def test_names_that_lead_elsewhere_are_refused(name):
    """Whatever the writing: up, absolute, a drive, an address."""
    with pytest.raises(Outside):
        steps_to(name)


@given(st.text(max_size=60))
def test_a_files_address_stays_below_the_list(name):
    """No name gives an address outside the list's folder."""
    try:
        address = address_of("file:///home/a/list.csv", name)
    except Outside:
        return
    assert address.startswith("file:///home/a/")
    assert ".." not in address.split("/")


def test_several_files_stand_in_one_cell():
    """Semicolons, bars, line breaks; a comma may be part of a name."""
    assert scans_in("a.jpg；b.jpg;\n b.jpg | 第1,2版.pdf") == ("a.jpg", "b.jpg", "第1,2版.pdf")


def test_titles_are_equal_however_they_are_written():
    """Widths, quotation marks, white space and traditional script."""
    assert title_key("“棚户区改造”（一期） 开工！") == title_key('"棚户區改造"(一期)开工')
    assert title_key("棚户区改造一期开工") != title_key("棚户区改造二期开工")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_unreadable(body):
    """Nothing else is raised."""
    try:
        register_in(body, ZONE, TODAY)
    except Unreadable:
        return
