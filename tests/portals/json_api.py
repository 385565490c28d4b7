"""Front ends filled from a JSON interface: rows with addresses by GET, or with ids alone by a posted question."""

import json
from functools import partial
from typing import Any

from crawler.replica.server import Request
from tests.portals.markup import ArticlePage, ListingPage, Markup, Row, files_of, paragraphs, whole
from tests.portals.world import Article

_ROWS = 10


def _got_path(channel: str, number: int) -> str:
    return f"/rest/v1/notice/select.do?channel={channel}&currPage={number}&pageSize={_ROWS}"


def _posted_path(channel: str, number: int) -> str:
    return f"/api/{channel}/list?current={number}"


def _asked(request: Request) -> str:
    if request.method != "POST" or not request.target.startswith("/api/"):
        return request.target
    return f"{request.target}?current={json.loads(request.body)['current']}"


def _page_path(article: Article, part: int) -> str:
    return f"/ggxx/info/{article.published:%Y}/{article.id}.html"


def _answer_path(article: Article, part: int) -> str:
    return f"/api/article?id={article.id}"


def _file_path(article: Article, place: int) -> str:
    return f"/upload/{article.id}_{place}.{article.attachments[place].rpartition('.')[2]}"


def _got_row(row: Row) -> dict[str, Any]:
    return {
        "noticeId": f"n{row.article.id}",
        "pageurl": row.href,
        "title": row.article.title,
        "addtimeStr": f"{row.article.published:%Y-%m-%d %H:%M}",
        "openTime": "2030-01-01 09:30:00",
    }


def _posted_row(row: Row) -> dict[str, Any]:
    """A row as front ends with routes have it: an id, and an address only where the page is elsewhere."""
    own = row.href == _answer_path(row.article, 1)
    return {
        "id": str(row.article.id) if own else None,
        "url": None if own else row.href,
        "noticeTitle": f"<font color=red>{row.article.title}</font>",
        "publishTime": int(row.article.published.timestamp() * 1000),
        "endTime": int(row.article.published.timestamp() * 1000) + 86_400_000,
    }


def _got(page: ListingPage) -> str:
    return json.dumps({"code": "200", "total": page.total, "data": list(map(_got_row, page.rows))}, ensure_ascii=False)


def _posted(page: ListingPage) -> str:
    data = {
        "records": list(map(_posted_row, page.rows)),
        "total": page.total,
        "size": _ROWS,
        "current": page.number,
        "pages": page.pages,
    }
    return json.dumps({"code": 200, "msg": "success", "data": data}, ensure_ascii=False)


def _page(page: ArticlePage) -> str:
    article = page.article
    text = f'<iframe id="main" src="{page.frame}"></iframe>' if page.frame else paragraphs(article.text)
    return whole(
        article.title,
        f'<h1>{article.title}</h1><div class="info">发布时间：{article.published:%Y-%m-%d %H:%M}</div>'
        f'<div class="notice-con">{text}{files_of(page)}</div>',
    )


def _answer(page: ArticlePage) -> str:
    article = page.article
    data = {
        "id": str(article.id),
        "noticeTitle": article.title,
        "publishTime": f"{article.published:%Y-%m-%d %H:%M}:00",
        "content": paragraphs(article.text),
        "files": [{"fileName": name, "fileUrl": href} for name, href in page.files],
    }
    return json.dumps({"code": 200, "data": data}, ensure_ascii=False)


def _frame(article: Article) -> str:
    return f'<html><body><div class="notice-con">{paragraphs(article.text)}</div></body></html>'


_common = partial(
    Markup, dialect="json_api", file_path=_file_path, frame_path=lambda a: f"/frame/{a.id}.html", frame=_frame
)
MARKUPS = {
    "json_api-get": _common(listing_path=_got_path, article_path=_page_path, listing=_got, article=_page),
    "json_api-post": _common(
        listing_path=_posted_path,
        article_path=_answer_path,
        listing=_posted,
        article=_answer,
        route=_asked,
        entry_path=lambda channel: f"/api/{channel}/list",
        params=lambda channel: '{ method = "POST", article = "/api/article?id={id}" }',
    ),
}
