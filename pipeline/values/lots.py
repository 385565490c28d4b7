"""Lot and round of a tender as its title writes them (gold/README.md section 3)."""

import re
from collections.abc import Iterator

from pipeline.values.numbers import number_of
from pipeline.values.text import folded

_LONGEST = 400  # characters of a title that are read, from its end

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
_CHINESE = "一二三四五六七八九十"
_NUMBER = rf"(?:\d{{1,3}}|[{_CHINESE}]{{1,3}}|(?<![a-z])(?:i{{1,3}}|iv|vi{{0,3}}|[a-z])(?![a-z]))"
_SERIES = rf"({_NUMBER}(?:[、,和及~\-—至到]第?{_NUMBER}){{0,9}})"
# 包 and 标 begin other words too: 包装, 标准, 标识; a lot's are followed by anything else.
_KIND = (
    r"(?:标段|标包|合同段|合同包|采购包|分标|分包|包件|包组|"
    r"包(?![装含括干联工房头裹村扎办保赔子片围钢线山埋菜间厢扣皮被车机治])|标(?![准识志书牌的线签杆本定高价注兵点]|三实))"
)
_BEFORE_MARK = frozenset("0123456789abcdefghijklmnopqrstuvwxyz号#分" + _CHINESE)
_NUMERO = re.compile(r"no\.?(?=\d)")  # № after folding
_BEFORE = re.compile(rf"(?<![\d.a-z+]){_SERIES}(?:号|#)?{_KIND}")
_AFTER = re.compile(
    r"(?:标段|标包|合同段|合同包|采购包|分包|包件|包组|(?<![发承打])包号?)[:_\-]?第?"
    rf"{_SERIES}(?![{_CHINESE}\d年月万千吨个项座期次批%])"
)
# 标段(一) and (一)标段 are 一标段.
_BRACKETED = re.compile(rf"\(({_NUMBER})\)(?=标段|合同段)|(?<=标段)\(({_NUMBER})\)")
# TJ-1标段, S2合同段: letters tell the kind of works, and lots of two kinds have the same number.
_CODED = re.compile(r"(?<![a-z\d.+\-])((?!epc|ppp|bot|bim)[a-z]{1,4}-?\d{1,3})(?:标段|合同段|标包)")
_SUFFIX = re.compile(r"(?<=[\u4e00-\u9fff)\]】])[-—_]0{1,2}([1-9]\d?)(?=[-—_\u4e00-\u9fff(\[]|$)")
_LETTER = re.compile(r"(?<=[)\]\u4e00-\u9fff])[-—_]+([a-z])(?=成交|中标|结果|招标|采购|公告|公示|合同|废标|流标)")
_NAMED = re.compile(r"(?<=[)\]])([\u4e00-\u9fff]{2,3})标段")
_NO_NAME = re.compile("[无本各全多总该]|施工|监理|设计|采购|勘察|货物|服务|项目|工程|检测|设备|材料")


def lot_of(title: str) -> str:
    """The lot that a title names, in Arabic numerals or as its letter or name; "" when it names none."""
    return lot_in(folded(title[-_LONGEST:]))


def lot_in(text: str) -> str:
    """The lot that a folded title names; "" when it names none."""
    if _may_be_numbered(text) and (distinct := list(dict.fromkeys(_numbered_in(text)))):
        return ",".join(distinct)
    if ("-" in text or "—" in text or "_" in text) and (found := _SUFFIX.search(text) or _LETTER.search(text)):
        return found[1].upper()
    if "标段" in text and (found := _NAMED.search(text)) and not _NO_NAME.search(found[1]):
        return found[1]
    return ""


def _may_be_numbered(text: str) -> bool:
    """Most titles name no lot: what cannot is told apart by quick looks."""
    if "段" in text or text.count("包") > text.count("承包"):
        return True
    at = text.find("标", 1)
    while at > 0:
        if text[at - 1] in _BEFORE_MARK:
            return True
        at = text.find("标", at + 1)
    return False


def _numbered_in(text: str) -> Iterator[str]:
    plain = _NUMERO.sub("", text) if "no" in text else text
    if coded := _CODED.findall(plain):
        yield from (code.upper() for code in coded)
        return
    if "(" in plain:
        plain = _BRACKETED.sub(lambda found: found[1] or found[2], plain)
    for pattern in (_BEFORE, _AFTER):
        for found in pattern.finditer(plain):
            yield _joined(found[1])


def without_lot(text: str) -> str:
    """A folded title without the words that name its lots."""
    text = _BRACKETED.sub(lambda found: found[1] or found[2], _NUMERO.sub("", text))
    for pattern in (_CODED, _BEFORE, _AFTER, _SUFFIX):
        text = pattern.sub("", text)
    return text


def _joined(series: str) -> str:
    """三 -> 3, 02 -> 2, Ⅱ -> 2, b -> B, 28、№29 -> 28,29, 1-4 -> 1-4."""
    parts = re.split(r"([、,和及~\-—至到])", series.replace("第", ""))
    separators = {"~": "-", "-": "-", "—": "-", "至": "-", "到": "-"}
    return "".join(_one(part) if place % 2 == 0 else separators.get(part, ",") for place, part in enumerate(parts))


def _one(written: str) -> str:
    if roman := _ROMAN.get(written):
        return roman
    value = number_of(written)
    return written.upper() if value is None else str(value)


# 第2次公示, 更正公告（二次） and 征求意见公告（第一次） number the publication, not the tender.
_PUBLICATION = re.compile(
    r"(?:更正|变更|澄清|答疑|补遗|补充|延期|意见|候选人公示|调研)[^()]{0,6}\($|(?:更正|变更|澄清|答疑|补遗|延期)(?:公告|公示|文件|通知|函|事项公告)?$"
)
_ORDINAL = re.compile(rf"(第|\()?(\d{{1,2}}|[{_CHINESE}]{{1,3}})次")
_AFTER_ORDINAL = re.compile(
    r"[)\]】\[【]|招标|采购|询|比选|磋商|谈判|竞|公开|公告|不见面|重新|挂网|发包|遴选|邀请|结果|合同|流标|废标|终止|失败|议标|院内|"
    r"[-—_:]|$|无标段|中标(?!候选人公示第)|成交|小额|单一|开标|的(?:公告|中标|成交|招标|采购|合同|结果)|[一二三四五六七八九十\d]{1,2}(?:包|标)"
)
_AGAIN = re.compile(
    r"重新?(?:招标|采购|发包|询价|询比|比选|组织招标|公告|招)|再次(?:招标|采购|询|比选|公告|公开|谈判|磋商|征集)|\((?:重(?:新|招)?|再次)\)"
)


def round_of(title: str) -> str:
    """The round of tendering that a title names: "2", "3" …, "re" for 重新 without a number, "" for none."""
    return round_in(folded(title[-_LONGEST:]))


def round_in(text: str) -> str:
    """The round of tendering that a folded title names."""
    if "次" not in text and "重" not in text:
        return ""
    for found in _ORDINAL.finditer(text):
        rank = number_of(found[2])
        if rank and rank > 1 and _numbers_a_tender(text, found):
            return str(rank)
    return "re" if _AGAIN.search(text) else ""


def _numbers_a_tender(text: str, found: re.Match[str]) -> bool:
    if _PUBLICATION.search(text, max(0, found.start() - 12), found.start() + (found[1] == "(")):
        return False
    return bool(_AFTER_ORDINAL.match(text, found.end()))
