"""`sources check --live`: one page of each list and one notice of each, field by field."""

import os
from collections.abc import Iterator
from typing import Any

from crawler.show.sheets import Sheet
from pipeline.dialects import DIALECTS
from pipeline.model import Channel, Kind, Source
from pipeline.source.live_check import CheckedField, facts_of_listing, facts_of_notice

COLUMNS = ("channel", "page", "field", "found", "wrong")
MOST_PARTS = 5  # of the one notice that is looked at
CONTACT = "DUIZHANG_CONTACT"


def live_sheet(source: Source) -> tuple[Sheet, bool]:
    """The sheet, and whether everything looks right; nothing is archived."""
    # Scrapy takes half a second to import: the other commands must not wait for it.
    from crawler.past.single_pages import Asker

    asker = Asker(source, os.environ.get(CONTACT, ""))
    rows = [row for channel in source.channels for row in _rows(asker, channel)]
    wrong = sum(bool(row[-1]) for row in rows)
    said = f"{wrong} 处看来不对 look wrong" if wrong else "看来都对 everything looks right"
    note = (
        f"{source.key}: {len(source.channels)} 个栏目各看一页一条 one list page and one notice of each channel: {said}"
    )
    return Sheet(COLUMNS, tuple(rows), len(rows), notes=(note,), extras={"wrong": wrong}), not wrong


def _rows(asker: Any, channel: Channel) -> Iterator[tuple[Any, ...]]:
    source: Source = asker.source
    reading = asker.read(DIALECTS[source.dialect].first(source, channel))
    for fact in facts_of_listing(reading, source):
        yield _row(channel, "列表 list", fact)
    notices = [visit for visit in reading.visits if visit.kind is Kind.NOTICE]
    if not notices:
        return
    opened = asker.read(notices[0])
    parts = [asker.read(visit) for visit in opened.visits if visit.kind is Kind.PART][:MOST_PARTS]
    for fact in facts_of_notice(opened, parts, source):
        yield _row(channel, "信息 notice", fact)


def _row(channel: Channel, page: str, fact: CheckedField) -> tuple[Any, ...]:
    return channel.key, page, fact.field, fact.found, fact.wrong
