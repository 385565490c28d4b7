"""What a report states, and what becomes of it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    CONSISTENT = "consistent"
    OVERCLAIMED = "overclaimed"
    UNDERCLAIMED = "underclaimed"
    UNVERIFIABLE = "unverifiable"
    SUM_ADDS_UP = "sum_adds_up"
    SUM_DIFFERS = "sum_differs"


class Definition(StrEnum):
    """口径: a named, versioned rule of what counts (pipeline/count/definitions.py)."""

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
