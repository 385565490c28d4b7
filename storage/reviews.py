"""People's decisions: written once, never changed, the newest about a subject in force."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from pipeline.review import Review, ReviewKind
from storage.tables_reviews import reviews
from storage.upsert import chunks


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
        )
    )


def in_force(connection: Connection, kind: ReviewKind) -> dict[tuple[str, ...], Review]:
    """The decision that stands about each subject of that kind; few enough to be held: people made them."""
    found: dict[tuple[str, ...], Review] = {}
    for row in connection.execute(select(reviews).where(reviews.c.kind == kind.value).order_by(reviews.c.id)):
        subject = tuple(row.subject.split(" "))
        found[subject] = Review(kind, subject, row.value, row.by, row.at, row.note)
    return {subject: review for subject, review in found.items() if review.value}


def of_subjects(connection: Connection, kind: ReviewKind, subjects: Iterable[tuple[str, ...]]) -> dict[str, Review]:
    """The decisions in force about these subjects, by the subject's joined text."""
    found: dict[str, Review] = {}
    for chunk in chunks(sorted({" ".join(subject) for subject in subjects})):
        where = (reviews.c.kind == kind.value) & reviews.c.subject.in_(chunk)
        for row in connection.execute(select(reviews).where(where).order_by(reviews.c.id)):
            found[row.subject] = Review(kind, tuple(row.subject.split(" ")), row.value, row.by, row.at, row.note)
    return {subject: review for subject, review in found.items() if review.value}
