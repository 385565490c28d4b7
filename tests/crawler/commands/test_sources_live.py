"""`sources check --live`: what a list and a notice give, field by field, and what looks wrong."""

import pytest

from crawler.commands.portal.live import live_sheet
from crawler.replica.server import Answer, serving
from pipeline.source.file import source_of
from tests.crawler.crawling import duizhang, source_file
from tests.crawler.past.foreign import SOURCE, article, listing
from tests.portals import portal, world_of


def facts(said, channel, page):
    return {row["field"]: row for row in said.json["rows"] if row["channel"] == channel and row["page"].endswith(page)}


def test_a_portal_that_reads_well(tmp_path):
    """One list page and one notice of each channel are visited and nothing else; nothing is archived."""
    with portal(world_of(), "trs-list") as place:
        said = duizhang(tmp_path / "a", "sources", "check", source_file(tmp_path, place), "--live", "--format=json")
        asked = [hit.target for hit in place.hits]
        top = {one.key: place.scene.world.listed(one.key)[0].title for one in place.scene.world.channels[:4]}
    assert (said.exit_code, said.json["wrong"]) == (0, 0), said.out
    assert len(asked) == 1 + 5 + 4  # robots.txt, five lists, a notice of each that is not empty
    assert not (tmp_path / "a").exists()
    rows = facts(said, "zbgg", "list")
    assert (rows["rows"]["found"], rows["dates"]["found"]) == ("10", "10/10")
    assert rows["next page"]["found"].endswith("/zbgg/index_1.html")
    assert {key: facts(said, key, "notice")["title"]["found"] for key in top} == top


TITLE = "甲县第一小学教学楼工程施工招标公告"


def rows(day: str = "2014-01-01", title: str = "", host: str = "") -> bytes:
    """A list of three rows, of which the first is the notice that is looked at."""
    rows = [(f"{host}/zbgg/{n}.jhtml", title or f"{TITLE}{n}", day) for n in (1, 2, 3)]
    return listing(*rows)


def page_of(place: tuple[str, str], found: bytes, notice: bytes) -> str:
    """What is said to be wrong with a field of a portal whose lists and first notice are these."""
    where, field = place
    pages = {"/zbgg/index.jhtml": found, "/hydt/index.jhtml": found, "/zbgg/1.jhtml": notice}
    with serving(lambda request: Answer(pages.get(request.path, b""), 200 if request.path in pages else 404)) as base:
        manners = "[manners]\nretries = 0\nrobots = false\n"
        text = SOURCE.replace("http://www.past.example/", f"{base}/").replace("[manners]\n", manners)
        sheet, is_right = live_sheet(source_of("past", text))
    assert not is_right
    return next(
        wrong
        for channel, page, name, _, wrong in sheet.rows
        if channel == "zbgg" and page.endswith(where) and name == field
    )


@pytest.mark.parametrize(
    ("found", "notice", "place", "words"),
    [
        (b"<html><p>welcome to this place</p></html>", b"", ("list", "rows"), "no rows are recognisable"),
        (rows(day=""), article(f"{TITLE}1", "2014-01-01"), ("list", "dates"), "3 行没有日期"),
        (rows(title=TITLE), article(TITLE, "2014-01-01"), ("list", "titles"), "all titles are the same"),
        (rows(), b"", ("notice", "page"), "without content"),
        (rows(), article(f"{TITLE}1", "2014-02-02"), ("notice", "published"), "the list says: 2014-01-01"),
        (rows(), article("测试建设网", "2014-01-01"), ("notice", "title"), "portal's name"),
        (rows(), article("丁县防洪堤工程中标公告", "2014-01-01"), ("notice", "title"), "the list says"),
        (rows(host="http://elsewhere.example"), b"", ("list", "other hosts"), "never visited"),
    ],
    ids=["no-rows", "no-dates", "same-titles", "empty-notice", "other-day", "portal-name", "other-title", "foreign"],
)
def test_what_looks_wrong(found, notice, place, words):
    """Each field that looks wrong says why."""
    assert words in page_of(place, found, notice)


def test_a_portal_that_is_not_there(tmp_path):
    """No answer is a fact like others."""
    with serving(lambda _: Answer()) as base:
        pass
    path = tmp_path / "past.toml"
    text = SOURCE.replace("http://www.past.example/", f"{base}/").replace("[manners]\n", "[manners]\nretries = 0\n")
    path.write_text(text, encoding="utf-8")
    said = duizhang(tmp_path / "a", "sources", "check", str(path), "--live", "--format=json")
    assert said.exit_code == 1
    assert "robots.txt could not be had" in facts(said, "zbgg", "list")["page"]["wrong"]
