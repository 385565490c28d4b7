"""Scrapy's item pipeline: what captures say is deduplicated, classified and stored as the crawl goes."""

from typing import TYPE_CHECKING, Any, Self, cast

from scrapy.crawler import Crawler

from pipeline.reading import Reading

if TYPE_CHECKING:
    from crawler.spiders.portal import PortalSpider


class DeriveNotices:
    """Readings become rows by the same functions that a rebuild calls."""

    def __init__(self, spider: "PortalSpider") -> None:
        self.spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(cast("PortalSpider", crawler.spider))

    def process_item(self, item: Any) -> Any:
        """Stores readings, batch by batch; other items pass."""
        if isinstance(item, Reading):
            self.spider.ledger.take(item)
            if failure := self.spider.ledger.failure:
                self.spider.stop(f"the database failed: {failure}")
        return item
