"""From the counted things of a report's prose to claims: in which list, of which year, through which medium."""

import re
from dataclasses import dataclass, field, replace

from pipeline.model import Claim
from pipeline.report.judge import is_claim, is_comparison
from pipeline.report.medium import Around, channel_of
from pipeline.report.numbers import Counted
from pipeline.report.text import EvenText
from pipeline.report.title import PART_OF_YEAR, Title, part_of_year
from pipeline.report.tree import OpenLists, opens_list
from pipeline.report.words import (
    CUT,
    EVENT,
    EVENT_UNITS,
    GROWN,
    HARD,
    PRODUCED,
    PUBLISH,
    WITHIN,
    category_of,
    quote_start,
    subject_in,
)

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年(?P<since>[^,;。0-9\n]{0,16}?(?<!今年)(?<!一年)(?:以来|至今))?")
_YEARS = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})年?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?起?,?(?:至|到|[-—~]{1,2})(?!\1)((?:19|20)[0-9]{2})年"
)
_LAST_YEAR = re.compile(r"去年|上年|上一年")
_UP_TO_A_DAY = re.compile(r"(?:截[至止]|^[至到]|,[至到])[^,]{0,14}[底日末]|开通以来|建站以来|历年")


_SUM = re.compile("(?:总计|合计|共计|总共)[:为]?")  # on a line of its own below the numbers that it adds up
_REMEMBERED = 20  # totals of a sentence that the next one may speak of


@dataclass(slots=True)
class ProseReader:
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
    last_semicolon: bool = False  # a semicolon stood before it
    after: bool | None = None  # was the sentence's latest counted thing a claim? None: there was none
    roots: list[int] = field(default_factory=list)  # claims of this sentence that stand in no list
    earlier: list[int] = field(default_factory=list)  # ... of the latest sentence before that has any
    carried: set[int] = field(default_factory=set)  # claims whose own sentence names no medium
    incomplete: set[int] = field(default_factory=set)  # totals in whose lists something else is counted, too
    within: list[tuple[list[int], list[int]]] = field(default_factory=list)  # items of a 其中 sentence, possible totals

    def read(self, found: Counted) -> None:
        """Judge one counted thing and keep it when it is a claim."""
        if found.sentence != self.sentence:
            self._begin(found)
        self.lists.settle(found)
        if opens_list(found):
            self._open(found)
        claimed = is_claim(found, listed=self.lists.holds(found), after=self.after)
        if claimed or not is_comparison(found):  # 同比增加218条 leaves the sentence where it was
            self.after = claimed
        if claimed:
            self._keep(found)
        elif not is_comparison(found) and (total := self.lists.parent_of(found)) is not None:
            self.incomplete.add(total)

    def settled(self) -> list[Claim]:
        """The claims; a sentence that starts with 其中 belongs to the nearest total before it that can hold it."""
        for items, totals in self.within:
            reached = sum(self.claims[index].count for index in items)
            able = [total for total in totals if self.claims[total].count >= reached]
            for index in items if able else ():
                self._move(index, totals[-1], able[-1])
            if able and totals[-1] in self.incomplete:
                self.incomplete.add(able[-1])
        return self.claims

    def _move(self, index: int, taken: int, parent: int) -> None:
        """Under the right total, with that total's year in place of the one taken first."""
        claim, year = self.claims[index], self.claims[parent].year
        self.claims[index] = replace(
            claim, parent=parent, year=year if claim.year == self.claims[taken].year else claim.year
        )

    def _begin(self, found: Counted) -> None:
        self.lists.clear()
        if self.roots:
            self.earlier, self.roots = self.roots[-_REMEMBERED:], []
        elif self.after is False and self.last is None:
            self.earlier = []  # the sentence before counted something else: 其中 speaks of that
        near = bool(self.paragraphs) and found.paragraph - self.paragraphs[-1] <= 1
        if not near:
            self.earlier = []
        goes_on = near and self.after and _SUM.fullmatch(found.clause)
        self.sentence, self.last, self.after = found.sentence, None, True if goes_on else None

    def _open(self, found: Counted) -> None:
        if CUT.search(found.before) and (totals := self.roots or self.earlier):
            self.lists.clear()
            self.lists.open(totals[-1], found, whole=self.claims[totals[-1]].count)
        elif self.after and self.last is not None:
            whole = self.claims[self.last].count
            self.lists.open(self.last, found, whole=whole, between_semicolons=self.last_semicolon)
        elif self.after is None and WITHIN.search(found.before) and self.earlier:
            totals = self._of_the_period(self.earlier)
            self.within.append(([], totals))
            self.lists.open(totals[-1], found, whole=max(self.claims[total].count for total in totals))
        elif self.after is None and PUBLISH.search(found.before) and not HARD.search(found.before):
            self.lists.open(None, found)

    def _of_the_period(self, totals: list[int]) -> list[int]:
        """Those of the report's own year, all when there are none: no list belongs to the number compared with."""
        return [index for index in totals if self.claims[index].year == self.title.period] or totals

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
        self.last, self.last_leads, self.last_semicolon = index, found.leads, found.semicolon

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
        last = None if self.last is None else self.claims[self.last]
        around = Around(
            text=self.prose.text,
            government=self.title.government,
            parent=None if parent is None else self.claims[parent].channel,
            last=None if last is None else last.channel,
            sibling=last is not None and last.parent == parent,
            earlier=self.claims[self.earlier[-1]].channel if self.earlier else None,
        )
        channel, unnamed = channel_of(found, around)
        if unnamed:
            self.carried.add(len(self.claims))
        return channel

    def _year(self, found: Counted, parent: int | None) -> str:
        year = self._whole_year(found, parent)
        part = PART_OF_YEAR.search(found.clause)
        if part is None and self.last is None and "全年" not in found.clause:
            part = PART_OF_YEAR.search(found.leads)
        return f"{year}-{part_of_year(part)}" if part and len(year) == 4 else year

    def _whole_year(self, found: Counted, parent: int | None) -> str:
        if years := _YEARS.search(found.clause) or (_YEARS.search(found.leads) if self.last is None else None):
            return f"{years[1]}-{years[2]}"
        if stated := list(_YEAR.finditer(found.clause)):
            return self._period(stated[-1])
        if GROWN.search(found.clause):
            return self.title.period
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
