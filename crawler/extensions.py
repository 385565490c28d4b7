"""How a crawl is getting on: a bar on a terminal, a line now and then where output goes to a file."""

import os
import sys
from typing import TYPE_CHECKING, Protocol, cast

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.internet.task import LoopingCall

if TYPE_CHECKING:
    from crawler.spiders.portal import PortalSpider


class Display(Protocol):
    """What shows the two numbers."""

    seconds: float

    def show(self, done: int, due: int) -> None: ...
    def close(self) -> None: ...


class Progress:
    """Shows pages archived and those known to be due, while somebody looks or DUIZHANG_PROGRESS asks for it."""

    def __init__(self, spider: "PortalSpider", display: Display) -> None:
        self.spider = spider
        self.display = display
        self._loop = LoopingCall(self._show)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Progress":
        spider = cast("PortalSpider", crawler.spider)
        if sys.stderr.isatty():
            progress = cls(spider, OnTerminal(spider.source.name))
        elif os.environ.get("DUIZHANG_PROGRESS"):
            progress = cls(spider, InLines())
        else:
            raise NotConfigured
        crawler.signals.connect(progress.opened, signals.spider_opened)
        crawler.signals.connect(progress.closed, signals.spider_closed)
        return progress

    def opened(self) -> None:
        self._loop.start(self.display.seconds)

    def closed(self) -> None:
        if self._loop.running:
            self._loop.stop()
        self._show()
        self.display.close()

    def _show(self) -> None:
        self.display.show(*self.spider.progress())


class OnTerminal:
    """A bar."""

    seconds = 0.5

    def __init__(self, name: str) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bar = Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), auto_refresh=False)
        self._task = self._bar.add_task(name, total=None)
        self._bar.start()

    def show(self, done: int, due: int) -> None:
        self._bar.update(self._task, completed=done, total=done + due)
        self._bar.refresh()

    def close(self) -> None:
        self._bar.stop()


class InLines:
    """A line every few seconds."""

    seconds = 5.0

    def show(self, done: int, due: int) -> None:
        sys.stderr.write(f"已存档 archived {done}, 待抓取 known to be due {due}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Nothing to close."""
