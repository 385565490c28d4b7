# ruff: noqa: E501 (markup reads best as portals write it: on one line)
"""Listings in the markups of TRS and Struts portals."""

from tests.pipeline.listing.listing_parts import (
    FOOT,
    NAV,
    OTHER,
    SITE,
    STRUTS_ROW,
    STRUTS_URL,
    TRS_LI,
    TRS_URL,
    Sample,
    day,
    each,
    numbers,
    page,
    row,
    trs_rows,
)

FAMILIES = (
    Sample(
        "TRS list with a script pager",
        page(
            NAV,
            "<div class=zwyw><ul class='zwyw_list clearfix'>",
            each(TRS_LI),
            '</ul><div class=page><script>createPageHTML(3, 0, "index", "html");</script></div></div>',
            FOOT,
        ),
        trs_rows(),
        url=TRS_URL,
        dialect="trs",
        next="/zwgk/zbgg/index_1.html",
    ),
    Sample(
        "TRS catalogue in paragraphs",
        page(
            NAV,
            "<div class=zxxxgk>",
            each(
                "<div class=line><p class='wid1 lf'><a href='../zbgg/201406/t201406{n:02}_{id}.html'>{t}</a></p><span class='d wid3'>{d}</span></div>"
            ),
            "</div><script>var countPage = 12//共几页\nvar currentPage = 0;</script>",
            FOOT,
        ),
        trs_rows(),
        url=f"{SITE}/zwgk/zbgg/list.html",
        dialect="trs",
        next="/zwgk/zbgg/list_1.html",
    ),
    Sample(
        "TRS table with the index number in a column, sidebar of other channels",
        page(
            NAV,
            "<div class=box><table class=tb><tr><th>索引号</th><th>名称</th><th>发布日期</th></tr>",
            each(
                "<tr><td>K0000000-{n}/2014-0000{n}</td><td><a href='./201406/t201406{n:02}_{id}.html'>{t}</a></td><td>{d}</td></tr>"
            ),
            "</table><script>createPageHTML(5,0,'index','htm')</script></div>",
            OTHER,
            FOOT,
        ),
        trs_rows(),
        url=TRS_URL,
        dialect="trs",
        next="/zwgk/zbgg/index_1.htm",
    ),
    Sample(
        "Struts list with a numbered pager",
        page(
            NAV,
            "<ul class='x-main-jr-top-content'>",
            each(
                "<li><p><a href='/xz/publish-notice!noticeDetail.do?noticeId={id}'>{t}</a></p><span class='jr-t-date'>{d} 10:00:00</span></li>"
            ),
            "</ul><div class=pagination>1/55页 <a href='?PAGE=2'>2</a> <a href='?PAGE=3'>3</a></div>",
            FOOT,
        ),
        tuple(row(n, date=f"{day(n)} 10:00:00", path=STRUTS_ROW) for n in numbers(6)),
        url=STRUTS_URL,
        dialect="struts",
        next="/xz/publish-notice!tenderNoticeView.do?PAGE=2",
    ),
    Sample(
        "Struts table, the page in a form",
        page(
            NAV,
            "<form><table class=grid><tr><th>序号</th><th>项目名称</th><th>区域</th><th>发布时间</th></tr>",
            each(
                "<tr><td>{n}</td><td><a href='javascript:void(0)' onclick=\"view('/xz/publish-notice!noticeDetail.do?noticeId={id}')\">{t}</a></td><td>拉萨</td><td>{d}</td></tr>"
            ),
            "</table><div>总记录数：110 页次：1/19 <a href='javascript:gotoPage(2)'>下一页</a></div></form>",
            FOOT,
        ),
        tuple(row(n, path=STRUTS_ROW) for n in numbers(6)),
        url=f"{SITE}/xz/publish-notice!tenderNoticeView.do",
        dialect="struts",
        next="/xz/publish-notice!tenderNoticeView.do?PAGE=2",
    ),
)
