"""What a notice adds to a procedure's awards and contracts: one award for each supplier, as their prices differ."""

import re
from collections.abc import Iterable

from pipeline.ocds.parts import OWN, Announcement, Json, amendment_of, documents_of, party_id, reference, value_of
from pipeline.ocds.tender import Past, Roles, Stage
from pipeline.tender.facts import Candidate, FactName, candidates_of

_BIDDER = ("supplier", "tenderer")
_WITHDRAWN = re.compile("取消|撤销|废除|放弃")
_PERFORMED = re.compile("履约|验收")


def candidates_stage(notice: Announcement, past: Past) -> Stage:
    """Those who may win, by rank: pending awards. The ones of an earlier list that are not among them have lost."""
    candidates: dict[str, Candidate] = {}
    for one in candidates_of(notice.tender):
        candidates.setdefault(party_id(one.name), one)
    ranked = sorted(candidates.values(), key=lambda one: (one.rank is None, one.rank or 0))
    names = list(past.known_as(one.name for one in ranked))
    awards = [_award(name, "pending", notice) | _offered(one) for name, one in zip(names, ranked, strict=True)]
    return _decided(notice, past, awards, names)


def result_stage(notice: Announcement, past: Past) -> Stage:
    """Who has won: an active award; the other candidates' are unsuccessful."""
    winners = past.known_as(notice.stated(FactName.WINNER))
    if not winners and notice.stated(FactName.CANDIDATE):
        return candidates_stage(notice, past)
    awards = [_award(name, "active", notice) | _won(notice, name) for name in winners]
    stage = _decided(notice, past, awards, list(winners))
    return Stage(stage.tag, stage.tender | {"status": "complete"}, {}, stage.awards, (), stage.roles, stage.statuses)


def unspecified_stage(notice: Announcement, past: Past) -> Stage:
    """A 中标公示 that nothing decides: a result when it names a winner, candidates when it names some."""
    if notice.stated(FactName.WINNER):
        return result_stage(notice, past)
    return candidates_stage(notice, past)


def change_stage(notice: Announcement, past: Past) -> Stage:
    """An award that is taken back, and perhaps another in its place."""
    active, named = past.with_status("active"), past.known_as(notice.stated(FactName.WINNER))
    new = tuple(name for name in named if name not in active)
    back = active if new or not named else tuple(name for name in named if name in active)
    awards = [_award(name, "cancelled", notice) for name in back]
    awards += [_award(name, "active", notice) | _won(notice, name) for name in new]
    statuses = (*((name, "cancelled") for name in back), *((name, "active") for name in new))
    return Stage(
        "awardCancellation"
        if back or not new or _WITHDRAWN.search(notice.title)
        else past.either("award", "awardUpdate"),
        {} if awards else {"documents": documents_of(notice)},
        awards=tuple(awards),
        roles=tuple((name, _BIDDER) for name in (*back, *new)),
        statuses=statuses,
    )


def correction_stage(notice: Announcement, past: Past) -> Stage:
    """A correction of what was said of the award."""
    stage = unspecified_stage(notice, past)
    amendment = amendment_of(notice, past.amended(notice))
    awards = tuple(award | {"amendments": [amendment]} for award in stage.awards)
    tender = stage.tender if awards else stage.tender | {"amendments": [amendment]}
    return Stage("awardUpdate", tender, {}, awards, (), stage.roles, stage.statuses)


def contract_stage(notice: Announcement, past: Past) -> Stage:
    """The contract with its award; what was performed of it when the notice is about that."""
    named = past.known_as(notice.stated(FactName.WINNER)) or past.with_status("active")
    performed = _PERFORMED.search(notice.title) is not None
    tag = (
        past.either("implementation", "implementationUpdate")
        if performed
        else past.either("contract", "contractUpdate")
    )
    if len(named) != 1:  # nobody knows whose contract it is
        return Stage(tag, {"documents": documents_of(notice)})
    name = named[0]
    contract: Json = {"id": f"contract-{party_id(name)}", "awardID": _award_id(name)}
    if performed:
        return Stage(tag, contracts=(contract | {"implementation": {"documents": documents_of(notice)}},))
    contract |= {"status": "active", "documents": documents_of(notice)} | _won(notice, name)
    known = name in {supplier for supplier, _ in past.awards}
    award = () if known else (_award(name, "active", notice),)
    statuses = () if known else ((name, "active"),)
    return Stage(tag, {}, {}, award, (contract,), ((name, ("supplier",)),), statuses)


def _decided(notice: Announcement, past: Past, awards: Iterable[Json], names: list[str]) -> Stage:
    """The awards of a list or a result; without a name that could be read the notice stands among the documents."""
    known = {party_id(name) for name in names}
    lost = tuple(name for name in past.with_status("pending") if party_id(name) not in known) if names else ()
    others = [{"id": _award_id(name), "status": "unsuccessful"} for name in lost]
    found = [*awards, *others]
    roles: Roles = (*((name, _BIDDER) for name in names), *((name, ("tenderer",)) for name in lost))
    return Stage(
        past.either("award", "awardUpdate"),
        {} if found else {"documents": documents_of(notice)},
        awards=tuple(found),
        roles=roles,
        statuses=(
            *((name, next(award["status"] for award in found if award["id"] == _award_id(name))) for name in names),
            *((name, "unsuccessful") for name in lost),
        ),
    )


def _award_id(name: str) -> str:
    return f"award-{party_id(name)}"


def _award(name: str, status: str, notice: Announcement) -> Json:
    return {
        "id": _award_id(name),
        "status": status,
        "suppliers": [reference(name)],
        "documents": documents_of(notice),
    }


def _offered(candidate: Candidate) -> Json:
    offer: Json = {"value": value_of(candidate.price)} if candidate.price else {}
    if candidate.duration_days:
        offer["contractPeriod"] = {"durationInDays": int(candidate.duration_days)}
    said = {"priceRate": candidate.price_rate, "projectManager": candidate.project_manager}
    own: Json = {name: value for name, value in said.items() if value}
    if candidate.rank is not None:
        own["rank"] = candidate.rank
    return offer | ({OWN: own} if own else {})


def _won(notice: Announcement, name: str) -> Json:
    """The price, where the notice names one winner and one price, or sets this price beside this name."""
    own = party_id(name)
    groups = {fact.group for fact in notice.tender.all(FactName.WINNER) if party_id(fact.value) == own}
    alone = len(notice.stated(FactName.WINNER)) == 1
    prices = {
        fact.value for fact in notice.tender.all(FactName.AWARD) if alone or (fact.group and fact.group in groups)
    }
    return {"value": value_of(prices.pop())} if len(prices) == 1 else {}
