"""pipeline/count/explain.py: how an item came, and why it counts otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.count.explain import MEANING, Cause, Circumstances, Memory, WholeWalk, appeared, cause_of
from pipeline.count.standing import standing_of, standing_text
from pipeline.model import Definition

CHINA = ZoneInfo("Asia/Shanghai")


def time(text: str) -> datetime:
    """A time on the portal's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


SUNDAY = WholeWalk(time("2014-12-28T06:00"), time("2014-12-28T11:00"))
JANUARY = WholeWalk(time("2015-01-04T06:00"), time("2015-01-04T11:00"))


@pytest.mark.parametrize(
    ("seen", "published", "walks", "cause"),
    [
        ("2015-01-10T02:00", date(2014, 6, 3), [], Cause.FIRST_CRAWL),
        # Seen in the walk itself: it did not miss it.
        ("2014-12-28T07:00", date(2014, 6, 3), [SUNDAY], Cause.FIRST_CRAWL),
        ("2014-12-29T02:00", date(2014, 12, 28), [SUNDAY], Cause.PUBLISHED),
        # After the year's end with a day since the last whole walk: published in time, found later.
        ("2015-01-02T02:00", date(2014, 12, 31), [SUNDAY], Cause.PUBLISHED),
        ("2015-01-05T02:00", date(2014, 12, 31), [SUNDAY, JANUARY], Cause.LATE),
        ("2015-01-05T02:00", date(2014, 12, 31), [JANUARY, SUNDAY], Cause.LATE),
        ("2015-01-02T02:00", date(2014, 11, 3), [SUNDAY], Cause.LATE),
        ("2014-12-30T02:00", date(2014, 11, 3), [SUNDAY], Cause.BACKDATED),
        ("2014-12-30T02:00", date(2014, 12, 26), [SUNDAY], Cause.PUBLISHED),
        ("2014-12-30T02:00", date(2014, 12, 25), [SUNDAY], Cause.BACKDATED),
        # 23:30 on the portal's New Year's Eve is still the old year, whatever UTC or the walk's end say.
        ("2014-12-31T23:30", date(2014, 11, 3), [SUNDAY], Cause.BACKDATED),
        ("2015-01-01T00:30", date(2014, 11, 3), [SUNDAY], Cause.LATE),
        ("2015-01-05T02:00", None, [JANUARY], Cause.PUBLISHED),
        ("2015-01-05T02:00", date(2027, 1, 1), [JANUARY], Cause.PUBLISHED),
    ],
)
def test_how_an_item_came(seen: str, published: date | None, walks: list[WholeWalk], cause: Cause) -> None:
    """Only an earlier walk of the whole list that would have shown it says anything about a new item's date."""
    assert appeared(time(seen), published, walks, CHINA) is cause


ROW = {
    **{"year": 2014, "month": 6, "bucket": "tender_and_award", "channel": "zbgg", "notice_type": "tender_notice"},
    **{"area": "", "region": "540102"},
}
STANDING = standing_text(ROW, page=True, document=True)
HELD = Memory(STANDING, "k", "d", "c", "")
AS_COPY = standing_text(ROW, page=True, document=False)
NEXT_YEAR = standing_text({**ROW, "year": 2015}, page=True, document=True)
OTHER_TYPE = standing_text({**ROW, "notice_type": "correction"}, page=True, document=True)


@pytest.mark.parametrize(
    ("before", "after", "told", "cause"),
    [
        (None, HELD, Circumstances(appeared=Cause.LATE), Cause.LATE),
        (None, HELD, Circumstances(readers=True, appeared=Cause.LATE), Cause.READER),
        (replace(HELD, standing=None), HELD, Circumstances(), Cause.RETURNED),
        (HELD, None, Circumstances(), Cause.LOST),
        (HELD, None, Circumstances(answers=True), Cause.MOVED),
        (HELD, None, Circumstances(readers=True), Cause.READER),
        (HELD, replace(HELD, standing=NEXT_YEAR, capture="c2"), Circumstances(), Cause.REDATED),
        (HELD, replace(HELD, standing=OTHER_TYPE, capture="c2"), Circumstances(), Cause.REVISED),
        (HELD, replace(HELD, standing=OTHER_TYPE), Circumstances(declared=True), Cause.RECLASSIFIED),
        (HELD, replace(HELD, standing=OTHER_TYPE), Circumstances(readers=True), Cause.READER),
        (HELD, replace(HELD, standing=OTHER_TYPE), Circumstances(anew=True), Cause.READER),
        (HELD, replace(HELD, standing=OTHER_TYPE, reviewed="review: x"), Circumstances(readers=True), Cause.REVIEWED),
        (replace(HELD, reviewed="review: x"), replace(HELD, standing=OTHER_TYPE), Circumstances(), Cause.REVIEWED),
        (HELD, replace(HELD, standing=AS_COPY, document="d2"), Circumstances(), Cause.MERGED),
        (replace(HELD, standing=AS_COPY), replace(HELD, document="d2"), Circumstances(), Cause.SPLIT),
        (HELD, replace(HELD, standing=AS_COPY), Circumstances(), Cause.REPRESENTED),
        (HELD, replace(HELD, standing=AS_COPY, document="d2"), Circumstances(paired=True), Cause.REVIEWED),
        (HELD, replace(HELD, standing=AS_COPY, key="k2"), Circumstances(), Cause.MOVED),
    ],
)
def test_why_it_counts_otherwise(
    before: Memory | None, after: Memory | None, told: Circumstances, cause: Cause
) -> None:
    """What a person decided comes first, then what we changed, then what the portal did."""
    assert cause_of(before, after, told) is cause


def test_a_standing_is_read_back_as_it_was() -> None:
    """Text and standing say the same; a copy counts as a posting and as its page, not as its document."""
    standing = standing_of(AS_COPY)
    assert standing.place == (2014, 6, "tender_and_award", "zbgg", "tender_notice", "", "540102")
    assert [one for one in Definition if standing.counts_as(one)] == [Definition.POSTINGS, Definition.PAGES]
    assert standing_of(standing_text({**ROW, "year": None, "month": None}, page=False, document=False)).year == 0
    for wrong in ("", "a|b", "x|6|a|b|c|d|e|pd", "2014|6|a|b|c|d|e|f|pd"):
        with pytest.raises(ValueError, match=r"."):
            standing_of(wrong)


def test_every_cause_is_explained() -> None:
    """Each has its sentence in Chinese and English."""
    assert set(MEANING) == set(Cause)
