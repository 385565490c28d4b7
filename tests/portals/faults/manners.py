"""A portal that asks for patience, or to be left alone."""

from dataclasses import replace

from crawler.replica.server import Answer, Request
from tests.portals.markup import Page
from tests.portals.scene import Fault, Scene
from tests.portals.world import Article


def _own_address(scene: Scene, article: Article) -> str:
    return scene.markup.article_path(article, 1)


def _robots(scene: Scene) -> dict[str, Page]:
    # * stands for the session that an address may carry (RFC 9309 section 2.2.3).
    addresses = (_own_address(scene, article).replace("?", "*?") for article in scene.shown_by("robots"))
    rules = "".join(f"Disallow: {address}\n" for address in addresses)
    text = f"User-agent: *\nCrawl-delay: 0.05\n{rules}"
    return {"/robots.txt": lambda _: Answer(text.encode(), content_type="text/plain")}


def _first_try(status: int, headers: tuple[tuple[str, str], ...]) -> Fault:
    def answer(scene: Scene, request: Request, answer: Answer) -> Answer:
        return Answer(b"later", status, headers=headers) if scene.tries[request.target] == 1 else answer

    return Fault(f"An article answers {status} when first asked for", articles=1, answer=answer)


FAULTS = {
    "robots": Fault(
        "robots.txt forbids an article and asks for a pause",
        articles=1,
        readable=False,
        site=_robots,
        forbids=_own_address,
    ),
    "throttled": _first_try(429, (("Retry-After", "1"),)),
    "unavailable": _first_try(503, ()),
    "slow": Fault(
        "An article takes a while", articles=1, answer=lambda scene, request, answer: replace(answer, delay=0.4)
    ),
}
