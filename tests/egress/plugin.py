"""The pytest plugin of the guard: this process and all its children have the hook, and what it refused is a failure."""

import os
import runpy
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.egress import HOOK, NOTES

_NOTES = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    runpy.run_path(str(HOOK / "sitecustomize.py"))
    descriptor, name = tempfile.mkstemp(prefix="egress-")
    os.close(descriptor)
    config.stash[_NOTES] = Path(name)
    os.environ[NOTES] = name  # a worker of xdist has a file of its own
    others = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part and part != str(HOOK)]
    os.environ["PYTHONPATH"] = os.pathsep.join([str(HOOK), *others])


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_NOTES].unlink(missing_ok=True)


def _watched(item: pytest.Item) -> Iterator[None]:
    result = yield
    notes = item.config.stash[_NOTES]
    if refused := notes.read_text("utf-8"):
        notes.write_text("", "utf-8")
        pytest.fail(f"the test, or a process that it started, asked for more than this machine:\n{refused}", False)
    return result


pytest_runtest_setup = pytest_runtest_call = pytest_runtest_teardown = pytest.hookimpl(wrapper=True)(_watched)
