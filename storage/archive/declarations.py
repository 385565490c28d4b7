"""How sources were declared: the archive holds every declaration that a run used, and the newest one is read with."""

from sqlalchemy import Connection, select

from pipeline.model import RunStart, Source
from pipeline.source.file import SourceError, source_of
from storage.archive.folder import Archive
from storage.tables import core as t


def declared(connection: Connection, archive: Archive) -> dict[str, Source]:
    """Every source of the archive as its newest run declared it, passing over declarations that no longer fit.

    Raises SourceError when a source has none that does.
    """
    known = set(connection.scalars(select(t.cursors.c.warc)))
    starts = [
        RunStart(row.id, row.source, row.started, row.scope, row.source_file)
        for row in connection.execute(select(t.runs))
        if row.source_file
    ]
    starts += archive.starts(known)
    newest: dict[str, Source] = {}
    unfit: dict[str, SourceError] = {}
    for start in sorted(starts, key=lambda one: (one.started, one.run), reverse=True):
        if start.source not in newest:
            try:
                newest[start.source] = source_of(start.source, start.source_text)
            except SourceError as error:
                unfit.setdefault(start.source, error)
    if lost := sorted(unfit.keys() - newest.keys()):
        raise unfit[lost[0]]
    return dict(sorted(newest.items()))
