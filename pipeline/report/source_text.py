"""The text of a disclosure report, whatever it was published as."""

from pipeline.article import read_page
from pipeline.model import Capture, Source
from pipeline.page import open_page
from pipeline.page.opened import decoded, text_of


def report_text(capture: Capture, source: Source) -> str:
    """Title and body of a page, or the whole of a plain text; of files storage/derive/files.py. Raises Unreadable."""
    body = decoded(capture.body, capture.header("content-encoding"))
    kind = capture.header("content-type").partition(";")[0].strip().lower()
    if kind == "text/plain" or not _looks_like_html(body):
        return text_of(body, capture.header("content-type"))
    notice = read_page(open_page(capture), capture, source)
    return f"{notice.title}\n{notice.text}"


def _looks_like_html(body: bytes) -> bool:
    head = body[:4096].lower()
    return any(
        mark in head for mark in (b"<html", b"<!doctype", b"<body", b"<div", b"<p>", b"<p ", b"<table", b"<head")
    )
