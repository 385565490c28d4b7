"""What a project is recognised by in its notices: its number and its name, in the form in which they are compared."""

import re
import unicodedata

from pipeline.likeness.fingerprint import plain
from pipeline.values.lots import without_lot
from pipeline.values.numbers import number_of
from pipeline.values.text import no_space
from pipeline.values.traditional import simplified

_LONGEST = 400  # characters of a title that are read, from its end
_SHORTEST_NUMBER, _FEWEST_DIGITS = 6, 4
_SHORTEST_NAME = 4

# --- numbers ---------------------------------------------------------------------------------------------------------

# Written instead of a number, or as a form's example.
_PLACEHOLDER = re.compile(r"无|/|详见|见附件|另行|待定|暂无|XXX|0{5}|12345|(.)\1{5}|不适用|编号|项目")
_DATE = re.compile(r"(?:19|20)\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])")
# 全国投资项目在线审批监管平台: one code for the works, the supervision and the design of an investment project.
_INVESTMENT = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")
# …-01(2), …（第二次）, …二次, …(重新招标): the round, not another project.
_ROUND = re.compile(
    r"[-_]?[(\[【]?(?:第?(?P<rank>[二三四五六七八九]|[2-9])次(?:招标|采购|公告)?|重(?:新?招标?|新采购)?|"
    r"(?<=[(\[【])(?P<alone>[二三四五六七八九]|[2-9])(?=[)\]】]))[)\]】]?$"
)
_SEPARATORS = re.compile(r"[^0-9A-Z\u4e00-\u9fff]+")
_IN_TITLE = re.compile(r"(?<![A-Z0-9])[A-Z0-9][A-Z0-9\-_/.]{5,40}(?:\(\d\))?")
# An office and a year: the beginning of all its numbers of that year.
_SERIES = re.compile(r"[A-Z\u4e00-\u9fff\-]*(?:19|20)\d{2}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|-|至)")
_LETTERS = re.compile("[A-Z]{2}")
_DIGITS = re.compile("[0-9]+")


def number_form(written: str) -> str:
    """A project's number as it is compared: no widths, case, brackets or round; "" for a placeholder or too little."""
    text = _ROUND.sub("", _folded(written).upper())
    form = _SEPARATORS.sub("-", text.replace("号", "")).strip("-")
    digits = sum(char.isdigit() for char in form)
    if len(form) < _SHORTEST_NUMBER or digits < _FEWEST_DIGITS or len(form) > 80:
        return ""
    return "" if _PLACEHOLDER.search(text) or _DATE.fullmatch(form) or _SERIES.fullmatch(form) else form


def round_of_number(written: str) -> str:
    """The round that a number names at its end: "2", "re", "" for none."""
    found = _ROUND.search(_folded(written).upper())
    if found is None:
        return ""
    rank = found["rank"] or found["alone"]
    return str(number_of(rank)) if rank else "re"


def is_shared_number(form: str) -> bool:
    """True for numbers that by their kind stand on the notices of several tenders."""
    return _INVESTMENT.fullmatch(form) is not None


def shape_of(form: str) -> str:
    """What numbers of one series have in common: SZ-2014-012 and SZ-2014-077 are two projects of one office."""
    return _DIGITS.sub("9", form)


def numbers_in_title(title: str) -> tuple[str, ...]:
    """The numbers that a title shows, in their compared form; 2023-2025 without letters may be anything."""
    found = (number_form(one[0]) for one in _IN_TITLE.finditer(_folded(title[-_LONGEST:]).upper()))
    return tuple(dict.fromkeys(form for form in found if form and _LETTERS.search(form)))


# --- names -----------------------------------------------------------------------------------------------------------

_LABEL = re.compile(r"^(?:\[[^\[\]]{0,30}\]|【[^【】]{0,30}】)")
_CODE = re.compile(
    r"[(\[【][^()\[\]【】]{0,30}[A-Za-z0-9\-_]{6}[^()\[\]【】]{0,40}[)\]】]|[A-Za-z]{1,8}[A-Za-z0-9\-_]{7,}|\d{7,}[\-\d]*"
)
_NUMBERED = re.compile(r"(?:项目|招标|采购|标段)?编号:?.{0,60}$")
_AGENCY = re.compile(r"^.{2,40}?(?:公司|中心|局|厅|委员会)关于")
_COUNT = r"[一二三四五六七八九十\d]{1,3}"
_RANK = rf"第?{_COUNT}次"
_TYPED = "公告|公示|通知|文件|纪要|澄清|答疑|补遗|更正|变更|补充|延期"
_ROUNDS = re.compile(
    rf"{_RANK}(?=招标|采购|询|比选|磋商|谈判|竞|公开|重新|挂网|中标|成交|结果|[)\]]|$|{_TYPED})|"
    r"[(\[]重新?(?:招标|采购|招)?[)\]]|重新|再次"
)
# 答疑一, 变更公告(二), 公告三号: which publication, not which project.
_PUBLICATION = re.compile(rf"({_TYPED})[:#第]{{0,2}}(?:\({_COUNT}\)|{_COUNT}号?(?=[)\]]|$))")
_LOT_IN_BRACKETS = re.compile(r"\([^()]{0,40}(?:标段|标包|合同包|采购包|\d包|包\d)[^()]{0,60}\)")
# Words of procedure and stage, and those that one editor writes and the next leaves out.
_STAGE = re.compile(
    r"\(网\)|资格预审|资格后审|单一来源|直接采购|竞争性|公开|邀请|招标|采购|磋商|谈判|询价|询比|比选|遴选|竞价|邀标|议标|开标|评标|定标|"
    r"中标|成交|中选|入围|预中标|拟中标|候选人|侯选人|供应商|结果|记录|情况|合同|备案|签订|履约|验收|公告|公示|公布|通告|通知书?|信息|"
    r"更正|变更|修改|勘误|澄清|答疑|释疑|补遗|补疑|补充|延期|推迟|顺延|暂停|中止|恢复|终止|取消|撤销|废标|流标|失败|异常|"
    r"计划|意向|预告|征求意见|控制价|最高限价|拦标价|招标文件|文件|纪要|函|异议|投诉|质疑|处理|答复|决定|关于|事项|无标段|"
    r"建设(?=项目|工程|$|施工)|施工总承包|项目|工程|施工(?!图)|的|"
    r"[()\[\]【】《》“”\"]"
)
# A province before a place, not one that is part of its owner's name (贵州省人民医院).
_PROVINCE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}省|(?:西藏|新疆维吾尔|广西壮族|宁夏回族|内蒙古)自治区|西藏|新疆|广西|宁夏|内蒙古)"
    r"(?=[\u4e00-\u9fff]{1,6}?[市州县区盟旗])"
)
_TAIL = re.compile(r"建设$")
_SERVICES = re.compile("监理|设计|勘察|检测|监测|测绘|咨询|造价|审计|可研|设备|材料|劳务|保险|评估|总承包")
_PLACED = re.compile("[\u4e00-\u9fff][市县区乡镇村州旗盟]")
# Whose project it is: a name without an owner or a place is another's, too.
_OWNED = re.compile("[县市区乡镇村省州盟旗院校学局厂司所站委馆厅路街]|中心|集团|银行|政府|小区|水库|公园")


def core_of(name: str) -> str:
    """A title or a project's name without lot, round, stage and numbers, plain; "" when next to nothing is left."""
    text = _AGENCY.sub("", _LABEL.sub("", _folded(simplified(name[-_LONGEST:]))))
    text = _NUMBERED.sub("", _CODE.sub("", text))
    text = _PUBLICATION.sub(r"\1", without_lot(_LOT_IN_BRACKETS.sub("", text.lower())))
    text = _STAGE.sub("", _ROUNDS.sub("", text))
    text = _TAIL.sub("", _PROVINCE.sub("", plain(text).replace("年度", "年")))
    return text if len(text) >= _SHORTEST_NAME else ""


def is_telling(core: str, region: str = "") -> bool:
    """Whether the name alone is hardly another's: long, and with an owner or a place in it or told of it."""
    if _PLACED.search(core):
        return len(core) >= 6
    return len(core) >= 8 and (bool(region) or _OWNED.search(core) is not None)


def are_related(one: str, other: str) -> bool:
    """Whether two cores may name one project: equal, one in the other, or half of their pairs of characters shared."""
    if not one or not other or one in other or other in one:
        return True
    pairs, others = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return 2 * len(pairs & others) >= len(pairs | others)


def years_in(core: str) -> frozenset[str]:
    """The years that a name tells: next year's purchase has the same name otherwise."""
    return frozenset(_YEAR.findall(core))


def services_in(core: str) -> frozenset[str]:
    """Works, supervision, design and supplies of one project are tenders of their own."""
    return frozenset(_SERVICES.findall(core))


def are_one_name(one: str, other: str) -> bool:
    """Whether a name is the other written shorter: the same characters in the same order, and not many fewer."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return 2 * len(short) >= len(long) and all(char in rest for char in short)


def name_form(name: str) -> str:
    """A buyer's name as it is compared."""
    return plain(simplified(_folded(name[:200])))


def _folded(text: str) -> str:
    return no_space(unicodedata.normalize("NFKC", text))
