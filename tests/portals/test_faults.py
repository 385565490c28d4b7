"""The test portals misbehave exactly as told."""

import http.client
import re
import threading
import time
import tomllib
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from tests.portals import FAULTS, MARKUPS, Portal, faults_for, portal, world_of
from tests.portals.asking import get, rows, text_of, walked

EACH_MARKUP = pytest.mark.parametrize("markup", MARKUPS)


@EACH_MARKUP
def test_all_faults_together_keep_the_listings_true(markup: str) -> None:
    """With everything that a family can have switched on, the rows still lead to the truth's addresses."""
    faults = faults_for(MARKUPS[markup].dialect) - {"gbk_as_utf8", "utf8_as_gb2312"}
    with portal(world_of(faults), markup) as place:
        links = [re.sub(r";jsessionid=[0-9A-F]{32}", "", link) for link in walked(place, markup, "zbgg")]
        local = [posting for posting in place.truth.in_channel("zbgg") if posting.linked.startswith("/")]
        assert {posting.linked for posting in local} <= set(links)
        again = sum(1 for name in faults if FAULTS[name].again)
        assert len(links) == place.truth.stated["zbgg"] + again
        assert not place.trapped


def shown(place: Portal, name: str) -> str:
    """The linked address of the article that shows a fault."""
    (article,) = place.scene.shown_by(name)
    return place.scene.linked(article)


@EACH_MARKUP
@pytest.mark.parametrize(
    ("name", "statuses"),
    [("redirect_301", [301]), ("redirect_302", [302]), ("redirect_chain", [301, 302, 302])],
)
def test_redirects_lead_to_the_article(markup: str, name: str, statuses: list[int]) -> None:
    """Relative Locations lead over the stated number of hops to the article."""
    with portal(world_of({name}), markup) as place:
        (posting,) = (p for p in place.truth.postings if p.linked != p.path)
        target, met = posting.linked, []
        while target != posting.path:
            response, _ = get(place, target)
            location = response.getheader("Location") or ""
            assert location.startswith(".")
            met.append(response.status)
            target = urljoin(place.base_url + target, location).removeprefix(place.base_url)
        assert met == statuses
        assert posting.title in text_of(place, target)


def test_loop_comes_back() -> None:
    """Two addresses redirect to each other for ever."""
    with portal(world_of({"redirect_loop"})) as place:
        first = shown(place, "redirect_loop")
        second = urljoin(first, get(place, first)[0].getheader("Location") or "")
        assert urljoin(second, get(place, second)[0].getheader("Location") or "") == first != second


@EACH_MARKUP
def test_meta_refresh_and_script_root_lead_on(markup: str) -> None:
    """The addresses that pages name in a meta refresh or a script exist."""
    rooted = {"script_root"} & faults_for(MARKUPS[markup].dialect)
    with portal(world_of({"meta_refresh"} | rooted), markup) as place:
        at = shown(place, "meta_refresh")
        found = re.search(r'URL=([^"]+)"', text_of(place, at))
        assert found
        text_of(place, urljoin(at, unescape(found[1])))
        roots = [channel["path"] for channel in tomllib.loads(place.source_toml)["channels"]] if rooted else []
        assert not rooted or roots[0] == "/zbgg/"
        for root in roots:
            script = re.search(r'location\.href = "([^"]+)"', text_of(place, root))
            assert script
            text_of(place, urljoin(root, script[1]))


@pytest.mark.parametrize("name", ["case_variant", "slash_variant"])
def test_two_addresses_of_one_posting(name: str) -> None:
    """A listing links one posting twice, by addresses that differ, and states it once."""
    with portal(world_of({name})) as place:
        links = walked(place, "jeecms-lines", "zbgg")
        known = {posting.linked for posting in place.truth.in_channel("zbgg")}
        (other,) = set(links) - known
        assert len(links) == place.truth.stated["zbgg"] + 1 == 35
        assert text_of(place, other) == text_of(place, next(link for link in known if link in other.lower()))


def test_session_is_another_each_time() -> None:
    """Two readings of one listing link the same article under two sessions, and both answer."""
    with portal(world_of({"session_ids"})) as place:
        once, twice = (rows(place, "jeecms-lines", "/hydt/index.jhtml")[0] for _ in range(2))
        assert once != twice
        assert len(place.asked("/hydt/index.jhtml")) == 2
        get(place, once)
        assert len(place.asked(once.partition(";")[0])) == 1
        assert once.partition(";")[0] == twice.partition(";")[0]
        assert text_of(place, once) == text_of(place, twice)


def test_shared_and_reposted_articles() -> None:
    """A shared page is two postings at one path; a repost is a posting with another's document."""
    with portal(world_of({"shared_link", "repost"})) as place:
        postings = place.truth.postings
        assert len(postings) - len({posting.path for posting in postings}) == 2
        assert len({posting.path for posting in postings}) - len({posting.document for posting in postings}) == 1
        (repost,) = place.scene.shown_by("repost")
        first, second = (posting for posting in postings if posting.document == repost.repeats)
        assert (first.title, first.text) == (second.title, second.text)


@pytest.mark.parametrize(("markup", "second"), [("jeecms-lines", "_2.jhtml"), ("trs-list", "_1.html")])
def test_parts_hold_the_text_in_order(markup: str, second: str) -> None:
    """Three pages, numbered as the family does, hold one paragraph each."""
    with portal(world_of({"many_parts"}), markup) as place:
        (article,) = place.scene.shown_by("many_parts")
        paths = [place.scene.markup.article_path(article, part) for part in (1, 2, 3)]
        assert paths[1].endswith(second)
        for path, paragraph in zip(paths, article.text, strict=True):
            page = text_of(place, path)
            assert [text in page for text in article.text] == [text == paragraph for text in article.text]


def test_attachments_are_files_of_their_kind() -> None:
    """PDF, Word and Excel files answer with their types and signatures; a lost one is a 404."""
    with portal(world_of({"attachments", "lost_attachment"})) as place:
        answers = [get(place, path) for p in place.truth.postings for path in p.attachments]
        found = [(r.getheader("Content-Type"), body[:4]) for r, body in answers if r.status == 200]
        assert ("application/pdf", b"%PDF") in found
        assert ("application/msword", b"{\\rt") in found
        assert ("application/vnd.ms-excel", b"<htm") in found
        assert [response.status for response, _ in answers].count(404) == 1


def test_declared_charsets_lie() -> None:
    """GBK under the name UTF-8 and UTF-8 under the name GB2312, in header and page alike."""
    for name, declared, real in (("gbk_as_utf8", "utf-8", "gb18030"), ("utf8_as_gb2312", "gb2312", "utf-8")):
        with portal(world_of({name})) as place:
            response, body = get(place, "/zbgg/index.jhtml")
            assert response.getheader("Content-Type") == f"text/html; charset={declared}"
            assert f"charset={declared}" in body.decode(real)
            assert "招标公告" in body.decode(real)


def test_unreadable_articles() -> None:
    """A 404, noise, and a page without text are listed, and the truth says that they cannot be read."""
    with portal(world_of({"gone", "garbage", "bodyless"})) as place:
        lost = [posting for posting in place.truth.postings if not posting.readable]
        answers = [get(place, posting.path) for posting in lost]
        assert sorted(response.status for response, _ in answers) == [200, 200, 404]
        assert not any(posting.text[0].encode() in body for posting, (_, body) in zip(lost, answers, strict=True))


@EACH_MARKUP
def test_alarming_words_are_an_articles_own(markup: str) -> None:
    """Words of error pages stand in the title and the text of an article that answers 200 and can be read."""
    with portal(world_of({"alarming_words"}), markup) as place:
        (article,) = place.scene.shown_by("alarming_words")
        assert "系统维护" in text_of(place, place.scene.linked(article))
        assert "404万元" in article.text[0]


def test_robots_forbids_what_the_truth_forbids() -> None:
    """robots.txt names the forbidden article and a pause."""
    with portal(world_of({"robots"})) as place:
        rules = text_of(place, "/robots.txt")
        assert [f"Disallow: {path}" in rules for path in place.truth.forbidden] == [True]
        assert "Crawl-delay: 0.05" in rules


@pytest.mark.parametrize(("name", "status", "pause"), [("throttled", 429, "1"), ("unavailable", 503, None)])
def test_patience_is_rewarded(name: str, status: int, pause: str | None) -> None:
    """The first request is refused, with Retry-After where the portal says how long; the second is answered."""
    with portal(world_of({name})) as place:
        path = shown(place, name)
        response, _ = get(place, path)
        assert (response.status, response.getheader("Retry-After")) == (status, pause)
        assert get(place, path)[0].status == 200


def test_slow_page_takes_its_time() -> None:
    """The slow article answers after its delay, and the portal serves others meanwhile."""
    with portal(world_of({"slow"})) as place:
        path, begun = shown(place, "slow"), time.monotonic()
        waiting = threading.Thread(target=get, args=(place, path))
        waiting.start()
        get(place, "/hydt/index.jhtml")
        meanwhile = time.monotonic() - begun
        waiting.join()
        assert meanwhile < 0.4 <= time.monotonic() - begun


@pytest.mark.parametrize("name", ["foreign_row", "foreign_redirect", "foreign_frame", "foreign_file"])
def test_trap_records_who_falls_into_it(name: str) -> None:
    """The foreign address is linked, is on another port and name, and a request for it is recorded."""
    with portal(world_of({name})) as place:
        (address,) = place.truth.forbidden
        assert urlsplit(address).hostname == "localhost"
        (article,) = place.scene.shown_by(name)
        linked = place.scene.linked(article)
        if linked != address:
            response, body = get(place, linked)
            assert address in (response.getheader("Location") or body.decode())
        assert not place.trapped
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(address).port, timeout=5)
        connection.request("GET", urlsplit(address).path)
        connection.getresponse().read()
        connection.close()
        assert len(place.trapped) == 1
