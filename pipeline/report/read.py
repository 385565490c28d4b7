"""The numbers of publications that an annual disclosure report states, each with its exact quote."""

from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import replace

from pipeline.model import Claim, ClaimSum, Report
from pipeline.report.arithmetic import checks_in
from pipeline.report.numbers import counted
from pipeline.report.prose import ProseReader
from pipeline.report.tables import Table, tables_in
from pipeline.report.text import even_text
from pipeline.report.title import Title, address_in, titles_of
from pipeline.report.tree import adopted, kept, sums_among

WHOLE = frozenset({"合计", "门户合计"})


def claims_in(text: str, year: int | None = None, url: str = "") -> Report:
    """Every number of publications that the report states, in reading order, with its tree and its sums.

    The report's year is the given one, else the one that the text states, else the one that its address names."""
    prose = even_text(text)
    titles = titles_of(prose.text, year, url or address_in(prose.text))
    title = titles[0][1]
    tables = tables_in(text)
    starts = [table.start for table in tables]
    reading = ProseReader(prose, title, text)
    for found in counted(prose.text):
        if not _inside(prose.origin(found.number_start), tables, starts):
            reading.title = _title_at(found.number_start, titles)
            reading.read(found)
    told = _plain_channels(adopted(reading.settled(), reading.paragraphs), reading.carried)
    told += _cells(tables, text, [(prose.origin(start), one) for start, one in titles], len(told))
    led = [replace(claim, lead=prose.lead(claim.start)) for claim in kept(told, _repeats(told))]
    claims = _named(led)
    sums = sums_among(claims, {told[total].end for total in reading.incomplete}) + _text_and_table(claims)
    return Report(title.year, title.issuer, claims, sums, checks_in(prose, text, claims))


def _plain_channels(claims: list[Claim], carried: Set[int]) -> list[Claim]:
    """What names no medium itself is of its parts' media when it is a total, else of its total's medium."""
    media: dict[int, set[str]] = {}
    for index, claim in enumerate(claims):
        if claim.parent is not None and index not in carried:
            media.setdefault(claim.parent, set()).add(claim.channel)
    plain = list(claims)
    for index in sorted(carried):
        claim = plain[index]
        if media.get(index, set()) - {claim.channel}:
            plain[index] = replace(claim, channel="mixed")
        elif claim.parent is not None and claim.channel == "mixed":
            plain[index] = replace(claim, channel=plain[claim.parent].channel)
    return plain


def _inside(position: int, tables: Sequence[Table], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, position) - 1
    return index >= 0 and position < tables[index].end


def _title_at(position: int, titles: Sequence[tuple[int, Title]]) -> Title:
    return titles[max(0, bisect_right(titles, position, key=lambda title: title[0]) - 1)][1]


def _cells(tables: Sequence[Table], text: str, titles: Sequence[tuple[int, Title]], offset: int) -> list[Claim]:
    claims: list[Claim] = []
    for table in tables:
        title = _title_at(table.start, titles)
        first = offset + len(claims)
        for cell in table.cells:
            claims.append(
                Claim(
                    text=text[cell.start : cell.end],
                    start=cell.start,
                    end=cell.end,
                    subject=title.issuer,
                    channel="national_table" if cell.kind == "table_cell" else "stat_table",
                    category=cell.category,
                    count=cell.count,
                    unit=cell.unit,
                    year=title.period,
                    parent=first if cell.part and table.cells[0].category == "合计" else None,
                    kind=cell.kind,
                    section=cell.section,
                    article=cell.article,
                )
            )
    return claims


def _repeats(claims: Sequence[Claim]) -> set[int]:
    """Rounded repeats of an exact count: 近8万条 in the lead, 79123条 below."""
    exact = {claim.count for claim in claims if not claim.approximate and claim.count >= 1000}
    parents = {claim.parent for claim in claims}
    rounded = [
        index
        for index, claim in enumerate(claims)
        if claim.approximate and claim.parent is None and index not in parents and claim.count >= 10_000
    ]
    ordered = sorted(exact)
    return {index for index in rounded if _rounds(claims[index], ordered)}


def _rounds(claim: Claim, ordered: Sequence[int]) -> bool:
    low, high = (claim.count, claim.count * 1.1) if claim.lower_bound else (claim.count * 0.95, claim.count * 1.05)
    index = bisect_right(ordered, low)
    return index < len(ordered) and ordered[index] <= high


def _named(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with what only the others tell: which is a total because of its parts, and which is the whole."""
    parents = {claim.parent for claim in claims if not claim.kind}
    named = [replace(claim, category=_category(claim, index in parents)) for index, claim in enumerate(claims)]
    largest: dict[tuple[str, str], int] = {}
    for claim in named:
        if claim.category in WHOLE and not claim.kind:
            for channel in (claim.channel, "mixed"):
                place = (claim.year, channel)
                largest[place] = max(claim.count, largest.get(place, 0))
    return tuple(
        replace(claim, category="部分合计")
        if claim.category in WHOLE and not claim.kind and claim.count < largest[claim.year, claim.channel]
        else claim
        for claim in named
    )


def _category(claim: Claim, has_parts: bool) -> str:
    if claim.kind:
        return claim.category
    if claim.channel == "newspaper_radio":
        return "报刊广播"
    if not has_parts:
        return claim.category
    if claim.parent is not None:
        return "门户合计" if "portal" in claim.channel else claim.category
    return "合计"


def _text_and_table(claims: Sequence[Claim]) -> tuple[ClaimSum, ...]:
    """The report's own table set against its own text."""
    table = next((index for index, claim in enumerate(claims) if _is_total(claim, "stat_table_cell")), None)
    prose = next((index for index, claim in enumerate(claims) if _is_total(claim, "")), None)
    if table is None or prose is None or claims[table].year != claims[prose].year:
        return ()
    return (ClaimSum(table, (prose,), claims[prose].count, claims[prose].count - claims[table].count),)


def _is_total(claim: Claim, kind: str) -> bool:
    return claim.kind == kind and claim.category == "合计" and claim.parent is None and not claim.approximate
