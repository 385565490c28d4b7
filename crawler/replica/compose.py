"""The replica's articles before they have an address: who builds what where, and which notices that leads to."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.replica.words import counties, lines, stories, title_forms, words, works

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Project:
    """One project, or one lot of it, that tender notices are about; for other articles the place and its office."""

    name: str
    place: str  # prefecture and county
    owner: str
    agent: str
    number: str
    budget: int  # in yuan
    lot: str = ""


@dataclass(frozen=True, slots=True)
class ComposedArticle:
    """One page of the portal. Before world.py numbers them, ids are the order of composition."""

    id: int
    channel: str
    stage: str  # which text of notices/bodies.py
    title: str
    project: Project
    signed: date  # as written under the text; a repost keeps the first one's
    published: datetime
    document: int  # id of the article that says the same, its own when it is the first
    seed: int  # what the text is composed from; a repost keeps the first one's
    also: str = ""  # another column that links the page
    void: bool = False

    def numbered(self, number: int, document: int) -> "ComposedArticle":
        """The same article under its address."""
        return replace(self, id=number, document=document)


def drafts_of(amounts: tuple[tuple[str, int, int], ...], linked: tuple[int, int, int]) -> list[ComposedArticle]:
    """All articles: (channel, year, how many) in `amounts`; `linked` counts the 2014 postings that repeat another."""
    wanted = {(channel, year): n for channel, year, n in amounts}
    articles: list[ComposedArticle] = []
    for year in sorted({year for _, year, _ in amounts}):
        repeats = linked if year == 2014 else (0, 0, 0)
        articles += _tenders(year, (wanted["zbgg", year], wanted["zhbgg", year]), repeats, len(articles))
    for (channel, year), n in wanted.items():
        if channel in OTHERS:
            articles += _others(channel, year, n, len(articles))
    return articles


def _tenders(year: int, wanted: tuple[int, int], repeats: tuple[int, int, int], start: int) -> list[ComposedArticle]:
    here, there, twice = repeats
    # Reposts in the same column and pages linked from both add rows to the tender column, reposts from there to awards.
    room = {"zbgg": wanted[0] - here - twice, "zhbgg": wanted[1] - there}
    rng = random.Random(year)
    articles: list[ComposedArticle] = []
    for article in _stories(rng, year):
        if room[article.channel]:
            room[article.channel] -= 1
            articles.append(replace(article, id=start + len(articles), document=start + len(articles)))
        elif not any(room.values()):
            break
    articles = _at_the_borders(_voided(articles), year)
    return _repeated(rng, articles, repeats)


def _stories(rng: random.Random, year: int) -> Iterator[ComposedArticle]:
    taken: set[str] = set()
    paths, weights = stories()
    number = 0
    while True:
        number += 1
        begun = date(year, 1, 1) + timedelta(days=rng.randrange(0, 330))
        story = rng.choices(paths, weights)[0]
        for project in _projects(rng, year, number, taken):
            for stage, after in story:
                day = _clamped(year, begun + timedelta(days=after + rng.randrange(3)))
                yield _tender_article(rng, project, stage, day)


def _clamped(year: int, day: date) -> date:
    # Offices work on weekdays, and a story that runs over the year's end is published before it.
    day = min(day, date(year, 12, 30))
    return day - timedelta(days=max(0, day.weekday() - 4)) if day.day > 2 else day


def _tender_article(rng: random.Random, project: Project, stage: str, day: date) -> ComposedArticle:
    channel, form = title_forms()[stage]
    title = form.format(name=project.name)
    return ComposedArticle(-1, channel, stage, title, project, day, _hour(rng, day), -1, rng.getrandbits(32))


def _hour(rng: random.Random, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, rng.randrange(9, 18), rng.randrange(60), tzinfo=CHINA)


def _projects(rng: random.Random, year: int, number: int, taken: set[str]) -> list[Project]:
    tasks, agents = words()["tasks"], words()["agents"].split()
    while True:
        prefecture, county = rng.choice(counties())
        work = rng.choice(works())
        town = f"{_syllables(rng)}{rng.choice('乡乡镇')}" if work.local else ""
        task, (letters, _) = rng.choices([*tasks.items()], [weight for _, weight in tasks.values()])[0]
        name = f"{prefecture if rng.random() < 0.5 else ''}{county}{town}{work.thing}{task}"
        if name not in taken:
            taken.add(name)
            break
    budget = rng.randrange(60, 4200) * 10_000 + rng.randrange(10_000)
    code = f"XZJS{year}{letters}{number:04d}"
    project = Project(
        name,
        f"{prefecture}{county}",
        f"{county}{work.office}",
        f"西藏{rng.choice(agents)}招标代理有限公司",
        code,
        budget,
    )
    if rng.random() < 0.9:
        return [project]
    return [
        replace(project, name=f"{name}{lot}", number=f"{code}-{place:02d}", budget=budget // 3 + 7919 * place, lot=lot)
        for place, lot in enumerate(words()["lots"].split()[: rng.randrange(2, 4)], 1)
    ]


def _voided(articles: list[ComposedArticle]) -> list[ComposedArticle]:
    """One tender notice of a hundred is marked void by its owner, and stays where it was."""
    tenders = [place for place, article in enumerate(articles) if article.stage == "tender"]
    for place in tenders[5::100]:
        articles[place] = replace(articles[place], void=True, title=f"【作废】{articles[place].title}")
    return articles


# Minutes of Beijing time beside a year's border: read as UTC, or by the day of the fetch, they fall in the wrong year.
BORDERS = {2013: ((-1, (12, 31, 23, 30)),), 2014: ((0, (1, 1, 0, 10)), (-1, (12, 31, 23, 59))), 2015: ()}


def _at_the_borders(articles: list[ComposedArticle], year: int) -> list[ComposedArticle]:
    for channel in {article.channel for article in articles}:
        order = sorted(
            (place for place, article in enumerate(articles) if article.channel == channel),
            key=lambda place: articles[place].published,
        )
        for which, (month, day, hour, minute) in BORDERS[year] if len(order) > 1 or year == 2013 else ():
            moment = datetime(year, month, day, hour, minute, tzinfo=CHINA)
            articles[order[which]] = replace(articles[order[which]], published=moment, signed=moment.date())
    return articles


def _repeated(
    rng: random.Random, articles: list[ComposedArticle], repeats: tuple[int, int, int]
) -> list[ComposedArticle]:
    here, there, twice = repeats
    plain = [article for article in articles if not article.void and article.published.month in range(2, 12)]
    tenders = [article for article in plain if article.channel == "zbgg"]
    awards = [article for article in plain if article.channel == "zhbgg"]
    chosen = rng.sample(tenders, here + there)
    start = articles[0].id + len(articles)
    copies = [
        _copy(rng, article, start + place, "zbgg" if place < here else "zhbgg") for place, article in enumerate(chosen)
    ]
    both = {article.id for article in rng.sample(awards, twice)}
    return [replace(article, also="zbgg") if article.id in both else article for article in articles] + copies


def _copy(rng: random.Random, article: ComposedArticle, number: int, channel: str) -> ComposedArticle:
    later = article.published + timedelta(days=rng.randrange(4), minutes=rng.randrange(1, 200))
    return replace(article, id=number, channel=channel, published=later)


def _others(channel: str, year: int, amount: int, start: int) -> list[ComposedArticle]:
    rng = random.Random(f"{channel} {year}")
    taken: set[str] = set()
    articles: list[ComposedArticle] = []
    while len(articles) < amount:
        place = rng.choice([*words()["counties"], *(f"{prefecture}{county}" for prefecture, county in counties())])
        title = OTHERS[channel](rng, place)
        if title in taken:
            continue
        taken.add(title)
        day = _clamped(year, date(year, 1, 1) + timedelta(days=rng.randrange(364)))
        number = start + len(articles)
        document = f"藏建办〔{year}〕{len(articles) + 11}号"
        project = Project(title, place, "自治区住房和城乡建设厅", "", document, rng.randrange(200, 9000))
        articles.append(
            ComposedArticle(number, channel, channel, title, project, day, _hour(rng, day), number, rng.getrandbits(32))
        )
    return _at_the_borders(articles, year)


def _syllables(rng: random.Random) -> str:
    return f"{rng.choice(words()['syllables'])}{rng.choice(words()['syllables'])}"


def _any(rng: random.Random, name: str) -> str:
    return rng.choice(lines(words()["news"][name]))


OTHERS: dict[str, Callable[[random.Random, str], str]] = {
    "hydt": lambda rng, place: _any(rng, "forms").format(place=place, subject=_any(rng, "subjects")),
    "ggtz": lambda rng, place: _any(rng, "circulars").format(place=place, subject=_any(rng, "subjects")),
    "tpxw": lambda rng, place: f"图片新闻：{place}{_any(rng, 'subjects')}掠影",
    "jscj": lambda rng, place: f"{place}{rng.choice(words()['news']['built'].split())}建成投入使用",
    "fjms": lambda rng, place: f"{place}{_syllables(rng)}{rng.choice(words()['news']['sights'].split())}",
}
