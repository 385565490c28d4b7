"""What is paid and what may be paid: the award, and the budget or cap that stood before it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.tender.facts import Fact, FactName
from pipeline.tender.labels.naming import Label
from pipeline.tender.labels.pairs import Pair, Value
from pipeline.tender.labels.roles import Role
from pipeline.tender.opened import OpenedNotice, rule_of, whole
from pipeline.tender.price import Price, PricePart, price_of
from pipeline.values.amounts import Money, amounts_in, as_text
from pipeline.values.lots import lot_of

# How close a figure is to what a bid may be: the lot's own before the project's, the budget before the cap.
_CLOSENESS = {Role.LOT_BUDGET: 0, Role.BUDGET: 1, Role.CAP: 2, Role.INVESTMENT: 3, Role.FEE: 4}
_BUDGETS = (*_CLOSENESS, Role.TOTAL_INVESTMENT)
_OWN_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.CAP, re.compile(r"(?:限价|控制(?:总)?价|拦标价)[^\d]{0,8}$")),
    (Role.TOTAL_INVESTMENT, re.compile(r"(?:总投资|投资总额)[^\d]{0,8}$")),
    (Role.BUDGET, re.compile(r"预算(?:总?金额|总?价|资金)?[^\d]{0,6}$")),
    (Role.FEE, re.compile(r"(?:监理|设计|勘察|勘察设计|检测|造价咨询|测绘|监测)(?:服务)?费用?[^\d]{0,5}$")),
)
_SENTENCE = re.compile(
    r"(?P<words>(?:最高)?(?:投标|招标)?(?:最高)?(?:限价|控制价|拦标价)|(?:采购|项目)?预算(?:金额|价|总额)?|(?:项目|工程)?(?:总)?投资(?:额|估算)?|(?:监理|设计|勘察|勘察设计|检测|监测|测绘)(?:服务)?费)"
    r"[^\d\n，,。；;：:]{0,6}[:：]?\s{0,2}(?P<number>[\d,，.]{2,20}\s{0,2}(?:亿|万)?\s{0,2}元(?!\s?[/／每]))"
)
_NOT_BUDGET = re.compile(
    r"(?:代理|保证金|文件|标书|工本|业绩|合同|不低于|不少于|以上|类似|注册资|罚款|每|单价|如|暂列)[^\n]{0,16}$"
)
_INSIDE = re.compile(r"其中|包括|分别")


def awards(read: OpenedNotice) -> tuple[list[Fact], list[str]]:
    """What the winner is to be paid, in all; else its parts, rates and unit prices."""
    if not read.awards:
        return [], []
    prices = [(pair, _price(read, pair)) for pair in _award_pairs(read)] or list(_said_awards(read))
    said = [(pair, price) for pair, price in prices if price or price.problem]
    problems = list(dict.fromkeys(price.problem for _, price in said if price.problem))
    amounts = {Decimal(price.amount.value): (pair, price.amount) for pair, price in reversed(said) if price.amount}
    if len(amounts) > 1:
        if lots := _by_lot(read, said):
            return lots, problems
        values = ", ".join(as_text(value) for value in amounts)
        return [], [*problems, f"several amounts are called the award: {values} yuan"]
    facts = [_fact(FactName.AWARD, part, pair) for pair, part in amounts.values()]
    if problems and not all(problem.endswith("placeholder") for problem in problems):
        facts = []
    for pair, price in said:
        facts += _pieces(pair, price, whole_known=bool(amounts))
    return facts, problems


def _award_pairs(read: OpenedNotice) -> list[Pair]:
    """The pairs that may tell the award; a bid's price only where nothing is called the award."""
    wanted = [pair for pair in read.of(Role.AWARD) if not (pair.record >= 0 and _is_of_candidate(read, pair))]
    if not any(_price(read, pair) for pair in wanted):
        won = [pair for pair in read.of(Role.PRICE) if pair.section is Role.WINNER]
        alone = list(read.of(Role.PRICE))
        wanted += won or (alone if len(alone) == 1 and any(read.of(Role.WINNER)) else [])
    rates = [pair for pair in read.of(Role.RATE, Role.UNIT_PRICE) if re.search(r"中标|成交|中选", pair.label.words)]
    return [*wanted, *rates]


_SAID = re.compile(
    r"(?:中标|成交|中选)(?:总)?(?:价格?|金额|报价)\s{0,2}(?:为|是)?\s{0,2}[:：]?\s{0,2}(?P<value>[^\n。；;]{2,80}?)(?=[。；;\n]|[,，](?!\d)|$)"
    r"|以\s{0,2}(?P<by>[\d,，.]{2,20}\s{0,2}(?:亿|万)?元)[^\n。；;]{0,16}(?:中标|成交|中选)"
)


def _said_awards(read: OpenedNotice) -> Iterator[tuple[Pair, Price]]:
    """中标价为…, 以…元中标: what a sentence says where no label does."""
    for match in _SAID.finditer(read.text, 0, 20_000):
        start, end = match.span("value") if match["value"] else match.span("by")
        price = price_of(read.text, start, end)
        if price:
            yield Pair(Label(Role.AWARD, "sentence"), (Value(start, end),)), price


def _is_of_candidate(read: OpenedNotice, pair: Pair) -> bool:
    return bool(read.records[pair.record] & {Role.CANDIDATE, Role.RANK})


def _price(read: OpenedNotice, pair: Pair) -> Price:
    unit = pair.label.unit or ("%" if pair.role is Role.RATE else "")
    if pair.role is Role.UNIT_PRICE and "元" not in pair.label.unit:
        unit = unit or "元/单位"
    return price_of(read.text, *whole(pair), unit)


def _by_lot(read: OpenedNotice, said: Sequence[tuple[Pair, Price]]) -> list[Fact]:
    """The awards of several lots: each in a row of its own with the lot or number that it is of."""
    by_row = {
        pair.record: read.words(pair.values[0])
        for pair in read.of(Role.INDEX, Role.LOT_NAME, Role.LOT)
        if pair.record >= 0
    }
    rows: dict[str, Fact] = {}
    for pair, price in said:
        if part := price.amount:
            lot = by_row.get(pair.record) or read.lot_at(part.start)
            if not lot or (lot in rows and Decimal(rows[lot].value) != Decimal(part.value)):
                return []
            rows[lot] = Fact(FactName.AWARD, part.value, part.start, part.end, kind=lot[:40], rule=rule_of(pair))
    return list(rows.values())


def _pieces(pair: Pair, price: Price, *, whole_known: bool) -> list[Fact]:
    facts = [] if whole_known else [_fact(FactName.AWARD_PART, part, pair) for part in price.parts]
    if not whole_known:
        facts += [_fact(FactName.AWARD_RATE, part, pair) for part in price.rates]
    if not price.amount:
        facts += [_fact(FactName.AWARD_UNIT_PRICE, part, pair) for part in price.unit_prices if Decimal(part.value)]
    return facts


def _fact(name: FactName, part: PricePart, pair: Pair) -> Fact:
    return Fact(
        name, part.value, part.start, part.end, kind=part.kind if name is not FactName.AWARD else "", rule=rule_of(pair)
    )


# --- budgets ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Figure:
    role: Role
    kind: str
    yuan: Decimal
    start: int
    end: int
    rule: str
    part: bool = False
    record: int = -1


def budgets(read: OpenedNotice, lot: str) -> list[Fact]:
    """The figure closest to what a bid may be; wider ones and pieces apart; a cap given as a rate as such."""
    figures = [figure for pair in read.of(*_BUDGETS) for figure in _figures(read, pair, lot)]
    if not any(figure.role in _CLOSENESS for figure in figures) and read.tenders:
        figures += _in_sentences(read)
    facts = list(_rates(read))
    best = _closest(figures)
    if best is not None:
        facts.append(_budget(FactName.BUDGET, best))
    seen = {best.yuan} if best else set()
    for figure in figures:
        if (figure.yuan not in seen and figure.role is not Role.FEE) or figure.part:
            seen.add(figure.yuan)
            facts.append(_budget(FactName.BUDGET_PART if figure.part else FactName.BUDGET_ALT, figure))
    return facts


def _closest(figures: Sequence[_Figure]) -> _Figure | None:
    """The lot's budget counts only where the notice is of one lot."""
    whole_ones = [figure for figure in figures if not figure.part and figure.role in _CLOSENESS]
    lots = {figure.yuan for figure in whole_ones if figure.role is Role.LOT_BUDGET}
    if len(lots) > 1:
        whole_ones = [figure for figure in whole_ones if figure.role is not Role.LOT_BUDGET]
    return min(whole_ones, key=lambda figure: (_CLOSENESS[figure.role], figure.record >= 0, figure.start), default=None)


def _figures(read: OpenedNotice, pair: Pair, lot: str) -> Iterator[_Figure]:
    """The amounts of a value, each by the words before it: 总投资14042万元；设计费约258.74万元."""
    if pair.role is Role.FEE and not read.tenders:
        return
    start, end = whole(pair)
    value = read.text[start:end]
    first = True
    for amount in amounts_in(value, pair.label.unit):
        before = value[max(0, amount.start - 30) : amount.start]
        clause = re.split(r"[;；。\n]", before)[-1]
        if not _is_budget(amount.money, amount.yuan, clause, bare=len(value) <= 24, unit=pair.label.unit):
            continue
        role = pair.role if first and not re.search(r"[一-龥]{3}", clause) else _own_role(clause, pair.role)
        inside = not first and (_INSIDE.search(value[: amount.start]) is not None or "（" in value[: amount.start])
        if lot and lot_of(clause) == lot:
            role, inside = Role.LOT_BUDGET, False
        kind = pair.label.words if role is pair.role else _kind(clause, role)
        yield _Figure(
            role, kind, amount.yuan, start + amount.start, start + amount.end, rule_of(pair), inside, pair.record
        )
        first = False


def _is_budget(money: Money, yuan: Decimal, clause: str, *, bare: bool, unit: str) -> bool:
    if _NOT_BUDGET.search(clause):
        return False
    if money is Money.BARE:
        return bare and not unit and yuan >= 10_000
    return money in (Money.AMOUNT, Money.CAP) and yuan > 0


def _own_role(clause: str, fallback: Role) -> Role:
    return next((role for role, pattern in _OWN_WORDS if pattern.search(clause)), fallback)


def _kind(clause: str, role: Role) -> str:
    words = re.search(r"[一-龥]{2,12}$", re.sub(r"[约为是\s:：]{0,4}$", "", clause))
    return words[0] if words else str(role)


def _in_sentences(read: OpenedNotice) -> Iterator[_Figure]:
    """本项目监理费约100000元: a figure that no label but the sentence's own words name."""
    for match in _SENTENCE.finditer(read.text, 0, 30_000):
        before = read.text[max(0, match.start() - 16) : match.start()]
        amount = next(iter(amounts_in(match["number"])), None)
        if amount is None or amount.money is not Money.AMOUNT or _NOT_BUDGET.search(before):
            continue
        role = _own_role(match["words"], Role.INVESTMENT)
        yield _Figure(
            role, match["words"], amount.yuan, *match.span("number"), "sentence", bool(_INSIDE.search(before))
        )


def _rates(read: OpenedNotice) -> Iterator[Fact]:
    for pair in read.of(Role.CAP, Role.LOT_BUDGET):
        price = price_of(read.text, *whole(pair), pair.label.unit)
        if not price.amount and not price.parts:
            for part in price.rates:
                yield Fact(FactName.BUDGET_RATE, part.value, part.start, part.end, kind=part.kind, rule=rule_of(pair))


def _budget(name: FactName, figure: _Figure) -> Fact:
    return Fact(name, as_text(figure.yuan), figure.start, figure.end, kind=figure.kind, rule=figure.rule)
