"""ASP.NET WebForms: pages are turned by posting the form back, with its state and within the session."""

from dataclasses import replace
from urllib.parse import parse_qsl

from crawler.replica.server import Answer, Request
from tests.portals.markup import ArticlePage, ListingPage, Markup, Row, cut, files_of, nothing, paragraphs, whole
from tests.portals.world import Article

_SESSION = "ASP.NET_SessionId=0123456789abcdef"
_PAGER = "ctl00$Main$AspNetPager1"


def _listing_path(channel: str, number: int) -> str:
    return f"/{channel}/List.aspx" + ("" if number == 1 else f"?state={number}")


def _state(number: int) -> str:
    return f"/wEPDwUKMTk+{number}+4MDY3ODc5Nw9kFgI="


def _clicked(request: Request) -> str:
    """The page that a click leads to: only with the state of a page that was served, and in the session."""
    if request.method != "POST" or not request.target.endswith("/List.aspx"):
        return request.target
    posted = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    number = posted.get("__EVENTARGUMENT", "")
    right = (
        posted.get("__EVENTTARGET") == _PAGER
        and posted.get("__VIEWSTATE", "").startswith("/wEPDwUKMTk+")
        and posted.get("__EVENTVALIDATION") == "/wEWAg=="
        and posted.get("ctl00$Main$Area") == "540000"
        and "ctl00$Main$Search" not in posted
        and _SESSION in request.header("cookie")
    )
    channel = request.target.split("/")[1]
    return _listing_path(channel, int(number)) if right and number.isdigit() else "/refused"


def _in_session(request: Request, answer: Answer) -> Answer:
    if not request.target.partition("?")[0].endswith("/List.aspx"):
        return answer
    return replace(answer, headers=(*answer.headers, ("Set-Cookie", f"{_SESSION}; path=/; HttpOnly")))


def _article_path(article: Article, part: int) -> str:
    return f"/{article.channel}/Show.aspx?InfoID={article.id}"


def _file_path(article: Article, place: int) -> str:
    return f"/UpFile/{article.id}_{place}.{article.attachments[place].rpartition('.')[2]}"


def _cells(row: Row) -> str:
    return (
        f'<tr><td><a href="{row.href}" title="{row.article.title}">{cut(row.article.title)}</a></td>'
        f"<td>{row.article.published:%Y-%m-%d}</td></tr>"
    )


def _click(number: int, words: str) -> str:
    return f'<a href="javascript:__doPostBack(&#39;{_PAGER}&#39;,&#39;{number}&#39;)">{words}</a>'


def _listing(page: ListingPage) -> str:
    rows = "\n".join(map(_cells, page.rows))
    numbers = " ".join(
        f"<span>{number}</span>" if number == page.number else _click(number, str(number))
        for number in range(1, page.pages + 1)
    )
    following = _click(page.number + 1, "下一页") if page.number < page.pages else '<a disabled="disabled">下一页</a>'
    pager = f'<div id="AspNetPager1">共{page.pages}页 {numbers} {following}</div>'
    hidden = {
        "__EVENTTARGET": "",
        "__EVENTARGUMENT": "",
        "__VIEWSTATE": _state(page.number),
        "__EVENTVALIDATION": "/wEWAg==",
    }
    inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in hidden.items())
    area = (
        '<select name="ctl00$Main$Area"><option value="">全部</option>'
        '<option value="540000" selected="selected">西藏</option></select>'
        '<input type="submit" name="ctl00$Main$Search" value="查询">'
    )
    return whole(
        page.channel.name,
        f'<form method="post" action="./List.aspx" id="aspnetForm"><div>{inputs}</div>{area}'
        f'<table id="GridView1">{rows}</table>{nothing(page)}{pager}</form>',
    )


def _article(page: ArticlePage) -> str:
    article = page.article
    text = f'<iframe id="main" src="{page.frame}"></iframe>' if page.frame else paragraphs(article.text)
    return whole(
        article.title,
        f'<form method="post" action="./Show.aspx"><input type="hidden" name="__VIEWSTATE" value="{_state(0)}">'
        f'<table><tr><td align="center"><span id="lblTitle">{article.title}</span></td></tr><tr><td align="center">'
        f'发布时间：<span id="lblDate">{article.published:%Y-%m-%d %H:%M}</span></td></tr></table>'
        f'<div id="lblContent">{text}{files_of(page)}</div></form>',
    )


def _frame(article: Article) -> str:
    return f'<html><body><div id="lblContent">{paragraphs(article.text)}</div></body></html>'


MARKUPS = {
    "aspnet": Markup(
        dialect="aspnet",
        listing_path=_listing_path,
        article_path=_article_path,
        file_path=_file_path,
        frame_path=lambda article: f"/Body.aspx?id={article.id}",
        listing=_listing,
        article=_article,
        frame=_frame,
        route=_clicked,
        dress=_in_session,
        states_total=False,
    )
}
