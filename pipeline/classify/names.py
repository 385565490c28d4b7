"""What people call the notice types, Chinese and English."""

from pipeline.model import NoticeType

TYPE_NAMES = {
    NoticeType.OBJECTION: ("异议、投诉及处理", "objection"),
    NoticeType.CORRECTION: ("更正", "correction"),
    NoticeType.ADDENDUM: ("补遗", "addendum"),
    NoticeType.CLARIFICATION: ("澄清答疑", "clarification"),
    NoticeType.POSTPONEMENT: ("延期", "postponement"),
    NoticeType.SUSPENSION: ("暂停", "suspension"),
    NoticeType.TERMINATION: ("终止、流标、废标", "termination"),
    NoticeType.AWARD_CHANGE: ("中标变更", "change of award"),
    NoticeType.PREQUALIFICATION: ("资格预审", "prequalification"),
    NoticeType.PREQUALIFICATION_RESULT: ("资格预审结果", "result of prequalification"),
    NoticeType.BID_OPENING_RECORD: ("开标记录", "bid opening record"),
    NoticeType.AWARD_CANDIDATES: ("中标候选人公示", "award candidates"),
    NoticeType.AWARD_RESULT: ("中标结果", "award result"),
    NoticeType.AWARD_NOTICE_UNSPECIFIED: ("中标公示（未分候选人、结果）", "award notice, unspecified"),
    NoticeType.CONTRACT: ("合同、履约", "contract"),
    NoticeType.TENDER_NOTICE: ("招标公告", "tender notice"),
    NoticeType.PLAN: ("招标计划、采购意向", "plan"),
    NoticeType.SINGLE_SOURCE: ("单一来源", "single source"),
    NoticeType.INDUSTRY_NEWS: ("动态", "news"),
    NoticeType.NOTICE: ("通知公告", "notice"),
    NoticeType.PICTURES: ("图片图文", "pictures"),
    NoticeType.OTHER_TENDER: ("其他交易信息", "other tender matter"),
    NoticeType.UNDECIDABLE: ("类型未定", "undecidable"),
}
