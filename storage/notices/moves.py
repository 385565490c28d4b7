"""Addresses of one notice: where redirects led, and where it was found last."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, and_, func, select

from pipeline.model import Kind, Quality
from storage.tables import core as t
from storage.tables.upsert import rows_in, upsert

# Portals send readers of withdrawn pages to their home or to an error page. An address to which so many pages that we
# hold were sent is such a place and not where they moved to; two channels may share one.
CATCH_ALL = 3
MANY = 16  # the same, of pages that were never held
SETTLED = 64  # beyond MANY: what was decided about the earlier ones does not change any more


@dataclass(frozen=True, slots=True)
class Move:
    """One address that sent on to another, and when it last did."""

    key: str
    to_key: str
    seen: datetime


def store_moves(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """The moves as rows, each with the last time that it was seen, in whatever order they come."""
    newest: dict[tuple[str, str, str], datetime] = {}
    for row in rows:
        place = row["source"], row["key"], row["to_key"]
        newest[place] = max(row["seen"], newest.get(place, row["seen"]))
    for source in sorted({source for source, _, _ in newest}):
        for move in _by(connection, source, t.moves.c.key, {key for owner, key, _ in newest if owner == source}):
            place = source, move.key, move.to_key
            if place in newest:
                newest[place] = max(newest[place], move.seen)
    upsert(
        connection,
        t.moves,
        [{"source": place[0], "key": place[1], "to_key": place[2], "seen": seen} for place, seen in newest.items()],
    )


def resolve(connection: Connection, source: str, keys: set[str]) -> dict[str, str]:
    """Every key under which one of these notices may be known, with the key where it was last found good.

    A page that moves back is found there again; one that was sent to where no page of its own is stays where it was.
    """
    moves: set[Move] = set()
    crowded: set[str] = set()
    known: set[str] = set()
    fresh = set(keys)
    while fresh:
        known |= fresh
        crowded |= _crowded(connection, source, fresh, SETTLED + len(keys))
        found = {
            *_by(connection, source, t.moves.c.key, fresh),
            *_by(connection, source, t.moves.c.to_key, fresh - crowded),
        }
        moves |= found
        fresh = {key for move in found for key in (move.key, move.to_key)} - known
    if not moves:
        return {key: key for key in known}
    good = last_good(connection, source, known)
    return _ends(known, _real(moves, crowded, good), moves, good)


def sent_to(connection: Connection, source: str, keys: set[str]) -> set[str]:
    """Those of the keys to which some other page sent on."""
    c = t.moves.c
    sent = select(c.to_key).where(c.source == source).distinct()
    return {row.to_key for row in rows_in(connection, sent, c.to_key, keys)}


def last_good(connection: Connection, source: str, keys: Iterable[str]) -> dict[str, datetime]:
    """When the notice pages of these keys were last captured good."""
    c = t.captures.c
    good = and_(c.source == source, c.kind == Kind.NOTICE.value, c.quality == Quality.GOOD.value)
    last = select(c.key, func.max(c.fetched_at, type_=t.UtcDateTime())).where(good).group_by(c.key)
    return {row[0]: row[1] for row in rows_in(connection, last, c.key, keys)}


def _by(connection: Connection, source: str, column: Column[str], keys: Iterable[str]) -> Iterator[Move]:
    own = select(t.moves.c.key, t.moves.c.to_key, t.moves.c.seen).where(t.moves.c.source == source)
    return (Move(*row) for row in rows_in(connection, own, column, keys))


def _crowded(connection: Connection, source: str, keys: Iterable[str], most: int) -> set[str]:
    """The keys to which more pages than that were sent: they are not looked through for every page that joins them."""
    c = t.moves.c
    sent = select(c.to_key).where(c.source == source).group_by(c.to_key).having(func.count() > most)
    return {row.to_key for row in rows_in(connection, sent, c.to_key, keys)}


def _real(moves: Iterable[Move], crowded: set[str], good: Mapping[str, datetime]) -> list[Move]:
    """The moves that lead, in the end, to a page that is there and not where all that is withdrawn is sent."""
    sent = Counter(move.to_key for move in moves)
    held = Counter(move.to_key for move in moves if move.key in good and good[move.key] < move.seen)
    plain = [
        move
        for move in moves
        if move.to_key not in crowded and held[move.to_key] < CATCH_ALL and sent[move.to_key] < MANY
    ]
    there = _leading_to(good, plain)
    return [move for move in plain if move.to_key in there]


def _leading_to(good: Iterable[str], moves: Iterable[Move]) -> set[str]:
    """The keys from which moves lead to a good page, and the good pages themselves."""
    before: dict[str, list[str]] = {}
    for move in moves:
        before.setdefault(move.to_key, []).append(move.key)
    found = set(good)
    fresh = list(found)
    while fresh:
        following = [key for key in before.get(fresh.pop(), ()) if key not in found]
        found.update(following)
        fresh += following
    return found


def _ends(
    known: Iterable[str], real: Iterable[Move], moves: Iterable[Move], good: Mapping[str, datetime]
) -> dict[str, str]:
    """Keys that moves connect end at the one found good last, of those that have not sent on since."""
    left: dict[str, datetime] = {}
    for move in moves:
        left[move.key] = max(move.seen, left.get(move.key, move.seen))
    ends = {}
    for group in _groups(known, real):
        found = [(good[key], key) for key in group if key in good and (key not in left or good[key] > left[key])]
        end = max(found)[1] if found else min(group)
        ends.update(dict.fromkeys(group, end))
    return ends


def _groups(known: Iterable[str], moves: Iterable[Move]) -> list[set[str]]:
    group_of = {key: {key} for key in known}
    for move in moves:
        small, large = sorted((group_of[move.key], group_of[move.to_key]), key=len)
        if small is not large:
            large |= small
            group_of.update(dict.fromkeys(small, large))
    return list({id(group): group for group in group_of.values()}.values())
