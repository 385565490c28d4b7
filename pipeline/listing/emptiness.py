"""Whether a listing says by itself that it has no rows."""

import re
from itertools import islice

from lxml import etree

from pipeline.page.opened import Page

_EMPTY = re.compile(
    r"暂无(?:相关|任何|此类|符合\S{0,6})?(?:的)?(?:信息|数据|内容|记录|公告|文章|结果|资料|更新)"
    r"|(?:没有|未|无)(?:找到|查到|查询到|检索到|搜索到|发布|相关|任何|符合\S{0,8}?)(?:的|相关|任何){0,2}(?:信息|数据|内容|记录|公告|文章|结果)"
    r"|(?:没有|无)(?:信息|数据|内容|记录|查询结果)|共有?0(?:条|篇|项|个)|(?<!\d)0条(?:记录|信息|数据)"
)
_BROAD = ("暂无", "没有", "未", "无", "0条", "0篇")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST = 60  # characters of a sentence that says nothing is there
_MUTE = frozenset(("script", "style", "title", "noscript", "option", "input", "textarea"))


def says_empty(page: Page) -> bool:
    """True when a visible sentence of the page says that there is nothing to list."""
    if not any(word in page.text for word in _BROAD):
        return False
    return any(
        _is_visible(element) for element in page.html.iter(etree.Element) if element.tag not in _MUTE and _says(element)
    )


def _says(element: etree._Element) -> bool:
    texts = [element.text, *(child.tail for child in islice(element, 30))]
    words = "".join("".join(text[:200] for text in texts if text).split())
    return 0 < len(words) <= _LONGEST and _EMPTY.search(words) is not None


def _is_visible(element: etree._Element) -> bool:
    above: etree._Element | None = element
    for _ in range(20):
        if above is None:
            break
        if above.tag == "a" or above.get("hidden") is not None or _HIDDEN.search(above.get("style") or ""):
            return False
        above = above.getparent()
    return True
