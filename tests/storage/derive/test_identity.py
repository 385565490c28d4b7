"""Archives of the time when paths in another case were one page: nothing is lost, and the ledger says what changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select

from pipeline.classify.review import Review, ReviewKind, same_subject
from pipeline.count.explain import Cause
from pipeline.model import Capture, Definition, Kind, Outcome, RunEnd, RunStart
from pipeline.values import urls
from storage.archive import Archive
from storage.counts.cube import differences
from storage.derive import events as settle
from storage.derive import staleness
from storage.derive.run import derive, rebuild
from storage.queries.explain import explained, ledger_differences
from storage.queries.postings import Filters
from storage.queries.review import decisions, reviewed_in
from storage.tables import core as t
from storage.tables.events import events
from storage.tables.reviews import reviews
from tests.storage.derive.knowing import at
from tests.storage.deriving import archive_of, article, capture, lead, tables_of
from tests.storage.notices.test_reviews import MIXED, TEXT, about, decide

NOTICES = {
    "/zhb/TXpBeE.jhtml": "己县粮站仓库",
    "/zhb/plain.jhtml": "己县供水管网",
    "/zb/QkNE.jhtml": "己县中学食堂施工招标公告",
    "/zb/QkNF.jhtml": "己县中学食堂施工招标公告",
    "/zb/5.jhtml": "己县五号道路施工招标公告",
}
VARIANTS = {"/zhb/txpbee.jhtml": "己县敬老院", "/zhb/TXPBEE.jhtml": "己县养护站"}


@contextmanager
def of_old() -> Iterator[None]:
    """The program as it was: a path's key has no capitals."""
    now = urls._path_key
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "_path_key", lambda path: now(path).lower())
        patch.setattr(staleness, "readers", lambda: "5")
        patch.setattr(settle, "readers", lambda: "5")
        yield


def pages(notices: dict[str, str]) -> list[Capture]:
    return [
        capture(
            Kind.NOTICE, path, article(title, "2014-06-03", TEXT + "丁" * n * (title[2:4] != "中学")), n,
            path.split("/")[1], lead(path, title),
        )
        for n, (path, title) in enumerate(notices.items(), 1)
    ]  # fmt: skip


def old_archive(engine: Engine, root: Path) -> tuple[Archive, dict[str, str]]:
    """Derived, decided about and counted by the old program; ids by path."""
    archive = archive_of(root, [pages(NOTICES)], MIXED)
    with of_old():
        derive(engine, archive, now=at(1))
        ids = ids_of(engine)
        decide(archive, about(ids["/zhb/TXpBeE.jhtml"], "award_result/tender_and_award", day=2))
        decide(archive, about(ids["/zhb/plain.jhtml"], "contract/notice", day=3))
        pair = same_subject(ids["/zb/QkNE.jhtml"], ids["/zb/QkNF.jhtml"])
        decide(archive, Review(ReviewKind.SAME, pair, "different", "王某", at(4)))
        derive(engine, archive, now=at(5))
    return archive, ids


def ids_of(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        rows = connection.execute(select(t.postings.c.url, t.postings.c.id))
        return {row.url.removeprefix("http://portal.test"): row.id for row in rows}


def said(engine: Engine, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What is decided of each posting, and how many share its document."""
    with engine.connect() as connection:
        rows = connection.execute(select(t.postings)).all()
    sizes = Counter(row.document for row in rows)
    found = {
        row.url.removeprefix("http://portal.test"): (
            row.title,
            row.notice_type,
            row.bucket,
            row.type_rule,
            sizes[row.document],
        )
        for row in rows
    }
    return {path: found[path] for path in paths}


def test_an_old_archive_gives_the_same_postings_with_every_decision(engine: Engine, tmp_path: Path) -> None:
    """Those with capitals have new ids, the others their own; what people decided stands, also without the database."""
    archive, old = old_archive(engine, tmp_path)
    before = said(engine, NOTICES)
    assert before["/zhb/TXpBeE.jhtml"][1] == "award_result"
    assert before["/zb/QkNE.jhtml"][4] == 1
    derive(engine, archive, now=at(6))
    new = ids_of(engine)
    assert {path for path in NOTICES if new[path] != old[path]} == {path for path in NOTICES if path != path.lower()}
    assert said(engine, NOTICES) == before
    tables = tables_of(engine)
    for lost in (False, True):
        if lost:
            with engine.begin() as connection:
                connection.execute(delete(reviews))
        rebuild(engine, archive, now=at(7))
        assert tables_of(engine) == tables
        with engine.connect() as connection:
            told = decisions(connection)
            assert len(told) == 3
            assert all(one.in_force and one.title for one in told)
            assert reviewed_in(connection, Filters()) == 4


def test_the_change_of_identity_is_one_kind_of_event_with_nothing_gained_or_lost(
    engine: Engine, tmp_path: Path
) -> None:
    """One cause, as many added as removed, nothing left over, counts and ledger agree; derived again, no more."""
    archive, _ = old_archive(engine, tmp_path)
    for _ in range(2):
        derive(engine, archive, now=at(6))
        with engine.connect() as connection:
            days = (date(2015, 1, 10), date(2015, 1, 12))
            for definition in Definition:
                found = explained(connection, Filters(), definition, days)
                assert (found.first, found.left_over) == (found.last, 0)
                assert [(one.cause, one.added, one.removed) for one in found.causes] == [(Cause.RENAMED, 3, 3)]
            assert ledger_differences(connection) == []
            assert differences(connection) == []


def test_what_else_changed_with_the_identity_is_told_by_its_own_cause(engine: Engine, tmp_path: Path) -> None:
    """A posting that now counts in another year does so by an event of its own, after the one that names it anew."""
    archive, _ = old_archive(engine, tmp_path)
    with engine.begin() as connection:  # as if the old readers had taken another day
        text = "2016|6|tender_and_award|zb|tender_notice|||pd"
        for table, column in ((settle.known, "standing"), (events, "after")):
            rows = connection.execute(select(table).where(table.c[column].is_not(None))).mappings().all()
            row = next(row for row in rows if row["posting"] == ids_of(engine)["/zb/QkNE.jhtml"])
            connection.execute(table.update().where(table.c.posting == row["posting"]).values({column: text}))
    derive(engine, archive, now=at(6))
    with engine.connect() as connection:
        told = connection.execute(select(events.c.cause).where(events.c.posting == ids_of(engine)["/zb/QkNE.jhtml"]))
        assert [row.cause for row in told] == ["renamed", "reader"]


@pytest.mark.parametrize("lost", [False, True])
def test_later_found_variants_take_nothing_from_the_first(engine: Engine, tmp_path: Path, lost: bool) -> None:
    """Pages that differ in case are postings of their own; the old decision stays with the one that it was taken on."""
    archive, _ = old_archive(engine, tmp_path)
    derive(engine, archive, now=at(6))
    before = said(engine, NOTICES)
    start = at(8)
    run = f"{start:%Y%m%dT%H%M%SZ}-portal-00000a"
    with archive.writer(RunStart(run, "portal", start, "full", MIXED)) as writer:
        for one in pages(VARIANTS):
            writer.add(replace(one, fetched_at=one.fetched_at + timedelta(days=8)))
        writer.end(RunEnd(run, start, Outcome.COMPLETE, "walked"))
    derive(engine, archive, now=at(9))
    if lost:
        with engine.begin() as connection:
            connection.execute(delete(reviews))
        rebuild(engine, archive, now=at(10))
    assert said(engine, NOTICES) == before
    assert {path: row[:2] for path, row in said(engine, VARIANTS).items()} == {
        path: (title, "undecidable") for path, title in VARIANTS.items()
    }
    with engine.connect() as connection:
        assert ledger_differences(connection) == []


def test_a_decision_that_names_an_address_is_about_that_page(engine: Engine, tmp_path: Path) -> None:
    """A page whose id others had earlier keeps its own decisions, also where the tables and decisions are made anew."""
    archive = archive_of(tmp_path, [pages(NOTICES | VARIANTS)], MIXED)
    derive(engine, archive, now=at(1))
    lower = "/zhb/txpbee.jhtml"
    one = about(ids_of(engine)[lower], "award_result", day=2)
    decide(archive, replace(one, addresses=(f"http://portal.test{lower}",)))
    derive(engine, archive, now=at(3))
    decided = said(engine, {**NOTICES, **VARIANTS})
    assert {path for path, row in decided.items() if row[3].startswith("review")} == {lower}
    for lost in (False, True):
        if lost:
            with engine.begin() as connection:
                connection.execute(delete(reviews))
        rebuild(engine, archive, now=at(4))
        assert said(engine, {**NOTICES, **VARIANTS}) == decided
