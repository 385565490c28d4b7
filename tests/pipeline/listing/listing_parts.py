# ruff: noqa: E501 (markup reads best as portals write it: on one line)
"""What composed listing pages are made of: a sample, its rows, the furniture around them."""

from dataclasses import dataclass, field

SITE = "http://www.jianshe.example"


@dataclass(frozen=True)
class Sample:
    """A listing page and its rows: address, title, date, label."""

    name: str
    html: str
    rows: tuple[tuple[str, str, str, str], ...]
    url: str = f"{SITE}/zbgg/index.jhtml"
    dialect: str = "jeecms"
    next: str = field(default="", compare=False)


def numbers(count: int, start: int = 1) -> range:
    return range(start, start + count)


def title(n: int) -> str:
    return f"甲县第{n}中学教学楼工程施工招标公告"


def day(n: int) -> str:
    return f"2014-06-{n:02}"


def row(n: int, label: str = "", date: str | None = None, path: str = "/zbgg/{}.jhtml") -> tuple[str, str, str, str]:
    return SITE + path.format(1000 + n), title(n), day(n) if date is None else date, label


NAV = """<div class="header"><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/gztz/index.jhtml">公告通知</a></li>
<li><a href="/hydt/index.jhtml">行业动态</a></li><li><a href="/bszn/12.jhtml">办事指南</a></li></ul></div></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zbgg/index.jhtml">招标公告</a></div>"""
FOOT = """<div class="friend"><a href="http://www.mohurd.example/n/123456.html">住房和城乡建设部</a>
<a href="http://www.gov.example/c/654321.html">中央人民政府网</a></div>
<div class="footer"><a href="/about/3.jhtml">关于我们</a> 主办单位：甲县住房和城乡建设局 2012-01-01</div>"""
PAGER = """<div class="pagination">共 41 条 1/3 页 <a href="index.jhtml">首页</a> 上一页
<a href="index_2.jhtml">下一页</a> <a href="index_3.jhtml">尾页</a></div>"""
HOT = "<div class='side-box'><h3>热点公告</h3><ul>{}</ul></div>".format(
    "".join(
        f"<li><a href='/zbgg/{900 + n}.jhtml'>乙县第{n}小学综合楼工程施工招标公告</a><span>2014-05-{n:02}</span></li>"
        for n in numbers(12)
    )
)
OTHER = "<div class='box'><h2>行业动态 <a href='/hydt/index.jhtml'>更多&gt;&gt;</a></h2><ul>{}</ul></div>".format(
    "".join(
        f"<li><a href='/hydt/{800 + n}.jhtml'>自治区召开第{n}次住房城乡建设工作会议</a><i>2014-04-{n:02}</i></li>"
        for n in numbers(15)
    )
)


def page(*parts: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>招标公告</title>{head}</head><body>{''.join(parts)}</body></html>"


def each(form: str, count: int = 6, start: int = 1) -> str:
    return "".join(form.format(n=n, id=1000 + n, t=title(n), d=day(n), c=title(n)[:10]) for n in numbers(count, start))


def rows(count: int = 6, **more: str) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(row(n, **more) for n in numbers(count))


LI = "<li><a href='/zbgg/{id}.jhtml'>{t}</a><span>{d}</span></li>"
TRS_LI = "<li><a href='./201406/t201406{n:02}_{id}.html' title='{t}'>{t}</a><span>{d}</span></li>"


def trs_rows(count: int = 6) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (f"{SITE}/zwgk/zbgg/201406/t201406{n:02}_{1000 + n}.html", title(n), day(n), "") for n in numbers(count)
    )


TRS_URL = f"{SITE}/zwgk/zbgg/index.html"
STRUTS_URL = f"{SITE}/xz/publish-notice!tenderNoticeView.do?PAGE=1"
STRUTS_ROW = "/xz/publish-notice!noticeDetail.do?noticeId={}"
