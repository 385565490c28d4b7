"""A third wave: what the first two had taught to expect, once more in other clothes."""

# ruff: noqa: E501  (lines of a page are as long as portals write them)

from tests.redteam.site import Site, chunks, esc
from tests.redteam.world import Told, notices

_ICP = "<div id='bottom'>版权所有 某市住房和城乡建设委员会 京ICP备12000009号</div>"


def _text(one: Told) -> str:
    return "".join(f"<p>{esc(line)}</p>" for line in one.paragraphs)


def portal_front() -> Site:
    """jeecms: a channel's page with boxes of other channels ("更多") above its list; [置顶] rows; layui numbers of pages."""
    channels = [("tz", "通知公告", "/tzgg.jhtml"), ("zc", "政策文件", "/zcwj.jhtml")]
    site = Site("jeecms", channels)
    told = {"tz": notices("tz", "notice", 31, 41), "zc": notices("zc", "notice", 18, 41)}
    for key, name, path in channels:
        other = "zc" if key == "tz" else "tz"
        folder, other_folder = {"tz": ("/tzgg/", "/zcwj/"), "zc": ("/zcwj/", "/tzgg/")}[key]
        pages = chunks(told[key], 10)
        box = "".join(
            f"<li><a href='{other_folder}{one.number}.jhtml' title='{esc(one.title)}'>{esc(one.cut)}</a><span>{one.day}</span></li>"
            for one in told[other][:12]
        )
        for index, rows in enumerate(pages):
            body = "".join(
                f"<li class='item'><span class='dot'>■</span><a href='{folder}{one.number}.jhtml'>{esc(one.title)}</a>{'<i class=new></i>' if n < 2 else ''}<span class='date'>发布时间：{one.day}</span></li>"
                for n, one in enumerate(rows)
            )
            site.put(
                path if index == 0 else path.replace(".jhtml", f"_{index + 1}.jhtml"),
                f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{name}</title></head><body><div class='box'><h3>最新{'政策文件' if key == 'tz' else '通知公告'}<a class='more' href='{other_folder}index.jhtml'>更多&gt;</a></h3><ul>{box}</ul></div>"
                f"<div class='box2'><h3>{name}</h3><ul class='list'>{body}</ul><div id='page'></div></div><script>layui.use('laypage', function(){{ laypage.render({{elem: 'page', count: {len(told[key])}, limit: 10, curr: {index + 1}, jump: function(obj, first){{ if(!first){{ location.href = '{path[:-6]}_' + obj.curr + '.jhtml'; }} }} }}); }});</script>{_ICP}</body></html>",
            )
        for n, one in enumerate(told[key]):
            red = (
                f"<p style='text-align:center'><span style='font-size:22pt'>{esc(one.title)}</span></p><p style='text-align:center'>市建发〔2014〕{n + 3}号</p><p>各县区住房和城乡建设局：</p>"
                if n % 3 == 0
                else ""
            )
            site.put(
                f"{folder}{one.number}.jhtml",
                f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{esc(one.title)}-{name}-某市住建委</title></head><body><div class='crumbs'>首页&gt;{name}</div><div class='detail'><div class='detail-title'>{esc(one.title)}</div>"
                f"<ul class='detail-info'><li>发布日期：{one.published:%Y-%m-%d %H:%M}</li><li>信息来源：{one.office}</li><li>阅读量：<span>1</span></li></ul><div class='detail-text'>{red}{_text(one)}</div>"
                f"<div class='attach'>附件下载：<ul><li><a href='/u/{one.number}.doc'>申报表.doc</a></li></ul></div></div><div class='nextprev'>下一篇：<a href='#'>关于其他事项的通知</a> 2014-01-01</div>{_ICP}</body></html>",
            )
            site.put_file(f"/u/{one.number}.doc")
        site.told += told[key]
    return site


def notices_in_tables() -> Site:
    """trs: tables within tables, rows of two links (title and file), 发文日期 beside 发布日期, index_1.shtml, bold first row."""
    channels = [("wj", "文件公告", "/wjgg/index.shtml"), ("xx", "建设信息", "/jsxx/index.shtml")]
    site = Site("trs", channels, charset="gbk")
    for key, name, path in channels:
        told = notices(key, "notice" if key == "wj" else "news", 27 if key == "wj" else 13, 42)
        folder = path.removesuffix("index.shtml")
        pages = chunks(told, 12)
        for index, rows in enumerate(pages):
            body = ""
            for n, one in enumerate(rows):
                address = f"./{one.published:%Y%m}/t{one.published:%Y%m%d}_{one.number}.shtml"
                title = f"<b><font color=red>{one.cut}</font></b>" if n == 0 else one.cut
                file = (
                    f"<a href='./{one.published:%Y%m}/P0{one.number}.doc'><img src='/i/doc.gif'>下载</a>"
                    if key == "wj"
                    else ""
                )
                body += f"<table width='100%' class='row'><tr><td><img src='/i/d.gif'></td><td><a href='{address}' title='标题：{one.title}&#13;发布时间：{one.day}'>{title}</a></td><td>{file}</td><td align=right>[ {one.published:%Y-%m-%d} ]</td></tr></table>"
                site.put_file(f"{folder}{one.published:%Y%m}/P0{one.number}.doc")
                site.put(
                    f"{folder}{address[2:]}",
                    f"<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'><title>{name}</title></head><body><table align=center width=900><tr><td>位置：<a href='/'>首页</a>-&gt;<a href='{path}'>{name}</a></td></tr>"
                    f"<tr><td><table><tr><td>名 称</td><td colspan=3>{one.title}</td></tr><tr><td>索引号</td><td>{one.number}-2014-0{n}</td><td>发文日期</td><td>2014-01-15</td></tr><tr><td>发文单位</td><td>{one.office}</td><td>发布日期</td><td>{one.published:%Y-%m-%d %H:%M:%S}</td></tr></table></td></tr>"
                    f"<tr><td align=center><strong>{one.title}</strong></td></tr><tr><td><div class=TRS_Editor>{_text(one)}</div></td></tr></table>{_ICP}</body></html>",
                )
            site.put(
                path if index == 0 else f"{folder}index_{index}.shtml",
                f"<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'><title>{name}</title></head><body><table align=center width=900><tr><td width=200><a href='/wjgg/'>文件公告</a><br><a href='/jsxx/'>建设信息</a></td><td>{body}"
                f"<script language=javascript>createPageHTML({len(pages)}, {index}, 'index', 'shtml', 'black_text',{len(told)});</script></td></tr></table>{_ICP}</body></html>",
            )
        site.told += told
    return site


def query_form() -> Site:
    """struts: a query form with dates and a page field that gets; 上一页 and 下一页 by page(-1), page(+1); numbers of rows in words."""
    channels = [
        ("zb", "招标", "/ztb/queryList.do?method=list&type=ZB"),
        ("kz", "控制价", "/ztb/queryList.do?method=list&type=KZ"),
    ]
    site = Site("struts", channels)
    for key, name, path in channels:
        told = notices(key, "tender", 32 if key == "zb" else 5, 43)
        kind = path[-2:]
        pages = chunks(told, 10)
        for index, rows in enumerate(pages):
            body = "".join(
                f"<tr><td>{index * 10 + n}</td><td>ZB2014{one.number}</td><td><a href=\"javascript:showInfo('{one.number}','{kind}')\">{esc(one.title)}</a></td><td>{one.published:%Y-%m-%d %H:%M}</td><td>{one.published.replace(day=28):%Y-%m-%d}</td></tr>"
                for n, one in enumerate(rows, 1)
            )
            now = index + 1
            on = f'<a href="javascript:jump({now + 1})">后一页</a>' if now < len(pages) else "后一页"
            page = (
                f"<html><head><meta charset=utf-8><title>{name}</title><script>\nfunction showInfo(id, t)\n{{\n\tvar u = '/ztb/info.do?method=view&infoId=' + id;\n\twindow.open('/ztb/info.do?method=view&infoId=' + id + '&type=' + t, '_blank', 'width=800,height=600');\n}}\n"
                "function jump(n)\n{\n\tif(n < 1) { n = 1; }\n\tdocument.all('pager.pageNo').value = n;\n\tdocument.forms[0].submit();\n}\n</script></head><body>"
                f"<form action='/ztb/queryList.do' method='get'><input type=hidden name=method value=list><input type=hidden name=type value={kind}>项目名称<input name=xmmc>发布日期<input name=begin>至<input name=end><input type=submit value=查询>"
                f"<input type=hidden name='pager.pageNo' value={now}><table border=1><tr><td>序号</td><td>编号</td><td>项目名称</td><td>发布时间</td><td>截止日期</td></tr>{body}</table><div>共{len(told)}条记录，分{len(pages)}页显示，当前第{now}页 {on}</div></form>{_ICP}</body></html>"
            )
            site.put(f"/ztb/queryList.do?method=list&type={kind}&xmmc=&begin=&end=&pager.pageNo={now}", page)
            if index == 0:
                site.put(path, page)
        for one in told:
            site.put(
                f"/ztb/info.do?method=view&infoId={one.number}&type={kind}",
                f"<html><head><meta charset=utf-8><title>信息发布系统</title></head><body><div align=center><font size=5><b>{esc(one.title)}</b></font></div><div align=center>信息发布时间：{one.published:%Y年%m月%d日 %H时%M分}</div><hr>{_text(one)}<hr>{_ICP}</body></html>",
            )
        site.told += told
    return site
