"""The documents name everything that a user can type, and what they link to exists."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from typer.main import get_command

from crawler.cli import application
from crawler.run.source_files import shipped_keys
from pipeline.dialects import DIALECTS
from pipeline.model import Expect, Layout, Manners
from pipeline.source.file import source_of
from pipeline.source.scaffold import NOTICES
from tests.egress import python_path

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TEXT = "\n".join(page.read_text() for page in PAGES)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
DEFAULT = re.compile(r"^\| `(\w+)` \| [^|]+ \| `([^`|]+)` \|", re.MULTILINE)


def options() -> Iterator[str]:
    for name, command in get_command(application()).commands.items():
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    yield f"{name} {option}"


def settings() -> set[str]:
    """The environment variables that our code reads, found in its text."""
    files = [file for package in ("crawler", "storage") for file in (ROOT / package).rglob("*.py")]
    return {name for file in files for name in re.findall(r"\bDUIZHANG_[A-Z_]+\b", file.read_text())}


def keys() -> list[str]:
    """What a source file can say."""
    return [field.name for record in (Manners, Expect, Layout) for field in fields(record)]


def test_every_command_is_documented():
    """A command that no page shows is one that nobody finds."""
    names = sorted(get_command(application()).commands)
    assert [name for name in names if f"duizhang {name}" not in TEXT] == []


def test_every_option_is_documented():
    """Every option of every command is on some page."""
    assert [option for option in options() if option.split()[1] not in TEXT] == []


def test_every_setting_is_documented():
    """Every environment variable that changes something is on some page."""
    assert [name for name in sorted(settings()) if name not in TEXT] == []


def test_every_source_dialect_and_key_is_documented():
    """Every shipped source, every dialect and every key of a source file is on some page."""
    names = sorted({*shipped_keys(), *DIALECTS, *keys()})
    assert [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", TEXT)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """A link to a file of this repository leads to one that exists."""
    links = re.findall(r"\]\(([^)#\s]+)[^)\s]*\)", page.read_text())
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (page.parent / link).exists()] == []


def shown(language: str) -> Iterator[tuple[str, str]]:
    """The blocks of that language with the page that shows them."""
    for page in PAGES:
        for block in re.findall(rf"^```{language}\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE):
            yield page.name, block


def shown_commands() -> Iterator[tuple[str, ...]]:
    """The words after `duizhang` of every command line that a page shows."""
    for _, block in shown("sh"):
        for line in block.splitlines():
            if line.startswith("duizhang "):
                words = shlex.split(line, comments=True)[1:]
                yield tuple(words[: words.index(">")] if ">" in words else words)


def test_every_shown_command_is_understood():
    """A command line that is copied from a page is right, up to the files and ids that it names."""
    group = get_command(application())
    for words in shown_commands():
        with group.make_context("duizhang", list(words)) as context:
            name, command, rest = group.resolve_command(context, list(words))
            command.make_context(name, rest)


def test_every_shown_source_file_is_right():
    """A source file that is copied from a page can be used; each dialect has one; the README's need no selectors."""
    sources = [(page, source_of("copied", block)) for page, block in shown("toml") if 'dialect = "' in block]
    copied = [source for page, source in sources if page == "README.md"]
    assert {source.dialect for _, source in sources} == set(DIALECTS)
    assert {source.dialect for source in copied} == {"jeecms", "trs", "struts"}
    assert [source.layouts for source in copied] == [()] * len(copied)


def test_stated_defaults_are_those_of_the_program():
    """The default that a page states for a key is the one that a source file without it gets."""
    text = (ROOT / "docs" / "sources.md").read_text()
    stated = dict(DEFAULT.findall(text))
    held = {field.name: field.default for record in (Manners, Expect) for field in fields(record)}
    assert {name: tomllib.loads(f"value = {stated[name]}")["value"] for name in held} == held


def test_anchors_lead_to_headings():
    """A link into a page leads to a heading that it has."""
    anchors = {page: {anchor_of(line) for line in HEADING.findall(page.read_text())} for page in PAGES}
    for page in PAGES:
        for path, anchor in re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", page.read_text()):
            assert anchor in anchors[(page.parent / path).resolve() if path else page], f"{page.name}: #{anchor}"


def anchor_of(heading: str) -> str:
    """The anchor that code hosts give a heading: lower case, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_generated_parts_are_current():
    """What `make docs` would write is what the documents say."""
    command = [sys.executable, "docs/generate.py", "--check"]
    environment = {**os.environ, "PYTHONPATH": python_path(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_readme_is_short():
    """The README fits in 200 lines."""
    assert len((ROOT / "README.md").read_text().splitlines()) <= 200


@pytest.mark.parametrize("page", ["README.md", "docs/sources.md", "docs/counting.md"])
def test_one_advice_on_notices(page):
    """Which line the sections named 公告通知 feed is said everywhere in the words that `sources new` writes."""
    assert NOTICES in " ".join((ROOT / page).read_text(encoding="utf-8").split())
