"""crawler/service/children.py: what comes back of a child process, whatever it does."""

import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from crawler.service.children import ChildEnded, ChildLimits, run_child
from tests.egress import python_path


@pytest.fixture
def run(tmp_path):
    """Runs a program as a child of the service would run."""

    def run(program: str, seconds: float = 30) -> ChildEnded:
        (tmp_path / "program.py").write_text(program)
        environment = {**os.environ, "PYTHONPATH": python_path(Path.cwd(), tmp_path)}
        return run_child(("program", "甲"), ChildLimits(seconds, lambda: False, grace_seconds=1), environment)

    return run


def test_its_code_and_words(run):
    """The exit code, and what it said on both streams."""
    assert run("import sys; print(sys.argv[1]); print('b', file=sys.stderr); sys.exit(3)") == ChildEnded(
        3, "甲\nb\n", False
    )


def test_only_the_last_words_of_a_chatty_child(run):
    """A child that prints without end neither blocks nor fills the memory; bytes that are no text are shown as such."""
    ended = run("import sys; sys.stdout.buffer.write(b'x' * 5_000_000 + b'\\xff end')")
    assert ended.exit_code == 0
    assert len(ended.said) <= 8000
    assert ended.said.endswith("x\ufffd end")


def test_a_chatty_child_is_ended_at_its_limit(run):
    """Words do not prolong a life."""
    before = time.monotonic()
    ended = run("while True: print('still here')", seconds=0.5)
    assert ended.exit_code == -signal.SIGTERM
    assert time.monotonic() - before < 5


def test_grandchildren_end_with_their_parent(run):
    """What a child started and left behind is ended too."""
    ended = run("import subprocess; print(subprocess.Popen(['sleep', '600']).pid, flush=True)")
    orphan = int(ended.said)
    deadline = time.monotonic() + 5
    while psutil.pid_exists(orphan) and psutil.Process(orphan).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)
