"""Why postings are one document, where else they were posted, and what may be the same."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, case, or_, select

from storage.tables.core import postings
from storage.tables.likeness import doubtful_merges, merges


def merges_of(ids: Iterable[str]) -> Select[Any]:
    """The pairs of one source that made these postings the document that they are, each with its reason."""
    wanted = list(ids)
    m = merges.c
    ends = or_(m.posting.in_(wanted), m.with_posting.in_(wanted))
    columns = (m.posting, m.with_posting, m.decided_by, m.reason)
    return select(*columns).where(ends, m.cross_source.is_(False)).order_by(m.posting, m.with_posting)


def elsewhere(ids: Iterable[str]) -> Select[Any]:
    """The postings of other sources that announce the same, each with the reason."""
    wanted = list(ids)
    m, p = merges.c, postings.c
    other = case((m.posting.in_(wanted), m.with_posting), else_=m.posting)
    return (
        select(p.id, p.source, p.published_on, p.title, p.url, m.decided_by, m.reason)
        .join_from(merges, postings, p.id == other)
        .where(or_(m.posting.in_(wanted), m.with_posting.in_(wanted)), m.cross_source.is_(True))
        .order_by(p.source, p.id)
    )


def doubtful_of(ids: Iterable[str]) -> Select[Any]:
    """The pairs with one of these postings that may be the same and are counted as two."""
    wanted = list(ids)
    d = doubtful_merges.c
    ends = or_(d.a.in_(wanted), d.b.in_(wanted))
    return select(d.a, d.b, d.is_alike, d.reason).where(ends).order_by(d.a, d.b)
