"""A second wave, composed after the first was mended: two portals per family with what the first left out."""

# ruff: noqa: E501  (lines of a page are as long as portals write them)

from tests.redteam.site import Site, chunks, esc
from tests.redteam.world import Told, notices

_ICP = "<div class='ft'>主办：某市建设局 网站维护：信息中心 新ICP备10000001号</div>"


def _text(one: Told, tag: str = "p") -> str:
    return "".join(f"<{tag}>{esc(line)}</{tag}>" for line in one.paragraphs)


# --- jeecms ------------------------------------------------------------------------------------------------------------


def select_only() -> Site:
    """The pager is a drop-down of addresses and says no total; a hot list of the same channel; dates within links."""
    channels = [("gg", "公告公示", "/gggs/index.jhtml"), ("xw", "建设要闻", "/jsyw/index.jhtml")]
    site = Site("jeecms", channels)
    for key, name, path in channels:
        told = notices(key, "notice" if key == "gg" else "news", 34 if key == "gg" else 9, 31)
        folder = path.removesuffix("index.jhtml")
        pages = chunks(told, 12)
        hot = "".join(
            f"<li><a href='{folder}{one.number}.jhtml'>{esc(one.title)}</a><span>{one.day}</span></li>"
            for one in told[5:11]
        )
        for index, rows in enumerate(pages):
            body = "".join(
                f"<li><a href='{folder}{one.number}.jhtml'><span class='t'>{esc(one.title)}</span><span class='d'>{one.published:%Y-%m-%d}</span></a></li>"
                for one in rows
            )
            options = "".join(
                f"<option value='{folder}index{f'_{n}' if n > 1 else ''}.jhtml'{' selected' if n == index + 1 else ''}>{n}</option>"
                for n in range(1, len(pages) + 1)
            )
            site.put(
                path if index == 0 else f"{folder}index_{index + 1}.jhtml",
                f"<html><head><meta charset=utf-8><title>{name}</title></head><body><div class='hd'><a href='/gggs/index.jhtml'>公告公示</a><a href='/jsyw/index.jhtml'>建设要闻</a></div>"
                f"<div class='hotbox'><h4>点击排行</h4><ul>{hot}</ul></div><div class='listbox'><ul>{body}</ul><div class='turn'>转到第<select onchange='window.location=this.value'>{options}</select>页</div></div>{_ICP}</body></html>",
            )
        for one in told:
            site.put(
                f"{folder}{one.number}.jhtml",
                f"<html><head><meta charset=utf-8><title>建设信息网</title></head><body><div class='hd'><a href='/gggs/index.jhtml'>公告公示</a></div><div class='main'><h2 class='wtitle'>{esc(one.title)}</h2>"
                f"<div class='wsource'>{one.published:%Y-%m-%d %H:%M}　　来源：{one.office}　　点击：<b>55</b></div><div class='wcontent'>{_text(one)}</div><div class='prevnext'>上一条：<a href='{folder}1.jhtml'>没有</a></div></div>{_ICP}</body></html>",
            )
        site.told += told
    return site


def buttons() -> Site:
    """A pager of buttons whose function is in a file of its own; cut titles without @title; articles of two pages."""
    channels = [("zb", "招标公告", "/zb.jhtml"), ("cj", "成交公示", "/cj.jhtml")]
    site = Site("jeecms", channels)
    for key, name, path in channels:
        told = notices(key, "tender", 29 if key == "zb" else 10, 32)
        folder = f"/{key}/"
        pages = chunks(told, 10)
        for index, rows in enumerate(pages):
            body = "".join(
                f"<p class='row'><a href='{folder}{one.number}.jhtml' target='_blank'>{esc(one.cut)}</a> {one.published:%m/%d}</p>"
                for one in rows
            )
            now = index + 1
            on = (
                f"<input type='button' value='下一页' onclick='_gotoPage({now + 1});'/>"
                if now < len(pages)
                else "<input type='button' value='下一页' disabled='disabled'/>"
            )
            site.put(
                path if index == 0 else f"/{key}_{now}.jhtml",
                f"<html><head><meta charset=utf-8><title>{name}</title><script src='/r/cms/front.js'></script></head><body><h1>{name}</h1>{body}"
                f"<div style='text-align:center'>共 {len(told)} 条&nbsp; 每页 10 条&nbsp; <input type='button' value='首 页' onclick='_gotoPage(1);'/> {on} 当前 {now}/{len(pages)} 页</div>{_ICP}</body></html>",
            )
        for n, one in enumerate(told):
            head = f"<html><head><meta charset=utf-8><title>{esc(one.title)}</title></head><body><div class='title'>{esc(one.title)}</div><div class='time'>时间：{one.published:%Y年%m月%d日 %H:%M} 来源：{one.office}</div>"
            if n % 6 == 0:
                half = len(one.paragraphs) // 2
                first = "".join(f"<p>{esc(line)}</p>" for line in one.paragraphs[:half])
                last = "".join(f"<p>{esc(line)}</p>" for line in one.paragraphs[half:])
                pager = f"<div class='pagebar'><a href='{folder}{one.number}.jhtml'>1</a> <a href='{folder}{one.number}_2.jhtml'>2</a> <a href='{folder}{one.number}_2.jhtml'>下一页</a></div>"
                site.put(
                    f"{folder}{one.number}.jhtml",
                    f"{head}<div class='content'>{first}</div>{pager}{_ICP}</body></html>",
                )
                site.put(
                    f"{folder}{one.number}_2.jhtml",
                    f"{head}<div class='content'>{last}</div>{pager}{_ICP}</body></html>",
                )
            else:
                site.put(
                    f"{folder}{one.number}.jhtml", f"{head}<div class='content'>{_text(one)}</div>{_ICP}</body></html>"
                )
        site.told += told
    return site


# --- trs ---------------------------------------------------------------------------------------------------------------


def _name(one: Told) -> str:
    return f"{one.published:%Y%m}/t{one.published:%Y%m%d}_{one.number}.html"


def grouped() -> Site:
    """Rows under headings of months with the day alone; a channel that leads to its list by a refresh."""
    channels = [("dt", "动态信息", "/dtxx/"), ("tz", "通知", "/tz/")]
    site = Site("trs", channels)
    for key, name, path in channels:
        told = notices(key, "news", 31 if key == "dt" else 8, 33)
        folder = path + ("list/" if key == "tz" else "")
        if key == "tz":
            site.put(path, "<html><head><meta http-equiv='refresh' content='0;url=./list/'></head><body></body></html>")
        pages = chunks(told, 16)
        for index, rows in enumerate(pages):
            body, month = "", ""
            for one in rows:
                if f"{one.published:%Y-%m}" != month:
                    body += f"{'</ul>' if month else ''}<h3>{one.published.year}年{one.published.month}月</h3><ul>"
                    month = f"{one.published:%Y-%m}"
                body += f"<li><b>{one.published:%d}日</b> <a href='./{_name(one)}' title='{esc(one.title)}'>{esc(one.cut)}</a></li>"
            site.put(
                folder if index == 0 else f"{folder}index_{index}.html",
                f"<html><head><meta charset=utf-8><title>{name}</title></head><body><div class='nav'><a href='/dtxx/'>动态信息</a><a href='/tz/'>通知</a></div><div class='lb'>{body}</ul></div>"
                f'<script>createPageHTML({len(pages)}, {index}, "index", "html");</script>{_ICP}</body></html>',
            )
        for one in told:
            site.put(
                folder + _name(one),
                f"<html><head><meta charset=utf-8><title>{esc(one.title)}_某厅</title></head><body><div class='nav'><a href='/dtxx/'>动态信息</a></div><h1>{esc(one.title)}</h1>"
                f"<p class='sub'>来源： {one.office} | 日期： {one.published:%Y-%m-%d %H:%M:%S}</p><div class='TRS_Editor'>{_text(one, 'div')}</div>{_ICP}</body></html>",
            )
        site.told += told
    return site


def written_rows() -> Site:
    """Rows that a script writes: the address and the whole title stand in it as texts."""
    channels = [("gz", "公众参与", "/gzcy/"), ("zt", "专题专栏", "/ztzl/")]
    site = Site("trs", channels)
    for key, name, path in channels:
        told = notices(key, "notice", 22 if key == "gz" else 6, 34)
        pages = chunks(told, 12)
        for index, rows in enumerate(pages):
            body = "".join(
                f"<li><script>var t='{one.title}';var u='./{_name(one)}';if(t.length>18)t=t.substring(0,17)+'…';document.write('<a href=\"'+u+'\" target=\"_blank\">'+t+'</a>');</script><span>{one.day}</span></li>"
                for one in rows
            )
            site.put(
                path if index == 0 else f"{path}index_{index}.html",
                f"<html><head><meta charset=utf-8><title>{name}</title></head><body><div class='nav'><a href='/gzcy/'>公众参与</a><a href='/ztzl/'>专题专栏</a></div><ul class='lb'>{body}</ul>"
                f'<script>createPageHTML({len(pages)}, {index}, "index", "html");</script>{_ICP}</body></html>',
            )
        for one in told:
            site.put(
                path + _name(one),
                f"<html><head><meta charset=utf-8><title>{esc(one.title)}</title></head><body><h1>{esc(one.title)}</h1><p>发布时间：{one.published:%Y-%m-%d %H:%M}</p><div class='TRS_Editor'>{_text(one)}</div>{_ICP}</body></html>",
            )
        site.told += told
    return site


# --- struts ------------------------------------------------------------------------------------------------------------


def list_in_frame() -> Site:
    """The channel's page is a frame around the list; nextPage() posts a form, and no total is said."""
    channels = [("zb", "招标公告", "/zb.jsp"), ("zs", "中标公示", "/zs.jsp")]
    site = Site("struts", channels)
    for key, name, path in channels:
        told = notices(key, "tender", 26 if key == "zb" else 7, 35)
        site.put(
            path,
            f"<html><head><meta charset=utf-8><title>{name}</title></head><body><div class='menu'><a href='/zb.jsp'>招标公告</a><a href='/zs.jsp'>中标公示</a></div>"
            f"<iframe src='/info.action?kind={key}' width='100%' height='800'></iframe>{_ICP}</body></html>",
        )
        pages = chunks(told, 10)
        for index, rows in enumerate(pages):
            body = "".join(
                f"<tr><td><a href='/infoView.action?infoId={one.number}' target='_top'>{esc(one.title)}</a></td><td>{one.day}</td></tr>"
                for one in rows
            )
            now = index + 1
            on = "<a href='javascript:nextPage()'>下一页</a>" if now < len(pages) else "下一页"
            page = (
                "<html><head><meta charset=utf-8><script>function nextPage(){var f=document.pageForm;f.action='/info.action';f.currentPage.value=parseInt(f.currentPage.value)+1;f.submit();}"
                "function prevPage(){document.pageForm.currentPage.value--;document.pageForm.submit();}</script></head><body>"
                f"<form name='pageForm' method='POST' action='/info.action'><input type='hidden' name='kind' value='{key}'><input type='hidden' name='currentPage' value='{now}'><table>{body}</table>"
                f"<p>第{now}页 {on}</p></form></body></html>"
            )
            if index == 0:
                site.put(f"/info.action?kind={key}", page)
            site.put("/info.action", page, [("kind", key), ("currentPage", str(now))])
        for one in told:
            site.put(
                f"/infoView.action?infoId={one.number}",
                f"<html><head><meta charset=utf-8><title>信息详情</title></head><body><table><tr><th>{esc(one.title)}</th></tr><tr><td>发布时间：{one.published:%Y-%m-%d %H:%M}</td></tr><tr><td>{_text(one)}</td></tr></table>{_ICP}</body></html>",
            )
        site.told += told
    return site


def clicked_rows() -> Site:
    """Rows are clicked as a whole, by a function with a context path; 2014/6/3 0:00:00; a GET form pages by links."""
    channels = [("xm", "项目信息", "/jsp/xm/list.do?type=1"), ("qy", "企业信息", "/jsp/xm/list.do?type=2")]
    site = Site("struts", channels)
    for key, name, path in channels:
        told = notices(key, "tender", 24 if key == "xm" else 11, 36, minute=False)
        pages = chunks(told, 10)
        for index, rows in enumerate(pages):
            body = "".join(
                f"<li onclick=\"detail('{one.number}', '{path[-1]}')\" style='cursor:pointer'><span class='n'>{index * 10 + n}</span><span class='name'>{esc(one.title)}</span><em>{one.published.year}/{one.published.month}/{one.published.day} 0:00:00</em></li>"
                for n, one in enumerate(rows, 1)
            )
            links = "".join(
                f"<a onclick='query({n})' href='javascript:void(0)'>{n}</a> " for n in range(1, len(pages) + 1)
            )
            page = (
                f"<html><head><meta charset=utf-8><title>{name}</title><script>var ctx = '/jsp/xm';\nfunction detail(id, type) {{\n  var url = '';\n  window.location.href = ctx + '/detail.do?bh=' + id + '&type=' + type;\n}}\n"
                "function query(n) { $('#pageNum').val(n); $('#qform').submit(); }</script></head><body>"
                f"<form id='qform' action='/jsp/xm/list.do'><input type='hidden' name='type' value='{path[-1]}'><input type='text' name='title' value=''><input type='hidden' id='pageNum' name='pageNum' value='{index + 1}'></form>"
                f"<ul class='xmlist'>{body}</ul><div class='pager'>{links}<span>共{len(told)}条</span></div>{_ICP}</body></html>"
            )
            site.put(f"{path}&title=&pageNum={index + 1}", page)
            if index == 0:
                site.put(path, page)
        for one in told:
            site.put(
                f"/jsp/xm/detail.do?bh={one.number}&type={path[-1]}",
                f"<html><head><meta charset=utf-8><title>详情</title></head><body><h3>{esc(one.title)}</h3><div>发布日期：{one.published.year}/{one.published.month}/{one.published.day} 0:00:00</div><div class='c'>{_text(one)}</div>{_ICP}</body></html>",
            )
        site.told += told
    return site
