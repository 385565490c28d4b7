"""A paper as plain text: what is copied into a letter, or read in a terminal."""

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.paper.blocks import (
    Bullets,
    Grid,
    Heading,
    Jump,
    Line,
    Mark,
    Notes,
    Paper,
    Paragraph,
    Stretch,
    TextRole,
    Words,
    plain,
)


def text_of_paper(paper: Paper) -> str:
    """The paper's text; marks are left out, so that what stands between them can be copied as it is."""
    return "\n".join(line for block in paper.blocks for line in _BLOCKS[type(block)](block)).strip("\n") + "\n"


def text_of_line(words: Line) -> str:
    """The words without their marks."""
    return "".join(map(_words, words))


def _words(words: Words) -> str:
    if isinstance(words, Mark):
        return ""
    return plain_keeping_ends(words.text if isinstance(words, Stretch | Jump) else words)


def plain_keeping_ends(text: str) -> str:
    """Plain, with the blank at either end that sets words apart."""
    shown = plain(text)
    return f"{' ' if text[:1] == ' ' else ''}{shown}{' ' if text[-1:] == ' ' and text.strip() else ''}"


def _heading(block: Heading) -> Iterator[str]:
    yield ""
    yield plain(block.text)
    if block.level == 1:
        yield ""


def _paragraph(block: Paragraph) -> Iterator[str]:
    yield f"! {text_of_line(block.words)}" if block.role is TextRole.WARNING else text_of_line(block.words)


def _bullets(block: Bullets) -> Iterator[str]:
    yield from (f"- {text_of_line(item)}" for item in block.items)


def _notes(block: Notes) -> Iterator[str]:
    yield from (f"[{number}] {text_of_line(item)}" for number, item in enumerate(block.items, 1))


def _grid(block: Grid) -> Iterator[str]:
    if block.caption:
        yield plain(block.caption)
    yield " | ".join(map(plain, block.heads))
    for row in block.rows:
        yield " | ".join(text_of_line(cell).replace("|", "/") for cell in row).rstrip()
    yield ""


_BLOCKS: dict[type, Callable[[Any], Iterator[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Notes: _notes,
    Grid: _grid,
}
