"""What a value looks like: firms and offices, people, ranks, numbers of projects."""

import re

from pipeline.tender.labels.roles import PEOPLE, Role
from pipeline.values.amounts import Money, amounts_in
from pipeline.values.numbers import number_of
from pipeline.values.text import narrow, no_space

_FIRM_END = (
    "公司|集团|厂|院|研究所|设计所|事务所|联合体|中心|商行|商店|经营部|服务部|门市部|工作室|合伙|合作社|经销处|营业部|商贸行|総社|总社|供销社"
    "|工程处|工程队|施工队|工程局|工程部|监理部|咨询部|印刷厂|医院|大学|学院|学校|研究会|协会|基金会|银行|支行|分行|农场|林场|茶场|电站|站|社|店|行|队|所|部|处|超市|酒店|苑|园|馆|局|分局"
)
_OFFICE_END = (
    f"{_FIRM_END}|委员会|管委会|政府|办公室|办事处|委|办|署|厅|科|庭|法院|检察院|中学|小学|幼儿园|党校|支队|大队|总队|中队|指挥部|项目部|筹建处|管理处|管理所|服务站"
    "|村委会|村民委员会|居委会|居民委员会|经济合作社|联合社|街道|镇|乡|村|会|库|场|电视台|报社|监狱|看守所|部队|段|组|区|县|市|基地|学会|党委|宣传部|组织部|统战部|人大|政协|法人|分公司|分院|分中心|机构|平台|博物馆|图书馆|文化馆|体育馆|保险|人寿"
)
_BODY = r"[一-龥A-Za-z0-9（）()·•\-—&＆.、；;，,\s+/“”\"]"
_FIRM = re.compile(rf"{_BODY}{{2,160}}?(?:{_FIRM_END})(?:[（(][^（）()]{{1,60}}[）)])?$")
_OFFICE = re.compile(rf"{_BODY}{{1,160}}?(?:{_OFFICE_END})(?:[（(][^（）()]{{1,40}}[）)])?$")
_NO_NAME = re.compile(
    r"(?:^(?:[/／\\\-—无空]{1,4}|详见.{0,30}|见.{0,10}|另行.{0,10}|待定|待公布|单位章|盖章|公章|签[字章]|章|暂无|同上|本项目|名称|信息|联系方式|是|否|有|没有|不适用|其他|投标人|供应商|招标人|采购人|中标人)$)"
    r"|[。！？!?＊]|(?:应当|须|必须|不得|可以|具备|提供|符合|要求|详见|进行|按照|根据|负责|通过|如有|以下|承担|委托|认为|提出|收到)"
)
# Words that are as short as a name and stand where one is looked for.
_NO_PERSON = frozenset(
    (
        "合格",
        "市政",
        "建筑",
        "公路",
        "水利",
        "机电",
        "一级",
        "二级",
        "三级",
        "高级",
        "中级",
        "初级",
        "工程师",
        "高级工程师",
        "无",
        "有",
        "是",
        "否",
        "男",
        "女",
        "暂无",
        "详见",
        "其他",
        "姓名",
        "证书",
        "职称",
        "专业",
        "级别",
        "优秀",
        "良好",
        "注册",
        "建造师",
        "一般",
        "符合",
        "满足",
        "响应",
        "通过",
        "有效",
        "具备",
        "具有",
        "资格",
        "要求",
        "名称",
        "单位",
        "甲级",
        "乙级",
        "丙级",
        "监理",
        "施工",
        "设计",
        "勘察",
        "不适用",
        "须",
        "应",
        "项目",
        "负责人",
        "项目经理",
        "土建",
        "安装",
        "电气",
        "电话",
        "联系",
        "附件",
        "备注",
        "日历天",
        "天",
        "元",
        "工程",
        "等级",
        "国标",
        "达标",
        "壹级",
        "贰级",
        "叁级",
        "如下",
        "公示",
        "公告",
        "待定",
        "空白",
    )
)
_NO_PERSON_END = re.compile(
    r"(?:工程|专业|资格|资质|证书|[一二三]?级|[员师证司局院厅处部]|单位|公司|经理|人员?|要求|条件|文件|标准|以上|注册|安装|施工|市政|公用|电气|给排水|方案|负责|岗位|合格|一致|姓名|名称|编号)$|^(?:具|须|应|按|拟|详|具备|符合|满足|注册|提供|同|见|共|约|不)"
)
_PERSON = re.compile(r"[一-龥]{2,4}(?:[·•][一-龥]{1,10}){0,3}")
_PERSON_END = re.compile(
    r"\s*(?:$|[,，;；、/／（(:：|。\d\s]|注册|证书|一级|二级|高级|资质|建造师|身份证|执业|专业|职称|联系|电话|女士|先生)"
)
_SURNAMES = re.compile(
    "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳佟言福肖覃闫付代仝苟粟门信岑母兰冼揭占鹿原苑呼延欧阳上官司马诸葛东方皇甫尉迟公孙慕容令狐宇文长孙司徒拉索扎次旦尼边普德洛巴桑平措罗布达瓦央珍卓玛嘎玛强巴格桑仁青丹增旺堆米吐艾买阿卡热穆萨依玉迪努海晓望]"
)

_RANK = re.compile(
    r"^(?:排名|推荐)?第?\s?([一二三四五六七八九十]{1,2}|\d{1,2})\s?(?:名|位)?(?:推荐|顺位)?(?:的?(?:预?中标|成交|中选|定标)?(?:人|单位)?(?:侯|候)选(?:人|单位|供应商)|中标人|中标单位)?(?:排名第[一二三四五六七八九十\d])?$"
    r"|^(?:中标|成交)?(?:侯|候)选(?:人|单位|供应商)?(?:第)?([一二三四五六七八九十]|\d{1,2})名?$"
)
_AMOUNT_CELL = re.compile(
    r"^约?\s?(?:[一-龥]{0,10}(?:报价|总价|价|金额|额|人民币|小写)[：:\s]{0,2})?[￥¥]?\s?[\d,，.．]{1,22}\s?[（(]?(?:人民币)?[亿百千万]{0,2}[元圆%％]?[整）)]?(?:/.{1,6})?$"
)


def is_firm(text: str) -> bool:
    """Whether the text is a name as firms have them, or several joined in a consortium."""
    return 4 <= len(text) <= 200 and _FIRM.match(text) is not None and not _NO_NAME.search(text)


def is_office(text: str) -> bool:
    """Whether the text is the name of somebody who buys: an office, a school, a firm."""
    return 3 <= len(text) <= 120 and _OFFICE.match(text) is not None and not _NO_NAME.search(text)


def is_no_name(text: str) -> bool:
    return len(text) < 2 or _NO_NAME.search(text) is not None


def person_in(text: str, *, sure: bool = False) -> str:
    """The name of the one person with whom the text begins, "" when it begins otherwise; sure: by its surname, too."""
    found = _PERSON.match(text)
    if found is None:
        return ""
    name = found[0]
    if name in _NO_PERSON or _NO_PERSON_END.search(name) or not _PERSON_END.match(text, found.end()):
        return ""
    return name if _SURNAMES.match(name) or not sure else ""


def rank_of(text: str) -> int | None:
    """第一名, 2, 第三中标候选人 as a number."""
    plain = no_space(narrow(text))
    found = _RANK.match(plain) if len(plain) <= 16 else None
    rank = number_of(found[1] or found[2]) if found else None
    return rank if rank and rank <= 30 else None


def is_amount_cell(text: str) -> bool:
    """Whether a cell of a table holds nothing but one price."""
    return len(text) <= 40 and _AMOUNT_CELL.match(text) is not None and text.strip("，,. ") != ""


_MONEY = frozenset(
    (Role.PRICE, Role.AWARD, Role.BUDGET, Role.CAP, Role.LOT_BUDGET, Role.INVESTMENT, Role.TOTAL_INVESTMENT, Role.FEE)
)
CHECKED = PEOPLE | _MONEY | frozenset((Role.CANDIDATE, Role.SUPPLIER, Role.WINNER, Role.RANK, Role.INDEX))
_FIRMS = frozenset((Role.CANDIDATE, Role.SUPPLIER, Role.WINNER, Role.NAME))


def fits(role: Role, text: str) -> bool:
    """Whether a cell of a flattened table can stand under that head."""
    if role in _FIRMS:
        return is_firm(text)
    if role in _MONEY:
        return is_amount_cell(text) and _is_money(text)
    if role in PEOPLE:
        return person_in(text, sure=True) != ""
    if role in (Role.RANK, Role.INDEX):
        return rank_of(text) is not None
    if role is Role.LOT:
        return len(text) <= 12
    return role is Role.RATE and "%" in narrow(text)


def _is_money(text: str) -> bool:
    return any(amount.money is not Money.BARE or amount.yuan >= 100 for amount in amounts_in(text))
