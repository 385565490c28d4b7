"""The derived table of tender facts (pipeline/tender/facts.py)."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from storage.tables.metadata import DERIVED

facts = Table(
    "facts",
    DERIVED,
    Column("posting", String, nullable=False),
    Column("number", Integer, nullable=False),  # in the order of Tender.facts, from 1
    Column("name", String, nullable=False),  # facts.FactName
    Column("value", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("grp", Integer, nullable=False),
    Column("place", String, nullable=False),  # facts.FactPlace
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    PrimaryKeyConstraint("posting", "number"),
    Index("facts_by_value", "name", "value"),
)
