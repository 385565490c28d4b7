"""One candidate while it is put together: what labels and sentences say of it, the first word for each fact."""

import re
from dataclasses import dataclass, field

from pipeline.tender.labels.pairs import Pair, Value
from pipeline.tender.labels.roles import PEOPLE, Role
from pipeline.tender.labels.shapes import rank_of
from pipeline.tender.price import Price, price_of
from pipeline.tender.values import StatedValue, person_at

PRIORITY = {Role.MANAGER: 0, Role.LEADER: 1, Role.SUPERVISOR: 2, Role.ENGINEER: 3, Role.DESIGNER: 4}


@dataclass(slots=True)
class CandidateDraft:
    """A candidate while it is put together."""

    rank: int | None = None
    name: StatedValue | None = None
    price: Price | None = None
    price_label: str = ""
    person: StatedValue | None = None
    person_role: Role | None = None
    duration: Value | None = None
    conflicts: list[str] = field(default_factory=list)


_REST = re.compile(
    r"(?:(?P<price>(?:投标|竞标|响应|最终|评标)?(?:总)?(?:报价|价格|总价|报价金额))|(?P<rate>(?:投标)?(?:下浮(?:率|比例)|费率|优惠率|折扣率?))"
    r"|(?P<person>项目经理|项目负责人|总监理工程师|项目总监))(?:[（(](?P<unit>[^（）()]{1,6})[）)])?\s{0,3}(?:为|是)?[:：]?\s{0,3}(?P<value>[^,，;；。\s][^,，;；。\n]{0,60})"
)


def fill_rest(text: str, draft: CandidateDraft, start: int, end: int) -> None:
    """What is said behind the name in the same value: 甲公司，投标报价123.45万元，项目经理：乙."""
    for match in _REST.finditer(text, start, min(end, start + 400)):
        first, last = match.span("value")
        if match["person"]:
            draft.person = draft.person or person_at(text, first, last)
            draft.person_role = draft.person_role or Role.LEADER
        elif draft.price is None or not draft.price:
            unit = (match["unit"] or "").replace("人民币", "")
            draft.price = price_of(text, first, last, unit)


def fill(text: str, draft: CandidateDraft, pair: Pair, value: Value, whole: tuple[int, int] | None = None) -> None:
    """Adds what the pair says of the candidate; what is known already stays."""
    start, end = whole or (value.start, value.end)
    role = pair.role
    if role is Role.RANK:
        draft.rank = draft.rank or rank_of(text[value.start : value.end])
    elif role in (Role.PRICE, Role.RATE, Role.AWARD, Role.UNIT_PRICE):
        unit = pair.label.unit or ("%" if role is Role.RATE else "")
        price = price_of(text, start, end, unit)
        if draft.price is None or (price and not draft.price):
            draft.price, draft.price_label = price, pair.label.words
        elif role is Role.RATE and price.rates and draft.price.amount is None and not draft.price.rates:
            draft.price = Price(None, price.rates, draft.price.parts, draft.price.unit_prices)
    elif role in PEOPLE:
        person = person_at(text, value.start, value.end)
        if person and (draft.person is None or better(role, draft.person_role)):
            draft.person, draft.person_role = person, role
    elif role is Role.DURATION and draft.duration is None:
        draft.duration = Value(start, end)


def better(new: Role | None, old: Role | None) -> bool:
    return PRIORITY.get(new or Role.OTHER, 9) < PRIORITY.get(old or Role.OTHER, 9)
