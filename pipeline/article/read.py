"""What a page says: a notice read from its capture."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.article.generic import ArticlePage, article_of, whole_text
from pipeline.article.json_article import article_of_json
from pipeline.article.layouts import layout_of
from pipeline.article.listed_file import notice_of_file
from pipeline.article.metadata import Metadata
from pipeline.article.one_of_many import chosen_from
from pipeline.article.published import PublicationDay, day_of
from pipeline.model import Capture, Layout, Lead, Notice, Source, Unreadable
from pipeline.page import open_page
from pipeline.page.listed_file import is_listed_file
from pipeline.page.opened import Page
from pipeline.values.dates import read_date
from pipeline.values.identifiers import index_valid
from pipeline.values.text import no_space, squeeze

_CUT = re.compile(r"(?:…+|\.{2,}|。{2,}|·{3,})$")
_LOST = "\N{REPLACEMENT CHARACTER}"
_PROSE = re.compile("[。；;]")


def read_notice(capture: Capture, source: Source, parts: Sequence[Capture] = ()) -> Notice:
    """The notice on a page and its further pages or frames; raises Unreadable when title or body is missing."""
    if is_listed_file(capture):
        return notice_of_file(capture, source)
    return read_page(open_page(capture), capture, source, parts)


def read_page(page: Page, capture: Capture, source: Source, parts: Sequence[Capture] = ()) -> Notice:
    """As read_notice, for a capture that is open already."""
    layout = layout_of(source, capture.visit.channel, capture.fetched_at)
    lead = capture.visit.lead or Lead(capture.visit.url)
    article = _selected(page, layout, source, lead)
    for part in parts:
        article = _joined(article, _article(open_page(part), source, part.visit.lead or Lead(part.visit.url)))
    title = _title(article, lead)
    if not title:
        raise Unreadable("no title: neither the page nor the listing names the notice")
    if not article.text and not article.attachments and not article.pictures:
        raise Unreadable("no body: the page has neither text nor attachments nor pictures")
    return _notice(capture, article, title, day_of(capture, source, (article.published, article.shown, article.signed)))


def _notice(capture: Capture, article: ArticlePage, title: str, day: PublicationDay) -> Notice:
    when = day.when
    said = article.metadata
    ended = said.void_from is not None and said.void_from.moment <= capture.fetched_at
    return Notice(
        source=capture.visit.source,
        channel=capture.visit.channel,
        url=capture.visit.url,
        title=title,
        published=when.moment if when else None,
        published_precision=when.precision if when else "day",
        issuer=said.issuer,
        index_number=said.index_number,
        index_valid=index_valid(said.index_number) if said.index_number else None,
        document_number=said.document_number,
        void=said.void or ended,
        text=article.text,
        attachments=article.attachments,
        doubts=day.doubts,
    )


def _article(page: Page, source: Source, lead: Lead) -> ArticlePage:
    if page.is_json:
        return article_of_json(chosen_from(page.json, lead, source.zone), page.url, source.zone, lead.title)
    return article_of(page.html, page.base, source.zone)


def _selected(page: Page, layout: Layout, source: Source, lead: Lead) -> ArticlePage:
    """The article with what the layout's selectors name in place of what the generic reader found."""
    article = _article(page, source, lead)
    if page.is_json:
        return article
    if layout.heading:
        title = _chosen(page, layout.heading, "heading")
        article = replace(article, title=title, sure=True)
    if layout.published:
        written = _chosen(page, layout.published, "published")
        if not (when := read_date(written, source.zone)):
            raise Unreadable(f"the published selector {layout.published!r} gives {written[:60]!r}, which is no date")
        article = replace(article, published=when)
    if layout.text:
        article = replace(article, text=_text(page, layout.text))
    return article


def _chosen(page: Page, selector: str, name: str) -> str:
    """The text that a selector names, over all that it matches. Raises Unreadable when that is nothing."""
    pieces = [squeeze(piece.xpath("string()").get() or piece.get()) for piece in page.select.css(selector)]
    if text := " ".join(filter(None, pieces)):
        return text
    raise Unreadable(f"the {name} selector {selector!r} matches nothing")


def _text(page: Page, selector: str) -> str:
    """The lines of every element that the selector names."""
    pieces = []
    for match in page.select.css(selector):
        if isinstance(match.root, str):
            pieces.append(squeeze(match.root))
        else:
            pieces.append(whole_text(match.root))
    if text := "\n".join(filter(None, pieces)):
        return text
    raise Unreadable(f"the text selector {selector!r} matches nothing")


def _joined(article: ArticlePage, part: ArticlePage) -> ArticlePage:
    """The article with a further page or frame: a shell whose own text is no prose had only the frame."""
    shell = len(article.text) < len(part.text) and not _PROSE.search(article.text)
    known = {attachment.url for attachment in article.attachments}
    more = tuple(attachment for attachment in part.attachments if attachment.url not in known)
    first = part if part.title and not article.sure and part.sure else article
    return replace(
        article,
        title=first.title,
        sure=first.sure,
        published=article.published or part.published,
        shown=article.shown or part.shown,
        signed=part.signed or article.signed,
        metadata=_merged(article.metadata, part.metadata),
        text=part.text if shell else "\n".join(filter(None, (article.text, part.text))),
        attachments=article.attachments + more,
        pictures=article.pictures or part.pictures,
    )


def _merged(shell: Metadata, frame: Metadata) -> Metadata:
    """What the shell says, and where it is silent what the frame says."""
    return Metadata(
        title=shell.title or frame.title,
        index_number=shell.index_number or frame.index_number,
        document_number=shell.document_number or frame.document_number,
        issuer=shell.issuer or frame.issuer,
        void=shell.void or frame.void,
        void_from=shell.void_from or frame.void_from,
    )


def _title(article: ArticlePage, lead: Lead) -> str:
    """The page's title, unless the listing's is the surer or the longer of the two."""
    listed = squeeze(lead.title)
    if _LOST in article.title:  # bytes of the page that no charset knows; the listing may have come whole
        return listed if listed and _LOST not in listed else article.title.strip(_LOST)
    if not article.title or not listed:
        return article.title or listed
    page, whole = _uncut(article.title), _uncut(listed)
    if page != no_space(article.title) and whole.startswith(page) and len(whole) > len(page):
        return listed
    if article.sure or (whole != no_space(listed) and _uncut(article.title).startswith(whole)):
        return article.title
    return listed


def _uncut(title: str) -> str:
    """The title without white space and without the … that says that it goes on."""
    return _CUT.sub("", no_space(title))
