"""The media in which an office publishes beside its portal: recognised from a medium's name, named by claims."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from pipeline.values.text import narrow, no_space
from pipeline.values.traditional import simplified


class Medium(StrEnum):
    """The kind of a medium."""

    NEWSPAPER = "newspaper"  # and magazines
    RADIO = "radio"
    TV = "tv"
    BROADCAST = "broadcast"  # radio or television: 广播电视台 runs both
    WEIBO = "weibo"
    WECHAT = "wechat"
    NEW_MEDIA = "new_media"  # apps, video platforms, short messages
    GAZETTE = "gazette"
    NOTICE_BOARD = "notice_board"
    LED_SCREEN = "led_screen"
    PRESS_CONFERENCE = "press_conference"
    WEBSITE = "website"  # another site than the portal
    OTHER = "other"  # a person says so; never a guess
    UNKNOWN = "unknown"  # neither its name nor a person tells


WORDS = {
    Medium.NEWSPAPER: ("报刊", "newspapers"),
    Medium.RADIO: ("广播", "radio"),
    Medium.TV: ("电视", "television"),
    Medium.BROADCAST: ("广播电视", "radio or television"),
    Medium.WEIBO: ("微博", "microblogs"),
    Medium.WECHAT: ("微信", "WeChat"),
    Medium.NEW_MEDIA: ("新媒体", "new media"),
    Medium.GAZETTE: ("政府公报", "gazette"),
    Medium.NOTICE_BOARD: ("公示栏", "notice boards"),
    Medium.LED_SCREEN: ("电子屏", "screens"),
    Medium.PRESS_CONFERENCE: ("新闻发布会", "press conferences"),
    Medium.WEBSITE: ("其他网站", "other sites"),
    Medium.OTHER: ("其他", "other media"),
    Medium.UNKNOWN: ("媒体不明", "of an unknown kind"),
}

# In the order of precedence: 某日报微信公众号 is WeChat, 某日报网 a site, 广播电视报 a newspaper.
_NAMES = (
    (Medium.PRESS_CONFERENCE, re.compile(r"发布会|通气会|吹风会|press.?conference")),
    (Medium.WECHAT, re.compile(r"微信|公众号|视频号|订阅号|wechat|weixin")),
    (Medium.WEIBO, re.compile(r"微博|weibo")),
    (
        Medium.NEW_MEDIA,
        re.compile(
            r"客户端|抖音|快手|头条|手机报|短信|小红书|哔哩|学习强国|b站|百家号|企鹅号|澎湃号|网易号|新媒体|new.?media|(?<![a-z])app(?![a-z])"
        ),
    ),
    (Medium.GAZETTE, re.compile(r"公报|政报|gazette")),
    (Medium.LED_SCREEN, re.compile(r"电子屏|显示屏|大屏|滚动屏|(?<![a-z])led")),
    (
        Medium.NOTICE_BOARD,
        re.compile(r"(?:公示|公告|公开|宣传|告示|阅报)栏(?!目)|公告牌|公示牌|展板|橱窗|(?:notice|bulletin).?board"),
    ),
    (Medium.WEBSITE, re.compile(r"网站|官网|门户|网页|网$|https?:|www\.|web.?site|\.(?:com|cn|net|org)(?![a-z])")),
    (
        Medium.NEWSPAPER,
        re.compile(
            r"(?<![简通汇专情战年月季快捷喜预举上警])报(?:$|[(·]|第?[0-9一二三四五六七八九十]{1,3}版|头版|[上下]旬)|(?:现代|都市|新)快报|"
            r"报纸|报刊|报社|党报|校报|杂志|期刊|周刊|旬刊|月刊|半月刊|"
            r"双月刊|季刊|参考消息|newspaper|magazine"
        ),
    ),
    (Medium.BROADCAST, re.compile(r"广播(?:、|和|及|与)?电视|广电|broadcast")),
    (Medium.TV, re.compile(r"电视|卫视|新闻联播|频道|央视|cctv|(?<![a-z])tv|television")),
    (Medium.RADIO, re.compile(r"广播|电台|调频|之声|(?<![a-z])fm(?![a-z])|radio")),
)
_OTHER = frozenset({"其他", "其它", "其他方式", "其他媒体", "其他渠道", "other"})
# 报刊广播 as a column's word names several kinds: the medium's own name has to tell.
_LUMPED = re.compile(r"报.{0,4}(?:广播|电视|电台)|(?:广播|电视|电台).{0,4}报(?:刊|纸)|新闻媒体|传统媒体|纸媒|媒体$")


def medium_of(name: str, said: str = "") -> Medium:
    """The kind of a medium by what a person says of it, else by its name; UNKNOWN when neither tells."""
    said = _plain(said)
    if said in _OTHER:
        return Medium.OTHER
    told = Medium.UNKNOWN if _LUMPED.search(said) else _named(said)
    return told if told is not Medium.UNKNOWN else _named(_plain(name))


def _named(plain: str) -> Medium:
    by_key = next((medium for medium in Medium if plain == medium.value), None)
    if by_key:
        return by_key
    return next((medium for medium, words in _NAMES if words.search(plain)), Medium.UNKNOWN)


def _plain(text: str) -> str:
    return no_space(simplified(narrow(text[:200]))).strip("《》“”\"'()").lower()


PRESS = (Medium.NEWSPAPER, Medium.RADIO, Medium.TV, Medium.BROADCAST)
# The media that a claim's channel (report/words.py) means.
CHANNEL_MEDIA: Mapping[str, tuple[Medium, ...]] = MappingProxyType(
    {
        "newspaper_radio": PRESS,
        "weibo": (Medium.WEIBO,),
        "wechat": (Medium.WECHAT,),
        "new_media": (Medium.NEW_MEDIA,),
        "gazette": (Medium.GAZETTE,),
        "notice_board": (Medium.NOTICE_BOARD,),
        "led_screen": (Medium.LED_SCREEN,),
        "press_conference": (Medium.PRESS_CONFERENCE,),
    }
)
# Rows of the statistics table of 2014 to 2018. 其他方式 is whatever the office holds for it: nothing corresponds.
CELL_MEDIA: Mapping[str, tuple[Medium, ...]] = MappingProxyType(
    {
        "政府公报": (Medium.GAZETTE,),
        "政务微博": (Medium.WEIBO,),
        "政务微信": (Medium.WECHAT,),
        "新闻发布会": (Medium.PRESS_CONFERENCE,),
    }
)
_PAPERS = re.compile(r"报刊|报纸|日报|晚报|[^》]{1,12}报》|校报|杂志|期刊")
_AIR = re.compile(r"广播|电视|电台|卫视")
_MEDIA = re.compile(r"媒体")


def media_named(channel: str, words: str) -> tuple[tuple[Medium, ...], ...]:
    """The media that a claim of this channel can mean by its words, the narrowest first; none for a portal's."""
    whole = CHANNEL_MEDIA.get(channel)
    if whole is None:
        return ()
    if channel == "new_media" and "新媒体" in words:
        return whole, (*whole, Medium.WEIBO, Medium.WECHAT)
    if channel != "newspaper_radio" or _MEDIA.search(words):
        return (whole,)
    if _PAPERS.search(words) and not _AIR.search(words):
        return (Medium.NEWSPAPER,), whole
    if _AIR.search(words) and not _PAPERS.search(words):
        return (Medium.RADIO, Medium.TV, Medium.BROADCAST), whole
    return (whole,)
