"""What the replica portal publishes: articles, the columns that link them, the true counts. Always the same."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from crawler.replica.compose import ComposedArticle, drafts_of
from pipeline.model import Bucket

ROWS = 20  # rows of a listing page


@dataclass(frozen=True, slots=True)
class ReplicaChannel:
    """One section of the replica: how many postings of each year it holds at scale 1."""

    key: str
    name: str
    path: str
    bucket: Bucket
    amounts: tuple[tuple[int, int], ...]  # year, postings


# 2014 adds up to the six figures of the report that the replica stands in for: 115 + 5,505 + 28 = 5,648.
# The other years show that the year matters, the column of notices that it stands outside the three parts.
COLUMNS = (
    ReplicaChannel("zbgg", "招标公告", "/zbggzbgg/", Bucket.TENDER_AND_AWARD, ((2013, 40), (2014, 3412), (2015, 32))),
    ReplicaChannel("zhbgg", "中标公示", "/zhbgg/", Bucket.TENDER_AND_AWARD, ((2013, 24), (2014, 2093), (2015, 20))),
    ReplicaChannel("hydt", "行业动态", "/hydt/", Bucket.INDUSTRY_NEWS, ((2013, 15), (2014, 115), (2015, 12))),
    ReplicaChannel("tpxw", "图片新闻", "/tpxw/", Bucket.LIVELIHOOD_PICTURES, ((2013, 3), (2014, 14), (2015, 2))),
    ReplicaChannel("jscj", "建设成就", "/jscj/", Bucket.LIVELIHOOD_PICTURES, ((2013, 2), (2014, 9), (2015, 1))),
    ReplicaChannel("fjms", "风景名胜", "/fjms/", Bucket.LIVELIHOOD_PICTURES, ((2013, 1), (2014, 5), (2015, 1))),
    ReplicaChannel("ggtz", "公告通知", "/ggtz/", Bucket.NOTICE, ((2013, 12), (2014, 61), (2015, 10))),
)
# 37 of the 2014 notices say what another posting says.
REPOSTS_HERE, REPOSTS_THERE, LINKED_TWICE = 14, 14, 9


@dataclass(frozen=True, slots=True)
class Posting:
    """One notice in one column, as it is in truth."""

    channel: str
    path: str
    title: str
    published: datetime  # as the page shows it: Beijing time, to the minute
    document: int  # equal for postings that say the same


@dataclass(frozen=True)
class Truth:
    """What a complete and correct crawl must find."""

    postings: tuple[Posting, ...]

    @cached_property
    def by_bucket(self) -> dict[tuple[Bucket, int], int]:
        """Postings per bucket and year."""
        buckets = {column.key: column.bucket for column in COLUMNS}
        return dict(Counter((buckets[posting.channel], posting.published.year) for posting in self.postings))

    @cached_property
    def pages(self) -> dict[int, int]:
        """Distinct pages per year."""
        return dict(Counter(year for _, year in {(p.path, p.published.year) for p in self.postings}))

    @cached_property
    def documents(self) -> dict[int, int]:
        """Distinct documents per year of their first posting."""
        first: dict[int, int] = {}
        for posting in sorted(self.postings, key=lambda posting: posting.published):
            first.setdefault(posting.document, posting.published.year)
        return dict(Counter(first.values()))


@dataclass(frozen=True)
class World:
    """All articles by id, and per column the articles that it links, newest first."""

    articles: dict[int, ComposedArticle]
    listed: dict[str, tuple[ComposedArticle, ...]]

    @cached_property
    def truth(self) -> Truth:
        return Truth(
            tuple(
                Posting(channel, path_of(article), article.title, article.published, article.document)
                for channel, articles in self.listed.items()
                for article in articles
            )
        )

    @cached_property
    def hot(self) -> tuple[ComposedArticle, ...]:
        """The articles of the side bar's list, the same on every page."""
        newest = sorted(self.articles.values(), key=lambda article: article.published)
        return tuple(newest[-200::20][::-1])


PATHS = {column.key: column.path for column in COLUMNS}


def path_of(article: ComposedArticle) -> str:
    """The address of an article's page, in the column that it belongs to."""
    return f"{PATHS[article.channel]}{article.id}.jhtml"


def world_of(scale: float = 1.0) -> World:
    """The portal at a scale: every amount is multiplied by it, and no column is left empty."""
    return composed(tuple((c.key, year, scaled(n, scale)) for c in COLUMNS for year, n in c.amounts), linked(scale))


def composed(amounts: tuple[tuple[str, int, int], ...], repeats: tuple[int, int, int]) -> World:
    """A portal with these amounts (column, year, postings); `repeats`: as `linked` gives them."""
    drafts = drafts_of(amounts, repeats)
    published = sorted(drafts, key=lambda draft: (draft.published, draft.id))
    # JEECMS counts its articles through all columns, in the order in which they were entered.
    numbers = {draft.id: 1000 + 3 * place for place, draft in enumerate(published)}
    articles = [draft.numbered(numbers[draft.id], numbers[draft.document]) for draft in published]
    return World(
        {article.id: article for article in articles},
        {column.key: tuple(_newest_first(articles, column.key)) for column in COLUMNS},
    )


def _newest_first(articles: Iterable[ComposedArticle], channel: str) -> list[ComposedArticle]:
    rows = [article for article in articles if channel in (article.channel, article.also)]
    return sorted(rows, key=lambda article: (article.published, article.id), reverse=True)


def scaled(amount: int, scale: float) -> int:
    """The amount at that scale, at least 1."""
    return max(1, round(amount * scale))


def linked(scale: float) -> tuple[int, int, int]:
    """How many 2014 notices are reposted in their column, reposted in the other one, and linked from both."""
    return scaled(REPOSTS_HERE, scale), scaled(REPOSTS_THERE, scale), scaled(LINKED_TWICE, scale)
