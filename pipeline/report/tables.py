"""The cells of the two standard tables of disclosure reports that state numbers of publications."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.report.text import EvenText, unwrapped

# 国办公开办函〔2019〕60号 and 〔2021〕30号: only 第二十条第(一)项 counts publications; the other items count
# projects, decisions and money.
_ITEM = re.compile(r"第二十条 ?第?\(?(?P<item>[一二三四五六七八九十]{1,3})\)?项?(?=[ |\n]|信息内容)")
_TABLE_END = re.compile(r"\n *[二三四五六]、|[。]")
_COLUMN = re.compile(r"本年新制作数量|本年新公开数量|对外公开总数量|本年制发件数|本年废止件数|现行有效件数")
_COLUMNS = 3  # of item (一) in either form
_BORDERS = re.compile(r"[ |\n]")
_ROW = re.compile(r"(?:(?<![一-龥])|(?<=件数)|(?<=数量))(?P<row>规章|行政规范性文件|规范性文件)(?=[ |\n0-9])")
_FILLED = re.compile(r"[ \n]*(?P<count>[0-9]{1,9})[ \n]*(?:件|个|条)?[ \n]*")
# What stands in a cell that has no borders: a number, or a sign that there is none.
_TOKEN = re.compile(r"(?<![0-9.])(?:(?P<count>[0-9]{1,9})|[-—–/]{1,3}|无|不适用|不涉及)(?![0-9.%])")
_HEADING = re.compile(r"(?:^|[\n|]) {0,8}(?P<heading>[一二三四五六七八九十]{1,2}、[一-龥、,和及()]{2,30})")
_LARGEST = 4000  # characters; the tables in 44 labelled reports have fewer than 500

# 政府信息公开情况统计表 (2014 to 2018): label, category, is it a part of the first row?
_STATISTICS = (
    ("主动公开政府信息数", "合计"),
    ("主动公开规范性文件数", "规范性文件"),
    ("制发规范性文件总数", "制发规范性文件"),
    ("政府公报公开政府信息数", "政府公报"),
    ("政府网站公开政府信息数", "政府网站"),
    ("政务微博公开政府信息数", "政务微博"),
    ("政务微信公开政府信息数", "政务微信"),
    ("其他方式公开政府信息数", "其他方式"),
    ("新闻发布会总次数", "新闻发布会"),
    ("发布政策解读稿件数", "政策解读"),
    ("政策解读稿件发布数", "政策解读"),
)
_NOT_PARTS = frozenset({"合计", "制发规范性文件", "新闻发布会", "政策解读"})
_GAP = "[ \n]{0,3}"  # a word broken over two lines of a cell
_LABEL = re.compile("|".join(f"(?P<r{n}>{_GAP.join(label)})" for n, (label, _) in enumerate(_STATISTICS)))
_SIGN = re.compile(r"统 ?计 ?表(?!明)|统 ?计 ?指 ?标|不同渠道和方式公开")
_STATISTICS_END = re.compile(r"依申请公开(?:政府信息)?情况|收到申请数|申请情况|单位负责人|填报日期")
_REMARK = re.compile(r"\([^()|]{0,60}(?:\)|(?=\|))")  # (不同渠道和方式公开相同信息计 1 条) is no cell
_ALONE = re.compile(r"(?<![^|\n ]) *(?P<count>[0-9]{1,9}(?:,[0-9]{3}){0,3}) *(?:条|件|次|篇)? *(?=[|\n]|$| [^0-9])")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A filled cell: where it stands, what it counts."""

    start: int
    end: int
    count: int
    category: str
    unit: str | None
    kind: str
    part: bool = False  # of the table's first row
    section: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A stretch of text that is a table, not prose."""

    start: int
    end: int
    cells: tuple[TableCell, ...]


def tables_in(text: str) -> tuple[Table, ...]:
    """The standard tables in reading order; offsets are those of the text."""
    prose = unwrapped(text.replace("\t", "|"))
    flat = prose.text
    headings = [(heading.start(), heading["heading"]) for heading in _HEADING.finditer(flat)]
    found = sorted((*_national(flat), *_statistics(flat)), key=lambda table: table.start)
    return tuple(_placed(table, headings, prose) for table in found)


def _placed(table: Table, headings: Sequence[tuple[int, str]], prose: EvenText) -> Table:
    """The table where it stood in the original, each cell with the heading that it stands under."""
    cells: list[TableCell] = []
    for cell in table.cells:
        before = bisect_right(headings, cell.start, key=lambda heading: heading[0])
        start, end = prose.origin(cell.start), prose.origin(cell.end - 1) + 1
        cells.append(replace(cell, start=start, end=end, section=headings[before - 1][1] if before else ""))
    return Table(prose.origin(table.start), prose.origin(table.end - 1) + 1, tuple(cells))


def _national(flat: str) -> Iterator[Table]:
    for item, following in _each_to_next(_ITEM.finditer(flat), len(flat)):
        limit = min(following, item.end() + _LARGEST)
        end = _TABLE_END.search(flat, item.end(), limit)
        stop = end.start() if end else limit
        cells = tuple(_item_cells(flat, item.end(), stop)) if item["item"] == "一" else ()
        yield Table(item.start(), stop, tuple(replace(cell, article=f"第二十条（{item['item']}）") for cell in cells))


def _each_to_next(found: Iterable[re.Match[str]], stop: int) -> list[tuple[re.Match[str], int]]:
    """Each match with the start of the next one, the last with `stop`."""
    matches = list(found)
    return list(zip(matches, [*(match.start() for match in matches[1:]), stop], strict=False))


def _item_cells(flat: str, start: int, stop: int) -> Iterator[TableCell]:
    rows = list(_ROW.finditer(flat, start, stop))
    if not rows:
        return
    columns = _columns(flat[start : rows[0].start()])
    for row, end in _each_to_next(rows, stop):
        for column, cell in _row_cells(flat, row.end(), end, len(columns)):
            head = "" if column is None else columns[column]
            name = f"{row['row']}/{head}" if head else row["row"]
            yield TableCell(cell.start, cell.end, cell.count, name, "件", "table_cell")


def _columns(heads: str) -> list[str]:
    """The heads of the item's columns; "" for one that is cut: no column gets another one's name."""
    names = _COLUMN.findall(_BORDERS.sub("", heads))
    if len(names) >= _COLUMNS:
        return names
    cells = heads.rpartition("信息内容")[2].split("|" if "|" in heads else "\n")
    told = [word for cell in cells if (word := _BORDERS.sub("", cell))]
    return [word if _COLUMN.fullmatch(word) else "" for word in told] if len(told) == _COLUMNS else [""] * _COLUMNS


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in a cell and where it stands."""

    start: int
    end: int
    count: int


def _row_cells(flat: str, start: int, end: int, columns: int) -> Iterator[tuple[int | None, _Number]]:
    """The row's numbers, each with its column; None where empty cells leave no trace of which column it is."""
    if "|" not in flat[start:end]:
        yield from _unbordered(flat, start, end, columns)
        return
    position = flat.index("|", start) + 1
    for column, content in enumerate(flat[position:end].split("|")[:columns]):
        first = content.strip(" \n").partition("\n")[0]  # below the last cell the text goes on
        if filled := _FILLED.fullmatch(first):
            at = position + content.index(first) + filled.start("count")
            yield column, _Number(at, at + len(filled["count"]), int(filled["count"]))
        position += len(content) + 1


def _unbordered(flat: str, start: int, end: int, columns: int) -> Iterator[tuple[int | None, _Number]]:
    tokens = list(_TOKEN.finditer(flat, start, end))[: columns or None]
    if len(tokens) == 1 and len(tokens[0][0]) == columns > 1 and tokens[0][0].startswith("0"):
        # No number starts with a nought: 000 is three cells whose borders are lost.
        for column, digit in enumerate(tokens[0][0]):
            yield column, _Number(tokens[0].start() + column, tokens[0].start() + column + 1, int(digit))
        return
    for column, token in enumerate(tokens):
        if token["count"]:
            number = _Number(token.start(), token.end(), int(token["count"]))
            yield (column if len(tokens) == columns else None), number


def _statistics(flat: str) -> Iterator[Table]:
    sign = _SIGN.search(flat)
    if sign is None:
        return
    limit = min(len(flat), sign.start() + 2 * _LARGEST)
    first = _LABEL.search(flat, max(0, sign.start() - 200), limit)
    if first is None:
        return
    end = _STATISTICS_END.search(flat, first.end(), limit)
    stop = end.start() if end else limit
    cells = tuple(_statistics_cells(flat, first.start(), stop))
    yield Table(
        min(sign.start(), first.start()),
        stop if end else max(cell.end for cell in cells) if cells else first.end(),
        cells,
    )


def _statistics_cells(text: str, start: int, stop: int) -> Iterator[TableCell]:
    flat = _REMARK.sub(lambda remark: " " * len(remark[0]), text)
    for label, end in _each_to_next(_LABEL.finditer(flat, start, stop), stop):
        cell = _ALONE.search(flat, label.end(), end)
        if cell is None or _COUNTING_WORD.search(flat, label.end(), cell.start()):
            continue
        if _PIECES.search(flat, label.end(), cell.end() + 4):
            continue
        category = _STATISTICS[int(str(label.lastgroup)[1:])][1]
        count = int(cell["count"].replace(",", ""))
        part = category not in _NOT_PARTS
        yield TableCell(cell.start("count"), cell.end("count"), count, category, None, "stat_table_cell", part)


# A line that ends inside digits: one number or two, nobody knows. But a row may start with its own number.
_PIECES = re.compile(r"[0-9,] *\n *(?![0-9]{1,2}[.、)])[0-9,]")
# Another row's label stands between: the number is that row's.
_COUNTING_WORD = re.compile(r"[一-龥](?:总?数|次数|数量)(?![一-龥])")
