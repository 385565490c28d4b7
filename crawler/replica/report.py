"""The replica's annual report: its own short text with the shape of the one that started this project.

Its figures are the true counts of the portal, so at scale 1 they are the six that the 2014 report states.
"""

from crawler.replica.render import filled
from crawler.replica.world import Truth
from pipeline.model import Bucket

YEAR = 2014
NEWSPAPERS_AND_RADIO = 121  # published elsewhere: no portal can prove it
PATH = "/report/2014.html"
TITLE = "演示复制品（replica）：高原住房和城乡建设厅2014年政府信息公开工作年度报告"


def report_page(truth: Truth) -> bytes:
    """The report in the markup of the TRS portal that publishes such reports."""
    tenders = truth.by_bucket[Bucket.TENDER_AND_AWARD, YEAR]
    news = truth.by_bucket[Bucket.INDUSTRY_NEWS, YEAR]
    pictures = truth.by_bucket[Bucket.LIVELIHOOD_PICTURES, YEAR]
    portal = tenders + news + pictures
    told = {"tenders": tenders, "news": news, "pictures": pictures, "portal": portal}
    all_, elsewhere = portal + NEWSPAPERS_AND_RADIO, NEWSPAPERS_AND_RADIO
    return filled("report", title=TITLE, all=all_, elsewhere=elsewhere, **told).encode()
