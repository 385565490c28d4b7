"""Runs a module for as long as its standard input stays open: a child process that does not outlive a killed service.

`python -m crawler.service.child_guard MODULE ARGUMENTS…`, in a process group of its own. The service holds the other
end of the pipe and never writes; when the service is gone, by kill -9 too, the read ends and the whole group is told
to stop.
"""

import os
import runpy
import signal
import sys
import threading
import time

_GRACE_SECONDS = 30.0  # from SIGTERM to SIGKILL


def main() -> None:
    """Ties the process to its standard input and becomes the module that the arguments name."""
    threading.Thread(target=_watch, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _watch() -> None:
    while os.read(0, 4096):
        continue
    os.killpg(0, signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
