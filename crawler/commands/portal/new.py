"""`sources new`: a source file drafted from a portal's own page."""

import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import typer

from crawler.config import WrongUse
from crawler.show.sheets import one_line
from pipeline.dialects import DIALECTS
from pipeline.model import Kind, Manners, Quality, Source, Unreadable, Visit
from pipeline.page import open_page
from pipeline.page.opened import Page
from pipeline.reading import Reading
from pipeline.source.family import guess_dialect
from pipeline.source.file import KEY_OF_SOURCE
from pipeline.source.scaffold import SourceDraft, draft, key_of_host
from pipeline.source.sections import section_itself, sections_in
from pipeline.values.urls import key_of

CONTACT = "DUIZHANG_CONTACT"


def write_draft(url: str, key: str, private: bool) -> None:
    """Writes KEY.toml in the current folder and tells what is sure and what comes next. Raises WrongUse."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongUse(f"{url!r} is no address; write it with http:// or https://")
    key = key or key_of_host(url)
    path = Path(f"{key}.toml")
    if path.exists():
        raise WrongUse(f"{path} exists and is not overwritten; give another --key")
    made = _drafted(key, url, private)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(made.text)
    except OSError as error:
        raise WrongUse(f"{path} cannot be written: {error.strerror}; a key is of {KEY_OF_SOURCE}") from None
    _tell(path, made)


def _drafted(key: str, url: str, private: bool) -> SourceDraft:
    # Scrapy takes half a second to import: the other commands must not wait for it.
    from crawler.past.single_pages import Asker

    home = urljoin(url, "/")
    manners = Manners(allow_private_addresses=private)
    source = Source(key, "", home, "", (), manners=manners)
    asker = Asker(source, os.environ.get(CONTACT, ""))
    given = asker.read(Visit(key, "", Kind.PART, url))
    pages = [_page(given)]
    sections = sections_in(pages[0], source)
    if not guess_dialect(pages[0]):  # a home page can be all pictures: its lists show the family
        pages += [_page(asker.read(Visit(key, "", Kind.PART, section.url))) for section in sections[:1]]
    known = [name for page in pages for name, _ in guess_dialect(page) if name in DIALECTS]
    own = section_itself(given.capture, replace(source, dialect=known[0])) if known else None
    others = [one for one in sections if own is None or key_of(one.url) != key_of(own.url)]
    return draft(key, pages, [own, *others] if own else others, source)


def _page(reading: Reading) -> Page:
    """The page that was read. Raises WrongUse when it is none."""
    url = reading.capture.visit.url
    if reading.quality is Quality.REDIRECT:
        raise WrongUse(f"{url} leads to another host, give that address: {reading.reason}")
    if reading.quality is not Quality.GOOD:
        raise WrongUse(f"{url} could not be had: {reading.quality}: {reading.reason}")
    try:
        return open_page(reading.capture)
    except Unreadable as problem:
        raise WrongUse(f"{url} cannot be read: {problem}") from None


def _tell(path: Path, made: SourceDraft) -> None:
    typer.echo(f"{path} 已写好 written")
    for sure in made.sure:
        typer.echo(one_line(f"确定 sure: {sure}"))
    for question in (*made.questions, *made.complaints):
        typer.echo(one_line(f"待定 to answer: {question}"))
    typer.echo("下一步 next: 回答文件里以 # ? 开头的问题 answer the lines that begin with # ? in the file, then")
    typer.echo(f"  duizhang sources check {path}")
    typer.echo(f"  duizhang sources check {path} --live")
    typer.echo(f"  duizhang crawl {path}")
