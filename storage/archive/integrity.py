"""Rot and absence: is every record of the archive as it was written, and does every row have its record?"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine, select

from pipeline.model import Capture
from storage.archive.folder import Archive, Damage
from storage.tables import core as t


@dataclass(slots=True)
class Checked:
    """What a check saw."""

    files: int = 0
    captures: int = 0
    damages: list[Damage] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # captures that the tables know and no WARC file holds
    underived: int = 0  # captures that no table knows yet

    @property
    def is_sound(self) -> bool:
        """True when nothing is damaged or lost."""
        return not self.damages and not self.lost


def check(engine: Engine, archive: Archive, progress: Callable[[Checked], None] = lambda _: None) -> Checked:
    """Every record read with its digest, every row of captures looked for."""
    seen = Checked(files=len(archive.files()))
    with engine.connect() as connection:
        known = set(connection.scalars(select(t.captures.c.id)))
    for entry in archive.entries(verify=True):
        if isinstance(entry, Damage):
            seen.damages.append(entry)
        elif isinstance(entry.record, Capture):
            seen.captures += 1
            seen.underived += entry.record.id not in known
            known.discard(entry.record.id)
            progress(seen)
    seen.lost = sorted(known)
    return seen
