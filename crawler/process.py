"""One crawl in this process: Scrapy started with our settings, the run's outcome given back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from filelock import Timeout
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler.config import Config, WrongUse
from crawler.spiders.portal import PortalSpider
from pipeline.model import EXIT_CODES, ChannelEnd, Outcome


class Busy(WrongUse):
    """Another crawl of the same source is running on the archive."""


@dataclass(frozen=True, slots=True)
class RunEnded:
    """How a run ended."""

    run: str
    outcome: Outcome
    reason: str
    channels: tuple[ChannelEnd, ...]
    numbers: Mapping[str, int]

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.outcome]


def crawl(config: Config, contact: str, arguments: Mapping[str, str]) -> RunEnded:
    """Runs the spider with its arguments until it ends. Raises Busy, or what went wrong before it began."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.update(
        {"ARCHIVE_ROOT": str(config.archive), "DATABASE_URL": config.database_url, "CONTACT": contact}
        | {"LANGUAGE": config.language.value},
        priority="cmdline",
    )
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(PortalSpider)
    failures: list[Failure] = []
    process.crawl(crawler, **arguments).addErrback(failures.append)
    process.start()
    if failures:
        _raise(failures[0].value)
    return _ended(crawler.spider)


def _raise(error: BaseException | None) -> None:
    if isinstance(error, Timeout):
        raise Busy("已有另一个抓取在进行 another crawl of this source is running on this archive") from None
    assert error is not None
    raise error


def _ended(spider: Any) -> RunEnded:
    if spider.ledger.failure:
        raise spider.ledger.failure
    outcome, reason = spider.outcome
    return RunEnded(spider.run, outcome, reason, spider.walks.ends(), dict(spider.counted))
