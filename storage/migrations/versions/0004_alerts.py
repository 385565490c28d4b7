"""The kept tables of alerts and of the verdicts that were last told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates what a person has to hear of, and what was last found of every claim."""
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
    )
    op.create_index("alerts_unseen", "alerts", ["seen", "id"])
    op.create_table(
        "told_verdicts",
        sa.Column("report", sa.String(), primary_key=True),
        sa.Column("start", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("low", sa.Integer()),
        sa.Column("high", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
