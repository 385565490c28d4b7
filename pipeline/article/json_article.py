"""The reader for articles that come as JSON answers: fields are found by the shape of their names and values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.article.attachments import attachments_in, file_at
from pipeline.article.generic import ArticlePage, text_of
from pipeline.article.heading import heading_in_text, is_bare
from pipeline.article.labels import labelled_in
from pipeline.article.metadata import Metadata, issuer_of, metadata_of
from pipeline.article.published import signed_of
from pipeline.model import Attachment, Unreadable
from pipeline.page.opened import json_of, tree_of
from pipeline.page.outline import Outline, outline_of
from pipeline.values.dates import When, read_date
from pipeline.values.identifiers import document_number_of, index_number_of
from pipeline.values.text import folded, squeeze

_MOST_FIELDS = 100_000  # an article has dozens

# Field names without _ and in lower case; earlier patterns are surer.
_CONTENT = re.compile(r"content|html|txt$|text$|body$|detail$|infobody|articlebody|neirong|^nr$|zhengwen|remark$")
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:title|headline|subject|(?:notice|bulletin|info|article|doc|news|gonggao|announcement)(?:title|name)|biaoti|bt)$",
        r"title$|ggmc$|^gonggaoname$",
        r"^name$|^(?:tender)?project(?:name)?$|xmmc$|(?:project|section)name$",
    )
)
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:publish|pub|release|issue|bulletin|notice|info|web|show)[a-z]*(?:time|date|day|str)$|^(?:fbsj|fbrq|fabu[a-z]*)$",
        r"publish|issu[a-z]*time|releasetime|pubdate|infodate|webdate",
        r"^(?:tm|time|date|addtime[a-z]*|createtime|createdate|createdtime|inputdate|sendtime)$",
    )
)
_ISSUERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:issuer|publisher|publish(?:org|unit|dept)[a-z]*|creatororgname|fbjg|fbdw)$",
        r"^(?:source|origin|infosource|laiyuan|ly|sourcename|orgname|unitname|platformname|systemname|deptname)$",
    )
)
_INDEXES = re.compile(r"^(?:indexno|indexnumber|indexcode|syh|suoyinhao|idxid)$")
_DOCUMENTS = re.compile(r"^(?:docno|fileno|filenum|filenumber|wenhao|wh|documentnumber|fwzh)$")
_ADDRESS = re.compile(r"(?:url|path|href|address)$")
_FILE_NAME = re.compile(r"^(?:name|title|(?:file|attach|attachment|fj)[a-z]*name|filetitle)$")
_TAG = re.compile(r"<[a-zA-Z!/][^<>]{0,2000}>")
_OPENING = frozenset("{[")
_SHORTEST_NAMED, _SHORTEST_TEXT = 8, 30  # characters of a field that is named as content, and of any other


@dataclass(frozen=True, slots=True)
class _Field:
    """A scalar of the answer: the object it belongs to, that object's depth, its plain name, its value."""

    owner: int
    depth: int
    name: str
    value: str


def article_of_json(answer: Any, base: str, zone: ZoneInfo, wanted: str = "") -> ArticlePage:
    """The article that an answer holds; of several, the one titled `wanted`, else the first. Raises Unreadable."""
    fields = list(_fields(answer))
    content = _content_of(fields, wanted)
    ordered = sorted(fields, key=lambda field: (field.owner != content.owner, field.depth))
    outline = _outline(content.value)
    whole = (0, len(outline.lines))
    title = _title_of(ordered)
    if not title and (heading := heading_in_text(outline.lines, *whole)):
        title = heading.text
    metadata = metadata_of(labelled_in(outline), {}, zone)
    return ArticlePage(
        title=title,
        sure=bool(title) and not is_bare(title),
        published=_date_of(ordered, zone),
        shown=None,
        signed=signed_of(outline, [], whole, zone),
        metadata=_completed(metadata, ordered),
        text=text_of(outline, *whole),
        attachments=_files(fields, outline, base),
        pictures=bool(outline.images),
    )


def _fields(answer: Any) -> Iterator[_Field]:
    """Every text and number of the answer in its order, without recursion."""
    waiting: list[tuple[int, int, str, Any]] = [(0, 0, "", answer)]
    owners = taken = 0
    while waiting and taken < _MOST_FIELDS:
        owner, depth, name, value = waiting.pop()
        taken += 1
        if isinstance(value, dict):
            owners += 1
            waiting.extend((owners, depth + 1, str(key), inner) for key, inner in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend((owner, depth + 1, name, inner) for inner in reversed(value))
        elif isinstance(value, str) and value[:1] in _OPENING and (inner := json_of(value)) is not None:
            waiting.append((owner, depth, name, inner))  # an answer written into a field of another
        elif isinstance(value, str | int) and not isinstance(value, bool):
            yield _Field(owner, depth, name.replace("_", "").replace("-", "").lower(), _text(value))


def _text(value: str | int) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if abs(value) < 10**15 else ""


def _content_of(fields: list[_Field], wanted: str) -> _Field:
    """The field with the text: named like one or holding markup; the longest, the first of those alike."""
    named = [field for field in fields if _CONTENT.search(field.name) and len(field.value) >= _SHORTEST_NAMED]
    found = named or [
        field
        for field in fields
        if len(field.value) >= _SHORTEST_TEXT and (_TAG.search(field.value) or field.value.count("\n") > 2)
    ]
    if not found:
        raise Unreadable("no body: the JSON answer has no field that reads like a text")
    longest = max(found, key=lambda field: len(field.value))
    rivals = [field for field in found if field.name == longest.name]
    if wanted:
        goal = folded(wanted)
        titled = {field.owner for field in fields if folded(field.value) == goal}
        rivals = [field for field in rivals if field.owner in titled] or rivals
    return rivals[0]


def _outline(value: str) -> Outline:
    """The lines of a content field: markup, escaped markup or plain text."""
    if not _TAG.search(value) and "&lt;" in value:
        value = unescape(value)
    if not _TAG.search(value):
        value = "".join(f"<p>{line}</p>" for line in value.replace("<", "&lt;").splitlines())
    return outline_of(tree_of(f"<div>{value}</div>"))


def _title_of(fields: list[_Field]) -> str:
    """The surest field that names the article, not just its kind; then the kind itself."""
    named = [field for pattern in _TITLES for field in fields if pattern.search(field.name)]
    titles = [squeeze(_TAG.sub("", field.value)) for field in named if 4 <= len(field.value) <= 400]
    plain = [title for title in titles if not is_bare(title)]
    return next(iter([*plain, *titles]), "")


def _date_of(fields: list[_Field], zone: ZoneInfo) -> When | None:
    named = (field for pattern in _DATES for field in fields if pattern.search(field.name))
    return next((when for field in named if len(field.value) <= 60 and (when := read_date(field.value, zone))), None)


def _files(fields: list[_Field], outline: Outline, base: str) -> tuple[Attachment, ...]:
    """The files that the text links and those that the answer lists beside it, each once."""
    names = {field.owner: field.value for field in reversed(fields) if _FILE_NAME.search(field.name)}
    found = {attachment.url: attachment for attachment in attachments_in(outline, base, 0)}
    for field in fields:
        if _ADDRESS.search(field.name) and (file := file_at(field.value, base, squeeze(names.get(field.owner, "")))):
            found.setdefault(file.url, file)
    return tuple(found.values())


def _completed(metadata: Metadata, fields: list[_Field]) -> Metadata:
    """The metadata with what the answer's own fields say before what the text says."""
    issuers = (field.value for pattern in _ISSUERS for field in fields if pattern.search(field.name))
    issuer = next((name for value in issuers if len(value) < 100 and (name := issuer_of(value))), "")
    index = next((index_number_of(field.value) for field in fields if _INDEXES.search(field.name)), "")
    document = next((document_number_of(field.value) for field in fields if _DOCUMENTS.search(field.name)), "")
    return replace(
        metadata,
        issuer=issuer or metadata.issuer,
        index_number=index or metadata.index_number,
        document_number=document or metadata.document_number,
    )
