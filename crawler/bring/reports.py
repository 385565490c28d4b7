"""What a person brings: report files, registers, pages to be read as reports; each archived before it is read."""

import mimetypes
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from crawler.bring.open_archive import Books
from crawler.bring.scans import scans_of
from crawler.config import WrongUse
from crawler.run.source_files import load_source, shipped_keys
from pipeline.model import Capture, Kind, RunStart, Source, Visit
from pipeline.source.file import SourceError
from storage.archive.declarations import declared
from storage.queries.brought import (
    captures_of_postings,
    list_of_content,
    report_fetched,
    reports_named,
    reports_of_content,
)
from storage.queries.records import place_of_capture

SHORTEST_ID = 6  # characters of a report's id that are taken for one
LARGEST = 50_000_000  # bytes of a file that a person brings; reports are some hundred kilobytes


def source_meant(here: Books, name: str | None) -> Source:
    """The source that is named, else the archive's only one. Raises WrongUse when that leaves a choice."""
    with here.engine.connect() as connection:
        known = declared(connection, here.archive)
    if name in known:
        return known[name]
    if name is not None:
        try:
            return load_source(name)
        except SourceError as error:
            raise WrongUse(str(error)) from None
    if len(known) == 1:
        return next(iter(known.values()))
    choice = ", ".join(known or shipped_keys())
    raise WrongUse(f"name the portal whose counts are meant by --source: {choice}")


def report_held(here: Books, report: str, source: str | None) -> str:
    """The id of the report in the archive that is meant by its id or by a file of the same content; "" for none."""
    path = Path(report)
    found: Sequence[str] = ()
    with here.engine.connect() as connection:
        if path.is_file() and path.stat().st_size <= LARGEST:
            found = reports_of_content(connection, sha256(path.read_bytes()).hexdigest(), source)
        elif len(report) >= SHORTEST_ID and report.isalnum():
            found = reports_named(connection, report, source)
    return found[0] if len(found) == 1 else ""


def list_held(here: Books, listed: Capture, source: Source) -> str:
    """The id of the list in the archive that has the same content and the same files; "" for none."""
    files = sorted(sha256(one.body).hexdigest() for one in scans_of(listed, source))
    with here.engine.connect() as connection:
        return list_of_content(connection, sha256(listed.body).hexdigest(), files, source.key)


def capture_of_file(path: Path, start: RunStart, kind: Kind) -> Capture:
    """The file as a person brought it. Raises WrongUse when it cannot be read or is too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise WrongUse(f"{path} is larger than {LARGEST} bytes")
        body = path.read_bytes()
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror}") from None
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    visit = Visit(start.source, "", kind, path.resolve().as_uri(), run=start.run)
    return Capture(visit, datetime.now(UTC), 200, (("Content-Type", media_type),), body, uuid4().hex)


def capture_of_posting(here: Books, posting: str, start: RunStart) -> Capture:
    """The capture behind a posting once more, now as a report. Raises WrongUse when there is no such posting."""
    with here.engine.connect() as connection:
        ids = captures_of_postings(connection, posting)
        if len(ids) != 1 or not posting:
            raise WrongUse(f"{posting}: no such file, and {len(ids)} postings have an id that begins so")
        place = place_of_capture(connection, ids[0])
    held = here.archive.read(place.warc, place.position, place.length)
    visit = Visit(start.source, "", Kind.REPORT, held.visit.url, run=start.run)
    return Capture(visit, held.fetched_at, held.status, held.headers, held.body, uuid4().hex, truncated=held.truncated)


def fetch_report(here: Books, url: str, source: Source) -> str:
    """The capture of the report's page, fetched by a run of its own. Raises WrongUse when it cannot be had."""
    began = datetime.now(UTC)
    run = [sys.executable, "-m", "crawler.service.report_run"]
    subprocess.run(
        [*run, str(here.config.archive), here.config.database_url, url, source.key],
        input=source.text,
        encoding="utf-8",
        check=False,
    )
    with here.engine.connect() as connection:
        found, why = report_fetched(connection, began)
    if not found:
        raise WrongUse(f"{url} could not be fetched: {why}")
    return found
