"""The derived table of how each claim was mapped to a part of the archive (pipeline/verdict/mapping.py)."""

from sqlalchemy import JSON, Column, Float, Integer, PrimaryKeyConstraint, String, Table, Text

from storage.tables.metadata import DERIVED

mappings = Table(
    "mappings",
    DERIVED,
    Column("report", String, nullable=False),
    Column("claim", Integer, nullable=False),
    Column("version", String, nullable=False),  # of the rules that proposed it
    Column("rule", Text, nullable=False),  # which of them, joined by "; "
    Column("confidence", Float, nullable=False),  # 0 to 1; 1 when a person decided
    Column("by", Text, nullable=False),  # the person who confirmed or changed it; "": nobody
    Column("note", Text, nullable=False),
    Column("readings", JSON, nullable=False),  # claim_slices.Slice, the plainest first; empty: no part corresponds
    Column("definitions", JSON, nullable=False),  # admissible ones, the headline's first
    Column("void", JSON, nullable=False),  # admissible: true counts what is marked void, false does not
    PrimaryKeyConstraint("report", "claim"),
)
