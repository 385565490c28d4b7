"""How links are written, and pages that have several addresses."""

from dataclasses import replace

from crawler.replica.server import Answer, Request
from tests.portals.markup import Page, relative
from tests.portals.scene import Fault, Scene
from tests.portals.world import Article


def _relative(scene: Scene, at: str, target: str, href: str) -> str:
    return relative("/" if "base_href" in scene.faults else at, target)


def _from_root(scene: Scene, at: str, target: str, href: str) -> str:
    return target.removeprefix("/")


def _with_base(scene: Scene, request: Request, answer: Answer) -> Answer:
    if request.target not in scene.listings:
        return answer
    return replace(answer, body=answer.body.replace(b"<head>", b'<head><base href="/">', 1))


def _with_session(scene: Scene, at: str, target: str, href: str) -> str:
    path, mark, query = href.partition("?")
    return f"{path};jsessionid={sum(scene.tries.values()):032X}{mark}{query}"


def _upper(scene: Scene, article: Article) -> str:
    path, mark, query = scene.markup.article_path(article, 1).partition("?")
    return path.upper() + mark + query


def _slash(scene: Scene, article: Article) -> str:
    return scene.markup.article_path(article, 1) + "/"


def _served_upper(scene: Scene, article: Article) -> dict[str, Page]:
    return {_upper(scene, article): lambda _: scene.article(article, 1)}


def _served_slash(scene: Scene, article: Article) -> dict[str, Page]:
    return {_slash(scene, article): lambda _: scene.article(article, 1)}


FAULTS = {
    "relative_links": Fault("Listings link with ./ and ../", href=_relative),
    # A script that writes TRS's page links resolves them against <base> too, so no TRS portal has one.
    "base_href": Fault(
        "Listings link relative to <base href>",
        dialects=frozenset({"jeecms", "struts"}),
        href=_from_root,
        answer=_with_base,
    ),
    "session_ids": Fault("Every link of a listing carries another ;jsessionid", href=_with_session),
    "case_variant": Fault(
        "A listing links an article twice, once in capitals", articles=1, again=_upper, routes=_served_upper
    ),
    "slash_variant": Fault(
        "A listing links an article twice, once with a slash at the end",
        articles=1,
        dialects=frozenset({"jeecms", "trs"}),
        again=_slash,
        routes=_served_slash,
    ),
    "shared_link": Fault(
        "Two channels link the same page: two postings",
        articles=2,
        shape=lambda article, plain: replace(article, also=("zhbgg",)),
    ),
    "repost": Fault(
        "An article says what another says, under an address of its own",
        articles=1,
        shape=lambda article, plain: replace(article, title=plain.title, text=plain.text, repeats=plain.id),
    ),
}
