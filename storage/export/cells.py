"""Text of portals as a spreadsheet's cell: never a formula, never more or other characters than a cell may have."""

import re
from typing import Any

XLSX_LONGEST = 32_767  # UTF-16 units of a cell (Microsoft, "Excel specifications and limits")
CUT = " …[截断 cut]"

# Spreadsheets skip white space and invisible characters before the sign; a Chinese one takes the full-width sign too.
# (OWASP, "CSV Injection": = + - @ tab and carriage return.)
_FORMULA = re.compile(r"[\t\r]|[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")
# XML 1.0, section 2.2: the characters that a document may have are all others.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_spreadsheet(value: Any) -> Any:
    """The value for a CSV cell: text that would start a formula gets an apostrophe before it; controls are gone."""
    if not isinstance(value, str):
        return value
    text = _NOT_XML.sub("", value)
    return f"'{text}" if _FORMULA.match(text) else text


def in_xlsx(value: str) -> str:
    """The text for an XLSX cell, cut with a visible mark where a cell ends."""
    text = _NOT_XML.sub("", value)
    if len(text) * 2 <= XLSX_LONGEST or _units(text) <= XLSX_LONGEST:
        return text
    room = (XLSX_LONGEST - _units(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
