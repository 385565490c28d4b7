# ruff: noqa: E501 (markup reads best as portals write it: on one line)
"""Listings as lists, tables and bare links."""

from tests.pipeline.listing.listing_parts import (
    FOOT,
    HOT,
    LI,
    NAV,
    OTHER,
    PAGER,
    SITE,
    Sample,
    each,
    numbers,
    page,
    row,
    rows,
    title,
)

LISTS = (
    Sample(
        "plain list",
        page(NAV, "<div class=main><ul class=list>", each(LI), "</ul>", PAGER, "</div>", FOOT),
        rows(),
        next="/zbgg/index_2.jhtml",
    ),
    Sample(
        "two floated divs, cut text, full title in the attribute",
        page(
            NAV,
            "<div class='c1-body'>",
            each(
                "<div class='c1-bline'><div class='f-left'><a href='{id}.jhtml' title='{t}'>{c}…</a></div><div class='f-right'>{d}</div><div class='clear'></div></div>"
            ),
            "</div>",
            "<div class='pagination'>共 41 条 1/3页 首页 下一页</div>",
            FOOT,
        ),
        rows(),
        next="/zbgg/index_2.jhtml",
    ),
    Sample(
        "date before the title in brackets",
        page(
            NAV,
            "<div class=content><ul>",
            each("<li><em>[{d}]</em><a href='/zbgg/{id}.jhtml'>{t}</a></li>"),
            "</ul></div>",
            PAGER,
            FOOT,
        ),
        rows(),
    ),
    Sample(
        "short dates",
        page(
            NAV,
            "<ul class='news'>",
            "".join(
                f"<li><span class='r'>06-{n:02}</span><a href='/zbgg/{1000 + n}.jhtml'>{title(n)}</a></li>"
                for n in numbers(6)
            ),
            "</ul>",
            PAGER,
            FOOT,
        ),
        tuple(row(n, date=f"06-{n:02}") for n in numbers(6)),
    ),
    Sample(
        "no dates at all beside dated lists of other channels",
        page(
            NAV,
            "<div class=wrap><div class=l><ul>",
            each("<li><a href='/zbgg/{id}.jhtml'>{t}</a></li>", 8),
            "</ul>",
            PAGER,
            "</div><div class=r>",
            OTHER,
            HOT,
            "</div></div>",
            FOOT,
        ),
        rows(8, date=""),
    ),
    Sample(
        "one row beside long dated lists of other channels",
        page(
            NAV,
            "<div class=wrap><div class=r>",
            OTHER,
            HOT,
            "</div><div class=l><h2>招标公告</h2><ul>",
            each(LI, 1),
            "</ul><div class=pagination>共 1 条 1/1 页 首页 上一页 下一页 尾页</div></div></div>",
            FOOT,
        ),
        rows(1),
    ),
    Sample(
        "two links per row: the category is no notice",
        page(
            NAV,
            "<ul class=list>",
            each(
                "<li><a href='/zbgg/fwjz/index.jhtml' class=cat>[房屋建筑]</a> <a href='/zbgg/{id}.jhtml'>{t}</a> <span>{d}</span></li>"
            ),
            "</ul>",
            PAGER,
            FOOT,
        ),
        rows(label="房屋建筑"),
    ),
    Sample(
        "categories with numbers in their addresses",
        page(
            NAV,
            "<ul class=list>",
            each("<li><a href='/lanmu/10{n}.html'>[市政]</a><a href='/zbgg/{id}.jhtml'>{t}</a><span>{d}</span></li>"),
            "</ul>",
            PAGER,
            FOOT,
        ),
        rows(label="市政"),
    ),
    Sample(
        "twenty rows in four lists of five and one of one",
        page(
            NAV,
            "<div class=list>",
            *(f"<ul>{each(LI, 5, start)}</ul><div class=line></div>" for start in (1, 6, 11, 16)),
            f"<ul>{each(LI, 1, 21)}</ul>",
            PAGER,
            "</div>",
            HOT,
            FOOT,
        ),
        rows(21),
    ),
    Sample(
        "pinned rows in a list of their own",
        page(
            NAV,
            "<div class=l><ul class=top><li><b><a href='/zbgg/501.jhtml' style='color:red'>关于招标公告发布事项的重要通知</a></b><span>2013-01-01</span></li></ul><ul class=list>",
            each(LI),
            "</ul>",
            PAGER,
            "</div>",
            FOOT,
        ),
        ((f"{SITE}/zbgg/501.jhtml", "关于招标公告发布事项的重要通知", "2013-01-01", ""), *rows()),
    ),
    Sample(
        "a pinned row with other markup in the same list",
        page(
            NAV,
            "<ul class=list><li class=top><div><h4><a href='/zbgg/501.jhtml'>关于招标公告发布事项的重要通知</a></h4></div><span>2013-01-01</span></li>",
            each(LI),
            "</ul>",
            PAGER,
            FOOT,
        ),
        ((f"{SITE}/zbgg/501.jhtml", "关于招标公告发布事项的重要通知", "2013-01-01", ""), *rows()),
    ),
    Sample(
        "rows without a date among dated ones, a row that leads elsewhere",
        page(
            NAV,
            "<ul class=list>",
            each(LI, 3),
            "<li><a href='/zbgg/1004.jhtml'>",
            title(4),
            "</a></li><li><a href='http://mp.weixin.example/s/abcXYZ'>自治区政务新媒体公告转载</a><span>2014-06-05</span></li></ul>",
            PAGER,
            FOOT,
        ),
        (
            *rows(3),
            row(4, date=""),
            ("http://mp.weixin.example/s/abcXYZ", "自治区政务新媒体公告转载", "2014-06-05", ""),
        ),
    ),
    Sample(
        "table layout of 2008 with nested tables",
        page(
            "<table width=1000><tr><td><a href='/'>首页</a> | <a href='/gztz/index.jhtml'>公告通知</a></td></tr><tr><td width=200><table>",
            "".join(
                f"<tr><td><a href='/hydt/{n}.jhtml'>行业动态第{n}号简报内容</a></td></tr>" for n in numbers(9, 100)
            ),
            "</table></td><td><table width=100%>",
            each(
                "<tr><td width=10><img src=dot.gif></td><td><table><tr><td><a href='/zbgg/{id}.jhtml' target=_blank>{t}</a></td></tr></table></td><td align=right><font color=gray>{d}</font></td></tr><tr><td colspan=3 background=line.gif></td></tr>"
            ),
            "</table><table><tr><td align=center>共41条 第1页/共3页 <a href=index_2.jhtml>下一页</a></td></tr></table></td></tr></table>",
        ),
        rows(),
        next="/zbgg/index_2.jhtml",
    ),
    Sample(
        "bare links separated by line breaks",
        page(
            NAV,
            "<table><tr><td class=con>",
            each("· <a href='/zbgg/{id}.jhtml'>{t}</a> <font>({d})</font><br>"),
            "</td></tr></table>",
            PAGER,
            FOOT,
        ),
        rows(),
    ),
    Sample(
        "bare links, the date before each",
        page(
            NAV,
            "<div class=con>",
            each("<span>{d}</span> <a href='/zbgg/{id}.jhtml'>{t}</a><br>"),
            "</div>",
            PAGER,
            FOOT,
        ),
        rows(),
    ),
    Sample(
        "definition list",
        page(
            NAV,
            "<dl class=list>",
            each("<dt><a href='/zbgg/{id}.jhtml'>{t}</a></dt><dd>{d}</dd>"),
            "</dl>",
            PAGER,
            FOOT,
        ),
        rows(),
    ),
)
