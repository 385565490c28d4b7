"""A paper as Markdown (CommonMark, with GitHub tables and footnotes) in which only the paper itself is markup."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.paper.blocks import Bullets, Grid, Heading, Jump, Line, Mark, Notes, Paper, Paragraph, TextRole, Words
from pipeline.paper.text import plain_keeping_ends

# Every ASCII punctuation character may be escaped (CommonMark 2.4); those that can begin any markup are.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+\-!|~&^$:@=\"'/.]")
# Between Chinese characters and in numbers these say nothing to a Markdown reader.
_HARMLESS = re.compile(r"(?<=\w)\\([.\-/:+=])(?=\w)")
_AUTOLINK = re.compile(r"(?:https?|ftp|www|mailto|xmpp)", re.IGNORECASE)
_TICKS = re.compile(r"`+")


def markdown_of_paper(paper: Paper) -> str:
    """The paper as Markdown, blocks apart by an empty line."""
    return "\n\n".join("\n".join(_BLOCKS[type(block)](block)) for block in paper.blocks) + "\n"


def escaped(text: str) -> str:
    """The text so that it shows as it stands: no markup, no link, no HTML."""
    shown = plain_keeping_ends(text)
    found = _MARKUP.sub(lambda one: f"\\{one[0]}", shown)
    return found if _AUTOLINK.search(shown) else _HARMLESS.sub(r"\1", found)


def _line(words: Line) -> str:
    # Two pieces that are bold, or code, side by side would run together.
    return "".join(map(_words, words))


def _words(words: Words) -> str:
    if isinstance(words, Mark):
        return f"[^{words.note}]"
    if isinstance(words, Jump):
        return escaped(words.text)  # a Markdown file has no places that every reader agrees on
    if isinstance(words, str):
        return escaped(words)
    return _ROLES.get(words.role, escaped)(words.text)


def _code(text: str) -> str:
    """A code span whose fence is longer than any run of backticks in it; a bar would end a table's cell."""
    shown = plain_keeping_ends(text).replace("|", "¦")
    longest = max((len(run) for run in _TICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    room = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{room}{shown}{room}{fence}" if shown else ""


def _strong(text: str) -> str:
    return f"**{escaped(text.strip())}**" if text.strip() else ""


_ROLES: dict[TextRole, Callable[[str], str]] = {
    TextRole.CODE: _code,
    TextRole.STRONG: _strong,
    TextRole.WARNING: _strong,
    TextRole.GOOD: _strong,
}


def _heading(block: Heading) -> Iterator[str]:
    yield f"{'#' * block.level} {escaped(block.text)}"


def _paragraph(block: Paragraph) -> Iterator[str]:
    yield ("> " if block.role in {TextRole.WARNING, TextRole.NOTE} else "") + _line(block.words)


def _bullets(block: Bullets) -> Iterator[str]:
    yield from (f"- {_line(item)}" for item in block.items)


def _notes(block: Notes) -> Iterator[str]:
    yield from (f"[^{number}]: {_line(item)}" for number, item in enumerate(block.items, 1))


def _grid(block: Grid) -> Iterator[str]:
    if block.caption:
        yield f"{_strong(block.caption)}\n"
    yield f"| {' | '.join(map(escaped, block.heads))} |"
    yield f"|{'|'.join(' ---: ' if place in block.numeric else ' --- ' for place in range(len(block.heads)))}|"
    for row in block.rows:
        yield f"| {' | '.join(map(_line, row))} |"


_BLOCKS: dict[type, Callable[[Any], Iterator[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Notes: _notes,
    Grid: _grid,
}
