"""The vocabulary of design.md as frozen records; every function of the project takes and returns these."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from functools import cached_property
from hashlib import sha256
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    """Why a page is visited."""

    LISTING = "listing"
    NOTICE = "notice"
    PART = "part"  # a further page, an iframe or a separately loaded body of a notice
    ATTACHMENT = "attachment"
    REPORT = "report"
    REGISTER = "register"  # a list of publications that never were on the portal
    SCAN = "scan"  # a file that shows a registered publication
    REVIEW = "review"  # what a person decided about something doubtful (pipeline/review.py)
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


class Fault(IntEnum):
    """What can be wrong with the tables themselves, in any command; the value is the process's exit code."""

    OUT_OF_SPACE = 15
    LOCKED = 17
    DAMAGED = 18
    READ_ONLY = 19
    UNREACHABLE = 20
    NOT_WHOLE = 21


class NoticeType(StrEnum):
    """What a notice is (domain.md section 5, gold/README.md): the legal kind of a publication."""

    OBJECTION = "objection"
    CORRECTION = "correction"
    ADDENDUM = "addendum"
    CLARIFICATION = "clarification"
    POSTPONEMENT = "postponement"
    SUSPENSION = "suspension"
    TERMINATION = "termination"
    AWARD_CHANGE = "award_change"
    PREQUALIFICATION = "prequalification"
    PREQUALIFICATION_RESULT = "prequalification_result"
    BID_OPENING_RECORD = "bid_opening_record"
    AWARD_CANDIDATES = "award_candidates"
    AWARD_RESULT = "award_result"
    AWARD_NOTICE_UNSPECIFIED = "award_notice_unspecified"
    CONTRACT = "contract"
    TENDER_NOTICE = "tender_notice"
    PLAN = "plan"
    SINGLE_SOURCE = "single_source"
    INDUSTRY_NEWS = "industry_news"
    NOTICE = "notice"
    PICTURES = "pictures"
    OTHER_TENDER = (
        "other"  # a trading-platform page that is none of the above (market survey, promotion); never a default
    )
    UNDECIDABLE = "undecidable"  # no rule matched: a question, not an answer


NOT_TENDERING = (NoticeType.INDUSTRY_NEWS, NoticeType.NOTICE, NoticeType.PICTURES, NoticeType.UNDECIDABLE)
TENDERING = tuple(kind for kind in NoticeType if kind not in NOT_TENDERING)


class KeyArea(StrEnum):
    """What a notice is about: the key areas of disclosure named by the 2014 report."""

    AFFORDABLE_HOUSING = "affordable_housing"
    CONSTRUCTION_MARKET = "construction_market"
    PROPERTY_MARKET = "property_market"
    CREDIT = "credit"
    QUALITY_SAFETY = "quality_safety"


class Bucket(StrEnum):
    """Under which line of the report a posting falls."""

    TENDER_AND_AWARD = "tender_and_award"
    INDUSTRY_NEWS = "industry_news"
    LIVELIHOOD_PICTURES = "livelihood_pictures"
    NOTICE = (
        "notice"  # 公告通知: the report's three parts leave no room for it, so totals are given with and without it
    )
    UNDECIDED = "undecided"


class Verdict(StrEnum):
    CONSISTENT = "consistent"
    OVERCLAIMED = "overclaimed"
    UNDERCLAIMED = "underclaimed"
    UNVERIFIABLE = "unverifiable"
    SUM_ADDS_UP = "sum_adds_up"
    SUM_DIFFERS = "sum_differs"


class Unreadable(Exception):
    """A page does not say what a reader must know. The message is for a person and becomes a Problem row."""


# --- what a source file declares -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Channel:
    """One section of a portal (栏目): where its listing starts and which line of the report it feeds."""

    key: str
    name: str
    url: str  # absolute
    bucket: Bucket
    verified: bool = True  # False: nobody has seen this path answer
    params: tuple[tuple[str, str], ...] = ()  # what the dialect must be told: categorynum, columnid, noticeType ...
    tolerance: float = 0.02  # a shortfall is a hole from this share of the stated total on ...
    tolerance_rows: int = 10  # ... when it is at least so many rows (lessons.md 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an office's report and what it counts: postings that fit every condition that is given."""

    key: str
    name: str  # as the report calls it: 招标公告中标公示
    words: tuple[str, ...]  # by which a claim names it
    types: tuple[NoticeType, ...] = ()
    channels: tuple[str, ...] = ()
    areas: tuple[KeyArea, ...] = ()
    buckets: tuple[Bucket, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How pages looked until a day (None: until now). What is empty is left to the dialect and the generic reader.

    Selectors are CSS with parsel's ::text and ::attr(name).
    """

    until: date | None = None
    channels: tuple[str, ...] = ()  # empty: all channels
    row: str = ""
    link: str = ""
    title: str = ""  # listing: title of a row
    date: str = ""
    next: str = ""
    total: str = ""
    heading: str = ""  # notice page: its title
    published: str = ""
    text: str = ""
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Manners:
    """How politely a source is visited. Times in seconds, sizes in bytes."""

    delay_seconds: float = 2.0
    concurrency: int = 1
    robots: bool = True
    contact: str = ""
    timeout_seconds: float = 60.0
    retries: int = 3
    max_bytes: int = 50_000_000
    allow_private_addresses: bool = False


@dataclass(frozen=True, slots=True)
class Expect:
    """Outermost net: raises an alert, never stops a crawl."""

    unreadable_at_most: float = 0.02
    rows_per_year_at_least: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """One portal, as its file declares it. The key is the file's name."""

    key: str
    name: str
    home: str
    dialect: str
    channels: tuple[Channel, ...]
    timezone: str = "Asia/Shanghai"
    hosts: tuple[str, ...] = ()  # besides the home's own (www and bare)
    layouts: tuple[Layout, ...] = ()
    labels: tuple[tuple[str, NoticeType], ...] = ()  # the portal's own labels -> notice type
    lines: tuple[Line, ...] = ()  # of the office's report; empty: those of report_lines.py
    manners: Manners = Manners()
    expect: Expect = Expect()
    verified: bool = True
    whole: bool = True  # False: the portal has sections that are not declared; no claim is then found overclaimed
    note: str = ""
    ocid_prefix: str = ""  # "ocds-" and six letters or digits, as registered; "": releases cannot be exported
    text: str = field(default="", repr=False)  # the TOML, kept in the archive with every run

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def channel(self, key: str) -> Channel | None:
        for channel in self.channels:  # a loop: asked once for every notice
            if channel.key == key:
                return channel
        return None


# --- what a crawl handles --------------------------------------------------------------------------------------------


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


# --- what a page says ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attachment:
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page says, read from a capture."""

    source: str
    channel: str
    url: str  # as captured
    title: str
    published: datetime | None  # UTC; None only when page and listing are both silent
    published_precision: str = "day"  # "day", "minute" or "second": how exactly the portal said it
    issuer: str = ""
    index_number: str = ""
    index_valid: bool | None = None  # check digit right; None: no number or one of a form without a check digit
    document_number: str = ""
    void: bool = False  # 作废/废止 stated by the page
    region: str = ""  # six-digit 行政区划代码 of the innermost named place, "" when none is named
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    doubts: tuple[str, ...] = ()  # what was not taken, or taken with a question: rows of problems


@dataclass(frozen=True, slots=True)
class Category:
    """Type, area and bucket, each with the rule that decided ("title: 更正" or "channel: zbgg")."""

    notice_type: NoticeType
    type_rule: str
    areas: tuple[KeyArea, ...]
    area_rule: str
    bucket: Bucket
    bucket_rule: str
    lot: str = ""
    round: str = ""  # "2", "3" …, or "re" for 重新 without a number


@dataclass(frozen=True, slots=True)
class Problem:
    """Something on a page that we refuse to guess; a row that names the capture."""

    capture: str
    step: str  # "open", "judge", "list", "read", "doubt", "claims", "register"
    reason: str


# --- counts, claims, findings ----------------------------------------------------------------------------------------


class Definition(StrEnum):
    """口径: a named, versioned rule of what counts (pipeline/count.py)."""

    POSTINGS = "postings"
    PAGES = "pages"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Interval:
    """Between low and high, both included; high None: no upper bound was observed."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a report states, with its quote and its parent claim."""

    text: str  # exact span of the report's text
    start: int  # character offsets in that text
    end: int
    subject: str
    channel: str  # mixed, portal, newspaper_radio, gazette, weibo, wechat, ... as labelled in reports/gold.jsonl
    category: str
    count: int
    unit: str | None
    approximate: bool = False
    lower_bound: bool = False
    year: str = ""  # "2014", "2024-03", "2005-2009", "all"
    parent: int | None = None  # index into the report's claims
    kind: str = ""
    section: str = ""  # the report's own heading of a table's part: "二、主动公开政府信息情况"
    article: str = ""  # of the regulation, as the national tables name it: "第二十条（一）"
    lead: str = ""  # what stands before the quote in its sentence, made even


@dataclass(frozen=True, slots=True)
class ClaimSum:
    """A total and the parts that the report lists under it."""

    total: int  # index of the claim
    parts: tuple[int, ...]
    parts_sum: int
    difference: int  # parts_sum - total
    exhaustive: bool = True
    # The parts are media: one publication in two of them counts once in the total (national statistics table).
    overlapping: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """An arithmetical statement that a report makes beside its sums, and whether its own numbers bear it out."""

    kind: str  # "share", "growth", "ratio", "average", "applications", "text_and_table"
    text: str  # exact span of the report's text
    start: int
    end: int
    numbers: tuple[str, ...]  # as calculated with, the stated one last: ("180", "1200", "15%")
    holds: bool
    reason: str  # one sentence, Chinese / English, with the numbers in it
    claim: int | None = None  # index of the claim that it is about


@dataclass(frozen=True, slots=True)
class Report:
    """What a disclosure report states: claims in reading order, the sums and the other arithmetic among them."""

    year: int | None
    issuer: str
    claims: tuple[Claim, ...]
    sums: tuple[ClaimSum, ...]
    checks: tuple[Check, ...] = ()


class HoleKind(StrEnum):
    """Why a part was not observed."""

    UNWALKED = "unwalked"  # no walk has reached the end of the list, or the last one did not
    PAGE_UNREAD = "page_unread"
    CAPPED = "capped"  # the portal cuts the list off
    SHORTFALL = "shortfall"  # the list shows fewer rows than it states
    DRIFT = "drift"  # the same, within what a list that moves explains
    OUTAGE = "outage"  # we asked and no list came
    DOWNTIME = "downtime"  # we did not ask
    UNREAD = "unread"  # listed pages that gave no posting
    UNDATED = "undated"
    ARCHIVED = "archived"  # the list is what a web archive happened to save
    SERIAL_GAP = "serial_gap"  # a hint: numbers missing between index numbers that are held
    QUIET_MONTH = "quiet_month"  # a hint: nothing in a month in which other years have something


class Certainty(StrEnum):
    """What the certificate of a channel and year comes to."""

    CLEAN = "clean"
    DRIFT = "drift"
    CLOSED = "closed"  # there were holes, and a later walk of the whole list closed them
    HOLES = "holes"


class State(StrEnum):
    """What became of a posting; what was published counts, whatever became of it."""

    PRESENT = "present"
    UNLISTED = "unlisted"  # its page answers, the lists no longer link it
    MOVED = "moved"  # its page is found at another address than before
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Hole:
    """A part of a channel and year that was not observed, and why."""

    source: str
    channel: str
    year: int | None
    reason: str
    missing_at_most: int | None  # None: nobody knows how much
    kind: HoleKind = HoleKind.UNWALKED
    since: datetime | None = None
    until: datetime | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was observed of a source, channel and year."""

    source: str
    channel: str
    year: int | None
    stated: int | None
    seen: int
    holes: tuple[Hole, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim set against an interval of counts; a sum that does or does not add up."""

    claim: int  # index into the report's claims
    verdict: Verdict
    reason: str
    definition: Definition | None = None
    interval: Interval | None = None
    count: int | None = None  # under this definition and reading alone, without holes and doubts
    void: bool = True  # what the portal marks as void is counted
    reading: int = 0  # index into the readings of the claim's mapping
    exact: str = ""  # headline only: the way of counting under which the claim is exactly right, Chinese / English
    observed: tuple[str, ...] = ()  # headline only: what its number happens to equal; observations, no accusations
