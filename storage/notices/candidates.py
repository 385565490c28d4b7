"""The faces of a source kept in step with its postings, and the candidates that a face is compared with."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, ScalarSelect, and_, func, insert, or_, select

from pipeline.likeness.compared_parts import DAY_STEP, ComparedParts, Keys, Known, said_in
from pipeline.model import Notice
from storage.tables import core as t
from storage.tables.likeness import faces
from storage.tables.upsert import delete_in, rows_in

# What more than this many announcements of one source share on one day tells nothing: a set phrase, not a name.
CROWD = 64
# Keys, and by what they may differ: near.REPOSTED_WITHIN.
_SPREAD = {"text": (0,), "name": tuple(days * DAY_STEP for days in range(-2, 3))}
_KNOWN = ("fingerprint", "lot", "round")
_LIGHT = [t.postings.c[name] for name in ("id", "source", "channel", "key", "published_on", "fingerprint", "document")]
_TITLES = [t.postings.c[name] for name in ("id", "source", "url", "title", "published", *_KNOWN)]


@dataclass(frozen=True, slots=True)
class Member:
    """Where a posting stands among those of its document."""

    id: str
    source: str
    channel: str
    key: str
    published_on: date | None
    fingerprint: str
    document: str

    @property
    def place(self) -> tuple[date, str, str, str]:
        """The order of count.representative."""
        return self.published_on or date.max, self.key, self.channel, self.id


def members_of(connection: Connection, where: Column[Any], values: Iterable[str]) -> dict[str, Member]:
    """The postings with one of these values in a column, by id."""
    return {row.id: Member(*row) for row in rows_in(connection, select(*_LIGHT), where, values)}


def member_of_row(row: Mapping[str, Any]) -> Member:
    """A row that was just written."""
    place = (row["channel"], row["key"], row["published_on"])
    return Member(row["id"], row["source"], *place, row["fingerprint"], row["document"])


def faces_in(members: Iterable[Member], named: frozenset[str]) -> dict[str, Member]:
    """Who of these should be a face: the first with each fingerprint, and every one that a decision names."""
    expected: dict[str, Member] = {}
    first: dict[str, Member] = {}
    for member in members:
        if member.id in named:
            expected[member.id] = member
        elif member.fingerprint not in first or member.place < first[member.fingerprint].place:
            first[member.fingerprint] = member
    return expected | {member.id: member for member in first.values()}


def faces_like(connection: Connection, source: str, prints: Iterable[tuple[Keys, str]]) -> set[str]:
    """The source's faces with one of these fingerprints, each given with its keys."""
    told = list(prints)
    texts, wanted = {keys.text for keys, _ in told}, {fingerprint for _, fingerprint in told}
    under = select(faces.c.posting, t.postings.c.fingerprint).join(t.postings, t.postings.c.id == faces.c.posting)
    rows = rows_in(connection, under.where(faces.c.source == source), faces.c.text, texts)
    return {posting for posting, fingerprint in rows if fingerprint in wanted}


def are_faces(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the postings that are faces now."""
    return {row.posting for row in rows_in(connection, select(faces.c.posting), faces.c.posting, ids)}


@dataclass(frozen=True, slots=True)
class Dirty:
    """Faces whose candidates are others now; of the fresh ones it is known which stand in a crowd, by key."""

    ids: set[str]
    fresh: set[str]
    crowded: dict[str, set[str]]


def replace_faces(connection: Connection, source: str, stale: set[str], fresh: Mapping[str, Keys]) -> Dirty:
    """The faces put in place of stale ones; dirty are these and the members of a crowd that came to be or dissolved."""
    moved: dict[str, Counter[int]] = {name: Counter() for name in _SPREAD}
    for row in rows_in(connection, select(faces), faces.c.posting, stale):
        _count(moved, dict(row._mapping), -1)
    delete_in(connection, faces.c.posting, stale)
    made = [_face(source, id_, keys) for id_, keys in sorted(fresh.items())]
    for one in made:
        _count(moved, one, 1)
    if made:
        connection.execute(insert(faces), made)
    dirty = Dirty(set(fresh), set(fresh), {})
    for name, by in moved.items():
        large = _large(connection, source, faces.c[name], by)
        dirty.crowded[name] = {one["posting"] for one in made if large.get(one[name], 0) > CROWD}
        changed = [key for key, n in by.items() if (large.get(key, 0) > CROWD) != (large.get(key, 0) - n > CROWD)]
        dirty.ids.update(_standing_under(connection, source, faces.c[name], changed))
    return dirty


def _face(source: str, posting: str, keys: Keys) -> dict[str, Any]:
    return {"posting": posting, "source": source, "text": keys.text, "name": keys.name}


def _count(moved: Mapping[str, Counter[int]], row: Mapping[str, Any], by: int) -> None:
    for name, counter in moved.items():
        if row[name] is not None:
            counter[row[name]] += by


def _large(connection: Connection, source: str, column: Column[Any], moved: Counter[int]) -> dict[int, int]:
    """How many of the source's faces stand under each of these keys, where that is a crowd or was one before."""
    least = CROWD + min(0, *moved.values()) if moved else CROWD
    tally = select(column, func.count()).where(faces.c.source == source).group_by(column)
    return {row[0]: row[1] for row in rows_in(connection, tally.having(func.count() > least), column, moved)}


def _standing_under(connection: Connection, source: str, column: Column[Any], keys: Iterable[int]) -> set[str]:
    own = select(faces.c.posting).where(faces.c.source == source)
    return {row.posting for row in rows_in(connection, own, column, keys)}


def candidates_of(connection: Connection, ids: Sequence[str], dirty: Dirty) -> set[tuple[str, str]]:
    """The pairs, each in order, in which one of these dirty faces shares a key with another face of any source."""
    crowded = _crowded(connection, [id_ for id_ in ids if id_ not in dirty.fresh])
    pairs: set[tuple[str, str]] = set()
    for name in _SPREAD:
        alone = dirty.crowded[name] | crowded[name]
        pairs |= _sharing(connection, [id_ for id_ in ids if id_ not in alone], name)
    return pairs


def _sharing(connection: Connection, ids: Sequence[str], name: str) -> set[tuple[str, str]]:
    other = faces.alias()
    near = other.c[name].in_([faces.c[name] + by for by in _SPREAD[name]])
    columns = (faces.c.posting, other.c.posting, other.c[name], other.c.source)
    shared = select(*columns).join_from(faces, other, near)
    shared = shared.where(faces.c.posting.in_(ids), other.c.posting != faces.c.posting)
    rows = connection.execute(shared).all()
    there: dict[tuple[int, str], set[str]] = {}
    for _, candidate, value, source in rows:
        there.setdefault((value, source), set()).add(candidate)
    return {
        (one, candidate) if one < candidate else (candidate, one)
        for one, candidate, value, source in rows
        if len(there[value, source]) <= CROWD
    }


def _crowded(connection: Connection, ids: Sequence[str]) -> dict[str, set[str]]:
    """By key, those of the faces that stand in a crowd of their source; counted no further than need be."""
    if not ids:
        return {name: set() for name in _SPREAD}
    sizes = {name: _size(name) for name in _SPREAD}
    large = or_(*(size > CROWD for size in sizes.values()))
    rows = connection.execute(select(faces.c.posting, *sizes.values()).where(faces.c.posting.in_(ids), large)).all()
    return {name: {row[0] for row in rows if row[n] > CROWD} for n, name in enumerate(sizes, 1)}


def _size(name: str) -> ScalarSelect[int]:
    other = faces.alias()
    same = and_(other.c[name] == faces.c[name], other.c.source == faces.c.source)
    some = select(other.c.posting).where(same).limit(CROWD + 1).correlate(faces).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def titles_of(connection: Connection, ids: Iterable[str]) -> dict[str, ComparedParts]:
    """The postings as far as their titles go."""
    return _said(connection, ids, _TITLES)


def texts_of(connection: Connection, ids: Iterable[str]) -> dict[str, ComparedParts]:
    """The postings as they are compared."""
    return _said(connection, ids, [*_TITLES, t.postings.c.text])


def _said(connection: Connection, ids: Iterable[str], columns: list[Column[Any]]) -> dict[str, ComparedParts]:
    rows = rows_in(connection, select(*columns), t.postings.c.id, ids)
    return {row.id: said_of_row(dict(row._mapping)) for row in rows}


def said_of_row(row: Mapping[str, Any]) -> ComparedParts:
    """A posting's row as it is compared; without its text as far as its title goes."""
    text = row.get("text", "")
    notice = Notice(row["source"], "", row["url"], row["title"], row["published"], text=text)
    return said_in(notice, Known(row["fingerprint"], row["lot"], row["round"]))
