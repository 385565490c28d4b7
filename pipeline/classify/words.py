"""The one table of the words by which titles name their notice type; classify/title.py reads it.

Vocabulary: domain.md section 5, the standard types of trading platforms and of government procurement notices. Every
word is a literal, so that what was found is the reason that is given. A context is an expression at the place where the
word stands: `before` ends where it begins, `after` begins where it ends. Every repetition in them is bounded.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import NoticeType

RULES_VERSION = "2"  # raised whenever a decision can change; kept with what was derived by it

_T = NoticeType


@dataclass(frozen=True, slots=True)
class Event:
    """Words that name an event wherever they stand and their context allows; the upper of two events decides."""

    notice_type: NoticeType
    words: str  # separated by blanks
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Ordinary:
    """Words of which the last in a title decides; `after` is asked only where no notice noun follows.

    Without a type they hide shorter ones: 检查结果公示 is no award although 结果公示 is.
    """

    notice_type: NoticeType | None
    words: str  # separated by blanks
    after: str = ""


_PROCEDURE = (
    r"招标|招投标|采购|询[比价]|比[选价]|谈判|磋商|竞[价谈标买争]|项目|交易|开标|评标|遴选|招[募租商]|发包|议标"
)
# An event word counts where a notice noun, a bracket, a number or the end follows: 变更公告, not 变更登记服务.
_NOUN = (
    r"(?:[及和与并、或]?(?:公告|公示|通告|通知|告知|文件|函|书|说明|事项|纪要|回复|答复|解答|结果|内容|信息|情况)|"
    r"的(?:公|通|函|说明|情况|告|复)|[)\]】》」/:\-—_.,]|\((?!扩|改|新)|第|"
    r"[0-9一二三四五六七八九十]{1,2}(?:号|期|次|$|[)\]】])|$|"
    r"[及和与并、或]?(?:其?延期|更正|变更|澄清|答疑|补[遗充疑]|修改|暂停|终止|废标|流标|推迟|疑问))"
)
_TENDERING = r"招标(?!代理|师)|招投标|采购|投标|开标|评标|询价|磋商|谈判|中标|成交|控制价|限价|截止|报名|公[告示]期"
_HANDLED = r"处理|处置|答复|决定|回复|受理|复函|裁[决定]|核查|调查|驳回|不?成立|情况的?(?:说明|通报|公[告示])"
_HANDLING = (
    rf"(?:(?:(?:事项|问题|函|书|内容|情况|案件?|终止|不予|[及和]?举报|、举报|的){{0,3}}(?:{_HANDLED})"
    r"(?!系统|平台|中心|办法|规定|工作|机制|流程|服务|项目|软件|协维|能力|培训|委托|室|大厅))|"
    # 关于甲公司投诉乙项目不予受理的通知书: what was complained about stands between
    r"[^,;；。]{1,60}?(?:不予受理|处理决定|决定书|驳回))"
)
# 资质变更, 许可证延期, 规划修改 are acts on other things than a tender.
_NOT_A_LICENCE = (
    r"(?<!资质)(?<!许可)(?<!许可证)(?<!证书)(?<!登记)(?<!执照)(?<!注册)(?<!备案)(?<!有效期)(?<!企业)(?<!人员)"
    r"(?<!规划)(?<!方案)(?<!详规)(?<!控规)(?<!总规)(?<!规划\()(?<!条件)(?<!用地)(?<!用途)(?<!地块)(?<!局部)(?<!性质)"
)
# 修改 and 调整 are said of anything: of what belongs to a tender they correct it.
_OF_A_TENDER = (
    r"(?:(?<=时间)|(?<=日期)|(?<=地点)|(?<=文件)|(?<=清单)|(?<=公告)|(?<=公示)|(?<=项目)|(?<=采购)|(?<=招标)|(?<=内容)|(?<=要求)|"
    r"(?<=参数)|(?<=条款)|(?<=限价)|(?<=控制价)|(?<=图纸)|(?<=部分)|(?<=信息)|(?<=工程)|(?<=施工)|(?<=服务)|(?<=设备)|(?<=标段)|"
    r"(?<=事项)|(?<=结果)|(?<=澄清)|(?<=变更)|(?<=更正)|(?<=补遗)|(?<=补充)|(?<=答疑)|(?<=[)\]】、和及与或]))"
)
_IN_FRONT = r"(?:(?<=关于)|(?<=关于[拟对将])|(?<=关于同意)|(?<=关于依法)|\A)"
# 关于暂停某项目招标的通知: the event stands in front and what it happens to is some words away.
_SOME_TENDER = rf"[^,;；。]{{0,80}}?(?:{_TENDERING})"
_AWARDED = r"(?:(?:中标|成交|中选)(?:候选|人|资格|结果|单位|供应商|公|通知)|候选人资格|候选人公)"
# 撤销收费站工程中标结果公告 is about a toll station: nothing but a name of a firm may lie between.
_NEAR_AWARD = rf"(?:(?!项目|(?:工程|服务|设备|采购)(?!有限|公司|集团|股份|咨询|管理|中心))[^,;；。]){{0,30}}?{_AWARDED}"
_WINNER = ("", "人", "单位", "供应商", "候选人", "结果")
_WINNERS = (
    "中标人",
    "中标单位",
    "中标供应商",
    "中标候选人",
    "成交供应商",
    "成交人",
    "成交单位",
    "中选人",
    "中选单位",
    "中标(成交)人",
    "中标(成交)单位",
    "中标(成交)供应商",
)


def _each(stems: Iterable[str], *endings: str) -> str:
    return " ".join(stem + ending for stem in stems for ending in endings)


# Event words decide wherever they stand, the upper rule before the lower (gold/README.md section 3).
EVENTS: tuple[Event, ...] = (
    Event(_T.OBJECTION, "投诉 异议 质疑 举报", after=_HANDLING),
    Event(_T.OBJECTION, "复议公告 复议结果 异议公示 行政裁决书"),
    Event(_T.AWARD_CHANGE, _each(("更换", "重新确定", "重新推荐", "递补", "递补为", "替补"), "中标", "成交", "中选")),
    Event(_T.AWARD_CHANGE, _each(("变更", "更换"), *_WINNERS)),
    Event(_T.AWARD_CHANGE, _each(_WINNERS, "变更", "更换", "顺延", "递补", "放弃"), after=_NOUN),
    Event(_T.AWARD_CHANGE, "放弃中标 放弃成交 放弃中选 弃标 中标无效 成交无效 重新定标"),
    Event(
        _T.AWARD_CHANGE,
        _each(
            ("中标结果", "成交结果", "中标资格", "成交资格", "中标人资格", "候选人资格", "中标通知书"),
            *("撤销", "取消", "无效", "作废"),
        ),
    ),
    Event(_T.AWARD_CHANGE, "取消 撤销", before=_IN_FRONT, after=rf"[^,;；。]{{0,60}}?{_AWARDED}"),
    Event(_T.AWARD_CHANGE, "取消 撤销", after=_NEAR_AWARD),
    Event(_T.AWARD_CHANGE, "顺延 放弃", after=rf"[^,;；。]{{0,40}}?{_AWARDED}"),
    Event(_T.CORRECTION, "更正 勘误 更改 订正", after=_NOUN),
    Event(_T.CORRECTION, "变更", before=_NOT_A_LICENCE, after=_NOUN),
    Event(_T.CORRECTION, "修改 修正 修订 调整", before=_OF_A_TENDER, after=_NOUN),
    Event(_T.CORRECTION, "更正 变更 修改 调整", before=_IN_FRONT, after=_SOME_TENDER),
    Event(_T.ADDENDUM, "补充(更正)", after="文件|公告|通知"),
    Event(_T.ADDENDUM, "补遗 补疑", after=_NOUN),
    Event(_T.ADDENDUM, "补充 增补", after="公告|公示|通知|文件|说明|招标文件|采购文件|答疑|事项|$"),
    Event(
        _T.CLARIFICATION,
        "澄清 答疑 释疑 疑问解答 疑问回复 疑问答复 疑问澄清 问题答复 问题回复 问题解答",
        after=rf"{_NOUN}|会议?(?:纪要|通知|公告|的通)",
    ),
    Event(
        _T.POSTPONEMENT,
        "延期 延迟 延后 推迟 顺延 延长",
        before=_NOT_A_LICENCE,
        after=rf"{_NOUN}|{_TENDERING}|递交|获取|询|比选|至",
    ),
    Event(_T.POSTPONEMENT, "延期 延迟 延后 推迟 顺延 延长", before=_IN_FRONT, after=_SOME_TENDER),
    Event(_T.SUSPENSION, "暂停 中止 暂缓", before=_NOT_A_LICENCE, after=rf"{_NOUN}|{_PROCEDURE}"),
    Event(_T.SUSPENSION, "暂停 中止 暂缓 恢复 重启", before=_IN_FRONT, after=_SOME_TENDER),
    # 植被恢复招标公告 is a tender for planting.
    Event(
        _T.SUSPENSION,
        "恢复",
        before=r"(?<![被态地境能原林貌垦土复生植壤康])",
        after="招标|采购|开标|评标|交易|公告|公示|询|谈判|磋商",
    ),
    Event(_T.SUSPENSION, "重启", after=_PROCEDURE),
    Event(_T.TERMINATION, "流标", before="(?<![物回分汇引截导径])", after="(?![准识志签段杆线牌注])"),
    Event(_T.TERMINATION, "废标", before="(?<![危固医报])", after="(?![准识志签段牌])"),
    Event(_T.TERMINATION, "终止 取消 撤销 撤回", before=_NOT_A_LICENCE, after=rf"{_NOUN}|{_PROCEDURE}"),
    Event(_T.TERMINATION, "作废", before=_OF_A_TENDER, after=_NOUN),
    Event(_T.TERMINATION, "终止 取消 撤销 撤回", before=_IN_FRONT, after=_SOME_TENDER),
    Event(_T.TERMINATION, "失败", before="(?<=[标购比价选判商谈目易包募租动审])", after=r"公|的|通知|情况|[)\]】]|$"),
    Event(_T.TERMINATION, "招标异常 采购异常 交易异常", after=_NOUN),
)

_METHODS = (
    *(
        "招标",
        "采购",
        "询价",
        "询比",
        "比选",
        "比价",
        "磋商",
        "谈判",
        "竞价",
        "竞谈",
        "遴选",
        "竞争性磋商",
        "竞争性谈判",
    ),
    *("议标", "邀请", "招募", "竞标", "竞买", "发包", "框架协议", "招选", "竞选", "选取", "抽取", "抽签"),
)
_ANNOUNCED = ("公告", "公示", "公开", "公布", "通告", "的公告", "的公示")
# What else is found out and announced: its 结果公告 is no award.
_FINDINGS = (
    *("检查", "抽查", "考核", "考试", "审核", "评选", "核查", "测评", "鉴定", "认定", "摇号", "分配", "督查", "巡查"),
    *("复查", "监测", "检测", "排查", "处罚", "调查", "审批", "许可", "年检", "评价", "审查", "处理", "整改", "审计"),
    *("考评", "复核", "复审", "评比", "评估", "普查", "抽检", "检验", "测试", "自查", "申报", "招聘", "录用", "笔试"),
    *("面试", "体检", "竞赛", "评定", "核准", "听证", "测量", "统计", "受理", "评奖", "换证", "考察", "研究", "监督"),
)

# Of these the last in a title decides, of two that end together the longer. Every word may have a notice noun after it
# (中标结果, 中标结果公告, 中标结果的公示); `after` is asked only where it has none.
ORDINARY: tuple[Ordinary, ...] = (
    Ordinary(None, _each(_FINDINGS, "结果")),
    Ordinary(
        None,
        "审查意见 审核意见 评审意见 处理意见 实施意见 指导意见 竣工验收备案 环境保护验收 环保验收 消防验收 设施验收",
    ),
    Ordinary(
        _T.PREQUALIFICATION_RESULT,
        _each(("资格预审", "资审", "预审"), "结果", "合格", "评审结果", "入围", "情况", "通过")
        + " 投标资格审查结果 投标人资格审查结果 资格预审审查结果",
    ),
    Ordinary(
        _T.PREQUALIFICATION,
        "资格预审 资格预审文件 资格预审邀请书 资格预审邀请函 资格预审邀请 资格预审招标",
        after=r"[)\]】]|书|函|-|$",
    ),
    Ordinary(_T.PREQUALIFICATION, _each(("资审", "预审"), "公告", "公示")),
    Ordinary(
        _T.BID_OPENING_RECORD,
        "开标记录 开标情况 开标一览 唱标记录 开标结果 开标信息 开标纪要 开标会纪要 开标会议纪要 开标过程",
    ),
    Ordinary(_T.BID_OPENING_RECORD, _each(("开标",), "公示", "公告")),
    Ordinary(
        _T.AWARD_CANDIDATES,
        _each(("中标", "成交", "中选", "入围", "定标"), "候选", "侯选", "候选人", "侯选人", "候选人结果")
        + " 中候选人 候选供应商 候选中标人 推荐中标 推荐成交 "
        + _each(("拟中标", "拟成交", "拟中选", "拟定中标", "拟定成交", "预中标", "预成交"), *_WINNER)
        + " 评标结果 评审结果 评标情况 评审情况 评标报告 开评标结果",
    ),
    Ordinary(_T.AWARD_CANDIDATES, _each(("候选人", "评标", "评审"), "公示", "公告", "名单公示", "结果公示")),
    Ordinary(_T.AWARD_CANDIDATES, "中标候", after=r"\.\.|$"),  # a title that its listing cut: 中标候...
    Ordinary(_T.AWARD_NOTICE_UNSPECIFIED, "中标公示 中标的公示"),
    Ordinary(
        _T.AWARD_RESULT,
        _each(("中标", "成交", "结果"), "公告", "的公告", "通知", "信息", "通知书")
        + " 成交公示 中标(成交) 中标成交 中标、成交 中标/成交 (中标) (成交) [中标] [成交] 【中标】 【成交】 采购成交 "
        "入围供应商 中标单位 中标供应商 中标情况 成交供应商 成交单位 中选单位 中选通知 中选信息 中选人 "
        "结果公示 结果公布 结果的公示 结果通告 中标结果 成交结果 中选结果 入围结果 定标结果 入选结果 选聘结果 "
        "竞得结果 交易结果 摇珠结果 抽签结果 发包结果 " + _each(_METHODS, "结果"),
    ),
    Ordinary(_T.AWARD_RESULT, _each(("中标人", "入围", "定标", "中选", "中标人的"), *_ANNOUNCED)),
    Ordinary(
        _T.CONTRACT,
        "合同",
        after=r"书|[)\]】\-]|变更公|终止公|合同|及验收|\((?:第|[一二三四五六重])|[A-Z0-9\-]{4,40}$|$",
    ),
    Ordinary(
        _T.CONTRACT,
        _each(
            ("合同",),
            "备案",
            "签订",
            "订立",
            "履行",
            "履行情况",
            "验收",
            "备案信息",
            "订立信息",
            "签订信息",
            "签订情况",
            "履约",
            "履约信息",
        )
        + " 履约验收 履约情况 履约评价 履约结果 验收结果 验收报告 验收意见 验收单 验收书 补充协议",
    ),
    Ordinary(_T.CONTRACT, _each(("验收", "履约", "中标合同"), *_ANNOUNCED)),
    Ordinary(_T.SINGLE_SOURCE, "单一来源 直接采购 单一性来源 单源采购 单源直接采购"),
    Ordinary(
        _T.PLAN,
        "采购意向 招标意向 意向征 招标计划 采购计划 发包计划 预公告 预公示 提前公示 前公示 文件公示 "
        "文件预公示 文件征求 需求征 需求意见 征求意见 意见征求 意见征询 意见征集 征询意见 征集意见 征求意见稿 "
        "预采购 预招标 采购预告 招标预告 项目预告 信息预告 参数征 参数征集 参数征询 参数征求 需求征集 "
        "需求征询 需求征求 "
        "招标文件意见 采购意见 意见征求邀请",
    ),
    Ordinary(
        _T.PLAN,
        _each(("意向", "计划", "需求", "参数", "意见", "技术规范", "规范书", "评分表", "评分办法"), *_ANNOUNCED),
    ),
    Ordinary(_T.PLAN, _each(("招标文件", "采购文件"), "公示", "预公示")),
    Ordinary(_T.OTHER_TENDER, "调研", after=r"信息|会|函|文件|[)\]】(\d_\-]|$"),
    Ordinary(
        _T.OTHER_TENDER,
        "论证会 论证征集 论证意见 论证报名 调研邀请 调研报名 调研洽谈 调查邀请 推介会 推介活动 介绍会 供应商征集 "
        "征集供应商 征集方案 开标项目表 项目执行情况 咨询会 市场调查 市场咨询 市场征询 采购征询 产品征集 品牌征集 "
        "价格征集 方案征集 需求论证 专家论证 专家论证意见 开标安排 评标安排 场地安排",
    ),
    Ordinary(
        _T.OTHER_TENDER,
        _each(("论证", "推介", "征集", "咨询", "征询", "控制价", "限价", "拦标价", "项目评价"), *_ANNOUNCED, "公示表"),
    ),
    Ordinary(
        _T.TENDER_NOTICE,
        "招标邀请 采购邀请 投标邀请 报价邀请 邀请书 邀请函 邀标函 邀标书 询价通知 询价的通知 询价函 询价单 "
        "询价书 竞价书 招标信息 "
        "招标(采购) 招标[采购] 采购信息 竞争性磋商 竞争性谈判 竞争性比选 招标采购 招标(资格 遴选启事 "
        "招标启事 招租信息 "
        "邀标公告 招租公告 出租公告 招商公告 交易公告 " + _each(_METHODS, "文件", "公告", "公示", "通告", "的公告"),
    ),
    Ordinary(
        _T.TENDER_NOTICE,
        _each(_METHODS, "项目公告", "信息公告") + " " + _each(("公开", "采购", "招标", "项目", "投标"), "报名公告"),
    ),
)

# What follows a type word that is part of a name: 招标公告管理办法, 招标文件编制服务, 采购公告发布平台.
PART_OF_A_NAME = (
    r"的?(?:管理|发布(?!通知|公告|$)|办法|规定|规则|系统|平台|软件|保险|活动|监督|监管|制度|范本|范例|模板|示范|标准|"
    r"编制|编写|审核|审查|审计|备案|格式|行为|工作|数据|培训|代写|制作|咨询服务)"
)
# The nouns that any ordinary word may carry, the longer first.
NOUNS = ("公告", "公示", "公布", "公开", "通告", "通知", "信息", "函", "表")

# 单一来源采购公告, 单一来源专家论证公示, 直接采购需求公示 are one thing; 单一来源…成交公告 and …合同公告 come later.
YIELD_TO_SINGLE_SOURCE = frozenset({_T.TENDER_NOTICE, _T.OTHER_TENDER, _T.PLAN})
