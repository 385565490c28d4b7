"""Under which lines of its report an office counts a posting: data of the source, or of the family of its reports.

A line is not a category: an office may count one posting under several lines, and reports of one wording mean different
things. Where a wording has two readings there are two lines with the same words, and a total is given for both.
"""

from pipeline.model import Bucket, Line, Source

_PORTAL_TOTAL = ("公告通知", "门户网站", "网站")

# Reports of housing departments (the 2014 report that started this project): a portal's total, named after the section
# 公告通知, and three parts that leave no room for that section. So the total has two readings (domain.md section 5).
HOUSING_LINES: tuple[Line, ...] = (
    Line(
        "tender_and_award",
        "招标公告中标公示",
        ("招标公告", "中标公示", "招标", "中标", "招投标"),
        buckets=(Bucket.TENDER_AND_AWARD,),
    ),
    Line("industry_news", "行业动态", ("行业动态", "工作动态"), buckets=(Bucket.INDUSTRY_NEWS,)),
    Line(
        "livelihood_pictures",
        "重要民生工作和专栏图文",
        ("重要民生", "专栏图文", "图片新闻"),
        buckets=(Bucket.LIVELIHOOD_PICTURES,),
    ),
    Line("notice", "公告通知（栏目）", ("公告通知", "通知公告"), buckets=(Bucket.NOTICE,)),
    Line("portal_total", "公告通知（门户合计，含公告通知栏目）", _PORTAL_TOTAL, buckets=tuple(Bucket)),
    Line(
        "portal_total_without_notices",
        "公告通知（门户合计，不含公告通知栏目）",
        _PORTAL_TOTAL,
        buckets=tuple(bucket for bucket in Bucket if bucket is not Bucket.NOTICE),
    ),
)


def report_lines(source: Source) -> tuple[Line, ...]:
    """The lines of the source's report: its own, else those of housing departments."""
    return source.lines or HOUSING_LINES
