# ruff: noqa: E501 (markup reads best as portals write it: on one line)
"""Listings whose rows hold more than a title and a date."""

from tests.pipeline.listing.listing_parts import (
    FOOT,
    HOT,
    LI,
    NAV,
    PAGER,
    SITE,
    Sample,
    day,
    each,
    numbers,
    page,
    row,
    rows,
    title,
)

ROWS = (
    Sample(
        "thumbnail, heading and a summary with links",
        page(
            NAV,
            "<div class=list>",
            each(
                "<div class=item><div class=pic><a href='/zbgg/{id}.jhtml'><img src='/u/{id}.jpg'></a></div><div class=txt><h3><a href='/zbgg/{id}.jhtml'>{t}</a></h3><p>本工程依据<a href='/zcfg/77{n}.jhtml'>建市〔2014〕{n}号文件规定执行招标</a>，资金已落实。<a href='/zbgg/{id}.jhtml'>[详细]</a></p><span>发布时间：{d}</span></div></div>"
            ),
            "</div>",
            PAGER,
            HOT,
            FOOT,
        ),
        rows(),
    ),
    Sample(
        "a link around the whole row",
        page(
            NAV,
            "<div class=list>",
            each(
                "<a href='/zbgg/{id}.jhtml' class=item><div class=t>{t}</div><p>本工程已具备招标条件，现对该工程进行公开招标，欢迎合格的潜在投标人参加，资金来源已经落实，评标办法为综合评估法。</p><div class=d>{d}</div></a>"
            ),
            "</div>",
            PAGER,
            FOOT,
        ),
        rows(),
    ),
    Sample(
        "day and month in elements of their own",
        page(
            NAV,
            "<ul class=list>",
            "".join(
                f"<li><div class=date><b>{n:02}</b><i>2014-06</i></div><a href='/zbgg/{1000 + n}.jhtml'>{title(n)}</a></li>"
                for n in numbers(6)
            ),
            "</ul>",
            PAGER,
            FOOT,
        ),
        rows(),
    ),
    Sample(
        "rows that open by script",
        page(
            NAV,
            "<ul class=box>",
            each("<li><p onclick=\"window.open('/zbgg/{id}.jhtml')\"><span></span><span>{t}</span></p><p>{d}</p></li>"),
            "</ul>",
            PAGER,
            FOOT,
        ),
        rows(),
    ),
    Sample(
        "links that call a script with the address",
        page(
            NAV,
            "<ul>",
            each("<li><a href=\"javascript:openNotice('/zbgg/{id}.jhtml',800)\">{t}</a><span>{d}</span></li>"),
            "</ul>",
            PAGER,
            FOOT,
        ),
        rows(),
    ),
    Sample(
        "base href and a session in the address",
        page(
            NAV,
            "<ul>",
            each("<li><a href='zbgg/{id}.jhtml;jsessionid=0A1B2C'>{t}</a><span>{d}</span></li>"),
            "</ul>",
            PAGER,
            FOOT,
            head="<base href='/'>",
        ),
        tuple(row(n, path="/zbgg/{}.jhtml;jsessionid=0A1B2C") for n in numbers(6)),
    ),
    Sample(
        "channel without a folder of its own",
        page(
            NAV,
            "<ul>",
            each("<li><span class=area>【拉萨市】</span><a href='/jyxxgcgg/{id}.jhtml'>{t}</a><span>{d}</span></li>"),
            "</ul>",
            "<div class=pages>1/3页</div>",
            FOOT,
        ),
        tuple(row(n, label="拉萨市", path="/jyxxgcgg/{}.jhtml") for n in numbers(6)),
        url=f"{SITE}/jyxxgcgg.jhtml",
        next="/jyxxgcgg_2.jhtml",
    ),
    Sample(
        "two columns of notices",
        page(
            NAV,
            "<table class=two>",
            "".join(
                f"<tr><td><a href='/zbgg/{1000 + n}.jhtml'>{title(n)}</a> {day(n)}</td><td><a href='/zbgg/{1001 + n}.jhtml'>{title(n + 1)}</a> {day(n + 1)}</td></tr>"
                for n in (1, 3, 5)
            ),
            "</table>",
            PAGER,
            FOOT,
        ),
        rows(6),
    ),
    Sample(
        "months as headings between lists",
        page(
            NAV,
            "<div class=l>",
            "<h4>2014年6月</h4><ul>",
            each(LI, 3),
            "</ul><h4>2014年5月</h4><ul>",
            each(LI, 3, 4),
            "</ul>",
            PAGER,
            "</div>",
            FOOT,
        ),
        rows(6),
    ),
    Sample(
        "an unclosed navigation takes the page in",
        page(
            "<div class='nav'><ul><li><a href='/'>首页</a><li><a href='/gztz/index.jhtml'>公告通知</a></ul>",
            "<div class=m><ul>",
            each(LI),
            "</ul></div>",
            PAGER,
        ),
        rows(),
    ),
    Sample(
        "a hot list of the same channel, neither classes nor pager",
        page(
            NAV,
            "<div><div><ul>",
            each(LI, 5),
            "</ul></div><div><h3>热点信息</h3><ul>",
            "".join(
                f"<li><a href='/zbgg/{900 + n}.jhtml'>乙县第{n}小学综合楼工程施工招标</a><span>2014-05-{n:02}</span></li>"
                for n in numbers(10)
            ),
            "</ul></div></div>",
            FOOT,
        ),
        rows(5),
    ),
    Sample(
        "a list of the newest before the listing",
        page(
            NAV,
            "<div><div class=left><div class=tit>最新公告</div><ul>",
            "".join(
                f"<li><a href='/zbgg/{900 + n}.jhtml'>乙县第{n}小学综合楼工程施工招标</a></li>" for n in numbers(10)
            ),
            "</ul></div><div class=right><ul>",
            each(LI, 3),
            "</ul>",
            PAGER,
            "</div></div>",
            FOOT,
        ),
        rows(3),
    ),
    Sample(
        "area, notice and company are links",
        page(
            NAV,
            "<table>",
            each(
                "<tr><td><a href='/area/54{n:02}.jhtml'>拉萨市</a></td><td><a href='/zbgg/{id}.jhtml'>{t}</a></td><td><a href='/unit/77{n}.jhtml'>甲公司</a></td><td>{d}</td></tr>"
            ),
            "</table>",
            PAGER,
        ),
        rows(label="拉萨市"),
    ),
    Sample(
        "an icon and a counter in each row",
        page(
            NAV,
            "<ul>",
            each("<li><img src=new.gif><a href='/zbgg/{id}.jhtml'>{t}</a><span>点击：12</span><span>{d}</span></li>"),
            "</ul>",
            PAGER,
        ),
        rows(),
    ),
    Sample(
        "a day in the title is not the row's date",
        page(NAV, "<ul>", each("<li><a href='/zbgg/{id}.jhtml'>2014年5月30日{t}</a></li>"), "</ul>", PAGER),
        tuple((row(k)[0], f"2014年5月30日{title(k)}", "", "") for k in numbers(6)),
    ),
    Sample(
        "title and date inside the link",
        page(
            NAV,
            "<ul>",
            each("<li><a href='/zbgg/{id}.jhtml'><span class=t>{t}</span><span class=d>{d}</span></a></li>"),
            "</ul>",
            PAGER,
        ),
        rows(),
    ),
)
