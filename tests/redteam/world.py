"""What the composed portals publish: notices that nobody ever published, each with its truth."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
PLACES = ("青禾县", "白石市", "云岭区", "东川镇", "南坝县", "北塬市", "沙河区", "柳林县", "高桥镇", "平湖市")
WORKS = (
    "城北路道路改造工程",
    "第三中学教学楼建设项目",
    "河西污水处理厂提标改造及配套管网工程",
    "廉租住房小区二期",
    "老旧小区综合整治项目",
    "人民医院门诊楼",
    "农村饮水安全巩固提升工程(含水源地保护与输水管线)",
    "县乡公路安全生命防护工程",
    "文化馆、图书馆维修",
    "城市生活垃圾填埋场封场治理",
)
TENDERS = ("施工招标公告", "监理招标公告", "设计中标候选人公示", "施工中标结果公告", "施工招标补遗公告", "流标公告")
NEWS = ("开工建设", "通过竣工验收", "召开安全生产调度会", "入选示范项目", "质量检查情况通报", "现场观摩会举行")
NOTICES = (
    "关于做好{}冬季施工管理工作的通知",
    "关于{}资质审查意见的公示",
    "关于开展{}专项检查的通知",
    "关于公布{}评审结果的公告",
)
OFFICES = ("市住房和城乡建设局", "县建设工程招标投标办公室", "区公共资源交易中心", "厅办公室")


@dataclass(frozen=True)
class Told:
    """One notice: what its list and its page have to say."""

    channel: str
    number: int
    title: str
    published: datetime
    paragraphs: tuple[str, ...]
    office: str
    minute: bool  # does the page state the time of day?

    @property
    def day(self) -> str:
        return f"{self.published:%Y-%m-%d}"

    @property
    def cut(self) -> str:
        """The title as a list with little room shows it."""
        return self.title if len(self.title) <= 18 else self.title[:17] + "…"

    @property
    def truth(self) -> tuple[str, str, str]:
        shown = self.published if self.minute else self.published.replace(hour=0, minute=0)
        return self.channel, self.title, f"{shown:%Y-%m-%d %H:%M}"


def _title(kind: str, place: str, work: str, dice: random.Random) -> str:
    if kind == "tender":
        return f"{place}{work}{dice.choice(TENDERS)}"
    if kind == "news":
        return f"{place}{work}{dice.choice(NEWS)}"
    return dice.choice(NOTICES).format(place + work)


def _paragraphs(title: str, number: int, at: datetime, dice: random.Random) -> tuple[str, ...]:
    deadline = at + timedelta(days=dice.randint(5, 30))
    middle = [
        f"一、项目概况:本项目总投资{dice.randint(100, 9000)}万元,资金来源为财政资金,建设地点见附图{number}。",
        f"二、请于{deadline:%Y年%m月%d日}17时前将有关材料报送至建设大厦{dice.randint(2, 9)}楼。",
        f"三、公示时间自{at:%Y-%m-%d}至{deadline:%Y-%m-%d},逾期不再受理。",
        "四、其他未尽事宜按照国家有关法律法规执行,各有关单位要高度重视,认真组织落实。",
    ]
    first = f"根据有关规定,现将《{title}》第{number}号文件的有关事项说明如下,请遵照执行。"
    last = f"联系人:王工、李工,联系电话:0000-55{number:05d}。"
    return (first, *middle[: dice.randint(1, 4)], last)


def notices(channel: str, kind: str, count: int, seed: int, minute: bool = True) -> list[Told]:
    """So many notices of a channel, newest first, no two with the same title."""
    dice = random.Random(f"{channel}/{seed}")
    at = datetime(2014, 11, 28, 16, 40, tzinfo=CHINA)
    pairs = [(place, work) for place in PLACES for work in WORKS]
    dice.shuffle(pairs)
    told = []
    for index, (place, work) in enumerate(pairs[:count]):
        number = seed * 10_000 + 9_000 - index * 7 + sum(map(ord, channel)) % 7
        title = _title(kind, place, work, dice)
        text = _paragraphs(title, number, at, dice)
        told.append(Told(channel, number, title, at, text, dice.choice(OFFICES), minute))
        at -= timedelta(hours=dice.randint(20, 260), minutes=dice.randint(0, 59))
    return told
