"""Papers: hostile words stay words in every form; marks lead to notes; nothing is fetched and nothing runs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.paper.blocks import (
    Bullets,
    Grid,
    Heading,
    Jump,
    Mark,
    Notes,
    Paper,
    Paragraph,
    Stretch,
    TextRole,
    cells,
    one_language,
    plain,
)
from pipeline.paper.html import html_of_paper
from pipeline.paper.markdown import escaped, markdown_of_paper
from pipeline.paper.text import text_of_paper

HOSTILE = [
    "<script>alert(1)</script>",
    "</style></head><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "[点我](javascript:alert(1))",
    "![x](http://evil.test/pixel.png)",
    "| 表格 | 断开 |\n|---|---|",
    "`code` ``` 围栏",
    "# 标题\n- 列表\n> 引用\n1. 项",
    "&lt;b&gt; &amp;nbsp; &#x202e;",
    "http://evil.test/?a=<b>&c=1 www.evil.test a@evil.test",
    "招标\u202e告公\u2066\x1b[31m\x00公告",
    "[^1]: 脚注",
    "$x^2$ ~~删~~ :smile: <!-- 注 -->",
]


def everywhere(text: str, language: str = "zh") -> Paper:
    """A paper with the text in every place that text can stand in."""
    words = (
        text,
        Stretch(text, TextRole.CODE),
        Stretch(text, TextRole.STRONG),
        Stretch(text, TextRole.WARNING),
        Jump(text, "place"),
        Mark(1),
    )
    blocks = (
        Heading(text, 1),
        Heading(text, 2, "place"),
        *(Paragraph(words, role) for role in (TextRole.PLAIN, TextRole.NOTE, TextRole.WARNING, TextRole.GOOD)),
        Bullets((words, words)),
        Grid((text, "数"), ((words, *cells([3])),), frozenset({1}), caption=text),
        Notes((words,)),
    )
    return Paper(text, language, blocks)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_hostile_words_as_words(text):
    """As many elements and attributes as with a harmless word, and the text is on the page as it was written."""
    harmless, found = (html.document_fromstring(html_of_paper(everywhere(one))) for one in ("公告", text))
    shape = [(one.tag, sorted(one.attrib)) for one in harmless.iter()]
    assert [(one.tag, sorted(one.attrib)) for one in found.iter()] == shape
    assert found.xpath("string(//h1)") == plain(text)


@given(st.text(max_size=60))
def test_html_of_any_words_has_the_same_shape(text):
    """Whatever the words are, the page's elements are those of the paper."""
    shapes = []
    for one in ("x", text if plain(text) else "x"):
        page = html.document_fromstring(html_of_paper(everywhere(one)))
        shapes.append([(node.tag, sorted(node.attrib)) for node in page.iter()])
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_has_no_markup_but_its_own(text):
    """No tag, link, image, fence or footnote of the words: every character that could begin one is escaped."""
    found = escaped(text)
    assert "\n" not in found
    assert not re.search(r"(?<!\\)[<>\[\]`|*#!~$^]", found)
    for line in markdown_of_paper(everywhere(text)).splitlines():
        if line.startswith("| "):  # the table keeps its two columns
            assert len(re.findall(r"(?<!\\)\|", line)) == 3


def test_a_code_span_is_fenced_by_more_than_it_holds():
    """Backticks in a title end no code span, a bar ends no cell."""
    paper = Paper("t", "zh", (Paragraph((Stretch("a``b|c", TextRole.CODE),)),))
    assert markdown_of_paper(paper) == "```a``b¦c```\n"


def test_plain_text_keeps_no_control_characters():
    """A terminal is only shown text: no escape sequence, no direction override."""
    shown = text_of_paper(everywhere("招标\u202e\x1b[31m\x07公告"))
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", shown)
    assert "招标[31m公告" in shown


def test_html_runs_and_fetches_nothing():
    """A policy that forbids all, no script, no address that leaves the page; marks carry no text of their own."""
    page = html.document_fromstring(html_of_paper(everywhere("公告")))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    assert not page.xpath("//script | //link | //img | //iframe | //object | //form | //@src")
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    assert {href[1:] for href in page.xpath("//@href")} <= set(page.xpath("//@id"))
    assert [one.text_content() for one in page.xpath("//a[@class='mark']")] == [""] * len(
        page.xpath("//a[@class='mark']")
    )
    assert "@media print" in page.xpath("string(//style)")
    assert "size: A4" in page.xpath("string(//style)")


@pytest.mark.parametrize(
    ("both", "chinese", "english"),
    [
        ("相符 / consistent", "相符", "consistent"),
        ("栏目“甲 / 乙”相符 / section 甲 / 乙: consistent", "栏目“甲 / 乙”相符", "section 甲 / 乙: consistent"),
        ("只有一种", "只有一种", "只有一种"),
        ("", "", ""),
    ],
)
def test_one_language_of_a_sentence(both, chinese, english):
    """The half that is asked for, also where a name in it has the sign that parts them; never nothing for something."""
    assert one_language(both, "zh") == chinese
    assert one_language(both, "en") == english
