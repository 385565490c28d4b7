"""Rows of listings in markups that no layout describes."""

from datetime import UTC, datetime

import pytest

from pipeline.article.layouts import GENERIC
from pipeline.dialects import DIALECTS, Turn
from pipeline.follow import read_listing
from pipeline.model import Bucket, Capture, Channel, Kind, Source, Unreadable, Visit
from pipeline.page.opened import Page
from tests.pipeline.listing.listing_families import FAMILIES
from tests.pipeline.listing.listing_lists import LISTS
from tests.pipeline.listing.listing_pages import PAGES
from tests.pipeline.listing.listing_parts import HOT, LI, NAV, OTHER, SITE, Sample, each, page, rows
from tests.pipeline.listing.listing_rows import ROWS

SAMPLES = (*LISTS, *ROWS, *PAGES, *FAMILIES)


def source_of(sample: Sample) -> Source:
    channel = Channel("zbgg", "招标公告", sample.url, Bucket.TENDER_AND_AWARD)
    return Source("jianshe", "甲县建设网", f"{SITE}/", sample.dialect, (channel,))


def opened(sample: Sample) -> Turn:
    visit = Visit("jianshe", "zbgg", Kind.LISTING, sample.url)
    return Turn(Page(sample.url, "text/html", sample.html), visit, source_of(sample), GENERIC)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_rows_of_any_markup(sample: Sample) -> None:
    """Every row of the listing is a lead with its address, title, date and label, and nothing else is."""
    leads = DIALECTS[sample.dialect].listing(opened(sample)).leads
    assert [(lead.url, lead.title, lead.published, lead.label) for lead in leads] == list(sample.rows)


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if sample.next], ids=lambda sample: sample.name)
def test_next_page_of_any_markup(sample: Sample) -> None:
    """The next page is where the pager leads, or where the family's numbering puts it."""
    visit = DIALECTS[sample.dialect].listing(opened(sample)).next
    assert visit is not None
    assert (visit.url, visit.page, visit.kind) == (SITE + sample.next, 2, Kind.LISTING)


@pytest.mark.parametrize(
    "around", [OTHER, HOT, f"<div class=aside>{OTHER}</div>", NAV], ids=["more", "hot", "aside", "nav"]
)
def test_side_boxes_are_no_listing(around: str) -> None:
    """Where a script would draw the list, the lists beside it are not taken for it."""
    sample = Sample("shell", page(NAV, "<div id=list>加载中</div>", around), ())
    with pytest.raises(Unreadable, match="no rows"):
        DIALECTS["jeecms"].listing(opened(sample))


def test_a_channel_may_be_called_like_a_side_box() -> None:
    """A heading that bears the channel's name is the listing's own, whatever the word is elsewhere."""
    sample = Sample("hot", page(NAV, "<h2>热点招标公告</h2><ul>", each(LI), "</ul>", OTHER), rows())
    assert len(DIALECTS["jeecms"].listing(opened(sample)).leads) == 6


def test_an_empty_sentence_beside_a_doubtful_list_is_a_problem() -> None:
    """A page that says it is empty and shows a list that may be its own is not decided by guessing."""
    doubtful = each("<li><a href='/hydt/{id}.jhtml'>{t}</a><span>{d}</span></li>")
    sample = Sample("doubt", page(NAV, "<p>暂无信息</p><ul>", doubtful, "</ul>"), ())
    with pytest.raises(Unreadable, match="empty"):
        DIALECTS["jeecms"].listing(opened(sample))


def test_pages_in_gbk_are_read() -> None:
    """A listing in GB18030 that declares nothing gives the same rows."""
    turn = opened(SAMPLES[0])
    capture = Capture(turn.visit, datetime(2014, 6, 7, tzinfo=UTC), 200, (), turn.page.text.encode("gb18030"))
    assert [lead.title for lead in read_listing(capture, turn.source).leads] == [row[1] for row in SAMPLES[0].rows]


def test_deep_nesting_and_many_rows() -> None:
    """Nesting deeper than the parser goes and five thousand rows are read."""
    for levels in (1500, 50_000):
        deep = Sample("deep", page("<div>" * levels, "<ul>", each(LI, 3)), ())
        assert len(DIALECTS["jeecms"].listing(opened(deep)).leads) == 3
    many = Sample("many", page("<ul>", each(LI, 5000), "</ul>"), ())
    assert len(DIALECTS["jeecms"].listing(opened(many)).leads) == 5000
