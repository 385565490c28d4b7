"""Small files that notices bring along, composed byte by byte."""


def pdf(text: str) -> bytes:
    """A PDF of one page that says the text (Latin letters and digits)."""
    drawn = f"BT /F1 18 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(written) + tail % (size, table, size, len(written))


def doc(text: str) -> bytes:
    """A document that Word opens: rich text under the name .doc, as portals serve it."""
    # RTF writes other letters as signed 16-bit numbers (RTF 1.9.1, section "Unicode RTF").
    units = text.encode("utf-16-le")
    numbers = (int.from_bytes(units[place : place + 2], "little", signed=True) for place in range(0, len(units), 2))
    return b"{\\rtf1\\ansi\\uc1 " + "".join(f"\\u{number}?" for number in numbers).encode("ascii") + b"\\par}"


CONTENT_TYPES = {"doc": "application/msword", "pdf": "application/pdf"}
