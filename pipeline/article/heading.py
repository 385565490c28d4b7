"""The title of a page: the line that heads the text, agrees with <title> and looks like a title."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from pipeline.page.element_names import CHROME, HIDDEN, TITLE
from pipeline.page.outline import Outline, TextLine
from pipeline.values.text import no_space, squeeze

_SHORTEST, _LONGEST = 4, 200  # characters of a title
_LONGEST_TAIL = 40  # characters: a type word and a bracket behind it
_LONGEST_DOCUMENT = 1000  # characters of a <title> with section and site

# Words with which a notice's title ends.
TYPE_WORD = re.compile(
    r"(?:公告|公示|通知|通报|公报|意见|办法|规定|决定|批复|函|报告|方案|名单|通告|细则|条例|答疑|澄清|补遗|招标|结果|计划|要点|规划|合同|命令|纪要"
    r"|说明|声明|预告|须知|解读|指南|预案|简报|一览表|目录|标准|规程|导则|信息表|公开表|情况|情况表|年报)(?:[（(【\[].{1,30}[）)】\]])?$"
)
# A heading that is nothing but a kind of notice says too little to be a title.
BARE_TYPE = re.compile(
    r"(?:(?:(?:[/、()（）]|工程|货物|服务|施工|监理|设计|勘察|政府|资审|公开|项目|评标|开标|采购|招标|中标|成交|结果|候选人|资格|预审|单一来源|竞争性|谈判|磋商|"
    r"询价|邀请|变更|更正|终止|废标|流标|合同|交易|信息|补充|澄清|答疑|延期|最高限价|控制价|意向){0,8})(?:公告|公示|通知|公告表|公示表))"
)
_NO_TITLE = re.compile(
    r"(?:当前|现在|所在|您的|你的)\w{0,2}位置|^首页|欢迎|版权|备案|^(?:打印|关闭|返回|分享|字号|字体|收藏|搜索|登录|注册|正文|详情|文章内容|信息内容|"
    r"详细内容|信息公开|政务公开|通知公告|新闻中心|附件|相关\w{0,6}|公告概要|公告信息)[:：]?$"
)
_SECTION = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|第[一二三四五六七八九十]{1,3}[章节条])[）)]?\s?[、.．:：）)]"
)
_PAIR = re.compile(r"[^:：]{2,14}[:：](?!//)")  # 联系电话：…; news titles that look so have more to show
_SITE = re.compile(r"(?:网|网站|平台|中心|政府|委员会|[局厅部]|门户|系统|首页|研究[院所]|大学|学会|协会|公司|医院)$")
_MOST_LINES = 3  # of a title that <br> divides
# A subtitle (——…), a number (市建发〔2014〕3号), a bracketed remark, a sentence: no piece of the title beside them.
_NO_PIECE = re.compile(r"^[—–-]{1,3}|〔|[\[【]\d{4}[\]】]|^[（(].{0,80}[）)]$|[。；;，,：:]$|[:：]")
_SUFFIX = re.compile(r"(\s?[-_|｜—–»>]{1,4}\s?)")


@dataclass(frozen=True, slots=True)
class ArticleHeading:
    """A title with the lines that show it; start == end when no line of the page does."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: int
    text: str
    start: int
    end: int


def is_bare(title: str) -> bool:
    """Whether a title is nothing but a kind of notice (中标候选人公示)."""
    return bool(BARE_TYPE.fullmatch(no_space(title)[:60]))


def heading_of(root: etree._Element, outline: Outline, dated: frozenset[int]) -> ArticleHeading | None:
    """The line that heads the page; `dated` are the lines that tell date or source, which stand below a title."""
    document = no_space(_document(root))
    best = max(
        (_scored(group, outline, document, dated) for group in _groups(outline.lines[: _half(outline)], dated)),
        key=lambda candidate: candidate.score,
        default=None,
    )
    if best is not None and best.score >= 4:
        return _whole(best, outline, document, dated)
    return None


def _whole(best: _Candidate, outline: Outline, document: str, dated: frozenset[int]) -> ArticleHeading:
    """The heading with the lines that <br> cut off it: all that its block says, where that is short and undated."""
    lines, node = outline.lines, outline.nodes[outline.lines[best.start].node] if outline.nodes else None
    found = ArticleHeading(best.text, best.start, best.end)
    if node is None or lines[best.start].node < 0 or not 1 < node.end - node.start <= _MOST_LINES:
        return found
    if dated.isdisjoint(range(node.end, node.end + 4)) or _agreement(best.text, document) >= 5:
        return found
    block = lines[node.start : node.end]
    if any(number in dated or not _goes_on(lines[number], block[0]) for number in range(node.start, node.end)):
        return found
    whole = "".join(line.text for line in block)
    return ArticleHeading(whole, node.start, node.end) if len(whole) <= _LONGEST else found


def _goes_on(line: TextLine, first: TextLine) -> bool:
    """Whether a line may be a piece of the title that the first line of its block begins."""
    same = (line.node, line.group, line.level) == (first.node, first.group, first.level) and not line.linked
    return same and not _NO_PIECE.search(line.text) and not _is_no_title(line.text)


def _half(outline: Outline) -> int:
    """The line by which half of the page's own words are said: a title stands before it."""
    own = [0 if line.marks & (CHROME | HIDDEN) else max(0, len(line.text) - line.linked) for line in outline.lines]
    sums = list(accumulate(own))
    return bisect_left(sums, sums[-1] / 2) + 1 if sums else 0


def _groups(lines: list[TextLine], dated: frozenset[int]) -> list[tuple[int, int]]:
    """Ranges of lines that make one heading: all lines of one <h1> or of one block named title, else single lines."""
    ranges: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if ranges and number not in dated and _continues(lines[number - 1], line):
            ranges[-1] = (ranges[-1][0], number + 1)
        else:
            ranges.append((number, number + 1))
    return ranges


def _continues(before: TextLine, line: TextLine) -> bool:
    same = before.group == line.group and before.node == line.node and not line.linked
    return same and bool((line.level and before.level) or line.marks & before.marks & TITLE)


def _scored(group: tuple[int, int], outline: Outline, document: str, dated: frozenset[int]) -> _Candidate:
    start, end = group
    lines = outline.lines
    text = "".join(line.text for line in lines[start:end]) if end - start > 1 else lines[start].text
    first = lines[start]
    linked = first.linked * 2 > len(text)
    if not (2 if first.level else _SHORTEST) <= len(text) <= _LONGEST:
        return _Candidate(-9, text, start, end)
    agreement = _agreement(text, document)
    if (linked and not first.level and agreement < 7) or _is_no_title(text):
        return _Candidate(-9, text, start, end)
    followed = not dated.isdisjoint(range(end, end + 4))
    score = {0: 0, 1: 5, 2: 4, 3: 3}.get(first.level, 2) + 3 * bool(first.marks & TITLE) + agreement + 3 * followed
    score -= 4 * bool(first.marks & (CHROME | HIDDEN)) + 5 * (start in dated) + 3 * linked
    score -= 4 * (first.break_ == "\t" or (end < len(lines) and lines[end].break_ == "\t"))
    score -= 8 * (not followed and len(text) < 24 and bool(_SITE.search(text)))
    return _Candidate(score + _looks(text), text, start, end)


def _is_no_title(text: str) -> bool:
    return bool(_NO_TITLE.search(text) or _SECTION.match(text))


def _looks(text: str) -> int:
    """What the words themselves say for or against a title."""
    length = (len(text) >= 10) - (len(text) < 6)
    return (
        length
        - 3 * bool(_PAIR.match(text))
        + bool(TYPE_WORD.search(text[-_LONGEST_TAIL:]))
        - 3 * (text[-1] in "。；;，,：:")
    )


def _agreement(text: str, whole: str) -> int:
    """How well the line agrees with what the browser shows as the page's title."""
    if not whole or text[0] not in whole or len(plain := no_space(text)) < 5:
        return 0
    if whole.startswith(plain):
        return 7 if len(plain) >= 8 or len(plain) == len(whole) else 5
    if plain in whole:
        return 4 if len(plain) >= 12 else 1
    return 0


def document_title(root: etree._Element) -> str:
    """The page's <title> without the names of section and site behind it; "" when it is only the site's name."""
    pieces = _SUFFIX.split(_document(root))  # text, separator, text …
    while len(pieces) > 2 and (len(pieces[-1]) <= 6 or _SITE.search(pieces[-1])):
        del pieces[-2:]
    while len(pieces) > 2 and _SITE.search(pieces[0]):
        del pieces[:2]
    title = "".join(pieces).strip()
    return "" if len(title) < _SHORTEST or _SITE.search(title) else title


def _document(root: etree._Element) -> str:
    return next((squeeze((node.text or "")[:_LONGEST_DOCUMENT]) for node in root.iter("title")), "")


# Lines that stand around a title at the head of a text: 招标编号：…, （项目编码：…）.
CODE_LINE = re.compile(
    r"[（(]?(?:招标|项目|采购|标段|工程|公告|文件|竞价|交易)?(?:\(包\)|（包）)?(?:代码|编号|编码|号)[:：].{0,60}"
)


def heading_in_text(lines: list[TextLine], start: int, end: int) -> ArticleHeading | None:
    """The title that a text begins with, over up to four short lines of which the last names the kind of notice."""
    begin = start
    while begin < min(end, start + 4) and (CODE_LINE.fullmatch(lines[begin].text) or len(lines[begin].text) < 3):
        begin += 1
    parts: list[str] = []
    for number in range(begin, min(end, begin + 4)):
        text = lines[number].text
        if len(text) > 100 or text[-1] in "。；;，：:|" or (parts and CODE_LINE.fullmatch(text)):
            return None
        parts.append(text)
        if TYPE_WORD.search(no_space(text)):
            return ArticleHeading("".join(parts), start, number + 1)
    return None
