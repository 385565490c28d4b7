"""What the text of a notice says of its type where the title is silent: its own heading, the labels of its form.

Bodies quote other notices (the correction quotes the tender notice), so only what stands as a heading at the top, or a
label that no other kind of notice has, is believed.
"""

import re
from itertools import islice

from pipeline.classify.title import Ruling, folded_title, type_named
from pipeline.model import NoticeType

_T = NoticeType
_READ = 4000  # characters of a text in which labels are looked for; forms name theirs at the top
_HEADINGS = 4  # lines at the top that may be the notice's own heading
_LONGEST_HEADING = 80

_CANDIDATES = re.compile(r"候选人|侯选人|第一名|公示期")
# 公示期满无异议: the candidates were published before, this is the result.
_PUBLISHED_BEFORE = re.compile(r"公示期(?:间|内|满|已|结束|届满)|公示(?:已?结束|期?满|无异议)|经公示")
_RESULT = re.compile(r"中标人|中标单位|中标供应商|中标金额|中标价|成交")


def award_in(text: str) -> Ruling | None:
    """What a 中标公示 turns out to be by its body: candidates, a result, or still open."""
    candidates, result = _CANDIDATES.search(text), _RESULT.search(text)
    if candidates and not (result and _PUBLISHED_BEFORE.search(text)):
        return _T.AWARD_CANDIDATES, f"body: {candidates[0]}"
    return (_T.AWARD_RESULT, f"body: {result[0]}") if result else None


_HEADING = re.compile(
    r"^[^,;:，；。：]*(?:公告|公示|通知|通告|纪要|记录表?|决定书?|答复函?|回复函?|澄清|补遗书?)(?:\([^()]{0,12}\))?$"
)


def heading_in(text: str) -> Ruling | None:
    """The type that the notice's own heading names: a short line at the top that ends as headings do."""
    for line in islice(filter(None, map(str.strip, text[:_READ].splitlines())), _HEADINGS):
        if len(line) > _LONGEST_HEADING or not _HEADING.search(heading := folded_title(line)):
            continue
        if ruling := type_named(heading):
            return ruling[0], ruling[1].replace("title:", "body:")
    return None


# A label stands at the beginning of a line, maybe numbered, and a colon, a bracket or the line's end follows.
_NUMBERED = r"(?m:^)[ \t\u3000]{0,8}(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]{1,2}[ \t\u3000]{0,4}){0,2}"
_LABELLED = r"(?=[ \t\u3000]{0,4}(?:[:：(（]|$|[\r\n]))"


def _labels(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_NUMBERED}({'|'.join(words.split())}){_LABELLED}")


# Labels that only these have. Upper rules first: a termination quotes the tender that it ends.
_STRONG: tuple[tuple[NoticeType, re.Pattern[str]], ...] = (
    (
        _T.TERMINATION,
        _labels(
            "流标原因 流标理由 废标原因 废标理由 终止原因 终止理由 招标失败原因 失败原因 采购失败原因 "
            "项目终止的?原因 "
            "废标[、/]?流标的?原因 流标[（(]?废标[)）]?原因 废标或?终止原因 异常原因"
        ),
    ),
    (_T.SUSPENSION, _labels("暂停原因 中止原因 暂停理由 中止理由")),
    (_T.POSTPONEMENT, _labels("延期原因 延期理由 延期后开标时间 延期至")),
    (
        _T.CORRECTION,
        _labels("更正内容 更正事项 变更内容 变更事项 更正信息 更正事项、?内容及日期 更正日期 修改内容 更正事项和内容"),
    ),
    (_T.CLARIFICATION, _labels("澄清内容 答疑内容 澄清事项 澄清答疑内容")),
)
# Forms: all the labels of a row must stand in the text.
_FORMS: tuple[tuple[NoticeType, tuple[re.Pattern[str], ...]], ...] = (
    (_T.CONTRACT, (_labels("合同编号"), _labels("合同金额 合同价款? 合同总金额 合同签[订定]日期 签订日期"))),
    (_T.PLAN, (_labels("采购需求概况 需求概况 采购意向"), _labels("预计采购时间 预计采购日期"))),
    (_T.SINGLE_SOURCE, (_labels("拟定的?(?:唯一)?供应商(?:信息|名称)? 拟采购供应商"), re.compile("(单一来源)"))),
    (
        _T.TENDER_NOTICE,
        (
            _labels("招标条件 项目概况与招标范围 项目基本情况 采购项目概况 项目概况"),
            _labels(
                "投标人资格要求 投标人的资格要求 投标人资格条件 申请人的资格要求 供应商资格要求 "
                "供应商的资格要求 投标资格要求"
            ),
            _labels(
                "招标文件的获取 招标文件获取 获取招标文件 获取采购文件 采购文件的获取 投标文件的递交 "
                "投标文件递交 报名时间 投标报名 "
                "响应文件提交 提交投标文件截止时间、开标时间和地点 响应文件的递交"
            ),
        ),
    ),
)


def event_in(text: str) -> Ruling | None:
    """The event that a label of the text names: 流标原因, 更正内容 …"""
    return next((found for kind, label in _STRONG if (found := _said(kind, (label,), text[:_READ]))), None)


def form_in(text: str) -> Ruling | None:
    """The kind of notice whose labels the text has."""
    return next((found for kind, labels in _FORMS if (found := _said(kind, labels, text[:_READ]))), None)


def _said(kind: NoticeType, labels: tuple[re.Pattern[str], ...], text: str) -> Ruling | None:
    found = [label.search(text) for label in labels]
    return (kind, f"body: {', '.join(one[1] for one in found if one)}") if all(found) else None
