"""A paper as one HTML file that needs nothing else: no script, no image, no font, nothing fetched; prints on A4."""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from pipeline.paper.blocks import Bullets, Grid, Heading, Jump, Line, Mark, Notes, Paper, Paragraph, TextRole, Words
from pipeline.paper.text import plain_keeping_ends

# 'unsafe-inline' is for the one style sheet below; there is no script, and the policy lets none run.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light; }
body { font: 11pt/1.6 "Source Han Serif SC", "Noto Serif CJK SC", SimSun, "Songti SC", serif; color: #111;
  background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; text-align: center; } h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 1px solid #999; }
h3 { font-size: 1.05rem; }
p { margin: .6rem 0; } p.note { color: #444; font-size: .9rem; }
p.warning { border-left: .3rem solid #b00; padding: .3rem .7rem; background: #fff4f4; }
p.good { border-left: .3rem solid #070; padding: .3rem .7rem; background: #f3fbf3; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .9rem; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; break-after: avoid; }
th, td { border: 1px solid #888; padding: .25rem .4rem; vertical-align: top; text-align: left; }
th { background: #eee; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code { font: .9em "Noto Sans Mono CJK SC", Consolas, Menlo, monospace; background: #f2f2f2; padding: 0 .2rem; }
.warning-word { color: #a00; font-weight: bold; } .good-word { color: #060; font-weight: bold; }
a { color: #034; } a.mark { text-decoration: none; font-size: .75em; vertical-align: super; line-height: 0; }
a.mark::after { content: "[" attr(data-note) "]"; }
li:target, h2:target, h3:target { background: #ffc; }
@page { size: A4; margin: 18mm 16mm; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } h2, h3 { break-after: avoid; }
  tr, li { break-inside: avoid; } thead { display: table-header-group; } a { color: inherit; text-decoration: none; }
  p.warning, p.good, th, code { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def html_of_paper(paper: Paper) -> str:
    """The paper as an HTML document."""
    body = "\n".join(line for block in paper.blocks for line in _BLOCKS[type(block)](block))
    return (
        f'<!doctype html>\n<html lang="{_LANGUAGES[paper.language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(paper.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(plain_keeping_ends(text))


def _line(words: Line) -> str:
    return "".join(map(_words, words))


def _words(words: Words) -> str:
    if isinstance(words, str):
        return _text(words)
    if isinstance(words, Mark):
        # The number is drawn by the style sheet: who copies the sentence does not copy it.
        return f'<a class="mark" href="#note-{words.note}" data-note="{words.note}" aria-label="[{words.note}]"></a>'
    if isinstance(words, Jump):
        return f'<a href="#{escape(words.place)}">{_text(words.text)}</a>'
    return _ROLES[words.role].format(_text(words.text))


_ROLES = {
    TextRole.PLAIN: "{}",
    TextRole.NOTE: "<small>{}</small>",
    TextRole.WARNING: '<span class="warning-word">{}</span>',
    TextRole.GOOD: '<span class="good-word">{}</span>',
    TextRole.CODE: "<code>{}</code>",
    TextRole.STRONG: "<strong>{}</strong>",
}


def _heading(block: Heading) -> Iterator[str]:
    place = f' id="{escape(block.place)}"' if block.place else ""
    yield f"<h{block.level}{place}>{_text(block.text)}</h{block.level}>"


def _paragraph(block: Paragraph) -> Iterator[str]:
    kind = f' class="{block.role}"' if block.role in {TextRole.WARNING, TextRole.NOTE, TextRole.GOOD} else ""
    yield f"<p{kind}>{_line(block.words)}</p>"


def _bullets(block: Bullets) -> Iterator[str]:
    yield "<ul>"
    yield from (f"<li>{_line(item)}</li>" for item in block.items)
    yield "</ul>"


def _notes(block: Notes) -> Iterator[str]:
    yield "<ol>"
    yield from (f'<li id="note-{number}">{_line(item)}</li>' for number, item in enumerate(block.items, 1))
    yield "</ol>"


def _grid(block: Grid) -> Iterator[str]:
    kinds = [' class="number"' if place in block.numeric else "" for place in range(len(block.heads))]
    yield "<table>"
    if block.caption:
        yield f"<caption>{_text(block.caption)}</caption>"
    heads = "".join(f"<th{kind}>{_text(head)}</th>" for kind, head in zip(kinds, block.heads, strict=True))
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in block.rows:
        yield f"<tr>{''.join(f'<td{kind}>{_line(cell)}</td>' for kind, cell in zip(kinds, row, strict=True))}</tr>"
    yield "</tbody></table>"


_BLOCKS: dict[type, Callable[[Any], Iterator[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Notes: _notes,
    Grid: _grid,
}
