"""A part of the archive in words, Chinese and English."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.count.media import WORDS
from pipeline.count.slices import BEGINNING, Scope, Slice
from pipeline.model import NOT_TENDERING, TENDERING, Bucket, KeyArea

BUCKET_WORDS = {
    Bucket.TENDER_AND_AWARD: ("招标公告中标公示", "tenders and awards"),
    Bucket.INDUSTRY_NEWS: ("行业动态", "industry news"),
    Bucket.LIVELIHOOD_PICTURES: ("重要民生和专栏图文", "livelihood and pictures"),
    Bucket.NOTICE: ("公告通知", "notices"),
    Bucket.UNDECIDED: ("未分类", "undecided"),
}
AREA_WORDS = {
    KeyArea.AFFORDABLE_HOUSING: ("保障性住房", "affordable housing"),
    KeyArea.CONSTRUCTION_MARKET: ("建筑市场", "the construction market"),
    KeyArea.PROPERTY_MARKET: ("房地产市场", "the property market"),
    KeyArea.CREDIT: ("诚信", "credit"),
    KeyArea.QUALITY_SAFETY: ("质量安全", "quality and safety"),
}


_KINDS = {
    TENDERING: ("各类招标中标信息", "all kinds of tendering"),
    NOT_TENDERING: ("不含招标中标信息", "without tendering"),
}


def reading_words(reading: Slice, names: Mapping[str, str] = MappingProxyType({})) -> tuple[str, str]:
    """Period and part; sections by their name where `names` has it for their key, else by their key."""
    period_zh, period_en = _period_words(reading)
    if reading.scope in {Scope.REGISTER, Scope.BESIDE}:
        return _register_words(reading, period_zh, period_en)
    zh, en = _part_words(reading, names)
    return f"{period_zh}{zh}", f"{period_en}, {en}"


def _register_words(reading: Slice, period_zh: str, period_en: str) -> tuple[str, str]:
    """The office's own lists, the media named unless all are meant."""
    zh, en = "、".join(WORDS[one][0] for one in reading.media), ", ".join(WORDS[one][1] for one in reading.media)
    beside_zh, beside_en = ("", "") if reading.scope is Scope.REGISTER else ("(门户上没有的)", " (not on the portal)")
    return (
        f"{period_zh}{zh or '网站以外媒体'}登记表{beside_zh}",
        f"register of {en or 'other media'}{beside_en}, {period_en}",
    )


def _period_words(reading: Slice) -> tuple[str, str]:
    year, last = reading.until // 100, reading.until % 100
    if reading.since == BEGINNING:
        until = f"{year}年" if last == 12 else f"{year}年{last}月"
        return f"截至{until}底", f"all years up to {year}" + ("" if last == 12 else f"-{last:02}")
    if reading.is_year:
        return f"{year}年", str(year)
    since_year, since = reading.since // 100, reading.since % 100
    if reading.since == reading.until:
        return f"{year}年{last}月", f"{year}-{last:02}"
    return f"{since_year}年{since}月至{year}年{last}月", f"{since_year}-{since:02} to {year}-{last:02}"


def _part_words(reading: Slice, names: Mapping[str, str]) -> tuple[str, str]:
    named = [*_channels(reading, names), *_buckets(reading), *_types(reading), *_areas(reading)]
    if not named:
        return "全部栏目", "all sections"
    return ",".join(zh for zh, _ in named), ", ".join(en for _, en in named)


def _channels(reading: Slice, names: Mapping[str, str]) -> list[tuple[str, str]]:
    if not reading.channels:
        return []
    zh = "、".join(f"“{names[key]}”" if key in names else key for key in reading.channels)
    en = ", ".join(f"{names[key]} ({key})" if key in names else key for key in reading.channels)
    return [(f"栏目{zh}", f"section {en}")]


def _buckets(reading: Slice) -> list[tuple[str, str]]:
    if not reading.buckets:
        return []
    if Bucket.NOTICE not in reading.buckets and len(reading.buckets) > 1:
        return [("不含公告通知", "without notices (公告通知)")]
    zh, en = zip(*map(BUCKET_WORDS.__getitem__, reading.buckets), strict=True)
    return [("、".join(zh), ", ".join(en))]


def _types(reading: Slice) -> list[tuple[str, str]]:
    if reading.types in _KINDS:
        return [_KINDS[reading.types]]
    keys = ", ".join(reading.types)
    return [(f"类型{keys}", f"types {keys}")] if keys else []


def _areas(reading: Slice) -> list[tuple[str, str]]:
    if not reading.areas:
        return []
    zh, en = zip(*map(AREA_WORDS.__getitem__, reading.areas), strict=True)
    return [(f"重点领域{'、'.join(zh)}", f"about {', '.join(en)}")]
