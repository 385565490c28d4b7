"""`check`: is the archive still what was written, and is all of it there?"""

import os

import typer
from rich.console import Console

from crawler.bring.open_archive import books
from crawler.commands.options import ArchiveOption
from crawler.config import config_of
from storage.archive.integrity import Checked
from storage.archive.integrity import check as check_archive

SHOWN = 20


def check(archive: ArchiveOption = None) -> None:
    """检查档案是否完好 Read every record with its digest and look for every row's record; exit code 1 for damage."""
    with books(config_of(os.environ, archive)) as here, Console(stderr=True).status("…") as status:
        seen = check_archive(here.engine, here.archive, lambda so_far: status.update(f"{so_far.captures} captures"))
    for line in _lines(seen):
        typer.echo(line)
    raise typer.Exit(0 if seen.is_sound else 1)


def _lines(seen: Checked) -> list[str]:
    lines = [f"损坏 damaged: {one.warc} @ {one.position} ({one.length} bytes): {one.reason}" for one in seen.damages]
    lines += [f"缺失 lost: capture {id_}" for id_ in seen.lost[:SHOWN]]
    if len(seen.lost) > SHOWN:
        lines.append(f"… 共 {len(seen.lost)} 个 in all")
    if seen.underived:
        lines.append(f"{seen.underived} 个捕获尚未处理 captures wait for `duizhang derive`")
    verdict = "完好 sound" if seen.is_sound else "不完好 NOT sound"
    return [*lines, f"{seen.files} 个文件 files, {seen.captures} 个捕获 captures: {verdict}"]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("check")(check)
