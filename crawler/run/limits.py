"""How much of a response is taken, and for how long: what came until then is kept as the piece that it is."""

from time import monotonic

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Request

STOPPED = "stopped"  # in a request's meta: why its response is only a piece
GRACE = 5.0  # seconds that Scrapy's own time-out comes later: it would drop what came


class Limits:
    """Stops what is larger or slower than the source's manners allow; a portal that drips for ever is slow."""

    def __init__(self, most_bytes: int, most_seconds: float) -> None:
        self.most_bytes = most_bytes
        self.most_seconds = most_seconds

    def watch(self, crawler: Crawler) -> None:
        """Listens to every download of the crawler."""
        crawler.signals.connect(self.on_start, signals.request_reached_downloader)
        crawler.signals.connect(self.on_headers, signals.headers_received)
        crawler.signals.connect(self.on_bytes, signals.bytes_received)

    def on_start(self, request: Request, spider: Spider) -> None:
        """The time runs from when the request is sent."""
        request.meta["began"] = monotonic()
        request.meta["came"] = 0

    def on_headers(self, headers: Headers, body_length: int, request: Request, spider: Spider) -> None:
        """A body that announces that it is too large is not begun."""
        if isinstance(body_length, int) and body_length > self.most_bytes:
            self._stop(request, f"oversize: {body_length} bytes announced, {self.most_bytes} allowed")

    def on_bytes(self, data: bytes, request: Request, spider: Spider) -> None:
        """A body that grows too large, or comes too slowly, ends here."""
        request.meta["came"] += len(data)
        if request.meta["came"] > self.most_bytes:
            self._stop(request, f"oversize: more than {self.most_bytes} bytes")
        if monotonic() - request.meta["began"] > self.most_seconds:
            self._stop(request, f"time: not all of it came in {self.most_seconds:g} seconds")

    def _stop(self, request: Request, why: str) -> None:
        request.meta[STOPPED] = why
        raise StopDownload(fail=False)
