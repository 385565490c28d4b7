"""Which notices are annual disclosure reports, and whether such a report speaks of the portal that it stands on."""

import re
import unicodedata

from pipeline.model import Source
from pipeline.places.regions import region_of
from pipeline.values.text import no_space

_LONGEST = 200  # characters of a title that are read
# 某局2014年政府信息公开工作年度报告, 2013年度政务公开年报, 政府信息公开工作2009年年度报告, 2008年…年度工作报告
_REPORT = re.compile(
    r"(?:政府信息公开|政务信息公开|政务公开|信息公开)(?:工作)?(?:情况)?(?:的)?(?:[12][0-9]{3}年)?"
    r"(?:年度工作报告|年度总结报告|年度报告|年报|年度工作总结|工作报告|情况报告|情况的报告|总结报告|报告)"
    r"(?:\((?:[^()]{0,12})\))?$"
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|二[零〇○O0][零〇○O0一二][零〇○O0一二三四五六七八九]")
# Written about reports, or a form for them.
_ABOUT = re.compile(
    r"通知|模板|格式|要求|办法|解读|目录|指南|公示|评估|考核|会议|培训|催报|报送|汇总表|统计表|附件|如何|问答|转发|印发"
)


def is_annual_report(title: str) -> bool:
    """True for the title of an annual disclosure report that names its year."""
    plain = no_space(unicodedata.normalize("NFKC", title[:_LONGEST])).rstrip("。.")
    return bool(_REPORT.search(plain) and _YEAR.search(plain)) and not _ABOUT.search(plain)


_GOVERNMENT = re.compile(r"政府(?:办公室|办公厅|办)?$")
_TRADES = (
    re.compile(r"住房|住建|建设|城乡|房产|房管|房屋|规划|建筑|城建"),
    re.compile(r"交通|公路|港航"),
    re.compile(r"水利|水务|河长"),
    re.compile(r"国土|自然资源"),
    re.compile(r"城管|城市管理|综合执法"),
    re.compile(r"发展改革|发展和改革|发改"),
    re.compile(r"财政|政府采购"),
    re.compile(r"公共资源|招标投标|招投标|交易"),
    re.compile(r"教育|学校"),
    re.compile(r"卫生|卫健|医"),
    re.compile(r"农业|农村|农牧"),
    re.compile(r"公安|民政|司法|税务|审计|统计|环境|生态|林业|文化|旅游|科技|工信|商务|市场监管|人社|人力资源"),
)


def is_of_portal(issuer: str, source: Source) -> bool:
    """True when the issuer may be the office whose portal the source is, as far as their names tell.

    A government's portal also shows the reports of its counties and departments, which speak of other portals.
    """
    if not issuer:
        return True
    regions = region_of(issuer), region_of(source.name)
    if all(regions) and regions[0] != regions[1]:
        return False
    if "政府" in source.name:
        return bool(_GOVERNMENT.search(issuer))
    trades = _trades(source.name)
    return not _GOVERNMENT.search(issuer) and (not trades or not _trades(issuer) or bool(trades & _trades(issuer)))


def _trades(name: str) -> frozenset[int]:
    return frozenset(number for number, words in enumerate(_TRADES) if words.search(name))
