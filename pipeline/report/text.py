"""A report's text made even for reading, every character still knowing where it stood."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.values.traditional import SIMPLIFIED

_EVEN = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **SIMPLIFIED,
    ord("\u3000"): ord(" "),
    ord("\u00a0"): ord(" "),
    ord("\r"): ord(" "),
    ord("\t"): ord(" "),
    ord("｡"): ord("。"),
    **dict.fromkeys((*range(9), *range(14, 32)), ord("|")),  # a control character ends a quote, PostgreSQL refuses NUL
    **dict.fromkeys(map(ord, "〇○Ｏ"), ord("零")),
}

_YEAR_IN_WORDS = re.compile(r"[一二][零九][零一二三四五六七八九]{2}(?= ?年)")
_AS_DIGITS = {ord(word): ord(digit) for word, digit in zip("零一二三四五六七八九", "0123456789", strict=True)}
# Digits that spans or justified lines set apart; only where a year or a unit follows is it sure that they are one.
_APART = re.compile(
    r"(?<![0-9.,/\-] )(?<![0-9.,/\-])(?:"
    r"[12](?: {0,3}[0-9]){3}(?= {0,3}年)|"
    r"[0-9](?: {1,3}[0-9]){1,8}(?= {0,3}[余多]? ?[条件篇则份期])|"
    r"[0-9]{1,3}(?: {1,3}[0-9]{3}){1,3}(?= {0,3}[余多]? ?[条件篇则份期]))"
)
_BLANKS = re.compile(r" +")

# A gloss ("開(kāi)") or invisible characters, a page number on a line of its own, or white space.
_LOOSE = re.compile(
    r"(?P<gloss>\([a-z\u00e0-\u024f\n]{1,8}\)|[\u00ad\u200b-\u200f\u2060\ufeff]+)|"
    r"(?P<page>\n *[-—–] ?[0-9]{1,3} ?[-—–] *(?=\n))|(?P<space>[ \n]+)"
)
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:[、是]|\))|\([一二三四五六七八九十0-9]|第[一二三四五六七八九十0-9]|[0-9]{1,2}[.、)](?![0-9])"
)
# Starts a paragraph also behind a full line: 第二十条, 一是 and (12条) stand inside sentences, too.
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)(?![项款])|[0-9]{1,2}[.、](?!\d)")
_CELL = re.compile(r"(?:[0-9][0-9,.]*|[-—/]{1,2}|[条件次篇场个]) *(?:\n|\Z)")  # a line of its own
_OPENS_LINE = re.compile(r"(?:19|20)[0-9]{2}年|[其(·*#|]")
_UNIT = r"[余多]?[十百千万亿]? ?[余多]?(?:条|件|篇|则|期|份|场)"
_COUNTED = re.compile(rf"[0-9][0-9,.]{{0,12}} ?{_UNIT}")
_COUNTED_LAST = re.compile(rf"[0-9] ?{_UNIT}\Z")
_UNIT_GOES_ON = re.compile(r"[次余多以左、,;。)]")
_LISTED = re.compile(r"(?:[(]?[0-9一二三四五六七八九十]{1,2}[).、])?[一-龥]")
_CONTINUES = re.compile(r"[一-龥0-9,.;:、。%()“”《》]")
_NEVER_FIRST = re.compile(r"[,;:、。%)”》]")  # punctuation that no line begins with
_WORD = re.compile(r"(?:[0-9][0-9.,]*|[A-Za-z]+|[^\n])[,;:、。%)”》]*")  # what is not broken over two lines
_TITLE_LINE = re.compile(r"\A[^\n。,;]{0,60}(?:19|20)[0-9]{2}[^\n。,;]{0,40}(?:报告|年报|总结)\Z")
_LEAD = 120  # characters of its sentence that are looked at before a claim's quote
_SENTENCE = re.compile(r"[。;!?\n|]")
_LONGEST_TITLE = 150  # characters with the white space in it
_FULL = 20  # characters: a shorter line ends where its writer ended it, unless the text's lines are of one width
_NARROWEST = 9  # characters of a wrapped line; what is narrower is a column of cells
_ALIKE, _RAGGED = 3, 4  # so many lines of lengths that differ by less are no chance: a number is not broken


@dataclass(frozen=True, slots=True)
class EvenText:
    """Text without glosses and stray white space; `origin` tells where a character stood."""

    text: str
    _starts: tuple[int, ...]  # where a kept run starts in `text`
    _origins: tuple[int, ...]  # and in the original

    def origin(self, position: int) -> int:
        """The original offset of the character at `position`."""
        run = bisect_right(self._starts, position) - 1
        return self._origins[run] + position - self._starts[run]

    def place(self, origin: int) -> int:
        """Where the original character at `origin` stands in `text`, or the kept one before it."""
        run = max(0, bisect_right(self._origins, origin) - 1)
        ends = self._starts[run + 1] if run + 1 < len(self._starts) else len(self.text)
        return min(self._starts[run] + origin - self._origins[run], max(self._starts[run], ends - 1))

    def lead(self, origin: int) -> str:
        """What stands in the sentence before the original character at `origin`."""
        place = self.place(origin)
        return _SENTENCE.split(self.text[max(0, place - _LEAD) : place])[-1]


def even(text: str) -> str:
    """The text with plain digits, punctuation and simplified characters, each where it was."""
    return _YEAR_IN_WORDS.sub(lambda year: year[0].translate(_AS_DIGITS), text.translate(_EVEN))


def even_quote(quote: str) -> str:
    """A claim's words as the reader of prose saw them: it ends where a line ends, so a break inside it is none."""
    return even_text(re.sub(r"[\r\n]", "", quote)).text


def even_text(text: str) -> EvenText:
    """The text for reading prose: glosses and blanks gone, a line broken inside a paragraph joined."""
    flat = even(text)
    gone = _inside_numbers(flat) | _joined(flat, _runs_on)
    return _filled(flat, lambda loose: "" if loose.start() in gone else _filler(flat, loose))


def unwrapped(text: str) -> EvenText:
    """The text for reading tables: even, blanks and line breaks kept but for those of lines wrapped at one width."""
    flat = even(text)
    gone = _joined(flat, _is_wrapped)
    return _filled(flat, lambda loose: loose[0].replace("\n", "") if loose.start() in gone else loose[0])


def _filled(flat: str, filler_of: Callable[[re.Match[str]], str]) -> EvenText:
    """The text with a filler in the place of all that is loose."""
    kept: list[str] = []
    starts, origins = [0], [0]
    length = position = 0
    for loose in _LOOSE.finditer(flat):
        run, filler = flat[position : loose.start()], filler_of(loose)
        kept += (run, filler)
        length += len(run) + len(filler)
        position = loose.end()
        if filler:  # it stands for the first character of what it replaces
            starts.append(length - len(filler))
            origins.append(loose.start())
        starts.append(length)
        origins.append(position)
    kept.append(flat[position:])
    return EvenText("".join(kept), tuple(starts), tuple(origins))


@dataclass(frozen=True, slots=True)
class _Break:
    """A line break between two words: where the paragraph and the line began, the width of a full line."""

    flat: str
    start: int  # of the white space around it
    end: int
    opened: int
    line: int  # characters from the line's start to its end
    width: int  # 0: lines are of no one width


def _joined(flat: str, is_inside: Callable[[_Break], bool]) -> frozenset[int]:
    """Where the breaks start that end no paragraph."""
    width, opened, found = _width(flat), 0, []
    for loose in _LOOSE.finditer(flat):
        if "\n" not in loose[0] or not loose["space"]:
            continue
        start, end = loose.span()
        stop = flat.index("\n", start)
        if start and is_inside(_Break(flat, start, end, opened, stop - flat.rfind("\n", 0, start) - 1, width)):
            found.append(start)
        else:
            opened = end
    return frozenset(found)


def _width(flat: str) -> int:
    """The characters of a full line where lines were wrapped at one width; 0 where they were not."""
    longer = 0
    lengths = Counter(map(len, flat.split("\n")))
    for n in sorted((n for n in lengths if n >= _NARROWEST), reverse=True):
        near = sum(lengths[n - less] for less in range(_RAGGED))
        if near >= _ALIKE and near * n > 2 * longer:  # some addresses and rows of tables are longer, not most of it
            return n
        longer += lengths[n] * n
    return 0


def _inside_numbers(flat: str) -> frozenset[int]:
    """Where blanks stand inside a number: 5 783条, 2 0 1 4年."""
    return frozenset(blanks.start() for number in _APART.finditer(flat) for blanks in _blanks(number))


def _blanks(number: re.Match[str]) -> Iterator[re.Match[str]]:
    return _BLANKS.finditer(number.string, number.start(), number.end())


def _filler(flat: str, loose: re.Match[str]) -> str:
    if loose["gloss"] or loose["page"]:
        return ""
    if "\n" in loose[0]:
        return "\n"
    before, after = flat[loose.start() - 1 : loose.start()], flat[loose.end() : loose.end() + 1]
    return " " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else ""


def _runs_on(at: _Break) -> bool:
    """True for a break inside a paragraph, as PDF, mail and word processors leave them."""
    if _may_run_on(at) and _NEVER_FIRST.match(at.flat, at.end):
        return True
    return _is_wrapped(at) or (_may_run_on(at) and _reads_on(at.flat, at.start, at.end, at.line))


def _may_run_on(at: _Break) -> bool:
    """False behind a cell, a heading of Markdown and a title."""
    return at.flat[at.start - 1] != "|" and at.flat[at.opened] != "#" and not _ends_title(at)


def _is_wrapped(at: _Break) -> bool:
    """True for a break in a line of the text's one width: what comes next had no room left in it."""
    word = _WORD.match(at.flat, at.end)
    if not at.line <= at.width < at.line + (len(word[0]) if word else 1):
        return False
    counted = _COUNTED_LAST.search(at.flat, max(0, at.start - 8), at.start)
    ends = _HEADING.match(at.flat, at.end) or (counted and not _UNIT_GOES_ON.match(at.flat, at.end))
    ends = ends or (not at.flat[at.start - 1].isdigit() and _CELL.match(at.flat, at.end))
    return not ends and not _ends_title(at)


def _ends_title(at: _Break) -> bool:
    words = re.sub("[ \n]", "", at.flat[at.opened : min(at.start, at.opened + _LONGEST_TITLE)])
    return at.start - at.opened <= _LONGEST_TITLE and _TITLE_LINE.search(words) is not None


def _reads_on(flat: str, start: int, end: int, line: int) -> bool:
    """True when the words before and behind a break, as many as `line` before it, go on in one another."""
    before = flat[start - 1]
    if before in {":", ";"}:  # the items of a list, each on its line
        return _LISTED.match(flat, end) is not None
    if before in "。!?" or _ITEM.match(flat, end):
        return False
    if line >= _FULL:
        return _CONTINUES.match(flat, end) is not None and _CONTINUES.match(before) is not None
    if before in ".)":
        return False
    if _COUNTED.match(flat, end):
        return True
    return (
        (before == "," or before.isdigit()) and not _OPENS_LINE.match(flat, end) and "一" <= flat[end : end + 1] <= "龥"
    )
