"""The kept tables of what was known when (docs/decisions/0014-as-of.md), and the mark that they are in step."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text

from storage.tables.metadata import DERIVED, KEPT, UtcDateTime

# One row for each posting that ever was: how it counted when it was last looked at.
known = Table(
    "known",
    KEPT,
    Column("posting", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("standing", Text),  # standing.standing_text; NULL: no posting any more
    Column("published_on", Date),
    Column("title", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("document", String, nullable=False),
    Column("capture", String, nullable=False),
    Column("reviewed", Text, nullable=False),  # the rule of a person's decision about its category; "" without one
    Column("fate", String, nullable=False),  # model.State; "": present
)
Index("known_fates", known.c.fate, sqlite_where=known.c.fate != "", postgresql_where=known.c.fate != "")

# What happened to how postings count, in order; all up to a day together are the cube of that day.
events = Table(
    "events",
    KEPT,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("day", Date, nullable=False),  # in the source's zone
    Column("source", String, nullable=False),
    Column("posting", String, nullable=False),
    Column("cause", String, nullable=False),  # explain.Cause
    Column("before", Text),  # standing.standing_text; NULL: it did not count
    Column("after", Text),
    Index("events_of_a_day", "source", "day"),
    Index("events_of_a_posting", "posting"),
)

# From when on a source's counts are known, until when, and what its rows were made with then.
settled = Table(
    "settled",
    KEPT,
    Column("source", String, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("readers", String, nullable=False),  # what the rows were made with (derive/staleness.py)
    Column("declaration", String, nullable=False),  # SHA-256 of the source file
)

# Postings that a derive touched and whose events are not written yet.
unsettled = Table(
    "unsettled",
    KEPT,
    Column("posting", String, primary_key=True),
    Column("anew", Boolean, nullable=False),  # because the derived tables were made anew
)

# One row as long as `known` follows the derived tables; a rebuild drops it with them, and all is compared then.
in_step = Table(
    "in_step",
    DERIVED,
    Column("id", Integer, primary_key=True),
    Column("last_event", Integer, nullable=False),  # the newest event before all was compared; 0: none
)
