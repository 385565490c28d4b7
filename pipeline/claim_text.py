"""A report's text made even for reading, every character still knowing where it stood."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.traditional import SIMPLIFIED

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
    r"(?P<gloss>\([a-z\u00e0-\u024f]{1,7}\)|[\u00ad\u200b-\u200f\u2060\ufeff]+)|"
    r"(?P<page>\n *[-—–] ?[0-9]{1,3} ?[-—–] *(?=\n))|(?P<space>[ \n]+)"
)
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:[、是]|\))|\([一二三四五六七八九十0-9]|第[一二三四五六七八九十0-9]|[0-9]{1,2}[.、)](?![0-9])"
)
_OPENS_LINE = re.compile(r"(?:19|20)[0-9]{2}年|[其(·*#|]")
_COUNTED = re.compile(r"[0-9][0-9,.]{0,12} ?[余多]?[十百千万亿]? ?[余多]?(?:条|件|篇|则|期|份|场)")
_LISTED = re.compile(r"(?:[(]?[0-9一二三四五六七八九十]{1,2}[).、])?[一-龥]")
_CONTINUES = re.compile(r"[一-龥0-9,.;:、。%()“”《》]")
_TITLE_LINE = re.compile(r"\A[^\n。,;]{0,60}(?:19|20)[0-9]{2}[^\n。,;]{0,40}(?:报告|年报|总结)\Z")
_FULL = 20  # characters: a shorter line ends where its writer ended it


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


def even(text: str) -> str:
    """The text with plain digits, punctuation and simplified characters, each where it was."""
    return _YEAR_IN_WORDS.sub(lambda year: year[0].translate(_AS_DIGITS), text.translate(_EVEN))


def even_text(text: str) -> EvenText:
    """The text for reading prose: glosses and blanks gone, a line broken inside a sentence joined."""
    flat = even(text)
    inside = _inside_numbers(flat)
    kept: list[str] = []
    starts, origins = [0], [0]
    length = position = 0
    for loose in _LOOSE.finditer(flat):
        run = flat[position : loose.start()]
        filler = "" if loose.start() in inside else _filler(flat, loose)
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


def _inside_numbers(flat: str) -> frozenset[int]:
    """Where blanks stand inside a number: 5 783条, 2 0 1 4年."""
    return frozenset(blanks.start() for number in _APART.finditer(flat) for blanks in _blanks(number))


def _blanks(number: re.Match[str]) -> Iterator[re.Match[str]]:
    return _BLANKS.finditer(number.string, number.start(), number.end())


def _filler(flat: str, loose: re.Match[str]) -> str:
    if loose["gloss"] or loose["page"]:
        return ""
    before, after = flat[loose.start() - 1 : loose.start()], flat[loose.end() : loose.end() + 1]
    if "\n" in loose[0]:
        return "" if _runs_on(flat, loose, before) else "\n"
    return " " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else ""


def _runs_on(flat: str, loose: re.Match[str], before: str) -> bool:
    """True for a break inside a sentence, as PDF and word processors leave them."""
    end = loose.end()
    if before in {":", ";"}:  # the items of a list, each on its line
        return _LISTED.match(flat, end) is not None
    if not before or before in "。!?|" or _ITEM.match(flat, end):
        return False
    opened = flat.rfind("\n", max(0, loose.start() - 200), loose.start()) + 1
    if flat.startswith("#", opened) or _TITLE_LINE.search(flat[opened : loose.start()]):
        return False
    line = loose.start() - opened
    if line >= _FULL:
        return _CONTINUES.match(flat, end) is not None and _CONTINUES.match(before) is not None
    if before in ".)":
        return False
    if _COUNTED.match(flat, end):
        return True
    return (
        (before == "," or before.isdigit()) and not _OPENS_LINE.match(flat, end) and "一" <= flat[end : end + 1] <= "龥"
    )
