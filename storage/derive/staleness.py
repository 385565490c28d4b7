"""What rows were made with: the source's declaration, and a digest over the code and the data that read captures.

A digest is over the parsed code of a stage's modules and of all that they import, without comments and docstrings, and
over the data files beside them: it changes with whatever could change a row, and nobody has to raise a number.
"""

import ast
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

from sqlalchemy import Connection, select

from pipeline.model import Expect, Manners, Source
from storage.tables import core as t
from storage.tables.events import in_step, settled, unsettled

PROGRAM = Path(__file__).parents[2]  # the folder of the packages
PACKAGES = ("pipeline", "storage")
# What every derive makes anew (findings, coverage, states, registers) is no stage; the cube and the full-text index are
# only moved by differences, so they are. Not told is the order in which run.py calls the stages: it must stay the same
# in what it gives, or a stage changes with it.
STAGES = {
    "notices": (
        "pipeline.reading",
        "storage.derive.captures",
        "storage.notices.write",
        "storage.notices.documents",
        "storage.notices.facts",
        "storage.notices.chains",
        "storage.counts.cube",
        "storage.search.index",
    ),
    "files": ("pipeline.page.file_text", "storage.derive.files"),
    "reports": ("storage.derive.reports", "storage.derive.found_reports", "storage.derive.decisions"),
}


def made_with(source: Source) -> str:
    """Equal as long as captures of the source read the same: its pace, its name and notes say nothing about that."""
    plain = replace(
        source, text="", name="", note="", ocid_prefix="", manners=Manners(), expect=Expect(), verified=True
    )
    return sha256(f"{readers()} {plain!r}".encode()).hexdigest()


def is_stale(connection: Connection, sources: dict[str, Source]) -> bool:
    """True when rows of some source were made with another declaration or other readers."""
    rows = {row.source: row.digest for row in connection.execute(select(t.readers))}
    return any(rows[key] != made_with(source) for key, source in sources.items() if key in rows)


class Remade(StrEnum):
    """Why all derived tables are made anew."""

    PROGRAM = "program"  # other readers than those that the rows were made with
    DECLARATION = "declaration"  # another source file
    ASKED = "asked"  # by a person, or because the tables were lost


def remade(connection: Connection, sources: Mapping[str, Source]) -> Remade | None:
    """Why the tables are being made anew, from the first capture or from where a killed derive left it; else None.

    An archive whose counts were never known is made for the first time.
    """
    anew = select(unsettled.c.posting).where(unsettled.c.anew).limit(1)
    if connection.scalar(select(in_step.c.id)) is not None and connection.scalar(anew) is None:
        return None
    made = connection.execute(select(settled)).all()
    if not made:
        return None
    if any(row.readers.partition(" ")[0] != readers() for row in made):
        return Remade.PROGRAM
    told = {key: declaration_of(source) for key, source in sources.items()}
    return Remade.DECLARATION if any(told.get(row.source) != row.declaration for row in made) else Remade.ASKED


def declaration_of(source: Source) -> str:
    """The SHA-256 of the source file."""
    return sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def readers() -> str:
    """The digest of all stages together, of the program that runs."""
    return sha256(json.dumps(digests(PROGRAM)).encode()).hexdigest()[:16]


def digests(program: Path) -> dict[str, str]:
    """The digest of each stage's code; parsing takes seconds, so it is kept beside Python's own compiled code."""
    files = sorted(path for package in PACKAGES for path in (program / package).rglob("*") if _is_ours(path))
    told = sha256(str(sys.version_info[:2]).encode())
    for path in files:
        told.update(f"{path.relative_to(program)}\n".encode() + path.read_bytes())
    kept = Path(cache_from_source(str(program / "storage" / "derive" / "staleness.py"))).with_suffix(".json")
    with suppress(OSError, ValueError):
        found = json.loads(kept.read_text(encoding="utf-8"))
        if found["files"] == told.hexdigest():
            return dict(found["digests"])
    parsed = cache(_parsed)  # each module once, however many stages it serves
    made = {stage: _digest(program, roots, parsed) for stage, roots in STAGES.items()}
    with suppress(OSError):  # a program in a folder that nobody writes parses each time
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps({"files": told.hexdigest(), "digests": made}), encoding="utf-8")
    return made


def _is_ours(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts


@dataclass(frozen=True, slots=True)
class _Module:
    """What a module says, and which modules of ours it may import."""

    code: str
    imports: tuple[str, ...]


def _digest(program: Path, roots: Iterable[str], parsed: Callable[[Path], _Module]) -> str:
    modules = _behind(program, roots, parsed)
    told = sha256()
    for path in sorted(modules):
        told.update(f"{path.relative_to(program)}\n{parsed(path).code}\n".encode())
    for path in sorted({one for folder in {path.parent for path in modules} for one in folder.iterdir()}):
        if _is_ours(path) and path.suffix != ".py":
            told.update(f"{path.relative_to(program)}\n".encode() + path.read_bytes())
    return told.hexdigest()


def _behind(program: Path, roots: Iterable[str], parsed: Callable[[Path], _Module]) -> set[Path]:
    """The modules of these names and all that they import of ours."""
    found: set[Path] = set()
    waiting = list(roots)
    while waiting:
        path = _path(program, waiting.pop())
        if path is not None and path not in found:
            found.add(path)
            waiting += parsed(path).imports
    return found


def _path(program: Path, module: str) -> Path | None:
    place = program.joinpath(*module.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


def _parsed(path: Path) -> _Module:
    """The module without its docstrings; comments are gone since it was parsed."""
    tree = ast.parse(path.read_bytes())
    imports: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            imports += [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            node.body = node.body[1:] or [ast.Pass()]
    return _Module(ast.unparse(tree), tuple(name for name in imports if name.split(".")[0] in PACKAGES))
