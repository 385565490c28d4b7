"""The files that a list names as its evidence: where they may lie, and the address that they are archived under."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

_APART = re.compile(r"[;；|\n]")
_DRIVE = re.compile(r"^[A-Za-z]:|^[A-Za-z][A-Za-z0-9+.\-]{1,20}://")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_LONGEST = 400  # characters of a path
MOST = 20  # files of one row


class Outside(ValueError):
    """The name leads out of the list's folder, or is none. The message is for the person who brings the list."""


def scans_in(cell: str) -> tuple[str, ...]:
    """The names in a cell, separated by semicolons, bars or line breaks, each once."""
    return tuple(dict.fromkeys(name for part in _APART.split(cell) if (name := part.strip())))[:MOST]


def steps_to(name: str) -> tuple[str, ...]:
    """The folders and the file below the list's own folder. Raises Outside."""
    if _DRIVE.match(name) or name.startswith(("/", "\\", "~")):
        raise Outside("only a name relative to the list is followed")
    if _CONTROL.search(name) or len(name) > _LONGEST:
        raise Outside("this is no file name")
    steps = tuple(step for step in name.replace("\\", "/").split("/") if step not in {"", "."})
    if ".." in steps:
        raise Outside("it leads out of the list's folder")
    if not steps:
        raise Outside("this is no file name")
    return steps


def address_of(list_url: str, name: str) -> str:
    """The address that the file is archived under: beside the list's. Raises Outside."""
    parts = urlsplit(list_url)
    folder = parts.path.rpartition("/")[0]
    path = "/".join((folder, *(quote(step) for step in steps_to(name))))
    return urlunsplit(parts._replace(path=path))
