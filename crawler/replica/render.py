"""Pages of the replica in JEECMS's markup. What every page repeats is encoded once, so a page costs little to serve."""

from dataclasses import dataclass
from html import escape

from crawler.replica.bodies import attached, parts_of
from crawler.replica.compose import ComposedArticle
from crawler.replica.places import PREFECTURES
from crawler.replica.world import COLUMNS, ROWS, ReplicaChannel, World, path_of

SITE = "高原建设网（演示复制品）"
BANNER = "本站为演示复制品 replica：全部内容由程序编写，与任何真实项目、单位、个人无关"
SHOWN = 22  # characters of a title that a listing shows; the whole one is in its title attribute
OTHER_PAGES = ("机构职能设置", "领导简介", "办事流程", "政策法规", "标准定额", "资质查询", "表格下载", "网上投诉")

STYLE = """
body{font:14px/1.8 SimSun,serif;margin:0;color:#333;background:#f4f6f9}a{color:#134f8f;text-decoration:none}
.banner{background:#b00;color:#fff;text-align:center;padding:4px}
.top,.main,.foot{width:980px;margin:0 auto;background:#fff}
.nav li{display:inline-block;margin:0 12px;list-style:none}.left{float:left;width:690px;padding:10px}
.right{float:right;width:230px;padding:10px}.c1-bline{height:30px;border-bottom:1px dashed #ccc}.f-left{float:left}
.f-right{float:right;color:#888}.cl{clear:both}.pagination{text-align:center;padding:14px}
.x-main-news h1{font-size:20px}.x-main-news h1,.x-main-news-info{text-align:center}
.foot{text-align:center;padding:16px;border-top:3px solid #134f8f}
"""
SCRIPT = """
var _hmt=_hmt||[];function setTab(name,cursel,n){for(var i=1;i<=n;i++){var m=document.getElementById(name+i);
var c=document.getElementById("con_"+name+"_"+i);m.className=i==cursel?"hover":"";
c.style.display=i==cursel?"block":"none"}}
function today(){var d=new Date(),w="日一二三四五六";
return d.getFullYear()+"年"+(d.getMonth()+1)+"月"+d.getDate()+"日 星期"
+w.charAt(d.getDay())}
function addFavorite(u,t){try{window.external.AddFavorite(u,t)}catch(e){alert("请使用Ctrl+D收藏")}}
function doZoom(size){document.getElementById("zoom").style.fontSize=size+"px"}
"""


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
    offices = "".join(f'<option value="">{prefecture}住房和城乡建设局</option>' for prefecture in PREFECTURES)
    counties = "".join(
        f'<option value="">{county}建设局</option>' for names in PREFECTURES.values() for county in names.split()
    )
    return f"""<div class="banner">{BANNER}</div>
<div class="top"><div class="logo"><a href="/">{SITE}</a></div><script type="text/javascript">{SCRIPT}</script>
<form action="javascript:void(0)" method="get"><input type="text" name="q" value=""/>
<input type="submit" value="站内搜索"/></form>
<div class="nav"><ul><li><a href="/">首页</a></li>{items}</ul><ul class="nav2">{others}</ul></div>
<div class="links"><select name="a"><option>地市主管部门</option>{offices}</select>
<select name="b"><option>县区主管部门</option>{counties}</select></div></div>
<div class="main"><div class="left"><div class="position">当前位置：<a href="/">首页</a> &gt; {name}</div>"""


def _bottom(world: World) -> str:
    hot = "".join(
        f'<li><a href="{path_of(article)}" title="{escape(article.title)}">{escape(_cut(article.title, 14))}</a>'
        f"<span>{article.published:%m-%d}</span></li>"
        for article in world.hot
    )
    return f"""</div><div class="right"><div class="hot"><h3>热点信息</h3><ul>{hot}</ul></div>
<div class="service"><h3>办事指南</h3><ul>{"".join(f"<li>{name}</li>" for name in OTHER_PAGES)}</ul></div></div>
<div class="cl"></div></div><div class="foot"><p>{SITE}　主办：演示复制品　{BANNER}</p>
<p>建议使用1024*768以上分辨率浏览　<a href="/report/2014.html">2014年度报告（复制品）</a></p></div></body></html>"""


def _cut(title: str, length: int) -> str:
    return title if len(title) <= length else f"{title[: length - 1]}…"


def page(chrome: Chrome, column: str, title: str, content: str) -> bytes:
    """A whole page around the content."""
    head = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
<title>{escape(title)} - {SITE}</title><meta name="generator" content="JEECMS"/>
<style type="text/css">{STYLE}</style></head><body>
"""
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
    title = escape(article.title)
    shown = f"{article.published:%Y-%m-%d %H:%M}"
    content = f"""<div class="x-main"><div class="x-main-news"><h1>{title}</h1>
<div class="x-main-news-info">发布时间：{shown}　来源：{escape(article.project.owner)}　浏览次数：
<span id="views">{article.seed % 900}</span></div>
<div class="x-main-news-content" id="zoom">
{parts[number - 1]}
{_file_link(article) if number == len(parts) else ""}</div>{_turn(article, number, len(parts))}
<div class="x-main-news-tools">【<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a>】【<a
 href="javascript:window.print()">打印</a>】【<a href="javascript:window.close()">关闭</a>】</div></div></div>"""
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
