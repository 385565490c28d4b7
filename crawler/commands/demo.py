"""`demo`: the main job on a replica portal: crawl, count, verify its report, print both tables."""

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import ArchiveOption
from crawler.config import WrongUse
from crawler.replica import replica_process, source_toml
from crawler.replica.report import PATH

ScaleOption = Annotated[
    float, typer.Option("--scale", min=0.001, max=1.0, help="规模 1 = 2014 年报的数字 the report's figures")
]

PLAINLY = (
    "这是演示: 门户是本程序在本机提供的复制品, 不是任何机关的网站, 内容均为编写。",
    "This is a demonstration: the portal is a REPLICA on this machine, not the site of any office; all is composed.",
)


def demo(scale: ScaleOption = 1.0, archive: ArchiveOption = None) -> None:
    """演示全过程 The whole job on a local replica of the portal of the 2014 report."""
    folder = archive or _fresh_folder()
    if (folder / "warc").exists():
        raise WrongUse(f"{folder} holds an archive already: name another folder by --archive, or remove it")
    folder.mkdir(parents=True, exist_ok=True)
    for line in PLAINLY:
        typer.echo(line)
    began = time.monotonic()
    with replica_process(scale) as url:
        declaration = folder / "replica.toml"
        declaration.write_text(source_toml(url), encoding="utf-8")
        typer.echo(f"\n1. 抓取 crawl {url}")
        crawled = _run(folder, "crawl", str(declaration))
        typer.echo("\n2. 清点 count (口径 definition: postings)")
        _run(folder, "counts", "--year", "2014", "--by", "bucket,channel")
        typer.echo("\n3. 核对 verify 2014")
        verified = _run(folder, "verify", url + PATH, "--evidence", str(folder / "evidence.wacz"))
    for line in PLAINLY:
        typer.echo(line)
    typer.echo(f"\n档案 archive: {folder.resolve()} ({time.monotonic() - began:.0f} s)")
    program = sys.argv[0] if Path(sys.argv[0]).name == "duizhang" else f"{sys.executable} -m crawler.cli"
    for words in ("search 招标", "counts --by year,bucket", "status"):
        typer.echo(f"试试 try: {program} {words} --archive {folder}")
    raise typer.Exit(max(crawled, verified))


def _fresh_folder() -> Path:
    """demo-archive, or with a number: a demonstration never touches an archive that is there."""
    names = itertools.chain(("demo-archive",), (f"demo-archive-{n}" for n in itertools.count(2)))
    return next(folder for name in names if not (folder := Path(name)).exists())


def _run(folder: Path, *words: str) -> int:
    """A command as a user would give it, on the demonstration's archive and its own SQLite file."""
    environment = {**os.environ, "DUIZHANG_ARCHIVE": str(folder), "DUIZHANG_PROGRESS": "1"}
    environment.pop("DUIZHANG_DATABASE_URL", None)
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", "crawler.cli", *words], env=environment, check=False).returncode


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("demo")(demo)
