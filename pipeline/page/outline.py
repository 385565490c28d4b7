"""A page as the lines that a person sees, with the blocks they stand in: one pass over the tree."""

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.page.element_names import CHROME, FIELD, HIDDEN, TITLE, marks_of

_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# How an element acts on the line; the order matters: from _PLAIN_KIND on it ends the line, and a _BLOCK is a Node.
_BARE, _INLINE, _MUTED, _PLAIN_KIND, _BLOCK = range(5)
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_KIND_TAGS = {
    _MUTED: "script style noscript template head select textarea button object embed applet svg video audio map",
    _INLINE: "a span label time i em img",
    _BARE: "iframe abbr acronym b bdi bdo big cite code data del dfn font input ins kbd mark nobr q rp rt ruby s samp "
    "small strike strong sub sup tt u var wbr",
    _PLAIN_KIND: "p br hr dt dd pre h1 h2 h3 h4 h5 h6",
    _BLOCK: "div td tr table tbody li ul ol dl section article body html form center",
}
_KINDS = {tag: kind for kind, tags in _KIND_TAGS.items() for tag in tags.split()}
_NOTED = frozenset(("a", "img"))
_SPANNING = frozenset(("td", "th"))
_WHOLE = frozenset(("html", "body"))  # their classes tell of the page, not of a part
_INHERITED = CHROME | HIDDEN | TITLE

# What stands between what was before and what comes after the end of these.
_BREAKS = {"td": "\t", "th": "\t", "tr": "\n", "table": "\n"}


@dataclass(slots=True)
class TextLine:
    """Text between two breaks. `break_` is what stands before it: a new line, or a tab between cells of a row."""

    text: str
    break_: str
    linked: int  # how many of its characters are link text
    node: int  # the innermost block it stands in
    level: int  # 1 to 6 in a heading, else 0
    group: int  # the heading or paragraph element: lines of one <h1> share it
    marks: int


@dataclass(slots=True)
class Node:
    """A block that may hold others, with its range of lines."""

    parent: int
    tag: str
    marks: int  # its own and, for CHROME, HIDDEN and TITLE, its ancestors'
    start: int
    end: int = 0
    columns: int = 1  # of a cell: how many columns and rows of its table it takes
    rows: int = 1


@dataclass(slots=True)
class ElementMark:
    """An element other than text, with the line at which it stands."""

    element: etree._Element
    line: int
    node: int


@dataclass(slots=True)
class Outline:
    """The lines and blocks of a page in document order."""

    lines: list[TextLine] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    links: list[ElementMark] = field(default_factory=list)
    images: list[ElementMark] = field(default_factory=list)


def outline_of(root: etree._Element) -> Outline:
    """The page's lines and blocks; not recursive, linear in the page's size."""
    reader = _OutlineReader()
    opened = reader.opened
    for element in root.iter():
        parent = element.getparent()
        while opened and opened[-1][0] is not parent:
            reader.leave()
        reader.enter(element)
    while opened:
        reader.leave()
    reader.flush()
    return reader.out


# What holds inside an element: its block, its marks, the heading's level, the line's group, whether it is a link.
_State = tuple[int, int, int, int, bool]


class _OutlineReader:
    """The state of the one pass: elements are opened in document order and closed when the next is no descendant."""

    __slots__ = ("break_", "groups", "known", "linked", "muted", "opened", "out", "parts", "state", "titled")

    def __init__(self) -> None:
        self.out = Outline()
        self.opened: list[tuple[etree._Element, int, _State]] = []  # with what holds again after it
        self.state: _State = (-1, 0, 0, 0, False)
        self.parts: list[str] = []  # of the line so far
        self.known: dict[str, int] = {}
        self.break_ = "\n"
        self.linked = self.titled = self.groups = self.muted = 0

    def enter(self, element: etree._Element) -> None:
        tag = element.tag
        kind = _KINDS.get(tag, -1)
        if kind < 0:
            kind = _kind_of(tag)
        self.opened.append((element, kind, self.state))
        if self.muted:
            return
        if kind != _BARE:
            self._act(element, tag, kind)
        if (text := element.text) and not self.muted:
            self.parts.append(text)
            if self.state[4]:
                self.linked += len(text.strip())

    def leave(self) -> None:
        element, kind, state = self.opened.pop()
        if self.muted:
            if len(self.opened) >= self.muted:
                return
            self.muted = 0
        elif kind >= _PLAIN_KIND:
            self.flush()
            if kind == _BLOCK:
                self.out.nodes[self.state[0]].end = len(self.out.lines)
                self.break_ = _BREAKS.get(element.tag, self.break_)
        self.state = state
        if (tail := element.tail) and self.opened:
            self.parts.append(tail)
            if state[4]:
                self.linked += len(tail.strip())

    def flush(self) -> None:
        """Ends the line."""
        if not self.parts:
            return
        if text := " ".join("".join(self.parts).split()):
            node, marks, level, group, _ = self.state
            self.out.lines.append(TextLine(text, self.break_, self.linked, node, level, group, marks | self.titled))
            self.break_ = "\n"
        self.parts.clear()
        self.linked = self.titled = 0

    def _act(self, element: etree._Element, tag: str, kind: int) -> None:
        if kind == _MUTED:
            self.muted = len(self.opened)
        elif kind == _INLINE:
            self._inline(element, tag)
        else:
            self.flush()
            if tag != "br":
                self._break(element, tag, kind)

    def _break(self, element: etree._Element, tag: str, kind: int) -> None:
        node, marks, level, group, _ = self.state
        own = self._marks(element) if tag not in _WHOLE else 0
        if own & FIELD:
            marks &= ~(CHROME | TITLE)
        marks |= own & _INHERITED
        if kind == _BLOCK:
            self.out.nodes.append(Node(node, tag, own | marks, len(self.out.lines)))
            if tag in _SPANNING:
                self._span(element)
            node = len(self.out.nodes) - 1
        else:
            self.groups += 1
            group = self.groups
            level = _LEVELS.get(tag, level)
        self.state = (node, marks, level, group, False)

    def _span(self, cell: etree._Element) -> None:
        node = self.out.nodes[-1]
        node.columns = _count(cell.get("colspan"))
        node.rows = _count(cell.get("rowspan"))

    def _inline(self, element: etree._Element, tag: str) -> None:
        """Links and pictures are noted; a hidden span is mute, a titled one marks its line."""
        if tag in _NOTED:
            self._note(element, tag)
            return
        own = self._marks(element)
        if own & HIDDEN:
            self.muted = len(self.opened)
        elif own & TITLE:
            self.titled = TITLE

    def _note(self, element: etree._Element, tag: str) -> None:
        mark = ElementMark(element, len(self.out.lines), self.state[0])
        if tag == "a":
            self.state = (*self.state[:4], True)
            self.out.links.append(mark)
        else:
            self.out.images.append(mark)

    def _marks(self, element: etree._Element) -> int:
        """What the element's own class, id and style say."""
        attributes = element.attrib
        if not attributes:
            return 0
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if (marks := self.known.get(names)) is None:
            marks = self.known[names] = marks_of(names)
        style = attributes.get("style")
        if style and ("none" in style or "hidden" in style or style.isupper()) and _UNSEEN.search(style[:500]):
            marks |= HIDDEN
        return marks


def _count(written: str | None) -> int:
    """A colspan or rowspan; 1 where it is none, 0 ("to the end") or nonsense."""
    digits = (written or "").strip()[:4]
    return max(1, int(digits)) if digits.isascii() and digits.isdecimal() else 1


def _kind_of(tag: object) -> int:
    """The kind of an element that HTML does not know: o:p and other namespaces are Word's and inline."""
    if not isinstance(tag, str):
        return _MUTED
    return _BARE if ":" in tag else _BLOCK
