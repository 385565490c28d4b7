"""The files that a person's list names: read below the list's own folder, and nowhere else."""

import errno
import mimetypes
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from pipeline.model import Capture, Kind, Source, Unreadable
from pipeline.register.read import Registered, register_in
from pipeline.register.scans import Outside, address_of, steps_to

LARGEST = 20_000_000  # bytes of one file: a page scanned at 300 dpi has two to five million
LARGEST_TOGETHER = 2_000_000_000  # bytes of a list's files
_WORDS = {
    errno.ENOENT: "there is no such file",
    errno.ELOOP: "a symbolic link is not followed",
    errno.ENOTDIR: "a symbolic link or a file stands where a folder should",
    errno.EACCES: "it may not be read",
}


def scans_of(listed: Capture, source: Source) -> Iterator[Capture]:
    """The files that the captured list names, each once; one that cannot be had is a capture that says why."""
    folder = Path(unquote(urlsplit(listed.visit.url).path)).parent
    seen: set[str] = set()
    left = LARGEST_TOGETHER
    for name in (name for row in rows_listed(listed, source) for name in row.scans):
        try:
            address, steps = address_of(listed.visit.url, name), steps_to(name)
        except Outside:
            continue  # derive says so by the same rule
        if address in seen:
            continue
        seen.add(address)
        capture = _capture(listed, address, folder, steps, min(left, LARGEST))
        left -= len(capture.body)
        yield capture


def rows_listed(listed: Capture, source: Source) -> tuple[Registered, ...]:
    """The rows of the captured list that can be read."""
    try:
        return register_in(listed.body, source.zone, listed.fetched_at.astimezone(source.zone).date()).rows
    except Unreadable:
        return ()


def _capture(listed: Capture, address: str, folder: Path, steps: tuple[str, ...], largest: int) -> Capture:
    visit = replace(listed.visit, kind=Kind.SCAN, url=address)
    kind = mimetypes.guess_type(steps[-1])[0] or "application/octet-stream"
    try:
        body = _read(folder, steps, largest)
    except OSError as error:
        reason = _WORDS.get(error.errno or 0, error.strerror or "it cannot be read")
        return Capture(visit, datetime.now(UTC), 0, (), b"", uuid4().hex, failure=reason)
    return Capture(visit, datetime.now(UTC), 200, (("Content-Type", kind),), body, uuid4().hex)


def _read(folder: Path, steps: tuple[str, ...], largest: int) -> bytes:
    """The file's bytes, opened step by step, so that no link on the way leads elsewhere. Raises OSError."""
    with ExitStack() as opened:
        place = _opened(opened, str(folder), os.O_DIRECTORY, None)
        for step in steps[:-1]:
            place = _opened(opened, step, os.O_DIRECTORY | os.O_NOFOLLOW, place)
        file = _opened(opened, steps[-1], os.O_NOFOLLOW | os.O_NONBLOCK, place)
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "this is no file")
        if found.st_size > largest:
            raise OSError(0, f"it is larger than {largest} bytes")
        with os.fdopen(os.dup(file), "rb") as content:
            body = content.read(largest + 1)
        if len(body) > largest:
            raise OSError(0, f"it is larger than {largest} bytes")
        return body


def _opened(opened: ExitStack, name: str, flags: int, within: int | None) -> int:
    number = os.open(name, os.O_RDONLY | os.O_CLOEXEC | flags, dir_fd=within)
    opened.callback(os.close, number)
    return number
