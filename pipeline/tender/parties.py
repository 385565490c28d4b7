"""Who asks for bids, who acts for them, and who won."""

import re
from collections.abc import Iterable, Iterator

from pipeline.tender.facts import Fact, FactName, FactPlace
from pipeline.tender.labels.pairs import Pair
from pipeline.tender.labels.roles import Role
from pipeline.tender.labels.shapes import is_office
from pipeline.tender.opened import OpenedNotice, fact, rule_of, whole
from pipeline.tender.values import StatedValue, firm_at, office_at

_S = r"\s{0,3}"
_WHO = r"(?P<who>[一-龥A-Za-z（）()·\s]{3,60}?)"
_BUYERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:招标人|采购人|建设单位|项目业主|招标单位|采购单位|比选人|发包人|业主){_S}(?:为|是|系){_S}{_WHO}{_S}[，,。；;（(]",
        rf"受{_S}{_WHO}{_S}(?:[（(](?:以下|下称|简称|采购人|招标人|项目业主)[^（）()]{{0,20}}[）)]){_S}(?:的)?{_S}委{_S}托",
        rf"受{_S}{_WHO}{_S}(?:的)?委托{_S}[，,。]?",
        rf"(?:采购人|采购单位|招标人)名称[：:]?{_WHO}(?=地址|中标|成交|代理|采购代理|联系|电话|项目|$)",
        rf"(?:^|[\n，,。：])\s{{0,3}}{_WHO}{_S}[（(](?:采购人|招标人|采购单位|招标单位|项目业主)(?:名称)?[）)]",
    )
)
_AGENCIES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"委{_S}托{_S}[，,]?{_S}{_WHO}{_S}[（(](?:以下)?(?:简称)?[：:]?{_S}[“\"]?(?:招标|采购)?(?:代理)?(?:机构|人)",
        rf"(?:招标|采购)?代理(?:机构|单位|人){_S}(?:为|是){_S}{_WHO}{_S}[，,。；;（(]",
        rf"委托{_S}{_WHO}{_S}(?:进行|组织|作为|担任|代理|为招标代理|负责)",
        rf"(?:^|[\n。])\s{{0,3}}{_WHO}{_S}(?:[（(][^（）()]{{0,24}}[）)])?{_S}受{_S}[一-龥（）()]{{3,40}}(?:的)?委托",
        rf"委托{_S}[，,]{_S}{_WHO}{_S}(?:就|对|现就|现对|以|采用|拟|按)",
    )
)
_WINNERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:中标|成交|中选)(?:人|单位|供应商|候选人为)?{_S}(?:为|是|确定为){_S}[：:]?{_S}{_WHO}{_S}(?:[，,。；;\n]|$)",
        rf"确定{_S}{_WHO}{_S}为(?:本(?:项目|工程|次(?:招标|采购)?|标段)的?)?(?:最终)?(?:中标|成交|中选)(?:人|单位|供应商)",
        rf"(?:中标|成交)(?:[（(]成交[）)])?供应商名称[：:]?{_WHO}(?=合同金额|中标|成交|地址|供应商)",
        rf"由{_S}{_WHO}{_S}(?:中标|成交|中选)[，,。；;]",
    )
)
_TITLE_PARTIES = re.compile(
    r"^(?:[\[【][^\[\]【】]{1,20}[\]】])?(?P<agency>[一-龥（）()]{4,40}?(?:公司|中心|事务所|代理处))关于(?P<buyer>[一-龥（）()]{3,40}?)(?:就其|采购|的|就)"
)
_WE = re.compile(r"我(?:公司|单位|局|院|校|中心|委|办|处|镇|乡|村|县|集团|部|馆)")
_LAST_CELLS = 20
_OPENING = 6000  # characters in which a sentence names the parties
_BUYER_WORDS = ("招标人", "采购人", "采购单位", "招标单位")  # surer than 建设单位, 业主 and the like


def buyers(read: OpenedNotice) -> list[Fact]:
    """The buyer: a label's value, else what a sentence or the title says."""
    found = _labelled(read, FactName.BUYER, Role.BUYER, Role.BUYER_CONTACT)
    found = found or list(_said(read, FactName.BUYER, _BUYERS)) or list(_in_title(read, "buyer", FactName.BUYER))
    found = found or list(_signed(read))
    return _one(found)


def _signed(read: OpenedNotice) -> Iterator[Fact]:
    """Who signs 我公司 or 我局 at the end is who buys."""
    if not _WE.search(read.text, 0, 5000):
        return
    for cell in read.cells[-_LAST_CELLS:]:
        found = office_at(read.text, cell.start, cell.end) if cell.label is None else None
        if found and found.end == cell.end and "".join(read.title.split()).startswith(found.value):
            yield fact(FactName.BUYER, found, "signature")
            return


def agencies(read: OpenedNotice) -> list[Fact]:
    """The agency: a label's value, else what a sentence or the title says."""
    found = _labelled(read, FactName.AGENCY, Role.AGENCY, Role.AGENCY_CONTACT)
    found = found or list(_said(read, FactName.AGENCY, _AGENCIES)) or list(_in_title(read, "agency", FactName.AGENCY))
    return _one(found)


def _labelled(read: OpenedNotice, name: FactName, role: Role, contact: Role) -> list[Fact]:
    """The values of the party's own labels, of 名称 in its section, of its contact line; surest first."""
    named = [
        fact(name, found, rule_of(pair))
        for pair in read.of(role, Role.NAME)
        if (pair.role is role or pair.section is role) and (found := office_at(read.text, *whole(pair)))
    ]
    named.sort(key=lambda each: not each.rule.removeprefix("label: ").startswith(_BUYER_WORDS))
    return named or [
        fact(name, found, rule_of(pair))
        for pair in read.of(contact)
        if (found := office_at(read.text, *whole(pair))) and not found.value.startswith("联系")
    ]


def _said(read: OpenedNotice, name: FactName, patterns: Iterable[re.Pattern[str]]) -> Iterator[Fact]:
    for pattern in patterns:
        for match in pattern.finditer(read.text, 0, _OPENING):
            if found := office_at(read.text, *match.span("who")):
                yield fact(name, found, "sentence")


def _in_title(read: OpenedNotice, group: str, name: FactName) -> Iterator[Fact]:
    match = _TITLE_PARTIES.match(read.title)
    if match and is_office(match[group]):
        yield Fact(name, match[group], *match.span(group), FactPlace.TITLE, rule="title")


def _one(found: list[Fact]) -> list[Fact]:
    """The first of what is said; a shorter form of the same name gives way to the full one."""
    if not found:
        return []
    first = found[0]
    longer = next((each for each in found[1:] if each.value != first.value and each.value.endswith(first.value)), None)
    return [longer or first]


# --- who won ---------------------------------------------------------------------------------------------------------


def winners(read: OpenedNotice) -> tuple[list[Fact], list[str]]:
    """The winner, or one for each lot (the lot is the fact's kind); two for the same are withheld with a reason."""
    if not read.awards:
        return [], []
    found = list(_named_winners(read))
    if not found:
        found = [(fact(FactName.WINNER, who, "sentence"), "") for who in _said_winners(read)]
    return _distinct(found)


def _named_winners(read: OpenedNotice) -> Iterator[tuple[Fact, str]]:
    lots = {
        pair.record: read.words(pair.values[0])
        for pair in read.of(Role.LOT, Role.INDEX, Role.LOT_NAME)
        if pair.record >= 0
    }
    ranked = {pair.record for pair in read.of(Role.RANK, Role.CANDIDATE) if pair.record >= 0}
    lot = ""
    for pair in read.of(Role.WINNER, Role.SUPPLIER, Role.NAME, Role.LOT, Role.LOT_NAME):
        if pair.role in (Role.LOT, Role.LOT_NAME):
            lot = read.words(pair.values[0])
        elif _names_winner(read, pair) and not (pair.role is Role.SUPPLIER and pair.record in ranked):
            for value in pair.values if pair.table >= 0 else pair.values[:1]:
                start, end = (value.start, value.end) if pair.table >= 0 else whole(pair)
                if who := firm_at(read.text, start, end):
                    own = lots.get(pair.record) or read.lot_at(who.start) or lot
                    yield fact(FactName.WINNER, who, rule_of(pair)), own


def _names_winner(read: OpenedNotice, pair: Pair) -> bool:
    if pair.role is Role.WINNER:
        return True
    if pair.role is Role.NAME:
        return pair.section is Role.WINNER
    if pair.section is Role.CANDIDATE:
        return False
    # 供应商名称 names the winner only beside what it won: a list of all bidders has no 中标金额.
    beside = read.records.get(pair.record, frozenset())
    return Role.AWARD in beside or pair.section is Role.WINNER or _signs(read, pair)


def _signs(read: OpenedNotice, pair: Pair) -> bool:
    """Whether the supplier is a contract's party."""
    return read.kind.value == "contract" and pair.record < 0


def _said_winners(read: OpenedNotice) -> Iterator[StatedValue]:
    for pattern in _WINNERS:
        for match in pattern.finditer(read.text, 0, _OPENING):
            if found := firm_at(read.text, *match.span("who")):
                yield found
                return


def _distinct(found: list[tuple[Fact, str]]) -> tuple[list[Fact], list[str]]:
    kept: dict[tuple[str, str], Fact] = {}
    for each, lot in found:
        kept.setdefault((each.value, lot), each)
    values = dict.fromkeys(value for value, _ in kept)
    if len(values) <= 1:
        return [next(iter(kept.values()))] if kept else [], []
    lots = [lot for _, lot in kept]
    if len(set(lots)) == len(lots) and all(lots):
        return [_of_lot(each, lot) for (_, lot), each in kept.items()], []
    return [], [f"two winners and nothing that tells their lots apart: {', '.join(list(values)[:4])}"]


def _of_lot(each: Fact, lot: str) -> Fact:
    return Fact(each.name, each.value, each.start, each.end, each.place, lot[:40], each.group, each.rule)
