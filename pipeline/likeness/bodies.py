"""How the bodies of two notices under one name differ: in layout alone, in what they state, or not comparably."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.likeness.fingerprint import SAYS_NOTHING
from pipeline.values.writing import canonical

EXCERPT = 400  # characters of a body; an aggregator's excerpt is shorter and may begin anywhere
_ALIGNABLE = 8_000  # characters between the equal beginning and end: an alignment takes n x m bits
_ALIGNED = 75  # per cent: below it two texts are laid out differently and an alignment says nothing
_WORDS_BEFORE = 5  # characters before a number that tell what it is

_NUMBERS = re.compile(r"\d+(?:[.:/\-—~、]\d+)*")
_CODED = re.compile(r"(?<![a-z0-9\-])[a-z0-9\-]{8,40}(?![a-z0-9\-日年月])")
_PARTY = (
    r"(?:名称)?([\u4e00-\u9fffa-z0-9]{2,30}?"
    r"(?:公司|医院|学校|中学|小学|大学|局|厅|委员会|中心|政府|办公室|研究院|设计院|工程队))"
)
_STATEMENTS = (
    ("编号 numbers", re.compile(r"(?:项目|采购|招标|标段|备案)编号(?:包)?([a-z0-9\-]{6,40})")),
    ("合同编号 contract numbers", re.compile(r"合同编号([a-z0-9\-]{6,40})")),
    (
        "金额 amounts",
        re.compile(
            r"(?:中标|成交|合同|预算|控制价|限价|投标)总?(?:金额|价格|价|报价)?(?:元|万元|人民币){0,2}(\d+(?:\.\d+)?)"
        ),
    ),
    ("中标人 winners", re.compile(rf"(?:中标人|中标供应商|成交供应商|中标单位|供应商名称|第一中标候选人){_PARTY}")),
    ("采购人 buyers", re.compile(rf"(?:采购人名称|采购人信息名称|招标人名称|采购单位|建设单位|招标单位){_PARTY}")),
)
# Words that a text only has when it changes what another said. A form that asks 是否延期 changes nothing.
_CHANGES = re.compile(
    "(?:更正|变更|延期|顺延|推迟|取消|终止|暂停)(?<!是否..)|改为|调整为|修改为|作废|撤销|流标|废标|重新|补充说明"
)
_NEVER = re.compile(r"(?!)")
_AROUND = re.compile(
    "来源|发布[时日人者]|转载|浏览|阅读|点击|访问|字体|打印|关闭|首页|当前位置|上一[篇条]|下一[篇条]|编辑|作者|版权|返回|分享|附件下载|"
    "主办|承办|扫一扫|二维码|原网页|区块链|存证"
)
# A heading that names the type, and words that change nothing.
_FILLER = re.compile(
    "[\u4e00-\u9fff]{0,8}(?:公告|公示|通知)|[的了等之及和与于在为是即]{1,2}|整|正文|详见附件|附件|(?:联系)?(?:电话|方式|人)|传真|邮箱"
)
_MARKS = re.compile("[年月日时分秒点.:/\\-元整]+")


class Relation(StrEnum):
    """How two bodies stand to each other."""

    EQUAL = "equal"  # but for layout, contacts and what a portal puts around
    HELD = "held"  # one holds the other, which is long, and adds to it
    CONTRADICTS = "contradicts"
    AGREES = "agrees"  # they cannot be aligned; what each states is in the other, or an excerpt does not contradict
    UNKNOWN = "unknown"  # they cannot be aligned, and what one states the other does not
    SILENT = "silent"  # at least one says nothing


@dataclass(frozen=True, slots=True)
class Weighed:
    """The relation of two bodies and what shows it: "500 / 2500", "甲 / 乙"."""

    relation: Relation
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of two notices beside their texts."""

    days: frozenset[date]  # of publication: in a text they do not count
    is_event: bool  # both are corrections or the like: words of change are what they consist of


def weigh(body: str, other: str, setting: Setting) -> Weighed:
    """How two plain bodies relate; one that is too short to confirm anything may still contradict."""
    weighed = _weighed(body, other, setting) if body and other else Weighed(Relation.SILENT)
    is_short = min(len(body), len(other)) < SAYS_NOTHING
    return Weighed(Relation.SILENT) if is_short and weighed.relation is not Relation.CONTRADICTS else weighed


def _weighed(body: str, other: str, setting: Setting) -> Weighed:
    one, two = canonical(body, setting.days), canonical(other, setting.days)
    if one == two:
        return Weighed(Relation.EQUAL)
    if shown := _statements_differ(one, two):
        return Weighed(Relation.CONTRADICTS, shown)
    changes = _NEVER if setting.is_event else _CHANGES
    if held := _held(one, two, changes):
        return held
    if fuzz.ratio(one, two) >= _ALIGNED:
        return _aligned(one, two, changes)
    return _unaligned(one, two)


def _statements_differ(one: str, two: str) -> str:
    """What both give under one label or after the same words without one value in common; "" for nothing."""
    for label, pattern in _STATEMENTS:
        said, said_too = set(pattern.findall(one)), set(pattern.findall(two))
        if _differ(said, said_too):
            return f"{label}: {min(said)} / {min(said_too)}"
    placed, others = _placed_numbers(one), _placed_numbers(two)
    for words in sorted(placed.keys() & others.keys()):
        if _differ(placed[words], others[words]):
            return f"{words}…: {min(placed[words])} / {min(others[words])}"
    return ""


def _placed_numbers(body: str) -> dict[str, set[str]]:
    placed: dict[str, set[str]] = {}
    for found in _NUMBERS.finditer(body):
        if found.start() >= _WORDS_BEFORE:
            placed.setdefault(body[found.start() - _WORDS_BEFORE : found.start()], set()).add(found[0])
    return placed


def _differ(one: set[str], two: set[str]) -> bool:
    """Both say something, and nothing that one says begins or ends like the other's: excerpts are cut inside."""
    if not one or not two or one & two:
        return False
    return not any(_is_cut(x, y) or _is_cut(y, x) for x in sorted(one)[:50] for y in sorted(two)[:50])


def _is_cut(short: str, long: str) -> bool:
    return long.startswith(short) or (not short.isdigit() and long.endswith(short))


def _held(one: str, two: str, changes: re.Pattern[str]) -> Weighed | None:
    """One within the other: the same when only portals' own words stand around it."""
    short, long = sorted((one, two), key=len)
    place = long.find(short)
    if place < 0:
        return None
    around = (long[:place], long[place + len(short) :])
    if all(_is_around(piece) for piece in around):
        return Weighed(Relation.EQUAL)
    if any(changes.search(piece) for piece in around):
        return Weighed(Relation.CONTRADICTS, f"{_shortened(max(around, key=len))} / —")
    return Weighed(Relation.HELD if len(short) >= EXCERPT else Relation.AGREES)


def _is_around(piece: str) -> bool:
    """True for what a portal writes around a text; amounts and long numbers are never that."""
    if len(piece) > 120 or _CHANGES.search(piece) or re.search(r"\d{4,}", piece):
        return False
    return not piece or bool(_AROUND.search(piece) or _FILLER.fullmatch(piece))


def _aligned(one: str, two: str, changes: re.Pattern[str]) -> Weighed:
    start, end = _equal_ends(one, two)
    left, right = one[start : len(one) - end], two[start : len(two) - end]
    if max(len(left), len(right)) > _ALIGNABLE:
        return Weighed(Relation.UNKNOWN)
    margin = min(150, len(one) // 4)
    pieces = list(_pieces(left, right))
    if min(len(one), len(two)) < EXCERPT:
        pieces = [
            piece
            for piece in pieces
            if not (_is_at_an_end(piece, (start, end), (left, right)) and _is_cut_off(piece, changes))
        ]
    doubtful = ""
    for piece in pieces:
        is_outside = start + piece.begin < margin or start + piece.end > len(one) - margin
        if _is_harmless(piece, is_outside=is_outside):
            continue
        if _contradicts(piece, changes):
            return Weighed(Relation.CONTRADICTS, piece.shown)
        doubtful = doubtful or piece.shown
    return Weighed(Relation.AGREES, doubtful) if doubtful else Weighed(Relation.EQUAL)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where two texts differ: what each has there, and where in the first."""

    one: str
    two: str
    begin: int
    end: int

    @property
    def shown(self) -> str:
        return f"{_shortened(self.one)} / {_shortened(self.two)}"


def _is_at_an_end(piece: _Piece, equal: tuple[int, int], texts: tuple[str, str]) -> bool:
    """True for the beginning of two texts that begin differently, and for their end."""
    left, right = texts
    first = piece.begin == 0 and left.startswith(piece.one) and right.startswith(piece.two)
    last = piece.end == len(left) and right.endswith(piece.two)
    return (equal[0] == 0 and first) or (equal[1] == 0 and last)


def _is_cut_off(piece: _Piece, changes: re.Pattern[str]) -> bool:
    """What one excerpt has before or after the other."""
    return not (piece.one and piece.two) and not changes.search(piece.one + piece.two)


def _equal_ends(one: str, two: str) -> tuple[int, int]:
    most = min(len(one), len(two))
    start = next((n for n in range(most) if one[n] != two[n]), most)
    end = next((n for n in range(most - start) if one[-1 - n] != two[-1 - n]), most - start)
    return start, end


def _pieces(one: str, two: str) -> Iterator[_Piece]:
    """What stands on each side where they differ; differences with at most two equal characters between are one."""
    begin: tuple[int, int] | None = None
    last = (0, 0)
    for code in Levenshtein.opcodes(one, two):
        if code.tag == "equal":
            if begin and code.src_end - code.src_start > 2:
                yield _Piece(one[begin[0] : last[0]], two[begin[1] : last[1]], begin[0], last[0])
                begin = None
            continue
        begin = begin or (code.src_start, code.dest_start)
        last = (code.src_end, code.dest_end)
    if begin:
        yield _Piece(one[begin[0] : last[0]], two[begin[1] : last[1]], begin[0], last[0])


def _is_harmless(piece: _Piece, *, is_outside: bool) -> bool:
    """Marks of dates lost or kept, function words, and outside of the text proper what portals write around it."""
    if _MARKS.sub("", piece.one) == _MARKS.sub("", piece.two) and "." not in piece.one + piece.two:
        return True
    sides = [side for side in (piece.one, piece.two) if side]
    if len(sides) == 1 and _FILLER.fullmatch(sides[0]):
        return True
    return is_outside and all(_is_around(side) for side in sides)


def _contradicts(piece: _Piece, changes: re.Pattern[str]) -> bool:
    """Both sides say something else there, or one side adds a figure or a word of change."""
    if piece.one and piece.two:
        return True
    added = piece.one + piece.two
    return bool(re.search(r"\d", added) or changes.search(added))


def _unaligned(one: str, two: str) -> Weighed:
    """Another layout, or excerpts from other places: every telling number of the shorter should be in the longer."""
    short, long = sorted((one, two), key=len)
    if len(long) < EXCERPT:
        return Weighed(Relation.AGREES)
    told, held = telling(short), set(telling(long))
    # The first and the last number of an excerpt may be cut.
    told = told[1:-1] if len(short) < EXCERPT else told
    missing = [number for number in told if number not in held]
    if len(missing) > len(told) // 10:
        return Weighed(Relation.UNKNOWN, missing[0])
    return Weighed(Relation.AGREES if told or len(short) < EXCERPT else Relation.UNKNOWN)


def share_a_number(body: str, other: str) -> bool:
    """True when a code or a contract number of one is in the other, too."""
    return bool(_codes(body) & _codes(other))


def _codes(body: str) -> set[str]:
    return {found for found in _CODED.findall(body) if sum(char.isdigit() for char in found) >= 6}


def telling(body: str) -> list[str]:
    """The numbers that tell one announcement from another: codes, amounts, dates, in the order of the text."""
    return [found for found in _NUMBERS.findall(body) if len(found) >= 5]


def _shortened(piece: str) -> str:
    return (piece if len(piece) <= 20 else f"{piece[:20]}…") or "—"
