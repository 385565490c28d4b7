"""Hostile pages: whatever a portal sends, the reader answers in time with a Notice or Unreadable."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.article import read_notice
from pipeline.model import Unreadable
from tests.pipeline.article.article_pages import FIRST, PARAGRAPHS, TITLE
from tests.pipeline.captures import URL, capture, source


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + FIRST,
        "".join(f"<div class=c{n}>{FIRST}" for n in range(5000)),
        f"<p>{FIRST}</p>" * 12000,
        "<p>发布日期：2014-06-03 " * 15000,
        "<table>" + "<tr><td>项目名称</td><td>甲</td></tr>" * 6000,
        "<a href='/down/a.doc?i=1'>附件</a>" * 8000,
        "<p>" + "2014-0" * 100000,
        "<p>" + "A+" * 39 + "!" + "1" * 300000,
        "<title>" + "甲" * 500000 + "</title>" + f"<p>{FIRST}</p>" * 500,
        "[" * 200000,
        json.dumps([{"title": TITLE, "content": PARAGRAPHS}] * 3000),
    ],
)
def test_large_and_deep_pages_take_time_in_proportion(html: str) -> None:
    """Five thousand nested elements or a megabyte of anything is read within seconds, without recursion."""
    started = time.process_time()
    with suppress(Unreadable):
        read_notice(capture(html, TITLE), source())
    assert time.process_time() - started < 5  # measured 0.01 to 0.3 s; quadratic readers need minutes


TAGS = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p class=title>",
        "<table><tr><td>",
        "</td><td>",
        "<td>发布日期：",
        "2014-06-03",
        "索引号",
        "<script>",
        "<!--",
        "<a href=",
        "&#0;",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.lists(st.one_of(TAGS, st.text(max_size=12))).map(lambda parts: "".join(parts))
    )
)
def test_any_bytes_are_a_notice_or_unreadable(body: bytes | str) -> None:
    """Whatever a portal sends, the reader returns a Notice or raises Unreadable."""
    for title in ("", TITLE):
        try:
            assert read_notice(capture(body, title), source()).url == URL
        except Unreadable:
            continue


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["title", "content", "time", "x"]), inner)
    ),
)


@settings(deadline=None)
@given(JSON)
def test_any_answer_is_a_notice_or_unreadable(answer: object) -> None:
    """The same for JSON of any shape."""
    try:
        read_notice(capture(json.dumps(answer)), source())
    except Unreadable:
        return
