"""Pieces of an OCDS 1.1 release: what a notice states, in the standard's terms."""

from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from pipeline.model import NoticeType
from pipeline.tender.facts import FactName, Tender
from pipeline.values.text import folded

Json = dict[str, Any]
OWN = "x_duizhang"  # what the standard has no field for stands under this name


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a posting can be found again: in the archive's tables, in its WARC files, on the portal."""

    posting: str
    source: str
    channel: str
    url: str
    capture: str
    warc: str
    position: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """One document of a procedure, with what its notice states. Reposts are in `also`."""

    origin: Origin
    notice_type: NoticeType
    title: str
    date: datetime  # in the source's zone
    tender: Tender
    dated: bool = True  # False: the page has no date, and `date` is when we first saw it
    void: bool = False
    region: str = ""
    lot: str = ""
    round: int = 1
    supersedes: tuple[str, ...] = ()  # postings
    also: tuple[Origin, ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()  # name, address

    @property
    def id(self) -> str:
        """The release's: the posting's, which is the same after every rebuild."""
        return self.origin.posting

    def stated(self, name: FactName) -> tuple[str, ...]:
        """The values of that fact in the order of the text, one of those that differ in width and spacing only."""
        found: dict[str, str] = {}
        for fact in self.tender.all(name):
            found.setdefault(folded(fact.value), fact.value)
        return tuple(found.values())


def number_of(yuan: str) -> int | float | None:
    """The amount as a number that prints as the same digits; None where JSON's numbers cannot hold it."""
    try:
        exact = Decimal(yuan)
    except InvalidOperation:
        return None
    if not exact.is_finite():
        return None
    if exact == exact.to_integral_value():
        return int(exact) if abs(exact) < 2**53 else None
    near = float(exact)
    return near if Decimal(repr(near)) == exact else None


def value_of(yuan: str) -> Json:
    """A Value in yuan; with the digits as text where no number holds them."""
    amount = number_of(yuan)
    return {"currency": "CNY", OWN: {"amount": yuan}} if amount is None else {"amount": amount, "currency": "CNY"}


def moment(stated: str, zone: tzinfo | None, at: time) -> str:
    """A day or a minute as the text states it, as a time with its zone; a bare day is at `at`. "" for no date."""
    try:
        when = datetime.fromisoformat(stated)
    except ValueError:
        return ""
    day_only = len(stated) == len("2014-06-03")
    return (datetime.combine(when.date(), at) if day_only else when).replace(tzinfo=zone).isoformat()


def deadline_of(notice: Announcement) -> Json:
    """A Period that ends at the deadline for bids, empty where none is stated; a bare day ends at its last second."""
    stated = notice.tender.value(FactName.BID_DEADLINE)
    end = moment(stated, notice.date.tzinfo, time(23, 59, 59)) if stated else ""
    return {"endDate": end} if end else {}


def party_id(name: str) -> str:
    """Equal for one name in all its widths and spacings. Portals give no register's number, so it is our own."""
    return "name-" + sha256(folded(name).encode()).hexdigest()[:16]


def reference(name: str) -> Json:
    """An OrganizationReference."""
    return {"id": party_id(name), "name": name}


def parties_of(roles: list[tuple[str, tuple[str, ...]]]) -> list[Json]:
    """The parties by name, each once with all the roles that it has in this release."""
    found: dict[str, Json] = {}
    for name, own in roles:
        party = found.setdefault(party_id(name), {**reference(name), "identifier": {"legalName": name}, "roles": []})
        party["roles"] += [role for role in own if role not in party["roles"]]
    return list(found.values())


_DOCUMENT_TYPES = {
    NoticeType.PLAN: "procurementPlan",
    NoticeType.TENDER_NOTICE: "tenderNotice",
    NoticeType.PREQUALIFICATION: "tenderNotice",
    NoticeType.SINGLE_SOURCE: "tenderNotice",
    NoticeType.CORRECTION: "tenderNotice",
    NoticeType.POSTPONEMENT: "tenderNotice",
    NoticeType.SUSPENSION: "tenderNotice",
    NoticeType.ADDENDUM: "clarifications",
    NoticeType.CLARIFICATION: "clarifications",
    NoticeType.PREQUALIFICATION_RESULT: "shortlistedFirms",
    NoticeType.BID_OPENING_RECORD: "bidders",
    NoticeType.AWARD_CANDIDATES: "awardNotice",
    NoticeType.AWARD_RESULT: "awardNotice",
    NoticeType.AWARD_NOTICE_UNSPECIFIED: "awardNotice",
    NoticeType.AWARD_CHANGE: "awardNotice",
    NoticeType.OBJECTION: "complaints",
    NoticeType.TERMINATION: "cancellationDetails",
    NoticeType.CONTRACT: "contractNotice",
}


def documents_of(notice: Announcement) -> list[Json]:
    """The notice itself and what is attached to it."""
    own: Json = {
        "id": notice.id,
        "documentType": _DOCUMENT_TYPES[notice.notice_type],
        "title": notice.title,
        "url": notice.origin.url,
        "format": "text/html",
        "language": "zh",
    }
    if notice.dated:
        own["datePublished"] = notice.date.isoformat()
    attached = [
        {"id": f"{notice.id}-{number}", "title": name, "url": url}
        for number, (name, url) in enumerate(notice.attachments, 1)
    ]
    return [own, *attached]


def amendment_of(notice: Announcement, amended: str, rationale: str = "") -> Json:
    """An Amendment by this notice; `amended` is the release whose words no longer stand alone."""
    amendment = {"id": notice.id, "date": notice.date.isoformat(), "description": notice.title, "releaseID": notice.id}
    if amended:
        amendment["amendsReleaseID"] = amended
    return amendment | ({"rationale": rationale} if rationale else {})


def pointer(origin: Origin) -> Json:
    """The way back to the bytes."""
    return {
        "posting": origin.posting,
        "source": origin.source,
        "channel": origin.channel,
        "url": origin.url,
        "capture": origin.capture,
        "warc": origin.warc,
        "position": origin.position,
        "length": origin.length,
        "digest": f"sha256:{origin.digest}",
    }


def own_of(notice: Announcement) -> Json:
    """What we know of a notice and the standard does not ask for."""
    own = pointer(notice.origin) | {"noticeType": notice.notice_type.value, "round": notice.round}
    said: Json = {"lot": notice.lot, "region": notice.region, "void": notice.void}
    own |= {name: value for name, value in said.items() if value}
    if not notice.dated:
        own["dateIs"] = "first_seen"
    if numbers := [*notice.stated(FactName.PROJECT_NO), *notice.stated(FactName.PROJECT_NO_ALT)]:
        own["projectNumbers"] = numbers
    if notice.also:
        own["alsoPublishedAs"] = [pointer(origin) for origin in notice.also]
    return own
