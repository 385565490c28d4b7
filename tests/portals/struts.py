"""A Struts portal: actions with a page parameter, and details whose text is in an iframe."""

from tests.portals.markup import (
    ArticlePage,
    ListingPage,
    Listings,
    Markup,
    Page,
    Row,
    cut,
    files_of,
    nothing,
    page_of,
    paragraphs,
    whole,
)
from tests.portals.world import Article

VIEWS = {"zbgg": "tenderNoticeView", "zhbgg": "preAwardNoticeView"}


def _listing_path(channel: str, number: int) -> str:
    return f"/xz/publish-notice!{VIEWS.get(channel, f'{channel}View')}.do?PAGE={number}"


def _article_path(article: Article, part: int) -> str:
    return f"/xz/publish-notice!detail.do?id={article.id}" + ("" if part == 1 else f"&part={part}")


def _file_path(article: Article, place: int) -> str:
    return f"/xz/upload/{article.id}_{place}.{article.attachments[place].rpartition('.')[2]}"


def _row(row: Row) -> str:
    return (
        f'<li><p><a href="{row.href}" title="{row.article.title}">{cut(row.article.title)}</a></p>'
        f'<span class="jr-t-date">{row.article.published:%Y-%m-%d %H:%M}</span></li>'
    )


def _listing(page: ListingPage) -> str:
    rows = "\n".join(map(_row, page.rows))
    following = f'<a href="{page.turns[page.number]}">下一页</a>' if page.number < page.pages else ""
    pager = f'<div class="pagination">当前{page.number}/{page.pages}页 {following}</div>'
    return whole(page.channel.name, f'<ul class="x-main-jr-top-content">{rows}</ul>{nothing(page)}{pager}')


def _article(page: ArticlePage) -> str:
    article = page.article
    turns = " ".join(f'<a href="{href}">{number}</a>' for number, href in enumerate(page.parts, 1))
    turns = f'<div class="pages">{turns}</div>' if len(page.parts) > 1 else ""
    return whole(
        article.title,
        f'<h2>{article.title}</h2><div class="jr-d-date">发布日期：{article.published:%Y-%m-%d %H:%M}</div>'
        f'<iframe id="main" name="main" src="{page.frame}" width="100%"></iframe>{files_of(page)}{turns}',
    )


def _frame(article: Article) -> str:
    return f'<html><body><div id="myPrintArea">{paragraphs(article.text)}</div><a href="#">打印</a></body></html>'


def _without_number(channels: tuple[str, ...], listings: Listings) -> dict[str, Page]:
    return {_listing_path(channel, 1).partition("?")[0]: page_of(listings, channel, 1) for channel in channels}


MARKUPS = {
    "struts": Markup(
        dialect="struts",
        listing_path=_listing_path,
        article_path=_article_path,
        file_path=_file_path,
        frame_path=lambda article: f"/xz/notice-body!show.do?id={article.id}",
        listing=_listing,
        article=_article,
        frame=_frame,
        more=_without_number,
        framed=True,
        states_total=False,
    )
}
