"""`counts --registered`: what the office's own lists hold, by kind of medium."""

from crawler.commands.options import Opened
from crawler.config import WrongUse
from crawler.show.sheets import Sheet, sheet_of, show
from pipeline.count.media import Medium
from pipeline.model import Definition
from storage.queries.postings import Filters
from storage.queries.registered import RegisterAxis, RegisteredRow, RegisterFilters, registered_by, registered_rows

DEFAULT_BY = "year,kind"
MEANING = {
    Definition.POSTINGS: "每家媒体每日每个标题计一条 each title in each medium on each day",
    Definition.PAGES: "每家媒体每日每个标题计一条 each title in each medium on each day",
    Definition.DOCUMENTS: "内容相同的计一条 each title once, in however many media",
}
_FILTERS = frozenset({"source", "year", "month"})
_CAVEAT = "登记清单由单位自行提供 a register is the office's own list: it proves the list, not the publication"


def axes_of_register(by: str) -> tuple[RegisterAxis, ...]:
    """The axes of a comma-separated list. Raises WrongUse for a word that is none."""
    words = [word.strip() for word in by.split(",") if word.strip()]
    for word in words:
        if word not in set(RegisterAxis):
            raise WrongUse(f"{word!r} is not something to count a register by: {', '.join(RegisterAxis)}")
    return tuple(RegisterAxis(word) for word in words)


def filters_of_register(filters: Filters, medium: Medium | None) -> RegisterFilters:
    """The same filters for a register. Raises WrongUse for those that only postings have."""
    if unfit := sorted(filters.given.keys() - _FILTERS):
        raise WrongUse(f"a register has no {unfit[0]}: narrow it by --source, --year, --month, --medium")
    return RegisterFilters(filters.source, filters.year, filters.month, medium)


def beside_the_portal(here: Opened, filters: Filters) -> tuple[str, ...]:
    """A note that registers hold publications as well, where the filters fit both."""
    if filters.given.keys() - _FILTERS:
        return ()
    narrowed = RegisterFilters(filters.source, filters.year, filters.month)
    n = registered_by(here.connection, (), narrowed, Definition.POSTINGS).total
    return (f"另有登记的 {n} 条未计入 {n} registered ones are not in it: duizhang counts --registered",) * bool(n)


def show_register_counts(
    here: Opened, axes: tuple[RegisterAxis, ...], filters: RegisterFilters, definition: Definition
) -> None:
    """The counts of the registers."""
    found = registered_by(here.connection, axes, filters, definition)
    notes = (f"合计 total {found.total}", f"口径 {definition} {MEANING[definition]}", _CAVEAT)
    rows = tuple((*place, n) for place, n in found.rows)
    extras = {"definition": definition.value, "meaning": MEANING[definition], "registered": True}
    columns = (*(axis.value for axis in found.axes), "n")
    show(Sheet(columns, rows, found.total, notes=notes, extras=extras), here.speech)


def show_registered(here: Opened, filters: RegisterFilters, limit: int) -> None:
    """The rows of the registers."""
    total, rows = registered_rows(here.connection, filters, limit)
    columns = tuple(RegisteredRow.__dataclass_fields__)
    notes = (f"合计 total {total}", "一条的凭证 one row with its file: duizhang show ID [--bytes]", _CAVEAT)
    show(sheet_of(columns, rows, total, notes), here.speech)
