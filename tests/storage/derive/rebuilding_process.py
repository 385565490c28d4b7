"""A process that rebuilds an archive's tables in a database of its own and prints all rows."""

import sys
import tempfile
from pathlib import Path

from storage.archive import Archive
from storage.derive.run import rebuild
from storage.derive.schema import upgrade
from storage.tables.database import database_url, engine_of
from tests.storage.deriving import tables_of


def main(root: Path) -> None:
    """The rows of all derived tables, a line each."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_of(database_url(Path(folder)))
        upgrade(engine)
        rebuild(engine, Archive(root))
        for name, rows in tables_of(engine, ()).items():
            sys.stdout.writelines(f"{name} {row!r}\n" for row in rows)
        engine.dispose()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
