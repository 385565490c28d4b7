"""What a listing row says: its title, its date, its category, each in the row's own words."""

import re
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from pipeline.listing.blocks import BlockRow
from pipeline.listing.candidates import is_navigation
from pipeline.listing.row_date import date_among, is_date, without_date
from pipeline.model import Lead
from pipeline.page.links import pieces
from pipeline.values.text import squeeze, visible

_LONGEST = 1500  # characters of a row; a row with a summary has 300
_GAP = 8  # siblings between two rows: <br>, an image, the date
_BLOCKS = frozenset(("div", "p", "li", "dl", "dt", "dd", "table", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt"))
_CUT = re.compile(r"(?:…|\.{2,}|⋯)\s*$")
_BRACKETED = re.compile(r"[\[【〔［]\s*([^\[\]【】〔〕［］]{1,14}?)\s*[\]】〕］]")
_BULLET = re.compile(r"^[·•▪■◆◇●○★☆>›»∙‧\s]+(?=\S)")
_NOT_A_LABEL = frozenset(("置顶", "顶", "new", "hot", "新", "热", "图", "荐", "推荐", "图文", "附件", "top", "急"))


@dataclass(frozen=True, slots=True)
class RowText:
    """The texts of a row in reading order: before its link, in it, after it."""

    before: list[str]
    inside: list[str]
    after: list[str]

    @property
    def outside(self) -> list[str]:
        return self.before + self.after


def texts_of(rows: list[BlockRow]) -> list[RowText]:
    """The texts of each row; where rows are bare links, what stands between them belongs to them."""
    texts = [_own(row) for row in rows]
    bare = sum(not text.outside for text in texts)
    if not bare * 2 > len(rows) and rows[0].element.tag not in {"tr", "dt", "p", "h3", "h4"}:
        return texts
    if sum(bool(date_of(text)) for text in texts) * 2 > len(rows):
        return texts
    gaps = [_between(row.element, following.element) for row, following in pairwise(rows)]
    widest = max((count for count, _ in gaps), default=3)
    gaps.append(_between(rows[-1].element, None, widest))
    first = _preceding(rows[0].element, widest)
    if date_among(first) and not date_among(gaps[-1][1]):
        return [
            RowText(before + text.before, text.inside, text.after)
            for text, before in zip(texts, [first, *(gap for _, gap in gaps)], strict=False)
        ]
    return [RowText(text.before, text.inside, text.after + gap) for text, (_, gap) in zip(texts, gaps, strict=True)]


def date_of(text: RowText) -> str:
    """The row's date as written, "" when it has none."""
    return (
        date_among(text.outside)
        or date_among([piece for piece in text.inside if is_date(piece)])
        or _split_inside(text)
    )


def _split_inside(text: RowText) -> str:
    return date_among([piece for piece in text.inside if len(piece) <= 10]) if len(text.inside) > 2 else ""


def lead_of(row: BlockRow, text: RowText) -> Lead:
    """The row as a lead."""
    link = row.link
    title = title_of(link.element, text.inside, link.title)
    if _CUT.search(title):
        title = _uncut(row.element, title)
    published = date_of(text)
    if (
        not text.inside
        and not (link.element.get("title") or "")
        and len(longest := _longest(text.outside)) > len(title)
    ):
        title = longest
    title, trailing = without_date(title)
    return Lead(link.url, _BULLET.sub("", visible(title)), published or trailing, _label(text, title))


def _uncut(row: etree._Element, title: str) -> str:
    """The whole title where another link or picture of the row bears it."""
    beginning = _CUT.sub("", title).strip()
    named = (" ".join((one.get(name) or "").split()) for one in row.iter("a", "img") for name in ("title", "alt"))
    return next((name for name in named if beginning and name.startswith(beginning) and not _CUT.search(name)), title)


def title_of(element: etree._Element, texts: list[str], fallback: str) -> str:
    """The longer of the link's text and its title attribute; the attribute when the text is cut."""
    written = _heading_in(element, texts) if _is_wrapping(element) else " ".join("".join(pieces(element)).split())
    given = " ".join((element.get("title") or "").split())
    if given and (not written or _CUT.search(written) or len(given) > len(written)):
        return given
    return written or fallback


def _is_wrapping(element: etree._Element) -> bool:
    """True for a link around a whole row and not only its title."""
    if element.tag != "a":
        return True
    return any(
        inner.tag in _BLOCKS or is_date(squeeze(inner.text or "")) for inner in element.iterdescendants(etree.Element)
    )


def _heading_in(element: etree._Element, texts: list[str]) -> str:
    heading, loose, paragraph = "", "", ""
    for inner in element.iter(etree.Element):
        words = squeeze(inner.text or "")
        if inner is not element and inner.tag in _HEADINGS and not heading:
            heading = squeeze("".join(pieces(inner)))
        if not words or is_date(words):
            continue
        if inner.tag in {"p", "dd"} and inner is not element:
            paragraph = paragraph or words
        elif len(words) > len(loose):
            loose = words
    return heading or loose or paragraph or (max(texts, key=len) if texts else "")


def _own(row: BlockRow) -> RowText:
    texts = _texts(row.element)
    inside = _texts(row.link.element)
    if row.element is row.link.element:
        return RowText([], inside, [])
    count = len(inside)
    start = next((at for at in range(len(texts)) if texts[at : at + count] == inside), 0) if count else 0
    return RowText(texts[:start], inside, texts[start + count :])


def _texts(element: etree._Element) -> list[str]:
    return [words for piece in pieces(element, _LONGEST) if (words := " ".join(piece.split()))]


def _between(one: etree._Element, other: etree._Element | None, most: int = _GAP) -> tuple[int, list[str]]:
    """How many siblings stand between two rows (or follow the last one), and their texts."""
    texts = [one.tail or ""]
    following = one.getnext()
    count = 0
    while following is not None and following is not other and count < most:
        texts += [*_texts(following), following.tail or ""]
        following = following.getnext()
        count += 1
    if other is not None and following is not other:
        return 0, []
    return count, [words for text in texts if (words := squeeze(text))]


def _preceding(element: etree._Element, most: int) -> list[str]:
    texts: list[str] = []
    before = element.getprevious()
    for _ in range(most):
        if before is None:
            break
        texts = [*_texts(before), squeeze(before.tail or ""), *texts]
        before = before.getprevious()
    if before is None and (parent := element.getparent()) is not None:
        texts = [squeeze(parent.text or ""), *texts]
    return [text for text in texts if text]


def _longest(texts: list[str]) -> str:
    """The row's longest text that is neither date nor navigation: the title of a picture row."""
    return max((text for text in texts if not is_date(text) and not is_navigation(text)), key=len, default="")


def _label(text: RowText, title: str) -> str:
    for bracketed in _BRACKETED.finditer("".join(text.before)[-200:] + " " + "".join(text.after)[:200]):
        words = bracketed[1]
        if words.lower() not in _NOT_A_LABEL and not is_date(words) and not is_navigation(words) and words != title:
            return words
    short = (words for words in text.before if 2 <= len(words) <= 12)
    return next((words for words in short if _is_label(words)), "")


def _is_label(words: str) -> bool:
    bare = words.strip("|:：[]【】 ")
    return (
        bare.lower() not in _NOT_A_LABEL
        and not is_date(bare)
        and not is_navigation(bare)
        and any("一" <= c <= "鿿" for c in bare)
    )
