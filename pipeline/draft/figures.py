"""What a year's disclosure report can say of publications: every figure with what it counts and what is not known."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pipeline.count.media import CHANNEL_MEDIA, Medium
from pipeline.count.slices import Held, Scope, Slice, year_slice
from pipeline.count.tally import Tally, added_up
from pipeline.model import Bucket, Definition, Finding, Line, Report, Source
from pipeline.report.text import even
from pipeline.source.default_lines import report_lines

PORTAL, TOTAL, REST = "portal", "total", "rest"
REGISTER = "register-"  # and the channel: register-wechat

# How reports word the lines of HOUSING_LINES; a source's own lines are called as the source file calls them.
_WORDING = {
    Bucket.INDUSTRY_NEWS: "行业动态",
    Bucket.TENDER_AND_AWARD: "招标公告中标公示",
    Bucket.LIVELIHOOD_PICTURES: "重要民生工作和专栏图文",
    Bucket.NOTICE: "公告通知",
}


# The channels of CHANNEL_MEDIA that reports count in 条, as they word them; 发布会 are counted in 场.
CHANNELS = {
    "newspaper_radio": "报刊、广播等媒体",
    "wechat": "政务微信公众号",
    "weibo": "政务微博",
    "new_media": "新媒体",
    "gazette": "政府公报",
    "notice_board": "公示栏",
    "led_screen": "电子显示屏",
}
NAMED_MEDIA = frozenset(medium for channel in CHANNELS for medium in CHANNEL_MEDIA[channel])


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A line of the report as the draft words it, and the slice of the portal that it counts."""

    key: str
    name: str
    reading: Slice


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A publication behind a figure."""

    id: str
    day: date | None
    title: str
    channel: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The publications behind a figure: how many, and the first of them."""

    total: int
    first: tuple[DraftRow, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the draft: what was found, what may be missing, and the rows behind it."""

    key: str  # PORTAL, TOTAL, REST, REGISTER with a channel, or the key of a line
    name: str
    held: Held
    rows: Rows  # none of what is added up from other figures
    commands: tuple[str, ...] = ()  # which list the rows; several add up
    reading: Slice | None = None  # None: it is added up from other figures

    @property
    def count(self) -> int | None:
        """The number found; None: nothing of it was ever observed, so that nothing can be said."""
        return self.held.count if self.held.observed else None


@dataclass(frozen=True, slots=True)
class Split:
    """How a figure of the whole year falls into months or types: a name and one number for each part, then all."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that the section 主动公开政府信息情况 of one year is written from."""

    source: str
    portal_name: str
    office: str  # "": 我单位
    year: int
    definition: Definition
    portal: Figure
    parts: tuple[Figure, ...]  # lines of the portal that were found or observed
    rest: Figure | None  # of the portal, under no line; None: nothing is left over
    registers: tuple[Figure, ...]  # one for each kind of medium of the office's own lists; none: no list was brought
    left_out: tuple[tuple[Medium, int], ...]  # registered in media that no sentence of a report names
    overlapping: bool  # one publication counts under several lines: they are no parts of a whole
    months: tuple[Split, ...]
    types: tuple[Split, ...]
    void: int  # of the portal's, marked as void by the portal; they are counted
    undated: int  # postings of the portal without a date; they count in no year
    known_at: datetime | None  # UTC, when the portal was last read

    @property
    def total(self) -> Figure | None:
        """Portal and other media together; None where there is nothing to add up."""
        terms = tuple(one for one in (self.portal, *self.registers) if one.count is not None)
        if len(terms) < 2:
            return None
        held = Held(
            sum(one.held.count for one in terms),
            tuple(dict.fromkeys(hole for one in terms for hole in one.held.holes)),
            tuple(doubt for one in terms for doubt in one.held.doubts),
        )
        return Figure(TOTAL, "合计", held, Rows(0, ()))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order in which the section names them."""
        named = (self.total, self.portal, *self.parts, self.rest, *self.registers)
        return tuple(figure for figure in named if figure is not None)


@dataclass(frozen=True, slots=True)
class Checked:
    """What `verify` finds of the drafted text: each claim that it reads there with its headline finding."""

    report: Report
    findings: tuple[Finding, ...]  # one per claim, in their order


def parts_of_year(source: Source, year: int, tallies: Sequence[Tally]) -> tuple[DraftPart, ...]:
    """The lines that divide the portal's publications of a year; totals are left out, the portal is named by itself.

    行业动态 may be a section, too: where the line holds more than the section of its name, it is 行业动态等.
    """
    own = bool(source.lines)
    parts = tuple(
        DraftPart(line.key, _name(line, own=own), _slice(line, year))
        for line in report_lines(source)
        if not _is_total(line)
    )
    if own:
        return parts
    has_rest = shares(parts, tallies, year)[1] > 0
    return tuple(
        replace(part, name=f"{part.name}等") if has_rest or _is_ambiguous(part, source, tallies) else part
        for part in parts
    )


def _is_ambiguous(part: DraftPart, source: Source, tallies: Sequence[Tally]) -> bool:
    """True when sections are called as the line is, and do not together hold what the line holds."""
    named = tuple(channel.key for channel in source.channels if _same_name(channel.name, part.name))
    year = part.reading.until // 100
    return bool(named) and added_up(replace(portal_slice(year), channels=named), tallies) != added_up(
        part.reading, tallies
    )


def _same_name(section: str, line: str) -> bool:
    section, line = (re.sub(r"[^\w]|栏目|专栏", "", even(name)) for name in (section, line))
    return bool(section) and section in line


def portal_slice(year: int) -> Slice:
    """All that the portal published in the year."""
    return year_slice(Scope.PORTAL, year)


def _is_total(line: Line) -> bool:
    """Many buckets and nothing else: the portal as a whole, with or without 公告通知."""
    return len(line.buckets) >= len(Bucket) - 1 and not (line.types or line.channels or line.areas)


def _slice(line: Line, year: int) -> Slice:
    return replace(portal_slice(year), channels=line.channels, buckets=line.buckets, types=line.types, areas=line.areas)


def _name(line: Line, *, own: bool) -> str:
    """What the section calls the line: a name in which a verifier finds one of the line's words again."""
    if not own and len(line.buckets) == 1:
        return _WORDING[line.buckets[0]]
    name = even(line.name)
    return line.name if any(word and word in name for word in line.words) else line.words[0]


def shares(parts: Sequence[DraftPart], tallies: Iterable[Tally], year: int) -> tuple[bool, int]:
    """Do lines overlap, so that one publication counts under several; and how many publications are under none."""
    overlapping, under_none = False, 0
    for tally in tallies:
        if tally.month // 100 != year or not tally.n:
            continue
        lines = sum(1 for part in parts if added_up(part.reading, (tally,)))
        overlapping = overlapping or lines > 1
        under_none += tally.n if not lines else 0
    return overlapping, under_none


def months_of(tallies: Sequence[Tally], columns: Sequence[Slice], year: int) -> tuple[Split, ...]:
    """For each month, how many fall in each of the slices."""
    return tuple(
        Split(
            str(month),
            tuple(
                added_up(replace(column, since=year * 100 + month, until=year * 100 + month), tallies)
                for column in columns
            ),
        )
        for month in range(1, 13)
    )


def types_of(tallies: Iterable[Tally], year: int) -> tuple[Split, ...]:
    """How many of each notice type the year has, the largest first."""
    found: dict[str, int] = {}
    for tally in tallies:
        if tally.month // 100 == year:
            found[tally.notice_type] = found.get(tally.notice_type, 0) + tally.n
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Split(name, (n,)) for name, n in ordered if n)
