"""A draft as JSON: the schema of docs/json.md."""

from dataclasses import asdict
from typing import Any

from pipeline.draft import national_table
from pipeline.draft.check import is_right, is_wrong
from pipeline.draft.figures import Checked, Draft, Figure
from pipeline.draft.sentences import sentences_of, text_of_draft
from pipeline.model import Hole

SCHEMA = "duizhang.draft/1"  # raised when a key changes its meaning


def draft_json(draft: Draft, checked: Checked, program: str) -> dict[str, Any]:
    """What json.dumps takes, but for days and times."""
    return {
        "schema": SCHEMA,
        "program": program,
        "source": draft.source,
        "year": draft.year,
        "office": draft.office,
        "definition": draft.definition.value,
        "known_at": draft.known_at,
        "text": text_of_draft(draft),
        "sentences": [
            [piece if isinstance(piece, str) else {"figure": piece.figure, "count": piece.count} for piece in sentence]
            for sentence in sentences_of(draft)
        ],
        "figures": [_figure(figure) for figure in draft.figures],
        "months": _splits(draft, draft.months),
        "types": [{"type": split.name, "portal": split.counts[0]} for split in draft.types],
        "void": draft.void,
        "undated": draft.undated,
        "overlapping": draft.overlapping,
        "left_out": [{"medium": medium.value, "n": n} for medium, n in draft.left_out],
        "national_table": {"form": national_table.FORM, "items": [_item(item) for item in national_table.ITEMS]},
        "check": _check(draft, checked),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    interval = figure.held.interval
    return {
        "key": figure.key,
        "name": figure.name,
        "count": figure.count,
        "low": interval.low if figure.count is not None else None,
        "high": interval.high if figure.count is not None else None,
        "holes": [_hole(hole) for hole in figure.held.holes],
        "doubts": [{"kind": one.kind.value, "less": one.less, "more": one.more} for one in figure.held.doubts],
        "commands": list(figure.commands),
        "rows": [asdict(row) for row in figure.rows.first],
        "total_rows": figure.rows.total,
    }


def _hole(hole: Hole) -> dict[str, Any]:
    names = ("source", "channel", "year", "reason", "missing_at_most")
    return {name: getattr(hole, name) for name in names} | {"kind": hole.kind.value}


def _splits(draft: Draft, splits: tuple[Any, ...]) -> list[dict[str, Any]]:
    """A part that was not observed has no number, least of all 0."""
    figures = (draft.portal, *draft.parts)
    return [
        {"month": int(split.name)}
        | {figure.key: n if figure.count is not None else None for figure, n in zip(figures, split.counts, strict=True)}
        for split in splits
    ]


def _item(item: national_table.TableItem) -> dict[str, Any]:
    cells: list[dict[str, str | None]] = [{item.columns[0]: row} | dict.fromkeys(item.columns[1:]) for row in item.rows]
    return {"name": item.name, "rows": cells}


def _check(draft: Draft, checked: Checked) -> dict[str, Any]:
    claims = [
        {"text": claim.text, "count": claim.count, "verdict": finding.verdict.value, "reason": finding.reason}
        for claim, finding in zip(checked.report.claims, checked.findings, strict=True)
    ]
    return {"right": is_right(draft, checked), "wrong": is_wrong(draft, checked), "claims": claims}
