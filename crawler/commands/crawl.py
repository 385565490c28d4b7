"""`crawl`: visit portals, archive every exchange, derive what it says."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands.options import ArchiveOption, FormatOption
from crawler.config import WrongUse, config_of
from crawler.run.source_files import load_source
from crawler.show.sheets import Format, Sheet, Speech, show

if TYPE_CHECKING:
    from crawler.process import RunEnded

CONTACT = "DUIZHANG_CONTACT"
BUSY = 16
_WARC_NAMES = (".warc", ".warc.gz", ".arc", ".arc.gz")

SourcesArgument = Annotated[
    list[str], typer.Argument(metavar="SOURCE|FILE.toml…", help="来源或来源文件 sources to crawl")
]
ChannelsOption = Annotated[str, typer.Option("--channel", help="只抓这些栏目 only these channels, comma-separated")]
SinceOption = Annotated[
    datetime | None,
    typer.Option(
        "--since", formats=["%Y-%m-%d"], help="列表走到这一天之前为止 stop a list once all is known and older"
    ),
]
WarcOption = Annotated[
    list[Path] | None,
    typer.Option("--from-warc", metavar="FILE…", help="取自他人的 WARC 文件 from WARC files that others made"),
]
CdxOption = Annotated[
    str, typer.Option("--from-archive", metavar="CDX_URL", help="取自网页档案馆 from a web archive, by its CDX server")
]
ReplayOption = Annotated[
    str,
    typer.Option("--replay", metavar="URL", help="该档案馆的回放地址 the archive's replay, where not beside its CDX"),
]
YearsOption = Annotated[
    str, typer.Option("--years", metavar="2012-2015", help="只取这些年保存的 only what was saved in these years")
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="档案馆可在内网 the web archive may lie on a private address")
]
RevisitOption = Annotated[
    bool, typer.Option("--revisit", help="已存的信息也全部重取 fetch every page again that is held, not only those due")
]
FullOption = Annotated[bool, typer.Option("--full", help="走完整个列表 walk every list to its end (the default)")]


def crawl(
    sources: SourcesArgument,
    channel: ChannelsOption = "",
    since: SinceOption = None,
    full: FullOption = False,
    revisit: RevisitOption = False,
    warc: WarcOption = None,
    cdx: CdxOption = "",
    replay: ReplayOption = "",
    years: YearsOption = "",
    private: PrivateOption = False,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """抓取门户并存档 Crawl portals into the archive; the exit code tells the run's outcome."""
    files = (*(warc or ()), *(Path(name) for name in sources if name.endswith(_WARC_NAMES)))
    if files or cdx or replay or years:
        names = [name for name in sources if not name.endswith(_WARC_NAMES)]
        if len(names) != 1:
            raise WrongUse("the past is taken for one source at a time: name one")
        chosen = {"source": names[0], "channel": channel}
        if since or bool(files) == bool(cdx):
            raise WrongUse("give one of --from-warc and --from-archive; --years says from when, --since does not")
        wish = {"files": files, "cdx": cdx, "replay": replay, "years": years, "allow_private": private}
        raise typer.Exit(_take_past(chosen, wish, form, archive))
    if full and since:
        raise WrongUse("--full and --since cannot be given together")
    for name in sources:
        load_source(name)
    day = since.date().isoformat() if since else ""
    if len(sources) == 1:
        raise typer.Exit(
            _crawl_here(sources[0], {"channel": channel, "since": day, "revisit": "all" * revisit}, form, archive)
        )
    options = [f"--channel={channel}"] * bool(channel) + [f"--since={day}"] * bool(day) + [f"--format={form}"]
    options += [f"--archive={archive}"] * bool(archive) + ["--revisit"] * revisit
    raise typer.Exit(max(_crawl_apart(name, options) for name in sources))


def _take_past(chosen: dict[str, str], wish: dict[str, Any], form: Format, archive: Path | None) -> int:
    from crawler.commands.past import Wish, take_past
    from crawler.process import Busy

    config = config_of(os.environ, archive)
    try:
        ended = take_past(config, os.environ.get(CONTACT, ""), chosen, Wish(**wish))
    except Busy as busy:
        typer.echo(f"duizhang: {busy}", err=True)
        return BUSY
    _tell(ended, Speech(sys.stdout, form, config.language), config.archive)
    return ended.exit_code


def _crawl_here(name: str, chosen: dict[str, str], form: Format, archive: Path | None) -> int:
    # Scrapy takes half a second to import: reading commands must not wait for it.
    from crawler.process import Busy
    from crawler.process import crawl as run_crawl

    config = config_of(os.environ, archive)
    try:
        ended = run_crawl(config, os.environ.get(CONTACT, ""), {"source": name, **chosen})
    except Busy as busy:
        typer.echo(f"duizhang: {busy}", err=True)
        return BUSY
    _tell(ended, Speech(sys.stdout, form, config.language), config.archive)
    return ended.exit_code


def _tell(ended: "RunEnded", speech: Speech, archive: Path) -> None:
    rows = tuple((end.channel, end.rows, end.stated_total, end.pages, end.closed, end.reason) for end in ended.channels)
    notes = (
        f"结果 outcome: {ended.outcome}: {ended.reason}",
        f"存档 archived: {ended.numbers.get('captures', 0)} 次交换 exchanges, {archive}",
        f"运行 run: {ended.run}",
    )
    extras = {"run": ended.run, "outcome": ended.outcome.value, "reason": ended.reason, "numbers": dict(ended.numbers)}
    columns = ("channel", "rows", "stated_total", "pages", "closed", "reason")
    show(Sheet(columns, rows, len(rows), notes=notes, extras=extras), speech)


def _crawl_apart(name: str, options: list[str]) -> int:
    """One source after another, each in a process of its own: Scrapy's reactor runs once in a process."""
    with subprocess.Popen([sys.executable, "-m", "crawler.cli", "crawl", name, *options]) as child:
        before = signal.signal(signal.SIGTERM, lambda number, _frame: child.send_signal(number))
        try:
            return child.wait()
        finally:
            signal.signal(signal.SIGTERM, before)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("crawl")(crawl)
