"""WARC/1.1 records as bytes: one record is one gzip member."""

import os
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import BinaryIO, cast

from zlib_ng import zlib_ng

# Of composed 28 KB pages (tests/bench/bench_archive.py), against warcio's zlib at level 9, speed and size of the files:
# level 6 1.9 times and 104 %, 7 1.9 and 104 %, 8 1.6 and 104 %, 9 1.3 and 102 %; the ids and SHA-256s are 2 % of it.
LEVEL = 7
LARGEST = 1 << 28  # bytes of one record; a bigger one is a bomb: a portal is asked for at most 50 MB (model.Manners)

_GZIP = 31  # zlib's window for a gzip header and trailer
_BAD_GZIP = cast("type[Exception]", zlib_ng.error)  # its stub calls the class an instance
_MAGIC = b"\x1f\x8b\x08" + bytes(5)  # zlib writes no flags and no time
_STEP = 1 << 14  # a page of 30 KB is a member of about 6 KB: larger steps copy more of what follows it
_SCAN = 1 << 20
_HEAD = 1 << 11  # the first 2 KB of a member hold the two ids of its record


class Broken(Exception):
    """The bytes are not a whole and true record; the message says why."""


class Torn(Broken):
    """The file ends inside a member: cut short, or still being written."""


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A WARC record: its named fields (lower-case name, first value) and its block."""

    fields: dict[str, str]
    block: bytes


def digest(*parts: bytes) -> str:
    """SHA-256 as WARC tools write it: base32 with its padding."""
    return digest_of_sum(_sha256(parts))


def digest_of_sum(value: bytes) -> str:
    """The labelled form of a SHA-256 that is known already."""
    return "sha256:" + b32encode(value).decode("ascii")


def _sha256(parts: Iterable[bytes]) -> bytes:
    running = sha256()
    for part in parts:
        running.update(part)
    return running.digest()


def packed(fields: Iterable[tuple[str, str]], *block: bytes) -> bytes:
    """One gzip member with one record. Values are ASCII without line ends: a portal's text comes here escaped."""
    length = sum(map(len, block))
    if length > LARGEST:
        raise ValueError(f"a record of {length} bytes is larger than {LARGEST}")
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in fields), f"Content-Length: {length}", "", ""]
    head = "\r\n".join(lines).encode("ascii")
    return bytes(zlib_ng.compress(b"".join((head, *block, b"\r\n\r\n")), LEVEL, _GZIP))


def record_in(content: bytes) -> WarcRecord:
    """The record that an unpacked member holds. Raises Broken when it is not exactly one."""
    end = content.find(b"\r\n\r\n")
    if end < 0 or not content.startswith(b"WARC/1."):
        raise Broken("no WARC record begins here")
    fields: dict[str, str] = {}
    for line in content[:end].decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        fields.setdefault(name.lower(), value.strip(" \t"))
    size = len(content) - end - 8
    if size < 0 or fields.get("content-length") != str(size) or not content.endswith(b"\r\n\r\n"):
        raise Broken(f"the record does not have the length that it states, its block has {size} bytes")
    return WarcRecord(fields, content[end + 4 : -4])


def check_digest(record: WarcRecord) -> None:
    """Raises Broken unless the block has the SHA-256 that its record states."""
    if record.fields.get("warc-block-digest") != digest(record.block):
        raise Broken("the block does not have the digest that its record states")


class Members:
    """The gzip members of a file one after the other; `position` is where the next one begins."""

    def __init__(self, file: BinaryIO, position: int) -> None:
        self.position = position
        self._file = file
        self._ahead = b""  # read from the file, not yet unpacked
        file.seek(position)

    def next(self) -> bytes | None:
        """The next member, unpacked; None at the end of the file. Raises Torn or Broken and then stays where it was."""
        piece = self._ahead or self._file.read(_STEP)
        if not piece:
            return None
        stream = zlib_ng.decompressobj(_GZIP)
        parts: list[bytes] = []
        packed_size = unpacked_size = 0
        while True:
            parts.append(_inflate(stream, piece))
            packed_size += len(piece)
            unpacked_size += len(parts[-1])
            if stream.eof:
                break
            if unpacked_size > LARGEST:
                raise Broken(f"the record unpacks to more than {LARGEST} bytes")
            piece = self._file.read(_STEP)
            if not piece:
                raise Torn("the file ends inside a record")
        self._ahead = stream.unused_data
        self.position += packed_size - len(self._ahead)
        return b"".join(parts) if len(parts) > 1 else parts[0]

    def skip(self) -> bool:
        """Goes to the next member behind the damaged one; False, and to the end of the file, when there is none.

        A portal can send a WARC file as an attachment, and a damaged record would then show what the portal forged.
        So only members that name the file's own warcinfo record count: nobody outside knows its random id.
        """
        following = next((found for found, owner in _heads(self._file, self.position + 1) if owner == self._own), None)
        self._go_to(self._file.seek(0, os.SEEK_END) if following is None else following)
        return following is not None

    @cached_property
    def _own(self) -> str | None:
        return next((owner for _, owner in _heads(self._file, 0)), None)

    def _go_to(self, position: int) -> None:
        self.position = position
        self._ahead = b""
        self._file.seek(position)


def _inflate(stream: "zlib_ng._Decompress", piece: bytes) -> bytes:
    try:
        return bytes(stream.decompress(piece))
    except _BAD_GZIP as error:
        raise Broken(f"the gzip member is damaged: {error}") from None


def _heads(file: BinaryIO, position: int) -> Iterable[tuple[int, str]]:
    """Where records seem to begin, with the id of the warcinfo record that each belongs to ("" when it names none)."""
    while True:
        file.seek(position)
        window = file.read(_SCAN)
        found = window.find(_MAGIC)
        while found >= 0:
            file.seek(position + found)
            owner = _owner(file.read(_HEAD))
            if owner is not None:
                yield position + found, owner
            found = window.find(_MAGIC, found + 1)
        if len(window) < _SCAN:
            return
        position += _SCAN - len(_MAGIC) + 1


def _owner(member: bytes) -> str | None:
    stream = zlib_ng.decompressobj(_GZIP)
    try:
        head = bytes(stream.decompress(member, _HEAD))
    except _BAD_GZIP:
        return None
    if not head.startswith(b"WARC/1."):
        return None
    fields = dict(line.partition(": ")[::2] for line in head.decode("latin-1").split("\r\n"))
    if fields.get("WARC-Type") == "warcinfo":
        return fields.get("WARC-Record-ID", "")
    return fields.get("WARC-Warcinfo-ID", "")
