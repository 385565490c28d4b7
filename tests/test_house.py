"""The house: every folder can be taken in at a glance, and one word names one thing (docs/glossary.md)."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("pipeline", "storage", "crawler")
MOST = 16  # modules that a reader can take in: the largest folder of the codebases that we hold up as models has 28


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules_of(root: Path, package: str) -> Iterator[Path]:
    """The package's modules but for faces and migrations, which Alembic names and orders."""
    for path in sorted((root / package).rglob("*.py")):
        if path.name != "__init__.py" and "migrations" not in path.parts:
            yield path


def crowded(root: Path) -> list[str]:
    """Folders with more modules than a reader can take in."""
    here = Counter(path.parent for package in PACKAGES for path in modules_of(root, package))
    return [f"{folder.relative_to(root)}: {n} modules" for folder, n in here.items() if n > MOST]


def repeating(root: Path) -> list[str]:
    """Modules whose name begins with their folder's: count/count_words.py is count/words.py."""
    return [
        str(path.relative_to(root))
        for package in PACKAGES
        for path in modules_of(root, package)
        if re.match(rf"{path.parent.name.rstrip('s')}s?(_|$)", path.stem)
    ]


def doubled(root: Path) -> list[str]:
    """Class names that stand in two modules of one package."""
    found = []
    for package in PACKAGES:
        names = Counter(
            node.name
            for path in modules_of(root, package)
            for node in _parsed(path).body
            if isinstance(node, ast.ClassDef)
        )
        found += [f"{package}: {name}" for name, n in names.items() if n > 1]
    return found


def past_faces(root: Path) -> list[str]:
    """Imports of what a wing's face offers from the module behind it, by modules of other wings."""
    offered = {}
    for face in sorted(path for package in PACKAGES for path in (root / package).glob("*/__init__.py")):
        for node in _parsed(face).body:
            if isinstance(node, ast.ImportFrom) and f"{node.module}".split(".")[1:2] == [face.parent.name]:
                offered |= {(node.module, name.name): face.parent for name in node.names}
    return [
        f"{path.relative_to(root)}: {name.name} of {node.module}"
        for package in PACKAGES
        for path in modules_of(root, package)
        for node in ast.walk(_parsed(path))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if offered.get((node.module, name.name), path.parent) not in path.parents
    ]


def forbidden_words(glossary: str) -> dict[str, str]:
    """The words of the glossary's last column, each with the term in its place; what is a term itself is none."""
    rows = re.findall(r"^\| \*\*([^*|]+)\*\*[^|]*\|[^|]*\| ([^|]*) \|$", glossary, re.M)
    terms = {word.strip().lower() for term, _ in rows for word in term.split(",")}
    pairs = ((word.strip(), term) for term, instead in rows for word in instead.split(","))
    return {word: term for word, term in pairs if re.fullmatch(r"[a-z]+", word) and word not in terms}


def misnamed(root: Path, words: dict[str, str]) -> list[str]:
    """Classes whose name is a word that the glossary asks to leave."""
    return [
        f"{path.relative_to(root)}: {node.name}, and not {words[node.name.lower()]}"
        for package in PACKAGES
        for path in modules_of(root, package)
        for node in _parsed(path).body
        if isinstance(node, ast.ClassDef) and node.name.lower() in words
    ]


def test_no_folder_is_a_corridor() -> None:
    """No folder has more than sixteen modules."""
    assert crowded(ROOT) == []


def test_no_module_repeats_its_folder() -> None:
    """What the folder says already, the module's name does not say again."""
    assert repeating(ROOT) == []


def test_a_class_name_stands_once() -> None:
    """One name is one thing within a package."""
    assert doubled(ROOT) == []


def test_what_a_wing_offers_is_taken_from_its_face() -> None:
    """Nothing that a face names is imported past it."""
    assert past_faces(ROOT) == []


def test_names_are_those_of_the_glossary() -> None:
    """No class has a name that the glossary asks to leave."""
    words = forbidden_words((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    assert len(words) > 10
    assert misnamed(ROOT, words) == []


@pytest.mark.parametrize("guard", [crowded, repeating, doubled])
def test_each_guard_sees_what_it_guards_against(guard, tmp_path: Path) -> None:
    """A house with a corridor, a repeated name and a doubled class fails each guard."""
    folder = tmp_path / "pipeline" / "counts"
    folder.mkdir(parents=True)
    for number in range(MOST + 1):
        (folder / f"count_{number}.py").write_text("class Cell:\n    pass\n", encoding="utf-8")
    assert guard(tmp_path)


def test_the_guard_of_faces_sees_a_way_past(tmp_path: Path) -> None:
    """What the face of a wing names and another wing takes from the module behind it is found."""
    for name, text in {
        "report/__init__.py": "from pipeline.report.read import claims_in\n",
        "report/read.py": "from pipeline.report.text import lines\n\n\ndef claims_in(): ...\n",
        "report/text.py": "from pipeline.report.read import claims_in\n",
        "draft/check.py": "from pipeline.report.read import claims_in\n",
        "draft/right.py": "from pipeline.report import claims_in\n",
    }.items():
        path = tmp_path / "pipeline" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert past_faces(tmp_path) == ["pipeline/draft/check.py: claims_in of pipeline.report.read"]


def test_the_guard_of_names_sees_a_wrong_one(tmp_path: Path) -> None:
    """A class that is named by a word of the last column is found."""
    words = forbidden_words("| word | is | not called |\n|---|---|---|\n| **Run** | one execution | job |\n")
    (tmp_path / "storage").mkdir()
    (tmp_path / "storage" / "a.py").write_text("class Job:\n    pass\n", encoding="utf-8")
    assert words == {"job": "Run"}
    assert misnamed(tmp_path, words) == ["storage/a.py: Job, and not Run"]
