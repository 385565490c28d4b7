"""A notice opened for reading its tender: the text, its labels and values, and which kind of notice it is."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.model import NoticeType
from pipeline.tender.facts import Fact, FactName, FactPlace
from pipeline.tender.labels.cells import TextCell, grid_of
from pipeline.tender.labels.changes import Changes, changes_in
from pipeline.tender.labels.pairs import Pair, Value, pairs_of
from pipeline.tender.labels.roles import PEOPLE, Role
from pipeline.tender.values import StatedValue

_CLOSED = frozenset((Role.REJECTED, Role.RECORD, Role.SCORES))
# What also stands in tables of earlier works and of rejected bids.
_OF_OTHERS = (
    PEOPLE
    | {Role.NAME, Role.SUPPLIER, Role.CANDIDATE, Role.WINNER, Role.PRICE, Role.AWARD, Role.RATE}
    | {
        Role.PROJECT,
        Role.LOT_NAME,
        Role.BUYER,
        Role.DURATION,
        Role.RANK,
        Role.INDEX,
        Role.PLACE,
        Role.LOT,
        Role.UNIT_PRICE,
    }
)
_AWARDS = frozenset(
    (NoticeType.AWARD_RESULT, NoticeType.AWARD_CHANGE, NoticeType.CONTRACT, NoticeType.AWARD_NOTICE_UNSPECIFIED)
)
_TENDERS = frozenset((NoticeType.TENDER_NOTICE, NoticeType.PREQUALIFICATION, NoticeType.PLAN, NoticeType.SINGLE_SOURCE))
_OPEN = frozenset((NoticeType.UNDECIDABLE, NoticeType.OTHER_TENDER, NoticeType.NOTICE, NoticeType.OBJECTION))
_CHANGES = frozenset(
    (
        NoticeType.CORRECTION,
        NoticeType.ADDENDUM,
        NoticeType.CLARIFICATION,
        NoticeType.POSTPONEMENT,
        NoticeType.SUSPENSION,
    )
)


_LOT_HEADING = re.compile(
    r"(?:^|\n)[ \t\u3000]{0,8}(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]\s?)?"
    r"(?P<lot>第?[一二三四五六七八九十\dA-Z]{1,3}(?:标段|标包|合同段|包)|(?:合同包|采购包|标段|标项|分包|包)\s?[\dA-Z一二三四五六七八九十]{1,3})"
    r"[^\n：:]{0,40}[：:]?[ \t]{0,4}(?=\n|中标|成交|供应商)"
)


# Full-width digits and letters as ASCII, one for one: places in the text stay what they are.
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_DIGITS = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


@dataclass(frozen=True, slots=True)
class OpenedNotice:
    """What every part of the reader looks at."""

    title: str
    text: str
    kind: NoticeType
    cells: tuple[TextCell, ...]
    pairs: tuple[Pair, ...]
    records: dict[int, frozenset[Role]]  # what each row of a table with heads holds
    lots: tuple[tuple[int, str], ...]  # where the lots of a notice of several begin: 第一标段：, 采购包2
    changed: Changes = field(default_factory=Changes)  # of a notice that changes another: what was and what is

    @property
    def awards(self) -> bool:
        """Whether the notice may name a winner."""
        return self.kind in _AWARDS or self.kind in _OPEN or self.kind in _CHANGES

    @property
    def tenders(self) -> bool:
        """Whether the notice asks for bids, or changes one that does."""
        return self.kind in _TENDERS or self.kind in _OPEN or self.kind in _CHANGES

    @property
    def changes(self) -> bool:
        return self.kind in _CHANGES

    def of(self, *roles: Role) -> Iterator[Pair]:
        """The pairs of these roles that have a value and do not speak of other projects."""
        return (
            pair
            for pair in self.pairs
            if pair.role in roles and pair.values and not (pair.section in _CLOSED and pair.role in _OF_OTHERS)
        )

    def is_old(self, at: int) -> bool:
        """Whether the words at a place tell what was before this notice."""
        return self.changed.old_at(at) is not None

    def lot_at(self, at: int) -> str:
        """Under which lot's heading a place stands, "" before the first."""
        number = bisect_right(self.lots, at, key=lambda lot: lot[0])
        return self.lots[number - 1][1] if number else ""

    def words(self, value: Value) -> str:
        return self.text[value.start : value.end]


def opened(title: str, text: str, kind: NoticeType) -> OpenedNotice:
    text = text.translate(_DIGITS) if _WIDE.search(text) else text
    grid = grid_of(text)
    pairs = tuple(pairs_of(grid))
    changed = Changes()
    if kind in _CHANGES or kind is NoticeType.AWARD_CHANGE:
        changed = changes_in(text, grid.cells, grid.rows)
        pairs = tuple(_without_old(pair, changed) for pair in pairs)
    records: dict[int, set[Role]] = {}
    for pair in pairs:
        if pair.record >= 0:
            records.setdefault(pair.record, set()).add(pair.role)
    held = {record: frozenset(roles) for record, roles in records.items()}
    lots = tuple((match.start("lot"), match["lot"]) for match in _LOT_HEADING.finditer(text))
    return OpenedNotice(title, text, kind, grid.cells, pairs, held, lots, changed)


# What names the notice is said beside the old state and not changed by it.
_NAMES_NOTICE = frozenset(
    (Role.PROJECT, Role.PROJECT_NO, Role.PLAN_NO, Role.BUYER, Role.AGENCY, Role.LOT, Role.LOT_NAME)
) | {Role.BUYER_CONTACT, Role.AGENCY_CONTACT, Role.PUBLISHED, Role.CORRECTED}


def _without_old(pair: Pair, changed: Changes) -> Pair:
    """The pair with the values of the new state: 9月1日延期至9月8日 is 9月8日."""
    if pair.role in _NAMES_NOTICE:
        return pair
    kept = []
    for value in pair.values:
        old = changed.old_at(value.start)
        if old is None:
            kept.append(value)
        elif old.new_start < value.end:
            kept.append(Value(old.new_start, value.end, value.column))
    return pair if len(kept) == len(pair.values) and kept == list(pair.values) else replace(pair, values=tuple(kept))


def whole(pair: Pair) -> tuple[int, int]:
    """From the first to the last line of a value."""
    return pair.values[0].start, pair.values[-1].end


def fact(name: FactName, found: StatedValue, rule: str, kind: str = "", group: int = 0) -> Fact:
    return Fact(name, found.value, found.start, found.end, FactPlace.TEXT, kind, group, rule)


def rule_of(pair: Pair) -> str:
    """What found a fact: the label, or the head of the column."""
    return f"{'table' if pair.record >= 0 else 'label'}: {pair.label.words}"
