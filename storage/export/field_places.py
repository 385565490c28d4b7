"""Where a field of a posting stands: the sentence of the text, and the bytes of the captures that it was read from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from pipeline.evidence.spans import Body, Span, Words, sentence_of, words_of
from pipeline.model import Capture, Lead, Notice, Unreadable
from pipeline.page.opened import decoded
from pipeline.tender.facts import Fact, FactName, FactPlace
from storage.archive import Archive
from storage.notices.facts import facts_of
from storage.notices.pages_behind import pages_behind
from storage.tables import core as t

_N = FactName
# What is asked for by one word and stated by several facts; every FactName is a field of its own besides.
FIELDS: dict[str, tuple[FactName, ...]] = {
    **{name.value: (name,) for name in FactName},
    "award": (_N.AWARD, _N.AWARD_RATE, _N.AWARD_PART, _N.AWARD_UNIT_PRICE),
    "budget": (_N.BUDGET, _N.BUDGET_ALT, _N.BUDGET_PART, _N.BUDGET_RATE),
    "candidates": (_N.CANDIDATE, _N.PRICE, _N.PRICE_RATE, _N.PRICE_PART, _N.PROJECT_MANAGER, _N.DURATION_DAYS),
    "publicity": (_N.PUBLICITY_FROM, _N.PUBLICITY_TO),
}
TITLE, PUBLISHED = "title", "published"
_LABELS = ("发布时间：", "发布日期：", "公告时间：", "公告日期：", "信息时间：", "公布时间：", "日期：", "时间：")


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Bytes [start:end) of a capture's body, counted after its content encoding was removed."""

    capture: str
    url: str
    warc: str
    position: int  # of the record in the WARC file
    length: int
    encoding: str  # what the body is compressed with; "" when it is as it came
    charset: str
    start: int
    end: int
    written: str  # the bytes as text, tags and escapes included


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a posting with the rule that found it, its words in their sentence, and where they stand."""

    name: str
    value: str
    kind: str
    group: int
    rule: str
    before: str
    quote: str
    after: str
    places: tuple[FieldPlace, ...]
    note: str  # why there is no place, or more than one


def fields_of(connection: Connection, archive: Archive, posting: str, asked: tuple[str, ZoneInfo]) -> tuple[Field, ...]:
    """The values of a field, none when the posting states none; the zone is the source's.

    Raises archive.Damaged or OSError for lost captures.
    """
    name, zone = asked
    row = connection.execute(select(t.postings).where(t.postings.c.id == posting)).mappings().one()
    held = _OpenedCaptures.of(connection, archive, row)
    if name == TITLE:
        return (held.title(str(row["title"])),)
    if name == PUBLISHED:
        return (
            (held.published(row["published"].astimezone(zone), row["published_precision"]),) if row["published"] else ()
        )
    stated = facts_of(connection, [posting], FIELDS[name]).get(posting, ())
    notice = Notice(row["source"], row["channel"], row["url"], row["title"], row["published"], text=row["text"])
    return tuple(held.fact(fact, notice) for fact in stated if name != "candidates" or fact.group)


@dataclass(frozen=True, slots=True)
class _OpenedCaptures:
    """The captures that a posting was read from, opened."""

    bodies: tuple[tuple[Any, Capture, Body, str], ...]  # the captures row, the capture, its body, its encoding

    @classmethod
    def of(cls, connection: Connection, archive: Archive, row: Any) -> "_OpenedCaptures":
        found = []
        for page in pages_behind(connection, row):
            capture = archive.read(page["warc"], page["position"], page["length"])
            named = capture.header("content-encoding").strip().lower()
            try:
                content = decoded(capture.body, named)
            except Unreadable:
                continue
            encoding = named if content != capture.body else ""
            found.append((page, capture, Body(content, capture.header("content-type")), encoding))
        return cls(tuple(found))

    def fact(self, fact: Fact, notice: Notice) -> Field:
        text = notice.title if fact.place is FactPlace.TITLE else notice.text
        places = self._places(words_of(fact, notice))
        note = _note(places) or ("" if places else self._of_the_list(fact, notice.title))
        sentence = sentence_of(text, fact.start, fact.end)
        return Field(fact.name.value, fact.value, fact.kind, fact.group, fact.rule, *sentence, places, note)

    def title(self, title: str) -> Field:
        fact = Fact(FactName.PROJECT_NAME, title, 0, len(title), FactPlace.TITLE)
        places = self._places(Words(title))
        note = _note(places) or ("" if places else self._of_the_list(fact, title))
        return Field(TITLE, title, "", 0, "", "", title, "", places, note)

    def published(self, when: datetime, precision: str) -> Field:
        for written in _dates(when, precision):
            for label in _LABELS:
                places = self._places(Words(written, before=label), least=2)
                if places:
                    return Field(
                        PUBLISHED, when.isoformat(), precision, 0, "", label, written, "", places, _note(places)
                    )
        for written in _dates(when, precision):
            if len(places := self._places(Words(written))) == 1:
                return Field(PUBLISHED, when.isoformat(), precision, 0, "", "", written, "", places, "")
        listed = next((lead.published for lead in self._leads() if lead.published), "")
        note = f"取自列表 taken from the listing row, which the capture's Duizhang-Visit header keeps: {listed}"
        return Field(PUBLISHED, when.isoformat(), precision, 0, "", "", "", "", (), note if listed else _NOWHERE)

    def _places(self, words: Words, least: int = 0) -> tuple[FieldPlace, ...]:
        """The places at which the words around fit best, those in the notice's own page before those in its parts."""
        found = [(page, encoding, body.spans(words)) for page, _, body, encoding in self.bodies]
        best = max((span.agreed for _, _, spans in found for span in spans), default=0)
        fitting = [one for one in found if one[2] and one[2][0].agreed == best >= least]
        return tuple(_place(page, encoding, span) for page, encoding, spans in fitting for span in spans)

    def _leads(self) -> Iterator[Lead]:
        return (capture.visit.lead for _, capture, _, _ in self.bodies if capture.visit.lead)

    def _of_the_list(self, fact: Fact, title: str) -> str:
        if fact.place is FactPlace.TITLE and any(lead.title == title for lead in self._leads()):
            return "取自列表 taken from the listing row, which the capture's Duizhang-Visit header keeps"
        return _NOWHERE


_NOWHERE = "在原始字节中未能定位 not located in the bytes"


def _note(places: Sequence[FieldPlace]) -> str:
    return f"上下文相同的有 {len(places)} 处 {len(places)} places with the same words around" if len(places) > 1 else ""


def _place(page: Any, encoding: str, span: Span) -> FieldPlace:
    where = (page["id"], page["url"], page["warc"], page["position"], page["length"])
    return FieldPlace(*where, encoding, span.charset, span.start, span.end, span.written)


def _dates(when: datetime, precision: str) -> Iterator[str]:
    """The ways in which portals write the moment, the most exact first."""
    days = [f"{when:%Y-%m-%d}", f"{when:%Y/%m/%d}", f"{when:%Y.%m.%d}", f"{when:%Y年%m月%d日}"]
    days += [f"{when.year}年{when.month}月{when.day}日", f"{when.year}-{when.month}-{when.day}"]
    days += [f"{when.year}/{when.month}/{when.day}", f"{when:%Y%m%d}"]
    if precision != "day":
        yield str(int(when.timestamp() * 1000))
        yield from (
            f"{day}{clock}" for clock in (f"{when:%H:%M:%S}", f"T{when:%H:%M:%S}", f"{when:%H:%M}") for day in days
        )
    yield from days
