"""What one notice adds to a procedure; the tenders: plans, calls, amendments, clarifications, the end of a round."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.model import NoticeType
from pipeline.ocds.parts import (
    OWN,
    Announcement,
    Json,
    amendment_of,
    deadline_of,
    documents_of,
    party_id,
    reference,
    value_of,
)
from pipeline.tender.facts import FactName

Roles = tuple[tuple[str, tuple[str, ...]], ...]  # a party's name and what it is in this release


@dataclass(frozen=True, slots=True)
class Past:
    """What the procedure's earlier releases have said."""

    tags: frozenset[str] = frozenset()
    releases: tuple[str, ...] = ()  # ids
    awards: tuple[tuple[str, str], ...] = ()  # supplier's name, and the award's status
    value: str = ""  # yuan: the budget
    deadline: str = ""

    def with_status(self, status: str) -> tuple[str, ...]:
        """The suppliers whose awards stand so."""
        return tuple(name for name, own in self.awards if own == status)

    def known_as(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names as the earlier releases write them."""
        written = {party_id(name): name for name, _ in self.awards}
        return tuple(written.get(party_id(name), name) for name in names)

    def either(self, first: str, later: str) -> str:
        """The first tag, or the later one when this procedure has had either."""
        return later if self.tags & {first, later} else first

    def amended(self, notice: Announcement) -> str:
        """The release that this notice amends: one that it supersedes; "" when it is not known."""
        return next((id_ for id_ in reversed(self.releases) if id_ in notice.supersedes), "")


@dataclass(frozen=True, slots=True)
class Stage:
    """One notice's part of its release."""

    tag: str
    tender: Json = field(default_factory=dict)
    planning: Json = field(default_factory=dict)
    awards: tuple[Json, ...] = ()
    contracts: tuple[Json, ...] = ()
    roles: Roles = ()
    statuses: tuple[tuple[str, str], ...] = ()  # of the awards, by supplier


_METHODS = (
    (re.compile("邀请招标"), "selective"),
    (re.compile("单一来源"), "direct"),
    (re.compile("竞争性谈判|竞争性磋商|磋商|谈判|询价|询比|比选|竞价"), ""),  # open to all or not: the words do not say
    (re.compile("公开招标|招标公告"), "open"),
)
_TOO_FEW = re.compile("流标|(?:招标|采购|比选|询价|谈判|磋商|询比)失败")


def plan_stage(notice: Announcement, past: Past) -> Stage:
    """A procurement that is intended."""
    begun = bool(past.tags & {"tender", "tenderUpdate", "tenderAmendment"})
    planning: Json = {"documents": documents_of(notice)}
    if budget := notice.tender.value(FactName.BUDGET):
        planning["budget"] = {"amount": value_of(budget)}
    tender = _stated(notice) | ({} if begun else {"status": "planned"})
    return Stage(past.either("planning", "planningUpdate"), tender, planning)


def tender_stage(notice: Announcement, past: Past) -> Stage:
    """The call for bids, or for a single source."""
    tender = _stated(notice) | _method(notice) | {"documents": documents_of(notice)}
    if not past.awards:
        tender["status"] = "active"
    opened = past.tags & {"tender", "tenderUpdate", "tenderAmendment"}
    return Stage("tenderUpdate" if opened else "tender", tender)


def prequalification_stage(notice: Announcement, past: Past) -> Stage:
    """The call for those who want to be invited."""
    stage = tender_stage(notice, past)
    return Stage(stage.tag, stage.tender | {"procurementMethod": "selective"})


def amendment_stage(notice: Announcement, past: Past) -> Stage:
    """A change of the terms."""
    amendment = amendment_of(notice, past.amended(notice))
    return Stage("tenderAmendment", _stated(notice) | {"documents": documents_of(notice), "amendments": [amendment]})


def postponement_stage(notice: Announcement, past: Past) -> Stage:
    """Another deadline."""
    amendment = amendment_of(notice, past.amended(notice), rationale=notice.title)
    return Stage("tenderAmendment", _stated(notice) | {"documents": documents_of(notice), "amendments": [amendment]})


def clarification_stage(notice: Announcement, past: Past) -> Stage:
    """Answers and additions; a change of the terms when they state another deadline or budget than before."""
    stated = (notice.tender.value(FactName.BID_DEADLINE), notice.tender.value(FactName.BUDGET))
    before = (past.deadline, past.value)
    if any(new and old and new != old for new, old in zip(stated, before, strict=True)):
        return amendment_stage(notice, past)
    return Stage("tenderUpdate", _stated(notice) | {"documents": documents_of(notice)})


def suspension_stage(notice: Announcement, past: Past) -> Stage:
    """A halt. The standard has no such status: it stands in our own field."""
    amendment = amendment_of(notice, past.amended(notice), rationale=notice.title)
    resumed = "恢复" in notice.title
    own = {OWN: {"status": "resumed" if resumed else "suspended"}}
    return Stage("tenderUpdate", {"documents": documents_of(notice), "amendments": [amendment]} | own)


def termination_stage(notice: Announcement, _past: Past) -> Stage:
    """The end without an award: too few bids, or the buyer's decision."""
    failed = _TOO_FEW.search(notice.title) is not None
    tender = {"status": "unsuccessful" if failed else "cancelled", "documents": documents_of(notice)}
    return Stage("tenderUpdate" if failed else "tenderCancellation", tender)


def bidders_stage(notice: Announcement, _past: Past) -> Stage:
    """Who has bid, or may."""
    names = notice.stated(FactName.CANDIDATE)
    tender: Json = {"documents": documents_of(notice)}
    if names:
        tender["tenderers"] = [reference(name) for name in names]
    if names and notice.notice_type is NoticeType.BID_OPENING_RECORD:
        tender["numberOfTenderers"] = len(names)
    return Stage("tenderUpdate", tender, roles=tuple((name, ("tenderer",)) for name in names))


def objection_stage(notice: Announcement, past: Past) -> Stage:
    """A complaint and what was decided: about the award when there is one."""
    tag = "awardUpdate" if past.tags & {"award", "awardUpdate"} else "tenderUpdate"
    return Stage(tag, {"documents": documents_of(notice)})


def _stated(notice: Announcement) -> Json:
    tender: Json = {}
    if name := notice.tender.value(FactName.PROJECT_NAME):
        tender["title"] = name
    if budget := notice.tender.value(FactName.BUDGET):
        tender["value"] = value_of(budget)
    if period := deadline_of(notice):
        tender["tenderPeriod"] = period
    return tender


def _method(notice: Announcement) -> Json:
    for pattern, method in _METHODS:
        if found := pattern.search(notice.title):
            details = {"procurementMethodDetails": found.group().removesuffix("公告")}
            return details | ({"procurementMethod": method} if method else {})
    return {}
