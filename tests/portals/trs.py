"""TRS WCM: a list whose pages only a script knows, and a table list; articles under year and month."""

from functools import partial

from tests.portals.markup import (
    ArticlePage,
    ListingPage,
    Markup,
    Row,
    cut,
    files_of,
    nothing,
    paragraphs,
    relative,
    whole,
)
from tests.portals.world import Article


def _folder(article: Article) -> str:
    return f"/{article.channel}/{article.published:%Y%m}/"


def _name(article: Article) -> str:
    return f"t{article.published:%Y%m%d}_{article.id}"


def _article_path(article: Article, part: int) -> str:
    return f"{_folder(article)}{_name(article)}{'' if part == 1 else f'_{part - 1}'}.html"


def _file_path(article: Article, place: int) -> str:
    suffix = article.attachments[place].rpartition(".")[2]
    return f"{_folder(article)}P02{article.published:%Y%m%d}{article.id:09d}{place}.{suffix}"


def _listing_path(stem: str, channel: str, number: int) -> str:
    return f"/{channel}/{stem}.html" if number == 1 else f"/{channel}/{stem}_{number - 1}.html"


def _item(row: Row) -> str:
    return (
        f'<li><a href="{row.href}" title="{row.article.title}" target="_blank">{cut(row.article.title)}</a>'
        f"<span>{row.article.published:%Y-%m-%d}</span></li>"
    )


def _list(page: ListingPage) -> str:
    rows = "\n".join(map(_item, page.rows))
    pager = f'<script>createPageHTML({page.pages}, {page.number - 1}, "index", "html");</script>'
    return whole(
        page.channel.name, f'<ul class="zwyw_list clearfix">{rows}</ul>{nothing(page)}<div class="page">{pager}</div>'
    )


def _cells(row: Row) -> str:
    return (
        f'<tr><td><p class="wid1 lf"><a href="{row.href}">{row.article.title}</a></p></td>'
        f'<td><span class="d wid3">{row.article.published:%Y-%m-%d}</span></td></tr>'
    )


def _table(page: ListingPage) -> str:
    rows = "\n".join(map(_cells, page.rows))
    pager = f"<script>var currentPage = {page.number - 1};\nvar countPage = {page.pages};</script>"
    head = "<tr><th>标题</th><th>发布日期</th></tr>"
    return whole(
        page.channel.name, f'<table class="list">{head}{rows}</table>{nothing(page)}<div class="page">{pager}</div>'
    )


def _article(page: ArticlePage) -> str:
    article = page.article
    head = (
        f'<table class="table"><tr><td>标 题</td><td colspan="3">{article.title}</td></tr>'
        f"<tr><td>索引号</td><td></td><td>文 号</td><td></td></tr>"
        f"<tr><td>发布机构</td><td>测试局</td><td>发布日期</td>"
        f"<td>{article.published:%Y-%m-%d %H:%M:%S}</td></tr></table>"
    )
    text = f'<iframe id="main" src="{page.frame}"></iframe>' if page.frame else paragraphs(article.part(page.number))
    script = f'createPageHTML({article.parts}, {page.number - 1}, "{_name(article)}", "html");'
    turns = f"<script>{script}</script>" if article.parts > 1 else ""
    return whole(article.title, f'{head}<div class="vw-art-list">{text}{files_of(page)}</div>{turns}')


def _frame(article: Article) -> str:
    return f'<html><body><div class="TRS_Editor">{paragraphs(article.text)}</div></body></html>'


MARKUPS = {
    f"trs-{look}": Markup(
        dialect="trs",
        listing_path=partial(_listing_path, stem),
        article_path=_article_path,
        file_path=_file_path,
        frame_path=lambda article: f"{_folder(article)}W02{article.id}.html",
        listing=listing,
        article=_article,
        frame=_frame,
        link=relative,
        states_total=False,
    )
    for look, stem, listing in (("list", "index", _list), ("table", "list", _table))
}
