"""The links of a page that may lead to a notice, each with where it stands in the tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.model import Unreadable
from pipeline.page.links import pieces, target_of
from pipeline.page.opened import Page
from pipeline.values.text import squeeze

_INLINE = frozenset(("b", "strong", "font", "em", "i", "u", "nobr", "big", "small"))
_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+")
_DECORATION = " []()<>{}【】（）《》〈〉«»‹›·•.…:：+|-—　\xa0"

# What links around a list say.
_NAVIGATION = frozenset(
    (
        *(
            "首页",
            "网站首页",
            "返回首页",
            "尾页",
            "末页",
            "上一页",
            "下一页",
            "上页",
            "下页",
            "前页",
            "后页",
            "前一页",
            "后一页",
        ),
        *(
            "第一页",
            "最后一页",
            "最后页",
            "更多",
            "查看更多",
            "更多信息",
            "more",
            "详细",
            "详情",
            "查看",
            "查看详情",
            "详细信息",
            "查看详细",
        ),
        *(
            "阅读全文",
            "全文",
            "点击查看",
            "查看全文",
            "返回",
            "返回顶部",
            "返回上页",
            "返回列表",
            "关闭",
            "打印",
            "跳转",
            "go",
            "确定",
            "搜索",
        ),
        *(
            "next",
            "prev",
            "previous",
            "first",
            "last",
            "下一頁",
            "上一頁",
            "首頁",
            "末頁",
            "网站地图",
            "联系我们",
            "关于我们",
            "登录",
            "注册",
        ),
        *(
            "设为首页",
            "加入收藏",
            "收藏本站",
            "无障碍",
            "无障碍浏览",
            "手机版",
            "rss",
            "english",
            "繁体",
            "简体",
            "繁體版",
            "下载",
            "上一篇",
            "下一篇",
        ),
    )
)
# By their words in class or id: not where a list of notices stands (0.05), or a list beside the list (0.3).
_WEIGHTS = {
    **dict.fromkeys(("nav", "navi", "navbar", "menu", "foot", "footer", "crumb", "crumbs", "breadcrumb", "dqwz"), 0.05),
    **dict.fromkeys(
        ("position", "weizhi", "copyright", "friend", "friendlink", "links", "yqlj", "login", "banner"), 0.05
    ),
    **dict.fromkeys(
        ("side", "sidebar", "aside", "hot", "rank", "phb", "related", "relate", "recommend", "tuijian"), 0.3
    ),
    **dict.fromkeys(
        ("xgxw", "xgwz", "xgyd", "rdxw", "rdgz", "widget", "zuixin", "rightbar", "leftbar", "leftnav"), 0.3
    ),
}
_TAG_WEIGHTS = {"nav": 0.05, "footer": 0.05, "header": 0.2, "aside": 0.3, "select": 0.05}

_LONGEST = 500  # characters of path and query; beyond them an address is not looked at closely
_LISTING = re.compile(
    r"""/(?:index|list|default|more|channel|column|node|class|category|lanmu|cat)[\w-]*(?:\.\w+)?(?:\?|$)
      | /[\w-]*(?:list|more|index|channel|column|category)[\w!-]*\.(?:do|action|aspx?|jspx?|php)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FOLDER = re.compile(r"/(?:\?|$)")
_NUMBERED = re.compile(r"/(?!(?:19|20)\d\d/)\d{3,}/(?:\?|$)")  # a notice's own folder; /2014/ is a year's list
_ARTICLE = re.compile(
    r"""/\d+\.\w+(?:\?|$)                                   # /1024.jhtml
      | /[\w-]*\d{3}[\w.-]*(?:\?|$)                          # /t20140603_98303.html, /g-zb-45541687.html
      | /(?:19|20)\d\d[-/]?(?:0?[1-9]|1[0-2])/[^?]*\w        # /2014/06/anything
      | /[\w-]*[0-9a-f]{16}[\w.-]*(?:\?|$)                   # a hash or a GUID
      | [?&][\w.]*(?:id|guid|uuid|code|no|bh|key|num)=[^&]*\d # a number in the query
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(eq=False, slots=True)
class RowLink:
    """A link that may lead to a notice."""

    element: etree._Element
    anchor: etree._Element  # the element, or the outermost <b>, <font> around nothing but it
    url: str
    title: str  # as visible, perhaps cut
    article: bool  # the address has an article's shape
    place: int  # equal for links reached by the same tags from the root
    weight: float  # 1 in the open, less in navigation, footers and sidebars


@dataclass(slots=True)
class _Places:
    """Tags from the root as one number per path, and what the surroundings' names weigh; both in linear time."""

    numbers: dict[tuple[int, str], int] = field(default_factory=dict)
    known: dict[etree._Element, tuple[int, float]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)

    def of(self, element: etree._Element | None) -> tuple[int, float]:
        trail = []
        while element is not None and element not in self.known:
            trail.append(element)
            element = element.getparent()
        number, weight = self.known[element] if element is not None else (0, 1.0)
        for step in reversed(trail):
            number = self.numbers.setdefault((number, step.tag), len(self.numbers) + 1)
            weight = max(0.001, weight * self._own(step))
            self.known[step] = number, weight
        return number, weight

    def _own(self, element: etree._Element) -> float:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        weight = self.weights.get(names)
        if weight is None:
            words = {word.lower() for word in _WORD.findall(names[:200])}
            weight = min((_WEIGHTS[word] for word in words if word in _WEIGHTS), default=1.0)
            self.weights[names] = weight
        return min(weight, _TAG_WEIGHTS.get(element.tag, 1.0))


def candidates_in(page: Page, base: str, article: re.Pattern[str]) -> list[RowLink]:
    """The page's links that may lead to a notice, in reading order. `article`: addresses of the dialect's notices."""
    places = _Places()
    found = []
    budget = 3 * len(page.text) + 10_000
    for element in _clickable(page):
        title = " ".join("".join(pieces(element)).split())
        budget -= len(title)
        if budget < 0:
            raise Unreadable("links are nested in links")
        candidate = _candidate(element, title, base, article)
        if candidate is not None:
            candidate.place, candidate.weight = places.of(candidate.anchor.getparent())
            found.append(candidate)
    return found


def is_navigation(title: str) -> bool:
    """True for what links around a list say: pages, "more", "back"."""
    bare = title.strip(_DECORATION).replace(" ", "").lower()
    return (not bare and title != "") or bare in _NAVIGATION or bare.isdecimal()


def _clickable(page: Page) -> Iterator[etree._Element]:
    if "onclick" not in page.text:
        yield from page.html.iter("a")
        return
    for element in page.html.iter(etree.Element):
        if element.tag == "a" or element.get("onclick"):
            yield element


def _candidate(element: etree._Element, title: str, base: str, article: re.Pattern[str]) -> RowLink | None:
    if is_navigation(title):
        return None
    url = target_of(element, base)
    if url is None:
        return None
    shaped = _is_article(url, article)
    if shaped is None:
        return None
    if not title and not (title := _named(element)) and not shaped:
        return None
    return RowLink(element, _anchor(element), url, title, shaped, 0, 1.0)


def _is_article(url: str, article: re.Pattern[str]) -> bool | None:
    """True for an article's address, None for one of a listing, False when it could be either."""
    start = url.find("/", 8)
    path = url[start:] if start > 0 else "/"
    if len(path) > _LONGEST:
        return False
    if article.search(path):
        return True
    if _LISTING.search(path):
        return None
    if _ARTICLE.search(path):
        return True
    return None if _FOLDER.search(path) and not _NUMBERED.search(path) else False


def _named(element: etree._Element) -> str:
    """What a link without text is called: its own title, or its picture's."""
    if title := squeeze(element.get("title") or ""):
        return title
    picture = next(element.iter("img"), None)
    return "" if picture is None else squeeze(picture.get("alt") or picture.get("title") or "")


def _anchor(element: etree._Element) -> etree._Element:
    for _ in range(5):
        parent = element.getparent()
        if parent is None or parent.tag not in _INLINE:
            break
        element = parent
    return element
