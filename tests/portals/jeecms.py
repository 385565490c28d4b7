"""JEECMS: three looks of its listings, one of its articles."""

from functools import partial

from tests.portals.markup import (
    ArticlePage,
    ListingPage,
    Listings,
    Markup,
    Page,
    Row,
    cut,
    files_of,
    no_more,
    page_of,
    paragraphs,
    whole,
)
from tests.portals.world import Article


def _folder_path(channel: str, number: int) -> str:
    return f"/{channel}/index.jhtml" if number == 1 else f"/{channel}/index_{number}.jhtml"


def _flat_path(channel: str, number: int) -> str:
    return f"/{channel}.jhtml" if number == 1 else f"/{channel}_{number}.jhtml"


def _article_path(article: Article, part: int) -> str:
    return f"/{article.channel}/{article.id}.jhtml" if part == 1 else f"/{article.channel}/{article.id}_{part}.jhtml"


def _file_path(article: Article, place: int) -> str:
    suffix = article.attachments[place].rpartition(".")[2]
    return f"/u/cms/www/{article.published:%Y%m}/{article.id:08d}{place}.{suffix}"


def _line(row: Row) -> str:
    return (
        f'<div class="c1-bline"><div class="f-left"><a href="{row.href}" title="{row.article.title}">'
        f'{cut(row.article.title)}</a></div><div class="f-right">{row.article.published:%Y-%m-%d}</div></div>'
    )


def _item(row: Row) -> str:
    return (
        f'<li><a href="{row.href}" title="{row.article.title}">{cut(row.article.title)}</a>'
        f"<span>[{row.article.published:%Y-%m-%d}]</span></li>"
    )


def _opened(row: Row) -> str:
    return (
        f"<li><p onclick=\"window.open('{row.href}')\"><span>[西藏]</span><span>{row.article.title}</span></p>"
        f"<p>{row.article.published:%Y-%m-%d}</p></li>"
    )


def _folders(channels: tuple[str, ...], listings: Listings) -> dict[str, Page]:
    return {f"/{channel}/": page_of(listings, channel, 1) for channel in channels}


LOOKS = {
    "lines": (_folder_path, _line, '<div class="c1-body">{rows}</div>', _folders),
    "list": (_flat_path, _item, '<ul class="list">{rows}</ul>', no_more),
    "onclick": (_flat_path, _opened, '<ul class="detail_content_right_box_content_ul">{rows}</ul>', no_more),
}


def _listing(look: str, page: ListingPage) -> str:
    _, row, frame, _ = LOOKS[look]
    rows = frame.format(rows="\n".join(map(row, page.rows)))
    following = f'<a href="{page.turns[page.number]}">下一页</a>' if page.number < page.pages else "下一页"
    pager = f"共 {page.total} 条 {page.number}/{page.pages}页 <a href='{page.turns[0]}'>首页</a> {following}"
    return whole(page.channel.name, f'{rows}<div class="pagination">{pager}</div>')


def _article(page: ArticlePage) -> str:
    article = page.article
    text = (
        f'<iframe id="main" name="main" src="{page.frame}"></iframe>'
        if page.frame
        else paragraphs(article.part(page.number))
    )
    turns = " ".join(f'<a href="{href}">{number}</a>' for number, href in enumerate(page.parts, 1))
    turns = f'<div class="pages">{turns}</div>' if len(page.parts) > 1 else ""
    return whole(
        article.title,
        f'<h1>{article.title}</h1><div class="info">发布时间：{article.published:%Y-%m-%d %H:%M}　来源：测试局</div>'
        f'<div class="x-main-news-content">{text}{files_of(page)}</div>{turns}',
    )


def _frame(article: Article) -> str:
    return f'<html><body><div id="myPrintArea">{paragraphs(article.text)}</div></body></html>'


MARKUPS = {
    f"jeecms-{look}": Markup(
        dialect="jeecms",
        listing_path=path,
        article_path=_article_path,
        file_path=_file_path,
        frame_path=lambda article: f"/frame/{article.id}.jhtml",
        listing=partial(_listing, look),
        article=_article,
        frame=_frame,
        more=more,
    )
    for look, (path, _, _, more) in LOOKS.items()
}
