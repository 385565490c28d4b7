"""What a page says about its text in labelled cells, lines and <meta> elements: numbers, issuer, validity, dates."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lxml import etree

from pipeline.article.labels import Labelled, Meta
from pipeline.page.outline import Outline
from pipeline.values.dates import When, read_date
from pipeline.values.identifiers import document_number_of, index_number_of
from pipeline.values.text import narrow, no_space, squeeze

_PUBDATE = (
    "pubdate",
    "publishdate",
    "publish_time",
    "publishtime",
    "article:published_time",
    "datepublished",
    "firstpublishedtime",
    "og:release_date",
    "apub:time",
    "weibo: article:create_at",
    "weibo:article:create_at",
    "parsely-pub-date",
    "_pubtime",
)
_META_TITLE = ("articletitle", "dc.title")
_META_SOURCE = ("contentsource", "source", "article:author")

_VOID = re.compile("失效|废止|作废|无效|^否$")
_STAMP = re.compile(
    r"[（(\[【]?(?:此件|本件|该文件|本文件|此文件|该文|本文)?(?:已|已经|现已)?(?:废止|作废|失效)[）)\]】]?[!！。]?"
)
_LONGEST_NAME = 60  # characters of an issuer's name
_CLUTTER = re.compile(
    r"(?:浏览|点击|阅读|访问|字号|字体|打印|分享|作者|编辑|发布|时间|日期|视力|背景|举报|纠错|评论|调整|收藏).*$|[|｜丨【\[（(·]+\s*$"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about the text; empty where the page is silent."""

    title: str
    index_number: str
    document_number: str
    issuer: str
    void: bool
    void_from: When | None


def metas_of(root: etree._Element) -> dict[str, str]:
    """The <meta> elements by lower-case name; the first of a name wins."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        attributes = element.attrib
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        if name and (content := attributes.get("content")) and len(content) < 1000:
            found.setdefault(name.lower(), squeeze(content))
    return found


def meta_published(metas: dict[str, str], zone: ZoneInfo) -> When | None:
    """The publication date that the page's head states."""
    return next((when for name in _PUBDATE if (when := read_date(metas.get(name, ""), zone))), None)


def meta_title(metas: dict[str, str]) -> str:
    """The title that the page's head states for the article."""
    return next((title for name in _META_TITLE if (title := metas.get(name, ""))), "")


def metadata_of(labels: Iterable[Labelled], metas: dict[str, str], zone: ZoneInfo) -> Metadata:
    """The facts that stand in `labels`, those outside the text."""
    found = list(labels)
    issuer = _first(found, Meta.ISSUER, issuer_of) or _first(found, Meta.ORIGIN, issuer_of)
    return Metadata(
        title=next(iter(titles_in(found)), ""),
        index_number=_first(found, Meta.INDEX, index_number_of),
        document_number=_first(found, Meta.DOCUMENT, document_number_of),
        issuer=issuer or next((name for key in _META_SOURCE if (name := issuer_of(metas.get(key, "")))), ""),
        void=any(_states_void(label) for label in found),
        void_from=next(_dates(found, Meta.VOID_DAY, zone), None),
    )


def titles_in(labels: Sequence[Labelled]) -> list[str]:
    """The titles that a metadata table states; 名称 heads a column of any table but beside an index number."""
    indexed = any(label.label is Meta.INDEX for label in labels)
    return [
        label.value
        for label in labels
        if label.label is Meta.TITLE and label.cell and label.value and (indexed or label.word != "名称")
    ]


def _first(labels: list[Labelled], wanted: Meta, read: Callable[[str], str]) -> str:
    return next((value for label in labels if label.label is wanted and (value := read(label.value))), "")


def _dates(labels: Iterable[Labelled], wanted: Meta, zone: ZoneInfo) -> Iterator[When]:
    return (when for label in labels if label.label is wanted and (when := read_date(label.value, zone)))


def date_under(labels: Iterable[Labelled], wanted: Meta, zone: ZoneInfo) -> When | None:
    """The first date that stands under such a label."""
    return next(_dates(labels, wanted, zone), None)


def _states_void(label: Labelled) -> bool:
    if label.label is not Meta.VALIDITY:
        return False
    value = no_space(label.value)
    if label.word in {"是否废止", "是否作废"}:
        return value.startswith("是") or value.startswith("已")
    return bool(_VOID.search(value))


def issuer_of(value: str) -> str:
    """The name in an issuer's cell, without what portals write behind it; "" when there is none."""
    name = _CLUTTER.sub("", squeeze(value)).strip(" :：|｜【】[]()（）-—_")
    if not name or len(name) > _LONGEST_NAME or narrow(name).lower() in {"none", "null", "无", "暂无"}:
        return ""
    return name if re.search(r"[^\W\d_]", name) else ""


_VOID_WORD = r"(?:废止|作废|失效)[）)\]】〕]"
_TITLE_STAMP = re.compile(
    rf"^[（(\[【〔](?:此件|本件|[本该原]公[告示])?(?:现?已)?{_VOID_WORD}|[（(\[【〔](?:现?已)?{_VOID_WORD}$"
)


def stamped_void(outline: Outline, outside: Iterable[int], title: str) -> bool:
    """Whether a line of its own outside the text, or a stamp at either end of the title, says that it is void."""
    if _TITLE_STAMP.search(title.strip()):
        return True
    if any(len(text := outline.lines[number].text) < 16 and _STAMP.fullmatch(text) for number in outside):
        return True
    return any(_STAMP.fullmatch(squeeze((image.element.get("alt") or "")[:16])) for image in outline.images)
