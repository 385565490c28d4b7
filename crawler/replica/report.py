"""The replica's annual report: its own short text with the shape of the one that started this project.

Its figures are the true counts of the portal, so at scale 1 they are the six that the 2014 report states.
"""

from crawler.replica.render import BANNER
from crawler.replica.world import Truth
from pipeline.model import Bucket

YEAR = 2014
NEWSPAPERS_AND_RADIO = 121  # published elsewhere: no portal can prove it
PATH = "/report/2014.html"
TITLE = "演示复制品（replica）：高原住房和城乡建设厅2014年政府信息公开工作年度报告"


def report_page(truth: Truth) -> bytes:
    """The report in the markup of the TRS portal that publishes such reports."""
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in report_text(truth))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{TITLE}</title><meta name="PubDate" content="2015-03-18 10:05"></head><body>
<div class="banner">{BANNER}</div>
<table class="table"><tr><td>标 题</td><td colspan="3">{TITLE}</td></tr>
<tr><td>索引号</td><td>DZ201400-2/2015-00001</td><td>文 号</td><td></td></tr>
<tr><td>发布机构</td><td>高原住房和城乡建设厅（演示）</td><td>发布日期</td><td>2015-03-18 10:05:00</td></tr></table>
<div class="vw-art-list">
{text}
</div></body></html>
""".encode()


def report_text(truth: Truth) -> list[str]:
    """The report's paragraphs."""
    tenders = truth.by_bucket[Bucket.TENDER_AND_AWARD, YEAR]
    news = truth.by_bucket[Bucket.INDUSTRY_NEWS, YEAR]
    pictures = truth.by_bucket[Bucket.LIVELIHOOD_PICTURES, YEAR]
    portal = tenders + news + pictures
    return [
        "按照政府信息公开的规定，现将本厅上一年度的工作情况报告如下。本报告为软件演示用的复制品（replica），不是任何机关的文件。",
        "一、信息公开的基本情况",
        f"（一）主动公开政府信息情况。{YEAR}年，本厅主动公开政府信息共{portal + NEWSPAPERS_AND_RADIO}条，包括："
        f"通过高原建设网公开公告通知{portal}条，其中：行业动态{news}条，招标公告中标公示等行业信息{tenders}条，"
        f"重要民生工作和专栏图文信息{pictures}条；通过报刊、广播公开信息{NEWSPAPERS_AND_RADIO}余条。",
        "（二）依申请公开情况。全年收到公开申请2件，均在期限内答复，没有收取费用，没有发生行政复议和行政诉讼。",
        "二、下一步打算",
        "继续办好门户网站的各个栏目，及时发布招标投标信息，接受社会监督。",
        "2015年3月18日",
    ]
