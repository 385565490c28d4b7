"""`duizhang coverage` and `duizhang history` after crawls of test portals, through the real command."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from crawler.replica.server import Answer, Request
from tests.crawler.crawling import duizhang, rows_of, source_file
from tests.portals import Portal, portal, world_of


def certificate(archive: Path, *words: str) -> tuple[int, dict]:
    said = duizhang(archive, "coverage", "--format", "json", *words)
    return said.exit_code, said.json


def kinds(said: dict) -> set[tuple[str, str]]:
    return {(row["channel"], hole["kind"]) for row in said["rows"] for hole in row["holes"]}


def answering(place: Portal, target: str, answer: Callable[[Request], Answer]) -> None:
    """The portal gives another answer there from now on."""
    place.scene.routes[target] = answer


def quick(folder: Path, place: Portal) -> str:
    """The source file, without repetitions: a failing page is asked for once."""
    place_file = Path(source_file(folder, place))
    text = place_file.read_text(encoding="utf-8")
    place_file.write_text(text.replace("[manners]\n", "[manners]\nretries = 0\n"), encoding="utf-8")
    return str(place_file)


def test_a_healthy_crawl_is_clean_in_every_year(tmp_path: Path) -> None:
    """No fault, no hole: exit code 0, and stated, seen and held agree."""
    with portal(world_of(), "jeecms-lines") as place:
        duizhang(tmp_path / "a", "crawl", source_file(tmp_path, place))
        stated = place.truth.stated
    code, said = certificate(tmp_path / "a")
    assert (code, said["verdict"], kinds(said)) == (0, "clean", set())
    whole = {row["channel"]: row for row in said["rows"] if row["year"] == 0}
    assert {key: row["stated_total"] for key, row in whole.items()} == stated
    assert {key: row["held"] for key, row in whole.items()} == stated
    table = duizhang(tmp_path / "a", "coverage")
    assert "无缺口 clean" in table.out


def test_an_unread_page_is_named_and_closed_by_the_next_crawl(tmp_path: Path) -> None:
    """Page 2 fails: exit code 1 and exactly that hole; when it answers again the certificate is clean."""
    with portal(world_of(), "jeecms-lines") as place:
        file = quick(tmp_path, place)
        right = place.scene.routes["/zbgg/index_2.jhtml"]
        answering(place, "/zbgg/index_2.jhtml", lambda _: Answer(b"", 500))
        duizhang(tmp_path / "a", "crawl", file)
        code, said = certificate(tmp_path / "a")
        assert code == 1
        assert kinds(said) == {("zbgg", "page_unread")}
        assert "page 2" in duizhang(tmp_path / "a", "coverage").out
        answering(place, "/zbgg/index_2.jhtml", right)
        duizhang(tmp_path / "a", "crawl", file)
    assert certificate(tmp_path / "a")[0] == 0


def test_an_outage_between_two_crawls_is_named_by_its_time(tmp_path: Path) -> None:
    """Crawl, a dead portal, crawl: open first, closed afterwards, and no posting is gone."""
    with portal(world_of(), "jeecms-lines") as place:
        file = quick(tmp_path, place)
        duizhang(tmp_path / "a", "crawl", file)
        right = dict(place.scene.routes)
        for target in right.keys() - {"/robots.txt"}:
            answering(place, target, lambda _: Answer(b"", 503))
        duizhang(tmp_path / "a", "crawl", file)
        code, said = certificate(tmp_path / "a", "--channel", "zbgg")
        assert (code, kinds(said)) == (1, {("zbgg", "outage")})
        place.scene.routes.update(right)
        duizhang(tmp_path / "a", "crawl", file)
    code, said = certificate(tmp_path / "a", "--channel", "zbgg")
    assert (code, said["verdict"], kinds(said)) == (0, "closed", {("zbgg", "outage")})
    assert rows_of(tmp_path / "a", "states") == []


def test_a_filter_that_finds_nothing_is_wrong_use(tmp_path: Path) -> None:
    """A channel that the archive does not know is told as such."""
    with portal(world_of(), "jeecms-lines") as place:
        duizhang(tmp_path / "a", "crawl", source_file(tmp_path, place))
    said = duizhang(tmp_path / "a", "coverage", "--channel", "no")
    assert (said.exit_code, said.out) == (2, "")


def test_an_edited_page_is_a_revision_that_history_explains(tmp_path: Path) -> None:
    """`crawl --revisit` reads everything again: one edited page is one revision; all others are unchanged."""
    with portal(world_of(), "jeecms-lines") as place:
        file = source_file(tmp_path, place)
        duizhang(tmp_path / "a", "crawl", file)
        article = place.scene.world.listed("zbgg")[0]
        edited = replace(article, text=(article.text[0], "更正：工期改为500日历天。", *article.text[1:]))
        path = place.scene.markup.article_path(article, 1)
        answering(place, path, lambda _: place.scene.article(edited, 1))
        before = len(place.hits)
        duizhang(tmp_path / "a", "crawl", file)
        assert path not in [hit.target for hit in place.hits[before:]]
        duizhang(tmp_path / "a", "crawl", file, "--revisit")
    postings = rows_of(tmp_path / "a", "postings")
    changed = [row for row in postings if row["revisions"] > 1]
    assert [row["title"] for row in changed] == [article.title]
    said = duizhang(tmp_path / "a", "history", changed[0]["id"][:8])
    assert "+ 更正：工期改为500日历天。" in said.out
    found = duizhang(tmp_path / "a", "history", changed[0]["id"], "--format", "json").json
    assert [one["number"] for one in found["revisions"]] == [1, 2]
    assert found["state"] == "present"
    assert len(found["answers"]) == 2
    assert f"duizhang history {changed[0]['id']}" in duizhang(tmp_path / "a", "show", changed[0]["id"]).out


def test_history_of_nothing_is_wrong_use(tmp_path: Path) -> None:
    """An id that no posting has is told as such."""
    with portal(world_of(), "jeecms-lines") as place:
        duizhang(tmp_path / "a", "crawl", source_file(tmp_path, place), "--channel", "tpxw")
    said = duizhang(tmp_path / "a", "history", "zzzz")
    assert (said.exit_code, said.out) == (2, "")
