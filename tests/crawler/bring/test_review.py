"""`review`, `explain` and `counts --as-of` through the real command line, on an archive that was really written."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from crawler.cli import application
from pipeline.classify.review import review_in
from storage.archive import Archive
from storage.derive.schema import upgrade
from storage.tables.core import captures
from storage.tables.database import database_url, engine_of
from storage.tables.events import events
from storage.tables.reviews import reviews
from tests.storage.derive.knowing import grown
from tests.storage.derive.test_known_counts import walk
from tests.storage.deriving import BEGIN
from tests.storage.walking import row

DAY0 = BEGIN.date()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two derives a week apart: two notices, then one more that carries a day of the year before."""
    engine = engine_of(database_url(tmp_path))
    upgrade(engine)
    grown(engine, tmp_path, [walk(0, 1, 2), walk(7, 1, 2, 3, fetched=(3,), dates={3: "2014-12-30"})])
    engine.dispose()
    return tmp_path


def ran(archive: Path, *words: str, code: int = 0):
    environment = {"DUIZHANG_ARCHIVE": str(archive), "DUIZHANG_DATABASE_URL": "", "LOGNAME": "clerk"}
    result = CliRunner().invoke(application(), words, env=environment)
    assert result.exit_code == code, result.output
    return result


def answer(archive: Path, *words: str, code: int = 0) -> dict:
    return json.loads(ran(archive, *words, "--format", "json", code=code).stdout)


def day(number: int) -> str:
    return (DAY0 + timedelta(days=number)).isoformat()


def test_counts_as_of_a_day(archive: Path) -> None:
    """The count is that of the day asked for, along any axes, and opens into its rows."""
    assert answer(archive, "counts", "--as-of", day(6), "--by", "year")["rows"] == [
        {"year": 2014, "n": 2, "filter": {"year": 2014}}
    ]
    later = answer(archive, "counts", "--as-of", day(7), "--by", "month", "--year", "2014")
    assert [(one["month"], one["n"]) for one in later["rows"]] == [(6, 2), (12, 1)]
    assert later["as_of"] == day(7)
    assert answer(archive, "counts", "--by", "month", "--year", "2014")["rows"] == later["rows"]
    opened = answer(archive, "counts", "--as-of", day(6), "--open")
    assert {one["title"] for one in opened["rows"]} == {row(1)[1], row(2)[1]}


def test_before_the_first_derive_nothing_is_known(archive: Path) -> None:
    """The refusal says from which day on something is known; a day to come is refused, too."""
    assert f"for the first time on {day(0)}" in ran(archive, "counts", "--as-of", day(-1), code=2).stderr
    tomorrow = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011
    assert "has not been yet" in ran(archive, "counts", "--as-of", tomorrow, code=2).stderr
    assert "for the first time" in ran(archive, "explain", "2014", "--from", day(-1), code=2).stderr


def test_explain_lists_the_events_and_adds_up(archive: Path) -> None:
    """The late item is named as such, with its id, day and title; nothing is left over."""
    found = answer(archive, "explain", "2014", "--from", day(0), "--to", day(9))
    assert (found["first"], found["last"], found["left_over"], found["wrong"]) == (2, 3, 0, [])
    (event,) = found["rows"]
    assert (event["cause"], event["difference"], event["title"]) == ("late", 1, row(3)[1])
    assert event["published_on"] == "2014-12-30"
    said = ran(archive, "explain", "2014", "--from", day(0), "--to", day(9)).stdout
    assert "2 + 1 = 3" in said
    assert "无剩余 nothing is left over" in said
    assert answer(archive, "explain", "2013", "--from", day(0))["rows"] == []


def test_explain_fails_when_something_is_left_over(archive: Path) -> None:
    """A ledger that somebody changed by hand does not add up to the tables: exit code 1 and a sentence."""
    engine = engine_of(database_url(archive))
    with engine.begin() as connection:
        connection.execute(events.delete().where(events.c.cause == "late"))
    engine.dispose()
    said = ran(archive, "explain", "2014", "--from", day(0), code=1)
    assert "the events add up to 2, the tables count 3" in said.stderr
    assert ran(archive, "recount", code=1)
    ran(archive, "derive")
    assert "一致" in ran(archive, "recount").stdout
    ran(archive, "explain", "2014", "--from", day(0))


def test_a_person_decides_and_takes_back(archive: Path) -> None:
    """The decision changes the type at once, is shown with who and when, listed, explained, and can be taken back."""
    id_ = answer(archive, "counts", "--open", "--year", "2014")["rows"][0]["id"]
    ran(archive, "review", id_[:10], "--type", "correction", "--bucket", "notice", "--note", "看过原件")
    (shown,) = answer(archive, "show", id_)["rows"]
    assert shown["type_rule"].startswith("review: clerk 20")
    assert (shown["notice_type"], shown["bucket"]) == ("correction", "notice")
    assert [(one["by"], one["note"]) for one in shown["lists"]["reviews"]] == [("clerk", "看过原件")]
    counted = answer(archive, "counts", "--year", "2014")
    assert (counted["total"], counted["reviewed"]) == (3, 1)
    assert "1 条经人工复核" in ran(archive, "counts", "--year", "2014").stdout
    assert answer(archive, "explain", "2014", "--from", day(7), "--bucket", "notice")["rows"][0]["cause"] == "reviewed"
    ran(archive, "derive", "--rebuild")
    assert answer(archive, "counts", "--bucket", "notice")["total"] == 1
    ran(archive, "review", id_, "--undo", "--by", "李某")
    assert answer(archive, "counts", "--bucket", "notice")["total"] == 0
    listed = answer(archive, "review", "--list")
    assert [(one["by"], one["value"], one["in_force"]) for one in listed["rows"]] == [
        ("李某", "", False),
        ("clerk", "correction/notice", False),
    ]


def test_the_doubtful_are_listed(archive: Path) -> None:
    """An archive without doubts has none to list."""
    assert answer(archive, "review")["total"] == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--type", "correction"], "name the posting"),
        (["zz", "--type", "correction"], "not the id"),
        (["{id}"], "say one of"),
        (["{id}", "--type", "correction", "--undo"], "say one of"),
        (["{id}", "--same"], "need two postings"),
        (["{id}", "{id}", "--same"], "need two postings"),
        (["{id}", "{other}", "--type", "correction"], "need two postings"),
        (["{id}", "--type", "correction", "--by", " "], "--by takes"),
        (["{id}", "--type", "correction", "--note", "a\x1bb"], "--note takes"),
        (["{id}", "--type", "colour"], ""),
    ],
)
def test_wrong_use_decides_nothing(archive: Path, words: list[str], why: str) -> None:
    """What cannot be carried out ends with exit code 2 and leaves no decision."""
    ids = [one["id"] for one in answer(archive, "counts", "--open")["rows"]]
    said = ran(archive, "review", *(word.format(id=ids[0], other=ids[1]) for word in words), code=2)
    assert why in said.stderr
    assert answer(archive, "review", "--list")["rows"] == []


def test_a_pair_is_decided(archive: Path) -> None:
    """Two postings, in whatever order they are named, are one subject."""
    one, other = sorted(row["id"] for row in answer(archive, "counts", "--open")["rows"])[:2]
    ran(archive, "review", other, one, "--different")
    ran(archive, "review", one, other, "--same", "--note", "同一公告")
    listed = answer(archive, "review", "--list")["rows"]
    assert [(row["subject"], row["value"], row["in_force"]) for row in listed] == [
        (f"{one} {other}", "same", True),
        (f"{one} {other}", "different", False),
    ]


def test_a_decision_names_its_postings_by_id_and_by_address(archive: Path) -> None:
    """The archived record says where its postings are, in the order of its ids: an id follows from an address."""
    found = answer(archive, "counts", "--open")["rows"][:2]
    ran(archive, "review", *(one["id"] for one in found), "--different")
    listed = {one["id"]: one["url"] for one in found}
    engine = engine_of(database_url(archive))
    with engine.connect() as connection:
        place = connection.execute(select(captures).where(captures.c.kind == "review")).one()
        kept = connection.scalars(select(reviews.c.addresses)).one()
    engine.dispose()
    review = review_in(Archive(archive).read(place.warc, place.position, place.length).body)
    assert review.addresses == tuple(listed[id_] for id_ in review.subject)
    assert kept == " ".join(review.addresses)
