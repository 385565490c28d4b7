"""Links to a foreign place that a crawl must never ask: a server of its own that records every request."""

from dataclasses import replace

from crawler.replica.server import Answer, Request
from tests.portals.faults.redirects import alias
from tests.portals.markup import CONTENT_END, Page
from tests.portals.scene import Fault, Scene
from tests.portals.world import Article


def _trap(scene: Scene, article: Article) -> str:
    return f"{scene.trap}/{article.fault}/{article.id}.html"


def _redirect(scene: Scene, article: Article) -> dict[str, Page]:
    return {alias(scene, article): lambda _: Answer(b"", 302, headers=(("Location", _trap(scene, article)),))}


def _holding(markup: str) -> Fault:
    def answer(scene: Scene, request: Request, answer: Answer) -> Answer:
        added = markup.format(trap=_trap(scene, scene.owners[request.target])).encode()
        return replace(answer, body=answer.body.replace(CONTENT_END, added + CONTENT_END, 1))

    return Fault(f"An article holds {markup}", articles=1, answer=answer, forbids=_trap)


FAULTS = {
    "foreign_row": Fault("A listing links a foreign place", articles=1, readable=False, alias=_trap, forbids=_trap),
    "foreign_redirect": Fault(
        "An article redirects to a foreign place",
        articles=1,
        readable=False,
        alias=alias,
        routes=_redirect,
        forbids=_trap,
    ),
    "foreign_frame": _holding('<iframe src="{trap}"></iframe>'),
    "foreign_file": _holding('<p>附件：<a href="{trap}">图纸.doc</a></p>'),
}
