"""What a hole hides, what a certificate comes to, and the hints beside it."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.count.slices import Held
from pipeline.coverage.gaps import quiet_months, serial_gaps, serial_of
from pipeline.coverage.holes import ListedPage, Observed, Walked, certainty_of, drift_allowed, holes_of
from pipeline.coverage.windows import Attempt, windows_of
from pipeline.listing.walk import is_short
from pipeline.model import Certainty, Hole, HoleKind, Interval

ZONE = ZoneInfo("Asia/Shanghai")
DAY = datetime(2014, 3, 1, tzinfo=UTC)


def walked(stated: int | None, rows: int, *sheets: ListedPage, closed: bool = True, pages: int | None = None) -> Walked:
    return Walked("run", DAY, closed, "last page", stated, pages, rows, sheets or (ListedPage(1, rows),))


def found(walk: Walked | None, last: Walked | None = None) -> list[tuple[HoleKind, int | None]]:
    whole = walk if walk and walk.closed else None
    return [
        (hole.kind, hole.missing_at_most) for hole in holes_of(Observed("s", "c", ZONE, whole=whole, last=last or walk))
    ]


@pytest.mark.parametrize("stated", [1, 10, 100, 499, 500, 501, 1_000, 12_345])
def test_the_drift_allowed_is_the_most_that_is_not_short(stated: int) -> None:
    """lessons.md 1: at least 10 rows and at least 2 % are a hole."""
    allowed = drift_allowed(stated)
    assert not is_short(stated, allowed)
    assert is_short(stated, allowed + 1)


def test_a_page_in_the_middle_hides_no_more_than_the_largest_one() -> None:
    """Page 7 of 9 unread, all others read: at most a page; without the number of pages nobody knows."""
    sheets = [ListedPage(n, None if n == 7 else 20, "server_error") for n in range(1, 10)]
    assert found(walked(None, 160, *sheets, closed=False, pages=9)) == [(HoleKind.PAGE_UNREAD, 20)]
    assert found(walked(None, 160, *sheets, closed=False)) == [(HoleKind.PAGE_UNREAD, None)]


def test_a_list_that_stops_before_its_last_page_is_capped() -> None:
    """Pages 101 and on do not exist though 500 are promised: cut off, the rest of the stated total is missing."""
    sheets = [*(ListedPage(n, 20) for n in range(1, 101)), ListedPage(101, None, "absent", absent=True)]
    assert found(walked(10_000, 2_000, *sheets, closed=False, pages=500)) == [(HoleKind.CAPPED, 8_000)]


def test_a_total_of_just_a_search_engines_limit_is_a_cap() -> None:
    """10,000 stated and 10,000 shown on full pages: how many more there are nobody knows; 9,999 are believed."""
    sheets = tuple(ListedPage(n, 20) for n in range(1, 501))
    assert found(walked(10_000, 10_000, *sheets)) == [(HoleKind.CAPPED, None)]
    assert found(walked(9_999, 9_999, *sheets[:-1], ListedPage(500, 19))) == []


def test_nothing_stated_and_walked_to_the_end_is_clean() -> None:
    """A list without a total of its own that ended is whole; more rows than stated are no hole."""
    assert found(walked(None, 15)) == found(walked(14, 15)) == []


@pytest.mark.parametrize(
    ("kinds", "certainty"),
    [
        ([], Certainty.CLEAN),
        ([(HoleKind.SERIAL_GAP, False), (HoleKind.QUIET_MONTH, False)], Certainty.CLEAN),
        ([(HoleKind.OUTAGE, True)], Certainty.CLOSED),
        ([(HoleKind.OUTAGE, True), (HoleKind.DRIFT, False)], Certainty.DRIFT),
        ([(HoleKind.DRIFT, False), (HoleKind.UNREAD, False)], Certainty.HOLES),
    ],
)
def test_the_worst_hole_decides_and_hints_do_not(kinds: list[tuple[HoleKind, bool]], certainty: Certainty) -> None:
    """A closed hole is not an open one, a hint is none."""
    assert certainty_of(Hole("s", "c", 2014, "", 0, kind, closed=closed) for kind, closed in kinds) is certainty


def test_a_hole_of_unknown_size_leaves_no_upper_bound() -> None:
    """Sizes add up; one that nobody knows opens the interval."""
    holes = [Hole("s", "c", 2014, "", n) for n in (2, 3)]
    assert Held(10, tuple(holes)).interval == Interval(10, 15)
    assert Held(10, (*holes, Hole("s", "c", 2014, "", None))).interval == Interval(10, None)


def attempt(hours: float, *, read: bool = True, closed: bool = True) -> Attempt:
    at = DAY + timedelta(hours=hours)
    return Attempt(at, at + timedelta(minutes=5), read, closed, "" if read else "3 failed")


def test_daily_runs_half_a_day_late_leave_no_window() -> None:
    """A day and a half between two runs is a day that slipped, two days are a downtime."""
    assert windows_of([attempt(0), attempt(36)]) == []
    (window,) = windows_of([attempt(0), attempt(48)])
    assert (window.kind, window.closed) == (HoleKind.DOWNTIME, True)


def test_an_outage_lasts_from_the_first_failure_to_the_last() -> None:
    """Only a walk that began after it and reached the end closes it."""
    failed = [attempt(hours, read=False, closed=False) for hours in (24, 30, 36)]
    (window,) = windows_of([attempt(0), *failed, attempt(40, closed=False)])
    assert (window.kind, window.closed) == (HoleKind.OUTAGE, False)
    assert (window.since, window.until) == (failed[0].since, failed[-1].until)
    assert [one.closed for one in windows_of([attempt(0), *failed, attempt(40)])] == [True]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("K3984687-7/2015-00053", ("K3984687-7", 2015, 53, 5)),
        ("11540000MB0W12345X/2021-00107", ("11540000MB0W12345X", 2021, 107, 5)),
        ("000014349/2015-00006", ("000014349", 2015, 6, 5)),
        ("", None),
        ("无", None),
        ("/2021-None", None),
        ("藏建发〔2014〕12号", None),
    ],
)
def test_serial_numbers_of_index_numbers(number: str, expected: tuple[str, int, int, int] | None) -> None:
    """Issuer, year and serial number; other numbers have none."""
    assert serial_of(number) == expected


def test_gaps_are_told_inside_what_is_held_only() -> None:
    """Before the first and after the last held number nothing is missing; a sequence mostly not held is none."""
    hints = serial_gaps("s", [f"K3984687-7/2015-{n:05}" for n in (7, 8, 10, 13, 14, 15)])
    assert [(hint.year, hint.missing_at_most) for hint in hints] == [(2015, 0)]
    assert "00009, 00011-00012" in hints[0].reason
    assert serial_gaps("s", [f"K3984687-7/2015-{n:05}" for n in (1, 2, 900)]) == []
    assert serial_gaps("s", ["K3984687-7/2015-00001", "K3984687-7/2016-00009"]) == []


def test_a_quiet_month_is_told_beside_busy_ones_only() -> None:
    """Three years with some in every month but one: that month; a channel that is quiet in Februaries has no hint."""
    months = {(year, month): 3 for year in (2012, 2013, 2014) for month in range(1, 13)}
    assert quiet_months("s", "c", months) == []
    assert [
        "2013-06" in hint.reason for hint in quiet_months("s", "c", {k: n for k, n in months.items() if k != (2013, 6)})
    ] == [True]
    februaries = {(year, month): n for (year, month), n in months.items() if month != 2}
    assert quiet_months("s", "c", februaries) == []
    young = {(year, month): n for (year, month), n in months.items() if year > 2012 or month > 4}
    assert quiet_months("s", "c", young) == []


def test_hostile_index_numbers_take_no_time() -> None:
    """Long and odd numbers are refused at once."""
    began = time.monotonic()
    assert [serial_of(text) for text in ("-2015" * 100_000, "a/" * 39, "/2015-" * 13, "２０１５" * 20)] == [None] * 4
    assert time.monotonic() - began < 1


def test_a_list_that_never_answered_hides_any_number_in_any_year() -> None:
    """Asked for, no answer, never walked before: nobody knows what it holds of any year; an earlier whole walk does."""
    silent = walked(None, 0, ListedPage(1, None, "server_error"), closed=False)
    assert found(None, silent) == [(HoleKind.UNWALKED, None)]
    assert found(walked(20, 20), silent) == []
