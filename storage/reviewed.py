"""People's decisions in the tables: read back from the archive where they are missing, and applied."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, or_, select

from pipeline.model import Capture, Kind, Source, Unreadable
from pipeline.page import decoded
from pipeline.review import Review, ReviewKind, category_reviewed, review_in
from storage import tables as t
from storage.ingest import Touched
from storage.reviews import of_subjects, record_review
from storage.tables_reviews import reviews
from storage.upsert import chunks, upsert


def keep_reviews(
    connection: Connection, captures: Iterable[Capture], sources: Mapping[str, Source], touched: Touched
) -> None:
    """Archived decisions stand in the kept table, each once; the notices of new ones go to `touched`."""
    for capture in captures:
        if capture.visit.kind is not Kind.REVIEW:
            continue
        try:
            review = review_in(decoded(capture.body, capture.header("content-encoding")))
        except Unreadable as problem:
            _note(connection, capture, str(problem))
            continue
        if not _is_kept(connection, review):
            record_review(connection, review)
            _touch(connection, review, sources, touched)


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
            if not _is_kept(connection, review):
                record_review(connection, review)


def _is_kept(connection: Connection, review: Review) -> bool:
    c = reviews.c
    same = (c.kind == review.kind.value) & (c.subject == " ".join(review.subject)) & (c.at == review.at)
    found = connection.execute(select(c.id).where(same, c.value == review.value, c.by == review.by)).first()
    return found is not None


def _touch(connection: Connection, review: Review, sources: Mapping[str, Source], touched: Touched) -> None:
    """Postings that are not there yet get the decision when they are written."""
    if review.kind is ReviewKind.MAPPING:
        return
    c = t.postings.c
    for chunk in chunks(review.subject):
        for row in connection.execute(select(c.source, c.key).where(or_(c.id.in_(chunk), c.earlier.in_(chunk)))):
            if row.source in sources:
                touched.add(row.source, row.key)


def _note(connection: Connection, capture: Capture, reason: str) -> None:
    visit = capture.visit
    where = {"source": visit.source, "channel": visit.channel, "url": visit.url}
    upsert(connection, t.problems, [{"capture": capture.id, "step": "review", "reason": reason, **where}])
