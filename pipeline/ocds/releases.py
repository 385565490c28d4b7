"""A tendering procedure as OCDS 1.1 releases: one for each document, tagged by what it is (domain.md section 4)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pipeline.model import NoticeType
from pipeline.ocds.awards import (
    candidates_stage,
    change_stage,
    contract_stage,
    correction_stage,
    result_stage,
    unspecified_stage,
)
from pipeline.ocds.parts import OWN, Announcement, Json, own_of, parties_of, reference
from pipeline.ocds.tender import (
    Past,
    Stage,
    amendment_stage,
    bidders_stage,
    clarification_stage,
    objection_stage,
    plan_stage,
    postponement_stage,
    prequalification_stage,
    suspension_stage,
    tender_stage,
    termination_stage,
)
from pipeline.tender.facts import FactName


@dataclass(frozen=True, slots=True)
class Procedure:
    """One lot in one round of tendering: an OCDS contracting process."""

    ocid: str
    announcements: tuple[Announcement, ...]
    failed: str = ""  # ocid of the failed procedure that this one repeats
    whole: str = ""  # ocid of the procedure of the whole project, for one of its lots


_ABOUT_AWARD = re.compile("中标|成交|中选|候选|评标结果|评审结果")


def _correction_stage(notice: Announcement, past: Past) -> Stage:
    about_award = past.tags & {"award", "awardUpdate"} and _ABOUT_AWARD.search(notice.title)
    return correction_stage(notice, past) if about_award else amendment_stage(notice, past)


_STAGES: dict[NoticeType, Callable[[Announcement, Past], Stage]] = {
    NoticeType.PLAN: plan_stage,
    NoticeType.TENDER_NOTICE: tender_stage,
    NoticeType.SINGLE_SOURCE: tender_stage,
    NoticeType.PREQUALIFICATION: prequalification_stage,
    NoticeType.CORRECTION: _correction_stage,
    NoticeType.POSTPONEMENT: postponement_stage,
    NoticeType.ADDENDUM: clarification_stage,
    NoticeType.CLARIFICATION: clarification_stage,
    NoticeType.SUSPENSION: suspension_stage,
    NoticeType.BID_OPENING_RECORD: bidders_stage,
    NoticeType.PREQUALIFICATION_RESULT: bidders_stage,
    NoticeType.AWARD_CANDIDATES: candidates_stage,
    NoticeType.AWARD_RESULT: result_stage,
    NoticeType.AWARD_NOTICE_UNSPECIFIED: unspecified_stage,
    NoticeType.AWARD_CHANGE: change_stage,
    NoticeType.OBJECTION: objection_stage,
    NoticeType.TERMINATION: termination_stage,
    NoticeType.CONTRACT: contract_stage,
}
RELEASED = frozenset(_STAGES)
"""The types of notice that are part of a contracting process; the others give no release."""


def releases_of(procedure: Procedure) -> Iterator[Json]:
    """The releases in order of their dates, each valid by the release schema 1.1.5 in itself.

    Ids are the postings', so they are the same after every rebuild; amounts are yuan, times in the source's zone.
    """
    past = Past()
    announced = [one for one in procedure.announcements if one.notice_type in RELEASED]
    for notice in sorted(announced, key=lambda one: one.date):
        stage = _STAGES[notice.notice_type](notice, past)
        yield _release(procedure, notice, stage, first=not past.releases)
        past = _after(past, notice, stage)


def _release(procedure: Procedure, notice: Announcement, stage: Stage, *, first: bool) -> Json:
    buyer, agency = notice.tender.value(FactName.BUYER), notice.tender.value(FactName.AGENCY)
    roles = [(buyer, ("buyer",))] if buyer else []
    roles += [(agency, ("procuringEntity",))] if agency else []
    parties = parties_of([*roles, *stage.roles])
    tender = _tender(procedure, notice, stage, first=first) | ({"procuringEntity": reference(agency)} if agency else {})
    release: Json = {
        "ocid": procedure.ocid,
        "id": notice.id,
        "date": notice.date.isoformat(),
        "tag": [stage.tag],
        "initiationType": "tender",
        "language": "zh",
        "parties": parties,
        "buyer": reference(buyer) if buyer else {},
        "planning": stage.planning,
        "tender": tender,
        "awards": list(stage.awards),
        "contracts": list(stage.contracts),
        "relatedProcesses": _related(procedure) if first else [],
        OWN: own_of(notice),
    }
    return {name: value for name, value in release.items() if value}


def _tender(procedure: Procedure, notice: Announcement, stage: Stage, *, first: bool) -> Json:
    """Its id is the procedure's; its title is the project's name, until one is stated the first notice's title."""
    if not stage.tender and not first:
        return {"id": procedure.ocid}
    titled = {"title": notice.title} if first else {}
    return {"id": procedure.ocid} | titled | stage.tender


def _related(procedure: Procedure) -> list[Json]:
    related = (("unsuccessfulProcess", procedure.failed), ("parent", procedure.whole))
    return [
        {"id": relationship, "relationship": [relationship], "scheme": "ocid", "identifier": ocid}
        for relationship, ocid in related
        if ocid
    ]


def _after(past: Past, notice: Announcement, stage: Stage) -> Past:
    return replace(
        past,
        tags=past.tags | {stage.tag},
        releases=(*past.releases, notice.id),
        awards=tuple((dict(past.awards) | dict(stage.statuses)).items()),
        value=notice.tender.value(FactName.BUDGET) or past.value,
        deadline=notice.tender.value(FactName.BID_DEADLINE) or past.deadline,
    )
