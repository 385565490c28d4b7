"""Files composed for the tests: a PDF written by hand, Word and Excel files by their libraries, archives of them."""

import zipfile
from io import BytesIO

from docx import Document
from openpyxl import Workbook


def pdf(*pages: str) -> bytes:
    """A PDF whose pages say these lines; the font is named, not embedded, and a ToUnicode map gives the characters."""
    characters = sorted({character for page in pages for character in page if character != "\n"})
    code = {character: number for number, character in enumerate(characters, 1)}
    mapping = "\n".join(f"<{number:04x}> <{ord(character):04x}>" for character, number in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{mapping}\nendbfchar\nendcmap end end"
    ).encode()
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> /DW 1000 >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    ]
    for number, page in enumerate(pages):
        lines = ["<" + "".join(f"{code[c]:04x}" for c in line) + "> Tj 0 -20 Td" for line in page.split("\n")]
        content = f"BT /F 12 Tf 50 800 Td {' '.join(lines)} ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def docx(*blocks: str | list[list[str]]) -> bytes:
    """A Word file of paragraphs and tables."""
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    return _saved(document)


def docx_with_merged_cells() -> bytes:
    """A table whose first row is one cell and whose first column is one below it."""
    document = Document()
    table = document.add_table(3, 3)
    for row, cells in zip(table.rows, (("表头", "", ""), ("侧", "甲", "乙"), ("", "丙", "丁")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(0, 2)).text = "表头"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "侧"
    return _saved(document)


def xlsx(*rows: list[object]) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return _saved(book)


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of files, names as given."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def _saved(document: object) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
