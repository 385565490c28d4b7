"""People's decisions: written once, never changed, the newest about a subject in force."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select

from pipeline.review import Review, ReviewKind
from storage.tables_reviews import reviews
from storage.upsert import chunks

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
    for chunk in chunks(sorted({" ".join(subject) for subject in subjects})):
        where = (reviews.c.kind == kind.value) & reviews.c.subject.in_(chunk)
        for row in connection.execute(select(reviews).where(where).order_by(*_ORDER)):
            found[row.subject] = Review(kind, tuple(row.subject.split(" ")), row.value, row.by, row.at, row.note)
    return {subject: review for subject, review in found.items() if review.value}
