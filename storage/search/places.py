"""Where a posting stands in the index: a whole number of its own that sorts by time of publication."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from storage.search.terms import IndexEntry, place_of

_WIDEST = 16  # attempts: the last window of the sixteen is wider than any archive


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry with its number."""

    id: int
    entry: IndexEntry


def place(
    connection: Connection, table: Table, entries: Sequence[IndexEntry], now: Mapping[str, int]
) -> list[PlacedEntry]:
    """Each entry where it stands now if its time is the same, else at the first free number that it hits upon."""
    placed = [
        PlacedEntry(now[entry.posting], entry) for entry in entries if _stands_right(entry, now.get(entry.posting))
    ]
    standing = {known.entry.posting for known in placed}
    homeless = [entry for entry in entries if entry.posting not in standing]
    attempt = 0
    while homeless:
        wished = [PlacedEntry(place_of(entry.published, entry.posting, attempt), entry) for entry in homeless]
        # What this batch has placed is not in the table yet.
        taken = _taken(connection, table, [wish.id for wish in wished]) | {known.id for known in placed}
        homeless = []
        for wish in wished:
            if wish.id in taken:
                homeless.append(wish.entry)
            else:
                placed.append(wish)
                taken.add(wish.id)
        attempt += 1
    return placed


def _stands_right(entry: IndexEntry, number: int | None) -> bool:
    return number is not None and any(number == place_of(entry.published, entry.posting, a) for a in range(_WIDEST))


def _taken(connection: Connection, table: Table, numbers: Sequence[int]) -> set[int]:
    return set(connection.execute(select(table.c.id).where(table.c.id.in_(numbers))).scalars())
