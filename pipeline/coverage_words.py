"""A certificate of coverage in words, Chinese and English."""

from pipeline.model import Certainty, Hole, HoleKind

VERDICTS = {
    Certainty.CLEAN: "无缺口 clean",
    Certainty.DRIFT: "略有出入 within drift",
    Certainty.CLOSED: "缺口已补 holes closed",
    Certainty.HOLES: "有缺口 with holes",
}
KINDS = {
    HoleKind.UNWALKED: "列表未走完 list not walked to its end",
    HoleKind.PAGE_UNREAD: "列表页未读 listing page unread",
    HoleKind.CAPPED: "列表被截断 list cut off",
    HoleKind.SHORTFALL: "条数不足 fewer rows than stated",
    HoleKind.DRIFT: "略有出入 within drift",
    HoleKind.OUTAGE: "门户无应答 outage",
    HoleKind.DOWNTIME: "我方未抓取 our downtime",
    HoleKind.UNREAD: "列出而未存 listed and not held",
    HoleKind.UNDATED: "无日期 undated",
    HoleKind.ARCHIVED: "取自网页档案 from a web archive",
    HoleKind.SERIAL_GAP: "索引号不连续 gap in index numbers",
    HoleKind.QUIET_MONTH: "当月无信息 month without items",
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
    return f"- {where}: {KINDS[hole.kind]}: {hole.reason} ({size})"
