"""When a page was published: the best of the dates that it shows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from pipeline.article.attachments import attachment_of
from pipeline.article.labels import Labelled, Meta
from pipeline.article.metadata import date_under, meta_published
from pipeline.model import Capture, Source
from pipeline.page.element_names import CHROME
from pipeline.page.outline import ElementMark, Node, Outline, TextLine
from pipeline.values.dates import When, read_date
from pipeline.values.text import no_space

_YEAR = re.compile(r"20\d\d ?[-/.年] ?\d{1,2}(?!\d)|19\d\d ?[-/.年] ?\d{1,2}(?!\d)|二[〇○零0０O]\w\w ?年|２０|１９")
_LONGEST = 90  # characters of a line that tells when and from where
# Such a line speaks of another day: the page's own clock, a deadline, the last change, a step of the procedure.
_OTHER_DAY = re.compile(
    r"最后更新|更新于|星期|农历|生成时间|今天|今日|截止|截至|有效期|至今|版权|©|Copyright|欢迎|修改时间|打印时间|访问|"
    r"公示(?:期|时间|日期|起|开始|结束)|"
    r"(?:开标|评标|报名|递交|投标|签订|竣工|开工|交货)(?:时间|日期|期|开始|结束|之日)|到期|届满",
    re.IGNORECASE,
)
# A box with such words is the site's own, at the head or the foot of every page.
_SITES = re.compile(
    r"版权|©|copyright|备案|\bICP\b|公网安备|[主承协]办(?:单位)?[:：]|技术支持|标识码|网站地图|建站|浏览器|分辨率|今天是|设为首页|总访问|"
    r"(?:网站|本[站网]|全站|系统|平台|首页|页面)\w{0,4}(?:更新|改版|建[成立于]|成立|开通|上线|维护|运行)|"
    r"(?:创建|开通|改版|上线|维护)(?:于|时间|日期)",
    re.IGNORECASE,
)
_FURTHER = 6  # characters beside a date that a heading may have which is none
_FAR_APART = timedelta(days=31)  # a clerk enters what came out within the month
_ANOTHER = 8  # characters of a link that may be the title of another notice
_CHANGED = "更新"  # a line that begins so tells under a text when the site changed
_PROSE = re.compile("[。；！]")
_SPAN = re.compile(r"[起至到~～].{0,4}\d|\d.{0,3}[起止]")
_LABEL = 20  # characters of a label in a cell of its own
_LONGEST_OF_SITE = 400  # characters of a foot's line
_PAIR = re.compile(r"[^:：]{2,8}[:：]")  # 来源：… names where it comes from, even as a link
_FAR = 12  # lines between a heading and its date


@dataclass(frozen=True, slots=True)
class PublicationDay:
    """When a notice was published, and what speaks against it."""

    when: When | None
    doubts: tuple[str, ...]


def day_of(capture: Capture, source: Source, said: Sequence[When | None] = (None, None, None)) -> PublicationDay:
    """What the page calls its day of publication, then the list's day, then one that it shows, then its signature.

    Where the list names no more than the day and the page shows a minute of it, that minute. Nothing is published later
    than it was captured, by the portal's calendar.
    """
    stated, shown, signed = said
    listed = read_date(capture.visit.lead.published, source.zone) if capture.visit.lead else None
    if listed and shown and listed.precision == "day" and _on(shown.moment, source) == _on(listed.moment, source):
        listed = shown
    ranked = [when for when in (stated, listed, shown, signed) if when]
    last = _on(capture.fetched_at, source)
    late = [when for when in ranked if _on(when.moment, source) > last]
    doubts = [f"日期晚于抓取日 a day after that of the capture, {last}: {_on(when.moment, source)}" for when in late]
    page = stated or shown
    if page and listed and abs(page.moment - listed.moment) > _FAR_APART:
        days = [_on(when.moment, source) for when in (page, listed)]
        doubts.append(f"网页与列表的日期相差太远 page and list are far apart: {days[0]}, {days[1]}")
    return PublicationDay(next((when for when in ranked if when not in late), None), tuple(dict.fromkeys(doubts)))


def _on(moment: datetime, source: Source) -> date:
    return moment.astimezone(source.zone).date()


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


def stated_of(labels: list[Labelled], metas: dict[str, str], zone: ZoneInfo) -> When | None:
    """The day that a label beside the text or the page's head calls that of publication; `labels` are those beside."""
    stated = date_under(labels, Meta.PUBLISHED, zone)
    meta = meta_published(metas, zone)
    if stated:
        return meta if meta and _same_day(meta, stated) and stated.precision == "day" else stated
    return meta


def shown_of(lines: list[TextLine], labels: list[Labelled], span: tuple[int, int], zone: ZoneInfo) -> When | None:
    """A day beside the text that nothing calls that of publication: a list that shows another one knows better."""
    start, end = span
    return (
        _near(lines, range(max(0, start - _FAR), start), zone)
        or date_under(labels, Meta.DATED, zone)
        or _split(lines[max(0, start - _FAR) : start], zone)
        or _near(lines, range(start - _FAR), zone)
        or _near(lines, range(end, min(len(lines), end + 6)), zone)
    )


def beside(outline: Outline, head: tuple[int, int], span: tuple[int, int], told: set[int], title: str) -> Outline:
    """The outline with empty lines for days in the title, and days of the site or of other notices.

    A line of `told` has a label and is no heading.
    """
    lines, whole = outline.lines, no_space(title)
    dated = [n for n, line in enumerate(lines) if not span[0] <= n < span[1] and _YEAR.search(line.text)]
    first, last = (head[0] if head[1] else span[0]), max(span[1], head[1])
    if first >= last or not dated:
        return outline
    links = {mark.line: mark for mark in reversed(outline.links)}  # the first of each line
    boxes = _boxes(outline.nodes, (head, span))

    @cache
    def holds(start: int, end: int) -> tuple[bool, int]:
        sites = any(_is_of_site(line.text[:_LONGEST_OF_SITE], whole) for line in lines[start:end])
        return sites, sum(_is_another(links[n], lines[n]) for n in range(start, end) if n in links)

    def is_foreign(number: int) -> bool:
        line = lines[number]
        if head[0] <= number < head[1] or (number not in told and _is_titled(line, whole)):
            return True
        if holds(number, number + 1)[0] or (number >= last and (line.marks & CHROME or line.text.startswith(_CHANGED))):
            return True
        box = boxes[line.node] if line.node >= 0 else -1
        if box >= 0:
            sites, others = holds(outline.nodes[box].start, outline.nodes[box].end)
            return sites or others > (first <= number < last)
        near = range(max(number - 1, 0), min(number + 2, len(lines)))
        return not first <= number < last and any(holds(n, n + 1)[1] and not first <= n < last for n in near)

    asked = {*dated, *(n - 1 for n in dated if n)} - set(range(*span))
    foreign = {number for number in asked if is_foreign(number)}
    return replace(outline, lines=[replace(line, text="") if n in foreign else line for n, line in enumerate(lines)])


def _is_of_site(text: str, title: str) -> bool:
    """Whether words speak of the site; those of a title do not: an office may tender its site's renewal."""
    return any(no_space(found[0]) not in title for found in _SITES.finditer(text))


def _is_titled(line: TextLine, whole: str) -> bool:
    """Whether a line is a heading, or repeats the title: a day in it is part of that."""
    text = no_space(line.text)
    headed = line.level and len(_rest_of(line.text)) > _FURTHER
    return bool(headed or (whole and not _only_a_date(text) and (whole in text or text in whole)))


def _is_another(mark: ElementMark, line: TextLine) -> bool:
    """Whether the first link of a line may be the title of another notice."""
    if line.linked < _ANOTHER or _PAIR.match(line.text) or attachment_of(mark.element, "http://a/"):
        return False
    return len(no_space("".join(map(str, mark.element.itertext())))) >= _ANOTHER


def _boxes(nodes: Sequence[Node], own: Sequence[tuple[int, int]]) -> list[int]:
    """For each block the widest around it that holds none of these ranges of lines; -1 where it holds some itself."""
    found: list[int] = []
    for number, node in enumerate(nodes):
        holds = any(node.start < last and node.end > first for first, last in own)
        above = found[node.parent] if node.parent >= 0 else -1
        found.append(-1 if holds else above if above >= 0 else number)
    return found


def signed_of(outline: Outline, labels: list[Labelled], span: tuple[int, int], zone: ZoneInfo) -> When | None:
    """The date that the text itself ends with or labels as its publication, then the document's own date."""
    start, end = span
    inside = [label for label in labels if start <= label.line < end]
    if when := date_under(inside, Meta.PUBLISHED, zone):
        return when
    for number in range(end - 1, max(start, end - 4) - 1, -1):
        line = outline.lines[number]
        if len(line.text) > 40 or _of_another_day(outline.lines, number):
            continue
        if (when := read_date(line.text, zone)) and _only_a_date(line.text):
            return when
    return date_under(labels, Meta.WRITTEN, zone)


def _of_another_day(lines: list[TextLine], number: int) -> bool:
    """A line that says so, one that spans days, and a date in a cell whose label stands in the line before."""
    text, before = lines[number].text, lines[number - 1].text if number else ""
    if _OTHER_DAY.search(text) or _SPAN.search(text):
        return True
    return len(before) <= _LABEL and _OTHER_DAY.search(before) is not None


def _only_a_date(text: str) -> bool:
    return len(re.sub(r"[\d〇○零一二三四五六七八九十年月日:：./\s-]", "", no_space(text))) <= 6


def _same_day(one: When, other: When) -> bool:
    return abs((one.moment - other.moment).total_seconds()) < 86_400


def _near(lines: list[TextLine], numbers: Iterable[int], zone: ZoneInfo) -> When | None:
    """The first date of a line that tells nothing else; the nearest below the heading comes first in reading order."""
    for number in numbers:
        line = lines[number]
        if len(line.text) > _LONGEST or not _YEAR.search(line.text):
            continue
        if not _OTHER_DAY.search(line.text) and _tells_when(line) and (when := read_date(line.text, zone)):
            return when
    return None


def _tells_when(line: TextLine) -> bool:
    """A date with little around it, or with the labels of source and author."""
    rest = _rest_of(line.text)
    return len(rest) <= 20 and line.linked * 2 <= len(line.text) and not _PROSE.search(rest)


def _rest_of(text: str) -> str:
    """What stands around a date but the labels of source and author."""
    return re.sub(
        r"\d{1,4}[-/.年月日:：\s]*|来源.*$|作者.*$|发表.{0,2}|发布.{0,2}|浏览.*$|点击.*$|阅读.*$|字号.*$|编辑.*$",
        "",
        text,
    )


def _split(lines: list[TextLine], zone: ZoneInfo) -> When | None:
    """A date whose day and month stand in blocks of their own: "21" and "2024年02月"."""
    for first, second in pairwise(lines):
        if len(first.text) <= 6 and len(second.text) <= 10 and (when := read_date(f"{first.text} {second.text}", zone)):
            return when
    return None
