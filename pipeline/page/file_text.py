"""The text of files: PDF, Word, Excel, archives, plain text. The first bytes say what a file is, not its name."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice

import pypdfium2
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table, _Cell
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.model import Unreadable
from pipeline.page.file_kind import OLD_OFFICE, DocumentText
from pipeline.page.opened import text_of
from pipeline.values.text import squeeze

LARGEST = 50_000_000  # bytes of a file, and of everything that it unpacks to
PAGES = 500  # of a PDF; the longest tender file met in public has some 300
LONGEST = 1_000_000  # characters that are kept
ROWS = 20_000  # of a workbook, over all sheets
NAMES = 200  # files of an archive that are listed


def document_text(body: bytes) -> DocumentText:
    """The text of a file. Raises Unreadable for what holds none, is too large, or is of a kind that is not read."""
    if len(body) > LARGEST:
        raise Unreadable(f"the file is larger than {LARGEST} bytes")
    kind = _kind_of(body)
    text = _READERS[kind](body)
    if not text.strip():
        raise Unreadable(f"the {kind} file holds no text; a scan says nothing without its picture being read")
    return DocumentText(kind, text[:LONGEST])


def _kind_of(body: bytes) -> str:
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if body.startswith(OLD_OFFICE):
        raise Unreadable("Word and Excel files of before 2007 (.doc, .xls) are not read: save it as .docx or .pdf")
    if body.startswith(b"PK\x03\x04"):
        names = _members(body)
        return next((kind for part, kind in _PARTS if part in names), "zip")
    if b"\x00" in body[:4096] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the file is of a kind that is not read")
    return "text"


_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))


def _members(body: bytes) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by name. Raises Unreadable when they unpack to too much or are locked."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            members = {member.filename: member for member in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(f"the archive is damaged: {error}") from None
    if sum(member.file_size for member in members.values()) > LARGEST:
        raise Unreadable(f"the file unpacks to more than {LARGEST} bytes")
    if any(member.flag_bits & 1 for member in members.values()):
        raise Unreadable("the file is locked with a password")
    return members


def _pdf(body: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"the PDF cannot be opened: {error}") from None
    try:
        if len(document) > PAGES:
            raise Unreadable(f"the PDF has {len(document)} pages; {PAGES} are read at most")
        return "\n".join(_kept(_pdf_pages(document)))
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"a page of the PDF cannot be read: {error}") from None
    finally:
        document.close()


def _pdf_pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        # U+FFFE is what pdfium gives for a hyphen that only breaks a line.
        yield words.get_text_range().replace("\r\n", "\n").replace("\ufffe", "")
        words.close()
        page.close()


def _docx(body: bytes) -> str:
    try:
        document = Document(BytesIO(body))
        return "\n".join(_kept(_docx_lines(document)))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise Unreadable(f"the Word file cannot be opened: {error}") from None


def _docx_lines(document: object) -> Iterator[str]:
    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            yield from _docx_rows(block)
        else:
            yield squeeze(block.text)


def _docx_rows(table: Table) -> Iterator[str]:
    """Rows with TABs; a cell that is merged with the one before it or above it is empty there."""
    above: set[object] = set()
    for row in table.rows:
        written: list[str] = []
        here: set[object] = set()
        for cell in row.cells:
            repeated = cell._tc in here or cell._tc in above
            here.add(cell._tc)
            written.append("" if repeated else _cell_text(cell))
        above = here
        yield "\t".join(written)


def _cell_text(cell: _Cell) -> str:
    return squeeze(" ".join(paragraph.text for paragraph in cell.paragraphs))


def _xlsx(body: bytes) -> str:
    try:
        book = load_workbook(BytesIO(body), read_only=True, data_only=True)
        rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
        return "\n".join(_kept("\t".join(map(_written, row)).rstrip("\t") for row in islice(rows, ROWS)))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError) as error:
        raise Unreadable(f"the workbook cannot be opened: {error}") from None


def _written(value: object) -> str:
    return "" if value is None else squeeze(str(value))


def _zip(body: bytes) -> str:
    """The names in an archive, then the text of the first file in it that can be read."""
    members = [member for member in _members(body).values() if not member.is_dir()]
    names = [_name(member) for member in members[:NAMES]]
    for member in members[:NAMES]:
        try:
            with zipfile.ZipFile(BytesIO(body)) as archive:
                inner = archive.read(member)
            kind = _kind_of(inner)
            if kind not in {"zip", "text"} or member.filename.lower().endswith(".txt"):
                return "\n".join([*names, "", _READERS[kind](inner)])
        except (Unreadable, zipfile.BadZipFile, NotImplementedError, OSError, EOFError):
            continue  # the next one may be readable; the names tell what there is
    return "\n".join(names)


def _name(member: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: China's tools write GBK where the standard has CP437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _text(body: bytes) -> str:
    return text_of(body)


def _kept(lines: Iterator[str]) -> Iterator[str]:
    """The lines until there are more characters than are kept."""
    size = 0
    for line in lines:
        yield line
        size += len(line) + 1
        if size > LONGEST:
            return


_READERS: dict[str, Callable[[bytes], str]] = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "zip": _zip, "text": _text}
