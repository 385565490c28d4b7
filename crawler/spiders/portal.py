"""The one spider: walks the channels of a source, opens what is new, and lets pipeline/ decide what follows."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import scrapy
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawler.config import Language
from crawler.run.announcing import Announcer
from crawler.run.assignment import Assignment, assignment_of
from crawler.run.exchange import capture_of, failure_of, posted_by
from crawler.run.files import DocumentReader
from crawler.run.frontier import Frontier
from crawler.run.limits import GRACE, Limits
from crawler.run.list_walks import Walks
from crawler.run.retry import RETRIED
from crawler.run.robots import ROBOT, Robots
from pipeline.coverage.outcome import Evidence, outcome_of
from pipeline.model import Capture, Fault, Kind, Outcome, Quality, RunEnd, RunStart, Source, Visit
from pipeline.page.challenge import cookies_of
from pipeline.page.opened import text_of
from pipeline.reading import Reading, read_capture
from pipeline.values.urls import visit_key
from storage.archive.faults import fault_of
from storage.archive.folder import OutOfSpace
from storage.derive.ledger import Ledger
from storage.derive.owed import Revisit
from storage.derive.run import Readers
from storage.tables.database import database_url


class PortalSpider(scrapy.Spider):
    """`scrapy crawl portal -a source=KEY|FILE.toml [-a channel=KEY,KEY] [-a since=YYYY-MM-DD]`."""

    name = "portal"

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.assignment: Assignment = assignment_of(arguments)
        self.source: Source = self.assignment.source
        self.robots = Robots()
        self.outcome: tuple[Outcome, str] = (Outcome.INTERRUPTED, "the run did not begin")
        self.counted: Counter[str] = Counter()
        self.run = ""
        self.ledger: Ledger
        self.walks: Walks
        self._frontier: Frontier
        self._limits: Limits
        self._again: dict[str, Revisit] = {}
        self._silent: dict[str, set[str]] = {}  # robots.txt not answered yet, and the hosts that it speaks for
        self._full_disk = False
        self._stopped: asyncio.Future[None] | None = None
        self._earlier: Mapping[str, int] = {}
        self._faults: list[str] = []  # mistakes of the program: no run with one is complete

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "PortalSpider":
        spider = super().from_crawler(crawler, *args, **kwargs)
        manners = spider.source.manners
        contact = manners.contact or crawler.settings["CONTACT"] or "not given"
        values = {
            "DOWNLOAD_DELAY": manners.delay_seconds,
            "CONCURRENT_REQUESTS": manners.concurrency,
            "CONCURRENT_REQUESTS_PER_DOMAIN": manners.concurrency,
            "DOWNLOAD_TIMEOUT": manners.timeout_seconds + GRACE,
            "DOWNLOAD_MAXSIZE": 0,  # Scrapy would drop what came: crawler/run/limits.py keeps it
            "USER_AGENT": f"{ROBOT}/0.1 (archive of public notices; contact: {contact})",
        }
        for name, value in values.items():
            crawler.settings.set(name, value, priority="spider")
        spider._limits = Limits(manners.max_bytes, manners.timeout_seconds)  # signals hold their listeners weakly
        spider._limits.watch(crawler)
        spider.open_books(crawler)
        crawler.signals.connect(spider.on_idle, scrapy.signals.spider_idle)
        crawler.signals.connect(spider.on_closed, scrapy.signals.spider_closed)
        crawler.signals.connect(spider.on_fault, scrapy.signals.spider_error)
        crawler.signals.connect(spider.on_fault, scrapy.signals.item_error)
        return spider

    def open_books(self, crawler: Crawler) -> None:
        """The run's ledger and frontier. Raises filelock.Timeout when another crawl of the source is running."""
        root = Path(crawler.settings["ARCHIVE_ROOT"])
        now = datetime.now(UTC)
        self.run = f"{now:%Y%m%dT%H%M%SZ}-{self.source.key}-{uuid4().hex[:6]}"
        start = RunStart(self.run, self.source.key, now, self.assignment.scope, self.source.text)
        url = database_url(root, crawler.settings["DATABASE_URL"])
        self.ledger = Ledger(root, url, self.source, start, crawler.settings["USER_AGENT"])
        announce = Announcer(Language(crawler.settings["LANGUAGE"]))
        with DocumentReader() as files:  # what is made anew is told with its files, or the sentence would be premature
            announce.end(self.ledger.catch_up(now, announce, Readers(files=files)))
        self._frontier = Frontier(self.ledger.known(now), self.source.manners)
        self._earlier = self.ledger.listed()
        self.walks = Walks(self.source, self.assignment.channels, self.assignment.since, self.ledger.walked())

    async def start(self) -> AsyncIterator[Request]:
        if not self.source.manners.robots:
            for request in self._begin():
                yield request
            return
        places = {urlsplit(url).netloc: urljoin(url, "/robots.txt") for url in self.assignment.homes}
        self._silent = {place: {host} for host, place in places.items()}
        for place in places.values():
            yield self._request(Visit(self.source.key, "", Kind.ROBOTS, place))

    def _begin(self) -> Iterator[Request]:
        """The first page of every list, and what earlier runs left undone."""
        if self.assignment.report:
            yield self._request(Visit(self.source.key, "", Kind.REPORT, self.assignment.report))
            return
        for visit in self.walks.first_visits():
            yield self._request(visit)
        for visit in self.ledger.owed([channel.key for channel in self.assignment.channels], self._frontier.known):
            self._frontier.add(visit)
        self._again = self.ledger.revisits(
            [channel.key for channel in self.assignment.channels], datetime.now(UTC), every=self.assignment.revisit
        )
        for due in self._again.values():
            self._frontier.add(due.visit, again=True)

    async def parse(self, response: Response, visit: Visit) -> AsyncIterator[Any]:
        async for made in self._take(capture_of(response, visit, datetime.now(UTC))):
            yield made

    async def failed(self, failure: Failure) -> AsyncIterator[Any]:
        """No response: the exchange is archived as the failure that it was."""
        visit: Visit = failure.request.cb_kwargs["visit"]  # type: ignore[attr-defined]  # Scrapy adds the request
        async for made in self._take(failure_of(failure, visit, datetime.now(UTC))):
            yield made

    async def _take(self, capture: Capture) -> AsyncIterator[Any]:
        if not self._keep(capture):
            return
        reading = read_capture(capture, self.source)
        yield reading
        self.counted[capture.visit.kind] += 1
        self.counted["bytes"] += len(capture.body)
        pause = self._frontier.judge(reading)
        if pause:
            with self._frontier.held_back(reading.quality):
                await asyncio.sleep(pause)
        self._frontier.in_flight -= 1
        for request in [self._again_with(capture)] if pause else self._after(reading):
            yield request
        for visit in self._frontier.due():
            yield self._request(visit)

    def _after(self, reading: Reading) -> Iterator[Request]:
        kind = reading.capture.visit.kind
        if kind is Kind.ROBOTS:
            yield from self._learn(reading)
            return
        for visit in self.walks.take(reading, self._frontier.known) if kind is Kind.LISTING else reading.visits:
            if visit.kind in {Kind.LISTING, Kind.REPORT}:
                yield self._request(visit)
            else:
                # The parts of a page that is read again, after it: what they say belongs to this revision.
                revisited = visit_key(reading.capture.visit) in self._again
                self._frontier.add(visit, again=revisited and visit.kind is Kind.PART)

    def _learn(self, reading: Reading) -> Iterator[Request]:
        """A host's robots.txt. A host that cannot answer for it is not crawled (RFC 9309, 2.3.1.4)."""
        visit = reading.capture.visit
        hosts = self._silent.pop(visit.url, set())
        if reading.quality is Quality.REDIRECT and reading.visits:
            # What stands there are the rules of the host that was asked, too (RFC 9309, 2.3.1.2).
            self._silent.setdefault(reading.visits[0].url, set()).update(hosts)
            yield self._request(reading.visits[0])
            return
        for host in {*hosts, urlsplit(visit.url).netloc}:
            if reading.quality is Quality.GOOD:
                self._slow_down(host, self.robots.learn(f"http://{host}/", text_of(reading.capture.body)))
            elif reading.quality in RETRIED - {Quality.LOGIN} and not 400 <= reading.capture.status < 500:
                self.robots.refuse(f"http://{host}/", reading.reason)
        if hosts and not self._silent:
            yield from self._begin()

    def _slow_down(self, place: str, delay: float) -> None:
        host = urlsplit(f"//{place}").hostname or ""
        if delay <= self.source.manners.delay_seconds or self.crawler.engine is None:
            return
        downloader = self.crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1}
        if slot := downloader.slots.get(host):
            slot.delay = delay

    def _again_with(self, capture: Capture) -> Request:
        """The same visit once more, with the cookies that a challenge page writes out."""
        return self._request(capture.visit).replace(cookies=dict(cookies_of(capture)))

    def _request(self, visit: Visit) -> Request:
        self._frontier.in_flight += 1
        posted, kind = posted_by(visit)
        return Request(
            visit.url,
            callback=self.parse,
            errback=self.failed,
            method="POST" if kind else "GET",
            body=posted,
            headers=({"Content-Type": kind} if kind else {}) | self._conditions(visit),
            cb_kwargs={"visit": replace(visit, run=self.run)},
            meta={"is_robots": visit.kind is Kind.ROBOTS},
            priority=10 if visit.kind is Kind.LISTING else 0,
            dont_filter=True,
        )

    def _conditions(self, visit: Visit) -> dict[str, str]:
        """What a revisit asks with, so that the portal may answer that nothing changed (RFC 9110, 13.1)."""
        due = self._again.get(visit_key(visit)) if visit.kind is Kind.NOTICE else None
        return dict(due.conditions) if due else {}

    def _keep(self, capture: Capture) -> bool:
        """Every exchange is a WARC record before it is read; what cannot be archived is not read and ends the run."""
        try:
            stored = self.ledger.keep(capture)
        except (OutOfSpace, OSError) as error:
            self._full_disk = isinstance(error, OutOfSpace)
            self.stop("out_of_space" if self._full_disk else f"the archive cannot be written: {error}")
            return False
        self.counted["captures"] += 1
        self.counted["stored"] += stored.length
        return True

    def on_fault(self, failure: Failure) -> None:
        """Notes what Scrapy would only log."""
        self._faults.append(f"{type(failure.value).__name__}: {failure.value}"[:300])

    def stop(self, why: str) -> None:
        """Ends the run, once what is in flight has come."""
        if self.crawler.engine is not None and not self._stopped:
            self._stopped = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=why))

    def progress(self) -> tuple[int, int]:
        """Pages archived, and pages known to be due."""
        return self.counted["captures"], len(self._frontier) + self._frontier.in_flight

    def on_idle(self) -> None:
        """Goes on with what waits; without it the engine would close the spider."""
        if not self._frontier.goes_on or self.crawler.engine is None:
            return
        for visit in self._frontier.due():
            self.crawler.engine.crawl(self._request(visit))
        raise DontCloseSpider

    def _never_asked(self) -> int:
        channels = [channel.key for channel in self.assignment.channels]
        return 0 if self._full_disk else self.ledger.never_asked(channels, self.run, datetime.now(UTC))

    def on_closed(self, reason: str) -> None:
        """The run's outcome, by evidence, and its last record."""
        if not self._full_disk:
            self.ledger.flush()
            self._full_disk = fault_of(self.ledger.failure) is Fault.OUT_OF_SPACE
        evidence = Evidence(
            channels=self.walks.ends(),
            listings=self._frontier.bad(listings=True),
            pages=self._frontier.bad(listings=False),
            unread=len(self._frontier) + self._frontier.in_flight,
            never_asked=self._never_asked(),
            unreadable=0 if self._full_disk else self.ledger.unreadable(self.run),
            shortened=self.assignment.since is not None,
            stopped="" if reason == "finished" else f"stopped: {reason}",
            full_disk=self._full_disk,
            faults=tuple(self._faults),
            gave_up=self._frontier.gave_up,
            earlier=self._earlier,
            tolerances={one.key: (one.tolerance, one.tolerance_rows) for one in self.assignment.channels},
        )
        outcome = outcome_of(evidence)
        numbers = tuple(sorted(self.counted.items()))
        self.outcome = (Outcome.INTERRUPTED, "the run's last record could not be written")
        with DocumentReader() as files:
            end = RunEnd(self.run, datetime.now(UTC), *outcome, evidence.channels, numbers)
            self.ledger.close(end, Readers(files=files))
        self.outcome = outcome
