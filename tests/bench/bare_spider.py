"""python -m tests.bench.bare_spider URL: Scrapy as it comes, following links; prints how many pages came."""

import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor


class BareSpider(scrapy.Spider):
    """What a tutorial ends with: every link of every page, nothing kept."""

    name = "bare"
    pages = 0

    def __init__(self, url: str) -> None:
        super().__init__()
        self.start_urls = [url]
        self.links = LinkExtractor()

    def parse(self, response: Response) -> Iterator[Any]:
        self.pages += 1
        assert isinstance(response, TextResponse)
        for link in self.links.extract_links(response):
            yield response.follow(link, self.parse)


def main(url: str) -> None:
    """Crawls with default settings but for the pace of the other crawls, and without a log line for every page."""
    pace = {"CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0}
    # These two are servers that run Python for whoever connects; a log line per page would flatter us.
    process = CrawlerProcess(
        {**pace, "LOG_LEVEL": "INFO", "REMOTE_CONTROL_ENABLED": False, "TELNETCONSOLE_ENABLED": False}
    )
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, url=url)
    process.start()
    assert isinstance(crawler.spider, BareSpider)
    sys.stdout.write(f"pages {crawler.spider.pages}\n")


if __name__ == "__main__":
    main(sys.argv[1])
