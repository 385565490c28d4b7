"""The wording of a drafted report: the section's sentences, in Chinese whatever the language of the notes around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.draft.figures import Draft, Figure
from pipeline.report.title import title_of
from pipeline.report.words import channel_named

HEADING = "主动公开政府信息情况"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure's number within a sentence."""

    figure: str  # its key
    count: int


Piece: TypeAlias = str | Number
Sentence: TypeAlias = tuple[Piece, ...]

_LISTED = "（网站以外的据登记清单）。"
# 行业动态115条 needs no further noun, 保障性住房 does.
_NAMES_PUBLICATIONS = re.compile(r"(?:信息|动态|公告|公示|通知|图文|解读|要闻|新闻|文件|图片|报道|公报|[)）])$")


def title_of_draft(draft: Draft) -> str:
    """The report's title line, as far as the office is known."""
    return f"{draft.office}{draft.year}年政府信息公开工作年度报告"


def sentences_of(draft: Draft) -> tuple[Sentence, ...]:
    """The sentences that the counts support; a figure of which nothing was observed is in none of them."""
    opening = f"{draft.year}年，{draft.office or '我单位'}"
    media = [figure for figure in (draft.portal, *draft.registers) if figure.count is not None]
    total = draft.total
    if not media:
        return ()
    if total is None:
        first: Sentence = (
            opening,
            *_of_medium(media[0], draft, "主动公开政府信息"),
            _LISTED if draft.registers else "。",
        )
    else:
        named: list[Piece] = [opening, "共主动公开政府信息", Number(total.key, total.held.count), "条，包括："]
        for place, figure in enumerate(media):
            named += ["；" if place else "", *_of_medium(figure, draft, "公开信息")]
        first = (*named, _LISTED)
    return (first, *_apart(draft)) if draft.overlapping and draft.portal.count is not None else (first,)


def cited(draft: Draft) -> tuple[Figure, ...]:
    """The figures that the section names, in its order."""
    keys = {piece.figure for sentence in sentences_of(draft) for piece in sentence if isinstance(piece, Number)}
    return tuple(figure for figure in draft.figures if figure.key in keys)


def text_of_draft(draft: Draft) -> str:
    """Title, heading and section as plain text: what a report would say, and what is fed back to be verified."""
    lines = ("".join(_text(piece) for piece in sentence) for sentence in sentences_of(draft))
    return "\n".join((title_of_draft(draft), HEADING, *lines)) + "\n"


def _text(piece: Piece) -> str:
    return str(piece.count) if isinstance(piece, Number) else piece


def _via(draft: Draft) -> str:
    """通过门户网站, with the portal's name where that does not speak of another medium.

    In a government's own report the bare word means the government's site, whichever this portal is.
    """
    site = "官方门户网站" if title_of(title_of_draft(draft), draft.year).government else "门户网站"
    name = draft.portal_name.strip()
    is_plain = 0 < len(name) <= 30 and channel_named(name) in {"", "portal"} and not re.search(r"[\W\d_]", name)
    return f"通过{site}（{name}）" if is_plain else f"通过{site}"


def _of_medium(figure: Figure, draft: Draft, verb: str) -> Sentence:
    if figure is not draft.portal:
        return f"通过{figure.name}{verb}", Number(figure.key, figure.held.count), "条"
    parts = () if draft.overlapping else _parts(draft)
    return f"{_via(draft)}{verb}", Number(figure.key, figure.held.count), "条", *parts


def _parts(draft: Draft) -> Iterator[Piece]:
    """，其中：行业动态115条，招标公告中标公示5505条."""
    figures = [figure for figure in (*draft.parts, draft.rest) if figure is not None and figure.count]
    for place, figure in enumerate(figures):
        yield f"{'，' if place else '，其中：'}{_called(figure)}"
        yield Number(figure.key, figure.count or 0)
        yield "条"


def _apart(draft: Draft) -> Iterator[Sentence]:
    """One sentence for each line: they share publications, so they are no list of parts."""
    for figure in draft.parts:
        if figure.count:
            number = Number(figure.key, figure.count)
            yield f"{draft.year}年，{_via(draft)}公开{_called(figure)}", number, "条。"


def _called(figure: Figure) -> str:
    return figure.name if _NAMES_PUBLICATIONS.search(figure.name) else f"{figure.name}信息"
