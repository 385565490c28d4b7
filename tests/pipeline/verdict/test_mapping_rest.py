"""其他 at the end of a list is what the list's other lines leave of the portal, and accuses nobody."""

import pytest

from pipeline.model import Bucket
from pipeline.report import claims_in
from pipeline.source.file import source_of
from pipeline.verdict import mappings_of
from pipeline.verdict.rules import UNSURE

SOURCE = source_of(
    "alpha",
    """
name = "某市建设网"
home = "http://portal.test/"
dialect = "jeecms"

[[channels]]
key = "zbgg"
name = "招标公告"
path = "/zbgg/index.jhtml"
bucket = "tender_and_award"
""",
)
TITLE = "某市住房和城乡建设局2014年政府信息公开工作年度报告\n"


def last(text: str):
    return mappings_of(claims_in(TITLE + text), SOURCE)[-1]


@pytest.mark.parametrize("rest", ["其他信息", "其它信息", "其他各类信息", "其他政府信息"])
def test_the_rest_of_a_list_of_lines(rest):
    """Tenders and news are named: 公告通知, pictures and what is under no line are left."""
    found = last(f"2014年，门户网站公开信息90条，其中：招标公告中标公示等50条，行业动态等信息30条，{rest}10条。")
    assert set(found.readings[0].buckets) == {Bucket.LIVELIHOOD_PICTURES, Bucket.NOTICE, Bucket.UNDECIDED}
    assert found.confidence < UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "2014年，门户网站公开信息90条，其中：招标公告50条，其他信息40条。",  # a section: the rest is no set of lines
        "2014年，门户网站公开信息90条，其中：人事任免20条，其他信息70条。",  # nobody knows what the other part is
        "2014年，门户网站公开其他信息40条。",  # no list
    ],
)
def test_no_rest_where_the_list_is_not_of_lines(text):
    """Without knowing all the other parts nothing corresponds to 其他."""
    assert last(text).readings == ()
