"""How a person says what a claim speaks of: typed, checked against the report, archived, applied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.bring.decisions import decide
from crawler.bring.open_archive import Books
from crawler.config import WrongUse
from pipeline.classify.review import Review, ReviewKind
from pipeline.model import Report, Source
from pipeline.verdict.mapping import ClaimMapping
from pipeline.verdict.person import WrongMapping, mapping_kept, mapping_typed
from storage.archive.declarations import declared
from storage.derive.findings import mapped_claims_of
from storage.derive.reports import stored_report
from storage.queries.brought import report_row


@dataclass(frozen=True, slots=True)
class Decision:
    """What was typed about a claim, by the number that tables show; `words` None: as it is read now."""

    claim: int
    words: str | None


def typed(text: str) -> Decision:
    """`3=channel=zbgg,year=2014` or `3={...}`. Raises WrongUse for anything else."""
    number, mark, words = text.partition("=")
    if not mark or not number.strip().isdecimal():
        raise WrongUse(f"{text!r}: --map takes CLAIM=JSON or CLAIM=key=value,key=value")
    return Decision(int(number), words)


def confirmed(claim: int) -> Decision:
    """The claim is read as it should be."""
    return Decision(claim, None)


def decide_mappings(here: Books, ids: tuple[str, ...], decisions: Iterable[Decision], by: str) -> None:
    """The decisions about the one report that is named, archived and applied. Raises WrongUse."""
    wanted = list(decisions)
    if not wanted:
        return
    with here.engine.connect() as connection:
        row = report_row(connection, ids[0])
        if row is None:
            raise WrongUse(f"{ids[0]} could not be read as a report")
        source = declared(connection, here.archive)[row["source"]]
        report = stored_report(connection, row)
        found = mapped_claims_of(connection, row, report, source)
    now = datetime.now(UTC)
    decide(here, source, [_review(one, ids[0], (report, found, source), (by, now)) for one in wanted])


def _review(
    decision: Decision,
    report_id: str,
    read: tuple[Report, tuple[ClaimMapping, ...], Source],
    decided: tuple[str, datetime],
) -> Review:
    report, mappings, source = read
    number = decision.claim - 1
    if not 0 <= number < len(report.claims):
        raise WrongUse(f"the report has {len(report.claims)} claims, not {decision.claim}")
    mapping = mappings[number]
    if decision.words is not None:
        try:
            mapping = mapping_typed(decision.words, mapping, source)
        except WrongMapping as error:
            raise WrongUse(str(error)) from None
    elif not mapping.readings:
        raise WrongUse(f"claim {decision.claim} is not mapped to anything: say to what by --map")
    value = mapping_kept(mapping, report.claims[number])
    return Review(ReviewKind.MAPPING, (report_id, str(number)), value, decided[0], decided[1])
