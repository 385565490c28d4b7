"""python -m crawler.replica: serve the replica portal until interrupted."""

import argparse
import sys
import threading

from crawler.replica.portal import replica_of
from crawler.replica.server import serving


def main(arguments: list[str] | None = None) -> None:
    """Serve; the first line written is the base URL."""
    parser = argparse.ArgumentParser(
        prog="python -m crawler.replica", description="Serve the replica portal on loopback."
    )
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--scale", type=float, default=1.0, help="1 has the figures of the 2014 report")
    parser.add_argument("--attached", action="store_true", help="end when standard input ends")
    options = parser.parse_args(arguments)
    with serving(replica_of(options.scale), options.port) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        _wait(options.attached)


def _wait(attached: bool) -> None:
    try:
        if attached:
            sys.stdin.buffer.read()
        else:
            threading.Event().wait()
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
