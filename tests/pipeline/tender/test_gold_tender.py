"""Floors on real notices: the fields that a hand has read, each compared as gold/README.md says."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.article import read_notice
from pipeline.model import Notice, NoticeType
from pipeline.tender import tender_of
from pipeline.tender.facts import FactName, Tender, candidates_of
from tests.pipeline.captures import capture, source

_WIDTHS = str.maketrans("（）【】：；，", "()[]:;,")
_LOT_OR_ROUND = re.compile(
    r"\(?第?[\d一二三四五六七八九十]{1,3}(?:次(?:招标|采购)?|标段|包)\)?|\(第[\d一二三四五六七八九十]{1,3}次.{0,4}\)"
)
Row = dict[str, Any]
Score = Counter[str]


def plain(text: str) -> str:
    return "".join(text.split()).translate(_WIDTHS)


def bare(name: str) -> str:
    """The name without lot, round and the word that says only that it is one."""
    return re.sub(r"(?:项目|招标|工程)$", "", _LOT_OR_ROUND.sub("", plain(name)))


def percentages(text: str) -> set[Decimal]:
    return {Decimal(number).normalize() for number in re.findall(r"([\d.]+)%", text)}


def same(one: str, other: str) -> bool:
    return plain(one) == plain(other)


def amount(one: str, other: str) -> bool:
    return Decimal(one) == Decimal(other)


# gold's field: our fact, how they are compared
FIELDS: dict[str, tuple[FactName, Callable[[str, str], bool]]] = {
    "award_yuan": (FactName.AWARD, amount),
    "winner": (FactName.WINNER, same),
    "project_no": (FactName.PROJECT_NO, same),
    "buyer": (FactName.BUYER, same),
    "agency": (FactName.AGENCY, same),
    "project_name": (FactName.PROJECT_NAME, lambda one, other: bare(one) == bare(other)),
    "lot": (FactName.LOT, lambda one, other: one.lstrip("0") == other.lstrip("0")),
    "round": (FactName.ROUND, same),
    "region": (FactName.REGION, lambda one, other: one in other or other in one),
    "budget_yuan": (FactName.BUDGET, amount),
    "bid_deadline": (FactName.BID_DEADLINE, same),
    "publish_date": (FactName.PUBLISH_DATE, same),
    "duration_days": (FactName.DURATION_DAYS, same),
    "project_manager": (FactName.PROJECT_MANAGER, same),
    "award_rate": (FactName.AWARD_RATE, lambda one, other: bool(percentages(one) & percentages(other))),
}


@pytest.fixture(scope="module")
def rows(gold: Path) -> list[tuple[Row, Tender]]:
    """Every labelled notice, read from its page or text as the program reads it."""
    lines = (gold / "gold/tender_fields.jsonl").read_text(encoding="utf-8").splitlines()
    return [(row, _read(gold / "gold" / row["text_file"], row)) for row in map(json.loads, lines)]


def _read(path: Path, row: Row) -> Tender:
    body, title = path.read_bytes(), row["title"]
    if path.suffix == ".html":
        notice = read_notice(capture(body, title), source())
    else:
        notice = Notice("example", "zbgg", "http://www.example.gov.cn/", title, None, text=body.decode())
    return tender_of(notice, NoticeType(row["type"]))


def counted(pairs: Iterable[tuple[str, str]], equal: Callable[[str, str], bool] = same) -> Score:
    """How many values are right, were given, were wanted."""
    score: Score = Counter()
    for got, want in pairs:
        score["given"] += bool(got)
        score["wanted"] += bool(want)
        score["right"] += bool(got and want and equal(got, want))
    return score


def precision(score: Score) -> float:
    return score["right"] / score["given"]


def recall(score: Score) -> float:
    return score["right"] / score["wanted"]


def field(rows: list[tuple[Row, Tender]], name: str) -> Score:
    fact, equal = FIELDS[name]
    kept = [(row["gold"].get(name), tender) for row, tender in rows if name not in row["doubtful"]]
    return counted(((tender.value(fact), str(want or "")) for want, tender in kept), equal)


@pytest.mark.parametrize("name", ["award_yuan", "winner", "project_no", "buyer"])
def test_what_counts_most(rows: list[tuple[Row, Tender]], name: str) -> None:
    """Amount, winner, number and buyer: at least 99 of 100 given are right, at least 95 of 100 are found."""
    score = field(rows, name)
    assert precision(score) >= 0.99
    assert recall(score) >= 0.95


@pytest.mark.parametrize(
    "name", [name for name in FIELDS if name not in {"award_yuan", "winner", "project_no", "buyer"}]
)
def test_other_fields(rows: list[tuple[Row, Tender]], name: str) -> None:
    """Every other field: at least 95 of 100 given are right, at least 85 of 100 are found."""
    score = field(rows, name)
    assert precision(score) >= 0.95
    assert recall(score) >= 0.85


def test_publicity(rows: list[tuple[Row, Tender]]) -> None:
    """Both ends of the period in which a result is shown, by the day."""
    kept = [(row["gold"]["publicity_period"] or (None, None), tender) for row, tender in rows]
    for number, name in enumerate((FactName.PUBLICITY_FROM, FactName.PUBLICITY_TO)):
        score = counted((tender.value(name), (period[number] or "")[:10]) for period, tender in kept)
        assert precision(score) >= 0.95
        assert recall(score) >= 0.9


def test_candidates(rows: list[tuple[Row, Tender]]) -> None:
    """Name, price and rank of a candidate count as one: 97 of 100 given are right, 90 of 100 are found."""
    score: Score = Counter()
    for row, tender in rows:
        if "candidates" in row["doubtful"]:
            continue
        got = {(plain(one.name), one.price and Decimal(one.price), one.rank) for one in candidates_of(tender)}
        want = {
            (plain(one["name"]), one["price_yuan"] and Decimal(one["price_yuan"]), one["rank"])
            for one in row["gold"]["candidates"]
        }
        want = {(name, price or "", rank) for name, price, rank in want}
        score.update(right=len(got & want), given=len(got), wanted=len(want))
    assert precision(score) >= 0.97
    assert recall(score) >= 0.9


@pytest.mark.parametrize(("name", "key"), [("project_manager", "project_manager"), ("duration_days", "duration_days")])
def test_of_candidates(rows: list[tuple[Row, Tender]], name: str, key: str) -> None:
    """Who leads the work for a candidate, and how long it says that it takes."""
    pairs = []
    for row, tender in rows:
        known = {plain(one["name"]): one for one in row["gold"]["candidates"]}
        ours = [one for one in candidates_of(tender) if plain(one.name) in known]
        if {"candidates", f"candidates.{key}"}.isdisjoint(row["doubtful"]):
            pairs += [(getattr(one, name), str(known[plain(one.name)].get(key) or "")) for one in ours]
    score = counted(pairs)
    assert precision(score) >= 0.95
    assert recall(score) >= 0.85


def test_parts_and_unit_prices(rows: list[tuple[Row, Tender]]) -> None:
    """Parts of an award without a total, and unit prices, are given whole or not at all."""
    for name, key, value in (
        (FactName.AWARD_PART, "award_parts", "yuan"),
        (FactName.AWARD_UNIT_PRICE, "award_unit_prices", "price"),
    ):
        for row, tender in rows:
            if key not in row["doubtful"]:
                got = sorted(Decimal(fact.value) for fact in tender.all(name))
                assert got == sorted(Decimal(part[value]) for part in row["gold"].get(key, [])), row["id"]


def test_no_amount_is_invented(rows: list[tuple[Row, Tender]]) -> None:
    """No rate, unit price, cap or placeholder is taken for an amount: where the hand found none, there is none."""
    for row, tender in rows:
        if not row["gold"]["award_yuan"]:
            assert not tender.all(FactName.AWARD), row["id"]
        amounts = {Decimal(one["price_yuan"]) for one in row["gold"]["candidates"] if one["price_yuan"]}
        assert {Decimal(fact.value) for fact in tender.all(FactName.PRICE)} <= amounts, row["id"]
