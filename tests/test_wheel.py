"""The wheel, installed away from the checkout: what `pip install` gives is whole."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.egress import guard

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment that has our wheel, and the dependencies from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    flags = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index"]
    run(sys.executable, "-m", "pip", "--python", python, "install", *flags, wheel, cwd=folder)
    found = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    # A path in a .pth file is searched last and its own .pth files are not read: an editable install stays out.
    (Path(found.strip()) / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python.parent


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={"PATH": "/usr/bin:/bin", **guard()},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_answers(installed, tmp_path):
    """`duizhang --help` names its commands, outside any checkout."""
    words = run(installed / "duizhang", "--help", cwd=tmp_path)
    for command in ("counts", "search", "service", "status"):
        assert f" {command} " in words


def test_what_is_not_python_is_in_it(installed, tmp_path):
    """The shipped sources and the migrations come along and work."""
    program = """
import crawler
from pathlib import Path
from crawler.run.source_files import load_sources
from storage.tables.database import database_url, engine_of
from storage.derive.schema import is_current, upgrade
engine = engine_of(database_url(Path.cwd()))
print(upgrade(engine), is_current(engine), len(load_sources()), crawler.__file__)
"""
    anew, current, sources, where = run(installed / "python", "-W", "error", "-c", program, cwd=tmp_path).split()
    assert (anew, current) == ("True", "True")
    assert int(sources) == len(list((ROOT / "crawler" / "sources").glob("*.toml")))
    assert not where.startswith(str(ROOT))
