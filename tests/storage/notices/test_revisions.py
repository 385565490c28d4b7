"""A changed page is a revision; counters, tokens, session ids and times of generation are no change."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pipeline.likeness.revisions import Piece, TextChange, difference
from tests.storage.walking import BODY, Run, derived, notice, page, row, rows_of


def seen(day: float, before: str = "", after: str = "", text: str = BODY) -> Run:
    """A run that captured the one page, with markup before and after its text."""
    one = notice(1, text)
    body = one.body.decode().replace("<div class='x-main", f"{before}<div class='x-main")
    body = body.replace("<div class='foot'>", f"{after}<div class='foot'>")
    return Run(day, (page(1, [row(1)], 1), replace(one, body=body.encode())), stated=1, pages=1, rows=1)


NOISE = {
    "counter before": lambda n: (f"<div class='info'>浏览次数：{120 + n}</div>", ""),
    "counter after": lambda n: ("", f"<p>本文已被阅读 {7 + n} 次</p>"),
    "image token": lambda n: (f"<img src='/code.jpg?t={1420000000 + n}'>", ""),
    "present time": lambda n: (f"<p>当前时间：2015年1月{5 + n}日 星期一 09:3{n}:12</p>", ""),
    "csrf field": lambda n: (f"<form><input type='hidden' name='csrf' value='{n:032x}'></form>", ""),
    "session links": lambda n: ("", f"<a href='/zb/index.jhtml;jsessionid={n:032X}'>返回</a>"),
    "script": lambda n: (f"<script>var now = {n};</script>", f"<!-- generated in {n} ms -->"),
}


@pytest.mark.parametrize("noise", sorted(NOISE))
def test_noise_is_no_revision(engine: Engine, tmp_path: Path, noise: str) -> None:
    """What a portal writes anew with every answer changes nothing."""
    derived(engine, tmp_path, [seen(n, *NOISE[noise](n)) for n in (0, 1)])
    assert [one["revisions"] for one in rows_of(engine, "postings")] == [1]


@pytest.mark.parametrize(
    "text", [BODY.replace("9时30分", "10时30分"), BODY + "|更正：工期以合同为准。", BODY.replace("甲县", "乙县")]
)
def test_a_changed_text_is_a_revision(engine: Engine, tmp_path: Path, text: str) -> None:
    """An hour, a paragraph or a name: each is a revision with its capture, and the posting says the newest."""
    derived(engine, tmp_path, [seen(0), seen(1, text=text), seen(2, text=text)])
    first, second = rows_of(engine, "revisions")
    assert [first["number"], second["number"]] == [1, 2]
    assert f"{second['seen_at']:%d}" == "06"
    (posting,) = rows_of(engine, "postings")
    assert (posting["revisions"], posting["capture"]) == (2, second["capture"])


def test_a_changed_day_of_publication_is_a_revision(engine: Engine, tmp_path: Path) -> None:
    """A backdated page says something else though its text is the same."""
    backdated = replace(notice(1), body=notice(1).body.replace(b"2014-06-03 10:00", b"2013-12-31 10:00"))
    runs = [seen(0), Run(1, (page(1, [row(1)], 1), backdated), stated=1, pages=1, rows=1)]
    derived(engine, tmp_path, runs)
    assert [one["revisions"] for one in rows_of(engine, "postings")] == [2]


def test_a_change_and_back_is_three_revisions(engine: Engine, tmp_path: Path) -> None:
    """A revision is a change between two captures, not a distinct text."""
    derived(engine, tmp_path, [seen(0), seen(1, text=BODY + "|补充说明。"), seen(2)])
    assert [one["number"] for one in rows_of(engine, "revisions")] == [1, 2, 3]


def test_a_difference_is_by_paragraph_and_character() -> None:
    """Equal paragraphs stand as they are; within one that changed the characters are marked."""
    lines = difference("一、工期180日历天。\n二、不变。", "一、工期200日历天。\n二、不变。\n三、新增。")
    same, out, put = TextChange.SAME, TextChange.OUT, TextChange.IN
    assert lines == [
        (Piece(same, "一、工期"), Piece(out, "18"), Piece(put, "20"), Piece(same, "0日历天。")),
        (Piece(same, "二、不变。"),),
        (Piece(put, "三、新增。"),),
    ]


def test_a_difference_of_hostile_text_is_given_at_once() -> None:
    """Long repetitive texts are shown as taken out and put in instead of compared for minutes."""
    lines = difference("ab" * 500_000 + "\n" + "x\n" * 5_000, "ba" * 500_000 + "\n" + "y\n" * 5_000)
    assert {piece.mark for line in lines for piece in line} == {TextChange.OUT, TextChange.IN}
