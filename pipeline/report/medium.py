"""Through which medium a claim's publications were published."""

import re
from dataclasses import dataclass

from pipeline.report.numbers import Counted
from pipeline.report.words import INTRODUCED, ISSUED, SENT, SUMMED, WITHIN, channel_named

_BARE_PORTAL = re.compile(r"(?<![局厅委部院处办会司])(?<!官方)门户网站")
_BEFORE = 160  # characters before a sentence that may name the site it goes on about
_OTHER = re.compile("其[他它]")
# What comes after a count of conferences or printed pages is of some other medium.
_OCCASIONAL = frozenset({"press_conference", "gazette", "newspaper_radio"})
_SUMS = frozenset({"总计", "合计", "共计", "总共"})
_COLUMN = re.compile("栏目|专栏")  # of a site, which the words around may name
_SITES = frozenset({"portal", "government_portal"})
_PUBLISHED = re.compile(r"公开|发布|公布|公示")
_SITE = re.compile(r"网站|门户|栏目|官网|(?:建设|信息|公开|政务)网")
_CONTINUED = frozenset({"、", "和"})


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a counted thing: media are None where there is no such claim."""

    text: str  # the even text
    government: bool  # the report is a government's, not a department's
    parent: str | None  # medium of the total that it is listed under
    last: str | None  # ... of the claim before it in its sentence
    sibling: bool  # that claim stands in the same list
    earlier: str | None  # ... of the last total of the sentence before


def channel_of(found: Counted, around: Around) -> tuple[str, bool]:
    """The medium, and whether the claim's own sentence leaves it unnamed."""
    if found.unit in {"场", "场次"}:
        return "press_conference", False
    if named := channel_named(found.clause.partition("转载")[0]) or channel_named(found.tail):
        return _own(named, found.clause + found.tail, around), False
    if _of_several(found.clause):
        return "mixed", False
    if ISSUED.search(found.clause) and not _PUBLISHED.search(found.clause):
        return "", False  # what an office made is not yet in any medium
    if _COLUMN.search(found.clause):
        return next((near for near in (around.last, around.parent) if near in _SITES and near), "portal"), False
    if (near := _of_its_neighbours(found, around)) is not None:
        return near, False
    if named := channel_named(found.leads.partition("转载")[0]):
        return _own(named, found.leads, around), False
    return _carried(found, around), True


def _of_several(clause: str) -> bool:
    """通过公共查阅室 names a medium that we have no word for, 合计 adds up several."""
    introduced = INTRODUCED.match(clause) and not WITHIN.search(clause)
    words = clause.lstrip(",、和;")
    return bool(introduced) or words[:2] in _SUMS or (words != "" and SUMMED.match(words) is not None)


def _of_its_neighbours(found: Counted, around: Around) -> str | None:
    """The medium of the neighbour in a list, of the total, of the sentence; None where there is none of them."""
    if around.last is not None and around.sibling and found.before[:1] in _CONTINUED:
        return "mixed" if _OTHER.search(found.clause) else around.last
    if around.parent is not None:
        return around.parent or "mixed"
    if around.last is not None:
        return "mixed" if around.last in _OCCASIONAL else around.last
    return None


def _own(named: str, words: str, around: Around) -> str:
    """The 门户网站 of a government is the government's; that of a department is its own."""
    bare = named == "portal" and around.government and _BARE_PORTAL.search(words)
    return "government_portal" if bare else named


def _carried(found: Counted, around: Around) -> str:
    """The site that the text spoke of just before; "mixed" when it spoke of none."""
    if SENT.search(found.clause):
        return "mixed"
    if around.earlier in _SITES:
        return around.earlier or "mixed"
    sentence = max(0, found.number_start - len(found.leads))
    paragraph = around.text.rfind("\n", max(0, sentence - _BEFORE), sentence) + 1
    before = around.text[max(paragraph, sentence - _BEFORE) : sentence]
    named = _own(channel_named(before) or "portal", before, around) if _SITE.search(before) else "mixed"
    return named if named in _SITES else "mixed"
