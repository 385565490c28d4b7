"""read_notice beside the libraries that a page is usually read with: title, time and text of the same pages."""

import argparse
import importlib.util
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from bs4 import BeautifulSoup
from parsel import Selector

from pipeline.article import read_notice
from pipeline.model import Capture, Kind, Unreadable, Visit
from tests.bench.composed import CHINA, SOURCE, Composed, pages
from tests.bench.figures import Figure, table

Values = tuple[str, datetime | None, str]  # title, time, text without white space
Reader = Callable[[Capture], Values]

_TITLE, _INFO, _TEXT = "h1", "div.x-main-news-info", "div.x-main-news-content"
_WHEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def ours(capture: Capture) -> Values:
    """No selectors: the generic reader finds the places itself, and more than these three values."""
    notice = read_notice(capture, SOURCE)
    return notice.title, notice.published, "".join(notice.text.split())


def with_parsel(capture: Capture) -> Values:
    """Three selectors."""
    page = Selector(text=capture.body.decode())
    said = "".join(page.css(f"{_TEXT} ::text").getall())
    title = page.css(f"{_TITLE}::text").get("")
    return title, _when("".join(page.css(f"{_INFO} ::text, {_INFO}::text").getall())), "".join(said.split())


def with_beautifulsoup(capture: Capture) -> Values:
    """The same three on BeautifulSoup over lxml."""
    page = BeautifulSoup(capture.body, "lxml")
    title, info, text = (page.select_one(selector) for selector in (_TITLE, _INFO, _TEXT))
    return (
        title.get_text() if title else "",
        _when(info.get_text() if info else ""),
        "".join(text.get_text().split()) if text else "",
    )


def with_selectolax(capture: Capture) -> Values:
    """The same three on selectolax."""
    from selectolax.lexbor import LexborHTMLParser  # installed by whoever wants to compare with it

    page = LexborHTMLParser(capture.body.decode())
    title, info, text = (page.css_first(selector) for selector in (_TITLE, _INFO, _TEXT))
    return (
        title.text() if title else "",
        _when(info.text() if info else ""),
        "".join(text.text().split()) if text else "",
    )


def _when(text: str) -> datetime | None:
    found = _WHEN.search(text)
    return datetime.strptime(found[0], "%Y-%m-%d %H:%M").replace(tzinfo=CHINA) if found else None


def measure(count: int) -> list[Figure]:
    """Pages a CPU second of every reader on composed pages, where all read the same, and ours on real pages."""
    composed = pages(count)
    size = sum(len(one.capture.body) for one in composed) / len(composed) / 1000
    stage = f"read {size:.0f} KB pages"
    rate = _rate(ours, composed)
    figures = [Figure(stage, "ours", rate, "pages/s")]
    anchors: list[tuple[str, Reader, float | None]] = [
        ("parsel", with_parsel, 2.0),
        ("bs4 on lxml", with_beautifulsoup, 25.0),
    ]
    if importlib.util.find_spec("selectolax"):
        anchors.append(("selectolax", with_selectolax, None))
    for name, reader, budget in anchors:
        theirs = _rate(reader, composed)
        figures.append(Figure(stage, name, theirs, "pages/s", name, rate / theirs, budget))
    return figures + _on_real_pages()


def _rate(reader: Reader, composed: Sequence[Composed]) -> float:
    reader(composed[0].capture)
    begin = process_time()
    found = [reader(one.capture) for one in composed]
    took = process_time() - begin
    for one, (title, published, text) in zip(composed, found, strict=True):
        if (title, published, text) != (one.title, one.published, one.text):
            raise AssertionError(f"{reader.__name__} misreads {one.capture.visit.url}")
    return len(composed) / took


def _on_real_pages() -> list[Figure]:
    """Ours beside parsing alone with parsel, on the reference pages of 20 to 60 KB; nothing without them."""
    if not (folder := os.environ.get("DUIZHANG_GOLD")):
        return []
    captures = _real(Path(folder) / "captures")
    begin = process_time()
    unread = sum(_is_unread(capture) for capture in captures)
    took = process_time() - begin
    begin = process_time()
    for capture in captures:
        page = Selector(text=capture.body.decode("utf-8", "replace"), type="html")
        for selector in (_TITLE, _INFO, "p"):
            page.css(f"{selector} ::text").getall()
    theirs = process_time() - begin
    stage = f"read {len(captures)} real pages, {sum(len(one.body) for one in captures) / len(captures) / 1000:.0f} KB"
    rate = len(captures) / took
    return [Figure(stage, f"ours ({unread} unreadable)", rate, "pages/s", "parsel", theirs / took)]


def _is_unread(capture: Capture) -> bool:
    try:
        read_notice(capture, SOURCE)
    except Unreadable:
        return True
    return False


def _real(folder: Path) -> list[Capture]:
    captures = []
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        body = (folder / said["file"]).read_bytes()
        if 20_000 <= len(body) <= 60_000:
            visit = Visit(SOURCE.key, "zbgg", Kind.NOTICE, said["url"])
            captures.append(Capture(visit, datetime(2026, 1, 1, tzinfo=UTC), 200, (), body, "0" * 32))
    return captures


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_read", description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    sys.stdout.write(table(measure(parser.parse_args().pages)) + "\n")


if __name__ == "__main__":
    main()
