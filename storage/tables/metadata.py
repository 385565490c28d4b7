"""The two sets of tables and the column type of times; the tables themselves are in tables/core.py and tables_*.py.

KEPT ones may not be dropped; DERIVED ones are written by derive/run.py alone and can be rebuilt from WARC.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator

__all__ = ["DERIVED", "KEPT", "UtcDateTime"]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; a naive one is a mistake of code and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


KEPT = MetaData()
DERIVED = MetaData()
