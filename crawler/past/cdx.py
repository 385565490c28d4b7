"""A web archive behind a CDX server (pywb's or Wayback's protocol): its index of a source, and its captures."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from crawler.past.fetch import Client, NoAnswer, WireAnswer
from crawler.run.retry import LONGEST, SHORTEST, retry_after
from pipeline.coverage.saved_pages import CdxAnswer, Saved, TimeSpan, by_key, cdx_rows, distinct, saved_in
from pipeline.model import Capture, Source, Visit
from pipeline.page.opened import decoded
from pipeline.values.urls import host_of, key_of, same_site

ROWS = 10_000  # of one answer, where the server has a key to go on with: 2 MB
MOST_ANSWERS = 10_000
_MOST_STEPS = 3  # from one capture of a page to the nearest one that the archive really has

_ORIGINAL = "x-archive-orig-"
_MEMENTO = "memento-datetime"
_ON_THE_WAY = {"connection", "keep-alive", "transfer-encoding"}
# What replays add of their own; a portal's headers of these names come as X-Archive-Orig- or cannot be told apart.
_REPLAYS_OWN = {_MEMENTO, "link", "content-location", "date", "server", "x-archive-src", "x-ts", "x-tr", "x-location"}
_REPLAYED = re.compile(r"/(\d{1,14})(?:[a-z]{2}_)?/(https?:/.*)", re.DOTALL)
_BUSY = {429, 500, 502, 503, 504}


class WebArchive:
    """What a web archive saved of the source within the span. Raises NoAnswer or Unreadable without its index."""

    def __init__(self, client: Client, addresses: tuple[str, str], source: Source, span: TimeSpan) -> None:
        self._client = client
        self._cdx, self._replay = addresses
        self._source = source
        self._span = span
        self._odd = 0
        self.name = host_of(self._cdx)
        rows = [one for host in self._hosts() for one in self._rows(host)]
        unique = {one.identity: one for one in rows if span.holds(one.at) and same_site(one.url, source)}
        self.pages = {key: distinct(captures) for key, captures in by_key(unique.values()).items()}

    def gaps(self) -> list[str]:
        """Lines of the index that made no sense."""
        return [f"{self._odd} lines of the index could not be read"] if self._odd else []

    def capture(self, saved: Saved, visit: Visit) -> Capture:
        """The page as the archive replays it raw. Raises NoAnswer when the archive does not give it."""
        url = saved.name
        at = saved.at
        for _ in range(_MOST_STEPS):
            answer = self._patiently(url, saved.status)
            if moved := _nearest(answer, visit.url):
                url = f"{self._replay}/{moved}id_/{saved.url}"
                at = datetime.strptime(moved.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
                continue
            if not _is_memento(answer, saved.status):
                raise NoAnswer(f"{url}: the archive itself answers with status {answer.status}")
            return Capture(visit, at, answer.status, _headers_of(answer), answer.body, origin=url)
        raise NoAnswer(f"{saved.name}: the archive sends from one capture to the next")

    def _hosts(self) -> list[str]:
        places = [urlsplit(self._source.home).netloc, *self._source.hosts]
        return list(dict.fromkeys(place.removeprefix("www.") for place in places))

    def _rows(self, host: str) -> Iterator[Saved]:
        asked = {"url": host, "matchType": "host", "output": "json"}
        asked |= {"from": f"{self._span.first:%Y%m%d%H%M%S}", "to": f"{self._span.end:%Y%m%d%H%M%S}"}
        paged = asked | {"limit": str(ROWS), "showResumeKey": "true"}
        found = self._index(paged)
        if len(found.rows) >= ROWS and not found.resume:  # a server that cuts and has no key to go on with: all at once
            found = self._index(asked)
        for _ in range(MOST_ANSWERS):
            self._odd += found.odd
            yield from saved_in(found.rows, self._replay)
            if not found.resume:
                return
            found = self._index(paged | {"resumeKey": found.resume})
        raise NoAnswer(f"{self._cdx} has no end: stopped after {MOST_ANSWERS} answers")

    def _index(self, asked: dict[str, str]) -> CdxAnswer:
        mark = "&" if "?" in self._cdx else "?"
        answer = self._patiently(f"{self._cdx}{mark}{urlencode(asked)}", 0)
        if answer.status != 200:
            if answer.status == 404 and _is_json(answer):  # pywb's answer for a host of which it has nothing
                return CdxAnswer(())
            raise NoAnswer(f"{self._cdx} answers with status {answer.status}")
        return cdx_rows(_plain(answer).decode("utf-8", "replace"))

    def _patiently(self, url: str, expected: int) -> WireAnswer:
        """The answer, asked for again as the archive wishes while it is busy. Raises NoAnswer."""
        manners = self._client.manners
        for tries in range(1, manners.retries + 2):
            pause = max(manners.delay_seconds, SHORTEST) * 2.0 ** (tries - 1)
            try:
                answer = self._client.ask(url)
            except NoAnswer:
                if tries > manners.retries:
                    raise
                self._client.sleep(pause)
                continue
            if answer.status not in _BUSY or _is_memento(answer, expected):
                return answer
            asked = retry_after(answer.header("retry-after"), datetime.now(UTC))
            if asked > LONGEST or tries > manners.retries:
                break
            self._client.sleep(max(pause, asked))
        raise NoAnswer(f"{url}: the archive is busy, status {answer.status}")


def replay_of(cdx: str) -> str:
    """The replay's prefix that belongs to a CDX server's address, as pywb and Wayback lay them out."""
    plain = cdx.partition("?")[0].rstrip("/")
    if plain.endswith("/cdx/search/cdx"):  # web.archive.org/cdx/search/cdx, web.archive.org/web/…
        return plain.removesuffix("/cdx/search/cdx") + "/web"
    for end in ("/cdx", "-cdx", "/index"):
        plain = plain.removesuffix(end)
    return plain


def _is_json(answer: WireAnswer) -> bool:
    return "json" in answer.header("content-type").lower()


def _plain(answer: WireAnswer) -> bytes:
    return decoded(answer.body, answer.header("content-encoding"))


def _is_memento(answer: WireAnswer, expected: int) -> bool:
    """True for what was archived, False for what the archive says itself."""
    marked = any(name.lower() == _MEMENTO or name.lower().startswith(_ORIGINAL) for name, _ in answer.headers)
    return marked or answer.status == expected


def _nearest(answer: WireAnswer, url: str) -> str:
    """The time of another capture of the same page that the archive sends to; "" when it does not."""
    if not 300 <= answer.status < 400 or answer.header(_MEMENTO):
        return ""
    found = _REPLAYED.search(answer.header("location"))
    return found[1] if found and len(found[1]) == 14 and key_of(found[2]) == key_of(url) else ""


def _headers_of(answer: WireAnswer) -> tuple[tuple[str, str], ...]:
    """The portal's own headers, those of the replay where it gives no others; a redirect leads to the portal again."""
    original = [(name[len(_ORIGINAL) :], value) for name, value in answer.headers if name.lower().startswith(_ORIGINAL)]
    theirs = {"content-encoding", "content-length", *_ON_THE_WAY}  # of the bytes as they were replayed
    kept = [(name, value) for name, value in original if name.lower() not in theirs]
    have = {name.lower() for name, _ in kept}
    kept += [
        (name, value)
        for name, value in answer.headers
        if name.lower() not in have | _ON_THE_WAY | _REPLAYS_OWN and not name.lower().startswith(_ORIGINAL)
    ]
    return tuple((name, _unwrapped(value) if name.lower() == "location" else value) for name, value in kept)


def _unwrapped(location: str) -> str:
    found = _REPLAYED.search(location)
    return found[2] if found else location
