"""What the full-text index is made of: pairs of neighbouring characters, and the words of a query.

Pairs, not single characters: on 300,000 composed titles counting 公告 (200,000 hits) took 6 ms instead of 18, a query
without a hit 0.04 ms instead of 1.5, at 1.2 times the size (SQLite 3.40; as phrases both are exact). Single characters
stand beside the pairs for words of one character; with titles alone they double the index again.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pipeline.values.text import narrow

TOO_MANY = 64  # words; SQLite's expression tree holds 256
# Places of one second. FTS5 stores the distance from hit to hit: with 22 bits instead of 4 the index of 5,200
# notices took 33 MB instead of 27.
_PLACE_BITS = 4
_QUOTES = "\"'“”‘’«»「」『』"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_EPOCH_1900 = 2_208_988_800  # seconds from 1900 to 1970: an older date sorts as 1900, before it only the undated


class QueryRefused(ValueError):
    """A query that cannot be searched; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a search can be narrowed by."""

    source: str | None = None
    year: int | None = None  # 0: no date
    bucket: str | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        """One term for each fact that is given; no term of a text looks like it."""
        given = (("s", self.source), ("y", self.year), ("b", self.bucket))
        return tuple(f"xx{name}{_hex(str(value))}" for name, value in given if value is not None)


ANYWHERE = Facts()


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One posting as the index takes it: folded title and text, and its facts."""

    posting: str
    published: datetime | None
    title: str
    text: str
    tags: tuple[str, ...]


def folded(text: str) -> str:
    """The text in half width and lower case, one space for each white space: what two writings of a word share."""
    return " ".join(narrow(text).lower().split())


def words_of(query: str) -> tuple[str, ...]:
    """The folded words of a query without quotation marks around them. Raises QueryRefused when there is none."""
    words = [word.strip(_QUOTES) for word in folded(query).split()]
    distinct = tuple(dict.fromkeys(word for word in words if word))
    if not distinct:
        raise QueryRefused("the query has no word in it")
    if len(distinct) > TOO_MANY:
        raise QueryRefused(f"the query has {len(distinct)} words; at most {TOO_MANY} can be searched at once")
    return distinct


def is_findable(words: tuple[str, ...]) -> bool:
    """False when a word has a character that no stored text can have."""
    return not any(_UNSTORABLE.search(word) for word in words)


def _hex(value: str) -> str:
    return value.encode("utf-8", "surrogatepass").hex()


def pairs(text: str) -> list[str]:
    """Every character with its right neighbour, the last one alone."""
    return [text[start : start + 2] for start in range(len(text))]


def place_of(published: datetime | None, posting: str, attempt: int = 0) -> int:
    """A number that grows with the time of publication; each attempt looks in a window four times as wide."""
    seconds = 0 if published is None else max(1, int(published.timestamp()) + _EPOCH_1900)
    chance = int.from_bytes(sha256(f"{attempt} {posting}".encode()).digest()[:8], "big")
    return (seconds << _PLACE_BITS) + chance % (1 << _PLACE_BITS + 2 * attempt)
