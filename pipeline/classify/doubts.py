"""What a person should look at: decisions that rest on little, told from the rule that decided."""

from enum import StrEnum

from pipeline.classify.title import folded_title, type_named, type_suggested
from pipeline.model import Bucket, NoticeType


class CategoryDoubt(StrEnum):
    """Why a decision is doubtful; the first ones move more than one count."""

    BUCKET_UNDECIDED = "bucket_undecided"
    MERGE = "merge"
    TYPE_UNDECIDABLE = "type_undecidable"
    AWARD_UNSPECIFIED = "award_unspecified"
    CHANNEL_AGAINST_TITLE = "channel_against_title"
    MERE_ENDING = "mere_ending"


REASONS = {
    CategoryDoubt.BUCKET_UNDECIDED: "没有归入报告的任何一项 falls under no line of the report",
    CategoryDoubt.MERGE: "是否同一内容 whether two postings say the same",
    CategoryDoubt.TYPE_UNDECIDABLE: "没有规则能判断类型 no rule names its type",
    CategoryDoubt.AWARD_UNSPECIFIED: "中标公示,正文看不出是候选人还是结果 candidates or result: the body does not tell",
    CategoryDoubt.CHANNEL_AGAINST_TITLE: "栏目与标题说法不同 its section says one type, its title another",
    CategoryDoubt.MERE_ENDING: "只凭标题结尾判断 decided by nothing but the ending of its title",
}
# What changes a bucket's or a document's count; the others change counts by type.
MOVES_COUNTS = frozenset({CategoryDoubt.BUCKET_UNDECIDED, CategoryDoubt.MERGE})
_BY_PLACE = ("channel: ", "label: ")


def doubt_of(notice_type: str, type_rule: str, bucket: str) -> CategoryDoubt | None:
    """The doubt that a posting's type, rule and bucket show; None where they show none, or a person decided."""
    if bucket == Bucket.UNDECIDED:
        return CategoryDoubt.BUCKET_UNDECIDED
    if notice_type == NoticeType.UNDECIDABLE:
        return CategoryDoubt.TYPE_UNDECIDABLE
    if notice_type == NoticeType.AWARD_NOTICE_UNSPECIFIED and not type_rule.startswith("review: "):
        return CategoryDoubt.AWARD_UNSPECIFIED
    origin, _, word = type_rule.partition(": ")
    if origin == "ending" or (origin == "title" and _is_mere_ending(word)):
        return CategoryDoubt.MERE_ENDING
    return None


def may_contradict(type_rule: str) -> bool:
    """Whether the title has to be read to tell if it says something else than what decided."""
    return type_rule.startswith(_BY_PLACE)


def contradicts(notice_type: str, title: str) -> bool:
    """Whether a title names another type by a type word of its own."""
    named = type_named(folded_title(title))
    return named is not None and named[0] != notice_type


def _is_mere_ending(word: str) -> bool:
    text = folded_title(word)
    return type_named(text) is None and type_suggested(text) is not None
