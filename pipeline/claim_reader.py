"""From the counted things of a report's prose to claims: in which list, of which year, through which medium."""

import re
from dataclasses import dataclass, field, replace

from pipeline.claim_judge import is_claim
from pipeline.claim_scan import Counted
from pipeline.claim_text import EvenText
from pipeline.claim_title import Title
from pipeline.claim_tree import OpenLists, opens_list
from pipeline.claim_words import (
    EVENT,
    EVENT_UNITS,
    HARD,
    INTRODUCED,
    PRODUCED,
    PUBLISH,
    SUMMED,
    WITHIN,
    category_of,
    channel_named,
    quote_start,
    subject_in,
)
from pipeline.model import Claim

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年(?P<since>以来)?")
_LAST_YEAR = re.compile(r"去年|上年|上一年")
_UP_TO_A_DAY = re.compile(r"截[至止][^,]{0,14}[底日末]|开通以来|建站以来|历年")

_REMEMBERED = 20  # totals of a sentence that the next one may speak of


@dataclass(slots=True)
class Reading:
    """The claims read so far and where the reader stands; lives for one report."""

    prose: EvenText
    title: Title
    original: str
    claims: list[Claim] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    lists: OpenLists = field(default_factory=OpenLists)
    sentence: int = -1
    last: int | None = None  # the sentence's latest claim
    last_leads: str = ""  # the sentence up to its number
    after: bool | None = None  # was the sentence's latest counted thing a claim? None: there was none
    roots: list[int] = field(default_factory=list)  # claims of this sentence that stand in no list
    earlier: list[int] = field(default_factory=list)  # ... of the latest sentence before that has any
    within: list[tuple[list[int], list[int]]] = field(default_factory=list)  # items of a 其中 sentence, possible totals

    def read(self, found: Counted) -> None:
        """Judge one counted thing and keep it when it is a claim."""
        if found.sentence != self.sentence:
            self._begin(found)
        self.lists.settle(found, self.claims)
        if opens_list(found):
            self._open(found)
        self.after = is_claim(found, listed=self.lists.holds(found), after=self.after)
        if self.after:
            self._keep(found)

    def settled(self) -> list[Claim]:
        """The claims; a sentence that starts with 其中 belongs to the nearest total before it that can hold it."""
        for items, totals in self.within:
            reached = sum(self.claims[index].count for index in items)
            able = [total for total in totals if self.claims[total].count >= reached]
            for index in items if able else ():
                self.claims[index] = replace(self.claims[index], parent=able[-1])
        return self.claims

    def _begin(self, found: Counted) -> None:
        self.lists.clear()
        if self.roots:
            self.earlier, self.roots = self.roots[-_REMEMBERED:], []
        if self.paragraphs and found.paragraph - self.paragraphs[-1] > 1:
            self.earlier = []
        self.sentence, self.last, self.after = found.sentence, None, None

    def _open(self, found: Counted) -> None:
        if self.after:
            self.lists.open(self.last, found)
        elif self.after is None and WITHIN.search(found.before):
            if self.earlier:
                self.within.append(([], self.earlier))
                self.lists.open(self.earlier[-1], found)
            elif PUBLISH.search(found.before) and not HARD.search(found.before):
                self.lists.open(None, found)

    def _keep(self, found: Counted) -> None:
        parent = self.lists.take(found)
        index = len(self.claims)
        claim = self._claim(found, parent)
        if self.within and parent == self.within[-1][1][-1]:
            self.within[-1][0].append(index)
        if parent is None:
            claim = self._part_of_cumulative(found, claim)
            self.roots.append(index)
        self.claims.append(claim)
        self.paragraphs.append(found.paragraph)
        self.last, self.last_leads = index, found.leads

    def _part_of_cumulative(self, found: Counted, claim: Claim) -> Claim:
        """累计公开9000条,2018年公开2000条: the first number is of all years and holds the second."""
        last = self.claims[self.last] if self.last is not None else None
        if self.last is None or last is None or last.count < claim.count or not _YEAR.search(found.clause):
            return claim
        if "累计" not in self.last_leads or _YEAR.search(self.last_leads):
            return claim
        self.claims[self.last] = replace(last, year="all")
        return replace(claim, parent=self.last)

    def _claim(self, found: Counted, parent: int | None) -> Claim:
        start = self.prose.origin(found.start + quote_start(found.clause))
        end = self.prose.origin(self._end(found) - 1) + 1
        clause = found.clause
        produced = PRODUCED.search(clause) and not PUBLISH.search(PRODUCED.split(clause)[-1])
        return Claim(
            text=self.original[start:end],
            start=start,
            end=end,
            subject=subject_in(clause) or self.title.issuer,
            channel="" if produced else self._channel(found, parent),
            category="新闻发布会" if found.unit in EVENT_UNITS and EVENT.search(clause) else category_of(clause),
            count=found.count,
            unit=found.unit,
            approximate=found.approximate,
            lower_bound=found.lower_bound,
            year=self._year(found, parent),
            parent=parent,
            kind="produced_not_published" if produced else "",
        )

    def _end(self, found: Counted) -> int:
        """举办191场新闻发布会: what was counted follows the number."""
        behind = bool(found.tail) and EVENT.search(found.tail) and not EVENT.search(found.clause)
        return found.end + len(found.tail) if behind else found.end

    def _channel(self, found: Counted, parent: int | None) -> str:
        if found.unit in {"场", "场次"}:
            return "press_conference"
        if named := channel_named(found.clause.partition("转载")[0]):
            return named
        if INTRODUCED.match(found.clause) or SUMMED.match(found.clause[:2]):
            # 通过公共查阅室 names a medium that we have no word for, 合计 adds up several.
            return "mixed"
        if parent is not None:
            return self.claims[parent].channel
        if self.last is not None:
            return self.claims[self.last].channel
        return channel_named(found.leads.partition("转载")[0]) or "mixed"

    def _year(self, found: Counted, parent: int | None) -> str:
        if stated := list(_YEAR.finditer(found.clause)):
            return self._period(stated[-1])
        if _LAST_YEAR.search(found.clause) and self.title.year:
            return str(self.title.year - 1)
        if "累计" in found.clause and _UP_TO_A_DAY.search(found.leads):
            return "all"
        if parent is not None:
            return self.claims[parent].year
        stated = list(_YEAR.finditer(found.leads))
        return self._period(stated[-1]) if stated else self.title.period

    def _period(self, stated: re.Match[str]) -> str:
        if stated["since"]:
            return f"{stated[1]}-{self.title.year}" if self.title.year else ""
        return self.title.period if stated[1] == str(self.title.year) else stated[1]
