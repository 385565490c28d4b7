"""No process of a test run reaches more than this machine: a hook in every Python, a plugin that fails the test."""

import os
from pathlib import Path

HOOK = Path(__file__).with_name("hook")  # a folder of its own: whoever has it on the path imports nothing else of ours


NOTES = "DUIZHANG_TEST_EGRESS"  # the hook's word for the file that refusals are noted in


def guard() -> dict[str, str]:
    """What guards a child that is given nothing else of this environment."""
    return {"PYTHONPATH": python_path(), NOTES: os.environ[NOTES]}


def python_path(*folders: Path | str) -> str:
    """A PYTHONPATH for a child with these folders, with which it is guarded as well."""
    return os.pathsep.join(map(str, (HOOK, *folders)))
