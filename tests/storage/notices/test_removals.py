"""A posting is gone only when complete runs have found its page absent for long enough, and still counts then."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from pipeline.model import Capture, Kind, Outcome
from storage.derive.owed import revisits
from storage.tables import core as t
from tests.storage.deriving import BEGIN, capture, lead
from tests.storage.walking import Run, derived, lost, notice, page, row, rows_of


def run(day: float, numbers: tuple[int, ...], *answers: Capture, **more: object) -> Run:
    """A run that walked the list and asked for some pages."""
    listed = page(1, [row(n) for n in numbers], len(numbers))
    return Run(day, (listed, *answers), stated=len(numbers), pages=1, rows=len(numbers), **more)


FIRST = run(0, (1, 2, 3), notice(1), notice(2), notice(3))


def states(engine: Engine) -> list[tuple[str, str]]:
    """State and the day of the scene since when, of all postings."""
    return [(one["state"], f"{one['since'] - BEGIN}".split(",")[0]) for one in rows_of(engine, "states")]


def held(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(
            select(func.sum(t.counts.c.n)).where(t.counts.c.definition == "postings", t.counts.c.year == 2014)
        )


def test_a_page_absent_for_more_than_a_quarter_of_two_weeks_is_gone(engine: Engine, tmp_path: Path) -> None:
    """Less than 75 % good in 14 days: 3 days of absence are not enough, 4 are; the last good capture still counts."""
    absent = [run(day, (1, 3), lost(2), notice(1)) for day in (1, 2, 3, 4)]
    derived(engine, tmp_path, [FIRST, *absent])
    assert states(engine) == []
    derived(engine, tmp_path, [run(5, (1, 3), lost(2), notice(1))])
    assert states(engine) == [("unlisted", "1 day"), ("gone", "1 day")]
    assert "absent" in str(rows_of(engine, "states")[1]["reason"])
    assert held(engine) == 3
    assert [one["revisions"] for one in rows_of(engine, "postings")] == [1, 1, 1]


@pytest.mark.parametrize("outcome", [Outcome.PARTIAL, Outcome.BLOCKED, Outcome.MAINTENANCE, Outcome.INTERRUPTED])
def test_runs_that_are_not_complete_remove_nothing(engine: Engine, tmp_path: Path, outcome: Outcome) -> None:
    """Absences of such runs are no evidence, however many."""
    derived(engine, tmp_path, [FIRST, *(run(day, (1, 3), lost(2), notice(1), outcome=outcome) for day in range(1, 15))])
    assert states(engine) == []


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_blocks_and_outages_remove_nothing(engine: Engine, tmp_path: Path, status: int) -> None:
    """A refusal says nothing about a page."""
    refused = [run(day, (1, 2, 3), lost(2, status), notice(1)) for day in range(1, 15)]
    derived(engine, tmp_path, [FIRST, *refused])
    assert states(engine) == []


def test_a_portal_that_loses_all_its_pages_at_once_removes_nothing(engine: Engine, tmp_path: Path) -> None:
    """When no page at all answers, that is an outage and not three removals."""
    derived(engine, tmp_path, [FIRST, *(run(day, (1, 2, 3), lost(1), lost(2), lost(3)) for day in range(1, 15))])
    assert states(engine) == []


def test_a_page_that_answers_again_is_present(engine: Engine, tmp_path: Path) -> None:
    """Gone, and back: both are kept, in their order; 304 is an answer, too."""
    absent = [run(day, (1, 3), lost(2), notice(1)) for day in (1, 3, 5)]
    derived(engine, tmp_path, [FIRST, *absent, run(9, (1, 2, 3), lost(2, 304))])
    assert states(engine) == [("gone", "1 day"), ("present", "9 days")]


def test_what_lists_no_longer_link_is_unlisted(engine: Engine, tmp_path: Path) -> None:
    """Whole walks without it for 4 days; walks that were cut short or not complete prove nothing."""
    derived(engine, tmp_path, [FIRST, *(run(day, (1, 3), scope="since 2014-12-01") for day in range(1, 9))])
    derived(engine, tmp_path, [run(day + 0.5, (1, 3), outcome=Outcome.PARTIAL) for day in range(1, 9)])
    assert states(engine) == []
    derived(engine, tmp_path, [run(day, (1, 3)) for day in (9.1, 10, 12, 14)])
    assert states(engine) == [("unlisted", "9 days")]
    derived(engine, tmp_path, [run(15, (1, 2, 3))])
    assert states(engine) == []


def moved(number: int, to: int) -> Capture:
    path, title, day = row(number)
    return capture(
        Kind.NOTICE,
        path,
        "",
        30 + number,
        lead=lead(path, title, day),
        status=301,
        headers=(("Location", f"/zb/{to}.jhtml"),),
    )


def at(number: int, of: int) -> Capture:
    """The page of row `of`, served at another number's address."""
    there = replace(notice(of).visit, url=f"http://portal.test/zb/{number}.jhtml", hops=1)
    return replace(
        notice(of), visit=there, id=f"{number:016x}{of:016x}", fetched_at=notice(of).fetched_at + timedelta(minutes=9)
    )


def test_a_moved_page_is_the_same_posting(engine: Engine, tmp_path: Path) -> None:
    """It keeps its id and its revisions, is found at its new address, and counts once; so when it moves back."""
    derived(engine, tmp_path, [FIRST])
    ids = {one["id"] for one in rows_of(engine, "postings")}
    derived(engine, tmp_path, [run(1, (1, 2, 3), moved(2, 77), at(77, 2))])
    assert {one["id"] for one in rows_of(engine, "postings")} == ids
    assert states(engine) == [("moved", "1 day")]
    assert "http://portal.test/zb/77.jhtml" in {one["url"] for one in rows_of(engine, "postings")}
    assert held(engine) == 3
    derived(engine, tmp_path, [run(2, (1, 2, 3), notice(2))])
    assert {one["id"] for one in rows_of(engine, "postings")} == ids
    assert "http://portal.test/zb/2.jhtml" in {one["url"] for one in rows_of(engine, "postings")}
    assert [state for state, _ in states(engine)] == ["moved", "moved"]
    assert held(engine) == 3


def test_pages_sent_to_one_place_have_not_moved(engine: Engine, tmp_path: Path) -> None:
    """Withdrawn pages that all lead to the portal's home stay what they were, three postings, and are absences."""
    home = replace(notice(1).visit, url="http://portal.test/zb/404.jhtml", hops=1)
    landed = replace(notice(1), visit=home, id="e" * 32, fetched_at=notice(1).fetched_at + timedelta(minutes=9))
    first = run(0, (1, 2, 3, 4), *(notice(n) for n in (1, 2, 3, 4)))
    away = [run(day, (1, 2, 3, 4), *(moved(n, 404) for n in (1, 2, 3)), landed, notice(4)) for day in (1, 3, 5)]
    derived(engine, tmp_path, [first, *away])
    assert {one["url"].rpartition("/")[2] for one in rows_of(engine, "postings")} == {
        f"{n}.jhtml" for n in (1, 2, 3, 4)
    }
    assert states(engine) == [("gone", "1 day")] * 3
    assert held(engine) == 4


def due(engine: Engine, day: float, *, every: bool = False) -> list[str]:
    """The pages that a run on that day reads again."""
    with engine.connect() as connection:
        found = revisits(connection, "portal", ["zb"], BEGIN + timedelta(days=day, hours=1), every=every)
    return [one.visit.url.rpartition("/")[2] for one in found]


def test_pages_are_due_again_after_one_seven_and_thirty_days(engine: Engine, tmp_path: Path) -> None:
    """Counted from the first capture, each once, with four hours of tolerance; one revisit makes up for several."""
    everything = ["1.jhtml", "2.jhtml", "3.jhtml"]
    derived(engine, tmp_path, [FIRST])
    assert (due(engine, 0.5), due(engine, 0.9), due(engine, 5)) == ([], everything, everything)
    assert due(engine, 0.1, every=True) == everything
    again = (notice(1), lost(2, 304), notice(3))
    derived(engine, tmp_path, [run(1, (1, 2, 3), *again)])
    assert (due(engine, 1.1), due(engine, 6.7), due(engine, 6.95)) == ([], [], everything)
    derived(engine, tmp_path, [run(31, (1, 2, 3), *again)])
    assert due(engine, 400) == []


def test_a_missing_page_is_asked_for_daily_beside_one_that_is_there(engine: Engine, tmp_path: Path) -> None:
    """Until it is decided whether it is gone; the other page tells a removal from an outage."""
    derived(engine, tmp_path, [FIRST, run(1, (1, 3), notice(1), lost(2), notice(3))])
    assert due(engine, 1.5) == []
    assert (len(due(engine, 2)), "2.jhtml" in due(engine, 2)) == (2, True)
    derived(engine, tmp_path, [run(day, (1, 3), notice(1), lost(2)) for day in (2, 3, 4, 5)])
    assert states(engine) == [("unlisted", "1 day"), ("gone", "1 day")]
    assert due(engine, 6.5) == []


def test_revisits_ask_with_what_the_portal_gave(engine: Engine, tmp_path: Path) -> None:
    """ETag and Last-Modified of the newest good capture go back to the portal."""
    headers = (*notice(1).headers, ("ETag", '"a1"'), ("Last-Modified", "Mon, 05 Jan 2015 01:00:00 GMT"))
    derived(engine, tmp_path, [run(0, (1,), replace(notice(1), headers=headers))])
    with engine.connect() as connection:
        (one,) = revisits(connection, "portal", ["zb"], BEGIN + timedelta(days=2))
    assert dict(one.conditions) == {"If-None-Match": '"a1"', "If-Modified-Since": "Mon, 05 Jan 2015 01:00:00 GMT"}
    assert one.visit.lead is not None
    assert one.visit.lead.title == row(1)[1]
