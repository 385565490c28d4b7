"""Everything that one capture says, read once: what a crawl follows and what derive stores are the same reading."""

from dataclasses import dataclass, replace

from pipeline.article import read_page
from pipeline.article.listed_file import notice_of_file
from pipeline.classify import classify
from pipeline.follow import framed_list, moved_by, read_listing_page, redirect_of, rest_of, visits_of
from pipeline.model import Capture, Kind, Listing, Notice, NoticeType, Problem, Quality, Source, Unreadable, Visit
from pipeline.page import judge, open_page
from pipeline.page.listed_file import is_listed_file
from pipeline.page.opened import Page
from pipeline.tender import tender_of
from pipeline.tender.facts import Tender


@dataclass(frozen=True, slots=True)
class TenderRead:
    """What a notice states about its tender when it is of that type; another type may be decided later."""

    notice_type: NoticeType
    tender: Tender


@dataclass(frozen=True, slots=True)
class Reading:
    """What a capture is, what it says and what to visit next."""

    capture: Capture
    quality: Quality
    reason: str
    listing: Listing | None = None
    notice: Notice | None = None
    visits: tuple[Visit, ...] = ()
    problems: tuple[Problem, ...] = ()
    tender: TenderRead | None = None

    @property
    def moved_to(self) -> str:
        """The address that the page was redirected to, by whatever means; "" when it stayed."""
        kind = self.capture.visit.kind
        return next(
            (visit.url for visit in self.visits if visit.kind is kind and visit.hops > self.capture.visit.hops), ""
        )


def read_capture(capture: Capture, source: Source) -> Reading:
    """The capture judged and, when good, read. Never raises for what a portal sent: that becomes a Problem."""
    quality, reason = judge(capture)
    if quality is Quality.REDIRECT:
        return Reading(capture, quality, reason, visits=redirect_of(capture, source))
    if quality is Quality.UNCHANGED:
        return Reading(capture, quality, reason)
    if quality is not Quality.GOOD:
        return Reading(capture, quality, reason, problems=(Problem(capture.id, "judge", f"{quality}: {reason}"),))
    if capture.visit.kind not in _READERS:
        return Reading(capture, quality, reason)
    if is_listed_file(capture):
        return Reading(capture, quality, reason, notice=notice_of_file(capture, source))
    try:
        page = open_page(capture)
    except Unreadable as problem:
        return Reading(capture, quality, reason, problems=(Problem(capture.id, "open", str(problem)),))
    return _read(page, Reading(capture, quality, reason), source)


def _read(page: Page, reading: Reading, source: Source) -> Reading:
    """What a good page says, by the kind of its visit. A page that only sends on says nothing else."""
    capture = reading.capture
    if moved := moved_by(page, capture, source):
        return replace(reading, visits=moved)
    return _READERS[capture.visit.kind](page, reading, source)


def _read_listing(page: Page, reading: Reading, source: Source) -> Reading:
    capture = reading.capture
    try:
        listing = read_listing_page(page, capture, source)
    except Unreadable as problem:
        if framed := framed_list(page, capture, source):
            return replace(reading, visits=framed)
        return replace(reading, problems=(Problem(capture.id, "list", str(problem)),))
    return replace(reading, listing=listing, visits=visits_of(listing, capture.visit, source))


def _read_notice(page: Page, reading: Reading, source: Source) -> Reading:
    capture = reading.capture
    reading = replace(reading, visits=rest_of(page, capture, source))
    try:
        notice = read_page(page, capture, source)
    except Unreadable as problem:
        return replace(reading, problems=(Problem(capture.id, "read", str(problem)),))
    label = capture.visit.lead.label if capture.visit.lead else ""
    notice_type = classify(notice, source, label).notice_type
    return replace(reading, notice=notice, tender=TenderRead(notice_type, tender_of(notice, notice_type)))


def _read_part(page: Page, reading: Reading, source: Source) -> Reading:
    return replace(reading, visits=rest_of(page, reading.capture, source))


_READERS = {Kind.LISTING: _read_listing, Kind.NOTICE: _read_notice, Kind.PART: _read_part}
