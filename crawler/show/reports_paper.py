"""Verified reports as a paper that a clerk can print: verdicts, reasons, mappings, rows, arithmetic, holes, limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.show.phrases import PHRASES, Phrases
from crawler.show.reports_table import count_shown, range_shown
from pipeline.coverage.hole_words import hole_told
from pipeline.model import Verdict
from pipeline.paper.blocks import (
    Block,
    Bullets,
    Grid,
    Heading,
    Jump,
    Line,
    Paper,
    Paragraph,
    Stretch,
    TextRole,
    cells,
    one_language,
)
from storage.queries.behind import AtHand, Behind
from storage.queries.difference import Difference
from storage.queries.reports import ACCUSING, ClaimRow, FindingRow, MappingRow, ReportRow

ROWS = 20  # of each claim that are printed; the command beside them lists all
_MOST_HOLES = 30


@dataclass(frozen=True, slots=True)
class Verified:
    """A report with what stands behind its findings."""

    report: ReportRow
    portal_name: str
    zone: ZoneInfo
    names: Mapping[str, str]  # of sections, by key
    behind: tuple[Behind, ...]
    kept: AtHand


@dataclass(frozen=True, slots=True)
class Printing:
    """By which program and when the paper is made, in which language ("zh" or "en")."""

    program: str
    at: datetime
    language: str

    @property
    def phrases(self) -> Phrases:
        """The words of its language."""
        return PHRASES[self.language]


def report_paper(found: tuple[Verified, ...], printing: Printing) -> Paper:
    """All the reports in one paper, one after the other."""
    blocks = [Heading(printing.phrases.title, 1)]
    papers = (_of_report(number, one, printing) for number, one in enumerate(found, 1))
    return Paper(printing.phrases.title, printing.language, (*blocks, *(block for paper in papers for block in paper)))


def _of_report(number: int, one: Verified, printing: Printing) -> Iterator[Block]:
    phrases, report = printing.phrases, one.report
    yield Paragraph((_head(one, printing),), TextRole.NOTE)
    yield _outcome(report, phrases)
    if report.claims:
        yield Heading(phrases.summary)
        yield _summary(number, one, printing)
        yield Paragraph((phrases.legend,), TextRole.NOTE)
        yield Heading(phrases.claims)
        for claim, behind in zip(report.claims, one.behind, strict=True):
            yield Heading(phrases.claim.format(n=claim.number + 1, text=claim.text), 3, _place(number, claim))
            yield from _of_claim(claim, report, printing)
            yield from _differences(claim, behind, one, printing)
    if report.checks:
        yield Heading(phrases.checks)
        yield Bullets(tuple(_check(check.holds, check.reason, printing) for check in report.checks))
    yield from _holes(one, printing)
    yield Heading(phrases.limits_title)
    yield Bullets(tuple((limit,) for limit in phrases.limits))
    yield from _archive(one, printing)


def _head(one: Verified, printing: Printing) -> str:
    report = one.report
    return printing.phrases.head.format(
        program=printing.program,
        at=_moment(printing.at, one),
        name=report.name,
        year=report.year or "?",
        issuer=report.issuer or "?",
        source=report.source,
        portal=one.portal_name,
    )


def _moment(at: datetime | None, one: Verified) -> str:
    return f"{at.astimezone(one.zone):%Y-%m-%d %H:%M %z}" if at else "?"


def _outcome(report: ReportRow, phrases: Phrases) -> Paragraph:
    verdicts = [claim.headline.verdict for claim in report.claims]
    numbers = {
        "over": verdicts.count(Verdict.OVERCLAIMED),
        "under": verdicts.count(Verdict.UNDERCLAIMED),
        "good": verdicts.count(Verdict.CONSISTENT),
        "open": verdicts.count(Verdict.UNVERIFIABLE),
        "sums": sum(one.verdict == Verdict.SUM_DIFFERS for claim in report.claims for one in claim.sums),
        "checks": sum(not check.holds for check in report.checks),
    }
    if not report.claims:
        return Paragraph((phrases.none,), TextRole.WARNING)
    if report.accuses:
        return Paragraph((phrases.wrong.format(**numbers),), TextRole.WARNING)
    return Paragraph((phrases.right.format(**numbers),), TextRole.GOOD if numbers["good"] else TextRole.PLAIN)


# --- the table of verdicts -------------------------------------------------------------------------------------------


def _summary(number: int, one: Verified, printing: Printing) -> Grid:
    rows = (row for claim in one.report.claims for row in _rows(number, claim, printing))
    return Grid(printing.phrases.columns, tuple(rows), frozenset({2, 3}))


def _rows(number: int, claim: ClaimRow, printing: Printing) -> Iterator[tuple[Line, ...]]:
    phrases, headline = printing.phrases, claim.headline
    indent = "　" * claim.depth
    label: Line = (Jump(str(claim.number + 1), _place(number, claim)),)
    quote: Line = (f"{indent}{claim.text}",)
    definition = phrases.definitions.get(headline.definition or "", "-")
    found = cells((_claimed(claim), count_shown(headline), range_shown(headline)))
    yield (label, quote, *found, (_verdict(headline, phrases),), (definition,))
    for one in claim.sums:
        total = cells(("", str(one.low), ""))
        yield ((f"{claim.number + 1}Σ",), (f"{indent}{phrases.sum_of}",), *total, (_verdict(one, phrases),), ("",))


def _claimed(claim: ClaimRow) -> str:
    if claim.lower_bound:
        return f"≥ {claim.count}"
    return f"≈ {claim.count}" if claim.approximate else str(claim.count)


def _verdict(finding: FindingRow, phrases: Phrases) -> Stretch:
    good = {Verdict.CONSISTENT.value, Verdict.SUM_ADDS_UP.value}
    role = (
        TextRole.WARNING
        if finding.verdict in ACCUSING
        else TextRole.GOOD
        if finding.verdict in good
        else TextRole.STRONG
    )
    return Stretch(phrases.verdicts[finding.verdict], role)


def _place(number: int, claim: ClaimRow) -> str:
    return f"claim-{number}-{claim.number + 1}"


# --- one claim -------------------------------------------------------------------------------------------------------


def _of_claim(claim: ClaimRow, report: ReportRow, printing: Printing) -> Iterator[Block]:
    phrases, language = printing.phrases, printing.language
    headline = claim.headline
    yield Paragraph((_verdict(headline, phrases), ". ", one_language(headline.reason, language)))
    if headline.exact:
        yield Paragraph((phrases.exact, one_language(headline.exact, language)))
    notes = [(phrases.note, one_language(one, language)) for one in headline.observed]
    notes += [_sum(one, printing) for one in claim.sums]
    if claim.mapping and claim.mapping.readings:
        notes.append((phrases.mapping, _mapping(claim.mapping, printing)))
    if notes:
        yield Bullets(tuple(notes))


def _sum(finding: FindingRow, printing: Printing) -> tuple[str, str]:
    return f"{printing.phrases.sum_of}: ", one_language(finding.reason, printing.language)


def _mapping(mapping: MappingRow, printing: Printing) -> str:
    phrases, language = printing.phrases, printing.language
    readings = " | ".join(one_language(reading.words, language) for reading in mapping.readings)
    who = (phrases.decided if mapping.by else phrases.proposed).format(by=mapping.by, confidence=mapping.confidence)
    counted = ", ".join(phrases.definitions[one] for one in mapping.definitions)
    void = phrases.void.get(mapping.void, "")
    return f"{readings}; {counted}; {void} ({mapping.rule}; v{mapping.version}; {who})"


def _differences(claim: ClaimRow, behind: Behind, one: Verified, printing: Printing) -> Iterator[Block]:
    phrases = printing.phrases
    if not behind.differences:
        return
    yield Paragraph((Stretch(phrases.difference, TextRole.STRONG),))
    for group in behind.differences:
        yield _group(group, one, printing)
    total, shown = (sum(n) for n in zip(*((group.total, len(group.rows)) for group in behind.differences), strict=True))
    command = f"duizhang verify {one.report.id} --rows {claim.number + 1}"
    yield Paragraph((phrases.shown.format(total=total, n=shown), Stretch(command, TextRole.CODE)), TextRole.NOTE)


def _group(group: Difference, one: Verified, printing: Printing) -> Grid:
    phrases = printing.phrases
    words = one_language(group.words, printing.language)
    caption = phrases.group.format(words=words, total=group.total, counted=phrases.counted[group.counted])
    rows = (
        (
            (Stretch(row.id, TextRole.CODE),),
            *cells((row.published_on, row.title, one.names.get(row.channel, row.channel))),
            (Stretch(row.url, TextRole.CODE),),
        )
        for row in group.rows
    )
    return Grid(phrases.rows, tuple(rows), caption=caption)


# --- the report as a whole -------------------------------------------------------------------------------------------


def _check(holds: bool, reason: str, printing: Printing) -> Line:
    role = TextRole.GOOD if holds else TextRole.WARNING
    return Stretch(printing.phrases.holds[holds], role), ": ", one_language(reason, printing.language)


def _holes(one: Verified, printing: Printing) -> Iterator[Block]:
    phrases = printing.phrases
    holes = list(dict.fromkeys(hole for behind in one.behind for hole in behind.holes))
    yield Heading(phrases.holes)
    if not holes:
        yield Paragraph((phrases.no_holes,))
        return
    items: list[Line] = [(hole_told(hole, printing.language, one.names),) for hole in holes[:_MOST_HOLES]]
    if more := len(holes) - len(items):
        command = f"duizhang coverage --source {one.report.source}"
        items.append((phrases.more.format(n=more), Stretch(command, TextRole.CODE)))
    yield Bullets(tuple(items))


def _archive(one: Verified, printing: Printing) -> Iterator[Block]:
    phrases, kept = printing.phrases, one.kept
    yield Heading(phrases.archive_title)
    yield Paragraph(
        (
            phrases.archive.format(
                url=kept.url,
                fetched=_moment(kept.fetched_at, one),
                digest=kept.digest,
                warc=kept.warc,
                captures=kept.captures,
                last=_moment(kept.last_capture, one),
            )
            if kept.digest
            else phrases.unheld,
        )
    )
    yield Paragraph((phrases.again, Stretch(f"duizhang verify {one.report.id}", TextRole.CODE)))
