"""The rules by which a claim's words name a part of a portal: a table with a version, no code.

Whoever changes a rule raises VERSION: a mapping is kept and printed with the version that proposed it.
"""

import re
from dataclasses import dataclass

from pipeline.model import Bucket, KeyArea, NoticeType

VERSION = "4"
UNSURE = 0.5  # below it a mapping accuses nobody until a person has confirmed it; convention of this project

_T = NoticeType


@dataclass(frozen=True, slots=True)
class TypeRule:
    """Words that name a kind of notice: `narrow` is what they say, `wide` what offices also file under them."""

    name: str
    words: re.Pattern[str]
    narrow: tuple[NoticeType, ...]
    wide: tuple[NoticeType, ...]
    confidence: float


_AWARDS = (_T.AWARD_CANDIDATES, _T.AWARD_RESULT, _T.AWARD_NOTICE_UNSPECIFIED)
_CHANGES = (_T.CORRECTION, _T.ADDENDUM, _T.CLARIFICATION, _T.POSTPONEMENT, _T.SUSPENSION, _T.TERMINATION)
_BEFORE = (_T.PLAN, _T.PREQUALIFICATION, _T.SINGLE_SOURCE)

TYPE_RULES = (
    TypeRule(
        "type: 招标公告",
        re.compile(r"(?:招标|采购|资格预审|资审)(?:类)?公告|招标信息|招标类|采购信息"),
        (_T.TENDER_NOTICE,),
        (_T.TENDER_NOTICE, *_BEFORE, *_CHANGES),
        0.75,
    ),
    TypeRule(
        "type: 中标候选人",
        re.compile(r"候选人|侯选人|评标结果|预中标|定标"),
        (_T.AWARD_CANDIDATES,),
        (_T.AWARD_CANDIDATES, _T.AWARD_NOTICE_UNSPECIFIED),
        0.75,
    ),
    TypeRule(
        "type: 中标结果",
        re.compile(r"(?:中标|成交|中选|交易)(?:结果|公告)"),
        (_T.AWARD_RESULT,),
        (*_AWARDS, _T.AWARD_CHANGE),
        0.7,
    ),
    TypeRule(
        "type: 中标公示",
        re.compile(r"(?:中标|成交|中选)(?:公示|信息|类)"),
        _AWARDS,
        (*_AWARDS, _T.AWARD_CHANGE, _T.PREQUALIFICATION_RESULT, _T.BID_OPENING_RECORD, _T.TERMINATION),
        0.7,
    ),
    TypeRule(
        "type: 更正",
        re.compile(r"更正|变更公告|修改公告|勘误"),
        (_T.CORRECTION,),
        (_T.CORRECTION, _T.ADDENDUM, _T.CLARIFICATION, _T.POSTPONEMENT),
        0.7,
    ),
    TypeRule(
        "type: 澄清",
        re.compile(r"澄清|答疑|补遗"),
        (_T.CLARIFICATION, _T.ADDENDUM),
        (_T.CLARIFICATION, _T.ADDENDUM, _T.CORRECTION),
        0.7,
    ),
    TypeRule("type: 终止", re.compile(r"流标|废标|终止公告"), (_T.TERMINATION,), (_T.TERMINATION, _T.SUSPENSION), 0.75),
    TypeRule("type: 合同", re.compile(r"合同公[告示]|合同信息|合同备案公"), (_T.CONTRACT,), (_T.CONTRACT,), 0.75),
    TypeRule("type: 招标计划", re.compile(r"招标计划|采购意向|招标预告"), (_T.PLAN,), (_T.PLAN,), 0.75),
    TypeRule("type: 单一来源", re.compile(r"单一来源"), (_T.SINGLE_SOURCE,), (_T.SINGLE_SOURCE,), 0.75),
    TypeRule(
        "type: 开标记录", re.compile(r"开标(?:记录|情况)"), (_T.BID_OPENING_RECORD,), (_T.BID_OPENING_RECORD,), 0.75
    ),
    TypeRule(
        "type: 资审结果",
        re.compile(r"(?:资格预审|资审)结果"),
        (_T.PREQUALIFICATION_RESULT,),
        (_T.PREQUALIFICATION_RESULT,),
        0.75,
    ),
)


@dataclass(frozen=True, slots=True)
class BucketRule:
    """Words that name a line of the report."""

    name: str
    words: re.Pattern[str]
    bucket: Bucket
    confidence: float


BUCKET_RULES = (
    BucketRule(
        "bucket: 招标中标",
        re.compile(r"招标|中标|招投标|采购|标讯|成交|交易信息|交易公告"),
        Bucket.TENDER_AND_AWARD,
        0.8,
    ),
    BucketRule(
        "bucket: 公告通知",
        re.compile(r"公告通知|通知公告|公示公告|公告公示|公告、公示|公示、公告|通知、公告|公告、通知|通知通告"),
        Bucket.NOTICE,
        0.8,
    ),
    BucketRule(
        "bucket: 动态",
        re.compile(r"动态|要闻|行业资讯|建设资讯|(?<!图片)新闻(?!发布)|工作简报"),
        Bucket.INDUSTRY_NEWS,
        0.8,
    ),
    BucketRule("bucket: 图文", re.compile(r"图片|图文|建设成就|风景名胜|专栏图"), Bucket.LIVELIHOOD_PICTURES, 0.75),
)


@dataclass(frozen=True, slots=True)
class AreaRule:
    """Words that name a key area of disclosure (重点领域)."""

    name: str
    words: re.Pattern[str]
    area: KeyArea
    confidence: float


# What an office takes for 保障性住房信息 is a matter of judgement: such a reading accuses nobody by itself (UNSURE).
AREA_RULES = (
    AreaRule(
        "area: 保障性住房",
        re.compile(r"保障性?(?:住房|安居|租赁)|住房保障|廉租|公租|公共租赁|经济适用|棚户区|棚改|周转房|安居工程"),
        KeyArea.AFFORDABLE_HOUSING,
        0.45,
    ),
    AreaRule(
        "area: 建筑市场",
        re.compile(r"建筑市场|企业资质|资质审批|资质公[告示]|建造师|施工许可|安全生产许可"),
        KeyArea.CONSTRUCTION_MARKET,
        0.45,
    ),
    AreaRule("area: 房地产", re.compile(r"房地产|商品房|预售|物业"), KeyArea.PROPERTY_MARKET, 0.45),
    AreaRule("area: 诚信", re.compile(r"诚信|信用|失信|不良行为|良好行为|红黑榜|黑名单"), KeyArea.CREDIT, 0.45),
    AreaRule(
        "area: 质量安全",
        re.compile(r"质量安全|工程质量|安全生产(?!许可)|质量监督|扬尘|抗震"),
        KeyArea.QUALITY_SAFETY,
        0.45,
    ),
)

# Categories that report/read.py gives to a whole, not to a part of it.
TOTALS = frozenset({"合计", "门户合计", "政府网站"})
# What counts publications; what is counted in 次, 场, 人 … is none.
PUBLICATIONS = frozenset({"条", "条次", "篇", "篇次", "则", "件", None})
# Sent to, or taken by, somebody else's medium: not on this portal.
ELSEWHERE = re.compile(r"报送|推送|上报|采用|录用|转载")
# 招标公告等, 招投标公告及中标公示, 招标中标信息: the words name more than themselves: the line before section or type.
AND_MORE = re.compile(r"等|[及和与、]|招[投中]标|(?:招标|采购)(?:投标|中标|成交|中选)|标讯")
# 图片新闻等信息: a list that is left open names at least what stands in it.
OPEN_LIST = re.compile(r"(?<![高中初平同相])等(?![级于式距])")
SECTION = re.compile(
    r"(?:栏目|专栏|板块|版块)[“\"「『《](?P<after>[^“”\"「」『』《》]{2,20})[”\"」』》]|"
    r"[“\"「『《](?P<before>[^“”\"「」『』《》]{2,20})[”\"」』》](?:等)?(?:[0-9一二两三四五六七八九十]{0,3}个)?(?:栏目|专栏|板块|版块)|"
    r"[“\"「『](?P<bare>[^“”\"「」『』]{2,20})[”\"」』]"
)
