"""The counting definitions (口径), and the year and cell that a posting counts in."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.model import Definition

# The wording is part of the definition: a figure without it persuades nobody (lessons.md 10).
MEANING = {
    Definition.POSTINGS: "v1: 每个栏目中的每条信息计一条 / every notice in every channel that lists it counts once",
    Definition.PAGES: "v1: 每个网页计一条,不论几个栏目列出 / every page counts once, however many channels list it",
    Definition.DOCUMENTS: "v1: 内容相同的信息计一条 / notices that say the same thing count once",
}


@dataclass(frozen=True, slots=True)
class CubeCell:
    """Where a posting, page or document stands in the cube of counts; year and month 0: no date anywhere."""

    definition: str
    source: str
    year: int
    month: int
    bucket: str
    channel: str
    notice_type: str
    area: str
    region: str


def day_counted(published: datetime | None, zone: ZoneInfo) -> date | None:
    """The day of publication in the source's zone: 2014-12-31 23:59 in Lhasa counts in 2014, whatever UTC says."""
    return published.astimezone(zone).date() if published else None


def representative(postings: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The posting that stands for its page or document: earliest published, undated last, then key, then channel."""
    return min(postings, key=lambda row: (row["published_on"] or date.max, row["key"], row["channel"], row["id"]))


def posting_cells(rows: Iterable[Mapping[str, Any]]) -> Counter[CubeCell]:
    """One for every posting."""
    return Counter(_cell(Definition.POSTINGS, row) for row in rows)


def page_cells(rows: Iterable[Mapping[str, Any]]) -> Counter[CubeCell]:
    """One for every page, where its representative stands; a page's postings are given all or none."""
    return _group_cells(Definition.PAGES, rows, lambda row: (row["source"], row["key"]))


def document_cells(rows: Iterable[Mapping[str, Any]]) -> Counter[CubeCell]:
    """One for every document, where its representative stands; a document's postings are given all or none."""
    return _group_cells(Definition.DOCUMENTS, rows, lambda row: row["document"])


def _group_cells(
    definition: Definition, rows: Iterable[Mapping[str, Any]], group: Callable[[Mapping[str, Any]], object]
) -> Counter[CubeCell]:
    groups: dict[object, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(group(row), []).append(row)
    return Counter(_cell(definition, representative(members)) for members in groups.values())


def _cell(definition: Definition, row: Mapping[str, Any]) -> CubeCell:
    return CubeCell(
        definition.value,
        row["source"],
        row["year"] or 0,
        row["month"] or 0,
        row["bucket"],
        row["channel"],
        row["notice_type"],
        row["area"],
        row["region"],
    )
