"""Full text finds what a scan would find, whatever the length of the word, on both databases."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, func, select, update

from pipeline.values.text import narrow
from storage.search.index import Order, Wish, create_index, drop_index, index, remove, search
from storage.search.terms import Facts, QueryRefused, words_of
from storage.tables.core import postings
from tests.storage.rows import posting, store

TEXTS = [
    ("甲县廉租住房工程施工招标公告", "公告正文：建设规模１２００平方米。"),
    ("乙市人民路改造工程中标候选人公示", "第一名 丙公司；ＣＲＣＣ certificate ABC-12"),
    ("招 标 公 告", "标题里有空格"),
    ("丁镇小学工程（二次）招标公告", '说明"100%"的_下划线'),
    ("戊区供水管网监理中标结果", "与招标\n公告无关"),
    ("招", "标"),
    ("🏗️ 桥梁 𠮷野 工程", "xx7 x2c x"),
]


@pytest.fixture
def connection(engine: Engine):
    with engine.begin() as connection:
        create_index(connection)
        yield connection


EVERY = Wish(limit=1000)


def fill(connection: Connection, texts=TEXTS) -> None:
    rows = [posting(f"{n:04x}", title, f"2014-01-{n + 1:02d}", text=text) for n, (title, text) in enumerate(texts)]
    store(connection, *rows)
    index(connection, [(row["id"], row["title"], row["text"]) for row in rows])


def found(connection: Connection, query: str, wish: Wish = EVERY) -> list[str]:
    hits = search(connection, query, wish)
    assert hits.total == len(hits.rows)
    return [row.id for row in hits.rows]


def scanned(connection: Connection, *words: str) -> list[str]:
    """What a scan finds: newest first, every word in title or text, width and case folded."""
    rows = connection.execute(select(postings).order_by(postings.c.published.desc(), postings.c.id))
    fold = [(row.id, narrow(row.title).lower(), narrow(row.text).lower()) for row in rows]
    wanted = [narrow(word).lower() for word in words]
    return [id_ for id_, title, text in fold if all(word in title or word in text for word in wanted)]


WORDS = [
    "招",
    "招标",
    "招标公告",
    "中标候选人",
    "廉租",
    "１２００",
    "1200",
    "200",
    "crcc",
    "ABC-12",
    "abc",
    "（二次）",
    "(二次)",
    "%",
    "_",
    "100%",
    "🏗",
    "𠮷",
    "𠮷野",
    "x2c",
    "x",
    "7",
    "不存在",
    "。",
    "；ＣＲ",
    "人民路改",
    "*",
    "招*",
    "-",
    "^招",
    "NEAR",
    "AND",
]


def test_a_word_finds_what_a_scan_finds(connection: Connection) -> None:
    """Words of one, two and many characters, Latin, numbers and signs give the rows of a LIKE scan, newest first."""
    fill(connection)
    assert {word: found(connection, word) for word in WORDS} == {word: scanned(connection, word) for word in WORDS}


def test_several_words_must_all_occur(connection: Connection) -> None:
    """Words are joined by AND, and may stand one in the title and one in the text."""
    fill(connection)
    assert found(connection, "招标 规模") == ["0000"]
    assert found(connection, "招标　公告") == scanned(connection, "招标", "公告")


def test_quotation_marks_are_harmless(connection: Connection) -> None:
    """Quotation marks around a word are not part of it."""
    fill(connection)
    for query in ['"廉租"', "“廉租”", "'廉租", '廉租"', '"廉租" "住房"']:
        assert found(connection, query) == ["0000"], query


@pytest.mark.parametrize("query", ["", "  ", '""', "　“”"])
def test_a_query_without_a_word_is_refused(query: str) -> None:
    """A query of white space and quotation marks is refused in words."""
    with pytest.raises(QueryRefused, match="no word"):
        words_of(query)


def test_a_query_of_too_many_words_is_refused() -> None:
    """More words than the databases can join are refused in words."""
    with pytest.raises(QueryRefused, match="65 words"):
        words_of(" ".join(str(n) for n in range(65)))


def test_as_many_words_as_allowed_are_searched(connection: Connection) -> None:
    """The most words that are allowed do not exceed what a database can join."""
    fill(connection)
    assert search(connection, " ".join(f"招标{n}" for n in range(64))).total == 0


def test_what_no_text_can_hold_finds_nothing(connection: Connection) -> None:
    """NUL and lone surrogates are not an error; no stored text has them."""
    fill(connection)
    assert [search(connection, query).total for query in ["\x00", "招\ud800标", "a\x00b"]] == [0, 0, 0]


ALPHABET = "招标公告ab1 　ＡＢ-\"'*%_()（）x\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.tuples(st.text(ALPHABET, max_size=8), st.text(ALPHABET, max_size=8)), min_size=1, max_size=8),
    word=st.text(ALPHABET.replace(" ", "").replace("　", "").replace("\n", ""), min_size=1, max_size=4),
)
@example(texts=[("ab", "ba")], word="aba")
@example(texts=[("x", "78x")], word="x78x")
def test_any_word_finds_what_a_scan_finds(engine: Engine, texts: list[tuple[str, str]], word: str) -> None:
    """For any texts and any word without quotation marks at its ends: the same rows as a scan."""
    with engine.connect() as connection:
        create_index(connection)
        fill(connection, texts)
        plain = word.strip("\"'")
        if plain:
            assert found(connection, word) == scanned(connection, plain)
        connection.rollback()


def test_a_replaced_posting_is_found_by_its_new_words_only(connection: Connection) -> None:
    """Indexing a posting again replaces what it said, when its date moves too."""
    fill(connection)
    later = datetime(2020, 1, 1, tzinfo=UTC)
    connection.execute(update(postings).where(postings.c.id == "0000").values(title="桥梁招标", published=later))
    index(connection, [("0000", "桥梁招标", "")])
    assert found(connection, "廉租") == []
    assert found(connection, "桥梁") == ["0000", "0006"]
    assert found(connection, "招标")[0] == "0000"
    index(connection, [("0000", "桥梁招标", "")])
    assert found(connection, "桥梁") == ["0000", "0006"]


def test_a_removed_posting_is_not_found(connection: Connection) -> None:
    """Removing leaves nothing in the index, also when the posting's row is gone before."""
    fill(connection)
    connection.execute(delete(postings).where(postings.c.id == "0001"))
    remove(connection, ["0001", "unknown"])
    assert search(connection, "人民路").total == 0
    assert search(connection, "招标公告").total == 2


def test_the_index_can_be_dropped_and_made_again(connection: Connection) -> None:
    """Dropping and creating are repeatable, and leave an empty index."""
    fill(connection)
    drop_index(connection)
    drop_index(connection)
    create_index(connection)
    create_index(connection)
    assert search(connection, "招标").total == 0


def test_facts_narrow_and_follow_the_posting(connection: Connection) -> None:
    """Source, year and bucket narrow the hits; year 0 finds the undated; the facts are those of the posting's row."""
    rows = [
        posting("a", day="2013-05-05"),
        posting("b", source="beta"),
        posting("c", bucket="notice"),
        posting("d", day=None),
    ]
    store(connection, *rows)
    index(connection, [(row["id"], row["title"], row["text"]) for row in rows])
    assert found(connection, "招标", Wish(facts=Facts(source="alpha", year=2013))) == ["a"]
    assert found(connection, "招标", Wish(facts=Facts(source="beta"))) == ["b"]
    assert found(connection, "招标", Wish(facts=Facts(bucket="notice"))) == ["c"]
    assert found(connection, "招标", Wish(facts=Facts(year=0))) == ["d"]
    assert found(connection, "招标")[-1] == "d"
    assert search(connection, "alpha").total == 0


def test_hundreds_of_one_moment_are_all_found(connection: Connection) -> None:
    """Postings of one moment, which want one place in the index, are all found, and stay where they are."""
    rows = [posting(f"{n:04x}") for n in range(600)] + [
        posting("ffff", day="2014-06-04"),
        posting("eeee", day="2014-06-02"),
    ]
    store(connection, *rows)
    said = [(row["id"], row["title"], row["text"]) for row in rows]
    index(connection, said[:50])
    index(connection, said[50:])
    first = found(connection, "招标", Wish(limit=1000))
    assert (first[0], first[-1], len(set(first))) == ("ffff", "eeee", 602)
    index(connection, reversed(said))
    assert found(connection, "招标", Wish(limit=1000)) == first


def test_a_window_and_the_exact_count(connection: Connection) -> None:
    """The total counts all hits, the rows are the window asked for."""
    fill(connection)
    hits = search(connection, "标", Wish(limit=2, offset=1))
    assert hits.total == len(scanned(connection, "标"))
    assert [row.id for row in hits.rows] == scanned(connection, "标")[1:3]


def test_relevance_puts_titles_first(connection: Connection) -> None:
    """By relevance a hit in a short title comes before hits in text alone."""
    rows = [
        posting("a", "年度工作报告", "2014-05-01", text="本年度廉租住房建设情况以及其他许多事项" * 5),
        posting("b", "廉租住房公告", "2014-01-01"),
        posting("c", "会议通知", "2014-05-02"),
    ]
    store(connection, *rows)
    index(connection, [(row["id"], row["title"], row["text"]) for row in rows])
    assert found(connection, "廉租", Wish(order=Order.RELEVANCE)) == ["b", "a"]
    assert found(connection, "廉租") == ["a", "b"]


def test_indexing_leaves_postings_alone(connection: Connection) -> None:
    """The index is beside the postings: it adds and removes none."""
    fill(connection)
    assert connection.scalar(select(func.count()).select_from(postings)) == len(TEXTS)
