"""Runs composed for tests of coverage and removals: at a day and hour, with their walks, captures and outcome."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine, select

from pipeline.model import Capture, ChannelEnd, Kind, Outcome, RunEnd, RunStart
from storage.archive import Archive
from storage.derive.run import derive
from storage.tables import core as t
from tests.storage.deriving import BEGIN, DECLARATION, article, capture, lead, listing

ONE_CHANNEL = DECLARATION[: DECLARATION.index('[[channels]]\nkey = "zhb"')]
BODY = "本工程已经批准建设，资金已经落实，现公开招标，招标人为甲县教育局，工期{n}日历天，请于9时30分前递交。"

Row = tuple[str, str, str]


@dataclass(frozen=True)
class Run:
    """A run of one channel: the pages of its list as captured, its other captures, and how it ended."""

    day: float
    captures: tuple[Capture, ...] = ()
    closed: bool = True
    stated: int | None = None
    pages: int | None = None
    rows: int = 0
    outcome: Outcome = Outcome.COMPLETE
    scope: str = "full"
    reason: str = "last page (1)"

    @property
    def started(self) -> datetime:
        return BEGIN + timedelta(days=self.day)

    @property
    def id(self) -> str:
        return f"{self.started:%Y%m%dT%H%M%SZ}-portal-000001"


def row(number: int, day: str = "2014-06-03") -> Row:
    """A row of a list."""
    return f"/zb/{number}.jhtml", f"甲县第{number}号工程施工招标公告", day


def page(number: int, rows: Iterable[Row], total: int, pages: int = 1, **more: object) -> Capture:
    """A page of the list."""
    path = "/zb/index.jhtml" if number == 1 else f"/zb/index_{number}.jhtml"
    body = listing(rows, total).replace("1/1页", f"{number}/{pages}页")
    return capture(Kind.LISTING, path, body, number, page=number, **more)


def notice(number: int, text: str = BODY, day: str = "2014-06-03", **more: object) -> Capture:
    """The page of a row."""
    path, title, _ = row(number, day)
    body = article(title, f"{day} 10:00", text.format(n=100 + number))
    return capture(Kind.NOTICE, path, body, 30 + number, lead=lead(path, title, day), **more)


def lost(number: int, status: int = 404, **more: object) -> Capture:
    """The row's page, which is not there (or whatever the status says)."""
    path, title, day = row(number)
    return capture(Kind.NOTICE, path, "", 30 + number, lead=lead(path, title, day), status=status, **more)


def derived(engine: Engine, root: Path, runs: Iterable[Run], declaration: str = ONE_CHANNEL) -> Archive:
    """An archive of these runs, derived."""
    archive = Archive(root)
    for run in runs:
        with archive.writer(RunStart(run.id, "portal", run.started, run.scope, declaration)) as writer:
            for one in run.captures:
                writer.add(_placed(one, run))
            ends = (ChannelEnd("zb", run.closed, run.reason, 1, run.rows, run.stated, run.pages),)
            end = RunEnd(run.id, run.started + timedelta(hours=1), run.outcome, run.reason, ends)
            writer.end(end)
    derive(engine, archive)
    return archive


def _placed(one: Capture, run: Run) -> Capture:
    """The capture as the run made it: the minute of its hour is kept."""
    at = one.fetched_at + timedelta(days=run.day)
    id_ = uuid5(NAMESPACE_URL, f"{one.id} {run.id}").hex
    return replace(one, visit=replace(one.visit, run=run.id), fetched_at=at, id=id_)


def rows_of(engine: Engine, name: str) -> list[dict[str, object]]:
    """The rows of a derived table in the order of their key."""
    table = t.DERIVED.tables[name]
    with engine.connect() as connection:
        return [dict(one) for one in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
