"""The generic reader: title, date, metadata, text and attachments of any article page."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from lxml import etree

from pipeline.article.attachments import attachments_in
from pipeline.article.body import Sums, block_of, unmasked
from pipeline.article.heading import CODE_LINE, ArticleHeading, document_title, heading_in_text, heading_of, is_bare
from pipeline.article.labels import Labelled, Meta, labelled_in
from pipeline.article.metadata import Metadata, meta_title, metadata_of, metas_of, stamped_void, titles_in
from pipeline.article.published import beside, dated_lines, shown_of, signed_of, stated_of
from pipeline.article.trim import Furniture, trimmed, without_buttons
from pipeline.model import Attachment
from pipeline.page.outline import Outline, outline_of
from pipeline.page.table_text import lines_as_text
from pipeline.values.dates import When
from pipeline.values.identifiers import document_number_in
from pipeline.values.text import no_space

_REGISTERED = frozenset((Meta.INDEX, Meta.DOCUMENT))
_AT_THE_END = frozenset((Meta.PUBLISHED, Meta.ORIGIN, Meta.OTHER))
_LEAST_TEXT = 8  # characters; 因故延期，另行通知 is the shortest notice met
_UNDER_A_TITLE = frozenset((Meta.PUBLISHED, Meta.DATED, Meta.ORIGIN))


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What a page says of itself; what it does not say is empty or None."""

    title: str
    sure: bool  # the title is shown as one, not guessed, and more than a kind of notice: nobody knows better
    published: When | None  # as a label, a selector or a field calls it
    shown: When | None  # beside the text, unlabelled
    signed: When | None  # the date under the text, for want of a better one
    metadata: Metadata
    text: str
    attachments: tuple[Attachment, ...]
    pictures: bool  # the text's block shows images


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the title and the text stand."""

    heading: ArticleHeading | None
    start: int
    end: int
    block: int


def article_of(root: etree._Element, base: str, zone: ZoneInfo) -> ArticlePage:
    """What the page says, read from its tree."""
    outline = outline_of(root)
    labels = labelled_in(outline)
    metas = metas_of(root)
    place = _place_of(root, outline, labels)
    span = (place.start, place.end)
    outside = [label for label in labels if not place.start <= label.line < place.end]
    metadata = metadata_of(outside, metas, zone)
    title, sure = _title_of(root, metadata, metas, place, labels)
    head = (place.heading.start, place.heading.end) if place.heading else (0, 0)
    labelled = {label.line for label in outside if label.label in _UNDER_A_TITLE}
    own = beside(outline, head, span, labelled, title).lines
    told = sorted(
        (label for label in outside if own[label.line].text),
        key=lambda label: (not label.cell, bool(place.heading) and label.line < head[0]),
    )
    return ArticlePage(
        title=title,
        sure=sure,
        published=stated_of(told, metas, zone),
        shown=shown_of(own, told, span, zone),
        signed=signed_of(outline, labels, span, zone),
        metadata=_completed(metadata, outline, place, title),
        text=text_of(outline, place.start, place.end),
        attachments=attachments_in(outline, base, place.heading.start if place.heading else 0),
        pictures=_shows_pictures(outline, place),
    )


def text_of(outline: Outline, start: int, end: int) -> str:
    """The lines, a table's rows as rows, without hidden ones and navigation."""
    return without_buttons(lines_as_text(outline, start, end))


def whole_text(element: etree._Element) -> str:
    """All that an element shows, as lines."""
    outline = outline_of(element)
    return text_of(outline, 0, len(outline.lines))


def _place_of(root: etree._Element, outline: Outline, labels: list[Labelled]) -> _Spot:
    dated = dated_lines(outline) | {label.line for label in labels if label.label in _UNDER_A_TITLE}
    heading = heading_of(root, outline, dated)
    if heading and _is_the_documents_own(heading, labels, dated):
        heading = None
    furniture = _furniture(outline, labels, heading, dated)
    sums = Sums(outline, furniture.head)
    if sums.between(0, len(outline.lines)) < _LEAST_TEXT:
        unmasked(outline)
        sums = Sums(outline, furniture.head)
    block = block_of(outline, sums)
    if block is None:
        at = heading.end if heading else 0
        return _Spot(heading, at, at, -1)
    start, end = _range(outline, block)
    if heading and start <= heading.start < end and sums.between(start, heading.start) < sums.between(heading.end, end):
        start = heading.end
    start, end = trimmed(outline, start, end, furniture)
    if start and not heading and CODE_LINE.fullmatch(outline.lines[start - 1].text):
        start -= 1  # 招标编号：… above the table that is the text
    return _headed(outline, _Spot(heading, start, end, block), titled=bool(titles_in(labels)))


def _headed(outline: Outline, place: _Spot, *, titled: bool) -> _Spot:
    """The place with its text after a title that is repeated in it or stands nowhere else."""
    start, end = place.start, place.end
    if place.heading:
        return replace(place, start=_after_repeated(outline, start, end, place.heading.text))
    if titled or not (heading := heading_in_text(outline.lines, start, end)):
        return place
    return replace(place, heading=heading, start=start if is_bare(heading.text) else heading.end)


def _is_the_documents_own(heading: ArticleHeading, labels: list[Labelled], dated: frozenset[int]) -> bool:
    """A page that tells the title in its metadata shows the document's own heading as part of the text."""
    stated = [no_space(title) for title in titles_in(labels)]
    return bool(stated) and (
        no_space(heading.text) not in stated or dated.isdisjoint(range(heading.end, heading.end + 3))
    )


def _range(outline: Outline, block: int) -> tuple[int, int]:
    return (outline.nodes[block].start, outline.nodes[block].end) if block >= 0 else (0, len(outline.lines))


def _furniture(
    outline: Outline, labels: list[Labelled], heading: ArticleHeading | None, dated: frozenset[int]
) -> Furniture:
    """Lines that hold the title or metadata, not text."""
    head: set[int] = set()
    under = -1  # the line that tells when, below the heading
    if heading:
        under = min(dated.intersection(range(heading.end, heading.end + 5)), default=-1)
        head = {*range(heading.start, heading.end), under}
    tail: set[int] = set()
    indexed = any(label.label in _REGISTERED and label.cell for label in labels)
    for label in labels:
        if not _is_furniture(label, under, indexed=indexed):
            continue
        own = {label.line}
        if label.value and label.line + 1 < len(outline.lines) and outline.lines[label.line + 1].text == label.value:
            own.add(label.line + 1)
        head |= own
        if label.label in _AT_THE_END and not label.cell:
            tail |= own
    return Furniture(frozenset(head), frozenset(tail))


def _is_furniture(label: Labelled, under: int, *, indexed: bool) -> bool:
    """Whether the label belongs to the page and not to what its text tells (时间：… 地点：…, a table's 分类)."""
    if label.label is Meta.SUBJECT:
        return False
    if label.cell:
        return indexed
    if label.label is Meta.DATED:
        return label.line in (under, under - 1)
    return label.word != "名称"


def _after_repeated(outline: Outline, start: int, end: int, title: str) -> int:
    """The line after the title where the text begins with it once more."""
    whole, seen = no_space(title), ""
    for number in range(start, min(end, start + 4)):
        seen += no_space(outline.lines[number].text)
        if seen == whole:
            return number + 1
        if not whole.startswith(seen):
            break
    return start


def _title_of(
    root: etree._Element, metadata: Metadata, metas: dict[str, str], place: _Spot, labels: list[Labelled]
) -> tuple[str, bool]:
    """The title that the metadata, the page's head or a heading states, and True; else what may do, and False."""
    shown = place.heading.text if place.heading else ""
    stated = metadata.title or meta_title(metas) or shown
    if stated and not is_bare(stated):
        return stated, True
    subject = next((label.value for label in labels if label.label is Meta.SUBJECT and len(label.value) >= 10), "")
    if stated:
        return subject + stated, False
    return document_title(root) or subject, False


def _completed(metadata: Metadata, outline: Outline, place: _Spot, title: str) -> Metadata:
    """The metadata with what the head of the text and stamps around it say."""
    outside = [*range(place.start), *range(place.end, len(outline.lines))]
    number = metadata.document_number or next(
        (found for line in outline.lines[place.start : place.start + 6] if (found := document_number_in(line.text))), ""
    )
    void = metadata.void or stamped_void(outline, outside, title)
    return replace(metadata, document_number=number, void=void)


def _shows_pictures(outline: Outline, place: _Spot) -> bool:
    start, end = _range(outline, place.block)
    return any(start <= image.line <= end for image in outline.images)
