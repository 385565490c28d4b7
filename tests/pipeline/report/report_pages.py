"""A composed report as a portal's page: navigation around it, digits split over spans, the tables of 2021."""

CELLS_2021 = (("规章", "0", "0", "0"), ("行政规范性文件", "<p>2</p>", "&nbsp;", "<p>&nbsp;7</p>"))


def row(*texts: str) -> str:
    return "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"


def cells(numbers: tuple[int, ...]) -> str:
    return "".join(f"<td>{number}</td>" for number in numbers)


def wide(label: str, *numbers: int, columns: int = 3) -> str:
    return f'<tr><td colspan="{columns}">{label}</td>{cells(numbers)}</tr>'


def page(prose: str, applications: tuple[tuple[int, ...], ...]) -> str:
    """The page with that first paragraph and those four rows of applications: new, carried over, total, forward."""
    new, carried, total, forward = applications
    return f"""<html><head><title>某县住房和城乡建设局2021年政府信息公开工作年度报告-某县人民政府</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/nb/2020">2020年</a></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/nb/">政府信息公开年报</a></div>
<div class="article"><h1>某县住房和城乡建设局2021年政府信息公开工作年度报告</h1>
<div class="meta">发布时间：2022-01-20 来源：某县住房和城乡建设局 浏览次数：268</div>
<div class="content"><p>一、总体情况</p><p>{prose}</p><p>二、主动公开政府信息情况</p><table border="1"><tbody>
<tr><td colspan="4">第二十条第（一）项</td></tr>
{row("信息内容", "本年<br>制发件数", "本年废止件数", "现行有效件数")}{"".join(row(*texts) for texts in CELLS_2021)}
<tr><td colspan="4">第二十条第（五）项</td></tr>
<tr><td>信息内容</td><td colspan="3">本年处理决定数量</td></tr><tr><td>行政许可</td><td colspan="3">356</td></tr>
<tr><td colspan="4">第二十条第（八）项</td></tr>
<tr><td>行政事业性收费</td><td colspan="3">0</td></tr></tbody></table>
<p>三、收到和处理政府信息公开申请情况</p><table border="1"><tbody>
<tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>
<td colspan="7">申请人情况</td></tr>
<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>
{row("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")}
{wide("一、本年新收政府信息公开申请数量", *new)}{wide("二、上年结转政府信息公开申请数量", *carried)}
<tr><td rowspan="3">三、本年度办理结果</td><td colspan="2">（一）予以公开</td>{cells(total)}</tr>
<tr><td>（三）不予公开</td><td>1.属于国家秘密</td>{"<td>0</td>" * 7}</tr>
{wide("（七）总计", *total, columns=2)}{wide("四、结转下年度继续办理", *forward)}</tbody></table>
<p>四、政府信息公开行政复议、行政诉讼情况</p></div></div>
<div class="foot">版权所有 某县人民政府 网站标识码：5301000012 备案号05000123</div></body></html>"""
