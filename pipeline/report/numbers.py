"""The counted things of a report's prose, publications or not, each with the clause that it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.report.words import UNITS
from pipeline.values.numbers import number_of

_ABOUT = "大约|约|将近|接近|近|逾|超过|超出|超|突破|不少于|不低于|至少|上|[数几](?=[十百千万])"
_NUMBER = (
    rf"(?P<about>{_ABOUT})?"
    r"(?P<number>(?<![0-9./\-—–〔\[A-Za-z第])(?<![0-9] )"
    r"(?:[0-9]{1,4}万[0-9]{1,4}(?=[千余多条篇件])|[0-9]{1,3}(?:,[0-9]{3}){1,3}(?![0-9])|[0-9]{1,12}(?:\.[0-9]{1,6})?(?![0-9]))"
    r"[余多]?[十百千万亿]{0,3}|(?<![第零一二两三四五六七八九十百千万亿])[零一二两三四五六七八九十百千万亿]{1,16})"
    r"(?P<more>余|多|左右|来)?"
    # 条例, 条措施, 期间, 件套, 次会议 ... are other words.
    rf"(?P<unit>(?:{UNITS})(?![例款约规间刊限货套件数类级层方]|措施|政策(?!解读|文件|信息|法规)|意见|规定|办法|要求|线索|主线|以下))?"
    r"(?P<above>以上|左右|多|余)?"
)
_TOKEN = re.compile(
    rf"(?P<stop>[。!?\n])|(?P<open>[“《])|(?P<close>[”》])|(?P<left>\()|(?P<right>\))|(?P<break>[,;:|])|{_NUMBER}"
)
_FREE = re.compile(r"[,;。)|]|\Z")
# "文件35," carries no unit; a year, a date, a percentage or a person's rank is never followed by a stop.
_COUNTS = re.compile(r"[一-龥)]$")
_MORE = frozenset("余多")
_LOWER = frozenset({"逾", "超过", "超出", "超", "突破", "不少于", "不低于", "至少", "上", "数", "几"})
_LONGEST_CLAUSE = 160  # characters looked at before a number; the longest in 44 labelled reports has 34
_LARGEST = 1_000_000_000  # no office publishes more, and the tables hold 32-bit numbers


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with what stands around it, positions in the even text."""

    clause: str  # from the clause's start to the number
    start: int  # of the clause
    number_start: int
    end: int  # after the unit
    tail: str  # what follows, up to the next boundary
    count: int
    unit: str | None
    approximate: bool
    lower_bound: bool
    sentence: int  # running number
    paragraph: int
    before: str  # the sentence from the previous counted thing (or its start) to the number
    leads: str  # the sentence from its start to the number
    depth: int  # open brackets
    semicolon: bool  # a semicolon stands between it and the previous counted thing


@dataclass(slots=True)
class _ScanPlace:
    """Where the scan stands; lives for one scan only."""

    clause: int = 0
    clause_before: int = 0
    sentence_start: int = 0
    last: int = 0  # end of the previous counted thing
    sentence: int = 0
    paragraph: int = 0
    quotes: int = 0
    brackets: list[int] = field(default_factory=list)
    semicolon: bool = False


def counted(text: str) -> Iterator[Counted]:
    """Every number of the text that counts something in a unit of publications, in reading order."""
    place = _ScanPlace()
    for token in _TOKEN.finditer(text):
        if token["number"]:
            if (found := _counted(text, token, place)) is not None:
                yield found
                place.last = place.clause = place.clause_before = found.end
                place.semicolon = False
        else:
            _pass(text, token, place)


def _pass(text: str, token: re.Match[str], place: _ScanPlace) -> None:
    kind = token.lastgroup
    if kind == "stop":
        place.sentence += 1
        place.paragraph += token[0] == "\n"
        place.sentence_start = place.last = place.clause = place.clause_before = token.end()
        place.quotes = 0
        place.brackets.clear()
        place.semicolon = False
    elif kind == "open":
        place.quotes += 1
    elif kind == "close":
        place.quotes = max(0, place.quotes - 1)
    elif kind == "left":
        place.brackets.append(place.clause)
        place.brackets = place.brackets[-9:]
        place.clause = token.end()
    elif kind == "right":
        # What stood before the bracket goes on behind it: 各镇(街道)公开信息35条.
        place.clause = max(place.brackets.pop(), place.last) if place.brackets else place.clause
    elif not place.quotes:
        _break(text, token, place)


def _break(text: str, token: re.Match[str], place: _ScanPlace) -> None:
    place.semicolon = place.semicolon or token[0] == ";"
    if token[0] == ":" and not _COLON.search(text, max(place.clause, token.start() - 8), token.start()):
        return
    place.clause_before = place.clause
    place.clause = token.end()


_COLON = re.compile(r"(?:其[0-9]{0,3}中|包括|包含|分别为|分别是|如下|情况|为|是|有|结果)\Z")
_BARE = re.compile(r"(?:(?:19|20)[0-9]{2}年度?)?[共总计累合达到约为有的数量在内,、]*")


def _counted(text: str, token: re.Match[str], place: _ScanPlace) -> Counted | None:
    start, end = token.start(), token.end()
    clause_start = max(place.clause, start - _LONGEST_CLAUSE)
    clause = text[clause_start:start]
    if _BARE.fullmatch(clause):  # "发布各类信息,共计300条"
        before = max(place.clause_before, start - _LONGEST_CLAUSE)
        clause_start = clause_start if "%" in text[before:start] else before
        clause = text[clause_start:start]
    if place.quotes:  # “惠企20条” is a name
        return None
    count = _value(token["number"])
    if count is None or count > _LARGEST or not _countable(text, token, clause, count):
        return None
    tail = _TAIL.match(text, end)
    vague = {token["more"], token["above"]} - {None}
    lower = bool(_MORE & {*vague, token["number"][-1], *token["number"]}) or token["about"] in _LOWER
    lower = lower or token["above"] == "以上"
    return Counted(
        clause,
        clause_start,
        start,
        end,
        tail[0] if tail else "",
        count,
        token["unit"],
        bool(token["about"] or vague or lower),
        lower,
        place.sentence,
        place.paragraph,
        text[max(place.last, start - 400) : start],
        text[max(place.sentence_start, start - 400) : start],
        len(place.brackets),
        place.semicolon,
    )


def _value(number: str) -> int | None:
    """1万2千 is written in two parts, anything else in one."""
    myriads, mark, rest = number.partition("万")
    if not (mark and rest[:1].isdigit() and myriads.isdigit()):
        return number_of(number)
    more = number_of(rest)
    return None if more is None else int(myriads) * 10_000 + more


_TAIL = re.compile(r"[^,;:。!?()\n0-9、]{0,16}")
_WORDS = re.compile(r"(?:信息|公告|公示|通知|文件|稿件|动态|文章|报告)$")

_WORDS_AFTER = re.compile(r"(?:政府|政务)?(?:信息|公告|公示|通知|稿件|动态|文章)")


def _countable(text: str, token: re.Match[str], clause: str, count: int) -> bool:
    chinese = not token["number"][0].isascii()
    if token["unit"] is None:
        return not chinese and bool(_FREE.match(text, token.end("number"))) and bool(_COUNTS.search(clause[-1:]))
    # 一条, 三件 ... are mostly slogans; a total spelled out is not.
    return not chinese or count >= 10 or bool(_WORDS.search(clause) or _WORDS_AFTER.match(text, token.end()))
