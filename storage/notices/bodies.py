"""Notices whose page says nothing: their text is that of the first of their files that could be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from pipeline.likeness.file_only import is_thin
from pipeline.model import Kind, Notice
from pipeline.values.urls import key_of
from storage.tables.documents import document_texts
from storage.tables.upsert import rows_in

Texts = Mapping[str, str]  # by the digest of the captured file
_ARCHIVE_OF_NAMES = "zip"


def texts_of(connection: Connection, captures: Iterable[Mapping[str, Any]]) -> Texts:
    """What was read of these captures' content as files."""
    kinds = {Kind.ATTACHMENT.value, Kind.NOTICE.value}
    digests = {row["digest"] for row in captures if row["kind"] in kinds}
    read = select(document_texts).where(document_texts.c.text != "")
    return {row.digest: row.text for row in rows_in(connection, read, document_texts.c.digest, digests) if _says(row)}


def _says(row: Any) -> bool:
    """False for an archive of which only the names are known: a list of names is no body."""
    return bool(row.kind != _ARCHIVE_OF_NAMES or "\n\n" in row.text)


@dataclass(frozen=True, slots=True)
class Body:
    """A notice with the text that is its body."""

    notice: Notice
    thin: bool  # its page only points to its files
    text_from: str = ""  # the capture of the file that the text is of; "": the page's own


def body_of(notice: Notice, captures: Sequence[Mapping[str, Any]], until: Any, texts: Texts) -> Body:
    """The notice with its file's text where its page says nothing and the file was read; else as it is.

    Of a file the newest capture before `until`, when the notice itself was captured again.
    """
    if not is_thin(notice):
        return Body(notice, thin=False)
    newest = {
        row["key"]: row for row in captures if row["digest"] in texts and (until is None or row["fetched_at"] < until)
    }
    for file in notice.attachments:
        if row := newest.get(key_of(file.url)):
            return Body(replace(notice, text=texts[row["digest"]]), thin=True, text_from=str(row["id"]))
    return Body(notice, thin=True)
