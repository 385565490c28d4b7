"""Walking a list to closure, whatever it does meanwhile."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.listing import Walk
from pipeline.listing.walk import (
    BEYOND,
    PASSES,
    NextStep,
    WalkedPage,
    WalkedRow,
    absent,
    channel_end,
    is_short,
    miss,
    no_way_on,
    take,
)
from pipeline.model import Stated

NOTHING = Stated()


def rows(*keys: int) -> tuple[WalkedRow, ...]:
    return tuple(WalkedRow(str(key), None, False, f"公告{key}") for key in keys)


def sheet(number: int, *keys: int, total: int | None = None, pages: int | None = None, more: bool = True) -> WalkedPage:
    return WalkedPage(number, rows(*keys), Stated(total, pages), more)


Asked = Callable[[int, int], "WalkedPage | str"]  # (page, requests so far) -> what the portal answers


def walked(ask: Asked, walk: Walk | None = None) -> tuple[Walk, list[int]]:
    """The list walked as the crawler does it, and the pages asked for in their order."""
    walk = walk or Walk("zbgg")
    asked: list[int] = []
    number = 1
    while True:
        asked.append(number)
        answer = ask(number, len(asked))
        if isinstance(answer, WalkedPage):
            step = take(walk, answer)
        else:
            step = absent(walk, number) if answer == "absent" else miss(walk, number, answer)
        if step is NextStep.AGAIN:
            number = 1
        elif step in {NextStep.ON, NextStep.SKIP}:
            number += 1
        else:
            return walk, asked


def three_pages(number: int, *, total: int | None = 30) -> "WalkedPage | str":
    """Thirty rows on three pages."""
    if number > 3:
        return "absent"
    first = 10 * (number - 1)
    return sheet(number, *range(first, first + 10), total=total, pages=3, more=number < 3)


def test_a_total_that_is_reached_proves_the_list() -> None:
    """No page is asked for a second time, and none after the last."""
    walk, asked = walked(lambda number, _: three_pages(number))
    assert asked == [1, 2, 3]
    assert (walk.closed, len(walk.seen), channel_end(walk).reason) == (True, 30, "last page (3)")


def test_without_a_total_the_beginning_is_read_again() -> None:
    """A full last page may not be the last, and rows may have come meanwhile."""
    walk, asked = walked(lambda number, _: three_pages(number, total=None))
    assert asked == [1, 2, 3, 4, 1]
    assert (walk.closed, len(walk.seen)) == (True, 30)


def test_rows_that_come_while_the_list_is_read_are_found() -> None:
    """A row is added at the top before every second request: nothing that was there is lost."""

    def ask(number: int, requests: int) -> WalkedPage | str:
        listed = [*range(-(requests // 2), 0), *range(30)]
        shown = listed[10 * (number - 1) : 10 * number]
        return sheet(number, *shown, total=len(listed), more=number * 10 < len(listed)) if shown else "absent"

    walk, asked = walked(ask)
    assert {str(key) for key in range(30)} <= walk.seen
    assert walk.closed
    assert len(asked) < 5 * (PASSES + 1)


@pytest.mark.parametrize("total", [True, False])
def test_rows_that_go_while_the_list_is_read_take_none_with_them(total: bool) -> None:
    """The first row is withdrawn after page 1 was read; the row that slips to it is found."""

    def ask(number: int, requests: int) -> WalkedPage:
        listed = list(range(30)) if requests == 1 else list(range(1, 30))
        shown = listed[10 * (number - 1) : 10 * number]
        return sheet(number, *shown, total=len(listed) if total else None, more=number < 3)

    walk, _ = walked(ask)
    assert walk.seen == {str(key) for key in range(30)}
    assert walk.closed


def test_a_wrong_total_ends_after_a_reading_that_brings_nothing() -> None:
    """Three rows more are stated than there are: the list is read whole twice and then believed to be what it shows."""

    def ask(number: int, _: int) -> WalkedPage | str:
        found = three_pages(number)
        return found if isinstance(found, str) else WalkedPage(number, found.rows, Stated(33, 3), found.more)

    walk, asked = walked(ask)
    assert (walk.closed, len(walk.seen)) == (True, 30)
    assert asked.count(2) == 2


def test_a_page_that_cannot_be_read_is_a_hole_and_not_the_end() -> None:
    """Page 2 of 3 never comes: page 3 is read, page 2 is named, the list is not closed."""
    walk, asked = walked(lambda number, _: "blocked" if number == 2 else three_pages(number))
    end = channel_end(walk)
    assert (end.holes, end.closed, end.rows) == (("page 2: blocked",), False, 20)
    assert 3 in asked


def test_a_page_that_comes_with_a_later_reading_is_no_hole() -> None:
    """The second pass, made because rows are missing, reads the page that the first could not."""
    walk, _ = walked(lambda number, requests: "blocked" if (number, requests) == (2, 2) else three_pages(number))
    assert (channel_end(walk).holes, walk.closed, len(walk.seen)) == ((), True, 30)


def test_after_three_unreadable_pages_the_rest_is_a_hole() -> None:
    """Nobody knows whether the list goes on: it is named from the first of them, to the last page that it states."""
    walk, asked = walked(lambda number, _: "failed" if number > 1 else sheet(1, 1, 2, pages=9))
    assert (channel_end(walk).holes, asked) == (("pages 2 to 9: failed",), [1, 2, 3, 4])
    walk, _ = walked(lambda number, _: "failed" if number > 1 else sheet(1, 1, 2))
    assert channel_end(walk).holes == ("pages 2 and after: failed",)


def test_a_channel_whose_first_page_is_not_there_is_not_closed() -> None:
    """Absent from the first page on: nothing was walked."""
    walk, _ = walked(lambda number, _: "absent")
    assert not walk.closed


def test_a_list_that_shows_fewer_pages_than_it_states_is_cut_off() -> None:
    """Pages that repeat the last shown one are a hole to the last stated one."""
    ends = walked(lambda number, _: sheet(number, *range(10 * min(number, 2)), pages=9, more=number < 9))[0]
    assert channel_end(ends).holes == ("pages 3 to 9: page 4 repeats what came before",)


def test_pages_after_the_last_that_repeat_it_are_the_end() -> None:
    """Every page links a next one: two that bring nothing new end the walk, and no stated page is missing."""
    walk, asked = walked(
        lambda number, _: sheet(number, *range(10 * min(number, 3) - 10, 10 * min(number, 3)), total=30)
    )
    assert (walk.closed, len(walk.seen), max(asked)) == (True, 30, 5)


def test_the_same_rows_under_other_addresses_are_a_repetition() -> None:
    """A list whose links carry another token on every page looks new for ever, and says the same."""

    def ask(number: int, requests: int) -> WalkedPage:
        named = tuple(WalkedRow(f"{key}?token={requests}", None, False, f"公告{key}") for key in range(5))
        return WalkedPage(number, named, NOTHING, more=True)

    _, asked = walked(ask)
    assert max(asked) == 3


def test_a_missing_next_link_is_not_the_end_while_rows_are_missing() -> None:
    """Page 2 of 3 names no next page: the dialect's rule is asked."""
    walk, asked = walked(
        lambda number, _: sheet(2, *range(10, 20), total=30, more=False) if number == 2 else three_pages(number)
    )
    assert (walk.closed, len(walk.seen), asked) == (True, 30, [1, 2, 3])


def test_a_dialect_without_a_rule_ends_where_the_links_end() -> None:
    """Behind an unreadable page it leaves a hole of unknown size."""
    walk = Walk("zbgg")
    take(walk, sheet(1, 1, 2))
    assert miss(walk, 2, "failed") is NextStep.SKIP
    assert no_way_on(walk) is NextStep.BROKEN
    assert channel_end(walk).holes == ("pages 2 and after: failed",)


def test_a_calendar_without_end_is_a_trap() -> None:
    """Far more pages than the list itself states: the walk ends, and says where."""
    walk, asked = walked(lambda number, _: sheet(number, number, pages=3))
    assert len(asked) == 2 * 3 + BEYOND + 1
    assert not walk.closed
    assert "a trap" in channel_end(walk).holes[0]


def test_no_displayed_day_ends_a_walk_by_itself() -> None:
    """Old days end a shortened walk only on pages whose rows are all known; one new row with an old day goes on."""
    old = date(2010, 1, 1)
    known = Walk("zbgg", since=date(2014, 1, 1))
    page = tuple(WalkedRow(str(key), old, True) for key in range(5))
    assert take(known, WalkedPage(1, page, NOTHING, more=True)) is NextStep.ON
    assert (
        take(known, WalkedPage(2, tuple(WalkedRow(f"2-{key}", old, True) for key in range(5)), NOTHING, more=True))
        is NextStep.CLOSED
    )
    fresh = Walk("zbgg", since=date(2014, 1, 1))
    for number in range(1, 20):
        some = tuple(WalkedRow(f"{number}-{key}", old, key > 0) for key in range(5))
        assert take(fresh, WalkedPage(number, some, NOTHING, more=True)) is NextStep.ON


def test_what_the_portal_caps_is_a_hole() -> None:
    """A dialect that knows of a limit names it; what lies behind is not read."""
    walk, _ = walked(
        lambda number, _: WalkedPage(number, rows(number), NOTHING, more=False, capped="no page after 500")
    )
    assert channel_end(walk).holes == ("pages 2 and after: no page after 500",)


def test_a_shortfall_counts_from_ten_rows_and_two_percent_on() -> None:
    """lessons.md 1; a channel may have its own tolerance."""
    assert [is_short(1000, n) for n in (0, 9, 10, 19, 20)] == [False, False, False, False, True]
    assert is_short(100, 10)
    assert is_short(100, 1, 0.0, 0)
    assert not is_short(100, 0, 0.0, 0)


ANSWERS = st.one_of(
    st.sampled_from(["absent", "blocked", "failed"]),
    st.builds(
        WalkedPage,
        st.just(1),
        st.lists(st.integers(0, 40), max_size=6).map(lambda keys: rows(*keys)),
        st.builds(Stated, st.none() | st.integers(0, 60), st.none() | st.integers(0, 9)),
        st.booleans(),
    ),
)


@given(st.lists(ANSWERS, min_size=1, max_size=30))
def test_every_walk_ends(answers: list[WalkedPage | str]) -> None:
    """Whatever a portal answers, in whatever order, a walk comes to an end and says how."""

    def ask(number: int, requests: int) -> WalkedPage | str:
        answer = answers[requests % len(answers)]
        return answer if isinstance(answer, str) else WalkedPage(number, answer.rows, answer.stated, answer.more)

    walk, asked = walked(ask)
    assert len(asked) < 2000
    end = channel_end(walk)
    assert end.reason
    assert end.closed is (walk.ended is NextStep.CLOSED and not end.holes)
    assert end.rows == len(walk.seen)
