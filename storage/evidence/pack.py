"""Evidence packs: a report, its claims and findings, the rows behind every number and the captures behind the rows."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from pipeline.count.slices import Slice
from pipeline.evidence.cdxj import Indexed, index_line, moment, posted_words
from pipeline.evidence.container import About, page_line, pages_head
from pipeline.evidence.readme import readme
from pipeline.model import Kind, Source
from pipeline.verdict.terms import SCHEMA, is_register
from storage.archive import Archive
from storage.archive.declarations import declared
from storage.archive.folder import Damaged
from storage.archive.writer import software
from storage.evidence.check import payload, problems, stands, texts, visit
from storage.evidence.claims import PackedClaim, claims_told, shared
from storage.evidence.coverage import coverage_files, reviews_touching
from storage.evidence.places import Places
from storage.evidence.register import captures_besides, write_register
from storage.evidence.report import text_of_report
from storage.evidence.rows import Rows, moment_said, write_pairs, write_rows
from storage.evidence.wacz import WaczWriter
from storage.evidence.warc import Copied, Copier
from storage.export.cells import in_spreadsheet
from storage.export.postings import ExportRefused
from storage.queries.reports import ReportRow, report_rows
from storage.service.alerts import moment_of
from storage.tables import core as t

SUFFIXES = (".wacz", ".zip")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pack that was written."""

    path: Path
    seal: str  # SHA-256 of its datapackage.json, hexadecimal
    rows: int
    captures: int


@dataclass(frozen=True)
class _Making:
    """What a pack is made from, and where it goes."""

    connection: Connection
    archive: Archive
    source: Source
    report: ReportRow
    told: tuple[PackedClaim, ...]
    pack: WaczWriter
    places: Places
    text: str  # of the report

    @property
    def slices(self) -> tuple[Slice, ...]:
        return tuple(dict.fromkeys(one for told in self.told for one in told.slices))


def write_evidence(connection: Connection, archive: Archive, report: str, out: Path) -> Evidence:
    """Writes the pack of the report with that id, checks it as anyone could, and gives its seal.

    The same archive gives the same bytes. Raises ExportRefused.
    """
    _check_place(out)
    found = report_rows(connection, (report,))
    if not found or not found[0].claims:
        raise ExportRefused(f"{report} is no report with claims")
    source = declared(connection, archive)[found[0].source]
    told = claims_told(connection, found[0], source)
    if told is None:
        raise ExportRefused("the archive has changed since the report was verified: duizhang derive, then once more")
    created = _seconds(moment_of(connection))
    text = text_of_report(connection, archive, found[0], source)
    with Places(out.parent) as places, WaczWriter(out, created) as pack:
        making = _Making(connection, archive, source, found[0], told, pack, places, text)
        try:
            evidence = _write(making, created, out)
        except Damaged as error:
            raise ExportRefused(f"a capture of the archive is damaged: {error}") from error
        if wrong := next(problems(str(pack.unfinished)), ""):
            raise ExportRefused(f"the pack does not pass its own check: {wrong}")
        pack.publish()
    return evidence


def _check_place(out: Path) -> None:
    if out.suffix not in SUFFIXES:
        raise ExportRefused(f"{out} should end in {' or '.join(SUFFIXES)}")
    if not out.parent.is_dir():
        raise ExportRefused(f"there is no folder {out.parent}")
    if out.exists():
        raise ExportRefused(f"{out} exists already")


def _write(making: _Making, created: str, out: Path) -> Evidence:
    pack, report = making.pack, making.report
    captures, report_placed = _write_captures(making)
    with pack.entry("indexes/index.cdx") as sink:
        for line in making.places.index_lines():
            sink.write(f"{line}\n".encode())
    with pack.entry("pages/pages.jsonl") as sink:
        sink.write(f"{pages_head(report.name)}\n".encode())
        for line in making.places.page_lines():
            sink.write(f"{line}\n".encode())
    rows = _write_rows(making)
    pack.add("evidence/report.txt", making.text.encode("utf-8", "surrogatepass"))
    pack.add("evidence/findings.json", _json(_findings(making, report_placed, created)))
    pack.add("evidence/source.toml", making.source.text.encode())
    for name, content in coverage_files(making.connection, making.source.key, created):
        pack.add(f"evidence/{name}", content)
    among = Rows.of(making.connection, making.source.key, making.slices)
    pack.add("evidence/reviews.json", _json(reviews_touching(making.connection, among, report.id)))
    about = readme(report.name, f"{making.source.name} {making.source.home}", created, SCHEMA)
    pack.add("evidence/README.txt", about.encode())
    pack.add("evidence/check.py", files("storage.evidence").joinpath("check.py").read_bytes())
    seal = pack.finish(_about(making, created))
    return Evidence(out, seal, rows, captures)


def _about(making: _Making, created: str) -> About:
    report = making.report
    is_page = report.name.startswith(("http://", "https://"))
    return About(
        f"对账 evidence: {report.name}",
        "What a disclosure report claims, the publications counted and their captures: evidence/README.txt",
        created,
        software(),
        report.name if is_page else "",
        _seconds(report.archived_at) if is_page else "",
    )


# --- captures --------------------------------------------------------------------------------------------------------


def _write_captures(making: _Making) -> tuple[int, Mapping[str, Any]]:
    """The WARC files, the index and the pages; gives the number of captures and the report's place."""
    report, places = making.report, making.places
    with_lists = any(is_register(one) for one in making.slices)
    besides = captures_besides(report.id, making.source.key, with_lists=with_lists)
    rows = Rows.of(making.connection, making.source.key, making.slices)
    for one in rows.titles():
        places.expect(one["capture"], one["id"], in_spreadsheet(one["title"]), str(one["published_on"] or ""))
    waiting: list[RowMapping] = []  # what is being copied: the copier takes the next one when it is asked

    def asked() -> Iterator[tuple[RowMapping, int]]:
        for row in rows.captures(besides):
            waiting.append(row)
            yield row, row["before"] or 0

    number = 0
    found: dict[str, Any] | None = None
    for copied in Copier(making.archive, making.pack).copied(asked()):
        row = waiting.pop()
        places.place(row["id"], copied.placed)
        title = _tell_postings(row["id"], copied, places)
        _index(row, copied, places)
        _page(row, title or (making.text.split("\n")[0][:200] if row["id"] == report.id else ""), copied, places)
        number += 1
        if row["id"] == report.id:
            found = {"capture": report.id, **asdict(copied.placed)}
    if found is None:
        raise ExportRefused(f"the capture {report.id} of the report is not in the archive")
    return number, found


def _tell_postings(capture: str, copied: Copied, places: Places) -> str:
    """Remembers what the capture says of its postings; gives the first one's title."""
    postings = places.expected(capture)
    said = texts(copied.fields, copied.block, copied.before) if postings else []
    for id_, title, day in postings:
        places.tell(id_, stands(said, title, day))
    return postings[0][1] if postings else ""


def _index(row: RowMapping, copied: Copied, places: Places) -> None:
    fields, placed = copied.fields, copied.placed
    if fields["warc-type"] not in {"response", "resource"}:
        return
    head = copied.block[: len(copied.block) - len(payload(fields, copied.block))].decode("latin-1")
    lines = [line.partition(":") for line in head.split("\r\n")]
    mimes = [value.strip() for name, _, value in lines if name.lower() == "content-type"]
    mime = (mimes or [fields["content-type"] if not head else "unk"])[0].partition(";")[0].strip()
    status = head.split(" ", 2)[1] if head else str(row["status"] or 200)
    named = fields["warc-target-uri"], fields["warc-date"], mime, status, fields["warc-payload-digest"]
    places.index(index_line(Indexed(*named, placed.warc, placed.offset, placed.length, _posted(copied))))


def _posted(copied: Copied) -> str:
    said = visit(copied.fields, copied.before)
    return posted_words(said.get("form"), said.get("json", ""))


def _page(row: RowMapping, title: str, copied: Copied, places: Places) -> None:
    """Pages that a replay can open by their address."""
    url = copied.fields["warc-target-uri"]
    is_page = row["kind"] in {Kind.NOTICE.value, Kind.REPORT.value} and row["status"] == 200
    if is_page and url.startswith("http") and not _posted(copied):
        at = moment(copied.fields["warc-date"])
        said = f"{at[:4]}-{at[4:6]}-{at[6:8]}T{at[8:10]}:{at[10:12]}:{at[12:]}Z"
        places.page(page_line(row["id"], url, said, title or url))


# --- rows and findings -----------------------------------------------------------------------------------------------


def _write_rows(making: _Making) -> int:
    number = 0
    for told in making.told:
        rows = Rows.of(making.connection, making.source.key, told.slices)
        if told.rows:
            with making.pack.entry(told.rows) as sink:
                number += write_rows(sink, rows, told.slices, making.places)
        if told.register:
            with making.pack.entry(told.register) as sink:
                number += write_register(sink, making.connection, making.source.key, told.slices)
    with making.pack.entry("evidence/merges.csv") as sink:
        write_pairs(sink, Rows.of(making.connection, making.source.key, making.slices))
    return number


def _findings(making: _Making, placed: Mapping[str, Any], created: str) -> dict[str, Any]:
    """findings.json (docs/evidence.md)."""
    report = making.report
    names = ("id", "source", "name", "year", "issuer", "archived_at", "posting")
    row = making.connection.execute(select(t.reports.c.sums).where(t.reports.c.id == report.id)).one()
    return {
        "schema": SCHEMA,
        "as_of": created,
        "report": {name: getattr(report, name) for name in names} | dict(placed),
    } | {
        "source_sha256": sha256(making.source.text.encode()).hexdigest(),
        **shared(),
        "claims": [told.said for told in making.told],
        "sums": row.sums,
        "checks": [asdict(check) for check in report.checks],
    }


def _json(said: Any) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1, default=_plain) + "\n").encode("utf-8", "replace")


def _plain(value: Any) -> str:
    return moment_said(value) if isinstance(value, datetime) else str(value)


def _seconds(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
