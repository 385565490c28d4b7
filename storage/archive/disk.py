"""What WARC files ask of the disk: a lock that dies with its holder, names that last, a word for a full disk."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class OutOfSpace(Exception):
    """The disk, the quota or the largest file size is used up. What was added before is safe."""


class _Open(Protocol):
    def fileno(self) -> int: ...


def lock(file: _Open, path: Path, *, wait: bool = False) -> bool:
    """True when the lock is ours, until the file is closed, and the file is still the one at the path."""
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except (BlockingIOError, FileNotFoundError):  # held by another; renamed or removed between opening and locking
        return False


def is_free(path: Path) -> bool:
    """True when the file is there and nobody holds its lock."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
            return True
    except (BlockingIOError, FileNotFoundError):
        return False


def sync_folder(folder: Path) -> None:
    """Makes names given, changed or removed in the folder last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def full_disk_noticed() -> Iterator[None]:
    """Raises OutOfSpace where the operating system refuses bytes for want of room."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise OutOfSpace(str(error)) from error
        raise
