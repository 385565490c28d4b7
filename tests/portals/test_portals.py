"""The test portals themselves are right: they link and say what their truth says."""

import re
import tomllib
from html import unescape
from urllib.parse import urlsplit

import pytest

from tests.portals import MARKUPS, portal, source_toml, world_of
from tests.portals.asking import get, rows, text_of, walked

# The second page of a channel, as the CMS family's own rule numbers it (domain.md section 2).
SECOND_PAGES = {
    "jeecms-lines": "/zbgg/index_2.jhtml",
    "jeecms-list": "/zbgg_2.jhtml",
    "jeecms-onclick": "/zbgg_2.jhtml",
    "trs-list": "/zbgg/index_1.html",
    "trs-table": "/zbgg/list_1.html",
    "struts": "/xz/publish-notice!tenderNoticeView.do?PAGE=2",
    "hanweb": "/module/web/jpage/dataproxy.jsp?columnid=1001&startrecord=11",
    "hanweb-proxy": "/module/web/jpage/dataproxy.jsp?columnid=1001&startrecord=11",
    "epoint-list": "/jyxx/001001/001001001/about.html?pageing=2",
    "epoint-search": "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew?categorynum=001001001&pn=10",
    "aspnet": "/zbgg/List.aspx?state=2",
    "json_api-get": "/rest/v1/notice/select.do?channel=zbgg&currPage=2&pageSize=10",
    "json_api-post": "/api/zbgg/list?current=2",
}
EACH_MARKUP = pytest.mark.parametrize("markup", MARKUPS)


@EACH_MARKUP
def test_listings_link_the_truth(markup: str) -> None:
    """Every posting of the truth is linked once in its channel, newest first, and nothing else is."""
    with portal(world_of(), markup) as place:
        for channel in place.scene.world.channels:
            postings = place.truth.in_channel(channel.key)
            assert walked(place, markup, channel.key) == [posting.linked for posting in postings]
            assert [p.published for p in postings] == sorted((p.published for p in postings), reverse=True)
            assert len(postings) == channel.size == place.truth.stated[channel.key]


@EACH_MARKUP
def test_articles_say_the_truth(markup: str) -> None:
    """An article shows its whole title and its minute; its text is on it, or in its frame."""
    with portal(world_of(), markup) as place:
        for posting in place.truth.postings[::9]:
            page = text_of(place, posting.path)
            assert posting.title in page
            assert f"{posting.published:%Y-%m-%d %H:%M}" in page
            frames = re.findall(r'<iframe[^>]* src="([^"]+)"', page)
            bodies = page + "".join(text_of(place, unescape(frame)) for frame in frames)
            assert all(paragraph in bodies for paragraph in posting.text)


@EACH_MARKUP
def test_second_page_is_where_the_family_has_it(markup: str) -> None:
    """Page numbers start where the CMS family starts them, and a page beyond the last is absent."""
    with portal(world_of(), markup) as place:
        links = [posting.linked for posting in place.truth.in_channel("zbgg")]
        assert rows(place, markup, SECOND_PAGES[markup]) == links[10:20]
        assert get(place, place.scene.markup.listing_path("zbgg", 5))[0].status == 404


@pytest.mark.parametrize(
    ("markup", "short"), [("jeecms-lines", "/hydt/"), ("struts", "/xz/publish-notice!hydtView.do")]
)
def test_first_page_without_its_number(markup: str, short: str) -> None:
    """A folder, or an action without PAGE, is the first page."""
    with portal(world_of(), markup) as place:
        assert text_of(place, short) == text_of(place, place.scene.markup.listing_path("hydt", 1))


@pytest.mark.parametrize(
    ("markup", "stated"),
    [
        ("jeecms-lines", "共 33 条 1/4页"),
        ("trs-list", 'createPageHTML(4, 0, "index", "html")'),
        ("trs-table", "var countPage = 4;"),
        ("struts", "1/4页"),
        ("hanweb", "<totalrecord>33</totalrecord><totalpage>4</totalpage>"),
        ("epoint-list", "总记录数:33 1/4"),
        ("epoint-search", '"totalcount": 33'),
        ("aspnet", "共4页"),
        ("json_api-get", '"total": 33'),
        ("json_api-post", '"total": 33, "size": 10, "current": 1, "pages": 4'),
    ],
)
def test_listings_state_their_size(markup: str, stated: str) -> None:
    """33 rows of 10 are 4 pages: a listing says so in its family's words."""
    with portal(world_of(), markup) as place:
        assert stated in text_of(place, place.scene.markup.listing_path("zbgg", 1))


def test_empty_channel_says_zero() -> None:
    """A channel without articles has one page that states 0 rows."""
    with portal(world_of()) as place:
        assert "共 0 条 1/1页" in text_of(place, "/fjms/index.jhtml")


def test_years_border_in_beijing_time() -> None:
    """The world has articles beside both borders of 2014, so that a reader of UTC counts other years."""
    with portal(world_of()) as place:
        moments = {f"{posting.published:%Y-%m-%d %H:%M}" for posting in place.truth.postings}
        assert {"2013-12-31 23:30", "2014-01-01 00:10", "2014-12-31 23:59"} <= moments


def test_log_and_source_file() -> None:
    """Requests are kept with path and headers; the source file has the keys of design.md section 7 and no layouts."""
    with portal(world_of(), "trs-table") as place:
        get(place, "/zbgg/list.html")
        (hit,) = place.asked("/zbgg/list.html")
        assert hit.header("host") == urlsplit(place.base_url).netloc
        spec = tomllib.loads(place.source_toml)
        assert spec == tomllib.loads(source_toml(place.base_url, "trs-table", world_of()))
        assert set(spec) == {"name", "home", "dialect", "timezone", "manners", "channels"}
        assert spec["manners"]["delay_seconds"] == 0
        assert spec["manners"]["allow_private_addresses"] is True
        assert spec["channels"][0] == {
            "key": "zbgg", "name": "招标公告", "path": "/zbgg/list.html", "bucket": "tender_and_award",
        }  # fmt: skip


def test_unfit_faults_are_refused() -> None:
    """A fault that a family cannot have is a mistake of the test that asks for it."""
    with pytest.raises(ValueError, match="many_parts"), portal(world_of({"many_parts"}), "struts"):
        pass
