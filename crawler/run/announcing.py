"""Tables that are made anew, told to whoever waits: why, before anything is read; which counts changed, at the end."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.config import Language
from pipeline.count.explain import Cause
from pipeline.count.slice_words import BUCKET_WORDS
from pipeline.model import Bucket
from storage.derive.run import Derived
from storage.derive.staleness import Remade
from storage.queries.explain import ChangedCount, ChangedCounts

SHOWN = 10  # counts in the sentence; the others are a number

_WHY = {
    Remade.PROGRAM: ("程序已更新", "the program changed"),
    Remade.DECLARATION: ("来源文件已改", "a source file changed"),
    Remade.ASKED: ("各表重做", "the tables are made anew"),
}
_CAUSES = {
    Cause.READER: ("程序读法变了", "read otherwise"),
    Cause.RECLASSIFIED: ("归类变了", "classified otherwise"),
    Cause.REDATED: ("日期变了", "dated otherwise"),
    Cause.REVISED: ("页面改过", "the page was revised"),
    Cause.REVIEWED: ("人工决定", "a person decided"),
    Cause.RENAMED: ("网址另算", "the address is another"),
    Cause.LOST: ("存档缺页", "the capture is lost"),
}
_OTHER = ("新读到的网页", "pages read since")


@dataclass(slots=True)
class Announcer:
    """Hears of a derive; says on standard error that the tables are made anew, and how that ended."""

    language: Language
    also: Callable[[Derived], None] = lambda _: None
    _said: bool = field(default=False, init=False)

    def __call__(self, done: Derived) -> None:
        """A step of the derive."""
        if done.remade and not self._said:
            self._said = True
            self._say(_beginning(done.remade))
        self.also(done)

    def end(self, done: Derived) -> None:
        """The end of the derive."""
        if done.remade and done.changed is not None:
            self._say(_ending(done.remade, done.changed))

    def _say(self, words: tuple[str, str]) -> None:
        sys.stderr.write(f"{in_language(words, self.language)}\n")
        sys.stderr.flush()


def in_language(words: tuple[str, str], language: Language) -> str:
    """The Chinese or the English sentence, or both, one after the other."""
    chinese, english = words
    return {Language.CHINESE: chinese, Language.ENGLISH: english}.get(language, f"{chinese} {english}")


def _beginning(why: Remade) -> tuple[str, str]:
    chinese, english = _WHY[why]
    return (
        f"{chinese}，整个存档重新读一遍；可以随时中断，下次接着读。",
        f"{english[0].upper()}{english[1:]}: the whole archive is read anew. It may be interrupted and goes on with "
        "the next command.",
    )


def _ending(why: Remade, changed: ChangedCounts) -> tuple[str, str]:
    counts = changed.counts
    if not counts:
        return f"重读完毕（{_WHY[why][0]}）：没有计数改变。", f"Read anew ({_WHY[why][1]}): no count changed."
    shown = [_count(one) for one in counts[:SHOWN]]
    more = len(counts) - len(shown)
    look = ("", "")
    if changed.days:
        command = f"duizhang explain {counts[0].year} --from {changed.days[0]} --to {changed.days[1]}"
        look = f"逐条见 {command}", f" Posting by posting: {command}"
    chinese = "；".join(one[0] for one in shown) + (f"；另有 {more} 个" if more else "")
    english = "; ".join(one[1] for one in shown) + (f"; and {more} more" if more else "")
    return (
        f"重读完毕（{_WHY[why][0]}）：{len(counts)} 个计数改变：{chinese}。{look[0]}",
        f"Read anew ({_WHY[why][1]}): {len(counts)} counts changed: {english}.{look[1]}",
    )


def _count(one: ChangedCount) -> tuple[str, str]:
    chinese, english = BUCKET_WORDS[Bucket(one.bucket)]
    why = [_CAUSES.get(cause, _OTHER) for cause in one.causes]
    year = (f"{one.year} 年", f"in {one.year}") if one.year else ("无日期", "undated")
    whys = "、".join(dict.fromkeys(word[0] for word in why)), ", ".join(dict.fromkeys(word[1] for word in why))
    return (
        f"{one.source} {year[0]}{chinese} {one.before}→{one.after}（{whys[0]}）",
        f"{one.source} {english} {year[1]} {one.before} -> {one.after} ({whys[1]})",
    )
