"""The words by which titles name their notice type, and the two expressions that find them.

Vocabulary: domain.md section 5, the standard types of trading platforms and of government procurement notices. Every
word is a literal, so that what was found is the reason that is given.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import NoticeType

_T = NoticeType

_PROCEDURE = r"招标|采购|询[比价]|比[选价]|谈判|磋商|竞[价谈标买争]|项目|交易|开标|评标|遴选|招[募租商]|发包|议标"
# An event word counts where a notice noun, a bracket, a number or the end follows: 变更公告, not 变更登记服务.
_NOUN = (
    r"公告|公示|通告|通知|文件|函|书|说明|事项|纪要|回复|答复|解答|结果|内容|信息|的(?:公|通|函|说明|情况)|"
    r"[)\]】》」/:\-—_.,]|\((?!扩|改|新)|第|[0-9一二三四五六七八九十]{1,2}(?:号|期|次|$|[)\]】])|$|"
    r"[及和与并、或]?(?:其?延期|更正|变更|澄清|答疑|补[遗充疑]|修改|暂停|终止|废标|流标|推迟|疑问)"
)
_TENDERING = r"招标(?!代理|师)|采购|投标|开标|评标|询价|磋商|谈判|中标|成交|控制价|限价|截止|报名|公[告示]期"
_AWARDED = r"(?:中标|成交|中选)(?:候选|人|资格|结果|单位|供应商|公)|候选人资格"
_HANDLING = (
    r"(?:(?:事项|问题|函|书|内容|情况|案件?|的){0,2}"
    r"(?:处理|处置|答复|决定|回复|受理|复函|裁[决定]|核查|调查|驳回)"
    r"(?!系统|平台|中心|办法|规定|工作|机制|流程|服务|项目|软件|协维|能力|培训|委托|室|大厅))"
)
# What follows a type word that is part of a name: 招标公告管理办法, 招标文件编制服务, 采购公告发布平台.
_NAME = (
    r"(?!的?(?:管理|发布(?!通知|公告|$)|办法|规定|规则|系统|平台|软件|保险|活动|监督|监管|制度|范本|范例|模板|示范|标准|"
    r"编制|编写|审核|审查|审计|备案|格式|行为|工作|数据|培训|代写|制作))"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A literal with the type that it names; None for one that hides a shorter word: 检查结果公示 is no award."""

    literal: str
    notice_type: NoticeType | None
    rank: int  # of events, the lowest decides


def _about(verb: str) -> str:
    """关于暂停某项目招标的通知: the event stands in front and what it happens to is some words away."""
    return rf"(?:(?<=关于{verb})|(?<=^{verb}))(?=[^,;，；。]{{0,80}}?(?:{_TENDERING}))"


# Event words decide wherever they stand, the upper before the lower (gold/README.md section 3).
# Columns: type, words, context that must surround them ("" any, "front" as in 关于暂停…招标).
_EVENTS: tuple[tuple[NoticeType, str, str], ...] = (
    (_T.OBJECTION, "投诉 异议 质疑 举报", rf"(?={_HANDLING})"),
    (_T.OBJECTION, "复议公告 复议结果 异议公示 行政裁决书", ""),
    (_T.AWARD_CHANGE, "更换中标 更换成交 重新确定中标 重新确定成交 变更中标人 递补中标 递补为中标", ""),
    (_T.AWARD_CHANGE, "取消 撤销 顺延 放弃", rf"(?=[^,;，；。]{{0,40}}?(?:{_AWARDED})(?!公[告示]))"),
    (_T.CORRECTION, "更正 变更 勘误 更改 修改 修正 修订 调整", rf"(?={_NOUN})"),
    (_T.CORRECTION, "更正 变更 修改 调整", "front"),
    (_T.ADDENDUM, "补充(更正)", r"(?=文件|公告|通知)"),
    (_T.ADDENDUM, "补遗 补疑", rf"(?={_NOUN})"),
    (_T.ADDENDUM, "补充 增补", r"(?=公告|公示|通知|文件|说明|招标文件|采购文件|答疑|事项|$)"),
    (_T.CLARIFICATION, "澄清 答疑 释疑 疑问解答 疑问回复 问题答复 问题回复", rf"(?={_NOUN})"),
    (_T.POSTPONEMENT, "延期 延迟 延后 推迟 顺延 延长", rf"(?={_NOUN}|{_TENDERING}|递交|报名|询|比选|至)"),
    (_T.POSTPONEMENT, "延期 延迟 推迟 顺延 延长", "front"),
    (_T.SUSPENSION, "暂停 中止", rf"(?={_NOUN}|{_PROCEDURE})"),
    (_T.SUSPENSION, "暂停 中止", "front"),
    # 植被恢复招标公告 is a tender for planting.
    (_T.SUSPENSION, "恢复", r"(?<![被态地境能原林貌垦土复]恢复)(?=招标|采购|开标|评标|交易|公告|公示|询|谈判|磋商)"),
    (_T.TERMINATION, "流标", r"(?<!物流标)(?<!回流标)(?<!分流标)(?![准识志签段杆线牌注])"),
    (_T.TERMINATION, "废标", r"(?<!危废标)(?<!固废标)(?<!医废标)(?<!报废标)(?![准识志签段牌])"),
    (_T.TERMINATION, "终止 取消 撤销 撤回 作废", rf"(?={_NOUN}|{_PROCEDURE})"),
    (_T.TERMINATION, "终止 取消 撤销 撤回", "front"),
    (_T.TERMINATION, "失败", r"(?<=[标购比价选判商谈目易包募租动]失败)(?=公|的|通知|[)\]】]|$)"),
)

_METHODS = (
    *("招标", "采购", "询价", "询比", "比选", "磋商", "谈判", "竞价", "竞谈", "遴选", "竞争性磋商", "竞争性谈判"),
    *("议标", "邀请", "招募", "竞标", "竞买", "发包", "框架协议"),
)


def _each(stems: Iterable[str], *endings: str) -> str:
    return " ".join(stem + ending for stem in stems for ending in endings)


_NOTICE = ("公告", "公示", "公开", "公布")

# Of these the last in a title decides. Columns as above.
_ORDINARY: tuple[tuple[NoticeType | None, str, str], ...] = (
    (
        None,
        "检查结果 抽查结果 考核结果 考试结果 审核结果 评选结果 核查结果 测评结果 鉴定结果 认定结果 摇号结果 分配结果 "
        "督查结果 巡查结果 复查结果 监测结果 检测结果 排查结果 处罚结果 调查结果 审批结果 许可结果 年检结果 评价结果 "
        "资格审查结果 审查结果 审查意见 审核意见 评审意见 处理意见 实施意见 指导意见 征求意见稿",
        "",
    ),
    (
        _T.PREQUALIFICATION_RESULT,
        "资格预审结果 资审结果 资格预审合格 资格预审评审结果 投标资格审查结果 投标人资格审查结果 预审结果",
        "",
    ),
    (_T.PREQUALIFICATION, "资格预审公告 资审公告 资格预审文件 资格预审邀请 预审公告 资格预审公示 资格预审招标公告", ""),
    (_T.PREQUALIFICATION, "资格预审", r"(?=[)\]】]|$)"),
    (_T.BID_OPENING_RECORD, "开标记录 开标情况 开标一览 唱标记录 开标结果 开标信息 开标公示 开标公告", ""),
    (
        _T.AWARD_CANDIDATES,
        "中标候选 中标侯选 中候选人 成交候选 成交侯选 中选候选 入围候选 定标候选 候选供应商 预中标 预成交 拟中标 "
        "拟成交 "
        "候选人公示 候选人公告 候选人结果 中标候选人结果 成交候选人结果 中选候选人结果 推荐中标 "
        "评标结果 评审结果 评标情况 评审情况 评标公示 评审公示 开评标结果",
        "",
    ),
    (_T.AWARD_CANDIDATES, "中标候", r"(?=\.\.|$)"),  # a title that its listing cut: 中标候...
    (_T.AWARD_NOTICE_UNSPECIFIED, "中标公示 中标的公示", ""),
    (
        _T.AWARD_RESULT,
        "中标公告 中标的公告 成交公告 成交公示 中标(成交) 中标成交 中标、成交 中标/成交 (中标) (成交) 采购成交 "
        "入围供应商 "
        "中标通知 中标信息 中标单位 中标供应商 中标情况 成交供应商 成交信息 成交单位 中选人 中选单位 中选通知 中选信息 "
        "结果公告 结果公示 结果公布 结果通知 结果信息 结果的公告 结果的公示 中标结果 成交结果 中选结果 入围结果 "
        "定标结果 "
        "竞得结果 交易结果 摇珠结果 抽取结果 "
        + _each(_METHODS, "结果")
        + " "
        + _each(("中标人", "中标人的", "入围", "定标", "中选"), *_NOTICE),
        "",
    ),
    (
        _T.CONTRACT,
        "合同",
        r"(?=公告|公示|备案|公开|签订|信息|书|的公|[)\]】\-]|变更公|终止公|履行|验收|合同|\((?:第|[一二三四五六重])|"
        r"[A-Z0-9\-]{4,40}$|$)",
    ),
    (
        _T.CONTRACT,
        "履约验收 履约情况 履约评价 履约结果 履约公示 履约公告 验收结果 验收公示 验收公告 验收报告 验收意见 验收单 "
        "验收书",
        "",
    ),
    (_T.SINGLE_SOURCE, "单一来源 直接采购 单一性来源", ""),
    (
        _T.PLAN,
        "采购意向 招标意向 意向征 招标计划 采购计划 发包计划 预公告 预公示 提前公示 事前公示 标前公示 招标文件公示 "
        "采购文件公示 文件预公示 文件征求 需求征 需求意见 征求意见 意见征求 意见征询 意见征集 意见的公告 意见的公示 "
        "意见公告 意见公示 采购预告 招标预告 项目预告 技术规范公示 规范书公示 参数征 招标文件意见 采购意见 "
        + _each(("意向", "计划", "需求", "参数"), *_NOTICE),
        "",
    ),
    (_T.OTHER_TENDER, "调研", r"(?=公|通知|信息|会|函|文件|的公|[)\]】(\d_\-]|$)"),
    (
        _T.OTHER_TENDER,
        "论证会 论证征集 论证意见 论证的公告 推介会 供应商征集 征集供应商 征集的公告 开标项目表 项目执行情况 咨询会 "
        "评价公示 市场调查 产品征集 品牌征集 价格征集 方案征集 需求论证 专家论证 开标安排 评标安排 场地安排 "
        + _each(("论证", "推介", "征集", "咨询", "控制价", "限价"), *_NOTICE),
        "",
    ),
    (
        _T.TENDER_NOTICE,
        "招标邀请 采购邀请 投标邀请 邀请公告 邀请书 邀请函 询价通知 询价的通知 询价函 询价单 招标(采购) 招标[采购] "
        "招标信息 "
        "采购信息公告 竞争性磋商 竞争性谈判 竞争性比选 招标采购公告 招标(资格 遴选启事 招标启事 招租公告 出租公告 "
        "招租信息 " + _each(_METHODS, "公告", "公示", "通告", "的公告", "项目公告", "文件"),
        "",
    ),
)


def _expression(pairs: Iterable[tuple[Word, str]]) -> tuple[re.Pattern[str], tuple[Word, ...]]:
    """One alternation, grouped by first character so that the engine skips to it; an empty group tells the word."""
    groups: dict[str, list[tuple[Word, str]]] = {}
    for word, context in sorted(pairs, key=lambda pair: -len(pair[0].literal)):
        groups.setdefault(word.literal[0], []).append((word, context))
    branches = (
        f"{re.escape(first)}(?:{'|'.join(f'{re.escape(word.literal[1:])}{context}()' for word, context in group)})"
        for first, group in groups.items()
    )
    return re.compile("|".join(branches)), tuple(word for group in groups.values() for word, _ in group)


_EVENT_EXPRESSION, _EVENT_WORDS = _expression(
    (Word(literal, notice_type, rank), _about(literal) if context == "front" else context)
    for rank, (notice_type, literals, context) in enumerate(_EVENTS)
    for literal in literals.split()
)
_ORDINARY_EXPRESSION, _ORDINARY_WORDS = _expression(
    (Word(literal, notice_type, 0), context + _NAME)
    for notice_type, literals, context in _ORDINARY
    for literal in literals.split()
)

# 单一来源采购公告, 单一来源专家论证公示, 直接采购需求公示 are one thing; 单一来源…成交公告 and …合同公告 come later.
_YIELD_TO_SINGLE_SOURCE = frozenset({_T.TENDER_NOTICE, _T.OTHER_TENDER, _T.PLAN})


def event_in(title: str) -> Word | None:
    """The strongest event word of a folded title."""
    found = [_EVENT_WORDS[(match.lastindex or 1) - 1] for match in _EVENT_EXPRESSION.finditer(title)]
    return min(found, key=lambda word: word.rank) if found else None


def last_word_in(title: str) -> Word | None:
    """The last ordinary type word of a folded title; single source outlasts the notice words after it."""
    single = last = None
    for match in _ORDINARY_EXPRESSION.finditer(title):
        word = _ORDINARY_WORDS[(match.lastindex or 1) - 1]
        if word.notice_type is _T.SINGLE_SOURCE:
            single = last = word
        elif word.notice_type:
            last = word
    return single if single and last and last.notice_type in _YIELD_TO_SINGLE_SOURCE else last
