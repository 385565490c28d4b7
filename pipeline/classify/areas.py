"""The key areas that a title or the name of a section speaks of (domain.md section 5)."""

import re

from pipeline.classify.title import any_of
from pipeline.model import KeyArea

AREA_WORDS: tuple[tuple[KeyArea, str], ...] = (
    (
        KeyArea.AFFORDABLE_HOUSING,
        "保障性住房 保障性安居 保障性租赁 保障房 廉租 公租 公共租赁住房 经济适用 棚户区 棚改 周转房 "
        "安居工程 限价商品房 共有产权",
    ),
    (
        KeyArea.CONSTRUCTION_MARKET,
        "资质 建造师 安全生产许可 施工许可 建筑市场 监理工程师 造价工程师 造价咨询企业 三类人员 安管人员 特种作业",
    ),
    (KeyArea.PROPERTY_MARKET, "房地产 预售 物业 中介 商品房 房屋租赁"),
    (KeyArea.CREDIT, "诚信 信用 不良行为 失信 黑名单 通报批评 良好行为"),
    (KeyArea.QUALITY_SAFETY, "质量 安全生产 事故 扬尘 检测 抗震 消防验收 文明工地"),
)
_AREA_OF = {word: area for area, words in AREA_WORDS for word in words.split()}
_AREAS = re.compile(any_of(_AREA_OF))
_ALL_AREAS = tuple(KeyArea)

# Most titles name none, and one search tells: of each word a character that few other words of titles have.
_TELLING = re.compile("[障廉租适棚转居品权质师许筑咨类员种产售物介信良失黑报量全故尘测震消明]")


def areas_in(title: str, section: str) -> tuple[tuple[KeyArea, ...], str]:
    """The key areas that the folded title names, else those of the section's name, and the words that named them."""
    if not _TELLING.search(title + section):
        return (), "none"
    for text, origin in ((title, "title"), (section, "channel")):
        if words := _AREAS.findall(text):
            found = {_AREA_OF[word] for word in words}
            return tuple(area for area in _ALL_AREAS if area in found), f"{origin}: {', '.join(dict.fromkeys(words))}"
    return (), "none"
