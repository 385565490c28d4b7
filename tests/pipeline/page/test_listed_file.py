"""Rows of a list that lead to a file."""

from datetime import UTC, datetime

import pytest

from pipeline.article import read_notice
from pipeline.model import Bucket, Capture, Channel, Kind, Lead, Quality, Source, Visit
from pipeline.reading import read_capture

SOURCE = Source("s", "甲", "http://a.example/", "trs", (Channel("c", "通知", "http://a.example/c/", Bucket.NOTICE),))
URL = "http://a.example/c/201406/P020140603.pdf"


def _capture(url: str = URL, body: bytes = b"%PDF-1.4\n", title: str = "甲市公示", kind: Kind = Kind.NOTICE) -> Capture:
    lead = Lead(url, title, "2014-06-03")
    return Capture(Visit("s", "c", kind, url, lead), datetime(2026, 1, 1, tzinfo=UTC), 200, (), body, id="0" * 32)


def test_a_file_that_a_list_links_is_a_notice_with_the_rows_title_and_date() -> None:
    """A portal counts such a row like any other; what is in the file is not read."""
    reading = read_capture(_capture(), SOURCE)
    assert (reading.quality, reading.problems) == (Quality.GOOD, ())
    assert reading.notice is not None
    assert reading.notice == read_notice(_capture(), SOURCE)
    assert (reading.notice.title, reading.notice.text) == ("甲市公示", "")
    assert reading.notice.published == datetime(2014, 6, 2, 16, tzinfo=UTC)
    assert [one.name for one in reading.notice.attachments] == ["P020140603.pdf"]


@pytest.mark.parametrize(
    "capture",
    [
        _capture(url="http://a.example/c/201406/t20140603_1.html"),
        _capture(title=""),
        _capture(kind=Kind.LISTING),
    ],
)
def test_a_file_where_a_page_was_linked_is_no_notice(capture: Capture) -> None:
    """A portal that answers a page's address with a file has a fault."""
    assert read_capture(capture, SOURCE).quality is Quality.WRONG_TYPE


def test_a_page_at_a_files_address_is_read_as_a_page() -> None:
    """The address alone makes no file."""
    assert read_capture(_capture(body=b"<html><body>404 Not Found</body></html>"), SOURCE).quality is Quality.ABSENT
