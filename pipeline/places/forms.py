"""The forms in which texts write the names of places, and what each must have around it to be believed."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from pipeline.places.divisions import AREAS, Area
from pipeline.places.tibet import COUNTIES, PREFECTURES, TIBET, UNMISTAKABLE, Place


class Trust(IntEnum):
    """What a form needs to be a place; of two forms with one text the lower is tried first."""

    AFTER_PARENT = 1  # 海南 in 青海海南: directly after a place around it
    IN_PARENT = 2  # 东城区, 鼓楼区: in a text that names a place around it
    AT_EDGE_IN_PARENT = 3  # 改则: both, as 增加查询 has no 加查
    AT_EDGE = 4  # 宜昌: where a word begins; 城西安置房 has no 西安
    ANYWHERE = 5  # 墨竹工卡县
    IN_TIBET = 6  # 山南市: not after 佛, 中, 鞍


@dataclass(frozen=True, slots=True)
class Form:
    """A writing of a name. Several codes: namesakes, of which what stands around must choose."""

    text: str
    codes: frozenset[str]
    trust: Trust
    after: re.Pattern[str]  # looked at behind the name, not taken


_STREET = r"(?:路(?![灯面网政基桥])|街(?!道)|巷|大道|大厦|宾馆|饭店|酒店|餐厅|饭庄|料理|会馆|立交)"
# A street, a house or a firm named after a place, usually in another city: 西藏中路, 拉萨路, 林芝宾馆.
_SHORT = re.compile(rf"(?![东南西北中]{{0,2}}[一二三四五六七八九十]{{0,2}}{_STREET})")
_TOWN = re.compile(_SHORT.pattern + "(?!镇|乡(?![村镇])|村(?!镇))")  # 雅安镇 lies in 巴青县
_PROVINCE = re.compile(_SHORT.pattern + "(?![岸侧麓段端头])")  # 河北岸, 江西侧, 山西麓
_FULL = {  # 比如县级, 新华区块, 东方市场: the word before is no county
    "县": re.compile("(?!级|域|际|以上|以下|处级|乡道)"),
    "区": re.compile("(?!域|块|间|划|位|别|段|级)"),
    "旗": re.compile("(?!舰|杆|帜|下|袍)"),
    "市": re.compile("(?!场)"),
}
_ANY = re.compile("")
_ALI = re.compile("(?!巴巴|云|健康|影业)")

# Words at whose beginning stands a prefecture's short name: these count directly after their province only.
_WORDS = frozenset(
    (
        *(
            "大同",
            "安康",
            "开封",
            "来宾",
            "日照",
            "大理",
            "北海",
            "白银",
            "中山",
            "朝阳",
            "海南",
            "海北",
            "海西",
            "海东",
        ),
        *("黄南", "东方", "文昌", "新乡", "河源", "兴安", "怒江", "红河", "牡丹江", "大兴安岭", "黑河", "长治", "甘南"),
        *("文山", "双河", "白杨", "新星", "昆玉", "白沙", "天门", "昌江", "吉林"),
    )
)
# Counties' short names that say something else even after their province: 江西新建水厂, 四川安居工程, 山东惠民工程.
_NO_SHORT = frozenset(
    (
        *(
            "新建",
            "通道",
            "互助",
            "和平",
            "平安",
            "安居",
            "新兴",
            "振兴",
            "富裕",
            "丰满",
            "惠民",
            "中方",
            "解放",
            "宏伟",
        ),
        *(
            "太平",
            "光明",
            "同心",
            "共和",
            "威信",
            "建设",
            "海港",
            "港口",
            "城中",
            "城区",
            "郊区",
            "矿区",
            "向阳",
            "前进",
        ),
        *(
            "友好",
            "红旗",
            "工农",
            "爱民",
            "立新",
            "东风",
            "站前",
            "高新",
            "新城",
            "新市",
            "新华",
            "永定",
            "博爱",
            "民权",
        ),
        *(
            "友谊",
            "集贤",
            "兴业",
            "安定",
            "大方",
            "仁和",
            "长安",
            "文峰",
            "建华",
            "会同",
            "市中",
            "老城",
            "中原",
            "港北",
        ),
    )
)
# Directions and landforms name districts as well as parts of any town.
_TOWN_PART = re.compile(
    "[东南西北中城新老旧市港江河湖海滨山郊矿桥岸郭铁路]{1,3}区|新县|"
    "(?:港口|平房|站前|向阳|前进|东风|东安|西安|阳明|立山|高新|红旗|清河|青山|友好|文峰|民族|平安|永定|通道)区"
)
_KIND = re.compile("(?:特别行政区|自治区|地区|[省市县区盟旗])$")
_NATION = re.compile(
    "(?:壮|回|维吾尔|蒙古|藏|羌|苗|侗|布依|土家|哈尼|彝|傣|景颇|瑶|回|土|保安|东乡|撒拉|拉祜|佤|布朗|白|普米|独龙|怒|仡佬|黎|满|"
    "达斡尔|鄂温克|朝鲜|哈萨克|塔吉克|锡伯|柯尔克孜|裕固|仫佬|毛南|纳西|傈僳|水|畲|各)?族?"
)
_AUTONOMOUS = {"自治区": "", "自治州": "州", "自治县": "县", "自治旗": "旗"}
_PEOPLES = re.compile(f"(?<=..)(?:{_NATION.pattern}){{0,5}}$")


def short_of(name: str) -> str:
    """The name without its kind and the peoples in it: 长阳 of 长阳土家族自治县, 内蒙古 of 内蒙古自治区."""
    if len(name) < 3 or name == "内蒙古自治区":
        return name.removesuffix("自治区")
    if name[-3:] in _AUTONOMOUS:
        return _PEOPLES.sub("", name[:-3])
    return _KIND.sub("", name)


def _called(name: str) -> Iterator[str]:
    """The full name, and 长阳县 for 长阳土家族自治县."""
    yield name
    if kind := _AUTONOMOUS.get(name[-3:]):
        yield short_of(name) + kind


def _full(text: str, code: str, trust: Trust = Trust.ANYWHERE) -> Form:
    return Form(text, frozenset({code}), trust, _FULL.get(text[-1], _ANY))


def _province(code: str, name: str) -> Iterator[Form]:
    yield _full(name, code)
    trust = Trust.ANYWHERE if code == TIBET.code else Trust.AT_EDGE
    yield Form(short_of(name), frozenset({code}), trust, _PROVINCE)


def _prefecture(area: Area) -> Iterator[Form]:
    for name in (area.name, *area.earlier):
        for full in _called(name):
            yield _full(full, area.code)
        short = short_of(name)
        yield Form(short, frozenset({area.code}), Trust.AFTER_PARENT if short in _WORDS else Trust.AT_EDGE, _TOWN)


def _counties() -> Iterator[Form]:
    """The counties outside Tibet: each means what lies around it."""
    fulls: dict[str, set[str]] = defaultdict(set)
    shorts: dict[str, set[str]] = defaultdict(set)
    for area in AREAS:
        for name in (*area.counties, *area.gone):
            for full in _called(name):
                fulls[full].add(area.code)
            shorts[short_of(name)].add(area.code)
    fulls["城关区"].add("540102")
    for full, codes in fulls.items():
        mistakable = len(codes) > 1 or _TOWN_PART.fullmatch(full)
        alone = Trust.ANYWHERE if len(full) > 2 else Trust.AT_EDGE
        yield Form(full, frozenset(codes), Trust.IN_PARENT if mistakable else alone, _FULL.get(full[-1], _ANY))
    for short, codes in shorts.items():
        if len(short) > 1 and short not in fulls and short not in _NO_SHORT:
            alone = Trust.AT_EDGE if len(short) > 2 and len(codes) == 1 else Trust.AFTER_PARENT
            yield Form(short, frozenset(codes), alone, _TOWN)


def _tibetan_prefecture(place: Place) -> Iterator[Form]:
    short, codes = short_of(place.name), frozenset({place.code})
    if short == "山南":  # 佛山南海区, 中山南路, 山南镇
        for name in (place.name, *place.earlier):
            yield Form(name, codes, Trust.IN_TIBET, _ANY)
        yield Form(short, codes, Trust.AFTER_PARENT, re.compile("(?!路|镇|街)"))
    elif short == "阿里":  # 阿里巴巴, 阿里云
        for office in ("地区", "行署", "地委", "军分区"):
            yield _full(f"阿里{office}", place.code)
        yield Form(short, codes, Trust.AFTER_PARENT, _ALI)
    else:
        yield from (_full(name, place.code) for name in (place.name, *place.earlier))
        yield Form(short, codes, Trust.ANYWHERE, _SHORT)


def _tibetan_county(place: Place) -> Iterator[Form]:
    if place.name == "城关区":  # Lanzhou has one too
        return
    yield from (_full(name, place.code) for name in (place.name, *place.earlier))
    short = short_of(place.name)
    if len(short) > 1:
        codes = frozenset({place.code})
        trusts = (Trust.AFTER_PARENT, Trust.AT_EDGE_IN_PARENT) if short != place.name else ()
        for trust in (Trust.ANYWHERE,) if short in UNMISTAKABLE else trusts:
            yield Form(short, codes, trust, _SHORT)
        if place.code.startswith("5405"):
            yield Form(f"山南{short}", frozenset({place.code}), Trust.IN_TIBET, _SHORT)
        elif place.code.startswith("5425"):
            yield Form(f"阿里{short}", frozenset({place.code}), Trust.ANYWHERE, _SHORT)


def _all() -> Iterator[Form]:
    yield from _province(TIBET.code, TIBET.name)
    for place in PREFECTURES:
        yield from _tibetan_prefecture(place)
    for place in COUNTIES:
        yield from _tibetan_county(place)
    for area in AREAS:
        yield from _province(area.code, area.name) if area.code.endswith("0000") else _prefecture(area)
    yield from _counties()


def _by_head() -> dict[str, tuple[Form, ...]]:
    heads: dict[str, list[Form]] = defaultdict(list)
    for form in dict.fromkeys(_all()):
        heads[form.text[:2]].append(form)
    return {head: tuple(sorted(found, key=lambda form: (-len(form.text), form.trust))) for head, found in heads.items()}


FORMS = _by_head()
"""Every form by its first two characters, longest first."""
