"""Captures of composed pages for the readers' tests."""

from datetime import UTC, datetime

from pipeline.model import Bucket, Capture, Channel, Kind, Layout, Lead, Source, Visit
from pipeline.reading import read_capture

URL = "http://www.example.gov.cn/zbgg/201406/t20140601_7.html"


def source(*layouts: Layout) -> Source:
    """A portal about which nothing is known but its address."""
    channel = Channel("zbgg", "招标公告", "http://www.example.gov.cn/zbgg/", Bucket.TENDER_AND_AWARD)
    return Source("example", "甲县", "http://www.example.gov.cn/", "trs", (channel,), layouts=layouts)


def capture(
    body: str | bytes, title: str = "", published: str = "", kind: str = "text/html", url: str = URL
) -> Capture:
    """A good answer with that body, found through a listing row."""
    visit = Visit("example", "zbgg", Kind.NOTICE, url, Lead(url, title, published))
    content = body.encode() if isinstance(body, str) else body
    return Capture(visit, datetime(2026, 12, 31, tzinfo=UTC), 200, (("Content-Type", kind),), content)


def follow(capture: Capture, source: Source) -> tuple[Visit, ...]:
    """What a crawl visits next after that capture."""
    return read_capture(capture, source).visits
