"""A child process with a time limit: started, listened to, ended with everything that it started itself."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO

_LAST_BYTES = 8000  # of what a child says: some hundred lines, enough for a traceback
_WITH_SERVICE = "ended with the service"


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """How a child process ended, and its last words."""

    exit_code: int | None  # negative: the signal that ended it; None: it never began
    said: str
    cut_short: bool  # because the service ended


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """When a child has to end though it does not want to."""

    seconds: float
    must_stop: Callable[[], bool]
    grace_seconds: float


def run_child(arguments: tuple[str, ...], limits: ChildLimits, environment: Mapping[str, str]) -> ChildEnded:
    """Runs a module with its arguments and waits for it; past a limit its process group is terminated, then killed."""
    child = subprocess.Popen(
        [sys.executable, "-m", "crawler.service.child_guard", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        # Last words count most when a child is killed: nothing may wait in a buffer then.
        env={**environment, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
    )
    with child:
        tail = _Tail(child.stdout)
        stopped = _supervise(child, tail, limits)
        _signal_group(child, signal.SIGKILL)  # what the child started and left behind
        tail.drain()
    words = tail.kept.decode("utf-8", "replace")
    return ChildEnded(child.returncode, f"{words}\n[{stopped}]" if stopped else words, stopped == _WITH_SERVICE)


def _supervise(child: subprocess.Popen[bytes], tail: "_Tail", limits: ChildLimits) -> str:
    deadline, kill_at, stopped = time.monotonic() + limits.seconds, float("inf"), ""
    while child.poll() is None:
        tail.listen(0.2)
        now = time.monotonic()
        if not stopped and (now > deadline or limits.must_stop()):
            stopped = f"ended after its limit of {limits.seconds:g} s" if now > deadline else _WITH_SERVICE
            kill_at = now + limits.grace_seconds
            _signal_group(child, signal.SIGTERM)
        elif now > kill_at:
            _signal_group(child, signal.SIGKILL)
    return stopped


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return  # nobody is left in it


class _Tail:
    """The last bytes that come out of a pipe; what is older is forgotten."""

    def __init__(self, pipe: IO[bytes] | None) -> None:
        assert pipe is not None
        self.kept = b""
        self._descriptor = pipe.fileno()
        self._open = True
        os.set_blocking(self._descriptor, False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._descriptor, selectors.EVENT_READ)

    def listen(self, seconds: float) -> None:
        """Waits so long for words, and takes what has come."""
        if not self._open:
            time.sleep(seconds)
        elif self._selector.select(seconds):
            self._take()

    def drain(self) -> None:
        """Takes what is still in the pipe; it holds no more than the system's buffer."""
        while self._open and self._selector.select(0):
            self._take()
        self._selector.close()

    def _take(self) -> None:
        words = os.read(self._descriptor, 65536)
        self._open = bool(words)
        self.kept = (self.kept + words)[-_LAST_BYTES:]
