"""What a claimed number happens to equal besides the count it should: an observation, never an accusation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pipeline.count.slices import BEGINNING, Counting, Held, Scope
from pipeline.model import Claim, Definition

_TELLING = 10  # a smaller number equals some other one by chance


@dataclass(frozen=True, slots=True)
class ObservedSection:
    """A section of the portal as observations name it."""

    key: str
    name: str


Look = Callable[[Counting], Held]


def equalities(claim: Claim, counting: Counting, look: Look, sections: tuple[ObservedSection, ...]) -> Iterator[str]:
    """Sentences, Chinese / English, about other counts that equal the claim exactly; only of exact, telling numbers."""
    if claim.approximate or claim.count < _TELLING or counting.reading.scope is not Scope.PORTAL:
        return
    now = look(counting).count
    yield from _other_periods(claim.count, now, counting, look)
    yield from _other_definitions(claim.count, counting, look)
    if now > claim.count:
        yield from _without_a_section(claim.count, now, counting, look, sections)


def _other_periods(count: int, now: int, counting: Counting, look: Look) -> Iterator[str]:
    reading = counting.reading
    if now == count:
        return
    if reading.since != BEGINNING:
        before = replace(reading, since=reading.since - 100, until=reading.until - 100)
        if look(replace(counting, reading=before)).count == count:
            year = before.until // 100
            yield f"该数与{year}年同期的数量相同 / the number equals that of the same months of {year}"
        if look(replace(counting, reading=replace(reading, since=BEGINNING))).count == count:
            yield (
                f"该数与截至{reading.until // 100}年的历年累计数相同,而非当年数 / "
                f"the number equals the cumulative one of all years up to {reading.until // 100}, not that of the year"
            )
    else:
        annual = replace(reading, since=reading.until // 100 * 100 + 1)
        if look(replace(counting, reading=annual)).count == count:
            year = reading.until // 100
            yield f"该数与{year}年当年数相同 / the number equals that of the year {year} alone"


def _other_definitions(count: int, counting: Counting, look: Look) -> Iterator[str]:
    with_void, without = (look(replace(counting, void=void)).count for void in (True, False))
    if count == with_void != without:
        yield (
            f"该数含标为作废的{with_void - without}条,不含则为{without}条 / "
            f"the number includes {with_void - without} marked as void; without them it is {without}"
        )
    postings, documents = (
        look(replace(counting, definition=one)).count for one in (Definition.POSTINGS, Definition.DOCUMENTS)
    )
    if count == postings != documents:
        yield (
            f"该数含重复发布的{postings - documents}条,内容相同的只计一条则为{documents}条 / "
            f"the number includes {postings - documents} reposts; counting the same content once it is {documents}"
        )


def _without_a_section(
    count: int, now: int, counting: Counting, look: Look, sections: tuple[ObservedSection, ...]
) -> Iterator[str]:
    chosen = counting.reading.channels
    for section in sections:
        if chosen and section.key not in chosen:
            continue
        alone = look(replace(counting, reading=replace(counting.reading, channels=(section.key,)))).count
        if alone and alone < now and now - alone == count:
            yield (
                f"该数与不含栏目“{section.name}”({alone}条)的数量相同 / "
                f"the number equals the count without the section {section.name} ({section.key}: {alone})"
            )
