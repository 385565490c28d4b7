"""The derived tables of chains: which notices are of one project, lot and round (pipeline/likeness/chains.py)."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from storage.tables.metadata import DERIVED

# What a notice can be found by: two notices of one chain share a key, but sharing one does not make a chain.
chain_keys = Table(
    "chain_keys",
    DERIVED,
    Column("posting", String, nullable=False),
    Column("key", String, nullable=False),  # project.keys_of: "number …", "name …"
    PrimaryKeyConstraint("posting", "key"),
    Index("chain_keys_by_key", "key"),
)

chain_members = Table(
    "chain_members",
    DERIVED,
    Column("posting", String, primary_key=True),
    Column("chain", String, nullable=False),  # 16 hex digits, made from the chain's first notice
    Column("number", Integer, nullable=False),  # place in the chain's order of time, from 1
    Column("lot", String, nullable=False),  # "": the project as a whole, or it has no lots
    Column("round", Integer, nullable=False),  # of tendering, from 1
    Column("process", String, nullable=False),  # 16 hex digits: one lot in one round
    Column("after", String, nullable=False),  # the failed process that this round repeats; "" for a first round
    Column("linked_to", String, nullable=False),  # the earlier posting that it was recognised by; "" for the first
    Column("why", Text, nullable=False),  # what they share
    Column("supersedes", Text, nullable=False),  # postings whose words no longer stand alone, separated by blanks
    Index("chain_members_of_a_chain", "chain"),
)
