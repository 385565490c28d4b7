"""Registered publications in the tables: files and postings linked in whatever order they came, on both databases."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from pipeline.count.media import PRESS, Medium
from pipeline.count.slices import Counting, Scope, Slice
from pipeline.model import Definition, Kind
from storage.counts.registered import listed_publications
from storage.counts.slices import holdings
from storage.derive.run import derive
from storage.queries.registered import RegisterAxis, RegisterFilters, kept_of_list, registered_by, registered_rows
from storage.tables import core as t
from storage.tables.database import engine_of
from storage.tables.registered import registered, registered_postings, registered_scans
from tests.storage import rows
from tests.storage.deriving import SOURCE, archive_of, article, capture, lead

PLACE = {"run": "20240101T000000Z-alpha-1f3a", "warc": "a.warc.gz", "position": 0, "length": 1}
TITLE = "曲水县第二小学教学综合楼施工招标公告"
LIST = (
    "日期,媒体,标题,类别,扫描件\n"
    f"2014-06-05,某日报,{TITLE},,a.jpg\n"
    "2014-07-01,某日报,住房城乡建设工作综述,,b.jpg\n"
    "2014-07-02,某晚报,住房城乡建设工作综述,,\n"
    "2014-07-03,某市发布,扬尘治理专项行动启动,,\n"
    "不详,某日报,质量安全月启动仪式,,\n"
)


def brought(kind: Kind, name: str, body: str, minute: int, **values):
    one = capture(kind, "/", body, minute, channel="")
    visit = replace(one.visit, url=f"file:///lists/{name}", run="20150106T010000Z-portal-000001")
    return replace(one, visit=visit, id=f"{minute:032x}", **values)


def everything() -> list:
    path = "/zb/1.jhtml"
    notice = capture(Kind.NOTICE, path, article(TITLE, "2014-06-03", "招标。" * 40), 3, lead=lead(path, TITLE))
    return [
        notice,
        brought(Kind.SCAN, "a.jpg", "a scan", 5),
        brought(Kind.SCAN, "b.jpg", "", 6, status=0, failure="there is no such file"),
        brought(Kind.REGISTER, "list.csv", LIST, 7),
    ]


def test_links_do_not_depend_on_the_order_of_captures(engine: Engine, tmp_path: Path):
    """List before its files or after them, posting before or after the list: the same rows and problems."""
    found = everything()
    order = [[found[0]], found[1:]] if engine.dialect.name == "sqlite" else [found[::-1]]
    derive(engine, archive_of(tmp_path, order))
    with engine.connect() as connection:
        assert len(connection.execute(select(registered)).all()) == 4
        (link,) = connection.execute(select(registered_postings)).all()
        assert link.days == -2
        scans = {row.name: row.capture for row in connection.execute(select(registered_scans))}
        assert scans == {"a.jpg": found[1].id, "b.jpg": ""}
        problems = select(t.problems.c.step, t.problems.c.reason).where(t.problems.c.capture == found[3].id)
        said = {row.step: row.reason for row in connection.execute(problems)}
        assert said.keys() == {"register", "register_check", "register_scan"}
        assert "row 3" in said["register_scan"]
        kept = kept_of_list(connection, found[3].id)
        assert (kept.rows, kept.on_portal, kept.with_files, kept.without_evidence) == (4, 1, 1, 3)


@pytest.fixture
def stored(engine: Engine, tmp_path: Path) -> Engine:
    derive(engine, archive_of(tmp_path, [everything()]))
    return engine


@pytest.mark.parametrize(
    ("scope", "media", "definition", "count"),
    [
        (Scope.REGISTER, (), Definition.POSTINGS, 4),
        (Scope.REGISTER, (), Definition.DOCUMENTS, 3),
        (Scope.REGISTER, PRESS, Definition.POSTINGS, 3),
        (Scope.REGISTER, PRESS, Definition.DOCUMENTS, 2),
        (Scope.BESIDE, PRESS, Definition.DOCUMENTS, 1),
        (Scope.REGISTER, (Medium.WECHAT,), Definition.POSTINGS, 0),
    ],
)
def test_what_the_lists_hold(stored: Engine, scope, media, definition, count):
    """By medium and definition; one unread row and one medium of no known kind are what may be missing."""
    with stored.connect() as connection:
        held = holdings(connection, SOURCE)(Counting(Slice(scope, 201401, 201412, media=media), definition))
    assert held.count == count
    assert held.observed is (Medium.WECHAT not in media)
    assert sum(hole.missing_at_most or 0 for hole in held.holes) == (2 if media else 1)


def test_counts_and_rows(stored: Engine):
    """The same numbers along axes and as rows."""
    filters = RegisterFilters("portal", 2014, None, None)
    with stored.connect() as connection:
        found = registered_by(connection, (RegisterAxis.MONTH, RegisterAxis.KIND), filters, Definition.POSTINGS)
        assert found.rows == (((6, "newspaper"), 1), ((7, "newspaper"), 2), ((7, "unknown"), 1))
        total, rows = registered_rows(connection, replace(filters, month=7), 2)
        assert (total, [str(row.published_on) for row in rows]) == (3, ["2014-07-03", "2014-07-02"])


def steps_of_lists(url: str, captures: range) -> int:
    """Hundreds of steps of SQLite's machine that the look at a source's lists takes after these captures came, too."""
    engine = engine_of(url)
    taken: list[int] = []
    with engine.connect() as connection:
        added = [rows.capture(f"c{n}", key=f"/zbgg/{n}", notice_key="", **PLACE) for n in captures]
        connection.execute(insert(t.captures), added)
        raw = connection.connection.dbapi_connection
        raw.set_progress_handler(lambda: taken.append(1), 100)
        listed_publications(connection, "alpha")
        raw.set_progress_handler(None, 0)
        connection.commit()
    engine.dispose()
    return len(taken)


def test_a_look_at_the_lists_costs_the_same_in_an_archive_ten_times_larger(sqlite_url: str):
    """What waits in a source's lists is found from the few problems, never from all captures."""
    small = steps_of_lists(sqlite_url, range(300))
    assert steps_of_lists(sqlite_url, range(300, 3000)) <= 1.2 * small + 5
