"""Pages that no saved list leads to find their channel by their address, or none."""

import pytest

from pipeline.coverage.orphans import channel_of, is_notice_like, more_pages
from pipeline.model import Bucket, Channel, Kind, Source, Visit
from pipeline.values.urls import key_of

HOME = "http://www.past.example"


def source(dialect: str, *paths: str) -> Source:
    channels = tuple(Channel(f"c{n}", f"c{n}", HOME + path, Bucket.NOTICE) for n, path in enumerate(paths))
    return Source("past", "past", HOME + "/", dialect, channels)


@pytest.mark.parametrize(
    ("dialect", "path", "fits"),
    [
        ("jeecms", "/zbgg/1024.jhtml", True),
        ("jeecms", "/zbgg/index_2.jhtml", False),
        ("jeecms", "/zbgg/1024_2.jhtml", False),  # its second page
        ("trs", "/xwzx/tzgg/202406/t20240603_1024.html", True),
        ("trs", "/xwzx/tzgg/index_1.html", False),
        ("hanweb", "/art/2014/6/3/art_1_2.html", True),
        ("struts", "/xz/publish-notice!view.do?ID=1", False),  # says nothing of its own
    ],
)
def test_addresses_of_notices(dialect, path, fits):
    """A family's notices are known by the form of their address (domain.md, section 2)."""
    assert is_notice_like(HOME + path, source(dialect, "/zbgg/")) is fits


@pytest.mark.parametrize("start", ["/zbgg/", "/zbgg/index.jhtml", "/zbgg.jhtml", "/zbgg/list.html"])
def test_below_the_list(start):
    """A page below the folder of a channel's list is the channel's."""
    assert channel_of(f"{HOME}/zbgg/1024.jhtml", source("jeecms", start, "/hydt/")) == "c0"


def test_the_innermost_folder_decides():
    """Of two channels of which one lies below the other the inner one has the page."""
    assert channel_of(f"{HOME}/xwzx/tzgg/202406/t20240603_1.html", source("trs", "/xwzx/", "/xwzx/tzgg/")) == "c1"


@pytest.mark.parametrize("paths", [("/",), ("/zbgg/index.html", "/zbgg/list.html"), ("/ldjj/",)])
def test_no_single_channel(paths):
    """A page that no channel, every channel or two channels claim belongs to none."""
    assert channel_of(f"{HOME}/zbgg/1024.jhtml", source("jeecms", *paths)) == ""


def pages(walked: Visit, *paths: str) -> list[tuple[int, str]]:
    saved = {key_of(HOME + path): HOME + path for path in paths}
    return [(visit.page, visit.url.removeprefix(HOME)) for visit in more_pages([walked], saved)]


def walked(page: int, path: str) -> Visit:
    return Visit("past", "c0", Kind.LISTING, HOME + path, page=page)


def test_list_pages_differ_by_their_number():
    """Whether a family counts from one or from zero, page n is found from page 2."""
    assert pages(walked(2, "/zbgg/index_2.jhtml"), "/zbgg/index_7.jhtml") == [(7, "/zbgg/index_7.jhtml")]
    assert pages(walked(2, "/zbgg/index_1.html"), "/zbgg/index_7.html") == [(8, "/zbgg/index_7.html")]
    assert pages(walked(2, "/x!view.do?PAGE=2"), "/x!view.do?PAGE=9") == [(9, "/x!view.do?PAGE=9")]


def test_another_channels_number_is_no_page():
    """A number that is not the page's may not differ: /col/col12/ is another list than /col/col13/."""
    assert pages(walked(2, "/col/col12/index_2.html"), "/col/col13/index_2.html") == []
    assert pages(walked(2, "/col2/index_2.html"), "/col3/index_2.html") == []


def test_a_list_of_one_page_shows_no_number():
    """From a first page alone nothing is guessed."""
    assert pages(walked(1, "/zbgg/index_1.jhtml"), "/zbgg/index_2.jhtml") == []
