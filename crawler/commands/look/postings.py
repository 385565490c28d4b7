"""How lists of postings are shown."""

from collections.abc import Sequence
from dataclasses import fields

from crawler.show.sheets import Sheet, sheet_of
from storage.queries.postings import PostingRow

COLUMNS = tuple(field.name for field in fields(PostingRow))
IN_TABLES = ("id", "published_on", "title", "source", "channel", "bucket", "notice_type", "url", "capture")


def postings_sheet(rows: Sequence[PostingRow], total: int) -> Sheet:
    """The postings with all their columns, and a note when there are more than are shown."""
    cut = f"共 {total} 条，列出 {len(rows)} 条 {len(rows)} of {total} are shown: --limit shows more"
    note = cut if len(rows) < total else f"共 {total} 条 {total} found"
    sheet = sheet_of(COLUMNS, rows, total, (note,))
    return Sheet(sheet.columns, sheet.rows, total, notes=sheet.notes, in_table=IN_TABLES)
