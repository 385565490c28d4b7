"""How new postings came: what an earlier walk of the whole list would have shown, had it been there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select

from pipeline.count.explain import Cause, WholeWalk, appeared
from pipeline.model import BROUGHT, FROM_OTHERS, Outcome, Source
from storage.tables import core as t
from storage.tables.upsert import rows_in

_COMPLETE = (Outcome.COMPLETE.value, Outcome.COMPLETE_WITH_DRIFT.value)


class Appearances:
    """Reads the walks of a source when it is first asked about."""

    def __init__(self, connection: Connection, sources: Mapping[str, Source]) -> None:
        self._connection = connection
        self._sources = sources
        self._walks: dict[str, dict[str, list[WholeWalk]]] = {}

    def of(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Cause]:
        """For each of these new postings (as standings gives them) how it came."""
        found: dict[str, Cause] = {}
        for key in sorted({row["source"] for row in rows}):
            source = self._sources.get(key)
            if source is not None:
                mine = [row for row in rows if row["source"] == key]
                listed = self._first_listed(key, {row["key"] for row in mine})
                found.update((row["posting"], self._came(source, row, listed)) for row in mine)
        return found

    def _came(self, source: Source, row: Mapping[str, Any], listed: Mapping[tuple[str, str], datetime]) -> Cause:
        channel = row["standing"].split("|")[3]
        seen = min(row["first_seen"], listed.get((channel, row["key"]), row["first_seen"]))
        if source.key not in self._walks:
            self._walks[source.key] = _whole_walks(self._connection, source.key)
        walks = self._walks[source.key].get(channel, ())
        return appeared(seen, row["published_on"], walks, source.zone)

    def _first_listed(self, source: str, keys: Iterable[str]) -> dict[tuple[str, str], datetime]:
        c = t.leads.c
        rows = rows_in(self._connection, select(c.channel, c.key, c.first_seen).where(c.source == source), c.key, keys)
        return {(row.channel, row.key): row.first_seen for row in rows}


def _whole_walks(connection: Connection, source: str) -> dict[str, list[WholeWalk]]:
    """By channel the walks that read every page of the list and all the rows that it states."""
    r, c = t.runs.c, t.captures.c
    own = and_(*(~r.scope.startswith(scope) for scope in ("since", *BROUGHT, *FROM_OTHERS)))
    rows = connection.execute(
        select(r.id, r.started, r.ended, r.channels)
        .where(r.source == source, r.outcome.in_(_COMPLETE), r.channels.is_not(None), r.ended.is_not(None), own)
        .order_by(r.started, r.id)
    ).all()
    taken = set(connection.scalars(select(c.run).where(c.source == source, c.origin != "").group_by(c.run)))
    found: dict[str, list[WholeWalk]] = {}
    for run in rows:
        for channel, end in run.channels.items():
            if run.id not in taken and _missed_nothing(end):
                found.setdefault(channel, []).append(WholeWalk(run.started, run.ended))
    return found


def _missed_nothing(end: Mapping[str, Any]) -> bool:
    stated = end["stated_total"]
    return bool(end["closed"] and end["rows"]) and not end.get("holes") and (stated is None or end["rows"] >= stated)
