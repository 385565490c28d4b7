"""Four portals as JEECMS makes them: v5 default, a 2008 table template, v9 cards, a trading table."""

# ruff: noqa: E501  (lines of a page are as long as portals write them)

from tests.redteam.site import Site, chunks, esc
from tests.redteam.world import Told, notices


def _around(told: list[Told], one: Told, path: str) -> str:
    at = told.index(one)
    before = told[at - 1] if at else None
    after = told[at + 1] if at + 1 < len(told) else None
    up = f'<a href="{path}{before.number}.jhtml" title="{before.title}">{before.title}</a>' if before else "没有了"
    down = f'<a href="{path}{after.number}.jhtml" title="{after.title}">{after.title}</a>' if after else "没有了"
    return f"<p>上一篇：{up}</p><p>下一篇：{down}</p>"


# --- v5, as delivered ------------------------------------------------------------------------------------------------


def default_v5() -> Site:
    """[置顶] rows, cut titles with @title, side lists of other channels, pager with a select; minute on the page."""
    channels = [
        ("zbgg", "招标公告", "/zbgg/index.jhtml"),
        ("zbgs", "中标公示", "/zbgs/index.jhtml"),
        ("hydt", "行业动态", "/hydt/index.jhtml"),
    ]
    site = Site("jeecms", channels, content_type="text/html;charset=UTF-8")
    told = {
        "zbgg": notices("zbgg", "tender", 43, 1),
        "zbgs": notices("zbgs", "tender", 20, 1),
        "hydt": notices("hydt", "news", 7, 1),
    }
    for key, name, path in channels:
        folder = path.removesuffix("index.jhtml")
        others = [one for other in told if other != key for one in told[other][:5]]
        side = "".join(
            f'<li><span class="fr">{one.published:%m-%d}</span><a href="/{one.channel}/{one.number}.jhtml" '
            f'title="{esc(one.title)}">{esc(one.cut[:12])}</a></li>'
            for one in others
        )
        pages = chunks(told[key], 20)
        for index, rows in enumerate(pages):
            top = [told[key][30]] if len(told[key]) > 30 else []
            body = "".join(_v5_row(one, True) for one in top) + "".join(_v5_row(one, False) for one in rows)
            page = _v5_page(name, folder, body, side, _v5_pager(folder, len(told[key]), index, len(pages)))
            site.put(f"{folder}index.jhtml" if index == 0 else f"{folder}index_{index + 1}.jhtml", page)
        for one in told[key]:
            text = "".join(f"<p>　　{esc(line)}</p>" for line in one.paragraphs)
            site.put(
                f"{folder}{one.number}.jhtml",
                _v5_article(name, folder, one, text, side, _around(told[key], one, folder)),
            )
        site.told += told[key]
    return site


def _v5_row(one: Told, top: bool) -> str:
    mark = '<font color="red">[置顶]</font>' if top else ""
    new = '<img src="/r/new.gif"/>' if one.number % 3 == 0 else ""
    return (
        f'<li><span class="date">{one.day}</span>{mark}<a href="/{one.channel}/{one.number}.jhtml" '
        f'title="{esc(one.title)}" target="_blank">{esc(one.cut)}</a>{new}</li>\n'
    )


def _v5_pager(folder: str, total: int, index: int, pages: int) -> str:
    def to(number: int) -> str:
        return f"{folder}index.jhtml" if number == 1 else f"{folder}index_{number}.jhtml"

    now = index + 1
    back = (
        f'<a href="{to(1)}">首页</a> <a href="{to(now - 1)}">上一页</a>'
        if index
        else '<a disabled="disabled">首页</a> <a disabled="disabled">上一页</a>'
    )
    on = (
        f'<a href="{to(now + 1)}">下一页</a> <a href="{to(pages)}">尾页</a>'
        if now < pages
        else '<a disabled="disabled">下一页</a> <a disabled="disabled">尾页</a>'
    )
    options = "".join(
        f'<option value="{to(n)}"{" selected" if n == now else ""}>{n}</option>' for n in range(1, pages + 1)
    )
    return (
        f'<div class="pagesite"><div>共{total}条记录 {now}/{pages}页 &nbsp;{back} {on} &nbsp;第'
        f'<select onchange="location.href=encodeURI(this.value)">{options}</select>页</div></div>'
    )


_V5_HEAD = (
    '<div class="top">今天是<script>document.write(new Date().toLocaleDateString())</script> <a href="/">设为首页</a></div>'
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zbgg/index.jhtml">招标公告</a></li>'
    '<li><a href="/zbgs/index.jhtml">中标公示</a></li><li><a href="/hydt/index.jhtml">行业动态</a></li>'
    '<li><a href="/lyb/index.jspx">留言板</a></li></ul></div>'
)
_V5_FOOT = (
    '<div class="foot"><p><a href="/about/1.jhtml">关于我们</a> | <a href="/map.jhtml">网站地图</a></p>'
    "<p>主办:市住房和城乡建设局 备案号:京ICP备05000001号-1 更新时间:2014-12-01 访问量:1024</p></div>"
)


def _v5_page(name: str, folder: str, rows: str, side: str, pager: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{name} - 甲市建设网</title></head><body>{_V5_HEAD}'
        f'<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="{folder}index.jhtml">{name}</a> &gt; 列表</div>'
        f'<div class="left"><h3>最新公告 <a href="/zbgs/index.jhtml">更多&gt;&gt;</a></h3><ul class="side">{side}</ul></div>'
        f'<div class="right"><ul class="list">\n{rows}</ul>{pager}</div>{_V5_FOOT}</body></html>'
    )


def _v5_article(name: str, folder: str, one: Told, text: str, side: str, around: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{esc(one.title)}-甲市建设网</title></head><body>{_V5_HEAD}'
        f'<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="{folder}index.jhtml">{name}</a> &gt; 正文</div>'
        f'<div class="left"><h3>最新公告</h3><ul class="side">{side}</ul></div><div class="right"><h1>{esc(one.title)}</h1>'
        f'<div class="msgbar">发布时间： {one.published:%Y-%m-%d %H:%M:%S} &nbsp; 作者： 管理员 &nbsp; 来源： {one.office} '
        f'【字体：<a href="javascript:z(1)">大</a> <a href="javascript:z(2)">中</a> <a href="javascript:z(3)">小</a>】 '
        f'浏览：<span id="views">0</span> 次</div><div class="summary"><strong>摘要：</strong>{one.paragraphs[0][:30]}……</div>'
        f'<div class="content" id="fontzoom">{text}</div><div class="share">分享到：<a href="#">微博</a><a href="#">微信</a></div>'
        f'<div class="updown">{around}</div><div class="pl"><h4>我要评论</h4><form action="/comment.jspx"><textarea></textarea></form></div>'
        f"</div>{_V5_FOOT}</body></html>"
    )


# --- a template of 2008: tables, fonts, upper case, GBK ---------------------------------------------------------------


def tables_2008() -> Site:
    """x.jhtml and x_2.jhtml, [2014/06/03], titles split by <br>, unclosed cells, day only, GBK by http-equiv."""
    channels = [
        ("tz", "通知公告", "/tzgg.jhtml"),
        ("zb", "招标信息", "/zbxx.jhtml"),
        ("dt", "工作动态", "/gzdt.jhtml"),
    ]
    site = Site("jeecms", channels, charset="gbk")
    kinds = {"tz": ("notice", 33), "zb": ("tender", 15), "dt": ("news", 16)}
    for key, name, path in channels:
        told = notices(key, *kinds[key], 2, minute=False)
        folder = path.removesuffix(".jhtml") + "/"
        pages = chunks(told, 15)
        for index, rows in enumerate(pages):
            body = "".join(
                f'<TR><TD width=15 align=center><IMG src="/images/dot.gif" width=5>'
                f'<TD height=25><A class=a12 href="{folder}{one.number}.jhtml" target=_blank><FONT color=#333333>{one.title}</FONT></A>'
                f"<TD width=90 align=right><FONT color=#999999>[{one.published:%Y/%m/%d}]</FONT>\n"
                f'<TR><TD colspan=3 background="/images/line.gif" height=1>\n'
                for one in rows
            )
            site.put(
                path if index == 0 else path.replace(".jhtml", f"_{index + 1}.jhtml"),
                _old_list(name, path, body, len(told), index, len(pages)),
            )
        for one in told:
            site.put(f"{folder}{one.number}.jhtml", _old_article(name, one))
        site.told += told
    return site


_OLD_HEAD = (
    '<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=gb2312"><TITLE>{title}</TITLE>'
    '<SCRIPT language=JavaScript src="/js/menu.js"></SCRIPT></HEAD><BODY topmargin=0 leftmargin=0>'
    "<TABLE width=980 border=0 cellpadding=0 cellspacing=0 align=center><TR><TD><IMG src=/images/top.jpg>"
    '<TR><TD bgcolor=#0066cc><A href="/"><FONT color=white>首 页</FONT></A> | <A href="/tzgg.jhtml"><FONT color=white>通知公告</FONT></A> | '
    '<A href="/zbxx.jhtml"><FONT color=white>招标信息</FONT></A> | <A href="/gzdt.jhtml"><FONT color=white>工作动态</FONT></A>'
    "<TR><TD>您现在的位置：首页 &gt;&gt; {name}</TABLE>"
)
_OLD_FOOT = (
    "<TABLE width=980 align=center><TR><TD align=center><HR><FONT size=2>版权所有：市建设局 地址：建设路1号<BR>"
    '陇ICP备06000002号 您是第<SCRIPT src="/count.js"></SCRIPT>位访客</FONT></TABLE></BODY></HTML>'
)


def _old_list(name: str, path: str, rows: str, total: int, index: int, pages: int) -> str:
    stem, now = path.removesuffix(".jhtml"), index + 1
    on = (
        f'<A href="{stem}_{now + 1}.jhtml">下页</A> <A href="{stem}_{pages}.jhtml">末页</A>'
        if now < pages
        else "下页 末页"
    )
    back = (
        f'<A href="{path}">首页</A> <A href="{stem + (f"_{now - 1}" if now > 2 else "")}.jhtml">上页</A>'
        if index
        else "首页 上页"
    )
    return (
        _OLD_HEAD.format(title=f"{name}_市建设局", name=name)
        + '<TABLE width=980 align=center><TR><TD width=200 valign=top><TABLE><TR><TD><B>友情链接</B><TR><TD><SELECT onchange="window.open(this.value)">'
        '<OPTION>--各省建设厅--<OPTION value="http://a.example/">甲省建设厅<OPTION value="http://b.example/">乙省建设厅</SELECT></TABLE>'
        f"<TD valign=top><TABLE width=100%><TR><TD colspan=3><B>{name}</B>{rows}"
        f"<TR><TD colspan=3 align=center>共有<FONT color=red>{total}</FONT>条记录 页次:<B>{now}</B>/{pages}页 每页15条 {back} {on}</TABLE></TABLE>"
        + _OLD_FOOT
    )


def _old_article(name: str, one: Told) -> str:
    half = len(one.title) // 2
    lines = f"{one.title[:half]}<BR>{one.title[half:]}"
    text = "".join(
        f"<P class=MsoNormal style='TEXT-INDENT: 21pt'><SPAN lang=EN-US><FONT face=宋体>{line}</FONT></SPAN>"
        for line in one.paragraphs
    )
    return (
        _OLD_HEAD.format(title=f"市建设局--{name}", name=name)
        + f"<TABLE width=980 align=center><TR><TD align=center height=60><B><FONT size=4 color=#cc0000>{lines}</FONT></B>"
        f"<TR><TD align=center><FONT size=2>【{one.published:%Y年}{one.published.month}月{one.published.day}日】 【作者/来源：{one.office}】 【阅读：<SCRIPT src='/hits.js'></SCRIPT>次】 【关闭】</FONT>"
        f"<TR><TD class=content>{text}<P align=right>{one.office}<P align=right>{one.published:%Y年%m月%d日}"
        "<TR><TD align=right><A href='javascript:window.print()'>打印本页</A> <A href='javascript:window.close()'>关闭窗口</A></TABLE>"
        + _OLD_FOOT
    )


# --- v9: cards with picture, abstract and a split date ------------------------------------------------------------------


def cards_v9() -> Site:
    """Day and month in two elements, abstracts, page numbers by a script function, subtitles, 06月03日 spelled out."""
    channels = [
        ("xw", "新闻中心", "/xwzx/index.jhtml"),
        ("gs", "公示公告", "/gsgg/index.jhtml"),
        ("tp", "图片新闻", "/tpxw/index.jhtml"),
    ]
    site = Site("jeecms", channels, content_type="text/html;charset=utf-8")
    kinds = {"xw": ("news", 24), "gs": ("notice", 30), "tp": ("news", 6)}
    for key, name, path in channels:
        told = notices(key, *kinds[key], 3)
        folder = path.removesuffix("index.jhtml")
        pages = chunks(told, 10)
        for index, rows in enumerate(pages):
            body = "".join(
                f'<div class="news-item clearfix"><div class="time"><b>{one.published:%d}</b><span>{one.published:%Y-%m}</span></div>'
                f'<a class="pic" href="{folder}{one.number}.jhtml"><img src="/u/cms/{one.number}.jpg" alt=""/></a>'
                f'<div class="txt"><h4><a href="{folder}{one.number}.jhtml">{esc(one.title)}</a></h4><p>{esc(one.paragraphs[0])} '
                f'<a href="{folder}{one.number}.jhtml">[详细]</a></p></div></div>'
                for one in rows
            )
            numbers = "".join(
                f'<a href="javascript:page({n})"{" class=on" if n == index + 1 else ""}>{n}</a>'
                for n in range(1, len(pages) + 1)
            )
            on = (
                f'<a href="javascript:page({index + 2})">下一页</a>'
                if index + 1 < len(pages)
                else "<span>下一页</span>"
            )
            site.put(
                path if index == 0 else f"{folder}index_{index + 1}.jhtml",
                f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{name}</title><script>function page(n)'
                '{location.href = n > 1 ? "index_" + n + ".jhtml" : "index.jhtml";}</script>'
                '<script>if(/Android|iPhone/i.test(navigator.userAgent)){window.location.href="http://m.portal.example/";}</script></head>'
                f'<body><header><nav><a href="/">首页</a><a href="/xwzx/index.jhtml">新闻中心</a><a href="/gsgg/index.jhtml">公示公告</a>'
                f'<a href="/tpxw/index.jhtml">图片新闻</a></nav></header><main><div class="crumb">首页 / {name}</div>{body}'
                f'<div class="pages">{numbers}{on}<em>共{len(pages)}页</em></div></main><footer>ICP备案 蒙ICP备11000003号-2 2014-2020</footer></body></html>',
            )
        for index, one in enumerate(told):
            text = "".join(f"<p style='text-indent:2em'><span>{esc(line)}</span></p>" for line in one.paragraphs)
            sub = '<h2 class="sub">——全市建设系统工作纪实</h2>' if index % 3 == 0 else ""
            lead = '<h3 class="lead">把好事办实 把实事办好</h3>' if index % 4 == 0 else ""
            site.put(
                f"{folder}{one.number}.jhtml",
                f'<!doctype html><html><head><meta charset="utf-8"><title>{esc(one.title)}_{name}_某市住建局</title></head><body><header><nav><a href="/">首页</a>'
                f'<a href="/xwzx/index.jhtml">新闻中心</a></nav></header><main><div class="crumb"><a href="/">首页</a> / <a href="{path}">{name}</a> / 正文</div>'
                f'<article>{lead}<h1 class="article-title">{esc(one.title)}</h1>{sub}<div class="info"><span>来源：{one.office}</span><span>编辑：小李</span>'
                f"<span>{one.published.year}年{one.published.month}月{one.published.day}日 {one.published:%H:%M}</span><span>点击数：<i id='hit'></i></span></div>"
                f'<div class="art-body">{text}</div></article><aside><h3>相关阅读</h3><ul>'
                + "".join(
                    f'<li><a href="{folder}{other.number}.jhtml">{esc(other.title)}</a> {other.day}</li>'
                    for other in told[:4]
                )
                + "</ul></aside></main><footer>蒙ICP备11000003号-2</footer></body></html>",
            )
        site.told += told
    return site
