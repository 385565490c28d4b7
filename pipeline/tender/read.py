"""What a notice states about its tender: every fact with its place in the text, contradictions as sentences."""

from pipeline.model import Notice, NoticeType
from pipeline.tender.candidate import PRIORITY, CandidateDraft
from pipeline.tender.candidates import UNRANKED, drafts_of
from pipeline.tender.facts import Fact, FactName, Tender
from pipeline.tender.labels.roles import PEOPLE
from pipeline.tender.money import awards, budgets
from pipeline.tender.opened import OpenedNotice, fact, opened, rule_of
from pipeline.tender.parties import agencies, buyers, winners
from pipeline.tender.price import PricePart
from pipeline.tender.project import lots, names, numbers, regions, rounds
from pipeline.tender.times import days_of, deadlines, durations, publicity, published
from pipeline.tender.values import StatedValue, person_at

_LONGEST = 400_000  # characters of a text that are read; the longest notice met has 60,000
_LONGEST_TITLE = 500
_LISTING = frozenset(
    (NoticeType.AWARD_CANDIDATES, NoticeType.AWARD_NOTICE_UNSPECIFIED, NoticeType.UNDECIDABLE, NoticeType.AWARD_RESULT)
) | {NoticeType.CORRECTION, NoticeType.TERMINATION, NoticeType.OBJECTION, NoticeType.AWARD_CHANGE}
_ORDER = {name: number for number, name in enumerate(FactName)}


def tender_of(notice: Notice, notice_type: NoticeType) -> Tender:
    """The facts that the notice's title and text state, in the order of FactName and text.

    Amounts are exact yuan; a rate, unit price, cap or placeholder is never one. Where the text contradicts itself the
    value is withheld and a sentence says why. Linear in the text's length.
    """
    read = opened(notice.title[:_LONGEST_TITLE], notice.text[:_LONGEST], notice_type)
    drafts = drafts_of(read.text, read.pairs, award=_names_winner_only(read)) if notice_type in _LISTING else []
    won, several = winners(read)
    paid, withheld = awards(read)
    if not won and len(drafts) >= 2:
        paid, withheld = [], []  # the price of one of several candidates
    days, early = published(read)
    named, buyer = names(read), buyers(read)
    name, who = next(iter(named), None), next(iter(buyer), None)
    listed, doubts = _candidates(read, drafts)
    lot = lots(read, name)
    facts = [*named, *numbers(read), *lot, *rounds(read, name), *buyer, *agencies(read)]
    facts += [
        *regions(read, name, who),
        *budgets(read, lot[0].value if lot else ""),
        *won,
        *paid,
        *listed,
        *durations(read),
    ]
    facts += [*_managers(read, drafts), *deadlines(read), *publicity(read), *days]
    facts.sort(key=lambda each: (_ORDER[each.name], each.group, each.start))
    return Tender(tuple(facts), tuple(dict.fromkeys([*several, *withheld, *doubts, *early])))


def _names_winner_only(read: OpenedNotice) -> bool:
    return read.kind in (NoticeType.AWARD_RESULT, NoticeType.CONTRACT)


def _candidates(read: OpenedNotice, drafts: list[CandidateDraft]) -> tuple[list[Fact], list[str]]:
    """The candidates' facts, grouped from 1 in the order of the text; no ranks where the text disowns them."""
    facts: list[Fact] = []
    doubts: list[str] = []
    ordered = not UNRANKED.search(read.text)
    for group, draft in enumerate((draft for draft in drafts if draft.name), start=1):
        rank = str(draft.rank) if draft.rank and ordered else ""
        if draft.name:
            facts.append(fact(FactName.CANDIDATE, draft.name, "candidates", rank, group))
        facts += _bid(draft, group)
        if draft.person:
            facts.append(fact(FactName.PROJECT_MANAGER, draft.person, f"candidates: {draft.person_role}", "", group))
        if draft.duration:
            words = read.text[draft.duration.start : draft.duration.end]
            if (count := days_of("".join(words.split()))) is not None:
                found = StatedValue(str(count), draft.duration.start, draft.duration.end)
                facts.append(fact(FactName.DURATION_DAYS, found, "candidates", "", group))
        doubts += draft.conflicts
        if draft.price is not None and draft.price.problem:
            doubts.append(draft.price.problem)
    return facts, doubts


def _bid(draft: CandidateDraft, group: int) -> list[Fact]:
    price = draft.price
    if price is None or draft.conflicts:
        return []
    whole = [price.amount] if price.amount else []
    return [
        *(_part(FactName.PRICE, part, group) for part in whole),
        *(_part(FactName.PRICE_RATE, part, group) for part in price.rates),
        *(_part(FactName.PRICE_PART, part, group) for part in price.parts),
    ]


def _part(name: FactName, part: PricePart, group: int) -> Fact:
    kind = "" if name is FactName.PRICE else part.kind
    return Fact(name, part.value, part.start, part.end, kind=kind, group=group, rule="candidates")


def _managers(read: OpenedNotice, drafts: list[CandidateDraft]) -> list[Fact]:
    """Who leads the work for the winner; of a list of candidates each has an own."""
    if not read.awards or any(draft.person for draft in drafts):
        return []
    found = [
        (PRIORITY[pair.role], fact(FactName.PROJECT_MANAGER, person, rule_of(pair)))
        for pair in read.of(*PEOPLE)
        if (person := person_at(read.text, pair.values[0].start, pair.values[0].end))
    ]
    return [min(found, key=lambda each: each[0])[1]] if found else []
