"""Which columns of a person's list say what, by their headings as offices write them."""

import re
from collections.abc import Sequence

from pipeline.values.text import no_space

# Of several columns that fit, the first word here decides which is taken.
_NAMES = {
    "published_on": (
        *("刊发日期", "刊登日期", "播出日期", "刊播日期", "见报日期", "发表日期", "推送日期", "发布日期", "公开日期"),
        *("刊发时间", "刊登时间", "播出时间", "刊播时间", "见报时间", "发表时间", "推送时间", "发布时间", "公开时间"),
        *("日期", "时间", "published_on", "published", "date"),
    ),
    "medium": (
        *("媒体名称", "媒体", "媒介", "刊播媒体", "刊登媒体", "发布媒体", "刊发媒体", "报刊名称", "报刊", "刊物名称"),
        *("账号名称", "账号", "medium", "media"),
    ),
    "title": (
        *(
            "标题",
            "稿件标题",
            "新闻标题",
            "信息标题",
            "文章标题",
            "题目",
            "稿件名称",
            "信息名称",
            "公开内容",
            "发布内容",
        ),
        *("名称", "内容", "title"),
    ),
    "kind": ("媒体类别", "媒体类型", "媒体种类", "渠道类别", "类别", "类型", "kind", "channel"),
    # What stands under it may be a medium's name or its kind.
    "either": ("发布渠道", "公开渠道", "渠道", "发布平台", "平台", "载体", "公开方式", "发布方式"),
    "evidence": ("证据", "凭证", "evidence"),
    "scan": ("扫描件", "扫描件文件", "附件", "文件", "文件名", "截图", "图片", "scan", "scans", "file"),
}
_NOTES = ("版面", "版次", "备注", "链接", "网址", "地址")  # said beside the evidence
_REMARK = re.compile(r"[(（][^()（）]{0,40}[)）]|[:：*＊]")
HEADINGS = "日期,媒体,标题,类别,证据,扫描件 (date,medium,title,kind,evidence,scan)"
Columns = dict[str, tuple[int, ...]]  # places of cells by what they say
HEADING_WITHIN = 10  # rows: lists begin with their own title, the office and the year


def columns_in(cells: Sequence[str]) -> Columns:
    """The places of date, medium, title and, where they are, kind, evidence and scan; empty: this is no heading."""
    words = [_REMARK.sub("", no_space(cell)).lower() for cell in cells]
    found = {name: place for name, known in _NAMES.items() if (place := _place(words, known)) is not None}
    either = found.pop("either", None)
    if either is not None:
        found.setdefault("kind" if "medium" in found else "medium", either)
    if "medium" not in found and "kind" in found:
        found["medium"] = found["kind"]
    if not {"published_on", "medium", "title"} <= found.keys():
        return {}
    columns = {name: (place,) for name, place in found.items()}
    notes = tuple(place for place, word in enumerate(words) if word in _NOTES)
    return columns | {"evidence": (*columns.get("evidence", ()), *notes)}


def _place(words: Sequence[str], known: Sequence[str]) -> int | None:
    return next((words.index(word) for word in known if word in words), None)
