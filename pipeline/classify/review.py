"""A person's decision about what the rules leave doubtful. It outlives every rebuild and is shown as such."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.model import NOT_TENDERING, Bucket, NoticeType, Unreadable
from pipeline.values.urls import LONGEST as LONGEST_ADDRESS

BY_REVIEW = "review: "  # a rule that begins so names who decided and the day
LONGEST = 500  # characters of a name, a note, a subject; the confirmed reading of a claim may be longer
_LONGEST_VALUE = 20_000


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
    addresses: tuple[str, ...] = ()  # where its postings are: an id follows from how addresses are compared


def same_subject(a: str, b: str) -> tuple[str, str]:
    """The subject of a decision about two postings: the same in whatever order they are named."""
    return (a, b) if a <= b else (b, a)


def review_text(review: Review) -> str:
    """The decision as the archive keeps it: JSON that `review_in` reads."""
    said = {**asdict(review), "kind": review.kind.value, "at": review.at.isoformat()}
    return json.dumps(said, ensure_ascii=False, indent=1)


def review_in(body: bytes) -> Review:
    """The decision that an archived text keeps. Raises Unreadable for what is none."""
    try:
        said = json.loads(body)
        review = Review(
            ReviewKind(said["kind"]),
            tuple(_text(part, LONGEST) for part in said["subject"]),
            _text(said["value"], _LONGEST_VALUE),
            _text(said["by"], LONGEST),
            datetime.fromisoformat(said["at"]),
            _text(said["note"], LONGEST),
            tuple(_text(url, LONGEST_ADDRESS) for url in said.get("addresses", ())),
        )
        if review.at.tzinfo is None or not review.subject or any(" " in part or not part for part in review.subject):
            raise ValueError("no time zone, or no subject")
        _check(review)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise Unreadable(f"not a decision of a person: {error!r}"[:LONGEST]) from None
    return review


def _check(review: Review) -> None:
    """Raises ValueError for a value that says nothing about its subject."""
    if not review.value or review.kind is ReviewKind.MAPPING:
        return
    if review.kind is ReviewKind.CATEGORY:
        category_in(review.value)
    elif review.value not in {"same", "different"} or len(review.subject) != 2:
        raise ValueError("neither same nor different, or not about two postings")


def category_in(value: str) -> tuple[NoticeType, Bucket | None]:
    """The type and, where one was named, the bucket that a person decided. Raises ValueError for other words."""
    notice_type, _, bucket = value.partition("/")
    return NoticeType(notice_type), Bucket(bucket) if bucket else None


def category_reviewed(row: Mapping[str, Any], review: Review, zone: ZoneInfo) -> dict[str, str]:
    """What a posting's row gets by a decision; a bucket that followed from the type follows it again."""
    notice_type, bucket = category_in(review.value)
    rule = f"{BY_REVIEW}{review.by} {review.at.astimezone(zone):%Y-%m-%d}"
    said = {"notice_type": notice_type.value, "type_rule": rule}
    if bucket:
        return said | {"bucket": bucket.value, "bucket_rule": rule}
    if row["bucket_rule"].startswith(("type:", "none")):
        is_tender = notice_type not in NOT_TENDERING
        follows = Bucket.TENDER_AND_AWARD if is_tender else Bucket.UNDECIDED
        return said | {"bucket": follows.value, "bucket_rule": f"type: {notice_type}" if is_tender else "none"}
    return said


def _text(found: Any, longest: int) -> str:
    if not isinstance(found, str) or len(found) > longest:
        raise ValueError("no text, or too long")
    return found
