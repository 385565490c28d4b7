"""Why a page is fetched, what came of it, and how a run ended."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256


class Kind(StrEnum):
    """Why a page is visited."""

    LISTING = "listing"
    NOTICE = "notice"
    PART = "part"  # a further page, an iframe or a separately loaded body of a notice
    ATTACHMENT = "attachment"
    REPORT = "report"
    REGISTER = "register"  # a list of publications that never were on the portal
    SCAN = "scan"  # a file that shows a registered publication
    REVIEW = "review"  # what a person decided about something doubtful (pipeline/classify/review.py)
    ROBOTS = "robots"


class Quality(StrEnum):
    """What a capture is, judged before anything is read from it; only GOOD captures are read."""

    GOOD = "good"
    REDIRECT = "redirect"
    ABSENT = "absent"  # 404, 410, or a page that says so with status 200
    BLOCKED = "blocked"
    MAINTENANCE = "maintenance"
    LOGIN = "login"
    EMPTY = "empty"
    WRONG_TYPE = "wrong_type"
    TRUNCATED = "truncated"
    OVERSIZE = "oversize"
    SERVER_ERROR = "server_error"
    UNCHANGED = "unchanged"  # 304: the portal says that nothing changed since the capture that we asked with
    FAILED = "failed"  # no response at all: name look-up, refused, reset, time-out
    DISALLOWED = "disallowed"  # we did not ask: robots.txt, a foreign host or a private address


class Outcome(StrEnum):
    """How a run ended. "Finished" is not an outcome; the value is the word shown, EXIT_CODES the process's code."""

    COMPLETE = "complete"
    COMPLETE_WITH_DRIFT = "complete_with_drift"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    MAINTENANCE = "maintenance"
    EMPTY_EXPECTED = "empty_expected"
    EMPTY_SUSPICIOUS = "empty_suspicious"
    INTERRUPTED = "interrupted"
    OUT_OF_SPACE = "out_of_space"


EXIT_CODES = {
    Outcome.COMPLETE: 0,
    Outcome.COMPLETE_WITH_DRIFT: 0,
    Outcome.EMPTY_EXPECTED: 0,
    Outcome.PARTIAL: 10,
    Outcome.BLOCKED: 11,
    Outcome.MAINTENANCE: 12,
    Outcome.EMPTY_SUSPICIOUS: 13,
    Outcome.INTERRUPTED: 14,
    Outcome.OUT_OF_SPACE: 15,
}


@dataclass(frozen=True, slots=True)
class Lead:
    """What a listing row says about a notice before it is opened, in the listing's own words."""

    url: str  # absolute, as the listing links it
    title: str = ""
    published: str = ""  # as written on the listing
    label: str = ""  # a category or region shown in the row


@dataclass(frozen=True, slots=True)
class Visit:
    """One page to fetch, and why."""

    source: str
    channel: str
    kind: Kind
    url: str
    lead: Lead | None = None  # None for listings
    page: int = 1  # listing: which page; part: its order in the notice (1 = first after the notice itself)
    form: tuple[tuple[str, str], ...] | None = None  # a POST when given
    json: str = ""  # a POST with this JSON text when given
    hops: int = 0  # redirects followed to get here
    run: str = ""


@dataclass(frozen=True)
class Capture:
    """What one visit brought back, byte for byte, with its visit. No response: status 0 and a failure."""

    visit: Visit
    fetched_at: datetime  # UTC
    status: int
    headers: tuple[tuple[str, str], ...]  # in the order received, repeated ones kept
    body: bytes = field(repr=False)  # as on the wire (still compressed), transfer encoding removed
    id: str = ""  # the WARC record's id: 32 hex digits
    failure: str = ""  # why there is no (whole) response
    truncated: bool = False
    origin: str = ""  # "": we fetched it; else the web archive or WARC file that it was taken from

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the body as on the wire, lower-case hex."""
        return sha256(self.body).hexdigest()

    def header(self, name: str) -> str:
        """The first header of that name, "" when there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


BROUGHT = (
    "report",
    "register",
    "declaration",
    "review",
)  # scopes of runs that visit no list: a person brought something


FROM_OTHERS = ("from-warc", "from-archive")  # scopes of runs that took what others had saved begin so


@dataclass(frozen=True, slots=True)
class RunStart:
    """The first record of every WARC file that a run writes: who asked for what, with the source file as it was."""

    run: str  # "20141231T160000Z-xizang_xzcs-1f3a": sorts by time
    source: str
    started: datetime  # UTC
    scope: str  # "full", "since 2014-12-01", "channel zbgg", "report", "register"
    source_text: str  # the TOML


@dataclass(frozen=True, slots=True)
class ChannelEnd:
    """How one channel's walk ended."""

    channel: str
    closed: bool  # walked to where the listing ends, or to where a shortened walk may stop
    reason: str
    pages: int
    rows: int  # distinct pages linked
    stated_total: int | None
    stated_pages: int | None
    holes: tuple[str, ...] = ()  # parts of the list that were not read: "page 3: blocked"


@dataclass(frozen=True, slots=True)
class RunEnd:
    """The last record of a run that ended by itself; a killed run has none."""

    run: str
    ended: datetime  # UTC
    outcome: Outcome
    reason: str
    channels: tuple[ChannelEnd, ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()  # requests, captures, bytes ...


@dataclass(frozen=True, slots=True)
class Stated:
    """What a listing says of its own size; None where it is silent."""

    total: int | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing page as read: its rows, where to go on, what it says of itself."""

    leads: tuple[Lead, ...]
    next: Visit | None
    stated: Stated
    opened: tuple[Visit, ...] = ()  # how the leads are opened whose own address does not answer with them
    capped: str = ""  # why the portal shows no further page although the list goes on
