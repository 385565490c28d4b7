"""`crawl --from-warc` and `--from-archive`: a portal's past from what others saved."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from filelock import Timeout

from crawler.bring.open_archive import new_run
from crawler.config import Config, WrongUse
from crawler.extensions import Display, InLines, OnTerminal
from crawler.past.cdx import WebArchive, replay_of
from crawler.past.fetch import Client, NoAnswer
from crawler.past.take import History, Past
from crawler.process import Busy, RunEnded
from crawler.run.announcing import Announcer
from crawler.run.assignment import Assignment, assignment_of
from crawler.run.files import DocumentReader
from crawler.run.robots import ROBOT
from pipeline.coverage.saved_pages import Saved, TimeSpan, by_key, span_of
from pipeline.model import FROM_OTHERS, Capture, RunStart, Unreadable, Visit
from pipeline.values.urls import same_site
from storage.archive.foreign import Refused, WarcFiles
from storage.derive.ledger import Ledger
from storage.derive.run import Readers
from storage.tables.database import database_url

_ALWAYS = TimeSpan(datetime(1990, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the past is asked for: files, or a web archive, and the years."""

    files: tuple[Path, ...] = ()
    cdx: str = ""
    replay: str = ""
    years: str = ""
    allow_private: bool = False

    @property
    def scope(self) -> str:
        what = f"{FROM_OTHERS[0]} {', '.join(path.name for path in self.files)}" if self.files else ""
        what = what or f"{FROM_OTHERS[1]} {self.cdx}"
        return f"{what}, {self.years}" if self.years else what


class _Files:
    """WARC files as a past."""

    def __init__(self, files: WarcFiles, span: TimeSpan) -> None:
        self._files = files
        self.name = files.name
        self.pages = by_key(one for one in files.saved() if span.holds(one.at))

    def capture(self, saved: Saved, visit: Visit) -> Capture:
        """The capture. Raises Unreadable."""
        return self._files.capture(saved, visit)

    def gaps(self) -> list[str]:
        """Damaged places, and records that repeat what is not there."""
        gaps = [f"damaged: {one}" for one in self._files.damages]
        if self._files.unresolved:
            gaps.append(f"{self._files.unresolved} records repeat others that are in none of the files")
        return gaps


def take_past(config: Config, contact: str, chosen: dict[str, str], wish: Wish) -> RunEnded:
    """The past of a source, as a run of its own. Raises WrongUse, or Busy while the source is being crawled."""
    assignment = assignment_of(chosen)
    span = span_of(wish.years) if wish.years else _ALWAYS
    if span is None:
        raise WrongUse(f"--years {wish.years!r}: write 2014 or 2012-2015")
    reached = assignment.source.manners.contact or contact or "not given"
    agent = f"{ROBOT}/0.1 (archive of public notices; contact: {reached})"
    with TemporaryDirectory(prefix="duizhang-") as folder, _terminable():
        try:
            past: Past = (
                _Files(_warc_files(wish, assignment, Path(folder)), span)
                if wish.files
                else _web_archive(wish, assignment, span, agent)
            )
        except (Refused, NoAnswer, Unreadable) as refusal:
            raise WrongUse(str(refusal)) from None
        return _run(config, assignment, (past, wish.scope), agent)


def _warc_files(wish: Wish, assignment: Assignment, folder: Path) -> WarcFiles:
    source = assignment.source
    return WarcFiles(wish.files, lambda url: same_site(url, source), source.manners.max_bytes, folder)


def _web_archive(wish: Wish, assignment: Assignment, span: TimeSpan, agent: str) -> WebArchive:
    manners = assignment.source.manners
    if wish.allow_private:
        manners = replace(manners, allow_private_addresses=True)
    replay = (wish.replay or replay_of(wish.cdx)).rstrip("/")
    return WebArchive(Client(manners, agent), (wish.cdx, replay), assignment.source, span)


def _run(config: Config, assignment: Assignment, asked: tuple[Past, str], agent: str) -> RunEnded:
    past, scope = asked
    source = assignment.source
    if len(assignment.channels) < len(source.channels):
        scope = ", ".join([scope, *(f"channel {channel.key}" for channel in assignment.channels)])
    start: RunStart = new_run(source, scope, datetime.now(UTC))
    try:
        url = database_url(config.archive, config.database_url)
        ledger = Ledger(config.archive, url, source, start, agent)
    except Timeout:
        raise Busy("已有另一个抓取在进行 another crawl of this source is running on this archive") from None
    announce = Announcer(config.language)
    with DocumentReader() as files:
        announce.end(ledger.catch_up(start.started, announce, Readers(files=files)))
    history = History(source, assignment.channels, past, (ledger, start))
    with _shown(source.name) as show_progress:
        end = history.run(show_progress)
    return RunEnded(end.run, end.outcome, end.reason, end.channels, dict(end.numbers))


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends the run as Ctrl-C does: with a last record."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _shown(name: str) -> Iterator[Callable[[int, int], None]]:
    """Progress for somebody who looks, or whom DUIZHANG_PROGRESS tells to be there."""
    if sys.stderr.isatty():
        display: Display = OnTerminal(name)
    elif os.environ.get("DUIZHANG_PROGRESS"):
        display = InLines()
    else:
        yield lambda _done, _due: None
        return
    shown_at = time.monotonic()

    def tell(done: int, due: int) -> None:
        nonlocal shown_at
        if time.monotonic() - shown_at >= display.seconds:
            shown_at = time.monotonic()
            display.show(done, due)

    try:
        yield tell
    finally:
        display.close()
