"""Papers written where the reader wants them: to the terminal or into a file, as text, Markdown, HTML or Word."""

import sys
from collections.abc import Callable
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from crawler.config import WrongUse
from crawler.show.docx import docx_of_paper
from pipeline.paper.blocks import Paper
from pipeline.paper.html import html_of_paper
from pipeline.paper.markdown import markdown_of_paper
from pipeline.paper.text import text_of_paper


class PaperLanguage(StrEnum):
    """In which language a paper speaks."""

    CHINESE = "zh"
    ENGLISH = "en"


OutOption = Annotated[
    Path | None, typer.Option("--out", dir_okay=False, help="写入文件 write to this file, not to the terminal")
]
ForceOption = Annotated[bool, typer.Option("--force", help="覆盖已有文件 replace an existing file")]
LanguageOption = Annotated[PaperLanguage, typer.Option("--lang", help="报告和说明的语言 language: zh, en")]

FORMS: dict[str, Callable[[Paper], str]] = {
    "text": text_of_paper,
    "markdown": markdown_of_paper,
    "html": html_of_paper,
}
DOCX = "docx"


def program() -> str:
    """This program with its version, as papers name it."""
    try:
        return f"duizhang {version('duizhang')}"
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "duizhang"


def write_paper(paper: Paper, form: str, out: Path | None, *, force: bool = False) -> None:
    """The paper in that form. Raises WrongUse for a Word file on a terminal and for a file that is there already."""
    if form == DOCX:
        if out is None:
            raise WrongUse("a Word file is not for the terminal: name it by --out FILE.docx")
        write_out(docx_of_paper(paper), out, force=force)
        return
    write_text(FORMS[form](paper), out, force=force)


def write_text(text: str, out: Path | None, *, force: bool = False) -> None:
    """The text, to the terminal when no file is named."""
    if out is None:
        sys.stdout.write(text)
        return
    write_out(text.encode(), out, force=force)


def write_out(content: bytes, out: Path, *, force: bool) -> None:
    """The file. Raises WrongUse when it is there already or cannot be written."""
    try:
        with out.open("wb" if force else "xb") as file:
            file.write(content)
    except FileExistsError:
        raise WrongUse(f"{out} is there already: name another file, or replace it by --force") from None
    except OSError as error:
        raise WrongUse(f"{out} cannot be written: {error.strerror}") from None
    typer.echo(f"已写入 written to {out}", err=True)
