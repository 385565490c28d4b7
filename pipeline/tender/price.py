"""What a price says: one amount, or parts, rates and unit prices that are none; and how it contradicts itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.values.amounts import Amount, Money, amounts_in, as_text, is_parted


@dataclass(frozen=True, slots=True)
class PricePart:
    """An amount, a rate or a unit price with the words before it, at [start:end) of the notice's text."""

    value: str
    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """A price as read. `amount` only where one amount for the whole is stated without doubt."""

    amount: PricePart | None = None
    rates: tuple[PricePart, ...] = ()
    parts: tuple[PricePart, ...] = ()
    unit_prices: tuple[PricePart, ...] = ()
    problem: str = ""  # why an amount was withheld

    def __bool__(self) -> bool:
        return bool(self.amount or self.rates or self.parts or self.unit_prices)


_TOTAL = re.compile(r"(?:总价|总报价|合计|总计|共计|总金额|总额|总投标价|总费用|投标总)[^\d]{0,12}$")
_NAMED = re.compile(r"(?P<name>[一-龥A-Za-z（）()]{2,30})$")
_PART = re.compile(
    r"(?:费用?|单价|部分|设备|材料|工程款)(?:报价|金额|价)?(?:[（(][^（）()]{0,12}[）)])?(?:为|是|[:：])?$|其中"
)
_GLUE = re.compile(r"[\s:：为是￥¥]{1,6}$|(?:人民币|小写|报价|金额)[:：]?\s?$")
_TAX = re.compile(r"税[^\d]{0,6}$|(?:保证金|预付款|质保金|安全文明)[^\d]{0,10}$")
# What a bid is measured against stands in a price's brackets, too, and is never the price.
_MEASURE = re.compile(
    r"(?:预算|控制价|控制金额|限价|限额|拦标价|上限|概算|估算|投资|标底|注册资本)"
    r"(?:总?价|总?金额|总?额|资金)?[^\d，,；;。%％‰\n]{0,12}$"
)
_PROVISIONAL = re.compile(r"暂[定估按以列][^\d，,；;。]{0,16}$")
_RATED = re.compile(r"[%％‰]|[费折]扣?率|系数|下浮|标准的|\d\s?折|百分之")
# What a rate comes to, in so many words: 下浮5%，即950000元.
_COMES_TO = re.compile(
    r"(?:即|折合|[=＝]|(?:投标|最终|折后|优惠后|下浮后)(?:总?报价|总?价|价格)|(?<!施工)(?:中标|成交|中选)总?(?:价|金额|价格|报价)|报价|总价|合计|共计|金额)"
    r"[^\d，,；;。%％‰]{0,12}$"
)
_BASE = re.compile(r"\s{0,2}(?:[）)]\s?)?(?:[×xX*]|的|为基数|乘以)\s{0,2}(?:\d|百分|费率|下浮)")
_WITHIN = re.compile(r"其中|包括|内含|含")
_YEARS = re.compile(r"(?:计价格|号|\[|〔|【|年|第)\s?$")
_LEAST_BARE = 1000  # a bare number under 元/% is yuan from here on, a rate below 100, and nobody knows between
_MOST_RATE = 100


def price_of(text: str, start: int, end: int, unit: str = "") -> Price:
    """What [start:end) says; `unit` is what the label says in brackets."""
    value = text[start:end]
    found = [amount for amount in amounts_in(value, unit) if _is_said_of_price(value, amount)]
    read = _Read(value, start, unit, tuple(found))
    rates = tuple(read.part(amount, _percent(amount)) for amount in read.of(Money.RATE))
    units = tuple(read.part(amount, as_text(amount.yuan), amount.unit) for amount in read.of(Money.UNIT_PRICE))
    amount, parts, problem = _amount(read)
    if amount is None and not parts and not rates and not units and not problem:
        amount, rates, problem = _bare(read)
    return Price(amount, () if amount else rates, parts, units, problem)


def _is_said_of_price(value: str, amount: Amount) -> bool:
    """Whether a number belongs to the price: no tax, no budget or cap beside it, no sum that a rate is taken of."""
    before = value[max(0, amount.start - 30) : amount.start]
    if _TAX.search(before[-14:]):
        return False
    if amount.money is not Money.AMOUNT:
        return True
    if _MEASURE.search(before) or _BASE.match(value, amount.end):
        return False
    rated = _RATED.search(value, 0, amount.start)
    if rated is None:
        return not (_PROVISIONAL.search(before) and _RATED.search(value, amount.end))
    between = value[max(rated.start(), amount.start - 30) : amount.start]
    return _COMES_TO.search(between) is not None and not _PROVISIONAL.search(between)


@dataclass(frozen=True, slots=True)
class _Read:
    """A value, where it begins in the text, its label's unit, and the numbers in it."""

    value: str
    offset: int
    unit: str
    found: tuple[Amount, ...]

    def of(self, money: Money) -> list[Amount]:
        return [amount for amount in self.found if amount.money is money]

    def before(self, amount: Amount) -> str:
        """The words of the same clause before a number."""
        return re.split(r"[,，;；。\n]", self.value[max(0, amount.start - 40) : amount.start])[-1]

    def part(self, amount: Amount, value: str, unit: str = "") -> PricePart:
        return PricePart(value, self.offset + amount.start, self.offset + amount.end, unit or self.name(amount))

    def name(self, amount: Amount) -> str:
        words = self.before(amount)
        for _ in range(3):
            words = _GLUE.sub("", words)
        named = _NAMED.search(words)
        return named["name"] if named else ""


def _amount(read: _Read) -> tuple[PricePart | None, tuple[PricePart, ...], str]:
    """The amount for the whole, or the parts that are stated without one, or why there is none."""
    figures = [amount for amount in read.of(Money.AMOUNT) if not amount.capitals]
    words = [amount for amount in read.of(Money.AMOUNT) if amount.capitals]
    if not figures:
        if words and len({amount.yuan for amount in words}) == 1:
            return read.part(words[0], as_text(words[0].yuan)), (), ""
        return None, (), _withheld(read)
    whole = _whole(read, figures)
    if whole is None:
        parts = tuple(read.part(amount, as_text(amount.yuan)) for amount in figures)
        named = all(part.kind for part in parts) and any(_PART.search(read.before(amount)) for amount in figures)
        return (None, parts, "") if named else (None, (), f"several amounts and no total: {read.value[:80]}")
    if words and all(amount.yuan != whole.yuan for amount in words):
        said = as_text(words[0].yuan)
        return None, (), f"the amount in capitals is {said} yuan, in figures {as_text(whole.yuan)} yuan"
    return read.part(whole, as_text(whole.yuan)), (), ""


def _whole(read: _Read, figures: Sequence[Amount]) -> Amount | None:
    """The one amount that is the total: called so, the sum of the others, or the only one and no part."""
    totals = [amount for amount in figures if _TOTAL.search(read.before(amount))]
    if len({amount.yuan for amount in totals}) == 1:
        return totals[0]
    distinct = {amount.yuan for amount in figures}
    others = read.of(Money.RATE) or read.of(Money.UNIT_PRICE)
    if len(distinct) == 1:
        return None if others and _PART.search(read.before(figures[0])) else figures[0]
    first = figures[0]
    if not totals and not _PART.search(read.before(first)) and _WITHIN.search(read.value[first.end : figures[1].start]):
        return first  # 120万元（其中暂列金额10万元）
    rest = sum(amount.yuan for amount in figures[1:])
    return first if first.yuan == rest and not totals else None


def _withheld(read: _Read) -> str:
    """The sentence for a number that stands where an amount should and is none."""
    if holders := read.of(Money.PLACEHOLDER):
        said = as_text(holders[0].yuan)
        return f"{said} yuan stands where an amount is expected: a rate or a placeholder"
    if is_parted(read.value):
        return f"digits parted by white space: {' '.join(read.value.split())[:60]}"
    return ""


def _bare(read: _Read) -> tuple[PricePart | None, tuple[PricePart, ...], str]:
    """A value that is nothing but a number without a unit: yuan where it can be nothing else."""
    bare = read.of(Money.BARE)
    if len(bare) != 1 or not re.fullmatch(r"[￥¥]?\s?[\d,，.．]{1,24}", read.value.strip(" 。；;")):
        return None, (), ""
    number = bare[0]
    digits = as_text(number.yuan)
    if number.yuan >= _LEAST_BARE and (
        read.unit == "元/%" or re.search(r"\.\d\d", digits) or number.yuan >= 10 * _LEAST_BARE
    ):
        return read.part(number, digits), (), ""
    if read.unit == "元/%" and number.yuan < _MOST_RATE:
        return None, (read.part(number, f"{digits}%"),), ""  # nobody builds for 60 yuan
    if read.unit == "元/%":
        return None, (), f"{digits} under a label for yuan or per cent: nobody knows which"
    return None, (), ""


def _percent(amount: Amount) -> str:
    return as_text(amount.yuan) + amount.unit
