"""The text of an article as HTML, composed from its project and its seed: the same article always says the same."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from crawler.replica.compose import ComposedArticle
from crawler.replica.places import FIRMS, GIVEN, SURNAMES

Composer = Callable[[ComposedArticle, random.Random], list[str]]


def parts_of(article: ComposedArticle) -> list[str]:
    """The text's pages: one, or two where the clerk broke a long notice."""
    rng = random.Random(article.seed)
    blocks = BODIES[article.stage](article, rng)
    if article.void:
        blocks.insert(0, _p("本公告已作废，请以重新发布的公告为准。"))
    ending = f'<p class="sign">{article.project.owner}<br/>{_day(article.signed)}</p>'
    if not in_two_pages(article):
        return ["\n".join([*blocks, ending])]
    middle = len(blocks) // 2
    return ["\n".join(blocks[:middle]), "\n".join([*blocks[middle:], ending])]


def in_two_pages(article: ComposedArticle) -> bool:
    """One tender notice of fifty is broken into two pages."""
    return article.stage == "tender" and article.seed % 50 == 7


def attached(article: ComposedArticle) -> str:
    """The name of the file that the notice brings along, "" for most."""
    if article.stage in {"tender", "retender"} and article.seed % 60 < 2:
        return ("招标文件领取登记表.doc", "工程量清单.pdf")[article.seed % 60]
    return ""


def _p(text: str) -> str:
    return f'<p style="text-indent:2em"><span style="font-size:14px">{text}</span></p>'


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _yuan(cents: int) -> str:
    return f"{cents / 100:,.2f}元"


def _person(rng: random.Random) -> str:
    return f"{rng.choice(SURNAMES)}{rng.choice(GIVEN)}"


def _phone(rng: random.Random) -> str:
    # 089x are Tibet's area codes; numbers that begin with 0 are not given out.
    return f"089{rng.randrange(1, 8)}-0{rng.randrange(100000, 999999)}"


def _table(rows: list[tuple[str, ...]]) -> str:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0" style="width:100%"><tbody>{lines}</tbody></table>'


def _contacts(article: ComposedArticle, rng: random.Random) -> list[str]:
    project = article.project
    return [
        _p(f"招 标 人：{project.owner}"),
        _p(f"地 址：{project.place}{project.owner[-3:]}院内　联系人：{_person(rng)}　电 话：{_phone(rng)}"),
        _p(f"招标代理机构：{project.agent}"),
        _p(f"地 址：拉萨市金珠西路{rng.randrange(10, 180)}号　联系人：{_person(rng)}　电 话：{_phone(rng)}"),
    ]


def _tender(article: ComposedArticle, rng: random.Random) -> list[str]:
    project, day = article.project, article.signed
    sold, opened = day + timedelta(days=5), day + timedelta(days=rng.randrange(20, 24))
    days, grade = rng.randrange(60, 420, 10), rng.choice("二三三")
    return [
        _p(f"项目编号：{project.number}"),
        _p("<strong>一、招标条件</strong>"),
        _p(f"{project.name}已由{project.place}发展和改革委员会批准建设，招标人为{project.owner}，建设资金来自国家投资，"
           f"项目已具备招标条件，现委托{project.agent}对该项目进行公开招标。"),
        _p("<strong>二、项目概况与招标范围</strong>"),
        _p(f"建设地点：{project.place}。建设规模：总建筑面积{rng.randrange(300, 9000)}平方米及附属工程，"
           f"预算金额：{_yuan(project.budget * 100)}。计划工期：{days}日历天。招标范围：施工图纸和工程量清单的内容。"),
        _p("<strong>三、投标人资格要求</strong>"),
        _p(f"投标人须具备独立法人资格，具有建设行政主管部门颁发的相应专业{grade}级及以上资质，在人员、设备、资金等方面"
           f"具有相应的能力；项目负责人须有安全生产考核合格证。本次招标{rng.choice(('不接受', '接受'))}联合体投标。"),
        _p("<strong>四、招标文件的获取</strong>"),
        _p(f"凡有意参加投标者，请于{_day(day)}至{_day(sold)}（法定节假日除外），每日9:30至12:30、15:30至18:00，"
           f"持单位介绍信和营业执照副本购买招标文件。招标文件每套售价{rng.randrange(3, 12)}00元，售后不退。"),
        _p("<strong>五、投标文件的递交</strong>"),
        _p(f"投标文件递交的截止时间为{_day(opened)}{rng.randrange(9, 16)}时30分，地点为{project.place}公共资源交易场所"
           f"第{rng.randrange(1, 5)}开标室。逾期送达的投标文件，恕不受理。投标保证金：{rng.randrange(1, 40)}万元。"),
        _p("<strong>六、发布公告的媒介</strong>"),
        _p("本次招标公告在本网站发布，其他媒介转载的以本网站的内容为准。"),
        _p("<strong>七、联系方式</strong>"),
        *_contacts(article, rng),
    ]  # fmt: skip


def _change(reason: str, change: str) -> Composer:
    def composed(article: ComposedArticle, rng: random.Random) -> list[str]:
        project, later = article.project, article.signed + timedelta(days=rng.randrange(8, 20))
        told = article.signed - timedelta(days=rng.randrange(4, 12))
        return [
            _p(f"项目编号：{project.number}"),
            _p(f"各投标人：{project.owner}于{_day(told)}发布的{project.name}有关文件，因{reason}，现公告如下："),
            _p(change.format(day=_day(later), hour=rng.randrange(9, 17), number=rng.randrange(2, 30))),
            _p("其他内容不变，由此给各投标人带来的不便，敬请谅解。"),
            *_contacts(article, rng),
        ]

    return composed


def _ceiling(article: ComposedArticle, rng: random.Random) -> list[str]:
    price = article.project.budget * 97 + rng.randrange(100_000)
    return [
        _p(f"项目编号：{article.project.number}"),
        _p(f"{article.project.name}的招标控制价为{_yuan(price)}，现予公示。"),
        _p(
            f"其中暂列金额{rng.randrange(2, 20)}万元。投标人如有异议，请于公示之日起{rng.randrange(2, 6)}日内书面提出。"
        ),
        *_contacts(article, rng),
    ]


def _bids(article: ComposedArticle, rng: random.Random) -> list[tuple[str, int]]:
    prices = sorted(article.project.budget * rng.randrange(8800, 9900) // 100 + rng.randrange(10_000) for _ in range(3))
    return list(zip(rng.sample(FIRMS, 3), prices, strict=True))


def _opening(article: ComposedArticle, rng: random.Random) -> list[str]:
    rows = [(str(place), firm, _yuan(price), "合格") for place, (firm, price) in enumerate(_bids(article, rng), 1)]
    return [
        _p(f"项目编号：{article.project.number}"),
        _p(f"{article.project.name}于{_day(article.signed)}开标，开标记录如下："),
        _table([("序号", "投标人", "投标报价", "密封情况"), *rows]),
        *_contacts(article, rng),
    ]


def _candidates(article: ComposedArticle, rng: random.Random) -> list[str]:
    days = rng.randrange(60, 420, 10)
    rows = [
        (f"第{place}中标候选人", firm, _yuan(price), f"{days}日历天", _person(rng))
        for place, (firm, price) in zip("一二三", _bids(article, rng), strict=True)
    ]
    ends = article.signed + timedelta(days=3)
    return [
        _p(f"项目编号：{article.project.number}"),
        _p(f"{article.project.name}的评标工作已经结束，评标委员会推荐的中标候选人公示如下："),
        _table([("排序", "单位名称", "投标报价", "工期", "项目负责人"), *rows]),
        _p(
            f"公示期：{_day(article.signed)}至{_day(ends)}。投标人对评标结果有异议的，请在公示期内以书面形式向招标人提出。"
        ),
        *_contacts(article, rng),
    ]


def _award(article: ComposedArticle, rng: random.Random) -> list[str]:
    firm, price = _bids(article, rng)[0]
    return [
        _p(f"项目编号：{article.project.number}"),
        _p(f"{article.project.name}评标工作已经结束，中标人已经确定。现将结果公布如下："),
        _table([
            ("中标人", firm), ("中标价", _yuan(price)), ("工期", f"{rng.randrange(60, 420, 10)}日历天"),
            ("项目负责人", _person(rng)), ("招标人", article.project.owner),
        ]),
        _p(f"请中标人自本公告发布之日起{rng.randrange(10, 30)}日内与招标人签订合同。"),
        *_contacts(article, rng),
    ]  # fmt: skip


NEWS = (
    "{place}把这项工作作为改善民生的重点来抓，成立了由主要领导任组长的工作组，逐级签订了目标责任书。",
    "截至目前，已完成投资{amount}万元，惠及群众{number}户，工程合格率达到百分之百。",
    "会议要求，各单位要提高认识，加强协调，确保在{day}前完成全年的目标任务。",
    "工作组先后到{number}个施工现场查看进度，对发现的{few}处隐患当场提出了整改意见。",
    "有关负责人表示，下一步将加大监督检查的力度，完善长效机制，把好事办好、实事办实。",
    "当地群众说，道路平整了，路灯亮了，住的地方也比从前暖和多了。",
    "在{few}天的活动中，共发放藏汉双语宣传材料{amount}份，接受群众咨询{number}人次。",
)


def _news(article: ComposedArticle, rng: random.Random) -> list[str]:
    values = {"place": article.project.place, "amount": article.project.budget, "few": rng.randrange(3, 30)}
    day = _day(article.signed + timedelta(days=rng.randrange(10, 60)))
    chosen = rng.sample(NEWS, rng.randrange(3, 6))
    first = f"{_day(article.signed - timedelta(days=rng.randrange(1, 4)))}，记者从有关方面获悉：{article.title}。"
    return [_p(first), *(_p(line.format(**values, number=rng.randrange(20, 900), day=day)) for line in chosen)]


def _picture(article: ComposedArticle, rng: random.Random) -> list[str]:
    image = f'<p style="text-align:center"><img src="/u/cms/www/{article.seed % 9}.jpg" alt="{article.title}"/></p>'
    return [image, *_news(article, rng)[:2], _p(f"（摄影：{_person(rng)}）")]


def _circular(article: ComposedArticle, rng: random.Random) -> list[str]:
    deadline = _day(article.signed + timedelta(days=rng.randrange(10, 40)))
    return [
        f'<p style="text-align:center">{article.project.number}</p>',
        _p("各地（市）住房和城乡建设局，各有关单位："),
        _p(f"为做好{article.project.place}的相关工作，经研究，现将有关事项通知如下。"),
        _p(f"一、加强组织领导，明确专人负责，按照分工抓好落实，重点检查不少于{rng.randrange(3, 40)}个项目。"),
        _p(f"二、各单位于{deadline}前将书面材料报送我厅办公室，联系电话：{_phone(rng)}。"),
        _p("三、对工作不力、弄虚作假的，将予以通报。"),
    ]


BODIES: dict[str, Composer] = {
    "tender": _tender,
    "retender": _tender,
    "prequalification": _tender,
    "clarification": _change(
        "投标人提出疑问", "问：工程量清单第{number}项如何计取？答：按施工图纸计取，{day}{hour}时前有效。"
    ),
    "addendum": _change("招标文件需要补充", "招标文件增加第{number}条：投标人应于{day}{hour}时前完成现场踏勘。"),
    "correction": _change(
        "招标公告内容有误", "原公告的投标截止时间更正为{day}{hour}时30分，地点更正为第{number}会议室。"
    ),
    "postponement": _change("招标人原因", "开标时间延期至{day}{hour}时，投标文件共需{number}份。"),
    "ceiling": _ceiling,
    "failure": _change(
        "递交投标文件的投标人不足三家", "本次招标流标，将于{day}{hour}时后重新组织招标，见第{number}号文。"
    ),
    "opening": _opening,
    "candidates": _candidates,
    "award_plain": _award,
    "award": _award,
    "hydt": _news,
    "tpxw": _picture,
    "jscj": _picture,
    "fjms": _picture,
    "ggtz": _circular,
}
