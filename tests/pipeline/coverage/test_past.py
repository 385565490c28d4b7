"""Indexes of what others saved: CDX answers of both protocols, years, states of a page."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coverage.saved_pages import Saved, by_key, cdx_rows, distinct, keeper_of, saved_in, span_of
from pipeline.model import Unreadable


def test_both_shapes_say_the_same():
    """Wayback's table and pywb's object per line give the same captures."""
    table = [
        ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"],
        ["example,past)/a", "20140601020200", "http://past.example/a", "text/html", "200", "AB", "7"],
    ]
    line = {"urlkey": "example,past)/a", "timestamp": "20140601020200", "url": "http://past.example/a"}
    line |= {"mime": "text/html", "status": "200", "digest": "AB", "length": "7"}
    cdxj = f"example,past)/a 20140601020200 {json.dumps({'url': line['url'], 'status': '200', 'digest': 'AB'})}"
    found = [
        list(saved_in(cdx_rows(text).rows, "http://r")) for text in (json.dumps(table), f"{json.dumps(line)}\n", cdxj)
    ]
    assert found[0] == found[1] == found[2]
    (one,) = found[0]
    assert (one.at, one.status) == (datetime(2014, 6, 1, 2, 2, tzinfo=UTC), 200)
    assert one.name == "http://r/20140601020200id_/http://past.example/a"


def test_the_key_to_go_on_with():
    """Wayback ends a part of its answer with an empty row and the key of the next part."""
    assert cdx_rows('[["timestamp","original"],["20140601020200","http://a/"],[],["a) 2014"]]').resume == "a) 2014"
    assert cdx_rows("[]").rows == ()
    assert cdx_rows("").rows == ()


def test_odd_lines_are_counted():
    """A line that makes no sense is left out, and counted."""
    assert cdx_rows('{"url": "http://a/"}\n<html>\n').odd == 1
    assert cdx_rows('[["timestamp","original"],["2014"]]').odd == 1


@given(st.text(max_size=300))
def test_any_answer(text):
    """Whatever a server sends, rows come out or Unreadable."""
    with suppress(Unreadable):
        list(saved_in(cdx_rows(text).rows, "http://r"))


def saved(day: int, status: int, digest: str) -> Saved:
    return Saved("k", "http://a/", datetime(2014, 6, day, tzinfo=UTC), status, digest, "", 0, f"{day}")


def test_each_state_once():
    """Of captures with one digest the first stands for all; a failure counts only where there is nothing else."""
    (captures,) = by_key([saved(3, 200, "B"), saved(1, 200, "A"), saved(2, 503, "X"), saved(4, 0, "A")]).values()
    assert [one.at.day for one in distinct(captures)] == [1, 3]
    assert [one.at.day for one in distinct([saved(1, 404, "A"), saved(2, 503, "X")])] == [2]


def test_years_are_beijings():
    """The year begins at midnight in Beijing."""
    span = span_of("2014")
    assert span is not None
    assert span.holds(datetime(2013, 12, 31, 16, tzinfo=UTC))
    assert not span.holds(datetime(2014, 12, 31, 16, tzinfo=UTC))
    assert span_of("2012-2015").end == span_of("2015").end


@pytest.mark.parametrize("years", ["", "14", "2015-2012", "2014-", "２０１４", "0000", "9999", "2012-2013-2014"])
def test_what_names_no_years(years):
    """Anything else is refused rather than guessed."""
    assert span_of(years) is None


@pytest.mark.parametrize(
    ("origin", "keeper"),
    [
        ("http://archive.example:8080/web/20140601020200id_/http://past.example/a", "archive.example"),
        ("my file.warc.gz <urn:uuid:1>, its content from <urn:uuid:2>", "my file.warc.gz"),
        ("", ""),
    ],
)
def test_who_keeps_it(origin, keeper):
    """An origin names a web archive by its host, a file by its name."""
    assert keeper_of(origin) == keeper
