"""What a tender is called: its name, numbers, lot, round and place."""

import re
from collections.abc import Iterator

from pipeline.tender.facts import Fact, FactName, FactPlace
from pipeline.tender.labels.roles import Role
from pipeline.tender.opened import OpenedNotice, fact, rule_of, whole
from pipeline.tender.title import BARE_NO, LABELLED_NO, title_name
from pipeline.tender.values import INVESTMENT_CODE, StatedValue, number_at
from pipeline.values.lots import lot_of, round_of

_NAME_END = re.compile(
    r"[。；;!！]|\s{2,}\S{2,10}[:：]|[（(](?:项目编号|招标编号|采购编号|以下简称|项目名称|招标项目编号)|[一二三四五六七八九十]、|(?:项目编号|采购项目编号|预算金额)[:：]"
)
_CUT_NUMERAL = re.compile(r"(?<=[^第期标包批\s])[二三四五六七八九十]$")  # 三、 of which an excerpt kept the 三
_CONTINUES = re.compile(r"^[-—–－（(、及与和]")
_NO_PROJECT = re.compile(r"^(?:[/／\\\-—]{1,4}|无|详见.{0,20}|见.{0,10}|如下.{0,4}|本项目|采购项目|信息|名称)$")
_LEAST_BARE = 10  # characters of a number in a title that nothing labels
_WEAK = frozenset(("编号", "编码", "号"))
_SNIPPET = 400  # characters: a text as short as this may be an aggregator's excerpt
_OWN_LINE_NO = re.compile(
    r"^[（(]?(?P<no>[一-龥]{1,12}(?:招|采|比|竞|询|磋|施|监|设)[一-龥]{0,4}字?[\[【〔（(]?20\d\d[\]】〕）)]?第?-?\d{1,5}号?)[）)]?$"
)
_GLUED_NO = re.compile(
    r"(?:采购|招标)?项目编号[:：]?\s?(?P<no>[A-Za-z0-9][A-Za-z0-9\-_/()（）〔〕\[\]]{5,40})(?=[一-龥]|$|\s)"
)
_SAID = re.compile(
    r"(?:^|[\n。])[\s　]{0,4}(?P<name>[^\n。；;，,]{6,120}?)(?:[（(]项目名称[）)])?"
    r"(?:于\s?20\d\d年[^\n]{0,80}(?:开标|发布招标公告|评标)|(?:的)?(?:招标)?评标工作)"
)
_IN_BRACKET = re.compile(r"(?:^|\n)[\s　]{0,6}本(?P<name>[^\n]{6,120}?)[（(]\s?招标项目编号")
_IN_QUOTE = re.compile(r"现(?:就|对|将)(?P<name>[^\n。；;，,]{6,120}?)(?:项目)?(?:进行|面向|予以|实行)")
_LOT_LINE = re.compile(
    r"(?:^|\n|终止|合同|、|原因|[:：])\s{0,3}(?:(?:合同包|采购包|分包|包|标包|标项|包组)\s?(?P<a>[A-Za-z]|\d{1,3})|第?(?P<b>[一二三四五六七八九十]{1,2}|\d{1,2})(?:标段|包|标包))\s{0,2}(?=[:：（(]|终止|废标|流标)"
)
_LOT_VALUE = re.compile(
    r"^(?:第?(?:合同包|采购包|标段|标项|包)\s?)?(?P<lot>[A-Za-z]|\d{1,3})(?:标段|包)?(?![A-Za-z\d\-.])"
)
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾"
    "|内蒙古|广西|西藏|宁夏|新疆"
)
_ADMIN = re.compile(
    r"(?:位于|在|于|坐落于|项目位于)?"
    rf"(?P<place>(?:(?:{_PROVINCES})(?:省|市|自治区|(?:维吾尔|壮族|回族)自治区)?)?"
    r"(?:[一-龥]{1,8}?(?:市(?<!城市)(?!场|政)|自治州|地区|盟))?"
    r"(?:[一-龥]{1,12}?(?:自治县|自治旗|县|区|市|旗)(?<![片社校园景小库老病灌厂山]区)(?<!城市)(?!域|间|块|别|划|场))?"
    r"(?P<town>(?:[一-龥]{1,6}?(?:镇|乡|街道))?))"
)


def names(read: OpenedNotice) -> list[Fact]:
    """The project's name: the label's value, a sentence's subject, or the title without its kind of notice."""
    for roles in ((Role.PROJECT,), (Role.LOT_NAME,)):
        for pair in read.of(*roles):
            if found := _name_at(read.text, *whole(pair)):
                return [fact(FactName.PROJECT_NAME, found, rule_of(pair))]
    for pattern in (_IN_BRACKET, _SAID, _IN_QUOTE):
        match = pattern.search(read.text, 0, 3000)
        if match and _is_said_in_title(match["name"], read.title):
            found = _name_at(read.text, *match.span("name"))
            if found is not None:
                return [fact(FactName.PROJECT_NAME, found, "sentence")]
    return list(title_name(read.title))


def _is_excerpt(text: str) -> bool:
    """Whether the text is what an aggregator keeps of a notice: one short line that may end inside a word."""
    return len(text) < _SNIPPET and "\n" not in text.strip()


def _is_said_in_title(name: str, title: str) -> bool:
    plain = "".join(name.split())
    return len(plain) >= 6 and plain[:6] in "".join(title.split())


def _name_at(text: str, start: int, end: int) -> StatedValue | None:
    """A name of one line, or of more where layout has cut it."""
    stop = text.find("\n", start, end)
    stop = end if stop < 0 else stop
    while stop < end and (following := text[stop:end].strip()) and _CONTINUES.match(following):
        more = text.find("\n", stop + (len(text[stop:end]) - len(text[stop:end].lstrip())), end)
        stop = end if more < 0 else more
    cut = _NAME_END.search(text, start + 4, stop)
    stop = cut.start() if cut else stop
    raw = text[start:stop].rstrip(" 。，,、:：\n\t")
    if stop == len(text.rstrip()) and _is_excerpt(text):
        raw = _CUT_NUMERAL.sub("", raw)
    value = "".join(raw.split())
    if _is_bracketed(value):
        start, value = start + 1, value[1:-1]
    if not 4 <= len(value) <= 200 or _NO_PROJECT.match(value) or (len(value) < 8 and value[-1] in "）)"):
        return None
    again = value.find(value[:8], 8) if len(value) > 20 else -1
    if again > 0 and value[again:].translate(_WIDTH).startswith(value[:again].translate(_WIDTH)):
        whole_again = text.find(value[again : again + 4], start + 8)
        return StatedValue(value[again:], whole_again if whole_again > 0 else start, start + len(raw))
    return StatedValue(value, start, start + len(raw))


def _is_bracketed(value: str) -> bool:
    """Whether the first bracket is closed by the last character."""
    depth = 0
    for at, char in enumerate(value):
        depth += (char in "（(") - (char in "）)")
        if depth <= 0:
            return at > 0 and at == len(value) - 1
    return False


_WIDTH = str.maketrans("（）", "()")


# --- numbers ---------------------------------------------------------------------------------------------------------


def numbers(read: OpenedNotice) -> list[Fact]:
    """The notice's own number first, then others; an investment code is the own one only where there is no other."""
    own: dict[str, Fact] = {}
    weak: dict[str, Fact] = {}  # behind 编号 alone, which may be a certificate's
    other: dict[str, Fact] = {}
    for pair in read.of(Role.PROJECT_NO, Role.PLAN_NO):
        for value in pair.values[:1] if pair.record < 0 else pair.values:
            if (found := number_at(read.text, value.start, value.end)) is None:
                continue
            if found.end == len(read.text.rstrip()) and _is_excerpt(read.text):
                continue  # an aggregator's excerpt ends inside the number
            known = (
                pair.role is Role.PROJECT_NO
                and "采计" not in found.value
                and not INVESTMENT_CODE.fullmatch(found.value)
            )
            if pair.record >= 0 and pair.role is Role.PLAN_NO:
                continue
            kept = (weak if pair.label.words in _WEAK else own) if known else other
            kept.setdefault(found.value, fact(FactName.PROJECT_NO, found, rule_of(pair)))
    own = own or weak
    if not own:
        own = {each.value: each for each in _unlabelled(read)}
    first = next(iter(own.values()), None) or next(
        (each for each in other.values() if INVESTMENT_CODE.fullmatch(each.value)), None
    )
    if first is None:
        return []
    rest = [each for each in [*own.values(), *other.values()] if each.value != first.value]
    return [first, *(_alternative(each) for each in rest if not each.value.startswith(first.value))]


def _alternative(each: Fact) -> Fact:
    return Fact(FactName.PROJECT_NO_ALT, each.value, each.start, each.end, each.place, rule=each.rule)


def _unlabelled(read: OpenedNotice) -> Iterator[Fact]:
    """A number in the title's brackets, on a line of its own under the title, or glued to its label."""
    if (match := LABELLED_NO.search(read.title)) and (found := number_at(read.title, *match.span("no"))):
        yield Fact(FactName.PROJECT_NO, found.value, found.start, found.end, FactPlace.TITLE, rule="title")
        return
    if (match := BARE_NO.search(read.title)) and len(match["no"]) >= _LEAST_BARE and "-" in match["no"]:
        yield Fact(FactName.PROJECT_NO, match["no"], *match.span("no"), FactPlace.TITLE, rule="title")
        return
    for cell in read.cells[:60]:
        if match := _OWN_LINE_NO.match(cell.text):
            start = cell.start + match.start("no")
            yield fact(FactName.PROJECT_NO, StatedValue(match["no"], start, start + len(match["no"])), "line")
            return
    if match := _GLUED_NO.search(read.text, 0, 2000):
        yield fact(FactName.PROJECT_NO, StatedValue(match["no"], *match.span("no")), "sentence")


# --- lot, round, place -----------------------------------------------------------------------------------------------


def lots(read: OpenedNotice, name: Fact | None) -> list[Fact]:
    """The one lot of the notice: from its name or title, a column of lots with one value, or the lines of one lot."""
    if name is not None and (lot := lot_of(name.value)):
        return [Fact(FactName.LOT, lot, name.start, name.end, name.place, rule="name")]
    if lot := lot_of(read.title):
        return [Fact(FactName.LOT, lot, 0, len(read.title), FactPlace.TITLE, rule="title")]
    listed = [(pair, read.words(pair.values[0])) for pair in read.of(Role.LOT)]
    short = {match["lot"]: pair for pair, words in listed if (match := _LOT_VALUE.match(words))}
    if len(short) == 1:
        words, pair = next(iter(short.items()))
        found = StatedValue(words, pair.values[0].start, pair.values[0].end)
        return [fact(FactName.LOT, found, rule_of(pair))]
    lines = {_lot_words(match): match for match in _LOT_LINE.finditer(read.text, 0, 60_000)}
    if len(lines) == 1 and not short:
        value, match = next(iter(lines.items()))
        return [fact(FactName.LOT, StatedValue(value, *match.span()), "line")]
    return []


def _lot_words(match: re.Match[str]) -> str:
    return lot_of(f"{match['a'] or match['b']}标段")


def rounds(read: OpenedNotice, name: Fact | None) -> list[Fact]:
    if name is not None and (which := round_of(name.value)):
        return [Fact(FactName.ROUND, which, name.start, name.end, name.place, rule="name")]
    which = round_of(read.title)
    return [Fact(FactName.ROUND, which, 0, len(read.title), FactPlace.TITLE, rule="title")] if which else []


def regions(read: OpenedNotice, name: Fact | None, buyer: Fact | None) -> list[Fact]:
    """The administrative place as written: of the works, else in the title's brackets, else in a name."""
    for pair in read.of(Role.PLACE):
        if found := _place(read.text, *whole(pair)):
            return [fact(FactName.REGION, found, rule_of(pair))]
    if match := re.match(r"^[\[【](?P<place>[一-龥]{2,8}(?:省|市|县|区|旗|州|盟))(?:本级)?[\]】]", read.title):
        return [Fact(FactName.REGION, match["place"], *match.span("place"), FactPlace.TITLE, rule="title")]
    for source in (buyer, name):
        if source is not None and (found := _place(source.value, 0, len(source.value), deep=False)):
            return [Fact(FactName.REGION, found.value, source.start, source.end, source.place, rule=str(source.name))]
    if found := _place(read.title, 0, len(read.title), deep=False):
        return [Fact(FactName.REGION, found.value, found.start, found.end, FactPlace.TITLE, rule="title")]
    return []


def _place(text: str, start: int, end: int, *, deep: bool = True) -> StatedValue | None:
    """The administrative names that a place begins with; in the name of a firm only down to the county."""
    match = _ADMIN.match(text, start, min(end, start + 60))
    last = (match.end("place") if deep else match.start("town")) if match else start
    if match is None or last - match.start("place") < 2 or (not deep and text[last - 1] not in "省市县区旗州盟"):
        return None
    return StatedValue(text[match.start("place") : last], match.start("place"), last)
