"""Quotes of hand-labelled notices are found in the bytes of their pages."""

import json
import re
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.article.generic import article_of
from pipeline.evidence.spans import Body, Words
from pipeline.page.opened import read_as, tree_of
from pipeline.values.text import no_space

FLOOR = 0.99


def quotes(spans: object) -> list[str]:
    """The quotes of a gold row that stand in its text, without those found only in the title."""
    if isinstance(spans, str):
        return [spans]
    if isinstance(spans, dict):
        return [] if "title" in spans else [quote for value in spans.values() for quote in quotes(value)]
    if isinstance(spans, list):
        return [quote for value in spans for quote in quotes(value)]
    return []


def read_text(path: Path) -> str:
    """What the reader makes of a page; a text file as it is."""
    text = read_as(path.read_bytes())[0]
    return article_of(tree_of(text), "", ZoneInfo("Asia/Shanghai")).text if path.suffix == ".html" else text


def flattened(cut: bytes, charset: str) -> str:
    """An independent reading of a cut: no tags, no entities, no white space."""
    return no_space(unescape(re.sub(r"<[^<>]*>", "", cut.decode(charset))))


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_gold_quotes_are_located(gold: Path, charset: str) -> None:
    """A quote that the read text holds is cut out of the page's bytes, in UTF-8 as published and in GB18030."""
    read = proved = 0
    lost = []
    for line in (gold / "gold/tender_fields.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = gold / "gold" / row["text_file"]
        text = no_space(read_text(path))
        content = path.read_bytes().decode().encode(charset)
        body = Body(content)
        for quote in map(no_space, quotes(row["spans"])):
            at = text.find(quote)
            if at < 0 or not quote:
                continue
            read += 1
            words = Words(quote, text[max(0, at - 200) : at], text[at + len(quote) : at + len(quote) + 200])
            spans = body.spans(words)
            right = spans and all(flattened(content[one.start : one.end], one.charset) == quote for one in spans)
            proved += len(spans) == 1 and bool(right)
            if len(spans) != 1 or not right:
                lost.append((row["id"], quote[:40], len(spans)))
    assert read > 300
    assert proved / read >= FLOOR, lost
