"""The replica portal has the figures of the 2014 report, and serves what its truth says."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from crawler.replica import Replica, replica_of, replica_process, serving, source_toml, truth
from crawler.replica.bodies import parts_of
from crawler.replica.server import Answer, Request
from crawler.replica.world import COLUMNS
from pipeline.model import Bucket
from pipeline.page.opened import Page

ROW = re.compile(r'<div class="c1-bline"><div class="f-left"><a href="([^"]+)" title="([^"]+)"')


@pytest.fixture(scope="module")
def replica() -> Replica:
    return replica_of(0.02)


@pytest.fixture(scope="module")
def whole() -> Replica:
    return replica_of()


@pytest.fixture(scope="module")
def base(replica: Replica) -> Iterator[str]:
    with serving(replica) as url:
        yield url


def page(replica: Replica, target: str) -> str:
    answer = replica(Request("GET", target, (), b"", 0.0))
    assert answer.status == 200, target
    return answer.body.decode()


def test_figures_of_the_2014_report(whole: Replica) -> None:
    """115 + 5,505 + 28 = 5,648 postings of 2014 in the three parts, 61 more in 公告通知, other years around them."""
    counted = whole.world.truth
    assert counted.by_bucket[Bucket.INDUSTRY_NEWS, 2014] == 115
    assert counted.by_bucket[Bucket.TENDER_AND_AWARD, 2014] == 5505
    assert counted.by_bucket[Bucket.LIVELIHOOD_PICTURES, 2014] == 28
    assert counted.by_bucket[Bucket.NOTICE, 2014] == 61
    by_channel = Counter((posting.channel, posting.published.year) for posting in counted.postings)
    assert (by_channel["zbgg", 2014], by_channel["zhbgg", 2014]) == (3412, 2093)
    assert all(by_channel[column.key, year] for column in COLUMNS for year in (2013, 2015))
    assert {posting.published.year for posting in counted.postings} == {2013, 2014, 2015}


def test_pages_and_documents_of_2014(whole: Replica) -> None:
    """9 of 5,709 postings share their page with another; 28 more say what another page says."""
    counted = whole.world.truth
    assert (counted.pages[2014], counted.documents[2014]) == (5709 - 9, 5709 - 9 - 28)


def test_report_states_the_six_figures(whole: Replica) -> None:
    """The report's text holds the numbers that the real one claims, and says that it is a replica."""
    text = re.sub(r"<[^>]*>", "", page(whole, "/report/2014.html"))
    assert {"5769", "5648", "115", "5505", "28", "121"} <= set(re.findall(r"\d+", text))
    assert "replica" in text


def test_listings_link_every_posting(replica: Replica) -> None:
    """The walk through every column's pages meets the truth, in order and with the full titles."""
    for column in COLUMNS:
        target, met = f"{column.path}index.jhtml", []
        while target:
            text = page(replica, target)
            met += ROW.findall(text)
            following = re.search(r'<a href="([^"]+)">下一页', text)
            target = f"{column.path}{following[1]}" if following else ""
        postings = [posting for posting in replica.world.truth.postings if posting.channel == column.key]
        assert met == [(posting.path, posting.title) for posting in postings]
        assert f"共 {len(postings)} 条" in page(replica, f"{column.path}index.jhtml")


def test_articles_show_title_and_minute(replica: Replica) -> None:
    """Every article says its title and its minute in Beijing time, and every page that it is a replica."""
    for posting in replica.world.truth.postings:
        text = page(replica, posting.path)
        assert f"<h1>{posting.title}</h1>" in text
        assert f"发布时间：{posting.published:%Y-%m-%d %H:%M}" in text
        assert "本站为演示复制品 replica" in text


def test_years_borders(whole: Replica) -> None:
    """Postings stand on both sides of 2014's borders, at times whose UTC day is in another year or next to it."""
    moments = Counter(f"{posting.published:%Y-%m-%d %H:%M}" for posting in whole.world.truth.postings)
    assert moments["2013-12-31 23:30"] == len(COLUMNS)
    assert moments["2014-01-01 00:10"] == moments["2014-12-31 23:59"] == len(COLUMNS)


def test_same_document_says_the_same(whole: Replica) -> None:
    """Articles say the same exactly when their document is the same."""
    articles = whole.world.articles.values()
    said = {(article.title.removeprefix("【作废】"), *parts_of(article)): article.document for article in articles}
    assert len(said) == len({article.document for article in articles}) == len(set(said.values()))


def test_kinds_that_a_portal_has(whole: Replica) -> None:
    """Corrections, second rounds, sibling lots, void notices, files and broken texts all occur at scale 1."""
    titles = "\n".join(posting.title for posting in whole.world.truth.postings)
    for words in ("更正公告", "（二次）", "一标段", "二标段", "【作废】", "中标候选人公示", "流标公告"):
        assert titles.count(words) >= 20, words
    suffixes = Counter(path.rpartition(".")[2] for path in whole.attachments)
    assert set(suffixes) == {"doc", "pdf"}
    broken = [article for article in whole.world.articles.values() if len(parts_of(article)) == 2]
    first = page(whole, f"/zbggzbgg/{broken[0].id}.jhtml")
    assert f'<a href="{broken[0].id}_2.jhtml">下一页</a>' in first
    assert parts_of(broken[0])[1] in page(whole, f"/zbggzbgg/{broken[0].id}_2.jhtml")
    for path in list(whole.attachments)[:5]:
        assert whole(Request("GET", path, (), b"", 0.0)).status == 200


@pytest.mark.parametrize(
    "target",
    [
        "/zbggzbgg/index_1.jhtml",
        "/zbggzbgg/index_99.jhtml",
        "/nichts/",
        "/zhbgg/1.jhtml",
        "/zbggzbgg/1_9.jhtml",
        "/%00",
    ],
)
def test_absent_pages(replica: Replica, target: str) -> None:
    """What the portal does not have is a 404."""
    assert replica(Request("GET", target, (), b"", 0.0)).status == 404


def test_page_sizes_are_those_of_real_pages(replica: Replica) -> None:
    """Pages weigh between 8 and 30 KB."""
    sizes = [len(page(replica, posting.path).encode()) for posting in replica.world.truth.postings]
    sizes += [len(page(replica, f"{column.path}index.jhtml").encode()) for column in COLUMNS]
    assert 8_000 < min(sizes) <= max(sizes) < 30_000


def test_html_is_well_formed(replica: Replica) -> None:
    """A parser finds one heading and one body on an article."""
    html = Page("http://localhost/", "text/html", page(replica, replica.world.truth.postings[0].path)).html
    assert len(html.findall(".//h1")) == len(html.findall(".//div[@class='x-main-news-content']")) == 1


def test_same_content_in_every_process() -> None:
    """The world depends on nothing but its scale: not on the order of sets, not on the day."""
    script = "from crawler.replica import truth; import sys; sys.stdout.write(repr(truth(0.02).postings))"
    said = {
        subprocess.run(
            [sys.executable, "-c", script], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {repr(truth(0.02).postings).encode()}


def test_process_starts_and_ends() -> None:
    """The replica runs in a process of its own and ends with its context."""
    with replica_process(0.02) as url:
        place = urlsplit(url).netloc
        connection = http.client.HTTPConnection(place, timeout=5)
        connection.request("GET", "/report/2014.html")
        assert "vw-art-list" in connection.getresponse().read().decode()
        connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((place.partition(":")[0], int(place.partition(":")[2])), 1)


def test_source_file_names_every_column(base: str) -> None:
    """The source file has the seven columns with their paths, and no selectors."""
    text = source_toml(base)
    assert text.count("[[channels]]") == 7
    assert 'path = "/zbggzbgg/index.jhtml"' in text
    assert "layouts" not in text


# --- the server ------------------------------------------------------------------------------------------------------


def exchanged(url: str, sent: bytes) -> bytes:
    """What comes back until the server closes or is silent after answering everything."""
    port = urlsplit(url).port or 0
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while data := connection.recv(65536):
            received += data
    return received


def test_connection_is_kept(base: str) -> None:
    """Several requests on one connection are answered in their order."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=5)
    for column in COLUMNS:
        connection.request("GET", f"{column.path}index.jhtml")
        assert f"&gt; {column.name}</div>" in connection.getresponse().read().decode()
    connection.close()


def test_head_has_no_body(base: str) -> None:
    """HEAD gets the header of GET, and POST is not allowed."""
    assert exchanged(base, b"HEAD /robots.txt HTTP/1.1\r\nConnection: close\r\n\r\n").endswith(b"\r\n\r\n")
    assert b" 405 " in exchanged(base, b"POST / HTTP/1.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab")


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n",
        b"GET /\r\n\r\n",
        b"\xff\xfe\xfd\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"x" * 70_000,
    ],
)
def test_nonsense_is_hung_up_on(base: str, sent: bytes) -> None:
    """What is no request ends the connection, and the server goes on."""
    with contextlib.suppress(ConnectionError):
        assert exchanged(base, sent) == b""
    assert b" 200 " in exchanged(base, b"GET /robots.txt HTTP/1.1\r\nConnection: close\r\n\r\n")


def test_cut_answer_ends_early() -> None:
    """A cut answer promises its whole length and sends less."""
    with serving(lambda request: Answer(b"abcdef", cut=2)) as url:
        received = exchanged(url, b"GET / HTTP/1.1\r\n\r\n")
    assert b"Content-Length: 6\r\n" in received
    assert received.endswith(b"\r\n\r\nab")


def test_nothing_stays_behind() -> None:
    """When the context ends, so do the thread, open connections and delayed answers."""
    before = threading.active_count()
    with serving(lambda request: Answer(b"", delay=60.0)) as url:
        connection = socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), 5)
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
    with connection, contextlib.suppress(ConnectionResetError):
        assert connection.recv(10) == b""
    assert threading.active_count() == before


def test_taken_port_is_an_error(base: str) -> None:
    """A port that is taken raises OSError instead of serving nothing."""
    with pytest.raises(OSError, match="in use"), serving(lambda request: Answer(), urlsplit(base).port or 0):
        pass
