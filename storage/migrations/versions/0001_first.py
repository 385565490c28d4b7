"""The kept tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates what may never be dropped: what the service did, what the recounts found, the derived tables' shape."""
    op.create_table(
        "job_runs",
        sa.Column("id", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("exit_code", sa.Integer()),
        sa.Column("said", sa.Text()),
        sa.UniqueConstraint("job", "due"),
    )
    op.create_table(
        "recounts",
        sa.Column("id", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Numeric(12, 3), nullable=False),
    )
    op.create_table("derived_shape", sa.Column("digest", sa.String(), primary_key=True))
