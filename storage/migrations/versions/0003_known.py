"""The kept tables of what was known when."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates how postings last counted, what happened to that, since when, and what is not settled yet."""
    op.create_table(
        "known",
        sa.Column("posting", sa.String(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("standing", sa.Text()),
        sa.Column("published_on", sa.Date()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("capture", sa.String(), nullable=False),
        sa.Column("reviewed", sa.Text(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
    )
    gone = sa.text("fate != ''")
    op.create_index("known_fates", "known", ["fate"], sqlite_where=gone, postgresql_where=gone)
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("posting", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
    )
    op.create_index("events_of_a_day", "events", ["source", "day"])
    op.create_index("events_of_a_posting", "events", ["posting"])
    op.create_table(
        "settled",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("readers", sa.String(), nullable=False),
        sa.Column("declaration", sa.String(), nullable=False),
    )
    op.create_table(
        "unsettled",
        sa.Column("posting", sa.String(), primary_key=True),
        sa.Column("anew", sa.Boolean(), nullable=False),
    )
