"""What pages consist of: several parts, frames, files, charsets, and what cannot be read."""

import re
from dataclasses import replace

from crawler.replica.server import Answer, Request
from tests.portals.markup import Page
from tests.portals.scene import Fault, Scene
from tests.portals.world import Article

_UTF8 = re.compile(r"charset=utf-8", re.IGNORECASE)


def _html_of(answer: Answer) -> str:
    """The page's text, "" for a file and for what is no text."""
    if not answer.content_type.startswith("text/html"):
        return ""
    try:
        return answer.body.decode()
    except UnicodeDecodeError:
        return ""


def _as_gbk(scene: Scene, request: Request, answer: Answer) -> Answer:
    html = _html_of(answer)
    return replace(answer, body=html.encode("gb18030")) if html else answer


def _as_gb2312(scene: Scene, request: Request, answer: Answer) -> Answer:
    html = _html_of(answer)
    if not html:
        return answer
    body = _UTF8.sub("charset=gb2312", html).encode()
    return replace(answer, body=body, content_type="text/html; charset=gb2312")


def _gone(scene: Scene, request: Request, answer: Answer) -> Answer:
    return Answer("<html><body>您访问的页面不存在或已删除</body></html>".encode(), 404)


def _garbage(scene: Scene, request: Request, answer: Answer) -> Answer:
    return replace(answer, body=bytes(value * value % 251 for value in range(4000)))


def _emptied(scene: Scene, request: Request, answer: Answer) -> Answer:
    return replace(answer, body=b"<html><head><title></title></head><body><div></div></body></html>")


def _lost_file(scene: Scene, article: Article) -> dict[str, Page]:
    last = len(article.attachments) - 1
    return {scene.markup.file_path(article, last): lambda _: Answer(b"no such file", 404, "text/plain")}


def _alarming(article: Article, plain: Article) -> Article:
    title = f"曲水县网站改版升级及系统维护服务项目{article.id}号招标公告"
    text = (
        "预算金额为404万元，服务期内服务器迁移、系统维护由中标人负责，页面不存在错误链接；禁止访问的目录由采购人指定。"
    )
    return replace(article, title=title, text=(text, *article.text[1:]))


FAULTS = {
    "alarming_words": Fault(
        "An article is about what error pages talk about: maintenance, a number 404", articles=1, shape=_alarming
    ),
    "many_parts": Fault(
        "A text is broken into three pages",
        articles=1,
        dialects=frozenset({"jeecms", "trs"}),
        shape=lambda article, plain: replace(article, parts=3, text=article.text[:3]),
    ),
    "framed": Fault("A text is in an iframe", articles=1, shape=lambda article, plain: replace(article, framed=True)),
    "attachments": Fault(
        "An article brings files along",
        articles=1,
        shape=lambda article, plain: replace(article, attachments=("招标文件.pdf", "报名表.doc", "工程量清单.xls")),
    ),
    "lost_attachment": Fault(
        "One of an article's files is not there",
        articles=1,
        shape=lambda article, plain: replace(article, attachments=("图纸.pdf", "补充说明.doc")),
        routes=_lost_file,
    ),
    "gbk_as_utf8": Fault("Pages are GBK and declared as UTF-8", answer=_as_gbk),
    "utf8_as_gb2312": Fault("Pages are UTF-8 and declared as GB2312", answer=_as_gb2312),
    "gone": Fault("A listed article is a 404", articles=1, readable=False, answer=_gone),
    "garbage": Fault("A listed article is noise", articles=1, readable=False, answer=_garbage),
    "bodyless": Fault("A listed article has neither title nor text", articles=1, readable=False, answer=_emptied),
}
