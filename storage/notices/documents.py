"""Which document each posting of a source is, decided anew for all that a batch may have changed.

The result is a function of the postings and of people's decisions, never of the order in which they came: faces follow
from the fingerprints, pairs from the faces, documents from the pairs. Other sources are linked and change nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, false, or_, select, true, update

from pipeline.likeness import compare, documents_of
from pipeline.likeness.cluster import Pair
from pipeline.likeness.compare import Sameness
from pipeline.likeness.compared_parts import ComparedParts, keys_of
from pipeline.likeness.fingerprint import document_id
from storage.notices.candidates import (
    Member,
    are_faces,
    faces_in,
    faces_like,
    member_of_row,
    members_of,
    replace_faces,
    said_of_row,
    texts_of,
)
from storage.notices.pairs import (
    RULE,
    Decisions,
    Found,
    compared,
    decided_about,
    doubtful_row,
    forget,
    merge_row,
    write,
)
from storage.tables.core import postings
from storage.tables.likeness import doubtful_merges, merges
from storage.tables.upsert import chunks, delete_in, rows_in, upsert

__all__ = ["Home", "decided_about", "documents_after", "documents_before", "documents_now", "move"]

_SAME_TEXT = "文字相同 same text"
_KEPT_APART = "与同一文件中另一篇不符 the same, but different from another one of that document"


@dataclass(frozen=True, slots=True)
class Home:
    """The document that a posting is stored in and the one that it belongs to."""

    now: str
    after: str
    is_written: bool  # just now: it is in none that was counted


def documents_before(connection: Connection, source: str, keys: Iterable[str]) -> dict[str, str]:
    """The document of every posting of these notices, by posting id."""
    own = select(postings.c.id, postings.c.document).where(postings.c.source == source)
    return {row.id: row.document for row in rows_in(connection, own, postings.c.key, keys)}


def documents_after(
    connection: Connection,
    source: str,
    changed: Sequence[Mapping[str, Any]],
    before: Mapping[str, str],
) -> dict[str, Home]:
    """Every posting that may belong to another document now, by posting id; pairs are stored, documents are not.

    `changed` are the rows of postings that say something else or are named in a decision, as they stand; `before` the
    documents of all postings of their notices, also of those that are gone (`documents_before`).
    """
    decisions = Decisions.of(connection)
    rows = {row["id"]: row for row in changed}
    told = {id_: said_of_row(row) for id_, row in rows.items()}
    keys = {id_: keys_of(said) for id_, said in told.items()}
    prints = ((keys[id_], said.fingerprint) for id_, said in told.items())
    mates = members_of(connection, postings.c.id, faces_like(connection, source, prints))
    documents = {*before.values(), *(mate.document for mate in mates.values())}
    written = {id_: member_of_row(row) for id_, row in rows.items()}
    # All of the documents that these postings were in, and all with the same fingerprint as one of them.
    members = written | mates | members_of(connection, postings.c.document, documents)
    expected = faces_in(members.values(), decisions.named)
    current = are_faces(connection, {*members, *before} - (rows.keys() - before.keys()))
    stale = (current - members.keys()) | (current - expected.keys()) | (current & rows.keys())
    new = expected.keys() - (current - stale)
    fresh = {id_: told[id_] for id_ in new & rows.keys()} | texts_of(connection, new - rows.keys())
    new_keys = {id_: keys[id_] if id_ in keys else keys_of(said) for id_, said in fresh.items()}
    dirty = replace_faces(connection, source, stale, new_keys)
    just_written = rows.keys() - before.keys()
    gone = before.keys() - members.keys()
    neighbours = forget(connection, (stale | dirty.ids | gone | rows.keys()) - just_written)
    found = compared(connection, dirty, fresh, decisions)
    write(connection, found)
    lonely = _lonely(just_written & new, found, members)
    homes = {id_: document_id(source, _named_after(members[id_], decisions)) for id_ in lonely}
    rest = (expected.keys() | dirty.ids | neighbours) - lonely
    if rest:
        others = {id_: member for id_, member in members.items() if id_ not in lonely}
        reached, settled = _settled(connection, source, (rest, others), decisions)
        members, homes = members | reached, homes | settled
    return {id_: Home(members[id_].document, home, id_ in rows) for id_, home in homes.items()}


def documents_now(homes: Mapping[str, Home]) -> set[str]:
    """The documents that these postings are stored in, but for those that were just written."""
    return {home.now for home in homes.values() if not home.is_written}


def move(connection: Connection, homes: Mapping[str, Home]) -> None:
    """The postings stored in the documents that they belong to."""
    rows = [{"one": id_, "home": home.after} for id_, home in sorted(homes.items()) if home.now != home.after]
    if rows:
        connection.execute(
            update(postings).where(postings.c.id == bindparam("one")).values(document=bindparam("home")), rows
        )


def _lonely(ids: Iterable[str], found: Found, members: Mapping[str, Member]) -> set[str]:
    """Those of the new faces that are like nothing else: each is a document by itself."""
    paired = {id_ for pair in found.likenesses for id_ in pair}
    copied = Counter(member.fingerprint for member in members.values())
    return {id_ for id_ in ids if id_ not in paired and copied[members[id_].fingerprint] == 1}


def _named_after(first: Member, decisions: Decisions) -> str:
    """What a document's id is made of; two postings with one fingerprint that a person told apart are two."""
    return f"{first.fingerprint} {first.id}" if first.id in decisions.named else first.fingerprint


def _settled(
    connection: Connection, source: str, concerned: tuple[set[str], dict[str, Member]], decisions: Decisions
) -> tuple[dict[str, Member], dict[str, str]]:
    """The members of every document that is reached from some postings, and the document of each."""
    ids, members = concerned
    pairs = _component(connection, source, ids)
    faces = members_of(connection, postings.c.id, ids | {id_ for pair in pairs for id_ in pair})
    faces = {id_: faces[id_] for id_ in are_faces(connection, faces) if faces[id_].source == source}
    # A neighbour's document may hold copies of it that are not among the members yet.
    members = members_of(connection, postings.c.document, {face.document for face in faces.values()}) | members | faces
    documents = _documents(connection, faces, pairs, decisions)
    home = {
        id_: document_id(source, _named_after(faces[document[0]], decisions))
        for document in documents
        for id_ in document
    }
    _write_outcome(connection, pairs, home, faces)
    undecided = {id_: face for id_, face in faces.items() if id_ not in decisions.named}
    return members, home | _copies(connection, members, undecided, home)


def _component(connection: Connection, source: str, ids: set[str]) -> dict[Pair, tuple[str, str]]:
    """The pairs of the source that are the same and reach from one of these postings to the next: reason, decider."""
    pairs: dict[Pair, tuple[str, str]] = {}
    seen: set[str] = set()
    waiting = set(ids)
    while waiting:
        seen |= waiting
        reached: set[str] = set()
        for one, other, reason, decided_by in _same_pairs(connection, source, waiting):
            pairs[min(one, other), max(one, other)] = (reason, decided_by)
            reached |= {one, other}
        waiting = reached - seen
    return pairs


def _same_pairs(connection: Connection, source: str, ids: set[str]) -> Iterable[tuple[str, str, str, str]]:
    m, d = merges.c, doubtful_merges.c
    for chunk in chunks(sorted(ids)):
        where = or_(m.posting.in_(chunk), m.with_posting.in_(chunk))
        merged = select(m.posting, m.with_posting, m.reason, m.decided_by)
        for row in connection.execute(merged.where(and_(where, m.cross_source == false(), m.source == source))):
            yield row.posting, row.with_posting, row.reason, row.decided_by
        where = or_(d.a.in_(chunk), d.b.in_(chunk))
        for row in connection.execute(
            select(d.a, d.b, d.reason, d.decided_by).where(and_(where, d.is_alike == true()))
        ):
            yield row.a, row.b, row.reason, row.decided_by


def _documents(
    connection: Connection, faces: Mapping[str, Member], pairs: Iterable[Pair], decisions: Decisions
) -> list[list[str]]:
    same: dict[str, set[str]] = {}
    for a, b in pairs:
        if a in faces and b in faces:
            same.setdefault(a, set()).add(b)
            same.setdefault(b, set()).add(a)
    texts: dict[str, ComparedParts] = {}

    def verdict(one: str, other: str) -> Sameness:
        pair = (min(one, other), max(one, other))
        if pair in decisions.verdicts:
            return decisions.verdicts[pair]
        if other in same.get(one, ()):
            return Sameness.SAME
        texts.update(texts_of(connection, {one, other} - texts.keys()))
        return compare(texts[one], texts[other]).verdict

    order = sorted(faces, key=lambda id_: faces[id_].place)
    return documents_of(order, same, decisions.verdicts, verdict)


def _write_outcome(
    connection: Connection,
    pairs: Mapping[Pair, tuple[str, str]],
    home: Mapping[str, str],
    faces: Mapping[str, Member],
) -> None:
    """Every same pair stands among the merges when its ends are one document, else among the doubtful ones."""
    merged: list[dict[str, Any]] = []
    apart: list[dict[str, Any]] = []
    for pair, (reason, decided_by) in sorted(pairs.items()):
        if not (pair[0] in home and pair[1] in home):
            continue  # a copy and its face
        if home[pair[0]] == home[pair[1]]:
            merged.append(merge_row((faces[pair[0]], faces[pair[1]]), reason, decided_by))
        else:
            apart.append(doubtful_row(pair, reason, decided_by, is_alike=True))
    _remove(connection, doubtful_merges, [(row["posting"], row["with_posting"]) for row in merged])
    _remove(connection, merges, [(row["a"], row["b"]) for row in apart])
    upsert(connection, merges, merged)
    upsert(connection, doubtful_merges, apart)


def _remove(connection: Connection, table: Table, pairs: list[Pair]) -> None:
    first, second = table.primary_key.columns
    ends = and_(first == bindparam("one"), second == bindparam("other"))
    both = [{"one": one, "other": other} for pair in pairs for one, other in (pair, pair[::-1])]
    if both:
        connection.execute(delete(table).where(ends), both)


def _copies(
    connection: Connection, members: Mapping[str, Member], faces: Mapping[str, Member], home: Mapping[str, str]
) -> dict[str, str]:
    """The document of every posting that repeats a face word for word, with the row that says so."""
    face_of = {face.fingerprint: face for face in sorted(faces.values(), key=lambda face: face.place, reverse=True)}
    copies = [member for member in members.values() if member.id not in home]
    delete_in(connection, merges.c.posting, (member.id for member in copies))
    upsert(connection, merges, [merge_row((copy, face_of[copy.fingerprint]), _SAME_TEXT, RULE) for copy in copies])
    return {copy.id: home[face_of[copy.fingerprint].id] for copy in copies}
