"""A paper for people: headings, paragraphs, lists and tables, before it is text, Markdown or HTML.

All of it is plain text: what a portal or a report wrote is escaped by the form that it is written in, and only there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

# Terminal control, direction overrides (UAX #9), invisible marks, lone surrogates: they show nothing and mislead.
_UNSHOWABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff0-\uffff]"
)


class TextRole(StrEnum):
    """What a stretch of text is to its reader."""

    PLAIN = "plain"
    NOTE = "note"  # small print
    WARNING = "warning"
    GOOD = "good"
    CODE = "code"  # a command or an id, to be copied as it stands
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a role."""

    text: str
    role: TextRole = TextRole.PLAIN


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark behind a number that leads to the note of that number (from 1); text leaves it out."""

    note: int


@dataclass(frozen=True, slots=True)
class Jump:
    """Words that lead to a place of the same paper."""

    text: str
    place: str  # letters, digits and hyphens


Words: TypeAlias = str | Stretch | Mark | Jump
Line: TypeAlias = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `place` is where a Jump leads to."""

    text: str
    level: int = 2
    place: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together."""

    words: Line
    role: TextRole = TextRole.PLAIN


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes that Marks lead to, numbered from 1."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its heads, its rows, each cell a line of words; `numeric` names the columns of numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numeric: frozenset[int] = frozenset()
    caption: str = ""


Block: TypeAlias = Heading | Paragraph | Bullets | Notes | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """What is shown, in which language ("zh" or "en"), in its order."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def plain(text: object) -> str:
    """One line that only shows: no control, no invisible and no direction-changing characters."""
    return _UNSHOWABLE.sub("", " ".join(str(text).split()))


def line(*words: Words) -> Line:
    """The words as a line, for a cell or an item."""
    return words


def cells(values: Iterable[object]) -> tuple[Line, ...]:
    """A row of plain cells; None is an empty one."""
    return tuple(line("" if value is None else str(value)) for value in values)


def one_language(both: str, language: str) -> str:
    """One half of a "Chinese / English" sentence. Names in it may contain " / " too, then once in each half."""
    pieces = both.split(" / ")
    half = (len(pieces) + 1) // 2
    chosen = pieces[:half] if language == "zh" else pieces[half:] or pieces
    return " / ".join(chosen)
