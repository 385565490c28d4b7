"""Listings that lie, and listings that move while they are read."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.replica.server import Answer, Request
from tests.portals.markup import ListingPage, Row
from tests.portals.scene import MORE_PAGES, Fault, Scene, absent
from tests.portals.world import CHINA, Article

_NEXT = re.compile(rb"<a [^<>]*>\s*\xe4\xb8\x8b\xe4\xb8\x80\xe9\xa1\xb5\s*</a>")  # 下一页
_PAGER_SCRIPT = re.compile(rb"<script>(?:createPageHTML|var currentPage)[^<]*</script>")
_PAGER_END = re.compile(
    rb"(<div class=\"pagination\">(?:(?!</div>|\xe4\xb8\x8b\xe4\xb8\x80\xe9\xa1\xb5).)*)[^<]*</div>"
)
_DAY = re.compile(rb"\d{4}-(\d{2}-\d{2})(?: \d{2}:\d{2})?")
_DATED = re.compile(rb"(?s)(.*?)(<div class=\"sidebar\">.*)")

EVERY = 2  # requests after which a row comes or goes


def _late(scene: Scene, key: str, number: int) -> Article:
    """An article that is published while the lists are read."""
    published = datetime(2015, 1, 2, 9, tzinfo=CHINA) + timedelta(minutes=number)
    title = f"当雄县新增{number}号{key}项目招标公告"
    article = Article(900_000 + number, key, title, published, (f"{title}，欢迎参加，有关事项另行通知。" * 4,))
    for part in (scene.markup.article_path(article, 1),):
        scene.routes.setdefault(part, lambda _: scene.article(article, 1))
    if scene.framed(article):
        scene.routes.setdefault(
            scene.markup.frame_path(article), lambda _: Answer(scene.markup.frame(article).encode())
        )
    return article


def _growing(scene: Scene, key: str, articles: tuple[Article, ...]) -> tuple[Article, ...]:
    amount = min(12, sum(scene.tries.values()) // EVERY) if key == scene.world.channels[0].key else 0
    late = [_late(scene, key, number) for number in range(1, amount + 1)]
    scene.late |= {article.title for article in late}
    return (*reversed(late), *articles)


def _shrinking(scene: Scene, key: str, articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """Once its second page was read, a list no longer links what its first page began with."""
    return articles[1:] if scene.tries[scene.markup.listing_path(key, 2)] else articles


def _sticky(scene: Scene, page: ListingPage) -> ListingPage:
    """The oldest row of the list stands first on every page."""
    if page.total <= scene.world.rows:
        return page
    oldest = scene.world.listed(page.channel.key)[-1]
    target = scene.linked(oldest)
    at = scene.markup.listing_path(page.channel.key, page.number)
    rows = tuple(row for row in page.rows if row.article.id != oldest.id)
    return replace(page, rows=(Row(oldest, scene.href(at, target)), *rows))


def _larger(scene: Scene, page: ListingPage) -> ListingPage:
    return replace(page, total=page.total + 3) if page.rows else page


def _of_pages(scene: Scene, page: ListingPage) -> ListingPage:
    return replace(page, total=page.pages) if page.rows else page


def _other_days(scene: Scene, page: ListingPage) -> ListingPage:
    """A list shows the day on which a row was put there, not the article's."""
    rows = tuple(
        replace(row, article=replace(row.article, published=row.article.published + timedelta(days=400)))
        for row in page.rows
    )
    return replace(page, rows=rows)


def _on_lists(pattern: re.Pattern[bytes], by: bytes) -> Fault:
    def answer(scene: Scene, request: Request, answer: Answer) -> Answer:
        if request.target not in scene.listings or not (found := _DATED.fullmatch(answer.body)):
            return answer
        return replace(answer, body=pattern.sub(by, found[1]) + found[2])

    return Fault("Days on listings are short, or not there", answer=answer)


def _page_of(scene: Scene, request: Request) -> int:
    """Which page of the first channel's list is asked for, 0 for all else."""
    key = scene.world.channels[0].key
    pages = range(1, scene.world.pages(key) + 4)
    return next((n for n in pages if scene.markup.listing_path(key, n) == request.target), 0)


def _no_next(scene: Scene, request: Request, answer: Answer) -> Answer:
    if _page_of(scene, request) != 2:
        return answer
    return replace(answer, body=_PAGER_SCRIPT.sub(b"", _NEXT.sub(b"", answer.body)))


def _dead(scene: Scene, request: Request, answer: Answer) -> Answer:
    return Answer(b"<html><body>Service Unavailable</body></html>", 503) if _page_of(scene, request) == 3 else answer


def _dead_once(scene: Scene, request: Request, answer: Answer) -> Answer:
    return _dead(scene, request, answer) if scene.tries["/robots.txt"] == 1 else answer


def _capped(scene: Scene, request: Request, answer: Answer) -> Answer:
    return absent() if _page_of(scene, request) > 2 else answer


def _endless(scene: Scene, request: Request, answer: Answer) -> Answer:
    """Every page of a list, the last one too, links a next page."""
    for channel in scene.world.channels:
        last = scene.world.pages(channel.key)
        for number in range(last, last + MORE_PAGES):
            if request.target == scene.markup.listing_path(channel.key, number) and scene.world.listed(channel.key):
                href = scene.href(request.target, scene.markup.listing_path(channel.key, number + 1))
                link = f'<a href="{href}">下一页</a></div>'.encode()
                body = _PAGER_END.sub(rb"\1" + link, answer.body, count=1)
                return replace(answer, body=body)
    return answer


FAULTS = {
    "growing": Fault("A row is added at the top of the first list after every few requests", listed=_growing),
    "shrinking": Fault("A row is taken from the top of a list while it is read", listed=_shrinking),
    "sticky": Fault("The same row stands first on every page", sheet=_sticky),
    "days_missing": _on_lists(_DAY, b""),
    "days_short": _on_lists(_DAY, rb"\1"),
    "days_other": Fault("Listings show another day than the article", sheet=_other_days),
    "total_too_large": Fault("A list states more rows than it has", sheet=_larger),
    "total_of_pages": Fault("A list states its pages as its rows", sheet=_of_pages),
    "beyond_last": Fault("Pages after the last show the last again, and are linked", answer=_endless, beyond=True),
    "no_next": Fault("A page in the middle of the first list leads nowhere", answer=_no_next),
    "dead_page": Fault("The third page of the first list is never there", answer=_dead),
    "dead_page_once": Fault("The third page of the first list is not there in the first run", answer=_dead_once),
    "capped": Fault("The first list shows two pages, whatever it states", answer=_capped),
}  # fmt: skip
LISTS = frozenset(FAULTS)
