# ruff: noqa: E501 (markup reads best as portals write it: on one line)
"""Listings on pages that show other lists, too."""

from tests.pipeline.listing.listing_parts import (
    FOOT,
    HOT,
    LI,
    NAV,
    OTHER,
    PAGER,
    Sample,
    each,
    numbers,
    page,
    row,
    rows,
)

PAGES = (
    Sample(
        "one row, no pager, long sidebars",
        page(NAV, "<div class=m><ul>", each(LI, 1), "</ul></div><div class=s>", OTHER, HOT, "</div>", FOOT),
        rows(1),
    ),
    Sample(
        "two rows without dates beside dated lists",
        page(
            NAV,
            "<div class=m><ul>",
            each("<li><a href='/zbgg/{id}.jhtml'>{t}</a></li>", 2),
            "</ul>",
            PAGER,
            "</div><div class=s>",
            OTHER,
            HOT,
            "</div>",
            FOOT,
        ),
        rows(2, date=""),
    ),
    Sample(
        "notices of sub-channels",
        page(
            NAV,
            "<div class=m><ul>",
            each("<li><a href='/fwjz{n}/{id}.jhtml'>{t}</a><span>{d}</span></li>", 5),
            "</ul>",
            PAGER,
            "</div><div class=s>",
            OTHER,
            "</div>",
            FOOT,
        ),
        tuple(row(n, path=f"/fwjz{n}/" + "{}.jhtml") for n in numbers(5)),
    ),
    Sample(
        "paragraphs, the date after a full-width space",
        page(NAV, "<div class=con>", each("<p><a href='/zbgg/{id}.jhtml'>{t}</a>　{d}</p>"), "</div>", PAGER),
        rows(),
    ),
    Sample(
        "headings, each with a line of metadata after it",
        page(
            NAV,
            "<div class=con>",
            each("<h3><a href='/zbgg/{id}.jhtml'>{t}</a></h3><div class=meta>发布时间：{d} 来源：甲局</div>"),
            "</div>",
            PAGER,
        ),
        rows(),
    ),
    Sample(
        "title and metadata in rows of their own",
        page(
            NAV,
            "<table>",
            each("<tr><td><a href='/zbgg/{id}.jhtml'>{t}</a></td></tr><tr><td>发布日期：{d} 浏览：3</td></tr>"),
            "</table>",
            PAGER,
        ),
        rows(),
    ),
    Sample(
        "a column of deadlines",
        page(
            NAV,
            "<table><tr><th>名称</th><th>发布</th><th>截止</th></tr>",
            each("<tr><td><a href='/zbgg/{id}.jhtml'>{t}</a></td><td>{d}</td><td>2014-12-31</td></tr>"),
            "</table>",
            PAGER,
        ),
        rows(),
    ),
    Sample(
        "upper-case tags and tables",
        page(
            "<TABLE><TR><TD>",
            NAV,
            "</TD></TR><TR><TD><TABLE>",
            each("<TR><TD>·<A HREF='{id}.jhtml' TARGET=_blank>{t}</A></TD><TD>[{d}]</TD></TR>"),
            "</TABLE></TD></TR></TABLE>",
        ),
        rows(),
    ),
    Sample(
        "pictures over cut titles",
        page(
            NAV,
            "<div class=pics>",
            each(
                "<div class=pic><a href='/zbgg/{id}.jhtml'><img src=x.jpg alt='{t}'></a><p><a href='/zbgg/{id}.jhtml'>{c}...</a></p></div>"
            ),
            "</div>",
            PAGER,
        ),
        rows(date=""),
    ),
    Sample(
        "a picture is the link, the title stands under it",
        page(
            NAV,
            "<ul>",
            each("<li><a href='/zbgg/{id}.jhtml'><img src=x.jpg></a><p>{t}</p><i>{d}</i></li>"),
            "</ul>",
            PAGER,
        ),
        rows(),
    ),
    Sample(
        "definition lists with summaries",
        page(
            NAV,
            "<div>",
            each("<dl><dt><a href='/zbgg/{id}.jhtml'>{t}</a></dt><dd>摘要摘要摘要</dd><dd>{d}</dd></dl>"),
            "</div>",
            PAGER,
        ),
        rows(),
    ),
    Sample(
        "a list for every row",
        page(
            NAV,
            "<div>",
            each("<ul><li class=a><a href='/zbgg/{id}.jhtml'>{t}</a></li><li class=b>{d}</li></ul>"),
            "</div>",
            PAGER,
        ),
        rows(),
    ),
    Sample(
        "a download in every row",
        page(
            NAV,
            "<table>",
            each(
                "<tr><td>{n}</td><td><a href='/zbgg/{id}.jhtml'>{t}</a></td><td>{d}</td><td><a href='/down/{id}.doc'>下载</a></td></tr>"
            ),
            "</table>",
            PAGER,
        ),
        rows(),
    ),
    Sample(
        "three rows above thirty links to other sites",
        page(
            "<ul>",
            each(LI, 3),
            "</ul>",
            "<div>"
            + "".join(f"<a href='http://x{i}.example/n/{i}123.html'>某某省住房和城乡建设厅网站</a>" for i in range(30))
            + "</div>",
        ),
        rows(3),
    ),
    Sample(
        "month and year in elements of their own",
        page(
            NAV,
            "<ul>",
            each("<li><span>06/{n:02}</span><span>2014</span><a href='/zbgg/{id}.jhtml'>{t}</a></li>"),
            "</ul>",
            PAGER,
        ),
        tuple(row(k, date=f"2014-06-{k:02}") for k in numbers(6)),
    ),
    Sample(
        "the type as a plain text before the link",
        page(
            NAV,
            "<ul>",
            each("<li><span class=lx>招标公告</span><a href='/zbgg/{id}.jhtml'>{t}</a><span>{d}</span></li>"),
            "</ul>",
            PAGER,
        ),
        rows(label="招标公告"),
    ),
    Sample(
        "an advert between two lists",
        page(
            NAV,
            "<div class=w><ul>",
            each(LI, 3),
            "</ul><div class=ad><a href='http://ad.example/x/1234.html'><img src=1.jpg></a></div><ul>",
            each(LI, 3, 4),
            "</ul>",
            PAGER,
            "</div>",
        ),
        rows(),
    ),
    Sample(
        "a heading that links to the channel itself",
        page(
            NAV,
            "<div class=w><div class=t1><h3><a href=/zbgg/index.jhtml>招标公告</a></h3><ul>",
            each(LI, 8),
            "</ul></div></div>",
        ),
        rows(8),
    ),
)
