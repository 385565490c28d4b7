"""What derive tests share: pages composed on the spot, archived as a run archives them, and the tables as values."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine, select

from pipeline.model import Capture, Kind, Lead, Outcome, RunEnd, RunStart, Source, Visit
from pipeline.source.file import source_of
from storage.archive import Archive
from storage.tables import core as t

DECLARATION = """
name = "测试门户"
home = "http://portal.test/"
dialect = "jeecms"

[[channels]]
key = "zb"
name = "招标公告"
path = "/zb/index.jhtml"
bucket = "tender_and_award"

[[channels]]
key = "zhb"
name = "中标公告"
path = "/zhb/index.jhtml"
bucket = "tender_and_award"
"""
SOURCE: Source = source_of("portal", DECLARATION)
BEGIN = datetime(2015, 1, 5, 1, 0, tzinfo=UTC)
NOISY = {"cursors", "in_step"}  # where in which file, and after which event: not about notices


def article(title: str, published: str, body: str, extra: str = "") -> str:
    """A page as JEECMS portals write it."""
    return (
        f"<html><head><meta charset='utf-8'><title>{title}-测试门户</title></head><body>"
        f"<div class='nav'><a href='/'>首页</a> &gt; <a href='/zb/index.jhtml'>招标公告</a></div>"
        f"<h1>{title}</h1><div class='info'>发布时间：{published} 来源：测试局</div>"
        f"<div class='x-main-news-content'>{''.join(f'<p>{part}</p>' for part in body.split('|'))}{extra}</div>"
        "<div class='foot'>主办：测试局 版权所有</div></body></html>"
    )


def listing(rows: Iterable[tuple[str, str, str]], total: int) -> str:
    """A listing page: address, title, day of each row."""
    lines = "".join(
        f"<div class='c1-bline'><div class='f-left'><a href='{href}' title='{title}'>{title}</a></div>"
        f"<div class='f-right'>{day}</div></div>"
        for href, title, day in rows
    )
    return (
        "<html><head><meta charset='utf-8'><title>招标公告-测试门户</title></head><body>"
        f"<div class='c1-body'>{lines}</div><div class='pagination'>共 {total} 条 1/1页</div></body></html>"
    )


def capture(
    kind: Kind, path: str, body: str, minute: int, channel: str = "zb", lead: Lead | None = None, **more: Any
) -> Capture:
    """An exchange at a minute of the run; its id follows from what it is, so that every order writes the same."""
    status = more.pop("status", 200)
    headers = (("Content-Type", "text/html; charset=utf-8"), *more.pop("headers", ()))
    visit = Visit("portal", channel, kind, f"http://portal.test{path}", lead, run="", **more)
    id_ = uuid5(NAMESPACE_URL, f"{kind} {path} {minute} {channel}").hex
    return Capture(visit, BEGIN + timedelta(minutes=minute), status, headers, body.encode(), id_)


def lead(path: str, title: str = "", day: str = "2014-06-03") -> Lead:
    """A row that links the path."""
    return Lead(f"http://portal.test{path}", title, day)


def archive_of(root: Path, runs: Iterable[Iterable[Capture]], declaration: str = DECLARATION) -> Archive:
    """An archive with one WARC file for each run."""
    archive = Archive(root)
    for number, captures in enumerate(runs):
        started = BEGIN + timedelta(days=number)
        run = f"{started:%Y%m%dT%H%M%SZ}-portal-{number:06}"
        with archive.writer(RunStart(run, "portal", started, "full", declaration)) as writer:
            for one in captures:
                writer.add(one)
            writer.end(RunEnd(run, started + timedelta(hours=1), Outcome.COMPLETE, "walked"))
    return archive


def tables_of(engine: Engine, skip: Iterable[str] = NOISY) -> dict[str, list[tuple[Any, ...]]]:
    """Every derived table's rows, sorted."""
    with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in t.DERIVED.tables.items()
            if name not in skip
        }
