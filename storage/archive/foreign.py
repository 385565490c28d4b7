"""WARC files that others made (wget, pywb, Heritrix …): indexed once, then read record by record."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import parse_qsl

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from pipeline.coverage.saved_pages import Saved
from pipeline.model import Capture, Kind, Unreadable, Visit
from pipeline.values.urls import visit_key

MOST_DAMAGES = 100  # places in one file behind which reading goes on
_LONGEST_FORM = 1_000_000  # bytes of a posted form or JSON text
_STEP = 1 << 20
_GZIP = b"\x1f\x8b\x08"
_WARC = b"WARC/1."

# What warcio raises for bytes that are no whole record; the decoders below it raise their own.
_NOT_WHOLE: tuple[type[Exception], ...] = (
    *(ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, LookupError, TypeError),
    *(AttributeError, zlib.error, OSError),
)

_Posts = dict[str, tuple[tuple[tuple[str, str], ...] | None, str]]


class Refused(Exception):
    """The file cannot be taken in at all; the message is a sentence for a person."""


@dataclass
class _SeenRecord:
    """What a record is and where; `same` names the record that a revisit says it repeats."""

    saved: Saved
    ids: tuple[str, ...]  # its own, and those that it is concurrent to
    payload: str
    same: tuple[str, ...] = ()


@dataclass
class WarcFiles:
    """The captures of the files, by what `wanted` says of their addresses."""

    paths: tuple[Path, ...]
    wanted: Callable[[str], bool]
    most_bytes: int
    temporary: Path
    damages: list[str] = field(default_factory=list)
    unresolved: int = 0  # records that only say "as before" of something that is in none of the files
    _originals: dict[str, Saved] = field(default_factory=dict)  # by identity of the revisit
    _read: list[Path] = field(default_factory=list)  # the files themselves, or their unpacked copies

    @property
    def name(self) -> str:
        return ", ".join(path.name for path in self.paths)

    def saved(self) -> list[Saved]:
        """Every capture that is wanted. Raises Refused for a file that is no WARC file."""
        seen: list[_SeenRecord] = []
        posts: _Posts = {}
        for number, path in enumerate(self.paths):
            self._read.append(self._readable(path, number))
            seen += self._index(number, posts)
        return list(self._resolved(seen, posts))

    def capture(self, saved: Saved, visit: Visit) -> Capture:
        """The capture as it was saved. Raises Unreadable where the record is damaged."""
        original = self._originals.get(saved.identity, saved)
        with self._read[int(original.name)].open("rb") as file:
            file.seek(original.position)
            try:
                for record in ArchiveIterator(file, check_digests=True):
                    return self._told(record, saved, visit)
                raise EOFError("the file ends before it")
            except _NOT_WHOLE as error:
                raise Unreadable(f"record {saved.identity} cannot be read: {str(error)[:200]}") from None

    def _told(self, record: Any, saved: Saved, visit: Visit) -> Capture:
        original = self._originals.get(saved.identity)
        origin = f"{self.paths[int(saved.name)].name} {saved.identity}"
        origin += f", its content from {original.identity}" if original else ""
        body = _body_of(record, self.most_bytes)
        if body is None:
            failure = f"oversize: the record holds more than {self.most_bytes} bytes"
            return Capture(visit, saved.at, 0, (), b"", failure=failure, origin=origin)
        if any("block digest failed" in problem for problem in record.digest_checker.problems):
            raise ValueError("its content does not have the digest that it states")
        cut = record.rec_headers.get_header("WARC-Truncated") is not None
        status, headers = _head_of(record)
        return Capture(visit, saved.at, status, headers, body, truncated=cut, origin=origin)

    def _readable(self, path: Path, number: int) -> Path:
        """The file, or its unpacked copy where it was packed as one piece and no record can be found by its place."""
        try:
            with path.open("rb") as file:
                start = file.read(16)
                if not start.startswith(_GZIP):
                    head = start
                else:
                    file.seek(0)
                    head = gzip.GzipFile(fileobj=file).read(16)
        except (OSError, EOFError, zlib.error) as error:
            raise Refused(f"{path} cannot be read: {error}") from None
        if head.startswith(b"filedesc:"):
            raise Refused(f"{path} is an ARC file: turn it into WARC first, with `warcio recompress`")
        if not head.startswith((b"WARC/0.", _WARC)):
            raise Refused(f"{path} is no WARC file")
        return self._unpacked(path, number) if start.startswith(_GZIP) and _is_one_piece(path) else path

    def _unpacked(self, path: Path, number: int) -> Path:
        self.temporary.mkdir(parents=True, exist_ok=True)
        copy = self.temporary / f"{number}-{path.name.removesuffix('.gz')}"
        most = max(1_000_000_000, 50 * path.stat().st_size)  # text packs to a tenth; a thousandth is a bomb
        with gzip.open(path) as packed, copy.open("wb") as plain:
            try:
                while piece := packed.read(_STEP):
                    plain.write(piece)
                    if plain.tell() > most:
                        raise Refused(f"{path} unpacks to more than {most} bytes")
            except (OSError, EOFError, zlib.error) as error:
                self.damages.append(f"{path.name}: {error}")
        return copy

    # --- the index ---------------------------------------------------------------------------------------------------

    def _index(self, number: int, posts: _Posts) -> Iterator[_SeenRecord]:
        with self._read[number].open("rb") as file:
            position, damages = 0, 0
            while True:
                file.seek(position)
                records = ArchiveIterator(file)
                try:
                    for record in records:
                        where = records.offset
                        yield from self._entry(record, (number, where), posts)
                        records.read_to_end()
                    return
                except _NOT_WHOLE as error:
                    place = max(position, records.offset)
                    self.damages.append(f"{self.paths[number].name} at {place}: {' '.join(str(error).split())[:200]}")
                damages += 1
                following = _next_start(file, place + 1) if damages < MOST_DAMAGES else None
                if following is None:
                    return
                position = following

    def _entry(self, record: Any, place: tuple[int, int], posts: _Posts) -> Iterator[_SeenRecord]:
        fields = record.rec_headers
        url = (fields.get_header("WARC-Target-URI") or "").strip("<>")
        own = fields.get_header("WARC-Record-ID") or ""
        ids = (own, *(value for name, value in fields.headers if name.lower() == "warc-concurrent-to"))
        if record.rec_type == "request" and self.wanted(url):
            _keep_posted(record, ids, posts)
        if record.rec_type not in {"response", "resource", "revisit"} or not self.wanted(url):
            return
        at = _moment(fields.get_header("WARC-Date") or "")
        if at is None or (record.rec_type == "response" and record.http_headers is None):
            return
        status = _status_of(record)
        digest = fields.get_header("WARC-Payload-Digest") or ""
        said = f"{own} {at.isoformat()} {url}"
        identity = own or sha256(said.encode("utf-8", "replace")).hexdigest()
        same: tuple[str, ...] = ()
        if record.rec_type == "revisit":
            refers = [fields.get_header(f"WARC-Refers-To{rest}") or "" for rest in ("", "-Target-URI", "-Date")]
            same = (refers[0], " ".join(refers[1:]).strip(), digest)
        yield _SeenRecord(Saved("", url, at, status, digest, str(place[0]), place[1], identity), ids, digest, same)

    def _resolved(self, seen: list[_SeenRecord], posts: _Posts) -> Iterator[Saved]:
        """The captures with their keys: of what was posted, of what a revisit repeats."""
        contents: dict[str, Saved] = {}
        for one in seen:
            if not one.same:
                moment = f"{one.saved.url} {one.saved.at.isoformat()}"
                for name in filter(None, (one.saved.identity, moment, one.payload)):
                    contents.setdefault(name, one.saved)
        for one in seen:
            form, json = next((posts[id_] for id_ in one.ids if id_ in posts), (None, ""))
            saved = one.saved
            key = visit_key(Visit("", "", Kind.NOTICE, saved.url, form=form, json=json))
            if one.same:
                original = next((contents[name] for name in _names(one.same) if name in contents), None)
                if original is None:
                    self.unresolved += 1
                    continue
                self._originals[saved.identity] = original
            yield Saved(
                key, saved.url, saved.at, saved.status, saved.digest, saved.name, saved.position, saved.identity
            )


def _names(same: tuple[str, ...]) -> Iterable[str]:
    """What a revisit calls the record that it repeats: by id, by address and time, by the digest of its content."""
    url, _, day = same[1].rpartition(" ")
    at = _moment(day)
    return filter(None, (same[0], f"{url} {at.isoformat()}" if at else "", same[2]))


def _is_one_piece(path: Path) -> bool:
    """True when the first gzip member goes on behind the first record."""
    with path.open("rb") as file:
        try:
            records = iter(ArchiveIterator(file))
            next(records)
            next(records)
        except StopIteration:
            return False
        except ArchiveLoadFailed as error:
            return "non-chunked" in str(error)
        except _NOT_WHOLE:
            return False
    return False


def _next_start(file: BinaryIO, position: int) -> int | None:
    """Where the next record may begin; None at the end of the file."""
    while True:
        file.seek(position)
        window = file.read(_STEP)
        places = [place for mark in (_GZIP, _WARC) if (place := window.find(mark)) >= 0]
        if places:
            return position + min(places)
        if len(window) < _STEP:
            return None
        position += _STEP - len(_WARC)


def _keep_posted(record: Any, ids: tuple[str, ...], posts: _Posts) -> None:
    """What a POST carried, for the responses that name the request or that it names."""
    if record.http_headers is None or record.http_headers.protocol != "POST":
        return
    body = record.raw_stream.read(_LONGEST_FORM)
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    text = body.decode("utf-8", "replace")
    is_form = "json" not in kind
    said = (tuple(parse_qsl(text, keep_blank_values=True)), "") if is_form else (None, text)
    posts.update({id_: said for id_ in ids if id_})


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)  # WARC 1.0: dates are UTC


def _status_of(record: Any) -> int:
    if record.http_headers is None:
        return 200
    code = record.http_headers.get_statuscode()
    return int(code) if code.isascii() and code.isdigit() and len(code) == 3 else 0


def _head_of(record: Any) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Status and headers; of a file saved as such, the type that the record states."""
    if record.http_headers is not None:
        return _status_of(record), tuple((str(name), str(value)) for name, value in record.http_headers.headers)
    kind = record.rec_headers.get_header("Content-Type") or "application/octet-stream"
    return 200, (("Content-Type", kind),)


def _body_of(record: Any, most: int) -> bytes | None:
    """The body without its transfer encoding, still compressed; None when it is too long."""
    stream = record.raw_stream
    coding = record.http_headers.get_header("Transfer-Encoding") if record.http_headers else None
    if coding and "chunked" in coding.lower():
        stream = ChunkedDataReader(stream, decomp_type=None)
    body = bytearray()
    while piece := cast("bytes", stream.read(_STEP)):
        body += piece
        if len(body) > most:
            return None
    return bytes(body)
