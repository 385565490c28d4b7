"""A report's text made even for reading, every character still knowing where it stood."""

import re
from bisect import bisect_right
from dataclasses import dataclass

# Mirrors serve reports in traditional script; only the characters of claim_words.py matter.
_TRADITIONAL = (
    "條開發佈數據網門戶報紙廣電視臺號則轉載動態類計總務聞訊規劃設導領關於與請書萬億餘約過專欄頁訪問閱覽點擊"
    "諮詢複議訴訟處辦結來見復預決財經費業採購個場標題應進構機員館檔會議製製項擴圖無長單縣區廳級為這級採錄臺內"
    "圍統從説說讀納舉瀏訓許罰違錯糾熱線評論轉應審歸貼張簡簽顯雜誌頻資訊佔記錄責權與"
)
_SIMPLIFIED = (
    "条开发布数据网门户报纸广电视台号则转载动态类计总务闻讯规划设导领关于与请书万亿余约过专栏页访问阅览点击"
    "咨询复议诉讼处办结来见复预决财经费业采购个场标题应进构机员馆档会议制制项扩图无长单县区厅级为这级采录台内"
    "围统从说说读纳举浏训许罚违错纠热线评论转应审归贴张简签显杂志频资讯占记录责权与"
)
_EVEN = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict(zip(map(ord, _TRADITIONAL), map(ord, _SIMPLIFIED), strict=True)),
    ord("\u3000"): ord(" "),
    ord("\u00a0"): ord(" "),
    ord("\r"): ord(" "),
    ord("\t"): ord(" "),
    ord("｡"): ord("。"),
    **dict.fromkeys((*range(9), *range(14, 32)), ord("|")),  # a control character ends a quote, PostgreSQL refuses NUL
    ord("〇"): ord("零"),
}

# A gloss ("開(kāi)") or invisible characters, a page number on a line of its own, or white space.
_LOOSE = re.compile(
    r"(?P<gloss>\([a-z\u00e0-\u024f]{1,7}\)|[\u00ad\u200b-\u200f\u2060\ufeff]+)|"
    r"(?P<page>\n *[-—–] ?[0-9]{1,3} ?[-—–] *(?=\n))|(?P<space>[ \n]+)"
)
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:[、是]|\))|\([一二三四五六七八九十0-9]|第[一二三四五六七八九十0-9]|[0-9]{1,2}[.、)](?![0-9])"
)
_OPENS_LINE = re.compile(r"(?:19|20)[0-9]{2}年|[其(·*#|]")
_COUNTED = re.compile(r"[0-9][0-9,.]{0,12} ?[余多]?[十百千万亿]? ?[余多]?(?:条|件|篇|则|期|份|场)")
_LISTED = re.compile(r"(?:[(]?[0-9一二三四五六七八九十]{1,2}[).、])?[一-龥]")
_CONTINUES = re.compile(r"[一-龥0-9,.;:、。%()“”《》]")
_FULL = 20  # characters: a shorter line ends where its writer ended it


@dataclass(frozen=True, slots=True)
class EvenText:
    """Text without glosses and stray white space; `origin` tells where a character stood."""

    text: str
    _starts: tuple[int, ...]  # where a kept run starts in `text`
    _origins: tuple[int, ...]  # and in the original

    def origin(self, position: int) -> int:
        """The original offset of the character at `position`."""
        run = bisect_right(self._starts, position) - 1
        return self._origins[run] + position - self._starts[run]


def even(text: str) -> str:
    """The text with plain digits, punctuation and simplified characters, each where it was."""
    return text.translate(_EVEN)


def even_text(text: str) -> EvenText:
    """The text for reading prose: glosses and blanks gone, a line broken inside a sentence joined."""
    flat = even(text)
    kept: list[str] = []
    starts, origins = [0], [0]
    length = position = 0
    for loose in _LOOSE.finditer(flat):
        run = flat[position : loose.start()]
        filler = _filler(flat, loose)
        kept += (run, filler)
        length += len(run) + len(filler)
        position = loose.end()
        if filler:  # it stands for the first character of what it replaces
            starts.append(length - len(filler))
            origins.append(loose.start())
        starts.append(length)
        origins.append(position)
    kept.append(flat[position:])
    return EvenText("".join(kept), tuple(starts), tuple(origins))


def _filler(flat: str, loose: re.Match[str]) -> str:
    if loose["gloss"] or loose["page"]:
        return ""
    before, after = flat[loose.start() - 1 : loose.start()], flat[loose.end() : loose.end() + 1]
    if "\n" in loose[0]:
        return "" if _runs_on(flat, loose, before) else "\n"
    return " " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else ""


def _runs_on(flat: str, loose: re.Match[str], before: str) -> bool:
    """True for a break inside a sentence, as PDF and word processors leave them."""
    end = loose.end()
    if before in {":", ";"}:  # the items of a list, each on its line
        return _LISTED.match(flat, end) is not None
    if not before or before in "。!?|" or _ITEM.match(flat, end):
        return False
    line = loose.start() - flat.rfind("\n", max(0, loose.start() - 200), loose.start()) - 1
    if line >= _FULL:
        return _CONTINUES.match(flat, end) is not None and _CONTINUES.match(before) is not None
    if before in ".)":
        return False
    if _COUNTED.match(flat, end):
        return True
    return (
        (before == "," or before.isdigit()) and not _OPENS_LINE.match(flat, end) and "一" <= flat[end : end + 1] <= "龥"
    )
