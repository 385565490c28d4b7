"""Labelled values of a page: 发布日期：…, 索引号 | …, wherever they stand and however the label is spaced."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from pipeline.page.outline import Outline


class Meta(Enum):
    """What a labelled value is about."""

    TITLE = "title"
    INDEX = "index"
    DOCUMENT = "document"
    ISSUER = "issuer"
    ORIGIN = "origin"  # 来源: who it was taken from, an issuer only when no 发布机构 is named
    PUBLISHED = "published"
    DATED = "dated"  # 时间, 日期, 更新时间: publication when neither a better label nor the list says it
    WRITTEN = "written"  # 成文日期: of the document, not of its publication
    VALIDITY = "validity"
    VOID_DAY = "void_day"
    OTHER = "other"  # known, of no use, but ends the value before it
    SUBJECT = "subject"  # 项目名称, 工程名称: names what the notice is about


_WORDS = {
    Meta.TITLE: "标题 公告标题 信息标题 文件标题 文件名称 信息名称 公告名称 名称 题名",
    Meta.INDEX: "索引号 索引码 索引号码 信息索引号 信息索引 索取号 索引编号 公开索引号",
    Meta.DOCUMENT: "文号 发文字号 文件编号 发文文号 文件号 公文编号 公文文号 发文号 文件文号 文件字号 字号文号",
    Meta.ISSUER: "发布机构 发文机关 发布单位 发布机关 公开责任部门 发文单位 发文机构 制发机关 公开机构 责任部门 "
    "发布部门 公开主体 公开单位 信息提供单位 发文部门 制文机关 公开部门 供稿单位 信息公开单位",
    Meta.ORIGIN: "来源 信息来源 文章来源 稿件来源 来源于 本文来源 出处 稿源 新闻来源 来源单位 文件来源 数据来源",
    Meta.PUBLISHED: "发布日期 发布时间 公开日期 公布日期 公开时间 公布时间 公告时间 公告日期 发表时间 发表日期 发表于 "
    "发布于 信息时间 信息日期 上网时间 上网日期 上传时间 录入时间 添加时间 信息发布时间 信息发布日期 "
    "发稿时间 发文日期及发布时间 公告发布时间 公告发布日期 网上发布时间 文章发布时间 "
    "加入时间 提交时间 发布",
    Meta.DATED: "时间 日期 更新时间 更新日期 签署时间 加载时间",
    Meta.WRITTEN: "成文日期 生成日期 发文日期 制发日期 发文时间 成文时间 生成时间 签发日期 印发日期 生效日期 实施日期 "
    "施行日期 制定日期 形成日期",
    Meta.VALIDITY: "有效性 是否有效 时效性 效力状态 时效 有效状态 效力 信息有效性 文件状态 文件有效性 "
    "是否废止 是否作废",
    Meta.VOID_DAY: "废止日期 失效日期 失效时间 废止时间 作废日期",
    Meta.SUBJECT: "项目名称 工程名称 采购项目名称 招标项目名称 标段名称 标段(包)名称 标段（包）名称 采购项目 招标项目",
    Meta.OTHER: "主题分类 主题词 分类 组配分类 体裁分类 服务对象 关键词 公开范围 公开方式 公开形式 公开程序 公开类别 "
    "作者 编辑 责任编辑 审核 浏览次数 浏览量 点击数 点击次数 点击量 点击率 点击 阅读次数 阅读 阅读量 "
    "访问量 访问次数 浏览 人气 字号 字体 字体大小 背景色 视力保护色 保护视力色 分享 分享到 打印 信息分类 "
    "信息类别 所属主题 语种 内容概述 摘要 有效期 栏目 所属栏目 最后更新 最后更新时间 页面生成时间 记者 "
    "通讯员 供稿 文/图 撰稿 来稿 校对 签发 文种 载体类型 开放方式 行政区划 所属地区",
}
LABELS = {word: label for label, words in _WORDS.items() for word in words.split()}

_SPACE = r"[ \xa0\u3000]{0,4}"
_SEPARATOR = re.compile(r"[\s\d|｜丨【\[（(>，,；;】）)\]、.．]")
_LONGEST_LINE = 240  # characters; a metadata line is shorter
_LONGEST_LABEL = 24  # with spaces between its characters
_LONGEST_VALUE = 120
# Labels that name nothing else: they need neither colon nor cell (<dt>发布机构</dt><dd>…).
_ALONE = frozenset((Meta.INDEX, Meta.PUBLISHED, Meta.ISSUER, Meta.DOCUMENT, Meta.WRITTEN, Meta.VALIDITY))
_GLUED = re.compile(r"(索\s?引\s?号|(?:发布|公开|成文|生成)(?:日期|时间))\s?([0-9A-Z][^:：]{4,60})$")
_BULLETS = "-·•●*○■□◆ 【[（("


@cache
def _with_colon() -> re.Pattern[str]:
    """Any label and its colon: costs a tenth of a second, so it is compiled with the first page."""
    words = (_SPACE.join(map(re.escape, word)) for word in sorted(LABELS, key=len, reverse=True))
    return re.compile(f"({'|'.join(words)}){_SPACE}[:：]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value under its label: `line` is where the label stands, `cell` tells a row of a table (no colon needed)."""

    label: Meta
    word: str  # as written, without spaces
    value: str
    line: int
    cell: bool


def word_of(text: str) -> str:
    """The label that a text is (发 布 机 构： is 发布机构), "" when it is none."""
    word = "".join(text.split()).strip(_BULLETS).rstrip(":：】]）) ")
    return word if word in LABELS else ""


def labelled_in(outline: Outline) -> list[Labelled]:
    """Every known label of the page with its value, in reading order."""
    lines = outline.lines
    found: list[Labelled] = []
    for number, line in enumerate(lines):
        text = line.text
        if len(text) > _LONGEST_LINE:
            continue
        if len(text) <= _LONGEST_LABEL and (word := word_of(text)):
            cell = number + 1 < len(lines) and lines[number + 1].break_ == "\t"
            if cell or text[-1] in ":：" or LABELS[word] in _ALONE:
                found.append(Labelled(LABELS[word], word, _next_value(outline, number), number, cell))
        elif len(text) < 80 and (glued := _GLUED.match(text)):
            found.append(_labelled(glued[1], glued[2], number))
        elif ":" in text or "：" in text:
            found.extend(_in_line(text, number))
    return found


def _next_value(outline: Outline, number: int) -> str:
    """The line after a label, unless it is a label itself or belongs to another row: then the value is empty."""
    lines = outline.lines
    if number + 1 >= len(lines):
        return ""
    value = lines[number + 1]
    if value.node != lines[number].node and value.node >= 0:
        holder = outline.nodes[value.node]
        if holder.end - holder.start > 1:
            return ""  # the text itself: the label's value is empty
    in_table = outline.nodes[lines[number].node].tag in {"td", "th"} if lines[number].node >= 0 else False
    if word_of(value.text) or (in_table and value.break_ != "\t"):
        return ""
    return value.text if len(value.text) <= _LONGEST_VALUE and "。" not in value.text else ""


def _labelled(word: str, value: str, number: int) -> Labelled:
    plain = "".join(word.split())
    return Labelled(LABELS[plain], plain, value, number, cell=False)


def _in_line(text: str, number: int) -> list[Labelled]:
    """标签：值 标签：值 of one line; a value ends where the next known label begins.

    The first label begins the line or follows a separator, so that 招标公告发布时间 is none; later ones may be glued
    to a value: portals set each pair in an element of its own.
    """
    hits: list[tuple[str, int, int]] = []
    for match in _with_colon().finditer(text):
        if hits or not match.start() or _SEPARATOR.match(text[match.start() - 1]):
            hits.append(("".join(match[1].split()), match.start(), match.end()))
    ends = [start for _, start, _ in hits[1:]] + [len(text)] * bool(hits)
    return [
        Labelled(LABELS[word], word, text[after:end].strip(" |｜丨【】[]　（("), number, cell=False)
        for (word, _, after), end in zip(hits, ends, strict=True)
    ]
