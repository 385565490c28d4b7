"""robots.txt through the real crawl: whose rules they are, and what follows when they cannot be had."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.replica import replica_of, source_toml
from crawler.replica.server import Answer, Request, serving
from tests.crawler.crawling import duizhang, rows_of

RULES = b"User-agent: *\nDisallow: /hydt/\n"


@pytest.mark.parametrize("status", [301, 302])
def test_rules_that_lie_on_another_host_of_the_source_hold_for_the_one_that_was_asked(
    status: int, tmp_path: Path
) -> None:
    """A robots.txt that redirects to another host (to https, to www) is followed, obeyed, and the crawl begins."""
    replica = replica_of(0.01)
    asked: list[str] = []

    def answer(request: Request) -> Answer:
        asked.append(request.target)
        host = next(value for name, value in request.headers if name.lower() == "host")
        if request.target != "/robots.txt":
            return replica(request)
        if host.startswith("127.0.0.1"):
            there = f"http://{host.replace('127.0.0.1', 'localhost')}/robots.txt"
            return Answer(b"", status, headers=(("Location", there),))
        return replace(replica(request), body=RULES)

    with serving(answer) as url:
        other = url.removeprefix("http://").replace("127.0.0.1", "localhost")
        file = tmp_path / "portal.toml"
        file.write_text(f'hosts = ["{other}"]\n{source_toml(url)}', encoding="utf-8")
        said = duizhang(tmp_path / "a", "crawl", str(file), "--format", "json")
    assert said.json["outcome"] == "partial", said.out  # what the portal forbids was not walked
    assert [path for path in asked if path.startswith("/hydt/")] == []
    assert {row["channel"] for row in rows_of(tmp_path / "a", "postings")} >= {"zbgg", "zhbgg"}
