"""The service's own jobs on a portal that publishes its annual report: verified by itself, and told when it changes."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.service.jobs import jobs_for
from pipeline.source.file import source_of
from storage.queries.reports import report_rows
from storage.service.alerts import Alert, alert_rows
from storage.tables.database import database_url, engine_of
from tests.crawler.service.test_service import Archive, archive_of, end, postpone, ready, until
from tests.portals import Article, Portal, World, portal, world_of
from tests.portals.world import CHINA

CLAIMED = 35
REPORT = (
    "一、主动公开政府信息情况",
    f"2014年，我局通过门户网站发布招标公告{CLAIMED}条。本报告的电子版可从本网站下载，特此公布，请社会各界监督。",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    engine = engine_of(database_url(tmp_path))
    with archive_of(tmp_path, database_url(tmp_path), engine) as archive:
        yield archive
    engine.dispose()


def tenders_of_2014(world: World) -> int:
    return sum(article.published.year == 2014 for article in world.listed("zbgg"))


def with_report() -> World:
    world = world_of()
    title = "某市住房和城乡建设局2014年政府信息公开工作年度报告"
    report = Article(90_001, "hydt", title, datetime(2015, 3, 12, 10, 0, tzinfo=CHINA), REPORT)
    return replace(world, articles=(*world.articles, report))


def publish(place: Portal, number: int) -> None:
    """Tender notices of June 2014, put up late."""
    plain = place.scene.world.listed("zbgg")[-4]
    late = tuple(
        replace(
            plain,
            id=80_000 + n,
            title=f"{plain.title}第{n}批",
            published=datetime(2014, 6, 2 + n, 9, tzinfo=CHINA),
            text=tuple(f"第{n}批，{line}" for line in plain.text),
        )
        for n in range(number)
    )
    place.scene.world = replace(place.scene.world, articles=(*place.scene.world.articles, *late))
    place.scene.build()


def run_now(archive: Archive, jobs: Any, *names: str) -> None:
    """The service, when these of its jobs are due."""
    for name in names:
        postpone(archive, name, timedelta(days=-1))
    before = len(archive.rows())
    service = archive.start(*jobs)
    until(lambda: sum(row.ended is not None for row in archive.rows()) >= before + len(names), seconds=90)
    assert end(service, signal.SIGTERM)[0] == 0
    assert {row.job for row in archive.rows()[before:]} == set(names)


def alerts(archive: Archive) -> tuple[Alert, ...]:
    with archive.engine.connect() as connection:
        return alert_rows(connection, every=True)


def verdicts(archive: Archive) -> list[str]:
    with archive.engine.connect() as connection:
        return [claim.headline.verdict for report in report_rows(connection) for claim in report.claims]


def test_a_crawled_report_is_verified_and_a_changed_finding_told(archive: Archive, tmp_path: Path) -> None:
    """A sweep finds the report: overclaimed, one alert. Late notices make it right: one more. Nothing new, none."""
    world = with_report()
    assert tenders_of_2014(world) == CLAIMED - 3
    with portal(world) as place:
        file = tmp_path / "portal.toml"
        file.write_text(place.source_toml, encoding="utf-8")
        jobs = jobs_for({str(file): source_of("portal", place.source_toml)})
        assert end(ready(archive, archive.start(*jobs)))[0] == 0
        run_now(archive, jobs, "sweep portal")
        assert verdicts(archive) == ["overclaimed"]
        assert [alert.kind for alert in alerts(archive)] == ["report_found"]
        publish(place, 3)
        run_now(archive, jobs, "sweep portal")
        assert verdicts(archive) == ["consistent"]
        changed, _ = alerts(archive)
        assert (changed.kind, "由多报" in changed.zh, "变为相符" in changed.zh) == ("finding_changed", True, True)
        run_now(archive, jobs, "verify", "recount")
        assert len(alerts(archive)) == 2
    codes = {row.job: row.exit_code for row in archive.rows()}
    assert (codes["verify"], codes["recount"]) == (0, 0)
