"""The descriptive files of a WACZ 1.1.1 container (specs.webrecorder.net/wacz/1.1.1): pages.jsonl, datapackage.json."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

VERSION = "1.1.1"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the container: its path, SHA-256 in hexadecimal digits, size in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class About:
    """What a container says of itself."""

    title: str
    description: str
    created: str  # RFC 3339, UTC, whole seconds
    software: str
    main_url: str = ""  # the page to open first; "": none
    main_at: str = ""


def page_line(id_: str, url: str, at: str, title: str) -> str:
    """A page as a replay tool lists it; the time as RFC 3339."""
    return json.dumps({"id": id_, "url": url, "ts": at, "title": title})


def pages_head(title: str) -> str:
    """The first line of pages.jsonl."""
    return json.dumps({"format": "json-pages-1.0", "id": "pages", "title": title})


def datapackage(about: About, members: Iterable[Member]) -> bytes:
    """The Frictionless Data Package with the digest of every file."""
    said: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": about.title,
        "description": about.description,
        "created": about.created,
        "software": about.software,
    }
    if about.main_url:
        said |= {"mainPageUrl": about.main_url, "mainPageDate": about.main_at}
    said["resources"] = [
        {"name": member.path.rpartition("/")[2].lower(), "path": member.path}
        | {"hash": f"sha256:{member.sha256}", "bytes": member.size}
        for member in members
    ]
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
