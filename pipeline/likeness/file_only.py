"""Pages that only point to a file: the file's text is the notice."""

import re

from pipeline.likeness.fingerprint import SAYS_NOTHING, body_of
from pipeline.model import Notice

LONGEST_THIN = 400  # characters of a text that may still say nothing but where the file is
_POINTS = re.compile(
    r"详见附件|见附件|附件下载|下载附件|查看附件|点击下载|请下载|附件[:：]|附件\d|查看(?:全文|详情|原文)|在线预览|公告附件|文件下载"
)
_ENOUGH = 120  # plain characters of a text that says something besides 详见附件


def is_thin(notice: Notice) -> bool:
    """True when the page has files and its own text says nothing, or little more than to look into them."""
    if not notice.attachments or len(notice.text) > LONGEST_THIN:
        return False
    said = len(body_of(notice))
    return said < SAYS_NOTHING or (said < _ENOUGH and _POINTS.search(notice.text) is not None)
