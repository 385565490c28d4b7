"""Epoint 新点: numbered pages, and the search service that is posted its question as JSON."""

import json
from functools import partial

from crawler.replica.server import Request
from tests.portals.markup import ArticlePage, ListingPage, Markup, Row, cut, files_of, paragraphs, whole
from tests.portals.world import CHANNELS, Article

CATEGORIES = {channel.key: f"00100{number}001" for number, channel in enumerate(CHANNELS, start=1)}
SERVICE = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
_ROWS = 10


def _folder(channel: str) -> str:
    return f"/jyxx/{CATEGORIES[channel][:6]}/{CATEGORIES[channel]}"


def _numbered_path(channel: str, number: int) -> str:
    return f"{_folder(channel)}/about.html" + ("" if number == 1 else f"?pageing={number}")


def _searched_path(channel: str, number: int) -> str:
    return f"{SERVICE}?categorynum={CATEGORIES[channel]}&pn={(number - 1) * _ROWS}"


def _asked(request: Request) -> str:
    """What a posted question asks for. The service gives ten rows at a time, whatever rn says."""
    if request.method != "POST" or request.target != SERVICE:
        return request.target
    body = json.loads(request.body)
    category = body["condition"][0]["equal"]
    return f"{SERVICE}?categorynum={category}&pn={body['pn'] // _ROWS * _ROWS}"


def _article_path(article: Article, part: int) -> str:
    return (
        f"{_folder(article.channel)}/{article.published:%Y%m%d}/{article.id:08d}-aaaa-bbbb-cccc-{article.id:012d}.html"
    )


def _file_path(article: Article, place: int) -> str:
    return f"/TPFrame/attach/{article.id}_{place}.{article.attachments[place].rpartition('.')[2]}"


def _item(row: Row) -> str:
    return (
        f'<li class="ewb-list-node"><a href="{row.href}" title="{row.article.title}">{cut(row.article.title)}</a>'
        f'<span class="ewb-list-date">{row.article.published:%Y-%m-%d}</span></li>'
    )


def _numbered(page: ListingPage) -> str:
    rows = "\n".join(map(_item, page.rows))
    following = f'<a href="{page.turns[page.number]}">下页 &gt;</a>' if page.number < page.pages else "<a>下页 &gt;</a>"
    pager = f'<div class="pagemargin">总记录数:{page.total} {page.number}/{page.pages} {following}</div>'
    return whole(page.channel.name, f'<ul class="ewb-list">{rows}</ul>{pager}')


def _searched(page: ListingPage) -> str:
    records = [
        {
            "title": row.article.title.replace("项目", "<em style='color:red'>项目</em>"),
            "webdate": f"{row.article.published:%Y-%m-%d %H:%M:%S}",
            "linkurl": row.href,
            "categorynum": CATEGORIES[page.channel.key],
            "categoryname": page.channel.name,
            "infoid": f"{row.article.id:08d}",
            "content": "".join(row.article.text)[:80],
        }
        for row in page.rows
    ]
    categories = [{"categorynum": "001", "categoryname": "交易信息", "count": str(page.total)}]
    result = {"totalcount": page.total, "categorys": categories, "records": records, "executetime": "0.01"}
    return json.dumps({"result": result}, ensure_ascii=False)


def _article(page: ArticlePage) -> str:
    article = page.article
    text = f'<iframe id="main" src="{page.frame}"></iframe>' if page.frame else paragraphs(article.text)
    return whole(
        article.title,
        f'<h3 class="article-title">{article.title}</h3>'
        f'<div class="info-source">【信息时间：{article.published:%Y-%m-%d %H:%M}】</div>'
        f'<div class="news-article-para">{text}{files_of(page)}</div>',
    )


def _frame(article: Article) -> str:
    return f'<html><body><div class="news-article-para">{paragraphs(article.text)}</div></body></html>'


_common = partial(
    Markup,
    dialect="epoint",
    article_path=_article_path,
    file_path=_file_path,
    frame_path=lambda article: f"/frame/{article.id}.html",
    article=_article,
    frame=_frame,
)
MARKUPS = {
    "epoint-list": _common(listing_path=_numbered_path, listing=_numbered),
    "epoint-search": _common(
        listing_path=_searched_path,
        listing=_searched,
        route=_asked,
        entry_path=lambda channel: f"{_folder(channel)}/trade.html",
        params=lambda channel: f'{{ categorynum = "{CATEGORIES[channel]}" }}',
    ),
}
