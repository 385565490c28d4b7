"""The kept tables of alerts, and of the verdicts that were last told: a rebuild that finds the same tells nothing."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from storage.tables.metadata import KEPT, UtcDateTime

alerts = Table(
    "alerts",
    KEPT,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),  # when what it is about was captured or decided
    Column("kind", String, nullable=False),  # alerts.AlertKind
    Column("subject", Text, nullable=False),  # what it is about: report and claim number, joined by a space
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("seen", Boolean, nullable=False),
    Index("alerts_unseen", "seen", "id"),
)

told_verdicts = Table(
    "told_verdicts",
    KEPT,
    Column("report", String, nullable=False),  # the capture that it was read from: the same after every rebuild
    Column("start", Integer, nullable=False),  # where the claim stands: a better reader may number claims otherwise
    Column("verdict", String, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("report", "start"),
)
