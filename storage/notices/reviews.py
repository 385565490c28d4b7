"""People's decisions: written once, never changed, the newest about a subject in force."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, or_, select

from pipeline.classify.review import Review, ReviewKind, category_reviewed
from pipeline.model import Source
from storage.tables import core as t
from storage.tables.reviews import reviews
from storage.tables.upsert import rows_in

_ORDER = (reviews.c.at, reviews.c.id)  # one that was read back from the archive comes after newer ones


def record_review(connection: Connection, review: Review) -> None:
    """The decision kept; earlier ones about the same subject stay readable."""
    connection.execute(
        insert(reviews).values(
            kind=review.kind.value,
            subject=" ".join(review.subject),
            value=review.value,
            by=review.by,
            at=review.at,
            note=review.note,
            addresses=" ".join(review.addresses) or None,
        )
    )


def in_force(connection: Connection, kind: ReviewKind) -> dict[tuple[str, ...], Review]:
    """The decision that stands about each subject of that kind; few enough to be held: people made them."""
    found: dict[tuple[str, ...], Review] = {}
    for row in connection.execute(select(reviews).where(reviews.c.kind == kind.value).order_by(*_ORDER)):
        subject = tuple(row.subject.split(" "))
        found[subject] = Review(kind, subject, row.value, row.by, row.at, row.note)
    return {subject: review for subject, review in found.items() if review.value}


def decided_about(posting: str) -> Select[Any]:
    """Every decision about a posting or a pair that it is one of, the newest first."""
    c = reviews.c
    named = or_(c.subject == posting, c.subject.startswith(f"{posting} "), c.subject.endswith(f" {posting}"))
    columns = (c.at, c.by, c.kind, c.subject, c.value, c.note)
    return select(*columns).where(named, c.kind != ReviewKind.MAPPING.value).order_by(c.at.desc(), c.id.desc())


def of_subjects(connection: Connection, kind: ReviewKind, subjects: Iterable[tuple[str, ...]]) -> dict[str, Review]:
    """The decisions in force about these subjects, by the subject's joined text."""
    found: dict[str, Review] = {}
    told = select(reviews).where(reviews.c.kind == kind.value).order_by(*_ORDER)
    for row in rows_in(connection, told, reviews.c.subject, (" ".join(subject) for subject in subjects)):
        found[row.subject] = Review(kind, tuple(row.subject.split(" ")), row.value, row.by, row.at, row.note)
    return {subject: review for subject, review in found.items() if review.value}


def is_kept(connection: Connection, review: Review) -> bool:
    """True when that very decision stands already."""
    c = reviews.c
    same = (c.kind == review.kind.value) & (c.subject == " ".join(review.subject)) & (c.at == review.at)
    found = connection.execute(select(c.id).where(same, c.value == review.value, c.by == review.by)).first()
    return found is not None


def apply_reviews(connection: Connection, source: Source, rows: Sequence[dict[str, Any]]) -> None:
    """The rows of postings changed to what people decided about them, be it under the ids that they had earlier."""
    _adopt(connection, rows)
    by_id: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
    for id_, review in of_subjects(connection, ReviewKind.CATEGORY, ((id_,) for id_ in by_id)).items():
        for row in by_id[id_]:
            row.update(category_reviewed(row, review, source.zone))


def _adopt(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Decisions that name an earlier id alone are about the first posting that had it, or about one that stood then."""
    order = sorted(rows, key=lambda row: row["first_seen"], reverse=True)
    first = {row["earlier"]: row["id"] for row in order if row["earlier"]}
    c, p = reviews.c, t.postings.c
    alone = select(reviews).where(c.kind != ReviewKind.MAPPING.value, c.addresses.is_(None))
    for row in connection.execute(alone).all() if first else ():
        ids = row.subject.split(" ")
        if first.keys().isdisjoint(ids):
            continue
        stood = {one["id"] for one in rows if one["first_seen"] < row.at}
        stood |= set(connection.scalars(select(p.id).where(p.id.in_(ids), p.first_seen < row.at)))
        now = [first[id_] if id_ in first and id_ not in stood else id_ for id_ in ids]
        if now != ids:
            review = Review(ReviewKind(row.kind), tuple(sorted(now)), row.value, row.by, row.at, row.note)
            connection.execute(delete(reviews).where(c.id == row.id))
            if not is_kept(connection, review):
                record_review(connection, review)
