"""Rows of a list that lead to a file and not to a page: the file is the notice, the row says what it is called."""

import re

from pipeline.model import Attachment, Capture, Kind, Notice, Source, Unreadable
from pipeline.page import decoded
from pipeline.published import day_of
from pipeline.text import squeeze

_ADDRESS = re.compile(
    r"/([^/?#]{1,300}\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|jpe?g|png|gif))(?:[?#]|$)", re.IGNORECASE
)
_BEGINNINGS = (
    *(b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf"),
    *(b"GIF8", b"\x89PNG", b"\xff\xd8\xff"),
)


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


def notice_of_file(capture: Capture, source: Source) -> Notice:
    """The notice with the row's title and date and the file as its attachment; its content is not read."""
    lead, named = capture.visit.lead, _ADDRESS.search(capture.visit.url)
    if lead is None or named is None:
        raise Unreadable("a file that no list names")
    day = day_of(capture, source)
    return Notice(
        source=capture.visit.source,
        channel=capture.visit.channel,
        url=capture.visit.url,
        title=squeeze(lead.title),
        published=day.when.moment if day.when else None,
        published_precision=day.when.precision if day.when else "day",
        attachments=(Attachment(capture.visit.url, named[1]),),
        doubts=day.doubts,
    )
