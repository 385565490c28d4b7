"""When bids are due, how long candidates are shown, when a notice was published, how long the work takes."""

import re
from collections.abc import Iterator

from pipeline.model import NoticeType
from pipeline.tender.facts import Fact, FactName
from pipeline.tender.labels.roles import Role
from pipeline.tender.opened import OpenedNotice, rule_of, whole
from pipeline.tender.values import StatedValue
from pipeline.values.dates_in_text import Day, dates_in, first_date, range_in

_NOT_DEADLINE = re.compile(r"获取|报名|下载|购买|领取|保证金|质疑|异议|答疑|澄清|资审|公示")
_HANDED_IN = re.compile(
    r"\s{0,3}[（(]?\s{0,3}(?:[（(]?\s{0,2}北京时间\s{0,2}[）)]?)?\s{0,3}(?:之|以)?前?\s{0,3}(?:递\s?交|提\s?交|送\s?达|上\s?传|送交)\s{0,2}(?:电子)?(?:投标|响应|申请|报价|比选|参选)?"
)
_DUE = re.compile(
    r"(?:投标|响应|申请|递交|提交|截标|报价)[^\n。；;，,：:]{0,16}截\s?止(?:的)?(?:时间|日期)?(?:[（(][^（）()\n]{0,24}[）)])?(?:及开标时间|和开标时间)?\s{0,3}(?:为|是)?[:：]?\s{0,4}$"
)
_UNDER = re.compile(r"(?:响应|投标|申请)文件(?:的)?(?:提交|递交)(?:截止时间)?\s{0,2}\n\s{0,3}(?:时间[:：]\s{0,2})?$")
_CHANGED = re.compile(
    r"(?:更正为|变更为|更改为|修改为|调整为|延期至|延长至|推迟至|顺延至|延至|现为|更正后)[^\n]{0,30}$"
)
_STAYS = re.compile(
    r"(?:截\s?止|截标)[^\n。；;，,：:]{0,16}(?:保持)?不变[，,]?\s?(?:仍|依然|还是)?(?:为|是)?\s?[:：]?|截\s?止[^\n。；;，,：:]{0,12}仍(?:为|是)"
)
_SHOWN = re.compile(
    r"公\s?示\s?(?:期|时\s?间|期限|日期)[^\n。；;：:]{0,8}?\s{0,2}(?:为|自|从|[:：])?\s{0,3}(?:自|从)?\s{0,3}(?=[12]\s?[09])"
)
_OTHERS = re.compile(r"(?:招标|采购)(?:公告|信息)|首次|原公告|候选人")
_SIGNED = re.compile(r"(?:日期|时间|发布日期)?[:：]?")
_DAYS = re.compile(r"(?P<days>\d{1,4})\s{0,2}(?:个)?\s{0,2}(?:日\s?历\s?[天日]|天|日(?!前|之|起|止|内须|完)|工作日)")
_WHOLE_DAYS = re.compile(
    r"^总?(?:工期|服务期|监理服务期|交货期)?(?:为|[:：])?\s{0,2}(?P<days>\d{1,4})\s{0,2}(?:个)?(?:日历[天日]|[天日])?[。.]?$"
)
_TOTAL_DAYS = re.compile(
    r"(?:总工期|工期总(?:日历天数|天数)|合计|总服务期|总计)[^\d\n]{0,8}(?P<days>\d{1,4})\s{0,2}(?:个)?(?:日\s?历\s?[天日]|天)"
)
_NO_DAYS = re.compile(
    r"\d\s{0,2}(?:个)?(?:年|月)|[一二三四五六七八九十两]{1,3}\s?(?:个)?(?:年|月)|增加|基础上|具备|延长"
)
_UNSAID_DURATION = re.compile(r"^(?:达到|满足|符合|响应|按|同|详见|见|/|无|合格|以).{0,30}$")
_NO_DURATION = re.compile(r"[（(]$|联合体|^[/／\-—]+$|^(?:详见|见)")
_SHOWING = frozenset(
    (
        NoticeType.AWARD_CANDIDATES,
        NoticeType.AWARD_NOTICE_UNSPECIFIED,
        NoticeType.TERMINATION,
        NoticeType.CORRECTION,
        NoticeType.AWARD_CHANGE,
        NoticeType.AWARD_RESULT,
    )
)
_LAST_CELLS = 24


def deadlines(read: OpenedNotice) -> list[Fact]:
    """When bids are due; of a notice that changes it, only what it is changed to."""
    if not read.tenders:
        return []
    found = list(_changed_deadlines(read)) if read.changes else [*_labelled_deadlines(read), *_said_deadlines(read)]
    if not found:
        return []
    best = found[0]
    return [max((each for each in found if each.value[:10] == best.value[:10]), key=lambda each: len(each.value))]


def _labelled_deadlines(read: OpenedNotice) -> Iterator[Fact]:
    for pair in read.of(Role.DEADLINE):
        start, end = whole(pair)
        if not _NOT_DEADLINE.search(pair.label.words) and (day := first_date(read.text, start, min(end, start + 120))):
            yield _dated(FactName.BID_DEADLINE, day, rule_of(pair))


def _said_deadlines(read: OpenedNotice) -> Iterator[Fact]:
    text = read.text
    for day in dates_in(text, 0, min(len(text), 60_000)):
        before = text[max(0, day.start - 60) : day.start]
        due = _DUE.search(before)
        under = _UNDER.search(before)
        handed = _HANDED_IN.match(text, day.end, day.end + 30) and re.search(
            r"[前交达传]", text[day.end : day.end + 24]
        )
        if (due or under or handed) and not _NOT_DEADLINE.search(before[-14:]):
            yield _dated(FactName.BID_DEADLINE, day, "sentence")


def _changed_deadlines(read: OpenedNotice) -> Iterator[Fact]:
    """What a label or sentence says of the new state; else a day that the notice says stays as it was."""
    for pair in read.of(Role.DEADLINE):
        start, end = whole(pair)
        if read.changed.new_at(start) and (day := first_date(read.text, start, min(end, start + 120))):
            yield _dated(FactName.BID_DEADLINE, day, rule_of(pair))
    yield from _said_changes(read)
    for match in _STAYS.finditer(read.text, 0, 30_000):
        if day := first_date(read.text, match.end(), match.end() + 30):
            yield _dated(FactName.BID_DEADLINE, day, "sentence")


def _said_changes(read: OpenedNotice) -> Iterator[Fact]:
    text = read.text
    for day in dates_in(text, 0, min(len(text), 30_000)):
        before = text[max(0, day.start - 90) : day.start]
        if not _CHANGED.search(before) or read.is_old(day.start):
            continue
        if re.search(r"截止|截至|开标|递交|提交|开启", before):
            yield _dated(FactName.BID_DEADLINE, day, "sentence")


def _dated(name: FactName, day: Day, rule: str, *, day_only: bool = False) -> Fact:
    return Fact(name, day.day if day_only else day.text, day.start, day.end, rule=rule)


def publicity(read: OpenedNotice) -> list[Fact]:
    """From when to when the result is shown; either may be unsaid."""
    if read.kind not in _SHOWING:
        return []
    result = read.kind is NoticeType.AWARD_RESULT
    for pair in read.of(Role.PUBLICITY):
        if result and _OTHERS.search(pair.label.words):
            continue
        if days := range_in(read.text, *whole(pair)):
            return _period(days, rule_of(pair))
    found = [
        *_edge(read, Role.PUBLICITY_FROM, FactName.PUBLICITY_FROM),
        *_edge(read, Role.PUBLICITY_TO, FactName.PUBLICITY_TO),
    ]
    return found or _said_publicity(read, result=result)


def _said_publicity(read: OpenedNotice, *, result: bool) -> list[Fact]:
    for match in _SHOWN.finditer(read.text, 0, 60_000):
        if result and _OTHERS.search(read.text[max(0, match.start() - 8) : match.start()]):
            continue
        if (days := range_in(read.text, match.end(), match.end() + 90)) and days[0].start - match.end() < 4:
            return _period(days, "sentence")
    return []


def _period(days: tuple[Day, Day], rule: str) -> list[Fact]:
    return [
        _dated(FactName.PUBLICITY_FROM, days[0], rule, day_only=True),
        _dated(FactName.PUBLICITY_TO, days[1], rule, day_only=True),
    ]


def _edge(read: OpenedNotice, role: Role, name: FactName) -> list[Fact]:
    for pair in read.of(role):
        if day := first_date(read.text, *whole(pair)):
            return [_dated(name, day, rule_of(pair), day_only=True)]
    # 公示截止日期 also stands where its section tells of rejected bids: the label says all.
    for pair in read.pairs:
        if pair.role is role and pair.values and (day := first_date(read.text, *whole(pair))):
            return [_dated(name, day, rule_of(pair), day_only=True)]
    return []


def published(read: OpenedNotice) -> tuple[list[Fact], list[str]]:
    """The day that the text gives as its publication, else the one that it is signed with."""
    signed = _signed(read)
    for role in (Role.PUBLISHED, Role.CORRECTED):
        for pair in read.of(role):
            if _OTHERS.search(pair.label.words) and not read.tenders:
                continue
            if day := first_date(read.text, *whole(pair)):
                found = [_dated(FactName.PUBLISH_DATE, day, rule_of(pair), day_only=True)]
                early = signed is not None and role is Role.PUBLISHED and signed.day < day.day
                return found, [f"signed {signed.day}, published {day.day}"] if early and signed else []
    return ([_dated(FactName.PUBLISH_DATE, signed, "signature", day_only=True)] if signed else []), []


def _signed(read: OpenedNotice) -> Day | None:
    """The last date near the end that is all that its line says."""
    if not read.cells:
        return None
    low = read.cells[-min(len(read.cells), _LAST_CELLS)].start
    found = None
    for day in dates_in(read.text, low):
        start = read.text.rfind("\n", 0, day.start) + 1
        before = read.text[start : day.start].strip(" \t\r\u3000")
        after = read.text[day.end : day.end + 12].split("\n")[0].strip(" \t\r\u3000|")
        if _SIGNED.fullmatch(before) and not after and "T" not in day.text:
            found = day
    return found


# --- durations -------------------------------------------------------------------------------------------------------


def durations(read: OpenedNotice) -> list[Fact]:
    """How long the work takes, as written, and in days where one number of days is stated for the whole."""
    texts: list[tuple[StatedValue, str, str]] = []
    several = False
    for pair in read.of(Role.DURATION):
        if pair.record >= 0 and not read.tenders:
            continue
        several = several or (len(pair.values) > 1 and pair.table >= 0)
        value = pair.values[0]
        words = read.words(value).strip()
        if (len(words) >= 2 or words.isdecimal()) and not _NO_DURATION.search(words):
            texts.append((StatedValue("".join(words.split()), value.start, value.end), rule_of(pair), pair.label.words))
    if not texts:
        return []
    facts = [Fact(FactName.DURATION_TEXT, texts[0][0].value, texts[0][0].start, texts[0][0].end, rule=texts[0][1])]
    if several:
        return facts  # each candidate has its own
    days = [(count, found) for found, _, _ in texts if (count := days_of(found.value)) is not None]
    if len({count for count, _ in days}) == 1 and not _is_disowned(read, texts):
        count, found = days[0]
        facts.append(Fact(FactName.DURATION_DAYS, str(count), found.start, found.end, rule=texts[0][1]))
    return facts


def _is_disowned(read: OpenedNotice, texts: list[tuple[StatedValue, str, str]]) -> bool:
    """Whether another sentence of the same notice gives the time otherwise: 不作为实际工期."""
    return len({found.value for found, _, _ in texts}) > 1 and "不作为" in read.text


def days_of(words: str) -> int | None:
    """The one total number of days that a duration states; None for years, months, several stages."""
    plain = words.strip()
    if match := _WHOLE_DAYS.match(plain):
        return int(match["days"]) or None
    if match := _TOTAL_DAYS.search(plain):
        return int(match["days"]) or None
    if _NO_DAYS.search(plain) or (_UNSAID_DURATION.match(plain) and not _DAYS.search(plain)):
        return None
    found = {int(match["days"]) for match in _DAYS.finditer(plain)}
    return found.pop() if len(found) == 1 else None
