"""Reading with several processes."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler import readers
from storage import derive as module
from storage.derive import Readers, derive, rebuild
from tests.storage.deriving import archive_of, tables_of
from tests.storage.test_derive import scene


def test_several_processes_give_the_tables_that_one_gives(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebuild that shares the reading among processes makes row for row what one process makes."""
    monkeypatch.setattr(module, "BATCH", 4)
    monkeypatch.setattr(readers, "CHUNK", 2)
    archive = archive_of(tmp_path, [scene()])
    derive(engine, archive)
    alone = tables_of(engine, ())
    done = rebuild(engine, archive, read=Readers(readers.read_in_processes(2)))
    assert tables_of(engine, ()) == alone
    assert done.captures == len(scene())
