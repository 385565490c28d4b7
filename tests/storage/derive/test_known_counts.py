"""Events: what was known when, the causes, and that they add up, on SQLite and PostgreSQL."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from pipeline.count.explain import Cause
from pipeline.model import Definition
from storage.archive import Archive
from storage.derive import events as settle
from storage.derive.run import Readers, read_here
from storage.derive.schema import make_derived
from storage.derive.staleness import Remade
from storage.queries.counts import Axis, counts_by
from storage.queries.explain import (
    ChangedCount,
    ChangedCounts,
    counts_as_of,
    explained,
    ids_as_of,
    known_since,
    ledger_differences,
    waiting,
)
from storage.queries.postings import Filters
from storage.tables.events import events, in_step
from tests.storage.derive.knowing import add, at, causes, derive, grown, rebuild
from tests.storage.derive.test_derive import scene
from tests.storage.deriving import BEGIN, archive_of
from tests.storage.walking import BODY, ONE_CHANNEL, Run, lost, notice, page, row

DAY0 = BEGIN.date()  # 2015-01-05
YEAR = Filters(year=2014)


def walk(day: float, *numbers: int, **more) -> Run:
    """A walk of the whole list that shows and fetches these notices."""
    rows = [row(n, more.get("dates", {}).get(n, "2014-06-03")) for n in numbers]
    fetched = more.pop("fetched", numbers)
    dates = more.pop("dates", {})
    captures = [page(1, rows, len(rows)), *(notice(n, day=dates.get(n, "2014-06-03")) for n in fetched)]
    return Run(day, tuple(captures), rows=len(rows), stated=len(rows), **more)


def total(engine: Engine, day: int, filters: Filters = YEAR, definition: Definition = Definition.POSTINGS) -> int:
    with engine.connect() as connection:
        return counts_as_of(connection, (), filters, definition, DAY0 + timedelta(days=day)).total


def check(engine: Engine) -> None:
    """Nothing waits, and events, memory and maintained counts agree cell by cell."""
    with engine.connect() as connection:
        assert waiting(connection) == 0
        assert ledger_differences(connection) == []


def test_a_count_is_kept_as_it_was_known(engine: Engine, tmp_path: Path) -> None:
    """The count as of a day is what the derives up to that day had found; the days before know nothing."""
    grown(engine, tmp_path, [walk(0, 1, 2), walk(7, 1, 2, 3, fetched=(3,))])
    assert [total(engine, day) for day in (-1, 0, 6, 7, 30)] == [0, 2, 2, 3, 3]
    with engine.connect() as connection:
        assert [(one.source, one.first) for one in known_since(connection)] == [("portal", DAY0)]
    check(engine)


def test_as_of_today_is_what_counts_say(engine: Engine, tmp_path: Path) -> None:
    """Under every definition and along all axes the sum of all events is the cube."""
    grown(engine, tmp_path, [walk(0, 1, 2, dates={2: "2013-02-01"}), walk(7, 1, 2, 3, dates={3: "2014-12-30"})])
    with engine.connect() as connection:
        for definition in Definition:
            now = counts_by(connection, tuple(Axis), Filters(), definition)
            assert counts_as_of(connection, tuple(Axis), Filters(), definition, date.max) == now


def test_how_an_item_came(engine: Engine, tmp_path: Path) -> None:
    """A first crawl accuses nobody; after a whole walk an old date is late across the year's end, else backdated."""
    dates = {3: "2014-12-30", 4: "2015-01-06", 5: "2015-01-01", 6: "2015-01-04"}
    grown(engine, tmp_path, [walk(0, 1, 2), walk(7, 1, 2, 3, 4, 5, 6, dates=dates, fetched=(3, 4, 5, 6))])
    titles = dict(causes(engine))
    assert {n: titles[row(n)[1]] for n in range(1, 7)} == {
        1: "first_crawl",
        2: "first_crawl",
        3: "late",
        4: "published",
        5: "backdated",
        6: "published",  # dated the day before the walk: entered a day late
    }


def test_a_broken_or_short_walk_accuses_nobody(engine: Engine, tmp_path: Path) -> None:
    """What came after a walk that did not end, or showed fewer rows than the list states, may have been there."""
    short = replace(walk(0, 1), stated=2)
    broken = replace(walk(3, 1), closed=False)
    dates = {2: "2014-12-30"}
    grown(engine, tmp_path, [short, broken, walk(7, 1, 2, dates=dates, fetched=(2,))])
    assert causes(engine)[-1] == (row(2)[1], "first_crawl")


def test_what_was_listed_in_the_first_walk_is_no_late_item(engine: Engine, tmp_path: Path) -> None:
    """A page that the first list showed and that could be fetched only later came with the first crawl."""
    first = walk(0, 1, 2, fetched=(1,), dates={2: "2014-12-30"})
    grown(engine, tmp_path, [first, walk(7, 1, 2, fetched=(2,), dates={2: "2014-12-30"})])
    assert causes(engine)[-1] == (row(2)[1], "first_crawl")


def test_withdrawn_and_returned_count_as_before(engine: Engine, tmp_path: Path) -> None:
    """A withdrawn item is an event without a difference."""
    gone = [Run(day, (page(1, [row(1)], 1), notice(1), lost(2)), rows=1, stated=1) for day in (7, 11, 15)]
    grown(engine, tmp_path, [walk(0, 1, 2), *gone, walk(20, 1, 2)])
    assert causes(engine)[2:] == [(row(2)[1], "withdrawn"), (row(2)[1], "returned")]
    assert [total(engine, day) for day in (0, 12, 30)] == [2, 2, 2]
    check(engine)


def test_redated_and_revised(engine: Engine, tmp_path: Path) -> None:
    """A page that states another year moves there by an event; one that says another type is revised."""
    moved = Run(7, (page(1, [row(1, "2013-06-03")], 1), notice(1, day="2013-06-03")), rows=1, stated=1)
    grown(engine, tmp_path, [walk(0, 1), moved])
    assert causes(engine)[1:] == [(row(1)[1], "redated")]
    with engine.connect() as connection:
        for year, difference in ((2014, -1), (2013, 1)):
            found = explained(connection, Filters(year=year), Definition.POSTINGS, (DAY0, DAY0 + timedelta(days=7)))
            assert (found.last - found.first, found.left_over) == (difference, 0)
            assert [(one.cause, one.difference) for one in found.rows] == [("redated", difference)]


def test_a_repost_with_an_earlier_day_represents_its_document(engine: Engine, tmp_path: Path) -> None:
    """Postings grow by two, documents do not; the one that stands for the document changes by an event."""
    same = BODY.replace("{n}", "777")
    title = row(1)[1]
    first, second = notice(1, same), notice(2, same, day="2014-05-01")
    second = replace(second, body=second.body.replace(row(2)[1].encode(), title.encode()))
    grown(engine, tmp_path, [Run(0, (first,), closed=False), Run(7, (second,), closed=False)])
    assert [total(engine, day, Filters(), Definition.POSTINGS) for day in (0, 7)] == [1, 2]
    assert [total(engine, day, Filters(), Definition.DOCUMENTS) for day in (0, 7)] == [1, 1]
    assert sorted(cause for _, cause in causes(engine)[1:]) in (
        ["first_crawl", "represented"],
        ["first_crawl", "merged"],
    )
    check(engine)


def test_a_rebuild_is_no_event(engine: Engine, tmp_path: Path) -> None:
    """Derived tables made anew from the same archive change nothing that is known, on the same day or later."""
    archive = grown(engine, tmp_path, [walk(0, 1, 2), walk(7, 1, 2, 3)])
    before = causes(engine)
    rebuild(engine, archive, now=at(30))
    assert causes(engine) == before
    check(engine)


def test_what_a_rebuild_does_not_find_is_lost(engine: Engine, tmp_path: Path) -> None:
    """A WARC file that is gone takes its postings out of the count by events that say so."""
    archive = grown(engine, tmp_path, [walk(0, 1, 2), walk(7, 1, 2, 3, fetched=(3,))])
    (archive.folder / archive.files()[1]).unlink()
    rebuild(engine, archive, now=at(9))
    assert causes(engine)[3:] == [(row(3)[1], "lost")]
    assert [total(engine, day) for day in (7, 9)] == [3, 2]
    check(engine)


def test_a_changed_source_file_reclassifies(engine: Engine, tmp_path: Path) -> None:
    """Another bucket in the source file moves its postings by events that name the source file."""
    archive = grown(engine, tmp_path, [walk(0, 1, 2)])
    changed = ONE_CHANNEL.replace('"tender_and_award"', '"notice"')
    add(archive, walk(7, 1, 2), changed)
    derive(engine, archive, now=at(7))
    assert [cause for _, cause in causes(engine)[2:]] == ["reclassified", "reclassified"]
    bucket = Filters(bucket="notice")
    assert [total(engine, day, bucket) for day in (0, 7)] == [0, 2]
    check(engine)


def test_what_is_made_anew_tells_which_counts_changed_and_why(engine: Engine, tmp_path: Path) -> None:
    """The counts before and after, the cause, and two days between which `explained` adds up to the same."""
    archive = archive_of(tmp_path, [])
    add(archive, walk(0, 1, 2))
    first = derive(engine, archive, now=at(0))
    assert (first.remade, first.changed) == (None, None)
    add(archive, walk(7, 1, 2), ONE_CHANNEL.replace('"tender_and_award"', '"notice"'))
    done = derive(engine, archive, now=at(7))
    reclassified = (Cause.RECLASSIFIED,)
    assert done.remade is Remade.DECLARATION
    assert done.changed is not None
    assert done.changed.counts == (
        ChangedCount("portal", 2014, "notice", 0, 2, reclassified),
        ChangedCount("portal", 2014, "tender_and_award", 2, 0, reclassified),
    )
    assert done.changed.days is not None
    with engine.connect() as connection:
        told = explained(connection, Filters(bucket="notice", year=2014), Definition.POSTINGS, done.changed.days, 9)
    assert (told.first, told.last, told.left_over) == (0, 2, 0)
    assert rebuild(engine, archive, now=at(8)).changed == ChangedCounts()


def test_other_readers_are_named(engine: Engine, tmp_path: Path, monkeypatch) -> None:
    """Postings that count otherwise since the readers changed do so because of the reader."""
    archive = grown(engine, tmp_path, [walk(0, 1, 2)])
    monkeypatch.setattr("storage.derive.staleness.readers", lambda: "another")
    monkeypatch.setattr("storage.derive.events.readers", lambda: "another")
    monkeypatch.setattr("storage.notices.write.region_of", lambda *_: "540102")
    derive(engine, archive, now=at(3))
    assert [cause for _, cause in causes(engine)[2:]] == ["reader", "reader"]
    check(engine)


def test_a_derive_without_the_time_settles_later(engine: Engine, tmp_path: Path) -> None:
    """What a derive that was killed or not told the time has touched becomes known with the next one."""
    archive = grown(engine, tmp_path, [walk(0, 1)])
    add(archive, walk(3, 1, 2))
    derive(engine, archive)
    with engine.connect() as connection:
        assert waiting(connection) > 0
    assert total(engine, 30) == 1
    derive(engine, archive, now=at(5))
    assert [total(engine, day) for day in (4, 5)] == [1, 2]
    check(engine)


def test_a_settling_that_is_killed_goes_on(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In steps of two postings, broken off after the first step: the next derive writes the rest, each once."""
    monkeypatch.setattr("storage.derive.events.STEP", 1)
    monkeypatch.setattr("storage.derive.events.CHUNK", 2)
    calls = iter([None, KeyboardInterrupt])
    kept = settle.standings

    def killed(*arguments: Any) -> Any:
        if error := next(calls, None):
            raise error
        return kept(*arguments)

    archive = Archive(tmp_path)
    add(archive, walk(0, 1, 2, 3, 4, 5))
    with monkeypatch.context() as patch:
        patch.setattr("storage.derive.events.standings", killed)
        with pytest.raises(KeyboardInterrupt):
            derive(engine, archive, now=at(0))
    assert total(engine, 9) == 2
    derive(engine, archive, now=at(1))
    assert [total(engine, day) for day in (0, 1)] == [2, 5]
    check(engine)


def test_tables_that_another_process_makes_anew_are_not_compared(engine: Engine, tmp_path: Path) -> None:
    """A derive whose tables were dropped under it writes no event: nothing is lost because it is not yet read again."""
    archive = grown(engine, tmp_path, [walk(0, 1, 2)])

    def dropped(batches: Any, sources: Any) -> Any:
        yield from read_here(batches, sources)
        with engine.begin() as connection:
            make_derived(connection)

    add(archive, walk(3, 1, 2, 3))
    derive(engine, archive, read=Readers(dropped), now=at(3))
    assert len(causes(engine)) == 2
    derive(engine, archive, now=at(4))
    assert [total(engine, day) for day in (3, 4)] == [2, 3]
    check(engine)


@pytest.mark.parametrize("seed", range(3))
def test_events_add_up_whatever_comes(engine: Engine, tmp_path: Path, seed: int) -> None:
    """Reposts, moves, parts, revisions and unreadable pages in any order and any runs: after each derive all agree."""
    captures = scene()
    random.Random(seed).shuffle(captures)
    whole = archive_of(tmp_path / "whole", [captures[:3], captures[3:5], captures[5:8], captures[8:]])
    archive = Archive(tmp_path / "growing")
    archive.folder.mkdir(parents=True)
    for number, name in enumerate(whole.files()):
        (whole.folder / name).rename(archive.folder / name)
        derive(engine, archive, now=at(number))
        check(engine)
    before = causes(engine)
    rebuild(engine, archive, now=at(9))
    check(engine)
    assert causes(engine) == before


def test_nothing_new_writes_nothing(engine: Engine, tmp_path: Path) -> None:
    """A derive that finds nothing writes no event."""
    archive = grown(engine, tmp_path, [walk(0, 1)])
    derive(engine, archive, now=at(9))
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(events)) == 1
        assert connection.scalar(select(func.count()).select_from(in_step)) == 1


def test_a_clock_that_goes_back_writes_no_past(engine: Engine, tmp_path: Path) -> None:
    """An event is never dated before an earlier one of its source."""
    archive = grown(engine, tmp_path, [walk(7, 1)])
    add(archive, walk(8, 1, 2))
    derive(engine, archive, now=at(-3))
    assert [total(engine, day) for day in (6, 7)] == [0, 2]


def test_the_rows_behind_a_past_count(engine: Engine, tmp_path: Path) -> None:
    """The count of a day opens into the postings that it added up then."""
    grown(engine, tmp_path, [walk(0, 1, 2), walk(7, 1, 2, 3)])
    with engine.connect() as connection:
        ids = [ids_as_of(connection, YEAR, Definition.POSTINGS, DAY0 + timedelta(days=n)) for n in (0, 7)]
    assert [len(found) for found in ids] == [2, 3]
    assert set(ids[0]) < set(ids[1])
