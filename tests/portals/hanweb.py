"""Hanweb JCMS: pages whose rows are in a datastore, or only behind its proxy; the proxy gives one page at a time."""

from functools import partial
from urllib.parse import parse_qsl, urlsplit

from crawler.replica.server import Answer, Request
from tests.portals.markup import (
    ArticlePage,
    ListingPage,
    Listings,
    Markup,
    Page,
    Row,
    files_of,
    page_of,
    paragraphs,
    whole,
)
from tests.portals.world import CHANNELS, Article

COLUMNS = {channel.key: 1001 + number for number, channel in enumerate(CHANNELS)}
_PROXY = "/module/web/jpage/dataproxy.jsp"
_ROWS = 10


def _column_path(channel: str) -> str:
    return f"/col/col{COLUMNS[channel]}/index.html"


def _proxy_path(channel: str, number: int) -> str:
    return f"{_PROXY}?columnid={COLUMNS[channel]}&startrecord={(number - 1) * _ROWS + 1}"


def _listing_path(channel: str, number: int) -> str:
    return _column_path(channel) if number == 1 else _proxy_path(channel, number)


def _proxied(request: Request) -> str:
    """The rows that a question to the proxy asks for: its span is in the address, the column in either place."""
    if not request.target.startswith(_PROXY):
        return request.target
    asked = dict(parse_qsl(urlsplit(request.target).query) + parse_qsl(request.body.decode()))
    channel = next((key for key, column in COLUMNS.items() if str(column) == asked.get("columnid")), "")
    if not channel or (request.method == "POST" and not {"webid", "unitid", "path"} <= asked.keys()):
        return "/refused"
    return _proxy_path(channel, (int(asked["startrecord"]) - 1) // _ROWS + 1)


def _article_path(article: Article, part: int) -> str:
    day = article.published
    return f"/art/{day.year}/{day.month}/{day.day}/art_{COLUMNS[article.channel]}_{article.id}.html"


def _file_path(article: Article, place: int) -> str:
    return f"/module/download/downfile_{article.id}_{place}.{article.attachments[place].rpartition('.')[2]}"


def _record(row: Row) -> str:
    return (
        f"<record><![CDATA[<li><a href='{row.href}' target='_blank'>{row.article.title}</a>"
        f"<b>{row.article.published:%Y-%m-%d}</b></li>]]></record>"
    )


def _datastore(page: ListingPage) -> str:
    records = "\n".join(map(_record, page.rows))
    return (
        f"<datastore><totalrecord>{page.total}</totalrecord><totalpage>{page.pages}</totalpage>"
        f"<recordset>{records}</recordset></datastore>"
    )


def _shell(key: str, name: str, store: str) -> str:
    script = (
        f"$('#pager').jpage({{perPage:{_ROWS}, proxyUrl:'{_PROXY}', ajaxParam: {{col:1, appid:1, webid:7, path:'/',"
        f" columnid:{COLUMNS[key]}, sourceContentType:1, unitid:'88', webname:'测试门户', permissiontype:0}}}});"
    )
    return whole(name, f'<div id="pager">{store}</div><script>{script}</script>')


def _listing(page: ListingPage) -> str:
    """The column's own page with the first rows in it, then what the proxy answers."""
    if page.number > 1:
        return _answered(page)
    return _shell(page.channel.key, page.channel.name, f'<script type="text/xml">{_datastore(page)}</script>')


def _answered(page: ListingPage) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>{_datastore(page)}'


def _article(page: ArticlePage) -> str:
    article = page.article
    text = f'<iframe id="main" src="{page.frame}"></iframe>' if page.frame else paragraphs(article.text)
    return whole(
        article.title,
        f'<div class="main"><p class="title">{article.title}</p>'
        f"<p>发布日期：{article.published:%Y-%m-%d %H:%M} 来源：测试局</p>"
        f'<div id="zoom">{text}{files_of(page)}</div></div>',
    )


def _frame(article: Article) -> str:
    return f'<html><body><div id="zoom">{paragraphs(article.text)}</div></body></html>'


def _shells(channels: tuple[str, ...], listings: Listings) -> dict[str, Page]:
    """The columns' own pages without a row."""
    return {_column_path(channel): page_of(_html, _shell(channel, channel, "")) for channel in channels}


def _html(text: str) -> Answer:
    return Answer(text.encode())


_common = partial(
    Markup,
    dialect="hanweb",
    article_path=_article_path,
    file_path=_file_path,
    frame_path=lambda article: f"/frame/{article.id}.html",
    article=_article,
    frame=_frame,
    route=_proxied,
)
MARKUPS = {
    "hanweb": _common(listing_path=_listing_path, listing=_listing),
    "hanweb-proxy": _common(listing_path=_proxy_path, listing=_answered, entry_path=_column_path, more=_shells),
}
