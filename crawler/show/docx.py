"""A paper as a Word file: what an office goes on writing in."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from pipeline.paper.blocks import Bullets, Grid, Heading, Jump, Line, Mark, Notes, Paper, Paragraph, Stretch, TextRole
from pipeline.paper.text import plain_keeping_ends

_FONT = "宋体"
_RED = RGBColor(0xAA, 0x00, 0x00)


def docx_of_paper(paper: Paper) -> bytes:
    """The bytes of a .docx; marks are small raised numbers, words of portals are text and nothing else."""
    document = Document()
    style = document.styles["Normal"]
    style.font.size = Pt(11)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.core_properties.title = plain_keeping_ends(paper.title)
    document.core_properties.author = ""
    for block in paper.blocks:
        _BLOCKS[type(block)](document, block)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _write(paragraph: Any, words: Line) -> None:
    for one in words:
        if isinstance(one, Mark):
            paragraph.add_run(f"[{one.note}]").font.superscript = True
            continue
        said = one if isinstance(one, Stretch) else Stretch(one.text if isinstance(one, Jump) else one)
        _dress(paragraph.add_run(plain_keeping_ends(said.text)), said.role)


def _dress(run: Any, role: TextRole) -> None:
    run.bold = role in {TextRole.STRONG, TextRole.WARNING, TextRole.GOOD}
    if role is TextRole.WARNING:
        run.font.color.rgb = _RED
    if role is TextRole.CODE:
        run.font.name = "Consolas"


def _heading(document: Any, block: Heading) -> None:
    heading = document.add_heading(plain_keeping_ends(block.text), level=block.level)
    if block.level == 1:
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in heading.runs:
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)


def _paragraph(document: Any, block: Paragraph) -> None:
    paragraph = document.add_paragraph()
    _write(paragraph, block.words)
    for run in paragraph.runs:
        if block.role is TextRole.WARNING:
            run.font.color.rgb = _RED
        if block.role is TextRole.NOTE:
            run.font.size = Pt(9)


def _bullets(document: Any, block: Bullets) -> None:
    for item in block.items:
        _write(document.add_paragraph(style="List Bullet"), item)


def _notes(document: Any, block: Notes) -> None:
    for number, item in enumerate(block.items, 1):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"[{number}] ")
        _write(paragraph, item)


def _grid(document: Any, block: Grid) -> None:
    if block.caption:
        document.add_paragraph().add_run(plain_keeping_ends(block.caption)).bold = True
    table = document.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        cell.paragraphs[0].add_run(plain_keeping_ends(head)).bold = True
    for row in block.rows:
        for place, (cell, words) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _write(cell.paragraphs[0], words)
            if place in block.numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


_BLOCKS: dict[type, Callable[[Any, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Notes: _notes,
    Grid: _grid,
}
