"""Composed pages on which a reader goes wrong that takes the first date, the largest heading or the longest block."""

from tests.pipeline.article.article_pages import FIRST, FOOT, LAST, NAV, PARAGRAPHS, SECOND, TEXT, TITLE, Example

TABLE = (
    "<table><tr><td>序号</td><td>名称</td><td>金额</td></tr><tr><td>1</td><td>甲公司</td><td>100</td></tr>"
    "<tr><td>2</td><td>乙公司</td><td>200</td></tr></table>"
)
ROWS = "序号\t名称\t金额\n1\t甲公司\t100\n2\t乙公司\t200"
COMMENT = '<div class="pl"><b>网友</b><p>说得很好，支持一下，希望早日开工，早日建成，方便群众出行。</p></div>'
OTHERS = "".join(f'<li><a href="{n}">另外一条公告的标题{n}</a> 2014-05-{n:02}</li>' for n in range(1, 9))

TRAPS = {
    "summaries with dates before the article": Example(
        f"""<html><head><title>{TITLE}</title></head><body><div class="lanmu"><h2>推荐</h2><div class="item">
        <a href=1>某某公告标题相当长的一条</a><p>发布时间：2013-01-02</p>
        <p>摘要文字若干，说明其内容，欢迎阅读。</p></div><div class="item">
        <a href=2>又一公告标题相当长的一条</a><p>发布时间：2013-01-03</p>
        <p>摘要文字若干，说明其内容，欢迎阅读。</p></div></div><div class="right"><h1>{TITLE}</h1>
        <p>发布时间：2014-06-03</p><div class="nr">{PARAGRAPHS}</div></div>{FOOT}</body></html>""",
    ),
    "a label without its value": Example(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>2014-06-03</div><div>来源：</div>
        <div class="cc"><p>因故延期，时间另行通知</p><p>{FIRST}</p></div></body></html>""",
        text="因故延期，时间另行通知\n" + FIRST,
    ),
    "a text that begins with labels of its own": Example(
        f"""<html><head><title>甲县人民政府</title></head><body><div class="art"><h2>关于召开乙会议的通知</h2>
        <p class="sj">发布时间：2014-06-03 来源：甲办</p><div class="art_c"><p>时间：2014年6月10日上午9时</p>
        <p>地点：丙楼会议室</p><p>{FIRST}</p></div></div></body></html>""",
        title="关于召开乙会议的通知",
        text="时间：2014年6月10日上午9时\n地点：丙楼会议室\n" + FIRST,
    ),
    "tables, <br> and no names": Example(
        f"""<html><head><title>甲县建设局</title></head><body><table><tr><td><a href=/>首页</a> <a href=/a>新闻</a>
        </td></tr></table><table><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr><tr>
        <td align=center>[2014-6-3] [浏览：<script></script>次]</td></tr><tr><td>　　{FIRST}<br>　　{SECOND}<br>
        <br>　　{LAST}</td></tr><tr><td><a href=javascript:close()>【关闭】</a></td></tr></table><table><tr>
        <td>甲县建设局 版权所有</td></tr></table></body></html>""",
    ),
    "the site's name as <h1>": Example(
        f"""<html><head><title>甲县人民政府门户网站</title></head><body><header><h1>甲县人民政府门户网站</h1><nav>
        <ul>{NAV}</ul></nav></header><main><article><h2>{TITLE}</h2>
        <time>2014-06-03 09:10</time>{PARAGRAPHS}</article></main><footer><p>地址：甲县人民路</p></footer>
        </body></html>""",
    ),
    "metadata as a definition list": Example(
        f"""<html><head><title>{TITLE}</title></head><body><dl class="xx"><dt>索引号</dt>
        <dd>000014349/2014-00007</dd><dt>发布机构</dt><dd>甲县政府办</dd><dt>发布日期</dt><dd>2014-06-03</dd>
        <dt>文号</dt><dd>甲政发〔2014〕5号</dd></dl><h1>{TITLE}</h1><div class="gk">{PARAGRAPHS}</div></body>
        </html>""",
    ),
    "paragraphs in nameless blocks": Example(
        f"""<html><head><title>{TITLE}_甲网</title></head><body><div id="w"><div class="t1">{TITLE}</div>
        <div class="t2">时间：2014-06-03　来源：甲</div><div class="t3"><div><div>{FIRST}</div></div><div>
        <div>{SECOND}</div><div>{LAST}</div></div></div></div></body></html>""",
    ),
    "tables between paragraphs": Example(
        f"""<html><head><title>{TITLE}</title></head><body><div class="main"><h3>{TITLE}</h3><p>日期：2014-06-03</p>
        <div id="info"><p>{FIRST}</p>{TABLE}<p>{SECOND}</p>{TABLE}<p>甲县采购中心</p><p>2014年6月1日</p></div>
        <p><a href="javascript:print()">打印</a></p></div></body></html>""",
        text=f"{FIRST}\n{ROWS}\n{SECOND}\n{ROWS}\n甲县采购中心\n2014年6月1日",
    ),
    "comments of readers": Example(
        f"""<html><head><title>{TITLE}-甲网</title></head><body><div class="zw"><h1>{TITLE}</h1>
        <div class="xx">2014-06-03 08:00 甲网</div><div class="zwnr">{PARAGRAPHS}</div></div><div class="plq">
        <h3>评论</h3>{COMMENT * 3}</div></body></html>""",
    ),
    "nothing but a file": Example(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>发布时间：2014-06-03</p>
        <div class="c"><a href="a.pdf">{TITLE}.pdf</a></div></body></html>""",
        text="",
    ),
    "labels and values in list items": Example(
        f"""<html><head><title>{TITLE}</title></head><body><div class="xl"><h2>{TITLE}</h2><ul><li>发布时间：</li>
        <li>2014-06-03</li><li>信息来源：</li><li>甲局</li><li>访问量：</li><li>33</li></ul>
        <div class="xl_con1">{PARAGRAPHS}</div></div></body></html>""",
    ),
    "a title over two lines": Example(
        f"""<html><head><title>甲局</title></head><body><div class="news_title">甲县乙路工程<br>施工招标公告</div>
        <div class="news_time">2014-06-03</div><div class="news_nr">{PARAGRAPHS}</div></body></html>""",
    ),
    "names of a style framework": Example(
        f"""<html><head><title>{TITLE}</title></head><body class="search"><div class="position-relative">
        <h1>{TITLE}</h1><span>2014-06-03</span><div class="print-content">{PARAGRAPHS}</div></div></body></html>""",
    ),
    "a text that a script would show": Example(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><span>2014-06-03</span>
        <div id="zoom" style="display:none">{PARAGRAPHS}</div></body></html>""",
    ),
    "a line between title and date": Example(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><h2>——副标题一行字</h2>
        <p class="d">2014-06-03 来源：甲</p><div class="cont">{PARAGRAPHS}<p>（责任编辑：丁）</p></div></body>
        </html>""",
    ),
    "today's date in the header": Example(
        f"""<html><head><title>{TITLE}</title></head><body><div class="top"><span>今天是2026年1月2日 星期五</span>
        <ul>{NAV}</ul></div><div class="nn"><h3>{TITLE}</h3><p>2014-06-03</p></div>
        <div class="mm">{PARAGRAPHS}</div></body></html>""",
    ),
    "a deadline at the head of the text": Example(
        f"""<html><head><title>{TITLE}</title></head><body><div class="nn"><h3>{TITLE}</h3></div><div class="mm">
        <p>报名截止时间：2014年7月1日</p>{PARAGRAPHS}</div>
        <div class="ff">发布人：甲　发布时间：2014-06-03</div></body></html>""",
        text="报名截止时间：2014年7月1日\n" + TEXT,
    ),
    "a list of other notices": Example(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>2014-06-03</p>
        <div class="bb">{PARAGRAPHS}</div><div class="cc"><ul>{OTHERS}</ul></div></body></html>""",
    ),
    "lists in the text": Example(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>2014-06-03</p><div class="bb">
        <p>{FIRST}</p><ol><li>甲项一段话，说明其内容。</li><li>乙项一段话，说明其内容。</li></ol><ul>
        <li>丙项一段话。</li></ul></div></body></html>""",
        text=f"{FIRST}\n甲项一段话，说明其内容。\n乙项一段话，说明其内容。\n丙项一段话。",
    ),
    "links in the text": Example(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>2014-06-03</p><div class="bb">
        <p>{FIRST}详见<a href="http://x.cn">甲网</a>。</p><p><a href="u.html">{SECOND}</a></p><p>{LAST}</p>
        </div><div class="zz"><a href=1>上一篇</a></div></body></html>""",
        text=f"{FIRST}详见甲网。\n{SECOND}\n{LAST}",
    ),
    "the day of an update": Example(
        f"""<html><head><title>{TITLE}|公告|甲网</title></head><body><div class="a"><h1>{TITLE}</h1><p>
        <span>发布日期：2014-06-03</span><span>更新日期：2015-01-01</span></p></div>
        <div class="b">{PARAGRAPHS}</div></body></html>""",
    ),
    "a signature of the editor inside the text": Example(
        f"""<html><head><title>{TITLE}--甲县频道--甲网</title></head><body><div class="path">
        <a href=/>甲网</a>&gt;&gt;正文</div><h1>{TITLE}</h1><div class="box01">
        <div class="fl">2014年06月03日16:18&nbsp;&nbsp;来源：<a href="x">甲日报</a></div></div>
        <div class="box_con" id="rwb_zw">{PARAGRAPHS}<div class="edit clearfix">(责编：丁、戊)</div></div>
        <div class="box_pic"></div></body></html>""",
    ),
    "a way back inside the text": Example(
        f"""<html><head><title>{TITLE}_甲</title></head><body><div class="text"><div class="text-title">
        <h1>{TITLE}<span class="article-tag"><i></i></span></h1><div class="article-info">
        <span class="time" id="news-time">2014-06-03 16:18</span> 来源: <a>甲</a></div></div>
        <article class="article" id="mp-editor">{PARAGRAPHS}<p><a href="//sohu.com">返回甲，查看更多</a></p>
        <p>责任编辑：</p></article></div></body></html>""",
    ),
    "名称 beside an index number": Example(
        f"""<html><head><title>甲县政府信息公开</title></head><body><table class="tb"><tr><td>索引号:</td>
        <td>AB000/2014-00012</td><td>组配分类:</td><td>其他</td></tr><tr><td>发布机构:</td><td>甲县住建局</td>
        <td>发文日期:</td><td>2014-06-01</td></tr><tr><td>名  称:</td><td colspan=3>{TITLE}</td></tr><tr>
        <td>文  号:</td><td>无</td><td>主 题 词:</td><td>建设</td></tr></table><table><tr>
        <td align=center>{TITLE}</td></tr><tr><td align=center>发布时间:2014-06-03 字体:[大 中 小]</td></tr><tr>
        <td class="bt_content"><div class="main-con">{PARAGRAPHS}</div></td></tr></table></body></html>""",
    ),
    "files listed after the text": Example(
        f"""<html><head><title>甲省政府采购网</title></head><body><div class="noticeArea">
        <p class="subject">标题</p><h2 class="info-title">{TITLE}</h2><p class="info">
        <span>公告发布时间：2014-06-03 18:00:00</span><span>阅读量：10</span></p><div class="notice-con">
        <p>项目概况</p><p>{FIRST}</p><table><tr><td>采购单位</td><td>甲局</td></tr></table><p>{LAST}</p></div>
        <div class="file"><p>附件：</p><a href="/gpx-bid-file/1.pdf">采购文件.pdf</a></div></div></body></html>""",
        text=f"项目概况\n{FIRST}\n采购单位\t甲局\n{LAST}",
    ),
    "the day below the text": Example(
        f"""<html><head><title>{TITLE}</title></head><body><div class="newsview"><div class="newstit">{TITLE}</div>
        <div class="newscon">{PARAGRAPHS}</div><div class="newsdate">2014-06-03</div></div></body></html>""",
    ),
    "a title of two characters": Example(
        f"""<html><head><title>公告 - 甲县</title></head><body><h1>公告</h1><p>时间：2014-06-03</p>
        <div class="c">{PARAGRAPHS}</div></body></html>""",
        title="公告",
    ),
    "metadata in list items": Example(
        f"""<html><head><title>{TITLE}_通知公告_甲市人民政府</title><meta name="ArticleTitle" content="{TITLE}">
        <meta name="PubDate" content="2014-06-03 10:11"><meta name="ContentSource" content="甲办"></head><body>
        <div class="xxgk-top"><ul><li><b>索引号：</b>AB/2014-1</li><li><b>发布机构：</b>甲办</li><li>
        <b>成文日期：</b>2014-05-30</li><li><b>有效性：</b>有效</li></ul></div><div class="article">
        <h1>{TITLE}</h1>
        <div class="article-info">发布时间：2014-06-03 10:11 信息来源：甲办 浏览量：<span>9</span></div>
        <div class="article-content">
        <div class="trs_editor_view TRS_UEDITOR trs_paper_default">{PARAGRAPHS}</div></div>
        <div class="qrcode">扫一扫在手机打开当前页</div></div></body></html>""",
    ),
    "a date at the head of the text": Example(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>发布时间：2014-06-03</p>
        <div class="c1"><p>2014年5月20日</p><p>{FIRST}</p></div></body></html>""",
        text="2014年5月20日\n" + FIRST,
    ),
}
