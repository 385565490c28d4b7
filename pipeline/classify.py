"""What a notice is, what it is about and which line of the report it feeds, each with the rule that decided."""

import re
import unicodedata

from pipeline.lots import lot_of, round_of
from pipeline.model import Bucket, Category, Channel, KeyArea, Notice, NoticeType, Source
from pipeline.text import no_space
from pipeline.type_words import event_in, last_word_in

__all__ = ["classify", "lot_of", "round_of", "type_of_title"]

_T = NoticeType
_LONGEST = 400  # characters of a title that are read, from its end; the longest of 4,485 real ones has 268

NOT_TENDERING = frozenset({_T.INDUSTRY_NEWS, _T.NOTICE, _T.PICTURES, _T.UNDECIDABLE})

Ruling = tuple[NoticeType, str]  # a type and the rule that decided


def _folded(title: str) -> str:
    # The usual brackets first: what is then NFKC already, most titles, is copied without work.
    text = unicodedata.normalize("NFKC", title[-_LONGEST:].replace("（", "(").replace("）", ")"))
    # isprintable is False for every space but U+0020 and for zero-width characters: the common title needs no work.
    return text if text.isprintable() and " " not in text else no_space(text)


def type_of_title(title: str) -> Ruling:
    """The type that a title alone names and the rule that decided; UNDECIDABLE and "none" without a type word."""
    text = _folded(title)
    return _type_named(text) or _type_suggested(text) or (_T.UNDECIDABLE, "none")


# 关于征求《…管理办法》意见的公告 consults on a rule, not on a tender.
_ON_A_RULE = re.compile("[《》]|条例|规定|细则|导则|征求意见稿")


# 关于加强招标公告发布管理的通知 speaks of publications and is none.
_REGULATES = re.compile(
    r"关于(?:印发|转发|发布|加强|规范|进一步|做好|开展|贯彻|实施|推进|严格|启用|深化|组织).*(?:通知|意见|办法|方案|规定)$"
)


def _type_named(text: str) -> Ruling | None:
    if "关于" in text and _REGULATES.search(text):
        return None
    word = event_in(text) or last_word_in(text)
    if word is None or word.notice_type is None:
        return None
    if word.notice_type is _T.PLAN and "意见" in word.literal and _ON_A_RULE.search(text):
        return None
    return word.notice_type, f"title: {word.literal}"


_NUMBER = re.compile(r"(?:项目|招标|采购|标段)编号[:：].*$")
_TRAILER = re.compile(r"(?>\([^()]{0,40}\)|\[[^\[\]]{0,40}\]|[A-Za-z0-9.\-_]|[^\w()\[\]])+$")
# What the bare ending of a title suggests: weaker than the section that it stands in.
_ENDINGS = (
    (_T.TENDER_NOTICE, re.compile(r"(招标|询比|询价|比选|磋商|谈判|竞价|邀标)(?:项目)?[)\]】]?$")),
    (_T.PLAN, re.compile(r"(采购需求)$")),
    (
        _T.PLAN,
        re.compile(r"(?:技术规范|规范书|评分表|打分表|评分办法|采购文件|招标文件)[^《》]{0,20}?(公告|公示|通知|告)$"),
    ),
    (_T.NOTICE, re.compile(r"^关于.*的(公告|公示|通告)$")),
    (_T.TENDER_NOTICE, re.compile(r"(?:项目|工程|施工|监理|采购|设计|服务|设备|勘察|标段|次|[)\]】])(公告)$")),
    (_T.NOTICE, re.compile(r"(通知|通报|公告|通告|办法|规定|细则|条例|意见|决定|批复|启事)$")),
)


def _type_suggested(text: str) -> Ruling | None:
    whole = _NUMBER.sub("", text)
    for ending in (whole, _TRAILER.sub("", whole)):
        for notice_type, pattern in _ENDINGS:
            if found := pattern.search(ending):
                return notice_type, f"title: {found[1]}"
    return None


# Names of sections and labels that say less, or more, than their words: stage codes of the national platform (domain.md
# section 1), short labels of aggregators and procurement portals.
_STAGES: tuple[tuple[re.Pattern[str], NoticeType], ...] = (
    (re.compile(r"图片|建设成就|风景名胜|影像|摄影|掠影"), _T.PICTURES),
    (re.compile(r"动态|新闻|要闻|资讯"), _T.INDUSTRY_NEWS),
    (re.compile(r"(?:招标|采购|交易)[/、和及与]?资[审格](?:预审)?公告"), _T.TENDER_NOTICE),
    (re.compile(r"^(?:招标|采购|竞谈|竞价|询价|邀标|磋商)(?:信息)?$"), _T.TENDER_NOTICE),
    (re.compile(r"^交易结果(?:公[告示])?$|^中标(?:信息)?$|^(?:招标|采购)中标(?:公示)?$"), _T.AWARD_NOTICE_UNSPECIFIED),
    (re.compile(r"^成交"), _T.AWARD_RESULT),
    (re.compile(r"^单一"), _T.SINGLE_SOURCE),
    (re.compile(r"^(?:采购|招标|项目)?预告$|采购意见征求"), _T.PLAN),
    (re.compile(r"^(?:公告通知|通知公告|公示公告|公告公示|通知|公告|公示|政务公告|公告栏)$"), _T.NOTICE),
)
_BY_SECTION = frozenset({_T.INDUSTRY_NEWS, _T.PICTURES})
_FORMAL = re.compile(r"公[告示](?:\(|\[|$)")


def classify(notice: Notice, source: Source, label: str = "") -> Category:
    """Type, areas and bucket of a notice, each with its rule; `label` is what its listing row calls it."""
    channel = source.channel(notice.channel)
    notice_type, type_rule = _type_of(notice, source, channel, label)
    areas, area_rule = _areas_of(notice.title, channel)
    bucket, bucket_rule = _bucket_of(channel, notice_type)
    return Category(
        notice_type=notice_type,
        type_rule=type_rule,
        areas=areas,
        area_rule=area_rule,
        bucket=bucket,
        bucket_rule=bucket_rule,
        lot=lot_of(notice.title),
        round=round_of(notice.title),
    )


def _type_of(notice: Notice, source: Source, channel: Channel | None, label: str) -> Ruling:
    """The title's type words override the label, the label the channel, the channel the title's mere ending."""
    title = _folded(notice.title)
    decided = _type_named(title)
    if decided is None or not _FORMAL.search(title):  # news and pictures are what their section is (domain.md)
        promised = _channel_type(channel) if channel else None
        if promised and promised[0] in _BY_SECTION:
            return promised
        decided = decided or _label_type(label, source) or promised or _type_suggested(title)
    if decided and decided[0] is _T.AWARD_NOTICE_UNSPECIFIED:
        return _by_body(notice.text) or decided
    return decided or (_T.UNDECIDABLE, "none")


def _channel_type(channel: Channel) -> Ruling | None:
    promised = _promise(channel.name)
    return (promised, f"channel: {channel.key}") if promised else None


def _label_type(label: str, source: Source) -> Ruling | None:
    """The type that the source's file gives the label, else the one that its own words name."""
    if not label:
        return None
    named = next((notice_type for text, notice_type in source.labels if text == label), None) or _promise(label)
    return (named, f"label: {label[:_LONGEST]}") if named else None


def _promise(name: str) -> NoticeType | None:
    """The type that the name of a section or a label promises for what it holds."""
    text = _folded(name)
    staged = next((notice_type for pattern, notice_type in _STAGES if pattern.search(text)), None)
    if staged:
        return staged
    named = _type_named(text)
    return named[0] if named else None


_CANDIDATES = re.compile(r"候选人|侯选人|第一名|公示期")
# 公示期满无异议: the candidates were published before, this is the result.
_PUBLISHED_BEFORE = re.compile(r"公示期(?:间|内|满|已|结束|届满)|公示(?:已?结束|期?满|无异议)|经公示")
_RESULT = re.compile(r"中标人|中标单位|中标供应商|中标金额|中标价|成交")


def _by_body(text: str) -> Ruling | None:
    """What a 中标公示 turns out to be by its body: candidates, a result, or still open."""
    candidates, result = _CANDIDATES.search(text), _RESULT.search(text)
    if candidates and not (result and _PUBLISHED_BEFORE.search(text)):
        return _T.AWARD_CANDIDATES, f"body: {candidates[0]}"
    return (_T.AWARD_RESULT, f"body: {result[0]}") if result else None


_AREA_WORDS: tuple[tuple[KeyArea, str], ...] = (
    (
        KeyArea.AFFORDABLE_HOUSING,
        "保障性住房 保障性安居 保障性租赁 廉租 公租 公共租赁住房 经济适用 棚户区 棚改 周转房 安居工程 限价商品房",
    ),
    (KeyArea.CONSTRUCTION_MARKET, "资质 建造师 安全生产许可 施工许可 建筑市场 监理工程师 造价工程师"),
    (KeyArea.PROPERTY_MARKET, "房地产 预售 物业 中介 商品房"),
    (KeyArea.CREDIT, "诚信 信用 不良行为 失信 黑名单 通报批评 良好行为"),
    (KeyArea.QUALITY_SAFETY, "质量 安全生产 事故 扬尘 检测 抗震"),
)
_AREA_OF = {word: area for area, words in _AREA_WORDS for word in words.split()}
_AREAS = re.compile("|".join(sorted(map(re.escape, _AREA_OF), key=len, reverse=True)))
_ALL_AREAS = tuple(KeyArea)


def _areas_of(title: str, channel: Channel | None) -> tuple[tuple[KeyArea, ...], str]:
    """The key areas that the title names, else those of the channel's name."""
    for text, origin in ((title[:_LONGEST], "title"), (channel.name if channel else "", "channel")):
        if found := list(dict.fromkeys(_AREAS.findall(text))):
            named = {_AREA_OF[word] for word in found}
            return tuple(area for area in _ALL_AREAS if area in named), f"{origin}: {', '.join(found)}"
    return (), "none"


def _bucket_of(channel: Channel | None, notice_type: NoticeType) -> tuple[Bucket, str]:
    """The bucket that the source's file gives the channel; an undecided channel's follows from a tender type."""
    if channel and channel.bucket is not Bucket.UNDECIDED:
        return channel.bucket, f"channel: {channel.key}"
    if notice_type in NOT_TENDERING:
        return Bucket.UNDECIDED, "none"
    return Bucket.TENDER_AND_AWARD, f"type: {notice_type}"
