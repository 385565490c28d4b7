"""What a test portal publishes, and the truth that a crawl of it is set against."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.model import Bucket

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Channel:
    """One section of the portal and how many plain articles it holds."""

    key: str
    name: str
    bucket: Bucket
    size: int


CHANNELS = (
    Channel("zbgg", "招标公告", Bucket.TENDER_AND_AWARD, 33),
    Channel("zhbgg", "中标公告", Bucket.TENDER_AND_AWARD, 12),
    Channel("hydt", "行业动态", Bucket.INDUSTRY_NEWS, 7),
    Channel("tpxw", "图片新闻", Bucket.LIVELIHOOD_PICTURES, 1),
    Channel("fjms", "风景名胜", Bucket.LIVELIHOOD_PICTURES, 0),
)


@dataclass(frozen=True, slots=True)
class Article:
    """One page of the portal."""

    id: int
    channel: str
    title: str
    published: datetime
    text: tuple[str, ...]  # paragraphs
    parts: int = 1  # pages that the text is broken into
    framed: bool = False  # the text is in an iframe
    attachments: tuple[str, ...] = ()  # file names
    also: tuple[str, ...] = ()  # other channels that link the same page
    repeats: int = 0  # the article that it says the same as; 0: none
    fault: str = ""  # the fault that it is there to show

    def part(self, number: int) -> tuple[str, ...]:
        """The paragraphs of one of its pages, from 1."""
        size = -(-len(self.text) // self.parts)
        return self.text[(number - 1) * size : number * size]


@dataclass(frozen=True, slots=True)
class World:
    """Channels, articles, and the faults that are switched on."""

    channels: tuple[Channel, ...]
    articles: tuple[Article, ...]
    faults: frozenset[str] = frozenset()
    rows: int = 10  # of a listing page

    def listed(self, channel: str) -> tuple[Article, ...]:
        """The articles that a channel links, newest first."""
        rows = [article for article in self.articles if channel == article.channel or channel in article.also]
        return tuple(sorted(rows, key=lambda article: (article.published, article.id), reverse=True))

    def pages(self, channel: str) -> int:
        """How many listing pages a channel has: an empty one has one."""
        return max(1, -(-len(self.listed(channel)) // self.rows))


@dataclass(frozen=True, slots=True)
class Posting:
    """One article in one channel, as it is in truth."""

    channel: str
    path: str  # where the article itself is served
    linked: str  # the address in the listing, resolved, without a session
    title: str
    published: datetime  # Beijing time, to the minute
    document: int  # equal for postings that say the same
    text: tuple[str, ...]
    attachments: tuple[str, ...]  # paths
    readable: bool  # False: no reader can get a notice from it


@dataclass(frozen=True, slots=True)
class Truth:
    """What a complete and correct crawl must find."""

    postings: tuple[Posting, ...]
    stated: dict[str, int]  # per channel: rows that its listing states and links
    forbidden: tuple[str, ...] = ()  # addresses that must never be asked for

    def in_channel(self, channel: str) -> tuple[Posting, ...]:
        return tuple(posting for posting in self.postings if posting.channel == channel)


Shape = Callable[[Article, Article], Article]  # (the article, a plain one of its channel) -> how the fault wants it


@dataclass
class _Desk:
    """Numbers and dates of articles in the order in which they are written."""

    articles: list[Article] = field(default_factory=list)

    def write(self, channel: Channel, published: datetime) -> Article:
        number = 1001 + 7 * len(self.articles)
        return Article(number, channel.key, _title(channel, number), published, _text(channel, number))


_KINDS = {"zbgg": "施工招标公告", "zhbgg": "施工中标结果公告"}
_PLACES = ("曲水县", "江孜县", "比如县", "噶尔县", "波密县", "洛隆县", "琼结县")
_THINGS = (
    "第二小学教学综合楼建设项目",
    "乡镇周转房建设项目",
    "县城供水管网改造工程",
    "桑曲河防洪堤工程",
    "文化广场工程",
)


def _title(channel: Channel, number: int) -> str:
    place, thing = _PLACES[number % len(_PLACES)], _THINGS[number % len(_THINGS)]
    return f"{place}{thing}{number}号{_KINDS.get(channel.key, '建设进展顺利')}"


def _text(channel: Channel, number: int) -> tuple[str, ...]:
    place, thing = _PLACES[number % len(_PLACES)], _THINGS[number % len(_THINGS)]
    return (
        f"{place}{thing}（项目编号：XZCS2014-{number:05d}）的有关事项，由{place}住房和城乡建设局在{channel.name}栏目发布。",
        f"本项目预算金额为{number % 800 + 110},{number % 7}00.00元，计划工期{number % 300 + 60}日历天，地点在{place}。",
        f"有关单位请于每日9时30分至18时到{place}住房和城乡建设局{number % 40 + 101}室办理手续，过期不再受理。",
        f"联系人：次仁{number % 90 + 10}，联系电话：0891-0{number:06d}，特此公布，请社会各界监督。",
    )


# Minutes of Beijing time beside a year's border; read as UTC they fall in the wrong year.
_BORDERS = ((2013, 12, 31, 23, 30), (2014, 1, 1, 0, 10), (2014, 12, 31, 23, 59))


def _moments(amount: int) -> list[datetime]:
    borders = [datetime(*border, tzinfo=CHINA) for border in _BORDERS] if amount > len(_BORDERS) else []
    first = datetime(2014, 2, 3, 9, 20, tzinfo=CHINA)
    rest = [first + timedelta(days=7 * place, minutes=11 * place) for place in range(amount - len(borders))]
    return borders + rest


def compose(channels: tuple[Channel, ...], shapes: dict[str, Shape], amounts: dict[str, int]) -> tuple[Article, ...]:
    """The plain articles of every channel, and in the first one those that show a fault: `amounts` per name."""
    desk = _Desk()
    for channel in channels:
        for moment in _moments(channel.size):
            desk.articles.append(desk.write(channel, moment))
    plain = desk.articles[len(_BORDERS)]
    moment = datetime(2014, 3, 3, 10, 15, tzinfo=CHINA)
    for name in sorted(name for name, amount in amounts.items() for _ in range(amount)):
        moment += timedelta(days=5, minutes=17)
        article = replace(desk.write(channels[0], moment), fault=name)
        desk.articles.append(shapes[name](article, plain))
    return tuple(desk.articles)
