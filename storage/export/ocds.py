"""OCDS 1.1 files: a release package, a record package, or either as lines. Streamed; whole or not there at all."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TextIO
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, func, select

from pipeline.ocds.parts import Json
from pipeline.ocds.releases import releases_of
from storage.export.postings import ExportRefused
from storage.export.procedures import Publisher, procedures
from storage.queries.postings import Filters, condition
from storage.tables.core import postings

try:
    from ocdsmerge import Merger
except ImportError:  # the extra "ocds" is not installed: releases can be written without it
    Merger = None

SCHEMAS = files("storage") / "ocds_schema"


@dataclass(frozen=True, slots=True)
class OcdsFiles:
    """What is to be written: releases to `out`, records to `records` (None: none)."""

    out: Path
    records: Path | None = None
    lines: bool = False  # one release or record a line, without a package around them
    force: bool = False


@dataclass(frozen=True, slots=True)
class OcdsWritten:
    """How much was written."""

    procedures: int
    releases: int


def export_ocds(
    connection: Connection, wanted: OcdsFiles, filters: Filters, publishers: Mapping[str, Publisher]
) -> OcdsWritten:
    """Writes every procedure with a posting that passes the filters, whole. Raises ExportRefused for what cannot be.

    The package is dated by the newest sight of its postings: the same archive gives the same bytes.
    """
    _refuse(wanted)
    compiled = Compiler() if wanted.records else None
    n, releases = 0, 0
    with ExitStack() as stack:
        package = _package(connection, filters, publishers)
        out = stack.enter_context(_listed(wanted.out, {} if wanted.lines else package, "releases"))
        if wanted.records:
            records = stack.enter_context(_listed(wanted.records, {} if wanted.lines else package, "records"))
        for procedure in procedures(connection, filters, publishers):
            told = list(releases_of(procedure))
            n, releases = n + bool(told), releases + len(told)
            out.add(told)
            if compiled and told:
                records.add([compiled.record(told)])
        if not releases:
            raise ExportRefused("没有可导出的招标过程 there is no tender procedure to export")
    return OcdsWritten(n, releases)


class Compiler:
    """Merges releases by the rules that the standard's schema states."""

    def __init__(self) -> None:
        if Merger is None:
            raise ExportRefused('记录需要安装 records need the extra "ocds": pip install "duizhang[ocds]"')
        self._merger = Merger(json.loads((SCHEMAS / "release-schema.json").read_text(encoding="utf-8")))

    def record(self, releases: list[Json]) -> Json:
        """The record of one procedure: its releases, and what they come to."""
        compiled: Json = self._merger.create_compiled_release(releases)
        return {"ocid": releases[0]["ocid"], "releases": releases, "compiledRelease": compiled}


def _refuse(wanted: OcdsFiles) -> None:
    paths = [path for path in (wanted.out, wanted.records) if path]
    if len({path.resolve() for path in paths}) < len(paths):
        raise ExportRefused("releases and records cannot be one file")
    for path in paths:
        if not path.parent.is_dir():
            raise ExportRefused(f"there is no folder {path.parent}")
        if path.exists() and not wanted.force:
            raise ExportRefused(f"{path} exists already; --force replaces it")


def _package(connection: Connection, filters: Filters, publishers: Mapping[str, Publisher]) -> Json:
    newest = connection.scalar(select(_newest()).where(condition(postings, filters)))
    if newest is None:
        raise ExportRefused("没有可导出的信息 there is no posting to export")
    named = sorted({f"{publisher.prefix} {key}" for key, publisher in publishers.items()})
    said = json.dumps([named, asdict(filters), newest.isoformat()])
    return {
        "uri": f"urn:uuid:{uuid5(NAMESPACE_URL, said)}",
        "version": "1.1",
        "publishedDate": newest.isoformat(),
        "publisher": {"name": "对账 Duizhang: " + "、".join(sorted({one.name for one in publishers.values()}))},
    }


def _newest() -> Any:
    return func.max(postings.c.last_seen, type_=postings.c.last_seen.type)


class _List:
    """A file with a list of objects in it, written one by one."""

    def __init__(self, file: TextIO, between: str) -> None:
        self._file, self._between, self._next = file, between, ""

    def add(self, objects: Iterable[Json]) -> None:
        for one in objects:
            self._file.write(self._next + json.dumps(one, ensure_ascii=False, allow_nan=False))
            self._next = self._between


@contextmanager
def _listed(path: Path, package: Json, name: str) -> Iterator[_List]:
    """The list, in the package when there is one, in a file that appears when all went well."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        # What UTF-8 cannot hold (half of a surrogate pair) becomes \ud83c, which JSON reads.
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            if package:
                file.write(json.dumps(package, ensure_ascii=False).removesuffix("}") + f', "{name}": [\n')
                yield _List(file, ",\n")
                file.write("\n]}\n")
            else:
                yield _List(file, "\n")
                file.write("\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
