"""What the class and id of an element say about it, by the words that template authors use everywhere."""

import re

CHROME = 1  # navigation, share bar, footer, recommendations, comments
BODY = 2  # by its words, a place for the text of an article
FIELD = 4  # a CMS's own name for the field that holds the text
TITLE = 8
HIDDEN = 16  # display: none (set from the style)
NAMED = 32  # has a class or id at all

_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+")
_LONGEST = 200  # characters; longer ones are generated state, not names

# Fields of TRS WCM, UCAP, Hanweb, VSB webplus, JEECMS, Epoint, dedecms and their relatives, in lower case.
_FIELDS = frozenset(
    (
        *("trs_editor", "trs_ueditor", "trs_paper", "trs_preappend", "ucap-content", "zoom", "zoomcon", "vsb_content"),
        *("v_news_content", "custom_unionstyle", "pages_content", "bt_content", "bt-content", "ewb-article-info"),
        *("ewb-info-content", "easysite-news-text", "myprintarea", "mycontent", "wp_articlecontent", "doczoom"),
        *("fontzoom", "font_zoom", "endtext", "artibody", "article-content", "article_content", "articlecontent"),
        *("news_content", "newscontent", "news_txt", "txt_con", "article-body", "article_body", "entry-content"),
        *("x-main-news-content", "vw-art-list", "xxgk_content", "infocontent", "bulletincontent", "notice-con"),
        *("vf_detail_content", "content-text", "contenttext", "detailcontent", "detail-content", "detail_content"),
    )
)
_CHROME_WORDS = frozenset(
    (
        *("nav", "navi", "navbar", "topnav", "menu", "foot", "footer", "crumb", "crumbs", "breadcrumb", "breadcrumbs"),
        *("position", "location", "loc", "currentloc", "weizhi", "dqwz", "mbx", "side", "sidebar", "aside", "search"),
        *("login", "share", "bdshare", "bdsharebuttonbox", "sharebox", "sharebar", "fenxiang", "print", "rank", "hot"),
        *("pager", "pagination", "prev", "next", "prevnext", "ad", "ads", "advert", "toolbar", "friend", "copyright"),
        *("ewm", "qr", "qrcode", "erweima", "tags", "relate", "related", "relation", "recommend", "tuijian", "comment"),
        *("comments", "pinglun", "xgxw", "xgwz", "xgyd", "shenming", "dashang", "zuixin", "friendlink", "links"),
    )
)
_TITLE_WORDS = frozenset(
    ("title", "titles", "headline", "tit", "bt", "biaoti", "heading", "subject", "tt", "newstitle")
)
_PLACE_WORDS = frozenset(
    (
        *("article", "news", "detail", "info", "view", "main", "zw", "wz", "doc", "text", "art", "notice", "cont"),
        *("content", "con", "txt", "body", "nr", "neirong", "contents", "box", "editor", "final", "print", "area"),
    )
)
# position-relative and its like are a style framework's, and say nothing of the content.
_UTILITY_WORDS = frozenset(("relative", "absolute", "static", "fixed", "sticky"))
_TEXT_WORDS = frozenset(
    ("content", "con", "txt", "text", "body", "nr", "neirong", "cont", "article", "contents", "editor")
)


def marks_of(names: str) -> int:
    """The marks of an element from its class and id, written after each other."""
    if len(names) > _LONGEST or len(names) < 2:
        return NAMED if len(names) > 1 else 0
    plain = names.lower()
    marks = NAMED
    if not _FIELDS.isdisjoint(plain.split()) or "vsb_content" in plain:
        marks |= FIELD | BODY
    words = {word.lower() for word in _WORD.findall(names)}
    if not words.isdisjoint(_TITLE_WORDS):
        marks |= TITLE
    if marks & BODY:
        return marks
    if not words.isdisjoint(_TEXT_WORDS) and words <= _PLACE_WORDS:
        return marks | BODY
    if not words.isdisjoint(_CHROME_WORDS) and words.isdisjoint(_UTILITY_WORDS):
        return marks | CHROME
    return marks
