"""A draft as a paper: the section, what it rests on, what is not known, tables, and the rows behind every number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.classify.names import TYPE_NAMES
from pipeline.count.definitions import MEANING
from pipeline.count.media import WORDS
from pipeline.count.slice_words import reading_words
from pipeline.coverage.hole_words import hole_told
from pipeline.draft import national_table
from pipeline.draft.check import is_right, sentences_about
from pipeline.draft.figures import PORTAL, TOTAL, Checked, Draft, Figure, Split
from pipeline.draft.phrases import PHRASES, Phrases
from pipeline.draft.sentences import HEADING, Number, Sentence, cited, sentences_of, title_of_draft
from pipeline.model import Hole, NoticeType
from pipeline.paper.blocks import (
    Block,
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
    cells,
    one_language,
)

_MOST_HOLES = 30  # named; the rest are counted, `duizhang coverage` names all


@dataclass(frozen=True, slots=True)
class Occasion:
    """By which program and when a paper was written, in which language ("zh" or "en")."""

    program: str  # "duizhang 0.1.0"
    at: datetime
    language: str
    zone: ZoneInfo
    names: Mapping[str, str]  # of sections, by key
    rows: bool = False  # the rows behind every number stand in the paper


def draft_paper(draft: Draft, checked: Checked, occasion: Occasion) -> Paper:
    """The whole paper; the section is Chinese, the rest in the language asked for."""
    phrases = PHRASES[occasion.language]
    title = title_of_draft(draft)
    blocks = (
        Heading(title, 1),
        Paragraph((_head(draft, occasion),), TextRole.NOTE),
        Heading(HEADING),
        *_section(draft, phrases),
        Paragraph(
            (sentences_about(draft, checked, occasion.language),),
            TextRole.GOOD if is_right(draft, checked) else TextRole.WARNING,
        ),
        *_warnings(draft, occasion),
        Heading(phrases.sources),
        Notes(tuple(_note(figure, draft, occasion) for figure in cited(draft))),
        *_splits(draft, phrases, occasion),
        *_national(draft, phrases),
        *(_appendix(draft, occasion) if occasion.rows else ()),
    )
    return Paper(title, occasion.language, blocks)


def _head(draft: Draft, occasion: Occasion) -> str:
    known = f"{draft.known_at.astimezone(occasion.zone):%Y-%m-%d %H:%M}" if draft.known_at else "?"
    return PHRASES[occasion.language].head.format(
        program=occasion.program,
        at=f"{occasion.at.astimezone(occasion.zone):%Y-%m-%d %H:%M}",
        source=draft.source,
        portal=draft.portal_name,
        known=known,
        definition=one_language(MEANING[draft.definition], occasion.language),
    )


def _section(draft: Draft, phrases: Phrases) -> Iterator[Block]:
    notes = {figure.key: number for number, figure in enumerate(cited(draft), 1)}
    sentences = sentences_of(draft)
    for sentence in sentences:
        yield Paragraph(tuple(_marked(sentence, notes)))
    if not sentences:
        yield Paragraph((phrases.nothing,), TextRole.WARNING)


def _marked(sentence: Sentence, notes: Mapping[str, int]) -> Iterator[str | Mark]:
    """Each number with its unit, then its mark."""
    waiting: int | None = None
    for piece in sentence:
        if isinstance(piece, Number):
            yield str(piece.count)
            waiting = notes[piece.figure]
            continue
        unit = 1 if waiting is not None else 0
        yield piece[:unit]
        if waiting is not None:
            yield Mark(waiting)
        waiting = None
        yield piece[unit:]


def _warnings(draft: Draft, occasion: Occasion) -> Iterator[Block]:
    phrases, holes = PHRASES[occasion.language], _holes(draft)
    if holes:
        yield Paragraph((phrases.holes,), TextRole.WARNING)
        named = [hole_told(hole, occasion.language, occasion.names) for hole in holes[:_MOST_HOLES]]
        more = [phrases.more.format(n=len(holes) - len(named))] if len(holes) > len(named) else []
        yield Bullets(tuple((one,) for one in (*named, *more)))
    told = list(_told(draft, occasion, phrases))
    if told:
        yield Bullets(tuple((one,) for one in told))


def _told(draft: Draft, occasion: Occasion, phrases: Phrases) -> Iterator[str]:
    """What a clerk must know before the section is used."""
    for figure in draft.parts:
        if not figure.count:
            yield (phrases.unobserved if figure.count is None else phrases.zero).format(name=figure.name)
    if draft.known_at and draft.known_at.astimezone(occasion.zone).date() <= date(draft.year, 12, 31):
        yield phrases.unfinished.format(year=draft.year)
    if draft.void:
        yield phrases.void.format(n=draft.void)
    if draft.undated:
        yield phrases.undated.format(n=draft.undated)
    if draft.rest:
        yield phrases.rest.format(n=draft.rest.count, source=draft.source)
    if draft.overlapping:
        yield phrases.overlapping
    yield from _of_register(draft, occasion)


def _of_register(draft: Draft, occasion: Occasion) -> Iterator[str]:
    phrases, chinese = PHRASES[occasion.language], occasion.language == "zh"
    if not draft.registers and not draft.left_out:
        yield phrases.no_register.format(source=draft.source)
        return
    yield phrases.listed
    if draft.left_out:
        media = "、".join(f"{WORDS[medium][0 if chinese else 1]} {n}" for medium, n in draft.left_out)
        yield phrases.left_out.format(media=media)


def _holes(draft: Draft) -> tuple[Hole, ...]:
    """Those of all figures, each once."""
    of_all = (hole for figure in (draft.portal, *draft.parts, *draft.registers) for hole in figure.held.holes)
    return tuple(dict.fromkeys(of_all))


# --- what a number rests on ------------------------------------------------------------------------------------------


def _note(figure: Figure, draft: Draft, occasion: Occasion) -> Line:
    phrases, chinese = PHRASES[occasion.language], occasion.language == "zh"
    words: list[str | Stretch | Jump] = [Stretch(f"{_name(figure, draft, phrases)}: {_count(figure)}", TextRole.STRONG)]
    words += [_terms(draft) if figure.key == TOTAL else "", ". "]
    if figure.reading is not None:
        words.append(reading_words(figure.reading, occasion.names)[0 if chinese else 1] + ". ")
    words.append(_range(figure, phrases))
    if figure.commands and figure.key != TOTAL:
        words.append(phrases.opens)
        for place, command in enumerate(figure.commands):
            words += ["; " if place else "", Stretch(command, TextRole.CODE)]
    if occasion.rows and figure.rows.total:
        words += [" ", Jump(phrases.rows.format(n=figure.rows.total), _place(figure))]
    return tuple(words)


def _name(figure: Figure, draft: Draft, phrases: Phrases) -> str:
    if figure.key == TOTAL:
        return phrases.total
    return phrases.portal if figure.key == PORTAL else figure.name


def _terms(draft: Draft) -> str:
    """What a total of all media is added up from."""
    return " = " + " + ".join(str(one.count) for one in (draft.portal, *draft.registers) if one.count is not None)


def _count(figure: Figure) -> str:
    return "-" if figure.count is None else str(figure.count)


def _range(figure: Figure, phrases: Phrases) -> str:
    interval = figure.held.interval
    if figure.count is None:
        return phrases.not_observed
    if interval.high is None:
        return phrases.at_least.format(low=interval.low)
    if interval.low == interval.high:
        return ""
    return phrases.between.format(low=interval.low, high=interval.high)


def _place(figure: Figure) -> str:
    return f"rows-{''.join(one if one.isalnum() else '-' for one in figure.key)}"


# --- tables ----------------------------------------------------------------------------------------------------------


def _splits(draft: Draft, phrases: Phrases, occasion: Occasion) -> Iterator[Block]:
    if draft.portal.count is None:
        return
    observed = [place for place, figure in enumerate(draft.parts) if figure.count is not None]
    heads = (phrases.month, phrases.portal, *(draft.parts[place].name for place in observed))
    columns = [0, *(place + 1 for place in observed)]  # the first is the portal
    rows = [cells((split.name, *(split.counts[column] for column in columns))) for split in draft.months]
    sums = [sum(split.counts[column] for split in draft.months) for column in columns]
    yield Heading(phrases.by_month)
    yield Grid(heads, (*rows, cells((phrases.all, *sums))), frozenset(range(1, len(heads))))
    yield Heading(phrases.by_type)
    types = [cells((_type(split, occasion.language), *split.counts)) for split in draft.types]
    yield Grid((phrases.type, phrases.portal), tuple(types), frozenset({1}))


def _type(split: Split, language: str) -> str:
    return TYPE_NAMES[NoticeType(split.name)][0 if language == "zh" else 1]


def _national(draft: Draft, phrases: Phrases) -> Iterator[Block]:
    yield Heading(f"{national_table.HEADING} ({phrases.national.format(form=national_table.FORM)})")
    for item in national_table.ITEMS:
        blank = len(item.columns) - 1
        yield Grid(item.columns, tuple(cells((row, *[None] * blank)) for row in item.rows), caption=item.name)
    yield Paragraph((phrases.empty_cells,), TextRole.NOTE)
    if draft.year < national_table.FIRST_YEAR:
        yield Paragraph((phrases.older.format(year=draft.year, first=national_table.FIRST_YEAR),), TextRole.NOTE)


def _appendix(draft: Draft, occasion: Occasion) -> Iterator[Block]:
    phrases = PHRASES[occasion.language]
    yield Heading(phrases.appendix)
    for figure in cited(draft):
        if not figure.rows.total:
            continue
        yield Heading(f"{_name(figure, draft, phrases)}: {figure.rows.total}", 3, _place(figure))
        if len(figure.rows.first) < figure.rows.total:
            yield Paragraph((phrases.first.format(n=len(figure.rows.first), total=figure.rows.total),), TextRole.NOTE)
        heads = (phrases.id, phrases.day, phrases.title, phrases.channel)
        rows = (
            (
                (Stretch(row.id, TextRole.CODE),),
                *cells((row.day, row.title, occasion.names.get(row.channel, row.channel))),
            )
            for row in figure.rows.first
        )
        yield Grid(heads, tuple(rows))
