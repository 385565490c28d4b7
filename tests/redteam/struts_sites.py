"""Four portals of Struts or plain JSP: GET pages, a form that posts, a form that gets, a 2008 action with frames."""

# ruff: noqa: E501  (lines of a page are as long as portals write them)

from tests.redteam.site import Site, chunks, esc
from tests.redteam.world import notices

# --- list.do?pageNo=2 --------------------------------------------------------------------------------------------------


def get_pages() -> Site:
    """list.do?columnId=3&pageNo=2 with links, showNotice.do?id=…, dates like 2014-06-03 10:22:33.0."""
    channels = [
        ("zb", "招标公告", "/list.do?columnId=3"),
        ("gs", "结果公示", "/list.do?columnId=5"),
        ("tz", "通知", "/list.do?columnId=9"),
    ]
    site = Site("struts", channels, content_type="text/html;charset=UTF-8")
    told = {
        "zb": notices("zb", "tender", 38, 21),
        "gs": notices("gs", "tender", 15, 21),
        "tz": notices("tz", "notice", 12, 21),
    }
    for key, name, path in channels:
        pages = chunks(told[key], 10)
        for index, rows in enumerate(pages):
            body = "".join(
                f'<tr><td><a href="showNotice.do?id={one.number}&amp;columnId={path[-1]}" title="{esc(one.title)}">{esc(one.cut)}</a></td>'
                f"<td>{one.published:%Y-%m-%d %H:%M:%S}.0</td></tr>"
                for one in rows
            )
            on = (
                f'<a href="list.do?columnId={path[-1]}&pageNo={index + 2}">下一页</a> <a href="list.do?columnId={path[-1]}&pageNo={len(pages)}">末页</a>'
                if index + 1 < len(pages)
                else "下一页 末页"
            )
            back = (
                f'<a href="list.do?columnId={path[-1]}&pageNo=1">首页</a> <a href="list.do?columnId={path[-1]}&pageNo={index}">上一页</a>'
                if index
                else "首页 上一页"
            )
            page = (
                f'<html><head><meta charset="utf-8"><title>{name}</title></head><body>{_MENU}<div class="search"><form action="search.do"><input name="key"><input type="submit" value="搜索"></form></div>'
                f'<table id="tb"><tr><th>标题</th><th>发布时间</th></tr>{body}</table><div>第{index + 1}页/共{len(pages)}页 共{len(told[key])}条 {back} {on} 转到<input size=3>页 <input type=button value="GO"></div>{_BOTTOM}</body></html>'
            )
            site.put(path + f"&pageNo={index + 1}", page)
            if index == 0:
                site.put(path, page)
        for one in told[key]:
            text = "".join(f"<p>{esc(line)}</p>" for line in one.paragraphs)
            site.put(
                f"/showNotice.do?id={one.number}&columnId={path[-1]}",
                f'<html><head><meta charset="utf-8"><title>招标投标网</title></head><body>{_MENU}<div class="main"><div class="title">{esc(one.title)}</div>'
                f'<div class="time">发布人：admin 发布时间：{one.published:%Y-%m-%d %H:%M:%S}.0 点击：33</div><div id="content">{text}</div>'
                f"<p><input type='button' value='返回' onclick='history.go(-1)'> <input type='button' value='打印'></p></div>{_BOTTOM}</body></html>",
            )
        site.told += told[key]
    return site


_MENU = '<div class="menu"><a href="index.do">首页</a> <a href="list.do?columnId=3">招标公告</a> <a href="list.do?columnId=5">结果公示</a> <a href="list.do?columnId=9">通知</a> <a href="login.do">会员登录</a></div>'
_BOTTOM = '<div class="bottom">技术支持：某某软件有限公司 客服QQ 12345 湘ICP备08000004号</div>'


# --- a form that posts -----------------------------------------------------------------------------------------------------


def posting_form() -> Site:
    """javascript:gotoPage(2) fills pageNo of a form with hidden inputs, which is posted; a search form stands before it."""
    channels = [
        ("zb", "工程招标", "/notice!list.action?type=zb"),
        ("zbgs", "中标公示", "/notice!list.action?type=zbgs"),
        ("tz", "通知公告", "/notice!list.action?type=tz"),
    ]
    site = Site("struts", channels)
    told = {
        "zb": notices("zb", "tender", 47, 22),
        "zbgs": notices("zbgs", "tender", 21, 22),
        "tz": notices("tz", "notice", 9, 22),
    }
    for key, name, path in channels:
        pages = chunks(told[key], 15)
        for index, rows in enumerate(pages):
            body = "".join(
                f'<li><span class="dot"></span><a href="/notice!view.action?noticeId={one.number}" target="_blank">{esc(one.title)}</a><span class="rq">{one.day}</span></li>'
                for one in rows
            )
            now, count = index + 1, len(pages)
            on = (
                f'<a href="javascript:gotoPage({now + 1})">下一页</a>&nbsp;<a href="javascript:gotoPage({count})">末页</a>'
                if now < count
                else "下一页&nbsp;末页"
            )
            back = (
                f'<a href="javascript:gotoPage(1)">首页</a>&nbsp;<a href="javascript:gotoPage({now - 1})">上一页</a>'
                if index
                else "首页&nbsp;上一页"
            )
            page = (
                f'<html><head><meta http-equiv="content-type" content="text/html;charset=utf-8"><title>{name}</title><script>function gotoPage(n){{document.forms["pageForm"].pageNo.value=n;'
                'document.forms["pageForm"].submit();}</script></head><body>'
                '<form name="searchForm" action="/search!list.action" method="get"><input name="keyword"><input type="submit" value="搜索"></form>'
                f'<div class="wz">首页 &gt; {name}</div><ul class="news">{body}</ul>'
                f'<form name="pageForm" action="/notice!list.action" method="post"><input type="hidden" name="type" value="{key}"><input type="hidden" name="pageNo" value="{now}">'
                f'<input type="hidden" name="pageSize" value="15"><div class="fy">共<b>{len(told[key])}</b>条记录&nbsp;第{now}/{count}页&nbsp;{back}&nbsp;{on}</div></form>'
                f'<div class="bottom">滇ICP备09000005号</div></body></html>'
            )
            if index == 0:
                site.put(path, page)
            site.put("/notice!list.action", page, [("type", key), ("pageNo", str(now)), ("pageSize", "15")])
        for one in told[key]:
            text = "".join(f"<p class='MsoNormal'><span>{esc(line)}</span></p>" for line in one.paragraphs)
            site.put(
                f"/notice!view.action?noticeId={one.number}",
                f'<html><head><meta charset="utf-8"><title>{esc(one.title)}</title></head><body><div class="wz">首页 &gt; {name} &gt; 详细信息</div><h1>{esc(one.title)}</h1>'
                f'<p class="info">发布单位：{one.office}&nbsp;&nbsp;&nbsp;发布时间：{one.published:%Y/%m/%d %H:%M}&nbsp;&nbsp;&nbsp;浏览：<em>105</em></p><div class="txt">{text}</div>'
                '<div class="bottom">滇ICP备09000005号</div></body></html>',
            )
        site.told += told[key]
    return site


# --- a form that gets --------------------------------------------------------------------------------------------------------


def getting_form() -> Site:
    """list.jsp with a GET form and a select; rows open by a function of the page: onclick="openNotice('1024')"."""
    channels = [
        ("gg", "公告", "/web/list.jsp?lm=01"),
        ("cl", "澄清答疑", "/web/list.jsp?lm=02"),
        ("jg", "结果", "/web/list.jsp?lm=03"),
    ]
    site = Site("struts", channels, charset="gbk", content_type="text/html;charset=GBK")
    told = {
        "gg": notices("gg", "tender", 33, 23),
        "cl": notices("cl", "tender", 8, 23),
        "jg": notices("jg", "tender", 22, 23),
    }
    for key, name, path in channels:
        lm = path[-2:]
        pages = chunks(told[key], 12)
        for index, rows in enumerate(pages):
            body = "".join(
                f'<tr class="{"odd" if n % 2 else "even"}"><td align="center">{index * 12 + n}</td><td><a href="javascript:void(0);" onclick="openNotice(\'{one.number}\');return false;">{esc(one.title)}</a></td>'
                f"<td>{one.office}</td><td nowrap>{one.published:%Y.%m.%d}</td></tr>"
                for n, one in enumerate(rows, 1)
            )
            options = "".join(
                f'<option value="{n}"{" selected" if n == index + 1 else ""}>{n}</option>'
                for n in range(1, len(pages) + 1)
            )
            page = (
                f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>{name}</title><script type="text/javascript">\n'
                'function openNotice(id){ window.open("/web/detail.jsp?id=" + id); }\nfunction toPage(n){ document.getElementById("page").value = n; document.form1.submit(); }\n</script></head><body>'
                f'<form name="form1" action="/web/list.jsp" method="get"><input type="hidden" name="lm" value="{lm}"><input type="hidden" id="page" name="page" value="{index + 1}">'
                f'<table class="list"><tr><td>序号</td><td>项目名称</td><td>发布单位</td><td>发布日期</td></tr>{body}</table>'
                f'<div class="pg">当前第{index + 1}页 共{len(pages)}页 <a href="#" onclick="toPage({max(index, 1)})">上一页</a> <a href="#" onclick="toPage({min(index + 2, len(pages))})">下一页</a> '
                f'跳转<select onchange="toPage(this.value)">{options}</select></div></form><div>Copyright 2012-2014 桂ICP备07000006号</div></body></html>'
            )
            site.put(f"{path}&page={index + 1}", page)
            if index == 0:
                site.put(path, page)
        for one in told[key]:
            text = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{esc(line)}" for line in one.paragraphs)
            site.put(
                f"/web/detail.jsp?id={one.number}",
                f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>详细内容</title></head><body><table width="900" align="center"><tr><td align="center"><h3>{esc(one.title)}</h3></td></tr>'
                f'<tr><td align="center">发布时间：{one.published:%Y-%m-%d %H:%M:%S}　　来源：{one.office}</td></tr><tr><td class="nr">{text}</td></tr></table><div>桂ICP备07000006号</div></body></html>',
            )
        site.told += told[key]
    return site


# --- 2008 ---------------------------------------------------------------------------------------------------------------------


def frames_2008() -> Site:
    """x!list.action?page=2 reached only by a select; the text in an iframe; tables, GBK, 2014年6月3日."""
    channels = [
        ("zb", "招标", "/pub!zbList.action?page=1"),
        ("pb", "评标", "/pub!pbList.action?page=1"),
        ("bd", "曝光台", "/pub!bgList.action?page=1"),
    ]
    site = Site("struts", channels, charset="gbk")
    told = {"zb": notices("zb", "tender", 29, 24, False), "pb": notices("pb", "tender", 11, 24, False), "bd": []}
    for key, name, path in channels:
        pages = chunks(told[key], 10)
        for index, rows in enumerate(pages):
            stem = path[:-1]
            body = "".join(
                f"<TR><TD><IMG SRC='/i/arrow.gif'></TD><TD><A HREF='/pub!view.action?id={one.number}' TARGET=_blank>{one.title}</A></TD><TD>{one.published.year}年{one.published.month}月{one.published.day}日</TD></TR>"
                for one in rows
            )
            options = "".join(
                f"<OPTION VALUE='{n}'{' SELECTED' if n == index + 1 else ''}>第{n}页" for n in range(1, len(pages) + 1)
            )
            total = f"共有{len(told[key])}条信息，总页数：{len(pages)}" if rows else "共有0条信息"
            site.put(
                f"{stem}{index + 1}",
                f"<HTML><HEAD><META HTTP-EQUIV=content-type CONTENT='text/html; charset=gb2312'><TITLE>{name}</TITLE></HEAD><BODY><TABLE><TR><TD><A HREF='/pub!zbList.action?page=1'>招标</A><TD><A HREF='/pub!pbList.action?page=1'>评标</A><TD><A HREF='/pub!bgList.action?page=1'>曝光台</A></TABLE>"
                f"<TABLE WIDTH=770>{body}</TABLE><DIV>{total} <SELECT ONCHANGE=\"location.href='{stem}'+this.value\">{options}</SELECT></DIV><CENTER>冀ICP备05000007号</CENTER></BODY></HTML>",
            )
        for one in told[key]:
            text = "".join(f"<P>{line}</P>" for line in one.paragraphs)
            site.put(
                f"/pub!view.action?id={one.number}",
                f"<HTML><HEAD><META HTTP-EQUIV=content-type CONTENT='text/html; charset=gb2312'><TITLE>信息查看</TITLE></HEAD><BODY><TABLE><TR><TD ALIGN=center><B>{one.title}</B></TD></TR><TR><TD ALIGN=center>发布日期：{one.published.year}年{one.published.month}月{one.published.day}日 发布单位：{one.office}</TD></TR>"
                f"<TR><TD><IFRAME NAME=main SRC='/pub!body.action?id={one.number}' WIDTH=760 HEIGHT=900 FRAMEBORDER=0></IFRAME></TD></TR></TABLE></BODY></HTML>",
            )
            site.put(
                f"/pub!body.action?id={one.number}",
                f"<HTML><HEAD><META HTTP-EQUIV=content-type CONTENT='text/html; charset=gb2312'></HEAD><BODY><DIV ID=myPrintArea>{text}</DIV></BODY></HTML>",
            )
        site.told += told[key]
    return site
