"""The candidates of a notice, put together from the tables, blocks and sentences that speak of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.tender.candidate import CandidateDraft, better, fill, fill_rest
from pipeline.tender.labels.pairs import Pair, Value
from pipeline.tender.labels.roles import Role
from pipeline.tender.labels.shapes import rank_of
from pipeline.tender.price import Price
from pipeline.tender.values import StatedValue, firm_at

UNRANKED = re.compile(
    r"排名不分(?:先后|顺序|次序)|(?:不|未)(?:标明|分|区分|作|做|予|进行)?(?:先后)?(?:排序|排名|顺序|先后)|排名无先后|名单不排序|无排序|无先后(?:顺序|之分)|不分(?:先后|排名)|定标(?:候选人|侯选人)|按(?:姓氏|投标人名称|拼音|随机|递交).{0,10}(?:排列|排序|顺序)"
)
_SCORED = re.compile(
    r"^(?P<name>[一-龥（）()A-Za-z·]{4,60}?)[\s:：,，]{0,4}(?:综合)?(?:总分|得分|评分|评审得分|最终得分|总得分)[:：\s]{0,3}\d{1,3}(?:\.\d{1,4})?分?$"
)
_ORDERED = re.compile(r"排序|排名|顺序|名次")

_MOST = 200  # candidates of one notice; frameworks with eighty have been met
_NAMES = frozenset((Role.CANDIDATE, Role.SUPPLIER, Role.NAME, Role.WINNER))
_CLOSED = frozenset((Role.REJECTED, Role.RECORD, Role.SCORES))


def drafts_of(text: str, pairs: Sequence[Pair], *, award: bool) -> list[CandidateDraft]:
    """The candidates in the order of the text. In an award, firms are candidates only where they are called so."""
    gathered = _Gathered()
    for table in _tables(pairs):
        gathered.add_all(_across(text, table))
    gathered.add_all(draft for record in _records(pairs) if (draft := _record(text, record, award=award)) is not None)
    gathered.add_all(_blocks(text, pairs))
    gathered.add_all(_said(text))
    named = {draft.name.value: draft for draft in gathered.all if draft.name is not None}
    for found in _scored_lines(text) if named or not award else ():
        named.setdefault(found.value, CandidateDraft(name=found))
    return sorted(named.values(), key=lambda draft: draft.name.start if draft.name else 0)


class _Gathered:
    """Candidates so far: what is said of the same name, or of the same rank of one list, is one."""

    def __init__(self) -> None:
        self.all: list[CandidateDraft] = []

    def add_all(self, drafts: Iterable[CandidateDraft]) -> None:
        for draft in drafts:
            self._add(draft)

    def _add(self, new: CandidateDraft) -> None:
        if len(self.all) >= _MOST:
            return
        old = self._same(new)
        if old is None:
            self.all.append(new)
            return
        if new.rank is not None and old.rank is not None and old.rank != new.rank:
            return
        old.rank = old.rank if old.rank is not None else new.rank
        old.name = old.name or new.name
        _merge_price(old, new)
        if new.person and (old.person is None or better(new.person_role, old.person_role)):
            old.person, old.person_role = new.person, new.person_role
        old.duration = old.duration or new.duration

    def _same(self, new: CandidateDraft) -> CandidateDraft | None:
        if new.name is not None:
            for known in self.all:
                if known.name is not None and _alike(known.name.value, new.name.value):
                    return known
        if new.rank is None:
            return None
        ranked = [draft for draft in self.all if draft.rank == new.rank]
        if len(ranked) != 1 or (new.name is not None and ranked[0].name is not None):
            return None
        return ranked[0]


def _alike(one: str, other: str) -> bool:
    """The same name, however its brackets are written."""
    table = str.maketrans("（）", "()")
    return one.translate(table) == other.translate(table)


def _merge_price(old: CandidateDraft, new: CandidateDraft) -> None:
    if not new.price:
        old.price = old.price or new.price
        return
    if not old.price:
        old.price, old.price_label = new.price, new.price_label
    elif old.price_label == new.price_label and (differing := _differing(old.price, new.price)):
        old.conflicts.append(f"{old.name.value if old.name else 'a candidate'} bids {differing}")


def _differing(old: Price, new: Price) -> str:
    """The two amounts where two prices state different ones."""
    if not old.amount or not new.amount or Decimal(old.amount.value) == Decimal(new.amount.value):
        return ""
    return f"{old.amount.value} and {new.amount.value} yuan"


# --- tables whose columns are the candidates --------------------------------------------------------------------------


def _tables(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """The rows of labels beside values, table by table."""
    tables: dict[int, list[Pair]] = {}
    for pair in pairs:
        if pair.table >= 0 and pair.record < 0 and pair.section not in _CLOSED:
            tables.setdefault(pair.table, []).append(pair)
    yield from tables.values()


def _across(text: str, rows: Sequence[Pair]) -> list[CandidateDraft]:
    names = _row_of_names(rows)
    if names is None:
        return []
    drafts: dict[int, CandidateDraft] = {}
    for number, value in enumerate(names.values):
        if (name := firm_at(text, value.start, value.end)) is not None:
            drafts[number] = CandidateDraft(name=name)
    for row in (row for row in rows if row is not names):
        for number, value in _by_column(names.values, row.values):
            if number in drafts:
                fill(text, drafts[number], row, value)
    return list(drafts.values())


def _row_of_names(rows: Sequence[Pair]) -> Pair | None:
    """The row of the candidates' names: called so, else one of names as wide as the row of ranks."""
    called = [row for row in rows if row.role is Role.CANDIDATE and row.values and not row.label.rank]
    several = [row for row in called if len(row.values) >= 2]
    ranks = next((row for row in rows if row.role is Role.RANK and len(row.values) >= 2), None)
    ranked = [row for row in rows if ranks and row.role in _NAMES and len(row.values) == len(ranks.values)]
    return next(iter([*several, *ranked, *called]), None)


def _by_column(names: Sequence[Value], values: Sequence[Value]) -> Iterator[tuple[int, Value]]:
    """Each value with the number of the candidate in whose column it stands."""
    columns = {value.column: number for number, value in enumerate(names)}
    if len(names) == len(values) and not all(value.column in columns for value in values):
        yield from enumerate(values)
        return
    for value in values:
        if value.column in columns:
            yield columns[value.column], value


# --- tables whose rows are the candidates -----------------------------------------------------------------------------


def _records(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    records: dict[int, list[Pair]] = {}
    for pair in pairs:
        if pair.record >= 0 and pair.section not in _CLOSED:
            records.setdefault(pair.record, []).append(pair)
    yield from records.values()


def _record(text: str, record: Sequence[Pair], *, award: bool) -> CandidateDraft | None:
    roles = {pair.role for pair in record}
    called = Role.CANDIDATE in roles or Role.RANK in roles or record[0].section is Role.CANDIDATE
    if not called and (award or not roles & {Role.SUPPLIER, Role.NAME} or not roles & {Role.PRICE, Role.RATE}):
        return None
    draft = CandidateDraft()
    for pair in record:
        value = pair.values[0]
        if pair.role in _NAMES and draft.name is None:
            draft.name = firm_at(text, value.start, value.end)
            draft.rank = draft.rank or pair.label.rank
        elif pair.role is Role.INDEX and _counts_ranks(text, pair):
            draft.rank = draft.rank or rank_of(text[value.start : value.end])
        else:
            fill(text, draft, pair, value)
    return draft if draft.name else None


def _counts_ranks(text: str, pair: Pair) -> bool:
    """A running number is a rank only under a heading that speaks of an order."""
    return bool(_ORDERED.search(text[max(0, pair.table - 60) : pair.table]))


# --- blocks and sentences ---------------------------------------------------------------------------------------------


def _blocks(text: str, pairs: Sequence[Pair]) -> list[CandidateDraft]:
    """第一中标候选人：甲 … 投标报价：… : what follows a candidate is said of it, up to the next."""
    drafts: list[CandidateDraft] = []
    current: CandidateDraft | None = None
    for pair in pairs:
        if pair.record >= 0 or (pair.role is Role.CANDIDATE and len(pair.values) > 1 and pair.table >= 0):
            continue
        if current is not None and current.name is None and pair.values and pair.role in (Role.NAME, Role.SUPPLIER):
            current.name = firm_at(text, *_span(pair.values))
        elif _opens(pair):
            current = _opened(text, pair)
            drafts.append(current)
        elif (pair.role in _CLOSED and not pair.values) or pair.role in (Role.BUYER, Role.AGENCY, Role.PUBLICITY):
            current = None
        elif current is not None and pair.values and pair.section not in _CLOSED:
            fill(text, current, pair, pair.values[0], whole=_span(pair.values))
    return drafts


def _opens(pair: Pair) -> bool:
    if pair.section in _CLOSED:
        return False
    return pair.role is Role.CANDIDATE or (pair.role in (Role.NAME, Role.SUPPLIER) and pair.section is Role.CANDIDATE)


def _opened(text: str, pair: Pair) -> CandidateDraft:
    draft = CandidateDraft(rank=pair.label.rank)
    if pair.values:
        start, end = _span(pair.values)
        draft.name = firm_at(text, start, end)
        if draft.name is not None:
            fill_rest(text, draft, draft.name.end, end)
    return draft


_SAID = re.compile(
    r"(?:推荐|确定|评定|[；;。：:\n，,][ \t]{0,3}(?!推荐|确定|评定))\s{0,3}(?P<name>[一-龥A-Za-z（）()· 、]{4,80}?)"
    r"\s{0,2}为\s{0,2}(?:本(?:项目|标段|次招标)的?)?"
    r"(?P<rank>第[一二三四五六七八九十]名?(?:中标|成交|中选)?候选(?:人|单位|供应商))"
)


def _said(text: str) -> list[CandidateDraft]:
    """推荐甲公司为第一中标候选人，投标报价为…: what sentences tell."""
    drafts: list[CandidateDraft] = []
    if "候选" not in text:
        return drafts
    found = list(_SAID.finditer(text, 0, 60_000))
    for match, after in zip(found, [*found[1:], None], strict=False):
        if (name := firm_at(text, *match.span("name"))) is not None:
            draft = CandidateDraft(rank=rank_of(match["rank"]), name=name)
            fill_rest(text, draft, match.end(), after.start() if after else match.end() + 160)
            drafts.append(draft)
    return drafts


def _span(values: Sequence[Value]) -> tuple[int, int]:
    return values[0].start, values[-1].end


def _scored_lines(text: str) -> Iterable[StatedValue]:
    """Lines of a firm and its score where a list of candidates did not fit into its form: at least two of them."""
    found: list[StatedValue] = []
    if "候选人" not in text and "侯选人" not in text:
        return found
    at = 0
    for line in text.split("\n"):
        if 8 <= len(line) <= 90 and (match := _SCORED.match(line.strip())):
            begin = at + line.index(match["name"])
            if (name := firm_at(text, begin, begin + len(match["name"]))) is not None:
                found.append(name)
        at += len(line) + 1
    return found if len(found) >= 2 else []
