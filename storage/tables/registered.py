"""The derived tables of what people registered: publications that never were on the portal, with their files."""

from sqlalchemy import JSON, Column, Date, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from storage.tables.metadata import DERIVED

registered = Table(
    "registered",
    DERIVED,
    Column("id", String, nullable=False),  # register.registered_id
    Column("capture", String, nullable=False),  # the list that was brought, archived as it is
    Column("sheet", Text, nullable=False),  # "" for a list that has no others
    Column("row", Integer, nullable=False),  # as numbered in the list
    Column("source", String, nullable=False),
    Column("medium", Text, nullable=False),
    Column("kind", String, nullable=False),  # media.Medium
    Column("title", Text, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("scans", JSON, nullable=False),  # names of files, as written
    Column("medium_key", Text, nullable=False),  # equal for one medium however it is written
    Column("title_key", Text, nullable=False),
    PrimaryKeyConstraint("capture", "sheet", "row"),
    Index("registered_by_id", "id", unique=True),
    Index("registered_of_a_day", "source", "published_on"),
)

# The files that a row names; `capture` is "" for one that was not kept, and the reason is then a problem of the list.
registered_scans = Table(
    "registered_scans",
    DERIVED,
    Column("registered", String, nullable=False),
    Column("number", Integer, nullable=False),  # from 1
    Column("name", Text, nullable=False),
    Column("capture", String, nullable=False),
    PrimaryKeyConstraint("registered", "number"),
)

# Registered publications whose title a posting of the portal has, within days of them.
registered_postings = Table(
    "registered_postings",
    DERIVED,
    Column("registered", String, nullable=False),
    Column("posting", String, nullable=False),
    Column("days", Integer, nullable=False),  # from the registered day to the posting's
    PrimaryKeyConstraint("registered", "posting"),
    Index("registered_of_a_posting", "posting"),
)
