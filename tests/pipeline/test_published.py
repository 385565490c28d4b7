"""The day of publication is never that of a step of the procedure: that would move a notice into another year."""

from datetime import UTC, datetime

import pytest

from pipeline.model import Capture, Kind, Lead, Notice, Visit
from pipeline.read import read_notice
from tests.storage.deriving import SOURCE

BODY = "<p>甲县乙路工程施工评标工作已经结束，现将评标结果公示如下，第一中标候选人为丙建筑有限公司。</p>" * 3


def read(ending: str, listed: str = "") -> Notice:
    """A page whose only dates stand at the end of its text."""
    lead = Lead("http://portal.test/zb/1.jhtml", "甲县乙路工程施工中标候选人公示", listed)
    page = (
        "<html><head><meta charset='utf-8'><title>甲县乙路工程施工中标候选人公示</title></head><body>"
        f"<h1>甲县乙路工程施工中标候选人公示</h1><div class='content'>{BODY}{ending}</div></body></html>"
    )
    visit = Visit("portal", "zb", Kind.NOTICE, lead.url, lead, run="")
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return read_notice(Capture(visit, datetime(2015, 1, 9, tzinfo=UTC), 200, headers, page.encode(), "a" * 32), SOURCE)


OTHER_DAYS = [
    "<p>公示期：2014年12月30日</p>",
    "<p>公示时间：2015年1月2日</p>",
    "<p>开标时间：2014年12月29日</p>",
    "<p>自2014年12月30日起至2015年1月2日止</p>",
    "<p>2014年12月30日至2015年1月2日</p>",
    "<table><tr><td>公示开始时间</td><td>2014-12-30</td></tr><tr><td>公示结束时间</td><td>2015-01-02</td></tr></table>",
]


@pytest.mark.parametrize("ending", OTHER_DAYS)
def test_a_step_of_the_procedure_is_no_day_of_publication(ending: str) -> None:
    """Days of publicity and of opening, labelled, spanning or in a table's cells, leave a silent page undated."""
    assert read(ending).published is None


@pytest.mark.parametrize("ending", OTHER_DAYS)
def test_the_list_speaks_for_such_a_page(ending: str) -> None:
    """The list's day stands, whatever days of the procedure the page names."""
    published = read(ending, "2014-12-28").published
    assert published is not None
    assert published.astimezone(SOURCE.zone).date().isoformat() == "2014-12-28"


def test_a_signature_is_read() -> None:
    """The date that ends the text, on a line of its own below the issuer, is the day where all else is silent."""
    published = read("<p>甲县住房和城乡建设局</p><p>2014年12月28日</p>").published
    assert published is not None
    assert published.astimezone(SOURCE.zone).date().isoformat() == "2014-12-28"
