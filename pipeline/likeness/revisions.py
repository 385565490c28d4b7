"""How two revisions of a notice differ, paragraph by paragraph and within them character by character."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlsplit

from pipeline.likeness.fingerprint import body_of, plain
from pipeline.model import Notice

# difflib takes quadratic time, and worse on hostile text: what is longer once the equal beginning and end are taken
# away is shown as taken out and put in.
_MOST = 200
_BUDGET = 400_000  # pairs of characters or paragraphs that one difference may compare
_ALIKE = 0.4  # below it, two paragraphs share characters only by chance


class TextChange(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what became of it."""

    mark: TextChange
    text: str


# What portals write anew with every answer, in short lines around a text: counters, and when the page was made.
_LONGEST_NOTE = 100
_MOMENT = r"[:：]?\s{0,5}\d[\d年月日时分秒:：/\-. ]{0,30}(?:(?:星期|周)[一二三四五六日天][\d:： ]{0,12})?"
_VOLATILE = re.compile(
    r"(?:总|被|已|本文|文章|累计){0,3}(?:浏览|阅读|点击|访问|查看|关注|人气|下载)(?:次数|人数|总数|量|数|率)?"
    r"[:：]?[【\[(（]?\s{0,5}\d{1,9}\s{0,5}[】\])）]?(?:人次|次|人)?"
    rf"|(?:当前|现在|系统|服务器|北京|打印|生成|访问)(?:时间|日期){_MOMENT}|(?:今天|现在)是{_MOMENT}"
    r"|第\s{0,5}\d{1,9}\s{0,5}位(?:访客|访问者|读者)|(?:执行|耗时|用时)[:：]?\s{0,5}\d[\d.]{0,9}\s{0,5}(?:毫秒|秒|ms)"
)

Line = tuple[Piece, ...]  # a paragraph; one that changed within has pieces of several marks


def said_of(notice: Notice) -> str:
    """Equal as long as the notice says the same: counters, tokens, session ids and times of generation aside.

    Unlike the fingerprint it knows the day of publication and the files, which are corrected in silence, too.
    """
    text = "\n".join(_lasting(line) for line in notice.text.splitlines())
    files = (f"{plain(file.name)} {_path(file.url)}" for file in notice.attachments)
    published = notice.published.isoformat() if notice.published else ""
    void = "void" if notice.void else ""
    parts = (plain(notice.title), body_of(replace(notice, text=text)), published, void, *files)
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _lasting(line: str) -> str:
    return _VOLATILE.sub("", line) if len(line) <= _LONGEST_NOTE else line


def _path(url: str) -> str:
    """The address without its query, where tokens and session ids are."""
    try:
        return urlsplit(url).path.partition(";")[0]
    except ValueError:  # a bracketed host that is no address
        return url


def difference(before: str, after: str) -> list[Line]:
    """The paragraphs of both texts in order, those that changed marked; white space alone is no change."""
    room = _Room(_BUDGET)
    lines: list[Line] = []
    for mark, old, new in _steps(_paragraphs(before), _paragraphs(after), room):
        lines += _whole(TextChange.SAME, new) if mark is TextChange.SAME else _changed(old, new, room)
    return lines


def is_same(line: Line) -> bool:
    """True for a paragraph that did not change."""
    return all(piece.mark is TextChange.SAME for piece in line)


def _paragraphs(text: str) -> list[str]:
    return [plain for line in text.splitlines() if (plain := " ".join(line.split()))]


def _whole(mark: TextChange, paragraphs: Sequence[str]) -> list[Line]:
    return [(Piece(mark, one),) for one in paragraphs]


@dataclass(slots=True)
class _Room:
    """How many comparisons are left."""

    left: int

    def take(self, old: Sequence[str], new: Sequence[str]) -> bool:
        if max(len(old), len(new)) > _MOST or len(old) * len(new) > self.left:
            return False
        self.left -= len(old) * len(new)
        return True


def _steps(
    old: Sequence[str], new: Sequence[str], room: _Room
) -> Iterator[tuple[TextChange, Sequence[str], Sequence[str]]]:
    """Stretches of two sequences: SAME, or OUT for what stands in the place of the other."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield TextChange.SAME, old[:start], new[:start]
    middle = old[start : len(old) - end], new[start : len(new) - end]
    if not room.take(*middle):
        yield (TextChange.OUT, *middle)
    else:
        for kind, i, j, k, m in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
            yield TextChange.SAME if kind == "equal" else TextChange.OUT, middle[0][i:j], middle[1][k:m]
    yield TextChange.SAME, old[len(old) - end :], new[len(new) - end :]


def _changed(old: Sequence[str], new: Sequence[str], room: _Room) -> list[Line]:
    """Paragraphs in the same place are set against each other, the others were taken out or put in."""
    both = min(len(old), len(new))
    lines = [line for one, other in zip(old[:both], new[:both], strict=True) for line in _within(one, other, room)]
    return [*lines, *_whole(TextChange.OUT, old[both:]), *_whole(TextChange.IN, new[both:])]


def _within(old: str, new: str, room: _Room) -> list[Line]:
    pieces = list(_pieces(old, new, room))
    same = sum(len(piece.text) for piece in pieces if piece.mark is TextChange.SAME)
    if 2 * same < _ALIKE * (len(old) + len(new)):
        return [(Piece(TextChange.OUT, old),), (Piece(TextChange.IN, new),)]
    return [tuple(pieces)]


def _pieces(old: str, new: str, room: _Room) -> Iterator[Piece]:
    for mark, out, put in _steps(old, new, room):
        if mark is TextChange.SAME:
            yield from [Piece(mark, "".join(put))] if put else []
            continue
        yield from [Piece(TextChange.OUT, "".join(out))] if out else []
        yield from [Piece(TextChange.IN, "".join(put))] if put else []
