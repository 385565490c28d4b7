"""The [[lines]] of a source file: which publications the office counts under which line of its report."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.model import Bucket, KeyArea, Line, NoticeType

CONDITIONS: dict[str, list[str]] = {
    "types": [kind.value for kind in NoticeType],
    "areas": [area.value for area in KeyArea],
    "buckets": [bucket.value for bucket in Bucket],
}


def line_of(table: Mapping[str, Any]) -> Line:
    """The line that a table declares; without words its name is the only one."""
    return Line(
        key=table["key"],
        name=table["name"].strip(),
        words=tuple(table.get("words") or (table["name"].strip(),)),
        types=tuple(map(NoticeType, table.get("types", ()))),
        channels=tuple(table.get("channels", ())),
        areas=tuple(map(KeyArea, table.get("areas", ()))),
        buckets=tuple(map(Bucket, table.get("buckets", ()))),
    )


def line_complaints(tables: list[Mapping[str, Any]], channels: set[str]) -> Iterator[str]:
    """What is wrong in the [[lines]] tables beyond single keys: names that nothing has, double keys, no condition."""
    seen: set[str] = set()
    for n, table in enumerate(tables, 1):
        where = f"[[lines]] {n}: "
        for name, right in {**CONDITIONS, "channels": sorted(channels)}.items():
            values = table.get(name, ())
            for value in values if isinstance(values, list) else ():
                if value not in right:
                    yield f"{where}{name}: {value!r}: 应为 / use one of: {', '.join(right)}"
        if not any(table.get(name) for name in (*CONDITIONS, "channels")):
            yield (
                f"{where}缺少条件 / says nothing of what it counts; give one or more of types, channels, "
                "areas, buckets; "
                f"for the portal's total buckets = {CONDITIONS['buckets']}"
            )
        key = str(table.get("key", ""))
        if key in seen:
            yield f"{where}key = {key!r}: 重复 / is used twice; give every line a key of its own"
        seen.add(key)
