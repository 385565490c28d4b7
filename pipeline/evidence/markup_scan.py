"""The words that markup or JSON shows, each character with where its source stands; one pass, nothing parsed to a tree.

White space and what nobody sees (tags, comments, scripts, zero-width characters) are left out, so that words compare
however a page breaks them. JSON texts are unescaped, and read as markup when they hold any.
"""

import json
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5

from pipeline.values.text import no_space

# Elements without words of the text; page/outline.py is mute in the same.
_MUTE = "script|style|noscript|template|select|textarea|button|object|svg|audio|video|map"
_TOKEN = re.compile(
    rf"(?P<comment><!--)|<(?P<name>{_MUTE})(?=[\s/>])|(?P<tag></?[a-zA-Z][^\s<>/]{{0,60}})|(?P<other><[!?/])"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?)|(?P<words>[^\s<&]+)|(?P<mark>[<&])",
    re.IGNORECASE,
)
_REST_OF_TAG = re.compile(r"""(?:[^<>"']|"[^"]*+"|'[^']*+')*+>""")
_TAG_END = re.compile(">")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]{0,2000}>")
_LONGEST_TAG = 20_000  # characters; inside are data: addresses of pictures, which end at a quote
_DEEPEST = 3  # JSON written into a text of JSON; more is nobody's answer
_BORDER = "\x00"  # between the texts of a JSON answer: no words go across


@dataclass(slots=True)
class Layer:
    """Text made from another, with where each of its characters begins and ends there."""

    parts: list[str] = field(default_factory=list)
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def copy(self, words: str, start: int) -> None:
        """Characters that stand in the source as they are."""
        self.parts.append(words)
        self.starts.extend(range(start, start + len(words)))
        self.ends.extend(range(start + 1, start + len(words) + 1))

    def write(self, words: str, start: int, end: int) -> None:
        """Characters that the source writes otherwise between start and end."""
        self.parts.append(words)
        self.starts.extend([start] * len(words))
        self.ends.extend([end] * len(words))

    def rest_on(self, below: "Layer") -> "Layer":
        """The same text over the source of the layer that it was made from."""
        starts = array("q", (below.starts[at] for at in self.starts))
        return Layer(self.parts, starts, array("q", (below.ends[at - 1] for at in self.ends)))

    def extend(self, other: "Layer") -> None:
        self.parts += other.parts
        self.starts.extend(other.starts)
        self.ends.extend(other.ends)


def scanned(text: str, *, is_json: bool) -> Layer:
    """What the text of a page or answer shows, without white space, over its characters."""
    return _of_json(text, 0) if is_json else _of_markup(text)


def readings_of(cut: str, *, is_json: bool) -> Iterator[str]:
    """What a piece cut out of a page shows; of JSON, out of a text that may be written into another one."""
    yield _of_markup(cut).text
    inner = Layer()
    inner.copy(cut, 0)
    for _ in range(_DEEPEST if is_json else 0):
        inner = _unescaped(inner.text, 0)
        yield _of_markup(inner.text).text
        yield _of_markup(_entities_of(inner.text).text).text


def _of_markup(text: str) -> Layer:
    """The characters of markup that are shown."""
    out = Layer()
    at = 0
    unclosed: set[str] = set()  # mute elements that are not closed from here on
    while found := _TOKEN.search(text, at):
        at = found.end()
        kind = found.lastgroup
        if kind in _SHOWN:
            at = _SHOWN[kind](out, found)
        elif kind == "name" and found["name"].lower() not in unclosed:
            at = _skip_mute(text, found, unclosed)
        else:
            at = _SKIPS.get(kind or "", _skip_tag)(text, found)
    return out


def _copy(out: Layer, found: re.Match[str]) -> int:
    words, start, at = found[0], found.start(), 0
    for gap in _UNSEEN.finditer(words):
        out.copy(words[at : gap.start()], start + at)
        at = gap.end()
    out.copy(words[at:], start + at)
    return found.end()


def _write_entity(out: Layer, found: re.Match[str]) -> int:
    """Where to go on: an entity without a semicolon may be shorter than its letters (&nbspA)."""
    written = found[0]
    name = written[1:]
    while name and not name.startswith("#") and name not in html5:
        name = name[:-1]
    if not name:
        out.copy("&", found.start())
        return found.start() + 1
    words = no_space(_UNSEEN.sub("", _character(name) if name.startswith("#") else html5[name]))
    end = found.start() + 1 + len(name)
    out.write(words, found.start(), end)
    return end


def _character(name: str) -> str:
    """The character of a numeric entity; Windows-1252 where C1 controls are meant, as browsers read them."""
    digits = name[1:].rstrip(";")
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    if 0x80 <= code < 0xA0:
        return bytes([code]).decode("cp1252", "replace")
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _skip_comment(text: str, found: re.Match[str]) -> int:
    end = text.find("-->", found.start() + 4)
    return len(text) if end < 0 else end + 3


def _skip_mute(text: str, found: re.Match[str], unclosed: set[str]) -> int:
    """The end of the element; of one that nothing closes, the end of its tag, or of the page for scripts and styles."""
    name = found["name"].lower()
    if end := _ENDS[name].search(text, found.end()):
        return _skip_tag(text, end)
    unclosed.add(name)
    return len(text) if name in {"script", "style"} else _skip_tag(text, found)


def _skip_tag(text: str, found: re.Match[str]) -> int:
    """The end of a tag; a > inside a quoted value does not end it."""
    whole = _REST_OF_TAG.match(text, found.end(), found.end() + _LONGEST_TAG)
    end = whole or _TAG_END.search(text, found.end())
    return len(text) if end is None else end.end()


def _skip_other(text: str, found: re.Match[str]) -> int:
    """The end of a declaration, an instruction or a closing tag that closes nothing."""
    end = _TAG_END.search(text, found.end())
    return len(text) if end is None else end.end()


_SKIPS = {"comment": _skip_comment, "other": _skip_other}
_SHOWN = {"words": _copy, "mark": _copy, "entity": _write_entity}
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _MUTE.split("|")}


def _of_json(text: str, depth: int) -> Layer:
    """What the texts of an answer show, one after the other."""
    out = Layer()
    for string in _STRING.finditer(text):
        value = _unescaped(string[1], string.start(1))
        out.extend(_of_value(value, depth))
        out.write(_BORDER, string.end() - 1, string.end())
    return out


def _unescaped(text: str, start: int) -> Layer:
    """A JSON string's content as the text that it writes."""
    out = Layer()
    at = 0
    for escape in _escapes(text):
        out.copy(text[at : escape.start()], start + at)
        written = escape[0]
        words = json.loads(f'"{written}"') if written[1] == "u" else _ESCAPED.get(written[1], written[1])
        out.write(words, start + escape.start(), start + escape.end())
        at = escape.end()
    out.copy(text[at:], start + at)
    return out


def _escapes(text: str) -> Iterator[re.Match[str]]:
    """The escapes in order; a surrogate pair is one."""
    at = 0
    while found := _ESCAPE.search(text, at):
        found = _PAIR.match(text, found.start()) or found
        yield found
        at = found.end()


def _of_value(value: Layer, depth: int) -> Layer:
    """What a text shows: an answer inside it, markup, escaped markup, or plain words (article/json_article.py)."""
    text = value.text
    if depth < _DEEPEST and text.lstrip()[:1] in {"{", "["} and _is_json(text):
        return _of_json(text, depth + 1).rest_on(value)
    if not _MARKUP.search(text) and "&lt;" in text:
        unescaped = _entities_of(text)
        return _of_markup(unescaped.text).rest_on(unescaped).rest_on(value)
    return _of_markup(text).rest_on(value)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _entities_of(text: str) -> Layer:
    """The text with its entities read, tags left as they are."""
    out = Layer()
    at = 0
    for found in _ENTITY.finditer(text):
        if found.start() < at:
            continue
        out.copy(text[at : found.start()], at)
        at = _write_entity_whole(out, found)
    out.copy(text[at:], at)
    return out


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def _write_entity_whole(out: Layer, found: re.Match[str]) -> int:
    name = found[0][1:]
    words = _character(name) if name.startswith("#") else html5.get(name, found[0])
    out.write(words, found.start(), found.end())
    return found.end()
