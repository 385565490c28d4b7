"""Reading with several processes."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.bring import readers
from storage.derive import run as module
from storage.derive.run import Readers, derive, rebuild
from tests.storage.derive.test_derive import scene
from tests.storage.deriving import archive_of, tables_of


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
