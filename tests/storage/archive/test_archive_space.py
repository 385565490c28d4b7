"""A full disk, and a repair that runs beside writers, cost nothing that was added."""

import errno
import os
import resource
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.archive.disk import full_disk_noticed
from storage.archive.folder import OutOfSpace
from tests.storage.archive.test_archive import START
from tests.storage.archive.test_archive_damage import NAME, PAGES, captures, damages


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file of this process may grow beyond the size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_full_disk(tmp_path: Path) -> None:
    """No room raises OutOfSpace; what was added before stays, and what fits again follows it."""
    archive = Archive(tmp_path)
    path = archive.folder / f"{NAME}.open"
    with archive.writer(START) as writer:
        writer.add(PAGES[0])
        size = path.stat().st_size
        with room(size + 300), pytest.raises(OutOfSpace):
            writer.add(PAGES[1])
        assert path.stat().st_size == size + 300
        assert (captures(archive), damages(archive)) == (PAGES[:1], [])
        writer.add(PAGES[2])
    assert (captures(archive), damages(archive)) == ([PAGES[0], PAGES[2]], [])


def test_full_disk_at_the_end(tmp_path: Path) -> None:
    """A run that ends on a full disk leaves only whole records under the final name."""
    archive = Archive(tmp_path)
    with archive.writer(START) as writer:
        writer.add(PAGES[0])
        size = (archive.folder / f"{NAME}.open").stat().st_size
        with room(size + 300), pytest.raises(OutOfSpace):
            writer.add(PAGES[1])
    assert (archive.folder / NAME).stat().st_size == size
    assert (captures(archive), damages(archive)) == (PAGES[:1], [])


def test_full_disk_at_the_beginning(tmp_path: Path) -> None:
    """A file that finds no room to begin leaves nothing behind; when there is room the run goes on."""
    archive = Archive(tmp_path)
    with room(100), pytest.raises(OutOfSpace):
        archive.writer(START)
    assert list(archive.folder.iterdir()) == []
    with archive.writer(START, rotate_at=1) as writer:
        with room(100), pytest.raises(OutOfSpace):
            writer.add(PAGES[0])
        assert archive.files() == [NAME]
        writer.add(PAGES[1])
    assert (captures(archive), damages(archive)) == ([PAGES[1]], [])
    with pytest.raises(ValueError, match="closed"):
        writer.add(PAGES[2])


def test_repair_beside_beginning_writers(tmp_path: Path) -> None:
    """A repair that meets a file in the moment of its creation takes nothing from its writer."""
    archive = Archive(tmp_path)
    archive.folder.mkdir()
    over = threading.Event()

    def repair_on() -> None:
        while not over.is_set():
            archive.repair()

    with ThreadPoolExecutor(1) as repairing:
        done = repairing.submit(repair_on)
        for number in range(30):
            with archive.writer(replace(START, run=f"run-{number:02}")) as writer:
                writer.add(PAGES[0])
        over.set()
        done.result()
    assert (captures(archive), damages(archive)) == (PAGES[:1] * 30, [])
    assert [path.name for path in archive.folder.iterdir() if path.suffix == ".open"] == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_words_for_a_full_disk(code: int) -> None:
    """A used-up quota is as full as a full disk; other errors of the disk keep their own name."""
    with pytest.raises(OutOfSpace), full_disk_noticed():
        raise OSError(code, os.strerror(code))
    with pytest.raises(OSError, match="Input/output"), full_disk_noticed():
        raise OSError(errno.EIO, os.strerror(errno.EIO))
