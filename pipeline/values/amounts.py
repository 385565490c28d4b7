"""Amounts of money as notices write them: exact yuan, and apart from them rates, unit prices, caps and placeholders."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipeline.values.numbers import number_of
from pipeline.values.text import narrow, no_space


class Money(StrEnum):
    """What a number in a price is. Only an AMOUNT is money that somebody is to be paid."""

    AMOUNT = "amount"
    RATE = "rate"  # a percentage, discount or coefficient
    UNIT_PRICE = "unit_price"  # 元/吨, 元每年: money per something
    CAP = "cap"  # 不超过480万元
    PLACEHOLDER = "placeholder"  # 0, 1 or 1.5 元: what a form holds that wants a number
    BARE = "bare"  # a number without any unit


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at [start:end) of the text that it was read from."""

    start: int
    end: int
    money: Money
    yuan: Decimal  # in yuan for AMOUNT, UNIT_PRICE, CAP and PLACEHOLDER; the bare number otherwise
    unit: str = ""  # as written: "元", "万元", "元/吨", "%"
    capitals: bool = False  # written as 壹贰叁…元整
    vague: bool = False  # 约, 左右


LEAST = Decimal(100)  # yuan: no contract is worth less; forms that want a number get 0, 1 or a rate
_SCALES = {"亿": Decimal(100_000_000), "千万": Decimal(10_000_000), "百万": Decimal(1_000_000)}
_SCALES |= {
    "億": Decimal(100_000_000),
    "萬": Decimal(10_000),
    "万": Decimal(10_000),
    "千": Decimal(1000),
    "": Decimal(1),
}

_SPACE = r"[\s\u3000]{0,3}"
# 3 905 110: thousands parted by blanks, twice at least; parted once, 1 500 may be a row's number and its price.
_DIGITS = (
    r"(?:\d{1,3}(?:[,，]\d{3}){1,5}|\d{1,3}(?:[ \u3000\xa0]\d{3}){2,5}(?![ \u3000\xa0]?\d)|\d{1,15})(?:[.．]\d{1,8})?"
)
_PER = r"(?:[/／每]|[（(]?每)[^\s，,。；;、：:）)0-9]{1,12}|/\s?\d{0,4}[^\s，,。；;、：:）)0-9]{1,8}"
_SCALE = "亿|億|千万|百万|万|萬|千"
_CURRENCIES = "元|圆|圓|￥|RMB|CNY"
_YUAN = rf"[（(]?{_SPACE}(?:人民币)?(?P<scale>{_SCALE})?{_SPACE}(?:{_CURRENCIES})(?P<per>{_PER})?{_SPACE}[）)]?"
_NUMBER = re.compile(
    rf"(?<![\dA-Za-z.．\-_/])(?P<digits>{_DIGITS}){_SPACE}"
    rf"(?:(?P<rate>[%％‰]|个?百分点|折)|(?P<yuan>{_YUAN})|(?P<alone>[万亿萬億])(?![\d\w]))?"
)
_CAP = re.compile(
    r"(?:不(?:得)?(?:超过|高于|大于|超出|多于)|低于|小于|[≤<＜]|上限|封顶|限额|以内|最高(?:不超过)?)[^\d]{0,8}$"
)
_CAP_AFTER = re.compile(r"\s?(?:以内|以下|为上限|封顶|（含）以内)")
_VAGUE = re.compile(r"(?:约|大约|暂定|暂估|估算)[^\d]{0,4}$")
_CURRENCY = re.compile(r"(?:[￥¥]|人民币|RMB)[（(]?(?:小写)?[）)]?[:：]?\s?$")
_PERCENT_OF = re.compile(r"(?:百分之|[费折]扣?率|系数|比例|下浮|优惠|让利)[^\d，,；;。]{0,12}$")

_BROKEN_BEFORE = re.compile(r"\d[.,，．]?\s{1,3}$")
_BROKEN_AFTER = re.compile(r"[.,，．]?\s{1,3}[.．]?\d")
# A value that is one number, its digits parted by layout, with or without a unit.
_PARTED = re.compile(
    rf"[\s:：￥¥人民币小写为]{{0,12}}(?P<digits>\d[\d,，\s]{{1,30}}(?:[.．][\d\s]{{1,6}})?)"
    rf"(?:(?P<scale>{_SCALE})?{_SPACE}(?:人民币)?(?:{_CURRENCIES})?)?[\s整。）)]{{0,4}}"
)
_LONGEST_PARTED = 48
_OWN_NUMBER = 4  # digits from which on a piece may be a number of its own

_CAPITAL = "零〇壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟万萬亿億一二三四五六七八九十百千两"
_CAPITALS = re.compile(
    rf"(?P<whole>[{_CAPITAL}][{_CAPITAL}\s]{{1,60}})[元圆圓](?:(?P<jiao>[{_CAPITAL}])\s?角)?\s?零?(?:(?P<fen>[{_CAPITAL}])\s?分)?\s?[整正]?"
)


def amounts_in(text: str, unit: str = "") -> list[Amount]:
    """Every number of a price in its order; `unit` is what its label says ("元", "万元", "%"), "" for nothing.

    Digits that layout has parted are one number where nothing else stands beside them, and none where something does.
    A number with digits of another kind around it (a date, a code, 第2款) is left out by its unit: where neither the
    text nor the label states one it comes out as BARE, and the caller decides.
    """
    plain = narrow(text)
    if (parted := _parted(plain, unit)) is not None:
        return [parted]
    found = [_digits(match, plain, unit) for match in _NUMBER.finditer(plain) if not _is_broken(match, plain)]
    found += [amount for match in _CAPITALS.finditer(text) if (amount := _capitals(match))]
    return sorted(found, key=lambda amount: amount.start)


def is_parted(text: str) -> bool:
    """Whether digits stand beside digits with nothing but white space between: nobody knows which number is meant."""
    plain = narrow(text)
    return any(_is_broken(match, plain) for match in _NUMBER.finditer(plain)) and _parted(plain, "") is None


def _is_broken(match: re.Match[str], text: str) -> bool:
    start, end = match.span("digits")
    if _BROKEN_BEFORE.search(text, max(0, start - 5), start):
        return True
    return match["rate"] is None and match["yuan"] is None and _BROKEN_AFTER.match(text, end) is not None


def _parted(text: str, unit: str) -> Amount | None:
    """The one number that a value of parted digits is; None where two of its pieces may be numbers of their own."""
    if len(text) > _LONGEST_PARTED or (match := _PARTED.fullmatch(text)) is None:
        return None
    written = match["digits"].strip()
    pieces = re.split(r"\s+", written)
    own = [piece for piece in pieces if len(piece) >= _OWN_NUMBER and piece[0] not in "0.．"]
    joined = "".join(pieces).replace("，", ",").replace("．", ".")
    if (
        len(pieces) < 2
        or len(own) > 1
        or not re.fullmatch(r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{3,12})(?:\.\d{1,2})?", joined)
    ):
        return None
    start = match.start("digits")
    number = Decimal(joined.replace(",", ""))
    said = "元" in text[match.start("digits") :] or match["scale"] or _CURRENCY.search(text[:start])
    if not said and unit not in _LABEL_SCALES:
        return Amount(start, start + len(written), Money.BARE, number)
    yuan = number * (_SCALES[match["scale"] or ""] if said else _LABEL_SCALES[unit])
    return Amount(start, match.end(), _judged(yuan, "", ""), yuan, unit)


def _digits(match: re.Match[str], text: str, unit: str) -> Amount:
    number = Decimal(re.sub(r"[,，\s]", "", match["digits"]).replace("．", "."))
    before = text[max(0, match.start() - 14) : match.start()]
    vague = bool(_VAGUE.search(before))
    if match["rate"]:
        return Amount(match.start(), match.end(), Money.RATE, number, match["rate"].strip(), vague=vague)
    if match["yuan"] is None and match["alone"] is None:
        return _unitless(match, number, unit, before)
    scale = match["scale"] or match["alone"] or ""
    yuan = number * _SCALES[scale]
    written = no_space(match["yuan"] or match["alone"]).strip("()")
    end = match.end()
    if match["per"]:
        return Amount(match.start(), end, Money.UNIT_PRICE, yuan, written, vague=vague)
    money = _judged(yuan, before, text[end : end + 8])
    return Amount(match.start(), end, money, yuan, written, vague=vague)


def _unitless(match: re.Match[str], number: Decimal, unit: str, before: str) -> Amount:
    """A bare number as its label's unit has it. A label with two units (元/%) states none."""
    start, end = match.span("digits")
    if unit not in _LABEL_SCALES and _CURRENCY.search(before):
        unit = "元"
    if unit in _LABEL_SCALES and not _PERCENT_OF.search(before):
        yuan = number * _LABEL_SCALES[unit]
        return Amount(start, end, _judged(yuan, before, ""), yuan, unit)
    if unit in {"%", "％", "‰"}:
        return Amount(start, end, Money.RATE, number, unit)
    if unit and "元" in unit and "%" not in unit:
        return Amount(start, end, Money.UNIT_PRICE, number, unit)
    return Amount(start, end, Money.BARE, number)


_LABEL_SCALES = {
    "元": Decimal(1),
    "万元": _SCALES["万"],
    "亿元": _SCALES["亿"],
    "千元": _SCALES["千"],
    "百万元": _SCALES["百万"],
}


def _judged(yuan: Decimal, before: str, after: str) -> Money:
    if _CAP.search(before) or _CAP_AFTER.match(after):
        return Money.CAP
    return Money.PLACEHOLDER if yuan < LEAST else Money.AMOUNT


def _capitals(match: re.Match[str]) -> Amount | None:
    whole = number_of(no_space(match["whole"]).replace("貳", "贰").replace("叄", "叁").replace("陸", "陆"))
    if whole is None or whole < LEAST:
        return None
    yuan = Decimal(whole)
    for part, weight in (("jiao", Decimal("0.1")), ("fen", Decimal("0.01"))):
        if match[part] and (digit := number_of(match[part])) is not None:
            yuan += digit * weight
    return Amount(match.start(), match.end(), Money.AMOUNT, yuan, "元", capitals=True)


def as_text(yuan: Decimal) -> str:
    """The amount as decimal text: no exponent, no separators, the written cents kept, no zeros behind them."""
    written = format(yuan, "f")
    whole, point, cents = written.partition(".")
    return whole + point + cents[:2] + cents[2:].rstrip("0")
