"""The name of the project that a title holds: without the kind of notice, its number, and who it is about."""

import re
from collections.abc import Iterator

from pipeline.tender.facts import Fact, FactName, FactPlace
from pipeline.tender.labels.shapes import is_office

_LEADING = re.compile(r"^(?:\s|[\[【][^\[\]【】]{1,30}[\]】](?=[^\s]{4}))+")
# What a title says besides the name, from its end: kinds of notices with what goes before them, lots of publications.
_MODE = "(?:竞争性|电子化?|公开|邀请|国内|国际|单一来源|询价|询比|网上|在线|不见面|资格后审|政府采购|二次|重新)"
_ACT = f"{_MODE}{{0,3}}(?:招标采购|招标|磋商|谈判|比选|询价|询比|竞价|遴选|竞选|采购(?=公告|公示))"
_STAGE = (
    "(?:采购合同|合同|(?:中标|成交|中选|定标|预中标|预成交|入围)?(?:侯|候)选(?:人|供应商|单位)|中标|成交|中选|预中标|评标|开标|评审|资格预审|预审"
    "|更正|变更|澄清|答疑|补遗|补充|延期|暂停|中止|终止|废标|流标|失败|结果|意向|计划|需求|调研|征集|单一来源|验收|履约|控制价|最高限价|撤销|取消|异议|招标文件|预)"
)
_BRACKETED = "[（(\\[](?:成交|采购|澄清|中标|招标|终止|更正|废标)[）)\\]]"
_TITLE_TAIL = re.compile(
    rf"(?:[\s\-—_·]{{0,3}}(?:的)?[\[【（(]?(?:{_ACT})?(?:{_BRACKETED})?(?:{_STAGE}(?:{_BRACKETED})?){{0,4}}(?:的)?(?:公告|公示|公吿|通知书?|函|通告|公开|变更)"
    rf"(?:第?[一二三四五六七八九十\d]{{1,2}}[号次]?)?[\]】）)]?|[\s]?[\[【（(](?:网|第\s?[\d一二三四五六七八九十]{{1,3}}\s?次(?:公示|变更|公告|更正|澄清)|合同|变更公告[:：]?第\s?\d+次)[）)\]】]"
    rf"|第[\d一二三四五六七八九十]{{1,2}}次(?:公示|公告)|(?:的|采购)?合同$|-?(?:公开)?招标$)\s?$"
)
_FIRM_BEFORE = re.compile(r"[一-龥（）()]{3,30}(?:公司|局|院|中心|委员会|学校|大学)\s{1,4}(?=\S{6})")
_ABOUT = re.compile(r"^[一-龥（）()]{4,40}?(?:公司|中心|事务所|代理处)关于(?=.{6})")
_ABOUT_WHOM = re.compile(r"(?P<who>[一-龥（）()]{3,40}?)(?:就其|就|采购(?!项目))(?=.{6})")
LABELLED_NO = re.compile(
    r"[（(](?:项目|招标|采购|采购项目|工程|标段)?(?:编号|编码|代码|号)[:：]?\s?(?P<no>[^（）()]{4,60}(?:[（(][^（）()]{1,12}[）)])?)[）)]"
)
BARE_NO = re.compile(r"[（(\[【]?(?<![A-Z0-9])(?P<no>[A-Z]{2,12}[A-Z0-9\-]{4,40}\d)(?![A-Za-z0-9])[）)\]】]?")
_MOST_TAILS, _LONGEST_TAIL = 6, 60
_LEAST = 4  # characters of a name
_DOUBLED = re.compile(r"(?P<name>.{6,100}?)(?:项目)?[（(](?P=name)[）)]")


def title_name(title: str) -> Iterator[Fact]:
    """The project's name as the title writes it; nothing where too little is left."""
    begin = _begin(title)
    stop = len(title)
    if number := LABELLED_NO.search(title, begin) or BARE_NO.search(title, begin + 4):
        stop = number.start()
    for _ in range(_MOST_TAILS):
        tail = _TITLE_TAIL.search(title[:stop], max(begin + 2, stop - _LONGEST_TAIL))
        if tail is None:
            break
        stop = tail.start()
    name = title[begin:stop].rstrip(" -—_的[【（(")
    if doubled := _DOUBLED.fullmatch(name):
        name = doubled["name"]
    if len(name) >= _LEAST:
        value = "".join(name.split())
        yield Fact(FactName.PROJECT_NAME, value, begin, begin + len(name), FactPlace.TITLE, rule="title")


def _begin(title: str) -> int:
    """Where the name begins: after [甲县], after 乙公司关于丙局就其."""
    lead = _LEADING.match(title)
    begin = lead.end() if lead else 0
    if firm := _FIRM_BEFORE.match(title, begin):
        begin = firm.end()
    if about := _ABOUT.match(title[begin:]):
        begin += about.end()
        if (whom := _ABOUT_WHOM.match(title, begin)) and is_office(whom["who"]):
            begin = whom.end()
    return begin
