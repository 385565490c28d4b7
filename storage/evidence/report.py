"""The text that a report's claims were read from, once more."""

from sqlalchemy import Connection, select

from pipeline.model import Source
from pipeline.page.file_kind import is_document
from pipeline.report.source_text import report_text
from storage.archive import Archive
from storage.derive.files import text_of_digest
from storage.queries.records import place_of_capture
from storage.queries.reports import ReportRow
from storage.tables import core as t


def text_of_report(connection: Connection, archive: Archive, report: ReportRow, source: Source) -> str:
    """The text whose places the claims name. Raises Damaged, and Unreadable for a file that was not read."""
    p = t.postings.c
    if report.posting:
        found = connection.execute(select(p.title, p.text).where(p.id == report.posting)).one()
        return f"{found.title}\n{found.text}"
    place = place_of_capture(connection, report.id)
    capture = archive.read(place.warc, place.position, place.length)
    if is_document(capture):
        return text_of_digest(connection, capture.digest) or ""
    return report_text(capture, source)
