"""Addresses that lead on to another: by status, by meta refresh, by script."""

from html import escape

from crawler.replica.server import Answer
from tests.portals.markup import Page, page_of, relative
from tests.portals.scene import Fault, Scene, html
from tests.portals.world import Article, Channel


def alias(scene: Scene, article: Article) -> str:
    """The address that listings link while the article is served elsewhere."""
    return f"/go/{article.id}/"


def _step(article: Article, number: int) -> str:
    return f"/go/{article.id}/step{number}/"


def _moved(status: int, at: str, target: str) -> Answer:
    # RFC 9110 section 10.2.2 allows a relative Location, and portals send one.
    return Answer(b"", status, headers=(("Location", relative(at, target)),))


def _chain(statuses: tuple[int, ...]) -> Fault:
    def routes(scene: Scene, article: Article) -> dict[str, Page]:
        stops = [alias(scene, article), *(_step(article, number) for number in range(1, len(statuses)))]
        ends = [*stops[1:], scene.markup.article_path(article, 1)]
        return {
            stop: page_of(_moved, status, stop, end) for status, stop, end in zip(statuses, stops, ends, strict=True)
        }

    about = f"A listing links an address that leads to the article by {', '.join(map(str, statuses))}"
    return Fault(about, articles=1, alias=alias, routes=routes)


def _circle(scene: Scene, article: Article) -> dict[str, Page]:
    first, second = alias(scene, article), _step(article, 1)
    return {first: lambda _: _moved(302, first, second), second: lambda _: _moved(302, second, first)}


def _refresh(scene: Scene, article: Article) -> dict[str, Page]:
    at = alias(scene, article)
    target = escape(relative(at, scene.markup.article_path(article, 1)))
    return {at: lambda _: html(f'<html><head><meta http-equiv="Refresh" content="0; URL={target}"></head></html>')}


def _root(scene: Scene, channel: Channel) -> str:
    return f"/{channel.key}/"


def _script_page(scene: Scene, channel: Channel) -> Answer:
    target = relative(_root(scene, channel), scene.markup.listing_path(channel.key, 1))
    script = f'window.location.href = "{target}";'
    return html(f'<html><head><script language="javascript">{script}</script></head><body></body></html>')


def _script_roots(scene: Scene) -> dict[str, Page]:
    return {_root(scene, channel): page_of(_script_page, scene, channel) for channel in scene.world.channels}


FAULTS = {
    "redirect_301": _chain((301,)),
    "redirect_302": _chain((302,)),
    "redirect_chain": _chain((301, 302, 302)),
    "redirect_loop": Fault(
        "Two addresses redirect to each other", articles=1, readable=False, alias=alias, routes=_circle
    ),
    "meta_refresh": Fault("A page leads on by meta refresh", articles=1, alias=alias, routes=_refresh),
    "script_root": Fault("A channel's root leads on by script", entry=_root, site=_script_roots),
}
