"""Holes in the coverage in words, Chinese or English."""

from collections.abc import Mapping

from pipeline.model import Hole, HoleKind

KINDS = {
    HoleKind.UNWALKED: ("列表未走完", "list not walked to its end"),
    HoleKind.PAGE_UNREAD: ("列表页未读", "listing page unread"),
    HoleKind.CAPPED: ("列表被截断", "list cut off"),
    HoleKind.SHORTFALL: ("条数不足", "fewer rows than stated"),
    HoleKind.DRIFT: ("略有出入", "within drift"),
    HoleKind.OUTAGE: ("门户无应答", "outage"),
    HoleKind.DOWNTIME: ("我方未抓取", "our downtime"),
    HoleKind.UNREAD: ("列出而未存", "listed and not held"),
    HoleKind.UNDATED: ("无日期", "undated"),
    HoleKind.ARCHIVED: ("取自网页档案", "from a web archive"),
    HoleKind.SERIAL_GAP: ("索引号不连续", "gap in index numbers"),
    HoleKind.QUIET_MONTH: ("当月无信息", "month without items"),
}


def hole_told(hole: Hole, language: str, names: Mapping[str, str]) -> str:
    """Where, what, how much it can hide; sections by their name."""
    chinese = language == "zh"
    where = names.get(hole.channel, hole.channel) or hole.source
    # A hole of no section is about the source file, and its reason says all.
    kind = f"{KINDS[hole.kind][0 if chinese else 1]}: " if hole.channel else ""
    return f"{where}: {kind}{hole.reason} ({_size(hole, chinese=chinese)})"


def _size(hole: Hole, *, chinese: bool) -> str:
    if hole.closed:
        return "已由后来的抓取补上" if chinese else "closed by a later walk"
    if hole.missing_at_most is None:
        return "缺数不明" if chinese else "size unknown"
    return f"至多缺 {hole.missing_at_most}" if chinese else f"at most {hole.missing_at_most} missing"
