"""Pages of the replica in JEECMS's markup. What every page repeats is encoded once, so a page costs little to serve."""

from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from crawler.replica.bodies import attached, parts_of
from crawler.replica.compose import ComposedArticle
from crawler.replica.words import counties, words
from crawler.replica.world import COLUMNS, ROWS, ReplicaChannel, World, path_of

SITE = "高原建设网（演示复制品）"
BANNER = "本站为演示复制品 replica：全部内容由程序编写，与任何真实项目、单位、个人无关"
SHOWN = 22  # characters of a title that a listing shows; the whole one is in its title attribute
OTHER_PAGES = ("机构职能设置", "领导简介", "办事流程", "政策法规", "标准定额", "资质查询", "表格下载", "网上投诉")


@cache
def _template(name: str) -> Template:
    return Template(files("crawler.replica").joinpath("templates", f"{name}.html").read_text(encoding="utf-8"))


def filled(name: str, /, **values: object) -> str:
    """A template of the folder with its values."""
    return _template(name).substitute(values, site=SITE, banner=BANNER)


@dataclass(frozen=True)
class Chrome:
    """What stands before and after the content of every page of one column, encoded."""

    head: dict[str, bytes]
    foot: bytes
    world: World


def chrome_of(world: World) -> Chrome:
    """The frame of the world's pages: navigation, side bar, footer."""
    names = {column.key: column.name for column in COLUMNS} | {"": "首页"}
    return Chrome({key: _top(key, name).encode() for key, name in names.items()}, _bottom(world).encode(), world)


def _top(key: str, name: str) -> str:
    items = "".join(
        f'<li{" class=on" if c.key == key else ""}><a href="{c.path}index.jhtml">{c.name}</a></li>' for c in COLUMNS
    )
    others = "".join(f'<li><a href="javascript:void(0)">{other}</a></li>' for other in OTHER_PAGES)
    offices = "".join(f'<option value="">{prefecture}住房和城乡建设局</option>' for prefecture in words()["counties"])
    bureaus = "".join(f'<option value="">{county}建设局</option>' for _, county in counties())
    return filled("top", items=items, others=others, offices=offices, bureaus=bureaus, name=name)


def _bottom(world: World) -> str:
    hot = "".join(
        f'<li><a href="{path_of(article)}" title="{escape(article.title)}">{escape(_cut(article.title, 14))}</a>'
        f"<span>{article.published:%m-%d}</span></li>"
        for article in world.hot
    )
    return filled("bottom", hot=hot, services="".join(f"<li>{name}</li>" for name in OTHER_PAGES))


def _cut(title: str, length: int) -> str:
    return title if len(title) <= length else f"{title[: length - 1]}…"


def page(chrome: Chrome, column: str, title: str, content: str) -> bytes:
    """A whole page around the content."""
    head = filled("head", title=escape(title))
    return b"".join((head.encode(), chrome.head[column], content.encode(), chrome.foot))


def home(chrome: Chrome) -> bytes:
    """The first page: the newest of every column."""
    boxes = "".join(
        f'<div class="box"><h2><a href="{column.path}index.jhtml">{column.name}</a></h2>'
        f"{''.join(map(_row, chrome.world.listed[column.key][:6]))}</div>"
        for column in COLUMNS
    )
    return page(chrome, "", "首页", boxes)


def listing_pages(articles: tuple[ComposedArticle, ...]) -> int:
    """How many pages a listing has: an empty one has one."""
    return max(1, -(-len(articles) // ROWS))


def listing(chrome: Chrome, column: ReplicaChannel, number: int) -> bytes:
    """Page `number`, from 1, of a column's listing."""
    articles = chrome.world.listed[column.key]
    rows = "\n".join(map(_row, articles[(number - 1) * ROWS : number * ROWS]))
    pager = _pager(len(articles), number, listing_pages(articles))
    return page(chrome, column.key, column.name, f'<div class="c1-body">\n{rows}\n</div>{pager}')


def _row(article: ComposedArticle) -> str:
    title = escape(article.title)
    return (
        f'<div class="c1-bline"><div class="f-left"><a href="{path_of(article)}" title="{title}" target="_blank">'
        f'{escape(_cut(article.title, SHOWN))}</a></div><div class="f-right">{article.published:%Y-%m-%d}</div></div>'
    )


def _pager(total: int, number: int, pages: int) -> str:
    def link(target: int, text: str) -> str:
        name = "index.jhtml" if target == 1 else f"index_{target}.jhtml"
        return f'<a href="{name}">{text}</a>' if 1 <= target <= pages and target != number else text

    return (
        f'<div class="pagination">共 {total} 条 {number}/{pages}页 {link(1, "首页")} {link(number - 1, "上一页")} '
        f"{link(number + 1, '下一页')} {link(pages, '尾页')}</div>"
    )


def article_pages(article: ComposedArticle) -> int:
    """How many pages the article's text is broken into."""
    return len(parts_of(article))


def article_page(chrome: Chrome, article: ComposedArticle, number: int) -> bytes:
    """Page `number`, from 1, of an article."""
    parts = parts_of(article)
    content = filled(
        "article",
        title=escape(article.title),
        published=f"{article.published:%Y-%m-%d %H:%M}",
        owner=escape(article.project.owner),
        views=article.seed % 900,
        text=parts[number - 1],
        file=_file_link(article) if number == len(parts) else "",
        turn=_turn(article, number, len(parts)),
    )
    return page(chrome, article.channel, article.title, content)


def _turn(article: ComposedArticle, number: int, pages: int) -> str:
    if pages == 1:
        return ""
    names = [f"{article.id}.jhtml", *(f"{article.id}_{other}.jhtml" for other in range(2, pages + 1))]
    links = " ".join(
        f"<span>{place}</span>" if place == number else f'<a href="{name}">{place}</a>'
        for place, name in enumerate(names, 1)
    )
    following = f' <a href="{names[number]}">下一页</a>' if number < pages else ""
    return f'<div class="x-page">{links}{following}</div>'


def _file_link(article: ComposedArticle) -> str:
    name = attached(article)
    return f'<p>附件：<a href="{file_path(article)}">{name}</a></p>' if name else ""


def file_path(article: ComposedArticle) -> str:
    """The address of the article's attachment."""
    suffix = attached(article).rpartition(".")[2]
    return f"/u/cms/www/{article.signed:%Y%m}/{article.document:08d}{article.seed % 997:03d}.{suffix}"
