"""The faces of a source kept in step with its postings, and the candidates that a face is compared with."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, and_, delete, func, insert, select

from pipeline.model import Notice
from pipeline.said import Known, Said, keys_of, said_in
from storage import tables as t
from storage.tables_near import faces
from storage.upsert import chunks

# What more than this many announcements of one source share on one day tells nothing: a set phrase, not a name.
CROWD = 64
_SPREAD = {"figures": (0,), "name": (-2, -1, 0, 1, 2)}  # days: near.REPOSTED_WITHIN
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
    found: dict[str, Member] = {}
    for chunk in chunks(sorted(set(values))):
        for row in connection.execute(select(*_LIGHT).where(where.in_(chunk))):
            found[row.id] = Member(*row)
    return found


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


def exact_key(fingerprint: str) -> int:
    """The key under which faces with that fingerprint stand (said.Keys.exact)."""
    return int(fingerprint[:16], 16) >> 1


def faces_with(connection: Connection, source: str, fingerprints: Iterable[str]) -> set[str]:
    """The source's faces with one of these fingerprints."""
    found: set[str] = set()
    for chunk in chunks({exact_key(fingerprint) for fingerprint in fingerprints}):
        where = and_(faces.c.source == source, faces.c.exact.in_(chunk))
        found.update(connection.scalars(select(faces.c.posting).where(where)))
    return found


def are_faces(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the postings that are faces now."""
    found: set[str] = set()
    for chunk in chunks(sorted(set(ids))):
        found.update(connection.scalars(select(faces.c.posting).where(faces.c.posting.in_(chunk))))
    return found


def replace_faces(connection: Connection, source: str, stale: set[str], fresh: Mapping[str, Said]) -> set[str]:
    """The faces put in place of stale ones; gives back all whose candidates are others now.

    Besides the fresh ones these are the members of a crowd that has come to be or has dissolved.
    """
    moved: dict[str, Counter[int]] = {name: Counter() for name in _SPREAD}
    for chunk in chunks(sorted(stale)):
        for row in connection.execute(select(faces).where(faces.c.posting.in_(chunk))).mappings():
            _count(moved, dict(row), -1)
        connection.execute(delete(faces).where(faces.c.posting.in_(chunk)))
    made = [{"posting": id_, "source": source, **asdict(keys_of(said))} for id_, said in sorted(fresh.items())]
    for one in made:
        _count(moved, one, 1)
    if made:
        connection.execute(insert(faces), made)
    dirty = set(fresh)
    for name, by in moved.items():
        dirty |= _crowds_changed(connection, source, faces.c[name], by)
    return dirty


def _count(moved: Mapping[str, Counter[int]], row: Mapping[str, Any], by: int) -> None:
    for name, counter in moved.items():
        if row[name] is not None:
            counter[row[name]] += by


def _crowds_changed(connection: Connection, source: str, column: Column[Any], moved: Counter[int]) -> set[str]:
    changed: list[int] = []
    for chunk in chunks(sorted(value for value, by in moved.items() if by)):
        tally = select(column, func.count()).where(and_(column.in_(chunk), faces.c.source == source)).group_by(column)
        now: dict[int, int] = {row[0]: row[1] for row in connection.execute(tally)}
        changed += [one for one in chunk if (now.get(one, 0) > CROWD) != (now.get(one, 0) - moved[one] > CROWD)]
    found: set[str] = set()
    for chunk in chunks(changed):
        where = and_(column.in_(chunk), faces.c.source == source)
        found.update(connection.scalars(select(faces.c.posting).where(where)))
    return found


def candidates_of(connection: Connection, ids: Sequence[str]) -> set[tuple[str, str]]:
    """The pairs, each in order, in which one of these faces shares a key with another face of any source."""
    rows = [dict(row) for row in connection.execute(select(faces).where(faces.c.posting.in_(ids))).mappings()]
    pairs = _sharing(connection, rows, "exact", (0,), is_crowded=False)
    for name, spread in _SPREAD.items():
        pairs |= _sharing(connection, rows, name, spread, is_crowded=True)
    return pairs


def _sharing(
    connection: Connection, rows: Sequence[Mapping[str, Any]], name: str, spread: tuple[int, ...], *, is_crowded: bool
) -> set[tuple[str, str]]:
    column = faces.c[name]
    wanted = {row[name] + by for row in rows if row[name] is not None for by in spread}
    quiet = _quiet(connection, column, wanted) if is_crowded else None
    shared: dict[int, list[str]] = {}
    asked = wanted if quiet is None else {value for value, _ in quiet}
    for chunk in chunks(sorted(asked)):
        found = connection.execute(select(column, faces.c.posting, faces.c.source).where(column.in_(chunk)))
        for value, posting, source in found:
            if quiet is None or (value, source) in quiet:
                shared.setdefault(value, []).append(posting)
    pairs: set[tuple[str, str]] = set()
    for row in rows:
        value, id_ = row[name], row["posting"]
        if value is None or (quiet is not None and (value, row["source"]) not in quiet):
            continue
        others = (other for by in spread for other in shared.get(value + by, ()) if other != id_)
        pairs.update((id_, other) if id_ < other else (other, id_) for other in others)
    return pairs


def _quiet(connection: Connection, column: Column[Any], values: set[int]) -> set[tuple[int, str]]:
    """The values, each with a source, that are no crowd's."""
    found: set[tuple[int, str]] = set()
    for chunk in chunks(sorted(values)):
        tally = select(column, faces.c.source, func.count()).where(column.in_(chunk)).group_by(column, faces.c.source)
        found.update((value, source) for value, source, n in connection.execute(tally) if n <= CROWD)
    return found


def titles_of(connection: Connection, ids: Iterable[str]) -> dict[str, Said]:
    """The postings as far as their titles go."""
    return _said(connection, ids, _TITLES)


def texts_of(connection: Connection, ids: Iterable[str]) -> dict[str, Said]:
    """The postings as they are compared."""
    return _said(connection, ids, [*_TITLES, t.postings.c.text])


def _said(connection: Connection, ids: Iterable[str], columns: list[Column[Any]]) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for chunk in chunks(sorted(ids)):
        for row in connection.execute(select(*columns).where(t.postings.c.id.in_(chunk))).mappings():
            found[row["id"]] = said_of_row(dict(row))
    return found


def said_of_row(row: Mapping[str, Any]) -> Said:
    """A posting's row as it is compared; without its text as far as its title goes."""
    text = row.get("text", "")
    notice = Notice(row["source"], "", row["url"], row["title"], row["published"], text=text)
    return said_in(notice, Known(*(row[name] for name in _KNOWN)))
