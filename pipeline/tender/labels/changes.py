"""What a correction says: which words of its text are the old state, and where the new one begins."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.tender.labels.cells import TextCell
from pipeline.values.text import no_space

_OLD_WORDS = (
    r"(?:更正|变更|修改|调整|修正|澄清|更改|改动)(?:之)?前(?:的)?(?:内容|信息|为)?"
    r"|原(?:公告|文件|招标文件|采购文件|公示|内容|文|条款|信息|结果)?(?:的)?(?:内容|信息|条款|表述|为)?"
)
_NEW_WORDS = (
    r"(?:更正|变更|修改|调整|修正|澄清|更改|改动)(?:之)?后(?:的)?(?:内容|信息|为)?|现(?:内容|文|更正为|变更为|修改为|改为|调整为|更改为)"
    r"|(?:更正|变更|修改|调整|修正|更改)(?:为|内容|信息|成)"
)
_OLD_HEAD = re.compile(_OLD_WORDS)
_NEW_HEAD = re.compile(_NEW_WORDS)
_LABEL_SPACE = r"[ \t\u3000]{0,4}"
# A label at the beginning of a line or of a sentence: 更正前：…, 原文：…, 现更正为：….
_OLD_LABEL = re.compile(
    rf"(?:^|[\n。；;（(\t]){_LABEL_SPACE}(?:\d{{1,2}}[、.．]\s?)?(?P<words>{_OLD_WORDS})\s?[：:\n\t]", re.M
)
_NEW_LABEL = re.compile(
    rf"(?:^|[\n。；;，,\t\s]){_LABEL_SPACE}(?:\d{{1,2}}[、.．]\s?)?(?P<words>{_NEW_WORDS})\s?[：:\n\t]", re.M
)
_VERB = re.compile(
    r"(?:现|予以|统一|一并|均|已)?\s?(?:(?:更正|变更|更改|修改|调整|修正|改|变|延期|延长|推迟|顺延|提前|延后|调|增加|降低|下调|上调)(?:为|至|到|成)|延至|[，,]\s?现为|[，,]\s?应为)"
)
_BRACKETED = re.compile(r"[（(]原(?!则|件|料|址)[^（）()\n]{2,60}[）)]")
_SENTENCE = re.compile(r"[。；;\n！\t]")
_FROM = re.compile(r"(?<![自])由|从|将|原(?!则|件|料|址)")
_NEXT_HEADING = re.compile(r"\n\s{0,4}(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十][）)])")
_LONGEST_SENTENCE = 160  # characters before a verb in which what it changes is looked for
_LONGEST_STATE = 1500  # characters of what stands under 更正前 or 更正后
_MOST = 60_000
_NESTED = 6


@dataclass(frozen=True, slots=True)
class Change:
    """An old state [start:old_end) and where in the text the words of the new one begin."""

    start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes of a text, in its order; nothing for a notice that changes nothing."""

    all: tuple[Change, ...] = ()

    def old_at(self, at: int) -> Change | None:
        """The change whose old state a place belongs to."""
        return next((change for change in self._near(at) if change.start <= at < change.old_end), None)

    def new_at(self, at: int) -> Change | None:
        """The change whose new state a place belongs to."""
        return next((change for change in self._near(at) if change.new_start <= at < change.new_end), None)

    def _near(self, at: int) -> Sequence[Change]:
        """Those that begin before a place, the last few: a change inside another one's states is rare."""
        number = bisect_right(self.all, at, key=lambda change: change.start)
        return self.all[max(0, number - _NESTED) : number][::-1]


def is_change_head(row: Sequence[TextCell]) -> bool:
    """Whether a row heads columns of the old and the new state: 更正项 | 更正前 | 更正后."""
    return columns_of(row) is not None


def columns_of(row: Sequence[TextCell]) -> tuple[int, int] | None:
    """The numbers of the columns of the old and the new state."""
    old = new = None
    for number, cell in enumerate(row):
        words = no_space(cell.text).rstrip("：:")
        if len(words) > 14:
            continue
        if old is None and _OLD_HEAD.fullmatch(words):
            old = number
        elif _NEW_HEAD.fullmatch(words):
            new = number
    return (old, new) if old is not None and new is not None and old < new else None


def changes_in(text: str, cells: Sequence[TextCell], rows: dict[int, tuple[int, int]]) -> Changes:
    """The changes that tables, labels and sentences of a correction state."""
    found = [*_in_tables(cells, rows), *_labelled(text), *_said(text)]
    return Changes(tuple(sorted(found, key=lambda change: (change.start, change.old_end))))


def _in_tables(cells: Sequence[TextCell], rows: dict[int, tuple[int, int]]) -> Iterator[Change]:
    columns: tuple[int, int] | None = None
    last = -1
    for number, (start, end) in rows.items():
        row = cells[start:end]
        if heads := columns_of(row):
            columns = heads
        elif columns and number == last + 1 and len(row) > columns[1]:
            old, new = row[columns[0]], row[columns[1]]
            yield Change(old.start, old.end, new.start, new.end)
        else:
            columns = None
        last = number


def _labelled(text: str) -> Iterator[Change]:
    """更正前：…更正后：…: the old state ends where the new one's label begins."""
    for match in _OLD_LABEL.finditer(text, 0, _MOST):
        new = _NEW_LABEL.search(text, match.end("words"), match.end("words") + _LONGEST_STATE)
        if new is None or new.start("words") <= match.end("words"):
            continue
        after = [new.end("words") + _LONGEST_STATE]
        for pattern in (_NEXT_HEADING, _OLD_LABEL):
            if following := pattern.search(text, new.end(), after[0]):
                after.append(following.start())
        yield Change(match.end("words"), new.start("words"), new.end("words"), min(after))


def _said(text: str) -> Iterator[Change]:
    """由…延期至…, 原…现调整为…, …更正为…: the old state is what stands before the verb in its sentence."""
    last = 0
    for verb in _VERB.finditer(text, 0, _MOST):
        low = max(last, verb.start() - _LONGEST_SENTENCE)
        begin = max((match.end() for match in _SENTENCE.finditer(text, low, verb.start())), default=low)
        if opened := _FROM.search(text, begin, verb.start()):
            begin = opened.start()
        else:
            comma = max(text.rfind("，", begin, verb.start()), text.rfind(",", begin, verb.start()))
            begin = comma + 1 if comma >= 0 and not text[comma + 1 : comma + 2].isdigit() else begin
        stop = _SENTENCE.search(text, verb.end(), verb.end() + _LONGEST_SENTENCE)
        end = stop.start() if stop else min(len(text), verb.end() + _LONGEST_SENTENCE)
        yield Change(begin, verb.start(), verb.end(), end)
        last = verb.end()
    for match in _BRACKETED.finditer(text, 0, _MOST):
        yield Change(match.start(), match.end(), match.end(), match.end())
