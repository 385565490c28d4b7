"""Index numbers (索引号) with their check digits, and document numbers (文号)."""

import re

from pipeline.values.text import narrow, no_space

# GB 11714-1997: eight characters and a check character. GB 32100-2015: eighteen characters, no I O S V Z.
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

_DASH = "-－—–"
_INDEX = re.compile(rf"([0-9A-Z]{{8}})[{_DASH}]?([0-9X])(?:[/{_DASH}_].{{0,60}})?")
_CREDIT = re.compile(rf"([0-9A-Z]{{18}})(?:[/{_DASH}_].{{0,60}})?")

# What portals write into the cell when there is no number.
_NONE = re.compile(
    r"(?:无(?:文号)?|没有|暂无|空|none|null|undefined|nan|[-—－/\\.·*〔〕\[\]()（）号第]{1,12})?", re.IGNORECASE
)

_YEAR = r"[〔\[（(【﹝［<〈]?\s?(?:19|20)\d\d\s?[〕\]）)】﹞］>〉]?"
_DOCUMENT = re.compile(
    rf"[一-鿿]{{1,20}}\s?{_YEAR}\s?第?\s?\d{{1,6}}\s?号|(?:[一-鿿]{{0,20}}令)\s?第?\s?[0-9〇零一二三四五六七八九十百]{{1,6}}\s?号|"
    rf"(?:[一-鿿]{{2,20}}公告)\s?(?:{_YEAR})?\s?第?\s?\d{{1,6}}\s?号"
)


def index_number_of(value: str) -> str:
    """The index number in a metadata cell, "" when the cell says that there is none."""
    plain = no_space(narrow(value))
    return "" if _NONE.fullmatch(plain) or len(plain) > 80 else plain


def index_valid(number: str) -> bool | None:
    """Whether the check characters are right; None for a number of a form that has none."""
    plain = no_space(narrow(number)).upper()
    if found := _CREDIT.fullmatch(plain):
        return _credit_valid(found[1])
    if found := _INDEX.fullmatch(plain):
        return organisation_check(found[1]) == found[2]
    return None


def organisation_check(body: str) -> str:
    """The check character that GB 11714 gives to eight characters."""
    total = sum(weight * int(char, 36) for weight, char in zip(_ORGANISATION_WEIGHTS, body, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def _credit_valid(code: str) -> bool | None:
    if any(char not in _CREDIT_ALPHABET for char in code):
        return None  # eighteen characters, but of another system
    total = sum(weight * _CREDIT_ALPHABET.index(char) for weight, char in zip(_CREDIT_WEIGHTS, code[:17], strict=True))
    return code[17] == _CREDIT_ALPHABET[-total % 31] and organisation_check(code[8:16]) == code[16]


def document_number_of(value: str) -> str:
    """The document number in a metadata cell, as written without white space; "" when the cell says there is none."""
    plain = no_space(value)
    return "" if _NONE.fullmatch(narrow(plain)) or len(plain) > 60 else plain


def document_number_in(text: str) -> str:
    """The document number that is the whole of a line: 藏建发〔2014〕12号, 国务院令第707号; "" otherwise."""
    plain = text.strip()
    return no_space(plain) if len(plain) <= 50 and _DOCUMENT.fullmatch(plain) else ""
