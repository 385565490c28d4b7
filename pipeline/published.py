"""When a page was published: the best of the dates that it shows."""

import re
from collections.abc import Iterable
from itertools import pairwise
from zoneinfo import ZoneInfo

from pipeline.dates import When, read_date
from pipeline.labels import Label, Labelled
from pipeline.metadata import date_under, meta_published
from pipeline.outline import Line, Outline
from pipeline.text import no_space

_YEAR = re.compile(r"20\d\d ?[-/.年] ?\d{1,2}(?!\d)|19\d\d ?[-/.年] ?\d{1,2}(?!\d)|二[〇○零0０O]\w\w ?年|２０|１９")
_LONGEST = 90  # characters of a line that tells when and from where
# Such a line speaks of another day: the page's own clock, a deadline, the last change, a step of the procedure.
_OTHER_DAY = re.compile(
    r"最后更新|更新于|星期|农历|生成时间|今天|今日|截止|截至|有效期|至今|版权|©|Copyright|欢迎|修改时间|打印时间|访问|"
    r"公示(?:期|时间|日期|起|开始|结束)|"
    r"(?:开标|评标|报名|递交|投标|签订|竣工|开工|交货)(?:时间|日期|期|开始|结束|之日)|到期|届满",
    re.IGNORECASE,
)
_PROSE = re.compile("[。；！]")
_SPAN = re.compile(r"[起至到~～].{0,4}\d|\d.{0,3}[起止]")
_LABEL = 20  # characters of a label in a cell of its own
_FAR = 12  # lines between a heading and its date


def dated_lines(outline: Outline) -> frozenset[int]:
    """Short lines with a date that may be the publication's."""
    return frozenset(
        number
        for number, line in enumerate(outline.lines)
        if len(line.text) <= _LONGEST
        and _YEAR.search(line.text)
        and not _OTHER_DAY.search(line.text)
        and _tells_when(line)
    )


def published_of(
    outline: Outline, labels: list[Labelled], metas: dict[str, str], span: tuple[int, int], zone: ZoneInfo
) -> When | None:
    """The publication date outside the text, which lies between the lines of `span`; None when no place states one."""
    start, end = span
    outside = [label for label in labels if not start <= label.line < end]
    stated = date_under(outside, Label.PUBLISHED, zone)
    meta = meta_published(metas, zone)
    if stated:
        return meta if meta and _same_day(meta, stated) and stated.precision == "day" else stated
    return (
        meta
        or _near(outline, range(max(0, start - _FAR), start), zone)
        or date_under(outside, Label.DATED, zone)
        or _split(outline.lines[max(0, start - _FAR) : start], zone)
        or _near(outline, range(start - _FAR), zone)
        or _near(outline, range(end, min(len(outline.lines), end + 6)), zone)
    )


def signed_of(outline: Outline, labels: list[Labelled], span: tuple[int, int], zone: ZoneInfo) -> When | None:
    """The date that the text itself ends with or labels as its publication, then the document's own date."""
    start, end = span
    inside = [label for label in labels if start <= label.line < end]
    if when := date_under(inside, Label.PUBLISHED, zone):
        return when
    for number in range(end - 1, max(start, end - 4) - 1, -1):
        line = outline.lines[number]
        if len(line.text) > 40 or _of_another_day(outline.lines, number):
            continue
        if (when := read_date(line.text, zone)) and _only_a_date(line.text):
            return when
    return date_under(labels, Label.WRITTEN, zone)


def _of_another_day(lines: list[Line], number: int) -> bool:
    """A line that says so, one that spans days, and a date in a cell whose label stands in the line before."""
    text, before = lines[number].text, lines[number - 1].text if number else ""
    if _OTHER_DAY.search(text) or _SPAN.search(text):
        return True
    return len(before) <= _LABEL and _OTHER_DAY.search(before) is not None


def _only_a_date(text: str) -> bool:
    return len(re.sub(r"[\d〇○零一二三四五六七八九十年月日:：./\s-]", "", no_space(text))) <= 6


def _same_day(one: When, other: When) -> bool:
    return abs((one.moment - other.moment).total_seconds()) < 86_400


def _near(outline: Outline, numbers: Iterable[int], zone: ZoneInfo) -> When | None:
    """The first date of a line that tells nothing else; the nearest below the heading comes first in reading order."""
    for number in numbers:
        line = outline.lines[number]
        if len(line.text) > _LONGEST or not _YEAR.search(line.text):
            continue
        if not _OTHER_DAY.search(line.text) and _tells_when(line) and (when := read_date(line.text, zone)):
            return when
    return None


def _tells_when(line: Line) -> bool:
    """A date with little around it, or with the labels of source and author."""
    rest = re.sub(
        r"\d{1,4}[-/.年月日:：\s]*|来源.*$|作者.*$|发表.{0,2}|发布.{0,2}|浏览.*$|点击.*$|阅读.*$|字号.*$|编辑.*$",
        "",
        line.text,
    )
    return len(rest) <= 20 and line.linked * 2 <= len(line.text) and not _PROSE.search(rest)


def _split(lines: list[Line], zone: ZoneInfo) -> When | None:
    """A date whose day and month stand in blocks of their own: "21" and "2024年02月"."""
    for first, second in pairwise(lines):
        if len(first.text) <= 6 and len(second.text) <= 10 and (when := read_date(f"{first.text} {second.text}", zone)):
            return when
    return None
