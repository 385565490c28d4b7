"""Where words of a notice stand in the bytes of its capture: found by the words around them, proved by the cut."""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.evidence.markup_scan import Layer, readings_of, scanned
from pipeline.model import Notice
from pipeline.page.opened import json_of, read_as
from pipeline.tender.facts import Fact, FactPlace
from pipeline.values.text import no_space

_AROUND = 200  # characters of context on either side, without white space
_TELLING = 4  # characters of it that must agree where the words stand several times
_MOST = 5_000  # places of one- and two-character words on a page that are compared
_WINDOW = 65_536
_ENDS = "。；;！!？?\n"  # of a sentence
_LONGEST_SENTENCE = 160


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for, and what stands around it in the notice's text; white space does not matter."""

    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes [start:end) of a capture's body after content decoding; read in the charset they show the words."""

    start: int
    end: int
    charset: str
    written: str  # the cut as the page writes it, tags and escapes included
    agreed: int  # characters around it that are those of the notice


def words_of(fact: Fact, notice: Notice) -> Words:
    """The fact's quote with what stands around it. Raises ValueError for offsets outside of the notice."""
    text = notice.title if fact.place is FactPlace.TITLE else notice.text
    if not 0 <= fact.start < fact.end <= len(text):
        raise ValueError(f"[{fact.start}:{fact.end}] is no part of a {fact.place} of {len(text)} characters")
    before = no_space(text[max(0, fact.start - 3 * _AROUND) : fact.start])[-_AROUND:]
    after = no_space(text[fact.end : fact.end + 3 * _AROUND])[:_AROUND]
    return Words(text[fact.start : fact.end], before, after)


def sentence_of(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What precedes the words in their sentence or line, the words, and what follows; cut where that is long."""
    since = max((text.rfind(mark, max(0, start - _LONGEST_SENTENCE), start) for mark in _ENDS), default=-1) + 1
    ends = (text.find(mark, end, end + _LONGEST_SENTENCE) for mark in _ENDS)
    until = min((at for at in ends if at >= 0), default=min(len(text), end + _LONGEST_SENTENCE))
    return text[max(since, start - _LONGEST_SENTENCE) : start], text[start:end], text[end:until]


class Body:
    """A decoded body, scanned once for any number of look-ups."""

    def __init__(self, content: bytes, content_type: str = "") -> None:
        self._content = content
        text, self.charset, self._mark = read_as(content, content_type)
        self._is_json = text.lstrip()[:1] in {"{", "["} and json_of(text) is not None
        layer = scanned(text, is_json=self._is_json)
        self._shown, self._layer = layer.text, layer

    def spans(self, words: Words) -> tuple[Span, ...]:
        """The places that fit best: one, none, or several that the words around cannot tell apart, in their order."""
        quote = no_space(words.quote)
        if not quote:
            return ()
        before, after = no_space(words.before), no_space(words.after)
        found = list(_occurrences(self._shown, quote))
        agreed = [self._agreement(at, at + len(quote), before, after) for at in found]
        best = max(agreed, default=0)
        if len(found) > 1 and best < min(_TELLING, len(before) + len(after)):
            return ()
        places = [at for at, score in zip(found, agreed, strict=True) if score == best]
        spans = _Cutter(self._content, self.charset, self._mark).cuts(
            self._layer, [(at, at + len(quote)) for at in places]
        )
        proved = (Span(*cut, best) for cut in spans if quote in readings_of(cut[3], is_json=self._is_json))
        return tuple(proved) if len(found) < _MOST else ()

    def _agreement(self, start: int, end: int, before: str, after: str) -> int:
        """How many characters on both sides are those around the words in the notice."""
        shown = self._shown
        same = 0
        for mine, theirs in (
            (shown[max(0, start - len(before)) : start][::-1], before[::-1]),
            (shown[end : end + len(after)], after),
        ):
            for one, other in zip(mine, theirs, strict=False):
                if one != other:
                    break
                same += 1
        return same


def _occurrences(text: str, words: str) -> Iterator[int]:
    """Where the words begin, at most _MOST times."""
    at = text.find(words)
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Characters of a decoded text as bytes of the body that it was decoded from."""

    content: bytes
    charset: str
    mark: int

    def cuts(self, layer: Layer, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int, str, str]]:
        """For each range of shown characters its bytes, the charset and what is written there."""
        ends = [(layer.starts[start], layer.ends[end - 1]) for start, end in ranges]
        at = self._bytes_before(sorted({end for pair in ends for end in pair}))
        return [
            (at[start], at[end], self.charset, self.content[at[start] : at[end]].decode(self.charset, "replace"))
            for start, end in ends
        ]

    def _bytes_before(self, counts: Sequence[int]) -> dict[int, int]:
        """How many bytes of the body give that many characters; counts rise."""
        found = {0: self.mark}
        waiting = [count for count in counts if count]
        make = codecs.getincrementaldecoder(self.charset)
        decoder = make("replace")
        done = 0
        for start in range(self.mark, len(self.content), _WINDOW):
            if not waiting:
                break
            window = self.content[start : start + _WINDOW]
            state = decoder.getstate()
            more = len(decoder.decode(window, start + _WINDOW >= len(self.content)))
            if done + more >= waiting[0]:
                slow = make("replace")
                slow.setstate(state)
                waiting = _counted(slow, window, (start, done), waiting, found)
            done += more
        found.update((count, len(self.content)) for count in waiting)
        return found


def _counted(
    decoder: codecs.IncrementalDecoder,
    window: bytes,
    begin: tuple[int, int],
    waiting: list[int],
    found: dict[int, int],
) -> list[int]:
    """Reads a window byte by byte and notes where each count is reached; the counts that are still to come."""
    start, done = begin
    for place, byte in enumerate(window, start + 1):
        done += len(decoder.decode(bytes((byte,))))
        while waiting and done >= waiting[0]:
            found[waiting[0]] = place
            waiting = waiting[1:]
        if not waiting:
            break
    return waiting
