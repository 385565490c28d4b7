"""The derived tables of near-duplicates: what is compared, what was found to be one announcement, what is doubtful.

A face is a posting that stands for all of its source that have the same fingerprint: the representative of these, and
every posting that a person decided about. Only faces are compared.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, String, Table, Text

from storage.tables.metadata import DERIVED

# said.Keys of every face.
faces = Table(
    "faces",
    DERIVED,
    Column("posting", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("text", BigInteger, nullable=False),
    Column("name", BigInteger),
    Index("faces_by_text", "text"),
    Index("faces_by_name", "name"),
)

# Pairs that are one announcement: faces of one document, postings with the face that they repeat, and, across sources,
# faces of two documents (each source counts its own).
merges = Table(
    "merges",
    DERIVED,
    Column("posting", String, nullable=False),  # the later of the two
    Column("with_posting", String, nullable=False),
    Column("source", String, nullable=False),
    Column("with_source", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", String, nullable=False),  # "rule", or "review": a person
    Column("cross_source", Boolean, nullable=False),
    PrimaryKeyConstraint("posting", "with_posting"),
    Index("merges_of_the_earlier", "with_posting"),
)

# Pairs of one source that may be one announcement and are counted as two.
doubtful_merges = Table(
    "doubtful_merges",
    DERIVED,
    Column("a", String, nullable=False),
    Column("b", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("is_alike", Boolean, nullable=False),  # they are the same, but a third one keeps them apart
    Column("decided_by", String, nullable=False),
    PrimaryKeyConstraint("a", "b"),
    Index("doubtful_merges_of_b", "b"),
)

# Pairs of two sources that may be one announcement: no source's counts depend on them.
doubtful_links = Table(
    "doubtful_links",
    DERIVED,
    Column("a", String, nullable=False),
    Column("b", String, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("a", "b"),
    Index("doubtful_links_of_b", "b"),
)
