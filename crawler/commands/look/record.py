"""`show`: everything about one posting, document, capture, run or report, down to the bytes."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from crawler.commands.look.field import show_field
from crawler.commands.options import ArchiveOption, FormatOption, Opened, opened
from crawler.config import WrongUse
from crawler.show.sheets import LOCAL, Format, Sheet, one_line, show_json
from crawler.show.sheets import show as show_sheet
from pipeline.model import Capture
from storage.archive import Archive
from storage.archive.folder import Damaged
from storage.queries.records import (
    LONGEST_LIST,
    Listed,
    Match,
    RecordKind,
    ShownRecord,
    capture_behind,
    matches,
    place_of_capture,
    record,
)

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="编号或其开头 an id or an unambiguous beginning")]
KindOption = Annotated[RecordKind | None, typer.Option("--kind", help="哪一种记录 which kind of record is meant")]
# Of lists with more columns than a screen has; JSON has them all.
_IN_TABLE = {
    "chain": (
        *("number", "published_on", "notice_type", "lot", "round", "source", "channel", "id", "title"),
        *("why", "linked_to", "supersedes"),
    ),
    "facts": ("name", "value", "kind", "grp", "rule"),
}
BytesOption = Annotated[bool, typer.Option("--bytes", help="输出原始字节 write the captured body as it came")]
FieldOption = Annotated[
    str | None,
    typer.Option(
        "--field", help="字段及其原始字节 a field down to its bytes: award, winner, candidates, title, published …"
    ),
]
HeadersOption = Annotated[bool, typer.Option("--headers", help="输出响应头 write the captured response headers")]


def show(
    id_: IdArgument,
    kind: KindOption = None,
    body: BytesOption = False,
    headers: HeadersOption = False,
    field: FieldOption = None,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """显示一条记录及其依据 Show a record, the rules that decided, and the capture behind it."""
    with opened(archive, form) as here:
        found = record(here.connection, _one(matches(here.connection, id_), id_, kind))
        if headers:
            _write_headers(_capture_of(here, found))
        if body:
            sys.stdout.flush()
            sys.stdout.buffer.write(_capture_of(here, found).body)
            sys.stdout.buffer.flush()
        if field:
            show_field(here, found, field)
        if not (headers or body or field):
            _show_record(here, found)


def _one(found: tuple[Match, ...], id_: str, kind: RecordKind | None) -> Match:
    meant = [match for match in found if kind in {None, match.kind}]
    if not meant:
        raise WrongUse(f"no {kind or 'record'} has an id that begins with {id_!r}")
    if len({match.id for match in meant}) > 1:
        candidates = "; ".join(f"{match.kind} {match.id} {one_line(match.title)}" for match in meant)
        raise WrongUse(f"{id_!r} is ambiguous: {candidates}")
    # A report has its capture's id, and shows it.
    return min(meant, key=lambda match: list(RecordKind).index(match.kind) if match.kind != "capture" else 99)


def _capture_of(here: Opened, found: ShownRecord) -> Capture:
    capture = capture_behind(here.connection, found)
    if not capture:
        raise WrongUse("no file was kept for this registered row")
    if found.kind in {RecordKind.RUN, RecordKind.DOCUMENT}:
        raise WrongUse(f"a {found.kind} has no bytes of its own: show one of its postings or captures")
    place = place_of_capture(here.connection, capture)
    try:
        return Archive(here.config.archive).read(place.warc, place.position, place.length)
    except (Damaged, OSError) as problem:
        typer.echo(f"duizhang: the capture cannot be read from the archive: {one_line(problem)}", err=True)
        raise typer.Exit(1) from None


def _write_headers(capture: Capture) -> None:
    typer.echo(f"HTTP {capture.status} {one_line(capture.failure)}".rstrip())
    for name, value in capture.headers:
        typer.echo(f"{one_line(name)}: {one_line(value)}")


def _show_record(here: Opened, found: ShownRecord) -> None:
    if here.speech.format is Format.JSON:
        show_json({"rows": [_as_json(found)], "total": 1}, here.speech.out)
        return
    rows = tuple((name, both_times(value)) for name, value in found.fields)
    show_sheet(Sheet(("field", "value"), rows, len(rows), name=f"{found.kind} {found.id}"), here.speech)
    if here.speech.format is Format.TABLE:
        for listed in found.lists:
            _show_list(here, listed)
        if found.kind is RecordKind.POSTING:
            here.speech.out.write(f"\n变化 what changed: duizhang history {found.id}\n")


def _show_list(here: Opened, listed: Listed) -> None:
    if not listed.rows:
        return
    rows = tuple(tuple(both_times(value) for value in row) for row in listed.rows)
    notes = [f"只列出前 {LONGEST_LIST} 行 only the first {LONGEST_LIST} are shown"] * (len(rows) == LONGEST_LIST)
    if listed.name == "facts":
        notes.append("原始字节 down to the bytes: duizhang show ID --field NAME")
    if "warc" in listed.columns:
        notes.append("原始字节 the bytes: duizhang show CAPTURE --bytes > FILE")
    here.speech.out.write("\n")
    sheet = Sheet(listed.columns, rows, len(rows), name=listed.name, notes=tuple(notes))
    show_sheet(replace(sheet, in_table=_IN_TABLE.get(listed.name, ())), here.speech)


def both_times(value: Any) -> Any:
    """A time as the portals' clocks and as UTC show it; other things as they are."""
    if not isinstance(value, datetime):
        return value
    return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M:%S %z} = {value.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _as_json(found: ShownRecord) -> dict[str, Any]:
    local = {f"{name}_local": v.astimezone(LOCAL).isoformat() for name, v in found.fields if isinstance(v, datetime)}
    lists = {
        listed.name: [dict(zip(listed.columns, row, strict=True)) for row in listed.rows] for listed in found.lists
    }
    return {"record": found.kind.value, **dict(found.fields), **local, "lists": lists}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("show")(show)
