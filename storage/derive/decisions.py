"""People's decisions in the tables: read back from the archive where they are missing, and applied."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, or_, select

from pipeline.classify.review import Review, ReviewKind, review_in
from pipeline.model import Capture, Kind, Source, Unreadable
from pipeline.page.opened import decoded
from storage.derive.captures import Touched
from storage.notices.reviews import is_kept, record_review
from storage.tables import core as t
from storage.tables.upsert import chunks, upsert


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
        if not is_kept(connection, review):
            record_review(connection, review)
            _touch(connection, review, sources, touched)


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
