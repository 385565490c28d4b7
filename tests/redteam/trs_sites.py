"""Four portals as TRS WCM makes them: a plain one, a 公开 catalogue, one of scripts and dl, one of 2008."""

# ruff: noqa: E501  (lines of a page are as long as portals write them)

from tests.redteam.site import Site, chunks, esc
from tests.redteam.world import Told, notices


def _name(one: Told) -> str:
    return f"{one.published:%Y%m}/t{one.published:%Y%m%d}_{one.number}.html"


# --- plain -----------------------------------------------------------------------------------------------------------


def plain() -> Site:
    """ul, li, em; createPageHTML with four arguments; breadcrumbs and side lists; minute in 时间."""
    channels = [("tz", "通知公告", "/xwzx/tzgg/"), ("zb", "招标投标", "/zwgk/ztb/"), ("gg", "房地产市场", "/zwgk/fdc/")]
    site = Site("trs", channels)
    told = {
        "tz": notices("tz", "notice", 41, 11),
        "zb": notices("zb", "tender", 30, 11),
        "gg": notices("gg", "news", 9, 11),
    }
    folders = {key: path for key, _, path in channels}
    for key, name, path in channels:
        side = "".join(
            f'<li><a href="{folders[other]}{_name(one)}" title="{esc(one.title)}">{esc(one.cut)}</a><em>{one.published:%m-%d}</em></li>'
            for other in told
            if other != key
            for one in told[other][:6]
        )
        pages = chunks(told[key], 15)
        for index, rows in enumerate(pages):
            groups = chunks(rows, 5)
            body = "".join(
                "<ul class='list-group'>"
                + "".join(
                    f'<li><em>{one.day}</em><i></i><a href="./{_name(one)}" title="{esc(one.title)}" target="_blank">{esc(one.title)}</a></li>\n'
                    for one in group
                )
                + "</ul><div class='dashed'></div>"
                for group in groups
            )
            site.put(
                path if index == 0 else f"{path}index_{index}.html",
                f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{name}</title></head><body>{_NAV}'
                f'<div class="pos">您所在的位置：<a href="../../">首页</a>&gt;<a href="./">{name}</a></div><div class="l"><h3>推荐阅读</h3><ul>{side}</ul></div>'
                f'<div class="r">{body}<div class="page"><script>createPageHTML({len(pages)}, {index}, "index", "html");</script></div></div>{_FOOT}</body></html>',
            )
        for one in told[key]:
            text = "".join(f"<p>　　{esc(line)}</p>" for line in one.paragraphs)
            site.put(
                f"{path}{_name(one)}",
                f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{esc(one.title)}"><meta name="PubDate" content="{one.published:%Y-%m-%d %H:%M}">'
                f"<title>{esc(one.title)}-{name}</title></head><body>{_NAV}<div class='pos'>您所在的位置：<a href='../../../'>首页</a>&gt;<a href='../'>{name}</a>&gt;正文</div>"
                f"<div class='con'><h2>{esc(one.title)}</h2><div class='xx'><span>时间：{one.published:%Y-%m-%d %H:%M}</span><span>来源：{one.office}</span>"
                f"<span>字体：[<a href='javascript:;'>大</a> <a>中</a> <a>小</a>]</span><span>打印本页</span></div><div class='TRS_Editor'><style>.TRS_Editor P{{line-height:2}}</style>{text}</div>"
                f"<div class='ewm'>扫一扫在手机打开当前页</div></div><div class='tj'><h3>推荐阅读</h3><ul>{side}</ul></div>{_FOOT}</body></html>",
            )
        site.told += told[key]
    return site


_NAV = (
    '<div class="head"><a href="/">网站首页</a><a href="/xwzx/">新闻中心</a><a href="/zwgk/">政务公开</a><a href="/bsfw/">办事服务</a>'
    '<a href="/hdjl/">互动交流</a></div>'
)
_FOOT = '<div class="foot"><a href="/wzsm/">网站声明</a>|<a href="/lxwm/">联系我们</a><br>网站标识码：5400000001 藏ICP备05000002号 藏公网安备 54010202000001号</div>'


# --- 政府信息公开 catalogue ---------------------------------------------------------------------------------------------


def catalogue() -> Site:
    """Rows with hidden tables (索引号, 发布日期, 内容概述), list_1.htm, createPageHTML with six arguments, metadata tables."""
    channels = [
        ("ml", "信息公开目录", "/xxgk/ml/list.htm"),
        ("wj", "规范性文件", "/xxgk/gfxwj/list.htm"),
        ("nb", "计划规划", "/xxgk/jhgh/list.htm"),
    ]
    site = Site("trs", channels, content_type="text/html;charset=utf-8")
    counts = {"ml": 45, "wj": 22, "nb": 3}
    for key, name, path in channels:
        told = notices(key, "notice", counts[key], 12, minute=key != "wj")
        folder = path.removesuffix("list.htm")
        pages = chunks(told, 15)
        for index, rows in enumerate(pages):
            body = "".join(_catalogue_row(one, index * 15 + n) for n, one in enumerate(rows, 1))
            site.put(
                path if index == 0 else f"{folder}list_{index}.htm",
                f'<html><head><meta charset="utf-8"><title>{name}</title></head><body>{_NAV}<div class="tree"><ul><li><a href="/xxgk/ml/list.htm">信息公开目录</a></li>'
                f'<li><a href="/xxgk/gfxwj/list.htm">规范性文件</a></li><li><a href="/xxgk/jhgh/list.htm">计划规划</a></li><li><a href="/xxgk/nb/">年度报告</a></li></ul></div>'
                f'<table class="zfxxgk"><tr class="hd"><th>序号</th><th>标题</th><th>文号</th><th>发布日期</th></tr>{body}</table>'
                f"<div class='fy'><script type='text/javascript'>createPageHTML('page_div', {len(pages)}, {index}, 'list', 'htm', {len(told)});</script></div>{_FOOT}</body></html>",
            )
        for one in told:
            site.put(f"{folder}{_name(one)[:-1]}", _catalogue_article(name, one))
        site.told += told
    return site


def _catalogue_row(one: Told, number: int) -> str:
    return (
        f'<tr><td>{number}</td><td class="bt"><a href="./{_name(one)[:-1]}" target="_blank">{esc(one.title)}</a>'
        f'<div class="tip" style="display:none"><table><tr><td><b>索 引 号：</b>{one.number}/2014-00{one.number % 999:03d}</td><td><b>主题分类：</b>城乡建设</td></tr>'
        f"<tr><td><b>发布机构：</b>{one.office}</td><td><b>发文日期：</b>{one.published:%Y年%m月%d日}</td></tr>"
        f'<tr><td colspan="2"><b>标　　题：</b>{esc(one.title)}</td></tr><tr><td colspan="2"><b>内容概述：</b>{esc(one.paragraphs[1])}</td></tr></table></div></td>'
        f"<td>市建发〔2014〕{one.number % 300}号</td><td>{one.day}</td></tr>"
    )


def _catalogue_article(name: str, one: Told) -> str:
    text = "".join(f"<p align='justify'>　　{esc(line)}</p>" for line in one.paragraphs)
    at = f"{one.published:%Y-%m-%d %H:%M:%S}" if one.minute else f"{one.published:%Y年%m月%d日}"
    return (
        f'<html><head><meta charset="utf-8"><title>{name}_某市政府信息公开</title></head><body>{_NAV}<div class="zw"><table class="tab" width="100%">'
        f"<tr><td class='k'>索 引 号：</td><td>{one.number}/2014-00{one.number % 999:03d}</td><td class='k'>主题分类：</td><td>城乡建设、环境保护/城乡建设(含住房)</td></tr>"
        f"<tr><td class='k'>发布机构：</td><td>{one.office}</td><td class='k'>成文日期：</td><td>2014年01月02日</td></tr>"
        f"<tr><td class='k'>标　　题：</td><td colspan=3>{esc(one.title)}</td></tr>"
        f"<tr><td class='k'>文　　号：</td><td>市建发〔2014〕{one.number % 300}号</td><td class='k'>发布日期：</td><td>{at}</td></tr>"
        f"<tr><td class='k'>主 题 词：</td><td></td><td class='k'>有 效 性：</td><td>有效</td></tr></table>"
        f'<div class="title">{esc(one.title)}</div><div class="Custom_UnionStyle">{text}</div><div class="dyby"><a href="javascript:window.print()">【打印】</a>'
        f'<a href="javascript:self.close()">【关闭】</a></div></div>{_FOOT}</body></html>'
    )


# --- scripts and dl ------------------------------------------------------------------------------------------------------


def scripted() -> Site:
    """dl, dt, dd; dates written by scripts; countPage with a loop of document.write; eight arguments; published in a script."""
    channels = [("dt", "工作动态", "/gzdt/index.html"), ("gs", "公示", "/gs/"), ("zt", "专题", "/zt/index.shtml")]
    site = Site("trs", channels)
    told = {
        "dt": notices("dt", "news", 26, 13),
        "gs": notices("gs", "notice", 34, 13),
        "zt": notices("zt", "news", 12, 13),
    }
    ends = {"dt": "html", "gs": "html", "zt": "shtml"}
    for key, name, path in channels:
        folder = path[: path.rindex("/") + 1]
        pages = chunks(told[key], 12)
        for index, rows in enumerate(pages):
            body = "".join(_SCRIPTED_ROWS[key](one) for one in rows)
            pager = (
                _SCRIPTED_PAGERS[key]
                .replace("COUNT", str(len(pages)))
                .replace("INDEX", str(index))
                .replace("TOTAL", str(len(told[key])))
            )
            site.put(
                path if index == 0 else f"{folder}index_{index}.{ends[key]}",
                f'<html><head><meta charset="utf-8"><title>{name}</title></head><body>{_NAV}<div class="main"><div class="tit"><b>{name}</b></div>{body}{pager}</div>{_FOOT}</body></html>',
            )
        for n, one in enumerate(told[key]):
            text = "".join(f"<p>{esc(line)}</p>" for line in one.paragraphs)
            doc = f'<p>附件：<a href="./P0201411{one.number}.doc">1.报名表.doc</a></p>' if n % 5 == 0 else ""
            if doc:
                site.put_file(f"{folder}{one.published:%Y%m}/P0201411{one.number}.doc")
            site.put(
                f"{folder}{_name(one)}",
                f'<html><head><meta charset="utf-8"><title>某省住房和城乡建设厅</title></head><body>{_NAV}<div class="main"><div class="wz"><script>var wz="首页>{name}";document.write(wz);</script></div>'
                f'<div class="bt1"><p>{_split(one.title)}</p></div><div class="ly">来源：<script>var ly="{one.office}"; if(ly!="")document.write(ly);</script>'
                f"&nbsp;&nbsp;发布时间：<span id='fbsj'>{one.published:%Y-%m-%d %H:%M:%S}</span>&nbsp;&nbsp;浏览次数：<script src='/cl.js?{one.number}'></script></div>"
                f'<div class="zoom"><div class="TRS_PreAppend">{text}{doc}</div></div><div class="xg"><b>相关文档：</b><ul>'
                + "".join(
                    f"<li><a href='../{_name(other)}'>{esc(other.title)}</a>({other.day})</li>"
                    for other in told[key][:3]
                    if other is not one
                )
                + f"</ul></div></div>{_FOOT}</body></html>",
            )
        site.told += told[key]
    return site


def _split(title: str) -> str:
    return f"{esc(title[:6])}<b>{esc(title[6:12])}</b>{esc(title[12:])}"


_SCRIPTED_ROWS = {
    "dt": lambda one: (
        f'<dl><dt><a href="./{_name(one)}">{esc(one.title)}</a></dt><dd class="zy">{esc(one.paragraphs[0])}</dd><dd class="sj">{one.published:%Y-%m-%d %H:%M}</dd></dl>'
    ),
    "gs": lambda one: (
        f'<li><a href="./{_name(one)}" title="{esc(one.title)}">{esc(one.cut)}</a><span><script>var d="{one.published:%Y-%m-%d %H:%M:%S}";document.write(d.substr(0,10));</script></span></li>'
    ),
    "zt": lambda one: (
        f'<div class="item"><a href="./{_name(one)}"><img src="./W0201411{one.number}.jpg"></a><p class="t"><a href="./{_name(one)}">{esc(one.title)}</a></p><p class="d">{one.day}</p></div>'
    ),
}
_SCRIPTED_PAGERS = {
    "dt": '<div id="p"><script>var currentPage = INDEX;var countPage = COUNT;for(var i=0;i<countPage;i++){document.write(\'<a href="index\'+(i?"_"+i:"")+\'.html">\'+(i+1)+"</a>");}</script></div>',
    "gs": "<div id='p'><script>createPageHTML('page_div', COUNT, INDEX, 'index', 'html', TOTAL, 12, 'zh');</script></div>",
    "zt": '<div id="p"><script language="javascript">\n//分页\nvar m_nPageCount = COUNT; var m_nCurrPage = INDEX; var m_strPageName = "index"; var m_strPageExt = "shtml";\ncreatePageHTML(COUNT, INDEX, "index", "shtml");\n</script></div>',
}


# --- 2008 -----------------------------------------------------------------------------------------------------------------


def old_gb2312() -> Site:
    """Tables, upper case, dates like (06月03日), Word bodies of many spans, list rows that are files or foreign, mobile stubs."""
    channels = [("xx", "信息发布", "/xxfb/"), ("zc", "政策法规", "/zcfg/"), ("zp", "招聘", "/zp/")]
    site = Site("trs", channels, charset="gb18030")
    kinds = {"xx": ("notice", 28), "zc": ("notice", 19), "zp": ("tender", 0)}
    for key, name, path in channels:
        told = notices(key, *kinds[key], 14, minute=False)
        pages = chunks(told, 14)
        for index, rows in enumerate(pages):
            body = ""
            for n, one in enumerate(rows):
                href = f"./{_name(one)}"
                if key == "zc" and n == 3:
                    href = f"./{one.published:%Y%m}/P0{one.published:%Y%m%d}{one.number}.pdf"
                    site.put_file(path + href[2:])
                elif key == "zc" and n == 5:
                    href = f"http://www.ministry.example/zcfg/{_name(one)}"
                else:
                    site.put(path + href[2:], _old_page(name, one))
                    site.told.append(one)
                if key == "zc" and n in (3, 5):
                    (site.files if n == 3 else site.foreign).add((key, one.title))
                body += f'<TR><TD WIDTH="4%">·</TD><TD><A HREF="{href}" TARGET="_blank" CLASS="font14">{one.title}</A> <FONT COLOR="#666666">({one.published:%m月%d日})</FONT></TD></TR>'
            if not rows:
                body = "<TR><TD>暂时没有内容</TD></TR>"
            site.put(
                path if index == 0 else f"{path}index_{index}.html",
                f'<HTML><HEAD><TITLE>{name}</TITLE><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312"></HEAD><BODY>{_OLD_NAV}'
                f'<TABLE WIDTH="760" ALIGN="center"><TR><TD WIDTH="180"><TABLE><TR><TD><A HREF="/xxfb/">信息发布</A></TD></TR><TR><TD><A HREF="/zcfg/">政策法规</A></TD></TR><TR><TD><A HREF="/zp/">招聘</A></TD></TR></TABLE></TD>'
                f'<TD><TABLE WIDTH="100%">{body}</TABLE><SCRIPT LANGUAGE="JavaScript">createPageHTML({len(pages)},{index},"index","html")</SCRIPT></TD></TR></TABLE>{_OLD_FOOT}</BODY></HTML>',
            )
    return site


_OLD_NAV = '<TABLE WIDTH="760" ALIGN="center"><TR><TD><A HREF="/">首页</A>|<A HREF="/xxfb/">信息发布</A>|<A HREF="/zcfg/">政策法规</A>|<A HREF="mailto:a@b.example">局长信箱</A></TD></TR></TABLE>'
_OLD_FOOT = '<TABLE WIDTH="760" ALIGN="center"><TR><TD ALIGN="center">主办单位：某市规划建设局<BR>网站维护：信息中心 电话：0000-5551234<BR>皖ICP备05000003号</TD></TR></TABLE>'


def _old_page(name: str, one: Told) -> str:
    text = "".join(
        "<P class=MsoNormal style='text-indent:24.0pt;mso-char-indent-count:2.0'>"
        + "".join(
            f"<SPAN style='font-size:12.0pt;font-family:宋体'>{line[at : at + 3]}</SPAN>"
            for at in range(0, len(line), 3)
        )
        + "<SPAN lang=EN-US><o:p></o:p></SPAN></P>"
        for line in one.paragraphs
    )
    return (
        f'<HTML><HEAD><TITLE>{name}</TITLE><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312">'
        '<SCRIPT>var u=navigator.userAgent; if(u.indexOf("Mobile")>-1){ location.href="http://wap.portal.example/"; }</SCRIPT></HEAD>'
        f'<BODY>{_OLD_NAV}<TABLE WIDTH="760" ALIGN="center"><TR><TD CLASS="daohang">当前位置：首页→{name}→正文</TD></TR><TR><TD ALIGN="center" CLASS="biaoti">{one.title}</TD></TR>'
        f'<TR><TD ALIGN="center" CLASS="px12">发布日期:{one.published.year}年{one.published.month}月{one.published.day}日&nbsp;&nbsp;信息来源:{one.office}&nbsp;&nbsp;【<A HREF="javascript:doZoom(16)">大</A> <A HREF="javascript:doZoom(14)">中</A>】</TD></TR>'
        f'<TR><TD CLASS="px14">{text}</TD></TR><TR><TD ALIGN="right"><A HREF="#" onclick="window.print()">打印</A></TD></TR></TABLE>{_OLD_FOOT}</BODY></HTML>'
    )
