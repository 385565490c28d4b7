"""A certificate of coverage in words, Chinese and English."""

from pipeline.coverage.hole_words import KINDS
from pipeline.model import Certainty, Hole

VERDICTS = {
    Certainty.CLEAN: "无缺口 clean",
    Certainty.DRIFT: "略有出入 within drift",
    Certainty.CLOSED: "缺口已补 holes closed",
    Certainty.HOLES: "有缺口 with holes",
}


def hole_words(hole: Hole) -> str:
    """A hole on one line: where, what, when, how much it can hide."""
    where = " ".join(filter(None, (hole.source, hole.channel, str(hole.year or "全部 all"))))
    if hole.closed:
        size = "已补 closed by a later walk"
    elif hole.missing_at_most is None:
        size = "缺数不明 size unknown"
    else:
        size = f"至多缺 at most {hole.missing_at_most}" if hole.missing_at_most else "提示 a hint"
    return f"- {where}: {' '.join(KINDS[hole.kind])}: {hole.reason} ({size})"
