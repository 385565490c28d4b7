"""What a notice states about its tender: facts, each with the words that it came from and where they stand."""

from dataclasses import dataclass
from enum import StrEnum


class FactName(StrEnum):
    """What a fact is about. The value of a fact is canonical text; how it is written is said per name."""

    PROJECT_NAME = "project_name"  # verbatim, with lot and round where the text writes them into it
    PROJECT_NO = "project_no"  # the notice's own number: 标段编号, 招标编号, 项目编号
    PROJECT_NO_ALT = "project_no_alt"  # further numbers: 投资项目代码 and the like
    LOT = "lot"  # "3", "A"; as lots.lot_of
    ROUND = "round"  # "2", or "re"; as lots.round_of
    BUYER = "buyer"  # 招标人, 采购人, 建设单位
    AGENCY = "agency"  # 招标代理机构, 采购代理机构
    REGION = "region"  # as written
    BUDGET = "budget"  # yuan; kind says which: 控制价, 最高限价, 投资额, 预算金额 ...
    BUDGET_ALT = "budget_alt"  # yuan: wider figures, 项目总投资
    BUDGET_PART = "budget_part"  # yuan: pieces of the budget
    BUDGET_RATE = "budget_rate"  # as written: a cap given as a rate
    WINNER = "winner"
    AWARD = "award"  # yuan: what the winner is to be paid, in all
    AWARD_RATE = "award_rate"  # as written: a rate, coefficient or discount is never an amount
    AWARD_PART = "award_part"  # yuan: parts without a stated total; never summed
    AWARD_UNIT_PRICE = "award_unit_price"  # as written, with its unit in kind
    CANDIDATE = "candidate"  # name as written; kind is the rank, "" where none is stated
    PRICE = "price"  # yuan, of the candidate in the same group
    PRICE_RATE = "price_rate"  # as written
    PRICE_PART = "price_part"
    PROJECT_MANAGER = "project_manager"  # of the winner or project (group 0), of a candidate (its group)
    DURATION_TEXT = "duration_text"
    DURATION_DAYS = "duration_days"  # days: one total number of days only
    BID_DEADLINE = "bid_deadline"  # 2014-06-03 or 2014-06-03T09:30, as precise as the text; source's zone
    PUBLICITY_FROM = "publicity_from"  # day
    PUBLICITY_TO = "publicity_to"
    PUBLISH_DATE = "publish_date"  # day, only where the text states it


class FactPlace(StrEnum):
    """Which text a fact's offsets count in."""

    TEXT = "text"  # Notice.text
    TITLE = "title"  # Notice.title


@dataclass(frozen=True, slots=True)
class Fact:
    """One value, and the words [start:end] of the notice's text or title that state it."""

    name: FactName
    value: str
    start: int
    end: int
    place: FactPlace = FactPlace.TEXT
    kind: str = ""
    group: int = 0  # what belongs together: the candidate in its order, from 1; 0: the notice as a whole
    rule: str = ""  # what found it: "label: 中标价", "table: 投标报价", "sentence"


@dataclass(frozen=True, slots=True)
class Tender:
    """The facts of a notice in the order of FactName and text, and what contradicts itself in it."""

    facts: tuple[Fact, ...]
    contradictions: tuple[str, ...] = ()  # each a sentence for a Problem row

    def all(self, name: FactName) -> tuple[Fact, ...]:
        """Every fact of that name."""
        return tuple(fact for fact in self.facts if fact.name is name)

    def value(self, name: FactName) -> str:
        """The first value of that name for the notice as a whole, "" when it is not stated."""
        return next((fact.value for fact in self.facts if fact.name is name and not fact.group), "")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate as its facts state it; amounts in yuan as decimal text, "" where nothing is stated."""

    rank: int | None
    name: str
    price: str = ""
    price_rate: str = ""
    project_manager: str = ""
    duration_days: str = ""


def candidates_of(tender: Tender) -> tuple[Candidate, ...]:
    """The candidates in the order of the text."""
    return tuple(_candidate(fact, tender) for fact in tender.all(FactName.CANDIDATE))


def _candidate(named: Fact, tender: Tender) -> Candidate:
    own = {fact.name: fact.value for fact in reversed(tender.facts) if fact.group == named.group}
    return Candidate(
        int(named.kind) if named.kind else None,
        named.value,
        own.get(FactName.PRICE, ""),
        own.get(FactName.PRICE_RATE, ""),
        own.get(FactName.PROJECT_MANAGER, ""),
        own.get(FactName.DURATION_DAYS, ""),
    )
