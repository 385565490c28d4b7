"""The words that portals label a tender's facts with, and what each of them names."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipeline.numbers import number_of
from pipeline.text import narrow, no_space


class Role(StrEnum):
    """What a label says of its value. Roles from NAME on need the section or the row that they stand in."""

    PROJECT = "project"
    PROJECT_NO = "project_no"
    PLAN_NO = "plan_no"  # 采购计划编号, 投资项目代码: not the notice's own
    LOT = "lot"
    LOT_NAME = "lot_name"
    BUYER = "buyer"
    BUYER_CONTACT = "buyer_contact"  # 招标人联系人及电话: may begin with the name
    AGENCY = "agency"
    AGENCY_CONTACT = "agency_contact"
    PLACE = "place"
    WINNER = "winner"
    SUPPLIER = "supplier"  # 供应商名称, 投标人名称: a winner in an award, a candidate in a list of candidates
    CANDIDATE = "candidate"
    RANK = "rank"
    INDEX = "index"  # 序号
    AWARD = "award"
    PRICE = "price"
    RATE = "rate"
    UNIT_PRICE = "unit_price"
    BUDGET = "budget"
    CAP = "cap"
    LOT_BUDGET = "lot_budget"
    INVESTMENT = "investment"
    FEE = "fee"
    TOTAL_INVESTMENT = "total_investment"
    MANAGER = "manager"
    LEADER = "leader"  # 项目负责人
    SUPERVISOR = "supervisor"  # 总监理工程师
    DESIGNER = "designer"
    ENGINEER = "engineer"  # 建造师, 注册建筑师
    DURATION = "duration"
    DEADLINE = "deadline"
    PUBLICITY = "publicity"
    PUBLICITY_FROM = "publicity_from"
    PUBLICITY_TO = "publicity_to"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    OPENING = "opening"
    REJECTED = "rejected"  # 废标原因, 否决投标: who stands below is no candidate
    RECORD = "record"  # 业绩, 奖项: what stands below is of other projects
    SCORES = "scores"
    NAME = "name"
    PERSON = "person"  # 姓名
    OTHER = "other"  # a label of something that is no fact of ours


@dataclass(frozen=True, slots=True)
class Label:
    """A label as read: its role, the unit in its brackets, the rank that it names, its own words."""

    role: Role
    words: str
    unit: str = ""  # "元", "万元", "%", "元/%" ...
    rank: int | None = None


PEOPLE = frozenset((Role.MANAGER, Role.LEADER, Role.SUPERVISOR, Role.DESIGNER, Role.ENGINEER))

_SIDE = "招标|采购|发包|建设|业主|委托|比选|询价|询比|磋商|谈判|竞选|遴选|需求|招租|出让|转让|项目|项目采购|项目建设|采购需求|工程建设|项目招标"
_WON = "中标|成交|中选|中标成交|成交中标|中标中选"
_BID = "投标|竞标|响应|评标|磋商|谈判|比选|竞价|询价|应答|最终|最后|最终投标|最后投标|投标人|投标总|评审|报价|供应商"
_FIRM = "人|单位|供应商|方|商|企业|公司|机构|服务商|承包商|承包人|社会资本方?|候选供应商"

# The first pattern that is the whole label decides; brackets, numbering and white space are gone by then.
_WORDS: tuple[tuple[Role, str], ...] = (
    (Role.BUYER_CONTACT, rf"(?:{_SIDE})(?:人|单位|方)(?:及)?(?:联系人及(?:联系)?电话|联系方式|联系人|及联系方式)"),
    (Role.AGENCY_CONTACT, r"(?:招标|采购)?代理(?:机构|单位)(?:名称)?(?:项目负责人|联系人)?及(?:联系)?(?:电话|方式)|(?:招标|采购)?代理(?:机构|单位)(?:联系人及电话|联系方式)"),
    (Role.AGENCY, r"(?:招标|采购|比选|政府采购|招标采购|采购招标|集中采购|项目)?代理(?:机构|单位|公司|人|商)(?:单位)?(?:名称|全称)?|招标机构(?:名称)?|(?:招标|采购)代理|(?:政府)?集中采购(?:代理)?机构(?:名称)?|采购代理机构名称|受托单位|代建单位代理"),
    (Role.BUYER, rf"(?:{_SIDE})(?:人|单位|方|部门|主体)(?:单位)?(?:名称|全称)?|项目(?:业主|法人)(?:单位)?(?:名称)?|业主(?:单位)?(?:名称)?|(?:项目)?实施(?:单位|机构)|采购人名称|建设招标单位|招标人采购人|采购人招标人|招标采购人|招标采购单位|招标人名称|采购单位名称|使用单位|建设单位名称|甲方(?:名称)?|采购人甲方|发包人甲方|招标人建设单位|购货单位|采购机关"),
    (Role.PLAN_NO, r"(?:投资)?项目(?:统一)?代码|项目编码统一代码|投资项目(?:统一)?(?:代码|编码)|(?:政府)?采购计划(?:备案)?(?:编号|号|文号|批号|备案号|批复编号)|采购计划(?:书)?编号|计划(?:编号|文号|备案号)|财政(?:编号|审批编号)|采购文件备案编号|备案编号|立项(?:批文|批复)?(?:号|文号|编号)|批文(?:号|编号)|批准文号|招标备案号|采购预算编号|委托协议编号|采购备案号|政府采购备案编号|采购执行编号|(?:招标|采购)公告编号|公告编号|采购条目编号"),
    (Role.PROJECT_NO, r"(?:原公告的|原)?(?:标段|标包|分包|包件?)(?:编号|编码|代码)|(?:原公告的|原)?(?:招标|采购|比选|询价|磋商|谈判|交易|工程|投标|政府采购|公开招标|竞争性磋商|竞争性谈判|询比)?(?:项目)?(?:编号|编码|号|序列号)|项目标段编号|招标代码|(?:招标|采购)(?:文件|代理|任务)?编号|采购代理编号|项目登记号|招标项目代码|采购文件编号|项目受理编号|项目文号|标书编号|招标书编号|标段包编号"),
    (Role.LOT_NAME, r"(?:标段|标包|分包|包|包件|包组|标项|采购包|合同包|品目|分标)名称|标的名称|(?:采购)?条目名称|采购标段"),
    (Role.LOT, r"(?:终止|废标|流标)?(?:标段|标包|分包|包|包件|包组|标项|采购包|合同包|分标)(?:号|序号)?"),
    (Role.PROJECT, r"(?:原公告的|原)?(?:招标|采购|工程|建设|比选|磋商|询价|政府采购|本次招标|招标采购|本次采购|公示|交易|中标|成交|本招标|合同)?(?:项目|工程)(?:标段)?名称|项目及标段名称|(?:项目)?标段名称|标段包名称|项目标段|采购名称|招标名称|工程项目名称|项目名称及标段|标段工程名称|采购项目名称|招标工程|项目名"),
    (Role.PLACE, r"(?:工程|项目|建设|施工|实施|项目建设|工程建设|项目实施|项目所在)(?:地点|地址|位置|区域|地)|行政区划|所属(?:地区|区域)|(?:项目)?所在(?:地区?|区域|行政区域)|项目监管地|交货地点|服务地点"),
    (Role.REJECTED, r"(?:原)?(?:中标|定标|成交)?(?:候选人)?(?:废标|否决投标|无效投标|被否决|否决)(?:原因|情况|理由|结果|的?投标人?)?(?:及其?(?:依据|理由|原因))?(?:情况)?|废标(?:原因|理由|情况|结果)|资格审查(?:未通过|不合格).{0,12}|未(?:中标|通过|成交)(?:的)?(?:供应商|投标人|单位|原因).{0,10}|被否决的投标.{0,12}|认定依据"),
    (Role.RECORD, r"(?:类似)?(?:项目|企业|企业类似|申报的|投标人|项目负责人|拟派项目经理|响应的|投标中使用的)?(?:项目)?(?:业绩|奖项|获奖情况|信誉)(?:及奖项|和奖项|情况|名称)?"),
    (Role.SCORES, r"(?:单位/评委|评委\d{0,2}|(?:中标)?候选人得分情况|评标得分|评审情况|评分情况|得分情况|投标人得分情况|评审结果汇总)"),
    (Role.RANK, r"(?:名次|排名|排序|推荐(?:顺序|排序|次序)|中标顺序|次序|(?:中标|成交)?候选人?(?:供应商)?(?:排序|排名|顺序|名次|序号|次序)|(?:投标人|供应商|单位)(?:排序|排名)|候选顺序|推荐名次|综合排名|排列顺序|候选排名|推荐意见|最终排名|评标排序|推荐中标候选人(?:顺序|排序))"),
    (Role.INDEX, r"序号?|编排|No\.?|NO\.?"),
    (Role.CANDIDATE, rf"(?:推荐(?:的)?|拟定?|预)?(?:中标|成交|中选|定标|入围)?(?:侯|候)选(?:人|单位|供应商|企业|方|人供应商)(?:单位|公司|企业|人)?(?:名称|全称)?|预中标(?:人|单位|供应商)(?:名称)?|推荐(?:中标|成交)(?:人|单位|供应商)(?:名称)?|拟推荐(?:中标|成交)?(?:人|单位|供应商)"),
    (Role.WINNER, rf"(?:拟|预)?(?:{_WON})(?:{_FIRM})(?:单位)?(?:名称|全称|为|是)?|(?:拟定?)?(?:{_WON})(?:供应商|单位|人)名称|定标结果|(?:{_WON})结果为"),
    (Role.SUPPLIER, rf"(?:投标|竞标|响应|竞价|报价|参选|应答|申请)?(?:供应商|供货商|投标人|投标单位|投标方|投标企业|响应人|报价单位|承包商|竞标人|比选申请人|参选人|应答人|服务商)(?:单位|公司|企业)?(?:名称|全称)?|(?:投标|竞标|响应|参选)(?:人|单位|方|公司|企业)(?:名称|全称)?|(?:公司|企业)名称|乙方(?:名称)?|承包(?:人|单位|方)(?:名称)?|施工单位|供应商乙方|供应商名称乙方|承包人乙方"),
    (Role.AWARD, rf"(?:投标总?报?价?)?(?:{_WON})(?:人)?(?:单位)?(?:投标|合同)?(?:总|含税)?(?:价款?|金额|价格|报价|总价|总金额|额|投标报价|总报价|价金额|合同价)(?:总计|合计)?|(?:拟|预)(?:{_WON})(?:价|金额|价格)|(?:{_WON})(?:总)?金?额"),
    (Role.AWARD, r"签约合同价|合同(?:总|签约|含税)?(?:金额|价|价款|总价|总金额|价格|签约价|总额)|签约(?:金额|价)|成交总价|中标总价格?"),
    (Role.UNIT_PRICE, rf"(?:{_WON}|投标|综合|含税|固定)?(?:综合)?单价.{{0,6}}|.{{0,10}}单价(?:限价|报价|金额)?"),
    (Role.RATE, rf"(?:{_WON}|投标|报价|最终|响应|总报价|中标人)?(?:投标|报价|总|综合)?(?:费率|下浮率|下浮比例|优惠率|折扣率?|让利率|下浮系数|系数|优惠比例|下浮|费率报价|下浮率报价)(?:报价)?|报价费率"),
    (Role.LOT_BUDGET, r"(?:分)?(?:包|标段|标项|品目|标包|采购包|本标段|本包|分包)(?:采购)?(?:预算|预算金额|最高限价|限价|控制价|预算价)(?:金额)?"),
    (Role.BUDGET, r"(?:项目|采购|本项目|财政|总|招标|政府采购|采购项目|项目采购|资金|本次采购)?预算(?:总)?(?:金额|价|资金|总金额|总价|额度|控制价|总额|数|经费)?|采购(?:预算|金额|限额)|(?:合同|招标|项目|工程|标段|施工)?(?:合同)?(?:估算|概算|估算总)(?:价|金额|投资|总价)?|采购控制价|拟投入资金"),
    (Role.CAP, r"(?:本项目|项目|本工程|本次|招标|采购|工程|投标|总|标段|本标段|采购项目|施工|报价)?(?:最高)?(?:投标|采购|招标|报价|响应|总价?|磋商|单项)?(?:最高)?(?:限价|控制价|限额|拦标价|控制金额|上限价|上限值)(?:总价|金额|总额|价)?|招标控制价金额|拦标价|最高投标限价|最高(?:投标)?报价限价|最高控制价|投标(?:报价)?上限"),
    (Role.TOTAL_INVESTMENT, r"(?:项目|工程|本项目|本工程|建设|计划|估算|概算|项目计划)?(?:总投资|投资总额|估算总投资|概算总投资|投资总估算)(?:额|金额|约|估算|概算)?"),
    (Role.INVESTMENT, r"(?:本|项目|工程|标段|本项目|本工程|该项目|该工程|本标段|建设|标段计划|工程计划|项目计划)?(?:计划|估算|概算|预计|工程|项目|合同)?投资(?:额或合同估算价?|额|金额|估算|概算|估算价|规模|总?约|概算额|估算额)?|(?:工程|项目|标段)(?:造价|估价|估算)(?:约)?|建安(?:工程)?费|工程费用?"),
    (Role.FEE, r"(?:本项目|本工程|本次|该项目)?(?:监理|设计|勘察|勘察设计|检测|施工|咨询|造价咨询|测绘|服务|代建|工程监理|监测|工程设计)(?:服务)?费用?(?:用)?(?:总额|概算|估算|预算|约|限价|最高限价|为|为约)?"),
    (Role.DESIGNER, r"(?:项目)?设计(?:项目)?负责人(?:姓名)?|设计总负责人"),
    (Role.SUPERVISOR, r"(?:拟派|拟任|项目|监理)?(?:总监|总监理工程师|项目总监(?:理工程师)?)(?:姓名)?"),
    (Role.MANAGER, r"(?:拟派|拟任|拟投入|投标|中标|工程|施工)?(?:的)?(?:工程)?(?:总承包)?(?:项目|施工项目)(?:总)?(?:经理|建造师)(?:姓名|名称|人姓名)?(?:[、,兼及和/].{0,12})?|总承包项目经理.{0,14}|工程总承包项目经理.{0,14}|项目经理(?:建造师|总监|负责人|总监理工程师|注册建造师|项目负责人).{0,8}"),
    (Role.LEADER, r"(?:拟派|拟任|拟投入|投标|中标人?|成交供应商|工程|全过程工程咨询|总咨询师|全过程咨询)?(?:本)?(?:项目|总|工程|服务|监理项目)?(?:总)?负责人(?:姓名|名称)?|项目总负责人|总咨询师"),
    (Role.ENGINEER, r"(?:拟派|拟任|注册|项目)?(?:建造师|注册建造师|建筑师|注册建筑师|结构师|注册建筑师结构师)(?:姓名)?"),
    (Role.DURATION, r"(?:计划|合同|投标|施工|总|承诺|建设|要求|有效|中标|监理|服务|供货|交付|勘察|设计|项目|完成|合同履行|合同履约|监理服务|设计服务|要求|项目实施|采购|货物)?(?:工期|服务期限?|履约期限|履行期限?|履约期|交货期限?|供货期限?|合同期限?|服务周期|工期服务期|周期|交付期限?|交货时间|供货时间|完工期|期限|服务时间|完成时间|实施周期|建设周期|交货期工期)(?:要求|天数|交货期|服务期|日历天|承诺|目标)?|工期.{0,8}"),
    (Role.PUBLICITY_FROM, r"(?:中标|成交)?(?:候选人)?(?:结果)?公[示告](?:开始|起始|起)(?:时间|日期|日)?|公示时间起|公示开始"),
    (Role.PUBLICITY_TO, r"(?:中标|成交)?(?:候选人)?(?:结果)?公[示告](?:截止|结束|终止|止)(?:时间|日期|日|期)?(?:时间)?|公示截止期限|公示时间止"),
    (Role.PUBLICITY, r"(?:(?:中标|成交|中选|定标)?(?:候选人)?(?:结果)?公示(?:期|期限|时间|日期|起止时间|起止日期|期间|起止|时限))(?:为|是)?"),
    (Role.PUBLISHED, r"(?:公告|公示|信息|本公告|中标公告|成交公告|结果公告|公告信息|招标公告|合同公告|采购公告|文件|结果|公告公示)?(?:的)?(?:发布|发出|公告|公布)(?:的)?(?:日期|时间|日)|信息时间|公告日期|公示发布(?:时间|日期)|发稿时间|更新时间|成交公告日期|中标公告日期|定标公告日期|公开时间|提交时间|挂网时间"),
    (Role.CORRECTED, r"(?:更正|变更|澄清|修改)(?:日期|时间)"),
    (Role.DEADLINE, r"(?:提交|递交|上传|接收|接受)?(?:首次)?(?:投标|响应|申请|报价|比选|应答|磋商响应|谈判响应|竞标|参选|磋商|资格预审申请|首次响应|电子投标|投标响应)(?:文件|申请)?(?:的)?(?:递交|提交|上传|接收|递交的)?(?:的)?(?:截止|截至)(?:时间|日期|日|期)?(?:及|和|暨|、|与|/)?(?:开标|开启|开标时间|开启时间|响应文件开启)?(?:时间|日期|地点)?(?:和地点)?|(?:提交|递交)(?:投标|响应|申请|比选|报价|首次响应)(?:文件)?(?:的)?截止(?:时间|日期)(?:、开标时间)?(?:和地点|及地点)?|截标(?:时间|日期)|投标截止|截止时间|开标时间投标截止时间|投标文件递交截止时间|报价截止时间"),
    (Role.OPENING, r"(?:开标|开启|开评标|评标|定标|评审|磋商|谈判|竞价)(?:、评标)?(?:时间|日期)"),
    (Role.PRICE, rf"(?:经评审的|评审后的|修正后的?|经修正的)?(?:{_BID})?(?:总|含税|最终|一次性)?(?:报价|总价|投标价|投标报价|总报价|投标总价|报价金额|标价|金额|价格)(?:金额|总价|合计)?|投标价|投标函报价|总价|总金额|报价承诺"),
    (Role.PERSON, r"姓\s?名|人员姓名"),
    (Role.NAME, r"(?:单位|公司|机构|企业|)(?:名称|全称)"),
)
_TABLE = tuple((role, re.compile(words)) for role, words in _WORDS)

# Labels of other things: they end a value and head columns. Anchored at the end; a value that is a whole sentence or
# name does not end so, or stands where no label is looked for.
_OTHER = re.compile(
    r"^是否.{2,14}|(?:评分|评审|打分)结果$|(?:方式|方法|编号|时间|日期|地点|地址|电话|要求|情况|名单|意见|代表人?|联系人|代码|内容|范围|规模|理由|依据|标准|等级|条件|媒介|期限|资格|资质"
    r"|备注|其他|其它|网址|邮箱|邮件|邮编|邮政编码|传真|品目|数量|单位|规格|型号|品牌|得分|总分|分|质量|质量目标|类别|类型|性质|来源|概况|附件|手机"
    r"|证书名称|证书|级别|专业|职称|职务|需求|说明|原因|事项|安排|政策|渠道|机构|部门|标的|说明书|面积|结构/层数|层数|许可证|程序|途径|售价|家数"
    r"|人员|用途|比例|年限|状态|次数|收费|服务费|保证金|信息|公示|公告|文件|技术员|安全员|施工员|质量员|工程师|负责人|查询|结论|意向|价|额|费率|依据|暂列金|暂估价|名称|期|批文|去向|形式|步骤)$"
)
_TWO_THINGS = re.compile(r"公司|[^\s]{3}[ \u3000]{2,}[^\s]{3}")  # a name with a label behind it
_NOT_LABELS = frozenset("大写 小写 人民币 其中 注 注意 即 如下 为 含税 不含税 报价 合计 总计 共计 牵头人 成员 联合体成员 联合体牵头人 北京时间 网址 http https".split())

_NUMBERING = re.compile(
    r"^(?:第?[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?(?:[、.．:：)）]|(?=[一-龥]))(?:\d{1,2}[.、．]?){0,3}\s?|[★▲●■◆※*·①-⑩\-—>》]{1,3}|[（(]\d{1,2}[）)])"
)
_BRACKETS = re.compile(r"[（(\[【]([^（）()\[\]【】]{0,24})[）)\]】]")
_UNIT = re.compile(r"(?:人民币)?(?:单位[:：])?([亿百千万]{0,2}元(?:[/／][^\s、,，或]{1,6})?|[%％‰])(?:[、或/]([%％]|元))?")
_PREFIXES = re.compile(r"^(?:原公告的?|原|本次|本|该|其|现|关于)(?=[一-龥]{3})")
_RANKED = re.compile(
    r"^(?:推荐(?:的)?)?(?:排名)?第([一二三四五六七八九十]|\d{1,2})(?:名|位|顺位|顺序)?(?:的)?((?:预?中标|成交|中选|定标)?(?:人|单位|供应商)?(?:侯|候)选(?:人|单位|供应商|方)?|(?:预?中标|成交|中选)(?:人|单位|供应商)|中标排序|排序)?(?:供应商|单位|人|公司|企业)?(?:名称|为|是)?$"
    r"|^(?:中标|成交|中选|定标)?(?:侯|候)选(?:人|单位|供应商)(?:第)?([一二三四五六七八九十]|\d{1,2})(?:名|位)?(?:单位|公司|企业|供应商)?(?:名称|为)?$"
    r"|^(?:中标|成交)?(?:侯|候)选(?:人|单位|供应商)?\s?[（(]?第([一二三四五六七八九十]|\d{1,2})名[）)]?(?:单位)?(?:名称)?$"
)
_LONGEST = 40  # characters of a label with its numbering and brackets


@lru_cache(maxsize=4096)
def label_of(text: str) -> Label | None:
    """What the text labels when it is nothing but a label, None when it is something else.

    White space inside (招 标 人), numbering before (2.1, 一、) and brackets ((如有), （元）) do not matter.
    """
    if len(text) > _LONGEST:
        return None
    plain = no_space(narrow(text)).rstrip(":;").lstrip("([【<>》·*")
    plain = _NUMBERING.sub("", plain, count=1) if not plain.startswith("第") else plain
    words, unit = _without_brackets(plain)
    if not words or len(words) > 24:
        return None
    if ranked := _ranked(words):
        return ranked
    for form in dict.fromkeys((words, _PREFIXES.sub("", words), _PREFIXES.sub("", _PREFIXES.sub("", words)))):
        if form in _NOT_LABELS:
            return None
        if role := _role(form):
            return Label(role, words, unit)
    if _OTHER.search(words) and not _TWO_THINGS.search(text) and not re.search(r"\d|[。，,；;“”《》]", words) and len(words) <= 18:
        return Label(Role.OTHER, words, unit)
    return None


def _role(words: str) -> Role | None:
    return next((role for role, pattern in _TABLE if pattern.fullmatch(words)), None)


def _ranked(words: str) -> Label | None:
    if not (found := _RANKED.match(words)):
        return None
    rank = number_of(found[1] or found[3] or found[4])
    return Label(Role.CANDIDATE, words, rank=rank) if rank else None


def _without_brackets(text: str) -> tuple[str, str]:
    """The words without what stands in brackets, and the unit that a bracket names."""
    unit = ""
    for found in _BRACKETS.finditer(text):
        if (match := _UNIT.fullmatch(found[1])) and not unit:
            unit = match[1] + (f"/{match[2]}" if match[2] else "")
        elif "%" in found[1] and "元" in found[1]:
            unit = "元/%"
    kept = _BRACKETS.sub("", text)
    # 招标(采购)人 and 成交（中标）金额 are words with a bracket in them; a label that is all bracket is none.
    return kept.strip(" :、*"), unit.replace("％", "%").replace("／", "/")
