"""Words of a notice are found in the bytes of its capture, or it is said that they are not."""

import json
import re
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.article.generic import article_of
from pipeline.article.json_article import article_of_json
from pipeline.evidence.spans import Body, Words, sentence_of, words_of
from pipeline.model import Notice
from pipeline.page.opened import read_as, tree_of
from pipeline.tender.facts import Fact, FactName, FactPlace
from pipeline.values.text import no_space

CHARSETS = ("utf-8", "gb18030", "big5hkscs")
ZONE = ZoneInfo("Asia/Shanghai")
# Characters that all three charsets have.
WORD = st.text("工程中校舍道路橋甲乙丙丁東南西北0123456789.,:()", min_size=1, max_size=12)
GAP = st.sampled_from(
    ["", " ", "\n", "　", "&nbsp;", "<b>", "</b>", "<span class='a>b'>", "</span>", "<!-- 工程 -->", "<br/>", "&ensp;"]
)
PIECES = st.lists(st.tuples(WORD, GAP), min_size=1, max_size=30)


def flattened(cut: bytes, charset: str) -> str:
    """An independent reading of a cut."""
    bare = re.sub(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", "", re.sub(r"<!--.*?-->", "", cut.decode(charset)))
    return no_space(unescape(bare))


@settings(deadline=None, max_examples=150)
@given(PIECES, st.data(), st.sampled_from(CHARSETS))
def test_the_cut_shows_the_quote(pieces: list[tuple[str, str]], data: st.DataObject, charset: str) -> None:
    """Whatever tags, comments, entities and blanks break the words: the bytes flatten to the quote."""
    # 校 and 路 alone are UTF-8 in GB18030's bytes too: the heading tells them apart, as every real page does.
    page = f"<html><head><meta charset='{charset}'></head><body><h1>公開</h1><p>" + "".join(
        word + gap for word, gap in pieces
    )
    content = (page + "</p></body></html>").encode(charset)
    shown = "".join(word for word, _ in pieces)
    start = data.draw(st.integers(0, len(shown) - 1))
    end = data.draw(st.integers(start + 1, len(shown)))
    body = Body(content, f"text/html; charset={charset}")
    spans = body.spans(Words(shown[start:end], shown[:start], shown[end:]))
    assert spans
    assert all(flattened(content[one.start : one.end], one.charset) == shown[start:end] for one in spans)


@settings(deadline=None, max_examples=100)
@given(PIECES, st.data(), st.booleans(), st.sampled_from(CHARSETS))
def test_a_cut_from_json_shows_the_quote(
    pieces: list[tuple[str, str]], data: st.DataObject, escaped: bool, charset: str
) -> None:
    """In a JSON answer the bytes, unescaped and flattened, are the quote, with and without \\uXXXX."""
    markup = '<p class="a">' + "".join(word + gap for word, gap in pieces) + "</p>"
    answer = json.dumps({"id": 7, "data": {"title": "公開", "content": markup}}, ensure_ascii=escaped)
    content = answer.encode(charset)
    shown = "".join(word for word, _ in pieces)
    start = data.draw(st.integers(0, len(shown) - 1))
    end = data.draw(st.integers(start + 1, len(shown)))
    spans = Body(content, f"application/json; charset={charset}").spans(
        Words(shown[start:end], shown[:start], shown[end:])
    )
    assert spans
    for one in spans:
        written = json.loads(b'"' + content[one.start : one.end].decode(one.charset).encode() + b'"')
        assert flattened(written.encode(), "utf-8") == shown[start:end]


PAGE = """<html><head><title>丙縣橋樑中標結果公告</title><style>.a{content:"120"}</style></head><body>
<h1>丙縣橋樑中標結果公告</h1><script>var price = "120";</script><!-- 中標價：120萬元 -->
<div class="content"><p>一、招標控制價：<b>12</b>0萬元；工期120日。</p>
<table><tr><td>中標人</td><td>甲建築有限公司</td></tr><tr><td>中標價</td><td>1<span>20</span>&nbsp;萬元</td></tr></table>
<p>備註：本公告由甲建築有限公司以外的單位發布，中標價以合同為準，特此公告。</p></div></body></html>"""


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_words_around_tell_which_of_several(charset: str) -> None:
    """120 stands at many places, in scripts and comments too: the one of the fact is cut out, as read by the reader."""
    content = PAGE.encode(charset)
    text = article_of(tree_of(read_as(content, f"text/html; charset={charset}")[0]), "", ZONE).text
    quote = "120 萬元"
    at = text.rfind(quote)
    notice = Notice("portal", "zhb", "http://portal.test/1", "丙縣橋樑中標結果公告", None, text=text)
    fact = Fact(FactName.AWARD, "1200000", at, at + len(quote))
    (span,) = Body(content, f"text/html; charset={charset}").spans(words_of(fact, notice))
    assert span.written == "1<span>20</span>&nbsp;萬元"
    assert content[: span.start].decode(charset).endswith("<td>中標價</td><td>")
    assert span.charset == charset


def test_a_title_that_stands_twice_has_two_places() -> None:
    """What the words around cannot tell apart is not chosen from: every place is given."""
    notice = Notice("portal", "zhb", "http://portal.test/1", "丙縣橋樑中標結果公告", None)
    fact = Fact(FactName.PROJECT_NAME, "丙縣橋樑", 0, 4, FactPlace.TITLE)
    assert len(Body(PAGE.encode()).spans(words_of(fact, notice))) == 2


def test_what_the_body_does_not_say_has_no_place() -> None:
    """Words that a script wrote, or that stand in a comment only, are not located."""
    assert Body(PAGE.encode()).spans(Words("中標價：120萬元")) == ()
    assert Body(PAGE.encode()).spans(Words("丁建築有限公司", "中標人", "中標價")) == ()


def test_several_places_without_telling_words_are_no_answer() -> None:
    """A number that stands five times, found by words that stand at none of them, is not guessed."""
    page = "<p>" + "".join(f"第{n}项 7 天，" for n in range(5)) + "</p>"
    assert Body(page.encode()).spans(Words("7", "公示期为", "个工作日")) == ()


def test_an_answer_inside_an_answer() -> None:
    """JSON written into a text of JSON, with escaped markup in it, is read through all its layers."""
    inner = json.dumps(
        {"title": "丁县公园施工中标公告", "txt": '&lt;p&gt;中标人："乙"公司，中标价 98&amp;nbsp;万元&lt;/p&gt;'}
    )
    content = json.dumps({"code": 0, "data": inner}).encode()
    article = article_of_json(json.loads(content), "", ZONE)
    assert no_space(article.text) == '中标人："乙"公司，中标价98万元'.replace("“", '"')
    (span,) = Body(content).spans(Words('"乙"公司，中标价 98', "中标人：", "万元"))
    once = json.loads(f'"{span.written}"')  # the outer text, in which the inner answer's escapes stand
    assert json.loads(f'"{once}"') == '"乙"公司，中标价 98'
    assert span.agreed >= 4


@pytest.mark.parametrize("damage", [b"\xff\xfe\xfa", b"\x00\x01", b"<a href='", b"&#9999999;&bogus;"])
def test_damage_before_the_words_moves_nothing(damage: bytes) -> None:
    """Bytes that no charset knows, controls and broken tags: the cut shows the words, or there is none."""
    content = "<body><p>甲".encode() + damage + "'>乙</p><p>中标价：120万元。</p></body>".encode()
    for span in Body(content).spans(Words("120万元", "中标价：", "。")):
        assert content[span.start : span.end].decode() == "120万元"


@pytest.mark.parametrize(
    "page",
    ["<script>" * 60_000, "<a '" * 100_000, "&amp" * 100_000, "<!--" * 100_000, '<a b="' * 80_000, "7 " * 200_000],
)
def test_hostile_pages_take_seconds_at_most(page: str) -> None:
    """The scan is linear in the page, whatever is left open."""
    assert Body(page.encode()).spans(Words("中标价")) == ()


def test_the_sentence_of_a_quote() -> None:
    """The quote stands in its own sentence, between full stops or line ends."""
    text = "公示期已满。中标人为甲公司，中标价为120万元；工期90天。\n特此公告"
    at = text.index("120万元")
    assert sentence_of(text, at, at + 5) == ("中标人为甲公司，中标价为", "120万元", "")


@given(st.binary(max_size=400), st.text(max_size=8))
def test_any_bytes_have_an_answer(content: bytes, quote: str) -> None:
    """No body and no quote makes it fail."""
    for span in Body(content).spans(Words(quote)):
        assert 0 <= span.start < span.end <= len(content)
