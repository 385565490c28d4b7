"""What a crawl makes of portals that misbehave: nothing lost that can be had, nothing invented, every gap named."""

from pathlib import Path

import pytest

from tests.bench.soak_faults import ROUNDS, soak_all
from tests.crawler.crawling import CHINA, Said, duizhang, postings_in, rows_of, source_file
from tests.portals import MARKUPS, Portal, World, faults_for, portal, world_of
from tests.portals.faults.answers import ANSWERS
from tests.portals.world import CHANNELS

SHORT = (CHANNELS[0],)  # one list of four pages


def truth(place: Portal) -> set[tuple[str, str, str]]:
    """What existed when the crawl began and can be read."""
    return {
        (one.channel, one.title, f"{one.published.astimezone(CHINA):%Y-%m-%d %H:%M}")
        for one in place.truth.postings
        if one.readable
    }


def crawled(folder: Path, place: Portal) -> Said:
    return duizhang(folder / "a", "crawl", source_file(folder, place), "--format", "json", seconds=300)


def ended(folder: Path, said: Said, channel: str = "zbgg") -> dict:
    """How the run ended that channel's walk, as its last record keeps it."""
    return next(row["channels"][channel] for row in rows_of(folder / "a", "runs") if row["id"] == said.json["run"])


def one_list(*faults: str) -> World:
    return world_of(faults, SHORT)


@pytest.mark.parametrize("markup", ["jeecms-lines", "trs-list", "struts"])
@pytest.mark.parametrize(
    "fault", ["growing", "shrinking", "sticky", "days_missing", "days_short", "days_other", "no_next", "beyond_last"]
)
def test_a_list_that_moves_or_leaves_things_out_loses_nothing(fault: str, markup: str, tmp_path: Path) -> None:
    """Every row that was there at the start is found with its own day; nothing is found twice."""
    with portal(one_list(fault), markup) as place:
        said = crawled(tmp_path, place)
        expected, late = truth(place), place.scene.late
    found = postings_in(tmp_path / "a")
    assert expected - found == set(), said.out
    assert {title for _, title, _ in found - expected} <= late
    assert ended(tmp_path, said)["closed"], said.out
    assert said.exit_code == 0


@pytest.mark.parametrize("markup", ["jeecms-lines", "trs-list", "struts"])
def test_a_page_that_never_comes_is_the_hole_and_the_list_goes_on_behind_it(markup: str, tmp_path: Path) -> None:
    """Page 3 answers 503 for ever: page 4 is read all the same, and exactly page 3 is missing."""
    with portal(one_list("dead_page"), markup) as place:
        said = crawled(tmp_path, place)
        missing = {one.title for one in place.truth.in_channel("zbgg")[20:30]}
    end = ended(tmp_path, said)
    assert (end["closed"], end["holes"]) == (False, ["page 3: blocked"])
    assert {title for _, title, _ in truth(place) - postings_in(tmp_path / "a")} == missing
    assert said.json["outcome"] == "partial"
    assert "page 3: blocked" in said.json["reason"]


def test_the_hole_is_closed_by_the_run_that_reads_the_page(tmp_path: Path) -> None:
    """A page that was not there once is read by the next run; nothing else is fetched again."""
    with portal(one_list("dead_page_once"), "trs-list") as place:
        first, second = crawled(tmp_path, place), crawled(tmp_path, place)
        expected = truth(place)
    assert (ended(tmp_path, first)["holes"], ended(tmp_path, second)["holes"]) == (["page 3: blocked"], [])
    assert postings_in(tmp_path / "a") == expected
    assert second.json["outcome"] == "complete"
    assert second.json["numbers"]["notice"] == 10


@pytest.mark.parametrize(
    ("markup", "hole"), [("jeecms-lines", "pages 3 to 4: absent"), ("trs-list", "pages 3 to 4: absent")]
)
def test_a_capped_list_is_a_hole_from_the_first_page_that_it_does_not_show(
    markup: str, hole: str, tmp_path: Path
) -> None:
    """Four pages are stated and two are shown: what lies behind is named, and everything before it is held."""
    with portal(one_list("capped"), markup) as place:
        said = crawled(tmp_path, place)
        reachable = {one.title for one in place.truth.in_channel("zbgg")[:20]}
    assert ended(tmp_path, said)["holes"] == [hole]
    assert {title for _, title, _ in postings_in(tmp_path / "a")} == reachable
    assert said.exit_code == 10


@pytest.mark.parametrize(
    ("fault", "outcome"), [("total_too_large", "complete_with_drift"), ("total_of_pages", "complete_with_drift")]
)
def test_a_wrong_total_is_drift(fault: str, outcome: str, tmp_path: Path) -> None:
    """The list is read twice for the rows that it states and does not have; everything is found."""
    with portal(one_list(fault), "jeecms-list") as place:
        said = crawled(tmp_path, place)
        expected = truth(place)
    assert postings_in(tmp_path / "a") == expected
    assert said.json["outcome"] == outcome
    assert ended(tmp_path, said)["closed"]


def test_a_healthy_list_is_read_once(tmp_path: Path) -> None:
    """Where the total proves that all was read, no page of the list is asked for a second time."""
    with portal(one_list(), "jeecms-lines") as place:
        said = crawled(tmp_path, place)
        asked = [hit.target for hit in place.hits if "index" in hit.target]
    assert len(asked) == len(set(asked)) == 4
    assert (said.json["outcome"], ended(tmp_path, said)["holes"]) == ("complete", [])


@pytest.mark.parametrize("markup", ["jeecms-lines", "trs-list"])
def test_what_is_no_page_is_archived_and_asked_for_again(markup: str, tmp_path: Path) -> None:
    """Every kind of bad answer is kept as what it is, repeated in the run or the next, and never becomes a notice."""
    faults = faults_for(MARKUPS[markup].dialect, ANSWERS)
    with portal(world_of(faults, (CHANNELS[1],)), markup) as place:
        file = Path(source_file(tmp_path, place))
        quick = file.read_text(encoding="utf-8").replace("delay_seconds = 0\n", "delay_seconds = 0\nconcurrency = 8\n")
        file.write_text(quick, encoding="utf-8")
        first = duizhang(tmp_path / "a", "crawl", str(file), "--format", "json", seconds=300)
        missed = truth(place) - postings_in(tmp_path / "a")
        second = duizhang(tmp_path / "a", "crawl", str(file), "--format", "json", seconds=300)
        expected, readable = truth(place), {name for name in faults if place.scene.faults[name].readable}
    assert {title for _, title, _ in missed} == {
        article.title
        for article in place.scene.world.articles
        if article.fault in {"maintenance", "down_for_a_run", "soft_404", "wrong_type"}
    }
    assert postings_in(tmp_path / "a") == expected, second.out
    assert first.json["outcome"] == "partial"
    assert second.exit_code == 0, second.out
    assert len(readable) == len(faults) - 2
    kept = {row["quality"] for row in rows_of(tmp_path / "a", "captures")}
    assert {
        *("good", "blocked", "maintenance", "login", "absent", "empty", "wrong_type", "truncated", "oversize", "failed")
    } <= kept
    assert all(row["revisions"] == 1 for row in rows_of(tmp_path / "a", "postings"))


def test_a_portal_that_goes_down_loses_nothing(tmp_path: Path) -> None:
    """An outage ends the run early and named; the next run fetches what is missing, and no posting is gone."""
    with portal(world_of({"outage"}), "jeecms-lines") as place:
        first = crawled(tmp_path, place)
        during, asked = postings_in(tmp_path / "a"), len(place.hits)
        second = crawled(tmp_path, place)
        expected = truth(place)
    assert first.json["outcome"] == "partial"
    assert "left alone" in first.json["reason"]
    assert asked < 30 + 40 + 40  # until it gives up, and what was under way then
    assert set() < during < expected
    assert postings_in(tmp_path / "a") == expected
    assert second.json["outcome"] == "complete"


@pytest.mark.parametrize("markup", ["jeecms-lines", "json_api-post"])
def test_what_was_listed_before_an_outage_is_still_owed(markup: str, tmp_path: Path) -> None:
    """A row that leaves its list during an outage is not forgotten, whether it had an address or an interface."""
    with portal(world_of({"outage", "shrinking"}), markup) as place:
        crawled(tmp_path, place)
        second = crawled(tmp_path, place)
        expected = truth(place)
    assert (second.json["outcome"], postings_in(tmp_path / "a")) == ("complete", expected)


def test_a_portal_whose_robots_cannot_be_had_is_asked_again(tmp_path: Path) -> None:
    """robots.txt that answers 500 once is repeated, and then the crawl is whole."""
    with portal(one_list("robots_busy"), "jeecms-lines") as place:
        said = crawled(tmp_path, place)
        expected = truth(place)
    assert (said.json["outcome"], postings_in(tmp_path / "a")) == ("complete", expected)


def test_a_list_that_was_full_and_is_empty_is_suspicious(tmp_path: Path) -> None:
    """暂无 on a list that had rows in an earlier run is no proof that they are gone: nothing is removed."""
    with portal(one_list(), "trs-list") as place:
        file = source_file(tmp_path, place)
        duizhang(tmp_path / "a", "crawl", file)
        before = postings_in(tmp_path / "a")
    with portal(World((CHANNELS[0],), ()), "trs-list") as empty:
        Path(file).write_text(empty.source_toml, encoding="utf-8")
        said = duizhang(tmp_path / "a", "crawl", file, "--format", "json")
    assert said.exit_code == 13
    assert "had 33 rows before" in said.json["reason"]
    assert postings_in(tmp_path / "a") == before


def test_a_list_that_always_was_empty_is_expected(tmp_path: Path) -> None:
    """暂无 on a list that never had a row is believed."""
    with portal(World((CHANNELS[4],), ()), "trs-list") as place:
        assert crawled(tmp_path, place).json["outcome"] == "empty_expected"


@pytest.mark.parametrize("markup", ["trs-table", "struts"])
def test_the_soak_in_small(markup: str, tmp_path: Path) -> None:
    """`make soak` with one round of faults: nothing lost, invented, removed or asked for that must not be."""
    (soaked,) = soak_all([markup], {"moving": ROUNDS["moving"]}, tmp_path)
    assert soaked.good, soaked
