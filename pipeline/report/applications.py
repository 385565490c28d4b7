"""The balance of a report's table of applications, which prints its rule: 第一项加第二项等于第三项加第四项."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Check
from pipeline.report.text import EvenText, even

# 国办公开办函〔2019〕60号, 〔2021〕30号: section three. Seven columns: persons, five kinds of organisations, all.
_COLUMNS = 7
_ROWS = (
    ("new", "本年新收政府信息公开申请数量"),
    ("carried", "上年结转政府信息公开申请数量"),
    ("results", "本年度办理结果"),
    ("total", r"总计"),
    ("forward", "结转下年度继续办理"),
)
_GAP = "[ \n|]{0,3}"
_LABELS = {name: re.compile(_GAP.join(label)) for name, label in _ROWS}
_CELL = re.compile(r"(?<![0-9.,一-龥(第])[0-9]{1,7}(?![0-9.、,)一-龥])")
_LARGEST = 6000  # characters; the table has 26 rows of seven cells
_NEXT = re.compile(r"\n[ |]*(?:四、[^|\n]{0,12}(?:复议|诉讼)|五、|六、)|政府信息公开行政复议")

_STATED = re.compile(
    r"(?:收到|受理|新收)(?:的)?(?:公民|群众|各类|政府|信息|公开|依申请|申请|共|数量|为|书面|[:的]){1,12}(?P<number>[0-9]{1,6})(?:件|条|份|宗|起)"
)
_BALANCE = re.compile(
    r"(?:收到|受理|新收)[^,;。0-9]{0,20}申请[^,;。0-9]{0,8}(?P<new>[0-9]{1,6})[件条份宗],?[^。0-9]{0,6}"
    r"(?:结转上年|上年结转|上年度结转|结转上年度)[^,;。0-9]{0,12}(?P<carried>[0-9]{1,6})[件条份宗][,;。]?[^。0-9]{0,12}"
    r"(?:办理|办结|答复)[^,;。0-9]{0,8}(?P<total>[0-9]{1,6})[件条份宗][,;][^。0-9]{0,8}"
    r"(?:下年度?继续办理|结转下[一]?年度?)[^,;。0-9]{0,12}(?P<forward>[0-9]{1,6})[件条份宗]"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table: where it stands, its numbers."""

    start: int
    end: int
    cells: tuple[int, ...]

    @property
    def all(self) -> int:
        """The last column."""
        return self.cells[-1]


def applications_in(text: str, prose: EvenText) -> tuple[Check, ...]:
    """The balance of the table, of a sentence that tells the same, and the one set against the other."""
    rows = _rows(even(text))
    told = tuple(_told(text, prose))
    return (*_of_table(text, rows), *told, *_against(text, prose, rows))


def _rows(flat: str) -> dict[str, _Row]:
    """The rows that were found with the same number of cells, by name; none when one of the four is missing."""
    first = _LABELS["new"].search(flat)
    if first is None:
        return {}
    limit = min(len(flat), first.start() + _LARGEST)
    if ends := _NEXT.search(flat, first.end(), limit):
        limit = ends.start()
    spots = dict(_spots(flat, first.start(), limit))
    if len(spots) < len(_ROWS):
        return {}
    borders = [*(spots[name].start() for name, _ in _ROWS[1:]), limit]
    rows = {
        name: _Row(spots[name].start(), border, _cells(flat, spots[name].end(), border))
        for (name, _), border in zip(_ROWS, borders, strict=True)
    }
    return rows if _same_width(rows) else {}


def _spots(flat: str, start: int, limit: int) -> Iterator[tuple[str, re.Match[str]]]:
    """The labels in their order; of 总计 the last before 结转下年度, since a column is called so, too."""
    forward = _LABELS["forward"].search(flat, start, limit)
    for name, _ in _ROWS:
        stop = forward.start() if forward else limit
        found = list(_LABELS[name].finditer(flat, start, stop if name == "total" else limit))
        if found:
            yield name, found[-1] if name == "total" else found[0]
            start = found[-1].end() if name == "total" else found[0].end()


def _cells(flat: str, start: int, end: int) -> tuple[int, ...]:
    return tuple(int(cell[0]) for cell in _CELL.finditer(flat, start, end))


def _same_width(rows: dict[str, _Row]) -> bool:
    widths = {len(rows[name].cells) for name in ("new", "carried", "total", "forward")}
    return len(widths) == 1 and widths <= {1, _COLUMNS}


def _of_table(text: str, rows: dict[str, _Row]) -> Iterator[Check]:
    if not rows:
        return
    new, carried, total, forward = (rows[name] for name in ("new", "carried", "total", "forward"))
    for column in range(len(new.cells)):
        four = tuple(row.cells[column] for row in (new, carried, total, forward))
        if column == len(new.cells) - 1 or not _balanced(four):
            yield _balance(text, four, (new.start, new.end))
    results = rows["results"].cells
    if len(new.cells) == _COLUMNS and results and len(results) % _COLUMNS == 0:
        yield _added(text, "(七)总计", results[_COLUMNS - 1 :: _COLUMNS], total)
    if len(new.cells) == _COLUMNS:
        for label, row in (("第一项", new), ("第二项", carried), ("(七)总计", total), ("第四项", forward)):
            if sum(row.cells[:-1]) != row.all:
                yield _added(text, label, row.cells[:-1], row)


def _balanced(four: tuple[int, ...]) -> bool:
    return four[0] + four[1] == four[2] + four[3]


def _balance(text: str, four: tuple[int, ...], span: tuple[int, int]) -> Check:
    holds = _balanced(four)
    left, right = f"{four[0]}+{four[1]}={four[0] + four[1]}", f"{four[2]}+{four[3]}={four[2] + four[3]}"
    outcome = ("平衡", "balances") if holds else ("不平衡", "does not balance")
    reason = (
        f"依申请公开:新收与上年结转 {left},办理与结转下年 {right}:{outcome[0]} / "
        f"applications: received and carried over {left}, dealt with and carried forward {right}: {outcome[1]}"
    )
    return Check("applications", *_quote(text, *span), tuple(map(str, four)), holds, reason)


def _quote(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The span without the borders and blanks around it."""
    quote = text[start:end].rstrip(" |\t\r\n\u3000\u00a0")
    return quote, start, start + len(quote)


def _added(text: str, label: str, parts: tuple[int, ...], row: _Row) -> Check:
    reached, holds = sum(parts), sum(parts) == row.all
    outcome = ("相符", "adds up") if holds else ("不符", "does not add up")
    side = "+".join(map(str, parts))
    reason = (
        f"依申请公开表{label}:{side}={reached},表内为{row.all}:{outcome[0]} / "
        f"table of applications, {label}: {side}={reached}, the table has {row.all}: {outcome[1]}"
    )
    numbers = (*map(str, parts), str(row.all))
    return Check("applications", *_quote(text, row.start, row.end), numbers, holds, reason)


def _told(text: str, prose: EvenText) -> Iterator[Check]:
    for found in _BALANCE.finditer(prose.text):
        four = tuple(int(found[name]) for name in ("new", "carried", "total", "forward"))
        yield _balance(text, four, (prose.origin(found.start()), prose.origin(found.end() - 1) + 1))


def _against(text: str, prose: EvenText, rows: dict[str, _Row]) -> Iterator[Check]:
    """What the text says was received against what the table says was."""
    found = _STATED.search(prose.text) if rows else None
    if found is None:
        return
    start, end = prose.origin(found.start()), prose.origin(found.end() - 1) + 1
    if start > rows["new"].start:  # the table itself, or what follows it
        return
    stated, new, carried = int(found["number"]), rows["new"].all, rows["carried"].all
    holds = stated in {new, new + carried}
    outcome = ("相符", "agree") if holds else ("不符", "differ")
    reason = (
        f"正文称收到申请{stated}件,表内新收{new}件、上年结转{carried}件:{outcome[0]} / "
        f"the text states {stated} applications, the table {new} received and {carried} carried over: they {outcome[1]}"
    )
    numbers = (str(new), str(carried), str(stated))
    yield Check("text_and_table", text[start:end], start, end, numbers, holds, reason)
