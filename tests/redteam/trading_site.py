"""A JEECMS portal that lists its notices in a table of numbers, names, days and regions."""

# ruff: noqa: E501  (lines of a page are as long as portals write them)

from tests.redteam.site import Site, chunks, esc
from tests.redteam.world import Told, notices


def trading_table() -> Site:
    """序号, 项目名称, 发布时间, 地区; class links before titles; an empty channel; short dates; rows that are files."""
    channels = [
        ("jy", "交易信息", "/jyxx/index.jhtml"),
        ("bz", "保障性住房", "/bzzf/index.jhtml"),
        ("xx", "信用信息", "/xyxx/index.jhtml"),
        ("wj", "文件下载", "/wjxz/index.jhtml"),
    ]
    site = Site("jeecms", channels, content_type="text/html; charset=UTF-8")
    told = notices("jy", "tender", 36, 4)
    for index, rows in enumerate(chunks(told, 12)):
        body = "".join(
            f'<tr><td>{index * 12 + n}</td><td class="l"><a href="/jyxx/{one.number}.jhtml">{esc(one.title)}</a></td>'
            f"<td>{one.day}</td><td>{one.title[:3]}</td></tr>"
            for n, one in enumerate(rows, 1)
        )
        table = f"<table class='tb'><thead><tr><th>序号</th><th>项目名称</th><th>发布时间</th><th>地区</th></tr></thead><tbody>{body}</tbody></table>"
        site.put(_page(channels[0][2], index), _trading("交易信息", table, channels[0][2], index, 3))
    _trading_articles(site, told, "/jyxx/")
    housing = notices("bz", "notice", 18, 4)
    for index, rows in enumerate(chunks(housing, 12)):
        body = "".join(
            f'<li>[<a href="/bzzf/{"gz" if n % 2 else "lz"}/index.jhtml">{"公租房" if n % 2 else "廉租房"}</a>] '
            f'<a href="/bzzf/{one.number}.jhtml" title="{esc(one.title)}">{esc(one.cut)}</a><i>{one.published:%m-%d}</i></li>'
            for n, one in enumerate(rows)
        )
        site.put(
            _page(channels[1][2], index),
            _trading("保障性住房", f"<ul class='lst'>{body}</ul>", channels[1][2], index, 2),
        )
    _trading_articles(site, housing, "/bzzf/")
    site.put(channels[2][2], _trading("信用信息", "<ul class='lst'></ul><p>暂无信息</p>", channels[2][2], 0, 1))
    files = notices("wj", "notice", 10, 4)
    listed = ""
    for n, one in enumerate(files):
        if n % 5 == 1:
            href = f"/u/cms/www/201411/{one.number}.pdf"
            site.put_file(href)
        elif n % 5 == 2:
            href = f"http://www.other.example/art/{one.number}.html"
        else:
            href = f"/wjxz/{one.number}.jhtml"
        listed += f'<li><a href="{href}">{esc(one.title)}</a><i>{one.day}</i></li>'
        if n % 5 in (1, 2):
            (site.files if n % 5 == 1 else site.foreign).add(("wj", one.title))
    site.put(channels[3][2], _trading("文件下载", f"<ul class='lst'>{listed}</ul>", channels[3][2], 0, 1))
    _trading_articles(site, [one for n, one in enumerate(files) if n % 5 not in (1, 2)], "/wjxz/")
    return site


def _page(path: str, index: int) -> str:
    return path if index == 0 else path.replace("index.jhtml", f"index_{index + 1}.jhtml")


def _trading(name: str, rows: str, path: str, index: int, pages: int) -> str:
    numbers = "".join(
        f'<span class="current">{n + 1}</span>' if n == index else f'<a href="{_page(path, n)}">{n + 1}</a>'
        for n in range(pages)
    )
    on = (
        f'<a href="{_page(path, index + 1)}">&gt;</a><a href="{_page(path, pages - 1)}">&raquo;</a>'
        if index + 1 < pages
        else ""
    )
    return (
        f'<html><head><meta charset="utf-8"><title>{name}-公共资源</title></head><body><div id="menu"><a href="/">首页</a><a href="/jyxx/index.jhtml">交易信息</a>'
        f'<a href="/bzzf/index.jhtml">保障性住房</a><a href="/xyxx/index.jhtml">信用信息</a><a href="/wjxz/index.jhtml">文件下载</a></div>'
        f'<div class="box"><h2>{name}</h2>{rows}<div class="pagination">{numbers}{on}</div></div>'
        '<div class="foot">联系电话：0000-5550000 2014年版权所有 <a href="/login.jspx">登录</a></div></body></html>'
    )


def _trading_articles(site: Site, told: list[Told], folder: str) -> None:
    for n, one in enumerate(told):
        text = "".join(f"<div>{esc(line)}</div>" for line in one.paragraphs)
        extra = (
            f'<p>附件：<a href="/u/cms/www/{one.number}.doc">招标文件.doc</a></p><table border="1"><tr><td>项目</td><td>金额</td></tr><tr><td>一标段</td><td>100.5</td></tr></table>'
            if n % 4 == 0
            else ""
        )
        site.put(
            f"{folder}{one.number}.jhtml",
            f'<html><head><meta charset="utf-8"><title>{esc(one.title)}</title></head><body><div id="menu"><a href="/">首页</a><a href="/jyxx/index.jhtml">交易信息</a></div>'
            f'<div class="box"><div class="bt">{esc(one.title)}</div><div class="fbt">信息来源：{one.office}　发布日期：{one.published:%Y-%m-%d %H:%M}　访问次数：[<span>12</span>]次　'
            f'字号：[ 大 中 小 ]　<a href="/print.jspx?id={one.number}">打印</a></div><div class="nr">{text}{extra}</div>'
            f'<div class="fx">分享：<a>QQ空间</a></div></div><div class="foot">联系电话：0000-5550000 2014年版权所有</div></body></html>',
        )
        if n % 4 == 0:
            site.put_file(f"/u/cms/www/{one.number}.doc")
    site.told += told
