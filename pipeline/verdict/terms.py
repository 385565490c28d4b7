"""What an evidence pack says of a report's claims: every number with the terms that it is added up from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.count.slices import Counting, Held, Scope, Slice
from pipeline.model import Definition, Report
from pipeline.verdict.judge import Holdings, terms_of
from pipeline.verdict.mapping import ClaimMapping

SCHEMA = "duizhang.evidence/1"  # of evidence/findings.json (docs/evidence.md); raised when a key changes its meaning


@dataclass(frozen=True, slots=True)
class Term:
    """A slice counted in one way, and what the archive holds of it."""

    counting: Counting
    held: Held


@dataclass(frozen=True, slots=True)
class Way:
    """One admissible way of counting a claim: its terms add up to its count."""

    reading: int  # index into the readings of the claim's mapping
    definition: Definition
    void: bool
    terms: tuple[Term, ...]
    open_ended: bool  # the claim also covers what nobody observed

    @property
    def place(self) -> tuple[int, str, bool]:
        """By what a finding names it."""
        return self.reading, self.definition.value, self.void

    @property
    def count(self) -> int:
        """As the finding has it: what was not observed adds nothing, unless it is all that there is."""
        if len(self.terms) == 1:
            return self.terms[0].held.count
        return sum(term.held.count for term in self.terms if term.held.observed)


def ways_of(index: int, report: Report, mappings: Sequence[ClaimMapping], holdings: Holdings) -> tuple[Way, ...]:
    """Every way of counting a claim that its mapping admits; none for a claim that no part of the archive fits."""
    mapping = mappings[index]
    return tuple(
        _way((place, Counting(reading, definition, void)), index, report, (mappings, holdings))
        for definition in mapping.definitions
        for place, reading in enumerate(mapping.readings)
        for void in mapping.void
    )


def _way(
    asked: tuple[int, Counting], index: int, report: Report, grounds: tuple[Sequence[ClaimMapping], Holdings]
) -> Way:
    place, counting = asked
    mappings, holdings = grounds
    countings, open_ended = terms_of(index, report, mappings, counting)
    terms = tuple(Term(one, holdings(one)) for one in countings)
    unseen = len(terms) > 1 and not all(term.held.observed for term in terms)
    ended = open_ended or unseen or any(term.held.open_ended for term in terms)
    return Way(place, counting.definition, counting.void, terms, ended)


def slices_of(ways: Iterable[Way]) -> tuple[Slice, ...]:
    """The slices that a claim's ways of counting take from, each once, in order."""
    return tuple(dict.fromkeys(term.counting.reading for way in ways for term in way.terms))


def slice_said(number: int, reading: Slice, late_after: Mapping[str, str]) -> dict[str, Any]:
    """A slice as JSON; `late_after`: by section, the time after which what was first seen came late."""
    said = {"number": number, "scope": reading.scope.value, "since": reading.since, "until": reading.until}
    chosen = {
        "channels": list(reading.channels),
        "buckets": [one.value for one in reading.buckets],
        "types": [one.value for one in reading.types],
        "areas": [one.value for one in reading.areas],
        "media": [one.value for one in reading.media],
    }
    return said | chosen | {"late_after": dict(late_after)}


def way_said(way: Way, slices: Sequence[Slice]) -> dict[str, Any]:
    """What is added to a finding: the terms that its numbers are made of."""
    return {"open_ended": way.open_ended, "terms": [_term_said(term, slices) for term in way.terms]}


def _term_said(term: Term, slices: Sequence[Slice]) -> dict[str, Any]:
    counting, held = term.counting, term.held
    holes = [
        {"source": one.source, "channel": one.channel, "year": one.year, "kind": one.kind.value, "reason": one.reason}
        | {"missing_at_most": one.missing_at_most}
        for one in held.holes
    ]
    return {
        "slice": slices.index(counting.reading) + 1,
        "definition": counting.definition.value,
        "void": counting.void,
        "count": held.count,
        "observed": held.observed,
        "doubts": [{"kind": one.kind.value, "less": one.less, "more": one.more} for one in held.doubts],
        "holes": holes,
    }


def is_register(reading: Slice) -> bool:
    """True for a slice of the office's own lists instead of the portal."""
    return reading.scope in {Scope.REGISTER, Scope.BESIDE}
