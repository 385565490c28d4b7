"""What rows were made with is computed: a byte of a reader makes an archive stale, a byte of a comment does not."""

import shutil
from pathlib import Path

import pytest

from storage.derive.staleness import PACKAGES, PROGRAM, STAGES, digests


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program that may be changed."""
    folder = tmp_path_factory.mktemp("program")
    for package in PACKAGES:
        shutil.copytree(PROGRAM / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def changed(program: Path, module: str, old: str, new: str) -> set[str]:
    """The stages whose digest is another one after that change, which is taken back."""
    path, before = program / module, digests(program)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        return {stage for stage, digest in digests(program).items() if digest != before[stage]}
    finally:
        path.write_text(text, encoding="utf-8")


def test_a_byte_of_a_reader_makes_stale(program: Path) -> None:
    """Code that a stage reaches through any number of imports is part of what it was made with."""
    assert "notices" in changed(program, "pipeline/article/published.py", "_FAR = 12", "_FAR = 13")
    assert "reports" in changed(program, "pipeline/report/tree.py", "_MOST_CUTS = 3", "_MOST_CUTS = 2")


@pytest.mark.parametrize(
    "module",
    ["storage/counts/cube.py", "storage/search/index.py", "storage/search/terms.py", "storage/search/sqlite.py",
     "storage/derive/found_reports.py"],
)  # fmt: skip
def test_what_is_only_moved_by_differences_makes_stale(program: Path, module: str) -> None:
    """What no derive makes again by itself, the cube, the full-text index, reports found, is part of a stage."""
    assert changed(program, module, "\nfrom ", "\nADDED = 1\nfrom ")


def test_a_report_reader_leaves_notices_as_they_are(program: Path) -> None:
    """Each stage has its own digest: what reads reports alone says nothing about notices."""
    assert changed(program, "pipeline/report/tree.py", "_MOST_CUTS = 3", "_MOST_CUTS = 2") == {"reports"}


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("pipeline/article/published.py", '"""When a page', '"""On which day a page'),
        ("pipeline/article/published.py", "\nfrom collections", "\n# why not\nfrom collections"),
        ("pipeline/verdict/words.py", "查到", "找到"),
        ("storage/queries/counts.py", "import", "import "),
    ],
)
def test_a_comment_a_docstring_or_a_sentence_makes_nothing_stale(
    program: Path, module: str, old: str, new: str
) -> None:
    """What no row depends on may change without reading the archive anew."""
    assert changed(program, module, old, new) == set()


def test_data_beside_the_code_counts(program: Path) -> None:
    """A vocabulary in a data file is part of what a stage was made with."""
    before = digests(program)
    (program / "pipeline" / "places" / "towns.txt").write_text("540102 城关区\n", encoding="utf-8")
    after = digests(program)
    assert before["notices"] != after["notices"]


def test_the_digest_is_kept_and_not_believed_when_files_changed(program: Path) -> None:
    """The second look parses nothing and says the same; every stage has modules."""
    assert digests(program) == digests(program)
    assert len(set(digests(program).values())) == len(STAGES)
