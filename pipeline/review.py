"""A person's decision about what the rules leave doubtful. It outlives every rebuild and is shown as such."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReviewKind(StrEnum):
    """What was decided."""

    SAME = "same"  # subject: two posting ids in order; value: "same" or "different"
    CATEGORY = "category"  # subject: a posting id; value: a NoticeType, or "notice_type/bucket"
    MAPPING = "mapping"  # subject: report capture id and claim number; value: JSON of the confirmed reading


@dataclass(frozen=True, slots=True)
class Review:
    """One decision. The newest about a subject stands; an empty value takes the earlier one back."""

    kind: ReviewKind
    subject: tuple[str, ...]
    value: str
    by: str  # who decided, as they call themselves
    at: datetime  # UTC
    note: str = ""


def same_subject(a: str, b: str) -> tuple[str, str]:
    """The subject of a decision about two postings: the same in whatever order they are named."""
    return (a, b) if a <= b else (b, a)
