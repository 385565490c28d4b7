"""What a notice is, what it is about and which line of the report it feeds, each with the rule that decided."""

import re
from dataclasses import dataclass

from pipeline.classify.areas import areas_in
from pipeline.classify.text import award_in, event_in, form_in, heading_in
from pipeline.classify.title import LONGEST, Ruling, folded_title, type_named, type_of_title, type_suggested
from pipeline.model import NOT_TENDERING, Bucket, Category, Channel, Notice, NoticeType, Source
from pipeline.values.lots import lot_in, lot_of, round_in, round_of

__all__ = ["classify", "lot_of", "round_of", "type_of_title"]

_T = NoticeType


# Names of sections and labels that say less, or more, than their words: stage codes of the national platform (domain.md
# section 1), short labels of aggregators and procurement portals.
_STAGES: tuple[tuple[re.Pattern[str], NoticeType], ...] = (
    (re.compile(r"图片|建设成就|风景名胜|影像|摄影|掠影"), _T.PICTURES),
    (re.compile(r"动态|新闻|要闻|资讯"), _T.INDUSTRY_NEWS),
    (re.compile(r"(?:招标|采购|交易)(?:公告)?[/、和及与]?资[审格](?:预审)?公告"), _T.TENDER_NOTICE),
    (re.compile(r"^(?:招标|采购|竞谈|竞价|询价|邀标|磋商)(?:信息)?$"), _T.TENDER_NOTICE),
    (re.compile(r"^交易结果(?:公[告示])?$|^中标(?:信息)?$|^(?:招标|采购)中标(?:公示)?$"), _T.AWARD_NOTICE_UNSPECIFIED),
    (re.compile(r"^成交"), _T.AWARD_RESULT),
    (re.compile(r"^单一"), _T.SINGLE_SOURCE),
    (re.compile(r"^(?:采购|招标|项目)?预告$|采购意见征求"), _T.PLAN),
    (re.compile(r"^(?:验收|履约)"), _T.CONTRACT),
    (re.compile(r"^(?:招标|采购|交易)?异常(?:公[告示])?$|^(?:流标|废标|终止)"), _T.TERMINATION),
    (re.compile(r"控制价|最高(?:投标)?限价$"), _T.OTHER_TENDER),
    (re.compile(r"^(?:质疑|投诉|异议)[及与、和/]?(?:质疑|投诉|异议)?(?:公[告示])?$"), _T.OBJECTION),
    (
        re.compile(r"^(?:公告通知|通知公告|公示公告|公告公示|通知|公告|公示|政务公告|公告栏|业务通知|文件通知)$"),
        _T.NOTICE,
    ),
)
_NOTHING: Ruling = (_T.UNDECIDABLE, "none")
_BY_SECTION = frozenset({_T.INDUSTRY_NEWS, _T.PICTURES})
_VAGUE = frozenset({_T.NOTICE, _T.AWARD_NOTICE_UNSPECIFIED})
_FORMAL = re.compile(r"公[告示](?:\(|\[|$)")
_FORMAL_ENDINGS = ("公告", "公示")


def classify(notice: Notice, source: Source, label: str = "") -> Category:
    """Type, areas and bucket of a notice, each with its rule; `label` is what its listing row calls it."""
    channel = source.channel(notice.channel)
    title = folded_title(notice.title)
    ruling = type_named(title)
    if label or ruling is None or ruling[0] is _T.AWARD_NOTICE_UNSPECIFIED or not title.endswith(_FORMAL_ENDINGS):
        ruling = _ruling(_Asked(title, ruling, notice.text, channel, _label_type(label, source)))
    areas, area_rule = areas_in(title, channel.name if channel else "")
    bucket, bucket_rule = _bucket_of(channel, ruling[0])
    lowered = title.lower()
    return Category(ruling[0], ruling[1], areas, area_rule, bucket, bucket_rule, lot_in(lowered), round_in(lowered))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What may decide a type: the folded title and the type it names, the text, the section, the label's type."""

    title: str
    named: Ruling | None
    text: str
    channel: Channel | None
    labelled: Ruling | None


def _ruling(asked: _Asked) -> Ruling:
    """The title's type words override the label, the label the section; 中标公示 is what its body says."""
    decided = asked.named if asked.named and _FORMAL.search(asked.title) else _by_place(asked)
    if decided[0] is _T.AWARD_RESULT and asked.labelled and asked.labelled[0] is _T.TERMINATION:
        return asked.labelled  # a 结果公告 does not say of what kind its result is, a label 废标 does
    if decided[0] is _T.AWARD_NOTICE_UNSPECIFIED:
        return award_in(asked.text) or decided
    return decided


def _by_place(asked: _Asked) -> Ruling:
    """News and pictures are what their section is (domain.md); else title, label, body, section, the title's ending."""
    promised = _channel_type(asked.channel) if asked.channel else None
    if promised and promised[0] in _BY_SECTION:
        return promised
    if asked.named:
        return asked.named
    outside = [one for one in (asked.labelled, promised) if one]
    plain = next((one for one in outside if one[0] not in _VAGUE), None)
    if plain and plain is asked.labelled:
        return plain
    said = heading_in(asked.text) or event_in(asked.text) or plain or form_in(asked.text)
    return said or next(iter(outside), None) or type_suggested(asked.title) or _NOTHING


def _channel_type(channel: Channel) -> Ruling | None:
    promised = _promise(channel.name)
    return (promised, f"channel: {channel.key}") if promised else None


def _label_type(label: str, source: Source) -> Ruling | None:
    """The type that the source's file gives the label, else the one that its own words name."""
    if not label:
        return None
    named = next((notice_type for text, notice_type in source.labels if text == label), None) or _promise(label)
    return (named, f"label: {label[:LONGEST]}") if named else None


def _promise(name: str) -> NoticeType | None:
    """The type that the name of a section or a label promises for what it holds."""
    text = folded_title(name)
    staged = next((notice_type for pattern, notice_type in _STAGES if pattern.search(text)), None)
    if staged:
        return staged
    named = type_named(text)
    return named[0] if named else None


def _bucket_of(channel: Channel | None, notice_type: NoticeType) -> tuple[Bucket, str]:
    """The bucket that the source's file gives the channel; an undecided channel's follows from a tender type."""
    if channel and channel.bucket is not Bucket.UNDECIDED:
        return channel.bucket, f"channel: {channel.key}"
    if notice_type in NOT_TENDERING:
        return Bucket.UNDECIDED, "none"
    return Bucket.TENDER_AND_AWARD, f"type: {notice_type}"
