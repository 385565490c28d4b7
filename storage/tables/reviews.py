"""The kept table of people's decisions (pipeline/classify/review.py)."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from storage.tables.metadata import KEPT, UtcDateTime

reviews = Table(
    "reviews",
    KEPT,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),  # review.ReviewKind
    Column("subject", Text, nullable=False),  # its parts, joined by spaces
    Column("value", Text, nullable=False),  # "": the earlier decision is taken back
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("addresses", Text),  # of its postings; NULL: of a time when paths in another case were one
    Index("reviews_of_a_subject", "kind", "subject"),
)
