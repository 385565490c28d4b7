"""What can be wrong with the database itself: which fault an error of SQLite, PostgreSQL or the disk stands for."""

import errno
import sqlite3
from typing import Any

from sqlalchemy.exc import DBAPIError

from pipeline.model import Fault
from storage.archive.disk import FULL, OutOfSpace

WORDS = {
    Fault.OUT_OF_SPACE: "磁盘已满或写不进 the disk is full or cannot be written: make room, then run this again",
    Fault.LOCKED: "数据库被另一进程占用 the database is locked by another process: wait for it, then try again",
    Fault.DAMAGED: "数据库已损坏 the database is damaged, it cannot be read: restore its backup or derive anew",
    Fault.READ_ONLY: "数据库不可写或不可开 the database or its folder cannot be written or opened: "
    "it is read-only, or permission is missing",
    Fault.UNREACHABLE: "连不上数据库 the database server cannot be reached or refuses the connection",
    Fault.NOT_WHOLE: "数据表尚未重建完毕 the tables are being made anew and are not whole, so no number is given: "
    "wait for the derive that is running, or run `duizhang derive` where it was killed",
}
_SQLITE = {
    sqlite3.SQLITE_FULL: Fault.OUT_OF_SPACE,
    # A quota or a limit on the size of files: SQLite says FULL for ENOSPC alone.
    sqlite3.SQLITE_IOERR: Fault.OUT_OF_SPACE,
    sqlite3.SQLITE_IOERR_READ: Fault.DAMAGED,
    sqlite3.SQLITE_IOERR_SHORT_READ: Fault.DAMAGED,
    sqlite3.SQLITE_IOERR_CORRUPTFS: Fault.DAMAGED,
    sqlite3.SQLITE_BUSY: Fault.LOCKED,
    sqlite3.SQLITE_LOCKED: Fault.LOCKED,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Fault.READ_ONLY,
    sqlite3.SQLITE_PERM: Fault.READ_ONLY,
}
# By SQLSTATE and its class (PostgreSQL's appendix A).
_POSTGRES = {
    **{"53100": Fault.OUT_OF_SPACE, "53": Fault.UNREACHABLE, "55P03": Fault.LOCKED, "40": Fault.LOCKED},
    **{"25006": Fault.READ_ONLY, "42501": Fault.READ_ONLY, "XX001": Fault.DAMAGED, "XX002": Fault.DAMAGED},
    **{"58": Fault.DAMAGED, "08": Fault.UNREACHABLE, "28": Fault.UNREACHABLE, "3D": Fault.UNREACHABLE},
    **dict.fromkeys(("57P01", "57P02", "57P03", "57P05"), Fault.UNREACHABLE),
}
_DISK = {
    **dict.fromkeys(FULL, Fault.OUT_OF_SPACE),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), Fault.READ_ONLY),
}


class DatabaseFault(Exception):
    """The database can give no answer; the message is one sentence for a person."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(WORDS[fault])
        self.fault = fault


def fault_of(error: Any) -> Fault | None:
    """The fault that an error stands for; None for one that is about something else."""
    error = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, DatabaseFault):
        return error.fault
    if isinstance(error, OutOfSpace):
        return Fault.OUT_OF_SPACE
    if isinstance(error, OSError):
        return _DISK.get(error.errno or 0)
    if isinstance(error, sqlite3.Error):
        # Text that is none has no code: the driver itself met it.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT * isinstance(error, sqlite3.OperationalError))
        return _SQLITE.get(code) or _SQLITE.get(code & 0xFF)
    if not hasattr(error, "sqlstate"):
        return None
    state = error.sqlstate
    if state is None:  # no server said anything
        return Fault.UNREACHABLE if type(error).__name__ == "OperationalError" else None
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2])
