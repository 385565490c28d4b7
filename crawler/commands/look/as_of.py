"""Days of which counts can be asked as they were known then."""

from datetime import date, datetime

from sqlalchemy import Connection

from crawler.config import WrongUse
from crawler.show.sheets import LOCAL
from storage.queries.explain import Since, known_since


def day_known(connection: Connection, day: date | None, source: str | None, now: datetime) -> date:
    """The day (None: today) when something was known of the source, or of any. Raises WrongUse when nothing was."""
    today = now.astimezone(LOCAL).date()
    known = known_since(connection, source)
    if not known:
        raise WrongUse("nothing is known of any day yet: run `duizhang derive`, what it finds is known from then on")
    first = min(_first(one) for one in known)
    day = today if day is None else day
    if day > today:
        raise WrongUse(f"{day} has not been yet")
    if day < first:
        raise WrongUse(f"nothing was known on {day}: the archive was derived for the first time on {first}")
    return day


def later_sources(connection: Connection, day: date, source: str | None) -> tuple[str, ...]:
    """Sources of which nothing was known on that day yet, each with its first day, in words."""
    return tuple(
        f"{one.source}: {_first(one)} 起才有记录 known from then on"
        for one in known_since(connection, source)
        if _first(one) > day
    )


def _first(one: Since) -> date:
    return one.first or one.since.astimezone(LOCAL).date()
