"""Which notices are about one project: recognised by number, by name, by having the same text; never by a template.

A link must be earned: an equal number that is not generic, or an equal name with nothing against it. What is against a
link (other numbers of one series, another buyer or place, the same stage once more months later) also keeps apart what
would only meet through a third notice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pipeline.likeness.project import (
    are_one_name,
    are_related,
    is_shared_number,
    is_telling,
    services_in,
    shape_of,
    years_in,
)
from pipeline.model import NoticeType

_T = NoticeType
# Announcements of other things than a tender.
UNCHAINED = frozenset({_T.INDUSTRY_NEWS, _T.NOTICE, _T.PICTURES})

MOST_SHARING = 400  # postings with one key; a key of more says nothing
_MOST_NAMES = 3  # unrelated names under one number: it is a form's example or an office's
_MOST_BUYERS = 3  # buyers of one name: everybody calls it so
_LONG_NAME = 12  # characters of a core
_NAME_HOLDS = 400  # days between two notices that only their name links
_TOGETHER = 3
_REPEATED_AFTER = 120  # days after which the same stage of one name is next year's purchase, not this one's
_ONCE = frozenset(
    {
        *(_T.PLAN, _T.TENDER_NOTICE, _T.PREQUALIFICATION, _T.SINGLE_SOURCE, _T.AWARD_CANDIDATES, _T.AWARD_RESULT),
        *(_T.AWARD_NOTICE_UNSPECIFIED, _T.UNDECIDABLE),
    }
)


@dataclass(frozen=True, slots=True)
class Trace:
    """What a posting is recognised by; all texts are as compared (likeness/project.py), "" where nothing is said."""

    posting: str
    source: str
    notice_type: NoticeType
    day: date | None
    fingerprint: str
    title: str  # as written
    cores: tuple[str, ...]  # names of the project: of the title, then of the text
    numbers: tuple[str, ...]  # the tender's own
    others: tuple[str, ...]  # further numbers, which several tenders may share
    buyer: str
    region: str
    lot: str
    round: str  # "2" …, "re", "" for none

    @property
    def place_in_time(self) -> tuple[bool, date, str]:
        """Sorts notices: undated ones last."""
        return self.day is None, self.day or date.max, self.posting


@dataclass(frozen=True, slots=True)
class ChainLink:
    """Two postings of one project, and why."""

    one: str
    other: str
    strength: int  # 3: the same text, 2: the same number, 1: the same name
    days: int  # between them; 0 where one has no date
    why: str


def keys_of(trace: Trace) -> tuple[str, ...]:
    """What other notices of the project may share with it; two that share none are never linked."""
    keys = [f"text {trace.fingerprint[:24]}"]
    keys += [f"number {number}" for number in trace.numbers if not is_shared_number(number)]
    keys += [f"name {core[:80]}" for core in trace.cores if core]
    return tuple(dict.fromkeys(keys))


def grouped(
    traces: Iterable[Trace], too_common: frozenset[str] = frozenset()
) -> list[tuple[tuple[Trace, ...], tuple[ChainLink, ...]]]:
    """The traces by project, each group in order of time with its links; the same in whatever order they come.

    Keys that are too common say nothing, however many of those that have them are among the traces.
    Links are taken the surest and the closest in time first; one that would bring together what contradicts each other
    is left out.
    """
    known = {trace.posting: trace for trace in sorted(traces, key=lambda one: one.place_in_time)}
    group_of = {posting: [posting] for posting in known}
    used: list[ChainLink] = []
    for link in sorted(_links(known, too_common), key=lambda one: (-one.strength, one.days, one.one, one.other)):
        ours, theirs = group_of[link.one], group_of[link.other]
        if ours is not theirs:
            if link.strength == 1 and _contradict(known, ours, theirs):
                continue
            ours += theirs
            group_of.update(dict.fromkeys(theirs, ours))
        used.append(link)
    groups = {id(group): group for group in group_of.values()}
    return [_whole(known, group, used) for group in groups.values()]


def _whole(
    known: dict[str, Trace], group: Sequence[str], used: Sequence[ChainLink]
) -> tuple[tuple[Trace, ...], tuple[ChainLink, ...]]:
    members = frozenset(group)
    ordered = sorted((known[posting] for posting in group), key=lambda one: one.place_in_time)
    return tuple(ordered), tuple(link for link in used if link.one in members)


def _links(known: dict[str, Trace], too_common: frozenset[str]) -> Iterator[ChainLink]:
    """Every pair that shares a telling key and has nothing against it."""
    holders: dict[str, list[Trace]] = {}
    for trace in known.values():
        for key in keys_of(trace):
            holders.setdefault(key, []).append(trace)
    for key, sharing in sorted(holders.items()):
        if key in too_common or not 2 <= len(sharing) <= MOST_SHARING:
            continue
        kind, _, value = key.partition(" ")
        common = _is_common(kind, sharing)
        for one, other in combinations(sharing, 2):
            if why := _WHY[kind](one, other, value, common):
                yield ChainLink(one.posting, other.posting, _STRENGTH[kind], _days_between(one, other) or 0, why)


def _is_common(kind: str, sharing: Sequence[Trace]) -> bool:
    """Whether the key is used for more than one project."""
    if kind == "number":
        names: list[str] = []
        for core in (trace.cores[0] for trace in sharing if trace.cores and trace.cores[0]):
            if not any(are_related(core, name) for name in names):
                names.append(core)
        return len(names) > _MOST_NAMES
    return kind == "name" and len({trace.buyer for trace in sharing if trace.buyer}) > _MOST_BUYERS


def _same_text(one: Trace, other: Trace, value: str, common: bool) -> str:
    return "文字相同 same text"


def _same_number(one: Trace, other: Trace, value: str, common: bool) -> str:
    """The number, unless it is anybody's or the names and buyers say that it is a mistake."""
    if common or not _names_agree(one, other):
        return ""
    return f"编号相同 same number {value}"


def _names_agree(one: Trace, other: Trace) -> bool:
    mine, theirs = ([core for core in trace.cores if core] for trace in (one, other))
    if mine and theirs and years_in(mine[0]) and years_in(theirs[0]) and years_in(mine[0]) != years_in(theirs[0]):
        return False
    return not mine or not theirs or any(are_related(core, name) for core in mine for name in theirs)


def _same_name(one: Trace, other: Trace, value: str, common: bool) -> str:
    """The name, when buyer, place, time and all that is said besides agree."""
    if _rest(one, value) != _rest(other, value) or contradiction(one, other):
        return ""
    days = _days_between(one, other)
    if days is not None and days > _NAME_HOLDS:
        return ""
    if one.buyer and other.buyer and are_one_name(one.buyer, other.buyer):
        return f"名称与招标人相同 same name and buyer {value[:30]}"
    if common or days is None or not _is_enough(one, other, value, days):
        return ""
    return f"名称相同 same name {value[:30]}"


def _is_enough(one: Trace, other: Trace, value: str, days: int) -> bool:
    """Whether the name alone tells: by an owner or place in it, or on one portal within a procedure's usual time."""
    if is_telling(value, one.region if one.region == other.region else ""):
        return True
    if one.source != other.source:
        return False
    if one.lot and other.lot and one.lot != other.lot and days <= _TOGETHER:
        return True  # lots are published side by side
    return len(value) >= _LONG_NAME and days <= _REPEATED_AFTER


def _days_between(one: Trace, other: Trace) -> int | None:
    return abs((one.day - other.day).days) if one.day and other.day else None


def _rest(trace: Trace, value: str) -> str:
    """What the title names beyond the shared name: supervision, desks and chairs for the same school."""
    title = trace.cores[0] if trace.cores else ""
    if not title or title in value:
        return "" if services_in(title) == services_in(value) or not title else title
    before, found, after = title.partition(value)
    return after if found and not services_in(before) else title


def contradiction(one: Trace, other: Trace) -> str:
    """Why the two cannot be of one project although their names are equal; "" when nothing is against it."""
    if _numbers_differ(one, other):
        return f"编号不同 other numbers: {one.numbers[0]} / {other.numbers[0]}"
    if one.buyer and other.buyer:
        if not are_one_name(one.buyer, other.buyer) and not _is_one_by_name(one, other):
            return f"招标人不同 other buyers: {one.buyer[:20]} / {other.buyer[:20]}"
    elif one.region and other.region and not _is_within(one.region, other.region):
        return f"地区不同 other regions: {one.region} / {other.region}"
    if _is_repeated(one, other):
        return f"同一环节相隔 {_REPEATED_AFTER} 天以上 the same stage once more"
    return ""


def _is_one_by_name(one: Trace, other: Trace) -> bool:
    """A long name with its owner in it, soon once more: the buyers are an office and its superior."""
    days = _days_between(one, other)
    shared = [core for core in one.cores if core in other.cores and len(core) >= _LONG_NAME and is_telling(core)]
    return bool(shared) and days is not None and days <= _REPEATED_AFTER


def _numbers_differ(one: Trace, other: Trace) -> bool:
    """Two numbers of one series, neither the beginning of the other; other lots and rounds may have other numbers."""
    if one.round != other.round or (one.lot and other.lot and one.lot != other.lot):
        return False
    if not one.numbers or not other.numbers or set(one.numbers) & set(other.numbers):
        return False
    return any(
        shape_of(mine) == shape_of(theirs) and not mine.startswith(theirs) and not theirs.startswith(mine)
        for mine in one.numbers
        for theirs in other.numbers
    )


def _is_within(one: str, other: str) -> bool:
    short, long = sorted((one.rstrip("0"), other.rstrip("0")), key=len)
    return long.startswith(short)


def _is_repeated(one: Trace, other: Trace) -> bool:
    if one.notice_type is not other.notice_type or one.notice_type not in _ONCE or one.fingerprint == other.fingerprint:
        return False
    days = _days_between(one, other)
    return (one.lot, one.round) == (other.lot, other.round) and days is not None and days > _REPEATED_AFTER


def _contradict(known: dict[str, Trace], ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a link by name would join groups of which two notices cannot be of one project."""
    return any(contradiction(known[one], known[other]) for one in ours for other in theirs)


_WHY = {"text": _same_text, "number": _same_number, "name": _same_name}
_STRENGTH = {"text": 3, "number": 2, "name": 1}
