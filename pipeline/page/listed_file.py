"""Rows of a list that lead to a file and not to a page: which captures are such files."""

import re

from pipeline.model import Capture, Kind, Unreadable
from pipeline.page.opened import decoded

_ADDRESS = re.compile(
    r"/([^/?#]{1,300}\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|jpe?g|png|gif))(?:[?#]|$)", re.IGNORECASE
)
_BEGINNINGS = (
    *(b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf"),
    *(b"GIF8", b"\x89PNG", b"\xff\xd8\xff"),
)


def name_of_file(capture: Capture) -> str:
    """The name of the file in the address, "" where that is none of a file."""
    named = _ADDRESS.search(capture.visit.url)
    return named[1] if named else ""


def is_listed_file(capture: Capture) -> bool:
    """True for a file that a list names and links by a file's address: what came is what was linked."""
    visit = capture.visit
    if visit.kind is not Kind.NOTICE or visit.lead is None or not visit.lead.title or not _ADDRESS.search(visit.url):
        return False
    if not 200 <= capture.status < 300 or capture.truncated or capture.failure:
        return False
    try:
        return decoded(capture.body, capture.header("content-encoding")).startswith(_BEGINNINGS)
    except Unreadable:
        return False
