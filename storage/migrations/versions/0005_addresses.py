"""Decisions name the addresses of the postings that they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Decisions that were kept before name none."""
    op.add_column("reviews", sa.Column("addresses", sa.Text()))
