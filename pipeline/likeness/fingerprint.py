"""When two notices say the same thing: a fingerprint for exact reposts, a comparison for near ones."""

import re
from datetime import timedelta
from hashlib import sha256

from pipeline.classify.decide import type_of_title
from pipeline.model import Notice, NoticeType
from pipeline.values.lots import lot_of, round_of
from pipeline.values.text import narrow

# Characters of a body below which it says nothing by itself (详见附件, 见附表): such notices are told apart by address.
SAYS_NOTHING = 30
# Lines at either end of a body that are looked at for what a portal puts around it.
_MARGIN = 8
_FURNITURE = re.compile(
    r"[\s【\[(（>·|]*(?:当前位置|您?(?:现在)?的?位置|首页|发布时间|发布日期|发布人|发布者|信息时间|更新时间|日期[:：]|时间[:：]|"
    r"来源[:：]|信息来源|文章来源|转载自|作者[:：]|编辑[:：]|责任编辑|浏览|阅读次数|阅读量|点击|访问量|字体|字号|背景色|分享|打印|"
    r"关闭|上一篇|下一篇|上一条|下一条|版权所有|主办单位|备案号|返回顶部|返回列表|扫一扫|收藏|附件下载)"
)
# A number keeps the marks inside it (3.5, 2025-1-11, 9:30, 1、2标段): without them 1.5 would equal 15.
_RUNS = re.compile(r"[^\W_]+(?:(?<=\d)[.:/\-—~、]\d+)*")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ．／－～]")
# China keeps one time.
_CHINA = timedelta(hours=8)
_FIGURE = re.compile(r"\d")
_HAN_ENDS = re.compile("[\u4e00-\u9fff].{0,400}[\u4e00-\u9fff]$")
_PREFIX = re.compile(r"^\s*(?:【([^【】]{1,20})】|\[([^\[\]]{1,20})\])")


def fingerprint(notice: Notice) -> str:
    """Equal for the same announcement wherever it was found: what it says, not where.

    A notice without a body says too little to be recognised elsewhere (two lots of one project are posted under one
    title on one day), so its address counts; of a body without any figure, no date and no number, its day counts.
    """
    text = body_of(notice)
    title = plain(_without_prefix(notice.title))
    if len(text) < SAYS_NOTHING or (notice.published is None and not _FIGURE.search(text)):
        return _digest(title, text, notice.source, notice.url)
    if notice.published and not _FIGURE.search(text):
        return _digest(title, text, f"{notice.published + _CHINA:%Y-%m-%d}")
    return _digest(title, text)


def document_id(source_key: str, fingerprint: str) -> str:
    """The identifier of the document that a source's postings with that fingerprint are."""
    return _digest(source_key, fingerprint)[:16]


def plain(text: str) -> str:
    """What a text says without white space, widths, case and punctuation; marks inside numbers stay."""
    text = text.replace("：", ":")
    if _WIDE.search(text):  # seldom, and 0.1 ms for a page
        text = narrow(text)
    return "".join(_RUNS.findall("".join(text.split()))).lower()


def body_of(notice: Notice) -> str:
    """The plain body without the lines that a portal puts around it: path, date, source, visits, the title again."""
    lines = notice.text.splitlines()
    title = plain(_without_prefix(notice.title))
    start, stop = 0, len(lines)
    while start < min(_MARGIN, stop) and _is_around(lines[start], title):
        start += 1
    while stop > max(start, len(lines) - _MARGIN) and _is_around(lines[stop - 1], title):
        stop -= 1
    return plain("\n".join(lines[start:stop]))


def _is_around(line: str, title: str) -> bool:
    if not line or line.isspace() or _FURNITURE.match(line):
        return True
    if not len(title) <= len(line) < 4 * len(title) + 40:
        return False
    if _HAN_ENDS.match(title) and not (title[0] in line and title[-1] in line):
        return False  # told at a glance: most lines are no title
    return plain(_without_prefix(line)) == title


def _without_prefix(title: str) -> str:
    """The title without a leading 【portal】 or [district]; a prefix that names a type, a lot or a round stays."""
    prefix = _PREFIX.match(title)
    if prefix is None:
        return title
    inside = prefix[1] or prefix[2]
    if type_of_title(inside)[0] is not NoticeType.UNDECIDABLE or lot_of(inside) or round_of(inside):
        return title
    return title[prefix.end() :]


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
