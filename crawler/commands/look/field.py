"""`show ID --field NAME`: a value, the rule that found it, its words, and the bytes of the archive that hold them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import typer

from crawler.commands.options import Opened
from crawler.config import WrongUse
from crawler.show.sheets import Format, Sheet, one_line, show_json
from crawler.show.sheets import show as show_sheet
from storage.archive import Archive
from storage.archive.declarations import declared
from storage.archive.folder import Damaged
from storage.export.field_places import FIELDS, PUBLISHED, TITLE, Field, FieldPlace, fields_of
from storage.queries.records import RecordKind, ShownRecord

# How the body that `show --bytes` writes is unpacked before its bytes are counted.
_UNPACKED = {
    "": "",
    "gzip": " | gunzip",
    "x-gzip": " | gunzip",
    "deflate": " | python3 -c 'import sys,zlib; sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))'",
}


def show_field(here: Opened, found: ShownRecord, name: str) -> None:
    """Shows every value of the field. Raises WrongUse for an unknown field or one of something else than a posting."""
    if name not in {*FIELDS, TITLE, PUBLISHED}:
        raise WrongUse(f"{name!r} is not a field: {', '.join(sorted({*FIELDS, TITLE, PUBLISHED}))}")
    if found.kind is not RecordKind.POSTING:
        raise WrongUse(f"fields are stated by postings, and this is a {found.kind}")
    archive = Archive(here.config.archive)
    try:
        zone = declared(here.connection, archive)[str(dict(found.fields)["source"])].zone
        stated = fields_of(here.connection, archive, found.id, (name, zone))
    except (Damaged, OSError) as problem:
        typer.echo(f"duizhang: the capture cannot be read from the archive: {one_line(problem)}", err=True)
        raise typer.Exit(1) from None
    _write(here, found.id, name, stated)


def _write(here: Opened, posting: str, name: str, stated: Sequence[Field]) -> None:
    if here.speech.format is Format.JSON:
        rows = [{"posting": posting, **asdict(one), "proofs": [proof(place) for place in one.places]} for one in stated]
        show_json({"rows": rows, "total": len(rows)}, here.speech.out)
        return
    if here.speech.format is Format.CSV:
        rows_ = tuple(line for one in stated for line in _lines(one))
        show_sheet(Sheet(("field", *_COLUMNS), rows_, len(rows_)), here.speech)
        return
    if not stated:
        here.speech.out.write(f"{posting}: 未写明 {name} not stated\n")
    for one in stated:
        rows_ = tuple(_shown(one))
        show_sheet(Sheet(("field", "value"), rows_, len(rows_), name=f"{one.name} {posting}"), here.speech)
        here.speech.out.write("\n")


_COLUMNS = (
    *("value", "kind", "group", "rule", "sentence", "capture", "warc", "position", "encoding", "charset"),
    *("start", "end", "written", "note"),
)


def _lines(one: Field) -> list[tuple[Any, ...]]:
    """A line for each place, one without any where there is none."""
    said = (one.name, one.value, one.kind, one.group, one.rule, f"{one.before}{one.quote}{one.after}")
    places: list[tuple[Any, ...]] = [
        (p.capture, p.warc, p.position, p.encoding, p.charset, p.start, p.end, p.written) for p in one.places
    ]
    return [(*said, *place, one.note) for place in places or [("",) * 8]]


def _shown(one: Field) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [("value", one.value)]
    rows += [("kind", one.kind)] if one.kind else []
    rows += [("group", one.group)] if one.group else []
    rows += [("rule", one.rule)] if one.rule else []
    rows.append(("sentence", f"{one.before}【{one.quote}】{one.after}"))
    for place in one.places:
        rows += [
            ("capture", place.capture),
            ("record", f"{place.warc} @ {place.position} + {place.length}"),
            ("bytes", f"[{place.start}, {place.end}) {place.charset}{', ' if place.encoding else ''}{place.encoding}"),
            ("written", place.written),
            ("proof", proof(place)),
        ]
    return [*rows, *([("note", one.note)] if one.note else [])]


def proof(place: FieldPlace) -> str:
    """The command that cuts the words out of the archive."""
    cut = f"tail -c +{place.start + 1} | head -c {place.end - place.start}"
    return f"duizhang show {place.capture} --bytes{_UNPACKED.get(place.encoding, '')} | {cut}"
