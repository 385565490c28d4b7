"""What others built opens an evidence pack: py-wacz finds it valid, pywb unpacks, indexes and replays it."""

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from sqlalchemy import Engine

from storage.derive.schema import upgrade
from storage.tables.database import database_url, engine_of
from tests.storage.evidence.packing import files_of, packed


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("archive")
    engine: Engine = engine_of(database_url(root))
    upgrade(engine)
    evidence = packed(engine, root, root / "pack.wacz")
    engine.dispose()
    return evidence.path


@pytest.fixture
def warc(pack: Path, tmp_path: Path) -> Path:
    path = tmp_path / "evidence-0000.warc.gz"
    path.write_bytes(files_of(pack)["archive/evidence-0000.warc.gz"])
    return path


def test_warcio_and_fastwarc_find_every_digest_right(warc: Path):
    """The pack's WARC file is one as any other."""
    command = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", str(warc)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "no digest" not in done.stdout
    with warc.open("rb") as file:
        assert all(record.verify_block_digest() for record in FastIterator(file, parse_http=False))


def test_py_wacz_finds_it_valid(pack: Path):
    """`wacz validate`, when the program is there (pip install wacz)."""
    if not (program := os.environ.get("DUIZHANG_WACZ") or shutil.which("wacz")):
        pytest.skip("DUIZHANG_WACZ is not set: no `wacz` to validate with")
    done = subprocess.run([program, "validate", "-f", str(pack)], capture_output=True, text=True, check=False)
    assert "the passed WACZ is valid" in done.stdout, done.stdout


@pytest.fixture
def pywb() -> Path:
    if not (folder := os.environ.get("DUIZHANG_PYWB")):
        pytest.skip("DUIZHANG_PYWB is not set: `make pywb` builds the environment to replay in")
    return Path(folder).resolve() / "bin"


@pytest.fixture
def collection(pack: Path, pywb: Path, tmp_path: Path) -> Path:
    """A pywb collection that the pack was unpacked to, with the pack's own index."""
    for arguments in (["init", "ours"], ["add", "--unpack-wacz", "ours", str(pack)]):
        subprocess.run([pywb / "wb-manager", *arguments], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "collections" / "ours"


def test_pywb_makes_the_same_index(collection: Path, pywb: Path):
    """Keys, places and digests of the pack's index are those that pywb finds, but for what no page is."""
    (warc,) = (collection / "archive").iterdir()
    done = subprocess.run([pywb / "cdx-indexer", "-j", warc], capture_output=True, text=True, check=True)
    theirs, mine = (
        {_place(line) for line in lines if '"http' in line}
        for lines in (done.stdout.splitlines(), (collection / "indexes" / "index.cdxj").read_text().splitlines())
    )
    assert {one for one in mine if "?" not in one[0]} <= theirs
    assert {one[1:] for one in mine} == {one[1:] for one in theirs}


def _place(line: str) -> tuple[str, ...]:
    said = json.loads(line[line.index("{") :])
    return (line.split(" ")[0], said["mime"], *(said[name] for name in ("url", "offset", "length", "digest")))


@pytest.fixture
def replay(collection: Path, pywb: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(pywb / "wayback"), "-p", str(port), "-b", "127.0.0.1"]
    folder = collection.parents[1]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/ours"
        finally:
            server.kill()


def test_pywb_replays_every_page(pack: Path, replay: str):
    """Every page of the list opens at its time and shows its title."""
    pages = [json.loads(line) for line in files_of(pack)["pages/pages.jsonl"].decode().splitlines()[1:]]
    assert len(pages) == 32 - 1  # one was asked for by a form
    for page in pages:
        at = "".join(filter(str.isdigit, page["ts"]))
        with urllib.request.urlopen(f"{replay}/{at}id_/{page['url']}", timeout=60) as answer:
            body = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        assert page["title"].lstrip("'") in body.decode()
