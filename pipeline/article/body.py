"""Where the text of a page is: the block that holds it, without what stands around it."""

import re
from itertools import accumulate

from pipeline.page.element_names import BODY, CHROME, FIELD, HIDDEN, NAMED
from pipeline.page.outline import Node, Outline, TextLine

# Each alternative begins with a letter of its own: the pattern scans a page's lines, and the engine skips to those.
_FOOTER = re.compile(
    r"版权所有|备案号|ICP备|公网安备|网站标识码|技术支持[:：]|主办单位?[:：]|承办单位?[:：]|Copyright|COPYRIGHT|copyright|©|"
    r"All Rights? Reserved|网站地图|建议使用.{0,20}分辨率|未经.{0,10}(?:许可|授权|允许).{0,10}(?:转载|使用)|免责声明|"
    r"扫一扫|扫描二维码|用微信扫|您访问的链接即将离开"
)
# Lines that are furniture wherever they stand, whole. Possessive: a wall of digits or A+A+A+ costs one pass.
FURNITURE = re.compile(
    r"\+\d{1,4}|(?=.{0,20}[^\W\d_])(?>[【\[（(《<>|｜丨\s·:：+\-】\]）)》，,。、/]|\d+|打\s?印(?:本页|此页|文章|页面)?|"
    r"关\s?闭(?:本页|窗口|页面|此页)?|返回(?:列表|顶部|首页|上一页|上级|.{0,8}首页)?|分\s?享(?:到|至)?|收藏(?:本页|此页)?|加入收藏|"
    r"字(?:号|体)(?:大小)?|调整字体|大|中|小|超大|标准|[AＡ][+-]?|T[+-]|纠错|我要(?:纠错|打印)|推荐|转发|微信|微博|QQ(?:空间|好友)?|"
    r"新浪(?:微博)?|腾讯(?:微博)?|朋友圈|人人网|复制链接|更多|举报|新闻评论|评论|首页|正文|顶部|TOP|繁体|简体|全文|附件下载|下载|"
    r"保存|语音播报|朗读|阅读|浏览|来源|图集|相关附件|THE\s?END){1,40}+"
)
# From such a line on, a page speaks of other things.
AFTER = re.compile(
    r"(?:【?[上下]一?[篇条页]\s?(?:[:：>【]|$)|没有(?:了|上一|下一)|"
    r"(?:相关(?:阅读|新闻|文章|链接|信息|推荐|文档|报道|资讯|内容|解读|稿件)|延伸阅读|推荐阅读|热门(?:推荐|新闻|文章)|猜你喜欢|[为给][您你]推荐|"
    r"精彩推荐|最新(?:新闻|文章|资讯|动态)|编辑推荐|网友评论|发表评论|全部评论|我要评论|友情链接|关键词|本文标签|标签)\s?(?:[:：>》】\]（(]|更多|$)|"
    r"[Tt][Aa][Gg][sS]?标?签?[:：]|分享到|分享至|分享[:：]|本文来源[:：]|原标题[:：]|转载请注明|本文为.{0,20}原创|[(（]本文来自|正文已结束|"
    r"(?:特别|郑重|版权|免责|\w{2,6})?声明[:：]|免责声明$|版权声明$|打印本页|关闭窗口|返回(?:顶部|列表)|返回.{0,8}查看更多|打开.{0,10}[Aa][Pp][Pp]|"
    r"展开全文|点击进入专题|关注我们|扫一扫|更多(?:新闻|精彩|阅读)).{0,120}"
)
# What stands last in a text field and is no part of the text.
SIGNED = re.compile(
    r"[（(\[【]?(?:责任编辑|责编|编辑|审核|校对|初审|复审|终审|签发|录入|信息员|供稿|来源|作者|文章来源|信息来源|稿件来源|撰稿)[:：].{0,60}"
)
BEFORE = re.compile(
    r"(?:您|你)?(?:当前|现在|所在|的)?(?:的|所在|所处)?(?:的)?位置(?:是|为)?\s?[:：].{0,200}|[（(]原标题[:：].{0,120}"
)


_TABULAR = frozenset(("tr", "tbody", "td", "th", "li"))


def unmasked(outline: Outline) -> None:
    """Takes back what names said about the lines: a page all of which is called navigation or hidden is neither."""
    for line in outline.lines:
        line.marks &= ~(CHROME | HIDDEN)


def _weight(line: TextLine) -> int:
    length = len(line.text)
    if line.marks & (CHROME | HIDDEN) or line.linked * 2 > length:
        return 0
    if length < 400 and (_FOOTER.search(line.text) or BEFORE.match(line.text)):
        return 0
    if length < 80 and (FURNITURE.fullmatch(line.text) or AFTER.match(line.text)):
        return 0
    return length - line.linked


class Sums:
    """Sums over ranges of lines: what counts as text, and how much of all is links."""

    __slots__ = ("lengths", "linked", "weights")

    def __init__(self, outline: Outline, furniture: frozenset[int]) -> None:
        lines = outline.lines
        self.weights = [0, *accumulate(0 if n in furniture else _weight(line) for n, line in enumerate(lines))]
        self.linked = [0, *accumulate(line.linked for line in lines)]
        self.lengths = [0, *accumulate(len(line.text) for line in lines)]

    def between(self, start: int, end: int) -> int:
        """The weight of the lines from start up to, not including, end: their unlinked characters in an article."""
        return self.weights[end] - self.weights[start]

    def of(self, node: Node) -> int:
        """The weight of a block."""
        return self.weights[node.end] - self.weights[node.start]

    def leads_elsewhere(self, node: Node) -> bool:
        """Whether links make up so much of a block that it is a list of news, comments or a share bar."""
        linked = self.linked[node.end] - self.linked[node.start]
        return linked * 7 > self.lengths[node.end] - self.lengths[node.start]


def block_of(outline: Outline, sums: Sums) -> int | None:
    """The block that holds the text: from the page inwards as long as one child holds nearly all that counts."""
    nodes = outline.nodes
    children: dict[int, list[int]] = {}
    for number, node in enumerate(nodes):
        children.setdefault(node.parent, []).append(number)
    here = -1
    whole = sums.between(0, len(outline.lines))
    if not whole:
        return None
    while inner := children.get(here):
        best = max(inner, key=lambda number: sums.of(nodes[number]))
        siblings = [number for number in inner if number != best]
        part = sums.of(nodes[best])
        own = whole - part - sum(sums.of(nodes[number]) for number in siblings)
        loose = own + sum(_loose(outline, sums, number) for number in siblings)
        if not _holds(nodes[best], part, whole - part, loose):
            break
        here, whole = best, part
    return _field(outline, sums, here)


def _holds(node: Node, part: int, rest: int, loose: int) -> bool:
    """Whether a block is all of the text, and what is left over around it is of another kind."""
    if rest <= 12:
        return True
    # A table lays a page out when one cell holds nearly everything; a data table spreads over its cells.
    if node.tag in _TABULAR and not (part >= 300 and rest * 4 <= part):
        return False
    return loose * 12 <= part and rest <= part


def _loose(outline: Outline, sums: Sums, sibling: int) -> int:
    """The weight of a sibling that may be a paragraph of the same text: a block without a name and hardly a link."""
    node = outline.nodes[sibling]
    if node.marks & NAMED or sums.leads_elsewhere(node):
        return 0
    named = 0
    inner = sibling + 1
    while inner < len(outline.nodes) and outline.nodes[inner].start < node.end:
        if outline.nodes[inner].marks & NAMED:
            named += sums.of(outline.nodes[inner])
            inner = _behind(outline, inner)
        else:
            inner += 1
    return sums.of(node) - named


def _behind(outline: Outline, number: int) -> int:
    """The first block after those inside this one."""
    end = outline.nodes[number].end
    number += 1
    while number < len(outline.nodes) and outline.nodes[number].start < end:
        number += 1
    return number


def _field(outline: Outline, sums: Sums, here: int) -> int:
    """The CMS's own text field around or inside the block, when there is one that holds most of it."""
    nodes = outline.nodes
    around = here
    while around >= 0:
        if nodes[around].marks & FIELD:
            return around
        around = nodes[around].parent
    whole = sums.between(nodes[here].start, nodes[here].end) if here >= 0 else sums.weights[-1]
    end = nodes[here].end if here >= 0 else len(outline.lines)
    for number in range(here + 1, len(nodes)):
        node = nodes[number]
        if node.start >= end:
            break
        if node.marks & (FIELD | BODY) and sums.between(node.start, node.end) * 5 >= whole * 4:
            here = number
    return here
