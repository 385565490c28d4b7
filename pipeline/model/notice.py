"""What a page says and what it is: notices, their categories, and what nobody guesses."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


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


class Unreadable(Exception):
    """A page does not say what a reader must know. The message is for a person and becomes a Problem row."""


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
