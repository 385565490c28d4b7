"""Reports composed for these tests, with their labels written into the text.

A file of `composed_reports/` holds several reports; each starts with a line `#### name / year / issuer`. In the text,
`⟦quote¦count unit channel …⟧` labels a claim: `=a` names it, `<a` names its parent, `~` says approximate, `>` lower
bound (and approximate), `@2013` another year than the report's, `!kind` its kind. What is not marked states no number
of publications.
"""

import re
from dataclasses import dataclass
from typing import Any

_MARK = re.compile(r"⟦([^⟦⟧¦]*)¦([^⟦⟧¦]*)⟧")
_HEAD = re.compile(r"^#### ([^/\n]*) / ([^/\n]*) / ([^/\n]*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A composed report without its marks, and what must be read from it."""

    name: str
    year: int | None
    issuer: str
    text: str
    claims: tuple[dict[str, Any], ...]


def labelled(content: str) -> list[Labelled]:
    """The reports of one file."""
    heads = list(_HEAD.finditer(content))
    ends = [head.start() for head in heads[1:]] + [len(content)]
    return [_report(head, content[head.end() : end]) for head, end in zip(heads, ends, strict=True)]


def _report(head: re.Match[str], marked: str) -> Labelled:
    name, year, issuer = (part.strip() for part in head.groups())
    period = "" if year == "-" else year
    pieces: list[str] = []
    claims: list[dict[str, Any]] = []
    names: dict[str, int] = {}
    length = last = 0
    for mark in _MARK.finditer(marked):
        before = marked[last : mark.start()]
        length += len(before)
        claim = _claim(mark[1], mark[2].split(), period)
        claim |= {"start": length, "end": length + len(mark[1])}
        if own := claim.pop("own"):
            names[own] = len(claims)
        claims.append(claim)
        pieces += [before, mark[1]]
        length += len(mark[1])
        last = mark.end()
    text = "".join([*pieces, marked[last:]])
    parented = tuple({**claim, "parent": names[claim["parent"]] if claim["parent"] else None} for claim in claims)
    year = int(re.split("-(?=20)", period)[-1][:4]) if period else None
    return Labelled(name, year, issuer if issuer != "-" else "", text, parented)


def _claim(quote: str, tokens: list[str], period: str) -> dict[str, Any]:
    count, unit, channel, *more = tokens
    said = {token[0]: token[1:] for token in more}
    return {
        "text": quote,
        "count": int(count),
        "unit": None if unit == "-" else unit,
        "channel": "" if channel == "-" else channel,
        "approximate": "~" in said or ">" in said,
        "lower_bound": ">" in said,
        "year": said.get("@", period),
        "own": said.get("="),
        "parent": said.get("<"),
        "kind": said.get("!", ""),
    }
