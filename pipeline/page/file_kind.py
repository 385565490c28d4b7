"""Which captures are files that are read as documents and not as pages."""

from dataclasses import dataclass

from pipeline.model import Capture, Unreadable
from pipeline.page.opened import decoded

OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a file says: lines, with TABs between the cells of a table's row."""

    kind: str  # "pdf", "docx", "xlsx", "zip", "text"
    text: str


def is_document(capture: Capture) -> bool:
    """True for a PDF, an Office file or an archive, by its first bytes."""
    try:
        body = decoded(capture.body, capture.header("content-encoding"))
    except Unreadable:
        return False
    return body.startswith((b"%PDF", b"PK\x03\x04", OLD_OFFICE))
