"""How many publications a register holds: a publication in several lists is one, a content in several media may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.count.media import Medium
from pipeline.count.slices import BEGINNING, Scope, Slice
from pipeline.model import Definition

SHORTEST_TITLE = 6  # characters of a title that tells a publication from others


@dataclass(frozen=True, slots=True)
class Publication:
    """One registered row as it is counted."""

    kind: Medium
    medium_key: str
    title_key: str
    published_on: date
    on_portal: bool  # a posting of the portal says the same


@dataclass(frozen=True, slots=True)
class Listed:
    """The publications of the lists, and the rows that could not be read, each of which may be one."""

    publications: tuple[Publication, ...]
    unread: int


def in_slice(listed: Iterable[Publication], reading: Slice) -> list[Publication]:
    """Those of the slice's period and media; beside the portal, those that no posting of it says."""
    return [
        one
        for one in listed
        if _is_within(one.published_on, reading)
        and (not reading.media or one.kind in reading.media)
        and not (reading.scope is Scope.BESIDE and one.on_portal)
    ]


def undecided_in(listed: Iterable[Publication], reading: Slice) -> list[Publication]:
    """Those of the period whose medium is of no known kind, when the slice asks for kinds."""
    if not reading.media or Medium.UNKNOWN in reading.media:
        return []
    return [one for one in listed if _is_within(one.published_on, reading) and one.kind is Medium.UNKNOWN]


def counted(publications: Iterable[Publication], definition: Definition) -> int:
    """Under POSTINGS each title in each medium on each day, under DOCUMENTS each title once.

    国务院办公厅's statistics table of 2014: 不同渠道和方式公开相同信息计1条. Pages count as postings do.
    """
    key = _content if definition is Definition.DOCUMENTS else _publication
    return len({key(one) for one in publications})


def _publication(one: Publication) -> tuple[str, ...]:
    return one.medium_key, one.title_key, one.published_on.isoformat()


def _content(one: Publication) -> tuple[str, ...]:
    return (one.title_key,) if len(one.title_key) >= SHORTEST_TITLE else _publication(one)


def _is_within(day: date, reading: Slice) -> bool:
    month = day.year * 100 + day.month
    return month <= reading.until and (reading.since == BEGINNING or month >= reading.since)
