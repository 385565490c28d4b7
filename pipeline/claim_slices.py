"""Which part of the archive a claim speaks of."""

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model import Bucket, Claim, Hole, Interval, Report


class Scope(StrEnum):
    """Where the publications of a claim would be found."""

    PORTAL = "portal"  # postings of the source
    REGISTER = "register"  # the office's own list of what stood in newspapers and on the radio
    EVERYWHERE = "everywhere"  # the portal and media that nobody observed


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the archive. Buckets left empty: all of them."""

    scope: Scope
    year: int
    month: int | None = None
    buckets: tuple[Bucket, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What the archive holds of a slice under one definition.

    `interval.low` counts only what surely falls in the slice: it is what an underclaim is proved by.
    """

    interval: Interval
    holes: tuple[Hole, ...] = ()
    observed: bool = True  # False: nothing of it was ever looked at, or no register was brought


ALL_BUT_NOTICES = tuple(bucket for bucket in Bucket if bucket is not Bucket.NOTICE)

_PUBLICATIONS = frozenset({"条", "条次", "篇", "篇次", "则", "件", None})
_PERIOD = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:-(?P<month>0[1-9]|1[0-2]))?")
_GOVERNMENT = re.compile(r"(?:政府|[省市县区乡镇])$")
_ELSEWHERE = re.compile(r"报送|推送|上报|采用|录用|转载")
_BUCKETS = (
    (Bucket.TENDER_AND_AWARD, re.compile(r"招标|中标|招投标|采购|标讯|成交")),
    (Bucket.NOTICE, re.compile(r"公告通知|通知公告|公示公告|公告公示|公告、公示|通知、公告|通知通告")),
    (
        Bucket.INDUSTRY_NEWS,
        re.compile(r"行业动态|工作动态|信息动态|动态要闻|要闻|动态信息|行业资讯|建设资讯|新闻动态|动态类"),
    ),
    (Bucket.LIVELIHOOD_PICTURES, re.compile(r"图片|图文|建设成就|风景名胜|专栏图")),
)
_TOTALS = frozenset({"合计", "门户合计", "政府网站"})


def slices_of(index: int, report: Report) -> tuple[Slice, ...]:
    """The readings of a claim, the plainest first; none when the archive cannot speak of it.

    A portal's total has two: reports name it after the channel 公告通知 and leave open whether that is in it.
    """
    claim = report.claims[index]
    period = _PERIOD.fullmatch(claim.year)
    scope = _scope(claim, report)
    if period is None or scope is None or claim.unit not in _PUBLICATIONS:
        return ()
    year, month = int(period["year"]), int(period["month"]) if period["month"] else None
    if scope is Scope.REGISTER:
        return (Slice(scope, year, month),)
    if claim.category in _TOTALS:
        return (Slice(scope, year, month), Slice(scope, year, month, ALL_BUT_NOTICES))
    bucket = _bucket(claim)
    return (Slice(scope, year, month, (bucket,)),) if bucket else ()


def _scope(claim: Claim, report: Report) -> Scope | None:
    if claim.kind not in {"", "stat_table_cell"} or _ELSEWHERE.search(claim.text):
        return None
    if claim.kind:
        return {"合计": Scope.EVERYWHERE, "政府网站": Scope.PORTAL}.get(claim.category)
    if claim.channel == "government_portal":
        # A department's report speaks of the government's site there, not of its own.
        return Scope.PORTAL if _GOVERNMENT.search(report.issuer) else None
    return {
        "portal": Scope.PORTAL,
        "newspaper_radio": Scope.REGISTER,
        "mixed": Scope.EVERYWHERE,
    }.get(claim.channel)


def _bucket(claim: Claim) -> Bucket | None:
    """The one line that the words name; None for none and for several."""
    named = [bucket for bucket, words in _BUCKETS if words.search(claim.text)]
    return named[0] if len(named) == 1 else None
