"""What a benchmark found, and the one table that shows it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `times` compares ours with `anchor`, above 1 is better for us."""

    stage: str
    what: str
    value: float
    unit: str
    anchor: str = ""
    times: float | None = None
    budget: float | None = None  # of `times` where there is an anchor, else of `value`
    at_most: bool = False  # the budget is an upper bound

    @property
    def verdict(self) -> str:
        """Whether the budget is met; "" where there is none."""
        if self.budget is None:
            return ""
        measured = self.value if self.times is None else self.times
        return "yes" if (measured <= self.budget if self.at_most else measured >= self.budget) else "NO"


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table in Markdown."""
    lines = ["| stage | what | figure | ratio | budget | met |", "|---|---|---|---|---|---|"]
    for one in figures:
        ratio = f"{one.times:.2f}x {one.anchor}" if one.times is not None else ""
        sign = "<=" if one.at_most else ">="
        budget = f"{sign} {one.budget:g}{'x' if one.times is not None else ''}" if one.budget is not None else ""
        cells = (one.stage, one.what, f"{_short(one.value)} {one.unit}", ratio, budget, one.verdict)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
