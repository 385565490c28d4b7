"""A run's outcome by its evidence."""

from dataclasses import replace

import pytest

from pipeline.coverage.outcome import Evidence, outcome_of
from pipeline.model import ChannelEnd, Outcome, Quality

WHOLE = ChannelEnd("zbgg", True, "last page (4)", 4, 33, 33, 4)
EMPTY = replace(WHOLE, rows=0, stated_total=0, pages=1)


def outcome(*ends: ChannelEnd, **more: object) -> Outcome:
    return outcome_of(Evidence(ends, **more))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ends", "more", "expected"),
    [
        ((WHOLE,), {}, Outcome.COMPLETE),
        ((replace(WHOLE, stated_total=34),), {}, Outcome.COMPLETE_WITH_DRIFT),
        ((replace(WHOLE, rows=20),), {}, Outcome.PARTIAL),
        ((replace(WHOLE, closed=False, holes=("page 3: blocked",)),), {}, Outcome.PARTIAL),
        ((WHOLE,), {"unread": 1}, Outcome.PARTIAL),
        ((WHOLE,), {"never_asked": 1}, Outcome.PARTIAL),
        ((WHOLE,), {"gave_up": "40 answers in a row were none"}, Outcome.PARTIAL),
        ((WHOLE,), {"faults": ("KeyError: 'x'",)}, Outcome.PARTIAL),
        ((WHOLE,), {"pages": {Quality.LOGIN: 1}}, Outcome.PARTIAL),
        ((WHOLE,), {"pages": {Quality.TRUNCATED: 1}}, Outcome.PARTIAL),
        ((WHOLE,), {"pages": {Quality.OVERSIZE: 1}}, Outcome.COMPLETE_WITH_DRIFT),
        ((WHOLE,), {"pages": {Quality.WRONG_TYPE: 1}}, Outcome.COMPLETE_WITH_DRIFT),
        ((WHOLE,), {"pages": {Quality.ABSENT: 1}}, Outcome.COMPLETE_WITH_DRIFT),
        ((WHOLE,), {"stopped": "stopped: shutdown"}, Outcome.INTERRUPTED),
        ((WHOLE,), {"full_disk": True}, Outcome.OUT_OF_SPACE),
        ((replace(EMPTY, closed=False),), {"listings": {Quality.BLOCKED: 3}}, Outcome.BLOCKED),
        ((replace(EMPTY, closed=False),), {"listings": {Quality.MAINTENANCE: 1}}, Outcome.MAINTENANCE),
        ((), {}, Outcome.COMPLETE),
    ],
)
def test_the_outcome_follows_from_the_evidence(
    ends: tuple[ChannelEnd, ...], more: dict[str, object], expected: Outcome
) -> None:
    """What is wrong with the line, the list or the portal is a hole; what is wrong with one page for ever is drift."""
    assert outcome(*ends, **more) is expected


def test_empty_is_believed_of_a_list_that_never_had_a_row() -> None:
    """A list that says that it is empty and had rows in an earlier run is suspicious, alone or beside others."""
    assert outcome(EMPTY) is Outcome.EMPTY_EXPECTED
    assert outcome(EMPTY, earlier={"hydt": 7}) is Outcome.EMPTY_EXPECTED
    assert outcome(EMPTY, earlier={"zbgg": 7}) is Outcome.EMPTY_SUSPICIOUS
    assert outcome(EMPTY, replace(WHOLE, channel="hydt"), earlier={"zbgg": 7}) is Outcome.PARTIAL
    assert outcome(EMPTY, replace(WHOLE, channel="hydt")) is Outcome.COMPLETE


def test_a_channel_has_its_own_tolerance() -> None:
    """Thirteen of 33 missing are a hole by the usual measure, and drift where the source file allows half."""
    short = replace(WHOLE, rows=20)
    assert outcome(short, tolerances={"zbgg": (0.5, 10)}) is Outcome.COMPLETE_WITH_DRIFT
    assert outcome(replace(WHOLE, rows=32), tolerances={"zbgg": (0.0, 1)}) is Outcome.PARTIAL


def test_the_reason_names_the_hole() -> None:
    """Not that something is missing, but what."""
    end = replace(WHOLE, closed=False, reason="other words", holes=("page 3: blocked", "pages 7 to 9: absent"))
    assert outcome_of(Evidence((end,)))[1] == "zbgg: page 3: blocked; pages 7 to 9: absent"
