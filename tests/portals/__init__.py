"""Portals on loopback for tests: they speak every dialect in several looks, and misbehave on request.

with portal(world_of({"redirect_301", "session_ids"}), "trs-list") as place:
    ...  # crawl place.source_toml, then compare with place.truth, place.hits, place.trapped
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from crawler.replica.server import Answer, Request, serving
from crawler.replica.source import toml_of
from tests.portals import aspnet, epoint, hanweb, jeecms, json_api, struts, trs
from tests.portals.faults import FAULTS, QUIET
from tests.portals.markup import Markup
from tests.portals.scene import Scene, without_session
from tests.portals.world import CHANNELS, Article, Channel, Posting, Truth, World, compose

MARKUPS: dict[str, Markup] = {
    name: look
    for family in (jeecms, trs, struts, hanweb, epoint, aspnet, json_api)
    for name, look in family.MARKUPS.items()
}
# Rows of JSON answers are no links of the page that they come from, and an interface has no root that leads on.
UNFIT = dict.fromkeys(("epoint", "json_api"), frozenset({"relative_links", "script_root"}))

__all__ = [
    "CHANNELS", "FAULTS", "MARKUPS", "Article", "Channel", "Portal", "Posting", "Request", "Truth", "World",
    "faults_for", "portal", "source_toml", "world_of",
]  # fmt: skip


@dataclass(frozen=True)
class Portal:
    """A portal that is being served."""

    base_url: str
    scene: Scene
    hits: list[Request]  # what was asked of it, in order
    trapped: list[Request]  # what was asked of the foreign place; must stay empty

    @property
    def truth(self) -> Truth:
        return self.scene.truth()

    @property
    def source_toml(self) -> str:
        channels = [(c.key, c.name, self.scene.entry(c), c.bucket.value) for c in self.scene.world.channels]
        toml = toml_of("测试门户", self.base_url, self.scene.markup.dialect, channels)
        for channel in self.scene.world.channels:
            if told := self.scene.markup.params(channel.key):
                toml = toml.replace(f'key = "{channel.key}"\n', f'key = "{channel.key}"\nparams = {told}\n', 1)
        lines = [line for fault in self.scene.faults.values() for line in fault.manners]
        return toml.replace("delay_seconds = 0\n", "\n".join(["delay_seconds = 0", *dict.fromkeys(lines), ""]), 1)

    def asked(self, target: str) -> list[Request]:
        """The requests for this target, in whatever session."""
        return [hit for hit in self.hits if without_session(hit.target) == target]


def faults_for(dialect: str, among: frozenset[str] = QUIET) -> frozenset[str]:
    """The names of the faults among those that portals of the dialect can have."""
    fits = {name for name, fault in FAULTS.items() if not fault.dialects or dialect in fault.dialects}
    fits -= UNFIT.get(dialect, frozenset())
    return among & fits


def world_of(faults: Iterable[str] = (), channels: tuple[Channel, ...] = CHANNELS, rows: int = 10) -> World:
    """The usual world, with the articles that the faults are shown by."""
    chosen = frozenset(faults)
    articles = compose(
        channels,
        {name: FAULTS[name].shape for name in chosen},
        {name: FAULTS[name].articles for name in chosen},
    )
    return World(channels, articles, chosen, rows)


@contextmanager
def portal(world: World, markup: str = "jeecms-lines") -> Iterator[Portal]:
    """The world served in that markup as long as the context lasts."""
    hits: list[Request] = []
    trapped: list[Request] = []
    look = MARKUPS[markup]
    if unfit := world.faults - faults_for(look.dialect, frozenset(FAULTS)):
        raise ValueError(f"{look.dialect} portals do not have {sorted(unfit)}")
    scene = Scene(world, look, {name: FAULTS[name] for name in sorted(world.faults)})

    def answer(request: Request) -> Answer:
        hits.append(request)
        return scene(request)

    def trap(request: Request) -> Answer:
        trapped.append(request)
        return Answer("<html><body><h1>不该来的地方</h1></body></html>".encode())

    with serving(trap) as foreign, serving(answer) as base_url:
        # Another name and another port of this machine: foreign by either rule.
        scene.base, scene.trap = base_url, foreign.replace("127.0.0.1", "localhost")
        scene.build()
        yield Portal(base_url, scene, hits, trapped)


def source_toml(base_url: str, markup: str, world: World) -> str:
    """The source file of a world served elsewhere in that markup."""
    scene = Scene(world, MARKUPS[markup], {name: FAULTS[name] for name in sorted(world.faults)}, base_url)
    return Portal(base_url, scene, [], []).source_toml
