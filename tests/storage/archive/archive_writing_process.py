"""A process that adds captures while it lives and says which ones are stored; test_archive_kill.py kills it."""

import random
import sys
from dataclasses import asdict, replace
from json import dumps
from pathlib import Path

from storage.archive import Archive
from tests.storage.archive.test_archive import PAGE, START


def main(root: Path, size: int) -> None:
    """Writes bodies of that size that do not compress."""
    chance = random.Random(1)
    with Archive(root).writer(START) as writer:
        for number in range(1_000_000):
            stored = writer.add(replace(PAGE, id=f"{number:032x}", body=chance.randbytes(size)))
            sys.stdout.write(dumps(asdict(stored)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
