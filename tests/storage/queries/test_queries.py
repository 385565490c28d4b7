"""Counts add up slices of the cube, and every number opens into its rows; records show all that is known."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, text

from pipeline.model import FROM_OTHERS, Definition
from storage.queries.counts import Axis, counts_by
from storage.queries.postings import Filters, posting_rows, postings_behind
from storage.queries.records import RecordKind, matches, place_of_capture, record
from storage.queries.status import status
from storage.tables import core as t
from tests.storage.rows import SEEN, capture, posting, store

# Two channels list one page, a repost under another address, one undated posting, one of another source.
ROWS = [
    posting("01", key="/zbgg/1", document="d1", area="affordable_housing", region="540102"),
    posting("02", key="/zbgg/1", channel="zhbgg", document="d1"),
    posting("03", day="2015-01-02", document="d1"),
    posting("04", day=None, bucket="notice", channel="ggtz", notice_type="notice"),
    posting("05", source="beta", day="2014-12-31"),
]


@pytest.fixture
def connection(engine: Engine):
    with engine.begin() as connection:
        store(connection, *ROWS)
        yield connection


def table(connection: Connection, *axes: Axis, definition=Definition.POSTINGS, **filters) -> dict:
    found = counts_by(connection, axes, Filters(**filters), definition)
    return {row.values: row.n for row in found.rows}


def test_counts_add_up_along_any_axes(connection: Connection) -> None:
    """The slices of every axis add up to the number of postings, the undated ones in year 0."""
    assert table(connection, Axis.YEAR) == {(0,): 1, (2014,): 3, (2015,): 1}
    assert table(connection, Axis.YEAR, Axis.BUCKET) == {
        (0, "notice"): 1,
        (2014, "tender_and_award"): 3,
        (2015, "tender_and_award"): 1,
    }
    for axis in Axis:
        assert counts_by(connection, [axis], Filters()).total == 5
    assert table(connection) == {(): 5}


def test_definitions_count_different_things(connection: Connection) -> None:
    """A page in two channels is one page, a repost one document."""
    totals = {definition.value: counts_by(connection, [], Filters(), definition).total for definition in Definition}
    assert totals == {"postings": 5, "pages": 4, "documents": 3}


def test_every_count_opens_into_its_rows(connection: Connection) -> None:
    """The filter of a count lists exactly as many rows as the count says, under every definition."""
    for definition in Definition:
        for row in counts_by(connection, list(Axis), Filters(), definition).rows:
            behind = postings_behind(connection, row.filters, definition)
            assert behind.total == len(behind.rows) == row.n, (definition, row)


def test_an_empty_archive_counts_nothing(engine: Engine) -> None:
    """No rows is not an error."""
    with engine.connect() as connection:
        found = counts_by(connection, [], Filters())
        assert (found.rows, found.total) == ((), 0)
        assert postings_behind(connection, Filters()).total == 0
        assert posting_rows(connection, []) == ()


def test_filters_narrow(connection: Connection) -> None:
    """A filter keeps what has its value; an empty value finds what has none."""
    assert [row.id for row in postings_behind(connection, Filters(year=2014, source="alpha")).rows] == ["01", "02"]
    assert [row.id for row in postings_behind(connection, Filters(year=0)).rows] == ["04"]
    assert [row.id for row in postings_behind(connection, Filters(area="affordable_housing")).rows] == ["01"]
    assert postings_behind(connection, Filters(area="")).total == 4
    assert table(connection, Axis.TYPE, month=0) == {("notice",): 1}


def test_rows_come_newest_first_and_undated_last(connection: Connection) -> None:
    """Newest first, as in a portal's own listing; the limit cuts the rows, not the total."""
    assert [row.id for row in postings_behind(connection, Filters()).rows] == ["03", "05", "01", "02", "04"]
    cut = postings_behind(connection, Filters(), limit=2)
    assert (cut.total, [row.id for row in cut.rows]) == (5, ["03", "05"])


def test_posting_rows_keep_the_order_asked_for(connection: Connection) -> None:
    """Rows come in the order of the ids; ids that are not there are left out."""
    assert [row.id for row in posting_rows(connection, ["05", "no", "01"])] == ["05", "01"]


def test_a_unique_beginning_is_enough(connection: Connection) -> None:
    """An id wins over longer ones that it begins; LIKE signs are ordinary characters."""
    store(connection, posting("0100"))
    assert [match.id for match in matches(connection, "01")] == ["01"]
    assert {match.id for match in matches(connection, "0")} == {"01", "02", "03", "04", "05", "0100"}
    assert matches(connection, "%") == matches(connection, "") == ()
    assert len(matches(connection, "0", 2)) == 2


def test_a_posting_shows_its_rules_and_captures(connection: Connection) -> None:
    """Every field of the row, the captures of its page, its revisions and its siblings."""
    connection.execute(insert(t.captures), [capture("c01"), capture("c09", key="/x", notice_key="/x")])
    connection.execute(
        insert(t.revisions),
        {"posting": "01", "number": 1, "capture": "c01", "seen_at": SEEN, "fingerprint": "f", "title": "甲"},
    )
    shown = record(connection, matches(connection, "01")[0])
    fields, lists = dict(shown.fields), {listed.name: listed for listed in shown.lists}
    assert set(fields) == {column.name for column in t.postings.c}
    assert fields["type_rule"] == "title: 招标公告"
    assert [row[0] for row in lists["captures"].rows] == ["c01"]
    assert {"warc", "position", "length", "digest", "fetched_at"} <= set(lists["captures"].columns)
    assert [row[0] for row in lists["same_document"].rows] == ["02", "03"]
    assert len(lists["revisions"].rows) == 1


def test_every_kind_of_record_can_be_shown(connection: Connection) -> None:
    """Documents, captures, runs and reports show their rows and what hangs on them."""
    connection.execute(insert(t.captures), [capture("c01"), capture("c02", quality="blocked"), capture("r1")])
    problem = {"capture": "c02", "step": "judge", "reason": "blocked", "source": "alpha", "channel": "zbgg", "url": "u"}
    connection.execute(insert(t.problems), problem)
    run = {"id": capture("")["run"], "source": "alpha", "started": SEEN, "scope": "full"}
    connection.execute(insert(t.runs), run)
    report = {
        "id": "r1",
        "source": "alpha",
        "name": "2014.txt",
        "year": 2014,
        "issuer": "厅",
        "archived_at": SEEN,
        "sums": [],
        "checks": [],
    }
    connection.execute(insert(t.reports), report)
    shown = {
        id_: {
            listed.name: len(listed.rows)
            for found in matches(connection, id_)
            for listed in record(connection, found).lists
        }
        for id_ in ["d1", "c01", "c02", run["id"], "r1"]
    }
    assert {name: n for name, n in shown["d1"].items() if n} == {"postings": 3}
    assert shown["c01"] == {"postings": 1, "problems": 0}
    assert shown["c02"] == {"postings": 1, "problems": 1}
    assert shown[run["id"]] == {"captures": 2, "problems": 1}
    assert shown["r1"]["claims"] == 0
    assert {match.kind for match in matches(connection, "r1")} == {RecordKind.CAPTURE, RecordKind.REPORT}
    assert place_of_capture(connection, "c01").position == 100


NOW = datetime(2024, 1, 10, tzinfo=UTC)


def run(source: str, started: datetime, outcome: str | None, **values) -> dict:
    ended = None if outcome is None else started + timedelta(minutes=5)
    row = {"id": f"{started:%Y%m%dT%H%M%SZ}-{source}", "source": source, "started": started, "ended": ended}
    return row | {"scope": "full", "outcome": outcome, "reason": None} | values


def test_a_healthy_archive_has_nothing_wrong(connection: Connection, tmp_path: Path) -> None:
    """Complete last runs, jobs on time and an agreeing recount: nothing is wrong; the sizes are those of the files."""
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "a.warc.gz").write_bytes(b"123")
    (tmp_path / "warc" / "b.warc.gz.open").write_bytes(b"4567")
    connection.execute(
        insert(t.runs), [run("alpha", NOW - timedelta(days=2), "blocked"), run("alpha", NOW, "complete")]
    )
    connection.execute(insert(t.recounts), {"at": NOW, "agreed": True, "differences": [], "seconds": 1})
    connection.execute(insert(t.cursors), {"warc": "a.warc.gz", "position": 3})
    found = status(connection, tmp_path, NOW)
    assert found.wrong == ()
    assert [(row.source, row.outcome, row.postings) for row in found.sources] == [("alpha", "complete", 4)]
    assert (found.warc_bytes, found.warc_files) == (7, 2)
    assert found.database_bytes > 0


def test_what_a_person_brought_does_not_hide_a_bad_crawl(connection: Connection, tmp_path: Path) -> None:
    """A report verified after a partial crawl leaves the source unhealthy: the last crawl is what counts."""
    crawled, brought = run("alpha", NOW - timedelta(hours=3), "partial"), run("alpha", NOW, "complete", scope="report")
    connection.execute(insert(t.runs), [crawled, brought])
    found = status(connection, tmp_path, NOW)
    assert [(row.source, row.outcome) for row in found.sources] == [("alpha", "partial")]
    assert len(found.wrong) == 1


def test_files_that_nothing_was_derived_from_are_named(connection: Connection, tmp_path: Path) -> None:
    """After an upgrade or a restore the tables lack what the WARC files hold: counts must not look healthy then."""
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "a.warc.gz").write_bytes(b"123")
    assert status(connection, tmp_path, NOW).wrong == ("1 WARC files wait for `duizhang derive`",)


def planned_at(connection: Connection, **due: datetime) -> None:
    """What APScheduler's table holds of jobs: when they are due next, in seconds."""
    connection.execute(text("CREATE TABLE IF NOT EXISTS service_jobs (id VARCHAR(191), next_run_time FLOAT)"))
    for job, moment in due.items():
        values = {"job": job, "due": moment.timestamp()}
        connection.execute(text("INSERT INTO service_jobs VALUES (:job, :due)"), values)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (NOW + timedelta(hours=23), ""),
        (NOW - timedelta(minutes=50), ""),
        (NOW - timedelta(hours=2), "job daily: 逾期未运行 overdue: planned for 2.0 h ago"),
        (NOW + timedelta(days=3), "job daily: 计划有误 planned only for"),
        (NOW + timedelta(days=1800), "job daily: 计划有误 planned only for"),
    ],
)
def test_a_planned_job_is_judged_by_now(connection: Connection, tmp_path: Path, due: datetime, says: str) -> None:
    """A job that never ran is missed when its time has passed, and forgotten when it is planned beyond its rhythm."""
    planned_at(connection, daily=due)
    found = status(connection, tmp_path, NOW, lambda _: DAY)
    assert [reason[: len(says)] for reason in found.wrong] == [says] * bool(says)
    assert [(row.job, row.planned) for row in found.jobs] == [("daily", due)]


def test_a_repeated_run_is_no_rhythm(connection: Connection, tmp_path: Path) -> None:
    """Two runs twenty minutes apart, the second of which made up for the first, leave a job in time healthy."""
    times = [{"due": NOW - DAY / 2 - wait, "started": NOW - DAY / 2 - wait, "ended": NOW - DAY / 2 - wait}
             for wait in (timedelta(minutes=20), timedelta())]  # fmt: skip
    connection.execute(insert(t.job_runs), [{"job": "daily", "exit_code": 0, **one} for one in times])
    planned_at(connection, daily=NOW + DAY / 2)
    assert status(connection, tmp_path, NOW, lambda _: DAY).wrong == ()


def test_runs_of_a_clock_that_ran_ahead_are_named_and_hide_nothing(connection: Connection, tmp_path: Path) -> None:
    """A crawl and a job dated years from now are wrong, until a later run; what failed since is what is named."""
    ahead = NOW + timedelta(days=1800)
    job = {"job": "daily", "exit_code": 0, "due": ahead, "started": ahead, "ended": ahead}
    connection.execute(insert(t.job_runs), job)
    connection.execute(insert(t.runs), [run("alpha", ahead, "complete")])
    connection.execute(insert(t.recounts), {"at": ahead, "agreed": True, "differences": [], "seconds": 1})
    wrong = status(connection, tmp_path, NOW).wrong
    assert [reason.split(" the last")[0] for reason in wrong] == ["source alpha: 时钟有误", "job daily: 时钟有误"]
    connection.execute(insert(t.job_runs), job | {"exit_code": 11, "due": NOW, "started": NOW, "ended": NOW})
    connection.execute(insert(t.runs), [run("alpha", NOW, "blocked")])
    connection.execute(insert(t.recounts), {"at": NOW, "agreed": False, "differences": ["2014"], "seconds": 1})
    wrong = status(connection, tmp_path, NOW).wrong
    assert wrong[:2] == ("source alpha: the last run ended blocked", "job daily: the last run exited with 11")
    assert wrong[2].startswith("recount: the full recount differs")


def test_an_archive_without_a_crawl_for_long_is_sick_and_a_brought_one_is_not(
    connection: Connection, tmp_path: Path
) -> None:
    """No crawl for more than 31 days is named; an archive of what others saved never had one to miss."""
    old = NOW - timedelta(days=400)
    connection.execute(insert(t.runs), [run("beta", old, "complete", scope=f"{FROM_OTHERS[0]}x")])
    assert status(connection, tmp_path, NOW).wrong == ()
    connection.execute(insert(t.runs), [run("alpha", old, "complete")])
    (wrong,) = status(connection, tmp_path, NOW).wrong
    assert wrong == "source alpha: 已 400 天未采集 the last crawl began 400 days ago: crawl again"


def test_everything_wrong_is_named(connection: Connection, tmp_path: Path) -> None:
    """An incomplete or killed run, a failed or overdue job and a differing recount are each named with the reason."""
    killed = run("beta", NOW - timedelta(days=2), None)
    connection.execute(insert(t.runs), [run("alpha", NOW, "partial", reason="page 7 is missing"), killed])
    days = {"due": NOW - timedelta(days=4), "started": NOW - timedelta(days=4), "ended": NOW - timedelta(days=4)}
    late = {"due": NOW - timedelta(days=3), "started": NOW - timedelta(days=3), "ended": NOW - timedelta(days=3)}
    connection.execute(
        insert(t.job_runs),
        [
            {"job": "late", "exit_code": 0, **days},
            {"job": "late", "exit_code": 0, **late},
            {"job": "failed", "exit_code": 11, **late},
            {"job": "hung", "exit_code": None, **late, "ended": None},
        ],
    )
    connection.execute(insert(t.recounts), {"at": NOW, "agreed": False, "differences": ["2014"], "seconds": 1})
    wrong = "\n".join(status(connection, tmp_path, NOW).wrong)
    assert "source alpha: the last run ended partial: page 7 is missing" in wrong
    assert "source beta: the last run has not ended for 48.0 h" in wrong
    assert "job late: overdue" in wrong
    assert "job failed: the last run exited with 11" in wrong
    assert "job hung: running for 72.0 h" in wrong
    assert "recount: the full recount differs" in wrong
