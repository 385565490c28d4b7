"""Single pages asked for a look: the same guards, robots.txt and pace as a crawl, nothing archived."""

from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

from crawler.past.fetch import Client, NoAnswer
from crawler.run.exchange import posted_by
from crawler.run.retry import RETRIED, pause_before
from crawler.run.robots import ROBOT, Robots
from pipeline.follow import MOST_HOPS
from pipeline.model import Capture, Kind, Quality, Source, Visit
from pipeline.page import judge
from pipeline.page.opened import text_of
from pipeline.reading import Reading, read_capture
from pipeline.values.urls import same_site


class Asker:
    """Asks a source's hosts, and no others, for one page after another."""

    def __init__(self, source: Source, contact: str) -> None:
        self.source = source
        reached = source.manners.contact or contact or "not given"
        self._client = Client(source.manners, f"{ROBOT}/0.1 (archive of public notices; contact: {reached})")
        self._robots = Robots()
        self._known: set[str] = set()

    def read(self, visit: Visit) -> Reading:
        """What the page says, after its redirects."""
        reading = self._once(visit)
        for _ in range(MOST_HOPS):
            visit = reading.capture.visit
            onward = [one for one in reading.visits if one.kind is visit.kind and one.hops > visit.hops]
            if not onward:
                break
            reading = self._once(onward[0])
        return reading

    def _once(self, visit: Visit) -> Reading:
        """The page read, asked for again while it is in trouble, as a crawl would."""
        tries = 0
        while True:
            capture = self.capture(visit)
            quality, _ = judge(capture)
            tries += 1
            pause = pause_before(tries, capture, self.source.manners) if quality in RETRIED else 0.0
            if not pause:
                return read_capture(capture, self.source)
            self._client.sleep(pause)

    def capture(self, visit: Visit) -> Capture:
        """The page as it came, or why it was not asked for or did not come."""
        if objection := self._objection(visit.url):
            return _none(visit, f"disallowed: {objection}")
        return self._fetched(visit)

    def _fetched(self, visit: Visit) -> Capture:
        try:
            answer = self._client.ask(visit.url, *posted_by(visit))
        except NoAnswer as failure:
            return _none(visit, str(failure))
        return Capture(visit, datetime.now(UTC), answer.status, answer.headers, answer.body, uuid4().hex)

    def _objection(self, url: str) -> str:
        if not same_site(url, self.source):
            return "not a host of this source"
        if not self.source.manners.robots:
            return ""
        place = urlsplit(url).netloc
        if place not in self._known:
            self._known.add(place)
            self._learn(urljoin(url, "/robots.txt"))
        return self._robots.objection(url)

    def _learn(self, url: str) -> None:
        """A host's robots.txt; a host that cannot answer for it is not asked (RFC 9309, 2.3.1.4)."""
        visit = Visit(self.source.key, "", Kind.ROBOTS, url)
        for _ in range(MOST_HOPS):
            capture = self._fetched(visit)
            moved = read_capture(capture, self.source).visits
            if not moved:
                break
            visit = moved[0]
        quality, reason = judge(capture)
        if quality is Quality.GOOD:
            self._client.delay = max(self._client.delay, self._robots.learn(url, text_of(capture.body)))
        elif quality in RETRIED and not 400 <= capture.status < 500:
            self._robots.refuse(url, reason)


def _none(visit: Visit, why: str) -> Capture:
    return Capture(visit, datetime.now(UTC), 0, (), b"", uuid4().hex, failure=why)
