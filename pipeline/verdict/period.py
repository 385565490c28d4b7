"""The months that a claim speaks of, from its year and the words of its sentence."""

import re
from dataclasses import dataclass

from pipeline.count.slices import BEGINNING
from pipeline.model import Claim, Report
from pipeline.report.text import even_quote

Span = tuple[int, int]  # first and last month as numbers, both included

_LOOKED_AT = 400  # characters of a quote with what stands before it


@dataclass(frozen=True, slots=True)
class Period:
    """The months that a claim can speak of, the plainest first, with the rule that read them."""

    spans: tuple[Span, ...]
    rule: str
    confidence: float


_STATED = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])|"
    r"(?P<last>(?:19|20)[0-9]{2})))?"
)
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_MONTH = "(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
# The last of these words before the number decides; 全年 takes an earlier one back.
_WORDS = re.compile(
    r"(?P<thirds>前三季度|前三个季度)|第?(?P<quarter>[一二三四1-4])个?季度|(?P<first>上半年)|(?P<second>下半年)|"
    rf"(?<![0-9])(?P<from>{_MONTH})(?:月(?:份|[0-9]{{1,2}}日)?)?[-至到~—](?:(?:19|20)[0-9]{{2}}年)?(?P<to>{_MONTH})月|"
    rf"(?<![0-9])(?P<month>{_MONTH})月(?:份|当月)|年(?P<dated>{_MONTH})月(?![0-9底末初日至到起以来])|"
    r"(?P<whole>全年|年内|年度|本年|今年)"
)
_THIRDS = re.compile(r"前三个?季度")
_UP_TO = re.compile(
    r"截[至止]到?(?:目前|(?:(?P<year>(?:19|20)[0-9]{2})年)?(?:底|末|年底|年末|(?P<month>1[0-2]|0?[1-9])月)?)"
)
_SINCE_EVER = re.compile(r"开通以来|建站以来|上线以来|运行以来|成立以来|历年|多年来|总计存有")
_CUMULATIVE = re.compile(r"累计")
_WITHIN_YEAR = re.compile(r"全年|年内|年度|本年|今年|当年|1[-至到]12月")


def period_of(index: int, report: Report) -> Period:
    """The months of a claim; no spans when it states none."""
    claim = report.claims[index]
    if claim.year == "all":
        return Period(_up_to(claim, report.year), "cumulative: all years", 0.8)
    stated = _STATED.fullmatch(claim.year)
    if stated is None:
        return Period((), "no year", 0.9)
    year = int(stated["year"])
    if stated["last"]:
        return Period(((year * 100 + 1, int(stated["last"]) * 100 + 12),), "years from to", 0.85)
    if part := stated["month"] or stated["quarter"] or stated["half"]:
        months = 1 if stated["month"] else 3 if stated["quarter"] else 6
        if months == 3 and _THIRDS.search(claim.lead[-8:] + even_quote(claim.text)):
            return Period(((year * 100 + 1, year * 100 + 9),), "part of a year named", 0.9)
        return Period((_part(year, int(part), months),), "part of a year", 0.95)
    return _within(claim, report, year)


def _up_to(claim: Claim, year: int | None) -> tuple[Span, ...]:
    found = _UP_TO.search(claim.lead + even_quote(claim.text))
    if found and found["year"]:
        year = int(found["year"])
    if year is None:
        return ()
    month = int(found["month"]) if found and found["month"] else 12
    return ((BEGINNING, year * 100 + month),)


def _part(year: int, number: int, months: int) -> Span:
    return year * 100 + (number - 1) * months + 1, year * 100 + number * months


def _within(claim: Claim, report: Report, year: int) -> Period:
    """A claim of one year, narrowed or widened by the words around it.

    Words of the quote itself decide; those before it leave the whole year possible as well.
    """
    quote, words = even_quote(claim.text), claim.lead + even_quote(claim.text)
    whole = (year * 100 + 1, year * 100 + 12)
    if _SINCE_EVER.search(words):
        return Period(((BEGINNING, whole[1]),), "cumulative: since the beginning", 0.8)
    if (up_to := _UP_TO.search(words)) and not _WITHIN_YEAR.search(words):
        span = _up_to(claim, year)[0]
        return Period(((span[1] // 100 * 100 + 1, span[1]), span), "up to a day: of the year, or of all years", 0.6)
    if _CUMULATIVE.search(quote) and not _WITHIN_YEAR.search(words):
        return Period((whole, (BEGINNING, whole[1])), "累计: of the year, or of all years", 0.6)
    for text, before in ((words, len(claim.lead)), (_of_parent(claim, report), 0)):
        if (found := _named(text, year)) and found[0]:
            span, sure = found[0], found[1] > before
            spans = (span,) if sure or span == whole else (span, whole)
            return Period(spans, "part of a year named", 0.9 if sure else 0.7)
    return Period((whole,), "year" if up_to is None else "year up to a day", 0.95)


def _of_parent(claim: Claim, report: Report) -> str:
    """The quote of the total that the claim is a part of, when it is of the same year."""
    if claim.parent is None or report.claims[claim.parent].year != claim.year:
        return ""
    parent = report.claims[claim.parent]
    return parent.lead + even_quote(parent.text)


def _named(text: str, year: int) -> tuple[Span | None, int] | None:
    """The months of the last word that names any, and where that word ends."""
    found = list(_WORDS.finditer(text, max(0, len(text) - _LOOKED_AT)))
    return (_span(found[-1], year), found[-1].end()) if found else None


def _span(found: re.Match[str], year: int) -> Span | None:
    start = year * 100
    if found["whole"]:
        return start + 1, start + 12
    if found["thirds"]:
        return start + 1, start + 9
    if found["first"] or found["second"]:
        return _part(year, 1 if found["first"] else 2, 6)
    if found["quarter"]:
        return _part(year, _number(found["quarter"]), 3)
    if month := found["month"] or found["dated"]:
        return start + _number(month), start + _number(month)
    first, last = _number(found["from"]), _number(found["to"])
    return (start + first, start + last) if first <= last else None


def _number(word: str) -> int:
    return _NUMERALS[word] if word in _NUMERALS else int(word)
