"""The name, number or person at the head of a value: what is said besides it cut off, its place in the text kept."""

import re
from dataclasses import dataclass

from pipeline.tender.labels.shapes import is_firm, is_no_name, is_office, person_in


@dataclass(frozen=True, slots=True)
class StatedValue:
    """Words at [start:end) of the text and the value that they state, without the white space of layout."""

    value: str
    start: int
    end: int


_LEAD = re.compile(
    r"^(?:[\s:：.．、，,;；>\-—*★☆●·]|[（(]?\d{1,2}[）)、.．](?!\d)|(?:单位|公司)?名称[:：]|(?:联合体)?(?:牵头人|牵头单位|主办方)[:：]|为[:：]?(?=[一-龥]{4})|是(?=[一-龥]{4})){1,6}"
)
_TRAIL = re.compile(
    r"(?:[\s、，,;；:：.．。]|[（(](?:盖章|公章|单位章|签章|章|单位盖章|盖单位章|公\s?章|以下简称.{0,12}|联合体牵头人|牵头人|联合体牵头方|主体|采购人|招标人|业主|建设单位)[）)]|[（(](?:统一社会信用代码[:：]?)?[0-9A-Z]{15,18}[）)])+$"
)
_END = re.compile(
    r"[。;；!！?？\n\t【】《》]|[,，](?!\s?[一-龥（）()]{2,30}(?:公司|院|所|集团)(?:联合体|[,，;；、（(\s]|$))|[（(](?:以下|简称|联系|地址|电话|盖章|公章)|\s(?:联系|地址|地\s?址|电话|电\s?话|邮|传真|法定|统一|负责人|\d)|\s{2,}(?=\S{2,12}[:：])|(?:的?联系(?:人|方式|电话)|地址|电话)[:：]"
)
_MEMBERS_END = re.compile(r"[。\n\t!！?？【】《》]|(?<=\S)\s{2,}|\s(?:联系|地址|电话|邮)")
_MOST = 220  # characters of a value that are looked at


def firm_at(text: str, start: int, end: int) -> StatedValue | None:
    """The firm or consortium that a value begins with."""
    return _named(text, start, end, firm=True)


def office_at(text: str, start: int, end: int) -> StatedValue | None:
    """The office or firm that a value begins with."""
    return _named(text, start, end, firm=False)


def _named(text: str, start: int, end: int, *, firm: bool) -> StatedValue | None:
    """The first line as far as it is a name; a name that layout has cut goes on in the next line."""
    stop = min(end, start + _MOST)
    line = text.find("\n", start, stop)
    ends = [stop] if line < 0 else [line]
    if line >= 0:
        second = text.find("\n", line + 1, stop)
        ends.append(stop if second < 0 else second)
    for edge in ends:
        if found := _name(text, start, edge, firm=firm):
            return found
    return None


def _name(text: str, start: int, edge: int, *, firm: bool) -> StatedValue | None:
    piece = text[start:edge].replace("\n", " ")
    lead = _LEAD.match(piece)
    begin = lead.end() if lead else 0
    for pattern in (_MEMBERS_END, _END) if firm else (_END,):
        cut = pattern.search(piece, begin)
        stop = cut.start() if cut else len(piece)
        if trail := _TRAIL.search(piece, begin, stop):
            stop = trail.start()
        value = "".join(piece[begin:stop].split())
        fits = is_firm(value) and _is_list_of_firms(value) if firm else is_office(value)
        if fits:
            return StatedValue(value, start + begin, start + stop)
    return None


def _is_list_of_firms(value: str) -> bool:
    """Whether every member of what is joined by commas or semicolons is a firm."""
    members = [member for member in re.split(r"[,，;；]", value) if member]
    return len(members) == 1 or all(is_firm(member) for member in members)


def person_at(text: str, start: int, end: int) -> StatedValue | None:
    """The person that a value begins with."""
    piece = text[start : min(end, start + 60)]
    lead = _LEAD.match(piece)
    begin = lead.end() if lead else 0
    spaced = re.match(r"[一-龥][ \u3000]{1,4}[一-龥](?![一-龥])", piece[begin:])
    words = "".join(spaced[0].split()) if spaced else piece[begin:]
    if name := person_in(words):
        return StatedValue(name, start + begin, start + begin + (spaced.end() if spaced else len(name)))
    return None


_NUMBER = re.compile(
    r"[A-Za-z0-9一-龥(（\[【〔［][A-Za-z0-9一-龥\-－—–―_/／#＃.．·&+*﹣~:：（）()\[\]【】〔〕［］﹝﹞]{2,69}"
)
_NUMBER_END = re.compile(
    r"[一-龥](?=[：:])|(?:项目名称|采购项目|采购方式|招标项目|工程名称|采购单位|招标人|预算|附件|建筑工程$|公告$)"
)
INVESTMENT_CODE = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")


def number_at(text: str, start: int, end: int) -> StatedValue | None:
    """The project's number that a value begins with: digits, letters, 甲建招字〔2014〕3号; brackets in pairs."""
    piece = text[start : min(end, start + 120)]
    lead = re.match(r"[\s:：>]{0,6}", piece)
    begin = lead.end() if lead else 0
    match = _NUMBER.match(piece, begin)
    if match is None:
        return None
    stop = match.end()
    if cut := _NUMBER_END.search(piece, begin + 3, stop):
        stop = cut.start()
    stop = begin + len(_balanced(piece[begin:stop]).rstrip(".．、:：-—－"))
    value = piece[begin:stop]
    digits = sum(char.isdigit() for char in value)
    if len(value) < 4 or digits < 2 or is_no_name(value) or _is_date(value):
        return None
    return StatedValue(value, start + begin, start + stop)


_PAIRS = {"）": "（(", ")": "（(", "】": "【[", "]": "【[", "〕": "〔", "］": "［", "﹞": "﹝"}


def _balanced(words: str) -> str:
    """The words up to the first bracket that closes what was not opened; one that is not closed goes too."""
    open_: list[int] = []
    for at, char in enumerate(words):
        if char in "（([【〔［﹝":
            open_.append(at)
        elif char in _PAIRS:
            if not open_:
                return words[:at]
            open_.pop()
    return words[: open_[0]] if open_ else words


def _is_date(value: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?", value) is not None
