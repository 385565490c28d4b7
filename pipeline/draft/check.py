"""Does the drafted text say what the counts say? It is read and verified as any other report."""

from collections.abc import Iterator

from pipeline.draft.figures import Checked, Draft
from pipeline.draft.phrases import PHRASES
from pipeline.draft.sentences import Number, sentences_of
from pipeline.model import Verdict
from pipeline.paper.blocks import one_language

_WRONG = frozenset({Verdict.OVERCLAIMED, Verdict.UNDERCLAIMED})


def numbers_of(draft: Draft) -> tuple[Number, ...]:
    """The numbers of the section in their order."""
    return tuple(piece for sentence in sentences_of(draft) for piece in sentence if isinstance(piece, Number))


def is_right(draft: Draft, checked: Checked) -> bool:
    """True when every number is read again, each as consistent and nothing else."""
    return _all_read(draft, checked) and all(one.verdict is Verdict.CONSISTENT for one in checked.findings)


def is_wrong(draft: Draft, checked: Checked) -> bool:
    """True when a number is not read again, or is contradicted: a defect of the program, or of the mapping."""
    return not _all_read(draft, checked) or any(one.verdict in _WRONG for one in checked.findings)


def sentences_about(draft: Draft, checked: Checked, language: str) -> str:
    """What came of it, in one language."""
    phrases, numbers = PHRASES[language], numbers_of(draft)
    if is_right(draft, checked):
        return phrases.right.format(n=len(numbers))
    if is_wrong(draft, checked):
        return phrases.wrong.format(reasons="; ".join(_wrong(draft, checked, language)))
    reasons = [one.reason for one in checked.findings if one.verdict is not Verdict.CONSISTENT]
    told = "; ".join(dict.fromkeys(one_language(reason, language) for reason in reasons))
    return phrases.unproved.format(n=len(numbers), open=len(reasons), reasons=told)


def _all_read(draft: Draft, checked: Checked) -> bool:
    """The claims are the section's numbers, in their order, of its year."""
    claims = [(claim.count, claim.year) for claim in checked.report.claims]
    return claims == [(number.count, str(draft.year)) for number in numbers_of(draft)]


def _wrong(draft: Draft, checked: Checked, language: str) -> Iterator[str]:
    read = [claim.count for claim in checked.report.claims]
    for number in numbers_of(draft):
        if number.count not in read:
            yield PHRASES[language].unread.format(quote=number.count)
    for finding in checked.findings:
        if finding.verdict in _WRONG:
            yield one_language(finding.reason, language)
    if len(read) != len(numbers_of(draft)):
        yield f"{len(read)} != {len(numbers_of(draft))}"
