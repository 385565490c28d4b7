"""Floors on real pairs: reposts found, and no two different announcements merged."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from lxml import html

from pipeline.classify.decide import lot_of, round_of, type_of_title
from pipeline.likeness import compare, fingerprint
from pipeline.likeness.compare import Likeness, Sameness
from pipeline.likeness.compared_parts import DAY_STEP, keys_of, said_in
from pipeline.model import Notice
from tests.pipeline.likeness.comparing import same_announcement


@dataclass(frozen=True)
class Pair:
    id: str
    kind: str
    same: bool
    composed: bool
    a: Notice
    b: Notice


def notice(side: dict[str, str], name: str, folder: Path) -> Notice:
    text = side["text"] if "text" in side else (folder / side["text_file"]).read_text(encoding="utf-8")
    return Notice(
        source=side["site"],
        channel="",
        url=side.get("url", name),
        title=side["title"],
        published=datetime.fromisoformat(side["date"]).replace(tzinfo=UTC),
        text=readable(text),
    )


def readable(text: str) -> str:
    """Text as a reader leaves it: a line per cell and paragraph, no script."""
    if "<td" not in text:
        return text
    page = html.document_fromstring(text)
    for unread in page.xpath("//script|//style|//title"):
        unread.drop_tree()
    for block in page.iter("td", "th", "tr", "p", "div", "br"):
        block.tail = "\n" + (block.tail or "")
    return page.text_content()


@pytest.fixture(scope="module")
def pairs(gold: Path) -> list[Pair]:
    folder = gold / "gold"
    found = []
    for line in (folder / "duplicates.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        a, b = (notice(row[side], row["id"] + side, folder) for side in "ab")
        found.append(Pair(row["id"], row["kind"], row["same"], row["composed"], a, b))
    return found


def likeness(pair: Pair) -> Likeness:
    return compare(said_in(pair.a), said_in(pair.b))


def recall(pairs: list[Pair]) -> float:
    return sum(fingerprint(pair.a) == fingerprint(pair.b) for pair in pairs) / len(pairs)


def test_nothing_different_shares_a_fingerprint(pairs: list[Pair]) -> None:
    """Sibling lots, corrections, rounds, stages and other projects are never one document."""
    assert [pair.id for pair in pairs if not pair.same and fingerprint(pair.a) == fingerprint(pair.b)] == []


def test_exact_reposts_share_a_fingerprint(pairs: list[Pair]) -> None:
    """Found are all but the two whose excerpts their source cut at different places."""
    assert recall([pair for pair in pairs if pair.kind == "exact_repost"]) >= 11 / 13


def test_reformatting_keeps_the_fingerprint(pairs: list[Pair]) -> None:
    """Found are all but one pair in which the reformatted side has other telephone numbers."""
    assert recall([pair for pair in pairs if pair.same and pair.composed]) >= 25 / 26


def test_nothing_different_is_one_announcement(pairs: list[Pair]) -> None:
    """The closer comparison merges no two different announcements either, in whichever order they come."""
    wrong = [pair for pair in pairs if not pair.same]
    assert [pair.id for pair in wrong if same_announcement(pair.a, pair.b) or same_announcement(pair.b, pair.a)] == []


def test_reposts_are_one_announcement(pairs: list[Pair]) -> None:
    """Found are all but four: two whose excerpts share nothing, one with another amount, one behind an empty form."""
    true = [pair for pair in pairs if pair.same]
    assert sum(same_announcement(pair.a, pair.b) for pair in true) / len(true) >= 84 / 88


def test_what_is_not_recognised_is_rarely_called_different(pairs: list[Pair]) -> None:
    """A repost that the texts do not prove is doubtful, for a person to decide."""
    verdicts = [likeness(pair).verdict for pair in pairs if pair.same]
    assert verdicts.count(Sameness.DIFFERENT) <= 2


def test_no_two_other_notices_are_one_announcement(pairs: list[Pair]) -> None:
    """Precision at scale: of all sides with all others, only copies of one notice are the same."""
    sides = {(side.title, side.source, side.published, side.text): said_in(side) for p in pairs for side in (p.a, p.b)}
    for one, other in combinations(sides.values(), 2):
        if compare(one, other).verdict is Sameness.SAME:
            assert one.lot == other.lot
            assert one.day
            assert other.day
            assert abs((one.day - other.day).days) <= 2


def test_candidates_have_a_key_in_common(pairs: list[Pair]) -> None:
    """Whatever is recognised would be found among a million others."""
    for pair in pairs:
        if pair.same and same_announcement(pair.a, pair.b):
            one, two = keys_of(said_in(pair.a)), keys_of(said_in(pair.b))
            near = one.name and two.name and (one.name - two.name) / DAY_STEP in range(-2, 3)
            assert one.text == two.text or near, pair.id


def test_one_fingerprint_means_one_lot_round_and_type(pairs: list[Pair]) -> None:
    """Across all pairs, notices that share a fingerprint agree in what must differ otherwise: precision at scale."""
    sides = [side for pair in pairs for side in (pair.a, pair.b)]
    prints = {
        (fingerprint(side), lot_of(side.title), round_of(side.title), type_of_title(side.title)) for side in sides
    }
    assert len(prints) == len({fingerprint(side) for side in sides})
