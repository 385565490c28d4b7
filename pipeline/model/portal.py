"""What a source file declares: a portal, its sections, how its pages looked, the manners that it is asked with."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from pipeline.model.notice import Bucket, KeyArea, NoticeType


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
    lines: tuple[Line, ...] = ()  # of the office's report; empty: those of source/default_lines.py
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
