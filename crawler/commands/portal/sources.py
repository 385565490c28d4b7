"""`sources`: which portals are declared, and whether a file of one's own is right."""

import os
import sys
from typing import Annotated, Any

import typer

from crawler.commands.options import FormatOption
from crawler.commands.portal.live import live_sheet
from crawler.commands.portal.new import write_draft
from crawler.config import config_of
from crawler.run.source_files import load_source, load_sources
from crawler.show.sheets import Format, Sheet, Speech, show
from pipeline.model import Source

COLUMNS = ("source", "name", "dialect", "channels", "verified", "home", "note")

NameArgument = Annotated[str, typer.Argument(metavar="SOURCE|FILE.toml")]

LiveOption = Annotated[
    bool,
    typer.Option(
        "--live/--offline",
        help="各栏目看一页一条,不存档;或只看文件 visit one page and one notice of each channel, or only read the file",
    ),
]
AddressArgument = Annotated[str, typer.Argument(metavar="URL", help="门户的首页或栏目页 the portal's home or a list")]
KeyOption = Annotated[str, typer.Option("--key", help="来源代号 the source's key (default: from the host)")]
PrivateOption = Annotated[bool, typer.Option("--allow-private", help="门户可在内网 it may lie on a private address")]


def list_sources(form: FormatOption = Format.TABLE) -> None:
    """列出自带来源 List the shipped sources; what nobody has seen answer is marked as unverified."""
    rows = tuple(_row(source) for source in load_sources().values())
    note = "未核实 unverified: 无人见过这些网页应答,首次抓取时请核对 nobody of us has seen these pages answer"
    show(Sheet(COLUMNS, rows, len(rows), notes=(note,)), _speech(form))


def show_source(name: NameArgument) -> None:
    """显示来源文件 Print a source file, a pattern for one of your own."""
    typer.echo(load_source(name).text)


def check_source(name: NameArgument, live: LiveOption = True, form: FormatOption = Format.TABLE) -> None:
    """检查来源 Check a source file, and say field by field what one page of each channel shows; archives nothing."""
    source = load_source(name)
    if live:
        sheet, is_right = live_sheet(source)
        show(sheet, _speech(form))
        raise typer.Exit(0 if is_right else 1)
    rows = tuple(
        (channel.key, channel.name, channel.url, channel.bucket.value, _seen(source.verified and channel.verified))
        for channel in source.channels
    )
    note = f"{source.key}: 文件无误 the file is right ({source.dialect}, {source.timezone})"
    show(Sheet(("channel", "name", "url", "bucket", "verified"), rows, len(rows), notes=(note,)), _speech(form))


def new_source(url: AddressArgument, key: KeyOption = "", private: PrivateOption = False) -> None:
    """起草来源文件 Draft KEY.toml from a portal's page: what is sure, and questions for the rest."""
    write_draft(url, key, private)


def _row(source: Source) -> tuple[Any, ...]:
    return (
        source.key,
        source.name,
        source.dialect,
        ", ".join(f"{channel.name}{'' if channel.verified else '?'}" for channel in source.channels),
        _seen(source.verified),
        source.home,
        source.note,
    )


def _seen(verified: bool) -> str:
    return "已核实 verified" if verified else "未核实 unverified"


def _speech(form: Format) -> Speech:
    return Speech(sys.stdout, form, config_of(os.environ).language)


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    sources = typer.Typer(help="来源文件 source files: list, show, check, new", no_args_is_help=True)
    sources.command("list")(list_sources)
    sources.command("show")(show_source)
    sources.command("check")(check_source)
    sources.command("new")(new_source)
    app.add_typer(sources, name="sources")
