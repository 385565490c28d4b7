"""The parts of a portal that a claim's words name: its sections, kinds of notices, key areas, lines of the report."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.count.media import Medium
from pipeline.count.slices import ALL_BUT_NOTICES
from pipeline.model import NOT_TENDERING, TENDERING, Bucket, Channel, Claim, KeyArea, Line, NoticeType, Source
from pipeline.report.text import even, even_quote
from pipeline.source.sections import bucket_named
from pipeline.verdict.rules import (
    AND_MORE,
    AREA_RULES,
    BUCKET_RULES,
    OPEN_LIST,
    SECTION,
    TOTALS,
    TYPE_RULES,
    AreaRule,
    TypeRule,
)

_LONGEST = 200  # characters of a quote that are read, from its end
_OPEN = 0.4  # below mapping_rules.UNSURE: what else is counted nobody knows
_SHORTEST = 4  # characters of a section's name that is found inside other words: 公告 stands in every second one


@dataclass(frozen=True, slots=True)
class ClaimedPart:
    """One reading of what a claim counts, with the rule that named it; empty selections narrow nothing."""

    rule: str
    confidence: float
    channels: tuple[str, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    types: tuple[NoticeType, ...] = ()
    areas: tuple[KeyArea, ...] = ()
    media: tuple[Medium, ...] = ()  # of a register
    found: bool = True  # False: the words name something that this portal is not known to have


def parts_of(claim: Claim, source: Source) -> tuple[ClaimedPart, ...]:
    """The readings of a claim about a portal, the plainest first; none when no rule knows its words.

    What the source's file declares comes first and takes no other reading away.
    """
    if named := _quoted(claim, source):
        return named
    found = (*_by_line(claim, source), *_by_words(claim, source))
    return tuple(dict.fromkeys((*found, *(other for part in found for other in _otherwise(part, source)))))


def _by_words(claim: Claim, source: Source) -> tuple[ClaimedPart, ...]:
    if claim.category in TOTALS:
        # Reports name a portal's total after the section 公告通知 and leave open whether that is in it.
        without = ClaimedPart("total without 公告通知", 0.85, buckets=ALL_BUT_NOTICES)
        return (ClaimedPart("total", 0.85), without, *_without_notices(source))
    words = _words(claim)
    sections, lines = list(_by_section(claim, words, source)), list(_by_bucket(words))
    if lines and _names_several(words):
        return (*lines, *sections, *(_by_type(words) if len(lines[0].buckets) > 1 else ()))
    if sections and OPEN_LIST.search(words):
        return (*_fed_by(sections, source), *sections)
    single = tuple(line for line in lines if len(line.buckets) == 1)
    wider = tuple(line for line in single if Bucket.TENDER_AND_AWARD not in line.buckets)
    narrower = (*sections, *_by_type(words), *_by_area(words))
    return (*narrower, *wider) if narrower else single


def _without_notices(source: Source) -> Iterator[ClaimedPart]:
    """The sections but those whose name is 公告通知, where the source's file has them feed another line."""
    others = tuple(channel.key for channel in source.channels if bucket_named(channel.name) is not Bucket.NOTICE)
    feeding = {channel.bucket for channel in source.channels if channel.key not in others}
    if others and feeding - {Bucket.NOTICE}:
        yield ClaimedPart("total without sections named 公告通知", 0.85, channels=others)


def _otherwise(part: ClaimedPart, source: Source) -> Iterator[ClaimedPart]:
    """How else offices count a line or section: tendering by its kind wherever it stands, all else without it; by the
    sections that are named after the line, whatever the source's file has them feed."""
    if part.types or part.areas or part.media or len(part.buckets) > 1 or not (part.channels or part.buckets):
        return
    own = [channel for channel in source.channels if channel.key in part.channels]
    fed = {channel.bucket for channel in own} | set(part.buckets)
    called = {bucket_named(channel.name) for channel in own} | set(part.buckets)
    if fed | called != {Bucket.TENDER_AND_AWARD}:
        yield replace(part, rule=f"{part.rule}, without tendering", types=NOT_TENDERING)
    elif part.buckets:
        yield ClaimedPart("tendering in any section", part.confidence, types=TENDERING)
    # 招标公告 names a kind of notice; 公告通知, 动态 and 图片 are what offices call a line of several sections.
    alike = set(part.buckets) | (called - {Bucket.TENDER_AND_AWARD, None})
    named = tuple(channel.key for channel in source.channels if bucket_named(channel.name) in alike)
    if named and set(named) != set(part.channels):
        by_name = ClaimedPart(f"sections named so: {', '.join(named)}", part.confidence, channels=named)
        yield by_name
        if alike != {Bucket.TENDER_AND_AWARD}:
            yield replace(by_name, rule=f"{by_name.rule}, without tendering", types=NOT_TENDERING)


def section_named(claim: Claim, source: Source) -> bool:
    """True when the claim quotes the name of one of the source's sections."""
    return any(part.found for part in _quoted(claim, source))


def _words(claim: Claim) -> str:
    return even_quote(claim.text)[-_LONGEST:]


def _names_several(words: str) -> bool:
    """招标公告中标公示等…信息: more kinds than one, or 等: the line of the report is meant before any of them."""
    return bool(AND_MORE.search(words)) or len(_types_named(words)) > 1


def _quoted(claim: Claim, source: Source) -> tuple[ClaimedPart, ...]:
    """The sections named in quotation marks: “通知公告”栏目 or, where the source has it, just “通知公告”."""
    keys: list[str] = []
    unknown: list[str] = []
    for found in SECTION.finditer(even(claim.lead)[-40:] + _words(claim)):
        name = found["after"] or found["before"] or found["bare"]
        channels = [channel.key for channel in source.channels if _same(channel.name, name)]
        keys += channels
        unknown += [] if channels or found["bare"] else [name]
    if keys:
        return (ClaimedPart("section named", 0.95, channels=tuple(dict.fromkeys(keys[-1:]))),)
    return (ClaimedPart(f"section not declared: {unknown[-1]}", 0.7, found=False),) if unknown else ()


def _same(a: str, b: str) -> bool:
    return _plain(a) == _plain(b)


def _plain(name: str) -> str:
    return re.sub(r"[\s、,和与及·/\-—]|栏目$|专栏$", "", even(name))


def _by_line(claim: Claim, source: Source) -> tuple[ClaimedPart, ...]:
    """The lines that the source's file declares for the words of the claim; two with the same words are two readings.

    The category's words before those of the whole quote: 门户网站 may name a total, and stands in many a quote.
    """
    texts = (_words(claim),) if claim.category in TOTALS else (even(claim.category), _words(claim))
    for text in texts:
        found = {line.key: _longest(line, text) for line in source.lines}
        if longest := max(found.values(), default=0):
            return tuple(_of_line(line) for line in source.lines if found[line.key] == longest)
    return ()


def _longest(line: Line, text: str) -> int:
    """The length of the longest of the line's words in the text; 0 for none."""
    return max((len(word) for word in line.words if word and word in text), default=0)


def _of_line(line: Line) -> ClaimedPart:
    whole = set(line.buckets) == set(Bucket)
    buckets = () if whole else line.buckets
    return ClaimedPart(f"line: {line.key}", 0.9, line.channels, buckets, line.types, line.areas)


def _by_section(claim: Claim, words: str, source: Source) -> Iterator[ClaimedPart]:
    """The section whose name the claim's category is, or whose longer name stands in the quote."""
    category, plain = _plain(claim.category), _plain(words)
    equal = [channel for channel in source.channels if _plain(channel.name) == category]
    inside = [
        channel
        for channel in source.channels
        if len(_plain(channel.name)) >= _SHORTEST and _plain(channel.name) in plain and channel not in equal
    ]
    inside = [one for one in inside if not any(one is not other and one.name in other.name for other in inside)]
    chosen = equal or inside
    if chosen:
        yield _of_channels(chosen, 0.95 if equal else 0.85)


def _fed_by(sections: list[ClaimedPart], source: Source) -> Iterator[ClaimedPart]:
    """The line that the sections named feed: 图片新闻等信息 is more than that section. Unsure where it is open."""
    keys = {key for part in sections for key in part.channels}
    buckets = {channel.bucket for channel in source.channels if channel.key in keys}
    if len(buckets) == 1 and Bucket.UNDECIDED not in buckets:
        (bucket,) = buckets
        yield ClaimedPart(f"section and more: {bucket}", 0.7, buckets=(bucket,))
    else:
        yield replace(sections[0], rule=f"{sections[0].rule}, and more", confidence=_OPEN)


def _of_channels(channels: list[Channel], confidence: float) -> ClaimedPart:
    names = ", ".join(channel.key for channel in channels)
    return ClaimedPart(f"section: {names}", confidence, channels=tuple(channel.key for channel in channels))


def _types_named(words: str) -> list[TypeRule]:
    return [rule for rule in TYPE_RULES if rule.words.search(words)]


def _by_type(words: str) -> Iterator[ClaimedPart]:
    """Narrowly what the words say, and widely what offices file under them; about a key area where one is named."""
    named = _types_named(words)
    if not named:
        return
    areas = tuple(rule.area for rule in _areas_named(words))
    narrow = tuple(dict.fromkeys(kind for rule in named for kind in rule.narrow))
    wide = tuple(dict.fromkeys(kind for rule in named for kind in rule.wide))
    part = ClaimedPart("; ".join(rule.name for rule in named), min(rule.confidence for rule in named), areas=areas)
    yield replace(part, types=narrow)
    yield replace(part, types=wide)


def _areas_named(words: str) -> list[AreaRule]:
    return [rule for rule in AREA_RULES if rule.words.search(words)]


def _by_area(words: str) -> Iterator[ClaimedPart]:
    named = _areas_named(words)
    if len(named) == 1 and not _types_named(words):
        yield ClaimedPart(named[0].name, named[0].confidence, areas=(named[0].area,))


def _by_bucket(words: str) -> Iterator[ClaimedPart]:
    """The line that the words name; several together are too unsure a reading to accuse anybody."""
    named = [rule for rule in BUCKET_RULES if rule.words.search(words)]
    if named:
        confidence = named[0].confidence if len(named) == 1 else _OPEN
        yield ClaimedPart(
            "; ".join(rule.name for rule in named), confidence, buckets=tuple(rule.bucket for rule in named)
        )
