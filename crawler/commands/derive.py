"""`derive` and `recount`: captures into tables, and whether the maintained counts agree with a full recount."""

import os
import time
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.status import Status

from crawler.bring.open_archive import books, bring, new_run
from crawler.bring.readers import readers_for
from crawler.commands.alerts import waiting_words
from crawler.commands.options import ArchiveOption
from crawler.config import config_of, refuse_partial
from crawler.run.announcing import Announcer
from crawler.run.files import DocumentReader
from crawler.run.source_files import load_source
from storage.counts.cube import differences
from storage.derive.events import settle_again_where_wrong
from storage.derive.run import Derived, Readers, derive, rebuild
from storage.tables.core import recounts

RebuildOption = Annotated[bool, typer.Option("--rebuild", help="全部重做 drop the derived tables and make them anew")]
DeclarationsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE|FILE.toml…]", help="改过的来源文件 declarations to read the archive with from now on"
    ),
]


def derive_command(
    declarations: DeclarationsArgument = None, anew: RebuildOption = False, archive: ArchiveOption = None
) -> None:
    """由捕获生成各表 Turn captures into tables; with --rebuild from the very first one."""
    with books(config_of(os.environ, archive)) as here, Console(stderr=True).status("…") as status:
        for name in declarations or []:
            bring(here.archive, new_run(load_source(name), "declaration", datetime.now(UTC)), [])
        act = rebuild if anew else derive
        with DocumentReader() as files:
            readers = Readers(readers_for(here.archive), files)
            announce = Announcer(here.config.language, lambda so_far: _tell(status, so_far))
            done = act(here.engine, here.archive, announce, readers, datetime.now(UTC))
        announce.end(done)
        waiting = waiting_words(here.engine)
    typer.echo(f"{done.captures} 次捕获已处理 captures read, {done.postings} 条信息有变 postings written")
    if waiting:
        typer.echo(waiting)
    for damage in done.damages:
        typer.echo(f"损坏 damaged: {damage.warc} @ {damage.position}: {damage.reason}", err=True)
    raise typer.Exit(1 if done.damages else 0)


def recount(archive: ArchiveOption = None) -> None:
    """重新清点 Count everything anew and compare with the maintained counts; exit code 1 when they differ."""
    with books(config_of(os.environ, archive)) as here:
        refuse_partial(here.engine)
        began = time.monotonic()
        with here.engine.begin() as connection:
            found = [*differences(connection), *settle_again_where_wrong(connection)]
            row = {"at": datetime.now(UTC), "agreed": not found, "differences": found[:1000]}
            connection.execute(recounts.insert().values(**row, seconds=time.monotonic() - began))
    for cell in found[:20]:
        typer.echo(str(cell))
    typer.echo(f"{len(found)} 处不一致 cells differ" if found else "一致 the counts agree")
    raise typer.Exit(1 if found else 0)


def _tell(status: Status, done: Derived) -> None:
    status.update(f"{done.captures} 次捕获 captures")


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("derive")(derive_command)
    app.command("recount")(recount)
