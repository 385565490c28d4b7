"""A command as a process of its own, with what it cost."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process used from its start to its end, imports included."""

    cpu: float  # seconds, user and system
    wall: float  # seconds
    megabytes: float  # the most that was resident at once
    exit_code: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Runs the command in the folder, its output into the file `said` there."""
    begin = time.monotonic()
    most = 0.0
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            most = max(most, _resident(process.pid))
            time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - begin, most, process.returncode)


def _resident(pid: int) -> float:
    # ru_maxrss of a child begins with what its parent had at the fork: it is no measure of the child.
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
