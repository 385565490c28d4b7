"""The replica as one function from requests to answers: every page is made when it is asked for."""

import re
from dataclasses import dataclass

from crawler.replica import files, render
from crawler.replica.bodies import attached
from crawler.replica.compose import ComposedArticle
from crawler.replica.report import PATH as REPORT_PATH
from crawler.replica.report import report_page
from crawler.replica.server import Answer, Request
from crawler.replica.world import COLUMNS, World, path_of, world_of

_LISTING = re.compile(r"(/[a-z]+/)(?:index(?:_(\d{1,6}))?\.jhtml)?")
_ARTICLE = re.compile(r"(/[a-z]+/(\d{1,9}))(?:_(\d{1,3}))?\.jhtml")
_BY_PATH = {column.path: column for column in COLUMNS}

ROBOTS = b"User-agent: *\nAllow: /\n"
ABSENT = Answer("<html><head><title>404</title></head><body>您访问的页面不存在</body></html>".encode(), 404)


@dataclass(frozen=True)
class Replica:
    """The replica portal of a world; call it with a request."""

    world: World
    chrome: render.Chrome
    fixed: dict[str, Answer]
    attachments: dict[str, ComposedArticle]

    def __call__(self, request: Request) -> Answer:
        path = request.path
        if request.method not in {"GET", "HEAD"}:
            return Answer(b"", 405, headers=(("Allow", "GET, HEAD"),))
        if answer := self.fixed.get(path):
            return answer
        if found := _ARTICLE.fullmatch(path):
            return self.article(found[1], int(found[2]), found[3])
        if found := _LISTING.fullmatch(path):
            return self.listing(found[1], found[2])
        return _file(self.attachments[path]) if path in self.attachments else ABSENT

    def listing(self, path: str, written: str | None) -> Answer:
        """A column's page; JEECMS numbers them from 2, the first has no number."""
        column, number = _BY_PATH.get(path), 1 if written is None else int(written)
        if column is None or written in {"0", "1"}:
            return ABSENT
        if number > render.listing_pages(self.world.listed[column.key]):
            return ABSENT
        return Answer(render.listing(self.chrome, column, number))

    def article(self, stem: str, identity: int, written: str | None) -> Answer:
        """A page of an article; the second one has the number 2."""
        article, number = self.world.articles.get(identity), 1 if written is None else int(written)
        if article is None or f"{stem}.jhtml" != path_of(article) or written in {"0", "1"}:
            return ABSENT
        if number > 1 and number > render.article_pages(article):
            return ABSENT
        return Answer(render.article_page(self.chrome, article, number))


def _file(article: ComposedArticle) -> Answer:
    suffix = attached(article).rpartition(".")[2]
    text = f"replica {article.project.number}"
    body = files.pdf(text) if suffix == "pdf" else files.doc(f"{attached(article)} {text}")
    return Answer(body, content_type=files.CONTENT_TYPES[suffix])


def replica_of(scale: float = 1.0) -> Replica:
    """The replica at a scale (1 has the figures of the 2014 report)."""
    return replica_in(world_of(scale))


def replica_in(world: World) -> Replica:
    """The replica portal of that world."""
    chrome = render.chrome_of(world)
    fixed = {
        "/": Answer(render.home(chrome)),
        "/robots.txt": Answer(ROBOTS, content_type="text/plain"),
        REPORT_PATH: Answer(report_page(world.truth)),
    }
    attachments = {render.file_path(article): article for article in world.articles.values() if attached(article)}
    return Replica(world, chrome, fixed, attachments)
