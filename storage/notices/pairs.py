"""Faces compared with their candidates: the pairs that are one announcement, and those that may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, or_, select

from pipeline.classify.review import Review, ReviewKind
from pipeline.likeness import compare
from pipeline.likeness.cluster import Pair
from pipeline.likeness.compare import Likeness, Sameness, may_be_one
from pipeline.likeness.compared_parts import ComparedParts
from storage.notices.candidates import Dirty, Member, are_faces, candidates_of, members_of, texts_of, titles_of
from storage.notices.reviews import in_force
from storage.tables.core import postings
from storage.tables.likeness import doubtful_links, doubtful_merges, merges
from storage.tables.reviews import reviews
from storage.tables.upsert import chunks, upsert

RULE, REVIEW = "rule", "review"
_AT_ONCE = 128  # pairs whose texts are in memory: some megabytes
_VERDICTS = {"same": Sameness.SAME, "different": Sameness.DIFFERENT}


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided about pairs of postings."""

    reviews: Mapping[Pair, Review]
    verdicts: Mapping[Pair, Sameness]
    named: frozenset[str]  # every posting that stands in one

    @classmethod
    def of(cls, connection: Connection) -> "Decisions":
        told = {(subject[0], subject[1]): one for subject, one in in_force(connection, ReviewKind.SAME).items()}
        verdicts = {pair: _VERDICTS[one.value] for pair, one in told.items()}
        return cls(told, verdicts, frozenset(id_ for pair in told for id_ in pair))


@dataclass(slots=True)
class Found:
    """The pairs of faces that were compared anew, but for different ones."""

    likenesses: dict[Pair, Likeness] = field(default_factory=dict)
    decided_by: dict[Pair, str] = field(default_factory=dict)


def decided_about(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the postings about which people decided something, also where they took it back."""
    told = connection.scalars(select(reviews.c.subject).where(reviews.c.kind == ReviewKind.SAME.value))
    return set(ids) & {id_ for subject in told for id_ in subject.split(" ")}


def forget(connection: Connection, ids: set[str]) -> set[str]:
    """All pairs with one of these postings removed; gives back the others that stood in them."""
    touched: set[str] = set()
    for table, first, second in (
        (merges, "posting", "with_posting"),
        (doubtful_merges, "a", "b"),
        (doubtful_links, "a", "b"),
    ):
        for chunk in chunks(sorted(ids)):
            where = or_(table.c[first].in_(chunk), table.c[second].in_(chunk))
            ends = connection.execute(select(table.c[first], table.c[second]).where(where)).all()
            touched.update(id_ for pair in ends for id_ in pair)
            if ends:
                connection.execute(delete(table).where(where))
    return touched - ids


def compared(connection: Connection, dirty: Dirty, known: Mapping[str, ComparedParts], decisions: Decisions) -> Found:
    """These faces compared with all of their candidates, and with those that people decided about."""
    found = Found()
    for chunk in chunks(sorted(dirty.ids)):
        pairs = candidates_of(connection, chunk, dirty)
        _compare(connection, pairs - decisions.verdicts.keys() - found.likenesses.keys(), known, found)
    decided = {pair for pair in decisions.verdicts if not dirty.ids.isdisjoint(pair)}
    present = are_faces(connection, {id_ for pair in decided for id_ in pair})
    for pair in sorted(decided):
        if present.issuperset(pair) and decisions.verdicts[pair] is Sameness.SAME:
            review = decisions.reviews[pair]
            found.likenesses[pair] = Likeness(
                Sameness.SAME, f"人工认定 decided by {review.by}: {review.note}".rstrip(": ")
            )
            found.decided_by[pair] = REVIEW
    return found


def _compare(connection: Connection, pairs: set[Pair], known: Mapping[str, ComparedParts], found: Found) -> None:
    at_hand = {pair for pair in pairs if pair[0] in known and pair[1] in known}
    wanted = {id_ for pair in pairs - at_hand for id_ in pair}
    titles = {id_: known[id_] for id_ in wanted & known.keys()} | titles_of(connection, wanted - known.keys())
    alike = {pair for pair in pairs - at_hand if may_be_one(titles[pair[0]], titles[pair[1]])}
    for left in chunks(sorted(at_hand | alike), _AT_ONCE):
        wanted = {id_ for pair in left for id_ in pair}
        texts = {id_: known[id_] for id_ in wanted & known.keys()} | texts_of(connection, wanted - known.keys())
        for pair in left:
            likeness = compare(texts[pair[0]], texts[pair[1]])
            if likeness.verdict is not Sameness.DIFFERENT:
                found.likenesses[pair] = likeness


def write(connection: Connection, found: Found) -> None:
    """The pairs stored, each where its verdict belongs; those of one source that are the same still without a home."""
    members = members_of(connection, postings.c.id, {id_ for pair in found.likenesses for id_ in pair})
    same: list[dict[str, Any]] = []
    doubtful: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for pair, likeness in sorted(found.likenesses.items()):
        a, b = (members[id_] for id_ in pair)
        if likeness.verdict is Sameness.SAME:
            same.append(merge_row((a, b), likeness.reason, found.decided_by.get(pair, RULE)))
        elif a.source == b.source:
            doubtful.append(doubtful_row(pair, likeness.reason, RULE, is_alike=False))
        else:
            links.append({"a": pair[0], "b": pair[1], "reason": likeness.reason})
    upsert(connection, merges, same)
    upsert(connection, doubtful_merges, doubtful)
    upsert(connection, doubtful_links, links)


def merge_row(pair: tuple[Member, Member], reason: str, decided_by: str) -> dict[str, Any]:
    """The row of a pair: the later posting first."""
    earlier, later = sorted(pair, key=lambda member: member.place)
    return {
        "posting": later.id,
        "with_posting": earlier.id,
        "source": later.source,
        "with_source": earlier.source,
        "reason": reason,
        "decided_by": decided_by,
        "cross_source": later.source != earlier.source,
    }


def doubtful_row(pair: Pair, reason: str, decided_by: str, *, is_alike: bool) -> dict[str, Any]:
    """The row of a pair of one source that stays two documents."""
    return {"a": min(pair), "b": max(pair), "reason": reason, "is_alike": is_alike, "decided_by": decided_by}
