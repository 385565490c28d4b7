"""Copies captures into a pack's WARC files, byte for byte: what was asked, what came, and who says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from sqlalchemy import RowMapping

from storage.archive import Archive
from storage.archive.folder import Damaged
from storage.archive.records import tells_visit
from storage.archive.warc import Broken, Members, WarcRecord, record_in
from storage.archive.writer import ROTATE_AT
from storage.evidence.check import record
from storage.evidence.places import PackedCapture
from storage.evidence.wacz import Sink, WaczWriter

_RUN = "urn:duizhang:run:"


@dataclass(frozen=True, slots=True)
class Copied:
    """A capture in the pack: its own record, and the one before that tells its visit where that is long."""

    placed: PackedCapture
    fields: dict[str, str]
    block: bytes
    before: bytes


@dataclass(frozen=True, slots=True)
class _Piece:
    """A gzip member as it stands in a file."""

    start: int
    end: int
    content: bytes
    record: WarcRecord


class Copier:
    """Copies in the order given; of each file of the archive also its opening: warcinfo, run, declaration."""

    def __init__(self, archive: Archive, pack: WaczWriter) -> None:
        self._archive = archive
        self._pack = pack
        self._number = 0  # of files in the pack
        self._opened: tuple[str, BinaryIO] | None = None

    def copied(self, rows: Iterator[tuple[RowMapping, int]]) -> Iterator[Copied]:
        """The captures of these rows of the captures table, each with the place where the record before it ends.

        Raises Damaged for one that is not what was written.
        """
        following = next(rows, None)
        while following is not None:
            name = f"evidence-{self._number:04}.warc.gz"
            self._number += 1
            begun: set[str] = set()
            with self._pack.entry(f"archive/{name}") as sink:
                while following is not None and sink.size < ROTATE_AT:
                    row, before = following
                    if row["warc"] not in begun:
                        begun.add(row["warc"])
                        self._copy_opening(row["warc"], sink)
                    yield self._copy(row, before, sink, name)
                    following = next(rows, None)
        self._close()

    def _copy(self, row: RowMapping, before: int, sink: Sink, name: str) -> Copied:
        warc, position = row["warc"], row["position"]
        file = self._file(warc)
        if asked := self._request(file, before, position, row["id"]):
            sink.write(asked)
        file.seek(position)
        whole = file.read(row["length"])
        try:
            pieces = list(_pieces(BytesIO(whole), 0, row["length"]))
            own, told = pieces[-1], b"".join(piece.record.block for piece in pieces[:-1])
            fields, block = record(own.content)
            if _urn(row["id"]) != fields["warc-record-id"] or not all(tells_visit(one.record) for one in pieces[:-1]):
                raise ValueError("another record stands there")
        except (Broken, ValueError, LookupError) as error:
            raise Damaged(warc, position, str(error)) from error
        at = sink.size + own.start
        sink.write(whole)
        placed = PackedCapture(name, at, len(whole) - own.start, row["digest"])
        return Copied(placed, fields, block, told)

    def _request(self, file: BinaryIO, before: int, position: int, id_: str) -> bytes:
        """The record of what was asked, as it stands before its capture; b"" where there is none."""
        for piece in _whole_pieces(file, before, position):
            fields = piece.record.fields
            if fields.get("warc-type") == "request" and fields.get("warc-concurrent-to") == _urn(id_):
                file.seek(piece.start)
                return file.read(piece.end - piece.start)
        return b""

    def _copy_opening(self, warc: str, sink: Sink) -> None:
        file = self._file(warc)
        end = 0
        for piece in _whole_pieces(file, 0, 1):
            end = piece.end
        for piece in _whole_pieces(file, end, end + 1):
            if piece.record.fields.get("warc-target-uri", "").startswith(_RUN):
                end = piece.end
        file.seek(0)
        sink.write(file.read(end))

    def _file(self, warc: str) -> BinaryIO:
        if self._opened is None or self._opened[0] != warc:
            self._close()
            try:
                self._opened = warc, self._archive.opened(warc)
            except FileNotFoundError as error:
                raise Damaged(warc, 0, "the file is not there") from error
        return self._opened[1]

    def _close(self) -> None:
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None


def _pieces(file: BinaryIO, start: int, end: int) -> Iterator[_Piece]:
    """The members that begin from `start` on and before `end`. Raises Broken."""
    members = Members(file, start)
    while members.position < end:
        begins = members.position
        content = members.next()
        if content is None:
            return
        yield _Piece(begins, members.position, content, record_in(content))


def _whole_pieces(file: BinaryIO, start: int, end: int) -> Iterator[_Piece]:
    """The same up to the first damage: what is not there cannot be handed out, and the captures are checked anyway."""
    try:
        yield from _pieces(file, start, end)
    except Broken:
        return


def _urn(id_: str) -> str:
    return f"<urn:uuid:{id_[:8]}-{id_[8:12]}-{id_[12:16]}-{id_[16:20]}-{id_[20:]}>"
