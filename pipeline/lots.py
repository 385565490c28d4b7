"""Lot and round of a tender as its title writes them (gold/README.md section 3)."""

import re

from pipeline.numbers import number_of
from pipeline.text import folded

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
# Most titles name none: what cannot is told apart before any folding.
_MAY_NAME_A_LOT = re.compile(r"[包段\-—_－＿]|标(?![公候结失文计人准])")
_NUMERO = re.compile(r"no\.?(?=\d)")  # № after folding
_BEFORE = re.compile(rf"(?<![\d.a-z+]){_SERIES}(?:号|#)?{_KIND}")
_AFTER = re.compile(
    r"(?:标段|标包|合同段|合同包|采购包|分包|包件|包组|(?<![发承打])包号?)[:_\-]?第?"
    rf"{_SERIES}(?![{_CHINESE}\d年月万千吨个项座期次批%])"
)
_SUFFIX = re.compile(r"(?<=[\u4e00-\u9fff)\]】])[-—_]0{1,2}([1-9]\d?)(?=[-—_\u4e00-\u9fff(\[]|$)")
_LETTER = re.compile(r"(?<=[)\]\u4e00-\u9fff])[-—_]+([a-z])(?=成交|中标|结果|招标|采购|公告|公示|合同|废标|流标)")
_NAMED = re.compile(r"(?<=[)\]])([\u4e00-\u9fff]{2,3})标段")
_NO_NAME = re.compile("[无本各全多总该]|施工|监理|设计|采购|勘察|货物|服务|项目|工程|检测|设备|材料")


def lot_of(title: str) -> str:
    """The lot that a title names, in Arabic numerals or as its letter or name; "" when it names none."""
    if not _MAY_NAME_A_LOT.search(title):
        return ""
    text = _NUMERO.sub("", folded(title[-_LONGEST:]))
    numbered = (_joined(found[1]) for pattern in (_BEFORE, _AFTER) for found in pattern.finditer(text))
    if distinct := list(dict.fromkeys(numbered)):
        return ",".join(distinct)
    if found := _SUFFIX.search(text) or _LETTER.search(text):
        return found[1].upper()
    if (found := _NAMED.search(text)) and not _NO_NAME.search(found[1]):
        return found[1]
    return ""


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
    r"重新?(?:招标|采购|发包|询价|询比|比选|组织招标|公告|招)|再次(?:招标|采购|询|比选|公告|公开|谈判|磋商|征集)|\(重(?:新|招)?\)"
)


def round_of(title: str) -> str:
    """The round of tendering that a title names: "2", "3" …, "re" for 重新 without a number, "" for none."""
    if "次" not in title and "重" not in title:
        return ""
    text = folded(title[-_LONGEST:])
    for found in _ORDINAL.finditer(text):
        rank = number_of(found[2])
        if rank and rank > 1 and _numbers_a_tender(text, found):
            return str(rank)
    return "re" if _AGAIN.search(text) else ""


def _numbers_a_tender(text: str, found: re.Match[str]) -> bool:
    if _PUBLICATION.search(text, max(0, found.start() - 12), found.start() + (found[1] == "(")):
        return False
    return bool(_AFTER_ORDINAL.match(text, found.end()))
