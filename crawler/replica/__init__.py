"""A composed stand-in of the portal behind the 2014 report, served on loopback for demonstration, tests and bench."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

from crawler.replica.portal import Replica, replica_of
from crawler.replica.server import serving
from crawler.replica.source import source_toml
from crawler.replica.world import Posting, Truth, World, world_of

__all__ = [
    "Posting",
    "Replica",
    "Truth",
    "World",
    "replica_of",
    "replica_process",
    "serving",
    "source_toml",
    "truth",
    "world_of",
]


def truth(scale: float = 1.0) -> Truth:
    """What a complete and correct crawl of the replica must find."""
    return world_of(scale).truth


@contextlib.contextmanager
def replica_process(scale: float = 1.0) -> Iterator[str]:
    """The base URL of a replica in a process of its own, so that it does not compete with the crawler for one core."""
    command = [sys.executable, "-m", "crawler.replica", "--port", "0", "--scale", str(scale), "--attached"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            if not url:
                raise RuntimeError("the replica portal did not start; its message is above")
            yield url
        finally:
            # The child ends when its standard input does: also when this process is killed.
            process.stdin.close()
