"""Composed pages, captures and titles for the benchmarks; the same for the same number."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from crawler.replica.words import counties, title_forms, words, works
from pipeline.model import Bucket, Capture, Channel, Kind, Lead, Source, Visit

CHINA = timezone(timedelta(hours=8))
HOME = "http://www.example.cn/"
SOURCE = Source(
    "bench", "对账测试门户", HOME, "jeecms", (Channel("zbgg", "招标公告", f"{HOME}zbgg/", Bucket.TENDER_AND_AWARD),)
)
_WORDS = "工程施工招标公告中标候选人公示项目编号建设单位代理机构开标时间地点资质要求保障性住房道路桥梁改造监理设计"
_MENU = "机构职能 领导简介 办事流程 政策法规 标准定额 资质查询 表格下载 网上投诉 招标公告 中标公示 行业动态 公告通知"


@dataclass(frozen=True, slots=True)
class Composed:
    """A page and what it says."""

    capture: Capture
    title: str
    published: datetime
    text: str  # without white space


def pages(count: int) -> list[Composed]:
    """Notice pages of about 30 KB: a menu, a side bar, the text in Word's markup, a table."""
    chance = random.Random(20141231)
    return [_composed(number, title, chance) for number, title in enumerate(titles(count))]


def titles(count: int) -> Iterator[str]:
    """Titles as offices write them, of every stage of a tender."""
    chance = random.Random(2014)
    forms, tasks = [form for _, form in title_forms().values()], list(words()["tasks"])
    for number in range(count):
        prefecture, county = chance.choice(counties())
        name = f"{prefecture}{county}第{number}号{chance.choice(works()).thing}{chance.choice(tasks)}"
        yield chance.choice(forms).format(name=name)


def _composed(number: int, title: str, chance: random.Random) -> Composed:
    published = datetime(2014, 1, 1, 9, tzinfo=CHINA) + timedelta(minutes=17 * number)
    lines = [_sentence(chance) for _ in range(50)]
    cells = [[_sentence(chance)[:12] for _ in range(4)] for _ in range(12)]
    url = f"{HOME}zbgg/{number}.jhtml"
    body = _page(title, published, lines, cells).encode()
    visit = Visit(SOURCE.key, "zbgg", Kind.NOTICE, url, Lead(url, title, f"{published:%Y-%m-%d}"), run="bench")
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    capture = Capture(visit, datetime(2015, 1, 1, tzinfo=UTC), 200, headers, body, f"{number:032x}")
    return Composed(capture, title, published, "".join([*lines, *(cell for row in cells for cell in row)]))


def _sentence(chance: random.Random) -> str:
    return "".join(chance.choices(_WORDS, k=chance.randint(40, 110))) + "。"


def _page(title: str, published: datetime, lines: list[str], cells: list[list[str]]) -> str:
    span = '<span lang="EN-US" style="font-size:16px;font-family:宋体;line-height:150%">'
    text = "\r\n".join(f'<p class="MsoNormal" style="text-indent:32px">{span}{line}</span></p>' for line in lines)
    rows = "".join(
        f"<tr>{''.join(f'<td width=120>{span}{cell}</span></td>' for cell in row)}</tr>\r\n" for row in cells
    )
    menu = "".join(f'<li class="n{n}"><a href="/m{n}/index.jhtml">{word}</a></li>' for n, word in _menu())
    side = "".join(f'<li><a href="/hot/{n}.jhtml" title="{word}">{word}</a></li>' for n, word in _menu())
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 对账测试门户</title></head><body>
<div class="top"><ul class="nav">{menu}</ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; 招标公告</div>
<div class="main"><div class="x-main-news"><h1>{title}</h1>
<div class="x-main-news-info">发布时间：{published:%Y-%m-%d %H:%M}　来源：对账测试办公室</div>
<div class="x-main-news-content">{text}<table border="1">{rows}</table></div></div>
<div class="right"><h3>热点信息</h3><ul>{side}</ul></div></div>
<div class="foot"><p>主办：对账测试门户</p></div></body></html>"""


def _menu() -> list[tuple[int, str]]:
    return list(enumerate(_MENU.split() * 2))
