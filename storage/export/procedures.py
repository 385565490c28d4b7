"""Chains of the archive as the procedures of OCDS: reposts told once, each notice with its way back to the bytes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from pipeline.model import NoticeType
from pipeline.ocds.parts import Announcement, Origin
from pipeline.ocds.releases import Procedure
from pipeline.tender.facts import Tender
from storage.export.postings import ExportRefused
from storage.queries.chains import ChainNotice, Process, chains
from storage.queries.postings import Filters
from storage.tables import core as t
from storage.tables.upsert import chunks


@dataclass(frozen=True, slots=True)
class Publisher:
    """What a source's declaration says that its releases need."""

    name: str
    zone: ZoneInfo
    prefix: str  # of ocids


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the archive holds of a posting besides its chain."""

    origin: Origin
    first_seen: datetime
    attachments: tuple[tuple[str, str], ...]


def procedures(connection: Connection, filters: Filters, publishers: Mapping[str, Publisher]) -> Iterator[Procedure]:
    """The procedures with a posting that passes the filters, and their siblings; in memory one chain at a time."""
    for chain in chains(connection, filters):
        kept = _kept(connection, [notice.posting for notice in chain.notices])
        ocids = {process.key: f"{_prefix(process, publishers)}-{process.key}" for process in chain.processes}
        whole = {process.round: ocids[process.key] for process in chain.processes if not process.lot}
        for process in chain.processes:
            yield Procedure(
                ocids[process.key],
                tuple(_announcements(process, kept, publishers)),
                ocids.get(process.after, ""),
                whole.get(process.round, "") if process.lot else "",
            )


def _prefix(process: Process, publishers: Mapping[str, Publisher]) -> str:
    """That of the portal which announced first, of those that have one."""
    sources = dict.fromkeys(notice.source for notice in process.notices)
    if prefix := next((publishers[source].prefix for source in sources if publishers[source].prefix), ""):
        return prefix
    source = next(iter(sources))
    raise ExportRefused(
        f"来源 {source} 没有 ocid_prefix: the source {source} has no ocid_prefix. Register one with the Open "
        f'Contracting Partnership (data@open-contracting.org, free), write ocid_prefix = "ocds-…" into {source}.toml '
        f"and run `duizhang derive {source}.toml`; for a trial give --prefix ocds-abc123"
    )


def _announcements(
    process: Process, kept: Mapping[str, _Kept], publishers: Mapping[str, Publisher]
) -> Iterator[Announcement]:
    """One for each document, told by its earliest posting, in the process's order."""
    documents: dict[str, list[ChainNotice]] = defaultdict(list)
    for notice in process.notices:
        documents[notice.document].append(notice)
    for same in documents.values():
        first, *others = sorted(same, key=lambda one: (_when(one, kept), one.url, one.posting))
        own = kept[first.posting]
        yield Announcement(
            origin=own.origin,
            notice_type=NoticeType(first.notice_type),
            title=first.title,
            date=_when(first, kept).astimezone(publishers[first.source].zone),
            tender=Tender(first.facts),
            dated=first.published is not None,
            void=first.void,
            region=first.region,
            lot=process.lot,
            round=process.round,
            supersedes=tuple(posting for one in same for posting in one.supersedes),
            also=tuple(kept[one.posting].origin for one in others),
            attachments=own.attachments,
        )


def _when(notice: ChainNotice, kept: Mapping[str, _Kept]) -> datetime:
    return notice.published or kept[notice.posting].first_seen


_ORIGIN = (
    *(t.postings.c[name] for name in ("id", "source", "channel", "url", "capture")),
    *(t.captures.c[name] for name in ("warc", "position", "length", "digest")),
)


def _kept(connection: Connection, ids: Iterable[str]) -> dict[str, _Kept]:
    found: dict[str, _Kept] = {}
    for some in chunks(list(ids)):
        attached = _attached(connection, some)
        rows = connection.execute(
            select(*_ORIGIN, t.postings.c.first_seen)
            .join(t.captures, t.captures.c.id == t.postings.c.capture)
            .where(t.postings.c.id.in_(some))
        )
        for *origin, first_seen in rows:
            found[origin[0]] = _Kept(Origin(*origin), first_seen, tuple(attached.get(origin[0], ())))
    return found


def _attached(connection: Connection, ids: Iterable[Any]) -> dict[str, list[tuple[str, str]]]:
    columns = t.attachments.c
    rows = connection.execute(
        select(columns.posting, columns.name, columns.url)
        .where(columns.posting.in_(list(ids)))
        .order_by(columns.posting, columns.number)
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for posting, name, url in rows:
        found[posting].append((name, url))
    return found
