"""Which part of the archive a claim is set against, and the definitions (口径) admitted: proposed with a confidence.

A mapping is data with a version. The program proposes it from the claim's words (verdict/rules.py), a person confirms
or changes it (verdict/person.py), and it is printed with the finding.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.count.media import CELL_MEDIA, CHANNEL_MEDIA, media_named
from pipeline.count.slices import Scope, Slice
from pipeline.model import Claim, Definition, Report, Source
from pipeline.report.text import even_quote
from pipeline.verdict.parts import ClaimedPart, parts_of, section_named
from pipeline.verdict.period import period_of
from pipeline.verdict.rest import rest_of
from pipeline.verdict.rules import ELSEWHERE, PUBLICATIONS, VERSION


@dataclass(frozen=True, slots=True)
class ClaimMapping:
    """The readings of a claim, the plainest first, and what may count; no readings: no part of the archive fits."""

    claim: int
    readings: tuple[Slice, ...]
    rule: str  # what decided, joined by "; "
    confidence: float  # 0 to 1; 1 when a person decided
    definitions: tuple[Definition, ...] = tuple(Definition)  # admissible, the headline's first
    void: tuple[bool, ...] = (True, False)  # admissible: what is marked void counts, or not
    version: str = VERSION
    by: str = ""  # the person who confirmed or changed it
    note: str = ""


_GOVERNMENT = re.compile(r"(?:政府|[省市县区乡镇])$")
_FOREIGN = 0.3  # of the confidence that is left when it is not sure whose portal a report speaks of
_SCOPES = {"portal": Scope.PORTAL, "mixed": Scope.EVERYWHERE} | dict.fromkeys(CHANNEL_MEDIA, Scope.REGISTER)
_CELLS = {"合计": Scope.EVERYWHERE, "政府网站": Scope.PORTAL} | dict.fromkeys(CELL_MEDIA, Scope.REGISTER)
_CLAUSES = re.compile(r"[,;:]")
_HELD = frozenset({"场", "场次", "次", None})  # what press conferences are counted in


def mappings_of(report: Report, source: Source, *, own: bool = True) -> tuple[ClaimMapping, ...]:
    """One mapping for each claim, in their order. `own`: the report is known to speak of this source."""
    found = tuple(_mapping(index, report, source) for index in range(len(report.claims)))
    if own:
        return found
    doubt = "issuer: not known to be this portal's office"
    return tuple(replace(one, rule=f"{one.rule}; {doubt}", confidence=one.confidence * _FOREIGN) for one in found)


def _mapping(index: int, report: Report, source: Source) -> ClaimMapping:
    claim = report.claims[index]
    if refused := _refused(claim, report):
        return ClaimMapping(index, (), refused, 0.9)
    scope = _scope(claim, report, source)
    if scope is None:
        return ClaimMapping(index, (), f"channel: {claim.channel or 'none named'}", 0.85)
    period = period_of(index, report)
    if not period.spans:
        return ClaimMapping(index, (), period.rule, period.confidence)
    parts = _registers(claim) if scope is Scope.REGISTER else parts_of(claim, source)
    parts = parts or rest_of(index, report, source)
    if not parts or not parts[0].found:
        rule = parts[0].rule if parts else "category: no rule names a part of the portal"
        return ClaimMapping(index, (), rule, 0.6)
    readings = _slices(scope, period.spans, parts)
    confidence = min(parts[0].confidence, period.confidence)
    return ClaimMapping(index, readings, f"{parts[0].rule}; {period.rule}", round(confidence, 2), _admitted(scope))


def _registers(claim: Claim) -> tuple[ClaimedPart, ...]:
    """The media of the office's own lists that the claim means, the narrowest reading first."""
    if claim.kind:
        return (ClaimedPart(f"register: {claim.category}", 0.8, media=CELL_MEDIA[claim.category]),)
    words = _CLAUSES.split(claim.lead)[-1] + even_quote(claim.text)  # 通过报纸 may stand before the quote
    return tuple(
        ClaimedPart(f"register: {'+'.join(media)}", 0.8, media=media) for media in media_named(claim.channel, words)
    )


def _slices(scope: Scope, spans: Sequence[tuple[int, int]], parts: Sequence[ClaimedPart]) -> tuple[Slice, ...]:
    found = [
        Slice(scope, *span, part.channels, part.buckets, part.types, part.areas, part.media)
        for span in spans
        for part in parts
    ]
    return tuple(dict.fromkeys(found))


def _admitted(scope: Scope) -> tuple[Definition, ...]:
    """A register has no pages; all else may be counted under every definition."""
    return (Definition.POSTINGS, Definition.DOCUMENTS) if scope is Scope.REGISTER else tuple(Definition)


def _refused(claim: Claim, report: Report) -> str:
    """Why the claim is of nothing that the office published itself, "" when it may be."""
    if claim.kind not in {"", "stat_table_cell"}:
        return f"kind: {claim.kind}"
    held = claim.channel == "press_conference" or claim.category == "新闻发布会"
    if claim.unit not in (_HELD if held else PUBLICATIONS):
        return f"unit: {claim.unit}"
    if found := ELSEWHERE.search(even_quote(claim.text)):
        return f"sent elsewhere: {found[0]}"
    return "" if _is_own(claim.subject, report.issuer) else "subject: other offices"


def _is_own(subject: str, issuer: str) -> bool:
    """True when the office that published is the report's own, as far as the words tell."""
    subject, issuer = subject.strip(), issuer.strip()
    return not subject or not issuer or subject in issuer or issuer in subject or _tail(subject) == _tail(issuer)


def _tail(office: str) -> str:
    """区住房城乡建设厅 and 西藏自治区住房和城乡建设厅 end alike once 和 is left out."""
    return office.replace("和", "")[-4:]


def _scope(claim: Claim, report: Report, source: Source) -> Scope | None:
    if claim.kind:
        return _CELLS.get(claim.category)
    if section_named(claim, source):
        return Scope.PORTAL
    if claim.channel == "government_portal":
        # A department's report speaks of the government's site there, not of its own.
        return Scope.PORTAL if _GOVERNMENT.search(report.issuer) else None
    return _SCOPES.get(claim.channel)
