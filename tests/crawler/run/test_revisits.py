"""Revisits ask whether anything changed, and removals are never decided in haste."""

from pathlib import Path

from crawler.replica.server import Answer, Request
from tests.crawler.crawling import duizhang, rows_of, source_file
from tests.portals import Portal, portal, world_of

ETAG = '"a-1"'


def first_path(place: Portal) -> str:
    return place.scene.markup.article_path(place.scene.world.listed("zhbgg")[0], 1)


def test_an_unchanged_page_is_asked_for_with_its_etag(tmp_path: Path) -> None:
    """The portal answers 304: archived as unchanged, no revision, no problem, and the run is complete."""
    with portal(world_of(), "jeecms-lines") as place:
        path = first_path(place)
        whole = place.scene.routes[path]

        def tagged(request: Request) -> Answer:
            if dict(request.headers).get("if-none-match") == ETAG:
                return Answer(b"", 304, headers=(("ETag", ETAG),))
            answer = whole(request)
            return Answer(answer.body, headers=(("ETag", ETAG),))

        place.scene.routes[path] = tagged
        file = source_file(tmp_path, place)
        duizhang(tmp_path / "a", "crawl", file, "--channel", "zhbgg")
        said = duizhang(tmp_path / "a", "crawl", file, "--channel", "zhbgg", "--revisit", "--format", "json")
    assert said.json["outcome"] == "complete", said.out
    qualities = [row["quality"] for row in rows_of(tmp_path / "a", "captures") if row["url"].endswith(path)]
    assert sorted(qualities) == ["good", "unchanged"]
    assert {row["revisions"] for row in rows_of(tmp_path / "a", "postings")} == {1}
    assert rows_of(tmp_path / "a", "problems") == []


def test_a_removed_page_keeps_its_last_good_capture(tmp_path: Path) -> None:
    """One absence decides nothing: the posting still counts and is not gone."""
    with portal(world_of(), "jeecms-lines") as place:
        path = first_path(place)
        file = source_file(tmp_path, place)
        duizhang(tmp_path / "a", "crawl", file, "--channel", "zhbgg")
        del place.scene.routes[path]
        duizhang(tmp_path / "a", "crawl", file, "--channel", "zhbgg", "--revisit")
    assert "absent" in [row["quality"] for row in rows_of(tmp_path / "a", "captures") if row["url"].endswith(path)]
    assert len([row for row in rows_of(tmp_path / "a", "postings") if row["url"].endswith(path)]) == 1
    assert rows_of(tmp_path / "a", "states") == []


def test_a_page_in_parts_is_read_again_whole(tmp_path: Path) -> None:
    """A change on the second page of an article is a revision of the article."""
    with portal(world_of({"many_parts"}), "jeecms-lines") as place:
        article = next(one for one in place.scene.world.articles if one.parts > 1)
        file = source_file(tmp_path, place)
        duizhang(tmp_path / "a", "crawl", file)
        path = place.scene.markup.article_path(article, 2)
        whole = place.scene.routes[path]

        def edited(request: Request) -> Answer:
            text = whole(request).body.decode()
            return Answer(text.replace("</p>", "</p><p>更正：开标地点改在三楼会议室。</p>", 1).encode())

        place.scene.routes[path] = edited
        duizhang(tmp_path / "a", "crawl", file, "--revisit")
    changed = [row["title"] for row in rows_of(tmp_path / "a", "postings") if row["revisions"] > 1]
    assert changed == [article.title]
