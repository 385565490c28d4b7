"""其他信息N条 at the end of a list: what the portal has beside the lines that the list names."""

import re

from pipeline.model import Bucket, Report, Source
from pipeline.report.text import even
from pipeline.verdict.parts import ClaimedPart, parts_of

_REST = re.compile(r"其[他它](?:各类?|类|有关|相关)?(?:政府|政务)?(?:信息|内容)?")
_SURE = 0.45  # below UNSURE: what an office counts as other is a matter of judgement, so it accuses nobody


def rest_of(index: int, report: Report, source: Source) -> tuple[ClaimedPart, ...]:
    """The lines that no other part of the claim's list takes; none when a part is not made of whole lines."""
    claim = report.claims[index]
    if claim.parent is None or not _REST.fullmatch(even(claim.category)):
        return ()
    taken: set[Bucket] = set()
    for place, other in enumerate(report.claims):
        if place == index or other.parent != claim.parent:
            continue
        parts = parts_of(other, source)
        if not parts or not parts[0].buckets or parts[0].channels or parts[0].types or parts[0].areas:
            return ()
        taken |= set(parts[0].buckets)
    left = tuple(bucket for bucket in Bucket if bucket not in taken)
    return (ClaimedPart("rest of the list", _SURE, buckets=left),) if taken and left else ()
