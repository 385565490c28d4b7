"""One archive, canonically: what a `duizhang` makes of its WARC files, as JSON lines to set beside another program's.

    python -m tests.bench.oracle ARCHIVE --command .venv/bin/duizhang --report report.txt > after.jsonl

Nothing of the program is imported, so that an older one's dump is made by the same script. What is to change nothing
changes no line; what changes on purpose is the diff of two dumps. Times of this machine's clock, and names that follow
from them, are left out.
"""

import argparse
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# What says how a program keeps its books and not what it knows; and full text, which is made of the postings.
BOOKKEEPING = (
    "alembic_version",
    "readers",
    "derived_shape",
    "in_step",
    "sqlite_",
    "search",
    "job_runs",
    "service_jobs",
)
CLOCK = {"events": {"seq", "at", "day"}, "settled": {"since", "at", "readers"}, "alerts": {"at", "id"}}
OF_THE_MINUTE = {"report", "capture", "archive", "archived_at", "seal", "run", "program"}
QUESTIONS = (
    ("counts", "--by", "year,bucket,channel,type,area,region"),
    ("counts", "--by", "year,bucket,month", "--definition", "documents"),
    ("counts", "--by", "year,bucket", "--definition", "pages"),
    ("coverage",),
)


def dump(archive: Path, command: str, reports: list[str]) -> Iterator[str]:
    """The lines of an archive: every row of every table, then what is answered and packed about each report."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "archive"
        shutil.copytree(archive / "warc", copy / "warc")
        _answer(command, copy, "derive", "--rebuild")
        yield from sorted(_tables(copy))
        for question in QUESTIONS:
            yield from _lines(" ".join(question), json.loads(_answer(command, copy, *question, "--format", "json")))
        for report in reports:
            pack = Path(folder) / "pack.wacz"
            pack.unlink(missing_ok=True)
            done = _ended(command, copy, "verify", report, "--format", "json", "--evidence", str(pack))
            answer = json.loads(done.stdout or "{}")
            for row in answer.get("rows", []):
                answer = json.loads(json.dumps(answer).replace(row["id"], "REPORT"))
            yield _line(f"verify {Path(report).name} ended with", done.returncode)
            yield from _lines(f"verify {Path(report).name}", _timeless(answer))
            if pack.exists():
                yield from sorted(_packed(Path(report).name, pack))


def _answer(command: str, archive: Path, *words: str) -> str:
    """What a command prints; 0 and 1 are answers, anything else ends the dump."""
    done = _ended(command, archive, *words)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"{words} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def _ended(command: str, archive: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUIZHANG_")}
    environment |= {"DUIZHANG_ARCHIVE": str(archive), "DUIZHANG_LANGUAGE": "en", "PYTHONHASHSEED": "1"}
    return subprocess.run([*command.split(), *words], env=environment, capture_output=True, encoding="utf-8")


def _tables(archive: Path) -> Iterator[str]:
    with sqlite3.connect(f"file:{archive}/duizhang.sqlite?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if not name.startswith(BOOKKEEPING):
                for row in database.execute(f'SELECT * FROM "{name}"'):
                    yield _line(name, {key: row[key] for key in tuple(row.keys()) if key not in CLOCK.get(name, ())})


def _lines(name: str, answer: Any) -> Iterator[str]:
    """An answer as lines: what holds a list is taken apart, everything else is a line."""
    if isinstance(answer, list):
        for one in answer:
            yield from _lines(name, one)
    elif isinstance(answer, dict) and any(isinstance(value, list | dict) for value in answer.values()):
        for key, value in answer.items():
            yield from _lines(f"{name} {key}", value)
    else:
        yield _line(name, answer)


def _packed(report: str, pack: Path) -> Iterator[str]:
    """The rows of every claim as an auditor gets them."""
    with zipfile.ZipFile(pack) as files:
        for name in files.namelist():
            if name.startswith("rows/"):
                rows = csv.DictReader(io.StringIO(files.read(name).decode("utf-8-sig")))
                yield from (_line(f"evidence {report} {name}", row) for row in rows)


def _timeless(answer: Any) -> Any:
    """The same without what is named after the run that brought the report, or the minute of it."""
    if isinstance(answer, dict):
        return {key: _timeless(value) for key, value in answer.items() if key not in OF_THE_MINUTE}
    return [_timeless(one) for one in answer] if isinstance(answer, list) else answer


def _line(name: str, value: Any) -> str:
    return json.dumps([name, value], ensure_ascii=False, sort_keys=True, default=bytes.hex)


def main() -> None:
    """Prints the dump."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.oracle", description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--command", default="duizhang")
    parser.add_argument("--report", action="append", default=[])
    asked = parser.parse_args()
    for line in dump(asked.archive, asked.command, asked.report):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
