"""Article pages composed for the tests: the templates of common CMS families around texts that no portal published."""

from dataclasses import dataclass, field

FIRST = "根据甲县住房和城乡建设局的批复，乙路工程已具备招标条件，现对该项目的施工进行公开招标。"
SECOND = "凡有意参加投标者，请于规定的时间内持单位介绍信到丙楼四层购买招标文件，逾期不予受理。"
LAST = "联系人：丁先生 电话：0000-1234567"
PARAGRAPHS = f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>"
TEXT = f"{FIRST}\n{SECOND}\n{LAST}"
NAV = "".join(
    f'<li><a href="/c{n}/">{name}</a></li>'
    for n, name in enumerate(("首页", "机构概况", "政务公开", "办事服务", "互动交流"))
)
FOOT = (
    '<div class="bottom"><p>版权所有：甲县住房和城乡建设局 地址：甲县人民路一号 邮编：000000</p>'
    "<p>备案号：某ICP备00000000号 网站标识码：0000000000 技术支持：戊公司 建议使用1024*768分辨率浏览本站</p></div>"
)
TITLE = "甲县乙路工程施工招标公告"


@dataclass(frozen=True)
class Example:
    """A page and what it says."""

    html: str
    title: str = TITLE
    published: str = "2014-06-03"
    text: str = TEXT
    more: dict[str, object] = field(default_factory=dict)  # other fields of the notice


EXAMPLES = {
    "jeecms": Example(
        f"""<html><head><title>{TITLE}-甲县建设网</title></head><body><div class="top"><ul>{NAV}</ul></div>
        <div class="x-main"><div class="x-main-news-title">{TITLE}</div>
        <div class="x-main-news-time">发布时间：2014-06-03 10:21:07　来源：甲县招标办
        点击数：<span id="views">88</span></div>
        <div class="x-main-news-content">{PARAGRAPHS}</div>
        <div>附件：<a href="/u/cms/www/201406/abc.doc">招标文件.doc</a></div>
        <div class="pn">上一篇：<a href="/zbgg/1.jhtml">上一条公告的标题</a>
        下一篇：<a href="/zbgg/3.jhtml">下一条公告的标题</a></div>
        </div>{FOOT}</body></html>""",
        more={"issuer": "甲县招标办", "published_precision": "second"},
    ),
    "trs with a metadata table": Example(
        f"""<html><head><meta name="PubDate" content="2015-03-26 18:15"><title>{TITLE}_甲区政府</title></head><body>
        <ul class="nav">{NAV}</ul><div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="../">公告</a></div>
        <div class="main"><table class="table"><tr><td>标 题</td><td colspan="3">{TITLE}</td></tr>
        <tr><td>索引号</td><td>K3984687-7/2015-00053</td><td>文 号</td><td></td></tr>
        <tr><td>发布机构</td><td>甲区住房和城乡建设厅</td><td>发布日期</td><td>2015-03-26 18:15:00</td></tr></table>
        <h2>{TITLE}</h2><div class="time">时间: 2015-03-27 来源: 乙网 背景色: <a href="#">大</a> <a href="#">中</a>
        </div>
        <div class="view TRS_UEDITOR">{PARAGRAPHS}<script>//是否显示作废图标
        show();</script></div><div class="fx">分享到：<a href="#">微信</a></div></div>{FOOT}</body></html>""",
        published="2015-03-26",
        more={
            "index_number": "K3984687-7/2015-00053",
            "index_valid": True,
            "document_number": "",
            "void": False,
            "issuer": "甲区住房和城乡建设厅",
            "published_precision": "second",
        },
    ),
    "metadata beside a document with its own heading": Example(
        f"""<html><head><title>公文</title></head><body><div class="wrap"><table><tr><td>索 引 号：</td>
        <td>000014349/2022-00288</td>
        <td>主题分类：</td><td>城乡建设</td></tr><tr><td>发文机关：</td><td>甲省人民政府</td><td>成文日期：</td>
        <td>2014年05月28日</td></tr>
        <tr><td>标　　题：</td><td colspan="3">关于整治丙河的通知</td></tr><tr><td>发文字号：</td>
        <td>甲政发〔2014〕12号</td>
        <td>发布日期：</td><td>2014年06月03日</td></tr><tr><td>主 题 词：</td><td></td></tr></table>
        <div id="UCAP-CONTENT"><p>关于整治</p><p>丙河的通知</p><p>甲政发〔2014〕12号</p><p>{FIRST}</p>
        <p>二〇一四年五月二十八日</p>
        </div></div></body></html>""",
        title="关于整治丙河的通知",
        text=f"关于整治\n丙河的通知\n甲政发〔2014〕12号\n{FIRST}\n二〇一四年五月二十八日",
        more={
            "index_number": "000014349/2022-00288",
            "index_valid": True,
            "document_number": "甲政发〔2014〕12号",
            "issuer": "甲省人民政府",
        },
    ),
    "hanweb": Example(
        f"""<html><head><title>甲省发展和改革委员会 投资 {TITLE}</title>
        <meta name="Maketime" content="2019-03-22 12:28:37">
        <meta name="ContentSource" content="省发改委"><meta name="pubdate" content="2014-06-03 09:53"></head><body>
        <div id="hidden"><span id="ss_webid" style="display:none">3185</span></div><div class="nav"><dl>{NAV}</dl>
        </div>
        <table><tr><td>当前位置：</td><td><a href="/">首页</a></td><td>&gt; <a href="/col/col1/">投资</a></td></tr>
        </table>
        <div class="wz-con"><p class="con-title">{TITLE}</p><div class="small-title"><span>发布日期：2014-06-03</span>
        <span>浏览次数：<script>n()</script></span><span>信息来源：省发改委</span></div>
        <div class="main-txt" id="zoom">{PARAGRAPHS}</div><div class="word"><span>打印</span><span>关闭</span></div>
        </div>
        {FOOT}<a href="http://www.hanweb.com">Produced By 大汉网络</a></body></html>""",
        more={"issuer": "省发改委", "published_precision": "minute"},
    ),
    "vsb webplus": Example(
        f"""<html><head><title>{TITLE}-甲地区行政公署</title></head><body><div class="header"><ul>{NAV}</ul></div>
        <div class="ny_lf"><ul><li><a href="1.htm">通知公告</a></li><li><a href="2.htm">工作动态</a></li></ul></div>
        <div class="ny_rt"><form name="_newscontent_fromname"><h1>{TITLE}</h1>
        <div>2014年06月03日 10:20 &nbsp; 阅读：[<span id="dynclicks">5</span>]</div><div id="vsb_content">
        <div class="v_news_content">
        {PARAGRAPHS}</div></div>
        <p>附件【<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=2">清单.xls</a>】
        已下载<span>3</span>次</p><p>上一条：<a href="3.htm">前一公告</a></p><p>下一条：<a href="4.htm">后一公告</a>
        </p></form></div>{FOOT}</body></html>""",
        more={"published_precision": "minute"},
    ),
    "epoint": Example(
        f"""<html><head><title>甲市公共资源交易中心</title></head><body><div class="ewb-nav"><ul>{NAV}</ul></div>
        <div class="ewb-location">您现在的位置：<a href="/">首页</a>&gt;<a href="/jyxx/">交易信息</a></div>
        <div class="article-info"><h1 class="ewb-article-tt">{TITLE}</h1>
        <p class="ewb-article-sources">【信息时间：2014/6/3 &nbsp;
        阅读次数：<span id="infohits">7</span>】【<a href="#">我要打印</a>】【<a href="#">关闭</a>】</p>
        <div class="con">{PARAGRAPHS}</div><div class="attach"><a href="/downfile?attachguid=8a">施工图.zip</a>
        </div></div>{FOOT}</body></html>""",
    ),
    "asp.net in tables": Example(
        f"""<html><head><title>无标题文档</title></head><body><form id="form1">
        <input type="hidden" name="__VIEWSTATE" value="dDwtMTA3">
        <table width="1000"><tr><td colspan="2"><table>
        <tr>{"".join(f"<td><a href=x{n}.aspx>栏目{n}</a></td>" for n in range(8))}</tr></table></td></tr>
        <tr><td width="200"><table><tr><td><a href="a.aspx">招标公告</a></td></tr><tr><td>
        <a href="b.aspx">中标公示</a></td></tr></table></td>
        <td><table width="100%"><tr><td align="center"><span id="lblTitle"><font size="4"><b>{TITLE}</b></font>
        </span></td></tr>
        <tr>
        <td align="center">发布时间：<span id="lblDate">2014-6-3 0:00:00</span>
        点击：<span id="lblHits">12</span>次</td></tr>
        <tr><td height="1" bgcolor="#ccc"></td></tr>
        <tr><td><span id="lblContent">{PARAGRAPHS}</span></td></tr><tr>
        <td align="right">[<a href="javascript:window.print()">打印本页</a>]
        [<a href="javascript:window.close()">关闭窗口</a>]</td></tr>
        </table></td></tr><tr><td colspan="2">版权所有 甲县建设局 地址：甲县人民路一号 电话：0000-7654321</td></tr>
        </table></form></body></html>""",
    ),
    "dedecms": Example(
        f"""<html><head><title>{TITLE}_通知公告_甲县建设网</title></head><body><div class="nav"><ul>{NAV}</ul></div>
        <div class="place"><strong>当前位置:</strong> <a href="/">主页</a> > <a href="/tz/">通知公告</a> > </div>
        <div class="viewbox"><div class="title"><h2>{TITLE}</h2></div><div class="info">
        <small>时间:</small>2014-06-03 11:02
        <small>来源:</small>未知 <small>作者:</small>admin <small>点击:</small>9次</div><div class="content"><table>
        <tr><td>{PARAGRAPHS}</td></tr></table></div>
        <div class="boxoff"><strong>------分隔线----------------------------</strong></div><div class="handle">
        <div class="context"><ul>
        <li>上一篇：<a href="1.html">前一公告</a></li><li>下一篇：没有了</li></ul></div></div></div>
        <div class="pright"><dl><dt><strong>栏目列表</strong></dt><dd><a href="/a/">政策</a></dd></dl><dl>
        <dt>热点内容</dt>
        <dd><ul><li><a href="7.html">一条热点内容的标题很长很长</a><p>热点的摘要文字若干，说明其内容。</p></li></ul>
        </dd></dl></div>{FOOT}</body></html>""",
        more={"published_precision": "minute"},
    ),
    "names that say nothing": Example(
        f"""<html><head><title>{TITLE}</title></head><body><div id="a1"><a href="/">首页</a><a href="/1">概况</a>
        <a href="/2">公开</a></div>
        <div id="b1"><div id="b2"><div><a href="/l1">工作动态</a></div><div><a href="/l2">公告</a></div></div>
        <div id="b3">
        <div class="z1">{TITLE}</div><div class="z2"><span>2014-06-03</span></div><div class="z3"><div>{FIRST}</div>
        <div>{SECOND}</div>
        <div>{LAST}</div></div><div class="z4"><a href="/p">上一篇：前一公告</a><a href="/n">下一篇：后一公告</a>
        </div></div></div>
        <div id="c1">主办：甲县建设局　承办：甲县信息中心　电话：0000-7654321</div></body></html>""",
    ),
    "recommendations after the text": Example(
        f"""<html><head><title>{TITLE} - 甲市住建局</title></head><body><div class="detail-box">
        <div class="detail-title">{TITLE}</div>
        <div class="detail-info"><span>发布时间：</span><span>2014-06-03 08:00</span><span>来源：</span>
        <span>甲市住建局</span><span>字号：</span><span>大 中 小</span></div>
        <div class="detail-text">{PARAGRAPHS}</div><div class="erm"><p>扫一扫在手机打开当前页</p></div>
        <div class="list-box"><h3>相关信息</h3><ul><li><a href="1">另一公告的标题相当长</a><span>2014-05-01</span>
        </li><li><a href="2">再一公告的标题相当长</a><span>2014-05-02</span></li></ul></div>
        </div>{FOOT}</body></html>""",
        more={"issuer": "甲市住建局", "published_precision": "minute"},
    ),
    "word": Example(
        f"""<html xmlns:o="urn:o"><head><title>{TITLE}</title><style>p.MsoNormal {{margin:0}}</style></head><body>
        <h1>{TITLE}</h1>
        <p>发布日期：2014年6月3日</p><div class="Section1"><p class="MsoNormal" style="text-indent:24pt">
        <span lang="EN-US"><o:p></o:p></span>
        <span style="font-family:宋体">{FIRST[:9]}</span><b><span style="color:black">{FIRST[9:]}</span></b></p>
        <p class="MsoNormal"><span style="font-family:宋体">{SECOND}</span><span lang="EN-US"><o:p>&nbsp;</o:p>
        </span></p>
        <p class="MsoNormal"><span>{LAST}</span></p></div></body></html>""",
    ),
    "nothing but a table": Example(
        f"""<html><head><title>全国某某平台</title><meta name="others" content="页面生成时间 2024-05-17 14:30:24">
        </head><body><div class="detail">
        <h4 class="h4_o">{TITLE}</h4><p class="p_o"><span>发布时间：2014-06-03 00:32</span>
        <span>信息来源：<label>某市交易网</label></span></p>
        <div id="mycontent"><table><tr><th>采购人名称</th><td>甲县体育中心</td></tr><tr><th>合同金额</th><td>60</td>
        </tr><tr><th>备注</th><td>/</td></tr>
        <tr><th>合同签署时间</th><td>2014-05-30 00:32:09</td></tr></table></div></div></body></html>""",
        text="采购人名称\t甲县体育中心\n合同金额\t60\n备注\t/\n合同签署时间\t2014-05-30 00:32:09",
        more={"issuer": "某市交易网"},
    ),
    "one sentence above a long footer": Example(
        f"""<html><head><title>{TITLE}</title></head><body><div class="nav">{NAV}</div><div class="show">
        <h3>{TITLE}</h3>
        <p class="t">[2014-06-03]</p><div class="n">因故延期，另行通知。</div></div>{FOOT}{FOOT}</body></html>""",
        text="因故延期，另行通知。",
    ),
    "the day above its month": Example(
        f"""<html><head><title>甲省水产研究所</title></head><body><div class="news-det">
        <div class="tit">{TITLE}</div><div class="l-fx">
        <div class="d"><b>03</b><span>2014年06月</span></div><div class="share">分享</div></div>
        <div class="doc">{PARAGRAPHS}</div>
        <div class="back"><a href="./">返回列表</a></div></div></body></html>""",
    ),
    "published below the text": Example(
        f"""<html><head><title>{TITLE} 东区办事处_甲网</title></head><body><center><table><tr>
        <td>现在位置：<a href="/">首页</a>&gt;&gt; 正文</td></tr>
        <tr><td><div>东区办事处</div><div>东区新闻</div><table><tr><td><span class="Title"><b>{TITLE}</b></span><br>
        <font>来源于：东区办事处</font></td></tr>
        <tr><td>{PARAGRAPHS}</td></tr><tr><td><font>发布日期：2014-06-03 责任编辑：己</font></td></tr>
        <tr>
        <td>【<a href="javascript:window.print();">打印本页</a>】【
        <a href="javascript:window.close();">关闭窗口</a>】</td></tr>
        </table></td></tr></table></center></body></html>""",
        more={"issuer": "东区办事处"},
    ),
}
