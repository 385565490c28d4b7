"""Ends what a killed writer or a cut copy left: whole records stay, torn bytes are set aside, none is lost."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from storage.archive.disk import full_disk_noticed, lock, sync_folder
from storage.archive.records import tells_visit
from storage.archive.warc import Broken, Members, WarcRecord, check_digest, record_in
from storage.archive.writer import OPEN


@dataclass(frozen=True, slots=True)
class Repair:
    """A file that got its final name, or lost its torn end."""

    warc: str
    position: int  # where its last whole record ends; 0: nothing was whole, there is no such file any more
    torn: int  # bytes set aside in torn/<warc>.<position>


def repaired(folder: Path, name: str) -> Repair | None:
    """What was done to the file; None when its writer lives, another process repairs it or nothing is to be done."""
    path = folder / (name + OPEN)
    if not path.exists():
        path = folder / name
    try:
        file = path.open("r+b", buffering=1 << 18)
    except FileNotFoundError:  # its writer or another repair has just renamed it
        return None
    with file, full_disk_noticed():
        if not lock(file, path):
            return None
        end = _end_of_whole_records(file)
        torn = file.seek(0, os.SEEK_END) - end
        if not torn and path.suffix != OPEN:
            return None
        if torn:
            _set_aside(file, end, folder / "torn" / f"{name}.{end}")
            file.truncate(end)
            os.fsync(file.fileno())
        if end:
            path.rename(folder / name)
        else:
            path.unlink()
        sync_folder(folder)
    return Repair(name, end, torn)


def _end_of_whole_records(file: BinaryIO) -> int:
    """Behind the last record that is whole; damage before it stays where it is, for the reader to report."""
    members = Members(file, 0)
    end = 0
    while True:
        begin = members.position
        try:
            if (content := members.next()) is None:
                return end
            record = record_in(content)
            _check(record)
            if not tells_visit(record):
                end = members.position
        except Broken:
            if members.position == begin and not members.skip():
                return end


def _check(record: WarcRecord) -> None:
    if "warc-block-digest" in record.fields:
        check_digest(record)


def _set_aside(file: BinaryIO, position: int, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    file.seek(position)
    with target.open("wb") as copy:
        shutil.copyfileobj(file, copy)
        copy.flush()
        os.fsync(copy.fileno())
    sync_folder(target.parent)
