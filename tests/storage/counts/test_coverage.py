"""Certificates name exactly what was not observed; a healthy archive's is clean."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from pipeline.count.slices import Held
from pipeline.model import Interval, Kind, Outcome
from pipeline.source.file import source_of
from storage.counts.coverage import coverages
from storage.derive.run import rebuild
from storage.queries.coverage import Asked, certificates, source_hints
from storage.tables import core as t
from tests.storage.deriving import article, capture, lead
from tests.storage.walking import ONE_CHANNEL, Run, derived, lost, notice, page, row, rows_of

SOURCE = source_of("portal", ONE_CHANNEL)


def healthy(day: float = 0.0, numbers: range = range(1, 4)) -> Run:
    rows = [row(n) for n in numbers]
    captures = (page(1, rows, len(rows)), *(notice(n) for n in numbers if not day))
    return Run(day, captures, stated=len(rows), pages=1, rows=len(rows))


def holes(engine: Engine) -> list[tuple[str, int, int | None, bool]]:
    return [(one["kind"], one["year"], one["missing_at_most"], one["closed"]) for one in rows_of(engine, "holes")]


def verdicts(engine: Engine) -> dict[int, str]:
    return {one["year"]: one["verdict"] for one in rows_of(engine, "coverage")}


def hidden(engine: Engine, year: int) -> Interval:
    """What the true number of a year lies between, from none found."""
    with engine.connect() as connection:
        found = coverages(connection, SOURCE, SOURCE.channels, year)
        return Held(0, tuple(hole for one in found for hole in one.holes)).interval


def test_a_whole_walk_is_clean(engine: Engine, tmp_path: Path) -> None:
    """Stated, walked, seen and held agree: no hole, and nothing is hidden."""
    derived(engine, tmp_path, [healthy(), healthy(1)])
    assert holes(engine) == []
    assert verdicts(engine) == {0: "clean", 2014: "clean"}
    whole, year = rows_of(engine, "coverage")
    assert (whole["stated_total"], whole["stated_pages"], whole["walked"], whole["drift"]) == (3, 1, 3, 9)
    assert (year["stated_total"], year["seen"], year["held"]) == (None, 3, 3)
    assert hidden(engine, 2014) == Interval(0, 0)


def test_an_unread_page_is_named(engine: Engine, tmp_path: Path) -> None:
    """Page 2 of 3 came back as an error: it is named, and can hide no more than the largest page has."""
    pages = [page(1, [row(1), row(2)], 6, 3), page(2, [], 6, 3, status=500), page(3, [row(5), row(6)], 6, 3)]
    run = Run(0, (*pages, *(notice(n) for n in (1, 2, 5, 6))), False, 6, 3, 4, Outcome.PARTIAL)
    derived(engine, tmp_path, [run])
    assert holes(engine) == [("page_unread", 0, 2, False)]
    assert "page 2 of 3" in str(rows_of(engine, "holes")[0]["reason"])
    assert hidden(engine, 2014) == Interval(0, 2)
    assert verdicts(engine)[2014] == "holes"


def test_a_page_read_at_the_second_try_is_read(engine: Engine, tmp_path: Path) -> None:
    """A repetition within the run that succeeds leaves no hole."""
    failed = replace(page(1, [], 3, status=503), id="a" * 32)
    run = healthy()
    derived(engine, tmp_path, [replace(run, captures=(failed, *run.captures))])
    assert holes(engine) == []


def test_after_a_whole_walk_a_broken_one_puts_only_what_is_newer_at_stake(engine: Engine, tmp_path: Path) -> None:
    """The year 2014 was walked whole in January 2015; what a walk of March 2015 missed is of 2015."""
    broken = Run(60, (page(1, [row(1)], 9, 2), page(2, [], 9, 2, status=500)), False, 9, 2, 1, Outcome.PARTIAL)
    derived(engine, tmp_path, [healthy(), *(healthy(day) for day in range(1, 60)), broken])
    assert [(kind, year) for kind, year, _, _ in holes(engine)] == [("page_unread", 2015)]
    assert verdicts(engine)[2014] == "clean"
    assert hidden(engine, 2014) == Interval(0, 0)
    assert hidden(engine, 2015).high != 0


def test_a_list_cut_at_a_page_is_capped(engine: Engine, tmp_path: Path) -> None:
    """40 stated, two full pages of ten shown and no further one: cut off, 20 at most are missing."""
    pages = [page(n, [row(10 * n + m) for m in range(10)], 40, 2) for n in (1, 2)]
    notices = [notice(10 * n + m) for n in (1, 2) for m in range(10)]
    derived(engine, tmp_path, [Run(0, (*pages, *notices), True, 40, 2, 20, Outcome.PARTIAL)])
    assert holes(engine) == [("capped", 0, 20, False)]


def test_a_list_that_ends_short_of_its_total_is_a_shortfall(engine: Engine, tmp_path: Path) -> None:
    """40 stated, 15 shown on a full page and a half one: a shortfall; of 16 stated it is drift, and verify knows it."""
    pages = [page(1, [row(m) for m in range(10)], 40, 2), page(2, [row(10 + m) for m in range(5)], 40, 2)]
    run = Run(0, (*pages, *(notice(n) for n in range(15))), True, 40, 2, 15, Outcome.PARTIAL)
    derived(engine, tmp_path, [run])
    assert holes(engine) == [("shortfall", 0, 25, False)]
    derived(engine, tmp_path, [replace(run, day=0.1, stated=16, outcome=Outcome.COMPLETE_WITH_DRIFT)])
    assert holes(engine) == [("drift", 0, 1, False)]
    assert set(verdicts(engine).values()) == {"drift"}
    assert hidden(engine, 2014) == Interval(0, 1)


def test_an_outage_is_named_by_its_time_until_and_after_it_is_closed(engine: Engine, tmp_path: Path) -> None:
    """Two runs of one day that brought nothing are one outage; a later whole walk closes it and nothing is hidden."""

    def failed(day: float) -> Run:
        capture = replace(page(1, [], 3, status=503))
        return Run(day, (capture,), False, None, None, 0, Outcome.BLOCKED)

    derived(engine, tmp_path, [healthy(), failed(1), failed(1.5)])
    assert holes(engine) == [("outage", 2015, None, False)]
    outage = rows_of(engine, "holes")[0]
    assert (f"{outage['since']:%d %H:%M}", f"{outage['until']:%d %H:%M}") == ("06 01:01", "06 13:01")
    assert "blocked" in str(outage["reason"])
    assert verdicts(engine) == {0: "holes", 2014: "clean", 2015: "holes"}
    derived(engine, tmp_path, [healthy(2)])
    assert holes(engine) == [("outage", 2015, 0, True)]
    assert verdicts(engine)[2015] == "closed"
    assert hidden(engine, 2015) == Interval(0, 0)


def test_our_own_downtime_is_named(engine: Engine, tmp_path: Path) -> None:
    """Five days without a run, of a service that runs daily, are a hole that the next whole walk closes."""
    derived(engine, tmp_path, [healthy(), healthy(1), healthy(6)])
    (found,) = rows_of(engine, "holes")
    assert (found["kind"], found["closed"]) == ("downtime", True)
    assert f"{found['since']:%m-%d} {found['until']:%m-%d}" == "01-06 01-11"


def test_listed_pages_without_a_posting_and_undated_ones_are_holes(engine: Engine, tmp_path: Path) -> None:
    """A listed page that does not exist is named by its address in the year that the list dates it in."""
    run = healthy()
    rows = [*(row(n) for n in (1, 2, 3)), row(9, "2013-02-01")]
    undated = capture(
        Kind.NOTICE,
        "/zb/3.jhtml",
        article("甲县第3号工程施工招标公告", "", "本工程已经批准建设，现公开招标，请有关单位前来报名参加。"),
        33,
        lead=lead("/zb/3.jhtml", "甲县第3号工程施工招标公告", ""),
    )
    rows[2] = ("/zb/3.jhtml", "甲县第3号工程施工招标公告", "")
    captures = (page(1, rows, 4), notice(1), notice(2), undated, lost(9))
    derived(engine, tmp_path, [replace(run, captures=captures, stated=4, rows=4)])
    assert holes(engine) == [("undated", 0, 1, False), ("unread", 2013, 1, False)]
    assert "http://portal.test/zb/9.jhtml" in str(rows_of(engine, "holes")[1]["reason"])
    assert (hidden(engine, 2013), hidden(engine, 2014)) == (Interval(0, 2), Interval(0, 1))


def test_a_list_from_a_web_archive_is_what_it_happened_to_save(engine: Engine, tmp_path: Path) -> None:
    """Captures with an origin leave the list open, whatever their walk says."""
    run = healthy()
    captures = tuple(replace(one, origin="https://web.example/") for one in run.captures)
    derived(engine, tmp_path, [replace(run, captures=captures)])
    assert holes(engine) == [("archived", 0, None, False)]
    assert {one["origin"] for one in rows_of(engine, "captures")} == {"https://web.example/"}
    derived(engine, tmp_path, [healthy(1)])
    assert holes(engine) == []


def test_a_channel_that_no_run_walked_is_open(engine: Engine, tmp_path: Path) -> None:
    """A declared channel without any walk has an open hole of its own."""
    derived(engine, tmp_path, [Run(0, scope="declaration", outcome=Outcome.COMPLETE)])
    assert holes(engine) == [("unwalked", 0, None, False)]
    assert verdicts(engine) == {0: "holes"}


def test_gaps_between_index_numbers_are_hints(engine: Engine, tmp_path: Path) -> None:
    """Numbers 1, 2, 3 and 6 of an issuer are held: 4 and 5 are named, and neither verdict nor count suffers."""
    table = "<table><tr><td>索引号</td><td>K3984687-7/2014-{:05}</td></tr></table>"
    run = healthy(0, range(1, 5))
    numbers = {1: 1, 2: 2, 3: 3, 4: 6}
    captures = (
        run.captures[0],
        *(
            replace(one, body=one.body.replace(b"<h1>", table.format(numbers[n]).encode() + b"<h1>"))
            for n, one in enumerate(run.captures[1:], 1)
        ),
    )
    derived(engine, tmp_path, [replace(run, captures=captures)])
    with engine.connect() as connection:
        (hint,) = source_hints(connection, Asked())
        found = certificates(connection, Asked(year=2014))
    assert "00004-00005" in hint.reason
    assert {one.verdict for one in found} == {"clean"}
    assert hidden(engine, 2014) == Interval(0, 0)


def test_coverage_is_the_same_after_a_rebuild(engine: Engine, tmp_path: Path) -> None:
    """Facts come from the archive alone."""
    broken = Run(9, (page(1, [], 3, status=503), lost(1)), False, 3, 1, 0, Outcome.PARTIAL)
    archive = derived(engine, tmp_path, [healthy(), broken])
    tables = [rows_of(engine, name) for name in ("coverage", "holes", "states")]
    rebuild(engine, archive)
    assert [rows_of(engine, name) for name in ("coverage", "holes", "states")] == tables != [[], [], []]
    assert {"coverage", "holes", "states"} <= set(t.DERIVED.tables)
